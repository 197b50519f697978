"""Finding the tables of a sheet: header rows by their words, columns by their headings or by what stands in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from data.indicator_tables.columns import LEAST_NUMBERS, PATH, columns_of
from data.indicator_tables.model import Column, Role
from data.indicator_tables.spelling import amount_of, head_role, is_note, is_sum, printed
from data.sheets import words
from data.sheets.grid import Grid, a1

MOST_COLUMNS = 100
"""Columns under one heading; a cell merged over more, up to the end of the sheet, says nothing of those without content."""


@dataclass
class Block:
    """One table on a sheet: header rows, the rows below, and its columns."""

    grid: Grid
    top: int
    head: int
    last: int
    columns: list[Column]
    title: str = ""
    repeated: list[tuple[int, int]] = field(default_factory=list)
    """Header rows that are printed again within it, first and last."""

    @property
    def rows(self) -> list[int]:
        """The rows with content below the header."""
        again = {row for first, last in self.repeated for row in range(first, last + 1)}
        return [row for row in self.grid.rows if self.head < row <= self.last and row not in again and self.own(row)]

    def own(self, row: int) -> dict[int, str]:
        """The cells of a row that hold something and are no part of a merged cell above: column → text."""
        known = {column.number for column in self.columns}
        return {at: cell.text for at, cell in self.grid.rows.get(row, {}).items() if at in known and cell.text.strip()}

    @property
    def area(self) -> str:
        """ "A3:H31"."""
        numbers = [column.number for column in self.columns]
        return f"{a1(self.top, min(numbers))}:{a1(self.last, max(numbers))}"

    def with_role(self, *roles: Role) -> list[Column]:
        """The columns of these roles, left to right."""
        return [column for column in self.columns if column.role in roles]


def blocks_of(grid: Grid) -> list[Block]:
    """Every table of a sheet, from above and from the left."""
    heads = list(_header_rows(grid)) or list(_guessed_header(grid))
    found: list[Block] = []
    for index, (top, head) in enumerate(heads):
        end = heads[index + 1][0] - 1 if index + 1 < len(heads) else max(grid.rows)
        for block in _side_by_side(grid, top, head, end):
            _join(found, block, end if index + 1 < len(heads) else 0)
    return found


def _join(found: list[Block], block: Block, end: int) -> None:
    """A header printed again without a title above it goes on with the table before; else the block is one more."""
    before = next((old for old in reversed(found) if _same_heads(old, block)), None)
    above = [row for row in block.grid.rows if before and before.last < row < block.top]
    if before and before.last < block.top and not above and not _titled(before, block.top):
        before.repeated.append((block.top, block.head))
        before.last = block.last
        return
    start = _titled(before, block.top) if before else 0
    if before and start and before.title and _title(block, start - 1) == before.title:
        before.repeated.append((start, block.head))
        before.last = block.last
        return
    if before and before.last >= block.top - 1 and _titled(before, block.top):
        before.last = _titled(before, block.top) - 1
    for old in found:
        if old.last < block.top and (start := _titled(old, block.top)):
            old.last = min(old.last, start - 1)
    block.title = _title(block, max((old.last for old in found if old.last < block.top), default=0))
    found.append(block)


def _same_heads(one: Block, other: Block) -> bool:
    return [(c.number, c.head) for c in one.columns] == [(c.number, c.head) for c in other.columns]


def _titled(before: Block, top: int) -> int:
    """The first of the lone lines right above a header that are its title, 0 for none."""
    start = 0
    for row in range(top - 1, before.head, -1):
        cells = before.grid.rows.get(row, {})
        texts = [cell.text for cell in cells.values() if cell.text.strip()]
        if not texts:
            continue
        if len(texts) > 1 or is_note(texts[0]) or is_sum(texts[0]) or amount_of(texts[0]):
            break
        start = row
    return start


def _title(block: Block, above: int) -> str:
    """The title over a table: the longest of the lone lines above it, not 附件1 and not 单位：…"""
    lines = []
    for row in range(above + 1, block.top):
        texts = [cell.text for cell in block.grid.rows.get(row, {}).values() if cell.text.strip()]
        texts = [text for text in texts if not is_note(text)] if len(texts) > 1 else texts
        if len(texts) == 1 and not re.match(
            r"附(件|表)\s*[\d一二三四五六七八九十-]*\s*[:：]?\s*$|(?!附).{0,8}[:：]", words.clean(texts[0])
        ):
            lines.append(printed(words.clean(texts[0]), texts[0]))
    return max(lines, key=len, default="")


def _header_rows(grid: Grid) -> Iterator[tuple[int, int]]:
    """First and last row of each header."""
    rows, done = list(grid.rows), 0
    for row in rows:
        if row <= done or not _is_header(grid, row):
            continue
        done = _header_end(grid, row)
        yield row, done


def _roles_in(grid: Grid, row: int) -> list[Role]:
    return [role for cell in grid.rows.get(row, {}).values() if (role := head_role(cell.text))]


def _is_header(grid: Grid, row: int) -> bool:
    roles = _roles_in(grid, row)
    texts = [cell.text for cell in grid.rows[row].values() if cell.text.strip()]
    named = any(role in (*PATH, "detail") for role in roles)
    sure = (
        any(role in PATH for role in roles) and any(role in ("points", "weight") for role in roles) and len(texts) > 2
    )
    numbers = any(amount_of(text) for text in texts)
    return named and len(roles) >= 2 and (sure or len(roles) * 2 >= len(texts)) and not numbers


def _header_end(grid: Grid, row: int) -> int:
    """The last row of a header: rows below that say more under a wide or an empty heading."""
    end = max([row, *(span[2] for span in grid.merged if span[0] == row and (row, span[1]) in grid.cells)])
    end = end if end - row <= 3 else row
    below = grid.rows.get(end + 1, {})
    parted = [span for span in grid.merged if span[0] == row and span[3] > span[1] and span[2] == row]
    texts = {at: cell.text for at, cell in below.items() if cell.text.strip()}
    under = texts and all(
        grid.at(row, at).text == "" or any(s[1] <= at <= s[3] for s in parted) or head_role(text) for at, text in texts.items()
    )  # fmt: skip
    if end == row and under and all(head_role(text) for text in texts.values()) and (parted or len(texts) > 1):
        return end + 1
    return end


def _guessed_header(grid: Grid) -> Iterator[tuple[int, int]]:
    """By content: the row above the first run of numbers that stand below each other, where it has texts."""
    for row in grid.rows:
        for column in grid.rows[row]:
            run = range(row, row + LEAST_NUMBERS)
            if all(amount_of(grid.at(at, column).text) for at in run) and len(grid.rows.get(row - 1, {})) >= 2:
                long = any(len(cell.text) > 3 for at, cell in grid.rows[row].items() if at != column)
                if long and not any(amount_of(cell.text) for cell in grid.rows[row - 1].values()):
                    yield row - 1, row - 1
                    return


def _side_by_side(grid: Grid, top: int, head: int, end: int) -> Iterator[Block]:
    """The tables that share a header's rows: parted by a column without anything in it."""
    rows = [row for row in grid.rows if top <= row <= end]
    used = sorted({at for row in rows for at, cell in grid.rows[row].items() if cell.text.strip() or row == top})
    used = _without_titles(grid, used, top, end)
    parts: list[list[int]] = []
    for column in used:
        if parts and column == parts[-1][-1] + 1:
            parts[-1].append(column)
        else:
            parts.append([column])
    named = [part for part in parts if any(head_role(_head(grid, top, head, c)) in PATH for c in part)]
    for part in parts if len(named) > 1 else [used]:
        if part in named or part is used:
            yield Block(
                grid, top, head, end, columns_of(grid, head, end, [(c, _head(grid, top, head, c)) for c in part])
            )


def _without_titles(grid: Grid, used: list[int], top: int, end: int) -> list[int]:
    """Columns in which anything stands beside a heading's or row's merged cell, and those within merged headings."""
    covered = {
        at
        for span in grid.merged
        if span[0] >= top and span[2] <= end and span[0] == top
        for at in range(span[1], min(span[3], used[-1], span[1] + MOST_COLUMNS) + 1)
    }
    return sorted({*used, *covered})


def _head(grid: Grid, top: int, head: int, column: int) -> str:
    """A column's heading: the lowest words over it."""
    for row in range(head, top - 1, -1):
        text = grid.at(row, column).text.strip()
        if text:
            return words.clean(text)
    return ""

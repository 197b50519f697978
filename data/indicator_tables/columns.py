"""What the columns of a table are for: by the words of their headings, and where those mislead by what stands in them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from data.indicator_tables.model import Column, Role
from data.indicator_tables.spelling import amount_of, are_parts, head_role, is_sum, level_number
from data.sheets import words
from data.sheets.grid import Grid

PATH: tuple[Role, ...] = ("level", "name")
LEAST_NUMBERS = 3
"""Numbers one below the other that make a column of amounts where no heading says so."""
_CATEGORY = re.compile("类|维度|板块|模块|领域|方面|所属|准则|目标层")
_SPOKEN = re.compile("内容|要点|指标|事项")
_TOLD = re.compile("解释|释义|说明|要求|目标|周期")


def columns_of(grid: Grid, head: int, end: int, heads: Sequence[tuple[int, str]]) -> list[Column]:
    """The columns (number and heading each) with their roles; ``head`` is the header's last row, ``end`` the table's."""
    return _Columns(grid, head, end).of(heads)


def tells(head: str) -> bool:
    """Whether a heading is of what an item means or aims at (目标值, 指标解释), and never its name."""
    return bool(_TOLD.search(head)) and not level_number(head)


class _Columns:
    def __init__(self, grid: Grid, head: int, end: int) -> None:
        self.grid = grid
        self.rows = [row for row in grid.rows if head < row <= end]

    def of(self, heads: Sequence[tuple[int, str]]) -> list[Column]:
        """All of them; exactly one names the items, those before it and the categories behind it are levels."""
        columns = [Column(number, text, head_role(text) or self._by_content(number)) for number, text in heads]
        if not any(column.role in PATH for column in columns):
            told = [c for c in columns if c.role == "detail" and self._filled(c) >= 2]
            columns = [Column(c.number, c.head, "name") if c in told[:1] else c for c in columns]
        if not any(column.role in PATH for column in columns):
            texts = [c for c in columns if c.role == "other" and self._filled(c) >= 2]
            columns = [Column(c.number, c.head, "level") if c in texts[:4] else c for c in columns]
        columns = self._without_blanks(columns)
        columns = [
            Column(c.number, c.head, "source") if c.role == "part" and not self._parts(c) else c for c in columns
        ]
        path = [column for column in columns if column.role in PATH]
        if len(path) == 1 and path[0].role == "level" and not level_number(path[0].head):
            path += self._contents(columns, path[0])
        name = self._distinct(self._name_of(path), path, columns)
        roles: dict[int, Role] = {column.number: self._role(column, name) for column in path}
        roles |= {name.number: "name"} if name else {}
        return [Column(c.number, c.head, roles.get(c.number, c.role)) for c in columns]

    def _without_blanks(self, columns: Sequence[Column]) -> list[Column]:
        """Columns of points for filling in (考核分) are set aside where another has numbers."""
        valued = [c for c in columns if c.role in ("points", "weight")]
        filled = [c for c in valued if any(amount_of(self._own(row, c)) for row in self.rows)]
        return [Column(c.number, c.head, "other") if filled and c in valued and c not in filled else c for c in columns]

    def _parts(self, column: Column) -> bool:
        """Whether a column tells 考核方式; blanks go on with what stands above them."""
        texts: list[str] = []
        for row in self._item_rows([]):
            text = self.grid.at(row, column.number).text.strip()
            texts.append(text or (texts[-1] if texts else ""))
        return are_parts(texts)

    def _role(self, column: Column, name: Column | None) -> Role:
        if name is None or column.number < name.number:
            return "level"
        return "level" if self._category(column, name) else "detail"

    def _category(self, column: Column, name: Column) -> bool:
        """Whether a column behind the names says to what they belong: 所属类别, 一级指标, or texts that come again."""
        if column.role != "level":
            return False
        if level_number(column.head):
            return level_number(column.head) < (level_number(name.head) or 9)
        texts = [self._own(row, column) for row in self._item_rows([])]
        return bool(_CATEGORY.search(column.head)) or len(set(filter(None, texts))) * 2 <= len(texts)

    def _by_content(self, number: int) -> Role:
        """What a column without a known heading is taken for: numbers are points, long texts criteria."""
        texts = [cell.text for row in self.rows if (cell := self.grid.rows[row].get(number)) and cell.text.strip()]
        if len(texts) < LEAST_NUMBERS:
            return "other"
        numbers = [amount_of(text) for text in texts]
        if sum(one is not None for one in numbers) * 5 >= len(texts) * 4:
            plain = [one[0] for one in numbers if one]
            counted = plain == list(range(1, len(plain) + 1))
            return "number" if counted else "points"
        mean = sum(map(len, texts)) / len(texts)
        return "criterion" if mean > 24 else "other"

    def _contents(self, columns: Sequence[Column], level: Column) -> list[Column]:
        """The column of 考核内容及评分标准 beside a lone 类别: each of its lines is an item."""
        right = [column for column in columns if column.role == "detail" and column.number > level.number]
        spoken = [column for column in right if _SPOKEN.search(column.head)]
        return [column for column in spoken if self._filled(column) > self._filled(level)][:1]

    def _name_of(self, path: Sequence[Column]) -> Column | None:
        """By words: the deepest numbered level; else the first column of names that has about the most of them."""
        numbered = [column for column in path if level_number(column.head)]
        if numbered:
            return max(numbered, key=lambda column: (level_number(column.head), column.number))
        names = [column for column in path if column.role == "name"] or list(path)
        most = max(map(self._filled, names), default=0)
        return next((column for column in names if self._filled(column) * 5 >= most * 4), None)

    def _distinct(self, name: Column | None, path: Sequence[Column], columns: Sequence[Column]) -> Column | None:
        """The column taken by its words, unless it leaves rows with amounts unnamed that another names one and all."""
        if name is None:
            return None
        spoken = [c for c in columns if c.role == "detail" and _SPOKEN.search(c.head) and not _TOLD.search(c.head)]
        rows = self._item_rows([c.number for c in columns if c.role in ("points", "weight")])
        if len(rows) < 2 or not self._unnamed(name, rows):
            return name
        unknown = [c for c in columns if c.number > name.number and self._names_all(c, rows)]
        rivals = [c for c in (*path, *spoken, *unknown) if c is not name]
        return next((c for c in rivals if not self._unnamed(c, rows)), name)

    def _names_all(self, column: Column, rows: Sequence[int]) -> bool:
        """Whether a column whose heading says nothing known has another text in every row of items."""
        if not column.head or head_role(column.head) or column.role not in ("other", "criterion"):
            return False
        texts = {words.key(self._own(row, column)) for row in rows if not amount_of(self._own(row, column))}
        return len(texts) == len(rows)

    def _unnamed(self, column: Column, rows: Sequence[int]) -> int:
        """Rows of items in which nothing, or only the text of the row above, stands in a column."""
        texts = [words.key(self._own(row, column)) for row in rows]
        return sum(not text or (at > 0 and text == texts[at - 1]) for at, text in enumerate(texts))

    def _item_rows(self, amounts: Sequence[int]) -> list[int]:
        """Rows that have an amount (any row, where no columns are given), no sums, no lines over the width of the table."""
        return [row for row in self.rows if not self._heading(row)
                and (not amounts or any(amount_of(self._text(row, at)) for at in amounts))]  # fmt: skip

    def _heading(self, row: int) -> bool:
        texts = [cell.text for cell in self.grid.rows[row].values() if cell.text.strip()]
        wide = any(span[0] == row == span[2] and span[3] - span[1] >= 2 for span in self.grid.merged)
        return wide or len(texts) < 2 or any(map(is_sum, texts))

    def _text(self, row: int, number: int) -> str:
        cell = self.grid.rows[row].get(number)
        return cell.text.strip() if cell else ""

    def _own(self, row: int, column: Column) -> str:
        return self._text(row, column.number)

    def _filled(self, column: Column) -> int:
        texts = [self._own(row, column) for row in self.rows if column.number in self.grid.rows[row]]
        return len([text for index, text in enumerate(texts) if text and (not index or text != texts[index - 1])])

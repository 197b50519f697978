"""What every sheet of the workbook of a 锁定版 has: its title and standing above, its print set-up, and plain tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from data.documents.cells import across_a4, height_of, lines_above, lines_of, margin_text
from data.documents.live_cells import BOLD, HEAD, LEFT, MIDDLE, put
from data.locked import Locked
from data.papers.words import subject
from scoring.results import UnitResult

_MARGIN = 80
"""Letters of a part of a page's head: Excel takes 255 in all, codes with them."""
_READABLE = 190.0
"""Characters across one page of A4 that can still be read."""
_HIGHEST = 409.0
"""Points: no row is higher."""


def lines_of_sheet(locked: Locked, what: str, notes: Sequence[str] = ()) -> list[str]:
    """The lines above a sheet's table: whose and what it is, how far it has come, and what must be said beside."""
    standing = "　".join(told for told in (locked.marking, locked.stamp) if told)
    return [f"{subject(locked)}：{what}", standing, *notes]


def plain_table(
    sheet: Worksheet, locked: Locked, what: str, columns: Mapping[str, float], rows: Sequence[Sequence[object]],
    notes: Sequence[str] = (), centred: Sequence[str] = (),
) -> int:  # fmt: skip
    """A sheet of one table. ``columns``: heads with their widths in characters. Returns the row of the heads."""
    head = len(above(sheet, locked, what, list(columns.values()), notes)) + 1
    put_heads(sheet, head, list(columns), list(columns.values()))
    shapes = [MIDDLE if name in centred else LEFT for name in columns]
    for number, row in enumerate(rows, head + 1):
        for column, (value, shape) in enumerate(zip(row, shapes, strict=True), 1):
            put(sheet.cell(number, column), value, shape=shape)
        fit_height(sheet, number, row, list(columns.values()))
    last = head + max(len(rows), 1)
    sheet.auto_filter.ref = f"A{head}:{get_column_letter(len(columns))}{last}"
    return head


def above(sheet: Worksheet, locked: Locked, what: str, widths: Sequence[float], notes: Sequence[str] = ()) -> list[str]:
    """Write the lines above a table over all its columns, and set their widths. Returns the lines."""
    lines = lines_of_sheet(locked, what, notes)
    lines_above(sheet, lines, len(widths), sum(widths))
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    return lines


def put_heads(sheet: Worksheet, head: int, names: Sequence[str], widths: Sequence[float]) -> None:
    """One row of heads, as high as the longest needs."""
    for column, name in enumerate(names, 1):
        put(sheet.cell(head, column), name, fill=HEAD).font = BOLD
    fit_height(sheet, head, names, widths)


def fit_height(sheet: Worksheet, number: int, row: Sequence[object], widths: Sequence[float]) -> None:
    """Make a row as high as its longest text needs."""
    lines = max(
        (lines_of(each, width) for each, width in zip(row, widths, strict=True) if isinstance(each, str)), default=1
    )
    sheet.row_dimensions[number].height = min(height_of(lines, 20), _HIGHEST)


def printed(sheet: Worksheet, locked: Locked, viewer: str, head: int, first: int = 1, *, repeated: bool = True) -> None:
    """A4 across, as many pages wide as its columns can be read on, row ``head`` on each.

    Rows to ``head`` and columns before ``first`` stay in sight.
    The page's head has the marking and, until 批复, for whom it was made; its foot the stamp and the page's number.
    """
    across_a4(sheet, head if repeated else 0, locked.stamp)
    sheet.freeze_panes = sheet.cell(head + 1, first)
    widths = sum(column.width for column in sheet.column_dimensions.values())
    sheet.page_setup.fitToWidth = max(1, round(widths / _READABLE))
    sheet.oddHeader.left.text = margin_text(locked.marking)[:_MARGIN]
    sheet.oddHeader.center.text = margin_text(sheet.title)
    if viewer and locked.standing.marking:
        sheet.oddHeader.right.text = margin_text(viewer[:_MARGIN])
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.7


def paged(sheet: Worksheet, starts: Sequence[int]) -> None:
    """Begin a new page with each block but the first; ``starts``: their first rows."""
    for row in sorted(starts)[1:]:
        sheet.row_breaks.append(Break(id=row - 1))


def grouped(locked: Locked) -> dict[str, tuple[UnitResult, ...]]:
    """The groups that have units, in the scheme's order, each unit by its place."""
    results = locked.state.results
    found = {group.id: results.ranked(group.id) for group in locked.state.scheme.groups}
    return {group: units for group, units in found.items() if units}


def several(locked: Locked) -> bool:
    """Whether groups must be told apart."""
    return len(grouped(locked)) > 1


def group_cells(locked: Locked, result: UnitResult) -> list[str]:
    """The name of a unit's group where groups must be told apart, as the first cells of its row."""
    return [locked.state.scheme.group(result.group).name] if several(locked) else []


def group_columns(locked: Locked) -> dict[str, float]:
    """The column for it, with its width."""
    names = [locked.state.scheme.group(group).name for group in grouped(locked)]
    return {"组别": float(min(max(map(len, names)) * 2 + 2, 24))} if several(locked) else {}

"""The sheet 评分 of a live workbook: what was handed in, a block for each 考核方式, a row a unit, a column an item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from data.documents.cells import put_text
from data.documents.live_cells import BOLD, FIXED, GREY, HEAD, INPUT, LEFT, at, heads, put
from data.documents.live_items import is_live
from data.documents.live_members import Members
from scoring.elements import Component, Indicator
from scoring.marks import Mark, Sheet
from scoring.scheme import Scheme

NAME = "评分"
UNIT, TOTAL, ITEMS = 1, 2, 3
"""The columns: whose row it is, the total where only a total was handed in, and the first item."""
OFF = "不适用"
WIDTH = 13
"""Of an item's column, in characters."""
FULL = Fraction(100)


@dataclass
class Marks:
    """Where each mark stands, and every item's column and full marks. ``rows`` and ``fulls`` go by component."""

    columns: dict[int, int]
    rows: dict[tuple[str, str], int] = field(default_factory=dict)
    fulls: dict[str, int] = field(default_factory=dict)

    def cell(self, component: str, unit: str, no: int | None) -> str:
        """The cell of one mark (None: of the total), as another sheet names it."""
        column = TOTAL if no is None else self.columns[no]
        return f"{quote_sheetname(NAME)}!{at(self.rows[component, unit], column, fixed='both')}"

    def full(self, component: str, no: int) -> str:
        """The cell of an item's full marks in a component."""
        return f"{quote_sheetname(NAME)}!{at(self.fulls[component], self.columns[no], fixed='both')}"


def marks_sheet(
    sheet: Worksheet, groups: Sequence[Members], components: Sequence[Component], width: float = WIDTH
) -> list[Marks]:
    """Write the marks of every group under those components. No remark, file or cell of a handed-in form comes along.

    ``width``: of an item's column in characters.
    """
    put_text(sheet["A1"], "评分（黄色可改：打等次、填分数，或填“不适用”；只报总分的填总分一列）")
    put_text(sheet["A2"], "灰色为须与其他单位比较、按任务完成情况评定的指标，由系统评分后写入，改动此处不影响得分。")
    sheet["A1"].font, sheet["A2"].font = BOLD, GREY
    row, found = 4, []
    for members in groups:
        made = Marks({no: column for column, no in enumerate(sorted(members.items), ITEMS)})
        for component in components:
            row = _block(sheet, made, members, component, row, width, alone=len(groups) == 1)
        _ticks(sheet, members.scheme, made)
        found.append(made)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 18, 9
    for column in {column for made in found for column in made.columns.values()}:
        sheet.column_dimensions[sheet.cell(1, column).column_letter].width = width
    sheet.freeze_panes = sheet.cell(4, ITEMS)
    return found


def _block(
    sheet: Worksheet, made: Marks, members: Members, component: Component, row: int, width: float, *, alone: bool
) -> int:
    scheme = members.scheme
    items = sorted(members.items.values(), key=lambda item: item.no)
    put_text(sheet.cell(row, UNIT), component.name if alone else f"{scheme.group(members.group).name}·{component.name}")
    sheet.cell(row, UNIT).font = BOLD
    heads(sheet, row + 1, UNIT, (scheme.words.unit, "总分", *(f"{item.no}. {item.name}" for item in items)), width)
    put(sheet.cell(row + 2, UNIT), "满分", fill=HEAD)
    put(sheet.cell(row + 2, TOTAL), scheme.full_of(component.id), fill=HEAD)
    made.fulls[component.id] = row + 2
    for item in items:
        full = item.full.get(component.id, Fraction(0) if item.full else FULL)
        put(sheet.cell(row + 2, made.columns[item.no]), full if full else "—", fill=HEAD)
    for number, unit in enumerate(members.units, row + 3):
        made.rows[component.id, unit] = number
        _row(sheet, made, members, component.id, items, unit, number)
    return row + 4 + len(members.units)


def _row(
    sheet: Worksheet, made: Marks, members: Members, component: str, items: list[Indicator], unit: str, row: int
) -> None:
    put(sheet.cell(row, UNIT), members.names[unit], shape=LEFT)
    found = _sheet(members, unit, component)
    marks = {mark.indicator: mark for mark in found.marks} if found else {}
    whole = marks.get(None)
    put(sheet.cell(row, TOTAL), whole.score if whole else None, fill=INPUT)
    scheme = members.scheme
    applying = {item.no for item in scheme.items_for(members.group, component, unit)}
    for item in items:
        mark = marks.get(item.no)
        fill = (INPUT if is_live(scheme, item, mark) else FIXED) if item.no in applying else None
        put(sheet.cell(row, made.columns[item.no]), written(mark) if item.no in applying else "—", fill=fill)


def _sheet(members: Members, unit: str, component: str) -> Sheet | None:
    part = members.found[unit].components.get(component)
    return part.sheet if part else None


def written(mark: Mark | None) -> object:
    """What was handed in, whatever its kind."""
    if mark is None:
        return None
    if not mark.applicable:
        return OFF
    return next((told for told in (mark.grade, mark.score, mark.value, mark.answer) if told is not None), None)


def _ticks(sheet: Worksheet, scheme: Scheme, made: Marks) -> None:
    """The grades to choose from in the cells of items that are ticked; numbers may still be typed."""
    listed = ",".join((*scheme.grades, OFF))
    if (
        scheme.ticks is None
        or not made.rows
        or '"' in listed
        or listed.count(",") != len(scheme.grades)
        or len(listed) > 250
    ):
        return
    choice = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True)
    choice.showErrorMessage = False
    sheet.add_data_validation(choice)
    for row in made.rows.values():
        choice.add(f"{at(row, ITEMS)}:{at(row, ITEMS + len(made.columns) - 1)}")

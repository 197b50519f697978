"""Blank and filled forms in the layout of the official tables, for one unit and one 考核方式 each.

Written so that ``data.sheets`` reads a filled one back as the very sheet: same words in the header, same names, one mark
a row.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from data.documents import form_parts as parts
from data.documents.form_items import items_form
from data.documents.form_layout import FormKind, kind_of, layout
from data.documents.form_totals import totals_form
from data.sheets.kin import inherited_from
from data.sheets.ways import all_ways
from scoring.elements import Component
from scoring.marks import Sheet
from scoring.scheme import Scheme


def blank_form(scheme: Scheme, unit: str, component: str) -> bytes:
    """The empty form of one unit and component (its id) as .xlsx: what the component's marks begin with decides its kind.

    Raises KeyError for a component the scheme does not have, ValueError for a unit that is not on its roster or hands in
    no sheet.
    """
    kind = kind_of(scheme, scheme.component(component))
    return _bytes(_book(scheme, [(Sheet(_known_unit(scheme, unit), component, ()), kind)]))


def filled_form(scheme: Scheme, sheet: Sheet) -> bytes:
    """The form with a sheet's marks in it, as .xlsx. Raises as ``blank_form``."""
    return filled_workbook(scheme, [sheet])


def filled_workbook(scheme: Scheme, sheets: Iterable[Sheet]) -> bytes:
    """Several filled forms as one .xlsx, a page each. Raises as ``blank_form``, and ValueError for no sheet at all."""
    filled = list(sheets)
    if not filled:
        raise ValueError("没有评分表可写")
    for sheet in filled:
        _known_unit(scheme, sheet.unit)
    kinds = [kind_of(scheme, scheme.component(each.component), each.marks) for each in filled]
    return _bytes(_book(scheme, list(zip(filled, kinds, strict=True))))


def blank_forms_zip(
    scheme: Scheme, units: Iterable[str] | None = None, components: Iterable[str] | None = None
) -> bytes:
    """Every empty form in one .zip, named 交叉考核_蓬江区.xlsx; in a folder for each group where there are several.

    Absent ``units`` means every unit that is marked on sheets, absent ``components`` all. Raises as ``blank_form``, and
    ValueError where there is no unit at all.
    """
    wanted = list(units) if units is not None else form_units(scheme)
    chosen = [scheme.component(each) for each in components] if components is not None else list(scheme.components)
    if not wanted:
        raise ValueError("方案没有考核对象名单，请先导入名单")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for unit in wanted:
            for component in chosen:
                archive.writestr(
                    _folder(scheme, unit) + form_name(unit, component), blank_form(scheme, unit, component.id)
                )
    return packed.getvalue()


def form_units(scheme: Scheme) -> list[str]:
    """Every unit on the roster that is marked on sheets of its own; those that take their score from others are not."""
    return [unit.name for group in scheme.marked_groups for unit in group.units]


def how_to_fill(scheme: Scheme) -> str:
    """How the rows of a scheme's forms are filled in, in a clause."""
    ways = all_ways(scheme)
    if "opinion" in ways:
        return "逐项写评价意见，最后写综合评价意见"
    boxes = "在等次栏选√" if "grade" in ways else "填得分"
    if ways <= {"grade", "score"}:
        return boxes + ("，一项只打一个" if "grade" in ways else "，不超过该项分值")
    return f"{boxes}，或按指标填实际数值、完成情况，一项只填一处，灰色的格不填"


def form_name(unit: str, component: Component) -> str:
    """The file's name: 交叉考核_蓬江区.xlsx."""
    return f"{parts.sheet_name(component.name)}_{parts.sheet_name(unit)}.xlsx"


def _known_unit(scheme: Scheme, unit: str) -> str:
    if scheme.group_of(unit) is None:
        raise ValueError(f"“{unit}”不在考核对象名单中")
    if source := inherited_from(scheme, unit):
        raise ValueError(f"“{unit}”随所帮扶的{source}计分，不需评分表")
    return unit


def _folder(scheme: Scheme, unit: str) -> str:
    group = scheme.group_of(unit)
    return f"{parts.sheet_name(group.name)}/" if group is not None and len(scheme.marked_groups) > 1 else ""


def _book(scheme: Scheme, pages: list[tuple[Sheet, FormKind]]) -> Workbook:
    """A workbook with a page for each (sheet, kind); a page is named for its unit, and its 考核方式 where units recur."""
    book = Workbook()
    book.remove(book.active)
    recurring = len({sheet.unit for sheet, _ in pages}) < len(pages)
    for sheet, kind in pages:
        component = scheme.component(sheet.component)
        name = sheet.unit + (component.name if recurring else "")
        page: Worksheet = book.create_sheet(parts.sheet_name(name))
        if kind == "total":
            totals_form(page, scheme, sheet)
        else:
            items_form(page, scheme, sheet, layout(scheme, sheet.unit, component, kind, sheet.marks))
    return book


def _bytes(book: Workbook) -> bytes:
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()

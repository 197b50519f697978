"""Workbooks of the .xlsx family (also .xlsm, and Strict) → grids. Macros are neither run nor looked at.

Read straight from the parts in one pass: a number's own digits, a formula beside its saved value, fonts, merged ranges and
hidden sheets are all there, and nothing is held that has no content, so a value in XFD1048576 costs no more than one in A1.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from dataclasses import replace
from xml.etree.ElementTree import Element

from data.sheets.grid import Budget, Cell, Grid, area, place
from data.sheets.problems import RefusalError
from data.sheets.values import Format, format_kind, number_cell
from data.sheets.xml_parts import all_named, attribute, events, find, local, tree
from data.sheets.zip_guard import opened, part

MOST_SHEETS = 200
_SHEETS = {"worksheet", "chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet"}
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_BUILT_IN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00"}

Style = tuple[str, Format, str]
"""Font name, kind of number format, its code."""


def read_xlsx(content: bytes) -> list[Grid]:
    """All sheets in order, hidden ones marked. Raises RefusalError; ParseError, KeyError or ValueError if damaged."""
    with opened(content) as archive:
        workbook = _workbook_part(archive)
        relations = _relations(archive, workbook)
        by_kind = dict(relations.values())
        strings = _strings(archive, by_kind.get("sharedStrings"))
        styles = _styles(archive, by_kind.get("styles"))
        grids, budget = list[Grid](), Budget()
        for name, hidden, path in _worksheets(archive, workbook, relations):
            grid = Grid(name, hidden, budget=budget)
            _fill(grid, part(archive, path), strings, styles)
            grids.append(grid)
        return grids


def worksheets(archive: zipfile.ZipFile) -> list[tuple[str, bool, str]]:
    """(name, hidden, path of its part) of every worksheet, in the order of their tabs."""
    workbook = _workbook_part(archive)
    return _worksheets(archive, workbook, _relations(archive, workbook))


def _worksheets(
    archive: zipfile.ZipFile, workbook: str, relations: dict[str, tuple[str, str]]
) -> list[tuple[str, bool, str]]:
    sheets = all_named(tree(part(archive, workbook)), "sheet")
    if len(sheets) > MOST_SHEETS:
        raise RefusalError("too-many-cells", most=MOST_SHEETS)
    found: list[tuple[str, bool, str]] = []
    for sheet in sheets:
        kind, target = relations[attribute(sheet, "id")]  # a sheet that leads nowhere is not left out in silence
        if kind not in _SHEETS or target not in archive.namelist() or any(target == path for _, _, path in found):
            raise RefusalError("damaged")
        if kind == "worksheet":
            hidden = attribute(sheet, "state") in ("hidden", "veryHidden")
            found.append((attribute(sheet, "name"), hidden, target))
    return found


def _workbook_part(archive: zipfile.ZipFile) -> str:
    for kind, target in _relations(archive, "").values():
        if kind == "officeDocument":
            return target
    return "xl/workbook.xml"


def _relations(archive: zipfile.ZipFile, owner: str) -> dict[str, tuple[str, str]]:
    """Relation id → (last word of its type, path of the part)."""
    folder, name = posixpath.split(owner)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    if path not in archive.namelist():
        return {}
    found: dict[str, tuple[str, str]] = {}
    for each in all_named(tree(part(archive, path)), "Relationship"):
        if each.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, each.get("Target", ""))).lstrip("/")
            if each.get("Id", "") in found:
                raise RefusalError("damaged")
            found[each.get("Id", "")] = (each.get("Type", "").rpartition("/")[2], target)
    return found


def _strings(archive: zipfile.ZipFile, path: str | None) -> list[tuple[str, str]]:
    """Shared strings with the font of their first run, if it has one."""
    if path is None:
        return []
    found = []
    for event, name, element in events(part(archive, path)):
        if event == "end" and name == "si":
            found.append((_rich_text(element), _run_font(element)))
            element.clear()
    return found


def _rich_text(element: Element) -> str:
    """All text of a string or its runs, without the reading aids (phonetic runs)."""
    parts = []
    for child in element:
        if local(child.tag) == "t":
            parts.append(child.text or "")
        elif local(child.tag) == "r":
            run = find(child, "t")
            parts.append((run.text or "") if run is not None else "")
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), "".join(parts))


def _run_font(element: Element) -> str:
    fonts = all_named(element, "rFont")
    return attribute(fonts[0], "val") if fonts else ""


def _styles(archive: zipfile.ZipFile, path: str | None) -> list[Style]:
    if path is None:
        return []
    root = tree(part(archive, path))
    codes = {int(each.get("numFmtId", 0)): each.get("formatCode", "") for each in all_named(root, "numFmt")}
    fonts = [_font_name(each) for each in _children(root, "fonts")]
    found: list[Style] = []
    for each in _children(root, "cellXfs"):
        font, number = _counted(each.get("fontId", 0)), _counted(each.get("numFmtId", 0))
        code = codes.get(number, _BUILT_IN.get(number, ""))
        found.append((fonts[font] if font < len(fonts) else "", format_kind(number, code), code))
    return found


def _children(root: Element, name: str) -> list[Element]:
    found = find(root, name)
    return list(found) if found is not None else []


def _font_name(font: Element) -> str:
    name = find(font, "name")
    return attribute(name, "val") if name is not None else ""


def _fill(grid: Grid, data: bytes, strings: list[tuple[str, str]], styles: list[Style]) -> None:
    row, column = 0, 0
    for event, name, element in events(data):
        if event == "start" and name == "row":
            row, column = int(element.get("r") or row + 1), 0
        elif event == "end" and name == "c":
            row, column = place(element.get("r", "")) if element.get("r") else (row, column + 1)
            cell = _cell(element, strings, styles)
            if cell is not None:
                grid.put(row, column, cell)
        elif event == "end" and name == "row":
            element.clear()
        elif event == "end" and name == "mergeCell":
            grid.merge(area(element.get("ref", "")))


def _cell(element: Element, strings: list[tuple[str, str]], styles: list[Style]) -> Cell | None:
    cell = _stored(element, strings, styles)
    computed = cell is not None and cell.kind != "formula" and find(element, "f") is not None
    return replace(cell, computed=True) if cell is not None and computed else cell


def _stored(element: Element, strings: list[tuple[str, str]], styles: list[Style]) -> Cell | None:
    kind, value = element.get("t", "n"), find(element, "v")
    style = _counted(element.get("s") or 0)
    font, form, code = styles[style] if style < len(styles) else ("", "plain", "")
    if kind == "inlineStr":
        inline = find(element, "is")
        return _text(_rich_text(inline), _run_font(inline) or font) if inline is not None else None
    raw = (value.text or "") if value is not None else ""
    formula = find(element, "f")
    if formula is not None and not raw and (value is None or kind != "str"):
        return Cell(f"={formula.text or ''}", "formula", font)
    if not raw:
        return None
    if kind == "s":
        text, run_font = strings[_counted(raw)]
        return _text(text, run_font or font)
    return _plain_value(kind, raw, font, form, code)


def _plain_value(kind: str, raw: str, font: str, form: Format, code: str) -> Cell | None:
    if kind == "str":
        return _text(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), raw), font)
    if kind == "b":
        return Cell("TRUE" if raw == "1" else "FALSE", "bool", font)
    if kind == "e":
        return Cell(raw, "error", font)
    if kind == "d":
        return Cell(raw, "date", font)
    return number_cell(float(raw), form, font, code)


def _counted(text: str | int) -> int:
    """A place in a list. Raises ValueError for one below 0, which Python would count from the end."""
    number = int(text)
    if number < 0:
        raise ValueError(text)
    return number


def _text(text: str, font: str) -> Cell | None:
    return Cell(text, "text", font) if text.strip() else None

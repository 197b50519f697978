"""OpenDocument spreadsheets (.ods) → grids, straight from content.xml; repeated rows and cells are bounded."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from data.sheets.grid import MOST_CELLS, Budget, Cell, Grid
from data.sheets.problems import RefusalError
from data.sheets.values import number_cell
from data.sheets.xml_parts import all_named, attribute, events, local
from data.sheets.zip_guard import opened, part


@dataclass
class _Styles:
    hidden: set[str] = field(default_factory=set)
    fonts: dict[str, str] = field(default_factory=dict)


def read_ods(content: bytes) -> list[Grid]:
    """All sheets in order, hidden ones marked. Raises RefusalError; ParseError, KeyError or ValueError if damaged."""
    with opened(content) as archive:
        data = part(archive, "content.xml")
    grids: list[Grid] = []
    styles, row, budget = _Styles(), 1, Budget()
    for event, name, element in events(data):
        if event == "end" and name == "style":
            _learn(styles, element)
        elif event == "start" and name == "table":
            hidden = attribute(element, "style-name") in styles.hidden
            grids.append(Grid(attribute(element, "name"), hidden, budget=budget))
            row = 1
        elif event == "end" and name == "table-row" and grids:
            row = _put_row(grids[-1], element, row, styles)
            element.clear()
    return grids


def _learn(styles: _Styles, element: Element) -> None:
    for child in element:
        if local(child.tag) == "table-properties" and attribute(child, "display") == "false":
            styles.hidden.add(attribute(element, "name"))
        elif local(child.tag) == "text-properties" and attribute(child, "font-name"):
            styles.fonts[attribute(element, "name")] = attribute(child, "font-name")


def _put_row(grid: Grid, element: Element, row: int, styles: _Styles) -> int:
    """Put a row, as often as it is repeated; returns the number of the next one."""
    repeat = _times(element, "number-rows-repeated")
    cells, column = list[tuple[int, Cell]](), 1
    for child in element:
        if local(child.tag) not in ("table-cell", "covered-table-cell"):
            continue
        width = _times(child, "number-columns-repeated")
        cell = _cell(child, styles)
        if cell is not None:
            if (len(cells) + width) * repeat > MOST_CELLS:
                raise RefusalError("too-many-cells", sheet=grid.name, most=MOST_CELLS)
            cells += [(column + step, cell) for step in range(width)]
        _merge(grid, child, row, column)
        column += width
    for each in range(repeat if cells else 0):
        for at, cell in cells:
            grid.put(row + each, at, cell)
    return row + repeat


def _merge(grid: Grid, element: Element, row: int, column: int) -> None:
    height, width = _times(element, "number-rows-spanned"), _times(element, "number-columns-spanned")
    if height * width > 1:
        grid.merge((row, column, row + height - 1, column + width - 1))


def _times(element: Element, name: str) -> int:
    """How often something stands, or how far it reaches. Raises ValueError for less than once."""
    number = int(attribute(element, name) or 1)
    if number < 1:
        raise ValueError(name)
    return number


def _cell(element: Element, styles: _Styles) -> Cell | None:
    cell = _stored(element, styles)
    computed = cell is not None and cell.kind != "formula" and bool(attribute(element, "formula"))
    return replace(cell, computed=True) if cell is not None and computed else cell


def _stored(element: Element, styles: _Styles) -> Cell | None:
    kind, font = attribute(element, "value-type"), styles.fonts.get(attribute(element, "style-name"), "")
    formula = attribute(element, "formula")
    if kind in ("float", "currency", "percentage"):
        value = float(attribute(element, "value"))
        return number_cell(value, "percent" if kind == "percentage" else "plain", font)
    if kind in ("date", "time"):
        return Cell(attribute(element, "date-value") or attribute(element, "time-value"), "date", font)
    if kind == "boolean":
        return Cell(attribute(element, "boolean-value").upper(), "bool", font)
    text = _text(element)
    if not text.strip():
        return Cell(formula, "formula", font) if formula and not kind else None
    spans = all_named(element, "span")
    run_font = styles.fonts.get(attribute(spans[0], "style-name"), "") if spans else ""
    return Cell(text, "text", run_font or font)


def _text(element: Element) -> str:
    """A cell's paragraphs, one a line; notes attached to the cell are not part of it."""
    return "\n".join(_inline(child) for child in element if local(child.tag) == "p")


def _inline(element: Element) -> str:
    parts = [element.text or ""]
    for child in element:
        name = local(child.tag)
        if name == "s":
            parts.append(" " * min(int(attribute(child, "c") or 1), 100))
        elif name in ("tab", "line-break"):
            parts.append("\t" if name == "tab" else "\n")
        elif name != "annotation":
            parts.append(_inline(child))
        parts.append(child.tail or "")
    return "".join(parts)

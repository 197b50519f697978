"""A small table on a slide: columns as wide as their words, letters as large as there is room for."""

from __future__ import annotations

import re
from typing import Any

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Cm

from data.briefing import Grid
from data.documents.deck_text import CM, LEADING, Style, clean, color_of, fill_frame, rows
from data.lettering import width
from data.looks import LIGHT

SIZES = (24, 22, 20, 18, 16, 14, 12)
PAD = 0.25
"""Centimetres round the words of a cell."""
_FIGURE = re.compile("[±+-]?[0-9.…]+[%个项件名]?|—|不变|暂缺|超过±100%|不足±0.1%")
"""What stands right-aligned: a figure, or the word in its place."""
_SHORT = 7
"""Full-width letters of a cell up to which its column keeps its width."""
_LONGEST = 26
"""Full-width letters of a cell beyond which its column does not grow."""


def draw_table(slide: Any, grid: Grid, place: tuple[float, float, float, float]) -> None:
    """The table at (left, top, width, height) in centimetres; it is as high as its rows are."""
    left, top, across, down = place
    size, wide = _measure(grid, across, down)
    shape = slide.shapes.add_table(len(grid.rows) + 1, len(grid.heads), Cm(left), Cm(top), Cm(across), Cm(1))
    table = shape.table
    shape._element.graphic.graphicData.tbl.tblPr.find(
        qn("a:tableStyleId")
    ).text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
    worded = {n for n in range(len(grid.heads)) if not all(_FIGURE.fullmatch(row[n]) for row in grid.rows)}
    for number, each in enumerate(wide):
        table.columns[number].width = Cm(each)
    for at, row in enumerate((grid.heads, *grid.rows)):
        table.rows[at].height = Cm(_high(row, wide, size))
        for number, text in enumerate(row):
            _cell(table.cell(at, number), text, size, head=not at, left=number < grid.left or number in worded)
    shape.name = "表"


def table_height(grid: Grid, across: float, down: float) -> float:
    """Centimetres that the table takes."""
    size, wide = _measure(grid, across, down)
    return sum(_high(row, wide, size) for row in (grid.heads, *grid.rows))


def _measure(grid: Grid, across: float, down: float) -> tuple[float, list[float]]:
    """The largest letters at which it fits, and the columns' widths."""
    found = [
        min(_LONGEST, max(width(clean(row[n])) for row in (grid.heads, *grid.rows))) for n in range(len(grid.heads))
    ]
    for size in SIZES:
        wide = _shared([each * size * CM + 2 * PAD + 0.35 for each in found], across, _SHORT * size * CM)
        if sum(_high(row, wide, size) for row in (grid.heads, *grid.rows)) <= down:
            return size, wide
    return SIZES[-1], wide


def _shared(need: list[float], across: float, short: float) -> list[float]:
    """The width shared out: what is too much comes off the long columns, so that a short word is not torn."""
    over = sum(need) - across
    long = [each - short for each in need if each > short]
    if over <= 0 or sum(long) <= over:
        return [each * across / sum(need) for each in need]
    return [each - over * (each - short) / sum(long) if each > short else each for each in need]


def _high(row: tuple[str, ...], wide: list[float], size: float) -> float:
    lines = max(rows(text, each - 2 * PAD, size) for text, each in zip(row, wide, strict=True))
    return lines * size * LEADING * CM + 2 * PAD + 0.1


def _cell(cell: Any, text: str, size: float, *, head: bool, left: bool) -> None:
    style = Style(size, LIGHT.quiet if head else LIGHT.text, bold=head)
    fill_frame(cell.text_frame, [[(text, style)]], align=PP_ALIGN.LEFT if left else PP_ALIGN.RIGHT)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.margin_left = cell.margin_right = Cm(PAD)
    cell.margin_top = cell.margin_bottom = Cm(PAD)
    if head:
        cell.fill.solid()
        cell.fill.fore_color.rgb = color_of(LIGHT.ground)
    else:
        cell.fill.background()
    _rule(cell)


def _rule(cell: Any) -> None:
    """A thin line beneath."""
    properties = cell._tc.get_or_add_tcPr()
    line = properties.makeelement(qn("a:lnB"), {"w": "9525"})
    fill = line.makeelement(qn("a:solidFill"), {})
    fill.append(fill.makeelement(qn("a:srgbClr"), {"val": LIGHT.line.removeprefix("#")}))
    line.append(fill)
    properties.insert(0, line)

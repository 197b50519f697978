"""What one page shows: key figures, lines, a chart, a table, one beneath the other as they fit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN

from data.briefing import Figure, Page
from data.documents.deck_chart import draw_chart
from data.documents.deck_frame import ACROSS, BOTTOM, LEFT, OUTER
from data.documents.deck_map import BESIDE
from data.documents.deck_table import draw_table, table_height
from data.documents.deck_text import CM, LEADING, Style, block, box, fitted, rows
from data.lettering import width
from data.looks import LIGHT, look

CARD = 4.6
"""Centimetres of a card with a key figure, downwards."""
SIZES = (28, 26, 24, 22, 20, 18, 16, 14)
NUMBERS = (66, 60, 54, 48, 44, 40, 36, 32, 28, 24, 20)
"""Points of a key figure, as large as its card holds it on one line."""
GAP = 12
"""Points between two lines."""


def draw(slide: Any, page: Page, grades: Sequence[str], top: float) -> None:
    """Everything but the map, from ``top`` (centimetres) down."""
    across = BESIDE if page.map else ACROSS
    if page.figures:
        top = _figures(slide, page.figures, grades, top, across, stacked=page.map)
    if page.chart:
        draw_chart(slide, page.chart, grades, (LEFT, top, ACROSS, BOTTOM - top))
        return
    if page.grid:
        room = BOTTOM - top - (1.4 * len(page.lines) if page.lines else 0)
        draw_table(slide, page.grid, (LEFT, top, ACROSS, room))
        top += min(room, table_height(page.grid, ACROSS, room)) + 0.6
    if page.lines:
        _lines(slide, page, top, across)


def _lines(slide: Any, page: Page, top: float, across: float) -> None:
    left = 3.0 if page.key in OUTER else LEFT
    across -= left - LEFT
    mark = "" if page.key in OUTER or page.key.partition("-")[0] == "matters" else "· "
    texts = [f"{mark}{line}" for line in page.lines]
    size = fitted(texts, across, BOTTOM - top, SIZES[2:] if page.key in OUTER else SIZES, GAP)
    high = sum(rows(text, across, size) for text in texts) * size * LEADING * CM + GAP * CM * len(texts)
    box(slide, (left, top, across, min(high, BOTTOM - top)), [[(text, Style(size))] for text in texts], gap=GAP)


def _figures(
    slide: Any, figures: Sequence[Figure], grades: Sequence[str], top: float, across: float, *, stacked: bool
) -> float:
    """Cards with a key figure each, side by side or, beside a map, one beneath the other; where they end."""
    if stacked:
        high = min(2.3, (BOTTOM - top) / len(figures) - 0.3)
        for at, figure in enumerate(figures):
            _card(slide, figure, grades, (LEFT, top + at * (high + 0.3), across, high), 32)
        return top + len(figures) * (high + 0.3)
    wide = min(9.0, (across - 0.5 * (len(figures) - 1)) / len(figures))
    for at, figure in enumerate(figures):
        _card(slide, figure, grades, (LEFT + at * (wide + 0.5), top, wide, CARD), 66)
    return top + CARD + 0.8


def _digits(text: str, size: float) -> float:
    """Centimetres of bold figures: wider than letters usually are."""
    return width(text) * 1.25 * size * CM


def _card(
    slide: Any, figure: Figure, grades: Sequence[str], place: tuple[float, float, float, float], size: float
) -> None:
    left, top, wide, high = place
    seen = look(grades, figure.grade, LIGHT) if figure.grade and figure.grade in grades else None
    block(slide, place, seen.tint if seen else LIGHT.ground)
    block(slide, (left, top, 0.22, high), seen.color if seen else LIGHT.missing)
    label = [(f"{seen.shape} ", Style(22, seen.color, bold=True))] if seen else []
    room = wide - 1.2 - width(figure.unit) * 20 * CM - 0.4
    size = next((each for each in NUMBERS if each <= size and _digits(figure.text, each) <= room), NUMBERS[-1])
    number = [(figure.text, Style(size, bold=True)), (f" {figure.unit}", Style(20, LIGHT.quiet))]
    if high < CARD:
        box(slide, (left + 0.7, top, wide - 1, high), [[*label, (f"{figure.label}　", Style(22)), *number]],
            anchor=MSO_ANCHOR.MIDDLE)  # fmt: skip
        return
    small = fitted([figure.label], wide - (2 if seen else 1.2), 1.55, (22, 20, 18, 16, 14, 12))
    box(slide, (left + 0.7, top + 0.2, wide - 1, 2.8), [number], anchor=MSO_ANCHOR.MIDDLE)
    box(slide, (left + 0.7, top + 2.9, wide - 1, 1.55), [[*label, (figure.label, Style(small))]],
        anchor=MSO_ANCHOR.MIDDLE, align=PP_ALIGN.LEFT)  # fmt: skip

"""Text on a slide: faces for Latin and Chinese letters, sizes, colours, and how much of it fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.text.text import TextFrame
from pptx.util import Cm, Pt

from data.documents.cells import fit
from data.lettering import width, wrapped
from data.looks import LIGHT

FACE = "微软雅黑"
CM = 2.54 / 72
"""Centimetres of a point: a Chinese letter is as wide as its size."""
LEADING = 1.3


@dataclass(frozen=True)
class Style:
    """How letters look: ``size`` in points, ``color`` as "#1B2733"."""

    size: float
    color: str = LIGHT.text
    bold: bool = False


def color_of(text: str) -> RGBColor:
    """A colour of ``data.looks``."""
    return RGBColor.from_string(text.removeprefix("#"))


def clean(text: str) -> str:
    """A text of one line without what no file can hold."""
    return " ".join(fit(text).split("\n")).replace("\r", "").replace("\t", " ").replace("\v", " ")


def put_run(paragraph: Any, text: str, style: Style) -> None:
    """Write letters at a paragraph's end."""
    run = paragraph.add_run()
    run.text = clean(text)
    set_font(run.font, style)


def set_font(font: Any, style: Style) -> None:
    """Give a font its size, colour and both faces."""
    font.size, font.bold = Pt(style.size), style.bold
    font.color.rgb = color_of(style.color)
    font.name = FACE
    east_asian(font._element if hasattr(font, "_element") else font._rPr)


def east_asian(properties: Any) -> None:
    """Name the Chinese face beside the Latin one."""
    found = properties.find(qn("a:ea"))
    if found is None:
        found = properties.makeelement(qn("a:ea"), {})
        latin = properties.find(qn("a:latin"))
        properties.insert(list(properties).index(latin) + 1, found) if latin is not None else properties.append(found)
    found.set("typeface", FACE)


def box(
    slide: Any, place: tuple[float, float, float, float], lines: Sequence[Sequence[tuple[str, Style]]], *,
    align: PP_ALIGN = PP_ALIGN.LEFT, anchor: MSO_ANCHOR = MSO_ANCHOR.TOP, gap: float = 0,
) -> Any:  # fmt: skip
    """A text box at (left, top, width, height) in centimetres; each line is runs of letters, ``gap`` points lie between lines."""
    shape = slide.shapes.add_textbox(*(Cm(each) for each in place))
    fill_frame(shape.text_frame, lines, align=align, anchor=anchor, gap=gap)
    return shape


def block(slide: Any, place: tuple[float, float, float, float], color: str) -> Any:
    """A plain rectangle at (left, top, width, height) in centimetres."""
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *(Cm(each) for each in place))
    shape.fill.solid()
    shape.fill.fore_color.rgb = color_of(color)
    shape.line.fill.background()
    shape.shadow.inherit = False
    return shape


def behind(slide: Any, shape: Any) -> None:
    """Put a shape behind all others."""
    tree = slide.shapes._spTree
    tree.remove(shape._element)
    tree.insert(2, shape._element)


def fill_frame(
    frame: TextFrame, lines: Sequence[Sequence[tuple[str, Style]]], *,
    align: PP_ALIGN = PP_ALIGN.LEFT, anchor: MSO_ANCHOR = MSO_ANCHOR.TOP, gap: float = 0,
) -> None:  # fmt: skip
    """Write lines into a frame without margins of its own."""
    frame.word_wrap, frame.vertical_anchor = True, anchor
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Cm(0)
    for number, runs in enumerate(lines):
        paragraph = frame.paragraphs[0] if not number else frame.add_paragraph()
        paragraph.alignment = align
        if number and gap:
            paragraph.space_before = Pt(gap)
        for text, style in runs:
            put_run(paragraph, text, style)


def broken(text: str, most: float) -> list[str]:
    """A message in lines of at most ``most`` letters: two, where it fits, parted after a mark near its middle."""
    text = clean(text)
    if width(text) <= most:
        return [text]
    parted = [(text[:at], text[at:]) for at in _marks(text)]
    fits = [pair for pair in parted if max(width(pair[0]), width(pair[1])) <= most]
    if not fits:
        return list(wrapped(text, most))
    best = min(fits, key=_unlike)
    return [*best]


def _marks(text: str) -> list[int]:
    """Where a line may end: after a mark that stands in no brackets and no quotation."""
    found, depth = [], 0
    for at, letter in enumerate(text, 1):
        depth += (letter in "（《“") - (letter in "）》”")
        if letter in "，：；。、" and not depth and at < len(text):
            found.append(at)
    return found


def _unlike(pair: tuple[str, str]) -> float:
    """How unlike two lines are in length; a list is parted only where nothing else is near."""
    first, second = pair
    return abs(width(first) - width(second)) + (20.0 if first.endswith("、") else 0.0)


def rows(text: str, across: float, size: float) -> int:
    """So many lines a text takes in ``across`` centimetres."""
    most = across / (size * CM)
    return sum(max(1, -(-round(width(line) * 100) // round(most * 100))) for line in wrapped(clean(text), most)) or 1


def fitted(texts: Sequence[str], across: float, down: float, sizes: Sequence[float], gap: float = 0) -> float:
    """The first of ``sizes`` (greatest first) at which all texts fit one beneath the other; the last where none does."""
    for size in sizes:
        high = sum(rows(text, across, size) for text in texts) * size * LEADING * CM + gap * CM * max(0, len(texts) - 1)
        if high <= down:
            return size
    return sizes[-1]

"""What every slide has: topic and message above, clauses, marking and stamp below, the watermark, the notes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.presentation import Presentation as Deck
from pptx.util import Cm, Pt

from data.briefing import Page
from data.documents.cells import fit
from data.documents.deck_text import (
    CM,
    FACE,
    Style,
    behind,
    block,
    box,
    broken,
    clean,
    color_of,
    east_asian,
    fill_frame,
    fitted,
)
from data.lettering import width
from data.looks import LIGHT

WIDTH, HEIGHT = 33.867, 19.05  # centimetres
LEFT, ACROSS = 1.5, 30.867
BOTTOM = 17.2
"""Where the room for what a slide shows ends."""
TITLE, TITLE_LETTERS = 32, 24
"""Points of the message, and how many letters a line of it holds."""
RED, BLUE = LIGHT.grades[-1].color, LIGHT.grades[0].color
OUTER = ("cover", "end")
"""Pages that begin and end a 汇报 look alike."""
_TITLE_ONLY, _WATERMARK = 5, "#E6EAEE"


@dataclass(frozen=True)
class Frame:
    """What stands round a page: marking, stamp, the viewer's name, and its number of all."""

    marking: str
    stamp: str
    watermark: str
    number: int
    of: int


def framed(made: Deck, page: Page, frame: Frame) -> tuple[Any, float]:
    """A new slide with all but the page's content; and where that begins, in centimetres from the top."""
    slide = made.slides.add_slide(made.slide_layouts[_TITLE_ONLY])
    if frame.watermark:
        _watermark(slide, frame.watermark)
    top = _cover(slide, page) if page.key in OUTER else _head(slide, page)
    _foot(slide, page, frame)
    notes = [page.message, *page.notes, *([f"本页依据：{'；'.join(page.cites)}"] if page.cites else [])]
    slide.notes_slide.notes_text_frame.text = "\n".join(clean(note) for note in notes)
    return slide, top


def _head(slide: Any, page: Page) -> float:
    block(slide, (0, 0, WIDTH, 0.22), BLUE)
    box(slide, (LEFT, 0.6, ACROSS, 0.8), [[(page.topic, Style(16, LIGHT.quiet))]])
    lines = broken(page.message, TITLE_LETTERS)
    size = TITLE if len(lines) <= 2 else 26
    if size != TITLE:
        lines = broken(page.message, TITLE_LETTERS * TITLE / size)
    high = len(lines) * size * 1.25 * CM
    _title(slide, (LEFT, 1.45, ACROSS, high), lines, size)
    return 1.45 + high + 0.55


def _cover(slide: Any, page: Page) -> float:
    block(slide, (0, 0, 1.1, HEIGHT), BLUE)
    size = 44
    lines = _cover_lines(page.message, 17)
    if len(lines) > 3:
        size, lines = 32, _cover_lines(page.message, 23)
    high = len(lines) * size * 1.25 * CM
    _title(slide, (3, 4.2, ACROSS - 3, high), lines, size)
    return 4.2 + high + 1.2


def _cover_lines(text: str, most: float) -> list[str]:
    """A title in lines, what kind of report it is on a line of its own where it does not fit one."""
    kind = next((kind for kind in ("考核情况汇报", "情况汇报") if text.endswith(kind)), "")
    name = text.removesuffix(kind)
    return [text] if width(text) <= most or not kind or not name else [*broken(name, most), kind]


def _title(slide: Any, place: tuple[float, float, float, float], lines: list[str], size: float) -> None:
    """The message, in the slide's own title, so that outlines and screen readers find it."""
    shape = slide.shapes.title
    shape.left, shape.top, shape.width, shape.height = (Cm(each) for each in place)
    frame = shape.text_frame
    fill_frame(frame, [], anchor=MSO_ANCHOR.TOP)
    paragraph = frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.LEFT
    paragraph.line_spacing = 1.0
    for number, line in enumerate(lines):
        if number:
            paragraph.add_line_break()
        run = paragraph.add_run()
        run.text = line
        run.font.size, run.font.bold = Pt(size), True
        run.font.color.rgb = color_of(LIGHT.text)
        run.font.name = FACE
        east_asian(run.font._rPr)


def _foot(slide: Any, page: Page, frame: Frame) -> None:
    if page.cites:
        text = f"本页依据：{'；'.join(page.cites)}"
        size = fitted([text], ACROSS, 0.75, (14, 12, 11, 10, 9))
        box(slide, (LEFT, 17.3, ACROSS, 0.75), [[(text, Style(size, LIGHT.quiet))]], anchor=MSO_ANCHOR.MIDDLE)
    rule = slide.shapes.add_connector(1, Cm(LEFT), Cm(18.1), Cm(LEFT + ACROSS), Cm(18.1))
    rule.line.color.rgb, rule.line.width = color_of(LIGHT.line), Pt(0.75)
    rest = [frame.stamp, *([frame.watermark] if frame.watermark else [])]
    size = fitted(["　｜　".join([frame.marking, *rest])], ACROSS - 3, 0.6, (12, 11, 10, 9, 8, 7, 6))
    quiet = Style(size, LIGHT.quiet)
    told = [(frame.marking, Style(size, RED, bold=True))] if frame.marking else []
    for text in rest:
        told.append((f"　｜　{text}" if told else text, quiet))
    box(slide, (LEFT, 18.2, ACROSS - 3, 0.6), [told])
    box(
        slide,
        (LEFT + ACROSS - 3, 18.2, 3, 0.6),
        [[(f"{frame.number} / {frame.of}", Style(12, LIGHT.quiet))]],
        align=PP_ALIGN.RIGHT,
    )


def _watermark(slide: Any, viewer: str) -> None:
    """The viewer's name across the slide, pale and behind everything."""
    size = fitted([viewer], 24, 4, (72, 54, 40, 28))
    shape = box(slide, (4.9, 7.5, 24, 4), [[(fit(viewer), Style(size, _WATERMARK, bold=True))]],
                align=PP_ALIGN.CENTER, anchor=MSO_ANCHOR.MIDDLE)  # fmt: skip
    shape.rotation, shape.name = -25, "水印"
    behind(slide, shape)

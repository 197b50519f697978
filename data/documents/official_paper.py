"""A document in the format of Chinese official papers (党政机关公文格式, GB/T 9704-2012), as far as a working paper has it.

A4 with margins 37, 35, 28 and 26 mm, so 22 lines of 28 characters; the title in 2号小标宋, headings in 黑体 and 楷体, text in
3号仿宋; page numbers in 4号 with a dash on either side, outside. No red head and no seal: those belong to what was issued.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from data.documents.table_shape import ROOM, ROOM_ACROSS, TableShape
from data.documents.word_file import word_file
from data.documents.word_pages import section
from data.documents.word_table import table
from data.documents.word_text import (
    CHAR,
    FIFTH,
    FOURTH,
    HEAD,
    LINE,
    NEW_PAGE,
    SECOND,
    SUBHEAD,
    TITLE,
    Face,
    Shape,
    paragraph,
)
from data.lettering import width, wrapped

ROW = 28
"""Characters of a line."""
_TITLE_ROW = 20
"""Characters of a line of the title."""
_TITLE_LINE, _CAPTION_LINE = 700, 440
_UNDATED = "　　　年　　月　　日"
_FONTS = {1: HEAD, 2: SUBHEAD, 3: Face().font}
_RIGID = re.compile(r"[!-~]{8,}")
"""What stays on one line: 100/85/75/60."""
_CODE = Face(size=FIFTH, latin="Consolas")


class OfficialPaper:
    """A paper that is written from top to bottom; every text is text, whatever is in it."""

    def __init__(self, marking: str, stamp: str = "", viewer: str = "") -> None:
        """``marking`` stands on every page: what the paper is not (未经审定); below it ``stamp``, which figures it has.

        ``viewer`` is who looks at it, as a watermark, unless there is nothing to mark.
        """
        self._above = marking, stamp, viewer
        self._blocks: list[str] = []
        self._across = self._new_page = False
        self._section_at = 0

    def title(self, text: str) -> None:
        """The title, in the middle, with a line free below it; a long line of it is broken in even parts."""
        self._line(
            "\n".join(title_lines(text.split("\n"))),
            Face(TITLE, SECOND),
            Shape(align="center", line=_TITLE_LINE, after=LINE),
        )

    def number(self, text: str) -> None:
        """文号, above the title."""
        self._line(text, Face(), Shape(align="center", after=LINE))

    def addressee(self, text: str) -> None:
        """主送, flush left, with its colon."""
        self._line(text.rstrip(":：") + "：", Face(), Shape())

    def heading(self, text: str, level: int = 1) -> None:
        """一、…, （一）… or 1. …, never the last line of a page."""
        self._line(text, Face(_FONTS[level]), Shape(chars=2, level=level, keep=True))

    def subheading(self, text: str) -> None:
        """（一）…"""
        self.heading(text, 2)

    def text(self, text: str) -> None:
        """A paragraph, its lines of even length unless something in it cannot be broken: that would tear others apart."""
        self._line(text, Face(), Shape(align="left" if _RIGID.search(text) else "both", chars=2))

    def code(self, text: str) -> None:
        """A line to type, which may be long and breaks anywhere."""
        self._line(text, _CODE, Shape(align="left", line=320, left=2 * CHAR))

    def caption(self, text: str) -> None:
        """The name of a table, above it."""
        self._line(text, Face(HEAD, FOURTH), Shape(align="center", line=_CAPTION_LINE, before=120, after=60, keep=True))

    def table(self, rows: Sequence[Sequence[str]], widths: Sequence[float], heads: int = 1, left: int = 0) -> None:
        """A table with lines, ``widths`` in mm, as ``TableShape`` has it, and a little room below it."""
        if self._new_page:
            self._line("", Face(), Shape(line=20, keep=True))
        room = ROOM_ACROSS if self._across else ROOM
        self._blocks.append(table(TableShape(rows, widths, heads, left, room)))
        self._line("", Face(), Shape(line=20, after=220))

    def new_page(self) -> None:
        """What follows begins on a new page."""
        self._new_page = len(self._blocks) > self._section_at

    def turn(self, across: bool) -> None:
        """What follows stands on pages that lie across, or upright again; headings just before go with it."""
        if across != self._across:
            headings = self._headings()
            self._end_section()
            self._across, self._section_at = across, len(self._blocks)
            self._blocks += headings

    def ending(self, text: str) -> None:
        """The date at the end, on the right, never alone on a page."""
        self._keep_last()
        self._line(text, Face(), Shape(align="right", right=4 * CHAR, before=LINE))

    def signature(self, body: str, day: date | None) -> None:
        """署名 and 成文日期 of a paper without a seal, a line below the text.

        署名 ends two characters before the margin, the date begins two characters after it; a longer date ends two
        characters before the margin and 署名 moves left (7.3.5.2).
        """
        told = date_text(day)
        longest = ROW - 2 - width(body)
        begins = min(longest, ROW - 4 - width(told)) if width(told) > width(body) else longest
        self._keep_last()
        self._line(body, Face(), _from(begins, before=LINE, keep=True))
        self._line(told, Face(), _from(begins + 2))

    def attachments(self, names: Sequence[str]) -> None:
        """附件说明, a line below the text; a name's further lines begin where the name does."""
        for place, name in enumerate(names):
            number = f"{place + 1}. " if len(names) > 1 else ""
            head = ("附件：" if place == 0 else "") + number
            name_at = 5 * CHAR + round(width(number) * CHAR)
            start = 2 * CHAR if place == 0 else 5 * CHAR
            shape = Shape(align="left", left=name_at, first=start - name_at, before=0 if place else LINE)
            self._line(head + name, Face(), shape)

    def copies(self, to: Sequence[str]) -> None:
        """抄送, between two lines at the foot of the last page; further lines begin where the first office does.

        The frame hangs on the small paragraph after it, so that 成文日期 is not torn from 署名 where it finds no room.
        """
        rule = '<w:{0} w:val="single" w:sz="8" w:space="1" w:color="auto"/>'
        size = FOURTH * 20
        shape = Shape(
            align="left", line=560, left=4 * size, right=size, first=-3 * size,
            lines=f"<w:pBdr>{rule.format('top')}{rule.format('bottom')}</w:pBdr>",
            frame='<w:framePr w:w="8844" w:hSpace="0" w:wrap="around" w:vAnchor="margin" w:hAnchor="margin"'
            ' w:xAlign="center" w:yAlign="bottom"/>',
        )  # fmt: skip
        self._keep_last()
        self._line(f"抄送：{'，'.join(to)}。", Face(size=FOURTH), shape)
        self._line("", Face(), Shape(line=20))

    def saved(self, title: str, moment: datetime) -> bytes:
        """The .docx, the same bytes whenever it is written. ``moment`` stands as its time of writing."""
        return word_file("".join(self._blocks) + section(self._across), title, moment, *self._above)

    def _line(self, text: str, face: Face, shape: Shape) -> None:
        if self._new_page:
            shape, self._new_page = replace(shape, new_page=True), False
        self._blocks.append(paragraph(text, face, shape))

    def _end_section(self) -> None:
        """The last paragraph closes the pages so far: one of its own could fall on a page of its own."""
        self._new_page = False
        if self._blocks:
            before, _, after = self._blocks[-1].rpartition("</w:pPr>")
            self._blocks[-1] = f"{before}{section(self._across)}</w:pPr>{after}"

    def _headings(self) -> list[str]:
        """The headings that nothing follows yet, taken away."""
        taken: list[str] = []
        while len(self._blocks) > self._section_at and '<w:pStyle w:val="Heading' in self._blocks[-1]:
            taken.insert(0, self._blocks.pop().replace(NEW_PAGE, ""))
        return taken

    def _keep_last(self) -> None:
        """The last paragraph stays on one page with what follows."""
        if self._blocks and "<w:keepNext/>" not in self._blocks[-1]:
            self._blocks[-1] = self._blocks[-1].replace("<w:pPr>", "<w:pPr><w:keepNext/>", 1)


def title_lines(lines: Sequence[str]) -> list[str]:
    """The lines of a title, one that is too long for 2号 broken in even parts."""
    return [part for line in lines for part in wrapped(line, _TITLE_ROW)]


def date_text(day: date | None) -> str:
    """2020年12月8日, or room for it."""
    return f"{day.year}年{day.month}月{day.day}日" if day else _UNDATED


def _from(place: float, *, before: int = 0, keep: bool = False) -> Shape:
    """A line that begins so many characters after the margin."""
    return Shape(align="left", left=max(0, round(place * CHAR)), before=before, keep=keep)

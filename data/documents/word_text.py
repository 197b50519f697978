"""Text as WordprocessingML: faces, runs and paragraphs, written as XML at once, far faster than cell by cell.

Whatever a text says is text: markup is escaped, what no file can hold is left out, a line break stays one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from xml.sax.saxutils import escape

from data.documents.cells import fit

TITLE, HEAD, SUBHEAD, TEXT, LATIN, NUMBER = (
    "方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312", "Times New Roman", "宋体",
)  # fmt: skip
FALLBACKS = {TITLE: "华文中宋", HEAD: "SimHei", SUBHEAD: "楷体", TEXT: "仿宋", NUMBER: "SimSun"}
"""What a computer without the font shows in its place, as the file itself says."""
SECOND, THIRD, FOURTH, SMALL_FOURTH, FIFTH, SMALL_FIFTH = 22, 16, 14, 12, 10.5, 9
"""2号, 3号, 4号, 小四, 五号, 小五, in points."""
LINE = 579
"""28.95 points, in twentieths: 22 lines fill the 225 mm between the margins."""
CHAR = 314
"""The pitch of a character of 3号, in twentieths of a point: so much narrower than high that 28 fill 156 mm, with a point to
spare. Without it LibreOffice takes the punctuation after a line of exactly 28 for hanging and leaves it out of the PDF."""
NEW_PAGE = "<w:pageBreakBefore/>"
_SHARED = re.compile("((?:^|(?<=[ -~\n]))[“”‘’—…·]+)")
_BREAK = re.compile("\r\n|[\r\n]")


def twips(mm: float) -> int:
    """Millimetres in twentieths of a point."""
    return round(mm * 1440 / 25.4)


@dataclass(frozen=True)
class Face:
    """How letters look: the Chinese font, its size in points, the font of Latin letters and digits, the colour."""

    font: str = TEXT
    size: float = THIRD
    latin: str = LATIN
    colour: str = ""

    @property
    def xml(self) -> str:
        """As ``w:rPr``. “”—… are to be Chinese, which only the hint tells; LibreOffice does not take it."""
        latin = escape(self.latin)
        colour = f'<w:color w:val="{self.colour}"/>' if self.colour else ""
        closer = '<w:spacing w:val="-6"/>' if self.size == THIRD else ""
        half = round(self.size * 2)
        return (
            f'<w:rPr><w:rFonts w:hint="eastAsia" w:ascii="{latin}" w:hAnsi="{latin}" w:cs="{latin}"'
            f' w:eastAsia="{self.font}"/>{colour}{closer}<w:sz w:val="{half}"/><w:szCs w:val="{half}"/></w:rPr>'
        )


@dataclass(frozen=True)
class Shape:
    """How a paragraph stands. Lengths in twentieths of a point; where ``first`` is below 0 the other lines are indented.

    ``line`` is the exact height of a line; lines of another height than the text's leave the page's grid. ``level`` is
    that of a heading, 0 for none. ``chars`` indents the first line by so many characters, whatever their size.
    ``keep``: on one page with what follows. ``frame`` and ``lines`` are XML.
    """

    align: str = "both"
    line: int = LINE
    left: int = 0
    right: int = 0
    first: int = 0
    chars: int = 0
    before: int = 0
    after: int = 0
    level: int = 0
    keep: bool = False
    new_page: bool = False
    lines: str = ""
    frame: str = ""

    @property
    def xml(self) -> str:
        """As ``w:pPr``, in the order the standard wants."""
        return "".join(
            (
                "<w:pPr>",
                f'<w:pStyle w:val="Heading{self.level}"/>' if self.level else "",
                "<w:keepNext/>" if self.keep else "",
                NEW_PAGE if self.new_page else "",
                self.frame,
                self.lines,
                "" if self.line == LINE else '<w:snapToGrid w:val="0"/>',
                f'<w:spacing w:before="{self.before}" w:after="{self.after}" w:line="{self.line}" w:lineRule="exact"/>',
                self._indent,
                f'<w:jc w:val="{self.align}"/>',
                "</w:pPr>",
            )
        )

    @property
    def _indent(self) -> str:
        told = f'w:firstLineChars="{self.chars * 100}" w:firstLine="{self.chars * CHAR}"' if self.chars else ""
        if self.first:
            told = f'w:firstLine="{self.first}"' if self.first > 0 else f'w:hanging="{-self.first}"'
        return f'<w:ind w:left="{self.left}" w:right="{self.right}" {told}/>'


def run(text: str, face: Face) -> str:
    """Letters of one face. Marks that Chinese and Latin share are Chinese, also where no Chinese stands before them."""
    chinese = replace(face, latin=face.font)
    parts = enumerate(_SHARED.split(text))
    return "".join(f"<w:r>{(chinese if n % 2 else face).xml}{_letters(part)}</w:r>" for n, part in parts if part)


def paragraph(text: str, face: Face, shape: Shape) -> str:
    """One paragraph of one face."""
    return f"<w:p>{shape.xml}{run(text, face) if text else ''}</w:p>"


def paragraph_of(runs: str, shape: Shape) -> str:
    """One paragraph of runs."""
    return f"<w:p>{shape.xml}{runs}</w:p>"


def _letters(text: str) -> str:
    lines = [
        "<w:tab/>".join(f'<w:t xml:space="preserve">{escape(part)}</w:t>' if part else "" for part in line.split("\t"))
        for line in _BREAK.split(fit(text))
    ]
    return "<w:br/>".join(lines)

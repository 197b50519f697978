"""The pages of an official paper: their margins and grid of lines, what stands above and below the text, the watermark."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from data.documents.cells import fit
from data.documents.word_text import (
    FIFTH,
    FOURTH,
    HEAD,
    LINE,
    NUMBER,
    SMALL_FIFTH,
    Face,
    Shape,
    paragraph_of,
    run,
    twips,
)
from data.lettering import width

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = (
    f'xmlns:w="{_W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
UPRIGHT, ACROSS = (210, 297), (297, 210)
MARGINS = (37, 26, 35, 28)
"""天头, 右, 地脚, 订口 in mm."""
MARGINS_ACROSS = (28, 37, 26, 35)
"""The same sheet turned: the binding edge is now on top."""
PITCH = LINE
"""Of the grid of lines, in twentieths of a point."""
_HEADER, _FOOTER = 19, 25
_LONGEST, _LARGEST = 190, 26
"""The watermark's length and height at most, in mm."""
_GREY = "#d9d9d9"


def section(across: bool) -> str:
    """What tells the pages of a part of the paper (``w:sectPr``), upright or across."""
    (wide, high), margins = (ACROSS, MARGINS_ACROSS) if across else (UPRIGHT, MARGINS)
    top, right, bottom, left = map(twips, margins)
    header, footer = (_HEADER - 5, _FOOTER - 9) if across else (_HEADER, _FOOTER)
    parts = "".join(
        f'<w:{part}Reference w:type="{kind}" r:id="{part}{number}"/>'
        for part in ("header", "footer")
        for number, kind in ((1, "default"), (2, "even"))
    )
    return (
        f'<w:sectPr>{parts}<w:type w:val="nextPage"/>'
        f'<w:pgSz w:w="{twips(wide)}" w:h="{twips(high)}"{" w:orient=" + quoteattr("landscape") if across else ""}/>'
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}"'
        f' w:header="{twips(header)}" w:footer="{twips(footer)}" w:gutter="0"/>'
        f'<w:docGrid w:type="lines" w:linePitch="{PITCH}"/></w:sectPr>'
    )


def header(marking: str, stamp: str, viewer: str, number: int) -> str:
    """What stands above the text of each page: what the paper is not yet, which figures it has, and who looks at it."""
    shape = Shape(align="center", line=300)
    behind = _watermark(f"{marking.split('　')[0]}　{viewer}", number) if marking and viewer else ""
    told = [run(marking, Face(HEAD, FIFTH)) + behind]
    told += [run(stamp, Face(size=SMALL_FIFTH))] if stamp else []
    return f"<w:hdr {SPACES}>{''.join(paragraph_of(runs, shape) for runs in told)}</w:hdr>"


def footer(odd: bool) -> str:
    """The number of the page, — 1 —, one character in from the outer edge."""
    face = Face(NUMBER, FOURTH, NUMBER)
    field = "".join(
        f"<w:r>{face.xml}{part}</w:r>"
        for part in (
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>1</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
        )
    )
    inset = FOURTH * 20
    shape = Shape(align="right" if odd else "left", line=inset, left=inset, right=inset)
    return f"<w:ftr {SPACES}>{paragraph_of(run('— ', face) + field + run(' —', face), shape)}</w:ftr>"


def _watermark(text: str, number: int) -> str:
    """Letters across the page, from the lower left to the upper right, behind the text, as Word itself writes them."""
    told = fit(text)
    height = min(_LARGEST, _LONGEST / width(told))
    style = (
        "position:absolute;margin-left:0;margin-top:0;rotation:315;z-index:-251658752;"
        f"width:{height * width(told) * 72 / 25.4:.1f}pt;height:{height * 72 / 25.4:.1f}pt;"
        "mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
        "mso-position-vertical:center;mso-position-vertical-relative:margin"
    )
    return (
        '<w:r><w:pict><v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"'
        ' path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>'
        '<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>'
        '<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/>'
        '<v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas>'
        '<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800"'
        ' o:connectangles="270,180,90,0"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
        f'<v:shape id="PowerPlusWaterMarkObject{number}" o:spid="_x0000_s205{number}" type="#_x0000_t136"'
        f' style="{style}" fillcolor="{_GREY}" stroked="f"><v:fill opacity=".6"/>'
        f'<v:textpath style="font-family:&quot;{HEAD}&quot;;font-size:1pt" string={_quoted(told)}/></v:shape>'
        "</w:pict></w:r>"
    )


def _quoted(text: str) -> str:
    return quoteattr(" ".join(text.split("\n")))

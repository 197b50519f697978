"""A document in the format of Chinese official papers (党政机关公文格式, GB/T 9704-2012), as far as a working paper has it.

A4 with margins 37, 35, 28 and 26 mm; the title in 2号小标宋, headings in 黑体 and 楷体, text in 3号仿宋 at 28 points a line; page
numbers in 4号 with a dash on either side, outside. No red head, number or seal: those belong to what was issued.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime

from docx import Document
from docx.document import Document as Paper
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from data.documents.cells import fit
from data.documents.same_bytes import same_bytes

TITLE, HEAD, SUBHEAD, TEXT, LATIN = "方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312", "Times New Roman"
FALLBACKS = {TITLE: "华文中宋", HEAD: "SimHei", SUBHEAD: "楷体", TEXT: "仿宋"}
"""What a computer without the font shows in its place, as the file itself says."""
SECOND, THIRD, FOURTH, SMALL = Pt(22), Pt(16), Pt(14), Pt(10.5)
"""2号, 3号, 4号, 五号."""
LINE = Pt(28)
WHOLE = 25
"""A table of no more rows is kept on one page."""


class OfficialPaper:
    """A paper that is written from top to bottom; every text is text, whatever is in it."""

    def __init__(self, header: str) -> None:
        """``header`` stands on every page: what the paper is not (未经审定)."""
        self._paper: Paper = Document()
        self._style()
        self._pages(header)

    def title(self, text: str) -> None:
        """The title, in the middle, with a line free below it."""
        line = self._line(text, TITLE, SECOND, indent=False, align=ALIGN.CENTER)
        line.paragraph_format.line_spacing, line.paragraph_format.space_after = Pt(35), LINE

    def heading(self, text: str) -> None:
        """一、…"""
        self._line(text, HEAD).paragraph_format.keep_with_next = True

    def subheading(self, text: str) -> None:
        """（一）…"""
        self._line(text, SUBHEAD).paragraph_format.keep_with_next = True

    def text(self, text: str) -> None:
        """A paragraph."""
        self._line(text, TEXT)

    def code(self, text: str) -> None:
        """A line to type, which may be long and breaks anywhere."""
        line = self._line(text, TEXT, SMALL, indent=False, latin="Consolas")
        line.paragraph_format.line_spacing, line.paragraph_format.left_indent = Pt(16), Pt(32)

    def caption(self, text: str) -> None:
        """The name of a table, above it."""
        line = self._line(text, HEAD, FOURTH, indent=False, align=ALIGN.CENTER)
        line.paragraph_format.keep_with_next = True
        line.paragraph_format.space_before = Pt(8)

    def table(self, rows: Sequence[Sequence[str]], widths: Sequence[float], heads: int = 1, left: int = 0) -> None:
        """A table with lines, ``widths`` in mm. Its first ``heads`` rows are repeated on every page.

        Neighbouring heads that say the same become one. Columns before ``left`` are flush left. One of few rows stays
        on one page.
        """
        table = self._paper.add_table(len(rows), len(widths))
        table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
        _narrow(table)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        for number, row in enumerate(rows):
            _row(table, number, row, widths, number < heads, left)
        if len(rows) <= WHOLE:
            _together(table)
        _joined(table, rows[:heads])
        self._paper.add_paragraph().paragraph_format.line_spacing = Pt(14)

    def ending(self, text: str) -> None:
        """The date at the end, on the right, never alone on a page."""
        for before in self._paper.paragraphs[-2:]:
            before.paragraph_format.keep_with_next = True
        line = self._line(text, TEXT, indent=False, align=ALIGN.RIGHT)
        line.paragraph_format.right_indent, line.paragraph_format.space_before = Pt(64), LINE

    def saved(self, title: str, moment: datetime) -> bytes:
        """The .docx, the same bytes whenever it is written. ``moment`` stands as its time of writing."""
        about = self._paper.core_properties
        about.title, about.author, about.last_modified_by, about.comments = title, "衡效", "衡效", ""
        about.created = about.modified = moment
        kept = io.BytesIO()
        self._fallbacks()
        self._paper.save(kept)
        return same_bytes(kept.getvalue(), moment)

    def _line(
        self, text: str, font: str, size: Pt = THIRD, *, indent: bool = True, align: ALIGN = ALIGN.LEFT,
        latin: str = LATIN,
    ) -> Paragraph:  # fmt: skip
        line = self._paper.add_paragraph()
        line.alignment = align
        line.paragraph_format.first_line_indent = size * 2 if indent else None
        _set(line.add_run(fit(text)), font, size, latin)
        return line

    def _style(self) -> None:
        normal = self._paper.styles["Normal"]
        normal.font.name, normal.font.size = LATIN, THIRD
        fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
        fonts.set(qn("w:eastAsia"), TEXT)
        shape = normal.paragraph_format
        shape.space_before = shape.space_after = Pt(0)
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
        shape.widow_control = True

    def _pages(self, header: str) -> None:
        page = self._paper.sections[0]
        page.page_width, page.page_height = Mm(210), Mm(297)
        page.top_margin, page.bottom_margin = Mm(37), Mm(35)
        page.left_margin, page.right_margin = Mm(28), Mm(26)
        page.header_distance, page.footer_distance = Mm(20), Mm(25)
        self._paper.settings.odd_and_even_pages_header_footer = True
        for head in (page.header, page.even_page_header):
            _small(head.paragraphs[0], ALIGN.CENTER)
            _set(head.paragraphs[0].add_run(fit(header)), HEAD, SMALL)
        for foot, side in ((page.footer, ALIGN.RIGHT), (page.even_page_footer, ALIGN.LEFT)):
            _small(foot.paragraphs[0], side)
            _numbered(foot.paragraphs[0])

    def _fallbacks(self) -> None:
        """Name in the file's table of fonts what may stand in for each: 仿宋 for 仿宋_GB2312."""
        told = "".join(
            f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
            for name, other in FALLBACKS.items()
        )
        for part in self._paper.part.package.iter_parts():
            if part.partname == "/word/fontTable.xml":
                part._blob = part.blob.replace(b"</w:fonts>", told.encode() + b"</w:fonts>")


def _set(run: Run, font: str, size: Pt, latin: str = LATIN) -> None:
    run.font.name, run.font.size = latin, size
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _small(line: Paragraph, side: ALIGN) -> None:
    line.alignment = side
    line.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE


def _numbered(line: Paragraph) -> None:
    """— 1 —, one letter in from the edge."""
    line.paragraph_format.left_indent = line.paragraph_format.right_indent = FOURTH
    _set(line.add_run("— "), TEXT, FOURTH)
    run = line.add_run()
    _set(run, TEXT, FOURTH)
    for kind, text in (("begin", ""), ("", " PAGE "), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._element.append(part)
    _set(line.add_run(" —"), TEXT, FOURTH)


def _row(table: Table, number: int, row: Sequence[str], widths: Sequence[float], head: bool, left: int) -> None:
    told = table.rows[number]
    about = told._tr.get_or_add_trPr()
    for name in ("w:cantSplit", *(["w:tblHeader"] if head else [])):
        about.append(OxmlElement(name))
    for column, (cell, text, width) in enumerate(zip(told.cells, row, widths, strict=True)):
        cell.width = Mm(width)
        _cell(cell, text, head, ALIGN.LEFT if column < left and not head else ALIGN.CENTER)


def _cell(cell: _Cell, text: str, head: bool, align: ALIGN) -> None:
    line = cell.paragraphs[0]
    line.alignment = align
    line.paragraph_format.line_spacing = Pt(17)
    _set(line.add_run(fit(text)), HEAD if head else TEXT, SMALL)
    middle = OxmlElement("w:vAlign")
    middle.set(qn("w:val"), "center")
    cell._tc.get_or_add_tcPr().append(middle)


def _joined(table: Table, heads: Sequence[Sequence[str]]) -> None:
    """Heads that say the same side by side or below each other become one cell."""
    for row, names in enumerate(heads):
        first = 0
        while first < len(names):
            last = first
            while last + 1 < len(names) and names[last + 1] == names[first] and names[first]:
                last += 1
            if last > first:
                _merged(table, (row, first), (row, last), names[first])
            first = last + 1
    if len(heads) == 2:
        for column, (upper, lower) in enumerate(zip(*heads, strict=True)):
            if upper == lower:
                _merged(table, (0, column), (1, column), upper)


def _merged(table: Table, first: tuple[int, int], last: tuple[int, int], text: str) -> None:
    whole = table.cell(*first).merge(table.cell(*last))
    for line in whole.paragraphs[1:]:
        line._element.getparent().remove(line._element)
    for run in whole.paragraphs[0].runs:
        run.text = ""
    whole.paragraphs[0].runs[0].text = fit(text)


def _together(table: Table) -> None:
    """Every row with the next, so that the table is not torn."""
    for row in table.rows[:-1]:
        for cell in row.cells:
            for line in cell.paragraphs:
                line.paragraph_format.keep_with_next = True


def _narrow(table: Table) -> None:
    """Little room beside the text of a cell: 1 mm."""
    about, margins = table._tbl.tblPr, OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "57")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    about.append(margins)

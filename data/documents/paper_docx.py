"""A paper as .docx, in the format of official papers: what ``official_paper`` lays out, block for block."""

from __future__ import annotations

from data.documents.official_paper import OfficialPaper
from data.papers.paper import Attachments, Block, Copies, Heading, PageBreak, Paper, Signature, Table, Text


def docx(paper: Paper, viewer: str = "") -> bytes:
    """The file: the same bytes for the same paper. ``viewer`` is written across each page while the paper has a marking."""
    sheet = OfficialPaper(paper.marking, paper.stamp, viewer)
    if paper.number:
        sheet.number(paper.number)
    sheet.title("\n".join(paper.title))
    if paper.addressee:
        sheet.addressee(paper.addressee)
    for block in paper.blocks:
        if not isinstance(block, PageBreak):
            sheet.turn(isinstance(block, Table) and block.across)
        _put(sheet, block)
    return sheet.saved("".join(paper.title), paper.moment)


def _put(sheet: OfficialPaper, block: Block) -> None:
    match block:
        case Heading():
            sheet.heading(block.text, block.level)
        case Text():
            (sheet.code if block.code else sheet.text)(block.text)
        case Table():
            _table(sheet, block)
        case PageBreak():
            sheet.new_page()
        case Signature():
            sheet.signature(block.body, block.day)
        case Attachments():
            sheet.attachments(block.names)
        case Copies():
            sheet.copies(block.to)


def _table(sheet: OfficialPaper, block: Table) -> None:
    if block.caption:
        sheet.caption(block.caption)
    sheet.table((*block.heads, *block.rows), block.widths, len(block.heads), block.left)

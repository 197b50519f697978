"""A paper as one web page that needs nothing else and prints like the .docx: the same sizes, margins, fonts by name.

Everything is escaped; the page forbids scripts and takes nothing from anywhere. What stands in the margins of a printed
page comes from ``@page``, whose strings are written as character codes; browsers that do not know those boxes still
print the marking across each page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from data.documents.cells import fit
from data.documents.html_style import style
from data.documents.official_paper import date_text, title_lines
from data.documents.table_shape import ROOM, ROOM_ACROSS, TableShape, head_cells
from data.papers.paper import Attachments, Block, Copies, Heading, PageBreak, Paper, Signature, Table, Text

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def html(paper: Paper, viewer: str = "") -> str:
    """The page, whole; what a paragraph rests on is told where the pointer rests on it.

    ``viewer`` stands with the marking across each page while the paper has one.
    """
    across = f"{paper.marking.split('　')[0]}　{viewer}".strip() if paper.marking else ""
    above = "".join(f"<p class=above>{_text(line)}</p>" for line in (paper.marking, paper.stamp) if line)
    return "".join(
        (
            '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{_text(''.join(paper.title))}</title>",
            f"<style>{style(paper.marking, paper.stamp)}</style></head><body>",
            f"<div class=watermark aria-hidden=true>{_text(across)}</div>" if across else "",
            f"<header>{above}</header><main>",
            f"<p class=number>{_text(paper.number)}</p>" if paper.number else "",
            f"<h1>{'<br>'.join(map(_text, title_lines(paper.title)))}</h1>",
            f"<p class=to>{_text(paper.addressee.rstrip(':：'))}：</p>" if paper.addressee else "",
            *_blocks(paper.blocks),
            "</main></body></html>",
        )
    )


def _text(text: str) -> str:
    return escape(fit(text)).replace("\n", "<br>")


def _blocks(blocks: Sequence[Block]) -> Iterator[str]:
    """Each block; what follows a PageBreak begins a page, headings go with the table that lies across after them."""
    anew, headings = "", ""
    for block in blocks:
        if isinstance(block, PageBreak):
            yield headings
            anew, headings = " class=anew", ""
        elif isinstance(block, Heading):
            headings += _block(block)
        else:
            across = isinstance(block, Table) and block.across
            yield f"<div{' class=across' if across else anew}>{headings}{_block(block)}</div>"
            anew = headings = ""
    yield headings


def _block(block: Block) -> str:
    match block:
        case Heading():
            return f"<h{block.level + 1}>{_text(block.text)}</h{block.level + 1}>"
        case Text():
            rests = f' title="依据：{escape(fit("、".join(block.cites)))}"' if block.cites else ""
            return f"<pre>{_text(block.text)}</pre>" if block.code else f"<p{rests}>{_text(block.text)}</p>"
        case Table():
            return _table(block)
        case Signature():
            day = date_text(block.day)
            return f"<div class=signed><div><p>{_text(block.body)}</p><p>　　{day}</p></div></div>"
        case Attachments():
            return _attachments(block.names)
        case Copies():
            return f"<p class=copies>抄送：{_text('，'.join(block.to))}。</p>"
        case PageBreak():
            return ""


def _attachments(names: Sequence[str]) -> str:
    several = len(names) > 1
    told = "".join(f"<li>{f'{n}. ' if several else ''}{_text(name)}</li>" for n, name in enumerate(names, 1))
    return f"<div class=attached><span>附件：</span><ul>{told}</ul></div>"


def _table(block: Table) -> str:
    room = ROOM_ACROSS if block.across else ROOM
    shape = TableShape((*block.heads, *block.rows), block.widths, len(block.heads), block.left, room)
    wide = sum(shape.widths)
    columns = "".join(f'<col style="width:{each / wide * 100:.2f}%">' for each in shape.widths)
    caption = f"<caption>{_text(block.caption)}</caption>" if block.caption else ""
    rows = "".join(f"<tr>{''.join(_cells(row, shape.flush))}</tr>" for row in block.rows)
    table = (
        f'<table style="width:{wide:g}mm;font-size:{shape.size:g}pt">{caption}<colgroup>{columns}</colgroup>'
        f"<thead>{_heads(block.heads)}</thead><tbody>{rows}</tbody></table>"
    )
    return f'<div class="wide{" low" if shape.low else ""}">{table}</div>'


def _heads(heads: Sequence[Sequence[str]]) -> str:
    rows = ["" for _ in heads]
    for cell in head_cells(heads):
        if cell.down != "continue":
            down = f' rowspan="{len(heads)}"' if cell.down else ""
            span = f' colspan="{cell.span}"' if cell.span > 1 else ""
            rows[cell.row] += f'<th scope="col"{span}{down}>{_text(cell.text)}</th>'
    return "".join(f"<tr>{row}</tr>" for row in rows)


def _cells(row: Sequence[str], flush: Sequence[bool]) -> Iterator[str]:
    for text, left in zip(row, flush, strict=True):
        yield f"<td{' class=left' if left else ''}>{_text(text)}</td>"

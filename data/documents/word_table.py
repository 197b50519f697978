"""A table as WordprocessingML: heads of one or two rows that every page repeats, rows that no page tears."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from data.documents.table_shape import ABOVE, BESIDE, LINES, HeadCell, TableShape, head_cells
from data.documents.word_text import HEAD, Face, Shape, paragraph, twips


def table(shape: TableShape) -> str:
    """The table (``w:tbl``). Neighbouring heads that say the same, side by side or one below the other, become one."""
    grid = head_cells(shape.rows[: shape.heads])
    written = []
    for number, row in enumerate(shape.rows):
        if number < shape.heads:
            cells = _heads([cell for cell in grid if cell.row == number], shape)
        else:
            cells = _cells(row, shape, shape.kept(number))
        written.append(f"<w:tr>{_about_row(shape, number)}{''.join(cells)}</w:tr>")
    return f"<w:tbl>{_about(shape.widths)}{''.join(written)}</w:tbl>"


def _heads(cells: Sequence[HeadCell], shape: TableShape) -> Iterator[str]:
    for cell in cells:
        wide = sum(shape.widths[cell.first : cell.first + cell.span])
        span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
        down = f'<w:vMerge w:val="{cell.down}"/>' if cell.down else ""
        text = "" if cell.down == "continue" else cell.text
        yield _cell(text, wide, Face(HEAD, shape.size), "center", True, span + down)


def _cells(row: Sequence[str], shape: TableShape, keep: bool) -> Iterator[str]:
    for text, wide, left in zip(row, shape.widths, shape.flush, strict=True):
        yield _cell(text, wide, Face(size=shape.size), "left" if left else "center", keep)


def _cell(text: str, wide: float, face: Face, align: str, keep: bool, merged: str = "") -> str:
    shape = Shape(align=align, line=round(LINES[face.size] * 20), keep=keep)
    about = f'<w:tcW w:w="{twips(wide)}" w:type="dxa"/>{merged}<w:vAlign w:val="center"/>'
    return f"<w:tc><w:tcPr>{about}</w:tcPr>{paragraph(text, face, shape)}</w:tc>"


def _about(widths: Sequence[float]) -> str:
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    beside = "".join(
        f'<w:{side} w:w="{twips(wide)}" w:type="dxa"/>'
        for side, wide in (("top", ABOVE), ("left", BESIDE), ("bottom", ABOVE), ("right", BESIDE))
    )
    grid = "".join(f'<w:gridCol w:w="{twips(wide)}"/>' for wide in widths)
    return (
        f'<w:tblPr><w:tblW w:w="{sum(map(twips, widths))}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{lines}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>{beside}</w:tblCellMar>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
    )


def _about_row(shape: TableShape, row: int) -> str:
    whole = "<w:cantSplit/>" if shape.whole(row) else ""
    return f"<w:trPr>{whole}{'<w:tblHeader/>' if row < shape.heads else ''}</w:trPr>"

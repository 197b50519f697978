"""Files made to harm whoever reads them, each small and built here; by name, with what has to be said of it.

Where ``OF`` names a code the file is refused with it; "" stands for a file that is read like the good one.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Callable
from functools import cache

from tests.data.sheet_formats import form_rows, ods, xls
from tests.data.sheet_forms import cells, form

SHEET = "xl/worksheets/sheet1.xml"


@cache
def good() -> bytes:
    return form()


@cache
def good_ods() -> bytes:
    return ods(form_rows())


def packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(part: str, change: Callable[[bytes], bytes], content: bytes | None = None) -> bytes:
    """A good form with one of its parts changed."""
    parts = parts_of(content or good())
    return packed({**parts, part: change(parts[part])})


def with_part(name: str, data: bytes) -> bytes:
    return packed({**parts_of(good()), name: data})


def inside(more: bytes, before: bytes = b"</sheetData>") -> bytes:
    """A good form with more in its sheet."""
    return changed(SHEET, lambda data: data.replace(before, more + before))


def lying(declared: int, real: int) -> bytes:
    """An archive whose part inflates to ``real`` bytes and says ``declared``, in its own header and in the directory."""
    content = with_part("xl/comments.xml", b" " * real)
    return content.replace(struct.pack("<I", real), struct.pack("<I", declared))


def lying_sheet() -> bytes:
    content = changed(SHEET, lambda data: data + b" " * (200 << 20))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        real = archive.getinfo(SHEET).file_size
    return content.replace(struct.pack("<I", real), struct.pack("<I", 9_000))


def overlapping() -> bytes:
    """Two entries of the directory lead to the same bytes, as in a bomb that needs no nesting."""
    content = bytearray(with_part("xl/a.xml", b"<a/>" * 20_000))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        there = archive.getinfo(SHEET).header_offset
    at = content.rindex(b"xl/a.xml") - 46
    content[at + 42 : at + 46] = struct.pack("<I", there)
    return bytes(content)


def twice_named() -> bytes:
    out = io.BytesIO(good())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(SHEET.upper(), b"<worksheet/>")
    return out.getvalue()


def many_sheets() -> bytes:
    """Two hundred tabs that all show one large part."""
    parts = parts_of(good())
    tabs = b"".join(b'<sheet name="t%d" sheetId="%d" r:id="rId1"/>' % (n, n) for n in range(2, 200))
    parts["xl/workbook.xml"] = re.sub(rb"</sheets>", tabs + b"</sheets>", parts["xl/workbook.xml"]).replace(
        b"<workbook ", b'<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" ', 1
    )
    return packed(parts)


def shared_bomb() -> bytes:
    """One text of a megabyte that a thousand cells show."""
    parts = parts_of(good())
    link = b'<Relationship Id="rId99" Type="http://x.example/relationships/sharedStrings" Target="/xl/sharedStrings.xml"/>'
    rels = "xl/_rels/workbook.xml.rels"
    parts[rels] = parts[rels].replace(b"</Relationships>", link + b"</Relationships>")
    parts["xl/sharedStrings.xml"] = b"<sst><si><t>%s</t></si></sst>" % ("长".encode() * 30_000)
    row = b'<row r="90">' + b'<c t="s"><v>0</v></c>' * 1_000 + b"</row>"
    parts[SHEET] = parts[SHEET].replace(b"</sheetData>", row + b"</sheetData>")
    return packed(parts)


def ods_with(row: str) -> bytes:
    """A good .ods with one more row of its own."""
    return changed("content.xml", lambda data: data.replace(b"</table:table>", row.encode() + b"</table:table>"), good_ods())


def ods_cell(times: int, text: str = "x") -> str:
    repeated = f'table:number-columns-repeated="{times}" office:value-type="string"'
    return f"<table:table-cell {repeated}><text:p>{text}</text:p></table:table-cell>"


def ods_row(inner: str, times: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{times}">{inner}</table:table-row>'


def xls_blanks() -> bytes:
    """A stream of runs of empty formatted cells: fifteen million of them."""
    head = struct.pack("<HHHHHHII", 0x809, 16, 0x600, 0x10, 0, 0, 0, 0)
    run = b"".join(struct.pack("<HHHH", 0xBE, 6 + 2 * 256, row, 0) + b"\0" * 514 for row in range(30_000))
    return head + run + struct.pack("<HH", 0x0A, 0)


def external() -> bytes:
    """A link to another workbook and a call of a program as formulas, each with its saved value."""
    formula = b"<c r=\"K9\"><f>[1]x!A1</f><v>1</v></c><c r=\"L9\" t=\"str\"><f>cmd|'/c calc'!A0</f><v>0</v></c>"
    parts = parts_of(changed(SHEET, lambda data: re.sub(rb'(<row r="9".*?)(</row>)', rb"\1" + formula + rb"\2", data)))
    parts["xl/externalLinks/externalLink1.xml"] = b"<externalLink/>"
    parts["xl/externalLinks/_rels/externalLink1.xml.rels"] = (
        b'<Relationships><Relationship Id="rId1" Type="x/externalLinkPath" Target="file:///etc/passwd" TargetMode="External"/>'
        b"</Relationships>"
    )
    return packed(parts)


CSV_HEAD = "考核单位,考核方式,得分,评价意见\r\n"
HAZARDS: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "a part that inflates to far more than it says": ("表.xlsx", lying_sheet, "damaged"),
    "a part never read that inflates to far more than it says": ("表.xlsx", lambda: lying(900, 90 << 20), "damaged"),
    "an archive that grows a thousandfold": ("表.xlsx", lambda: with_part("xl/x.bin", b"\0" * (90 << 20)), "zip-bomb"),
    "too many parts": ("表.xlsx", lambda: packed({**parts_of(good()), **{f"x{n}": b"" for n in range(2_100)}}), "zip-bomb"),
    "parts that lie over each other": ("表.xlsx", overlapping, "unsafe-parts"),
    "two parts alike but for large letters": ("表.xlsx", twice_named, "unsafe-names"),
    "a part that climbs": ("表.xlsx", lambda: with_part("xl/..\\..\\x.xml", b"<x/>"), "unsafe-names"),
    "a part on a drive": ("表.xlsx", lambda: with_part("C:x.xml", b"<x/>"), "unsafe-names"),
    "a part with a very long name": ("表.xlsx", lambda: with_part("x" * 4_000, b""), "unsafe-names"),
    "entities in the sheet": (
        "表.xlsx", lambda: changed(SHEET, lambda data: b'<!DOCTYPE x [<!ENTITY a "b">]>' + data.split(b"?>", 1)[-1]), "xml-entities",
    ),
    "entities after a long comment": (
        "表.xlsx", lambda: changed(SHEET, lambda data: b"<!--" + b" " * 9_000 + b"--><!DOCTYPE x>" + data.split(b"?>", 1)[-1]),
        "xml-entities",
    ),
    "entities in a part that nobody reads": ("表.xlsx", lambda: with_part("docProps/x.xml", b"<!DOCTYPE x><x/>"), "xml-entities"),
    "entities in UTF-16": (
        "表.xlsx", lambda: with_part("docProps/x.xml", "<!DOCTYPE x><x/>".encode("utf-16")), "xml-entities",
    ),
    "a value in the last cell of a sheet": ("表.xlsx", lambda: form(cells(XFD1048576="x")), ""),
    "a dimension that lies": (
        "表.xlsx", lambda: changed(SHEET, lambda data: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', data)), "",
    ),
    "a cell beyond the last": ("表.xlsx", lambda: inside(b'<row r="9999999"><c><v>1</v></c></row>'), "cell-nowhere"),
    "a cell said twice": ("表.xlsx", lambda: inside(b'<row r="1"><c r="A1"><v>1</v></c></row>'), "cell-nowhere"),
    "a whole sheet merged": ("表.xlsx", lambda: inside(b'<mergeCell ref="A1:XFD1048576"/>', b"</mergeCells>"), "merged-tick"),
    "merged ranges without number": (
        "表.xlsx", lambda: inside(b"".join(b'<mergeCell ref="K%d:L%d"/>' % (n, n) for n in range(1, 30_000)), b"</mergeCells>"),
        "too-many-cells",
    ),
    "whole sheets merged over each other": (
        "表.xlsx", lambda: inside(b'<mergeCell ref="K1:XFD1048576"/>' * 9_000, b"</mergeCells>"), "too-many-cells",
    ),
    "elements a hundred thousand deep": ("表.xlsx", lambda: inside(b"<a>" * 100_000 + b"</a>" * 100_000), "xml-huge"),
    "rows without number and content": (
        "表.xlsx", lambda: inside(b"".join(b'<row r="%d"/>' % n for n in range(100_000, 850_000))), "xml-huge",
    ),
    "one text in very many cells": ("表.xlsx", shared_bomb, "too-much-text"),
    "a string before the first": ("表.xlsx", lambda: inside(b'<row r="90"><c t="s"><v>-1</v></c></row>'), "damaged"),
    "tabs that all show one part": ("表.xlsx", many_sheets, "damaged"),
    "links to other files and programs": ("表.xlsx", external, ""),
    "macros": ("表.xlsm", lambda: with_part("xl/vbaProject.bin", b"\0" * 100), ""),
    "a workbook within a workbook": ("表.xlsx", lambda: with_part("xl/embeddings/x.xlsx", form()), ""),
    "an archive in an archive": ("表.zip", lambda: packed({"a.zip": packed({"b.zip": packed({"c": b"\0" * 10_000})})}), "archive"),
    "columns repeated a billion times": (
        "表.ods", lambda: ods_with(ods_row(ods_cell(1_000_000_000))),
        "too-many-cells",
    ),
    "rows repeated a billion times": (
        "表.ods", lambda: ods_with(ods_row(ods_cell(1), 1_000_000_000)),
        "too-many-cells",
    ),
    "columns repeated in each of many cells": (
        "表.ods", lambda: ods_with(ods_row(ods_cell(90_000) * 90)),
        "too-many-cells",
    ),
    "empty rows and columns repeated a billion times": (
        "表.ods", lambda: ods_with(
            ods_row('<table:table-cell table:number-columns-repeated="1000000000"/>', 1_000_000_000)
        ), "",
    ),
    "columns repeated less than once": (
        "表.ods", lambda: ods_with(ods_row(ods_cell(-5))), "damaged",
    ),
    "spans within each other": (
        "表.ods", lambda: ods_with(ods_row(ods_cell(1, "<text:span>" * 3_000 + "</text:span>" * 3_000))),
        "xml-huge",
    ),
    "runs of empty cells in a .xls": ("表.xls", xls_blanks, "too-many-cells"),
    "a .xls that ends in the middle of a record": (
        "表.xls", lambda: b"\x09\x08\x10\x00\x00\x06\x05\x00" + b"\0" * 12 + b"\xfd\x00\xff\xff", "damaged",
    ),
    "a .xls whose directory leads in a circle": (
        "表.xls", lambda: (lambda good: good[:512] + struct.pack("<I", 0) * ((len(good) - 512) // 4))(xls(form_rows())), "damaged",
    ),
    "a table of NULs": ("表.csv", lambda: (CSV_HEAD + "蓬江区,日常工作,8\0,好\r\n").encode(), "unknown-format"),
    "a million columns": ("表.csv", lambda: (CSV_HEAD + "," * 1_000_000).encode(), "too-many-cells"),
    "ten million empty lines": ("表.csv", lambda: CSV_HEAD.encode() + b"\n" * 10_000_000, "too-many-cells"),
    "a quote that never ends": ("表.csv", lambda: 
        (CSV_HEAD + '"蓬江区,日常工作,88,好\r\n江海区,日常工作,90,好\r\n').encode(), "csv-quotes",
    ),
    "one cell of a megabyte": ("表.csv", lambda: (CSV_HEAD + "长" * 1_000_000).encode(), "csv-quotes"),
    "two encodings in one table": (
        "表.csv", lambda: (CSV_HEAD + "蓬江区,日常工作,88,好\r\n").encode() + "江海区,日常工作,90,工作扎实\r\n".encode("gb18030"),
        "bad-encoding",
    ),
}  # fmt: skip


@cache
def hostile(name: str) -> tuple[str, bytes, str]:
    """The file's name and bytes, and the code that is to be said."""
    file, make, code = HAZARDS[name]
    return file, make(), code

"""Is this file safe to open, and what is it really? Decided by its bytes, never by its name's ending."""

from __future__ import annotations

import re
import zipfile
from typing import Literal

from data.sheets.problems import Problem, RefusalError, problem
from data.sheets.zip_guard import DAMAGED, opened, part

FileKind = Literal["xlsx", "xls", "ods", "text"]

MEGABYTE = 1 << 20
LARGEST = 20 * MEGABYTE

KIND_NAMES = {"xlsx": "Excel 工作簿（.xlsx）", "xls": "Excel 97-2003 工作簿（.xls）", "ods": "ODS 表格", "text": "文本"}
_ENDINGS = {
    "xlsx": {"xlsx", "xlsm", "xltx", "xltm"},
    "xls": {"xls", "et", "xlt", "ett"},
    "ods": {"ods", "fods"},
    "text": {"csv", "tsv", "txt"},
}

_FOREIGN = (
    (b"%PDF", "PDF 文件"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"BM", "图片"),
    (b"II*\0", "图片"),
    (b"MM\0*", "图片"),
    (b"{\\rtf", "文字文档"),
    (b"MZ", "程序"),
)
_MACROS = re.compile(r"(^|/)(vbaProject\.bin$|macrosheets/|Basic/|Scripts/)", re.IGNORECASE)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BIFF = (b"\x09\x08\x10\x00", b"\x09\x08\x08\x00", b"\x09\x04\x06\x00", b"\x09\x02\x06\x00", b"\x09\x00\x04\x00")


def file_kind(content: bytes) -> FileKind:
    """What the bytes are. Raises RefusalError for what is unsafe, too large, locked, or no spreadsheet."""
    sized(content)
    if content.startswith(b"PK"):
        return _zip_kind(content)
    if content.startswith(_OLE):
        return _ole_kind(content)
    if content.startswith(_BIFF):
        return "xls"
    return _text_kind(content)


def sized(content: bytes) -> None:
    """Raises RefusalError for a file without content, or with too much."""
    if not content:
        raise RefusalError("empty-file")
    if len(content) > LARGEST:
        raise RefusalError("too-large", size=-(-len(content) // MEGABYTE), most=LARGEST // MEGABYTE)


def renamed(name: str, kind: FileKind) -> Problem | None:
    """A warning where the name's ending says another kind than the bytes."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if not ending or ending in _ENDINGS[kind]:
        return None
    return problem("renamed", value=name, ending=ending[:10], kind=KIND_NAMES[kind])


def active(content: bytes, kind: FileKind) -> Problem | None:
    """A warning where a file carries macros: they are never run here, but whoever opens the kept original may run them."""
    if kind == "xls":
        found = "_VBA_PROJECT".encode("utf-16-le") in content
    elif kind in ("xlsx", "ods"):
        with opened(content) as archive:
            found = any(_MACROS.search(name) for name in archive.namelist())
    else:
        found = False
    return problem("macros") if found else None


def _zip_kind(content: bytes) -> FileKind:
    try:
        with opened(content) as archive:
            return _office_kind(archive)
    except DAMAGED as error:
        raise RefusalError("damaged") from error


def _office_kind(archive: zipfile.ZipFile) -> FileKind:
    names = set(archive.namelist())
    if "mimetype" in names:
        return _opendocument_kind(archive, names)
    if "[Content_Types].xml" not in names:
        raise RefusalError("archive")
    if any(name.startswith("word/") for name in names):
        raise RefusalError("not-a-spreadsheet", kind="Word 文档")
    if any(name.startswith("ppt/") for name in names):
        raise RefusalError("not-a-spreadsheet", kind="演示文稿")
    if any(name.endswith("workbook.bin") for name in names):
        raise RefusalError("unsupported-format", kind="二进制工作簿（.xlsb）")
    return "xlsx"


def _opendocument_kind(archive: zipfile.ZipFile, names: set[str]) -> FileKind:
    kind = part(archive, "mimetype")[:100].decode("latin-1").strip()
    if not kind.startswith("application/vnd.oasis.opendocument.spreadsheet"):
        raise RefusalError("not-a-spreadsheet", kind="文字或演示文档" if "opendocument" in kind else "其他文件")
    if "META-INF/manifest.xml" in names and b"encryption-data" in part(archive, "META-INF/manifest.xml"):
        raise RefusalError("password")
    return "ods"


def _ole_kind(content: bytes) -> FileKind:
    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in content

    if holds("EncryptedPackage"):
        raise RefusalError("password")
    if holds("Workbook") or holds("Book"):
        return "xls"
    if holds("WordDocument"):
        raise RefusalError("not-a-spreadsheet", kind="Word 文档")
    if holds("PowerPoint Document"):
        raise RefusalError("not-a-spreadsheet", kind="演示文稿")
    raise RefusalError("damaged")


def _text_kind(content: bytes) -> FileKind:
    for magic, kind in _FOREIGN:
        if content.startswith(magic):
            raise RefusalError("not-a-spreadsheet", kind=kind)
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        raise RefusalError("not-a-spreadsheet", kind="图片")
    start = content[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<html", b"<!doctype html", b"<table", b"<meta", b"mime-version:")):
        raise RefusalError("unsupported-format", kind="以网页形式保存的表格")
    if start.startswith(b"<?xml"):
        raise RefusalError("unsupported-format", kind="以 XML 形式保存的表格")
    if content.startswith((b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")):
        raise RefusalError("archive")
    return "text"

"""The zip of a stranger: bounded in every direction before a byte of it is unpacked, and never written to any path."""

from __future__ import annotations

import io
import stat
import struct
import unicodedata
import zipfile
import zlib

MOST_BYTES = 200 * 1024 * 1024
MOST_MEMBERS, MOST_MEMBER, MOST_UNPACKED, MOST_RATIO = 20_000, 64 * 1024 * 1024, 400 * 1024 * 1024, 200
_SMALL = 1024 * 1024
"""What unpacks to less than this may have any ratio."""
_OFFICE = {"[Content_Types].xml", "META-INF/manifest.xml"}
"""Workbooks and papers are zips too: what only they have, so that one picked by mistake is called what it is."""
_HEAD = b"PK\x03\x04"


class Unfit(Exception):  # noqa: N818 - what a user meets is a condition with a remedy
    """The archive is not taken; ``str`` says in Chinese what is wrong with it and what to do."""


NOT_OURS = "文件不是归档包（.zip）。请选择“报告与导出”生成的归档包，没有导入任何内容。"
AGAIN = "请向提供单位重新索取归档包，核对其校验值后再导入。没有导入任何内容。"


def members(content: bytes) -> dict[str, bytes]:
    """Path → content of every member. Raises Unfit for anything a 归档包 of ours would not be."""
    if len(content) > MOST_BYTES:
        raise Unfit(f"文件超过{MOST_BYTES >> 20} MB，不能导入。{AGAIN}")
    if not content.startswith(_HEAD):
        raise Unfit(NOT_OURS)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            listed = opened.infolist()
            if _OFFICE & set(opened.namelist()):
                raise Unfit(NOT_OURS)
            _insist(listed)
            return {info.filename: opened.read(info) for info in listed}
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        raise Unfit(f"压缩包已损坏，无法读取。{AGAIN}") from error


def _insist(listed: list[zipfile.ZipInfo]) -> None:
    """Ask of what the zip says of itself; ``zipfile`` unpacks no more of a member than it says, and proves its CRC."""
    if len(listed) > MOST_MEMBERS:
        raise Unfit(f"压缩包内文件超过{MOST_MEMBERS}个。{AGAIN}")
    names = [unicodedata.normalize("NFC", info.filename).casefold() for info in listed]
    if len(set(names)) < len(names):
        raise Unfit(f"压缩包内有同名文件。{AGAIN}")
    if sum(info.file_size for info in listed) > MOST_UNPACKED or any(info.file_size > MOST_MEMBER for info in listed):
        raise Unfit(f"压缩包解开后过大。{AGAIN}")
    for info in listed:
        if not _named_well(info):
            raise Unfit(f"压缩包内的文件名“{_shown(info.orig_filename)}”不可用。{AGAIN}")
        if info.flag_bits & 1 or info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Unfit(f"压缩包已加密，或压缩方式不能识别。{AGAIN}")
        if info.file_size > _SMALL and info.file_size > MOST_RATIO * max(info.compress_size, 1):
            raise Unfit(f"压缩包内“{_shown(info.filename)}”压缩比异常。{AGAIN}")


def _named_well(info: zipfile.ZipInfo) -> bool:
    name, mode = info.orig_filename, info.external_attr >> 16
    parts = name.split("/")
    plain = name == info.filename and all(parts) and len(parts) <= 2 and len(name) <= 400 and name.isprintable()
    return plain and not any(part in (".", "..") for part in parts) and not set(name) & set('\\:') and not stat.S_ISLNK(mode)


def _shown(name: str) -> str:
    return "".join(sign if sign.isprintable() else "?" for sign in name[:60])

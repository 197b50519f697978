"""送审包: what goes to the meeting and into the files, in one archive under one number: papers, workbook, slides, archive.

目录.txt lists every file with its SHA-256 and the pages of the system where the same figures stand; what cannot be made yet is
listed there with the reason, never left out silently.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from data.documents.file_names import apart
from data.documents.made_file import File, Progress
from data.documents.zipping import zipped
from data.locked import Locked
from data.papers.paper import Unready
from data.papers.words import moment, subject

CONTENTS = "目录.txt"


@dataclass(frozen=True)
class Wanted:
    """One document of the pack: its Chinese name, the pages it concerns, and how it is made."""

    name: str
    pages: tuple[str, ...]
    make: Callable[[], File]


@dataclass(frozen=True)
class Packed:
    """One line of 目录.txt: the document made, or why it could not be."""

    wanted: Wanted
    file: File | None
    why: str = ""


def pack(locked: Locked, wanted: Sequence[Wanted], progress: Progress | None = None) -> bytes:
    """The archive as a zip, the documents in the order given. The same 锁定版 in the same standing gives the same bytes."""
    made = [_made(each, at, len(wanted), progress) for at, each in enumerate(wanted)]
    files = [each.file for each in made if each.file]
    names = apart(one.name for one in files)
    contents = _contents(locked, made, dict(zip((id(one) for one in files), names, strict=True)))
    entries = [(name, one.content) for name, one in zip(names, files, strict=True)]
    return zipped([(CONTENTS, contents.encode("utf-8-sig")), *entries], moment(locked))


def _made(wanted: Wanted, at: int, whole: int, progress: Progress | None) -> Packed:
    if progress:
        progress(at, whole, wanted.name)
    try:
        return Packed(wanted, wanted.make())
    except Unready as reason:
        return Packed(wanted, None, str(reason))


def _contents(locked: Locked, made: Iterable[Packed], names: dict[int, str]) -> str:
    """The text for Windows' own editor too: lines end as it wants them."""
    marking = [locked.marking] if locked.marking else []
    lines = [f"{subject(locked)}送审包", *marking, locked.stamp, f"数据指纹（SHA-256）：{locked.record.hash}", ""]
    for number, each in enumerate(made, start=1):
        pages = f"　对应页面：{'、'.join(each.wanted.pages)}" if each.wanted.pages else ""
        if each.file is None:
            lines += [f"{number}. {each.wanted.name}：暂不能生成。{each.why}", ""]
            continue
        size = f"{len(each.file.content):,}字节"
        lines += [f"{number}. {each.wanted.name}{pages}", f"   {names[id(each.file)]}　{size}"]
        lines += [f"   SHA-256 {each.file.sha256}", ""]
    lines += ["核对方法：在 Windows 命令行执行 certutil -hashfile 文件名 SHA256，所得与上列一致的，文件未被改动。", ""]
    return "\r\n".join(lines)

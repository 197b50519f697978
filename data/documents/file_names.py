"""Names of files that any system can keep, and that are never a path: they are made of units' names, which come from uploads."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import PurePosixPath

MOST = 120
"""Bytes of a name in UTF-8, its ending included: with a folder's path it fits every file system in use."""
_BARRED = re.compile(r'[\x00-\x1f\x7f-\x9f\\/:*?"<>|]+')
_UNSEEN = re.compile("[\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""What nobody sees and what turns the direction of writing: "表\u202exslx.exe" would pass for a workbook."""
_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}")


def safe(name: str, instead: str = "文件") -> str:
    """A file's name without anything that could be a path, a device or a trick; its ending stays. ``instead`` of nothing."""
    clean = _UNSEEN.sub("", unicodedata.normalize("NFC", name))
    clean = re.sub(r"\s+", " ", _BARRED.sub("_", clean)).strip(" .")
    ending = PurePosixPath(clean).suffix
    ending = ending if _ENDING.fullmatch(ending) else ""
    stem = clean.removesuffix(ending).strip(" .") or instead
    if stem.partition(".")[0].strip().lower() in _DEVICES:
        stem = f"_{stem}"
    return shortened(stem, MOST - len(ending.encode())) + ending


def shortened(text: str, most: int) -> str:
    """The text within ``most`` bytes of UTF-8, no character torn; a … tells that some is gone."""
    if len(text.encode()) <= most:
        return text
    return text.encode()[: most - len("…".encode())].decode(errors="ignore").rstrip(" .") + "…"


def apart(names: Iterable[str]) -> list[str]:
    """Safe names, each once however the system compares letters: the second 表.xlsx becomes 表（2）.xlsx."""
    taken: set[str] = set()
    told = []
    for name in map(safe, names):
        one, number = name, 1
        while _compared(one) in taken:
            number += 1
            one = _numbered(name, number)
        taken.add(_compared(one))
        told.append(one)
    return told


def _numbered(name: str, number: int) -> str:
    ending, mark = PurePosixPath(name).suffix, f"（{number}）"
    ending = ending if _ENDING.fullmatch(ending) else ""
    return shortened(name.removesuffix(ending), MOST - len(f"{mark}{ending}".encode())) + mark + ending


def _compared(name: str) -> str:
    """As a system that does not tell letters apart compares names."""
    return unicodedata.normalize("NFKC", name).casefold()

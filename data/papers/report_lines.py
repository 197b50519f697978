"""等次线 in words: between which scores each grade lies, and what about these lines the document itself writes.

A document writes “含80分” of one line and nothing of another; where it is silent, that a line belongs to the better grade is
our reading (口径) and told as one. The words are those of ``Band.text``, the document's own.
"""

from __future__ import annotations

import re
from fractions import Fraction

from data.papers.words import READING, SILENT, cites, clauses
from scoring import exact
from scoring.elements import Band, Bands

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_PRINTED = re.compile(r"(?:\d+(?:\.\d+)?分以下)?\d+(?:\.\d+)?(?:[-－—–~～]\d+(?:\.\d+)?)?分(?:以上|以下)?")
"""The scores at the head of a grade's words: "90分以上", "90分以下80分以上", "80-89分", "59分以下"."""


def lines_told(bands: Bands) -> str:
    """The grades with their lines, who draws them, and whether a line belongs to its grade: one or two sentences."""
    lines = [
        f"{band.grade}（{words}）" if words else band.grade
        for band, words in zip(bands.items, _words(bands), strict=True)
    ]
    borrowed = f"，分数线借用{bands.borrowed}" if bands.borrowed else ""
    head = f"按综合得分分为{'、'.join(lines)}{len(lines)}个等次"
    if not bands.cite:
        return f"{head}，“以上”含本数、“以下”不含本数{borrowed}（{clauses(bands)}）。"
    return f"{head}{borrowed}（{clauses(bands)}）。{_inclusion(bands)}{_gaps(bands)}"


def lines_cites(bands: Bands) -> tuple[str, ...]:
    """The clause of the lines, and the reading where the clause leaves something about them open."""
    return cites(bands, *([READING] if silent_lines(bands) or _open(bands) else []))


def silent_lines(bands: Bands) -> tuple[Band, ...]:
    """The grades of whose line the cited text does not write that it is included (含), best first."""
    return tuple(band for band in bands.items[:-1] if bands.cite and not _included(band))


def _words(bands: Bands) -> list[str]:
    """Each grade's scores as printed ("80-89分"), or from its line where the document's words are not there or say another."""
    printed = [found[0] if (found := _PRINTED.match(band.text)) else "" for band in bands.items]
    if bands.cite and all(words and _own(band, words) for band, words in zip(bands.items, printed, strict=True)):
        return printed
    ours = [f"{exact.plain(band.min)}分以上" for band in bands.items[:-1]]
    return [*ours, f"{exact.plain(bands.items[-2].min)}分以下" if ours else ""]


def _own(band: Band, words: str) -> bool:
    """Whether the printed scores begin at the grade's line; the last grade has none."""
    return band.min == 0 or exact.plain(band.min) in _NUMBER.findall(words)


def _open(bands: Bands) -> list[tuple[str, str]]:
    """Scores between which the printed grades leave a gap, best first: ("89", "90") where 80-89 follows 90 and over."""
    found = []
    for above, band, words in zip(bands.items, bands.items[1:], _words(bands)[1:], strict=False):
        highest = max(Fraction(number) for number in _NUMBER.findall(words))
        if bands.cite and band.min <= highest < above.min:
            found.append((exact.plain(highest), exact.plain(above.min)))
    return found


def _gaps(bands: Bands) -> str:
    gaps = "、".join(f"{low}分与{high}分" for low, high in _open(bands))
    return f"{gaps}之间的得分归入哪一等次原文未写，按归入较低的等次（{SILENT}）。" if gaps else ""


def _included(band: Band) -> bool:
    return re.search(rf"含(?:本数|{re.escape(exact.plain(band.min))}(?![\d.]))", band.text) is not None


def _inclusion(bands: Bands) -> str:
    """ "80分、70分原文写明含本数；90分是否含本数原文未写，按含本数（口径，原文未规定）。"."""
    silent = silent_lines(bands)
    written = [band for band in bands.items[:-1] if band not in silent]
    told = [f"{_points(written)}原文写明含本数"] if written else []
    told += [f"{_points(silent)}是否含本数原文未写，按含本数（{SILENT}）"] if silent else []
    return f"{'；'.join(told)}。" if told else ""


def _points(bands: tuple[Band, ...] | list[Band]) -> str:
    return "、".join(f"{exact.plain(band.min)}分" for band in bands)

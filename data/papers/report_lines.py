"""等次线 in words: between which scores each grade lies, and what about these lines the document itself writes.

A document writes “含80分” of one line and nothing of another; where it is silent, that a line belongs to the better grade is
our reading (口径) and told as one. The words are those of ``Band.text``, the document's own.
"""

from __future__ import annotations

import re

from data.papers.words import READING, SILENT, cites, clauses
from scoring import exact
from scoring.elements import Band, Bands


def lines_told(bands: Bands) -> str:
    """The grades with their lines, who draws them, and whether a line belongs to its grade: one or two sentences."""
    lines = [f"{band.grade}（{exact.plain(band.min)}分以上）" for band in bands.items[:-1]]
    last, above = bands.items[-1], bands.items[-2].min if len(bands.items) > 1 else None
    lines.append(f"{last.grade}（{exact.plain(above)}分以下）" if above is not None else last.grade)
    borrowed = f"，分数线借用{bands.borrowed}" if bands.borrowed else ""
    head = f"按综合得分分为{'、'.join(lines)}{len(lines)}个等次"
    if not bands.cite:
        return f"{head}，“以上”含本数、“以下”不含本数{borrowed}（{clauses(bands)}）。"
    return f"{head}{borrowed}（{clauses(bands)}）。{_inclusion(bands)}"


def lines_cites(bands: Bands) -> tuple[str, ...]:
    """The clause of the lines, and the reading where the clause leaves something about them open."""
    return cites(bands, *([READING] if silent_lines(bands) else []))


def silent_lines(bands: Bands) -> tuple[Band, ...]:
    """The grades of whose line the cited text does not write that it is included (含), best first."""
    return tuple(band for band in bands.items[:-1] if bands.cite and not _included(band))


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

"""One submission's marks as one compact line of JSON text, exactly: thousands of units load in one query.

    {"format": 1, "opinion": "…", "sheets": ["蓬江区"], "marks": [[1, "好", null, 1, "", 0, "E4"], …]}

A mark is [indicator, grade, score, applicable, remark, index into sheets, cell], and where something was measured or
answered [value, answer] after these; a score and a value are "a" or "a/b", no float.
"""

from __future__ import annotations

import json
from fractions import Fraction
from functools import lru_cache
from typing import Any

from data.store.problem import StoreProblem
from scoring.marks import Mark, Sheet

FORMAT = 1
_SHORT = 7  # parts of a mark with which nothing was measured or answered
_HEAD, _MARKS, _END = f'{{"format":{FORMAT},', '"marks":[[', "]]}"  # none of these can stand inside a JSON text


def encode(sheet: Sheet) -> str:
    """The marks and the opinion of a sheet as text; its unit and component have columns of their own."""
    places = {name: at for at, name in enumerate(dict.fromkeys(mark.sheet for mark in sheet.marks))}
    marks = [_row(mark, places[mark.sheet]) for mark in sheet.marks]
    whole = {"format": FORMAT, "opinion": sheet.opinion, "sheets": list(places), "marks": marks}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":"))


@lru_cache(maxsize=8192)  # a stored text never changes: after an upload only what is new is read again
def decode(unit: str, component: str, text: str) -> Sheet:
    """The sheet that ``encode`` was given. Raises StoreProblem when the text is damaged or of a later format."""
    try:
        whole = json.loads(text)
        if whole["format"] != FORMAT:
            raise ValueError(whole["format"])
        names = whole["sheets"]
        return Sheet(unit, component, tuple(_mark(row, names) for row in whole["marks"]), whole["opinion"])
    except (ValueError, TypeError, KeyError, IndexError, ArithmeticError) as error:
        raise StoreProblem(
            f"{unit}的一份评分表在数据库中无法读取，数据可能已损坏。请用备份恢复，或由原文件重新上报。"
        ) from error


Plain = tuple[int | None, str | None, str | None, bool, bool]
"""(indicator, grade, score as text, applicable, whether something was measured or answered)."""


def plain(text: str) -> list[Plain]:
    """The marks alone, without remarks and cells: an assessment of 120,000 sheets in a second.

    Most marks of most sheets are written in the same letters, so each way of writing one is read once. Raises StoreProblem
    when the text is damaged or of a later format.
    """
    begin = text.find(_MARKS) + len(_MARKS)
    try:
        if text.startswith(_HEAD) and text.endswith(_END) and begin >= len(_MARKS):
            return [_plain(mark) for mark in text[begin : -len(_END)].split("],[")]
    except ValueError:
        pass  # a remark that holds "],[" was cut through: half of it is no JSON, so no half is ever taken for a mark
    try:
        whole = json.loads(text)
        if whole["format"] != FORMAT:
            raise ValueError(whole["format"])
        return [_told(row) for row in whole["marks"]]
    except (ValueError, TypeError, KeyError) as error:
        raise StoreProblem(
            "有评分表在数据库中无法读取，数据可能已损坏。请用备份恢复，或由原文件重新上报。"
        ) from error


@lru_cache(maxsize=2**17)
def _plain(mark: str) -> Plain:
    return _told(json.loads(f"[{mark}]"))


def _told(row: list[Any]) -> Plain:
    if len(row) not in (_SHORT, _SHORT + 2):
        raise ValueError(row)
    return row[0], row[1], row[2], bool(row[3]), any(part is not None for part in row[_SHORT:])


def _row(mark: Mark, place: int) -> list[Any]:
    row = [mark.indicator, mark.grade, _text(mark.score), int(mark.applicable), mark.remark, place, mark.cell]
    measured = mark.value is not None or mark.answer is not None
    return [*row, _text(mark.value), mark.answer] if measured else row


def _text(number: Fraction | None) -> str | None:
    return None if number is None else str(Fraction(number))


def _mark(row: list[Any], names: list[str]) -> Mark:
    indicator, grade, score, applicable, remark, place, cell, *measured = row
    value, answer = measured or (None, None)
    return Mark(
        indicator, grade, _fraction(score), bool(applicable), remark, names[place], cell, _fraction(value), answer
    )


def _fraction(text: str | None) -> Fraction | None:
    """As Fraction(text), without its slow pattern for the two forms we write."""
    if text is None:
        return None
    above, _, below = text.partition("/")
    return Fraction(int(above), int(below or 1))

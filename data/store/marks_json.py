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

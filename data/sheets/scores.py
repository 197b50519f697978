"""A typed number → an exact score, or the problem it is. Nothing passes through a float and nothing is guessed."""

from __future__ import annotations

import re
from fractions import Fraction

from data.sheets import words
from data.sheets.grid import Cell
from data.sheets.ticks import text_code
from scoring import exact

MOST_DECIMALS = 6
_NUMBER = re.compile(r"[+-]?\d{1,15}(\.\d{1,30})?")
_UNITS = re.compile(r"[+-]?\d+(\.\d+)?\s*(分|点|points?|pts)", re.I)
KIND_CODES = {
    "bool": "true-false",
    "error": "cell-error",
    "date": "date",
    "formula": "formula-without-value",
    "percent": "percentage",
}


def score_of(cell: Cell) -> tuple[Fraction | None, str]:
    """(exact score, "") or (None, the code of its problem). "88.60", ８８．６ and 88.6 are one score; 92分 is none."""
    if code := KIND_CODES.get(cell.kind):
        return None, code
    text = words.clean(cell.text)
    if _NUMBER.fullmatch(text):
        return exact.parse(text), ""
    return None, _code(text)


def _code(text: str) -> str:
    if re.fullmatch(r"[+-]?\d+(\.\d+)?\s*%", text):
        return "percentage"
    if _UNITS.fullmatch(text):
        return "number-with-unit"
    return text_code(text) or "not-a-number"


def doubt(cell: Cell) -> str:
    """The code of a warning about a number that reads well but may not be what its writer sees; "" if there is none."""
    if cell.kind != "number":
        return ""
    if len(cell.text.partition(".")[2]) > MOST_DECIMALS:
        return "long-decimal"
    return "shown-rounded" if cell.shown else ""

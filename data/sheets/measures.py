"""A cell → a measured value (实际数值): a number as counted, or a share in percent, exactly as typed."""

from __future__ import annotations

import re
from fractions import Fraction

from data.sheets import words
from data.sheets.grid import Cell
from data.sheets.scores import KIND_CODES
from data.sheets.ticks import text_code
from scoring import exact

_NUMBER = re.compile(r"[+-]?(\d{1,15}|\d{1,3}(,\d{3}){1,4})(\.\d{1,30})?")
_PERCENT = re.compile(r"([+-]?\d{1,15}(\.\d{1,30})?)\s*%")
_UNITS = re.compile(r"[+-]?\d[\d,]*(\.\d+)?\s*[^\W\d_]{1,8}")


def value_of(cell: Cell, share: bool = False, bounded: bool = True) -> tuple[Fraction | None, str]:
    """(exact value, "") or (None, the code of its problem). ``share``: a percentage from 0 to 100, or beyond where it is
    not ``bounded`` (完成率).

    95.5, "95.5%" and 0.955 in a percent format are one share. A bare 0.955 may be 0.955% or 95.5%, and 1 may be 1% or
    all of it: neither is taken. "1,234.5" is a number, "35人" is none.
    """
    if cell.kind != "percent" and (code := KIND_CODES.get(cell.kind)):
        return None, code
    text = words.clean(cell.text)
    if found := _PERCENT.fullmatch(text):
        return _within(exact.parse(found[1]), share, bounded)
    if not _NUMBER.fullmatch(text):
        return None, "number-with-unit" if _UNITS.fullmatch(text) else text_code(text) or "not-a-number"
    value = exact.parse(text.replace(",", ""))
    return (None, "share-unclear") if share and 0 < value <= 1 else _within(value, share, bounded)


def _within(value: Fraction, share: bool, bounded: bool) -> tuple[Fraction | None, str]:
    outside = value < 0 or (bounded and value > 100)
    return (None, "share-out-of-range" if bounded else "completion-negative") if share and outside else (value, "")


def is_percent(cell: Cell) -> bool:
    """Whether a cell writes its value with a percent sign."""
    return bool(_PERCENT.fullmatch(words.clean(cell.text)))

"""Raw values of the formats → cells: numbers exactly as typed, dates and percentages known by their number format."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from data.sheets.grid import Cell

Format = Literal["plain", "date", "percent"]

_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h|m|s)[^\]]*\]', re.I)
_DATE_IDS = {*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)}
_PERCENT_IDS = {9, 10}
_FIXED = re.compile(r"#?,?#*0(?:\.(0+))?(?:_\W*)?")


def decimal_text(value: float) -> str:
    """The shortest decimal that gives this float, which is what was typed: 80.3 is "80.3", 1.0 is "1"."""
    if value in (float("inf"), float("-inf")) or value != value:
        return str(value)
    text = format(Decimal(repr(value)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


@lru_cache(maxsize=512)
def format_kind(number: int, code: str) -> Format:
    """What a number format makes of a number: ids 14 to 58 are dates also without a code (中文日期 among them)."""
    bare = _QUOTED.sub("", code).split(";")[0].lower()
    if number in _PERCENT_IDS or "%" in bare:
        return "percent"
    if number in _DATE_IDS or (bare != "general" and re.search(r"[ymdhs年月日]", bare)):
        return "date"
    return "plain"


def number_cell(value: float, kind: Format, font: str = "", code: str = "") -> Cell:
    """A cell for a stored number. A percentage reads as the screen shows it: 0.925 is "92.5%"."""
    if kind == "date":
        return Cell(date_text(value), "date", font)
    if kind == "percent":
        return Cell(decimal_text(float(Decimal(repr(value)) * 100)) + "%", "percent", font)
    text = decimal_text(value)
    return Cell(text, "number", font, _shown(text, code))


def date_text(serial: float) -> str:
    """The day of a serial number, in the 1900 system: only for showing, a date is never a mark."""
    try:
        return (datetime(1899, 12, 30) + timedelta(days=serial)).strftime("%Y-%m-%d")
    except (OverflowError, ValueError):
        return decimal_text(serial)


def _shown(text: str, code: str) -> str:
    """What a fixed format such as 0.00 shows, where that is less than the number has."""
    found = _FIXED.fullmatch(code.split(";")[0])
    places = len(found[1] or "") if found else None
    if places is None or len(text.partition(".")[2]) <= places or not re.fullmatch(r"-?\d+\.\d+", text):
        return ""
    return str(Decimal(text).quantize(Decimal(1).scaleb(-places), rounding="ROUND_HALF_UP"))

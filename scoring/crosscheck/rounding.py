"""The ways in which offices round, and which of them give a number."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor

from scoring import exact
from scoring.crosscheck.book import decimals
from scoring.crosscheck.expected import same


def half_even(value: Fraction, places: int) -> Fraction:
    """四舍六入五成双."""
    return Fraction(round(value * 10**places), 10**places)


def cut(value: Fraction, places: int) -> Fraction:
    """截断."""
    return Fraction(floor(value * 10**places), 10**places)


def up(value: Fraction, places: int) -> Fraction:
    """进位."""
    return Fraction(ceil(value * 10**places), 10**places)


WAYS = {"四舍五入": exact.half_up, "截断（只舍不入）": cut, "进位（只入不舍）": up, "四舍六入五成双": half_even}


def roundings(value: Fraction, told: Fraction, places: int | None) -> Iterator[str]:
    """In words, how ``value`` may have become ``told``, the way of the scheme left out."""
    if same(value, told):
        yield "没有舍入"
        return
    if decimals(told) > 6:
        return
    for kept in dict.fromkeys((places if places is not None else 2, 0, 1, 2, 3, 4)):
        found = [name for name, way in WAYS.items() if way(value, kept) == told]
        if found and not (kept == places and found[0] == "四舍五入"):
            yield f"{'取整' if kept == 0 else f'保留{kept}位小数'}、{found[0]}"
            return

"""Exact numbers: how they are read, rounded and written. Nothing here ever passes through a float."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping
from fractions import Fraction
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)

_NUMBER = re.compile(r"[+-]?(\d{1,90}(\.\d{0,30})?|\.\d{1,30}|\d{1,90}/\d{1,90})")


def parse(text: str) -> Fraction:
    """The exact value of "40", "89.95" or "1705/19". Raises ValueError for anything else (1e5, nan, 92分, blanks)."""
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    try:
        return Fraction(text)
    except ZeroDivisionError:
        raise ValueError(text) from None


def half_up(value: Fraction, places: int) -> Fraction:
    """Round half away from zero to ``places`` decimals (四舍五入): 90.925 becomes 90.93, −0.5 becomes −1."""
    scale = 10**places
    size = (abs(value) * scale * 2 + 1) // 2
    return Fraction(size if value >= 0 else -size, scale)


def on_grid(line: Fraction, places: int | None) -> Fraction:
    """The least number of ``places`` decimals that is not below ``line``: with 2 places 89.993 gives 90.00."""
    return line if places is None else Fraction(-((-line * 10**places).__floor__()), 10**places)


def effective(line: Fraction, places: int | None) -> Fraction:
    """Where a cut-off truly begins once scores are rounded half-up: with 2 places, 90 begins at 89.995.

    A line that no rounded score can equal begins where the next one does: with 2 places, 89.993 begins at 89.995 too.
    """
    return line if places is None else on_grid(line, places) - Fraction(1, 2 * 10**places)


def closing(parts: Mapping[Key, Fraction], places: int = 2) -> dict[Key, Fraction]:
    """The parts with ``places`` decimals, each less than one last digit from what it is, so that they add up to their sum.

    Who adds up what is printed finds no 0.01 too much. Largest remainder (Hamilton 1792); of equal remainders the earlier part.
    """
    scale = 10**places
    down = {key: (value * scale).__floor__() for key, value in parts.items()}
    left = int(half_up(sum(parts.values(), Fraction(0)) * scale, 0)) - sum(down.values())
    first = sorted(parts, key=lambda key: down[key] - parts[key] * scale)[:left]
    return {key: Fraction(whole + (key in first), scale) for key, whole in down.items()}


def weighted_mean(weighed: Iterable[tuple[Fraction, Fraction]]) -> Fraction | None:
    """Σ weight × value ÷ Σ weight of (weight, value) pairs. Where all weigh nothing they count alike; of none, None."""
    pairs = list(weighed)
    whole = sum((weight for weight, _ in pairs), Fraction(0))
    if not pairs:
        return None
    if not whole:
        return sum((value for _, value in pairs), Fraction(0)) / len(pairs)
    return sum((weight * value for weight, value in pairs), Fraction(0)) / whole


def fixed(value: Fraction, places: int = 2) -> str:
    """Write with exactly ``places`` decimals, rounded half-up: 80 becomes "80.00"."""
    rounded = half_up(value, places)
    digits = f"{abs(rounded.numerator) * 10**places // rounded.denominator:0{places + 1}d}"
    sign = "-" if rounded < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"


def plain(value: Fraction) -> str:
    """Write as shortly as is exact: "40", "89.95"; a value no decimal can give is written as "1705/19"."""
    places = _decimals(value.denominator)
    return str(value) if places is None else fixed(value, places)


def _decimals(denominator: int) -> int | None:
    """Decimals that write a fraction exactly; None if none do, or more than ``parse`` reads."""
    twos = (denominator & -denominator).bit_length() - 1
    rest, fives = denominator >> twos, 0
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return max(twos, fives) if rest == 1 and max(twos, fives) <= 30 else None


def shown(value: Fraction, places: int = 4) -> str:
    """Write for people: exact when ``places`` decimals suffice, else cut (never rounded) and marked: "88.9747…".

    Cutting keeps a number from crossing a line on paper: 89.99999 is written 89.9999…, never 90.
    """
    scaled = value * 10**places
    if scaled.denominator == 1:
        return plain(value)
    size = abs(scaled.numerator) // scaled.denominator
    cut = Fraction(size if value >= 0 else -size, 10**places)
    return fixed(cut, places) + "…"


def signed(value: Fraction, places: int = 4) -> str:
    """A difference for people: "+0.90", "-6.6666…", "+0.00001…", "0".

    Two decimals where these are exact, else cut at ``places``, or at the first that is not 0: what is not nothing never
    reads as nothing.
    """
    if not value:
        return "0"
    size = abs(value)
    while size * 10**places < 1:
        places += 1
    return f"{'+' if value > 0 else '-'}{fixed(size) if (size * 100).denominator == 1 else shown(size, places)}"

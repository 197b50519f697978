"""How much work a workbook's formulas may ask for: steps in all, digits of a number, letters of a text."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

LONGEST_TEXT = 32_767
"""Letters a cell can hold in a spreadsheet."""
MOST_BITS = 4_000
"""Of a numerator or denominator; a spreadsheet keeps 53 and an exponent of 1,024."""
MOST_WORK = 2_000_000
"""Steps of all formulas of one comparison together, a few seconds."""


class UnsupportedError(Exception):
    """A formula that cannot be checked; ``str`` names what is not known in it."""


class Budget:
    """The steps that one comparison has used."""

    def __init__(self, most: int = MOST_WORK) -> None:
        self.left = most

    def spend(self, steps: int) -> None:
        """Count steps. Raises UnsupportedError when they are used up, and from then on."""
        self.left -= steps
        if self.left < 0:
            raise UnsupportedError("表中公式的计算量过大")


def sized(value: Any) -> Any:
    """The same value. Raises UnsupportedError where its digits or letters grow beyond any spreadsheet's."""
    if isinstance(value, Fraction) and max(value.numerator.bit_length(), value.denominator.bit_length()) > MOST_BITS:
        raise UnsupportedError("算出的数过大或位数过多")
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        raise UnsupportedError("算出的文本过长")
    return value


def power(value: Any, exponent: int) -> Any:
    """``value`` to a whole exponent, refused before it is worked out where it grows too long."""
    if isinstance(value, Fraction):
        bits = max(value.numerator.bit_length(), value.denominator.bit_length())
        if bits * abs(exponent) > MOST_BITS:
            raise UnsupportedError("算出的数过大或位数过多")
    return value**exponent


def total(values: list[Any]) -> Any:
    """The sum, refused as soon as it grows too long."""
    found: Any = Fraction(0)
    for each in values:
        found = sized(found + each)
    return found

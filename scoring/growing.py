"""A group's table that is filled sheet by sheet and mended where a sheet came or went: for tens of thousands of units."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from fractions import Fraction
from math import lcm

import numpy as np

from scoring.gather import MarksError
from scoring.marks import Fact
from scoring.scheme import Scheme
from scoring.table import ABSENT, NOT_APPLICABLE, Table, padded
from scoring.tree import indicator_tree

Plain = tuple[int | None, str | None, str | None, bool, bool]
"""(indicator, grade, score as text, applicable, whether something was measured or answered), as ``marks_json.plain``."""
_BLANK = -1


class Growing:
    """The codes of one group's units. ``table`` gives a ``Table`` of the moment that later changes do not touch."""

    def __init__(self, scheme: Scheme, group: str, units: Sequence[str]) -> None:
        self.scheme, self.group, self.units = scheme, group, list(units)
        self.places = {unit: place for place, unit in enumerate(self.units)}
        self.components = {component.id: place for place, component in enumerate(scheme.counted)}
        self.items = [leaf.no for leaf in indicator_tree(scheme, group).leaves()]
        self.codes = np.full((len(self.units), len(self.components), len(self.items)), ABSENT, dtype=np.int32)
        self.totals: dict[tuple[int, int], Fraction] = {}
        self.palette: dict[str | Fraction, int] = {}
        self._known: dict[Plain, int] = {}
        self._nothing = [ABSENT] * len(self.items)

    def copy(self) -> Growing:
        """The same, to be changed apart."""
        other = copy(self)
        other.codes, other.totals = self.codes.copy(), dict(self.totals)
        other.palette, other._known = dict(self.palette), dict(self._known)
        return other

    def put(self, sheets: Iterable[tuple[str, str, Sequence[Plain] | None]]) -> None:
        """Each (unit, component, marks) in place of what stood there; None takes it away. Units of other groups are passed.

        Raises MarksError for what was measured or answered, and for points that no item can have.
        """
        rows: list[list[int]] = []
        places: list[tuple[int, int]] = []
        for unit, component, marks in sheets:
            place, column = self.places.get(unit), self.components.get(component)
            if place is not None and column is not None:
                self.totals.pop((place, column), None)
                rows.append(self._sheet(place, column, marks or ()))
                places.append((place, column))
        latest = dict(zip(places, rows, strict=True))  # of two at one place the later counts
        if latest:
            units, columns = zip(*latest, strict=True)
            self.codes[list(units), list(columns)] = np.array(list(latest.values()), dtype=np.int32)

    def table(self, facts: Mapping[str, tuple[Fact, ...]]) -> Table:
        """The table as it is now, with the facts of its units."""
        palette = padded(list(self.palette))
        narrow = np.uint8 if len(palette) <= NOT_APPLICABLE + 1 else np.int32
        whole = lcm(*(value.denominator for value in self.totals.values()))
        numbers = {place: int(value * whole) for place, value in self.totals.items()}
        fits = all(abs(value) < 2**62 for value in numbers.values())
        direct = np.zeros(self.codes.shape[:2], dtype=bool)
        totals = np.zeros(self.codes.shape[:2], dtype=np.int64 if fits else object)
        for place, value in numbers.items():
            direct[place], totals[place] = True, value
        told = {self.places[unit]: own for unit, own in facts.items() if unit in self.places}
        return Table(
            self.group, self.units, tuple(self.components), self.codes.astype(narrow), palette, direct, totals, whole, told
        )

    def _sheet(self, place: int, column: int, marks: Sequence[Plain]) -> list[int]:
        """The codes of a sheet's items; all ABSENT unless every item is marked."""
        known = self._known
        codes = [known[mark] if mark in known else self._learn(mark) for mark in marks]
        numbers = [mark[0] for mark in marks]
        if None in numbers:
            self.totals[place, column] = self._total(marks)
            return self._nothing
        if numbers != self.items:
            told = {number: code for number, code in zip(numbers, codes, strict=True) if code != _BLANK}
            if len(set(numbers)) < len(numbers) or set(numbers) - set(self.items):
                raise MarksError("有评分表的项目重复或不在指标表上，不能计算")
            codes = [told.get(number, _BLANK) for number in self.items]
        return self._nothing if _BLANK in codes else codes

    def _total(self, marks: Sequence[Plain]) -> Fraction:
        (_, _, score, _, _), *others = marks
        if others or score is None or not 0 <= Fraction(score) <= 100:
            raise MarksError("给总分的评分表只能有一个0至100之间的总分，不能另有分项")
        return Fraction(score)

    def _learn(self, mark: Plain) -> int:
        """The code of a mark seen for the first time."""
        number, grade, score, applicable, measured = mark
        value = grade if grade is not None else Fraction(score) if score is not None else None
        if not applicable:
            code = NOT_APPLICABLE
        elif measured:
            raise MarksError(f"第{number}项填的是实际数值或完成情况，不能成批快速计算")
        elif isinstance(value, Fraction) and not 0 <= value <= 100:
            raise MarksError(f"第{number}项的得分不在0至100之间")
        elif value is None:
            code = _BLANK
        else:
            at = len(self.palette)
            code = self.palette.setdefault(value, at if at < ABSENT else at + 2)
        self._known[mark] = code
        return code

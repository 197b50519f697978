"""The nearest change of a weight as numbers that can be typed: two decimals, the total kept, and the grade truly changed."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from scoring import exact
from scoring.firmness.form import Form
from scoring.firmness.grade import WeightMove
from scoring.firmness.weightings import moved, score
from scoring.trial import Level, Values, problem_with

PLACES = 2
"""Decimals of a weight that people type."""
_TRIES = 200
"""Hundredths further out that are tried before the exact fractions are given."""


def typed_weights(level: Level, line: Form, move: WeightMove, flips: Callable[[Values], bool]) -> Values | None:
    """The level's values under which ``move`` happens, as a board and an address can hold them.

    The moved weight is rounded outward, the others share the rest in their proportions to two decimals; where that
    rounding spoils the change the weight goes on by hundredths. Where no such values exist the exact fractions are given.
    ``flips`` scores the unit anew and says whether the grade is another; None where not even the fractions do.
    """
    index = line.names.index(move.name)
    for values in (*_decimal(level, line, move, index), _exact(level, move.weights)):
        if not problem_with(level, values) and _promising(line, move, values) and flips(values):
            return values
    return None


def _decimal(level: Level, line: Form, move: WeightMove, index: int) -> list[Values]:
    """Nearest first, each in hundredths of the level's own unit and summing to its total."""
    whole, step = _whole(level), Fraction(1, 10**PLACES)
    if (whole / step).denominator != 1:
        return []
    rising = move.to > move.before
    first = move.to * whole / step
    begin = first.__ceil__() if rising else first.__floor__()
    found = []
    for more in range(_TRIES):
        at = (begin + more if rising else begin - more) * step
        if not 0 <= at <= whole:
            break
        parts = moved(line.weights, index, at / whole)
        rest = {name: part * whole for name, part in zip(line.names, parts, strict=True) if name != move.name}
        rounded = exact.closing(rest, PLACES)
        found.append({name: at if name == move.name else rounded[name] for name in line.names})
    return found


def _exact(level: Level, weights: dict[str, Fraction]) -> Values:
    return {name: part * _whole(level) for name, part in weights.items()}


def _whole(level: Level) -> Fraction:
    return sum(level.originals.values(), Fraction(0))


def _promising(line: Form, move: WeightMove, values: Values) -> bool:
    """Whether the straight line says so: cheap, so that only one trial in the end is scored anew."""
    return line.final(score(line.values, [values[name] for name in line.names])) == move.grade

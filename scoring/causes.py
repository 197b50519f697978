"""Why a unit changes grade under a scenario: which of its moves did it, found by scoring again without each.

A move is one level's values or one reading. "因交叉考核权重 40 → 46" is said of the only move there is, or of the only
one without which the grade would have stayed; where several are needed they are named together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeVar

from scoring import exact
from scoring.assumption_words import label_words
from scoring.results import Results
from scoring.scenario import Scenario, choices
from scoring.scheme import Scheme
from scoring.trial import LINES, WEIGHTS, Level, Values

T = TypeVar("T")
BEYOND_ANY = "几项调整共同作用，去掉任何一项仍会改变"
_STEP = Fraction(1, 10)
"""The step of the sliders: what moved along with another weight is in proportion to within one."""


@dataclass(frozen=True)
class Move:
    """One thing that a scenario changes, in words, and the scenario without it."""

    text: str
    without: Scenario


def moves(scenario: Scenario, own: Scheme, chosen: Mapping[str, str]) -> tuple[Move, ...]:
    """What a scenario changes: values by level, then readings. ``own`` and ``chosen`` as for ``Scenario.scheme``."""
    known, named = scenario.levels(own, chosen), {each.key: each.name for each in choices(own)}
    found = [
        Move(level_words(known[name], values), replace(scenario, values=_less(scenario.values, name)))
        for name, values in scenario.values.items()
    ]
    for key, label in scenario.readings.items():
        less = replace(scenario, readings=_less(scenario.readings, key)).tidied(own, chosen)
        found.append(Move(f"口径“{named[key]}”改为“{label_words(label)}”", less))
    return tuple(found)


def _less(whole: Mapping[str, T], name: str) -> dict[str, T]:
    return {key: value for key, value in whole.items() if key != name}


def level_words(level: Level, values: Values) -> str:
    """What was moved at a level: "交叉考核权重 40 → 46", "“好”线 90 → 89"; many at once only counted."""
    moved = [name for name, value in values.items() if value != level.originals[name]]
    if level.mode == "weights" and (mover := _mover(level, values)):
        moved = [mover]
    if len(moved) <= 2:
        return "、".join(f"{_called(level, name)} {_from_to(level, values, name)}" for name in moved)
    if len(values) <= 4:
        was, now = ("/".join(exact.shown(v, 2) for v in each.values()) for each in (level.originals, values))
        return f"{level.name}{'' if level.word == level.name else level.word} {was} → {now}"
    return f"{len(moved)}项{level.name}{'' if level.word == level.name else level.word}"


def _from_to(level: Level, values: Values, name: str) -> str:
    return f"{exact.shown(level.originals[name], 2)} → {exact.shown(values[name], 2)}"


def _called(level: Level, name: str) -> str:
    if level.id == LINES:
        return level.names[name]
    if level.id == WEIGHTS:
        return f"{level.names[name]}权重"
    return f"{level.name if level.mode == 'weights' else ''}“{level.names[name]}”{level.word}"


def _mover(level: Level, values: Values) -> str:
    """The weight that was moved while the others kept their proportions, or "" where more than one was."""
    by_size = sorted(values, key=lambda name: -abs(values[name] - level.originals[name]))
    return next((name for name in by_size if _others_in_proportion(level.originals, values, name)), "")


def _others_in_proportion(was: Values, now: Values, name: str) -> bool:
    rest, left = (sum((v for other, v in each.items() if other != name), Fraction(0)) for each in (was, now))
    return bool(rest) and all(abs(now[o] - was[o] * left / rest) <= _STEP for o in was if o != name)


def causes(
    before: Results, after: Results, found: tuple[Move, ...], assess_with: Callable[[Scenario], Results]
) -> dict[str, str]:
    """Unit → why its grade changes, for those whose grade does.

    ``before`` are the results of the assessment itself, ``after`` of the scenario with these moves; ``assess_with``
    scores the same marks under another scenario, once for each move where there are several.
    """
    was = {result.unit: result.grade for result in before.units}
    changed = [result.unit for result in after.units if was[result.unit] != result.grade]
    if not changed or not found:
        return {}
    if len(found) == 1:
        return dict.fromkeys(changed, f"因{found[0].text}")
    without = [(move, {r.unit: r.grade for r in assess_with(move.without).units}) for move in found]
    return {unit: _cause([move for move, grades in without if grades[unit] == was[unit]]) for unit in changed}


def _cause(needed: list[Move]) -> str:
    """In words, from the moves without each of which the grade would have stayed."""
    if not needed:
        return BEYOND_ANY
    told = "和".join(move.text for move in needed)
    return f"因{told}{'共同作用' if len(needed) > 1 else ''}"

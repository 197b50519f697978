"""The line to type into a terminal that computes a scenario again: cli.py whatif … --set components.cross.weight=46 …

``scenario_settings`` takes it back: what is read from the line is the scenario, exactly.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Mapping
from fractions import Fraction

from scoring import exact
from scoring.assumptions import DEFAULT, assumptions
from scoring.scenario import Scenario
from scoring.scenario_settings import READINGS, ROOTS, WEIGHT
from scoring.scheme import Scheme
from scoring.trial import Level, Values

SHEETS = "评分表/*.xlsx"
"""What stands in a line for the forms, which whoever types it has in a folder of their own."""
_BARE = re.compile(r"[\w+=:./-]+")
_DOUBLE = re.compile(r"[^\"$`\\!%\x00-\x1f]+")


def command_line(
    source: str,
    scenario: Scenario,
    own: Scheme,
    chosen: Mapping[str, str] | None = None,
    *,
    targets: Mapping[str, Fraction] | None = None,
    more: Iterable[str] = (),
    sheets: str = SHEETS,
) -> str:
    """The whole line; of a scenario that changes nothing the one that scores. ``source``: the scheme's id, or its file.

    ``own`` is the scheme before any reading, ``chosen`` the readings in force; ``targets`` the office's own figures by id.
    ``more``: further words such as "--facts", "情形.csv". ``sheets`` stands at the end as it is.
    """
    words = ["python", "cli.py", "whatif" if scenario else "score", "--scheme", source]
    if scenario and len(own.marked_groups) > 1:
        words += ["--group", scenario.group]
    for target, figure in (targets or {}).items():
        words += ["--target", f"{target}={exact.plain(figure)}"]
    for key, label in (chosen or {}).items():
        if _is_offered(own, key, label):
            words += ["--reading", f"{key}={label}"]
    for setting in settings(scenario, own, chosen):
        words += ["--set", setting]
    return " ".join([*(quoted(word) for word in (*words, *more)), sheets])


def settings(scenario: Scenario, own: Scheme, chosen: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """What follows each ``--set``, as few as say it all: readings first, then the levels in their order."""
    found = [f"{READINGS}.{key}={label}" for key, label in scenario.readings.items()]
    for name, level in scenario.levels(own, chosen or {}).items():
        told = named_values(level, scenario.values.get(name, {}))
        found += [_setting(level, control, value) for control, value in told.items()]
    return tuple(found)


def typed(level: Level, control: str, share: Fraction) -> str | None:
    """One weight moved to a share (a part of 1), the others keeping their proportions, as ``--set`` takes it.

    None at a level that no scenario moves: beneath one category.
    """
    if level.id not in ROOTS:
        return None
    return _setting(level, control, share * sum(level.originals.values(), Fraction(0)))


def _setting(level: Level, control: str, value: Fraction) -> str:
    return f"{ROOTS[level.id]}.{control}{WEIGHT if level.mode == 'weights' else ''}={exact.plain(value)}"


def named_values(level: Level, values: Values) -> Values:
    """The values that must be named. Weights that kept their proportions to one another are what is left; a single one
    is named for clearness."""
    if level.mode != "weights":
        return {name: value for name, value in values.items() if value != level.originals[name]}
    kept = _in_proportion(level, values)
    return {name: value for name, value in values.items() if name not in kept or len(kept) == 1}


def _in_proportion(level: Level, values: Values) -> set[str]:
    """The largest set of weights that all became the same part of what they were; a weight that was and is 0 is in any."""
    parts: dict[Fraction, set[str]] = {}
    for name, value in values.items():
        if level.originals[name]:
            parts.setdefault(value / level.originals[name], set()).add(name)
    largest = max(parts.values(), key=len, default=set())
    return largest and largest | {name for name in values if not values[name] and not level.originals[name]}


def _is_offered(own: Scheme, key: str, label: str) -> bool:
    return label != DEFAULT and any(one.key == key and label in one.labels for one in assumptions(own))


def quoted(word: str) -> str:
    """A word as a shell takes it whole. Double quotes where they do, for they also serve in the Windows prompt."""
    if _BARE.fullmatch(word):
        return word
    return f'"{word}"' if _DOUBLE.fullmatch(word) else shlex.quote(word)

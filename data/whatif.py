"""The same sheets scored twice, as the assessment stands and under a scenario, unit beside unit: what the CLI tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from scoring.results import Results, UnitResult
from scoring.scenario import Scenario
from scoring.scheme import Scheme

Pair = tuple[UnitResult, UnitResult]


@dataclass(frozen=True)
class Tried:
    """``own`` is the scheme before any reading, ``chosen`` the readings in force; ``groups`` are those that are told.

    ``why``: unit → which of the moves changed its grade (``scoring.causes``).
    """

    own: Scheme
    chosen: Mapping[str, str]
    scenario: Scenario
    before: Results
    after: Results
    groups: tuple[str, ...]
    why: Mapping[str, str] = field(default_factory=dict)

    def pairs(self) -> list[Pair]:
        """(before, after) of every unit, group by group, each by the place after and those without one last."""
        was = {result.unit: result for result in self.before.units}
        return [(was[now.unit], now) for group in self.groups for now in self.after.ranked(group)]

    def regraded(self) -> list[Pair]:
        """Those whose grade changes."""
        return [(was, now) for was, now in self.pairs() if was.grade != now.grade]

    def held(self) -> list[Pair]:
        """Those whose grade by score changes, and what limits or floors leave does not."""
        return [(a, b) for a, b in self.pairs() if a.grade == b.grade and a.score_grade != b.score_grade]

    def migration(self) -> dict[tuple[str | None, str | None], int]:
        """(grade before, grade after) → units with a score, best first; None is no computed grade."""
        counts = Counter((was.grade, now.grade) for was, now in self.pairs() if now.score is not None)
        order = {grade: place for place, grade in enumerate((*self.own.grades, None))}
        return {key: counts[key] for key in sorted(counts, key=lambda key: (order[key[0]], order[key[1]]))}

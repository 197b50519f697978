"""What matters more: how the text is read where it is silent (口径), or its weights within ±5 points."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from scoring.assumptions import Assumption, Effect
from scoring.firmness.form import Form
from scoring.firmness.grade import DELTA
from scoring.firmness.reachable import holds_near


@dataclass(frozen=True)
class Rival:
    """The reading of one assumption that changes most in a group: by unit (now, then), only where they differ."""

    assumption: Assumption
    label: str
    grades: dict[str, tuple[str | None, str | None]]
    places: dict[str, tuple[int | None, int | None]]

    @property
    def withdraws(self) -> bool:
        """Whether it gives no grades any more where there were some (等次由评议确定)."""
        return bool(self.grades) and all(then is None for _, then in self.grades.values())

    @property
    def reach(self) -> tuple[int, int]:
        """Grades and places changed: what matters more comes first."""
        return len(self.grades), len(self.places)


def rivals(known: Sequence[Assumption], effects: Iterable[Effect], units: Iterable[str]) -> tuple[Rival, ...]:
    """Every assumption that has another reading, its weightiest one for these units first; those that change nothing last."""
    own, best = set(units), dict[str, Rival]()
    by_key = {assumption.key: assumption for assumption in known}
    for effect in effects:
        rival = Rival(
            by_key[effect.key],
            effect.label,
            {unit: change for unit, change in effect.changes.items() if unit in own},
            {unit: change for unit, change in effect.places.items() if unit in own},
        )
        if effect.key not in best or rival.reach > best[effect.key].reach:
            best[effect.key] = rival
    return tuple(sorted(best.values(), key=lambda rival: rival.reach, reverse=True))


def movable(forms: dict[str, Form], delta: Fraction = DELTA) -> tuple[str, ...]:
    """The units whose grade some weighting within ±``delta`` changes: no weighting near changes more grades than these."""
    return tuple(unit for unit, line in forms.items() if not holds_near(line, delta))

"""How components' scores make the official one: combine → (bonus, deduction: ``scoring.extras``) → rounding.

Where marks add up (combine: add), a component's score is out of its full marks and weighs as much as these: 80 and 90 of
100 each, brought from 200 to 100, are 85. So one weighted mean serves every scheme.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from scoring import exact
from scoring.gather import weights_of
from scoring.scheme import Scheme

ZERO = Fraction(0)


def entering(scheme: Scheme, component_id: str, value: Fraction) -> Fraction:
    """A component's score on the base of the total, as it is weighed."""
    return value * scheme.base / scheme.full_of(component_id)


def combined(scheme: Scheme, scores: Mapping[str, Fraction]) -> Fraction:
    """Σ weight × score ÷ Σ weight over the counted components: 80.3, 82.64, 76.96 under 40/30/30 give exactly 80."""
    weights = weights_of(scheme)
    whole = sum(weights.values(), ZERO)
    return sum((weight * entering(scheme, name, scores[name]) for name, weight in weights.items()), ZERO) / whole


def official(scheme: Scheme, value: Fraction) -> Fraction:
    """The official score: rounded as the scheme says."""
    return value if scheme.places is None else exact.half_up(value, scheme.places)


def weighed(scheme: Scheme, value: Fraction) -> Fraction:
    """A component's score as it enters the sum: rounded where the scheme rounds components first."""
    return value if scheme.component_places is None else exact.half_up(value, scheme.component_places)


def attainable(scheme: Scheme, component_id: str) -> tuple[Fraction, Fraction]:
    """The least and the most a component can give: all ticks at one end, or 0 to full where numbers may come."""
    numbers = set(scheme.component(component_id).marks) != {"ticks"} or _is_measured(scheme)
    if numbers or scheme.ticks is None or scheme.late:
        return ZERO, scheme.full_of(component_id)
    points = scheme.ticks.points.values()
    return min(points), max(points)


def _is_measured(scheme: Scheme) -> bool:
    """Whether some item earns points without a grade, from nothing to all of them."""
    without = {"points", "yesno", "completion"} | (set() if scheme.median else {"ratio"})
    return any(row.kind in without for group in scheme.groups for row in scheme.indicators_of(group.id))

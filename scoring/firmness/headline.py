"""How firm a group's grades are together: the smallest safe radius, and how many grades lie near a line (等次不稳)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from scoring import exact
from scoring.firmness.grade import DELTA, firmness, near_shares
from scoring.firmness.weightings import Radius
from scoring.results import Results, UnitResult
from scoring.trial import component_level

FULL = Fraction(100)
NEVER, AT_ONCE = "权重怎样调整均不变", "不足±0.1%"


@dataclass(frozen=True)
class Headline:
    """Of ``of`` units: the smallest radius and whose it is (None: no re-weighting changes any grade), and the ``soft`` ones.

    A grade is soft (等次不稳) where some weighting within ±``delta`` of the scheme's brings another. ``unsure`` counts
    those for which that has no exact answer at once.
    """

    of: int
    radius: Radius | None
    unit: str
    soft: tuple[str, ...]
    unsure: int = 0
    delta: Fraction = DELTA

    @property
    def words(self) -> str:
        """The radius rounded so that it stays true: "±6.2%", "不足±0.1%"; beyond ±100% nobody can picture it."""
        if self.radius is None:
            return NEVER
        within = self.radius.within
        if within is None:
            return AT_ONCE
        return f"±{exact.fixed(min(within, FULL), 1)}%"


def headline(results: Results, group: str, delta: Fraction = DELTA) -> Headline | None:
    """The headline of a group under the weights of 考核方式; None where re-weighting is no question for any unit."""
    if len(results.scheme.counted) < 2:
        return None
    level = component_level(results.scheme)
    found = [(result, firmness(results.scheme, result, level)) for result in results.group(group)]
    known = [(result, firm) for result, firm in found if firm is not None]
    if not known:
        return None
    radii = [(firm.radius, result.unit) for result, firm in known if firm.radius is not None]
    least, whose = min(radii, key=lambda pair: (pair[0].value, pair[0].closed), default=(None, ""))
    near = [(result, near_shares(firm.form, delta)) for result, firm in known]
    soft = tuple(result.unit for result, shares in near if shares is not None and _moves(result, shares))
    return Headline(len(known), least, whose, soft, sum(shares is None for _, shares in near), delta)


def _moves(result: UnitResult, shares: dict[str, Fraction]) -> bool:
    return bool(result.grade) and shares[str(result.grade)] < 1

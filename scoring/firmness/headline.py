"""How firm a group's grades are together: the smallest safe radius, and how many grades lie near a line (等次不稳)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from scoring.firmness.grade import DELTA, firmness
from scoring.firmness.radius_words import radius_short
from scoring.firmness.reachable import holds_near
from scoring.firmness.weightings import Radius
from scoring.results import Results
from scoring.trial import component_level


@dataclass(frozen=True)
class Headline:
    """Of ``of`` units: the smallest radius and whose it is (None: no re-weighting in proportion changes any grade), and the ``soft`` ones.

    A grade is soft (等次不稳) where some weighting within ±``delta`` of the scheme's brings another.
    """

    of: int
    radius: Radius | None
    unit: str
    soft: tuple[str, ...]
    delta: Fraction = DELTA

    @property
    def words(self) -> str:
        """The radius rounded so that it stays true: "±6.2%"."""
        return radius_short(self.radius)


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
    soft = tuple(result.unit for result, firm in known if not holds_near(firm.form, delta))
    return Headline(len(known), least, whose, soft, delta)

"""How firm a group's grades are together: the smallest safe radius, and how many grades lie near a line (等次不稳)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from scoring.firmness.grade import DELTA, Firmness, firmness
from scoring.firmness.radius_words import radius_short, together
from scoring.firmness.reachable import holds_near
from scoring.firmness.weightings import Radius
from scoring.results import Results
from scoring.scheme import Scheme
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


def all_firm(scheme: Scheme, found: Iterable[Firmness]) -> str:
    """How far all weights of 考核方式 may change at once with every grade staying, in a sentence rounded so that it is true."""
    firms, way = [*found], scheme.words.component
    if not firms:
        return "评分尚未齐全，暂不能判断等次是否稳固。"
    radii = [firm.radius for firm in firms if firm.radius]
    if not radii and any(firm.up or firm.down for firm in firms):
        return f"各{way}现有权重按比例怎样调整，全部等次不变；给权重为0的{way}加上权重，则可能改变，见下表。"
    if not radii:
        return f"无论各{way}权重怎样调整，全部等次不变。"
    sure = [radius.within for radius in radii if radius.within is not None]
    if len(sure) < len(radii):
        return "权重稍有变动，就有等次可能改变。"
    return f"{together(f'各{way}', min(sure), '全部等次')}。"

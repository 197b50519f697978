"""A unit against its neighbours: the places it borders on, their scores, and how far it stands from their mean, exactly.

Only units of the same assessment and group are compared: others are measured by another table. Whose result is 暂缺 is
named and counts for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from data.maps.spots import Spot
from scoring import exact
from scoring.explain import score_text
from scoring.standing import MISSING, word


@dataclass(frozen=True)
class Beside:
    """One unit and its ``near`` neighbours, in the order given; ``apart`` are bordering units that cannot be compared."""

    spot: Spot
    near: tuple[Spot, ...]
    apart: tuple[Spot, ...] = ()

    @property
    def scored(self) -> tuple[Fraction, ...]:
        """The official scores of the neighbours that have one."""
        return tuple(value for each in self.near if (value := _score(each)) is not None)

    @property
    def mean(self) -> Fraction | None:
        """Their mean, exactly; None while none has a score."""
        return sum(self.scored, Fraction(0)) / len(self.scored) if self.scored else None

    @property
    def ahead(self) -> Fraction | None:
        """The unit's official score less the mean; below 0 where it is lower."""
        mine, mean = _score(self.spot), self.mean
        return None if mine is None or mean is None else mine - mean


def beside(spot: Spot, spots: Iterable[Spot], codes: Iterable[str]) -> Beside:
    """``spot`` among those of ``spots`` whose codes border on it (``codes``) and that have a result, in the spots' order."""
    wanted = set(codes)
    units = [each for each in spots if each.place.code in wanted and each.result is not None and each is not spot]
    alike = [each for each in units if _alike(spot, each)]
    return Beside(spot, tuple(alike), tuple(each for each in units if each not in alike))


def sentence(found: Beside) -> str:
    """"邻近3个市（区）平均91.03分，高0.42分。" Empty where there is nothing to compare."""
    state = found.spot.state
    if state is None or found.mean is None:
        return ""
    words = state.scheme.words
    waiting = len(found.near) - len(found.scored)
    counted = f"邻近{len(found.scored)}{words.measure}{words.units}平均{exact.shown(found.mean, 2)}分"
    missing = f"（另有{waiting}{words.measure}{MISSING}，未计入）" if waiting else ""
    return f"{counted}{_way(found.ahead)}{missing}。"


def rows(found: Beside) -> list[dict[str, str]]:
    """One neighbour a row: its name, its grade, its score, and the unit's score less its own."""
    return [_row(found.spot, each) for each in found.near]


def _way(ahead: Fraction | None) -> str:
    if ahead is None:
        return ""
    if not ahead:
        return "，与之相同"
    return f"，{'高' if ahead > 0 else '低'}{exact.signed(abs(ahead), 2).lstrip('+')}分"


def _row(spot: Spot, other: Spot) -> dict[str, str]:
    assert other.state is not None
    assert other.result is not None
    scheme, mine, theirs = other.state.scheme, _score(spot), other.result.score
    told = score_text(scheme, theirs) if theirs is not None else MISSING
    apart = "—" if mine is None or theirs is None else _signed(mine - theirs)
    return {"邻近": other.place.name, "等次": word(other.result), "得分": told, "相差": apart}


def _signed(value: Fraction) -> str:
    return exact.signed(value, 2).replace("-", "−") if value else "相同"


def _alike(spot: Spot, other: Spot) -> bool:
    return (
        spot.state is other.state
        and spot.result is not None
        and other.result is not None
        and spot.result.group == other.result.group
    )


def _score(spot: Spot) -> Fraction | None:
    return None if spot.result is None else spot.result.score


def among(codes: Sequence[str], spots: Iterable[Spot]) -> frozenset[str]:
    """Those of the codes that are places shown: what is marked on the map beside the selected one."""
    shown = {each.place.code for each in spots}
    return frozenset(code for code in codes if code in shown)

"""A unit beside its neighbours: whose grade and score border on whose, with exact differences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from data.maps.spots import Spot
from scoring.standing import word


@dataclass(frozen=True)
class Beside:
    """One neighbour: its grade's ``word`` (暂缺 while there is no score), its official ``score``, and the unit's score less
    it; ``why`` it is told and not counted, else empty."""

    spot: Spot
    word: str
    score: Fraction | None
    difference: Fraction | None
    why: str = ""

    @property
    def name(self) -> str:
        """The neighbour's name."""
        return self.spot.place.name


@dataclass(frozen=True)
class Against:
    """A unit against its neighbours, in the order given. ``mean`` is of those that are counted, exact; ``difference`` the
    unit's score less it. Both are None where nobody is counted, the latter also where the unit has no score."""

    spot: Spot
    rows: tuple[Beside, ...]
    mean: Fraction | None
    difference: Fraction | None

    @property
    def counted(self) -> tuple[Beside, ...]:
        """The neighbours that the mean is of."""
        return tuple(row for row in self.rows if not row.why)


def against(spot: Spot, others: Iterable[Spot]) -> Against:
    """A unit's official score against those of its neighbours: ``others`` are their places on the same map.

    Counted are scores of the same assessment by the same table of indicators; the others are told with the reason.
    """
    rows = tuple(_row(spot, other) for other in others if other.place != spot.place)
    scores = [row.score for row in rows if row.score is not None and not row.why]
    mean = sum(scores, Fraction(0)) / len(scores) if scores else None
    own = spot.result.score if spot.result else None
    return Against(spot, rows, mean, None if own is None or mean is None else own - mean)


def _row(spot: Spot, other: Spot) -> Beside:
    if other.result is None or other.state is None:
        return Beside(other, "", None, None, other.absent if not other.below else f"本次范围：{other.below}个对象")
    score, own = other.result.score, spot.result.score if spot.result else None
    why = _apart(spot, other) or ("尚无得分" if score is None else "")
    difference = None if why or own is None or score is None else own - score
    shown = "" if other.state.scheme.judged else word(other.result)
    return Beside(other, shown, score, difference, why)


def _apart(spot: Spot, other: Spot) -> str:
    """Why two units are measured otherwise."""
    if spot.result is None or spot.state is None or other.result is None or other.state is None:
        return ""
    if spot.state is not other.state:
        return "不属同一考核"
    scheme = spot.state.scheme
    if scheme.judged:
        return "不计得分"
    if scheme.indicators_of(spot.result.group) != scheme.indicators_of(other.result.group):
        return f"{scheme.group(other.result.group).name}，另一组"
    return ""

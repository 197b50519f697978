"""Past the neighbour: the least change with which a unit passes the one placed just before it, or lets the next one pass."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from scoring.combine import entering, weighed
from scoring.firmness.form import Form
from scoring.firmness.grade import WeightMove
from scoring.firmness.marks import MARK_PLACES, ItemMove, TotalMove, nearest_item
from scoring.firmness.places import soonest
from scoring.firmness.remarks import Remarks, Standing
from scoring.firmness.tracks import ONE, Ordering, Track, bends, mirrored, order, track
from scoring.firmness.weightings import STEP, moved, score
from scoring.results import UnitResult
from scoring.scheme import Scheme

HUNDREDTH = Fraction(1, 10**MARK_PLACES)
Key = tuple[Fraction, ...]


@dataclass(frozen=True)
class Passing:
    """What alone changes the order of a unit and its neighbour ``rival``; each None where no such change does.

    ``gap`` is the rival's official score less the unit's own. ``sentence`` names no unit: 前一位, 后一位.
    """

    rival: str
    gap: Fraction
    weights: WeightMove | None
    total: TotalMove | None
    item: ItemMove | None
    sentence: str = ""


def neighbour(result: UnitResult, group: Sequence[UnitResult], *, before: bool) -> UnitResult | None:
    """Who is placed just before a unit (or just behind it); of several that share the place the nearest as listed.

    Units that share its own place are neither. None where nobody is there, or the unit has no place.
    """
    places = [(other.rank, at, other) for at, other in enumerate(group) if other.rank is not None]
    if result.rank is None:
        return None
    if before:
        found = [place for place in places if place[0] < result.rank]
        return max(found, key=lambda place: place[:2])[2] if found else None
    found = [place for place in places if place[0] > result.rank]
    return min(found, key=lambda place: place[:2])[2] if found else None


def key_of(ordering: Ordering, result: UnitResult) -> Key:
    """What a unit with a score is placed by as it stands."""
    return ordering.placed(result.grade or ordering.grades[0], result.score or Fraction(0))


def passing_weight(ordering: Ordering, own: Form, rival: Form, *, ahead: bool) -> WeightMove | None:
    """The least change of one weight, in steps of 0.01 %, at which the unit is placed before its rival (or behind it).

    Both are scored anew under these weights. None where no single weight does it.
    """
    best: tuple[Fraction, int, Fraction] | None = None
    for path in sorted(_paths(ordering, own, rival), key=lambda path: path.early):
        if best is not None and path.early > best[0]:
            break
        until = ONE if best is None else min(ONE, path.here + best[0])
        t = _first(ordering, path, -1 if ahead else 1, until)
        if t is not None and (best is None or t - path.here < best[0]):
            best = t - path.here, path.index, t if path.up else ONE - t
    if best is None:
        return None
    _, index, to = best
    weights = moved(own.weights, index, to)
    named = dict(zip(own.names, weights, strict=True))
    return WeightMove(own.names[index], own.weights[index], to, named, own.final(score(own.values, weights)))


@dataclass(frozen=True)
class _Path:
    """Both units along one weight, up or down; nothing turns before ``early`` beyond ``here``."""

    index: int
    up: bool
    own: Track
    rival: Track
    here: Fraction
    early: float


def _paths(ordering: Ordering, own: Form, rival: Form) -> Iterator[_Path]:
    for index, here in enumerate(own.weights if len(own.weights) > 1 else ()):
        a, b = track(own, index), track(rival, index)
        for up, pair, at in ((True, (a, b), here), (False, (mirrored(a), mirrored(b)), ONE - here)):
            yield _Path(index, up, *pair, at, float(soonest(ordering, pair, at)[0, 1]))


def _first(ordering: Ordering, path: _Path, wanted: int, until: Fraction) -> Fraction | None:
    """The first whole step beyond ``here`` at which the two stand as wanted: between two bends nothing changes."""
    a, b = path.own, path.rival
    marks = bends(ordering, a, b, path.here, until)
    for t, following in zip(marks, [*marks[1:], until], strict=True):
        steps = t / STEP
        if t > path.here and steps.denominator == 1 and order(ordering, a, b, t) == wanted:
            return t
        inside = (steps.__floor__() + 1) * STEP
        if inside < following and order(ordering, a, b, inside) == wanted:
            return inside
    return None


def passing_total(ordering: Ordering, remarks: Remarks, line: Form, rival: Key, *, ahead: bool) -> TotalMove | None:
    """The least change of one component's score, in hundredths, with which the unit is placed before (or behind) a key.

    Only scores that the unit's own sheet can come to. ``line``: the unit's form at the level of components.
    """

    def met(mean: Fraction) -> bool:
        return ordering.key(line, mean) < rival if ahead else ordering.key(line, mean) > rival

    found = list(_totals(remarks, line, met, up=ahead))
    return min(found, key=lambda move: abs(move.to - move.before), default=None)


def _totals(remarks: Remarks, line: Form, met: Callable[[Fraction], bool], *, up: bool) -> Iterator[TotalMove]:
    """By halving: a better score never has a worse place."""
    scheme = remarks.scheme
    for k, (name, share) in enumerate(zip(line.names, line.weights, strict=True)):
        own = entering(scheme, name, ONE)
        before = line.values[k] / own
        rest = line.mean - share * line.values[k]
        steps = _hundredths(before, *remarks.ends(name), up=up) if share else range(0)
        means = _Means(rest, share * own, scheme)
        step = means.first(steps, met)
        if step is not None:
            yield TotalMove(name, before, step * HUNDREDTH, line.final(means.at(step)))


@dataclass(frozen=True)
class _Means:
    """The weighted mean of a unit by one component's score, in hundredths."""

    rest: Fraction
    each: Fraction
    scheme: Scheme

    def at(self, step: int) -> Fraction:
        """With that score."""
        return self.rest + self.each * weighed(self.scheme, step * HUNDREDTH)

    def first(self, steps: range, met: Callable[[Fraction], bool]) -> int | None:
        """The first of the steps with which ``met`` holds; it then holds for all beyond."""
        at = bisect_left(steps, True, key=lambda step: met(self.at(step)))
        return steps[at] if at < len(steps) else None


def _hundredths(before: Fraction, least: Fraction, most: Fraction, *, up: bool) -> range:
    """Every mark of two decimals beyond ``before``, as whole hundredths, the nearest first."""
    if up:
        return range((before / HUNDREDTH).__floor__() + 1, (most / HUNDREDTH).__floor__() + 1)
    return range((before / HUNDREDTH).__ceil__() - 1, (least / HUNDREDTH).__ceil__() - 1, -1)


def passing_item(ordering: Ordering, remarks: Remarks, rival: Key, *, ahead: bool) -> ItemMove | None:
    """The nearest mark of one item with which the unit is placed before (or behind) a key, scored anew."""

    def met(then: Standing) -> bool:
        key = ordering.placed(then.grade or ordering.grades[0], then.score)
        return key < rival if ahead else key > rival

    return nearest_item(remarks, ahead, met)

"""How firm a unit's grade is (等次稳定性), and what would change it, under the weights of its components.

Lines are the *effective* ones: with rounding to 2 places 好 begins at 89.995. What a unit has earned beside its marks
(加分, less 扣分) moves every line down by as much; where a 扣分 is bounded by what is left there is no closed form, and
that is said. Limits come after the score, so each answer can be had by score alone or after the rules. Only for complete
units of schemes that weigh or add up and draw lines; the others have no firmness. In sentences every number is rounded
so that its sentence stays true.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from scoring import exact
from scoring.combine import attainable, entering, weighed
from scoring.combine import official as rounded
from scoring.grading import grade_for, verdict
from scoring.results import AppliedLimit, UnitResult
from scoring.scheme import Scheme
from scoring.weightings import (
    Interval,
    Radius,
    Stretch,
    nearest_weight,
    normalised,
    safe_interval,
    safe_radius,
    score,
    share_of_weightings,
)

MARK_PLACES = 2
"""Decimals of a component's score that can be handed in."""
FULL = Fraction(100)
BENT = "有以所得为限的扣分（扣完为止）或加扣分后的上下限，得分不随评分、权重按比例变动，不计算等次稳定性"
"""What is said of a unit whose total does not move evenly with its marks: no closed form holds for it."""


@dataclass(frozen=True)
class MarkMove:
    """One component's score that would have to go from ``before`` to ``to`` (or beyond) for ``grade``."""

    component: str
    before: Fraction
    to: Fraction
    grade: str


@dataclass(frozen=True)
class WeightMove:
    """One component's share that would have to go from ``before`` to ``to`` (or beyond), the others in proportion."""

    component: str
    before: Fraction
    to: Fraction
    weights: dict[str, Fraction]
    grade: str


@dataclass(frozen=True)
class Firmness:
    """A unit's firmness. ``intervals`` and ``shares`` are parts of 1; ``radius`` None: no re-weighting changes the grade.

    ``up`` and ``down`` are the nearest changes of one weight (None: none does it alone), ``marks_up`` and
    ``marks_down`` those of each component's score that can. ``shares``: the part of all weightings for each grade.
    ``caps`` are the limits that bar every better grade. ``earned``: 加分 less 扣分, by which every line stands lower.
    """

    stretch: Stretch
    intervals: dict[str, Interval]
    radius: Radius | None
    up: WeightMove | None
    down: WeightMove | None
    marks_up: tuple[MarkMove, ...]
    marks_down: tuple[MarkMove, ...]
    shares: dict[str, Fraction]
    caps: tuple[AppliedLimit, ...]
    earned: Fraction = Fraction(0)


@dataclass(frozen=True)
class Distance:
    """Points from the official score to the lines as printed, by score. None: there is no such line.

    ``up`` points are missing to ``better``; ``down`` points above the line below which it is ``worse`` (0: on the line).
    """

    better: str | None
    up: Fraction | None
    worse: str | None
    down: Fraction | None


def has_firmness(scheme: Scheme, result: UnitResult) -> bool:
    """Whether the question makes sense: a complete unit with a sum of its own that moves evenly with the marks, and
    lines to cross."""
    return not result.inherited and result.score_grade is not None and result.linear


def distance(scheme: Scheme, result: UnitResult) -> Distance:
    """How many points to the next grade up, and down to the line of its own (距等次线). All None without a grade."""
    if result.score is None or result.score_grade is None or scheme.bands is None:
        return Distance(None, None, None, None)
    bands = scheme.bands.items
    place = next(i for i, band in enumerate(bands) if band.grade == result.score_grade)
    above = bands[place - 1] if place else None
    below = bands[place + 1] if place + 1 < len(bands) else None
    return Distance(
        above.grade if above else None,
        above.min - result.score if above else None,
        below.grade if below else None,
        result.score - bands[place].min if below else None,
    )


def firmness(scheme: Scheme, result: UnitResult, *, rules: bool = True) -> Firmness | None:
    """All of it for one unit, after the rules or (``rules=False``) by score alone. None where it makes no sense."""
    if not has_firmness(scheme, result):
        return None
    ids, values, weights = _terms(scheme, result)
    reach = stretch(scheme, result, rules=rules)
    intervals = {name: safe_interval(values, weights, k, reach) for k, name in enumerate(ids)}
    return Firmness(
        reach,
        intervals,
        safe_radius(values, weights, reach),
        _weight_move(scheme, result, reach, True, rules),
        _weight_move(scheme, result, reach, False, rules),
        _mark_moves(scheme, result, reach, True, rules),
        _mark_moves(scheme, result, reach, False, rules),
        _shares(scheme, result, values, rules),
        _caps(scheme, result) if rules else (),
        earned(result),
    )


def stretch(scheme: Scheme, result: UnitResult, *, rules: bool = True) -> Stretch:
    """The scores that give the unit its present grade. After the rules several bands may end in one grade."""
    bands = scheme.bands.items if scheme.bands else ()
    finals = [_final(scheme, result, band.grade, rules) for band in bands]
    first = last = next(i for i, band in enumerate(bands) if band.grade == result.score_grade)
    while first and finals[first - 1] == finals[first]:
        first -= 1
    while last + 1 < len(bands) and finals[last + 1] == finals[last]:
        last += 1
    low = _sum_at(scheme, result, bands[last].min) if last + 1 < len(bands) else None
    return Stretch(low, _sum_at(scheme, result, bands[first - 1].min) if first else None)


def earned(result: UnitResult) -> Fraction:
    """Points of 加分 and 扣分 in force together: what lifts the sum over the marks (below 0: takes it down)."""
    return result.extra


def _sum_at(scheme: Scheme, result: UnitResult, line: Fraction) -> Fraction:
    """The sum of marks at which a line is reached."""
    return exact.effective(line, scheme.places) - earned(result)


def _terms(scheme: Scheme, result: UnitResult) -> tuple[list[str], list[Fraction], list[Fraction]]:
    """Counted components, their scores as they enter the sum, and their weights."""
    weights = scheme.weights
    values = [entering(scheme, name, value) for name in weights if (value := result.components[name].exact) is not None]
    return list(weights), values, list(weights.values())


def _final(scheme: Scheme, result: UnitResult, grade: str | None, rules: bool) -> str:
    """What a grade by score ends in for this unit."""
    confirmed = tuple(fact for fact in result.facts if fact.confirmed)
    return (verdict(scheme, grade, confirmed, result.category_grades).grade if rules else grade) or ""


def _grade_at(scheme: Scheme, result: UnitResult, total: Fraction, rules: bool) -> str:
    official = rounded(scheme, total + earned(result))
    return _final(scheme, result, grade_for(scheme, official), rules)


def _caps(scheme: Scheme, result: UnitResult) -> tuple[AppliedLimit, ...]:
    """The limits that keep the best grade from this unit and hold it at its present one."""
    confirmed = tuple(fact for fact in result.facts if fact.confirmed)
    best = verdict(scheme, scheme.grades[0], confirmed, result.category_grades)
    return tuple(limit for limit in best.limits if limit.binds and limit.best == best.grade == result.grade)


def _weight_move(scheme: Scheme, result: UnitResult, reach: Stretch, up: bool, rules: bool) -> WeightMove | None:
    ids, values, weights = _terms(scheme, result)
    change = nearest_weight(values, weights, reach, up)
    if change is None:
        return None
    grade = _grade_at(scheme, result, score(values, change.weights), rules)
    named = dict(zip(ids, change.weights, strict=True))
    return WeightMove(ids[change.index], normalised(weights)[change.index], change.to, named, grade)


def _mark_moves(scheme: Scheme, result: UnitResult, reach: Stretch, up: bool, rules: bool) -> tuple[MarkMove, ...]:
    ids, values, weights = _terms(scheme, result)
    line = reach.high if up else reach.low
    moves = []
    for k, share in enumerate(normalised(weights)):
        if line is not None and share:
            own = entering(scheme, ids[k], Fraction(1))
            at = (values[k] + (line - score(values, weights)) / share) / own
            to = nearest_mark(at, up, scheme.component_places)
            least, most = attainable(scheme, ids[k])
            if least <= to <= most:
                changed = [weighed(scheme, to) * own if j == k else value for j, value in enumerate(values)]
                grade = _grade_at(scheme, result, score(changed, weights), rules)
                moves.append(MarkMove(ids[k], values[k] / own, to, grade))
    return tuple(moves)


def nearest_mark(line: Fraction, up: bool, places: int | None = None) -> Fraction:
    """The mark of two decimals nearest to ``line`` that reaches it (``up``) or stays below it.

    ``places``: decimals to which the component is rounded before it is weighed.
    """
    steps = exact.effective(line, places) * 10**MARK_PLACES
    whole = steps.__ceil__() if up else steps.__ceil__() - 1
    return Fraction(whole, 10**MARK_PLACES)


def _shares(scheme: Scheme, result: UnitResult, values: list[Fraction], rules: bool) -> dict[str, Fraction]:
    bands = scheme.bands.items if scheme.bands else ()
    lines = [_sum_at(scheme, result, band.min) for band in bands[:-1]]
    found = dict.fromkeys(scheme.grades, Fraction(0))
    for band, share in zip(bands, share_of_weightings(values, lines), strict=True):
        found[_final(scheme, result, band.grade, rules)] += share
    return found


def firmness_sentences(scheme: Scheme, result: UnitResult) -> tuple[str, ...]:
    """What holds the grade and what would change it, most telling first. Empty where the question makes no sense.

    「距“好”差1.90分：交叉考核须由92.00升至96.74以上」; 以上、以下、以内 include the number itself, as in law.
    """
    firm = firmness(scheme, result)
    if firm is None:
        return () if result.linear or result.score_grade is None else (BENT,)
    told = [*_cap(firm, result), *_upward(scheme, result, firm), *_downward(scheme, result, firm)]
    return tuple(told if len(scheme.counted) == 1 else [*told, *_weights(scheme, result, firm)])


def _cap(firm: Firmness, result: UnitResult) -> Iterator[str]:
    if firm.caps:
        cites = "、".join(dict.fromkeys(limit.cite for limit in firm.caps))
        by_score = f"按分数为“{result.score_grade}”，" if result.score_grade != result.grade else ""
        yield f"{by_score}因受{cites}限制等次最高为“{result.grade}”：限制未解除前，得分再高、权重怎样调整都不升等次"


def _upward(scheme: Scheme, result: UnitResult, firm: Firmness) -> Iterator[str]:
    if firm.stretch.high is None or result.score is None:
        return
    grade, line = _line_at(scheme, firm.stretch.high + firm.earned)
    short = f"距“{grade}”差{_points(scheme, line - result.score)}分"
    if firm.marks_up:
        move = _smallest(firm.marks_up)
        name, before = scheme.component(move.component).name, _part(scheme, result, move)
        yield f"{short}：{name}须由{before}升至{exact.fixed(move.to)}以上"
    else:
        most = (
            "满分"
            if all(attainable(scheme, part.id)[1] == scheme.full_of(part.id) for part in scheme.counted)
            else "最高分"
        )
        only = f"即使得{most}" if len(scheme.counted) == 1 else f"任何一种{scheme.words.component}单独升至{most}"
        yield f"{short}：{only}，也进不了“{grade}”"


def _downward(scheme: Scheme, result: UnitResult, firm: Firmness) -> Iterator[str]:
    if firm.stretch.low is None or result.score is None:
        return
    grade, line = _line_at(scheme, firm.stretch.low + firm.earned)
    spare = result.score - line
    stands = f"高出“{grade}”等次线{_points(scheme, spare)}分" if spare else f"正在“{grade}”等次线上"
    if not firm.marks_down:
        least = "最低分" if any(attainable(scheme, part.id)[0] for part in scheme.counted) else "0分"
        yield f"{stands}：任何一种{scheme.words.component}单独降至{least}，也不降等次"
        return
    move = _smallest(firm.marks_down)
    name, before = scheme.component(move.component).name, _part(scheme, result, move)
    yield f"{stands}：{name}由{before}降至{exact.fixed(move.to)}以下即低于该线"


def _weights(scheme: Scheme, result: UnitResult, firm: Firmness) -> Iterator[str]:
    if firm.up is None and firm.down is None:
        yield "无论权重怎样调整，等次都不变"
        return
    if firm.radius is not None:
        yield _radius(firm.radius)
    if firm.stretch.high is not None:
        yield _move(scheme, firm, True) or f"任何权重都进不了“{_line_at(scheme, firm.stretch.high + firm.earned)[0]}”"
    if firm.stretch.low is not None:
        yield _move(scheme, firm, False) or f"任何权重都不会低于“{_line_at(scheme, firm.stretch.low + firm.earned)[0]}”"


def _radius(radius: Radius) -> str:
    if radius.within is None:
        return "权重稍有变动，等次就可能改变"
    return f"{together(radius.within)}，等次不变"


def together(within: Fraction) -> str:
    """How far all weights may move at once, in words. Beyond ±100 % of itself nobody can picture a weight's change."""
    return f"各考核方式权重同时变动±{exact.fixed(min(within, FULL), 1)}%以内"


def _move(scheme: Scheme, firm: Firmness, up: bool) -> str | None:
    move = firm.up if up else firm.down
    if move is None:
        return None
    rises = move.to > move.before
    way = f"{'升' if rises else '降'}至{exact.plain(100 * move.to)}%以{'上' if rises else '下'}"
    before = exact.shown(100 * move.before, 2)
    line = _line_at(scheme, (firm.stretch.low or Fraction(0)) + firm.earned)[0] if not up else ""
    effect = f"即达到“{move.grade}”" if up else f"即低于“{line}”等次线"
    return f"{scheme.component(move.component).name}权重由{before}%{way}（其余按比例）{effect}"


def _smallest(moves: tuple[MarkMove, ...]) -> MarkMove:
    return min(moves, key=lambda move: abs(move.to - move.before))


def _line_at(scheme: Scheme, effective: Fraction) -> tuple[str, Fraction]:
    """The grade that begins at an effective line, and its line as printed."""
    bands = scheme.bands.items if scheme.bands else ()
    found = next(band for band in bands if exact.effective(band.min, scheme.places) == effective)
    return found.grade, found.min


def _part(scheme: Scheme, result: UnitResult, move: MarkMove) -> str:
    """A component's score as the page shows it."""
    return exact.shown(move.before) if scheme.places is None else exact.fixed(move.before, scheme.places)


def _points(scheme: Scheme, value: Fraction) -> str:
    """A difference of scores: the official decimals where they are exact."""
    fits = scheme.places is not None and (value * 10**scheme.places).denominator == 1
    return exact.fixed(value, scheme.places or 0) if fits else exact.shown(value)

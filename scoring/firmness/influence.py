"""What a weight says and what it does (名义权重、实际影响): which part of the differences between units it makes.

A component that gives everyone 90 makes no difference, however much it weighs. The variance of the scores falls exactly
into one part for each weight: wₖ · cov(xₖ, S) ÷ var(S), which sum to 1 (the natural decomposition of Shorrocks 1982,
Econometrica 50). That weights are no measure of importance, and the share that one part explains alone: Paruolo, Saisana &
Saltelli (2013), Ratings and rankings: voodoo or science?, J. R. Stat. Soc. A 176, whose main effect is here its straight
line, since a curve through a handful of units would tell nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm

from scoring import exact
from scoring.firmness.form import BENT, CURVED, Form, form
from scoring.firmness.grade import DELTA
from scoring.firmness.weightings import Numbers, moved, normalised, score
from scoring.linear import Terms, terms
from scoring.nodes import NODE
from scoring.results import UnitResult
from scoring.scheme import Scheme
from scoring.trial import HUNDRED, ITEMS, WEIGHTS, Level

ZERO = Fraction(0)
FEWEST = 3
"""Units below which differences between them say nothing of a weight."""


@dataclass(frozen=True)
class Swing:
    """The units whose grade changes when a weight is 5 points more, or less (as far as 100 and 0), the others in proportion."""

    more: tuple[str, ...]
    less: tuple[str, ...]

    @property
    def most(self) -> int:
        """How many change on the side on which more do."""
        return max(len(self.more), len(self.less))


@dataclass(frozen=True)
class Part:
    """One weight: what it weighs (``nominal``) and which part of the differences it makes (``real``), both parts of 1.

    ``real`` is below 0 where it stands against the score and narrows the differences. ``alone``: the part of the
    differences that a straight line in it alone explains (r²). ``swing`` None: nobody has a grade to lose.
    """

    name: str
    label: str
    nominal: Fraction
    real: Fraction
    alone: Fraction
    swing: Swing | None

    @property
    def gap(self) -> Fraction:
        """How much more it does than it says."""
        return self.real - self.nominal


@dataclass(frozen=True)
class Influence:
    """All weights of a level over the units of a group that have a score; the greatest surplus first.

    ``rest``: the part of the differences that no weight here makes (加分、扣分, a component that not all had marked item by
    item), ``beyond`` what it weighs and ``others`` what it is called, part by part. ``real`` and ``rest`` sum to 1, and so do
    ``nominal`` and ``beyond``: both are of the whole score.
    ``why_not``: in Chinese, why there is nothing to tell; then there are no parts.
    """

    level: Level
    units: int
    of: int
    parts: tuple[Part, ...] = ()
    rest: Fraction = ZERO
    beyond: Fraction = ZERO
    others: tuple[str, ...] = ()
    why_not: str = ""


def effects(weights: Numbers, values: Sequence[Numbers], offsets: Numbers) -> tuple[Fraction, ...] | None:
    """Each weight's part in the variance of Σ w x + offset over the units, and at the end the offsets' own: sum 1.

    ``values``: a row for each unit. None where all scores are alike.
    """
    w = normalised(weights)
    columns = [[share * row[k] for row in values] for k, share in enumerate(w)] + [list(offsets)]
    scores = [sum(parts, ZERO) for parts in zip(*columns, strict=True)]
    *whole, total = _whole([*columns, scores])
    variance = _covariance(total, total)
    return tuple(Fraction(_covariance(column, total), variance) for column in whole) if variance else None


def explained(values: Numbers, scores: Numbers) -> Fraction:
    """r²: the part of the scores' variance that a straight line in ``values`` explains; 0 where these are all alike."""
    one, other = _whole([values, scores])
    own = _covariance(one, one)
    return Fraction(_covariance(one, other) ** 2, own * _covariance(other, other)) if own else ZERO


def _whole(columns: Sequence[Numbers]) -> list[list[int]]:
    """The columns on one common denominator, as whole numbers: ratios of covariances stay what they are."""
    scale = lcm(*(value.denominator for column in columns for value in column))
    return [[value.numerator * (scale // value.denominator) for value in column] for column in columns]


def _covariance(one: Sequence[int], other: Sequence[int]) -> int:
    """Times the square of the number of units: nothing is divided."""
    return len(one) * sum(a * b for a, b in zip(one, other, strict=True)) - sum(one) * sum(other)


def influence(scheme: Scheme, units: Sequence[UnitResult], level: Level) -> Influence:
    """The weights of a level over a group's units. Scores count as they are before rounding, lines and limits."""
    scored = marked_alike([result for result in units if result.exact is not None and not result.inherited])
    found = [terms(scheme, level, result) for result in scored]
    weights = normalised([*level.originals.values()])
    why = _too_few(scheme, scored, units) or _crooked(scored, found)
    shares = None if why else effects(weights, [each.x or () for each in found], [each.offset for each in found])
    if shares is None:
        why = why or f"各{scheme.words.units}得分相同，看不出实际影响"
        return Influence(level, len(scored), len(units), why_not=why)
    forms = {result.unit: line for result in units if (line := form(scheme, result, level)) is not None}
    means = {unit: line.mean for unit, line in forms.items()}
    moved_by = _moved_by(scheme, level, scored)
    scores = [score(each.x or (), weights) + each.offset for each in found]
    alone = [explained([(each.x or ())[k] for each in found], scores) for k in range(len(weights))]
    parts = [
        Part(name, level.names[name], moved_by * weights[k], shares[k], alone[k], swing(forms, means, k))
        for k, name in enumerate(level.originals)
    ]
    ordered = sorted(parts, key=lambda part: -part.gap)
    others = _others(scheme, scored, level)
    return Influence(level, len(scored), len(units), tuple(ordered), shares[-1], 1 - moved_by, others)


def marked_alike(units: Sequence[UnitResult]) -> list[UnitResult]:
    """The units with the items of such components only as every one of them had marked item by item.

    Where one unit's 日常工作 is a total and another's is ticked, its items are no column that could be compared.
    """
    every = [{name for name, part in result.components.items() if part.items} for result in units]
    common = set.intersection(*every) if every else set()
    return [
        replace(result, components={n: p if n in common else replace(p, items={}) for n, p in result.components.items()})
        for result in units
    ]


def _moved_by(scheme: Scheme, level: Level, units: Sequence[UnitResult]) -> Fraction:
    """Which part of the whole the weights of this level share out: below 考核方式 only what was marked item by item."""
    if level.id == WEIGHTS:
        return Fraction(1)
    return item_share(scheme, units[0]) * (sum(level.originals.values(), ZERO) / HUNDRED if level.id.startswith(NODE) else 1)


def item_share(scheme: Scheme, result: UnitResult) -> Fraction:
    """Which part of the whole score is of components that this unit had marked item by item (1 where all are)."""
    shares = dict(zip(scheme.weights, normalised([*scheme.weights.values()]), strict=True))
    return sum((share for name, share in shares.items() if result.components[name].items), ZERO)


def _others(scheme: Scheme, units: Sequence[UnitResult], level: Level) -> tuple[str, ...]:
    """What the weights of this level do not share out: 日常工作 given as a total, other categories, 加扣分."""
    below = level.id != WEIGHTS
    totals = [c.name for c in scheme.counted if below and scheme.weights.get(c.id) and not units[0].components[c.id].items]
    elsewhere = ["其他类别"] if level.id.startswith(NODE) else []
    extra = ["加扣分"] if any(result.extra for result in units) else []
    return (*totals, *elsewhere, *extra)


def _crooked(scored: Sequence[UnitResult], found: Sequence[Terms]) -> str:
    if all(each.linear for each in found):
        return ""
    told = CURVED if all(result.linear for result in scored) else BENT
    return told.replace("等次稳定性", "实际影响")


def _too_few(scheme: Scheme, scored: Sequence[UnitResult], units: Sequence[UnitResult]) -> str:
    words = scheme.words
    if units and all(result.inherited for result in units):
        return "随所帮扶的考核对象计分，没有自己的权重"
    if not scored:
        return f"还没有得分齐全的{words.units}"
    if len(scored) < FEWEST:
        return f"得分齐全的{words.units}只有{len(scored)}{words.measure}，少于{FEWEST}{words.measure}，看不出实际影响"
    return ""


def swing(forms: Mapping[str, Form], means: Mapping[str, Fraction], index: int, delta: Fraction = DELTA) -> Swing | None:
    """Whose grade changes when one weight moves by ``delta`` (a part of 1) either way. None where no unit has a form.

    ``means``: each form's weighted mean now.
    """
    if not forms:
        return None
    ways: tuple[list[str], list[str]] = ([], [])
    for unit, line in forms.items():
        mean = means[unit]
        for way, step in zip(ways, (delta, -delta), strict=True):
            to = min(max(line.weights[index] + step, ZERO), Fraction(1))
            if line.final(_mean_at(line, mean, index, to)) != line.final(mean):
                way.append(unit)
    return Swing(*map(tuple, ways))


def _mean_at(line: Form, mean: Fraction, index: int, to: Fraction) -> Fraction:
    """The weighted mean with one weight at ``to``, the others in proportion: a straight line through ``mean``."""
    here, value = line.weights[index], line.values[index]
    if here == 1:
        return score(line.values, moved(line.weights, index, to))
    return to * value + (1 - to) * (mean - here * value) / (1 - here)


def percents(told: Influence, places: int = 1) -> dict[str, str]:
    """What each weight really makes, and "" for the rest, in per cent; the numbers printed add up to 100."""
    parts = {part.name: 100 * part.real for part in told.parts} | {"": 100 * told.rest}
    closed = exact.closing(parts, places)
    return {name: _percent(parts[name], value, places) for name, value in closed.items()}


def _percent(value: Fraction, closed: Fraction, places: int) -> str:
    """What is not nothing never reads as nothing."""
    if value and not closed:
        return f"{'不足' if value > 0 else '−不足'}{exact.plain(Fraction(1, 10**places))}%"
    return f"{'−' if closed < 0 else ''}{exact.fixed(abs(closed), places)}%"


HALF = Fraction(1, 2)
"""The part that makes most of the differences."""


def much_the_same(count: int) -> Fraction:
    """How far weight and influence may lie apart and still be much the same: 5 points, of many weights a quarter of one."""
    return min(Fraction(1, 20), Fraction(1, 4 * count))


def influence_sentences(told: Influence) -> tuple[str, ...]:
    """Which weight does more than it says, and which less; where none does, that.

    「交叉考核名义权重40%，实际影响71.3%：得分差距主要由它拉开」
    """
    if told.why_not or not told.parts:
        return (told.why_not,) if told.why_not else ()
    first, last, alike = told.parts[0], told.parts[-1], much_the_same(len(told.parts))
    most = max(abs(part.gap) for part in told.parts)
    if most <= alike:
        return (f"各{told.level.name}的实际影响与名义权重大体相当（相差最多{exact.shown(100 * most, 1)}个百分点）",)
    texts = percents(told)
    return tuple(
        f"{_called(told, part)}名义权重{exact.shown(100 * part.nominal, 2)}%，实际影响{texts[part.name]}：{how}"
        for part, how in ((first, _more(told, first)), (last, _less(last)))
        if abs(part.gap) > alike and how
    )


def _called(told: Influence, part: Part) -> str:
    """An item's name has a number before it and verbs within: quoted, it reads as one name."""
    return f"“{part.label}”" if told.level.id == ITEMS else part.label


def _more(told: Influence, part: Part) -> str:
    if part.gap <= 0:
        return ""
    if part.real > HALF:
        return "得分差距主要由它拉开"
    greatest = part.real == max(each.real for each in told.parts)
    return "对得分差距的影响最大" if greatest else "拉开的差距大于其权重"


def _less(part: Part) -> str:
    if part.gap >= 0:
        return ""
    if part.real < 0:
        return "与得分的高低相反，反而缩小差距"
    return "没有拉开差距" if not part.real else "拉开的差距小于其权重"

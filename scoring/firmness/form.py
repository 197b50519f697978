"""A unit's score at one level of the scheme as a straight line in what is weighed there, and the grades along it.

Lines are the *effective* ones: with rounding to 2 places 好 begins at 89.995. What no weight moves (加分, less 扣分; the
components that a level does not reach) moves every line down by as much. Limits come after the score, so each form can
be had by score alone or after the rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from scoring import exact
from scoring.firmness.weightings import Stretch, normalised, score
from scoring.grading import asks_for_categories, verdict
from scoring.linear import terms
from scoring.results import AppliedLimit, UnitResult
from scoring.scheme import Scheme
from scoring.trial import CATEGORIES, WEIGHTS, Level

ZERO = Fraction(0)
BENT = "有以所得为限的扣分（扣完为止）或加扣分后的上下限，得分不随评分、权重按比例变动，不计算等次稳定性"
"""What is said of a unit whose total does not move evenly with its marks: no closed form holds for it."""
CURVED = "有不适用的指标、按项加扣分或先取整的考核方式，得分不随这一层的权重按比例变动，不计算等次稳定性"
"""The same for one level: shares of shares are no straight line."""
GRADED = "大项等次由分项得分的平均数评定，随这一层的权重而变，按大项等次的限制也随之变动，不计算等次稳定性"
"""The same where weights move more than the score: the grades of categories, and with them what the rules allow."""


@dataclass(frozen=True)
class Form:
    """score = Σ weight × value ÷ Σ weight + offset, and what each part of the scale ends in.

    ``names``, ``values`` and ``weights`` (summing to 1) go together. ``lines`` are the effective lines less ``offset``, best
    first; ``finals`` has a grade for each band, best first, one more than lines; ``grades`` are all the scheme has. ``reach``:
    the weighted means that keep the present final grade.
    """

    names: tuple[str, ...]
    values: tuple[Fraction, ...]
    weights: tuple[Fraction, ...]
    offset: Fraction
    lines: tuple[Fraction, ...]
    finals: tuple[str, ...]
    grades: tuple[str, ...]
    reach: Stretch

    @cached_property
    def mean(self) -> Fraction:
        """The weighted mean now: the score less what no weight moves."""
        return score(self.values, self.weights)

    def band(self, mean: Fraction) -> int:
        """The band a weighted mean falls into, 0 being the best."""
        return next((k for k, line in enumerate(self.lines) if mean >= line), len(self.lines))

    def final(self, mean: Fraction) -> str:
        """The grade a weighted mean ends in."""
        return self.finals[self.band(mean)]


def has_firmness(scheme: Scheme, result: UnitResult) -> bool:
    """Whether the question makes sense: a complete unit with a sum of its own that moves evenly with the marks, and
    lines to cross."""
    return not result.inherited and result.score_grade is not None and result.linear


def form(scheme: Scheme, result: UnitResult, level: Level, *, rules: bool = True) -> Form | None:
    """The unit's form at a level of weights, after the rules or (``rules=False``) by score alone.

    None where the question makes no sense or the score is no straight line at this level (``BENT``, ``CURVED``), and
    after the rules where these weights move what the rules go by (``GRADED``).
    Raises ValueError for a level that is not one of weights.
    """
    if level.mode != "weights":
        raise ValueError(f"{level.id} is no level of weights")
    if not has_firmness(scheme, result) or (rules and moves_categories(scheme, result, level)):
        return None
    found = terms(scheme, level, result)
    if found.x is None or not found.linear:
        return None
    bands = scheme.bands.items if scheme.bands else ()
    finals = tuple(final_grade(scheme, result, band.grade, rules=rules) for band in bands)
    lines = tuple(exact.effective(band.min, scheme.places) - found.offset for band in bands[:-1])
    names = tuple(level.originals)
    present = next(k for k, band in enumerate(bands) if band.grade == result.score_grade)
    weights = normalised([*level.originals.values()])
    reach = _reach(lines, finals, present)
    return Form(names, found.x, weights, found.offset, lines, finals, scheme.grades, reach)


def moves_categories(scheme: Scheme, result: UnitResult, level: Level) -> bool:
    """Whether the weights of a level move grades of categories (大项等次) that a limit or a floor asks for.

    By the mean of points they do: those of items within a category, and those of components where several are marked item
    by item. The worst and the most frequent mark weigh nothing, and a category's own weight leaves its grade as it is.
    """
    rule = scheme.category_grades
    conditions = [*(limit.when for limit in scheme.limits), *(floor.when for floor in scheme.floors)]
    if rule is None or rule.method != "mean" or level.id == CATEGORIES or not any(map(asks_for_categories, conditions)):
        return False
    marked = [part for part in result.components.values() if part.counted and part.rows]
    return level.id != WEIGHTS or len(marked) > 1


def _reach(lines: tuple[Fraction, ...], finals: tuple[str, ...], present: int) -> Stretch:
    """Several neighbouring bands may end in one grade."""
    first = last = present
    while first and finals[first - 1] == finals[first]:
        first -= 1
    while last + 1 < len(finals) and finals[last + 1] == finals[last]:
        last += 1
    return Stretch(lines[last] if last < len(lines) else None, lines[first - 1] if first else None)


def final_grade(scheme: Scheme, result: UnitResult, grade: str | None, *, rules: bool) -> str:
    """What a grade by score ends in for this unit."""
    if not rules:
        return grade or ""
    return verdict(scheme, grade, _confirmed(result), result.category_grades).grade or ""


def caps(scheme: Scheme, result: UnitResult) -> tuple[AppliedLimit, ...]:
    """The limits that keep the best grade from this unit and hold it at its present one."""
    best = verdict(scheme, scheme.grades[0], _confirmed(result), result.category_grades)
    return tuple(limit for limit in best.limits if limit.binds and limit.best == best.grade == result.grade)


def _confirmed(result: UnitResult) -> tuple:
    return tuple(fact for fact in result.facts if fact.confirmed)

"""Units that take their score from those they help (随帮扶对象计分), and the award a score is brought to (绩效折算)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from scoring import exact
from scoring.elements import Unit
from scoring.results import AwardResult, Inherited, UnitResult
from scoring.rules import Inherits
from scoring.scheme import Scheme


def inherited(rule: Inherits, unit: Unit, results: Mapping[str, UnitResult]) -> tuple[Inherited, ...]:
    """The official score of each unit of the source group that is helped; None where it has none (yet)."""
    source = {name: result.score for name, result in results.items() if result.group == rule.source}
    return tuple(Inherited(helped.unit, source.get(helped.unit), helped.households) for helped in unit.helps)


def weights(rule: Inherits, helped: Sequence[Inherited]) -> list[Fraction]:
    """How much each helped unit counts: by households, or alike where the rule says so or one number is missing."""
    households = [one.households for one in helped]
    if rule.weigh == "none" or any(number is None for number in households):
        return [Fraction(1)] * len(helped)
    return [number for number in households if number is not None]


def mean(rule: Inherits, helped: Sequence[Inherited], scores: Iterable[Fraction]) -> Fraction | None:
    """The weighted mean of the helped units' scores, exact; None where nobody is helped."""
    return exact.weighted_mean(zip(weights(rule, helped), scores, strict=True))


def awards(scheme: Scheme, group: str, score: Fraction | None) -> tuple[AwardResult, ...]:
    """Every award of the unit's group: score ÷ divide × times, half-up."""
    if score is None:
        return ()
    return tuple(
        AwardResult(
            rule.id, rule.name, exact.half_up(score / rule.divide * rule.times, rule.places), rule.places
        )
        for rule in scheme.awards
        if group in rule.groups
    )  # fmt: skip

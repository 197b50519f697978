"""How firm a group's grades are altogether: which are firm (稳固), which is softest, and the first sentence about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from scoring.firmness.radius_words import every, moves_together, radius_short
from scoring.firmness.reachable import holds_near
from scoring.firmness.report import UnitFirmness
from scoring.scheme import Scheme
from scoring.sentences import Sentence, say, strong
from scoring.trial import Level

NEAR = "权重±5个百分点内"
"""What is near the document's weights (DELTA), in words."""


@dataclass(frozen=True)
class Verdict:
    """One unit's firmness and what it comes to. ``steady``: no weighting within ±5 points changes its grade."""

    told: UnitFirmness
    steady: bool

    @property
    def fixed(self) -> bool:
        """Whether no weighting whatever changes the grade."""
        return self.told.firm is not None and self.told.firm.fixed

    @property
    def missing(self) -> Fraction | None:
        """Points to the next better grade; None where there is none to come to."""
        firm = self.told.firm
        return None if firm is None or firm.form.reach.high is None else firm.form.reach.high - firm.form.mean

    @property
    def softness(self) -> tuple[int, Fraction]:
        """The less, the softer: the radius, then those that only a weight of zero could move, the fixed, the unknown."""
        firm = self.told.firm
        if firm is None:
            return 3, Fraction(0)
        if firm.radius is not None:
            return 0, firm.radius.value
        return (2 if firm.fixed else 1), Fraction(0)


def verdicts(report: Sequence[UnitFirmness]) -> tuple[Verdict, ...]:
    """One a unit, in the report's order."""
    return tuple(Verdict(told, told.firm is not None and holds_near(told.firm.form)) for told in report)


def softest_first(found: Sequence[Verdict]) -> list[Verdict]:
    """Those first whose grade the least change of weights moves; without a verdict last."""
    return sorted(found, key=lambda verdict: verdict.softness)


def nearest_to_better(found: Sequence[Verdict]) -> list[Verdict]:
    """Those first that lack the fewest points to a better grade; those that have none to come to last."""
    return sorted(found, key=lambda verdict: (verdict.missing is None, verdict.missing or Fraction(0)))


def headline(scheme: Scheme, level: Level, found: Sequence[Verdict], names: Mapping[str, str]) -> Sentence:
    """How many grades are firm and whose is softest at a level of weights, as its card says it: the page in one sentence.

    Empty where there is none to judge.
    """
    judged = [verdict for verdict in found if verdict.told.firm]
    if not judged:
        return ()
    if all(verdict.fixed for verdict in judged):
        return say(strong(f"{_count(scheme, judged)}的等次，无论{every(level)}权重怎样调整都不变"))
    if len(judged) == 1:
        return _alone(level, judged[0], names)
    steady = [verdict for verdict in judged if verdict.steady]
    return say(*_steady(scheme, level, judged, steady), *_softest(level, softest_first(judged)[0], names))


def _alone(level: Level, only: Verdict, names: Mapping[str, str]) -> Sentence:
    near = f"{level.name}{NEAR}"
    stands = f"稳固（{near}怎样调整都不变）" if only.steady else f"不稳（{near}就可能改变）"
    radius = only.told.firm.radius if only.told.firm else None
    told = say(f"{names[only.told.unit]}的等次", strong(stands))
    return (*told, *say("；", strong(moves_together(radius, every(level))))) if radius else told


def _steady(scheme: Scheme, level: Level, judged: Sequence[Verdict], steady: Sequence[Verdict]) -> Sentence:
    meaning = f"（{level.name}{NEAR}怎样调整都不变）"
    if len(steady) == len(judged):
        return say(strong(f"{_count(scheme, judged)}等次全部稳固"), meaning)
    number = f"{len(steady)}个" if steady else "没有一个"
    return say(f"{_count(scheme, judged)}中", strong(f"{number}等次稳固"), meaning)


def _softest(level: Level, softest: Verdict, names: Mapping[str, str]) -> Sentence:
    firm = softest.told.firm
    if firm is None or firm.radius is None:
        return ()
    return say(f"；最不稳的是{names[softest.told.unit]}，", strong(moves_together(firm.radius, every(level))))


def standing_text(verdict: Verdict) -> str:
    """How firm a grade is in a word or two."""
    if verdict.told.firm is None:
        return "不作判断"
    if verdict.fixed:
        return "完全稳固"
    return "稳固" if verdict.steady else "不稳"


def radius_text(verdict: Verdict) -> str:
    """The safe radius for a table: how far all weights may change at once with the grade staying."""
    firm = verdict.told.firm
    if firm is None:
        return "—"
    return "任意" if firm.radius is None else radius_short(firm.radius)


def share_text(share: Fraction) -> str:
    """A part of a whole as people read it: "100%" and "0" only where truly all and none, else one decimal between."""
    if share in (0, 1):
        return "100%" if share else "0"
    tenths = min(max((share * 1000 + Fraction(1, 2)).__floor__(), 1), 999)
    return f"{tenths // 10}.{tenths % 10}%"


def _count(scheme: Scheme, found: Sequence[Verdict]) -> str:
    return f"{len(found)}{scheme.words.measure}{scheme.words.units}"

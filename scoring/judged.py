"""Judgement without a total (曲江: 综合评定): who has which 问题情形, by which clause, and what follows, gravest first.

Nothing here knows the document: what a 情形 brings is read from its outcomes, which the scheme lists from the lightest
to the gravest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scoring.conditions import holds
from scoring.marks import Fact
from scoring.results import Consequence, Results, UnitResult
from scoring.rules import Outcome
from scoring.scheme import Scheme


@dataclass(frozen=True)
class Judged:
    """One unit: its problems (each alone brings something), what aggravates them, and what follows, gravest first.

    ``waiting`` are problems that a second person has not checked yet; ``praised`` what is to be praised.
    """

    result: UnitResult
    problems: tuple[Fact, ...]
    aggravating: tuple[Fact, ...]
    waiting: tuple[Fact, ...]
    follows: tuple[Consequence, ...]
    praised: tuple[Consequence, ...]

    @property
    def honoured(self) -> tuple[Fact, ...]:
        """What praise rests on."""
        return tuple(dict.fromkeys(each.fact for each in self.praised if each.fact))

    @property
    def gravest(self) -> Outcome | None:
        """The gravest of what follows; None where nothing does."""
        return self.follows[0].outcome if self.follows else None


def judged(scheme: Scheme, result: UnitResult) -> Judged:
    """One unit's 情形 and what follows."""
    told = [fact for fact in result.facts if happened(scheme, fact)]
    problems = [fact for fact in told if brings(scheme, fact)]
    lighter = [fact for fact in told if not brings(scheme, fact) and not honours(scheme, fact)]
    after = result.consequences
    return Judged(
        result,
        tuple(fact for fact in problems if fact.confirmed),
        tuple(fact for fact in lighter if fact.confirmed),
        tuple(fact for fact in (*problems, *lighter) if not fact.confirmed),
        tuple(reversed([each for each in after if not each.outcome.praises])),
        tuple(each for each in after if each.outcome.praises),
    )


def happened(scheme: Scheme, fact: Fact) -> bool:
    """Whether a 情形 says more than that nothing happened (无, 否)."""
    return scheme.fact(fact.fact).values.index(fact.value) > 0


def brings(scheme: Scheme, fact: Fact) -> bool:
    """Whether a 情形 alone brings something that is no praise."""
    return any(holds(o.when, scheme, (fact,), None) for o in scheme.outcomes if not o.praises)


def honours(scheme: Scheme, fact: Fact) -> bool:
    """Whether a 情形 alone brings praise."""
    return any(holds(o.when, scheme, (fact,), None) for o in scheme.outcomes if o.praises)


def in_order(scheme: Scheme, units: Sequence[UnitResult]) -> list[Judged]:
    """Gravest first, then those with more problems, then what waits; the rest in the roster's order. No places."""
    order = {outcome: at for at, outcome in enumerate(scheme.outcomes)}

    def key(one: Judged) -> tuple[int, int, int, int]:
        gravity = order[one.gravest] if one.gravest else -1
        return -gravity, -len(one.problems), -len(one.waiting), -len(one.praised)

    return sorted((judged(scheme, result) for result in units), key=key)


def rungs(scheme: Scheme) -> tuple[Outcome, ...]:
    """The consequences of a scheme without grades, from the lightest to the gravest, praise left out. Else empty."""
    if not scheme.judged:
        return ()
    return tuple(outcome for outcome in scheme.outcomes if not outcome.concerns and not outcome.praises)


def ladder(results: Results) -> tuple[tuple[Outcome, tuple[UnitResult, ...]], ...]:
    """Every outcome with the units it is for: consequences from the gravest to the lightest, then praise."""
    grave = [outcome for outcome in results.scheme.outcomes if not outcome.praises]
    praise = [outcome for outcome in results.scheme.outcomes if outcome.praises]
    return tuple(
        (outcome, tuple(result for result in results.units if outcome in result.outcomes))
        for outcome in (*reversed(grave), *praise)
    )

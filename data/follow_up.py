"""结果运用: who is to be 表扬, 谈话提醒 or 约谈, by which clause, by whom and with whom, what of it is decided, and by when.

Everything here is proposed (拟…) by the scheme from the results as they are; a person decides. What the scheme's own
data cannot decide is told as a rule, never applied to a unit.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from zoneinfo import ZoneInfo

from data.state import State
from data.store import Decision, Notice, Rectification, Store
from scoring.conditions import holds
from scoring.due import days_overdue, due_day, period_text
from scoring.explain import fact_text, telling
from scoring.results import UnitResult
from scoring.rules import Condition, Due, Outcome
from scoring.scheme import Scheme
from scoring.sentences import pending_text

_BEIJING = ZoneInfo("Asia/Shanghai")  # an official day ends here, wherever the program runs


@dataclass(frozen=True)
class Proposal:
    """One outcome that the scheme brings a unit: why, and what was decided of it (None: nothing yet)."""

    result: UnitResult
    outcome: Outcome
    key: str
    reason: str
    decision: Decision | None

    @property
    def unit(self) -> str:
        """The unit's name."""
        return self.result.unit


@dataclass(frozen=True)
class Matter:
    """One outcome of the scheme with all whom it is proposed for; ``due`` is None while there is no notice or no period."""

    outcome: Outcome
    key: str
    proposals: tuple[Proposal, ...]
    due: date | None

    @property
    def undecided(self) -> tuple[Proposal, ...]:
        """Those of whom nothing was decided yet."""
        return tuple(proposal for proposal in self.proposals if proposal.decision is None)


@dataclass(frozen=True)
class Doubtful:
    """What a person must find (需人工认定): of which unit, what, and by which clause."""

    unit: str
    text: str
    cite: str


@dataclass(frozen=True)
class FollowUp:
    """What follows the results of an assessment, on a given day."""

    state: State
    notice: Notice | None
    decisions: tuple[Decision, ...]
    items: tuple[Rectification, ...]
    today: date

    @cached_property
    def matters(self) -> tuple[Matter, ...]:
        """The outcomes that are proposed for some units and not for all alike, in the scheme's order."""
        return tuple(self._matter(outcome) for outcome in self._own if telling(self.state.scheme, outcome))

    @cached_property
    def general(self) -> tuple[Matter, ...]:
        """What every graded unit has to do alike, such as 提交整改方案与报告. It needs no decision."""
        return tuple(self._matter(outcome) for outcome in self._own if not telling(self.state.scheme, outcome))

    @property
    def beyond(self) -> tuple[Outcome, ...]:
        """Outcomes for others than the units assessed (县（市、区）under a province), of whom there is no result."""
        return tuple(outcome for outcome in self.state.scheme.outcomes if outcome.concerns)

    @property
    def undecided(self) -> tuple[Proposal, ...]:
        """Everything proposed of which nothing was decided yet."""
        return tuple(proposal for matter in self.matters for proposal in matter.undecided)

    @cached_property
    def stale(self) -> tuple[Decision, ...]:
        """Decisions whose ground is gone: by the results as they are now the outcome is not proposed any more."""
        proposed = {(proposal.unit, matter.key) for matter in self.matters for proposal in matter.proposals}
        return tuple(one for one in self.decisions if (one.ruling.unit, one.ruling.outcome) not in proposed)

    @cached_property
    def doubtful(self) -> tuple[Doubtful, ...]:
        """Recommended floors (原则上) that wait for a person, and 情形 that wait for their second one."""
        return tuple(each for result in self.state.results.units for each in _doubtful(result))

    @property
    def by_judgement(self) -> bool:
        """Whether the document names grades and draws no lines between them: they are found by 评议, not computed."""
        bands = self.state.scheme.bands
        return bool(self.state.scheme.grades) and not (bands and bands.items)

    @property
    def incomplete(self) -> tuple[UnitResult, ...]:
        """Units of which a counted sheet is missing (暂缺): what depends on their grade waits."""
        return tuple(result for result in self.state.results.units if not result.complete)

    def items_of(self, unit: str) -> tuple[Rectification, ...]:
        """A unit's lines of the 整改台账."""
        return tuple(item for item in self.items if item.finding.unit == unit)

    def due_of(self, item: Rectification) -> date | None:
        """The last day of an item: its own, else the earliest that the scheme sets its unit; None while nobody can say."""
        return item.finding.due or self.scheme_due(item.finding.unit)

    def scheme_due(self, unit: str) -> date | None:
        """The earliest last day that the scheme sets a unit; None without a notice or a period."""
        period = self.period_of(unit)
        return due_day(period, self.notice.date) if period and self.notice else None

    def period_of(self, unit: str) -> Due | None:
        """The shortest period that the scheme sets a unit; before it has a grade, the shortest that it sets any."""
        timed = [matter for matter in (*self.matters, *self.general) if matter.outcome.due]
        own = [matter for matter in timed if matter in self.general or self._proposed(matter, unit)]
        graded = any(result.unit == unit and result.grade for result in self.state.results.units)
        periods = [matter.outcome.due for matter in (own if own or graded else timed) if matter.outcome.due]
        return min(periods, key=lambda due: due.months, default=None)

    def due_text(self, item: Rectification) -> str:
        """An item's period for reading: "2021-02-28", or "通报之日起两个月" while there is no notice."""
        if day := self.due_of(item):
            return day.isoformat()
        period = self.period_of(item.finding.unit)
        return period_text(period) if period else "未定"

    def overdue(self, item: Rectification) -> int:
        """Days since an item's last day passed; 0 for what is closed, in time, or was reported as mended in time."""
        due = self.due_of(item)
        reported = item.reported_at.astimezone(_BEIJING).date() if item.reported_at else None
        in_time = item.status == "reported" and due and reported and reported <= due
        return 0 if item.status == "closed" or in_time else days_overdue(due, self.today)

    @property
    def late(self) -> tuple[Rectification, ...]:
        """The items that are overdue."""
        return tuple(item for item in self.items if self.overdue(item))

    @property
    def _own(self) -> list[Outcome]:
        return [outcome for outcome in self.state.scheme.outcomes if not outcome.concerns]

    def _proposed(self, matter: Matter, unit: str) -> bool:
        return any(proposal.unit == unit for proposal in matter.proposals)

    def _matter(self, outcome: Outcome) -> Matter:
        key = outcome_key(self.state.scheme, outcome)
        made = {one.ruling.unit: one for one in self.decisions if one.ruling.outcome == key}
        found = [
            Proposal(result, outcome, key, ground(self.state.scheme, result, outcome), made.get(result.unit))
            for result in self.state.results.ranked()
            if outcome in result.outcomes
        ]
        day = due_day(outcome.due, self.notice.date) if outcome.due and self.notice else None
        return Matter(outcome, key, tuple(found), day)


def load_follow_up(store: Store, state: State, today: date) -> FollowUp:
    """What follows the results of ``state``, as decided and mended so far. Raises StoreProblem."""
    assessment_id = state.assessment.id
    return FollowUp(
        state,
        store.notice(assessment_id),
        tuple(store.decisions(assessment_id)),
        tuple(store.rectifications(assessment_id)),
        today,
    )


def outcome_key(scheme: Scheme, outcome: Outcome) -> str:
    """What a decision remembers an outcome by: its place in the scheme and its word, "1:谈话提醒".

    An assessment keeps its scheme word for word, so the place holds; should the text ever change, the word tells, and
    the decision is shown as one whose ground is gone, never as one on something else.
    """
    return f"{scheme.outcomes.index(outcome)}:{outcome.action}"


def ground(scheme: Scheme, result: UnitResult, outcome: Outcome) -> str:
    """Why an outcome is proposed, every part of it: "等次为“一般”，且有“某些方面存在突出问题”情形（2020-11-20）"."""
    leaves = list(_leaves(outcome.when))
    graded = result.grade and any(result.grade in (leaf.grades or ()) for leaf in leaves)
    facts = [
        fact
        for leaf in leaves
        for fact in result.facts
        if leaf.fact and fact.confirmed and holds(leaf.model_copy(update={"count": None}), scheme, (fact,), None)
    ]
    told = [f"等次为“{result.grade}”"] if graded else []
    told += [f"有{fact_text(scheme, fact)}" for fact in dict.fromkeys(facts)]
    return "，且".join(told)


def _leaves(condition: Condition) -> Iterator[Condition]:
    """The conditions that are asked of a unit, whatever joins them."""
    inner = (*condition.all, *condition.any)
    if not inner:
        yield condition
    for part in inner:
        yield from _leaves(part)


def _doubtful(result: UnitResult) -> list[Doubtful]:
    told = []
    if result.recommended:
        floors = [floor for floor in result.floors if floor.binds and not (floor.confirmed or floor.declined)]
        words = "；".join(floor.text for floor in floors)
        cites = "、".join(dict.fromkeys(floor.cite for floor in floors))
        told.append(
            Doubtful(result.unit, f"测算等次为“{result.grade}”，建议认定为“{result.recommended}”：{words}", cites)
        )
    if result.to_check:
        told.append(Doubtful(result.unit, pending_text(result), ""))
    return told

"""提请审定事项: what the leading group is asked to decide, numbered through, each with its ground, figures and a draft decision.

The first part are the matters that 总览 counts (``data.matters``: 需领导小组审定N项); the second what is settled with
them: grades, limits, 结果运用. What must be done before the meeting stands last and is not counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from data.follow_up import FollowUp, Proposal
from data.locked import Locked
from data.matters import to_decide, units_to_decide
from data.papers.matters_before import before
from data.papers.matters_grades import floor_matters, grade_matters, limit_matters, tables
from data.papers.openness import closed_told, effect_told, open_part
from data.papers.paper import Block, Heading, Paper, Text, Unready
from data.papers.pieces import OPEN, bracketed, by_when, in_roster_order, named, to_do, with_verb
from data.papers.stood import stood
from data.papers.words import READING, cites, insist_on_results, paper, quoted, subject
from data.state import State
from scoring.assumption_words import label_words, reading_words
from scoring.assumptions import Assumption
from scoring.results import UnitResult
from scoring.rules import Outcome
from scoring.scheme import Scheme
from scoring.sentences import odds_text, recommended_text

KIND = "提请审定事项"


@dataclass(frozen=True)
class Item:
    """One matter: what it is about, what is known of it, and the decision that is proposed."""

    about: str
    told: tuple[str, ...]
    proposed: str
    cites: tuple[str, ...]


def matters(locked: Locked) -> Paper:
    """The list for the meeting. Raises Unready where nothing is left to decide, or nothing is there to decide on."""
    insist_on_results(locked)
    settled, told, closed = locked.standing.settled is not None, open_part(locked), closed_told(locked.state)
    first = [] if settled else [*_readings(locked.state), *_units(told.state)]
    second = [*([] if settled else _settling(told)), *_outcomes(told)]
    if not first and not second:
        if closed and not settled:
            raise Unready(f"没有提请审定的事项：{closed}。")
        raise Unready("没有提请审定的事项：等次已经审定，结果运用均已决定。")
    blocks: list[Block] = [_opening(locked, len(first), len(second))]
    blocks += _part("一、须由领导小组决定的事项" if second else "", first, 1)
    blocks += _part(f"{'二' if first else '一'}、一并提请审议的事项", second, len(first) + 1)
    blocks += [] if settled else tables(told)
    blocks += (
        [Text(f"{closed}。", cites(*locked.state.scheme.outcomes[:1] or [locked.state.scheme.rank]))] if closed else []
    )
    waiting = before(locked)
    if waiting:
        number = 1 + bool(first) + bool(second)
        blocks += [Heading(f"{'一二三'[number - 1]}、会前须办结的事项（不计入上述项数）"), *waiting]
    return paper(locked, KIND, f"关于提请审定{subject(locked)}有关事项的清单", blocks)


def _opening(locked: Locked, first: int, second: int) -> Text:
    scheme = locked.state.scheme
    parts = [f"需领导小组审定{first}项"] if first else []
    parts += [f"{'另有' if first else ''}一并提请审议{second}项"] if second else []
    steps = f"按{'、'.join(scheme.approval.cite)}规定的程序，" if scheme.approval and scheme.approval.cite else ""
    grounds = cites(scheme.approval or scheme.rank)
    return Text(
        f"{steps}现将{subject(locked)}有关事项提请审定：{'，'.join(parts)}。各项所列“拟决定”供会议讨论修改。", grounds
    )


def _part(heading: str, items: list[Item], start: int) -> Iterator[Block]:
    if items and heading:
        yield Heading(heading)
    for number, item in enumerate(items, start):
        yield Heading(f"{number}. {item.about}", 3)
        for told in item.told:
            yield Text(told, item.cites)
        yield Text(f"拟决定：{item.proposed}。", item.cites)


def _readings(state: State) -> Iterator[Item]:
    """Readings that nobody confirmed and of which another would change grades."""
    for reading, _ in to_decide(state).readings:
        yield Item(
            f"确认口径{quoted(reading.name)}（原文未规定）",
            tuple(_told(state, reading)),
            _proposed(state, reading),
            (READING,),
        )


def _told(state: State, reading: Assumption) -> Iterator[str]:
    label = state.reading(reading)
    said = reading_words(state.own, reading, label)
    silent = "" if reading.silent == "原文未规定" else f"{reading.silent.rstrip('。')}。"
    yield f"{silent}现行口径：{said or reading.reading}。理由：{reading.reading.rstrip('。')}。"
    for effect in state.effects_of(reading):
        yield f"如改按{quoted(label_words(effect.label))}：{effect_told(state, effect)}。"


def _proposed(state: State, reading: Assumption) -> str:
    """Where the document draws no lines, to borrow some or not is no detail: the meeting is asked openly."""
    others = "、".join(quoted(label_words(label)) for label in reading.labels if label != state.reading(reading))
    return f"确认按现行口径办理（如不同意，请在{others}中选定）"


def _units(state: State) -> Iterator[Item]:
    """Units to be praised and yet dealt with otherwise, or with a floor that a person has to find."""
    scheme = state.scheme
    for result in units_to_decide(state):
        if odds := odds_text(scheme, result):
            yield _odd(scheme, result, odds)
        if result.recommended:
            told = recommended_text(scheme, result)
            floors = [floor.cite for floor in result.floors if floor.binds]
            proposed = f"认定{result.unit}等次为“{result.recommended}”（或维持“{result.grade}”）"
            yield Item(
                f"认定{result.unit}的等次",
                (f"{result.unit}测算等次为“{result.grade}”；{told}。",),
                proposed,
                cites(*floors),
            )


def _odd(scheme: Scheme, result: UnitResult, odds: str) -> Item:
    praise = "、".join(dict.fromkeys(o.action for o in result.outcomes if o.praises))
    others = "、".join(dict.fromkeys(c.outcome.action for c in result.consequences if c.fact and not c.outcome.praises))
    proposed = f"对{result.unit}{others}，是否同时给予{praise}由会议决定"
    return Item(
        f"决定{result.unit}的结果运用", (f"{result.unit}{odds}，两者并存。",), proposed, cites(*result.outcomes)
    )


def _settling(locked: Locked) -> Iterator[Item]:
    for about, told, proposed, grounds in (*grade_matters(locked), *limit_matters(locked), *floor_matters(locked)):
        yield Item(about, told, proposed, grounds)


def _outcomes(locked: Locked) -> Iterator[Item]:
    """Each 结果运用 with those of whom nothing was decided yet, by the grades that stand."""
    follow, scheme = stood(locked), locked.state.scheme
    for matter in follow.matters:
        waiting = in_roster_order(follow.state, matter.undecided)
        if not waiting:
            continue
        outcome = matter.outcome
        about = f"决定{outcome.action}（{len(waiting)}{scheme.words.measure}）"
        words = f"{outcome.text.rstrip('。')}{bracketed(outcome)}" if outcome.text else OPEN
        yield Item(about, (f"依据：{words}。", *_reasons(waiting)), _decision(follow, outcome, waiting), cites(outcome))


def _reasons(waiting: list[Proposal]) -> Iterator[str]:
    """Whom each reason concerns: "等次为“好”：深圳市、东莞市"."""
    by_reason: dict[str, list[str]] = {}
    for one in waiting:
        by_reason.setdefault(one.reason, []).append(one.unit)
    for reason, units in by_reason.items():
        if reason:
            yield f"{reason}的{len(units)}个：{'、'.join(units)}。"


def _decision(follow: FollowUp, outcome: Outcome, waiting: list[Proposal]) -> str:
    who = named(follow.state.scheme, [one.unit for one in waiting])
    if outcome.due:
        return f"要求{who}{by_when(outcome.due, follow.notice)}{to_do(outcome)}"
    by = f"，由{outcome.by}办理" if outcome.by and outcome.by not in outcome.action else ""
    meets = f"，约谈对象为{outcome.meets}" if outcome.meets else ""
    attends = f"，{'、'.join(outcome.attends)}参加" if outcome.attends else ""
    return f"对{who}{with_verb(outcome)}{by}{meets}{attends}"

"""谈话提醒/约谈名单: who is to be talked to, why, by which clause, by whom and with whom, and what of it is decided.

Only talks (谈话, 约谈): what else follows, such as 责任追究, is for the meeting and not for those who arrange talks.
"""

from __future__ import annotations

from collections.abc import Iterator

from data.follow_up import Matter, Proposal
from data.locked import Locked
from data.papers.paper import Block, Heading, Paper, Table, Text, Unready
from data.papers.pieces import bracketed, in_roster_order, regraded, weak_points
from data.papers.stood import stood
from data.papers.words import (
    READING,
    cited,
    cites,
    counted,
    day_text,
    draft,
    insist_on_results,
    numeral,
    paper,
    subject,
)
from data.state import State
from data.store import CHOICES
from scoring.explain import score_text
from scoring.judged import judged
from scoring.kinds import Ruled
from scoring.results import UnitResult
from scoring.rules import Outcome
from scoring.scheme import Scheme

_TALK = ("谈话", "约谈")
_OPEN = "原文未规定"
_POINTS = 3


def talks(locked: Locked) -> Paper:
    """The list. Raises Unready where nobody is to be talked to, and says why that may be."""
    insist_on_results(locked)
    follow = stood(locked)
    found = [matter for matter in follow.matters if is_talk(matter.outcome) and matter.proposals]
    if not found:
        raise Unready(_nobody(locked))
    blocks: list[Block] = []
    if first := draft(locked):
        blocks.append(first)
    blocks.append(_opening(locked, found))
    for number, matter in enumerate(found, 1):
        proposals = in_roster_order(follow.state, matter.proposals)
        blocks += _matter(locked, number, matter, proposals)
        blocks += _points(locked, proposals)
    return paper(locked, kind(locked.state.scheme), f"{subject(locked)}{kind(locked.state.scheme)}", blocks)


def is_talk(outcome: Outcome) -> bool:
    """Whether an outcome is a talk with those responsible."""
    return any(word in outcome.action for word in _TALK) and not outcome.praises


def kind(scheme: Scheme) -> str:
    """What the list is called under a scheme: 谈话提醒名单, 约谈名单."""
    own = [each.action for each in scheme.outcomes if is_talk(each) and not each.concerns]
    return f"{own[0]}名单" if own else "谈话提醒名单"


def _nobody(locked: Locked) -> str:
    scheme = locked.state.scheme
    if not any(is_talk(outcome) for outcome in scheme.outcomes):
        return "没有拟谈话提醒或约谈的：本方案没有规定谈话提醒或约谈。"
    waiting = [r.unit for r in locked.state.results.units if scheme.grades and locked.given(r) is None]
    if waiting:
        names = "、".join(waiting[:5]) + ("等" if waiting[5:] else "")
        mend = "请补齐评分表，或在“锁定与审定”登记等次后再形成名单"
        return f"目前没有拟谈话提醒或约谈的；{names}{counted(scheme, len(waiting))}还没有等次。{mend}。"
    return "没有拟谈话提醒或约谈的：没有符合规定等次或情形的考核对象。"


def _opening(locked: Locked, found: list[Matter]) -> Text:
    scheme = locked.state.scheme
    told = "、".join(f"{matter.outcome.action}{counted(scheme, len(matter.proposals))}" for matter in found)
    undecided = sum(len(matter.undecided) for matter in found)
    whole = sum(len(matter.proposals) for matter in found)
    part = "均" if undecided == whole else f"其中{undecided}{scheme.words.measure}尚"
    rest = f"，{part}待决定" if undecided else "，均已决定"
    text = f"按照{cited(scheme.document)}，拟{told}{rest}。以领导小组决定为准，名单只供办理人员使用。"
    return Text(text, cites(*(matter.outcome for matter in found)))


def _matter(locked: Locked, number: int, matter: Matter, proposals: list[Proposal]) -> Iterator[Block]:
    outcome, scheme = matter.outcome, locked.state.scheme
    yield Heading(f"{numeral(number)}、{outcome.action}（{len(proposals)}{scheme.words.measure}）")
    rule = f"依据：{outcome.text.rstrip('。')}{bracketed(outcome)}。" if outcome.text else f"依据{bracketed(outcome)}。"
    yield Text(rule, cites(outcome))
    by, meets = outcome.by or _OPEN, outcome.meets or _OPEN
    attends = "、".join(outcome.attends) or _OPEN
    yield Text(f"由谁办理：{by}；约谈（谈话）对象：{meets}；参加人员：{attends}。", cites(outcome))
    heads = ("序号", scheme.words.unit, "得分", "等次", "事由", "决定", "办理日期", "到场", "记录")
    rows = tuple(_row(locked, at, one) for at, one in enumerate(proposals, 1))
    widths = (12, 34, 17, 16, 56, 30, 22, 20, 18)
    yield Table(f"{outcome.action}名单", (heads,), rows, widths, left=2, across=True)


def _row(locked: Locked, at: int, one: Proposal) -> tuple[str, ...]:
    scheme = locked.state.scheme
    why = [part for part in (one.reason, *regraded(locked, one.unit)) if part]
    result, ruling = one.result, one.decision.ruling if one.decision else None
    score = score_text(scheme, result.score) if result.score is not None else "—"
    decided = "待决定"
    if ruling:
        decided = CHOICES[ruling.choice] + (f"：{ruling.reason.strip()}" if ruling.reason.strip() else "")
    held = day_text(ruling.held) if ruling and ruling.held else ""
    came = "、".join(ruling.attended) if ruling else ""
    return (
        str(at),
        one.unit,
        score,
        result.grade or "—",
        "；".join(why) or "—",
        decided,
        held,
        came,
        ruling.evidence if ruling else "",
    )


def _points(locked: Locked, proposals: list[Proposal]) -> Iterator[Block]:
    """What to talk about with each: its limits, its 情形 and its weakest items."""
    state, told = locked.state, []
    for one in proposals:
        if state.scheme.inheritance(one.result.group):
            continue
        if found := [*regraded(locked, one.unit), *weak_points(state, one.result)][:_POINTS]:
            told.append((one, found))
    if told:
        yield Heading("谈话要点", 2)
    for number, (one, problems) in enumerate(told, 1):
        grounds = cites(one.outcome, *_grounds(state, one.result, problems))
        yield Text(f"{number}. {one.unit}：{'；'.join(problems)}。", grounds)


def _grounds(state: State, result: UnitResult, problems: list[str]) -> Iterator[Ruled | str]:
    """What the told problems rest on: clauses of limits, of 情形 and of the items named, never of another item."""
    scheme = state.scheme
    yield from (limit.cite for limit in result.limits)
    facts = dict.fromkeys(c.fact for c in result.consequences if c.fact and not c.outcome.praises)
    aggravating = judged(scheme, result).aggravating if scheme.judged else ()
    yield from (scheme.fact(fact.fact) for fact in (*facts, *aggravating))
    for row in scheme.indicators_of(result.group):
        if any(problem.startswith(f"第{row.no}项") for problem in problems):
            yield "、".join(row.cite) or READING

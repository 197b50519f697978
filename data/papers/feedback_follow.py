"""反馈单, last parts: what follows for the unit, what it has to mend and by when, and how it raises an 异议."""

from __future__ import annotations

from collections.abc import Iterator

from data.papers.desk import Desk
from data.papers.paper import Block, Table, Text
from data.papers.pieces import bracketed, by_when, issuing_body, own_days, regraded, to_do, under, weak_points
from data.papers.words import READING, cites, day_text
from data.store import CHOICES, OBJECTION_STATUSES, STATUSES, Objection
from scoring.results import UnitResult
from scoring.rules import Outcome


def follows(desk: Desk, result: UnitResult) -> Iterator[Text]:
    """表扬, 谈话提醒 and the like: proposed (拟) until decided, and what was decided."""
    for matter, proposal in desk.consequences.get(result.unit, []):
        outcome = matter.outcome
        if outcome.due or matter in desk.follow.general:
            continue
        why = f"因{proposal.reason}，" if proposal.reason else ""
        ruling = proposal.decision.ruling if proposal.decision else None
        if ruling is None:
            yield Text(f"{under(outcome)}，{why}拟{outcome.action}，尚待决定。", cites(outcome))
        else:
            reason = f"（{ruling.reason.strip().rstrip('。')}）" if ruling.reason.strip() else ""
            yield Text(
                f"{under(outcome)}，{why}拟{outcome.action}，决定：{CHOICES[ruling.choice]}{reason}。", cites(outcome)
            )


def mending(desk: Desk, result: UnitResult) -> Iterator[Block]:
    """The unit's lines of the 整改台账; while there are none, the problems that its own result shows."""
    follow, items = desk.follow, desk.follow.items_of(result.unit)
    if items:
        rows = tuple(
            (str(at), item.finding.problem, item.finding.measure or "—", follow.due_text(item), STATUSES[item.status])
            for at, item in enumerate(items, 1)
        )
        heads = ("序号", "问题", "整改措施", "期限", "状态")
        yield Table("需整改事项（整改台账）", (heads,), rows, (12, 56, 44, 24, 20), left=3)
        return
    if desk.scheme.judged and not result.consequences:
        return
    found = [*regraded(desk.locked, result.unit), *weak_points(desk.locked.state, result)]
    if found and not desk.scheme.inheritance(result.group):
        problems = tuple((str(at), problem) for at, problem in enumerate(found, 1))
        use = "制定整改措施时对照" if _timed(desk, result) else "改进工作时参考"
        yield Table(f"薄弱项和有关情形，供{use}", (("序号", "内容"),), problems, (14, 142), left=2)


def deadlines(desk: Desk, result: UnitResult) -> Iterator[Text]:
    """What has to be handed in, and by when."""
    for outcome in _timed(desk, result):
        assert outcome.due is not None
        text = f"{by_when(outcome.due, desk.follow.notice)}{to_do(outcome)}{bracketed(outcome)}。"
        helped = desk.scheme.inheritance(result.group) is not None
        yield Text(f"请{'会同所帮扶的单位' if helped else '对照上列内容'}，{text}", cites(outcome))
    if _timed(desk, result) and (own := own_days(desk.follow, [result.unit])):
        yield Text(own, (READING,))


def _timed(desk: Desk, result: UnitResult) -> list[Outcome]:
    """What follows for the unit within a period, unless it was decided otherwise."""
    return [
        matter.outcome
        for matter, proposal in desk.consequences.get(result.unit, [])
        if matter.outcome.due and (proposal.decision is None or proposal.decision.ruling.choice == "adopted")
    ]


def objecting(desk: Desk, result: UnitResult) -> Iterator[Block]:
    """How an 异议 is raised, and what became of those already raised."""
    raised = [one for one in desk.locked.standing.objections if one.unit == result.unit]
    to = issuing_body(desk.scheme) or f"{desk.scheme.words.assessment}组织单位"
    if desk.locked.standing.settled is None:
        yield Text(
            f"对本单所列评分、情形或计算有异议的，请在审定前书面向{to}提出，写明所指的指标或情形、理由，并附佐证。"
            "异议逐件登记、办理和答复，未办结的不审定。异议的提出期限和程序原文未规定，以上按本次所列口径办理。",
            (READING,),
        )
    else:
        yield Text(
            f"本结果已经审定，不再登记异议；确有错误的，请书面报{to}，按程序复核。原文未规定复核程序。", (READING,)
        )
    if raised:
        rows = tuple(_objection(one) for one in raised)
        heads = ("编号", "提出", "异议内容", "办理结果", "办理意见")
        yield Table("已登记的异议", (heads,), rows, (14, 34, 46, 20, 42), left=5)


def _objection(one: Objection) -> tuple[str, ...]:
    reply = one.reply + (f"（{one.basis}）" if one.basis else "")
    return (
        f"第{one.item}号",
        f"{one.raised_by}，{day_text(one.raised_on)}",
        one.text,
        OBJECTION_STATUSES[one.status],
        reply or "—",
    )

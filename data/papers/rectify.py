"""整改通知: which problems a unit has to mend, what it hands in and by when. One unit's, or the whole with each unit's apart.

Where a document asks for 整改 without a period, the notice says so instead of inventing one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from data.follow_up import FollowUp
from data.locked import Locked
from data.papers.paper import Attachments, Block, Heading, PageBreak, Paper, Signature, Table, Text, Unready
from data.papers.pieces import bracketed, by_when, governing, issuing_body, own_days, regraded, to_do, weak_points, you
from data.papers.stood import stood
from data.papers.words import READING, cited, cites, counted, insist_on_results, paper, subject
from data.store import STATUSES, Rectification
from scoring.results import UnitResult
from scoring.rules import Outcome

KIND = "整改通知"


@dataclass(frozen=True)
class Asked:
    """What one unit has to do: its result and the outcomes that ask for 整改."""

    result: UnitResult
    outcomes: tuple[Outcome, ...]


def rectify(locked: Locked, unit: str | None = None) -> Paper:
    """The notice to one unit, or to all with a list for each on pages of its own.

    Raises Unready where nobody has to hand anything in, where this unit has not, or where its grade is still missing;
    KeyError for a unit not on the roster.
    """
    insist_on_results(locked)
    follow = stood(locked)
    asked = _asked(follow)
    if unit is not None:
        locked.state.results.of(unit)
    mine = [one for one in asked if unit in (None, one.result.unit)]
    if not mine:
        raise Unready(_nobody(locked, unit))
    return _one(locked, follow, mine[0]) if unit is not None else _all(locked, follow, mine)


def asks(outcome: Outcome) -> bool:
    """Whether an outcome asks the unit itself to mend something."""
    return "整改" in outcome.action and not outcome.praises


def _asked(follow: FollowUp) -> list[Asked]:
    refused = {
        (one.unit, matter.outcome)
        for matter in follow.matters
        for one in matter.proposals
        if one.decision and one.decision.ruling.choice != "adopted"
    }
    found = []
    for result in follow.state.results.units:
        own = tuple(o for o in result.outcomes if asks(o) and (result.unit, o) not in refused)
        if own:
            found.append(Asked(result, own))
    return found


def _nobody(locked: Locked, unit: str | None) -> str:
    scheme = locked.state.scheme
    if not any(asks(outcome) for outcome in scheme.outcomes):
        return "本方案没有规定提交整改方案或限期整改，不形成整改通知。"
    who = unit or f"各{scheme.words.units}"
    results = locked.state.results.units
    waiting = [r for r in results if unit in (None, r.unit) and scheme.grades and locked.given(r) is None]
    if waiting:
        names = "、".join(result.unit for result in waiting[:5]) + ("等" if waiting[5:] else "")
        return f"{who}尚不能形成整改通知：{names}还没有等次。请补齐评分表，或在“锁定与审定”登记等次。"
    return f"{who}没有须整改的事项：按现有等次和情形，方案不要求其整改。"


def _one(locked: Locked, follow: FollowUp, asked: Asked) -> Paper:
    title = f"关于{subject(locked)}发现问题整改的通知"
    blocks = [
        _opening(locked, you(locked, asked.result.unit)),
        *_problems(locked, follow, asked),
        *_demands(follow, [asked]),
    ]
    blocks.append(_signature(locked))
    return paper(locked, KIND, title, blocks, addressee=asked.result.unit, of=asked.result.unit)


def _all(locked: Locked, follow: FollowUp, asked: Sequence[Asked]) -> Paper:
    """The letter, and each unit's problems as an attachment that goes to that unit alone."""
    scheme = locked.state.scheme
    everybody = len(asked) == len(locked.state.results.units)
    whom = f"{'各' if everybody else '有关'}{scheme.words.units}"
    outcomes = _outcomes(asked)
    blocks: list[Block] = [_opening(locked, whom), *_demands(follow, asked, 1)]
    own = [one for one in asked if not scheme.inheritance(one.result.group)]
    note = (
        f"须整改的{counted(scheme, len(asked))}中，{len(own)}{scheme.words.measure}各有问题清单一份，附后；"
        if len(own) < len(asked)
        else ""
    )
    note = note or f"须整改的{counted(scheme, len(asked))}各有问题清单一份，附后；"
    blocks.append(Text(f"{note}清单按单位拆分，只送该单位，不互送。", cites(*outcomes)))
    blocks += _helping(follow, [one for one in asked if scheme.inheritance(one.result.group)])
    blocks += [Attachments((f"问题清单（{len(own)}份，分送）",)), _signature(locked)]
    for number, one in enumerate(own, 1):
        blocks += [
            PageBreak(),
            Heading(f"附件{number}　{one.result.unit}问题清单"),
            *_problems(locked, follow, one, headed=False),
        ]
    title = f"关于{subject(locked)}发现问题整改的通知"
    return paper(locked, KIND, title, blocks, addressee=f"{whom}{governing(locked)}")


def _helping(follow: FollowUp, helping: Sequence[Asked]) -> Iterator[Block]:
    """Units that take their score from those they help have no list of their own."""
    if not helping:
        return
    grounds = cites(*(outcome for one in helping for outcome in one.outcomes))
    text = f"下列{counted(follow.state.scheme, len(helping))}随所帮扶的单位计分，会同所帮扶的单位整改，不另附清单。"
    yield Text(text, grounds)
    rows = tuple((one.result.unit, "、".join(each.unit for each in one.result.inherited)) for one in helping)
    yield Table("会同所帮扶的单位整改", ((follow.state.scheme.words.unit, "所帮扶的单位"),), rows, (78, 78), left=2)


def _opening(locked: Locked, whom: str) -> Text:
    scheme, settled = locked.state.scheme, locked.standing.settled
    state = "" if settled else "（结果尚未审定，本通知为拟稿）"
    text = f"根据{cited(scheme.document)}和{subject(locked)}结果{state}，现就{whom}的整改工作通知如下。"
    return Text(text, cites(scheme.approval or scheme.outcomes[0]))


def _problems(locked: Locked, follow: FollowUp, asked: Asked, headed: bool = True) -> Iterator[Block]:
    """The lines of the 整改台账; while there are none, what the result itself shows."""
    unit, scheme = asked.result.unit, follow.state.scheme
    if headed:
        yield Heading("一、需整改的问题")
    grounds = cites(*asked.outcomes)
    if items := follow.items_of(unit):
        listed = tuple(_item(follow, at, each) for at, each in enumerate(items, 1))
        heads = ("序号", "问题", "整改措施", "责任人（单位）", "期限", "状态")
        yield Text("整改台账已登记下列事项。", grounds)
        yield Table("问题清单", (heads,), listed, (11, 45, 38, 22, 22, 18), left=4)
        return
    if scheme.inheritance(asked.result.group):
        helped = "、".join(one.unit for one in asked.result.inherited)
        yield Text(f"随所帮扶的{helped}计分，请会同所帮扶的单位，对照其问题清单整改。", grounds)
        return
    found = [*regraded(locked, unit), *weak_points(follow.state, asked.result)]
    if not found:
        yield Text("各项指标得分一致，也没有登记情形，请结合实际自查问题。", grounds)
        return
    yield Text(
        "下列为考核结果中得分率相对较低的指标和有关情形，请逐项分析，属于问题的制定措施，并结合通报和反馈自查补充。",
        grounds,
    )
    rows = tuple((str(at), problem, "", "") for at, problem in enumerate(found, 1))
    yield Table("问题清单", (("序号", "指标和有关情形", "整改措施", "责任人（单位）"),), rows, (12, 76, 42, 26), left=2)


def _item(follow: FollowUp, at: int, each: Rectification) -> tuple[str, ...]:
    found = each.finding
    measures = (found.measure or "—", found.owner or "—", follow.due_text(each), STATUSES[each.status])
    return str(at), found.problem, *measures


def _outcomes(asked: Sequence[Asked]) -> tuple[Outcome, ...]:
    return tuple(dict.fromkeys(outcome for one in asked for outcome in one.outcomes))


def _demands(follow: FollowUp, asked: Sequence[Asked], number: int = 2) -> Iterator[Block]:
    """What is to be handed in, and by when; a document that names no period leaves it to the decision."""
    yield Heading(f"{'一二'[number - 1]}、整改要求和期限")
    outcomes = _outcomes(asked)
    for at, outcome in enumerate(outcomes, 1):
        lead = f"{at}. " if len(outcomes) > 1 else ""
        if outcome.due:
            text = f"请{by_when(outcome.due, follow.notice)}{to_do(outcome)}{bracketed(outcome)}。"
        else:
            text = f"{outcome.action}{bracketed(outcome)}；整改期限原文未规定，以领导小组决定为准。"
        yield Text(lead + text, cites(outcome))
    if own := own_days(follow, [one.result.unit for one in asked]):
        yield Text(own, (READING,))
    timed = [outcome for outcome in outcomes if outcome.due]
    if timed:
        told = "整改应逐项写明问题、原因、措施、责任人（单位）和完成时限；整改完成后报送佐证材料，经第二人核对后销号。"
        yield Text(f"{told}具体内容和销号办法原文未规定，以上按本次所列口径办理。", (*cites(*timed), READING))


def _signature(locked: Locked) -> Signature:
    return Signature(issuing_body(locked.state.scheme), None)

"""通报: the approved result for those who were assessed. Grades and what the scheme lets be public, nothing before 批复.

Nobody's score or place is in it where places are internal (rank.shown), and of 处理 nobody is named but whom a decision
names: 表扬, and 通报批评, which is made by naming.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from data.follow_up import FollowUp, Matter, Proposal
from data.locked import Locked
from data.papers import common
from data.papers.gaps import insist_on_approved
from data.papers.openness import closed_told, hidden_groups
from data.papers.paper import Block, Copies, Heading, Paper, Signature, Table, Text, Unready
from data.papers.pieces import (
    all_of,
    bracketed,
    by_when,
    in_roster_order,
    issuing_body,
    named,
    of_group,
    to_do,
    under,
    with_verb,
)
from data.papers.stood import stood
from data.papers.words import (
    READING,
    cited,
    cites,
    counted,
    insist_on_results,
    numeral,
    paper,
    quoted,
    settled_by,
    subject,
)
from scoring.elements import Group
from scoring.explain import score_text
from scoring.judged import honours, judged
from scoring.kinds import Ruled
from scoring.results import UnitResult
from scoring.rulebook import condition
from scoring.rules import Outcome
from scoring.scheme import Scheme

NAMED = "通报"
"""An outcome whose word has this is carried out by naming (通报表扬, 通报批评)."""


def notice(locked: Locked) -> Paper:
    """通报 of an approved and complete result. Raises Unready that names every step, sheet and unit missing."""
    scheme = locked.state.scheme
    if scheme.approval is None and not scheme.outcomes:
        raise Unready("本方案没有规定结果的审定、通报和运用，不形成通报。")
    insist_on_results(locked)
    insist_on_approved(locked, "通报")
    groups = _open_groups(locked)
    follow = stood(locked)
    units = [result for group in groups for result in follow.state.results.group(group.id)]
    blocks = [_opening(locked), *_results(follow, groups, units), *_good(follow, groups, units)]
    blocks += [*_problems(follow, groups, units), *_demands(follow, units), _signature(locked)]
    blocks += [Copies(scheme.send_to.to)] if scheme.send_to else []
    told = follow.notice
    title = f"关于{subject(locked)}结果的通报"
    return paper(locked, "通报", title, blocks, addressee=all_of(locked), number=told.number if told else "")


def left_to_others(scheme: Scheme) -> Outcome | None:
    """The rule by which others decide whether a group's results are announced (镇（街）的考核成绩通报由各市（区）研究决定)."""
    return next((each for each in scheme.outcomes if NAMED in each.action and "决定" in each.action), None)


def _open_groups(locked: Locked) -> list[Group]:
    """The groups with units whose results may be announced. Raises Unready where nobody has decided to announce any."""
    state = locked.state
    groups = [group for group in state.scheme.groups if state.results.group(group.id)]
    rule, hidden = left_to_others(state.scheme), hidden_groups(state)
    shown = [group for group in groups if group not in hidden]
    if not shown:
        ground = f"{under(rule)}，{rule.action}；" if rule else ""
        raise Unready(
            f"{ground}目前没有一个组别决定公开，不形成通报。决定公开的，请在“年度考核”打开该组别的公开开关后重新锁定。"
        )
    return shown


def _opening(locked: Locked) -> Text:
    scheme, standing = locked.state.scheme, locked.standing
    assert standing.settled is not None
    assert standing.approved is not None
    steps = f"经{settled_by(standing.settled)}审定、{settled_by(standing.approved)}批复"
    grounds = cites(scheme.approval) if scheme.approval else cites(*scheme.outcomes[:1])
    return Text(f"按照{cited(scheme.document)}，{subject(locked)}结果已{steps}，现予通报。", grounds)


def _results(follow: FollowUp, groups: Sequence[Group], units: Sequence[UnitResult]) -> Iterator[Block]:
    scheme = follow.state.scheme
    yield Heading(f"一、{scheme.words.assessment}结果")
    if scheme.judged:
        yield from _judged_result(follow, units)
    for at, group in enumerate(groups if not scheme.judged else (), 1):
        if len(groups) > 1:
            yield Heading(f"（{numeral(at)}）{group.name}", 2)
        yield from _graded(follow, group)
    if closed := closed_told(follow.state):
        yield Text(f"{closed}。", cites(left_to_others(scheme) or scheme.rank))
    yield from _honoured(follow, units)


def _graded(follow: FollowUp, group: Group) -> Iterator[Block]:
    """Who has which grade; with scores and places only where these are public."""
    scheme, found = follow.state.scheme, follow.state.results.group(group.id)
    by_grade = {grade: [r.unit for r in found if r.grade == grade] for grade in scheme.grades}
    told = [f"{grade}{len(names)}{scheme.words.measure}" for grade, names in by_grade.items() if names]
    grounds = cites(scheme.bands or scheme.criteria or group, *([scheme.approval] if scheme.approval else []))
    yield Text(f"{of_group(scheme, group, len(found))}中，{'，'.join(told)}。", grounds)
    for grade, names in by_grade.items():
        if names:
            yield Text(f"“{grade}”等次{len(names)}{scheme.words.measure}：{'、'.join(names)}。", grounds)
    if scheme.rank.shown == "public":
        ranked = [r for r in follow.state.results.ranked(group.id) if r.score is not None]
        rows = [
            (str(r.rank or ""), r.unit, score_text(scheme, r.score), r.grade or "")
            for r in ranked
            if r.score is not None
        ]
        yield Table(
            "位次和得分", (("位次", scheme.words.unit, "得分", "审定等次"),), tuple(rows), (16, 76, 32, 32), left=2
        )


def _judged_result(follow: FollowUp, units: Sequence[UnitResult]) -> Iterator[Block]:
    """曲江 has neither scores nor grades: how many have which problem, and nobody's name."""
    scheme = follow.state.scheme
    with_problems = [r for r in units if any(not c.outcome.praises for c in r.consequences)]
    waiting = [r for r in units if r not in with_problems and judged(scheme, r).waiting]
    what = f"{counted(scheme, len(units))}中，有问题情形并需要处理的{len(with_problems)}{scheme.words.measure}"
    measure, rest = scheme.words.measure, len(units) - len(with_problems) - len(waiting)
    open_ones = f"，另{len(waiting)}{measure}有情形待核对" if waiting else ""
    text = f"{counted(scheme, len(units))}没有需要处理的问题情形。"
    if with_problems or waiting:
        text = f"{what}{open_ones}" + (f"，其余{rest}{measure}没有。" if rest else "。")
    yield Text(
        f"本次考核由评议作出综合评价，不计总分、不评等次、不排位次。{text}", cites(scheme.rank, *scheme.outcomes[:1])
    )


def _honoured(follow: FollowUp, units: Sequence[UnitResult]) -> Iterator[Block]:
    """Who is praised or named otherwise, by a decision; what nobody decided yet is not announced."""
    for matter in follow.matters:
        outcome, names = matter.outcome, {result.unit for result in units}
        own = in_roster_order(follow.state, [one for one in matter.proposals if one.unit in names])
        decided = [one.unit for one in own if one.decision and one.decision.ruling.choice == "adopted"]
        if not (outcome.praises or NAMED in outcome.action):
            continue
        if decided:
            yield Text(
                f"{under(outcome)}，对{named(follow.state.scheme, decided)}{with_verb(outcome)}。", cites(outcome)
            )


def _good(follow: FollowUp, groups: Sequence[Group], units: Sequence[UnitResult]) -> Iterator[Block]:
    scheme = follow.state.scheme
    told: list[Text] = list(_by_table(follow, groups, strong=True))
    strong = bool(told)
    names = {rule.fact: rule for rule in scheme.bonuses}
    for fact, rule in names.items():
        count = sum(any(bonus.id == rule.id for bonus in result.bonuses) for result in units)
        if count:
            told.append(Text(f"{counted(scheme, count)}因“{scheme.fact(fact).name}”按规定加分。", cites(rule)))
    told += _facts_counted(follow, units, good=True)
    also = "有关情形" if len(told) > strong else ""
    yield Heading(f"二、{'和'.join(part for part in ('得分率较高的指标' if strong or not told else '', also) if part)}")
    yield from told or [Text("各项指标的平均得分率没有明显高低，不单列。", cites(scheme.rank))]


def _problems(follow: FollowUp, groups: Sequence[Group], units: Sequence[UnitResult]) -> Iterator[Block]:
    scheme = follow.state.scheme
    yield Heading("三、存在问题")
    told = list(_by_table(follow, groups, strong=False))
    for rule in scheme.limits:
        held = [limit for result in units for limit in result.limits if limit.id == rule.id]
        if held:
            bound = sum(limit.binds for limit in held)
            part = "" if bound == len(held) else f"其中{bound}{scheme.words.measure}"
            effect = f"，{part}等次因此受限" if bound else ""
            words = f"{counted(scheme, len(held))}有规定的限制情形{effect}：{rule.text.rstrip('。')}{bracketed(rule)}。"
            told.append(Text(words, cites(rule)))
    told += _facts_counted(follow, units, good=False)
    yield from told or [Text("各项指标的平均得分率没有明显高低，也没有登记问题情形。", cites(scheme.rank))]


def _by_table(follow: FollowUp, groups: Sequence[Group], *, strong: bool) -> Iterator[Text]:
    """The common items of each table of items: groups that share one are told together."""
    scheme = follow.state.scheme
    tables: dict[int, list[Group]] = {}
    for group in groups:
        tables.setdefault(id(group.indicators) if group.indicators else 0, []).append(group)
    for members in tables.values():
        results = [r for group in members for r in follow.state.results.group(group.id)]
        found = common.common_items(scheme, results)
        chosen = common.strongest(found) if strong else common.weakest(found)
        if not chosen:
            continue
        who = "、".join(g.name for g in members) if len(tables) > 1 else scheme.words.units
        lead = f"{who if len(tables) > 1 else ''}平均得分率{'居前' if strong else '靠后'}的指标"
        rows = {row.no: row for row in scheme.indicators_of(members[0].id)}
        grounds = cites(*("、".join(rows[one.item.no].cite) or READING for one in chosen))
        yield Text(f"{lead}：{common.paragraph(scheme, chosen, who, strong=strong)}。", grounds)


def _facts_counted(follow: FollowUp, units: Sequence[UnitResult], *, good: bool) -> list[Text]:
    """How many units have which checked 情形 that brings something; never whose."""
    scheme, count = follow.state.scheme, Counter[str]()
    for result in units:
        limiting = {limit.fact for limit in result.limits}
        bearing = [c.fact for c in result.consequences if c.fact and c.outcome.praises == good]
        kinds = {
            fact.fact for fact in bearing if fact.confirmed and fact not in limiting and honours(scheme, fact) == good
        }
        count.update(kinds)
    told = []
    grave = Counter(
        (f.fact, f.value) for r in units if scheme.judged and not good for f in judged(scheme, r).aggravating
    )
    for kind in (each for each in scheme.facts if count[each.id]):
        told.append(Text(f"{counted(scheme, count[kind.id])}有{quoted(kind.name)}情形。", cites(kind)))
    for (fact, value), number in grave.items():
        told.append(Text(f"其中{number}{scheme.words.measure}属{quoted(value)}。", cites(scheme.fact(fact))))
    return told


def _demands(follow: FollowUp, units: Sequence[UnitResult]) -> Iterator[Block]:
    """What everybody has to do, by when; what follows for some, without their names; where the result goes."""
    scheme = follow.state.scheme
    yield Heading("四、有关要求")
    told: list[tuple[str, tuple[str, ...]]] = []
    told += [_mend(follow, matter) for matter in (*follow.general, *follow.matters) if _mends(matter, units)]
    told += [_handled(scheme, matter) for matter in follow.matters if _handles(matter, units)]
    if scheme.send_to:
        to = "、".join(scheme.send_to.to)
        told.append((f"{scheme.words.assessment}结果按规定分送{to}{bracketed(scheme.send_to)}", cites(scheme.send_to)))
    for at, (text, grounds) in enumerate(told, 1):
        yield Text(f"{at}. {text}。" if len(told) > 1 else f"{text}。", grounds)
    if not told:
        yield Text(f"请各{scheme.words.units}对照本通报改进工作。", cites(*_feedback_clauses(scheme)))


def _feedback_clauses(scheme: Scheme) -> list[Ruled | str]:
    """The step of the document that tells the units what to do better; our own reading where there is none."""
    found: list[Ruled | str] = [step for step in scheme.steps if "改进工作" in step.what]
    return found[:1] or [READING]


def _own(matter: Matter, units: Sequence[UnitResult]) -> list[Proposal]:
    names = {result.unit for result in units}
    return [one for one in matter.proposals if one.unit in names and _stands(one)]


def _stands(one: Proposal) -> bool:
    """Whether it is still to be reckoned with: decided for, or not decided yet."""
    return one.decision is None or one.decision.ruling.choice == "adopted"


def _mends(matter: Matter, units: Sequence[UnitResult]) -> bool:
    return bool(matter.outcome.due) and bool(_own(matter, units))


def _mend(follow: FollowUp, matter: Matter) -> tuple[str, tuple[str, ...]]:
    scheme, outcome = follow.state.scheme, matter.outcome
    assert outcome.due
    whom = (
        f"各{scheme.words.units}"
        if matter in follow.general
        else f"{'、'.join(outcome.when.grades or ())}等次的{scheme.words.units}"
    )
    text = f"{whom}要对照反馈的问题认真整改，{by_when(outcome.due, follow.notice)}{to_do(outcome)}{bracketed(outcome)}"
    return text, cites(outcome)


def _handles(matter: Matter, units: Sequence[UnitResult]) -> bool:
    outcome = matter.outcome
    public = outcome.praises or NAMED in outcome.action or outcome.due
    return not public and bool(_own(matter, units))


def _handled(scheme: Scheme, matter: Matter) -> tuple[str, tuple[str, ...]]:
    """The rule alone: whom it is for is told to them, not to everybody."""
    outcome = matter.outcome
    words = outcome.text.rstrip("。") or outcome.action
    graded = (
        f"{condition(scheme, outcome.when)}的，" if outcome.when.grades else f"对有规定情形的{scheme.words.units}，"
    )
    lead = words if words.startswith(("对", "情节")) else f"{graded}{words}"
    return f"{lead}{bracketed(outcome)}，按程序另行办理", cites(outcome)


def _signature(locked: Locked) -> Signature:
    rule, told = left_to_others(locked.state.scheme), locked.follow_up.notice
    body = rule.by if rule and rule.by else issuing_body(locked.state.scheme)
    return Signature(body, told.date if told else None)

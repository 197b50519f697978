"""三、存在问题 of the 考核情况报告: weak items of each unit, 情形 and limits with their evidence, gaps in the data, 异议."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from data.papers.paper import Block, Table, Text
from data.papers.report_items import ENDS
from data.papers.report_scope import Scope, item_name, numbered, two
from data.papers.words import SILENT, cites, day_text, fact_told, missing_told, plainly
from data.store import OBJECTION_STATUSES, Objection
from scoring.conditions import holds
from scoring.judged import happened
from scoring.late import told_deductions
from scoring.marks import Fact
from scoring.profile import Item
from scoring.results import AppliedLimit, UnitResult
from scoring.scheme import Scheme
from scoring.sentences import limit_reason, pending_text

_NAMED = 20
"""Units of a table whose weak items are told by name; of more by number."""


def weak_items(scope: Scope) -> list[Block]:
    """Each unit's weakest items, with its 得分率 on them: a table."""
    rows = []
    names = len(scope.marked) <= _NAMED
    for result in scope.marked:
        weak = scope.weakest(result, ENDS)
        if weak:
            rows.append((result.unit, _weak(weak, scope.items(result), names)))
    if not rows:
        return []
    caption = "得分率最低的指标" if len(rows) == 1 else f"各{scope.called}得分率最低的指标"
    return [Table(caption, ((scope.scheme.words.unit, "指标（得分率）"),), tuple(rows), (30, 126), left=2)]


def _weak(weak: Sequence[Item], every: Sequence[Item], names: bool) -> str:
    """The first three: "第15项“…”（60.00%）"; how many share the points of the last of them where some of these are cut."""
    shown = weak[:ENDS]
    told = [
        f"{item_name(item.no, item.name) if names else f'第{item.no}项'}（{two(item.points)}%）"
        for item in shown
        if item.points is not None
    ]
    last = shown[-1].points
    alike = [item for item in every if item.points == last]
    cut = last is not None and any(item not in shown for item in alike)
    return "；".join(told) + (f"；得分率同为{two(last)}%的共{len(alike)}项" if cut and last is not None else "")


def situations(scope: Scope) -> list[Block]:
    """Every 情形 that limits a grade, takes points off or brings a consequence, with its evidence and clause."""
    texts: list[Text] = []
    for result in scope.told:
        texts += [*_limits(scope.scheme, result), *_idle(scope.scheme, result), *_others(scope.scheme, result)]
        texts += [*_late(scope.scheme, result), *_waiting(scope.scheme, result)]
    return numbered(texts)


def _limits(scheme: Scheme, result: UnitResult) -> list[Text]:
    return [
        Text(f"{result.unit}{_reason(scheme, result, each)}，按{each.cite}{_effect(result, each)}。", cites(each.cite))
        for each in result.limits
        if each.fact or each.binds or result.score_grade is None
    ]


def _idle(scheme: Scheme, result: UnitResult) -> list[Text]:
    """Limits by weak categories that change nothing, in one sentence: the categories are the problem."""
    idle = [each for each in result.limits if not (each.fact or each.binds or result.score_grade is None)]
    if not idle:
        return []
    why = "，".join(limit_reason(scheme, result, limit).removeprefix("因") for limit in idle)
    grounds = "、".join(dict.fromkeys(limit.cite for limit in idle))
    text = f"{result.unit}{why}（{grounds}），按分数的等次不高于所限，未受影响。"
    return [Text(plainly(text), cites(*(limit.cite for limit in idle)))]


def _reason(scheme: Scheme, result: UnitResult, limit: AppliedLimit) -> str:
    return (
        f"有{fact_told(scheme, limit.fact)}" if limit.fact else limit_reason(scheme, result, limit).removeprefix("因")
    )


def _effect(result: UnitResult, limit: AppliedLimit) -> str:
    """What the limit did: it lowered the grade, left it as it was, or binds the judgement to come."""
    if result.score_grade is None:
        return f"评定等次时最高为“{limit.best}”"
    if limit.binds:
        return f"等次最高为“{limit.best}”，低于按分数的“{result.score_grade}”"
    return f"等次最高为“{limit.best}”；按分数的等次不高于此，未受影响"


def _others(scheme: Scheme, result: UnitResult) -> list[Text]:
    """情形 that limit nothing and yet are no honour: they bring a consequence or take points off."""
    limiting = [limit.fact for limit in result.limits]
    found = [fact for fact in result.facts if fact.confirmed and fact not in limiting and is_problem(scheme, fact)]
    return [
        Text(f"{result.unit}有{fact_told(scheme, fact)}{_ground(scheme, fact)}。", cites(scheme.fact(fact.fact)))
        for fact in dict.fromkeys(found)
    ]


def _ground(scheme: Scheme, fact: Fact) -> str:
    cite = scheme.fact(fact.fact).cite
    return f"，依据{'、'.join(cite)}" if cite else f"（{SILENT}）"


def is_problem(scheme: Scheme, fact: Fact) -> bool:
    """Whether a 情形 happened and alone brings something that is no praise, limits a grade, or takes points off."""
    if not happened(scheme, fact):
        return False
    rules = [outcome.when for outcome in scheme.outcomes if not outcome.praises]
    rules += [limit.when for limit in scheme.limits]
    return any(holds(when, scheme, (fact,), None) for when in rules) or _takes_points(scheme, fact)


def _takes_points(scheme: Scheme, fact: Fact) -> bool:
    return any(rule.fact == fact.fact and (not rule.points or fact.value in rule.points) for rule in scheme.deductions)


def _late(scheme: Scheme, result: UnitResult) -> list[Text]:
    told = told_deductions(scheme, result)
    return [Text(f"{result.unit}逾期扣减：{'；'.join(told)}。", cites(*scheme.late))] if told else []


def _waiting(scheme: Scheme, result: UnitResult) -> list[Text]:
    """情形 that a second person has not checked: they count for nothing yet, and what they would change is said."""
    open_facts = [fact for fact in result.facts if not fact.confirmed and happened(scheme, fact)]
    if not open_facts:
        return []
    named = "、".join(fact_told(scheme, fact) for fact in dict.fromkeys(open_facts))
    change = f"；{pending_text(result).partition('，')[2]}" if result.to_check else ""
    kinds = [scheme.fact(fact.fact) for fact in open_facts]
    return [Text(f"{result.unit}登记的{named}尚待第二人核对，未计入结果{change}。", cites(*kinds))]


def gaps(scope: Scope) -> list[Block]:
    """What is missing, a paragraph each."""
    if scope.scheme.judged:
        return []
    told = missing_told(scope.locked, scope.names, ranges=False)
    return numbered([Text(f"{line}。", cites(*scope.scheme.counted)) for line in told])


def objections(scope: Scope) -> list[Block]:
    """Every 异议 with what became of it."""
    return numbered([Text(_objection(each)) for each in _told(scope)])


def _told(scope: Scope) -> Iterable[Objection]:
    there = {result.unit for result in scope.told}
    return sorted((each for each in scope.locked.standing.objections if each.unit in there), key=lambda each: each.item)


def _objection(each: Objection) -> str:
    """ "异议第1号：新会区于2020年12月6日提出（针对锁定版第1号）：……。办理结果：不采纳，……（江扶会〔2020〕5号）。"."""
    who = f"{each.raised_by}" if each.raised_by and each.raised_by != each.unit else ""
    text = each.text.strip().rstrip("。")
    first = (
        f"异议第{each.item}号：{each.unit}{f'（{who}）' if who else ''}于{day_text(each.raised_on)}"
        f"对锁定版第{each.locked}号提出“{text}”"
    )
    if each.status == "open":
        return f"{first}，待办理。"
    reply = each.reply.strip().rstrip("。")
    basis = f"（{each.basis}）" if each.basis else ""
    return f"{first}；{OBJECTION_STATUSES[each.status]}" + (f"：{reply}" if reply else "") + f"{basis}。"

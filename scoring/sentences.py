"""The first screen speaks before it shows: sentences computed from the results, each only when it has something to say.

Groups are ranked apart and told apart; a document without lines is told by its scores, one without scores by what follows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from scoring import exact
from scoring.edges import NEAR, above_line, at_edge, to_next
from scoring.explain import at_odds, fact_name, one_of, score_text, telling, told_consequences, whatever
from scoring.judged import happened, in_order, ladder
from scoring.late import told_deductions
from scoring.marks import Fact
from scoring.results import AppliedBonus, AppliedDeduction, AppliedFloor, AppliedLimit, Results, UnitResult
from scoring.scheme import Scheme
from scoring.speech import (
    Part,
    Sentence,
    bracketed,
    deadline,
    joined,
    named,
    number,
    plain_text,
    say,
    strong,
)
from scoring.standing import FEW, unscored
from scoring.tallies import source, tallies
from scoring.waits import waits

__all__ = [
    "NEAR", "Part", "Progress", "Readings", "Sentence", "above_line", "at_edge", "bracketed", "deadline", "headline",
    "joined", "lifted", "limited", "names", "number", "odds_text", "pending_text", "plain_text",
    "recommended_text", "say", "strong", "to_next",
]  # fmt: skip

_MOST = 4
"""Sentences of one kind about single units; the others are only counted."""


@dataclass(frozen=True)
class Progress:
    """What has come in: sheets received and expected, and the (unit, component id) still absent, on a given day."""

    received: int
    expected: int
    absent: tuple[tuple[str, str], ...]
    today: date


@dataclass(frozen=True)
class Readings:
    """How many 口径 are unconfirmed, how many of those would change a grade, and what the meeting must decide in all.

    ``to_decide``: the readings that matter and the units that are to be praised and yet not; never what only waits for
    its second person.
    """

    unconfirmed: int
    matter: int
    to_decide: int


def headline(results: Results, progress: Progress, readings: Readings) -> list[Sentence]:
    """What a leader reads first, in order; sentences with nothing to report are absent."""
    if results.scheme.judged:
        return [sentence for sentence in _judged(results, readings) if sentence]
    if not progress.received:
        return [say("尚未收到评分表，应收", strong(progress.expected), "份。")]
    scheme, units = results.scheme, results.units
    found: list[Sentence | None] = [_arrived(results, progress), _open(results)]
    found += tallies(results)
    found += [_edge(results)]
    found += _several(scheme, [(r, _missing(scheme, r)) for r in units if r.possible and _has_any(r)], "暂缺，见排名")
    found += _several(scheme, [(r, s) for r in units if (s := limited(scheme, r))], "受限制，见排名")
    found += _several(scheme, [(r, s) for r in units if (s := lifted(scheme, r))], "适用保底，见排名")
    found += [_bonus(results), _deduction(results), _late(results)]
    found += [_pending(result) for result in units if result.to_check]
    found += [_outcomes(results), *(_by_fact(scheme, result) for result in units)]
    found += [_rounded(results), _undecided(readings, scored=any(r.score is not None for r in units))]
    return [sentence for sentence in found if sentence]


def _several(scheme: Scheme, told: list[tuple[UnitResult, Sentence]], rest: str) -> list[Sentence]:
    """The sentences, or the first of many and a count of the others."""
    if len(told) <= _MOST:
        return [sentence for _, sentence in told]
    first = [sentence for _, sentence in told[: _MOST - 1]]
    return [*first, say(f"另有{len(told) - len(first)}{scheme.words.measure}{scheme.words.units}{rest}。")]


def _has_any(result: UnitResult) -> bool:
    return any(part.exact is not None for part in result.components.values() if part.counted)


def _arrived(results: Results, progress: Progress) -> Sentence:
    words = results.scheme.words
    marked = [r for r in results.units if not results.scheme.inheritance(r.group)]
    total, ways = len(marked), len(results.scheme.counted)
    if not progress.absent and len(results.units) == 1:
        return say(strong("数据已齐。"), f"{results.units[0].unit}的评分表已到齐。")
    if not progress.absent:
        whose = f"{total}个{words.units}" if total == len(results.units) else f"{total}个{_groups(results)}的"
        way = (
            results.scheme.counted[0].name if ways == 1 else f"{'两' if ways == 2 else number(ways)}种{words.component}"
        )
        return say(strong("数据已齐。"), f"{whose}{way}结果已全部到齐。")
    complete = sum(result.complete for result in results.units)
    rest = f"其余{complete}个{words.units}已可测算{_places(results)}。" if complete else ""
    return say(
        strong("数据未齐。"), "已收", strong(progress.received), "份，应收", strong(progress.expected), "份，尚缺",
        *_absent(results.scheme, progress), "。", rest,
    )  # fmt: skip


def _groups(results: Results) -> str:
    return "、".join(group.name for group in results.scheme.marked_groups)


def _places(results: Results) -> str:
    """What may be said of places while sheets are missing: each group is ranked by itself."""
    names = {group.id: group.name for group in results.scheme.groups}
    settled = [g for g in names if results.group(g) and all(r.rank is not None for r in results.group(g))]
    if not settled:
        return "，位次为暂列" if results.provisional() else ""
    which = "、".join(names[g] for g in settled) if len(settled) <= FEW else f"{len(settled)}个组别"
    return f"，{which}位次已形成" + ("，其余组别位次为暂列" if results.provisional() else "")


def _absent(scheme: Scheme, progress: Progress) -> list[Part | str]:
    if len(progress.absent) > 3:
        return [strong(f"{len(progress.absent)}份")]
    parts: list[Part | str] = []
    for unit, component_id in progress.absent:
        task = next((t for t in scheme.steps if t.component == component_id), None)
        parts += ["、" if parts else "", strong(unit), "的", strong(scheme.component(component_id).name)]
        parts.append(bracketed(deadline(task, progress.today)))
    return parts


def _open(results: Results) -> Sentence | None:
    """Sheets that are in and cannot be scored yet, and what they wait for: a figure, the peers, a person."""
    stuck = unscored(results)
    if not stuck:
        return None
    words = results.scheme.words
    who = stuck[0].unit + (f"等{len(stuck)}{words.measure}{words.units}" if len(stuck) > 1 else "")
    told = dict.fromkeys(wait for result in stuck for wait in waits(result))
    return say("评分表已到而", strong("暂不能计分"), f"：{who}，{'；'.join(told)}。")


def _edge(results: Results) -> Sentence | None:
    near = at_edge(results)
    if not near:
        return None
    parts: list[Part | str] = []
    for _, sentence in near[:3]:
        parts += ["；" if parts else "", *sentence]
    more = f"；共{len(near)}个距等次线不足1分" if len(near) > 3 else ""
    return say(*parts, more, "。")


def _missing(scheme: Scheme, result: UnitResult) -> Sentence:
    assert result.possible is not None
    low, high = (score_text(scheme, value) for value in (result.possible.low, result.possible.high))
    return say(
        f"{whatever(scheme, result)}，{result.unit}得分在", strong(f"{low}至{high}"), "之间",
        f"，等次可能为{one_of(result.possible.grades)}。" if result.possible.grades else "。",
    )  # fmt: skip


def limited(scheme: Scheme, result: UnitResult) -> Sentence | None:
    """The limit that decides the grade; where scores are not graded, what the judgement may not go beyond."""
    deciding = [limit for limit in result.limits if limit.binds and limit.best == result.grade]
    if deciding:
        score = f"{score_text(scheme, result.score)}分" if result.score is not None else ""
        by_score = f"，按分数为“{result.score_grade}”；" if result.score_grade else "，"
        rest = f"，按{deciding[0].cite}等次最高为“{deciding[0].best}”，测算等次为“{result.grade}”。"
        why = _floor_held(scheme, result) + limit_reason(scheme, result, deciding[0])
        return say(strong(f"{result.unit}{score}"), f"{by_score}{why}{rest}")
    if result.score_grade is None and result.score is not None and result.limits:
        limit = max(result.limits, key=lambda each: scheme.grades.index(each.best))
        rest = f"，按{limit.cite}评议时最高为“{limit.best}”。"
        return say(strong(result.unit), limit_reason(scheme, result, limit), rest)
    return None


def _floor_held(scheme: Scheme, result: UnitResult) -> str:
    """A confirmed floor that a limit then overrides: it lifted the grade, though not so far as it says."""
    floor = next((floor for floor in result.floors if floor.binds and floor.confirmed), None)
    return f"{limit_reason(scheme, result, floor)}，按{floor.cite}不低于“{floor.worst}”，而" if floor else ""


def limit_reason(scheme: Scheme, result: UnitResult, limit: AppliedLimit | AppliedFloor) -> str:
    """Why a limit or a floor holds: a 情形, or the categories graded so: "因大项“资金支持”为“一般”"."""
    if limit.fact:
        return f"因有{_named(scheme, limit.fact)}"
    asked = next((rule.when.category_grade for rule in scheme.limits if rule.id == limit.id), None) or ()
    named_by = {grade: [f"“{n}”" for n, g in result.category_grades.items() if g == grade] for grade in asked}
    told = [f"{''.join(names)}为“{grade}”" for grade, names in named_by.items() if names]
    return f"因大项{'、'.join(told)}" if told else "因符合规定情形"


def _named(scheme: Scheme, fact: Fact) -> str:
    """A 情形 in short: "“记过”情形（班子成员受政务处分）", the kind once only."""
    name, kind = fact_name(scheme, fact), scheme.fact(fact.fact).name
    return f"“{name}”情形" + (f"（{kind}）" if name != kind else "")


def lifted(scheme: Scheme, result: UnitResult) -> Sentence | None:
    """A floor that lifted the grade, or one that would once a person says so."""
    if result.score is None or result.score_grade is None:
        return None
    stands = f"，按分数为“{result.score_grade}”；"
    score = strong(f"{result.unit}{score_text(scheme, result.score)}分")
    if result.recommended:
        return say(score, f"{stands}{recommended_text(scheme, result)}。")
    held = next((f for f in result.floors if f.binds and f.confirmed and f.worst == result.grade), None)
    if held is None:
        return None
    return say(score, f"{stands}{limit_reason(scheme, result, held)}，按{held.cite}测算等次为“{result.grade}”。")


def recommended_text(scheme: Scheme, result: UnitResult) -> str:
    """A floor that only recommends: "因有“完成全国和省目标要求”情形，按七（一）1原则上建议评为“较好”，须由人认定"."""
    asks = (floor for floor in result.floors if floor.binds and not (floor.confirmed or floor.declined))
    waiting = next(asks, None)
    if waiting is None or result.recommended is None:
        return ""
    why = limit_reason(scheme, result, waiting)
    return f"{why}，按{waiting.cite}原则上建议评为“{result.recommended}”，须由人认定"


def _bonus(results: Results) -> Sentence | None:
    """Who earned 加分, and by what."""
    names = {rule.id: results.scheme.fact(rule.fact).name for rule in results.scheme.bonuses}
    told = [
        f"{result.unit}{_by(names, bonus)}，加{exact.shown(bonus.points)}分"
        for result in results.units
        for bonus in result.bonuses
    ]
    return say(strong("加分："), "；".join(told[:_MOST]), _more(results, told), "。") if told else None


def _deduction(results: Results) -> Sentence | None:
    """Who lost points by 扣分, and by what."""
    names = {rule.id: results.scheme.fact(rule.fact).name for rule in results.scheme.deductions}
    told = [
        f"{result.unit}{_by(names, each)}，扣{exact.shown(each.points)}分"
        for result in results.units
        for each in result.deductions
    ]
    return say(strong("扣分："), "；".join(told[:_MOST]), _more(results, told), "。") if told else None


def _by(names: Mapping[str, str], each: AppliedBonus | AppliedDeduction) -> str:
    """What earned or lost the points: "有“领导批示”1次", or the item "“典型经验”（第21项）"."""
    return f"“{each.text}”（{each.told}）" if each.no is not None else f"有“{names[each.id]}”{each.told}"


def _more(results: Results, told: Sequence[str]) -> str:
    """How many more there are than can be listed."""
    return f"；另有{len(told) - _MOST}处，见排名" if len(told) > _MOST else ""


def _late(results: Results) -> Sentence | None:
    """Whose items lose points by 逾期, and how much."""
    lost = [(result.unit, told_deductions(results.scheme, result)) for result in results.units]
    told = [f"{unit}{'、'.join(each)}" for unit, each in lost if each]
    more = f"；另有{len(told) - _MOST}{results.scheme.words.measure}，见情形登记" if len(told) > _MOST else ""
    return say(strong("逾期扣减："), "；".join(told[:_MOST]), more, "。") if told else None


def _pending(result: UnitResult) -> Sentence:
    return say(strong(result.unit), f"{pending_text(result)}。")


def pending_text(result: UnitResult) -> str:
    """What a 情形 that waits for its second person would change: the grade or the score, the possible grades, what follows."""
    told = []
    if result.pending:
        told = [f"等次由“{result.grade}”变为“{result.pending}”" if result.grade else f"等次为“{result.pending}”"]
    elif result.pending_score is not None and result.score is not None:
        told = [f"得分由{exact.shown(result.score)}变为{exact.shown(result.pending_score)}"]
    told += [f"等次只可能为{one_of(result.pending_grades)}"] if result.pending_grades else []
    if not result.pending and result.pending_outcomes:
        told += [f"拟{'、'.join(outcome.action for outcome in result.pending_outcomes)}"]
    return f"有待核对的情形，核对属实后{'，'.join(told)}"


def _outcomes(results: Results) -> Sentence | None:
    listed = [outcome for outcome in results.scheme.outcomes if telling(results.scheme, outcome)]
    counts = {(o.action, o.basis): sum(o in result.outcomes for result in results.units) for o in listed}
    told = [f"拟{action}{n}{results.scheme.words.measure}" for (action, _), n in counts.items() if n]
    if not told:
        return None
    return say(f"按{'、'.join(dict.fromkeys(basis for (_, basis), n in counts.items() if n))}，{'、'.join(told)}。")


def _by_fact(scheme: Scheme, result: UnitResult) -> Sentence | None:
    """Why something follows that the grade does not bring: "新会区因有“某些方面存在突出问题”情形拟谈话提醒"."""
    told = _fact_reasons(scheme, result)
    if not told:
        return None
    odd = f"，同时{_by_grade(scheme, result)}" if at_odds(scheme, result) and _by_grade(scheme, result) else ""
    decide = "，需领导小组审定" if at_odds(scheme, result) else ""
    return say(strong(result.unit), f"{told}{odd}{decide}。")


def _fact_reasons(scheme: Scheme, result: UnitResult) -> str:
    return "，".join(
        f"因有{_named(scheme, c.fact)}拟{c.outcome.action}"
        for c in told_consequences(scheme, result)
        if c.fact and not c.by_grade
    )


def _by_grade(scheme: Scheme, result: UnitResult) -> str:
    actions = [c.outcome.action for c in told_consequences(scheme, result) if c.by_grade]
    return f"按等次拟{'、'.join(actions)}" if actions else ""


def odds_text(scheme: Scheme, result: UnitResult) -> str:
    """What a meeting must decide of a unit that is to be praised and yet not: "按等次拟表扬，因有…情形拟谈话提醒"."""
    if not at_odds(scheme, result):
        return ""
    return "，".join(part for part in (_by_grade(scheme, result), _fact_reasons(scheme, result)) if part)


def _rounded(results: Results) -> Sentence | None:
    moved = [result for result in results.units if result.crossed_by_rounding]
    if not moved:
        return None
    told = "、".join(f"{r.unit}（{exact.shown(r.unrounded)}）" for r in moved if r.unrounded is not None)
    return say(strong(told), "因四舍五入越过等次线，请留意。")


def _undecided(readings: Readings, scored: bool = True) -> Sentence | None:
    """What is open. While nobody is ``scored`` nothing can be said of what a reading would change."""
    none = "，均不影响等次" if scored else "；尚未出得分，暂看不出哪些会影响等次"
    matter = f"，其中{readings.matter}项会影响等次" if readings.matter else none
    opened = f"{readings.unconfirmed}项口径尚未确认{matter}。" if readings.unconfirmed else ""
    decide = f"需领导小组审定{readings.to_decide}项。" if readings.to_decide else ""
    return say(opened + decide) if opened or decide else None


def _judged(results: Results, readings: Readings) -> list[Sentence | None]:
    """Judgement: who has which problem, what follows from the gravest to the lightest, what waits. Never a score."""
    scheme, units = results.scheme, in_order(results.scheme, results.units)
    counted = f"{len(units)}{scheme.words.measure}{scheme.words.units}中"
    found = [one for one in units if one.problems]
    first = say(strong("综合评定，不计总分、不排位次。"), f"{source(scheme)}没有分值和等次，由评议作出综合评价。")
    if not found:
        told = say(f"{counted}，没有已核对的问题情形。")
    else:
        listed = named([one.result.unit for one in found], scheme.words.measure)
        told = say(f"{counted}，", strong(f"{len(found)}{scheme.words.measure}有问题情形"), listed, "。")
    return [
        first, told, *(_has(scheme, one.result.unit, (*one.problems, *one.aggravating)) for one in found[:_MOST]),
        _ladder(results), *(_pending(one.result) for one in units if one.result.to_check),
        say(f"{readings.unconfirmed}项口径尚未确认。") if readings.unconfirmed else None,
    ]  # fmt: skip


def _has(scheme: Scheme, unit: str, facts: Iterable[Fact]) -> Sentence:
    told = [f"“{fact_name(scheme, f)}”{bracketed(scheme.fact(f.fact).basis)}" for f in facts if happened(scheme, f)]
    return say(strong(unit), f"：{'、'.join(told)}。")


def _ladder(results: Results) -> Sentence | None:
    """What follows, from the gravest to the lightest and then praise, each with its clause and for whom."""
    rungs = [(outcome, units) for outcome, units in ladder(results) if units]
    parts: list[Part | str] = []
    for outcome, units in rungs:
        measure = results.scheme.words.measure
        who = named([result.unit for result in units], measure)
        parts += ["；" if parts else "", f"按{outcome.basis}", strong(f"拟{outcome.action}{len(units)}{measure}"), who]
    return say(*parts, "。") if rungs else None


def names(results: Sequence[UnitResult]) -> str:
    """Units' names in a row."""
    return "、".join(result.unit for result in results)

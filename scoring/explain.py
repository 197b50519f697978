"""The reasons behind a result, in the words an official would write. Pages, documents and the CLI print these steps."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from scoring import exact
from scoring.marks import Fact
from scoring.results import AppliedLimit, ComponentResult, Consequence, Step, UnitResult
from scoring.rules import Outcome
from scoring.scheme import Scheme

_PRAISE = ("表扬", "表彰", "奖励")
_HAPPENED = ("有", "是")


def component_steps(scheme: Scheme, part: ComponentResult) -> list[Step]:
    """How one component's score came about: its ticks and their points, or the total that was handed in."""
    if part.exact is None or part.sheet is None:
        return []
    if not part.items:
        return [Step(f"{part.name}直接给分{_entered(scheme, part)}", scheme.component(part.id).basis)]
    return [Step(f"{part.name}：{_tally(scheme, part)}，得{_entered(scheme, part)}", _reading(scheme))]


def _entered(scheme: Scheme, part: ComponentResult) -> str:
    """A component's score and, where the scheme rounds components first, what it becomes: "89.5分，取整为90分"."""
    own, value, places = part.unrounded, part.exact or Fraction(0), scheme.component_places
    if own is None or own == value or places is None:
        return f"{exact.shown(value)}分"
    way = "四舍五入" if places else "取整"
    return f"{exact.shown(own, places + 4)}分，{way}为{exact.fixed(value, places)}分"


def _tally(scheme: Scheme, part: ComponentResult) -> str:
    marks = part.sheet.marks if part.sheet else ()
    counts = Counter(mark.grade for mark in marks if mark.grade)
    points = scheme.ticks.points if scheme.ticks else {}
    told = [f"{counts[g]}项{g}（{exact.plain(points[g])}分）" for g in scheme.grades if counts[g]]
    if given := sum(mark.score is not None for mark in marks):
        told.append(f"{given}项分项给分")
    if off := sorted(mark.indicator or 0 for mark in marks if not mark.applicable):
        told.append(f"第{'、'.join(map(str, off))}项不适用，权重归同类各项")
    return "、".join(told)


def _reading(scheme: Scheme) -> str:
    elements = [element for element in (scheme.ticks, scheme.item_weights) if element]
    return "、".join(dict.fromkeys(element.basis for element in elements))


def total_step(scheme: Scheme, result: UnitResult) -> Step:
    """The weighted sum with every factor, or what is missing and what is still possible."""
    basis = "、".join(dict.fromkeys(c.cite[-1] if c.cite else c.basis for c in scheme.counted))
    if result.exact is None or result.score is None:
        return Step(_missing(scheme, result), basis)
    if len(scheme.counted) == 1:
        return Step(f"综合得分{_rounded(scheme, result.exact, result.score)}", basis)
    whole = sum(scheme.weights.values(), Fraction(0))
    terms = [
        f"{part.name}{exact.shown(part.exact)}×{exact.shown(100 * (part.weight or Fraction(0)) / whole)}％"
        for part in result.components.values()
        if part.counted and part.exact is not None
    ]
    return Step(f"{'＋'.join(terms)}＝{_rounded(scheme, result.exact, result.score)}", basis)


def _rounded(scheme: Scheme, total: Fraction, official: Fraction) -> str:
    if scheme.places is None:
        return f"{exact.shown(total)}分（不舍入）"
    written = exact.fixed(official, scheme.places)
    return f"{written}分" if total == official else f"{exact.shown(total, scheme.places + 2)}，四舍五入为{written}分"


def _missing(scheme: Scheme, result: UnitResult) -> str:
    names = "、".join(scheme.component(name).name for name in result.missing)
    if result.possible is None:
        return f"尚缺{names}，暂不计算综合得分"
    low, high = (score_text(scheme, value) for value in (result.possible.low, result.possible.high))
    grades = f"，等次可能为{one_of(result.possible.grades)}" if result.possible.grades else ""
    return f"尚缺{names}，暂不计算综合得分；无论所缺结果如何，得分在{low}至{high}之间{grades}"


def grade_steps(scheme: Scheme, result: UnitResult) -> list[Step]:
    """From the score to the grade: the line it reaches, what rounding moved, each limit, and the grade that stands."""
    if result.score is None or result.score_grade is None or scheme.bands is None:
        return []
    steps = [Step(_band(scheme, result.score, result.score_grade), scheme.bands.basis)]
    if result.crossed_by_rounding and scheme.rounding and result.unrounded is not None:
        text = f"未舍入时为{exact.shown(result.unrounded)}分，因四舍五入进入“{result.score_grade}”"
        steps.append(Step(text, scheme.rounding.basis))
    steps += [Step(_limit(scheme, limit), limit.cite) for limit in result.limits]
    if any(limit.binds for limit in result.limits):
        steps.append(Step(f"测算等次为“{result.grade}”，得分不变", "、".join(_binding(result))))
    return steps


def _binding(result: UnitResult) -> list[str]:
    return list(dict.fromkeys(limit.cite for limit in result.limits if limit.binds and limit.best == result.grade))


def _band(scheme: Scheme, score: Fraction, grade: str) -> str:
    bands = scheme.bands.items if scheme.bands else ()
    index = next(i for i, band in enumerate(bands) if band.grade == grade)
    upper = f"、{exact.plain(bands[index - 1].min)}分以下" if index else ""
    lower = f"{exact.plain(bands[index].min)}分以上" if bands[index].min else ""
    return f"{score_text(scheme, score)}分，在{(lower + upper).strip('、')}，按分数为“{grade}”"


def _limit(scheme: Scheme, limit: AppliedLimit) -> str:
    what = f"有{fact_text(scheme, limit.fact)}" if limit.fact else "符合限制情形"
    effect = f"等次最高为“{limit.best}”" if limit.binds else f"等次最高为“{limit.best}”，按分数本在其下，不受影响"
    return f"{what}：{limit.text}。{effect}"


def fact_name(scheme: Scheme, fact: Fact) -> str:
    """A 情形 by the word that tells it: its value ("记过"), or its kind where the value only says that it happened (有)."""
    return scheme.fact(fact.fact).name if fact.value in _HAPPENED else fact.value


def fact_text(scheme: Scheme, fact: Fact) -> str:
    """A 情形 with its date and the paper it rests on: "“记过”情形（2020-06-01，江纪〔2020〕12号）"."""
    detail = "，".join(part for part in (fact.date, fact.basis) if part)
    return f"“{fact_name(scheme, fact)}”情形" + (f"（{detail}）" if detail else "")


def telling(scheme: Scheme, outcome: Outcome) -> bool:
    """Whether an outcome distinguishes units: what follows for every grade alike says nothing of a unit."""
    return outcome.when.grades is None or set(outcome.when.grades) != set(scheme.grades)


def told_consequences(scheme: Scheme, result: UnitResult) -> tuple[Consequence, ...]:
    """What follows for this unit and not for every unit alike, in the scheme's order."""
    return tuple(consequence for consequence in result.consequences if telling(scheme, consequence.outcome))


def outcome_steps(scheme: Scheme, result: UnitResult) -> list[Step]:
    """What follows, each with the 情形 it rests on."""
    return [
        Step(consequence_text(scheme, result, consequence), consequence.outcome.basis)
        for consequence in told_consequences(scheme, result)
    ]


def consequence_text(scheme: Scheme, result: UnitResult, consequence: Consequence) -> str:
    """One consequence with its reason: "有“某些方面存在突出问题”情形（2020-11-20，江督〔2020〕3号），拟谈话提醒"."""
    reason = reason_text(scheme, result, consequence)
    return f"{reason}，拟{consequence.outcome.action}" if reason else f"拟{consequence.outcome.action}"


def reason_text(scheme: Scheme, result: UnitResult, consequence: Consequence) -> str:
    """The 情形 that brings a consequence, after the grade where that brings it too; empty where the grade alone does."""
    if consequence.fact is None:
        return ""
    grade = f"等次为“{result.grade}”，且" if consequence.by_grade else ""
    return f"{grade}有{fact_text(scheme, consequence.fact)}"


def at_odds(scheme: Scheme, result: UnitResult) -> bool:
    """Whether a unit is to be both praised and dealt with otherwise (既拟表扬，又拟谈话提醒): a meeting must decide."""
    praised = {any(word in c.outcome.action for word in _PRAISE) for c in told_consequences(scheme, result)}
    return len(praised) == 2


def score_text(scheme: Scheme, value: Fraction) -> str:
    """A score as printed: the official decimals, or as many as are exact where the scheme does not round."""
    return exact.shown(value) if scheme.places is None else exact.fixed(value, scheme.places)


def one_of(names: tuple[str, ...]) -> str:
    """Names as alternatives: "较差、一般或较好"."""
    return names[0] if len(names) == 1 else f"{'、'.join(names[:-1])}或{names[-1]}" if names else ""

"""The reasons behind a result, in the words an official would write. Pages, documents and the CLI print these steps."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from scoring import exact
from scoring.marks import Fact
from scoring.results import AppliedDeduction, AppliedFloor, AppliedLimit, ComponentResult, Consequence, Step, UnitResult
from scoring.rules import Outcome
from scoring.scheme import Scheme
from scoring.waits import absent, lacks

_HAPPENED = ("有", "是")


def steps_of(scheme: Scheme, result: UnitResult) -> tuple[Step, ...]:
    """Every reason behind a result, in the order in which it came about."""
    parts = [step for part in result.components.values() if part.counted for step in component_steps(scheme, part)]
    return (
        *parts,
        *total_steps(scheme, result),
        *category_steps(scheme, result),
        *grade_steps(scheme, result),
        *(
            Step(f"{award.name}{exact.fixed(award.value, award.places)}分", _award(scheme, award.id))
            for award in result.awards
        ),
        *outcome_steps(scheme, result),
    )


def _award(scheme: Scheme, award_id: str) -> str:
    return next(rule.basis for rule in scheme.awards if rule.id == award_id)


def component_steps(scheme: Scheme, part: ComponentResult) -> list[Step]:
    """How one component's score came about: its marks and what they earned, or the total that was handed in."""
    if part.sheet is None:
        return []
    if part.exact is None:
        return [Step(f"{part.name}：{why}", scheme.component(part.id).basis) for why in part.open_rows]
    if not part.items:
        return [Step(f"{part.name}直接给分{_entered(scheme, part)}", scheme.component(part.id).basis)]
    told = Step(f"{part.name}：{_tally(scheme, part)}，得{_entered(scheme, part)}", _reading(scheme, part))
    return [told, *(note for row in part.rows.values() for note in row.notes)]


def _entered(scheme: Scheme, part: ComponentResult) -> str:
    """A component's score and, where the scheme rounds components first, what it becomes: "89.5分，取整为90分"."""
    own, value, places = part.unrounded, part.exact or Fraction(0), scheme.component_places
    if own is None or own == value or places is None:
        return f"{exact.shown(value)}分"
    way = "四舍五入" if places else "取整"
    return f"{exact.shown(own, places + 4)}分，{way}为{exact.fixed(value, places)}分"


def _tally(scheme: Scheme, part: ComponentResult) -> str:
    counts = Counter(row.grade for row in part.rows.values() if row.grade)
    points = scheme.ticks.points if scheme.ticks else {}
    told = [f"{counts[g]}项{g}（{exact.plain(points[g])}分）" for g in scheme.grades if counts[g]]
    counted = [row for row in part.rows.values() if row.no not in part.extras]
    if given := sum(row.grade is None and row.points is not None for row in counted):
        told.append(f"{given}项分项给分")
    marks = part.sheet.marks if part.sheet else ()
    if off := sorted(
        mark.indicator or 0 for mark in marks if not mark.applicable and mark.indicator not in part.extras
    ):
        told.append(f"第{'、'.join(map(str, off))}项不适用，权重归同类各项")
    if scheme.combine == "add":
        told.append(f"满分{exact.plain(part.full)}分")
    return "、".join(told)


def _reading(scheme: Scheme, part: ComponentResult) -> str:
    ticked = any(row.grade for row in part.rows.values())
    elements = [element for element in (scheme.ticks if ticked else None, scheme.item_weights) if element]
    bases = [element.basis for element in elements] or [scheme.component(part.id).basis]
    return "、".join(dict.fromkeys(bases))


def total_steps(scheme: Scheme, result: UnitResult) -> list[Step]:
    """The sum with every factor, every bonus and deduction; or what is missing and what is still possible."""
    if scheme.judged:
        return [Step("原文没有分值和等次：由评议作出综合评价，不计总分", scheme.rank.basis)]
    basis = "、".join(dict.fromkeys(c.cite[-1] if c.cite else c.basis for c in scheme.counted))
    rule = scheme.inheritance(result.group)
    if rule is not None:
        basis = rule.basis
    if result.exact is None or result.score is None:
        return [Step(_missing(scheme, result), basis)]
    sums = [Step(_inherited(scheme, result) if rule else _sum(scheme, result), basis)]
    if not (result.bonuses or result.deductions):
        return sums
    sums += [Step(f"加分：{b.text}，{b.told}，加{exact.shown(b.points)}分", b.cite) for b in result.bonuses]
    sums += [Step(_taken(each), each.cite) for each in result.deductions]
    sums += _bounds(scheme, result)
    cite = result.deductions[-1].cite if result.deductions else result.bonuses[-1].cite
    sums.append(Step(f"{_what(result)}后综合得分{_rounded(scheme, result.exact, result.score)}", cite))
    return sums


def _what(result: UnitResult) -> str:
    """加分, 扣分 or 加扣分."""
    return ("加" if result.bonuses else "") + ("扣" if result.deductions else "") + "分"


def _taken(each: AppliedDeduction) -> str:
    """One 扣分: "扣分：…，3次，扣2分（应扣6分，第3项所得只有2分，扣完为止）"."""
    told = f"扣分：{each.text}，{each.told}，扣{exact.shown(each.points)}分"
    if each.spent:
        return f"{told}（应扣{exact.shown(each.asked)}分，{each.off}所得只有{exact.shown(each.points)}分，扣完为止）"
    return f"{told}（从{each.off}所得中扣）" if each.off else told


def _bounds(scheme: Scheme, result: UnitResult) -> list[Step]:
    """The bounds of 加分 and 扣分 in all that this unit meets."""
    rule, told = scheme.extras, []
    plus = sum((b.points for b in result.bonuses), Fraction(0))
    minus = sum((each.points for each in result.deductions), Fraction(0))
    before = result.before_bonus or Fraction(0)
    bound = rule.bonus_max if rule else None
    if rule and bound is not None and plus > bound:
        told.append(f"加分合计{exact.shown(plus)}分，以{exact.plain(bound)}分为限")
        plus = bound
    if rule and rule.total_max is not None and before + plus > rule.total_max:
        told.append(f"加分后以{exact.plain(rule.total_max)}分为限")
    if rule and rule.deduction_max is not None and minus > rule.deduction_max:
        told.append(f"扣分合计{exact.shown(minus)}分，以{exact.plain(rule.deduction_max)}分为限")
        minus = rule.deduction_max
    least = rule.total_min if rule and rule.total_min is not None else Fraction(0)
    if minus and result.exact == least and before + plus - minus < least:
        told.append(f"扣分后以{exact.plain(least)}分为下限")
    return [Step("；".join(told), rule.basis if rule else result.deductions[-1].cite)] if told else []


def _sum(scheme: Scheme, result: UnitResult) -> str:
    told = _before(scheme, result)
    if len(scheme.counted) == 1:
        return f"综合得分{told}"
    parts = [part for part in result.components.values() if part.counted and part.exact is not None]
    if scheme.combine == "add" and all(scheme.component(part.id).weight is None for part in parts):
        return f"{_added(scheme, parts)}＝{told}"
    whole = sum(scheme.weights.values(), Fraction(0))
    terms = [
        f"{p.name}{exact.shown(p.exact or Fraction(0))}×{exact.shown(100 * (p.weight or Fraction(0)) / whole)}％"
        for p in parts
    ]
    return f"{'＋'.join(terms)}＝{told}"


def _before(scheme: Scheme, result: UnitResult) -> str:
    """The sum as it stands before any bonus or deduction: rounded only where none follows."""
    before = result.before_bonus or Fraction(0)
    return (
        f"{exact.shown(before)}分"
        if result.bonuses or result.deductions
        else _rounded(scheme, before, result.score or Fraction(0))
    )


def _added(scheme: Scheme, parts: list[ComponentResult]) -> str:
    """Marks that add up, and the base they are brought to: "（平时监控80＋年终考核90）÷200×100"."""
    terms = "＋".join(f"{part.name}{exact.shown(part.exact or Fraction(0))}" for part in parts)
    if scheme.total is None:
        return terms
    return f"（{terms}）÷{exact.plain(scheme.total.full)}×{exact.plain(scheme.total.on)}"


def _inherited(scheme: Scheme, result: UnitResult) -> str:
    told = _before(scheme, result)
    if len(result.inherited) == 1:
        return f"随所帮扶的{result.inherited[0].unit}计分，{told}"
    households = sum((one.households or Fraction(0) for one in result.inherited), Fraction(0)) > 0 and all(
        one.households is not None for one in result.inherited
    )
    names = [
        f"{one.unit}{score_text(scheme, one.score or Fraction(0))}分"
        + (f"（{exact.plain(one.households)}户）" if one.households is not None else "")
        for one in result.inherited
    ]
    rule = scheme.inheritance(result.group)
    way = "按帮扶户数加权平均" if households and rule and rule.weigh == "households" else "取平均"
    return f"随所帮扶的{'、'.join(names)}计分，{way}，{told}"


def category_steps(scheme: Scheme, result: UnitResult) -> list[Step]:
    """The grades of categories in one sentence: "大项等次：组织领导好、人才支援一般"."""
    if not result.category_grades or scheme.category_grades is None:
        return []
    told = "、".join(f"{name}“{grade}”" for name, grade in result.category_grades.items())
    return [Step(f"大项等次：{told}", scheme.category_grades.basis)]


def _rounded(scheme: Scheme, total: Fraction, official: Fraction) -> str:
    if scheme.places is None:
        return f"{exact.shown(total)}分（不舍入）"
    written = exact.fixed(official, scheme.places)
    return f"{written}分" if total == official else f"{exact.shown(total, scheme.places + 2)}，四舍五入为{written}分"


def _missing(scheme: Scheme, result: UnitResult) -> str:
    if scheme.inheritance(result.group):
        return _waiting(scheme, result)
    why = lacks(scheme, result)
    return f"{'尚' if why.startswith('缺') else ''}{why}，暂不计算综合得分{_range(scheme, result)}"


def _waiting(scheme: Scheme, result: UnitResult) -> str:
    if not result.inherited:
        return "未登记所帮扶的单位，不能随其计分；请在名单中补登"
    names = "、".join(one.unit for one in result.inherited if one.score is None)
    return f"所帮扶的{names}尚无得分，暂不计算{_range(scheme, result)}"


def whatever(scheme: Scheme, result: UnitResult) -> str:
    """How a range begins: over what is missing, or over what sheets that have come still wait for."""
    return "无论所缺结果如何" if result.inherited or absent(scheme, result) else "无论待定各项结果如何"


def _range(scheme: Scheme, result: UnitResult) -> str:
    if result.possible is None:
        return ""
    low, high = (score_text(scheme, value) for value in (result.possible.low, result.possible.high))
    grades = f"，等次可能为{one_of(result.possible.grades)}" if result.possible.grades else ""
    return f"；{whatever(scheme, result)}，得分在{low}至{high}之间{grades}"


def grade_steps(scheme: Scheme, result: UnitResult) -> list[Step]:
    """From the score to the grade: the line it reaches, what rounding moved, each floor and limit, and what stands."""
    if result.score is None:
        return []
    if scheme.bands is None or result.score_grade is None:
        told = "原文只列等次、未定分数线：只出得分，等次由评议确定"
        return [*([Step(told, scheme.bands.basis)] if scheme.bands else []), *_rule_steps(scheme, result)]
    steps = [Step(_band(scheme, result.score, result.score_grade), scheme.bands.basis)]
    if result.crossed_by_rounding and scheme.rounding and result.unrounded is not None:
        text = f"未舍入时为{exact.shown(result.unrounded)}分，因四舍五入进入“{result.score_grade}”"
        steps.append(Step(text, scheme.rounding.basis))
    return steps + _rule_steps(scheme, result)


def _rule_steps(scheme: Scheme, result: UnitResult) -> list[Step]:
    steps = [Step(_floor(scheme, floor), floor.cite) for floor in result.floors]
    steps += [Step(_limit(scheme, limit), limit.cite) for limit in result.limits]
    bound = [*(limit for limit in result.limits if limit.binds), *(f for f in result.floors if f.binds and f.confirmed)]
    if bound and result.grade:
        steps.append(Step(f"测算等次为“{result.grade}”，得分不变", "、".join(_binding(result))))
    return steps


def _floor(scheme: Scheme, floor: AppliedFloor) -> str:
    what = f"有{fact_text(scheme, floor.fact)}" if floor.fact else "符合保底情形"
    if not floor.binds:
        return f"{what}：{floor.text}。按分数本已不低于“{floor.worst}”"
    if floor.declined:
        return f"{what}：{floor.text}。经人认定不采用"
    if floor.confirmed:
        return f"{what}：{floor.text}。等次不低于“{floor.worst}”"
    return f"{what}：{floor.text}。建议评为“{floor.worst}”，须由人认定后才生效"


def _binding(result: UnitResult) -> list[str]:
    limits = [limit.cite for limit in result.limits if limit.binds and limit.best == result.grade]
    floors = [floor.cite for floor in result.floors if floor.binds and floor.confirmed and floor.worst == result.grade]
    return list(dict.fromkeys(limits or floors))


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
    """A 情形 by the word that tells it: its value ("记过"), its kind where the value only says that it happened (有).

    The lightest value says little by itself ("一般"): it is told with its kind ("情节轻重：一般").
    """
    kind = scheme.fact(fact.fact)
    if fact.value in _HAPPENED:
        return kind.name
    return f"{kind.name}：{fact.value}" if fact.value == kind.values[0] else fact.value


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
    return len({consequence.outcome.praises for consequence in told_consequences(scheme, result)}) == 2


def score_text(scheme: Scheme, value: Fraction) -> str:
    """A score as printed: the official decimals, or as many as are exact where the scheme does not round."""
    return exact.shown(value) if scheme.places is None else exact.fixed(value, scheme.places)


def one_of(names: tuple[str, ...]) -> str:
    """Names as alternatives: "较差、一般或较好"."""
    return names[0] if len(names) == 1 else f"{'、'.join(names[:-1])}或{names[-1]}" if names else ""

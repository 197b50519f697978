"""A scheme's rules one by one, in words, each with the clause it is drawn from: what stands beside the document's text.

Pages, documents and searches read these lines; nothing here decides anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import groupby

from scoring import exact
from scoring.elements import Completion, Indicator, Median
from scoring.explain import one_of
from scoring.field_words import WORDS, word
from scoring.kinds import Ruled
from scoring.rules import Bonus, Condition, Deduction, Extras, Outcome, Sample
from scoring.scheme import Scheme
from scoring.tree import Node, indicator_tree

ROLES = WORDS["role"]
"""What an item's role is called."""
_METHODS = {"mean": "按所含各项的平均", "worst": "取所含各项中最低的", "majority": "取所含各项中最多的"}
_EQUAL = {"leaves": "各项指标等权", "siblings": "各类别等权、类别内等权", "full": "各项指标按分值占权重"}


@dataclass(frozen=True)
class Rule:
    """One rule: what kind, what it says, its clauses or our reading, and words of it that the document prints itself."""

    kind: str
    text: str
    cites: tuple[str, ...] = ()
    assumed: str = ""
    phrases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Implied:
    """What a category or an item weighs in a sheet's score: ``share`` is exact, ``items`` counts what lies beneath."""

    path: tuple[str, ...]
    no: int | None
    name: str
    items: int
    share: Fraction


def rules(scheme: Scheme) -> tuple[Rule, ...]:
    """Every rule, in the order in which a reader of the document meets its kind."""
    parts = (_who, _ways, _measure, _indicators, _grades, _limits, _money, _after, _steps)
    return tuple(rule for part in parts for rule in part(scheme))


def _rule(kind: str, text: str, element: Ruled, *phrases: str) -> Rule:
    return Rule(kind, text, element.cite, element.assumed or "", tuple(phrase for phrase in phrases if phrase))


def _who(scheme: Scheme) -> Iterator[Rule]:
    for group in scheme.groups:
        count = len(group.units) or group.size
        listed = "、".join(unit.name for unit in group.units)
        text = f"{group.name}{f'{count}个' if count else ''}{f'：{listed}' if listed else ''}"
        yield _rule(_objects(scheme), text, group, group.text)
    for place in scheme.excluded:
        yield _rule(_objects(scheme), f"{place.name}不在{scheme.words.assessment}之列", place, place.text)


def _objects(scheme: Scheme) -> str:
    """The kind's name: 考核对象, or 评价对象 where the document evaluates (成效评价)."""
    return "评价对象" if "评价" in scheme.words.assessment else "考核对象"


def _ways(scheme: Scheme) -> Iterator[Rule]:
    for component in scheme.components:
        told = [f"权重{share(component.weight)}"] if component.weight is not None and component.counted else []
        told += [f"满分{exact.plain(component.full)}分"] if component.full is not None else []
        told += [] if component.counted else ["不计入综合得分"]
        told += [f"由{component.who}实施"] if component.who else []
        told += ["评分表可为" + one_of(tuple(word("marks", mark) for mark in component.marks))]
        told += ["直接给分须附评价意见"] if component.opinion else []
        percent = share(component.weight) if component.weight is not None else ""
        yield _rule(scheme.words.component, f"{component.name}：{'，'.join(told)}", component, component.name, percent)
    if scheme.total:
        text = f"总分{exact.plain(scheme.total.full)}分折算为{exact.plain(scheme.total.on)}分制"
        yield _rule("总分折算", text, scheme.total)


def _measure(scheme: Scheme) -> Iterator[Rule]:
    if scheme.ticks:
        points = "，".join(f"{grade}{exact.plain(value)}分" for grade, value in scheme.ticks.points.items())
        yield _rule("赋分", points, scheme.ticks)
    if scheme.item_weights:
        how = _EQUAL[scheme.item_weights.equal]
        yield _rule("指标权重", how + ("，部分类别另定权重" if scheme.item_weights.nodes else ""), scheme.item_weights)
    if scheme.ratios:
        below = scheme.ratios.zero_below
        text = "按满分乘以比例计分" + (f"，低于{exact.plain(below)}％不得分" if below is not None else "")
        yield _rule("比例计分", text, scheme.ratios)
    if scheme.median:
        yield _rule("中位法", _median(scheme, scheme.median), scheme.median)
    if scheme.rounding:
        yield _rule("小数位数", _rounding(scheme), scheme.rounding)


def _median(scheme: Scheme, rule: Median) -> str:
    """Which lines the reading in force draws among the peers: quartiles, or so many percent about the median."""
    percent = exact.plain(rule.percent)
    lines = ("上四分位数", "中位数", "下四分位数")
    if rule.method == "band":
        lines = (f"中位数上浮{percent}％", "中位数", f"中位数下浮{percent}％")
    *upper, last = scheme.grades
    graded = "，".join(f"不低于{line}为“{grade}”" for line, grade in zip(lines, upper, strict=False))
    peers = scheme.group(rule.peers).name
    return f"与{peers}各对象同项比较：{graded}，其余为“{last}”；少于{rule.min_peers}个时由人工评定"


def _rounding(scheme: Scheme) -> str:
    if scheme.places is None and scheme.component_places is None:
        return "不舍入"
    first = (
        f"各{scheme.words.component}得分保留{scheme.component_places}位小数；"
        if scheme.component_places is not None
        else ""
    )
    rest = f"综合得分四舍五入保留{scheme.places}位小数" if scheme.places is not None else "综合得分不舍入"
    return first + rest


def _indicators(scheme: Scheme) -> Iterator[Rule]:
    for category in scheme.categories:
        full = f"，满分{exact.plain(category.full)}分" if category.full is not None else ""
        yield _rule("类别", "·".join(category.path) + full, category, category.path[-1])
    tables = [("", scheme.indicators), *((group.name, group.indicators) for group in scheme.groups)]
    for group, table in tables:
        for cites, rows in groupby(table, key=lambda row: row.cite):
            names = [f"{row.no}. {row.name}{_counts(scheme, row)}" for row in rows]
            whose = f"（{group}）" if group else ""
            yield Rule("指标", f"{len(names)}项指标{whose}：{'；'.join(names)}", cites)


def _counts(scheme: Scheme, row: Indicator) -> str:
    """What is not plain of how an item counts: "（加分项，至多3分）", "（完成率：达到100%得100%）"."""
    told = (
        [f"{ROLES[row.role]}，至多{exact.plain(max(row.full.values()))}分"] if row.role != "base" and row.full else []
    )
    told += [completion(scheme, row)] if row.kind == "completion" else []
    return f"（{'；'.join(told)}）" if told else ""


def completion(scheme: Scheme, row: Indicator) -> str:
    """How an item of kind completion counts: "对照就业目标，按完成率计分，低于60%不得分"."""
    rule = row.completion or Completion.model_validate({})
    target = next((known.name for known in scheme.targets if known.id == row.target), "")
    told = f"对照“{target}”" if target else "填完成率"
    told += "，越少越好" if rule.better == "less" else ""
    if rule.tiers:
        tiers = "、".join(f"达到{exact.plain(t.at)}%得{exact.plain(t.earns)}%" for t in rule.tiers)
        return f"{told}，分档计分：{tiers}，再低不得分"
    below = f"，低于{exact.plain(rule.zero_below)}%不得分" if rule.zero_below is not None else ""
    return f"{told}，满分乘以完成率，以满分为限{below}"


def _grades(scheme: Scheme) -> Iterator[Rule]:
    if scheme.category_grades:
        yield _rule("大项等次", _METHODS[scheme.category_grades.method] + "确定类别的等次", scheme.category_grades)
    if scheme.tasks:
        told = "、".join(f"{answer}评“{grade}”" for answer, grade in scheme.tasks.answers.items())
        yield _rule("任务完成情况", told, scheme.tasks)
    if scheme.bands:
        text = "；".join(_bands(scheme)) if scheme.bands.items else "分数线未定，不由得分推出等次"
        borrowed = f"（借用{scheme.bands.borrowed}）" if scheme.bands.borrowed else ""
        yield _rule("等次线", text + borrowed, scheme.bands, *(band.grade for band in scheme.bands.items))
    if scheme.criteria:
        text = "；".join(f"{row.grade}：{row.text}" for row in scheme.criteria.items)
        yield _rule("评价标准", text, scheme.criteria)
    order = "、再比".join({"grade": "等次", "score": "得分"}[by] for by in scheme.rank.by)
    places = {"none": "不排位", "internal": f"先比{order}，仅供内部参考", "public": f"先比{order}，对外公布"}
    yield _rule("位次", places[scheme.rank.shown].replace("先比得分，", "比得分，"), scheme.rank)


def _bands(scheme: Scheme) -> Iterator[str]:
    upper = ""
    for band in scheme.bands.items if scheme.bands else ():
        line = exact.plain(band.min)
        yield f"{band.grade} " + "、".join(filter(None, [f"{line}分以上" if band.min else "", upper]))
        upper = f"{line}分以下"


def _limits(scheme: Scheme) -> Iterator[Rule]:
    for target in scheme.targets:
        value = f"{exact.plain(target.value)}{target.measure}" if target.value is not None else ""
        yield _rule("目标", f"{target.name}{value}", target, target.text)
    for fact in scheme.facts:
        second = "，须由第二人核对" if fact.confirm else ""
        yield _rule("情形", f"{fact.name}：{'、'.join(fact.values)}{second}", fact, fact.text, fact.name)
    for limit in scheme.limits:
        bars = f"等次最高为“{limit.best}”" if limit.best != scheme.grades[0] else "不限制等次"
        yield _rule("等次限制", f"{condition(scheme, limit.when)}的，{bars}", limit, limit.text)
    for floor in scheme.floors:
        whose = ("原则上" if floor.confirmed_by else "") + ("该项指标的" if floor.of == "items" else "")
        text = f"{condition(scheme, floor.when)}的，{whose}等次不低于“{floor.worst}”"
        text += "，由人认定后生效" if floor.confirmed_by else ""
        yield _rule("保底", text, floor, floor.text)


def _money(scheme: Scheme) -> Iterator[Rule]:
    for bonus in scheme.bonuses:
        text = f"{scheme.fact(bonus.fact).name}{counted(scheme, bonus, '加', '每项')}"
        yield _rule("加分", f"{text}，总分不超过{exact.plain(most_with(scheme, bonus))}分", bonus, bonus.text)
    for each in scheme.deductions:
        text = f"{scheme.fact(each.fact).name}{counted(scheme, each, '扣', '每项')}{taken_from(each)}"
        yield _rule("扣分", text, each, each.text)
    if scheme.extras:
        yield _rule("加扣分上下限", _extras(scheme.extras), scheme.extras)
    for late in scheme.late:
        numbers = "、".join(map(str, late.indicators))
        text = f"第{numbers}项在{written(late.due)}后到账的，{written(late.deduct_from)}起每月扣{exact.plain(late.percent)}％"
        yield _rule("逾期扣减", f"{text}，最多扣{exact.plain(late.max)}％", late, late.text, late.exempt)
    for rule in scheme.inherits:
        names = "、".join(group.name for group in scheme.groups if group.id in rule.groups)
        helped = "、".join(group.name for group in scheme.groups if group.id == rule.source)
        how = "按户数加权平均" if rule.weigh == "households" else "取平均"
        if names and helped:  # a roster may leave groups out
            yield _rule("随帮扶对象计分", f"{names}随所帮扶的{helped}计分，帮扶多个的{how}", rule)
    for award in scheme.awards:
        text = f"{award.name}＝得分÷{exact.plain(award.divide)}×{exact.plain(award.times)}，保留{award.places}位小数"
        yield _rule("绩效折算", text, award)


def counted(scheme: Scheme, rule: Bonus | Deduction, verb: str, each: str = "每件") -> str:
    """How facts earn or lose points: "每件加1分，最多加3分", "每1万元扣0.5分", "省级的加2分、市级的加1分"."""
    if rule.points:
        told = "、".join(f"“{value}”的{verb}{exact.plain(points)}分" for value, points in rule.points.items())
    elif rule.by == "amount":
        told = f"每1{scheme.fact(rule.fact).amount}{verb}{exact.plain(rule.each or Fraction(0))}分"
    else:
        told = f"{each}{verb}{exact.plain(rule.each or Fraction(0))}分"
    return told + (f"，最多{verb}{exact.plain(rule.max)}分" if rule.max is not None else "")


def most_with(scheme: Scheme, bonus: Bonus) -> Fraction:
    """The total over which a 加分 never lifts: its own, that of all 加分, or full marks."""
    common = scheme.extras.total_max if scheme.extras else None
    return bonus.total_max or common or scheme.base


def taken_from(each: Deduction) -> str:
    """What a 扣分 is off, in words: "，从第3项所得中扣，扣完为止"; nothing where it is off the total."""
    if each.indicator is not None:
        return f"，从第{each.indicator}项所得中扣，扣完为止"
    return f"，从“{'·'.join(each.path)}”所得中扣，扣完为止" if each.path else "，从综合得分中扣"


def _extras(rule: Extras) -> str:
    told = [f"加分合计不超过{exact.plain(rule.bonus_max)}分" if rule.bonus_max is not None else ""]
    told += [f"加分后总分不超过{exact.plain(rule.total_max)}分" if rule.total_max is not None else ""]
    told += [f"扣分合计不超过{exact.plain(rule.deduction_max)}分" if rule.deduction_max is not None else ""]
    told += [f"扣分后总分不低于{exact.plain(rule.total_min or Fraction(0))}分"]
    return "；".join(text for text in told if text)


def _after(scheme: Scheme) -> Iterator[Rule]:
    for outcome in scheme.outcomes:
        yield _rule("结果运用", _outcome(scheme, outcome), outcome, outcome.text, outcome.action)
    if scheme.approval:
        yield _rule("审定", " → ".join(scheme.approval.by), scheme.approval, *scheme.approval.by)
    if scheme.report:
        yield _rule("考核报告", "应包括" + "、".join(scheme.report.sections), scheme.report, *scheme.report.sections)
    if scheme.send_to:
        yield _rule("分送", "分送" + "、".join(scheme.send_to.to), scheme.send_to, *scheme.send_to.to)


def _outcome(scheme: Scheme, outcome: Outcome) -> str:
    only = "、".join(group.name for group in scheme.groups if group.id in outcome.groups)
    who = f"（{outcome.concerns or only}）" if outcome.concerns or only else ""
    by = f"由{outcome.by}" if outcome.by and "由" not in outcome.action else ""
    meets = f"，约谈{outcome.meets}" if outcome.meets else ""
    attends = f"，{'、'.join(outcome.attends)}参加" if outcome.attends else ""
    due = f"，期限为通报后{outcome.due.months}个月" if outcome.due else ""
    when = condition(scheme, outcome.when)
    return f"{when}{'' if when.startswith('所有') else '的'}{who}，{by}{outcome.action}{meets}{attends}{due}"


def _steps(scheme: Scheme) -> Iterator[Rule]:
    for task in scheme.steps:
        due = written(task.due) if task.due else ""
        yield _rule(
            f"{scheme.words.assessment}步骤",
            f"{task.who}：{task.what}{f'，{due}前完成' if due else ''}",
            task,
            due,
            task.what,
        )
    if scheme.draw:
        avoid = "、".join(word("avoid", way) for way in scheme.draw.avoid)
        yield _rule("抽签", f"{scheme.draw.groups}个考核组抽签配对{f'，{avoid}' if avoid else ''}", scheme.draw)
    for sample in scheme.samples:
        yield _rule("抽样", _sample(scheme, sample), sample, sample.text)


def _sample(scheme: Scheme, sample: Sample) -> str:
    told = [f"至少{sample.least}个" if sample.least else "", f"至多{sample.most}个" if sample.most else ""]
    told += [f"不少于{exact.plain(sample.percent)}％" if sample.percent is not None else ""]
    told += [f"其中{kind}至少{exact.plain(least)}个" for kind, least in sample.including.items()]
    told += (
        ["比例" + "：".join(f"{kind}{exact.plain(part)}" for kind, part in sample.ratio.items())]
        if sample.ratio
        else []
    )
    of = next((f"（在抽出的{other.of}之内）" for other in scheme.samples if other.id == sample.within), "")
    rule = {"interval": "等间隔抽取", "random": "随机抽取", "chosen": "指定抽取"}[sample.rule]
    return f"{sample.each}{rule}{sample.of}{of}" + "".join(f"，{part}" for part in told if part)


def written(day: date) -> str:
    """A day as documents print it: 2020年11月20日."""
    return f"{day.year}年{day.month}月{day.day}日"


def condition(scheme: Scheme, when: Condition) -> str:
    """A condition in words: 等次为“一般”或“较差”，或者有某些方面存在突出问题."""
    if when.all or when.any:
        if not when.all and (plain := _plain_facts(scheme, when.any)):
            return f"有{one_of(plain)}情形"
        joint = "，并且" if when.all else "，或者"
        return joint.join(condition(scheme, part) for part in (when.all or when.any))
    if when.fact:
        return _fact(scheme, when)
    if when.grades is not None:
        everyone = set(when.grades) == set(scheme.grades)
        return f"所有{scheme.words.units}" if everyone else f"等次为{one_of(_quoted(when.grades))}"
    if when.category_grade is not None:
        return f"有{when.count or 1}个以上类别的等次为{one_of(_quoted(when.category_grade))}"
    if when.target_met:
        return f"达到“{next((t.name for t in scheme.targets if t.id == when.target_met), when.target_met)}”目标"
    return f"位次在靠后的{when.bottom}名以内"


def _plain_facts(scheme: Scheme, parts: Iterable[Condition]) -> tuple[str, ...]:
    """The quoted names of the facts when each part only asks whether one was declared; else nothing."""
    alike = [part for part in parts if part.fact and not part.count and _asked(part) in (None, "有", "是")]
    names = [scheme.fact(part.fact or "").name for part in alike]
    return _quoted(names) if names and len(names) == len(list(parts)) else ()


def _asked(when: Condition) -> str | None:
    return when.at_least or when.equals


def _fact(scheme: Scheme, when: Condition) -> str:
    name = _quoted([scheme.fact(when.fact or "").name])[0]
    if _asked(when) in (None, "有", "是"):
        return f"{name}达到{when.count}次" if when.count else f"有{name}情形"
    asked = f"{name}达到“{when.at_least}”及以上" if when.at_least else f"{name}为“{when.equals}”"
    return f"{asked}的有{when.count}次以上" if when.count else asked


def _quoted(names: Iterable[str]) -> tuple[str, ...]:
    """Names in quotation marks; marks within a name become single ones."""
    return tuple(f"“{name.replace('“', '‘').replace('”', '’')}”" for name in names)


def share(value: Fraction | None) -> str:
    """A weight in points of a hundred: "40%"."""
    return "" if value is None else f"{exact.shown(value)}%"


def criterion(scheme: Scheme, no: int) -> str:
    """What an item must reach, where the table says it: "不低于全国平均水平"."""
    row = next(row for group in scheme.groups for row in scheme.indicators_of(group.id) if row.no == no)
    return (word("compare", row.compare) if row.compare else "") + row.against


def implied_weights(scheme: Scheme, group: str) -> tuple[Implied, ...]:
    """Every category and item with the share of a sheet's score that it carries: 精准扶贫 11/19 in 江门2020.

    From the top, each category before what lies beneath; the shares of one level beneath a node add up to the node's.
    """
    return tuple(_implied(indicator_tree(scheme, group), Fraction(1)))


def _implied(node: Node, whole: Fraction) -> Iterator[Implied]:
    total = sum((child.weight for child in node.children), Fraction(0))
    for child in node.children:
        part = whole * (child.weight / total if total else Fraction(1, len(node.children)))
        yield Implied(child.path, child.no, child.name, len(list(child.leaves())), part)
        yield from _implied(child, part)

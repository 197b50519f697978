"""A year-on-year change or a back-test in sentences: what it was, what it is, and what it comes of."""

from __future__ import annotations

from fractions import Fraction

from scoring import exact
from scoring.compared import Comparison, Tested
from scoring.exact import signed
from scoring.explain import score_text
from scoring.scheme import Scheme
from scoring.sentences import Sentence, say, strong
from scoring.split import BONUS, BOUNDS, EXTRA, POINTS, SHARES, TAKEN, WEIGHTS, WHOLE, Place, Split

RULES = {WEIGHTS: "考核方式权重", SHARES: "指标权重", POINTS: "评分折算分值", EXTRA: "加分、扣分规则"}
"""What each part of the rules is called."""
EXTRAS = {WHOLE: "加分情形", TAKEN: "扣分情形", BOUNDS: "加分、扣分的上下限"}
"""What comes on top or off without an item of its own."""
ON_TOP = "加分、扣分"
PARTS = {
    "marks": "评分",
    "rules": "规则变化",
    "added": "新增指标",
    "dropped": "取消指标",
    "merged": "合并前的情形",
    "rounding": "四舍五入",
}
"""What each part of a change is called, in the order in which they are told."""
MOST = 3
"""Items that a sentence names."""


def moved(value: Fraction) -> str:
    """ "升1.20分", "降0.30分", "不变"."""
    if not value:
        return "不变"
    size = "不足0.01" if abs(value) < Fraction(1, 100) else signed(value, 2)[1:]
    return f"{'升' if value > 0 else '降'}{size}分"


def sentence(found: Comparison, unit: Tested, name: str) -> Sentence:
    """One unit: 鹤山市由88.20分升至89.10分，升0.90分：评分升1.20分，规则变化降0.30分；主要因日常工作第14项…"""
    if unit.split is None:
        return say(strong(name), f"：{lacking(found, unit)}。")
    split, places = unit.split, (found.old.scheme, found.new_scheme)
    was, now = score_text(places[0], split.before), score_text(places[1], split.after)
    how = (
        f"由{was}分{'升' if split.change > 0 else '降'}至{now}分，{moved(split.change)}"
        if split.change
        else f"两次均为{now}分"
    )
    printed = printed_parts(split)
    told = "，".join(
        f"{PARTS[part]}{moved(printed[part] or value)}" for part, value in parts_of(split).items() if value
    )
    why = "；".join(filter(None, (_because(found, split), _grades(unit))))
    return say(strong(name), how, f"：{told}" if told else "", f"；{why}" if why else "", "。")


def lacking(found: Comparison, unit: Tested) -> str:
    """Why there is no split, with what is known all the same."""
    known = score_text(found.new_scheme, unit.now[0]) if unit.now[0] is not None else ""
    return unit.lacking + (f"，{known}分" if known else "")


def parts_of(split: Split) -> dict[str, Fraction]:
    """The six parts by name, in the order in which they are told."""
    return {part: getattr(split, part) for part in PARTS}


def printed_parts(split: Split) -> dict[str, Fraction]:
    """The five parts as they are printed: to two decimals and adding up to the change that stands beside them."""
    return exact.closing(parts_of(split))


def _because(found: Comparison, split: Split) -> str:
    """The items that moved the score most, and the rules that did."""
    told = sorted(((place, value) for place, value in split.by_item.items() if value), key=lambda each: -abs(each[1]))
    items = "、".join(f"{place_name(found, place)}（{signed(value)}）" for place, value in told[:MOST])
    rules = sorted(((rule, value) for rule, value in split.by_rule.items() if value), key=lambda each: -abs(each[1]))
    named = "、".join(f"{RULES[rule]}（{signed(value)}）" for rule, value in rules)
    return "；".join(filter(None, (f"评分主要因{items}" if items else "", f"规则主要因{named}" if named else "")))


def place_name(found: Comparison, place: Place) -> str:
    """交叉考核第14项"财政专项扶贫资金…", or the whole of a component."""
    component, no = place
    if component == BONUS:
        return EXTRAS[no]
    name = found.new_scheme.component(component).name
    if no == WHOLE:
        return f"{name}总分"
    row = next((row for row in found.new_scheme.indicators_of(found.new_group) if row.no == no), None)
    return f"{name}第{no}项" + (f"“{short(row.name)}”" if row else "")


def short(text: str, most: int = 14) -> str:
    """A long name's beginning."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def category_of(found: Comparison, place: Place) -> str:
    """The category of an item, or what a whole component or 加分 and 扣分 are told under."""
    if place[0] == BONUS:
        return ON_TOP
    row = next((row for row in found.new_scheme.indicators_of(found.new_group) if row.no == place[1]), None)
    return row.path[0] if row else "按总分，不分类别"


def _grades(unit: Tested) -> str:
    """From which grade to which, and the rule that binds: 等次由“较好”升为“好”."""
    was, now = unit.before[1], unit.now[1]
    if was is None and now is None:
        return ""
    binds = [limit for limit in unit.result.limits if limit.binds] if unit.result else []
    why = f"（按分数为“{unit.result.score_grade}”，{short(binds[0].text, 30)}）" if binds and unit.result else ""
    if was == now:
        return f"等次仍为“{now}”{why}"
    return f"等次由“{was or '无'}”变为“{now or '无'}”{why}" + _crossed(unit)


def _crossed(unit: Tested) -> str:
    """What the grade would be if only the rules had changed: which of the two made it."""
    other, was = unit.other, unit.before[1]
    if other is None or other.grade is None:
        return ""
    return f"，上年评分按本年规则为“{other.grade}”" if other.grade != was else "，上年评分按本年规则等次不变"


def range_text(scheme: Scheme, unit: Tested) -> str:
    """无对应指标如何评分，得分在75.00至92.50之间，等次可能为…"""
    if unit.possible is None:
        return ""
    low, high = (score_text(scheme, end) for end in (unit.possible.low, unit.possible.high))
    grades = "、".join(unit.possible.grades)
    return f"{low}至{high}" + (f"（{grades}）" if grades else "")


def coverage_text(found: Comparison) -> str:
    """按可对应的N项（权重合计x%）回测."""
    percent = exact.shown(found.coverage * 100, 2)
    return f"按可对应的{len(found.walk.of_new)}项（权重合计{percent}％）"

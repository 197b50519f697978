"""Items that divide nobody and items that may count one thing twice, in sentences; never a conclusion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from scoring import exact
from scoring.explain import score_text
from scoring.firmness.redundancy import Double, Doubles, Undivided, Without
from scoring.scale_words import chance_text
from scoring.scheme import Scheme
from scoring.standing import UNJUDGED

CAUTION = "可能重复计量，也可能出自同一评分人的习惯，须由人判断"
_NAMED = 6
"""Items told by name; more are told by number."""
_LETTERS = 24
"""Letters of an item's name in a sentence about two; its number tells it."""
_COMMON = Fraction(1, 10)
"""The part of all pairs from which so much agreement speaks of all items rather than of two."""
_FEW = 10
"""Pairs up to which each may be looked at by itself, however many of them agree."""
_LISTED = 8
"""Units told by name; more are only counted."""


def weight_text(share: Fraction) -> str:
    """A part of the whole in per cent, cut: "31.57…%"."""
    return f"{exact.shown(100 * share, 2)}%"


def constant_sentence(items: Sequence[Undivided]) -> str:
    """「6项评分全部相同：这6项占权重31.57…%，未拉开任何差距」; "" for none."""
    if not items:
        return ""
    whole = weight_text(sum((each.share for each in items), Fraction(0)))
    return f"{len(items)}项评分全部相同：这{len(items)}项占权重{whole}，未拉开任何差距"


def same_lines(scheme: Scheme, items: Sequence[Undivided]) -> tuple[str, ...]:
    """A line for each component and mark: 「交叉考核2项（占权重4.21…%）都是好：第3项…、第7项…」."""
    found: dict[tuple[str, str], list[Undivided]] = {}
    for each in items:
        found.setdefault((each.item.component, _mark(scheme, each)), []).append(each)
    return tuple(_line(scheme, name, mark, group) for (name, mark), group in found.items())


def _mark(scheme: Scheme, each: Undivided) -> str:
    mark = each.item.mark
    return mark if isinstance(mark, str) else f"{score_text(scheme, mark)}分"


def _line(scheme: Scheme, component: str, mark: str, items: Sequence[Undivided]) -> str:
    share = weight_text(sum((each.share for each in items), Fraction(0)))
    which = (
        "第" + "、".join(str(each.item.no) for each in items) + "项"
        if len(items) > _NAMED
        else "、".join(f"第{each.item.no}项{each.item.name}" for each in items)
    )
    return f"{scheme.component(component).name}{len(items)}项（占权重{share}）都是“{mark}”：{which}"


def nearly_lines(scheme: Scheme, items: Sequence[Undivided]) -> tuple[str, ...]:
    """A line for each item that divides hardly anybody: 「交叉考核第3项…：7个市（区）中6个是“好”（占权重2.10…%）」."""
    words = scheme.words
    return tuple(
        f"{scheme.component(each.item.component).name}第{each.item.no}项{each.item.name}：{each.item.count}{words.measure}"
        f"{words.units}中{each.item.alike}{words.measure}是“{_mark(scheme, each)}”（占权重{weight_text(each.share)}）"
        for each in items
    )


def without_sentences(scheme: Scheme, told: Without, names: Mapping[str, str]) -> tuple[str, ...]:
    """What would change without the items that divide nobody, and who changes grade, by the names of the page."""
    words = scheme.words
    count = f"{words.measure}{words.units}"
    grades = f"{len(told.grades)}{count}等次改变" if told.grades else "等次均不变"
    places = f"{len(told.places)}{words.measure}位次变化" if told.places else "位次均不变"
    parts = [grades] * bool(scheme.bands and scheme.bands.items) + [places] * (scheme.rank.shown != "none")
    whole = "、".join(scheme.component(name).name for name in told.components)
    taken = f"，{whole}全部指标都相同，不再计权" if whole else ""
    first = f"去除这些项（权重按方案归其余指标{taken}）：{'，'.join(parts) or '得分另计'}"
    return (first, *(f"{names[unit]}：{was or UNJUDGED} → {now or UNJUDGED}" for unit, was, now in told.grades[:_LISTED]))


def double_sentence(scheme: Scheme, double: Double) -> str:
    """「第3项…与第4项…：12个镇中9个评分相同，排序一致程度0.93（完全一致为1），合计占权重10.52…%，偶然如此的可能不足1%」."""
    words = scheme.words
    items = "与".join(f"第{no}项{_short(name)}" for no, name in zip((double.first, double.second), double.names, strict=True))
    many = 2 * double.identical >= double.units
    alike = f"{double.units}{words.measure}{words.units}中{double.identical}{words.measure}评分相同，" if many else ""
    return (
        f"{items}：{alike}排序一致程度{exact.fixed(double.found.tau)}（完全一致为1），"
        f"合计占权重{weight_text(double.share)}，偶然如此的可能{chance_text(double.p)}"
    )


def _short(name: str) -> str:
    return name if len(name) <= _LETTERS else f"{name[: _LETTERS - 1]}…"


def doubles_verdict(scheme: Scheme, told: Doubles) -> str:
    """What the comparison of all pairs came to, in one sentence; few units are said to be few."""
    words = scheme.words
    count = f"{told.units}{words.measure}{words.units}"
    if not told.asked:
        return "没有可以两两比较的分项评分（逐项评分的指标不足两项，或各项没有差别）"
    if not told.able:
        return f"只有{count}，{told.asked}对指标即使排序完全一致，也可能出于偶然，不作判断"
    rest = f"；另有{told.maybe}对排序接近一致，不能排除偶然，不列" if told.maybe else ""
    if not told.pairs:
        return f"{told.asked}对指标中，没有哪一对的排序一致超出偶然{rest}"
    if len(told.pairs) > _COMMON * told.asked and told.asked > _FEW:
        return (
            f"{told.asked}对指标中，{len(told.pairs)}对的排序一致超出偶然，涉及面广：各项多半一同反映总体好坏或评分人的总印象，"
            f"不宜逐对认定重复计量{rest}"
        )
    return f"{told.asked}对指标中，{len(told.pairs)}对的排序一致超出偶然：{CAUTION}{rest}"

"""In which ways an item may be marked: by a tick, points, a measured value, an answer or an opinion.

The item's kind says what its table asks for; the component's ``marks`` say what its sheets may hold.
"""

from __future__ import annotations

from typing import Literal

from scoring.elements import Component, Indicator
from scoring.scheme import Scheme

Way = Literal["grade", "score", "value", "answer", "opinion"]

YES_NO = ("是", "否")
_BY_KIND: dict[str, tuple[Way, ...]] = {
    "tick": ("grade", "score"),
    "points": ("score",),
    "ratio": ("value", "score", "grade"),
    "yesno": ("answer", "value", "score"),
    "quantity": ("value", "grade"),
    "completion": ("value", "score"),
    "task": ("answer", "grade"),
    "judged": ("grade",),
}
"""The way a kind of item asks for comes first."""
_WORDS: dict[Way, str] = {"grade": "考评等次", "score": "得分", "value": "实际数值", "opinion": "评价意见"}


def ways_of(scheme: Scheme, component: Component | None, item: Indicator) -> tuple[Way, ...]:
    """The ways an item may be marked in a component (None: in any of them), the one its table asks for first."""
    if scheme.combine == "judgement":
        return ("opinion",)
    parts = scheme.components if component is None else (component,)
    marks: set[str] = {each for part in parts for each in part.marks}
    return tuple(way for way in _BY_KIND[item.kind] if _is_open(scheme, marks, item, way))


def _is_open(scheme: Scheme, marks: set[str], item: Indicator, way: Way) -> bool:
    if way == "grade":
        return "ticks" in marks
    if way == "score":
        return "points" in marks
    if marks.isdisjoint({"ticks", "points"}):
        return False
    if way == "value":
        return item.kind != "yesno" or bool(item.target)
    return item.kind != "task" or scheme.tasks is not None


def all_ways(scheme: Scheme) -> frozenset[Way]:
    """Every way in which some item of a scheme may be marked in some component."""
    items = (item for group in scheme.groups for item in scheme.indicators_of(group.id))
    return frozenset(way for item in items for way in ways_of(scheme, None, item))


def answers_of(scheme: Scheme, item: Indicator) -> tuple[str, ...]:
    """The answers an item may be given, best first: 是, 否, or what may become of a task (任务完成情况)."""
    if item.kind == "yesno":
        return YES_NO
    return tuple(scheme.tasks.answers) if item.kind == "task" and scheme.tasks else ()


def way_words(item: Indicator, way: Way) -> str:
    """What the column of a way is called for an item: 是否达到 or 任务完成情况 for an answer."""
    if way == "answer":
        return "是否达到" if item.kind == "yesno" else "任务完成情况"
    return _WORDS[way]


def asked(scheme: Scheme, component: Component | None, item: Indicator) -> str:
    """What an item may be filled with, in words: 实际数值或考评等次."""
    told = "或".join(way_words(item, way) for way in ways_of(scheme, component, item)) or "总分"
    return told if item.role == "base" else f"{told}，没有{'加' if item.role == 'bonus' else '扣'}分的填0"


def marked_in(item: Indicator, component: Component) -> bool:
    """Whether a component marks an item at all: not where the table gives it 0 full marks there."""
    return item.marked_in(component.id)


def heads_of(scheme: Scheme) -> str:
    """The heads by which this scheme's forms are known, and that a file without any of them lacks, in words."""
    row, kinds = scheme.words.indicator, {kind for part in scheme.components for kind in part.marks}
    if scheme.combine == "judgement":
        return f"缺少“{row}”和“评价意见”的表头"
    boxes = [f"等次（{'、'.join(scheme.grades)}）"] if "ticks" in kinds else []
    points = ["“得分”"] if "points" in kinds else []
    totals = "，也没有“考核单位、得分”的表头" if "total" in kinds else ""
    return f"缺少“{row}”和{'或'.join([*boxes, *points])}的表头{totals}"


def takes(scheme: Scheme, component: Component) -> str:
    """What a component's sheets may hold, in words: 逐项打√或总分."""
    if scheme.combine == "judgement":
        return "评价意见"
    named: dict[str, str] = {"ticks": "逐项打√", "points": "逐项得分", "total": "总分"}
    return "或".join(named[each] for each in component.marks)

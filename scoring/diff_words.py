"""What the parts of a scheme are called when two schemes are compared, and how what they say is written in a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Any

from scoring import exact
from scoring.elements import Period
from scoring.field_words import WORDS, word
from scoring.kinds import Element
from scoring.rulebook import condition, written
from scoring.rules import Condition, Due
from scoring.scheme import Scheme

LONG = 48
"""Characters of a text quoted whole; of a longer one only the part that differs is quoted."""

LABELS = {
    "id": "代号", "no": "序号", "title": "名称", "short": "简称", "status": "状态", "template": "模板标记",
    "name": "名称", "grades": "等次", "combine": "计分方式", "supersedes": "废止文件", "number": "文号",
    "issuer": "印发机关", "issued": "成文日期", "publicity": "公开方式", "period": "统计时间",
    "cutoff": "统计截止日", "based_on": "依据文件", "text": "原文", "unit": "对象称谓", "units": "名单",
    "component": "考核方式", "indicator": "指标栏名", "categories": "类别", "assessment": "考核称谓",
    "measure": "计量单位", "region": "行政区划代码", "kind": "类型", "helps": "帮扶对象", "households": "户数",
    "weight": "权重", "full": "满分", "marks": "填报方式", "opinion": "评价意见", "counted": "是否计入",
    "who": "承办者", "points": "赋分", "equal": "未写权重各项的算法", "nodes": "类别权重",
    "total": "总分小数位数", "mode": "舍入", "on": "折算后的满分", "method": "方法", "zero_below": "不得分线",
    "path": "类别", "source": "数据来源", "detail": "具体说明", "criterion": "评价标准", "least": "最低要求",
    "compare": "与目标的比较", "against": "比较对象", "target": "目标", "only": "适用对象", "note": "备注",
    "size": "应有数", "parent": "所属区划代码", "grade": "等次", "min": "最低分", "borrowed": "借用的文件",
    "by": "次序依据", "shown": "位次公开范围", "peers": "比较的组别", "quartiles": "四分位数算法",
    "percent": "百分比", "min_peers": "最少家数", "answers": "完成情况对应的等次", "met": "视为完成的情况",
    "values": "取值", "confirm": "核对", "many": "登记次数", "amount": "金额单位", "value": "目标值",
    "when": "条件", "best": "最高等次", "worst": "最低等次", "confirmed_by": "须认定的情形", "of": "范围",
    "kinds": "指标类型", "fact": "情形", "each": "每项分值", "max": "上限", "total_max": "总分上限",
    "indicators": "指标", "due": "期限", "deduct_from": "起扣日", "exempt": "免扣对象", "groups": "组别",
    "weigh": "加权方法", "otherwise": "缺户数时的算法", "divide": "除数", "times": "乘数", "places": "小数位数",
    "action": "措施", "concerns": "涉及对象", "meets": "约谈对象", "attends": "参加者", "to": "分送对象",
    "sections": "报告内容", "what": "事项", "avoid": "回避", "most": "至多", "including": "其中",
    "ratio": "比例", "within": "所属抽样", "rule": "抽取方式", "clause": "条款", "assumed": "口径",
    "label": "说法", "why": "理由", "alternatives": "另一种口径", "items": "各等次", "lines": "大项分数线",
    "document": "文件", "words": "用语", "doubts": "原文存疑", "excluded": "不在考核之列的对象",
    "components": "考核方式", "ticks": "赋分", "item_weights": "指标权重", "rounding": "小数位数",
    "ratios": "比例计分", "tasks": "任务完成情况", "median": "中位法", "category_grades": "大项等次",
    "bands": "等次线", "criteria": "评价标准", "rank": "位次", "facts": "情形", "targets": "目标",
    "limits": "等次限制", "floors": "保底", "bonuses": "加分", "late": "逾期扣减", "inherits": "随帮扶对象计分",
    "awards": "绩效折算", "outcomes": "结果运用", "approval": "审定", "report": "考核报告", "send_to": "分送",
    "steps": "步骤", "draw": "抽签", "samples": "抽样", "role": "加分扣分属性", "completion": "完成率算法",
    "tiers": "分档", "better": "完成率方向", "deductions": "扣分", "extras": "加分扣分上下限",
    "bonus_max": "加分合计上限", "deduction_max": "扣分合计上限", "total_min": "总分下限", "at": "完成率",
    "earns": "得分比例", "start": "起日", "end": "止日", "after": "起算", "months": "月数", "at_least": "程度",
    "equals": "取值", "category_grade": "大项等次", "target_met": "目标", "count": "次数", "bottom": "靠后名次",
    "all": "同时具备", "any": "具备其一", "cite": "依据条款",
}  # fmt: skip
"""What a field is called, by its name; a test holds that none is left out."""

OWN_LABELS = {
    ("Scheme", "total"): "总分折算", ("Scheme", "bands"): "等次线",
    ("Component", "full"): "满分", ("Rounding", "component"): "分项小数位数", ("Band", "min"): "分数线",
    ("Total", "full"): "折算前的满分", ("Words", "units"): "对象统称", ("Words", "component"): "考核方式称谓",
    ("Words", "categories"): "类别栏名", ("Draw", "groups"): "考核组数", ("Inherits", "by"): "帮扶关系",
    ("Outcome", "by"): "实施者", ("Approval", "by"): "审定者", ("Sample", "each"): "抽取范围",
    ("Sample", "of"): "抽取对象", ("Sample", "least"): "至少", ("Component", "who"): "实施者",
    ("Document", "text"): "原文文件", ("Document", "title"): "文件名称", ("Late", "percent"): "每月扣减比例",
    ("Late", "due"): "到账期限", ("Inherits", "source"): "计分所随的组别", ("Late", "indicators"): "所涉指标",
    ("Late", "max"): "扣减上限", ("Unit", "kind"): "类别", ("Help", "unit"): "名称",
    ("Bonus", "by"): "计分依据", ("Deduction", "by"): "计分依据", ("Deduction", "indicator"): "所扣指标",
    ("Group", "text"): "原文表述",
}  # fmt: skip
"""Where a field of one element is called otherwise."""

_CODED = {*WORDS, "kinds"}
_BARE = {"cite", "number", "region", "parent", "no", "id", "measure", "amount", "clause"}
_POINTS = {"points", "full", "min", "on", "each", "max", "total_max", "bonus_max", "deduction_max", "total_min"}
_PERCENT = {("Component", "weight"), ("Ratios", "zero_below"), ("Late", "percent"), ("Late", "max"), ("Median", "percent"),
            ("Tier", "at"), ("Tier", "earns"), ("Completion", "zero_below"), ("Sample", "percent")}  # fmt: skip

SWITCHES = {
    ("Component", "counted"): ("计入综合得分", "不计入综合得分"),
    ("Component", "opinion"): ("直接给分须附评价意见", "直接给分不须附评价意见"),
    ("FactKind", "confirm"): ("须由第二人核对", "不须第二人核对"),
    ("FactKind", "many"): ("可登记多次", "只登记一次"),
    ("Scheme", "template"): ("标明为模板", "不标明为模板"),
}
"""What yes and no mean, as a sentence would say it."""


_PLAIN = {"grade", "label", "unit", "path", "items", "name"}
"""Fields whose text needs no label before it."""

_REFERENCES = {
    ("Task", "component"): "components", ("Bonus", "fact"): "facts", ("Deduction", "fact"): "facts", ("Late", "fact"): "facts",
    ("Floor", "confirmed_by"): "facts", ("Indicator", "target"): "targets", ("Tasks", "target"): "targets",
    ("Median", "peers"): "groups", ("Inherits", "source"): "groups", ("Inherits", "groups"): "groups",
    ("Award", "groups"): "groups", ("Sample", "within"): "samples",
}  # fmt: skip
"""Fields that hold another element's short name, which nobody sees on screen, and where that element stands."""


def label(kind: str, field: str) -> str:
    """What a field of an element is called."""
    return OWN_LABELS.get((kind, field)) or LABELS.get(field, field)


def said(scheme: Scheme, kind: str, field: str, value: Any) -> str:
    """What a field says, as a sentence would write it; "" where it says nothing."""
    if value is None or value == "" or value == () or value == {}:
        return ""
    if isinstance(value, bool):
        return SWITCHES.get((kind, field), ("是", "否"))[0 if value else 1]
    if isinstance(value, Fraction | int):
        return exact.plain(Fraction(value)) + _measure(kind, field)
    if isinstance(value, date):
        return written(value)
    if isinstance(value, str):
        return _text(field, _name(scheme, kind, field, value))
    if isinstance(value, dict):
        return "、".join(f"{key}{said(scheme, kind, field, each)}" for key, each in value.items())
    if isinstance(value, Element):
        return _element(scheme, value)
    between = "；" if any(isinstance(each, Element) for each in value) else "、"
    return between.join(said(scheme, kind, field, each) for each in value)


def _name(scheme: Scheme, kind: str, field: str, value: str) -> str:
    """What is meant by an element's short name; any other text as it is."""
    known = getattr(scheme, _REFERENCES.get((kind, field), ""), ())
    found = next((row for row in known if row.id == value), None)
    return value if found is None else str(getattr(found, "name", None) or getattr(found, "of", value))


def _text(field: str, value: str) -> str:
    if field in _CODED:
        return word("kind" if field == "kinds" else field, value)
    return value if field in _BARE else f"“{value}”"


def _measure(kind: str, field: str) -> str:
    if (kind, field) in _PERCENT:
        return "%"
    return "分" if field in _POINTS and kind != "Median" else ""


def _element(scheme: Scheme, value: Element) -> str:
    if isinstance(value, Condition):
        return when_words(scheme, value)
    if isinstance(value, Period):
        return f"{written(value.start)}至{written(value.end)}"
    if isinstance(value, Due):
        return f"通报后{value.months}个月"
    kind = type(value).__name__
    told = ((name, said(scheme, kind, name, getattr(value, name))) for name in type(value).model_fields)
    return "，".join(("" if name in _PLAIN else label(kind, name)) + text for name, text in told if text)


def when_words(scheme: Scheme, when: Condition) -> str:
    """A condition in words; one that names what the scheme does not have is told by its parts."""
    try:
        return condition(scheme, when)
    except (KeyError, StopIteration):
        told = when.model_dump(exclude_defaults=True).items()
        return "、".join(f"{label('Condition', name)}{value}" for name, value in told)


def both(was: str, now: str) -> tuple[str, str]:
    """Two texts as they are quoted side by side: long ones cut to where they differ, "…至2020年底…"."""
    if max(len(was), len(now)) <= LONG:
        return was, now
    head = _alike(was, now)
    tail = min(_alike(was[::-1], now[::-1]), min(len(was), len(now)) - head)
    return _cut(was, head, tail), _cut(now, head, tail)


def _alike(one: str, other: str) -> int:
    """How many characters both begin with."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _cut(text: str, head: int, tail: int) -> str:
    begin, end = max(0, head - 8), min(len(text), len(text) - tail + 8)
    part = text[begin:end]
    part = ("“…" if begin else "") + part + ("…”" if end < len(text) else "")
    return part


def short(text: str, most: int = 24) -> str:
    """A text as a name: quoted, its marks within single, cut when it is long."""
    cut = text if len(text) <= most else text[:most] + "…"
    return f"“{cut.replace('“', '‘').replace('”', '’')}”"


def listed(names: Iterable[str]) -> str:
    """Names in a row, each quoted."""
    return "、".join(short(name) for name in names)

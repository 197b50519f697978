"""The elements of a scheme file (方案) that say who is measured, on what and how, one small model each.

What follows from the measure (limits, outcomes, steps) stands in ``scoring.rules`` and can be imported from here, too.
Field descriptions become docs/scheme-format.md. Every rule-bearing element derives from ``Ruled``: it names its clause,
or owns up that the text is silent and says what we assume and why.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from scoring.completion import Completion, Tier
from scoring.kinds import (
    Alternative,
    Day,
    Element,
    Number,
    Positive,
    Region,
    Ruled,
    Share,
    SomeTexts,
    Text,
    Texts,
    Whole,
    YesNo,
    wrong,
)
from scoring.rules import (
    Approval,
    Award,
    Bonus,
    Condition,
    Deduction,
    Doubt,
    Draw,
    Due,
    Extras,
    FactKind,
    Floor,
    Inherits,
    Late,
    Limit,
    Outcome,
    Report,
    Sample,
    SendTo,
    Target,
    Task,
)

__all__ = [  # every element, wherever it is written
    "Alternative",
    "Approval",
    "Award",
    "Band",
    "Bands",
    "Bonus",
    "Category",
    "CategoryGrade",
    "Completion",
    "Component",
    "Condition",
    "Criteria",
    "Criterion",
    "Deduction",
    "Document",
    "Doubt",
    "Draw",
    "Due",
    "Element",
    "Excluded",
    "Extras",
    "FactKind",
    "Floor",
    "Group",
    "Help",
    "Indicator",
    "Inherits",
    "ItemWeights",
    "Late",
    "Limit",
    "Median",
    "NodeWeight",
    "Outcome",
    "Period",
    "Rank",
    "Ratios",
    "Report",
    "Rounding",
    "Ruled",
    "Sample",
    "SendTo",
    "Target",
    "Task",
    "Tasks",
    "Ticks",
    "Tier",
    "Total",
    "Unit",
    "Words",
]


class Period(Element):
    """Days from ``start`` to ``end``, both included; written as a pair: [2019-12-01, 2020-11-30]."""

    start: Day = Field(description="first day")
    end: Day = Field(description="last day")

    @model_validator(mode="before")
    @classmethod
    def _from_pair(cls, value: Any) -> Any:
        if isinstance(value, list) and len(value) == 2:
            return {"start": value[0], "end": value[1]}
        if not isinstance(value, dict):
            raise wrong("统计时间应写成一对日期：[2019-12-01, 2020-11-30]")
        return value

    @model_validator(mode="after")
    def _runs_forward(self) -> Period:
        if self.start > self.end:
            raise wrong("统计时间的起日晚于止日；请核对")
        return self


class Document(Element):
    """The official document (文件) that the scheme holds."""

    title: Text = Field(description="full title")
    number: str = Field("", description="文号, with 〔〕")
    issuer: str = Field("", description="印发机关")
    issued: Day | None = Field(None, description="成文日期")
    publicity: str = Field("", description="公开方式")
    period: Period | None = Field(None, description="统计时间: first and last day")
    cutoff: Day | None = Field(None, description="统计截止日, where the document prints no first day")
    based_on: Texts = Field((), description="the papers it rests on (依据文件)")
    text: str = Field("", description="file with the document's text, beside the schemes")


class Words(Element):
    """What this document calls things on screen, where it differs from our words."""

    unit: Text = Field("考核对象", description="a unit")
    units: Text = Field("考核对象", description="units, in running text: 市（区）")
    component: Text = Field("考核方式", description="a component")
    indicator: Text = Field("考核指标", description="heads the column of items on a form")
    categories: Texts = Field(("考核内容",), description="heads the columns of categories, from the top")
    assessment: Text = Field("考核", description="the assessment")
    measure: Text = Field("个", description="the measure word of units")


class Help(Element):
    """A unit that is helped (帮扶), and how many households there (户数); written as a name or as name: households."""

    unit: Text = Field(description="name of the unit that is helped")
    households: Share | None = Field(None, description="households helped there; absent: not told")


def _helped(value: Any) -> Any:
    """``[桂头镇]`` and ``{桂头镇: 30, 一六镇: 10}`` as rows."""
    if isinstance(value, str):
        return ({"unit": value},)
    if isinstance(value, dict):
        return tuple({"unit": name, "households": households} for name, households in value.items())
    if isinstance(value, list | tuple):
        return tuple({"unit": row} if isinstance(row, str) else row for row in value)
    return value


class Unit(Element):
    """One 考核对象."""

    name: Text = Field(description="official name")
    region: Region = Field("", description="six- or nine-digit division code (行政区划代码)")
    kind: str = Field("", description="class of units that a rule speaks of")
    helps: Annotated[tuple[Help, ...], BeforeValidator(_helped)] = Field(
        (), description="units it helps (帮扶) and inherits a score from: [桂头镇], or with households {桂头镇: 30}"
    )


class Component(Ruled):
    """One 考核方式: a source of marks with its share in the total."""

    id: Text = Field(description="short name used elsewhere in the file and on the command line")
    name: Text = Field(description="name as printed")
    weight: Share | None = Field(None, description="share in the total, in points of 100 (combine: weighted)")
    full: Share | None = Field(None, description="full marks, where marks add up (combine: add)")
    marks: tuple[Literal["ticks", "points", "total"], ...] = Field(("ticks",), description="what a sheet may hold")
    opinion: YesNo = Field(False, description="a total needs a 评价意见")
    counted: YesNo = Field(True, description="false: shown beside the result, never counted")
    who: str = Field("", description="who assesses")


class Ticks(Ruled):
    """Points for a tick (四档赋分), by grade."""

    points: dict[str, Number] = Field(description="grade: points out of 100, best first, never ascending")


class NodeWeight(Element):
    """A weight given to one node of the indicator tree."""

    path: SomeTexts = Field(description="the node: names from the top")
    weight: Share = Field(description="share among its siblings")


class ItemWeights(Ruled):
    """How much each indicator counts within its sheet (指标权重)."""

    equal: Literal["leaves", "siblings", "full"] = Field(
        "leaves",
        description="leaves: every item the same; siblings: every node the same; "
        "full: every point of full marks the same, so that an item weighs its 分值",
    )
    nodes: tuple[NodeWeight, ...] = Field((), description="weights given outright; name all siblings or none")


class Rounding(Ruled):
    """Decimals of official scores, half-up (四舍五入). Absent: not rounded."""

    total: Whole | None = Field(None, ge=0, le=6, description="decimals of the official score")
    component: Whole | None = Field(None, ge=0, le=6, description="decimals of each component's score, before weighing")
    mode: Literal["half_up", "none"] = Field("half_up", description="none: grades are read from the unrounded score")


class Total(Ruled):
    """A total brought to another base (折算)."""

    full: Positive = Field(description="full marks as they add up")
    on: Positive = Field(description="the base it is brought to")


class Ratios(Ruled):
    """How a measured share (比例) earns points of its item."""

    method: Literal["linear"] = Field("linear", description="points = full marks × share")
    zero_below: Share | None = Field(None, description="a share below this, in percent, earns nothing")


class Category(Ruled):
    """A category (类别) as the document prints it: what it covers, and its full marks as a check on its items."""

    path: SomeTexts = Field(description="names from the top, as in the indicators' path")
    full: Share | None = Field(None, description="full marks printed in its heading; must equal the sum of its items")
    text: str = Field("", description="the document's words on what it covers")


class Indicator(Element):
    """One 指标, one line of the official table. It rests on the table that its clause names."""

    no: Whole = Field(ge=1, description="序号")
    path: SomeTexts = Field(description="categories from the top (类别)")
    name: Text = Field(description="考核指标, as printed")
    source: str = Field("", description="数据来源, as printed")
    role: Literal["base", "bonus", "deduction"] = Field(
        "base",
        description="base 基础分; bonus 加分项: its marks come on top of the total; "
        "deduction 扣分项: the form tells the points that come off it",
    )
    kind: Literal["tick", "points", "ratio", "yesno", "quantity", "completion", "task", "judged"] = Field(
        "tick",
        description="how it is marked: tick 打√; points 分值; ratio 比例; yesno 是否; "
        "quantity 数量, compared with peers; completion 完成率, against its target; task 任务是否完成; "
        "judged 定性评议, without points",
    )
    detail: str = Field("", description="what the table says of it (具体说明)")
    criterion: str = Field("", description="评价标准, as printed")
    method: str = Field("", description="监控办法, as printed")
    least: str = Field("", description="the least the text asks for (至少, 前完成)")
    compare: Literal["above", "at_least", "at_most", "below"] | None = Field(
        None, description="how a value meets its target: above 高于, at_least 不低于, at_most 不超过, below 低于"
    )
    against: str = Field("", description="the target it is compared with, in the table's words (全国平均水平)")
    target: str = Field("", description="id of that target, where its figure can be filled in (targets)")
    measure: str = Field("", description="measure of its value (万元, 人), printed on the form")
    completion: Completion | None = Field(
        None,
        description="of kind completion: how it counts; without a ``target`` the form tells the 完成率 itself, in percent",
    )
    weight: Share | None = Field(None, description="share among its siblings")
    full: dict[str, Share] = Field(
        {}, description="full marks in each component, by component id; one that is not named does not mark it"
    )
    only: Texts = Field((), description="units it applies to; absent: all")
    note: str = Field("", description="a reading or a doubt about the printed line")
    cite: SomeTexts = Field(description="the table")

    def marked_in(self, component_id: str) -> bool:
        """Whether a component marks it: where it has full marks; with none named at all, every component."""
        return self.full.get(component_id, Fraction(0)) != 0 if self.full else self.role == "base"


class Group(Ruled):
    """Units ranked together and apart from others (组别)."""

    id: Text = Field(description="short name used elsewhere in the file")
    name: Text = Field(description="name on screen")
    units: tuple[Unit, ...] = Field((), description="the roster (名单); absent: any unit")
    size: Whole | None = Field(None, ge=1, description="how many units the document says there are")
    indicators: tuple[Indicator, ...] = Field((), description="items of this group alone; absent: the scheme's")
    parent: Region = Field("", description="division code of the place whose units these are")
    text: str = Field("", description="the document's words")


class Excluded(Ruled):
    """A place that could be expected on the roster and is not on it (不在考核之列)."""

    name: Text = Field(description="official name")
    region: Region = Field("", description="division code")
    text: str = Field("", description="the document's words")


class Band(Element):
    """The least score of a grade."""

    grade: Text = Field(description="one of the scheme's grades")
    min: Number = Field(description="least score, included")
    text: str = Field("", description="评价标准 of the grade, as printed")


class Bands(Ruled):
    """等次线: grades by score, best first; the last begins at 0. No items: the text has grades but no lines, so scores
    get no computed grade; an alternative may borrow the lines of another document."""

    items: tuple[Band, ...] = Field((), description="every grade once, in the order of ``grades``")
    borrowed: str = Field("", description="the document whose lines these are (借用), shown as a badge")

    @model_validator(mode="after")
    def _descend_to_zero(self) -> Bands:
        lines = [band.min for band in self.items]
        if self.cite and not lines:
            raise wrong("有条款的等次线不能空着；原文只列等次、未定分数线的写 assumed")
        if any(above <= below for above, below in pairwise(lines)):
            raise wrong("等次线应从高到低，不能相同或颠倒")
        if lines and lines[-1] != 0:
            raise wrong("最后一个等次应从 0 分起，否则低分没有等次")
        return self


class Criterion(Element):
    """What a grade means in words."""

    grade: Text = Field(description="one of the scheme's grades")
    text: Text = Field(description="the document's words")


class Criteria(Ruled):
    """评价标准 of the grades in words, where the document gives no lines."""

    items: tuple[Criterion, ...] = Field(min_length=1, description="one for each grade, best first")


class Rank(Ruled):
    """位次: what it is read from and who sees it."""

    by: tuple[Literal["grade", "score"], ...] = Field(("grade", "score"), description="first to last")
    shown: Literal["public", "internal", "none"] = Field("internal", description="none: enters no ranking (不排位)")


class Median(Ruled):
    """中位法: an item's grade read from where its value stands among its peers."""

    peers: Text = Field(description="group within which it is compared")
    method: Literal["quartiles", "band"] = Field(
        "quartiles",
        description="quartiles: by the upper quartile, the median and the lower; band: the median ± percent",
    )
    quartiles: Literal["inclusive"] = Field("inclusive", description="how quartiles are read")
    percent: Share = Field(Fraction(10), description="half-width of the band, in percent of the median")
    min_peers: Whole = Field(5, ge=1, description="fewer: judged by hand")


class Tasks(Ruled):
    """How an item of kind task is graded from what became of the task (任务完成情况)."""

    answers: dict[str, str] = Field(min_length=1, description="answer: grade, best first (完成: 较好)")
    met: SomeTexts = Field(description="the answers that meet the task (任务完成)")
    target: str = Field("", description="id of the target that is met then, for floors of items")


class CategoryGrade(Ruled):
    """How a category's grade comes from its items' grades (大项等次)."""

    method: Literal["mean", "worst", "majority"] = Field(
        description="mean: the category's score by ``lines``; worst: its worst item; majority: the most frequent grade"
    )
    lines: tuple[Band, ...] = Field((), description="lines between the category's grades, best first")

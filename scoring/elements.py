"""The elements of a scheme file (方案), one small model each. Field descriptions become docs/scheme-format.md.

Every rule-bearing element derives from ``Ruled``: it names the clause it rests on (``cite``), or owns up that the text
is silent and says what we assume and why (``assumed``). Numbers are exact fractions; nothing is evaluated.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, model_validator
from pydantic_core import PydanticCustomError

from scoring import exact


def _number(value: Any) -> Fraction:
    if isinstance(value, Fraction | int) and not isinstance(value, bool):
        return Fraction(value)
    try:
        return exact.parse(value)
    except (ValueError, TypeError):
        raise PydanticCustomError("number", "“{value}”不是数；请写成 40 或 89.95 这样", {"value": str(value)}) from None


def _whole(value: Any) -> int:
    number = _number(value)
    if number.denominator != 1:
        raise PydanticCustomError("whole", "“{value}”应为整数", {"value": str(value)})
    return int(number)


def _yes(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if value not in ("true", "false"):
        raise PydanticCustomError("yes", "“{value}”应为 true 或 false", {"value": str(value)})
    return value == "true"


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise PydanticCustomError("text", "这里应有文字，不能空着")
    return value


Number = Annotated[Fraction, BeforeValidator(_number), PlainSerializer(exact.plain)]
Whole = Annotated[int, BeforeValidator(_whole)]
YesNo = Annotated[bool, BeforeValidator(_yes)]
Text = Annotated[str, BeforeValidator(_text)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(_listed)]


class Element(BaseModel):
    """Anything written in a scheme: frozen, and strict about the names of its fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Alternative(Element):
    """Another reading of a silent text: a label, and the fields of the same element that it sets."""

    model_config = ConfigDict(frozen=True, extra="allow")
    label: Text = Field(description="what the reading is called on screen (说法)")
    why: str = Field("", description="what speaks for it")

    @property
    def sets(self) -> dict[str, Any]:
        """The fields it sets, untyped until they are put into a copy of the element."""
        return dict(self.model_extra or {})


class Ruled(Element):
    """An element that bears a rule: exactly one of ``cite`` and ``assumed``."""

    cite: Texts = Field((), description="clause or clauses (条款) of the document")
    assumed: Text | None = Field(None, description="our reading (口径) and its reason where the text is silent (原文未规定)")
    alternatives: tuple[Alternative, ...] = Field((), description="other readings of an assumed element")

    @model_validator(mode="after")
    def _rests_on_something(self) -> Ruled:
        if bool(self.cite) == bool(self.assumed):
            raise PydanticCustomError("cite", "须写明依据：有条款写 cite，原文未规定写 assumed，二者只留一个")
        return self

    @property
    def basis(self) -> str:
        """The clauses as printed, or the words that mark our own reading."""
        return "、".join(self.cite) if self.cite else "口径（原文未规定）"


class Period(Element):
    """Days from ``start`` to ``end``, both included."""

    start: date
    end: date

    @model_validator(mode="before")
    @classmethod
    def _from_pair(cls, value: Any) -> Any:
        return {"start": value[0], "end": value[1]} if isinstance(value, list) and len(value) == 2 else value


class Document(Element):
    """The official document (文件) that the scheme holds."""

    title: Text = Field(description="full title")
    number: str = Field("", description="文号, with 〔〕")
    issuer: str = Field("", description="印发机关")
    issued: date | None = Field(None, description="成文日期")
    publicity: str = Field("", description="公开方式")
    period: Period | None = Field(None, description="统计时间: first and last day")
    based_on: Texts = Field((), description="the papers it rests on (依据文件)")
    text: str = Field("", description="file with the document's text, beside the schemes")


class Words(Element):
    """What this document calls things on screen, where it differs from our words."""

    unit: Text = Field("考核对象", description="a unit")
    units: Text = Field("考核对象", description="units, in running text: 市（区）")
    component: Text = Field("考核方式", description="a component")
    assessment: Text = Field("考核", description="the assessment")
    measure: Text = Field("个", description="the measure word of units")


class Unit(Element):
    """One 考核对象."""

    name: Text = Field(description="official name")
    region: str = Field("", description="six- or nine-digit division code (行政区划代码)")
    kind: str = Field("", description="class of units that a rule speaks of")
    helps: Texts = Field((), description="units it helps (帮扶) and inherits a score from")


class Component(Ruled):
    """One 考核方式: a source of marks with its share in the total."""

    id: Text
    name: Text
    weight: Number | None = Field(None, description="share in the total, in points of 100 (combine: weighted)")
    full: Number | None = Field(None, description="full marks, where marks add up (combine: add)")
    marks: tuple[Literal["ticks", "points", "total"], ...] = Field(("ticks",), description="what a sheet may hold")
    opinion: YesNo = Field(False, description="a total needs a 评价意见")
    counted: YesNo = Field(True, description="false: shown beside the result, never counted")
    who: str = Field("", description="who assesses")


class Ticks(Ruled):
    """Points for a tick (四档赋分), by grade."""

    points: dict[str, Number] = Field(description="grade: points out of 100")


class NodeWeight(Element):
    """A weight given to one node of the indicator tree."""

    path: Texts = Field(description="the node: names from the top")
    weight: Number = Field(description="share among its siblings")


class ItemWeights(Ruled):
    """How much each indicator counts within its sheet (指标权重)."""

    equal: Literal["leaves", "siblings"] = Field("leaves", description="leaves: every item the same; siblings: every node the same")
    nodes: tuple[NodeWeight, ...] = Field((), description="weights given outright; name all siblings or none")


class Rounding(Ruled):
    """Decimals of official scores, half-up (四舍五入). Absent: not rounded."""

    total: Whole | None = Field(None, ge=0, le=6, description="decimals of the official score")
    component: Whole | None = Field(None, ge=0, le=6, description="decimals of each component's score, before weighing")
    mode: Literal["half_up", "none"] = Field("half_up", description="none: grades are read from the unrounded score")


class Total(Ruled):
    """A total brought to another base (折算)."""

    full: Number = Field(description="full marks as they add up")
    on: Number = Field(description="the base it is brought to")


class Indicator(Element):
    """One 指标, one line of the official table. It rests on the table that its clause names."""

    no: Whole = Field(ge=1, description="序号")
    path: Texts = Field(description="categories from the top (类别)")
    name: Text = Field(description="考核指标, as printed")
    source: str = Field("", description="数据来源, as printed")
    kind: Literal["tick", "points", "ratio", "yesno", "quantity", "task"] = Field("tick", description="how it is marked")
    detail: str = Field("", description="what the table says of it")
    criterion: str = Field("", description="评价标准, as printed")
    method: str = Field("", description="监控办法, as printed")
    least: str = Field("", description="the least the text asks for (至少, 前完成)")
    weight: Number | None = Field(None, description="share among its siblings")
    full: dict[str, Number] = Field({}, description="full marks in each component, by component id")
    only: Texts = Field((), description="units it applies to; absent: all")
    note: str = Field("", description="a reading or a doubt about the printed line")
    cite: Texts = Field(description="the table")


class Group(Ruled):
    """Units ranked together and apart from others (组别)."""

    id: Text
    name: Text
    units: tuple[Unit, ...] = Field((), description="the roster; absent: any unit")
    indicators: tuple[Indicator, ...] = Field((), description="items of this group alone; absent: the scheme's")
    parent: str = Field("", description="division code of the place whose units these are")


class Band(Element):
    """The least score of a grade."""

    grade: Text
    min: Number = Field(description="least score, included")
    text: str = Field("", description="评价标准 of the grade, as printed")


class Bands(Ruled):
    """等次线: grades by score, best first; the last begins at 0."""

    items: tuple[Band, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _descend_to_zero(self) -> Bands:
        lines = [band.min for band in self.items]
        if any(above <= below for above, below in zip(lines, lines[1:], strict=False)):
            raise PydanticCustomError("bands", "等次线应从高到低，不能相同或颠倒")
        if lines[-1] != 0:
            raise PydanticCustomError("bands", "最后一个等次应从 0 分起，否则低分没有等次")
        return self


class Rank(Ruled):
    """位次: what it is read from and who sees it."""

    by: tuple[Literal["grade", "score"], ...] = Field(("grade", "score"), description="first to last")
    shown: Literal["public", "internal", "none"] = Field("internal", description="none: enters no ranking (不排位)")


class FactKind(Ruled):
    """A kind of 情形 that may be declared of a unit."""

    id: Text
    name: Text
    values: Texts = Field(description="from the lightest to the gravest")
    confirm: YesNo = Field(True, description="a second person confirms it (须由第二人核对)")


class Condition(Element):
    """When a rule applies: named fields, joined by ``all`` and ``any``. No expressions."""

    fact: str | None = Field(None, description="a fact's id")
    at_least: str | None = Field(None, description="the fact's value is this or graver")
    equals: str | None = Field(None, description="the fact's value is this")
    grades: Texts | None = Field(None, description="the unit's grade is one of these")
    category_grade: Texts | None = Field(None, description="categories graded one of these are counted")
    target_met: str | None = Field(None, description="the named target is met")
    count: Whole | None = Field(None, description="at least so many (of category_grade or fact)")
    bottom: Whole | None = Field(None, description="among so many last places (靠后)")
    all: tuple[Condition, ...] = Field((), description="all of these hold")
    any: tuple[Condition, ...] = Field((), description="one of these holds")

    @model_validator(mode="after")
    def _says_something(self) -> Condition:
        kinds = [self.fact, self.grades, self.category_grade, self.target_met, self.bottom, self.all, self.any]
        if sum(bool(kind) for kind in kinds) != 1:
            raise PydanticCustomError("condition", "条件须且只能写一种：fact、grades、category_grade、target_met、bottom、all 或 any")
        if (self.at_least or self.equals) and not self.fact:
            raise PydanticCustomError("condition", "at_least 与 equals 须和 fact 写在一起")
        return self


class Limit(Ruled):
    """等次限制: while ``when`` holds the grade is no better than ``best``. A veto (一票否决) names the worst grade."""

    id: Text
    text: Text = Field(description="the words of the document")
    when: Condition
    best: Text = Field(description="the best grade still allowed")


class Floor(Ruled):
    """保底: while ``when`` holds the grade is no worse than ``worst``."""

    id: Text
    text: Text
    when: Condition
    worst: Text
    confirm: YesNo = Field(False, description="原则上: only a recommendation until a person confirms it")


class Bonus(Ruled):
    """加分 for facts that can be counted."""

    id: Text
    text: Text
    fact: Text
    each: Number
    max: Number
    total_max: Number = Field(Fraction(100), description="the total never exceeds this")


class Late(Ruled):
    """Money that arrives late earns less (逾期扣减)."""

    indicators: tuple[Whole, ...] = Field(description="the items it concerns")
    due: Text = Field(description="last month and day on time: 03-30")
    from_month: Whole = Field(description="first month that is deducted")
    percent: Number = Field(description="off the item's points, for each month begun")
    max: Number = Field(description="never more than this, in percent")
    exempt: str = Field("", description="who is exempt, in the document's words")


class Median(Ruled):
    """中位法: an item's grade read from where its value stands among its peers."""

    peers: Text = Field(description="group within which it is compared")
    quartiles: Literal["inclusive"] = "inclusive"
    min_peers: Whole = Field(5, description="fewer: judged by hand")


class CategoryGrade(Ruled):
    """How a category's grade comes from its items' grades (大项等次)."""

    method: Literal["mean", "worst", "majority"]


class Inherits(Ruled):
    """Units that take their score from the units they help (随帮扶对象计分)."""

    source: Text = Field(description="group whose scores are inherited")
    by: Literal["helps"] = "helps"
    weigh: Literal["households", "none"] = "households"
    otherwise: Literal["mean"] = Field("mean", description="where the numbers to weigh by are missing")


class Award(Ruled):
    """绩效折算: score ÷ ``divide`` × ``times``."""

    id: Text
    name: Text
    groups: Texts
    divide: Number
    times: Number
    places: Whole = 4


class Due(Element):
    """A period that begins with an event."""

    after: Literal["notice"] = Field("notice", description="通报")
    months: Whole = Field(description="calendar months, the month's end clamped (自然月，遇月末取末日)")


class Outcome(Ruled):
    """结果运用: what follows for units of which ``when`` holds."""

    when: Condition
    action: Text
    by: str = Field("", description="who does it")
    meets: str = Field("", description="whom (约谈对象)")
    attends: Texts = Field((), description="who attends")
    due: Due | None = None
    text: str = Field("", description="the document's words")


class SendTo(Ruled):
    """Where results are sent (分送)."""

    to: Texts


class Task(Ruled):
    """One step (考核步骤) with its last day, that day included."""

    id: Text
    who: Text
    what: Text
    due: date | None = None
    component: str = Field("", description="the component whose sheets it brings")


class Draw(Ruled):
    """Cross-assessment drawn by lot (抽签)."""

    groups: Whole
    avoid: tuple[Literal["self", "mutual"], ...] = ()


class Sample(Ruled):
    """How towns, villages or households are drawn (抽样)."""

    id: Text
    of: Text = Field(description="what is drawn")
    least: Whole | None = None
    rule: Literal["interval", "random", "chosen"] = "random"
    text: str = Field("", description="the document's words")


class Doubt(Element):
    """A contradiction or gap in the printed text (原文存疑), shown and never silently mended."""

    clause: Text
    text: Text

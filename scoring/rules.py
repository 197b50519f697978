"""The elements of a scheme file (方案) that say what follows from the measure: facts, limits, bonuses, outcomes, steps.

Conditions are named fields joined by ``all`` and ``any``; there is no expression language, and a new kind of rule is a
new named field with a test.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from scoring.kinds import Day, Element, Number, Positive, Ruled, Share, SomeTexts, Text, Texts, Whole, YesNo, wrong


class FactKind(Ruled):
    """A kind of 情形 that may be declared of a unit."""

    id: Text = Field(description="short name used in conditions")
    name: Text = Field(description="name on screen")
    values: SomeTexts = Field(description="from the lightest, which means nothing happened (无), to the gravest")
    confirm: YesNo = Field(True, description="a second person confirms it (须由第二人核对)")
    many: YesNo = Field(False, description="may be declared several times of one unit, and is counted")
    amount: str = Field(
        "", description="it counts in amounts of this measure (万元), each with its day; absent: no amount"
    )
    text: str = Field("", description="the document's words")


class Target(Ruled):
    """A target (目标) that conditions can name."""

    id: Text = Field(description="short name used in conditions")
    name: Text = Field(description="name on screen")
    value: Number | None = Field(None, description="the target in figures")
    measure: str = Field("", description="its unit of measure (人, 元)")
    text: str = Field("", description="the document's words")


class Condition(Element):
    """When a rule applies: named fields, joined by ``all`` and ``any``. No expressions."""

    fact: str | None = Field(None, description="a fact's id")
    at_least: str | None = Field(None, description="the fact's value is this or graver")
    equals: str | None = Field(None, description="the fact's value is this")
    grades: Texts | None = Field(None, description="the unit's grade is one of these")
    category_grade: Texts | None = Field(None, description="categories graded one of these are counted")
    target_met: str | None = Field(None, description="the named target is met")
    count: Whole | None = Field(None, ge=1, description="at least so many (of category_grade or fact)")
    bottom: Whole | None = Field(None, ge=1, description="among so many last places (靠后)")
    all: tuple[Condition, ...] = Field((), description="all of these hold")
    any: tuple[Condition, ...] = Field((), description="one of these holds")

    @model_validator(mode="after")
    def _says_something(self) -> Condition:
        kinds = [self.fact, self.grades, self.category_grade, self.target_met, self.bottom, self.all, self.any]
        if sum(bool(kind) for kind in kinds) != 1:
            raise wrong("条件须且只能写一种：fact、grades、category_grade、target_met、bottom、all 或 any")
        if (self.at_least or self.equals) and not self.fact:
            raise wrong("at_least 与 equals 须和 fact 写在一起")
        if self.at_least and self.equals:
            raise wrong("at_least 与 equals 只写一个")
        if self.count is not None and not (self.fact or self.category_grade):
            raise wrong("count 须和 category_grade 或 fact 写在一起")
        return self


class Limit(Ruled):
    """等次限制: while ``when`` holds the grade is no better than ``best``. A veto (一票否决) names the worst grade."""

    id: Text = Field(description="short name")
    text: Text = Field(description="the words of the document")
    when: Condition = Field(description="when it applies")
    best: Text = Field(description="the best grade still allowed")


class Floor(Ruled):
    """保底: while ``when`` holds the grade is no worse than ``worst``."""

    id: Text = Field(description="short name")
    text: Text = Field(description="the words of the document")
    when: Condition = Field(description="when it applies")
    worst: Text = Field(description="the worst grade still possible")
    confirmed_by: str = Field(
        "", description="原则上: only a recommendation until the fact of this id says that a person confirmed it"
    )
    of: Literal["total", "items"] = Field("total", description="items: the grade of an item, not of the unit")
    kinds: Texts = Field((), description="kinds of items it speaks of; absent: all")


class Counted(Ruled):
    """Points for facts: so many for each, for each unit of its amount, or by how grave it is."""

    id: Text = Field(description="short name")
    text: Text = Field(description="the words of the document")
    fact: Text = Field(description="the fact that is counted")
    each: Positive | None = Field(None, description="points for each; either this or ``points``")
    by: Literal["count", "amount"] = Field(
        "count", description="count: for each fact (件、次); amount: for each unit of the facts' amounts (万元)"
    )
    points: dict[str, Positive] = Field({}, description="points by the fact's value (省级表扬: 1); others earn none")
    max: Positive | None = Field(None, description="never more than this together (封顶); absent: no such bound")

    @model_validator(mode="after")
    def _says_how_many(self) -> Counted:
        if (self.each is None) == (not self.points):
            raise wrong("each（每件的分）与 points（按取值定的分）须且只写一种")
        if self.by == "amount" and self.each is None:
            raise wrong("按金额计分（by: amount）的，请用 each 写每一单位的分")
        return self


class Bonus(Counted):
    """加分 for facts that can be counted."""

    total_max: Positive | None = Field(
        None, description="the total never exceeds this; absent: that of ``extras``, or its full marks"
    )


class Deduction(Counted):
    """扣分 for facts that can be counted: off the total, or off what one category or item has earned (扣完为止)."""

    path: Texts = Field((), description="off this category alone, never more than it has earned")
    indicator: Whole | None = Field(
        None, ge=1, description="off the item of this number alone, never more than it has earned"
    )

    @model_validator(mode="after")
    def _is_off_one_thing(self) -> Deduction:
        if self.path and self.indicator is not None:
            raise wrong("path（从类别扣）与 indicator（从指标扣）只写一个")
        return self


class Extras(Ruled):
    """Bounds of everything that comes on top of the marks or off them (加分、扣分合计的上下限)."""

    bonus_max: Positive | None = Field(None, description="所有加分 together never more than this")
    deduction_max: Positive | None = Field(None, description="所有扣分 together never more than this")
    total_max: Positive | None = Field(None, description="加分 never lift the total over this (110)")
    total_min: Share | None = Field(None, description="扣分 never bring the total below this; absent: 0")


class Late(Ruled):
    """Money that arrives late earns less (逾期扣减). Several arrivals weigh by their amounts.

    A fact of the lightest value is exempt. What arrives after ``due`` and before ``deduct_from`` is told and not deducted.
    """

    indicators: tuple[Whole, ...] = Field(min_length=1, description="numbers of the items it concerns")
    fact: Text = Field(description="the fact that registers each arrival with its day and amount")
    due: Day = Field(description="last day on time")
    deduct_from: Day = Field(description="first day of the first month that is deducted")
    percent: Share = Field(description="off the item's points, for each month begun")
    max: Share = Field(description="never more than this, in percent")
    exempt: str = Field("", description="who is exempt, in the document's words")
    text: str = Field("", description="the document's words")


class Inherits(Ruled):
    """Units that take their score from the units they help (随帮扶对象计分)."""

    groups: SomeTexts = Field(description="groups that inherit")
    source: Text = Field(description="group whose scores are inherited")
    by: Literal["helps"] = Field("helps", description="the field of a unit that names whom it helps")
    weigh: Literal["households", "none"] = Field("households", description="several helped: weighed by 户数")
    otherwise: Literal["mean"] = Field("mean", description="where the numbers to weigh by are missing")


class Award(Ruled):
    """绩效折算: score ÷ ``divide`` × ``times``."""

    id: Text = Field(description="short name")
    name: Text = Field(description="name on screen")
    groups: SomeTexts = Field(description="groups it is computed for")
    divide: Positive = Field(description="divisor")
    times: Share = Field(description="factor")
    places: Whole = Field(4, ge=0, le=6, description="decimals kept")


class Due(Element):
    """A period that begins with an event."""

    after: Literal["notice"] = Field("notice", description="通报")
    months: Whole = Field(ge=1, description="calendar months, the month's end clamped (自然月，遇月末取末日)")


_PRAISE = ("表扬", "表彰", "奖励")


class Outcome(Ruled):
    """结果运用: what follows for units of which ``when`` holds."""

    when: Condition = Field(description="for which units")
    groups: Texts = Field((), description="only for units of these groups; absent: for all")
    action: Text = Field(description="what is done: 表扬, 谈话提醒")
    by: str = Field("", description="who does it")
    concerns: str = Field("", description="whom it concerns, if not the unit itself: 县（市、区）")
    meets: str = Field("", description="whom (约谈对象)")
    attends: Texts = Field((), description="who attends")
    due: Due | None = Field(None, description="by when")
    text: str = Field("", description="the document's words")

    @property
    def praises(self) -> bool:
        """Whether it honours (表扬, 表彰, 奖励); any other outcome is a consequence to be borne."""
        return any(word in self.action for word in _PRAISE)


class SendTo(Ruled):
    """Where results are sent (分送)."""

    to: SomeTexts = Field(description="receivers")


class Approval(Ruled):
    """Who examines and approves the results before they are announced (审议、审定、批准), in order."""

    by: SomeTexts = Field(description="first to last")


class Report(Ruled):
    """What the assessment report (考核报告) must contain."""

    sections: SomeTexts = Field(description="headings in order")


class Task(Ruled):
    """One step (考核步骤) with its last day, that day included."""

    id: Text = Field(description="short name")
    who: Text = Field(description="who acts")
    what: Text = Field(description="what is done")
    due: Day | None = Field(None, description="last day, included")
    component: str = Field("", description="the component whose sheets it brings")


class Draw(Ruled):
    """Cross-assessment drawn by lot (抽签)."""

    groups: Whole = Field(ge=2, description="how many assessing groups")
    avoid: tuple[Literal["self", "mutual"], ...] = Field((), description="self: not oneself; mutual: no two each other")


class Sample(Ruled):
    """How towns, villages or households are drawn (抽样)."""

    id: Text = Field(description="short name")
    of: Text = Field(description="what is drawn")
    each: str = Field("", description="within what: 每县, 每镇")
    least: Whole | None = Field(None, ge=1, description="at least so many")
    most: Whole | None = Field(None, ge=1, description="at most so many")
    percent: Share | None = Field(None, description="at least this share, in percent")
    including: dict[str, Share] = Field({}, description="kind: at least so many of them among those drawn")
    ratio: dict[str, Share] = Field({}, description="kind: share (5:3:2), by largest remainder")
    within: str = Field(
        "", description="id of the sample it speaks of a part of: so many of those drawn, or how a kind is"
    )
    rule: Literal["interval", "random", "chosen"] = Field("random", description="等间隔, 随机, 指定")
    text: str = Field("", description="the document's words")


class Doubt(Element):
    """A contradiction or gap in the printed text (原文存疑), shown and never silently mended."""

    clause: Text = Field(description="where")
    text: Text = Field(description="what is contradictory or missing")

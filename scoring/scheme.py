"""A scheme (方案): one official table as data. Loaded from text by ``scoring.load``; never edited in place.

What-if asks ``replace`` for another scheme, so that the document's own rules are always at hand to compare with.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import cached_property
from typing import Any, Literal

from pydantic import Field

from scoring.elements import (
    Bands,
    Category,
    CategoryGrade,
    Component,
    Criteria,
    Document,
    Excluded,
    Group,
    Indicator,
    ItemWeights,
    Median,
    Rank,
    Ratios,
    Rounding,
    Tasks,
    Ticks,
    Total,
    Words,
)
from scoring.kinds import Element, Text, Texts, YesNo
from scoring.rules import (
    Approval,
    Award,
    Bonus,
    Deduction,
    Doubt,
    Draw,
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

Helped = tuple[tuple[str, Fraction | None], ...]
"""Whom a unit helps (帮扶), each with the 户数 there or None where it is not told."""


class Scheme(Element):
    """Everything an assessment's document decides, each rule with its clause or our stated reading."""

    id: Text = Field(description="the file's name without .yaml")
    title: Text = Field(description="what the screen calls it")
    short: Text = Field(description="the title in few words, for menus")
    status: Literal["whole", "skeleton"] = Field("whole", description="skeleton: can be read, is not scored yet")
    template: YesNo = Field(False, description="ours, no official document: a start for one's own (模板)")
    document: Document = Field(description="the document card (文件)")
    words: Words = Field(Words.model_validate({}), description="what this document calls things")
    grades: Texts = Field((), description="best first (等次); absent: the document grades nothing")
    groups: tuple[Group, ...] = Field(min_length=1, description="who is assessed, in groups ranked apart (组别)")
    excluded: tuple[Excluded, ...] = Field((), description="who is expressly not assessed here")
    combine: Literal["weighted", "add", "judgement"] = Field(
        description="weighted: Σ weight × score; add: marks add up; judgement: no total, ever"
    )
    components: tuple[Component, ...] = Field((), description="sources of marks (考核方式)")
    total: Total | None = Field(None, description="a total brought to another base (折算)")
    ticks: Ticks | None = Field(None, description="points for a tick (赋分)")
    item_weights: ItemWeights | None = Field(None, description="how much each indicator counts (指标权重)")
    rounding: Rounding | None = Field(None, description="decimals of official scores (小数位数)")
    ratios: Ratios | None = Field(None, description="how a measured share earns points (比例计分)")
    categories: tuple[Category, ...] = Field((), description="categories as printed (类别)")
    indicators: tuple[Indicator, ...] = Field((), description="the indicator table (指标), one line an item")
    tasks: Tasks | None = Field(None, description="grades for what became of a task (任务完成)")
    median: Median | None = Field(None, description="中位法 for items of kind quantity and ratio")
    category_grades: CategoryGrade | None = Field(None, description="how a category is graded (大项等次)")
    bands: Bands | None = Field(None, description="lines between the grades (等次线)")
    criteria: Criteria | None = Field(None, description="the grades in words (评价标准)")
    rank: Rank = Field(description="places (位次)")
    facts: tuple[FactKind, ...] = Field((), description="what may be declared of a unit (情形)")
    targets: tuple[Target, ...] = Field((), description="targets that conditions name (目标)")
    limits: tuple[Limit, ...] = Field((), description="等次限制 and vetoes")
    floors: tuple[Floor, ...] = Field((), description="保底")
    bonuses: tuple[Bonus, ...] = Field((), description="加分")
    deductions: tuple[Deduction, ...] = Field((), description="扣分")
    extras: Extras | None = Field(None, description="bounds of 加分 and 扣分 in all")
    late: tuple[Late, ...] = Field((), description="逾期扣减")
    inherits: tuple[Inherits, ...] = Field((), description="随帮扶对象计分")
    awards: tuple[Award, ...] = Field((), description="绩效折算")
    outcomes: tuple[Outcome, ...] = Field((), description="结果运用")
    approval: Approval | None = Field(None, description="审议 and 批准")
    report: Report | None = Field(None, description="考核报告")
    send_to: SendTo | None = Field(None, description="分送")
    steps: tuple[Task, ...] = Field((), description="考核步骤 with their last days")
    draw: Draw | None = Field(None, description="抽签")
    samples: tuple[Sample, ...] = Field((), description="抽样")
    supersedes: Texts = Field((), description="documents it replaces (废止)")
    doubts: tuple[Doubt, ...] = Field((), description="contradictions and gaps in the text (原文存疑)")

    @cached_property
    def hash(self) -> str:
        """SHA-256 of everything the scheme says, in hex: two schemes with one hash score alike.

        What is left unsaid is left out, so that a field added to the format later does not change old hashes.
        """
        return hashlib.sha256(self.model_dump_json(exclude_defaults=True).encode()).hexdigest()

    def __hash__(self) -> int:
        return hash(self.hash)

    def __eq__(self, other: object) -> bool:
        """By ``hash``: schemes are the keys of many caches, and to compare a roster of hundreds unit by unit is no lookup."""
        return self is other or (isinstance(other, Scheme) and self.hash == other.hash)

    def __copy__(self) -> Scheme:
        """What was worked out of this scheme's own words is not taken along: ``model_copy`` may change the words."""
        copied = super().__copy__()
        for worked_out in ("hash", "by_unit"):
            copied.__dict__.pop(worked_out, None)
        return copied

    @property
    def counted(self) -> tuple[Component, ...]:
        """Components that enter the total, in the document's order."""
        return tuple(component for component in self.components if component.counted)

    @property
    def judged(self) -> bool:
        """Whether there is no total at all (综合评定): facts and their outcomes are the result."""
        return self.combine == "judgement"

    @property
    def weights(self) -> dict[str, Fraction]:
        """Weight of each counted component, as written; where marks add up, its full marks. Zero is a weight."""
        natural = {c.id: self.full_of(c.id) if self.combine == "add" else Fraction(0) for c in self.counted}
        return {c.id: natural[c.id] if c.weight is None else c.weight for c in self.counted}

    @property
    def base(self) -> Fraction:
        """Full marks of the official score: 100, or what the components' full marks add up or are brought to."""
        if self.combine != "add":
            return Fraction(100)
        return self.total.on if self.total else sum((self.full_of(c.id) for c in self.counted), Fraction(0))

    def full_of(self, component_id: str) -> Fraction:
        """Full marks of a component: as the document says, else 100."""
        full = self.component(component_id).full
        return Fraction(100) if full is None else full

    @property
    def places(self) -> int | None:
        """Decimals of the official score; None where it is not rounded."""
        return self.rounding.total if self.rounding and self.rounding.mode != "none" else None

    @property
    def component_places(self) -> int | None:
        """Decimals of each component's score before weighing; None where it is not rounded first."""
        return self.rounding.component if self.rounding and self.rounding.mode != "none" else None

    def component(self, component_id: str) -> Component:
        """The component of that id. Raises KeyError."""
        return _one(self.components, component_id)

    def group(self, group_id: str) -> Group:
        """The group of that id. Raises KeyError."""
        return _one(self.groups, group_id)

    def fact(self, fact_id: str) -> FactKind:
        """The kind of fact of that id. Raises KeyError."""
        return _one(self.facts, fact_id)

    def indicators_of(self, group_id: str) -> tuple[Indicator, ...]:
        """The items by which units of a group are marked: its own, or the scheme's."""
        return self.group(group_id).indicators or self.indicators

    def items_for(self, group_id: str, component_id: str, unit: str) -> tuple[Indicator, ...]:
        """The rows of one unit's sheet: the items of its group that apply to it and carry marks in that component."""
        return tuple(
            row
            for row in self.indicators_of(group_id)
            if (not row.only or unit in row.only) and row.marked_in(component_id)
        )

    def inheritance(self, group_id: str) -> Inherits | None:
        """How units of a group take their score from those they help; None where they are marked themselves."""
        return next((rule for rule in self.inherits if group_id in rule.groups), None)

    @property
    def marked_groups(self) -> tuple[Group, ...]:
        """Groups whose units are marked on sheets of their own."""
        return tuple(group for group in self.groups if self.inheritance(group.id) is None)

    def group_of(self, unit: str) -> Group | None:
        """The group on whose roster a unit stands; the only group without a roster takes any unit."""
        if unit in self.by_unit:
            return self.by_unit[unit]
        open_groups = [group for group in self.groups if not group.units]
        return open_groups[0] if len(open_groups) == 1 else None

    @cached_property
    def by_unit(self) -> dict[str, Group]:
        """The group of every unit on a roster; of a name that stands on two, the first."""
        return {member.name: group for group in reversed(self.groups) for member in group.units}

    def worse_than(self, grade: str, other: str) -> bool:
        """Whether ``grade`` is worse than ``other``."""
        return self.grades.index(grade) > self.grades.index(other)

    def with_roster(self, units: Iterable[tuple[str, str, str] | tuple[str, str, str, Helped]]) -> Scheme:
        """The same scheme for an assessment's own roster: (name, group id, region code[, whom it helps]) each.

        A unit that the scheme itself lists in that group keeps what the scheme says of it beside (``kind``, and
        ``helps`` where the roster tells none).
        """
        rows = [(*row, ()) if len(row) == 3 else row for row in units]
        own = {(group.id, unit.name): unit.model_dump() for group in self.groups for unit in group.units}
        groups = [
            {
                **group.model_dump(),
                "units": [
                    own.get((group.id, name), {}) | _enrolled(name, region, helps)
                    for name, of, region, helps in rows
                    if of == group.id
                ],
            }
            for group in self.groups
            if any(row[1] == group.id for row in rows)
        ]
        return self.with_elements(groups=groups or [group.model_dump() for group in self.groups])

    def replace(
        self,
        *,
        weights: Mapping[str, Fraction] | None = None,
        node_weights: Mapping[tuple[str, ...], Fraction] | None = None,
        item_weights: Mapping[int, Fraction] | None = None,
        points: Mapping[str, Fraction] | None = None,
        lines: Mapping[str, Fraction] | None = None,
        group: str | None = None,
    ) -> Scheme:
        """Another scheme with some values changed; the original stays as it is.

        ``weights``: component id to weight. ``node_weights``: path of a category to its share among its siblings (name
        all siblings). ``item_weights``: item number to its share among its siblings, in the table of ``group`` or, where
        none is named, in every table. ``points``: grade to points of a tick. ``lines``: grade to its least score.
        Raises pydantic.ValidationError if what results is no scheme (a negative weight), KeyError for a component,
        grade, category, item or group that it lacks, and for a whole element (``ticks``, ``bands``, ``item_weights``).
        """
        data = self.model_dump()
        for component_id, weight in (weights or {}).items():
            _row(data["components"], "id", component_id)["weight"] = weight
        for grade, least in (lines or {}).items():
            _row(_element(data, "bands")["items"], "grade", grade)["min"] = least
        for grade, value in (points or {}).items():
            given = _element(data, "ticks")["points"]
            given[_known(grade, given)] = value
        if node_weights:
            _weigh_nodes(data, node_weights)
        for no, weight in (item_weights or {}).items():
            for row in _items(data, group, no):
                row["weight"] = weight
        return Scheme.model_validate(data)

    def with_elements(self, **elements: Any) -> Scheme:
        """Another scheme with whole elements put in place, by field name: ``rounding=…``. Raises ValidationError."""
        return Scheme.model_validate(self.model_dump() | elements)


def _enrolled(name: str, region: str, helps: Helped) -> dict[str, Any]:
    told = [{"unit": unit, "households": households} for unit, households in helps]
    return {"name": name, "region": region} | ({"helps": told} if told else {})


def _one(elements: Iterable[Any], element_id: str) -> Any:
    for element in elements:
        if element.id == element_id:
            return element
    raise KeyError(element_id)


def _row(rows: Iterable[dict[str, Any]], key: str, value: str) -> dict[str, Any]:
    for row in rows:
        if row[key] == value:
            return row
    raise KeyError(value)


def _element(data: dict[str, Any], name: str) -> dict[str, Any]:
    if data[name] is None:
        raise KeyError(name)
    return data[name]


def _known(name: Any, names: Iterable[Any]) -> Any:
    if name not in names:
        raise KeyError(name)
    return name


def _tables(data: dict[str, Any]) -> list[Any]:
    return [data["indicators"], *(group["indicators"] for group in data["groups"])]


def _weigh_nodes(data: dict[str, Any], weights: Mapping[tuple[str, ...], Fraction]) -> None:
    rule = _element(data, "item_weights")
    paths = [tuple(row["path"]) for table in _tables(data) for row in table]
    nodes = {path[:depth] for path in paths for depth in range(1, len(path) + 1)}
    kept = [node for node in rule["nodes"] if tuple(node["path"]) not in weights]
    rule["nodes"] = kept + [{"path": list(_known(path, nodes)), "weight": weight} for path, weight in weights.items()]


def _items(data: dict[str, Any], group: str | None, no: int) -> list[dict[str, Any]]:
    """The rows of that number in one group's table, or in every table."""
    tables = _tables(data)
    if group is not None:
        tables = [_row(data["groups"], "id", group)["indicators"] or data["indicators"]]
    found = [row for table in tables for row in table if row["no"] == no]
    if not found:
        raise KeyError(no)
    return found

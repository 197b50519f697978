"""The columns of a form: what the official table prints of an item, and what is to be filled in, by the items' kinds."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from data.sheets.items import items_for
from data.sheets.ways import Way, marked_in, way_words, ways_of
from scoring.elements import Component, Indicator
from scoring.marks import Mark
from scoring.scheme import Scheme

FormKind = Literal["ticks", "points", "opinions", "total"]
_ENTRIES: dict[FormKind, tuple[Way, ...]] = {
    "ticks": ("grade", "score", "value", "answer"),
    "points": ("score", "value", "answer"),
    "opinions": ("opinion",),
    "total": (),
}
_ORDER: tuple[Way, ...] = ("grade", "score", "value", "answer", "opinion")
_WIDTHS: dict[Way, float] = {"grade": 7.5, "score": 9.0, "value": 12.0, "answer": 14.0, "opinion": 60.0}


@dataclass(frozen=True)
class Column:
    """One column below the categories: its header, its width in characters, and what it holds of an item.

    ``way``: it is to be filled in, by that way; ``grade``: it is the box of that grade. ``above``: words over several.
    """

    head: str
    width: float
    field: Literal["name", "source", "detail", "criterion", "measure", "full", "entry", "remark"]
    way: Way | None = None
    grade: str = ""
    above: str = ""


@dataclass(frozen=True)
class Layout:
    """A form's items and columns. ``depth``: columns of categories before the others, none where all share one."""

    scheme: Scheme
    component: Component
    items: tuple[Indicator, ...]
    kind: FormKind
    depth: int
    columns: tuple[Column, ...]

    @property
    def last(self) -> int:
        """Number of the last column."""
        return self.depth + len(self.columns)

    def entries(self) -> list[tuple[int, Column]]:
        """The columns to be filled in with a mark, each with its number."""
        return [(at, each) for at, each in enumerate(self.columns, self.depth + 1) if each.field == "entry"]

    def at(self, field: str) -> int | None:
        """The number of the column that holds that of an item."""
        return next((at for at, each in enumerate(self.columns, self.depth + 1) if each.field == field), None)

    def is_marked(self, item: Indicator) -> bool:
        """Whether the form's component marks an item at all."""
        return marked_in(item, self.component)

    def is_open(self, item: Indicator, column: Column) -> bool:
        """Whether an item may be marked in a column."""
        return self.is_marked(item) and column.way in ways_of(self.scheme, self.component, item)

    def full(self, item: Indicator) -> Fraction:
        """Full marks of an item in the form's component: its own, or 100."""
        return item.full.get(self.component.id, Fraction(100))


def kind_of(scheme: Scheme, component: Component, marks: tuple[Mark, ...] = ()) -> FormKind:
    """Which form a sheet's marks need; a blank one is of the kind that the component's ``marks`` begin with."""
    if scheme.combine == "judgement":
        return "opinions"
    if any(mark.indicator is None for mark in marks):
        return "total"
    if any(mark.score is not None for mark in marks):
        return "points"
    if any(mark.grade for mark in marks):
        return "ticks"
    by_item = [each for each in component.marks if each != "total"]
    return by_item[0] if marks and by_item else component.marks[0]


def layout(scheme: Scheme, unit: str, component: Component, kind: FormKind, marks: tuple[Mark, ...] = ()) -> Layout:
    """The columns of a unit's form; marks that are in it already may need one more.

    An item whose 分值 names other components alone is no row of this form; one with 分值 0 here is printed and greyed.
    """
    items = tuple(item for item in items_for(scheme, unit).all if not item.full or component.id in item.full)
    shared = len({item.path for item in items}) == 1
    depth = 0 if shared else max(len(item.path) for item in items)
    columns = (*_printed(scheme, component, items, kind), *_entries(scheme, component, items, kind, marks))
    remark = () if kind == "opinions" else (Column("备注", 24.0, "remark"),)
    return Layout(scheme, component, items, kind, depth, (*columns, *remark))


def _printed(scheme: Scheme, component: Component, items: tuple[Indicator, ...], kind: FormKind) -> list[Column]:
    columns = [Column(scheme.words.indicator, 44.0 if kind != "opinions" else 20.0, "name")]
    if any(item.detail for item in items):
        columns.append(Column("具体说明", 52.0, "detail"))
    if any(item.criterion for item in items):
        columns.append(Column("评分标准", 40.0, "criterion"))
    if any(item.source for item in items):
        columns.append(Column("数据来源", 26.0, "source"))
    if kind == "points" or any(item.role != "base" for item in items):
        columns.append(Column("分值", 9.0 if kind == "ticks" else 7.5, "full"))
    if any(item.measure for item in items) and kind in ("ticks", "points"):
        columns.append(Column("数值单位", 9.5, "measure"))
    return columns


def measure_of(item: Indicator) -> str:
    """What the number of a measured item counts: the scheme's word, or % for a share; "" where it is left open."""
    share = item.kind == "ratio" or (item.kind == "completion" and not item.target)
    return item.measure or ("%" if share else "")


def _entries(
    scheme: Scheme, component: Component, items: tuple[Indicator, ...], kind: FormKind, marks: tuple[Mark, ...]
) -> list[Column]:
    used = {_way_of(mark) for mark in marks}
    wanted = [way for way in _ORDER if way in _ENTRIES[kind] or way in used]
    columns: list[Column] = []
    for way in wanted:
        takers = [item for item in items if marked_in(item, component) and way in ways_of(scheme, component, item)]
        if kind == "ticks" and way == "score" and way not in used:
            takers = [item for item in takers if ways_of(scheme, component, item) == ("score",)]
        if way == "grade" and takers:
            columns += [Column(grade, _WIDTHS[way], "entry", way, grade, "考评等次") for grade in scheme.grades]
        elif takers:
            heads = {way_words(item, way) for item in takers}
            columns.append(Column(heads.pop() if len(heads) == 1 else "完成情况", _WIDTHS[way], "entry", way))
    return columns


def _way_of(mark: Mark) -> Way | None:
    """How a mark was given; None for 不适用."""
    given: dict[Way, object] = {"grade": mark.grade, "score": mark.score, "value": mark.value, "answer": mark.answer}
    return next((way for way, value in given.items() if value is not None), None)

"""The difference of two schemes in sentences that an official would write: complete, grouped, nothing silent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from scoring.diff_items import items
from scoring.diff_match import matched
from scoring.diff_rows import Sides, Told, elements, rows, subject, values, written
from scoring.diff_words import SWITCHES, label, listed, said
from scoring.elements import Bands, Group, Ticks
from scoring.kinds import Element
from scoring.scheme import Scheme

_AREA_OF = {
    "考核方式": ("combine", "components", "total", "rounding", "inherits"),
    "指标": ("categories", "indicators", "item_weights", "ratios", "tasks", "median", "targets"),
    "等次线": ("grades", "ticks", "category_grades", "bands", "criteria", "rank"),
    "等次限制": ("facts", "limits", "floors", "bonuses", "deductions", "extras", "late"),
    "结果运用": ("outcomes", "awards", "approval", "report", "send_to"),
    "名单": ("groups", "excluded"),
    "步骤": ("steps", "draw", "samples"),
    "文件": ("id", "title", "short", "status", "template", "document", "words", "supersedes", "doubts"),
}
AREAS = (*_AREA_OF, "其他")
"""The groups in which differences are told, in this order."""
_AREAS = {field: area for area, fields in _AREA_OF.items() for field in fields}
_UNFELT = {
    "id", "title", "short", "template", "document", "words", "supersedes", "doubts", "steps", "draw", "samples", "excluded",
    "approval", "report", "send_to", "criteria", "categories",
}  # fmt: skip
"""Parts of a scheme that move no result, whatever is changed in them."""


@dataclass(frozen=True)
class Difference:
    """One sentence on what is otherwise: its ``area`` (AREAS), its ``place`` in the scheme, and whether it may move results.

    ``place`` begins with the area and names, in Chinese, the part of the scheme: ("等次线", "赋分").
    """

    area: str
    place: tuple[str, ...]
    text: str
    moves_results: bool


def differences(before: Scheme, after: Scheme) -> tuple[Difference, ...]:
    """Everything that ``after`` says otherwise than ``before``, by area. Empty exactly where both have one hash."""
    if before.hash == after.hash:
        return ()
    found = [one for field in Scheme.model_fields for one in _field(field, Sides(before, after))]
    if not found:  # no field told it, yet it is there
        found = [Difference("其他", ("其他",), "两个方案的书写有细微差别，校验码不同", False)]
    return tuple(sorted(found, key=lambda one: AREAS.index(one.area)))


def _field(field: str, sides: Sides) -> Iterator[Difference]:
    was, now = getattr(sides.before, field), getattr(sides.after, field)
    if written(was) == written(now):
        return
    for told, inner in _told(field, was, now, sides):
        area = inner or _AREAS.get(field, "其他")
        moves = told.moves and field not in _UNFELT
        yield Difference(area, (area, label("Scheme", field)), told.text, moves)


def _told(field: str, was: Any, now: Any, sides: Sides) -> Iterator[tuple[Told, str]]:
    """The sentences on one part of the scheme; beside each the area where it is not the part's own."""
    if field == "groups":
        yield from _groups(was, now, sides)
        return
    if field == "indicators":
        made = items(was, now, "", sides)
    elif isinstance(was, Bands) and isinstance(now, Bands):
        made = _bands(was, now, sides)
    elif isinstance(was, Ticks) and isinstance(now, Ticks):
        made = elements(was, now, "打√", sides)
    elif isinstance(now, tuple) and isinstance((*was, *now)[0], Element):
        made = rows(was, now, "", label("Scheme", field), sides)
    else:
        made = _single(field, was, now, sides)
    yield from ((told, "") for told in made)


def _single(field: str, was: Any, now: Any, sides: Sides) -> Iterator[Told]:
    """One text, list of texts or element of the scheme."""
    name = label("Scheme", field)
    if isinstance(was, Element) and isinstance(now, Element):
        yield from elements(was, now, name, sides)
    elif isinstance(was, Element) or isinstance(now, Element):
        side, element, verb = (sides.after, now, "增加") if now is not None else (sides.before, was, "删去")
        yield Told(f"{verb}{name}：{said(side, 'Scheme', field, element)}", True)
    else:
        who = "方案" if ("Scheme", field) in SWITCHES or field in ("title", "short", "id", "status") else "本方案"
        yield from values("Scheme", field, was, now, who, sides)


def _bands(was: Bands, now: Bands, sides: Sides) -> Iterator[Told]:
    """Lines by their grade: “好”的分数线由90分改为88分."""
    yield from rows(was.items, now.items, "", "等次线", sides)
    yield from elements(was, now, "等次线", sides, skip=("items",))


def _groups(was: tuple[Group, ...], now: tuple[Group, ...], sides: Sides) -> Iterator[tuple[Told, str]]:
    """Groups, their rosters, and the tables that some have of their own."""
    found = matched(was, now)
    for at in found.gone:
        yield Told(f"删去{subject(was[at], sides)}{_roster(was[at])}", True), ""
    for at in found.come:
        yield Told(f"增加{subject(now[at], sides)}{_roster(now[at])}", True), ""
        if now[at].indicators:
            yield Told(f"{subject(now[at], sides)}另用指标表，共{len(now[at].indicators)}项", True), "指标"
    for old, new in found.pairs:
        yield from _group(was[old], now[new], sides)
    if (kept := [old for old, _ in found.pairs]) != sorted(kept):
        yield Told(f"组别的先后次序改为：{listed(group.name for group in now)}", False), ""


def _group(was: Group, now: Group, sides: Sides) -> Iterator[tuple[Told, str]]:
    who = subject(was, sides)
    yield from ((told, "") for told in elements(was, now, who, sides, skip=("units", "indicators")))
    units = list(_units(was, now, who, sides))
    same_names = {unit.name for unit in was.units} == {unit.name for unit in now.units}
    if not units and same_names and written(was.units) != written(now.units):  # a name twice
        units = [Told(f"{who}的名单改为：{'、'.join(unit.name for unit in now.units)}", True)]
    yield from ((told, "") for told in units)
    if was.indicators != now.indicators or written(was.indicators) != written(now.indicators):
        yield from ((told, "指标") for told in _tables(was, now, who, sides))


def _tables(was: Group, now: Group, who: str, sides: Sides) -> Iterator[Told]:
    if was.indicators and now.indicators:
        yield from items(was.indicators, now.indicators, f"{who}：", sides)
    elif now.indicators:
        yield Told(f"{who}改用另一张指标表，共{len(now.indicators)}项", True)
    else:
        yield Told(f"{who}不再另用指标表，改用全方案的指标", True)


def _units(was: Group, now: Group, who: str, sides: Sides) -> Iterator[Told]:
    """Units that came, went or came from another group, and what is said otherwise of those that stayed."""
    old, new = ({unit.name: unit for unit in group.units} for group in (was, now))
    homes = {unit.name: group.name for group in sides.before.groups for unit in group.units}
    going = {unit.name for group in sides.after.groups for unit in group.units}
    come, gone = [name for name in new if name not in old], [name for name in old if name not in new]
    if left := [name for name in gone if name not in going]:
        yield Told(f"{who}的名单删去{'、'.join(left)}", True)
    if joined := [name for name in come if name not in homes]:
        yield Told(f"{who}的名单增加{'、'.join(joined)}", True)
    for name in come:
        if name in homes:
            yield Told(f"{name}由组别“{homes[name]}”改列组别“{now.name}”", True)
    for name in new:
        if name in old:
            yield from elements(old[name], new[name], name, sides)
    stayed = [name for name in old if name in new]
    if [name for name in new if name in old] != stayed:
        yield Told(f"{who}的名单次序改为：{'、'.join(new)}", False)


def _roster(group: Group) -> str:
    names = "、".join(unit.name for unit in group.units)
    return f"（{len(group.units)}个：{names}）" if names else ""

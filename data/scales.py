"""打分尺度对照 of an assessment as it stands: who assessed whom (抽签, or told for the view), and everything compared."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from data.drawing import group_name, lines_of
from data.state import State
from data.store import Drawing
from scoring.marks import Fact, Sheet
from scoring.results import Results, UnitResult
from scoring.scale_items import Apart, Sameness, far_apart, sameness, ticked_twice
from scoring.scale_pairs import UnitPair, side_by_side, subject, yardsticks
from scoring.scale_values import Assessor, Comparison
from scoring.scales import compare
from scoring.scheme import Scheme

Assessors = dict[str, Assessor]
"""Unit → the group that assessed it."""
_LINE = re.compile(r"[\n\r;；]+")
_APART = re.compile(r"\s*(?:[\t,，→：:]|->)\s*")
_LISTED = re.compile(r"[、\s]+")
_TITLES = {"组", "考核组", "组别"}


class AssessorsError(ValueError):
    """Who assessed whom, told in a way that cannot be taken: ``problems`` says of each line what and how to mend it."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True)
class Scales:
    """Everything of one group of units (组别).

    ``comparison`` is None where no counted 交叉考核 can be held against another component; ``plain`` then has the units'
    differences between the first two counted components, from which no scale can be read (内蒙古), or nothing.
    ``twice``: how many times two counted components ticked the same item; ``items``: component id to how alike all units
    are marked on each of its items; ``assessors``: who assessed whom, where that was told.
    """

    results: Results
    units: tuple[UnitResult, ...]
    first: str
    second: str
    comparison: Comparison | None
    plain: tuple[UnitPair, ...]
    apart: tuple[Apart, ...]
    twice: int
    items: dict[str, tuple[Sameness, ...]]
    assessors: Mapping[str, Assessor]

    @property
    def settled(self) -> bool:
        """Whether every sheet that is compared has come: until then no total is shown."""
        return self.comparison is None or self.comparison.settled

    @property
    def scheme(self) -> Scheme:
        """The scheme all of it was scored by."""
        return self.results.scheme


def load_scales(state: State, group: str, second: str | None, assessors: Mapping[str, Assessor], cross: str = "") -> Scales:
    """Compare within a group of an assessment; ``second`` is the yardstick's id, None for the first there is.

    ``cross``: the id of the component that is the 交叉考核, where its name does not tell.
    """
    return scales_of(state.results, state.sheets, [row.fact for row in state.facts], group, second, assessors, cross)


def scales_of(
    results: Results,
    sheets: Sequence[Sheet],
    facts: Sequence[Fact],
    group: str,
    second: str | None,
    assessors: Mapping[str, Assessor],
    cross: str = "",
) -> Scales:
    """The same from marks and facts: the command line has no assessment."""
    scheme = results.scheme
    units = tuple(result for result in results.group(group) if result.components)
    counted = [] if scheme.judged else [part.id for part in scheme.counted]
    items = {part: sameness(scheme, units, part) for part in counted}
    if len(counted) < 2:
        return Scales(results, units, "", "", None, (), (), 0, items, assessors)
    apart = far_apart(scheme, units, sheets, facts, counted)
    own = subject(scheme, cross)
    first, held = (own.id, second or yardsticks(scheme, cross)[0].id) if own else (counted[0], counted[1])
    pairs = side_by_side(scheme, units, first, held)
    compared = compare(first, held, pairs, assessors) if own else None
    plain, twice = () if own else pairs, ticked_twice(scheme, units, counted)
    return Scales(results, units, first, held, compared, plain, apart, twice, items, assessors)


def current_draw(drawings: Iterable[Drawing]) -> Drawing | None:
    """The 抽签 that counts; None where none is recorded."""
    return next((one for one in drawings if one.kind == "draw" and one.state == "current"), None)


def drawn_assessors(drawing: Drawing) -> Assessors:
    """Who assesses whom by a recorded 抽签, those of 兼考 among them."""
    form = drawing.inputs["plan"]["form"]
    return {
        unit: Assessor(group_name(form, line), line.group if form == "pairs" else "")
        for line in lines_of(drawing.result)
        for unit in (*line.objects, *line.also)
    }


def read_assessors(text: str, units: Sequence[str]) -> Assessors:
    """Who assessed whom as typed or pasted: "蓬江区→新会区；第2组→台山市、开平市", a line or a semicolon between groups.

    A group called after a unit is that unit's. It may also be what ``cli.py draw --json`` prints.
    Raises AssessorsError with every group that is amiss.
    """
    told = _json_lines(text) if text.lstrip()[:1] in ("{", "[") else _text_lines(text)
    found: Assessors = {}
    problems: list[str] = []
    for number, (name, objects) in told:
        if not name or not objects:
            problems.append(f"第{number}处没有写清；请写成“考核组→考核对象”，对象之间用顿号，各组之间用分号")
            continue
        home = _home(name, units)
        assessor = Assessor(f"{name}组" if name == home else name, home)
        for unit in objects:
            if problem := _amiss(unit, assessor, units, found):
                problems.append(f"第{number}处{problem}")
            else:
                found[unit] = assessor
    if problems:
        raise AssessorsError(problems)
    return found


def _amiss(unit: str, assessor: Assessor, units: Sequence[str], found: Assessors) -> str:
    if unit not in units:
        near = "或".join(f"“{name}”" for name in get_close_matches(unit, units, 2, 0.5))
        return f"“{unit}”不在名单上；请改为名单上的名称" + (f"，是否{near}？" if near else "")
    if unit in found:
        return f"“{unit}”已写给“{found[unit].name}”；一个对象只写一次"
    if unit == assessor.home:
        return f"“{assessor.name}”考核本地；交叉考核不考核本地，请核对"
    return ""


def _home(name: str, units: Sequence[str]) -> str:
    """The unit that a group is called after: 蓬江区, 蓬江区组, 第1组（蓬江区）."""
    inner = re.search(r"（(.+)）$", name.replace("(", "（").replace(")", "）"))
    bare = inner[1] if inner else re.sub(r"(考核)?组$", "", name)
    return bare if bare in units else ""


def _text_lines(text: str) -> list[tuple[int, tuple[str, list[str]]]]:
    """Each group with its objects; one that does not have exactly one arrow, comma or tab has no objects: it may be two."""
    found: list[tuple[int, tuple[str, list[str]]]] = []
    for part in (part.strip(" \ufeff") for part in _LINE.split(text)):
        name, *rest = _APART.split(part)
        if part and name not in _TITLES:
            objects = [each for each in _LISTED.split(rest[0]) if each] if len(rest) == 1 else []
            found.append((len(found) + 1, (name.strip(), objects)))
    return found


def _json_lines(text: str) -> list[tuple[int, tuple[str, list[str]]]]:
    try:
        told: Any = json.loads(text)
        lines = told["lines"] if isinstance(told, dict) else told
        return [(at, (str(each["group"]), _objects(each))) for at, each in enumerate(lines, start=1)]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise AssessorsError(
            ["不是抽签的 JSON；请用 python cli.py draw --json 的输出，或写成“考核组→考核对象；…”"]
        ) from None


def _objects(line: Mapping[str, Any]) -> list[str]:
    return [str(unit) for unit in (*line.get("assesses", line.get("objects", ())), *line.get("also", ()))]

"""A trial (测算): which values stand in for the scheme's own, how they are written in an address, and the scheme they make.

Values live at five levels. Weights are points of one total, whoever moves one moves the others; tick points and grade
lines descend. Category and item weights are two ways to say one thing, so a trial has one of them at a time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from scoring import exact
from scoring.kinds import Ruled
from scoring.rulebook import implied_weights
from scoring.scheme import Scheme

Values = dict[str, Fraction]
Trial = dict[str, Values]
"""Level → control → value; a level that is not named stands as the scheme has it."""

WEIGHTS, CATEGORIES, ITEMS, POINTS, LINES = "w", "c", "i", "p", "l"
EVERY_LEVEL = (WEIGHTS, CATEGORIES, ITEMS, POINTS, LINES)
RIVALS = {CATEGORIES: ITEMS, ITEMS: CATEGORIES}
HUNDRED = Fraction(100)
LONGEST = 4000
"""Characters of an address that are still read."""
NAMED, WIDEST = 6, 20
"""How many names a message lists, and how many characters of a text that nobody knows it repeats."""


@dataclass(frozen=True)
class Level:
    """One level of a scheme: what it is called, how its values hang together, what they are now, and who says so."""

    id: str
    name: str
    word: str
    mode: Literal["weights", "points", "lines"]
    originals: Values
    names: dict[str, str]
    element: Ruled
    above: Fraction | None = None  # every value must be more than this: the last line begins at 0

    @property
    def origin(self) -> str:
        """Whose values they are: 文件, or 现行 where they are our reading."""
        return "文件" if self.element.cite else "现行"

    @property
    def high(self) -> Fraction:
        """The most that a value can be."""
        whole = sum(self.originals.values(), Fraction(0)) if self.mode == "weights" else HUNDRED
        return max(whole, *self.originals.values())

    @property
    def restore(self) -> str:
        """What the way back is called: 恢复文件权重 40/30/30."""
        values = "/".join(exact.shown(value, 2) for value in self.originals.values())
        return f"恢复{self.origin}{self.word}" + (f" {values}" if len(self.originals) <= 4 else "")


def levels(scheme: Scheme, group: str) -> dict[str, Level]:
    """The levels at which this scheme has something to move, by id."""
    found = [
        component_level(scheme),
        _categories(scheme, group),
        _items(scheme, group),
        _points(scheme),
        _lines(scheme),
    ]
    return {level.id: level for level in found if level and len(level.originals) > (level.mode != "lines")}


def component_level(scheme: Scheme) -> Level | None:
    """The level of 考核方式权重, also of a single one; None where nothing is weighed."""
    counted = scheme.counted
    if sum(scheme.weights.values()) <= 0:
        return None
    names = {component.id: component.name for component in counted}
    silent = next((component for component in counted if component.assumed), counted[0])
    weights = dict(scheme.weights)
    if scheme.combine == "add":  # full marks are said as shares of a hundred: 100 and 100 as 50 and 50
        whole = sum(weights.values(), Fraction(0))
        weights = {name: weight * HUNDRED / whole for name, weight in weights.items()}
    return Level(WEIGHTS, scheme.words.component, "权重", "weights", weights, names, silent)


def _categories(scheme: Scheme, group: str) -> Level | None:
    if scheme.item_weights is None:
        return None
    shares = {
        row.name: row.share * 100 for row in implied_weights(scheme, group) if row.no is None and len(row.path) == 1
    }
    return Level(CATEGORIES, "类别", "权重", "weights", shares, {name: name for name in shares}, scheme.item_weights)


def _items(scheme: Scheme, group: str) -> Level | None:
    if scheme.item_weights is None or any(row.only for row in scheme.indicators_of(group)):
        return None  # items that apply to one unit alone have no weight that all share
    leaves = [row for row in implied_weights(scheme, group) if row.no is not None]
    shares = {str(row.no): row.share * 100 for row in leaves}
    names = {str(row.no): f"{row.no}. {row.name}" for row in leaves}
    return Level(ITEMS, "指标", "权重", "weights", shares, names, scheme.item_weights)


def _points(scheme: Scheme) -> Level | None:
    if scheme.ticks is None or any(high <= low for high, low in pairwise(scheme.ticks.points.values())):
        return None
    points = dict(scheme.ticks.points)
    return Level(POINTS, "赋分", "赋分", "points", points, {grade: grade for grade in points}, scheme.ticks)


def _lines(scheme: Scheme) -> Level | None:
    if scheme.bands is None:
        return None
    lines = {band.grade: band.min for band in scheme.bands.items[:-1]}
    least = scheme.bands.items[-1].min if scheme.bands.items else None
    return Level(
        LINES, "等次线", "等次线", "lines", lines, {grade: f"“{grade}”线" for grade in lines}, scheme.bands, least
    )


def problem_with(level: Level, values: Mapping[str, Fraction]) -> str:
    """Why these values cannot stand at this level, or ""."""
    if set(values) != set(level.originals):
        return f"{level.name}{_names_amiss(level, values)}"
    if any(not 0 <= value <= level.high for value in values.values()):
        return f"{level.name}的数值须在0至{exact.plain(level.high)}之间"
    if level.mode == "weights":
        whole, wanted = sum(values.values(), Fraction(0)), sum(level.originals.values(), Fraction(0))
        return "" if whole == wanted else f"{level.name}权重合计应为{exact.plain(wanted)}，实为{exact.shown(whole)}"
    ordered = [*(values[name] for name in level.originals), *([] if level.above is None else [level.above])]
    return "" if all(high > low for high, low in pairwise(ordered)) else f"{level.name}的数值须由高到低"


def _names_amiss(level: Level, values: Mapping[str, Fraction]) -> str:
    """What is missing, and what the scheme does not know: "缺市级考核、日常工作；方案中没有“x”"."""
    missing = [level.names[name] for name in level.originals if name not in values]
    unknown = [_quoted(name) for name in values if name not in level.originals]
    told = [f"缺{_listed(missing)}"] if missing else []
    return "；".join([*told, f"方案中没有{_listed(unknown)}"] if unknown else told)


def _listed(names: Sequence[str]) -> str:
    """The first few names, and how many there are where that is not all."""
    return "、".join(names[:NAMED]) + (f"等{len(names)}项" if len(names) > NAMED else "")


def _quoted(text: str) -> str:
    """A text from an address in quotation marks, cut where it is long."""
    return f"“{text[:WIDEST]}…”" if len(text) > WIDEST else f"“{text}”"


def written(values: Mapping[str, Fraction]) -> str:
    """Values as an address holds them: "cross:46,municipal:27,daily:27"."""
    return ",".join(f"{name}:{exact.plain(value)}" for name, value in values.items())


def read(level: Level, text: str) -> Values:
    """The values that an address or a saved scenario holds, in the level's order. Raises ValueError in words."""
    if len(text) > LONGEST:
        raise ValueError(f"{level.name}的内容过长")
    pairs = [part.rpartition(":") for part in text.split(",")]
    values, amiss = {}, []
    for name, colon, number in pairs:
        try:
            values[name] = exact.parse(number)
        except ValueError:
            amiss.append(_unread(level, name, number) if colon else f"{_quoted(number)}应写作“名称:数值”")
    if amiss:
        raise ValueError(f"{level.name}{'；'.join(amiss[:NAMED])}")
    if problem := problem_with(level, values) or ("" if len(values) == len(pairs) else f"{level.name}有重复的名称"):
        raise ValueError(problem)
    return {name: values[name] for name in level.originals}


def _unread(level: Level, name: str, number: str) -> str:
    return f"{_quoted(level.names.get(name, name))}的数值{_quoted(number)}不是数字"


def to_text(trial: Trial) -> dict[str, str]:
    """A trial as text by level: what an address holds, and what a scenario keeps."""
    return {level: written(values) for level, values in trial.items()}


def from_text(known: Mapping[str, Level], texts: Mapping[str, object]) -> tuple[Trial, list[str]]:
    """The trial that the texts hold, and what is wrong with those that cannot be read. Other keys are passed over."""
    trial: Trial = {}
    problems = []
    for level in known.values():
        if not isinstance(text := texts.get(level.id), str) or not text:
            continue
        try:
            trial[level.id] = read(level, text)
        except ValueError as problem:
            problems.append(str(problem))
    if RIVALS[CATEGORIES] in trial:
        trial.pop(CATEGORIES, None)
    return tidy(known, trial), problems


def tidy(known: Mapping[str, Level], trial: Trial) -> Trial:
    """Only what differs from the scheme and can still stand in it (readings may have changed meanwhile)."""
    return {
        name: values
        for name, values in trial.items()
        if name in known and values != known[name].originals and not problem_with(known[name], values)
    }


def scheme_of(scheme: Scheme, trial: Trial) -> Scheme:
    """The scheme under a trial; the given one stays as it is."""
    if items := trial.get(ITEMS):
        weights = scheme.item_weights.model_dump() | {"equal": "leaves", "nodes": ()} if scheme.item_weights else None
        scheme = scheme.replace(item_weights={int(no): value for no, value in items.items()})
        scheme = scheme.with_elements(item_weights=weights)
    nodes: dict[tuple[str, ...], Fraction] = {(name,): value for name, value in trial.get(CATEGORIES, {}).items()}
    weights, points, lines = trial.get(WEIGHTS), trial.get(POINTS), trial.get(LINES)
    if not (nodes or weights or points or lines):
        return scheme
    return scheme.replace(weights=weights, node_weights=nodes or None, points=points, lines=lines)

"""口径: the readings a scheme assumes where its text is silent, and what another reading would change.

Beside them the targets (目标) whose figure the document leaves to the office: they are filled in, not read.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from scoring import exact
from scoring.elements import Alternative, Inherits, Outcome, Ruled, Sample, Target
from scoring.results import Results, UnitResult
from scoring.scheme import Scheme

NAMES = {
    "groups": "考核对象名单",
    "excluded": "不在考核之列",
    "components": "考核方式",
    "total": "总分折算",
    "ticks": "四档赋分",
    "item_weights": "指标权重",
    "rounding": "小数位数与舍入",
    "ratios": "比例计分",
    "categories": "类别",
    "tasks": "任务完成情况",
    "median": "中位法",
    "category_grades": "大项等次",
    "bands": "等次线",
    "criteria": "评价标准",
    "rank": "位次",
    "facts": "情形",
    "targets": "目标",
    "limits": "等次限制",
    "floors": "保底",
    "bonuses": "加分",
    "deductions": "扣分",
    "extras": "加扣分上下限",
    "late": "逾期扣减",
    "inherits": "随帮扶对象计分",
    "awards": "绩效折算",
    "outcomes": "结果运用",
    "approval": "审定",
    "report": "考核报告",
    "send_to": "分送",
    "steps": "考核步骤",
    "draw": "抽签",
    "samples": "抽样",
}
"""What each rule-bearing field of a scheme is called; a test holds that none is left out."""
DEFAULT = "默认"
"""What the scheme's own reading is called among its alternatives."""


@dataclass(frozen=True)
class Assumption:
    """One assumed element. ``key`` is its place in the scheme ("ticks", "limits.violation"); ``text`` our reason."""

    key: str
    name: str
    text: str
    alternatives: tuple[Alternative, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        """The readings one can choose: the scheme's own, then its alternatives."""
        return DEFAULT, *(option.label for option in self.alternatives)

    @property
    def silent(self) -> str:
        """What the text leaves open: "原文未定每档的分值"."""
        return self.text.partition("；")[0] if "；" in self.text else "原文未规定"

    @property
    def reading(self) -> str:
        """How we read it and why; all of the text where it does not say apart what is left open."""
        return self.text.partition("；")[2] or self.text


@dataclass(frozen=True)
class Effect:
    """Another reading's effect on this assessment: by unit (now, then), only where the two differ.

    ``changes`` are grades, ``places`` are 位次, ``scores`` official scores; ``outcomes`` the units for which something
    else would follow. All values are exact.
    """

    key: str
    label: str
    changes: dict[str, tuple[str | None, str | None]]
    places: dict[str, tuple[int | None, int | None]] = field(default_factory=dict)
    scores: dict[str, tuple[Fraction | None, Fraction | None]] = field(default_factory=dict)
    outcomes: tuple[str, ...] = ()

    @property
    def reach(self) -> tuple[int, int, int, int]:
        """How many grades, outcomes, places and scores change: what matters more comes first."""
        return len(self.changes), len(self.outcomes), len(self.places), len(self.scores)

    @property
    def units(self) -> tuple[str, ...]:
        """Every unit of which anything changes."""
        return tuple(dict.fromkeys((*self.changes, *self.outcomes, *self.places, *self.scores)))

    @property
    def largest(self) -> tuple[str, Fraction] | None:
        """The unit whose score moves furthest, and by how much (negative: down); None where no score moves."""
        moves = {unit: then - now for unit, (now, then) in self.scores.items() if now is not None and then is not None}
        return max(moves.items(), key=lambda move: abs(move[1]), default=None)


def assumptions(scheme: Scheme) -> tuple[Assumption, ...]:
    """Every element that says ``assumed``, in the order of the scheme's fields."""
    return tuple(
        Assumption(key, name, element.assumed, element.alternatives)
        for key, name, element in _elements(scheme)
        if element.assumed
    )


def _elements(scheme: Scheme) -> Iterator[tuple[str, str, Ruled]]:
    for name in Scheme.model_fields:
        value = getattr(scheme, name)
        if isinstance(value, Ruled):
            yield name, called(scheme, name), value
        for index, element in enumerate(value if isinstance(value, tuple) else ()):
            if isinstance(element, Ruled):
                own = _own_name(scheme, element)
                yield (
                    f"{name}.{getattr(element, 'id', index)}",
                    called(scheme, name) + (f"：{own}" if own else ""),
                    element,
                )


def called(scheme: Scheme, name: str) -> str:
    """What a rule-bearing field of a scheme is called in the document's own words: 评价方式, 评价对象名单."""
    if name == "components":
        return scheme.words.component
    return NAMES[name].replace("考核对象", "评价对象") if "评价" in scheme.words.assessment else NAMES[name]


def _own_name(scheme: Scheme, element: Ruled) -> str:
    """What tells an element from its siblings: its name, or the whole of what it says: nobody confirms half a sentence."""
    match element:
        case Inherits():
            return "、".join(group.name for group in scheme.groups if group.id in element.groups)
        case Sample():
            return element.each + element.of
        case Outcome():
            return element.action
    said = (getattr(element, name, "") for name in ("name", "what", "text"))
    return next(filter(None, said), "") or "·".join(getattr(element, "path", ()))


def with_reading(scheme: Scheme, key: str, label: str) -> Scheme:
    """The scheme under another reading, which then gives its own reason (``assumed``) and not the one it sets aside.

    ``DEFAULT`` gives the scheme back. Raises KeyError for what it does not offer.
    """
    if label == DEFAULT:
        return scheme
    element = next(element for name, _, element in _elements(scheme) if name == key)
    chosen = next((option for option in element.alternatives if option.label == label), None)
    if chosen is None:
        raise KeyError(label)
    reason = f"{label}：{chosen.why}" if chosen.why else label
    return _with_element(scheme, key, element.model_dump() | {"assumed": reason} | chosen.sets)


def _with_element(scheme: Scheme, key: str, element: dict[str, Any]) -> Scheme:
    field, _, name = key.partition(".")
    if not name:
        return scheme.with_elements(**{field: element})
    rows = [element if str(getattr(old, "id", i)) == name else old for i, old in enumerate(getattr(scheme, field))]
    return scheme.with_elements(**{field: rows})


def with_readings(scheme: Scheme, chosen: Mapping[str, str]) -> Scheme:
    """The scheme under every chosen reading (key to label); choices it does not know are passed over."""
    offered = {known.key: {option.label for option in known.alternatives} for known in assumptions(scheme)}
    for key, label in chosen.items():
        if label in offered.get(key, ()):
            scheme = with_reading(scheme, key, label)
    return scheme


def open_targets(scheme: Scheme) -> tuple[Target, ...]:
    """Targets that are figures and have none: the document leaves them to the office (全国平均增长率)."""
    asked = {row.target for group in scheme.groups for row in scheme.indicators_of(group.id)}
    return tuple(t for t in scheme.targets if t.value is None and (t.measure or t.id in asked))


def figure_text(target: Target, text: str) -> str:
    """The figure that was written for a target, as it is kept: "8.8%" is 8.8 where the target is measured in percent.

    A share may be negative (a growth), a count not. Raises ValueError for anything else.
    """
    spelt = unicodedata.normalize("NFKC", text).strip().replace("\u2212", "-")
    share = target.measure == "%"
    spelt = spelt.removesuffix("%").rstrip() if share else spelt
    if exact.parse(spelt) < 0 and not share:
        raise ValueError(text)
    return spelt


def with_targets(scheme: Scheme, figures: Mapping[str, Fraction]) -> Scheme:
    """The scheme with the office's figures filled in by target id; what the document itself fixes stays as it is."""
    wanted = {target.id: figures[target.id] for target in open_targets(scheme) if target.id in figures}
    if not wanted:
        return scheme
    rows = [{**row.model_dump(), "value": wanted.get(row.id, row.value)} for row in scheme.targets]
    return scheme.with_elements(targets=rows)


def effects(
    own: Scheme, chosen: Mapping[str, str], now: Results, assess_with: Callable[[Scheme], Results]
) -> tuple[Effect, ...]:
    """What each reading that is not in force would change in these results, the others staying as chosen.

    ``own`` is the scheme before any reading was chosen, ``chosen`` the labels in force by key: each trial is made from
    these, so that nothing of the reading it replaces is left behind. ``assess_with`` scores the same marks.
    """
    found = []
    for assumption in assumptions(own):
        in_force = chosen.get(assumption.key)
        if in_force not in assumption.labels:
            in_force = DEFAULT
        for label in assumption.labels:
            if label != in_force:
                then = assess_with(with_readings(own, {**chosen, assumption.key: label}))
                found.append(effect(assumption.key, label, now, then))
    return tuple(found)


def effect(key: str, label: str, now: Results, then: Results) -> Effect:
    """What differs between two results, told as the effect of one reading."""
    before = {result.unit: result for result in now.units}
    pairs = [(before[result.unit], result) for result in then.units if result.unit in before]
    return Effect(
        key,
        label,
        changed_grades(now, then),
        {a.unit: (a.rank, b.rank) for a, b in pairs if a.rank != b.rank},
        {a.unit: (a.score, b.score) for a, b in pairs if a.score != b.score},
        tuple(a.unit for a, b in pairs if _follows(a) != _follows(b)),
    )


def _follows(result: UnitResult) -> tuple[str, ...]:
    return tuple(outcome.action for outcome in result.outcomes)


def changed_grades(now: Results, then: Results) -> dict[str, tuple[str | None, str | None]]:
    """Units whose grade differs between two results: (grade now, grade then)."""
    before = {result.unit: result.grade for result in now.units}
    return {r.unit: (before[r.unit], r.grade) for r in then.units if before.get(r.unit) != r.grade}


def weightiest_first(known: Iterable[Assumption], found: Iterable[Effect]) -> tuple[Assumption, ...]:
    """The readings by what another would change, grades before all else; alike ones stay in the scheme's order."""
    most: dict[str, tuple[int, ...]] = {}
    for each in found:
        most[each.key] = max(most.get(each.key, (0, 0, 0, 0)), each.reach)
    return tuple(sorted(known, key=lambda reading: most.get(reading.key, (0, 0, 0, 0)), reverse=True))

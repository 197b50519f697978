"""口径: the readings a scheme assumes where its text is silent, and what another reading would change."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from scoring.elements import Alternative, Ruled
from scoring.results import Results
from scoring.scheme import Scheme

NAMES = {
    "ticks": "四档赋分",
    "item_weights": "指标权重",
    "rounding": "小数位数与舍入",
    "rank": "位次",
    "bands": "等次线",
    "total": "总分折算",
    "median": "中位法",
    "category_grades": "大项等次",
    "draw": "抽签",
    "send_to": "分送",
}
_NAMED_LISTS = {
    "groups": "考核对象名单",
    "components": "考核方式",
    "facts": "情形",
    "limits": "等次限制",
    "floors": "保底",
    "steps": "考核步骤",
    "awards": "绩效折算",
    "samples": "抽样",
}
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


@dataclass(frozen=True)
class Effect:
    """Another reading's effect on this assessment: units and (grade now, grade then) where they differ."""

    key: str
    label: str
    changes: dict[str, tuple[str | None, str | None]]


def assumptions(scheme: Scheme) -> tuple[Assumption, ...]:
    """Every element that says ``assumed``, in the order of the scheme's fields."""
    return tuple(
        Assumption(key, name, element.assumed, element.alternatives)
        for key, name, element in _elements(scheme)
        if element.assumed
    )


def _elements(scheme: Scheme) -> Iterator[tuple[str, str, Ruled]]:
    for field in Scheme.model_fields:
        value = getattr(scheme, field)
        if isinstance(value, Ruled):
            yield field, NAMES.get(field, field), value
        for index, element in enumerate(value if isinstance(value, tuple) else ()):
            if isinstance(element, Ruled):
                yield f"{field}.{getattr(element, 'id', index)}", _list_name(field, element), element


def _list_name(field: str, element: Ruled) -> str:
    named = getattr(element, "name", "") or getattr(element, "what", "") or getattr(element, "text", "")
    kind = _NAMED_LISTS.get(field, field)
    return f"{kind}：{named}" if named else kind


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
                found.append(Effect(assumption.key, label, changed_grades(now, then)))
    return tuple(found)


def changed_grades(now: Results, then: Results) -> dict[str, tuple[str | None, str | None]]:
    """Units whose grade differs between two results: (grade now, grade then)."""
    before = {result.unit: result.grade for result in now.units}
    return {r.unit: (before[r.unit], r.grade) for r in then.units if before.get(r.unit) != r.grade}

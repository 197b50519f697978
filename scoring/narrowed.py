"""A scheme for part of what it assesses: one group, units under other names, only some of its components counted."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from scoring.scheme import Scheme

OURS = "回测时只计可对应的部分；原文未规定"


def narrowed(scheme: Scheme, group: str, units: Mapping[str, str], counted: Collection[str] | None = None) -> Scheme:
    """The scheme for one group of these units, each with the name by which the scheme knows it ("": it does not).

    ``counted``: the components that enter the total; the others give their weight to these. The base of the total stays
    what it was.
    """
    own = {unit.name: unit.model_dump() for unit in scheme.group(group).units}
    members = [own.get(known, {}) | {"name": unit} for unit, known in units.items()]
    rows = [row.model_dump() for row in scheme.indicators_of(group)]
    kept = [row | {"only": _only(row["only"], units)} for row in rows if not row["only"] or _only(row["only"], units)]
    only = {**scheme.group(group).model_dump(), "units": members, "indicators": kept, "size": None}
    elements: dict[str, Any] = {"groups": [only]}
    if counted is not None:
        elements |= _counting(scheme, counted)
    return scheme.with_elements(**elements)


def _only(listed: Collection[str], units: Mapping[str, str]) -> list[str]:
    return [unit for unit, known in units.items() if known in listed]


def _counting(scheme: Scheme, counted: Collection[str]) -> dict[str, Any]:
    parts = [part.model_dump() | {"counted": part.counted and part.id in counted} for part in scheme.components]
    if scheme.combine != "add" or scheme.total:
        return {"components": parts}
    return {"components": parts, "total": {"full": scheme.base, "on": scheme.base, "assumed": OURS}}

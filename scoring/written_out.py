"""A scheme under an assessment's own roster, so that it can stand as a file of its own and load again.

A roster may leave out groups and units that the document names, and count more or fewer than it says. The assessment's
scheme keeps those rules, for their readings are numbered; what is written out keeps only what its roster can bear.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scoring.scheme import Scheme


def written_out(scheme: Scheme) -> Scheme:
    """The same rules for the same units, without numbers, groups and units that are not on the roster."""
    data = scheme.model_dump()
    there = {group["id"] for group in data["groups"]}
    known = {unit["name"] for group in data["groups"] for unit in group["units"]}
    for group in data["groups"]:
        group["size"] = None if group["units"] and len(group["units"]) != group["size"] else group["size"]
        group["indicators"] = _applying(group["indicators"], known)
    inherits = [row for row in _naming(data["inherits"], there) if row["source"] in there]
    return Scheme.model_validate(
        data
        | {
            "inherits": inherits,
            "awards": _naming(data["awards"], there),
            "outcomes": [row for each in data["outcomes"] for row in (_naming([each], there) if each["groups"] else [each])],
            "indicators": _applying(data["indicators"], known),
        }
    )


def _naming(rows: Sequence[dict[str, Any]], there: set[str]) -> list[dict[str, Any]]:
    """Rules about groups, of the groups that are there; those about none of them are left out."""
    kept = [row | {"groups": [group for group in row["groups"] if group in there]} for row in rows]
    return [row for row in kept if row["groups"]]


def _applying(rows: Sequence[dict[str, Any]], known: set[str]) -> list[dict[str, Any]]:
    """Indicators of everybody, and those of single units that are there. Without any roster nothing is left out."""
    if not known:
        return list(rows)
    kept = [row | {"only": [unit for unit in row["only"] if unit in known]} if row["only"] else row for row in rows]
    return [now for now, row in zip(kept, rows, strict=True) if now["only"] or not row["only"]]

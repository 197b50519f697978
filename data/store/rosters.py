"""A roster corrected: the new one in force as a whole, the earlier one kept, nobody lost who has handed something in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, select, update

from data.store import assessments
from data.store.change import changing
from data.store.database import Database
from data.store.problem import StoreProblem, required
from data.store.records import Assessment, UnitRow
from data.store.tables import fact, submission, unit

_SHOWN = 8


def correct(
    database: Database,
    assessment_id: int,
    units: Sequence[UnitRow],
    actor: str,
    reason: str,
    expected_version: int | None = None,
) -> Assessment:
    """Put another roster in force, one version further, with who and why in the log.

    Raises StoreProblem for an empty roster, for one that says what is in force already, and where a unit would go, or
    change its group, that still has sheets or 情形; Moved when the assessment is no longer at ``expected_version``.
    """
    why = required(reason, "更正理由")
    rows = assessments.checked(units)
    with changing(database, actor, "更正名单") as change:
        version = change.of(assessment_id, expected_version)
        before = assessments.roster(change.connection, assessment_id)
        _insist(change.connection, assessment_id, before, rows)
        change.connection.execute(
            update(unit)
            .where(unit.c.assessment == assessment_id, unit.c.state == assessments.CURRENT)
            .values(state=assessments.REPLACED, version=version)
        )
        assessments.enrol(change, rows)
        made = assessments.one(change.connection, assessment_id)
        change.subject = made.name
        change.details = {"reason": why, "units": len(rows)} | _told(before, rows)
        return made


def _insist(connection: Connection, assessment_id: int, before: Sequence[UnitRow], rows: Sequence[UnitRow]) -> None:
    if not rows:
        raise StoreProblem("名单中没有考核对象，未作改动。请填写名单后再更正。")
    if list(before) == list(rows):
        raise StoreProblem("新名单与现有名单完全相同，未作改动。")
    stays = {(row.name, row.group) for row in rows}
    moved = {row.name for row in before if (row.name, row.group) not in stays}
    gone = moved | (_registered(connection, assessment_id) - {row.name for row in rows})
    if held := _holding(connection, assessment_id, gone):
        raise StoreProblem(
            f"以下考核对象在新名单中已删去或改了组别，但还有评分表或情形：{_listed(held)}。名单未作改动。"
            "请先到“数据上报”撤回其评分表、到情形登记处撤销其情形，或把它们保留在名单中。"
        )


def _registered(connection: Connection, assessment_id: int) -> set[str]:
    """Every unit with something to its name: an assessment without a roster takes any."""
    return set(_sheets(connection, assessment_id)) | set(_facts(connection, assessment_id))


def _holding(connection: Connection, assessment_id: int, names: Iterable[str]) -> list[str]:
    """The units among them that have sheets or facts, each with how many."""
    sheets, facts = _sheets(connection, assessment_id), _facts(connection, assessment_id)
    told = []
    for name in sorted(names):
        parts = [f"评分表{sheets.count(name)}份"] if name in sheets else []
        parts += [f"情形{facts.count(name)}条"] if name in facts else []
        told += [f"“{name}”（{'、'.join(parts)}）"] if parts else []
    return told


def _sheets(connection: Connection, assessment_id: int) -> list[str]:
    query = select(submission.c.unit).where(submission.c.assessment == assessment_id, submission.c.state == "taken")
    return list(connection.execute(query).scalars())


def _facts(connection: Connection, assessment_id: int) -> list[str]:
    query = select(fact.c.unit).where(fact.c.assessment == assessment_id, fact.c.state != "withdrawn")
    return list(connection.execute(query).scalars())


def _told(before: Sequence[UnitRow], after: Sequence[UnitRow]) -> dict[str, list[str]]:
    """What the log keeps: names that came, went, and of whom something else was said."""
    old, new = ({row.name: row for row in rows} for rows in (before, after))
    changes = {
        "added": [name for name in new if name not in old],
        "removed": [name for name in old if name not in new],
        "changed": [name for name in new if name in old and new[name] != old[name]],
    }
    return {what: names for what, names in changes.items() if names}


def _listed(told: Sequence[str]) -> str:
    more = f"等{len(told)}个" if len(told) > _SHOWN else ""
    return "、".join(told[:_SHOWN]) + more

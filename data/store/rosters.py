"""A roster corrected: the new one in force as a whole, the earlier one kept, nobody lost who has handed something in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from sqlalchemy import Connection, Select, select, update

from data.store import assessments
from data.store.change import changing, retried
from data.store.database import Database
from data.store.problem import Clash, Moved, StoreProblem, required
from data.store.records import Assessment, UnitRow
from data.store.tables import decision, fact, rectification, submission, unit

_SHOWN = 8
_STANDING: dict[str, Select[tuple[int, str]]] = {
    "评分表{}份": select(submission.c.assessment, submission.c.unit).where(submission.c.state == "taken"),
    "情形{}条": select(fact.c.assessment, fact.c.unit).where(fact.c.state != "withdrawn"),
    "决定{}项": select(decision.c.assessment, decision.c.unit).where(decision.c.state == "current"),
    "整改问题{}条": select(rectification.c.assessment, rectification.c.unit).where(rectification.c.state == "current"),
}
"""What a unit can have to its name, and how it is counted."""
_OF_ITS_GROUP = ("评分表{}份", "情形{}条")
"""What was entered by the rules of the unit's group; a decision or a 整改 stays true in another group."""


@retried
def correct(
    database: Database,
    assessment_id: int,
    units: Sequence[UnitRow],
    actor: str,
    reason: str,
    expected_version: int | None = None,
    seen: Sequence[UnitRow] | None = None,
) -> Assessment:
    """Put another roster in force, one version further, with who and why in the log.

    Raises StoreProblem for an empty roster, for one that says what is in force already, where a unit would go that still
    has sheets, 情形, decisions or 整改, and where one would change its group that still has sheets or 情形; Moved when the
    assessment is no longer at ``expected_version`` or, with both rosters, another is in force than the one ``seen``.
    """
    why = required(reason, "更正理由")
    rows = assessments.checked(units)
    with changing(database, actor, "更正名单") as change:
        version = change.of(assessment_id, expected_version)
        before = assessments.roster(change.connection, assessment_id)
        if seen is not None and list(before) != list(seen):
            raise _moved(change.connection, assessment_id, rows, before)
        _insist(change.connection, assessment_id, before, rows)
        change.connection.execute(
            update(unit)
            .where(unit.c.assessment == assessment_id, unit.c.state == assessments.CURRENT)
            .values(state=assessments.REPLACED, version=version)
        )
        assessments.enrol(change, rows)
        made = assessments.one(change.connection, assessment_id)
        change.subject = made.name
        change.details = {"reason": why, "units": len(rows), "roster": assessments.roster_hash(rows)} | _told(before, rows)
        return made


def _moved(connection: Connection, assessment_id: int, mine: Sequence[UnitRow], theirs: Sequence[UnitRow]) -> Moved:
    """Somebody else corrected the roster meanwhile: both, in words."""
    query = select(unit.c.actor, unit.c.at).where(unit.c.assessment == assessment_id, unit.c.state == assessments.CURRENT)
    by, at = connection.execute(query.order_by(unit.c.id.desc()).limit(1)).one_or_none() or ("", None)
    clash = Clash("考核对象名单", _in_words(mine, theirs), _in_words(theirs, mine), by, at)
    return Moved("在您查看之后，考核对象名单已被他人更正，本次未生效。请对照双方的名单后再决定。", clash)


def _in_words(rows: Sequence[UnitRow], other: Sequence[UnitRow]) -> str:
    """How many units, and those of which the other roster says something else or nothing."""
    differing = [f"{row.name}（{'，'.join(filter(None, (row.group, row.region)))}）" for row in rows if row not in other]
    return f"{len(rows)}个" + (f"，其中不同的：{_listed(differing)}" if differing else "")


def _insist(connection: Connection, assessment_id: int, before: Sequence[UnitRow], rows: Sequence[UnitRow]) -> None:
    if not rows:
        raise StoreProblem("名单中没有考核对象，未作改动。请填写名单后再更正。")
    if list(before) == list(rows):
        raise StoreProblem("新名单与现有名单完全相同，未作改动。")
    standing = {what: Counter(_units(connection, assessment_id, query)) for what, query in _STANDING.items()}
    gone = {*(row.name for row in before), *(name for names in standing.values() for name in names)}
    gone -= {row.name for row in rows}
    moved = {row.name for row in before} - gone - {row.name for row in rows if (row.name, row.group) in _groups(before)}
    if held := sorted(_holding(standing, gone, _STANDING) + _holding(standing, moved, _OF_ITS_GROUP)):
        raise StoreProblem(
            f"以下考核对象在新名单中已删去或改了组别，但还有登记在案的内容：{_listed(held)}。名单未作改动。"
            "请先到“数据上报”撤回其评分表、到情形登记处撤销其情形、到“结果运用”撤销其决定和整改问题，或把它们保留在名单中。"
        )


def _units(connection: Connection, assessment_id: int, query: Select[tuple[int, str]]) -> list[str]:
    """The unit of each row. An assessment without a roster takes any unit."""
    first = query.selected_columns[0]
    return [row.unit for row in connection.execute(query.where(first == assessment_id))]


def _groups(rows: Sequence[UnitRow]) -> set[tuple[str, str]]:
    return {(row.name, row.group) for row in rows}


def _holding(standing: dict[str, Counter[str]], names: Collection[str], kinds: Collection[str]) -> list[str]:
    """The units among them that have something of these kinds, each with how much: “江海区”（情形1条）."""
    told = []
    for name in names:
        parts = [what.format(standing[what][name]) for what in kinds if name in standing[what]]
        told += [f"“{name}”（{'、'.join(parts)}）"] if parts else []
    return told


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

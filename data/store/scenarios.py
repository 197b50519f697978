"""情景: trial settings kept under a name. Saving a name again keeps the earlier one as replaced.

A 情景 touches no result, so the assessment stays at its version; the log has it all the same.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from data.store import log
from data.store.change import changing, retried
from data.store.database import Database
from data.store.log import canonical
from data.store.problem import Clash, Moved, StoreProblem, required
from data.store.records import SavedScenario
from data.store.restoring import insist_in_time
from data.store.tables import scenario

SAVED, REPLACED, WITHDRAWN = "saved", "replaced", "withdrawn"
ANY = -1
"""In place of an id: whatever is there."""


def listed(connection: Connection, assessment_id: int) -> list[SavedScenario]:
    """The scenarios in use, in the order they were saved."""
    query = select(scenario).where(scenario.c.assessment == assessment_id, scenario.c.state == SAVED)
    return [_scenario(row) for row in connection.execute(query.order_by(scenario.c.id))]


@retried
def save(
    database: Database,
    assessment_id: int,
    name: str,
    settings: dict[str, Any],
    actor: str,
    reason: str = "",
    seen: int | None = ANY,
) -> SavedScenario:
    """Keep ``settings`` (what JSON can hold; exact numbers as text) under a name.

    ``seen``: the id of the scenario of this name that somebody saw, None for none; Moved, with both settings, where
    another has been saved under it meanwhile. Without it whatever has the name is replaced.
    """
    title, text = required(name, "情景名称"), canonical(settings)
    with changing(database, actor, "保存情景") as change:
        version = change.beside(assessment_id)
        same = (scenario.c.assessment == assessment_id, scenario.c.name == title, scenario.c.state == SAVED)
        other = change.connection.execute(select(scenario).where(*same)).one_or_none()
        if other is not None and seen not in (ANY, other.id) and other.settings != text:
            clash = Clash(title, text, other.settings, other.actor, other.at)
            raise Moved(f"在您查看之后，{other.actor}已另存同名情景“{title}”，本次未保存。请对照后决定，或换一个名称。", clash)
        change.connection.execute(update(scenario).where(*same).values(state=REPLACED, version=version))
        values = {"assessment": assessment_id, "version": version, "state": SAVED, "name": title, "settings": text}
        made = change.insert(scenario, **values, reason=reason.strip())
        change.subject, change.details = title, {"settings": settings, "reason": reason.strip()}
        return _scenario(_find(change.connection, made))


@retried
def withdraw(database: Database, scenario_id: int, actor: str, reason: str = "") -> None:
    """Take a scenario off the list; it stays on record."""
    with changing(database, actor, "撤销情景") as change:
        row = _find(change.connection, scenario_id)
        if row.state != SAVED:
            raise StoreProblem("该情景已撤销或已被新的同名情景取代。请刷新后查看最新情况。")
        version = change.beside(row.assessment)
        found = scenario.c.id == scenario_id
        change.connection.execute(update(scenario).where(found).values(state=WITHDRAWN, version=version))
        change.subject, change.details = row.name, {"id": row.id, "reason": reason.strip()}


def withdrawn(connection: Connection, assessment_id: int) -> list[SavedScenario]:
    """The withdrawn scenarios, the one last withdrawn first, each with when that was."""
    query = select(scenario).where(scenario.c.assessment == assessment_id, scenario.c.state == WITHDRAWN)
    rows = connection.execute(query).all()
    left = _left(connection, assessment_id) if rows else {}
    found = [replace(_scenario(row), gone=left.get(row.id)) for row in rows]
    return sorted(found, key=lambda one: (one.gone or one.at, one.id), reverse=True)


@retried
def restore(database: Database, scenario_id: int, actor: str) -> SavedScenario:
    """Put a withdrawn scenario back on the list within 30 days; refused while another has its name."""
    with changing(database, actor, "恢复情景") as change:
        row = _find(change.connection, scenario_id)
        if row.state != WITHDRAWN:
            raise StoreProblem("该情景未撤销，无须恢复。请刷新后查看最新情况。")
        version = change.beside(row.assessment)
        insist_in_time(change, _left(change.connection, row.assessment).get(row.id), f"情景“{row.name}”")
        same = (scenario.c.assessment == row.assessment, scenario.c.name == row.name, scenario.c.state == SAVED)
        if change.connection.execute(select(scenario.c.id).where(*same)).first():
            raise StoreProblem(f"已另有同名情景“{row.name}”，未恢复。请先撤销现有的一个，或将它换名另存。")
        found = scenario.c.id == scenario_id
        change.connection.execute(update(scenario).where(found).values(state=SAVED, version=version))
        change.subject, change.details = row.name, {"id": row.id}
        return _scenario(_find(change.connection, scenario_id))


def _left(connection: Connection, assessment_id: int) -> dict[int, datetime]:
    """Scenario id → when it was last withdrawn, by the log: a scenario moves no version to know it by."""
    entries = log.entries(connection, assessment_id, action="撤销情景", limit=None)
    return {entry.details["id"]: entry.at for entry in reversed(entries) if "id" in entry.details}


def _find(connection: Connection, scenario_id: int) -> Row[Any]:
    row = connection.execute(select(scenario).where(scenario.c.id == scenario_id)).one_or_none()
    if row is None:
        raise StoreProblem("没有找到这个情景。请返回列表重新选择。")
    return row


def _scenario(row: Row[Any]) -> SavedScenario:
    return SavedScenario(row.id, row.name, json.loads(row.settings), row.reason, row.actor, row.at)

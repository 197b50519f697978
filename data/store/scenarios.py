"""情景: trial settings kept under a name. Saving a name again keeps the earlier one as replaced.

A 情景 touches no result, so the assessment stays at its version; the log has it all the same.
"""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, Row, select, update

from data.store.change import changing, retried
from data.store.database import Database
from data.store.log import canonical
from data.store.problem import StoreProblem, required
from data.store.records import SavedScenario
from data.store.tables import scenario

SAVED, REPLACED, WITHDRAWN = "saved", "replaced", "withdrawn"


def listed(connection: Connection, assessment_id: int) -> list[SavedScenario]:
    """The scenarios in use, in the order they were saved."""
    query = select(scenario).where(scenario.c.assessment == assessment_id, scenario.c.state == SAVED)
    return [_scenario(row) for row in connection.execute(query.order_by(scenario.c.id))]


@retried
def save(
    database: Database, assessment_id: int, name: str, settings: dict[str, Any], actor: str, reason: str = ""
) -> SavedScenario:
    """Keep ``settings`` (what JSON can hold; exact numbers as text) under a name."""
    title, text = required(name, "情景名称"), canonical(settings)
    with changing(database, actor, "保存情景") as change:
        version = change.beside(assessment_id)
        same = (scenario.c.assessment == assessment_id, scenario.c.name == title, scenario.c.state == SAVED)
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


def _find(connection: Connection, scenario_id: int) -> Row[Any]:
    row = connection.execute(select(scenario).where(scenario.c.id == scenario_id)).one_or_none()
    if row is None:
        raise StoreProblem("没有找到这个情景。请返回列表重新选择。")
    return row


def _scenario(row: Row[Any]) -> SavedScenario:
    return SavedScenario(row.id, row.name, json.loads(row.settings), row.reason, row.actor, row.at)

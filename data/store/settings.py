"""Choices made for an assessment, such as a confirmed 口径. A new value never overwrites an earlier one.

Only what changes results or what viewers see of them raises the assessment's version; the log has every choice.
"""

from __future__ import annotations

from sqlalchemy import Connection, select, update

from data.store.change import changing
from data.store.database import Database
from data.store.problem import required
from data.store.records import Setting
from data.store.tables import setting

READING, SHOWN = "assumption:", "towns_shown:"
"""Beginnings of keys: the confirmed reading of an assumption; whether a group's results show on the city's map ("1")."""
_FELT = (READING, SHOWN)

CURRENT, REPLACED = "current", "replaced"
_SHOWN = (setting.c.key, setting.c.value, setting.c.actor, setting.c.at)


def current(connection: Connection, assessment_id: int) -> dict[str, Setting]:
    """The value that holds now for each key ever set."""
    query = select(*_SHOWN).where(setting.c.assessment == assessment_id, setting.c.state == CURRENT)
    return {row.key: Setting(*row) for row in connection.execute(query.order_by(setting.c.key))}


def earlier(connection: Connection, assessment_id: int, key: str) -> list[Setting]:
    """Every value a key has had, newest first."""
    query = select(*_SHOWN).where(setting.c.assessment == assessment_id, setting.c.key == key)
    return [Setting(*row) for row in connection.execute(query.order_by(setting.c.id.desc()))]


def put(
    database: Database,
    assessment_id: int,
    key: str,
    value: str,
    actor: str,
    action: str = "确认口径",
    subject: str = "",
) -> Setting:
    """Set a key. ``action`` and ``subject`` are what the log says; without a subject it names the key and the value."""
    name = required(key, "设置项")
    with changing(database, actor, action) as change:
        version = (change.of if name.startswith(_FELT) else change.beside)(assessment_id)
        same = (setting.c.assessment == assessment_id, setting.c.key == name, setting.c.state == CURRENT)
        before = change.connection.execute(select(setting.c.value).where(*same)).scalar()
        change.connection.execute(update(setting).where(*same).values(state=REPLACED, version=version))
        change.insert(setting, assessment=assessment_id, version=version, state=CURRENT, key=name, value=value)
        change.subject = subject or f"{name}：{value}"
        change.details = {"key": name, "value": value, "before": before}
        return Setting(name, value, change.actor, change.at)

"""One's own geography (自有底图): areas or points that an office has brought for a place, kept in versions.

It changes how maps are drawn and no result, so no assessment's version rises. Nothing is overwritten or deleted: another
file replaces the one before, 停用 takes one out of use, 恢复 brings an earlier one back.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select, update

from data.store import log
from data.store.change import Change, changing, retried
from data.store.database import Database
from data.store.log import canonical
from data.store.problem import Moved, StoreProblem, required
from data.store.records import GEOGRAPHY_KINDS, Geography, GeographyKind
from data.store.restoring import insist_in_time
from data.store.submissions import keep as keep_original
from data.store.tables import geography

CURRENT, REPLACED, WITHDRAWN = "current", "replaced", "withdrawn"
_TURNS = ("启用底图", "停用底图", "恢复底图")
_TOLD = [column for column in geography.c if column.name != "shapes"]


def listed(connection: Connection) -> list[Geography]:
    """Every version there ever was, newest first, without its shapes."""
    return [_geography(row) for row in connection.execute(select(*_TOLD).order_by(geography.c.id.desc()))]


def in_use(connection: Connection) -> list[Geography]:
    """The versions that are in use, with their shapes, in the order they came."""
    query = select(geography).where(geography.c.state == CURRENT).order_by(geography.c.id)
    return [_geography(row) for row in connection.execute(query)]


def version(connection: Connection) -> str:
    """Changes whenever what is in use changes; "" when nothing is. One cheap query: no shapes are read."""
    columns = (geography.c.id, geography.c.original, geography.c.at)
    rows = connection.execute(select(*columns).where(geography.c.state == CURRENT).order_by(geography.c.id)).all()
    said = canonical([[row.id, row.original, row.at.isoformat()] for row in rows])
    return hashlib.sha256(said.encode()).hexdigest()[:16] if rows else ""


@retried
def put(
    database: Database,
    scope: str,
    kind: GeographyKind,
    file: tuple[str, bytes],
    shapes: Mapping[str, Any],
    reading: Mapping[str, Any],
    actor: str,
    called: str,
    replaces: int | None,
) -> Geography:
    """Put a file's shapes in use for a place, in place of the version ``replaces`` (None: there is none in use).

    ``called`` is the place's name for the log. Raises StoreProblem without shapes, Moved when another version is in use.
    """
    name = required(file[0], "文件名")
    if not shapes:
        raise StoreProblem("文件中没有可以启用的图形，未作任何保存。请核对匹配结果后再启用。")
    with changing(database, actor, "启用底图") as change:
        before = _standing(change.connection, scope, kind)
        if (before.id if before else None) != replaces:
            raise Moved("在您查看之后，这里的自有底图已被他人更换，本次未启用。请核对最新情况后再办理。")
        sha256 = keep_original(change, name, file[1])
        if before:
            _set_state(change, before.id, REPLACED)
        key = change.insert(
            geography, scope=scope, kind=kind, revision=_last(change.connection, scope, kind) + 1, state=CURRENT,
            original=sha256, file_name=name, shapes=canonical(dict(shapes)), reading=canonical(dict(reading)),
        )  # fmt: skip
        made = _find(change.connection, key)
        _say(change, made, called, {"taken": len(shapes)} | ({"replaced_revision": before.revision} if before else {}))
        return _geography(made)


@retried
def withdraw(database: Database, geography_id: int, actor: str, reason: str, called: str) -> Geography:
    """Take a version out of use: the map draws the built-in shapes again."""
    why = required(reason, "停用理由")
    with changing(database, actor, "停用底图") as change:
        row = _find(change.connection, geography_id)
        if row.state != CURRENT:
            raise StoreProblem("这份底图已不在使用，无须停用。请刷新后查看最新情况。")
        _set_state(change, row.id, WITHDRAWN)
        _say(change, row, called, {"reason": why})
        return _geography(_find(change.connection, geography_id))


@retried
def restore(database: Database, geography_id: int, actor: str, reason: str, called: str) -> Geography:
    """Put an earlier version in use again; one that is in use now is replaced by it, and the log says so."""
    why = required(reason, "恢复理由")
    with changing(database, actor, "恢复底图") as change:
        row = _find(change.connection, geography_id)
        if row.state == CURRENT:
            raise StoreProblem("这份底图正在使用，无须恢复。请刷新后查看最新情况。")
        insist_in_time(change, left(change.connection).get((row.scope, row.kind, row.revision)), f"底图《{row.file_name}》")
        other = _standing(change.connection, row.scope, row.kind)
        if other is not None:
            _set_state(change, other.id, REPLACED)
        _set_state(change, row.id, CURRENT)
        _say(change, row, called, {"reason": why} | ({"replaced_revision": other.revision} if other else {}))
        return _geography(_find(change.connection, geography_id))


def left(connection: Connection) -> dict[tuple[str, str, int], datetime]:
    """(scope, kind, revision) → when a version that is not in use went out of it last, by the log."""
    entries = [entry for verb in _TURNS for entry in log.entries(connection, action=verb, limit=None)]
    using: dict[tuple[str, str], int] = {}
    gone: dict[tuple[str, str, int], datetime] = {}
    for entry in sorted(entries, key=lambda each: each.seq):
        if not {"scope", "kind", "revision"} <= entry.details.keys():
            continue  # a line that somebody spoiled
        scope, kind, revision = (entry.details[name] for name in ("scope", "kind", "revision"))
        if (scope, kind) in using:
            gone[scope, kind, using.pop((scope, kind))] = entry.at
        if entry.action != "停用底图":
            using[scope, kind] = revision
            gone.pop((scope, kind, revision), None)
    return gone


def _say(change: Change, row: Row[Any], called: str, more: Mapping[str, Any]) -> None:
    change.subject = f"{called}{GEOGRAPHY_KINDS[row.kind]}第{row.revision}版（《{row.file_name}》）"
    change.details = {"scope": row.scope, "kind": row.kind, "revision": row.revision, "sha256": row.original, **more}
    if change.action == "启用底图":
        change.details |= {"reading": json.loads(row.reading)}


def _standing(connection: Connection, scope: str, kind: str) -> Row[Any] | None:
    same = (geography.c.scope == scope, geography.c.kind == kind, geography.c.state == CURRENT)
    return connection.execute(select(*_TOLD).where(*same)).one_or_none()


def _last(connection: Connection, scope: str, kind: str) -> int:
    same = (geography.c.scope == scope, geography.c.kind == kind)
    return connection.execute(select(func.max(geography.c.revision)).where(*same)).scalar() or 0


def _set_state(change: Change, key: int, state: str) -> None:
    change.connection.execute(update(geography).where(geography.c.id == key).values(state=state))


def _find(connection: Connection, key: int) -> Row[Any]:
    row = connection.execute(select(geography).where(geography.c.id == key)).one_or_none()
    if row is None:
        raise StoreProblem("没有找到这份底图。请刷新后重新选择。")
    return row


def _geography(row: Row[Any]) -> Geography:
    told = row._mapping
    return Geography(
        id=row.id,
        scope=row.scope,
        kind=row.kind,
        revision=row.revision,
        state=row.state,
        file_sha256=row.original,
        file_name=row.file_name,
        shapes=json.loads(told["shapes"]) if "shapes" in told else {},
        reading=json.loads(row.reading),
        actor=row.actor,
        at=row.at,
    )

"""抽签 and 抽样 as drawn. A redraw needs a reason and leaves the earlier one to be seen: nobody draws until it suits.

The log keeps the seed and the SHA-256 of what came of it, so that a later touch of the row shows.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, select, update

from data.store.change import Change, changing, retried
from data.store.database import Database
from data.store.log import canonical
from data.store.problem import StoreProblem, required
from data.store.records import Drawing, DrawingKind
from data.store.tables import drawing

CURRENT, REPLACED, WITHDRAWN = "current", "replaced", "withdrawn"
_NAMES: dict[str, str] = {"draw": "抽签", "sample": "抽样"}
_DRAWN_BEFORE = "已于此前抽过（种子{seed}），再抽须写明理由。原结果不会删除，仍列在抽取记录中。"
_SHOWN_SCOPE = 6
"""Places named in the log's line; the details have them all."""


def listed(connection: Connection, assessment_id: int, kind: DrawingKind | None = None) -> list[Drawing]:
    """All draws, newest first: those that count, those replaced and those withdrawn."""
    query = select(drawing).where(drawing.c.assessment == assessment_id).order_by(drawing.c.id.desc())
    if kind is not None:
        query = query.where(drawing.c.kind == kind)
    return [_drawing(row) for row in connection.execute(query)]


@retried
def record(
    database: Database,
    assessment_id: int,
    kind: DrawingKind,
    rule: str,
    scope: Sequence[str],
    seed: str,
    inputs: dict[str, Any],
    result: dict[str, Any],
    actor: str,
    reason: str = "",
) -> Drawing:
    """Keep a draw. Raises StoreProblem where these places were drawn before by this rule and no reason is given.

    Whatever of the same rule shares a place with it counts no longer; an empty ``scope`` shares with all. ``inputs``
    may name the draw for the log as its "title".
    """
    text, why, places = required(seed, "种子"), reason.strip(), sorted(set(scope))
    with changing(database, actor, _NAMES[kind]) as change:
        version = change.beside(assessment_id)
        before = _sharing(change.connection, assessment_id, kind, rule, places)
        if before:
            _insist_on_reason(before, why)
            change.action = f"重新{_NAMES[kind]}"
        gone = [row.id for row in before if row.state == CURRENT]
        values = {"state": REPLACED, "version": version}
        change.connection.execute(update(drawing).where(drawing.c.id.in_(gone)).values(**values))
        told = {"kind": kind, "rule": rule, "scope": canonical(places), "seed": text, "reason": why}
        told |= {"inputs": canonical(inputs), "result": canonical(result)}
        made = change.insert(drawing, assessment=assessment_id, version=version, state=CURRENT, **told)
        return _said(change, _find(change.connection, made), replaced=gone, reason=why)


@retried
def withdraw(database: Database, drawing_id: int, actor: str, reason: str) -> Drawing:
    """Take a draw out of the count; it stays on record with the reason in the log, and the next one needs a reason too."""
    why = required(reason, "作废理由")
    with changing(database, actor, "作废") as change:
        row = _find(change.connection, drawing_id)
        if row.state != CURRENT:
            raise StoreProblem("该次结果已作废或已被重抽取代，无须再作废。请刷新后查看最新情况。")
        change.action = f"作废{_NAMES[row.kind]}"
        version = change.beside(row.assessment)
        found = drawing.c.id == drawing_id
        change.connection.execute(update(drawing).where(found).values(state=WITHDRAWN, version=version))
        return _said(change, _find(change.connection, drawing_id), reason=why)


def _sharing(connection: Connection, assessment_id: int, kind: str, rule: str, places: Sequence[str]) -> list[Row[Any]]:
    """Earlier draws by this rule that share a place, newest first, whatever became of them."""
    same = (drawing.c.assessment == assessment_id, drawing.c.kind == kind, drawing.c.rule == rule)
    rows = connection.execute(select(drawing).where(*same).order_by(drawing.c.id.desc()))
    return [row for row in rows if _share(json.loads(row.scope), places)]


def _share(one: Sequence[str], other: Sequence[str]) -> bool:
    return not one or not other or not set(one).isdisjoint(other)


def _insist_on_reason(before: Sequence[Row[Any]], reason: str) -> None:
    if not reason:
        raise StoreProblem(_DRAWN_BEFORE.format(seed=before[0].seed))


def _said(change: Change, row: Row[Any], **more: Any) -> Drawing:
    places, title = json.loads(row.scope), json.loads(row.inputs).get("title", "")
    shown = "、".join(places[:_SHOWN_SCOPE]) + (f"等{len(places)}处" if len(places) > _SHOWN_SCOPE else "")
    change.subject = "　".join(part for part in (title, shown, f"种子{row.seed}") if part)
    digest = hashlib.sha256(row.result.encode()).hexdigest()
    change.details = {"id": row.id, "rule": row.rule, "scope": places, "seed": row.seed, "result": digest} | more
    return _drawing(row)


def _find(connection: Connection, drawing_id: int) -> Row[Any]:
    row = connection.execute(select(drawing).where(drawing.c.id == drawing_id)).one_or_none()
    if row is None:
        raise StoreProblem("没有找到这次抽取的记录。请返回列表重新选择。")
    return row


def _drawing(row: Row[Any]) -> Drawing:
    return Drawing(
        row.id, row.state, row.kind, row.rule, tuple(json.loads(row.scope)), row.seed,
        json.loads(row.inputs), json.loads(row.result), row.reason, row.actor, row.at,
    )  # fmt: skip

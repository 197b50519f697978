"""年度考核 and their rosters."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, insert, select, update

from data.store.change import FINAL, REMOVED, Change, changing, retried
from data.store.database import Database
from data.store.log import canonical
from data.store.problem import StoreProblem, required
from data.store.records import Assessment, UnitRow
from data.store.schemes import insist_usable
from data.store.settings import write
from data.store.sheet_stage import REVIEW, insist_reviewed
from data.store.tables import assessment, settling, unit

DRAFT = "draft"
CURRENT, REPLACED = "current", "replaced"
NONE = "没有这个年度考核，或其示例数据已清除。请返回首页重新选择年度考核。"
_FEW = 200  # names in one question


def listed(connection: Connection, demo: bool | None = None) -> list[Assessment]:
    """All assessments in the order they were made, without cleared demos; only demos or only real ones on request."""
    query = select(assessment).where(assessment.c.state != REMOVED).order_by(assessment.c.id)
    if demo is not None:
        query = query.where(assessment.c.demo == demo)
    rows = connection.execute(query).all()
    known = _rosters(connection, [row.id for row in rows])
    return [_assessment(row, tuple(known.get(row.id, ()))) for row in rows]


def one(connection: Connection, assessment_id: int, *, with_units: bool = True) -> Assessment:
    """One assessment with its roster (on request without: it may be long), or a StoreProblem."""
    query = select(assessment).where(assessment.c.id == assessment_id, assessment.c.state != REMOVED)
    row = connection.execute(query).one_or_none()
    if row is None:
        raise StoreProblem(NONE)
    return _assessment(row, roster(connection, assessment_id) if with_units else ())


def version(connection: Connection, assessment_id: int) -> int:
    """The version alone. A cleared demo still answers, one version further, so that open pages notice."""
    found = connection.execute(select(assessment.c.version).where(assessment.c.id == assessment_id)).scalar()
    if found is None:
        raise StoreProblem(NONE)
    return found


def roster(connection: Connection, assessment_id: int) -> tuple[UnitRow, ...]:
    """The units in the order the scheme names them."""
    return _units(connection, unit.c.assessment == assessment_id, unit.c.state == CURRENT)


def _rosters(connection: Connection, ids: Sequence[int]) -> dict[int, list[UnitRow]]:
    """The rosters of many assessments by one query."""
    columns = (unit.c.assessment, unit.c.name, unit.c.unit_group, unit.c.region, unit.c.helps)
    query = select(*columns).where(unit.c.assessment.in_(ids), unit.c.state == CURRENT).order_by(unit.c.position)
    found: dict[int, list[UnitRow]] = {}
    for of, name, group, region, helps in connection.execute(query):
        found.setdefault(of, []).append(UnitRow(name, group, region, _helped(helps)))
    return found


def replaced_roster(connection: Connection, assessment_id: int, version: int) -> tuple[UnitRow, ...]:
    """The roster that was in force until the change that made ``version`` replaced it; empty where there was none."""
    of_this = (unit.c.assessment == assessment_id, unit.c.version == version)
    return _units(connection, *of_this, unit.c.state == REPLACED)


def _units(connection: Connection, *which: ColumnElement[bool]) -> tuple[UnitRow, ...]:
    columns = (unit.c.name, unit.c.unit_group, unit.c.region, unit.c.helps)
    query = select(*columns).where(*which).order_by(unit.c.position)
    return tuple(
        UnitRow(name, group, region, _helped(helps)) for name, group, region, helps in connection.execute(query)
    )


def insist_on_roster(connection: Connection, assessment_id: int, names: Iterable[str]) -> None:
    """A StoreProblem naming every unit that is not on the roster. An assessment without a roster takes any unit."""
    query = select(unit.c.name).where(unit.c.assessment == assessment_id, unit.c.state == CURRENT)
    asked = list(dict.fromkeys(names))
    if len(asked) <= _FEW and set(connection.execute(query.where(unit.c.name.in_(asked))).scalars()) == set(asked):
        return
    known = set(connection.execute(query).scalars())
    strangers = [name for name in asked if name not in known] if known else []
    if strangers:
        raise StoreProblem(
            f"考核对象名单中没有{_quoted(strangers)}，未作任何保存。请核对单位名称，或确认所选年度考核是否正确。"
        )


def group_then(connection: Connection, assessment_id: int, name: str, at: datetime) -> str | None:
    """The group that a unit was in at a moment; None where no roster named it then.

    What was entered before the assessment was here, in another installation, counts as of when it was brought in.
    """
    made = connection.execute(select(assessment.c.at).where(assessment.c.id == assessment_id)).scalar_one()
    query = select(unit.c.unit_group).where(unit.c.assessment == assessment_id, unit.c.name == name, unit.c.at <= max(at, made))
    return connection.execute(query.order_by(unit.c.id.desc()).limit(1)).scalar()


def insist_same_group(change: Change, name: str, at: datetime, *, what: str, done: str, again: str) -> None:
    """A StoreProblem where a unit has left the roster or its group since ``at``: another group has other rules."""
    assert change.assessment is not None
    insist_on_roster(change.connection, change.assessment, [name])
    before, now = (group_then(change.connection, change.assessment, name, then) for then in (at, change.at))
    if before is not None and before != now:
        raise StoreProblem(f"“{name}”的组别在{what}{done}之后已经更改，{what}不能恢复。请按现在的组别重新{again}。")


@retried
def create(
    database: Database,
    name: str,
    scheme_id: str,
    scheme_text: str,
    scheme_hash: str,
    units: Sequence[UnitRow],
    actor: str,
    demo: bool = False,
) -> Assessment:
    """A new assessment at version 1, with the scheme's text as it is now.

    One that somebody makes who has signed in asks for 提交 and 复核 of its sheets; a demo does not.
    Raises StoreProblem for an office's own scheme that is a draft, was removed or says something else by now.
    """
    title = required(name, "年度考核名称")
    rows = checked(units)
    with changing(database, actor, "新建考核") as change:
        insist_usable(change.connection, scheme_id, scheme_text, scheme_hash)
        values = {"name": title, "scheme_id": scheme_id, "scheme_text": scheme_text, "scheme_hash": scheme_hash}
        change.assessment = change.insert(assessment, **values, state=DRAFT, version=1, demo=demo)
        change.version = 1
        enrol(change, rows)
        change.subject = f"{title}（示例）" if demo else title
        change.details = {"scheme": scheme_id, "scheme_hash": scheme_hash, "units": len(rows), "demo": demo}
        change.details["roster"] = roster_hash(rows)
        if not (change.person.local or demo):
            write(change, 1, REVIEW, "1")
            change.details |= {"review": "评分表须经提交、复核"}
        return one(change.connection, change.assessment)


@retried
def finalise(
    database: Database,
    assessment_id: int,
    actor: str,
    expected_version: int | None = None,
    reviewed: Collection[str] | None = None,
) -> Assessment:
    """草稿 → 定稿: from here on nothing that may change a result is taken. What must be settled before, the caller knows.

    Only that the sheets are reviewed where that is asked for is seen to here, for no version rises with it: those of the
    components ``reviewed`` (None: all). Raises StoreProblem where they are not or it is final already, Moved when it is
    not at ``expected_version``.
    """
    with changing(database, actor, "定稿") as change:
        before = one(change.connection, assessment_id)
        if before.state == FINAL:
            raise StoreProblem("本年度考核已定稿，无须重复定稿。请刷新后查看最新情况。")
        change.of(assessment_id, expected_version)
        insist_reviewed(change, assessment_id, reviewed)
        return turn(change, before, FINAL)


def insist_unapproved(change: Change, assessment_id: int) -> None:
    """A StoreProblem once there is a 审定 or a 批复: what it rests on is not changed behind it."""
    query = select(settling.c.id).where(
        settling.c.assessment == assessment_id, settling.c.kind != "suggested", settling.c.state == CURRENT
    )
    if change.connection.execute(query).first():
        raise StoreProblem("本年度考核已经审定，不能退回草稿。确需改动的，请先在“锁定与审定”写明理由撤销批复和审定。")


def turn(change: Change, before: Assessment, state: str) -> Assessment:
    """Put an assessment into a state (草稿, 定稿) at the version that the change makes; the log's subject says so."""
    change.connection.execute(update(assessment).where(assessment.c.id == before.id).values(state=state))
    change.subject = f"{before.name}：{change.action}，第{change.version}版"
    return one(change.connection, before.id)


@retried
def remove_demo(database: Database, actor: str) -> int:
    """Hide every demo assessment (nothing is deleted), each one version further; returns how many there were."""
    shown = (assessment.c.demo.is_(True), assessment.c.state != REMOVED)
    with database.reading() as connection:
        if not connection.execute(select(assessment.c.id).where(*shown)).first():
            return 0
    with changing(database, actor, "清除示例") as change:
        rows = change.connection.execute(select(assessment.c.id, assessment.c.name).where(*shown))
        names = {row.id: row.name for row in rows}
        change.connection.execute(
            update(assessment).where(*shown).values(state=REMOVED, version=assessment.c.version + 1)
        )
        change.subject = "、".join(names.values())
        change.details = {"assessments": sorted(names)}
        return len(names)


def enrol(change: Change, rows: Sequence[UnitRow]) -> None:
    """Put a roster in force for the change's assessment, at the version that the change makes."""
    common: dict[str, Any] = {"assessment": change.assessment, "version": change.version, "state": CURRENT}
    common |= {"actor": change.actor, "at": change.at}
    values = [common | {"position": at} | _stored(row) for at, row in enumerate(rows)]
    if values:
        change.connection.execute(insert(unit), values)


def roster_hash(rows: Sequence[UnitRow]) -> str:
    """SHA-256 of a roster with its order, for the log: a later touch of a name, a group or a 户数 shows."""
    return hashlib.sha256(canonical([_stored(row) for row in rows]).encode()).hexdigest()


def _stored(row: UnitRow) -> dict[str, str]:
    helps = [[name, None if households is None else str(households)] for name, households in row.helps]
    return {
        "name": row.name,
        "unit_group": row.group,
        "region": row.region,
        "helps": json.dumps(helps, ensure_ascii=False),
    }


def _helped(text: str) -> tuple[tuple[str, Fraction | None], ...]:
    return tuple((name, None if households is None else Fraction(households)) for name, households in json.loads(text))


def checked(units: Sequence[UnitRow]) -> list[UnitRow]:
    """The rows without surrounding blanks. Raises StoreProblem for a name that is empty or stands twice."""
    rows = [
        UnitRow(required(row.name, "考核对象名称"), row.group.strip(), row.region.strip(), row.helps) for row in units
    ]
    names = [row.name for row in rows]
    twice = [name for name in dict.fromkeys(names) if names.count(name) > 1] if len(set(names)) < len(names) else []
    if twice:
        raise StoreProblem(f"考核对象{_quoted(twice)}在名单中重复出现。请删去重复的，或用全称加以区分。")
    return rows


def _quoted(names: Sequence[str]) -> str:
    shown = "、".join(f"“{name}”" for name in names[:5])
    return f"{shown}等{len(names)}个单位" if len(names) > 5 else shown


def _assessment(row: Row[Any], units: tuple[UnitRow, ...]) -> Assessment:
    return Assessment(
        id=row.id,
        name=row.name,
        scheme_id=row.scheme_id,
        scheme_text=row.scheme_text,
        scheme_hash=row.scheme_hash,
        state=row.state,
        version=row.version,
        demo=row.demo,
        created_at=row.at,
        units=units,
    )

"""Offices' own schemes (自编方案): written as 草案, then 已同意, 已备案 and 执行, each step a row of its own.

What a draft says may still be faulty; from 已同意 on it is whole and read-only. Nothing is overwritten or deleted: a
removed draft is only hidden, and every state that a scheme has been in can be read again. An assessment made from a
scheme keeps the text for itself, so nothing here touches a score or a grade.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, and_, false, func, or_, select, update

from data.schemes import scheme_ids
from data.store.change import Change, changing, retried
from data.store.database import Database
from data.store.problem import Clash, Moved, StoreProblem, required
from data.store.records import SCHEME_STATES, USABLE, OwnScheme, SchemeState
from data.store.restoring import insist_in_time
from data.store.scheme_templates import words
from data.store.tables import own_scheme
from scoring.load import LONGEST, load_scheme
from scoring.scheme_heading import Heading, heading, with_heading
from scoring.scheme_text import SchemeError

CURRENT, REPLACED = "current", "replaced"
REMOVED: SchemeState = "removed"
_NEXT: dict[str, tuple[SchemeState, str]] = {
    "draft": ("agreed", "方案同意"),
    "agreed": ("filed", "方案备案"),
    "filed": ("in_force", "方案执行"),
}
"""State → the one after it, and what the log calls the step."""
_WITH_REASON = ("退回方案", "移除方案", "恢复方案")
_SHOWN = 3


def listed(connection: Connection) -> list[OwnScheme]:
    """The newest revision of each scheme, in the order they were begun; without removed ones."""
    shown = (own_scheme.c.state == CURRENT, own_scheme.c.status != REMOVED)
    query = select(own_scheme).where(*shown).order_by(own_scheme.c.number)
    return [_own(row) for row in connection.execute(query)]


def removed(connection: Connection) -> list[OwnScheme]:
    """The removed drafts, the one last removed first: each in the state that says who hid it, when and why."""
    hidden = (own_scheme.c.state == CURRENT, own_scheme.c.status == REMOVED)
    query = select(own_scheme).where(*hidden).order_by(own_scheme.c.id.desc())
    return [_own(row) for row in connection.execute(query)]


def one(connection: Connection, number: int) -> OwnScheme:
    """The newest revision of a scheme, or a StoreProblem where there is none or it was removed."""
    return _own(_newest(connection, number))


def revisions(connection: Connection, number: int) -> list[OwnScheme]:
    """Every revision of a scheme, newest first, of a removed one too: text, state, who, when, and why."""
    query = select(own_scheme).where(own_scheme.c.number == number).order_by(own_scheme.c.revision.desc())
    return [_own(row) for row in connection.execute(query)]


@retried
def create(database: Database, title: str, text: str, actor: str, based_on: str = "") -> OwnScheme:
    """A new 草案 of that title. ``based_on`` is the key of its template (模板), if it has one.

    The text gets the title as its own and, where its ``id`` is another scheme's already, a free one (``…-2``): a copy
    is never taken for what it was copied from. A text too faulty to be read keeps what it says until it is mended.
    """
    name = required(title, "方案名称")
    _insist_length(text)
    with changing(database, actor, "新建方案") as change:
        number = _last_number(change.connection) + 1
        free = _free(heading(text).id or f"own-{number}", _taken(change.connection, number))
        told = with_heading(text, scheme_id=free, title=name)
        begun = {"number": number, "revision": 1, "status": "draft", "note": "", "paper": ""}
        return _keep(change, **begun, **_read(told, Heading(free, name)), based_on=based_on.strip())


@retried
def save(
    database: Database, number: int, text: str, actor: str, expected_revision: int, note: str = ""
) -> OwnScheme:
    """Another text of a 草案; the very same text makes no revision and no log line.

    Raises Moved when it is no longer at ``expected_revision``, StoreProblem for what is no 草案, is too long, or bears
    the ``id`` of another scheme.
    """
    _insist_length(text)
    with database.reading() as connection:
        before = _seen(connection, number, expected_revision, text)
    _insist_draft(before, "修改")
    if text == before.text:
        return _own(before)
    told = _read(text, Heading(before.scheme_id, before.title))  # loading takes its time; nobody waits for it
    with changing(database, actor, "修改方案") as change:
        before = _seen(change.connection, number, expected_revision, text)
        _insist_unique(change.connection, number, told["scheme_id"])
        return _next(change, before, **told, note=note.strip())


@retried
def advance(database: Database, number: int, actor: str, expected_revision: int, paper: str = "") -> OwnScheme:
    """草案 → 已同意 → 已备案 → 执行, one step. 备案 needs its ``paper`` (文号), which 执行 keeps; 同意 may have one.

    Raises Moved when it is no longer at ``expected_revision``, StoreProblem in 执行, and for a text that has faults, is
    not whole (``status: skeleton``) or bears the ``id`` of another scheme.
    """
    with changing(database, actor, "方案同意") as change:
        before = _seen(change.connection, number, expected_revision)
        if before.status not in _NEXT:
            raise StoreProblem("该方案已在执行，无须再办理。需要改动的，请以它为模板新建方案。")
        status, change.action = _NEXT[before.status]
        _insist_whole(before, SCHEME_STATES[status])
        _insist_unique(change.connection, number, before.scheme_id)
        number_of_paper = required(paper, "备案文号") if status == "filed" else paper.strip()
        number_of_paper = number_of_paper or (before.paper if status == "in_force" else "")
        return _next(change, before, status=status, paper=number_of_paper, note="")


@retried
def send_back(database: Database, number: int, actor: str, reason: str, expected_revision: int) -> OwnScheme:
    """已同意 or 已备案 back to 草案, with the reason; the former 文号 stays on record with it.

    What is in 执行 never goes back: begin a new one from it.
    """
    why = required(reason, "退回理由")
    with changing(database, actor, "退回方案") as change:
        before = _seen(change.connection, number, expected_revision)
        if before.status == "in_force":
            raise StoreProblem("该方案已在执行，不能退回草案。需要改动的，请以它为模板新建方案。")
        if before.status == "draft":
            raise StoreProblem("该方案是草案，无须退回。请刷新后查看最新情况。")
        return _next(change, before, status="draft", note=why)


@retried
def remove(database: Database, number: int, actor: str, reason: str, expected_revision: int) -> None:
    """Hide a 草案; it stays on record with the reason. Raises Moved when it is no longer at ``expected_revision``."""
    why = required(reason, "移除理由")
    with changing(database, actor, "移除方案") as change:
        before = _seen(change.connection, number, expected_revision)
        _insist_draft(before, "移除")
        _next(change, before, status=REMOVED, note=why)


@retried
def restore(database: Database, number: int, actor: str, reason: str) -> OwnScheme:
    """A removed 草案 is one again, with the reason; where another has taken its ``id`` meanwhile, it gets a free one."""
    why = required(reason, "恢复理由")
    with changing(database, actor, "恢复方案") as change:
        before = _current(change.connection, number)
        if before is None or before.status != REMOVED:
            raise StoreProblem("该方案未被移除，无须恢复。请刷新后查看最新情况。")
        insist_in_time(change, before.at, f"自编方案“{before.title}”")
        free = _free(before.scheme_id, _taken(change.connection, number))
        told = with_heading(before.text, scheme_id=free, title=before.title)
        return _next(change, before, status="draft", note=why, **_read(told, Heading(free, before.title)))


def insist_usable(connection: Connection, scheme_id: str, text: str, digest: str) -> None:
    """A StoreProblem for an own scheme from which no assessment may be made now; any other text passes.

    It is an own one whose id the office gave it, or whose words any of its revisions had.
    """
    newest = _alike(connection, scheme_id, text, digest)
    if not newest or any(row.status in USABLE and (row.text == text or row.hash == digest) for row in newest):
        return
    row = newest[0]
    if row.status in USABLE:
        raise StoreProblem(f"自编方案“{row.title}”的内容已更新，未新建考核。请刷新后重新选择该方案。")
    gone = row.status == REMOVED
    state, way = ("已移除", "恢复并办理") if gone else (f"现为“{SCHEME_STATES[row.status]}”", "办理")
    raise StoreProblem(f"自编方案“{row.title}”{state}，不能据以新建年度考核。请先在“方案编制”{way}“已同意”，再新建考核。")


def _alike(connection: Connection, scheme_id: str, text: str, digest: str) -> Sequence[Row[Any]]:
    """The newest revision of every own scheme that goes by this id or had these words."""
    had = select(own_scheme.c.number).where(or_(own_scheme.c.text == text, and_(own_scheme.c.hash == digest, own_scheme.c.hash != "")))
    named = own_scheme.c.scheme_id == scheme_id if scheme_id not in scheme_ids() else false()
    named = and_(named, own_scheme.c.status != REMOVED)
    query = select(own_scheme).where(own_scheme.c.state == CURRENT, or_(named, own_scheme.c.number.in_(had)))
    return connection.execute(query.order_by(own_scheme.c.number.desc())).all()


def _insist_length(text: str) -> None:
    required(text, "方案内容")
    if len(text) > LONGEST:
        raise StoreProblem(f"方案内容过长（{len(text)}字，上限{LONGEST}字），未作保存。请核对是否粘贴了别的文件。")


def _insist_draft(row: Row[Any], what: str) -> None:
    if row.status != "draft":
        raise StoreProblem(
            f"该方案为“{SCHEME_STATES[row.status]}”，不能{what}。"
            + ("需要改动的，请以它为模板新建方案。" if row.status == "in_force" else "请先写明理由，退回草案。")
        )


def _insist_whole(row: Row[Any], state: str) -> None:
    try:
        scheme = load_scheme(row.text, row.title)
    except SchemeError as error:
        shown = "；".join(str(fault) for fault in error.faults[:_SHOWN])
        more = f"；等{len(error.faults)}处" if len(error.faults) > _SHOWN else ""
        raise StoreProblem(f"方案尚有错误，不能转为“{state}”：{shown}{more}。请改正后再办理。") from error
    if scheme.status != "whole":
        raise StoreProblem(f"方案标明尚不完整（status: skeleton），不能转为“{state}”。请补全并删去这一行后再办理。")


def _insist_unique(connection: Connection, number: int, scheme_id: str) -> None:
    taken = _taken(connection, number)
    if scheme_id in taken:
        raise StoreProblem(
            f"方案编号（id）“{scheme_id}”已是另一方案的编号，容易混淆，未作保存。请改用别的编号，如“{_free(scheme_id, taken)}”。"
        )


def _taken(connection: Connection, number: int) -> set[str]:
    """The ids of all built-in schemes and of every other own one."""
    others = (own_scheme.c.state == CURRENT, own_scheme.c.status != REMOVED, own_scheme.c.number != number)
    return {*scheme_ids(), *connection.execute(select(own_scheme.c.scheme_id).where(*others)).scalars()}


def _free(scheme_id: str, taken: set[str]) -> str:
    wanted, at = scheme_id, 2
    while wanted in taken:
        wanted, at = f"{scheme_id}-{at}", at + 1
    return wanted


def _read(text: str, otherwise: Heading) -> dict[str, str]:
    """What is kept beside a text: its own id and title where they can be read, its hash where it loads."""
    said = heading(text)
    try:
        digest = load_scheme(text).hash
    except SchemeError:
        digest = ""
    return {
        "text": text, "hash": digest, "scheme_id": said.id or otherwise.id, "title": said.title or otherwise.title,
    }  # fmt: skip


def _current(connection: Connection, number: int) -> Row[Any] | None:
    query = select(own_scheme).where(own_scheme.c.number == number, own_scheme.c.state == CURRENT)
    return connection.execute(query).one_or_none()


def _newest(connection: Connection, number: int) -> Row[Any]:
    row = _current(connection, number)
    if row is None or row.status == REMOVED:
        raise StoreProblem("没有这个自编方案，或已移除。请返回方案列表重新选择。")
    return row


def _seen(connection: Connection, number: int, expected_revision: int, mine: str = "") -> Row[Any]:
    """The newest revision, still the one that somebody looked at; else Moved, with both texts where one was to be saved."""
    row = _newest(connection, number)
    if row.revision != expected_revision:
        clash = Clash(f"{row.title}：第{row.revision}版，{SCHEME_STATES[row.status]}", mine, row.text, row.actor, row.at)
        raise Moved("在您查看之后，该方案已被他人更新，本次操作未生效。请查看最新情况后再办理。", clash)
    return row


def _next(change: Change, before: Row[Any], **told: Any) -> OwnScheme:
    """Put the scheme's next revision in place of ``before``."""
    change.connection.execute(update(own_scheme).where(own_scheme.c.id == before.id).values(state=REPLACED))
    kept = {name: value for name, value in before._mapping.items() if name not in ("id", "state", "actor", "at")}
    values = kept | {"revision": before.revision + 1} | told
    if values["status"] != before.status:
        change.details = {"before": SCHEME_STATES.get(before.status, "已移除")}
    return _keep(change, **values)


def _keep(change: Change, **values: Any) -> OwnScheme:
    key = change.insert(own_scheme, state=CURRENT, **values)
    made = _own(change.connection.execute(select(own_scheme).where(own_scheme.c.id == key)).one())
    change.subject = f"{made.title}：第{made.revision}版"
    told = {"scheme": made.id, "revision": made.revision, "scheme_id": made.scheme_id, "scheme_hash": made.hash}
    told |= {"template": words(change.connection, made.based_on)} if made.revision == 1 else {}
    told |= {"paper": made.paper, ("reason" if change.action in _WITH_REASON else "remark"): made.note}
    told |= {"status": SCHEME_STATES.get(made.state, "已移除")}
    change.details |= {key: value for key, value in told.items() if value}
    return made


def _last_number(connection: Connection) -> int:
    return connection.execute(select(func.max(own_scheme.c.number))).scalar() or 0


def _own(row: Row[Any]) -> OwnScheme:
    return OwnScheme(
        id=row.number,
        revision=row.revision,
        scheme_id=row.scheme_id,
        title=row.title,
        text=row.text,
        hash=row.hash,
        state=row.status,
        based_on=row.based_on,
        note=row.note,
        paper=row.paper,
        actor=row.actor,
        at=row.at,
    )

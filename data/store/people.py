"""人员: which account may do what. Every state of an account's duties is a row of its own, so its history can be read.

Who may change persons holds 管理 in all 年度考核. Nobody changes the own duties alone, and the last such 管理 stays.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, func, select, update

from data.access import Duty, Person, dump_duties, duty_words, load_duties
from data.store.assessments import insist_on_roster, listed
from data.store.change import Change, changing, retried
from data.store.database import Database
from data.store.people_records import PersonRow
from data.store.problem import Moved, NotAllowed, StoreProblem, required
from data.store.second_person import same_person
from data.store.tables import person

CURRENT, REPLACED, WITHDRAWN = "current", "replaced", "withdrawn"
_LONGEST = {"账号": 200, "姓名": 60}


def current(connection: Connection) -> list[PersonRow]:
    """Every account in use, by its number."""
    query = select(person).where(person.c.state == CURRENT).order_by(person.c.number)
    return [_person(row) for row in connection.execute(query)]


def history(connection: Connection) -> list[PersonRow]:
    """Every state that any account has been in, newest first."""
    return [_person(row) for row in connection.execute(select(person).order_by(person.c.id.desc()))]


def of_account(connection: Connection, account: str) -> Person | None:
    """The person of this account, or None where it is not enrolled or was retired. One look into an index."""
    query = select(person.c.name, person.c.account, person.c.duties)
    row = connection.execute(query.where(person.c.account == normal(account), person.c.state == CURRENT)).one_or_none()
    return None if row is None else Person(row.name, row.account, load_duties(row.duties))


def normal(account: str) -> str:
    """An account as it is kept: no blanks around it, half-width; an address of e-mail in small letters.

    Small letters, and nothing folded beyond them: "straße@" and "strasse@" are two addresses.
    """
    plain = unicodedata.normalize("NFKC", account).strip()
    return unicodedata.normalize("NFKC", plain.lower()).strip() if "@" in plain else plain


@retried
def enrol(database: Database, account: str, name: str, duties: Sequence[Duty], note: str, actor: str) -> PersonRow:
    """Give an account its duties. One retired before comes back under its number.

    Raises StoreProblem where the account is in use, the name is another's (the log tells persons apart by name), or a
    duty makes no sense; NotAllowed for one's own account once there is somebody else to ask.
    """
    told = {"account": normal(required(account, "账号")), "name": _named(name)}
    _insist_short(told["account"], "账号")
    with changing(database, actor, "登记人员") as change:
        everybody = _insist_may(change, told["account"])
        if any(each.account == told["account"] for each in everybody):
            raise StoreProblem(f"账号“{told['account']}”已经登记，未作改动。要改分工的，请在名单中选中后更改。")
        number, revision = _place(change.connection, told["account"])
        made = _write(change, everybody, duties, **told, number=number, revision=revision, note=note.strip())
        change.subject = _subject(made)
        return made


@retried
def alter(
    database: Database, number: int, seen: int, name: str, duties: Sequence[Duty], note: str, actor: str
) -> PersonRow:
    """Change an account's name or duties; ``seen`` is the revision it was looked at in, ``note`` the reason.

    Raises Moved, with what holds now, where somebody else changed it since; NotAllowed for one's own duties;
    StoreProblem where nobody would be left who holds 管理 in all assessments.
    """
    named, why = _named(name), required(note, "更改理由")
    with changing(database, actor, "更改人员") as change:
        before, everybody = _seen(change, number, seen)
        if (before.name, set(before.duties)) == (named, set(duties)):
            raise StoreProblem("姓名和分工都没有改动，未作保存。")
        others = [each for each in everybody if each.number != number]
        _insist_manager([*others, replace(before, duties=tuple(duties))], everybody)
        _set_aside(change, before, REPLACED)
        made = _write(change, others, duties, account=before.account, name=named, number=number,
                      revision=before.revision + 1, note=why)  # fmt: skip
        change.subject = _subject(made)
        change.details |= {"duties_before": _words(change, before.duties), "reason": why}
        if before.name != named:
            change.details["name_before"] = before.name
        return made


@retried
def retire(database: Database, number: int, seen: int, reason: str, actor: str) -> None:
    """Take an account out of use: it may nothing from its next step on. Everything it did stays on record under its name."""
    why = required(reason, "停用理由")
    with changing(database, actor, "停用人员") as change:
        before, everybody = _seen(change, number, seen)
        _insist_manager([each for each in everybody if each.number != number], everybody)
        _set_aside(change, before, REPLACED)
        row = {"number": number, "revision": before.revision + 1, "state": WITHDRAWN, "account": before.account}
        change.insert(person, **row, name=before.name, duties=dump_duties(before.duties), note=why)
        change.subject = _subject(before)
        told = told_of(number, before.revision + 1, before.account, before.name, before.duties, retired=True)
        change.details = {"duties_before": _words(change, before.duties), "reason": why, "person": told}


def _named(name: str) -> str:
    plain = required(name, "姓名")
    _insist_short(plain, "姓名")
    return plain


def _insist_short(text: str, what: str) -> None:
    if len(text) > _LONGEST[what] or not text.isprintable():
        raise StoreProblem(f"{what}过长或含有看不见的字符（最多{_LONGEST[what]}个字）。请核对后重填。")


def _insist_may(change: Change, account: str) -> list[PersonRow]:
    """Everybody in use, once the actor may change this account at all."""
    everybody, actor = current(change.connection), change.person
    if actor.local:
        return everybody
    if not everywhere(actor.duties):
        raise NotAllowed("人员与权限须由在全部年度考核担任“管理”的人员办理，本次操作未生效。")
    if normal(actor.account) == account and any(everywhere(each.duties) for each in everybody):
        raise NotAllowed("本人的分工不能由本人更改，本次操作未生效。请另一位管理人员办理。")
    return everybody


def _seen(change: Change, number: int, revision: int) -> tuple[PersonRow, list[PersonRow]]:
    """The account as it was looked at, and everybody in use. Raises Moved when it is not that any more."""
    query = select(person).where(person.c.number == number).order_by(person.c.revision.desc()).limit(1)
    row = change.connection.execute(query).one_or_none()
    if row is None:
        raise StoreProblem("没有这个人员，未作改动。请刷新后从名单中选择。")
    last = _person(row)
    everybody = _insist_may(change, last.account)
    if last.revision != revision or last.state != CURRENT:
        now = "已停用" if last.state == WITHDRAWN else f"现为：{last.name}，{_words(change, last.duties)}"
        raise Moved(f"在您查看之后，{last.actor}已更改了{last.name}的登记（{now}）。您的更改未生效，请核对后重新办理。")
    return last, everybody


def _insist_manager(after: Sequence[PersonRow], before: Sequence[PersonRow]) -> None:
    """Somebody who holds 管理 in all assessments must stay, where there is one."""
    had, has = (any(everywhere(each.duties) for each in rows) for rows in (before, after))
    if had and not has:
        raise StoreProblem("这是最后一位在全部年度考核担任“管理”的人员，不能取消。请先登记另一位管理人员。")


def everywhere(duties: Sequence[Duty]) -> bool:
    """Whether 管理 in all 年度考核 is among the duties."""
    return any(duty.role == "manage" and duty.assessment is None for duty in duties)


def _write(change: Change, others: Sequence[PersonRow], duties: Sequence[Duty], **told: Any) -> PersonRow:
    """Insert the row that holds from now on."""
    if any(same_person(each.name, told["name"]) for each in others):
        raise StoreProblem(f"已有名为“{told['name']}”的人员。日志和核对以姓名区分，请加科室或序号，如“{told['name']}（财政局）”。")
    _insist_sense(change.connection, duties)
    made = change.insert(person, **told, state=CURRENT, duties=dump_duties(tuple(dict.fromkeys(duties))))
    row = _person(change.connection.execute(select(person).where(person.c.id == made)).one())
    proof = told_of(row.number, row.revision, row.account, row.name, row.duties)
    change.details = {"duties": _words(change, duties), "remark": told["note"], "person": proof}
    return row


def told_of(
    number: int, revision: int, account: str, name: str, duties: Sequence[Duty], *, retired: bool = False
) -> dict[str, Any]:
    """What the log is told of one state of an account beside the words, letter for letter: what ``data.verify`` holds the row to."""
    kept = {"number": number, "revision": revision, "account": account, "name": name, "duties": dump_duties(tuple(duties))}
    return kept | {"retired": True} if retired else kept


def _insist_sense(connection: Connection, duties: Sequence[Duty]) -> None:
    if not duties:
        raise StoreProblem("还没有分工。请选好角色和范围，点“加入这项分工”；不再使用的账号请停用。")
    known = {each.id for each in listed(connection)}
    for duty in duties:
        if duty.assessment is not None and duty.assessment not in known:
            raise StoreProblem("分工所指的年度考核不存在或已清除。请刷新后重新选择。")
        narrowed = (duty.units, duty.components)
        if duty.role != "fill" and narrowed != (None, None):
            raise StoreProblem("只有“填报”可以限定考核对象和考核方式，其他角色不能限定。请改正后重试。")
        if frozenset() in narrowed:
            raise StoreProblem("“填报”限定了范围却没有选择考核对象或考核方式。请至少选择一个，或不作限定。")
        if duty.units and duty.assessment is not None:
            insist_on_roster(connection, duty.assessment, sorted(duty.units))


def _place(connection: Connection, account: str) -> tuple[int, int]:
    """Number and revision of an account's next row."""
    query = select(person.c.number, func.max(person.c.revision).label("last"))
    row = connection.execute(query.where(person.c.account == account).group_by(person.c.number)).first()
    if row is not None:
        return row.number, row.last + 1
    return (connection.execute(select(func.max(person.c.number))).scalar() or 0) + 1, 1


def _set_aside(change: Change, row: PersonRow, state: str) -> None:
    change.connection.execute(update(person).where(person.c.id == row.id).values(state=state))


def _subject(row: PersonRow) -> str:
    return f"{row.name}（{row.account}）"


def _words(change: Change, duties: Sequence[Duty]) -> str:
    names = {each.id: each.name for each in listed(change.connection)}
    return "、".join(duty_words(duty, names) for duty in duties)


def _person(row: Row[Any]) -> PersonRow:
    return PersonRow(
        row.id, row.number, row.revision, row.state, row.account, row.name, load_duties(row.duties), row.note, row.actor, row.at
    )

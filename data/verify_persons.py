"""Persons and 申请 held to the log: a duty that somebody wrote past the program, or a consent that nobody gave, is named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from data.store import PERSON_STATES, REQUEST_STATES, REQUESTS, Assessment, LogEntry, PersonRow, Request, Store
from data.store.people import told_of

_ENROLLED = ("登记人员", "更改人员", "停用人员")
_DECIDED = {"退回草稿": "granted", "同意解锁评分表": "granted", "不同意申请": "refused", "撤回申请": "withdrawn"}
"""What the log calls a decision → the state that a 申请 is in from then on."""

Key = tuple[int, int]  # a person's number and revision


def enrolled(store: Store) -> tuple[list[str], int, int]:
    """What is wrong with 人员, in Chinese; how many states of persons there are; how many an earlier program logged without them."""
    rows = store.people_history()
    lines = [entry for action in _ENROLLED for entry in store.log(limit=10**9, action=action)]
    logged = {(told["number"], told["revision"]): told for entry in lines if (told := entry.details.get("person"))}
    before = {(entry.subject, entry.actor) for entry in lines if not entry.details.get("person")}
    newest: dict[int, int] = {}
    for row in rows:
        newest[row.number] = max(row.revision, newest.get(row.number, 0))
    unproved = [row for row in rows if _key(row) not in logged and (f"{row.name}（{row.account}）", row.actor) in before]
    wrong = [_person(row, logged.get(_key(row)), newest[row.number]) for row in rows if row not in unproved]
    lost = sorted(logged.keys() - set(map(_key, rows)))
    wrong += [f"{number}号人员第{revision}次登记有记录而没有内容，可能已丢失。" for number, revision in lost]
    return [words for words in wrong if words], len(rows), len(unproved)


def _key(row: PersonRow) -> Key:
    return row.number, row.revision


def _person(row: PersonRow, told: Mapping[str, Any] | None, newest: int) -> str:
    name = f"人员“{row.name}（{row.account}）”第{row.revision}次登记"
    if told is None:
        return f"{name}没有操作记录，可能由其他程序写入。"
    retired, state = row.state == "withdrawn", PERSON_STATES[row.state]
    standing = retired or (row.state == "current") == (row.revision == newest)
    same = told == told_of(row.number, row.revision, row.account, row.name, row.duties, retired=retired)
    return "" if same and standing else f"{name}（{state}）的账号、姓名、分工或状态与操作日志所记的不一致，可能被改动。"


def asked(store: Store, each: Assessment, entries: Sequence[LogEntry]) -> Iterator[str]:
    """What is wrong with the 申请 of an assessment, whose ``entries`` come oldest first."""
    begun, ended = dict[int, LogEntry](), dict[int, LogEntry]()
    for entry in entries:
        if (number := entry.details.get("request")) is not None:
            (ended if entry.action in _DECIDED else begun)[number] = entry
    kept = store.requests(each.id)
    for number in sorted(begun.keys() - {request.id for request in kept}):
        yield f"{begun[number].actor}的申请“{begun[number].subject}”有记录而没有内容，可能已丢失。"
    for request in kept:
        if not _as_logged(request, begun.get(request.id), ended.get(request.id)):
            yield (
                f"{request.actor}的申请“{REQUESTS[request.kind]}”（现为“{REQUEST_STATES[request.state]}”）与操作日志所记的不一致，"
                "可能被改动或由其他程序写入。"
            )


def _as_logged(request: Request, begun: LogEntry | None, ended: LogEntry | None) -> bool:
    if begun is None or (begun.actor, begun.details.get("reason")) != (request.actor, request.reason):
        return False
    if ended is None:
        return request.state == "asked" and request.decided_by is None
    answer = ended.details.get("answer", "")
    return (_DECIDED[ended.action], ended.actor, answer) == (request.state, request.decided_by, request.answer)

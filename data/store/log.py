"""The 操作日志: append-only, each entry chained to the one before by SHA-256, so that a later touch shows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from data.store.records import LogEntry
from data.store.tables import log, log_head

START = "0" * 64
EXPORTING = "导出文件"
"""What the log calls a document's being taken out."""
_AT_ONCE = 500
"""Values in one statement: databases bound how many one may carry."""
_EPOCH = datetime.fromtimestamp(0, UTC)  # stands for "unknown" when no entry is left


def canonical(value: Any) -> str:
    """JSON in exactly one way: keys sorted, no blanks, Chinese as it is, no NaN."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def digest(entry: LogEntry) -> str:
    """SHA-256 over the previous hash and the entry's canonical JSON, as 64 hex digits."""
    said = {
        "seq": entry.seq,
        "at": entry.at.isoformat(),
        "actor": entry.actor,
        "assessment": entry.assessment,
        "version": entry.version,
        "action": entry.action,
        "subject": entry.subject,
        "details": entry.details,
    }
    return hashlib.sha256((entry.prev_hash + canonical(said)).encode()).hexdigest()


def next_link(connection: Connection) -> tuple[int, str]:
    """The next entry's number and the hash it follows. Taken first in every change: writers queue here."""
    connection.execute(update(log_head).values(seq=log_head.c.seq + 1))
    head = connection.execute(select(log_head.c.seq, log_head.c.hash)).one()
    return head.seq, head.hash


def append(connection: Connection, entry: LogEntry) -> LogEntry:
    """Write the entry with its hash (the one it came with is ignored) and move the head to it."""
    sealed = replace(entry, hash=digest(entry))
    values = {column.name: getattr(sealed, column.name) for column in log.c}
    connection.execute(insert(log).values(values | {"details": canonical(sealed.details)}))
    connection.execute(update(log_head).values(hash=sealed.hash))
    return sealed


def holds(connection: Connection, entry: LogEntry) -> bool:
    """Whether this very entry was kept. Waits its turn behind whoever may still be writing it, so the answer is final."""
    connection.execute(select(log_head.c.id).with_for_update())
    return connection.execute(select(log.c.hash).where(log.c.seq == entry.seq)).scalar() == entry.hash


def entries(
    connection: Connection,
    assessment_id: int | None = None,
    *,
    limit: int | None = 500,
    actor: str | None = None,
    action: str | None = None,
) -> list[LogEntry]:
    """The newest entries first, at most ``limit`` (None: all); each filter that is given must hold."""
    query = select(log).order_by(log.c.seq.desc()).limit(limit)
    for column, wanted in ((log.c.assessment, assessment_id), (log.c.actor, actor), (log.c.action, action)):
        if wanted is not None:
            query = query.where(column == wanted)
    return [_entry(row) for row in connection.execute(query)]


def mark(connection: Connection, assessment_id: int) -> int:
    """The number of an assessment's newest entry, 0 for none: it rises with whatever may change what a page shows.

    That a document was taken out is passed over, for it changes nothing that is shown.
    """
    query = select(log.c.seq).where(log.c.assessment == assessment_id, log.c.action != EXPORTING)
    return connection.execute(query.order_by(log.c.seq.desc()).limit(1)).scalar() or 0


def made_at(connection: Connection, assessment_id: int, version: int) -> datetime | None:
    """When a version came to be: the time of its first entry. None where the log has none."""
    query = select(log.c.at).where(log.c.assessment == assessment_id, log.c.version == version)
    return connection.execute(query.order_by(log.c.seq).limit(1)).scalar()


def making(connection: Connection, assessment_id: int, version: int) -> LogEntry | None:
    """The entry that made a version; None where the log has none."""
    query = select(log).where(log.c.assessment == assessment_id, log.c.version == version).order_by(log.c.seq).limit(1)
    row = connection.execute(query).one_or_none()
    return None if row is None else _entry(row)


def version_times(connection: Connection, assessment_id: int, versions: Collection[int]) -> dict[int, datetime]:
    """Version → when it came to be, of those among them that the log has."""
    left = iter(sorted(set(versions)))
    found: dict[int, datetime] = {}
    while some := list(islice(left, _AT_ONCE)):
        query = select(log.c.version, func.min(log.c.seq)).where(log.c.assessment == assessment_id, log.c.version.in_(some))
        first = query.group_by(log.c.version).subquery()
        rows = connection.execute(select(log.c.version, log.c.at).join(first, log.c.seq == first.c[1]))
        found |= {row.version: row.at for row in rows}
    return found


def first_break(connection: Connection, tail: int | None = None) -> LogEntry | None:
    """The first entry that does not follow from the one before, or None when the whole chain holds.

    Where the end is missing there is no such entry: one is made, with the first missing number and 缺失 as its action.
    ``tail`` looks at no more than that many of the newest entries, taking the word of the one before them.
    """
    seq, last = (0, START) if tail is None else _before_tail(connection, tail)
    for entry in _oldest_first(connection, after=seq or None):
        if (entry.seq, entry.prev_hash, entry.hash) != (seq + 1, last, digest(entry)):
            return entry
        seq, last = entry.seq, entry.hash
    head = connection.execute(select(log_head)).one_or_none()
    whole = head is not None and (head.seq, head.hash) == (seq, last)
    return None if whole else _missing(connection, seq + 1, last)


def _before_tail(connection: Connection, tail: int) -> tuple[int, str]:
    """The number and the hash that the first entry to be proved must follow from."""
    query = select(log.c.seq, log.c.hash).order_by(log.c.seq.desc()).offset(tail).limit(1)
    row = connection.execute(query).one_or_none()
    return (0, START) if row is None else (row.seq, row.hash)


def _oldest_first(connection: Connection, after: int | None) -> Iterable[LogEntry]:
    """From a number on; without one really all, so that nobody hides an entry under a number below 1."""
    query = select(log).order_by(log.c.seq)
    query = query if after is None else query.where(log.c.seq > after)
    rows = connection.execution_options(yield_per=1000).execute(query)
    return (_entry(row) for row in rows)


def _missing(connection: Connection, seq: int, last: str) -> LogEntry:
    newest = connection.execute(select(log.c.at).order_by(log.c.seq.desc()).limit(1)).scalar()
    at = newest or _EPOCH
    return LogEntry(seq, at, "", None, "缺失", f"第{seq}条及以后的日志缺失", {}, last, "")


def _entry(row: Row[Any]) -> LogEntry:
    values = dict(row._mapping)
    return LogEntry(**(values | {"details": _details(values["details"])}))


def _details(text: str) -> dict[str, Any]:
    """The details as written, letter for letter; a text that somebody touched is shown as it is, and its hash follows no more."""
    try:
        value = json.loads(text)
    except ValueError:
        value = None
    return value if isinstance(value, dict) and canonical(value) == text else {"无法读取": text}

"""What a file brings that already counts: a double click, or an answer that got lost, must not make another revision."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, select

from data.store import marks_json
from data.store.tables import submission
from scoring.marks import Sheet

Key = tuple[str, str]  # unit, component


def changed(connection: Connection, counting: Mapping[Key, int], sheets: Sequence[Sheet]) -> list[Sheet]:
    """Those of the sheets that say something else than what counts now; ``counting`` is key → id of what does."""
    ids = [counting[key] for key in map(_key, sheets) if key in counting]
    columns = (submission.c.unit, submission.c.component, submission.c.marks)
    found: dict[Key, Sheet] = {}
    for at in range(0, len(ids), 500):
        for unit, part, marks in connection.execute(select(*columns).where(submission.c.id.in_(ids[at : at + 500]))):
            found[unit, part] = marks_json.decode(unit, part, marks)
    return [sheet for sheet in sheets if not _says_the_same(found.get(_key(sheet)), sheet)]


def _says_the_same(one: Sheet | None, other: Sheet) -> bool:
    """Marks, remarks and opinion, wherever they stand in the form: as ``data.dry_run`` tells a person beforehand."""
    if one is None or one.opinion != other.opinion or len(one.marks) != len(other.marks):
        return False
    mine, others = _said(one), _said(other)
    return mine == others or Counter(mine) == Counter(others)


def _said(sheet: Sheet) -> list[tuple[object, ...]]:
    return [
        (mark.indicator, mark.grade, mark.score, mark.applicable, mark.remark, mark.value, mark.answer)
        for mark in sheet.marks
    ]


def _key(sheet: Sheet) -> Key:
    return sheet.unit, sheet.component

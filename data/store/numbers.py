"""The rows' numbers: ours, not the database's."""

from __future__ import annotations

from itertools import count
from typing import Any

from sqlalchemy import Column, Integer, func, select


def numbered() -> Column[int]:
    """Numbered by us, 1, 2, 3 …, in the order of writing: writers queue, so nobody else takes the same number.

    A database's own numbering leaves gaps after a failure, has to be set after a restore, and gives 64-bit numbers out
    of order where many servers make one database.
    """
    return Column("id", Integer, primary_key=True, autoincrement=False, default=_next_number)


def _next_number(context: Any) -> int:
    """One more than the last; a statement with many rows looks once and counts on."""
    table = context.current_column.table
    counter = getattr(context, "_hengxiao_numbers", None)
    if counter is None:
        last = context.connection.execute(select(func.max(table.c.id))).scalar() or 0
        counter = context._hengxiao_numbers = count(last + 1)
    return next(counter)

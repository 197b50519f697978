"""恢复: what was withdrawn comes back within 30 days, and no later. What it said stays on record for ever."""

from __future__ import annotations

from datetime import datetime, timedelta

from data.beijing import local
from data.store import change as clock
from data.store.change import Change
from data.store.problem import StoreProblem

DAYS = 30
_DAY = timedelta(days=1)


def deadline(gone: datetime) -> datetime:
    """The last moment at which something can come back that ceased to count at ``gone``."""
    return gone + DAYS * _DAY


def days_left(gone: datetime | None) -> int:
    """Days left to bring it back, a begun one counted whole; 0 when the time is over. Unknown when it went: all of them."""
    if gone is None:
        return DAYS
    return max(0, -(-(deadline(gone) - clock.now()) // _DAY))


def insist_in_time(change: Change, gone: datetime | None, what: str) -> None:
    """A StoreProblem with the dates where ``what`` ceased to count more than 30 days before this change."""
    if gone is not None and change.at > deadline(gone):
        raise StoreProblem(
            f"{what}已于{local(gone)}撤下，满{DAYS}天后不再恢复（期限至{local(deadline(gone))}），本次操作未生效。"
            "记录仍可查看；确需使用的，请重新上报或登记。"
        )

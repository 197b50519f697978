"""期限: calendar months after a notice, and how a day stands to a period. Nothing here knows what day it is: it is told.

Two months after 2020-12-31 end on 2021-02-28, the last day of a month that has no 31st (自然月，遇月末取末日).
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from scoring.rules import Due

_SPOKEN = "零一两三四五六七八九十"
FAR = 365
"""Days from which a distance is told by its date alone."""


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last where it has no such day: 2020-12-31 + 2 is 2021-02-28.

    Raises OverflowError beyond the year 9999.
    """
    years, month = divmod(day.month - 1 + months, 12)
    if day.year + years > date.max.year:
        raise OverflowError("期限超出公历9999年")
    last = monthrange(day.year + years, month + 1)[1]
    return date(day.year + years, month + 1, min(day.day, last))


def due_day(due: Due, notice: date | None) -> date | None:
    """The last day of a period, that day included; None while there is no notice."""
    return None if notice is None else months_later(notice, due.months)


def period_text(due: Due) -> str:
    """A period in words: "通报之日起两个月"."""
    count = _SPOKEN[due.months] if due.months < len(_SPOKEN) else str(due.months)
    return f"通报之日起{count}个月"


def days_overdue(due: date | None, today: date) -> int:
    """Days since the last day passed; 0 on that day, before it, and without one."""
    return max((today - due).days, 0) if due else 0


def standing(due: date, today: date) -> str:
    """How a day stands to a last day: "还有3天", "今日到期", "已逾期2天"; more than a year off without the days."""
    left = (due - today).days
    if not left:
        return "今日到期"
    if abs(left) > FAR:
        return "" if left > 0 else "已逾期"
    return f"还有{left}天" if left > 0 else f"已逾期{-left}天"

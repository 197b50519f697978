"""A stored moment is told in Beijing time and with its year, wherever it stands."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from components import session


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        (datetime(2020, 12, 4, 1, 30, tzinfo=UTC), "2020年12月4日 09:30"),
        (datetime(2026, 12, 31, 16, 5, tzinfo=UTC), "2027年1月1日 00:05"),
    ],
)
def test_a_moment_is_told_with_its_year(moment: datetime, told: str) -> None:
    assert session.local(moment) == told


def test_a_moment_of_this_year_has_its_year_too() -> None:
    today = session.now()
    assert session.local(today).startswith(f"{today.year}年{today.month}月{today.day}日 ")

"""Calendar months, clamped at the month's end; and how a day stands to a last day."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from scoring.due import days_overdue, due_day, months_later, period_text, standing
from scoring.rules import Due

CASES = Path(__file__).resolve().parents[1] / "cases" / "cases.yaml"
TWO = Due(months=2)
DAYS = st.dates(date(1990, 1, 1), date(2990, 12, 31))


def test_every_case_of_a_period_in_the_cases_agrees_to_the_day() -> None:
    found = [case for case in yaml.safe_load(CASES.read_text(encoding="utf-8")) if "notice" in case]
    assert [case["case"] for case in found] == ["two months after 12-31 is the last day of February"]
    for case in found:
        assert due_day(TWO, case["notice"]) == case["due"]


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2020, 12, 30), 2, date(2021, 2, 28)),
        (date(2019, 12, 31), 2, date(2020, 2, 29)),
        (date(2020, 12, 15), 2, date(2021, 2, 15)),
        (date(2020, 12, 31), 12, date(2021, 12, 31)),
        (date(2020, 8, 31), 1, date(2020, 9, 30)),
        (date(2021, 2, 28), 2, date(2021, 4, 28)),
    ],
)
def test_a_month_without_that_day_ends_on_its_last(day: date, months: int, expected: date) -> None:
    assert months_later(day, months) == expected


@given(DAYS, st.integers(1, 60))
def test_months_later_keeps_the_day_or_is_the_last_of_the_right_month(day: date, months: int) -> None:
    later = months_later(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)


@given(DAYS, DAYS, st.integers(1, 24))
def test_an_earlier_notice_never_has_a_later_period(one: date, other: date, months: int) -> None:
    first, second = sorted((one, other))
    assert months_later(first, months) <= months_later(second, months)


def test_without_a_notice_there_is_no_day_but_words() -> None:
    assert due_day(TWO, None) is None
    assert period_text(TWO) == "通报之日起两个月"
    assert [period_text(Due(months=n)) for n in (1, 3, 12)] == [
        "通报之日起一个月",
        "通报之日起三个月",
        "通报之日起12个月",
    ]


def test_the_last_day_itself_is_on_time() -> None:
    last = date(2021, 2, 28)
    assert [days_overdue(last, last + timedelta(days=n)) for n in (-1, 0, 1, 3)] == [0, 0, 1, 3]
    assert days_overdue(None, last) == 0


@pytest.mark.parametrize(
    ("today", "told"),
    [
        (date(2021, 2, 25), "还有3天"),
        (date(2021, 2, 28), "今日到期"),
        (date(2021, 3, 1), "已逾期1天"),
        (date(2026, 11, 21), "已逾期"),
        (date(2019, 1, 1), ""),
    ],
)
def test_a_day_stands_to_a_last_day_in_words(today: date, told: str) -> None:
    assert standing(date(2021, 2, 28), today) == told


def test_a_period_beyond_the_calendar_is_refused() -> None:
    with pytest.raises(OverflowError):
        months_later(date(9999, 12, 1), 1)

"""One marked row: value → grade → floor → points → late, each by hand."""

from __future__ import annotations

import statistics
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.schemes import scheme
from scoring.assess import MarksError
from scoring.elements import Median
from scoring.items import Around, item_result
from scoring.late import deductions, late_percent
from scoring.marks import Fact, Mark
from scoring.peers import Peers, lines_of, place_among, quantile

LEAGUE, CITY = scheme("neimenggu-2018"), scheme("dongxi-2019-city")
TASK = next(row for row in CITY.indicators if row.kind == "task")
COUNTED = next(row for row in CITY.indicators if row.kind == "quantity")
RATIO = next(row for row in LEAGUE.indicators if row.no == 4)
GROWTH = next(row for row in LEAGUE.indicators if row.no == 3)
FUNDS = next(row for row in CITY.indicators if row.no == 12)


def points(rules, row, component: str, mark: Mark, around: Around | None = None):
    return item_result(rules, row, component, mark, around or Around()).points


def test_points_are_a_share_of_the_item_s_full_marks():
    assert points(LEAGUE, LEAGUE.indicators[5], "daily", Mark(6, score=Fraction(9, 2))) == 50  # 4.5 of 9


def test_a_ratio_earns_its_share_and_says_how():
    found = item_result(LEAGUE, RATIO, "daily", Mark(4, value=Fraction(97)), Around())
    assert found.points == 97
    assert [note.what for note in found.notes] == ["第4项比例97%，满分4分，得3.88分"]


def test_below_the_line_a_ratio_earns_nothing_where_that_reading_is_chosen():
    strict = LEAGUE.with_elements(ratios=LEAGUE.ratios.model_dump() | {"zero_below": Fraction(98)})
    assert [points(strict, RATIO, "daily", Mark(4, value=value)) for value in (Fraction("97.99"), Fraction(98))] == [
        0,
        98,
    ]


@pytest.mark.parametrize("value", ["-1", "100.1"])
def test_a_ratio_beyond_a_hundred_is_refused(value):
    with pytest.raises(MarksError, match=r"第4项的比例.*不在0至100之间"):
        points(LEAGUE, RATIO, "daily", Mark(4, value=Fraction(value)))


def test_a_growth_waits_for_the_figure_it_is_compared_with():
    found = item_result(LEAGUE, GROWTH, "yearend", Mark(3, value=Fraction(9)), Around())
    assert found.points is None
    assert "尚未填写" in found.open


@pytest.mark.parametrize(("answer", "expected"), [("是", 100), ("否", 0)])
def test_yes_earns_all_and_no_nothing(answer, expected):
    assert points(LEAGUE, GROWTH, "yearend", Mark(3, answer=answer)) == expected


@pytest.mark.parametrize(
    ("answer", "grade", "expected"),
    [("完成且有亮点", "好", 95), ("完成", "较好", 85), ("部分完成", "一般", 75), ("未完成", "差", 60)],
)
def test_what_became_of_a_task_gives_its_grade(answer, grade, expected):
    found = item_result(CITY, TASK, "review", Mark(TASK.no, answer=answer), Around())
    assert (found.grade, found.points) == (grade, expected)


def test_a_finished_task_is_never_graded_below_its_floor():
    """七（二）: 只要任务完成，评为“好”或“较好”等次, whatever an office's own table of answers says."""
    harsh = CITY.with_elements(
        tasks=CITY.tasks.model_dump() | {"answers": {"完成": "一般", "未完成": "差"}, "met": ["完成"]}
    )
    found = item_result(harsh, TASK, "review", Mark(TASK.no, answer="完成"), Around())
    assert (found.grade, found.notes[-1].cite) == ("较好", "七（二）")
    assert item_result(harsh, TASK, "review", Mark(TASK.no, answer="未完成"), Around()).grade == "差"


@pytest.mark.parametrize(
    ("row", "mark", "words"),
    [
        (TASK, Mark(TASK.no, answer="是"), "不能填“是”"),
        (TASK, Mark(TASK.no, value=Fraction(3)), "不能填实际数值"),
        (COUNTED, Mark(COUNTED.no, answer="完成"), "不能填“完成”"),
        (TASK, Mark(TASK.no, grade="较差"), "“较差”不是本方案的等次"),
    ],
)
def test_a_mark_that_the_item_s_kind_cannot_have_is_refused(row, mark, words):
    with pytest.raises(MarksError, match=words):
        item_result(CITY, row, "review", mark, Around())


def test_with_too_few_peers_a_person_has_to_tick():
    lines = (Fraction(3), Fraction(2), Fraction(1))
    few, enough = ({("review", COUNTED.no): Peers(count, lines)} for count in (4, 5))
    waiting = item_result(CITY, COUNTED, "review", Mark(COUNTED.no, value=Fraction(3)), Around(few))
    assert (waiting.points, waiting.open) == (None, f"第{COUNTED.no}项只有4家报送数值，不足5家，须人工评定等次")
    assert points(CITY, COUNTED, "review", Mark(COUNTED.no, value=Fraction(3)), Around(enough)) == 95
    assert points(CITY, COUNTED, "review", Mark(COUNTED.no, grade="一般"), Around(few)) == 75


# 中位法


@given(st.lists(st.integers(-1000, 1000), min_size=2, max_size=40))
def test_quartiles_are_the_inclusive_ones(values):
    exact = [quantile(map(Fraction, values), Fraction(k, 4)) for k in (1, 2, 3)]
    assert [float(q) for q in exact] == pytest.approx(statistics.quantiles(values, n=4, method="inclusive"))


def test_one_value_is_every_quartile_of_itself():
    assert [quantile([Fraction(7)], Fraction(k, 4)) for k in (1, 2, 3)] == [7, 7, 7]


def test_a_band_around_the_median_is_another_reading():
    rule = Median.model_validate({"peers": "city", "method": "band", "percent": "10", "assumed": "试"})
    assert lines_of(rule, [Fraction(n) for n in (50, 100, 900)]) == (110, 100, 90)


@given(st.lists(st.integers(0, 50), min_size=5, max_size=20))
def test_a_greater_value_is_never_graded_worse(values):
    lines = lines_of(CITY.median, list(map(Fraction, values)))
    places = [place_among(lines, Fraction(value)) for value in sorted(values)]
    assert places == sorted(places, reverse=True)


# late money


@pytest.mark.parametrize(
    ("day", "percent"),
    [("2018-12-31", 0), ("2019-03-31", 0), ("2019-04-01", 10), ("2019-05-31", 20), ("2020-01-01", 30)],
)
def test_each_month_begun_takes_its_percent_up_to_the_most(day, percent):
    assert late_percent(CITY.late[0], date.fromisoformat(day)) == percent


def arrival(day: str, amount: int | None, value: str = "市级安排") -> Fact:
    return Fact("江门市", "arrival", value, day, amount=None if amount is None else Fraction(amount))


def test_instalments_weigh_by_their_amounts_and_the_exempt_do_not_weigh_at_all():
    paid = [arrival("2019-03-01", 3000), arrival("2019-05-10", 1000), arrival("2019-12-01", 9000, "县市区新增")]
    assert deductions(CITY, paid)[12].percent == 5  # a quarter of it 20 % late
    assert points(CITY, FUNDS, "review", Mark(12, grade="好"), Around(late=deductions(CITY, paid))) == Fraction(
        9025, 100
    )


def test_money_that_all_came_in_time_takes_nothing():
    assert deductions(CITY, [arrival("2019-03-30", 100)]) == {}
    assert deductions(CITY, []) == {}

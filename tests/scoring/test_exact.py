"""Exact numbers are read, rounded and written without ever crossing a line."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring import exact

numbers = st.fractions(max_denominator=10**12).filter(lambda value: abs(value) < 10**12)
decimals = st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**9), max_value=10**9)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("40", Fraction(40)),
        ("89.95", Fraction(8995, 100)),
        ("1705/19", Fraction(1705, 19)),
        ("-3.5", Fraction(-7, 2)),
        ("+2", Fraction(2)),
        (".5", Fraction(1, 2)),
        ("5.", Fraction(5)),
        ("0", Fraction(0)),
        ("007", Fraction(7)),
    ],
)
def test_a_number_is_exactly_what_is_written(text, value):
    assert exact.parse(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "1e5",
        "nan",
        "inf",
        "92分",
        "92.5%",
        "1/0",
        "1/2/3",
        "1.5/2",
        "--1",
        "1 000",
        "1,000",
        "九十",
        "0x10",
        "_1",
        "1\n",
    ],
)
def test_anything_else_is_refused(text):
    with pytest.raises(ValueError, match=r".*"):
        exact.parse(text)


def test_a_number_without_end_is_refused():
    with pytest.raises(ValueError, match="9"):
        exact.parse("9" * 5000)


@pytest.mark.parametrize(
    ("value", "places", "rounded"),
    [
        ("90.925", 2, "90.93"),
        ("89.995", 2, "90"),
        ("89.994", 2, "89.99"),
        ("0.5", 0, "1"),
        ("1.5", 0, "2"),
        ("2.5", 0, "3"),
        ("-0.5", 0, "-1"),
        ("-2.345", 2, "-2.35"),
    ],
)
def test_a_half_rounds_away_from_zero(value, places, rounded):
    assert exact.half_up(exact.parse(value), places) == exact.parse(rounded)


@given(numbers, st.integers(0, 6))
def test_rounding_moves_a_number_by_half_a_unit_at_most(value, places):
    assert abs(exact.half_up(value, places) - value) <= Fraction(1, 2 * 10**places)


@given(numbers, numbers, st.integers(0, 6))
def test_rounding_keeps_order(one, other, places):
    low, high = sorted((one, other))
    assert exact.half_up(low, places) <= exact.half_up(high, places)


@given(numbers, st.integers(0, 6))
def test_rounding_is_the_same_on_both_sides_of_zero(value, places):
    assert exact.half_up(-value, places) == -exact.half_up(value, places)


@given(st.integers(0, 10_000).map(lambda cents: Fraction(cents, 100)), numbers)
def test_a_score_reaches_a_line_exactly_from_its_effective_line_on(line, score):
    if line > 0 and score > 0:
        assert (exact.half_up(score, 2) >= line) == (score >= exact.effective(line, 2))


def test_without_rounding_a_line_is_where_it_is():
    assert exact.effective(Fraction(90), None) == 90


@given(numbers)
def test_plain_writes_what_parse_reads(value):
    assert exact.parse(exact.plain(value)) == value


@given(decimals)
def test_plain_is_as_short_as_a_decimal_can_be(value):
    text = exact.plain(Fraction(value))
    assert "/" not in text
    assert "." not in text or not text.endswith("0")
    assert Fraction(text) == Fraction(value)


@given(st.integers(0, 10**30 - 1), st.integers(0, 30))
def test_the_longest_number_read_can_be_written_and_read_again(digits, places):
    value = exact.parse(f"{digits}.{'0' * max(places - 1, 0)}{'1' if places else ''}")
    assert exact.parse(exact.plain(value)) == value


@given(numbers, st.integers(0, 6))
def test_fixed_is_the_rounded_number_with_all_its_places(value, places):
    text = exact.fixed(value, places)
    assert exact.parse(text) == exact.half_up(value, places)
    assert len(text.partition(".")[2]) == places


def test_fixed_writes_no_negative_zero():
    assert exact.fixed(Fraction(-1, 1000)) == "0.00"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("89.99999", "89.9999…"),
        ("90", "90"),
        ("89.95", "89.95"),
        ("42263/475", "88.9747…"),
        ("-0.00001", "0.0000…"),
    ],
)
def test_a_number_is_cut_for_people_never_rounded(value, shown):
    assert exact.shown(exact.parse(value)) == shown


@given(numbers, st.integers(0, 8))
def test_a_shown_number_never_crosses_a_line(value, places):
    read = exact.parse(exact.shown(value, places).rstrip("…"))
    assert abs(read) <= abs(value)
    assert abs(value) - abs(read) < Fraction(1, 10**places)


@given(numbers, st.integers(0, 8))
def test_a_shown_number_is_marked_exactly_when_something_is_cut(value, places):
    text = exact.shown(value, places)
    assert text.endswith("…") == (exact.parse(text.rstrip("…")) != value)


def test_printed_parts_add_up_to_the_printed_sum() -> None:
    parts = {
        "评分": Fraction("9.5333"),
        "规则": Fraction("-0.0042"),
        "新增": Fraction("0.5611"),
        "取消": Fraction("-0.1902"),
    }
    assert exact.closing(parts) == {
        "评分": Fraction("9.53"), "规则": Fraction("0"), "新增": Fraction("0.56"), "取消": Fraction("-0.19"),
    }  # fmt: skip


@given(st.dictionaries(st.integers(0, 9), st.fractions(-100, 100, max_denominator=900), min_size=1))
def test_no_printed_part_is_off_by_a_last_digit(parts: dict[int, Fraction]) -> None:
    printed = exact.closing(parts)
    assert sum(printed.values()) == exact.half_up(sum(parts.values()), 2)
    assert all(abs(printed[key] - value) < Fraction(1, 100) for key, value in parts.items())


@pytest.mark.parametrize(
    ("value", "text"),
    [("0.9", "+0.90"), ("-3/19", "-0.1578…"), ("1/475", "+0.0021…"), ("0", "0"), ("-0.0005", "-0.0005"), ("20/3", "+6.6666…"),
     ("1/99999", "+0.00001…"), ("-0.000002", "-0.000002"), ("5", "+5.00"), ("1.205", "+1.205")],
)  # fmt: skip
def test_a_difference_is_written_with_its_sign_never_rounded_and_never_as_nothing(value, text):
    assert exact.signed(Fraction(value)) == text


@given(st.fractions(), st.integers(0, 6))
def test_a_difference_that_is_something_has_a_digit_that_is(value, places):
    assert any(digit in exact.signed(value, places) for digit in "123456789") == (value != 0)

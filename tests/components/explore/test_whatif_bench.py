"""The bench in hand: every step can be taken back and forth, and the board opens where it then stands."""

from __future__ import annotations

from fractions import Fraction as Q

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.explore.whatif_bench import MOST, Bench, level_of_step, moved_elsewhere
from data.schemes import scheme
from scoring.scenario import Scenario, choices
from scoring.trial import levels

COUNTY = scheme("jiangmen-2020-county")
KNOWN = levels(COUNTY, "county")
TICKS = next(each for each in choices(COUNTY) if each.key == "ticks")
LOWER = {"l": {"好": Q(89), "较好": Q(80), "一般": Q(70)}}


def weights(cross: int) -> dict[str, Q]:
    rest = Q(100 - cross, 2)
    return {"cross": Q(cross), "municipal": rest, "daily": rest}


def released(*crosses: int) -> Bench:
    """A bench on which these weights were let go of, one after the other."""
    bench = Bench(Scenario("county"))
    for cross in crosses:
        bench.take(KNOWN["w"], weights(cross))
    return bench


def test_each_release_is_a_step_that_can_be_taken_back_and_again():
    bench = released(46, 60)
    bench.back()
    assert bench.scenario.values["w"]["cross"] == 46
    assert bench.opened["w"]["cross"] == 46
    bench.back()
    assert not bench.scenario
    bench.forth()
    bench.forth()
    assert bench.scenario.values["w"]["cross"] == 60
    assert not bench.future


def test_the_board_opens_anew_at_each_step_and_not_while_it_is_moved():
    bench = released(46)
    assert bench.serial == 0
    bench.back()
    assert bench.serial == 1


def test_a_board_that_says_what_is_known_is_no_step():
    bench = released(46)
    bench.take(KNOWN["w"], weights(46))
    bench.open()
    bench.take(KNOWN["w"], None)  # it has just opened where it stands
    assert len(bench.past) == 1


def test_a_new_step_ends_the_way_forth():
    bench = released(46, 60)
    bench.back()
    bench.take(KNOWN["w"], weights(50))
    assert not bench.future
    bench.back()
    assert bench.scenario.values["w"]["cross"] == 46


def test_the_documents_own_values_are_a_step_too():
    bench = released(60, 40)  # back to 40/30/30 with the board's own button
    assert not bench.scenario
    bench.back()
    assert bench.scenario.values["w"]["cross"] == 60


def test_readings_are_steps_and_the_one_in_force_is_no_trial():
    bench = released(60)
    bench.read_as(TICKS, "100/85/75/60", {})
    assert bench.scenario == Scenario("county", {"w": weights(60)}, {"ticks": "100/85/75/60"})
    bench.read_as(TICKS, "默认", {})
    assert bench.scenario.readings == {}
    bench.back()
    assert bench.scenario.readings == {"ticks": "100/85/75/60"}


def test_a_reading_left_for_the_schemes_own_is_a_trial_where_another_was_confirmed():
    bench = Bench(Scenario("county"))
    bench.read_as(TICKS, "默认", {"ticks": "100/85/75/60"})
    assert bench.scenario.readings == {"ticks": "默认"}


def test_of_category_and_item_weights_the_other_is_dropped_with_a_word_and_can_be_had_back():
    even = dict.fromkeys(KNOWN["c"].originals, Q(20))
    bench = Bench(Scenario("county"))
    bench.take(KNOWN["c"], even)
    bench.enter("i")
    assert not bench.scenario
    assert "只能测算一种" in bench.notes[0]
    bench.back()
    assert bench.scenario.values == {"c": even}


@given(st.lists(st.integers(0, 100), min_size=1, max_size=2 * MOST))
def test_the_way_back_is_bounded_and_leads_through_what_was(crosses):
    bench = released(*crosses)
    seen = [bench.scenario]
    while bench.past:
        bench.back()
        seen.append(bench.scenario)
    assert len(seen) <= MOST + 1
    while bench.future:
        bench.forth()
        assert bench.scenario == seen[len(bench.future)]


@pytest.mark.parametrize(
    ("level", "left", "now", "shown"),
    [
        ("w", Scenario("g", {"w": weights(60)}), Scenario("g"), "w"),
        ("l", Scenario("g", {"w": weights(60)}), Scenario("g"), "w"),
        ("w", Scenario("g"), Scenario("g", {}, {"ticks": "x"}), "r"),
        ("l", Scenario("g", {"w": weights(60)} | LOWER), Scenario("g"), "l"),
        ("i", Scenario("g"), Scenario("g", {"c": {"甲": Q(1)}}), "c"),
        ("i", Scenario("g", {"i": {"1": Q(1)}}), Scenario("g", {"c": {"甲": Q(1)}}), "c"),
        ("p", Scenario("g"), Scenario("g"), "p"),
    ],
)
def test_a_step_is_shown_where_it_changes_something(level, left, now, shown):
    assert level_of_step(level, left, now) == shown


def test_what_is_tried_beside_the_level_in_view_is_named():
    both = Bench(Scenario("county", {"w": weights(60)} | LOWER, {"ticks": "100/85/75/60", "rounding": "不舍入"}))
    assert moved_elsewhere(both, KNOWN, "w") == ["等次线", "口径2项"]
    assert moved_elsewhere(both, KNOWN, "r") == ["考核方式", "等次线"]
    one = Bench(Scenario("county", {}, {"rounding": "不舍入"}))
    assert moved_elsewhere(one, KNOWN, "w") == ["小数位数"]

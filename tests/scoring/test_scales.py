"""Groups held against 市级考核 and against each other, on 江门 sheets of nineteen ticks written as digits (1 is 好)."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from data.schemes import scheme, scheme_ids
from scoring.assess import assess
from scoring.marks import Mark, Sheet
from scoring.scale_items import far_apart, is_best, sameness, undivided
from scoring.scale_method import beyond_compare
from scoring.scale_pairs import Cell, Pair, UnitPair, item_pairs, side_by_side, subject, unnamed, yardsticks
from scoring.scale_values import Assessor, Comparison, Tally
from scoring.scales import compare
from tests.pages.builders import ticks, total

COUNTY = scheme("jiangmen-2020-county")
UNITS = [unit.name for unit in COUNTY.groups[0].units]
A, B, C = UNITS[:3]
MIDDLE = "2" * 19
"""较好 on every item."""


def higher(count: int, lower: int = 0) -> str:
    """A grade better than MIDDLE on the first items, a grade worse on the last."""
    return "1" * count + "2" * (19 - count - lower) + "3" * lower


def compared(
    cross: Mapping[str, str], municipal: str = MIDDLE, assessors: Mapping[str, Assessor] | None = None
) -> Comparison:
    """The units told of, each with both sheets."""
    sheets = [ticks(u, "cross", marks) for u, marks in cross.items()] + [
        ticks(u, "municipal", municipal) for u in cross
    ]
    results = assess(COUNTY, sheets)
    units = [results.of(unit) for unit in cross]
    return compare("cross", "municipal", side_by_side(COUNTY, units, "cross", "municipal"), assessors or {})


def homes(**by: str) -> dict[str, Assessor]:
    """Unit → the group that 'by' sends."""
    return {unit: Assessor(f"{home}组", home) for unit, home in by.items()}


def test_the_scheme_says_what_is_held_against_what() -> None:
    assert subject(COUNTY) == COUNTY.component("cross")
    assert [part.name for part in yardsticks(COUNTY)] == ["市级考核", "日常工作"]
    with_cross = [name for name in scheme_ids() if subject(scheme(name))]
    assert with_cross == ["guangdong-2019", "jiangmen-2020-county"]


def called(name: str):
    return COUNTY.with_elements(components=[
        part.model_dump() | ({"name": name} if part.id == "cross" else {}) for part in COUNTY.components
    ])  # fmt: skip


def test_a_cross_assessment_of_another_name_is_known_by_it_or_can_be_told() -> None:
    assert [subject(called(name)).id for name in ("县际互评", "互查")] == ["cross", "cross"]
    other = called("联合考评")
    assert (subject(other), yardsticks(other)) == (None, ())
    assert "cross" in [part.id for part in unnamed(other)]
    assert subject(other, "cross") == other.component("cross")
    assert [part.name for part in yardsticks(other, "cross")] == ["市级考核", "日常工作"]
    assert unnamed(COUNTY) == ()


def test_a_step_up_is_ten_points_and_plus_means_the_first_is_better() -> None:
    """较好 against 一般: 85 − 75 = 10 points; 好 against 较差: three grades and 35 points."""
    sheets = [ticks(A, "cross", "21" + "2" * 17), ticks(A, "municipal", "34" + "2" * 17)]
    pairs = item_pairs(COUNTY, assess(COUNTY, sheets).of(A), "cross", "municipal")
    assert [(p.no, p.steps, p.points) for p in pairs[:3]] == [(1, 1, 10), (2, 3, 35), (3, 0, 0)]
    assert (pairs[0].first.cell, pairs[0].second.cell) == ("E5", "F5")


def test_an_item_that_either_side_calls_inapplicable_is_not_compared() -> None:
    marks = (Mark(1, applicable=False, remark="无此项"), *ticks(A, "cross", MIDDLE).marks[1:])
    results = assess(COUNTY, [Sheet(A, "cross", marks), ticks(A, "municipal", MIDDLE)])
    assert [pair.no for pair in item_pairs(COUNTY, results.of(A), "cross", "municipal")] == list(range(2, 20))


def test_a_generous_group_is_found_and_its_counts_and_chance_are_told() -> None:
    """12 of 19 higher, 1 lower: 7/2048 alone; the six others too few to have a verdict, so that is all of the family."""
    found = compared({A: higher(12, 1)} | dict.fromkeys(UNITS[1:], MIDDLE))
    scale = found.scales[0]
    assert scale.assessor.name == f"考核{A}的组"
    assert scale.tally == Tally(12, 6, 1)
    assert (scale.steps, scale.points) == (Fraction(11, 19), Fraction(110, 19))
    assert (scale.chance, scale.adjusted, scale.verdict) == (Fraction(7, 2048), Fraction(7, 2048), "lenient")
    assert [other.verdict for other in found.scales[1:]] == ["few"] * 6


def test_against_six_groups_that_agree_twelve_items_up_and_one_down_stand_out() -> None:
    """Each of 13 items is one of seven alike; 12 up and 1 down at one group: far beyond chance, and only for that group.

    Its mean is 11/19, that of the others 0.
    """
    found = compared({A: higher(12, 1)} | dict.fromkeys(UNITS[1:], MIDDLE))
    assert found.scales[0].apart == Fraction(11, 19)
    assert found.scales[0].others == "lenient"
    assert {scale.others for scale in found.scales[1:]} == {"alike"}


def test_when_all_groups_are_as_generous_none_stands_out_among_them() -> None:
    found = compared({unit: higher(12) for unit in UNITS})
    assert {scale.verdict for scale in found.scales} == {"lenient"}
    assert {scale.others for scale in found.scales} == {"few"}  # on no item do they differ
    assert {scale.apart for scale in found.scales} == {Fraction(0)}
    assert found.by_unit == Tally(7, 0, 0)


def test_asking_of_seven_groups_at_once_takes_more_than_asking_of_one() -> None:
    """Eight of eight is 1/128, for seven groups 7/128 = 5.46… %: none can tell. Nine of nine is 1/256, for seven 7/256."""
    assert (compared({A: higher(6)}).scales[0].adjusted, compared({A: higher(6)}).scales[0].verdict) == (
        Fraction(1, 32),
        "lenient",
    )
    told = {count: compared({unit: higher(count) for unit in UNITS}).scales[0] for count in (6, 8, 9)}
    assert [(told[count].adjusted, told[count].verdict) for count in told] == [
        (None, "few"), (None, "few"), (Fraction(7, 256), "lenient"),
    ]  # fmt: skip
    six = compared({unit: higher(8) for unit in UNITS[:6]}).scales[0]
    assert (six.adjusted, six.verdict) == (Fraction(6, 128), "lenient")


def test_a_group_that_could_not_stand_out_is_too_small_and_no_burden_on_the_others() -> None:
    """Six of six is 1/32, over every share of 5 %; of six groups of nine items each 9 and 0 are 6/256, 5 and 4 are 1."""
    marks = {A: higher(0, 6), B: higher(9)} | {unit: higher(5, 4) for unit in UNITS[2:]}
    found = compared(marks).scales
    assert (found[0].tally, found[0].adjusted, found[0].verdict) == (Tally(0, 13, 6), None, "few")
    assert (found[1].adjusted, found[1].verdict) == (Fraction(6, 256), "lenient")
    assert [(scale.adjusted, scale.verdict) for scale in found[2:]] == [(Fraction(1), "alike")] * 5


def test_two_groups_held_against_each_other_are_one_question() -> None:
    """Six items on which the one is a grade above the other: all six one way or the other, 2 of 64."""
    one, other = compared({A: higher(6), B: MIDDLE}).scales
    assert (one.others_chance, one.others_adjusted, one.others) == (Fraction(1, 32), Fraction(1, 32), "lenient")
    assert (other.others_chance, other.others_adjusted, other.others) == (Fraction(1, 32), Fraction(1, 32), "severe")


def marked(unit: str, steps: Mapping[int, int]) -> UnitPair:
    """Items by number, and by how many grades the first component is better."""
    cell = Cell("好", Fraction(95))
    return UnitPair(
        unit,
        tuple(Pair(unit, no, "", cell, cell, step, Fraction(10 * step)) for no, step in steps.items()),
        Fraction(0),
    )


def test_groups_whose_every_outcome_would_be_within_chance_of_the_others_are_too_few() -> None:
    """A and B share items 1 to 6, the others 7 to 12: each pair comes to 2/64 at best, and asked of more than one never to 5 %."""
    up, down = dict.fromkeys(range(1, 7), 1), dict.fromkeys(range(7, 13), 1)
    units = [marked("A", up), marked("B", dict.fromkeys(up, 0)), marked("C", down), marked("D", dict.fromkeys(down, 0))]
    found = compare("cross", "municipal", units, {}).scales
    assert [(scale.others, scale.others_chance) for scale in found] == [("few", None)] * 4


def test_five_untied_items_are_too_few_whatever_they_say() -> None:
    scale = compared({A: higher(5)}).scales[0]
    assert (scale.verdict, scale.chance, scale.tally) == ("few", None, Tally(5, 14, 0))


def test_swapping_the_two_components_turns_lenient_into_severe() -> None:
    sheets = [ticks(A, "cross", higher(9, 1)), ticks(A, "municipal", MIDDLE)]
    result = assess(COUNTY, sheets).of(A)
    there, back = (compare(*pair, side_by_side(COUNTY, [result], *pair), {}).scales[0]
                   for pair in (("cross", "municipal"), ("municipal", "cross")))  # fmt: skip
    assert (there.verdict, back.verdict) == ("lenient", "severe")
    assert (there.steps, there.points, there.chance) == (-back.steps, -back.points, back.chance)


@given(st.lists(st.text("1234", min_size=19, max_size=19), min_size=2, max_size=4))
def test_the_counts_add_up_and_every_chance_is_a_chance(cross: list[str]) -> None:
    found = compared(dict(zip(UNITS, cross, strict=False)))
    assert found.overall.count == 19 * len(cross) == sum(scale.tally.count for scale in found.scales)
    for scale in found.scales:
        told = (scale.chance, scale.adjusted, scale.rank_chance, scale.others_chance, scale.others_adjusted)
        assert all(0 < chance <= 1 for chance in told if chance is not None)


def test_a_group_that_assessed_two_units_is_one_group() -> None:
    both = {A: Assessor("第1组"), B: Assessor("第1组"), C: Assessor("第2组")}
    found = compared({A: higher(4), B: higher(4), C: MIDDLE}, assessors=both)
    assert [(s.assessor.name, s.units, s.tally.higher) for s in found.scales] == [
        ("第1组", (A, B), 8),
        ("第2组", (C,), 0),
    ]


def test_while_a_sheet_is_missing_nothing_is_judged_and_who_waits_is_told() -> None:
    sheets = [ticks(A, "cross", higher(15)), ticks(A, "municipal", MIDDLE), ticks(B, "cross", MIDDLE)]
    results = assess(COUNTY, sheets)
    pairs = side_by_side(COUNTY, [results.of(A), results.of(B)], "cross", "municipal")
    found = compare("cross", "municipal", pairs, {})
    assert not found.settled
    assert [(unit.unit, unit.missing) for unit in found.waiting] == [(B, ("municipal",))]
    assert (found.scales[0].tally.higher, found.scales[0].verdict, found.scales[0].chance) == (15, "open", None)


def test_a_component_handed_in_as_a_total_is_compared_as_a_total_only() -> None:
    """All 较好 is 85 against 81.30."""
    results = assess(COUNTY, [ticks(A, "cross", MIDDLE), total(A, "municipal", "81.30")])
    found = compare("cross", "municipal", side_by_side(COUNTY, [results.of(A)], "cross", "municipal"), {})
    assert found.scales == ()
    assert [(unit.unit, unit.total) for unit in found.totals] == [(A, Fraction("3.7"))]


def test_two_units_whose_groups_marked_each_other_down_are_told_as_a_pair() -> None:
    """A's group sets 9 of B's items lower, B's group 8 of A's: 2/2⁹ and 2/2⁸, so both at once at most 1/128."""
    found = compared({A: higher(0, 8), B: higher(0, 9), C: MIDDLE}, assessors=homes(**{A: B, B: A, C: UNITS[3]}))
    (ring,) = found.mutual
    assert set(ring.homes) == {A, B}
    assert (ring.way, ring.chance, ring.adjusted, ring.holds) == ("severe", Fraction(1, 128), Fraction(1, 128), True)


def test_a_pair_of_which_one_is_generous_and_one_severe_is_no_pattern() -> None:
    found = compared({A: higher(9), B: higher(0, 9)}, assessors=homes(**{A: B, B: A}))
    assert found.mutual == ()


def test_a_ring_of_three_is_a_ring_and_without_names_of_senders_there_is_none() -> None:
    marks = {A: higher(0, 9), B: higher(0, 9), C: higher(0, 9)}
    (ring,) = compared(marks, assessors=homes(**{B: A, C: B, A: C})).mutual
    assert len(ring.homes) == 3
    assert compared(marks).mutual == ()


def test_an_item_that_all_have_alike_divides_nobody_and_two_units_are_too_few_to_say_so() -> None:
    """Of three units items 1 to 17 are 好 with all; item 18 is 较好 with all; item 19 divides them."""
    marks = {A: "1" * 17 + "21", B: "1" * 17 + "22", C: "1" * 17 + "21"}
    results = assess(COUNTY, [ticks(unit, "cross", told) for unit, told in marks.items()])
    units = [results.of(unit) for unit in marks]
    found = sameness(COUNTY, units, "cross")
    assert [item.no for item in undivided(found)] == list(range(1, 19))
    assert [item.no for item in undivided(found) if is_best(COUNTY, item)] == list(range(1, 18))
    assert (found[18].mark, found[18].alike, found[18].count) == ("好", 2, 3)
    assert sameness(COUNTY, units[:2], "cross") == ()


def test_full_marks_are_the_best_where_no_grades_are_given() -> None:
    rules = scheme("neimenggu-2018")
    units = [unit.name for unit in rules.groups[0].units][:3]
    row = next(row for row in rules.items_for(rules.groups[0].id, "yearend", units[0]))
    sheets = [Sheet(unit, "yearend", (Mark(row.no, score=row.full["yearend"]),)) for unit in units]
    results = assess(rules, sheets)
    (item,) = sameness(rules, [results.of(unit) for unit in units], "yearend")
    assert is_best(rules, item)


def test_items_that_are_marked_once_only_are_held_against_nothing_and_it_is_said_why() -> None:
    """The template has a 交叉考核, and each of its items is marked by one component."""
    rules = scheme("template-2026-county")
    assert (subject(rules), yardsticks(rules)) == (None, ())
    told = beyond_compare(rules)
    assert "各项三级指标只由一种考核方式评定，同一项没有第二份评分可以对照" in told
    assert "没有交叉考核" not in told


def test_points_on_top_that_nobody_has_are_no_item_that_tells_nobody_from_anybody() -> None:
    """Item 21 is 加分: that three units have none of it says nothing of the table."""
    rules = scheme("template-2026-county")
    units = [unit.name for unit in rules.groups[0].units][:3]
    sheets = [Sheet(unit, "daily", (Mark(19, score=Fraction(1)), Mark(21, score=Fraction(0)))) for unit in units]
    found = sameness(rules, [assess(rules, sheets).of(unit) for unit in units], "daily")
    assert [item.no for item in found] == [19]


def test_marks_two_grades_apart_are_listed_with_what_hangs_on_them() -> None:
    """交叉 all 好 but item 1 一般 (75), 市级 and 日常 all 好.

    One item of nineteen: 20/19 points in a component; under 40/30/30 the total is 95 − 0.4·20/19 = 94.58. With 好 there
    it is 95; with 一般 at 市级考核 too, 95 − 0.7·20/19 = 94.26.
    """
    sheets = [ticks(A, "cross", "3" + "1" * 18), ticks(A, "municipal", "1" * 19), total(A, "daily", "95")]
    result = assess(COUNTY, sheets).of(A)
    (found,) = far_apart(COUNTY, [result], sheets, [], ["cross", "municipal", "daily"])
    assert (found.pair.no, found.pair.steps, found.score) == (1, -2, Fraction("94.58"))
    assert [(t.component, t.grade, t.score) for t in found.trials] == [
        ("cross", "好", Fraction(95)), ("municipal", "一般", Fraction("94.26")),
    ]  # fmt: skip
    assert not found.matters


def test_a_mark_that_would_move_the_unit_over_a_line_is_said_to_matter() -> None:
    """11 好 and 8 较好, 17 and 2, and 85 are exactly 90.00. Here one of the two is 一般: 90 − 0.3·10/19 = 89.84, 较好.

    As 好 it would be 90 + 0.3·10/19 = 90.16, 好; 交叉考核 brought down to 一般 as well only lowers it.
    """
    sheets = [
        ticks(A, "cross", "1" * 11 + "2" * 8),
        ticks(A, "municipal", "3" + "1" * 17 + "2"),
        total(A, "daily", "85"),
    ]
    result = assess(COUNTY, sheets).of(A)
    (found,) = far_apart(COUNTY, [result], sheets, [], ["cross", "municipal"])
    assert [trial.result for trial in found.trials] == ["较好", "好"]
    assert found.grade == "较好"
    assert found.matters

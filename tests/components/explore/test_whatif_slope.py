"""Before → after as lines: who is drawn and named, and names that never lie on one another."""

from __future__ import annotations

from fractions import Fraction as Q
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from components.explore.whatif_slope import (
    ALL_NAMED,
    MOST_NAMED,
    PLACE,
    SCORE,
    apart,
    described,
    left_out,
    lines_of,
    slope,
)
from components.grades import DARK, LIGHT
from data.schemes import scheme
from scoring.assess import assess
from scoring.marks import Mark, Sheet

COUNTY = scheme("jiangmen-2020-county")
WAYS = ("cross", "municipal", "daily")


def handed_in(**totals: tuple[str, str, str]) -> list[Sheet]:
    return [
        Sheet(unit, way, (Mark(None, score=Q(total)),), "意见")
        for unit, marks in totals.items()
        for way, total in zip(WAYS, marks, strict=True)
    ]


def compared(sheets: list[Sheet], rules=COUNTY):
    """(before, after, pairs) with 60% for 交叉考核."""
    before = assess(rules, sheets)
    after = assess(rules.replace(weights={"cross": Q(60), "municipal": Q(20), "daily": Q(20)}), sheets)
    return before, after, [(unit.unit, unit, after.of(unit.unit)) for unit in before.units]


# 蓬江区 89 → 91; 江海区 88 → 86, one place down; 台山市 70 stays
SEVEN = compared(handed_in(蓬江区=("95", "85", "85"), 江海区=("82", "92", "92"), 台山市=("70", "70", "70")))


def test_a_line_says_both_ends_and_the_grades():
    lines = lines_of(*SEVEN, SCORE, LIGHT)
    assert lines[0].told == "蓬江区　89.00 → 91.00　较好 → 好"
    assert (lines[0].changed, lines[0].now.look.shape, lines[0].was.look.shape) == (True, "●", "◆")
    assert [line.name for line in lines] == ["蓬江区", "江海区", "台山市"]


def test_places_have_the_first_on_top():
    lines = {line.name: line for line in lines_of(*SEVEN, PLACE, LIGHT)}
    assert lines["蓬江区"].now.at > lines["江海区"].now.at > lines["台山市"].now.at
    assert lines["台山市"].told == "台山市　3 → 3　一般 → 一般"


def test_the_picture_is_told_in_words_and_who_is_not_in_it_is_counted():
    lines = lines_of(*SEVEN, SCORE, LIGHT)
    assert described(lines, SCORE) == "测算前后的得分：蓬江区　89.00 → 91.00　较好 → 好；江海区　88.00 → 86.00　较好 → 较好"
    assert left_out(SEVEN[2], lines, "个") == "4个暂缺得分，未画在图中。"


def test_the_colours_are_those_of_the_theme():
    for colors in (LIGHT, DARK):
        lines = lines_of(*SEVEN, SCORE, colors)
        figure = slope(SEVEN[0], SEVEN[1], lines, SCORE, colors)
        assert figure.layout.font.color == colors.text
        assert {trace.line.color for trace in figure.data} == {line.now.look.color for line in lines}


def test_of_seventy_three_units_those_that_change_are_named_and_the_rest_drawn():
    names = [f"镇{n}" for n in range(73)]
    rules = COUNTY.with_roster((name, "county", "", ()) for name in names)
    before, after, pairs = compared(
        handed_in(**{name: (str(70 + n % 30), str(99 - n % 25), str(80 + n % 7)) for n, name in enumerate(names)}), rules
    )
    lines = lines_of(before, after, pairs, SCORE, LIGHT)
    figure = slope(before, after, lines, SCORE, LIGHT)
    assert len(figure.data) == 73 > ALL_NAMED
    told = [note.text for note in figure.layout.annotations if note.x == 0 and note.text.strip("<b>").startswith("镇")]
    assert len(told) == MOST_NAMED
    assert figure.layout.height <= 800


def test_a_name_brings_no_markup_into_the_picture():
    rules = COUNTY.with_roster([("<b>甲</b>", "county", "", ())])
    before, after, pairs = compared(handed_in(**{"<b>甲</b>": ("95", "85", "85")}), rules)
    figure = slope(before, after, lines_of(before, after, pairs, SCORE, LIGHT), SCORE, LIGHT)
    assert not [note.text for note in figure.layout.annotations if "<b>甲" in note.text]
    assert "<b>甲" not in str(figure.data[0].hovertemplate)


@given(st.lists(st.floats(0, 100), max_size=30))
def test_names_are_pushed_apart_in_their_order_and_stay_in_the_picture(wanted):
    placed = apart(wanted, 2, 0, 100)
    assert all(-1e-9 <= at <= 100 + 1e-9 for at in placed)
    assert all(high - low >= 2 - 1e-9 for low, high in pairwise(sorted(placed)))
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    assert all(placed[a] <= placed[b] for a, b in pairwise(order))


def test_names_with_room_stay_where_they_belong_and_without_it_share_what_there_is():
    assert apart([10, 50, 90], 5, 0, 100) == [10, 50, 90]
    assert apart([50, 50], 10, 0, 100) == [45, 55]
    assert apart([5, 5, 5], 10, 0, 10) == [0, 5, 10]
    assert apart([], 5, 0, 1) == []

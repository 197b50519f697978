"""Which mark would change a grade: every one named is tried on the engine itself, and every nearer one as well."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.assess import assess
from scoring.firmness.marks import ItemMove, item_moves
from scoring.marks import Fact, Mark, Sheet
from tests.scoring.strategies import COUNTED, COUNTY, ITEMS, UNITS

F = Fraction
UNIT = UNITS[0]
GRADES = COUNTY.grades


def sheet(component: str, told: dict[int, str], rest: str) -> Sheet:
    return Sheet(UNIT, component, tuple(Mark(no, told.get(no, rest)) for no in ITEMS))


def changed(handed_in: list[Sheet], *moves: ItemMove) -> list[Sheet]:
    to = {(move.component, move.indicator): move.to for move in moves}
    return [
        replace(one, marks=tuple(
            replace(m, grade=to[one.component, m.indicator]) if (one.component, m.indicator) in to else m for m in one.marks
        ))
        for one in handed_in
    ]  # fmt: skip


def test_one_tick_brings_a_unit_short_by_little_over_the_line():
    """Every tick 较好 (85) but 交叉考核 with 10 of 19 at 好 (95): 85 + 10/19 × 10 = 90.2632; 市级 and 日常 at 95 with 9 and 8 of 19
    at 较好: 95 − 9/19 × 10 = 90.2632 and 95 − 8/19 × 10 = 90.7895. All over the line: 0.4 × 90.2632 + 0.3 × 90.2632 + 0.3 × 90.7895
    = 90.4211, 好. One tick of 交叉考核 from 好 to 较好 loses 0.4 × 10/19 = 0.2105: 90.2105. To 一般 (75) 0.4211: 89.99999 is over 89.995?
    0.4 × 20/19 = 0.42105 and 90.42105 − 0.42105 = 90 exactly: still 好. To 较差 (60): 0.4 × 35/19 = 0.7368: 89.684, 较好."""
    handed_in = [
        sheet("cross", dict.fromkeys(ITEMS[:10], "好"), "较好"),
        sheet("municipal", dict.fromkeys(ITEMS[:9], "较好"), "好"),
        sheet("daily", dict.fromkeys(ITEMS[:8], "较好"), "好"),
    ]
    result = assess(COUNTY, handed_in).of(UNIT)
    assert (result.exact, result.grade) == (F("90") + F(8, 19), "好")
    moves = item_moves(COUNTY, result, up=False)
    first = moves[0]
    assert (first.component, first.before, first.to, first.grade) == ("cross", "较好", "较差", "较好")
    assert first.change == F(-10, 19)
    assert item_moves(COUNTY, result, up=True) == ()


def test_where_no_single_tick_suffices_none_is_named():
    """All 较好: 85. A tick of 交叉考核 to 好 gives 0.4 × 10/19 = 4/19, one of the others 3/19. 89.995 needs 4.995."""
    result = assess(COUNTY, [sheet(name, {}, "较好") for name in COUNTED]).of(UNIT)
    assert item_moves(COUNTY, result, up=True) == ()


def test_no_tick_lifts_a_unit_a_limit_holds():
    told = [Fact(UNIT, "sanction", "记过")]
    result = assess(COUNTY, [sheet(name, {}, "较好") for name in COUNTED], told).of(UNIT)
    assert item_moves(COUNTY, result, up=True) == ()
    assert result.grade == "较好"


@st.composite
def ticked(draw) -> list[Sheet]:
    """Three sheets of ticks around one usual grade; now and then an item that does not apply."""
    usual = draw(st.sampled_from(GRADES[:3]))
    grade = st.sampled_from([usual, usual, *GRADES])
    without = draw(st.sets(st.sampled_from(ITEMS[1:]), max_size=3))
    return [
        Sheet(
            UNIT,
            name,
            tuple(Mark(n, applicable=False, remark="无") if n in without else Mark(n, draw(grade)) for n in ITEMS),
        )
        for name in COUNTED
    ]


@settings(max_examples=25, deadline=None)
@given(ticked(), st.booleans(), st.sampled_from(["", "记过", COUNTY.fact("sanction").values[-1]]), st.booleans())
def test_every_tick_named_does_it_no_nearer_one_does_and_none_is_left_out(handed_in, up, held, rules):
    told = [Fact(UNIT, "sanction", held)] if held else []
    result = assess(COUNTY, handed_in, told).of(UNIT)
    found = (
        {(m.component, m.indicator): m for m in item_moves(COUNTY, result, up=up, rules=rules)} if result.score else {}
    )
    now = result.grade if rules else result.score_grade
    for one in handed_in if result.score is not None else ():
        for mark in one.marks[::3]:
            if not mark.applicable:
                continue
            place = GRADES.index(mark.grade)
            others = list(reversed(GRADES[:place])) if up else list(GRADES[place + 1 :])
            move = found.get((one.component, mark.indicator))
            for grade in others:
                then = assess(
                    COUNTY, changed(handed_in, ItemMove(one.component, mark.indicator, "", grade, F(0), "")), told
                ).of(UNIT)
                after = then.grade if rules else then.score_grade
                flips = GRADES.index(after) < GRADES.index(now) if up else GRADES.index(after) > GRADES.index(now)
                if move and grade == move.to:
                    assert (flips, after, then.exact - result.exact) == (True, move.grade, move.change)
                    break
                assert not flips


def test_points_move_by_hundredths_and_a_hundredth_less_does_nothing():
    from data.schemes import scheme
    from tests.scoring.test_totals import CITY, total_of_review

    assert scheme(CITY.id)
    result = assess(CITY, [total_of_review("88")]).of("江门市")
    moves = item_moves(CITY, result, up=True)
    for move in moves:
        for step, flips in ((F(0), True), (F(-1, 100), False)):
            marks = tuple(
                replace(m, score=move.to + step) if m.indicator == move.indicator else m
                for m in total_of_review("88").marks
            )
            assert (assess(CITY, [Sheet("江门市", "review", marks)]).of("江门市").grade != result.grade) == flips

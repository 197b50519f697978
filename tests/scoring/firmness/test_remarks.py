"""One mark put another way: the few additions come to what the engine comes to, whatever the scheme."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.assess import assess, remarked
from scoring.firmness.remarks import Remarks, Standing, put
from scoring.marks import Fact, Mark, Sheet
from scoring.scheme import Scheme
from tests.scoring.extras_scheme import TODAY
from tests.scoring.strategies import COUNTY, UNITS, extra_schemes, facts, schemes, sheets

F = Fraction
UNIT = UNITS[0]


def agree(scheme: Scheme, handed_in: list[Sheet], told: list[Fact], unit: str, values) -> None:
    result = assess(scheme, handed_in, told).of(unit)
    if result.score is None or result.score_grade is None:
        return
    remarks = Remarks(scheme, result)
    for part in result.components.values():
        for mark in part.sheet.marks[::4] if part.counted and part.sheet else ():
            if mark.indicator is not None and mark.applicable and (mark.grade or mark.score is not None):
                to = values(mark)
                after = Standing.of(remarked(scheme, result, part.id, put(mark, to)))
                assert remarks.after(part.id, mark, to) == after


@settings(max_examples=40, deadline=None)
@given(schemes(), sheets((UNIT,), ("ticks", "with 不适用", "numbers", "total")), facts((UNIT,)), st.data())
def test_a_mark_put_another_way_is_scored_as_the_engine_scores_it(scheme, handed_in, told, data):
    def other(mark: Mark):
        ticks, points = st.sampled_from(COUNTY.grades), st.integers(0, 10000).map(lambda n: F(n, 100))
        return data.draw(ticks if mark.grade else points)

    agree(scheme, handed_in, told, UNIT, other)


def test_a_sheet_of_ticks_comes_to_between_all_at_the_worst_and_all_at_the_best():
    """60 and 95, whatever is 不适用; a total handed in to anything from 0 to 100."""
    cross = (*(Mark(no, "较好") for no in range(1, 19)), Mark(19, applicable=False, remark="无"))
    totals = [Sheet(UNIT, name, (Mark(None, score=F(90)),)) for name in ("municipal", "daily")]
    remarks = Remarks(COUNTY, assess(COUNTY, [Sheet(UNIT, "cross", cross), *totals]).of(UNIT))
    assert [remarks.ends(name) for name in ("cross", "municipal")] == [(60, 95), (0, 100)]
    assert remarks.whole("cross")


def test_points_come_to_between_none_and_all_and_what_is_measured_stays():
    """乙镇's kind of sheet: items 1 and 2, points out of 20 and of 40, come to 0 and to all; items 3 to 5 are measured."""
    field = Sheet("甲镇", "field", (Mark(1, score=F(10)), Mark(2, score=F(20)), Mark(6, score=F(3))))
    measured = (Mark(3, value=F(230)), Mark(4, value=F(95)), Mark(5, value=F(2)), Mark(7, score=F(4)))
    result = assess(TODAY, [field, Sheet("甲镇", "data", measured)]).of("甲镇")
    remarks = Remarks(TODAY, result)
    assert remarks.ends("field") == (0, TODAY.full_of("field"))
    assert remarks.ends("data") == (result.components["data"].unrounded,) * 2
    assert (remarks.whole("field"), remarks.whole("data")) == (True, False)


@settings(max_examples=40, deadline=None)
@given(schemes(), sheets((UNIT,), ("ticks", "with 不适用", "numbers")), facts((UNIT,)))
def test_the_ends_are_what_the_engine_makes_of_the_whole_sheet_at_its_worst_and_best(scheme, handed_in, told):
    result = assess(scheme, handed_in, told).of(UNIT)
    if result.score is None:
        return
    for sheet in handed_in:
        if not result.components[sheet.component].counted:
            continue
        found = []
        for grade, points in ((scheme.grades[-1], F(0)), (scheme.grades[0], F(100))):
            marks = tuple(
                mark if not mark.applicable else put(mark, grade if mark.grade else points) for mark in sheet.marks
            )
            then = assess(scheme, [*(s for s in handed_in if s != sheet), Sheet(UNIT, sheet.component, marks)], told)
            found.append(then.of(UNIT).components[sheet.component].unrounded)
        assert Remarks(scheme, result).ends(sheet.component) == tuple(found)


@settings(max_examples=40, deadline=None)
@given(extra_schemes(), st.lists(st.integers(0, 40), min_size=5, max_size=5), st.integers(0, 3), st.data())
def test_so_it_is_with_bonuses_and_deductions_of_items_and_of_facts(scheme, points, notices, data):
    """Item 1 of 20, item 2 of 40; 加分项 6 of 5; 扣分项 7 of 8, and as many 通报 as drawn."""
    field = (Mark(1, score=F(points[0], 2)), Mark(2, score=F(points[1])), Mark(6, score=F(points[2] % 6)))
    measured = (Mark(3, value=F(230)), Mark(4, value=F(95)), Mark(5, value=F(2)), Mark(7, score=F(points[3] % 9)))
    told = [Fact("甲镇", "notice", "是")] * notices + [Fact("甲镇", "honour", "市级")]
    handed_in = [Sheet("甲镇", "field", field), Sheet("甲镇", "data", measured)]
    rows = {row.no: row.full for row in TODAY.indicators}

    def other(mark: Mark):
        return F(data.draw(st.integers(0, int(max(rows[mark.indicator].values()) * 100))), 100)

    result = assess(scheme, handed_in, told).of("甲镇")
    remarks = Remarks(scheme, result)
    for component, marks in (("field", field), ("data", measured[3:])):
        for mark in marks:
            to = other(mark)
            after = Standing.of(remarked(scheme, result, component, put(mark, to)))
            assert remarks.after(component, mark, to) == after

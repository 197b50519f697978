"""What must hold of every assessment, whatever the marks, weights and readings."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scoring.assess import assess
from scoring.exact import effective, half_up, on_grid
from scoring.marks import Mark, Sheet
from tests.scoring.strategies import COUNTED, COUNTY, ITEMS, UNITS, WHOLE, facts, numbers, schemes, sheets, weights

FEW = settings(max_examples=40, deadline=None)
UNIT = UNITS[0]


def without_sheets(results) -> list:
    """Everything a result says, its input left out."""
    return [
        replace(unit, components={name: replace(part, sheet=None) for name, part in unit.components.items()})
        for unit in results.units
    ]


@given(schemes(), sheets((UNIT,), ("total", "ticks", "numbers", "with 不适用")), st.data())
@FEW
def test_a_higher_mark_never_lowers_a_score_or_a_grade(scheme, handed_in, data):
    sheet = data.draw(st.sampled_from(handed_in))
    place = data.draw(st.integers(0, len(sheet.marks) - 1))
    mark = sheet.marks[place]
    assume(mark.applicable)
    if mark.grade is None:
        better = replace(mark, score=min(mark.score + data.draw(numbers), Fraction(100)))
    else:
        better = replace(mark, grade=data.draw(st.sampled_from(scheme.grades[: scheme.grades.index(mark.grade) + 1])))
    raised = replace(sheet, marks=(*sheet.marks[:place], better, *sheet.marks[place + 1 :]))

    before = assess(scheme, handed_in).of(UNIT)
    after = assess(scheme, [raised if other is sheet else other for other in handed_in]).of(UNIT)
    assert after.exact >= before.exact
    assert after.score >= before.score
    assert not scheme.worse_than(after.grade, before.grade)


@given(schemes(), sheets(), facts())
@FEW
def test_a_limit_never_raises_a_grade_and_never_touches_a_score(scheme, handed_in, told):
    free, limited = assess(scheme, handed_in), assess(scheme, handed_in, told)
    for without, with_ in zip(free.units, limited.units, strict=True):
        assert (with_.exact, with_.score, with_.score_grade) == (without.exact, without.score, without.score_grade)
        assert with_.grade == without.grade or scheme.worse_than(with_.grade, without.grade)
        assert any(limit.binds for limit in with_.limits) == (with_.grade != with_.score_grade)


@given(schemes(), sheets(), facts(), st.randoms(use_true_random=False))
@FEW
def test_the_order_of_sheets_rows_and_facts_never_matters(scheme, handed_in, told, random):
    mixed = [replace(sheet, marks=tuple(random.sample(sheet.marks, len(sheet.marks)))) for sheet in handed_in]
    random.shuffle(mixed)
    one = assess(scheme, handed_in, told)
    other = assess(scheme, mixed, random.sample(told, len(told)))
    assert without_sheets(one) == without_sheets(other)


@given(sheets(), facts(), weights, st.fractions(Fraction(1, 1000), 1000))
@FEW
def test_weights_count_only_by_their_proportions(handed_in, told, drawn, times):
    one = COUNTY.replace(weights=dict(zip(COUNTED, drawn, strict=True)))
    other = COUNTY.replace(weights={name: weight * times for name, weight in zip(COUNTED, drawn, strict=True)})
    for a, b in zip(assess(one, handed_in, told).units, assess(other, handed_in, told).units, strict=True):
        assert (a.exact, a.score, a.grade, a.rank, a.possible) == (b.exact, b.score, b.grade, b.rank, b.possible)
        assert a.steps == b.steps


@given(schemes(), numbers, st.sets(st.sampled_from(ITEMS), max_size=len(ITEMS) - 1))
@FEW
def test_with_everything_else_equal_what_is_not_applicable_keeps_the_score(scheme, value, off):
    marks = tuple(Mark(no, applicable=False) if no in off else Mark(no, score=value) for no in ITEMS)
    result = assess(scheme, [Sheet(UNIT, name, marks) for name in COUNTED]).of(UNIT)
    places = scheme.component_places
    assert result.exact == (value if places is None else half_up(value, places))


@given(schemes(), sheets((UNIT,)), sheets((UNIT,), WHOLE), facts((UNIT,)))
@FEW
def test_what_is_possible_contains_every_completion(scheme, handed_in, completion, told):
    before = assess(scheme, handed_in, told).of(UNIT)
    assume(not before.complete)
    kept = [sheet for sheet in handed_in if sheet.component not in before.missing]
    added = [sheet for sheet in completion if sheet.component in before.missing]
    after = assess(scheme, kept + added, told).of(UNIT)
    assert before.possible.low <= after.score <= before.possible.high
    assert after.grade in before.possible.grades


@given(schemes(), sheets((UNIT,)), facts((UNIT,)), st.sets(st.sampled_from(COUNTED)))
@FEW
def test_the_ends_of_what_is_possible_are_reached(scheme, handed_in, told, ticks_only):
    """With forms of ticks alone the ends are all worst and all best; otherwise 0 and 100."""
    components = [
        component.model_dump() | ({"marks": ("ticks",)} if component.id in ticks_only else {})
        for component in scheme.components
    ]
    scheme = scheme.with_elements(components=components)
    before = assess(scheme, handed_in, told).of(UNIT)
    assume(not before.complete)
    kept = [sheet for sheet in handed_in if sheet.component not in before.missing]

    def completed(grade: str, total: int):
        added = [
            Sheet(UNIT, name, tuple(Mark(no, grade=grade) for no in ITEMS))
            if name in ticks_only
            else Sheet(UNIT, name, (Mark(None, score=Fraction(total)),))
            for name in before.missing
        ]
        return assess(scheme, kept + added, told).of(UNIT)

    worst, best = completed(scheme.grades[-1], 0), completed(scheme.grades[0], 100)
    assert (worst.score, best.score) == (before.possible.low, before.possible.high)
    assert (worst.grade, best.grade) == (before.possible.grades[0], before.possible.grades[-1])


@given(schemes(), sheets(UNITS[:5], ("total", "missing")), facts())
@FEW
def test_a_place_is_one_more_than_the_number_of_better_units(scheme, handed_in, told):
    ranked = [unit for unit in assess(scheme, handed_in, told).units if unit.rank is not None]
    order = list(scheme.grades).index

    def key(unit) -> tuple:
        return tuple(order(unit.grade) if name == "grade" else -unit.score for name in scheme.rank.by)

    for unit in ranked:
        assert unit.rank == 1 + sum(key(other) < key(unit) for other in ranked)


@given(schemes(), sheets(UNITS[:3]), sheets(UNITS[3:4]), facts())
@FEW
def test_another_unit_never_changes_a_score_or_a_grade(scheme, handed_in, another, told):
    alone, together = assess(scheme, handed_in, told), assess(scheme, handed_in + another, told)
    for unit in UNITS[:3]:
        one, other = alone.of(unit), together.of(unit)
        assert replace(one, rank=None) == replace(other, rank=None)


@given(st.fractions(0, 100, max_denominator=9999), st.fractions(0, 100, max_denominator=9999), st.integers(0, 4))
def test_a_rounded_score_reaches_a_line_exactly_from_its_effective_line_on(score, line, places):
    assert (half_up(score, places) >= line) == (score >= effective(line, places))
    assert on_grid(line, places) - Fraction(1, 10**places) < line <= on_grid(line, places)

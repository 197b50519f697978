"""Past the neighbour: every change named is tried on the engine, and so is a hundredth less."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.assess import assess
from scoring.firmness.passing import Passing
from scoring.firmness.report import firmness_report
from scoring.firmness.weightings import STEP, moved
from scoring.marks import Fact, Mark, Sheet
from scoring.scheme import Scheme
from tests.scoring.strategies import COUNTED, COUNTY, ITEMS, UNITS

F = Fraction
A, B, C = UNITS[:3]
GROUP = COUNTY.groups[0].id
SCHEME = COUNTY.with_roster([(unit, GROUP, "") for unit in (A, B, C)])


def places(scheme: Scheme, handed_in: list[Sheet], told: list[Fact]) -> dict[str, int]:
    return {result.unit: result.rank for result in assess(scheme, handed_in, told).units}


def under(scheme: Scheme, name: str, share: Fraction) -> Scheme:
    weights = moved(tuple(scheme.weights.values()), [*scheme.weights].index(name), share)
    return scheme.replace(weights=dict(zip(scheme.weights, weights, strict=True)))


def with_total(handed_in: list[Sheet], unit: str, component: str, value: Fraction) -> list[Sheet]:
    kept = [sheet for sheet in handed_in if (sheet.unit, sheet.component) != (unit, component)]
    return [*kept, Sheet(unit, component, (Mark(None, score=value),))]


def with_tick(handed_in: list[Sheet], unit: str, component: str, no: int, grade: str) -> list[Sheet]:
    return [
        Sheet(unit, component, tuple(Mark(m.indicator, grade) if m.indicator == no else m for m in sheet.marks))
        if (sheet.unit, sheet.component) == (unit, component) else sheet
        for sheet in handed_in
    ]  # fmt: skip


marks = st.sampled_from([F(n, 100) for n in range(8985, 9015, 3)] + [F(n, 2) for n in range(160, 190)])
orders = st.sampled_from([("grade", "score"), ("score",), ("score", "grade")])


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(marks, marks, marks), min_size=3, max_size=3), orders, st.booleans(), st.booleans())
def test_a_weight_or_a_total_named_changes_the_order_and_a_hundredth_less_does_not(rows, by, held, ahead):
    scheme = SCHEME.with_elements(rank={"by": by, "assumed": "试算"})
    told = [Fact(A, "sanction", "记过")] if held else []
    handed_in = [
        Sheet(unit, component, (Mark(None, score=value),))
        for unit, row in zip((A, B, C), rows, strict=True)
        for component, value in zip(COUNTED, row, strict=True)
    ]
    way = 1 if ahead else -1

    def passed(found: Passing, scheme: Scheme, sheets: list[Sheet]) -> bool:
        then = places(scheme, sheets, told)
        return then[one.unit] * way < then[found.rival] * way

    for one in firmness_report(assess(scheme, handed_in, told), GROUP):
        found = one.ahead if ahead else one.behind
        if found is None:
            continue
        if move := found.weights:
            back = STEP if move.to < move.before else -STEP
            assert passed(found, scheme.replace(weights=move.weights), handed_in)
            for name, share in scheme.weights.items():  # no weight does it nearer: by one step less, and half way
                for less in (abs(move.to - move.before) - abs(back), abs(move.to - move.before) / 2 // STEP * STEP):
                    for to in (share / 100 - less, share / 100 + less):
                        if 0 <= to <= 1:
                            assert not passed(found, under(scheme, name, to), handed_in)
        else:
            for name in scheme.weights:
                for to in (F(0), F(1)):
                    assert not passed(found, under(scheme, name, to), handed_in)
        if move := found.total:
            back = F(-1, 100) if ahead else F(1, 100)
            assert passed(found, scheme, with_total(handed_in, one.unit, move.component, move.to))
            assert not passed(found, scheme, with_total(handed_in, one.unit, move.component, move.to + back))
        else:
            for name in COUNTED:
                end = F(100) if ahead else F(0)
                assert not passed(found, scheme, with_total(handed_in, one.unit, name, end))


@settings(max_examples=10, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(COUNTY.grades[:3]), min_size=57, max_size=57), min_size=2, max_size=2),
    st.booleans(),
)
def test_a_tick_named_changes_the_order_and_no_tick_of_fewer_grades_does(rows, ahead):
    handed_in = [
        Sheet(unit, component, tuple(map(Mark, ITEMS, row[at * 19 : at * 19 + 19])))
        for unit, row in zip((A, B), rows, strict=True)
        for at, component in enumerate(COUNTED)
    ]
    scheme = COUNTY.with_roster([(A, GROUP, ""), (B, GROUP, "")])
    for one in firmness_report(assess(scheme, handed_in), GROUP):
        found, order = one.ahead if ahead else one.behind, COUNTY.grades.index
        if found is None:
            continue
        way = 1 if ahead else -1
        steps = abs(order(found.item.before) - order(found.item.to)) if found.item else 4
        if found.item:
            then = places(
                scheme, with_tick(handed_in, one.unit, found.item.component, found.item.indicator, found.item.to), []
            )
            assert then[one.unit] * way < then[found.rival] * way
        for sheet in handed_in:
            for mark in sheet.marks[::5] if sheet.unit == one.unit else ():
                to = order(mark.grade) - way * (steps - 1)
                if steps > 1 and 0 <= to < 4:
                    then = places(
                        scheme, with_tick(handed_in, one.unit, sheet.component, mark.indicator, COUNTY.grades[to]), []
                    )
                    assert not then[one.unit] * way < then[found.rival] * way

"""A unit is worked out once for the same sheets and facts, and nobody can tell by the figures."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.schemes import scheme
from scoring import assess as definition
from scoring.assess import MarksError, assess
from scoring.marks import Fact, Mark, Sheet
from scoring.remembered import forget
from tests.scoring.strategies import COUNTED, COUNTY, UNITS, facts, schemes, sheets

TOTALS = [Sheet(unit, part, (Mark(None, score=Fraction(88)),)) for unit in UNITS[:4] for part in COUNTED]


def anew(scheme, handed_in, told=()):
    forget()
    return assess(scheme, handed_in, told)


@given(st.lists(schemes(), min_size=2, max_size=2), st.lists(st.tuples(sheets(), facts()), min_size=3, max_size=3), st.data())
@settings(max_examples=40, deadline=None)
def test_results_never_depend_on_what_was_asked_before(both, given_in_turn, data):
    order = data.draw(st.lists(st.tuples(st.sampled_from(both), st.sampled_from(given_in_turn)), min_size=3, max_size=6))
    forget()
    found = [assess(scheme, handed_in, told) for scheme, (handed_in, told) in order]
    assert found == [anew(scheme, handed_in, told) for scheme, (handed_in, told) in order]


@pytest.fixture
def worked_out(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The units that are really worked out, in that order."""
    really, units = definition._worked_out, []

    def noted(scheme, given_, unit, group, region):
        units.append(unit)
        return really(scheme, given_, unit, group, region)

    monkeypatch.setattr(definition, "_worked_out", noted)
    forget()
    return units


def test_a_new_sheet_is_one_units_work_and_none_is_no_work(worked_out):
    before = assess(COUNTY, TOTALS)
    worked_out.clear()
    assert assess(COUNTY, TOTALS) == before
    assert worked_out == []
    better = [replace(TOTALS[0], marks=(Mark(None, score=Fraction(99)),)), *TOTALS[1:]]
    after = assess(COUNTY, better)
    assert worked_out == [TOTALS[0].unit]
    assert after.of(TOTALS[0].unit).score > before.of(TOTALS[0].unit).score


def test_places_are_given_anew_though_a_units_own_result_is_remembered(worked_out):
    level = assess(COUNTY, TOTALS)
    assert {unit.rank for unit in level.units if unit.score is not None} == {1}
    better = [replace(one, marks=(Mark(None, score=Fraction(99)),)) if one.unit == UNITS[0] else one for one in TOTALS]
    worked_out.clear()
    raised = assess(COUNTY, better)
    assert worked_out == [UNITS[0]]
    assert {unit.unit: unit.rank for unit in raised.units if unit.score is not None} == dict.fromkeys(UNITS[:4], 2) | {UNITS[0]: 1}


def test_a_fact_is_asked_of_its_own_unit_only(worked_out):
    assess(COUNTY, TOTALS)
    worked_out.clear()
    kind = COUNTY.facts[0]
    told = assess(COUNTY, TOTALS, [Fact(UNITS[1], kind.id, kind.values[-1])])
    assert worked_out == [UNITS[1]]
    assert told.of(UNITS[1]).facts
    assert assess(COUNTY, TOTALS).of(UNITS[1]).facts == ()


def test_a_mark_that_cannot_be_is_refused_each_time():
    wrong = [Sheet(UNITS[0], COUNTED[0], (Mark(1, grade="极好"),))]
    for _ in range(2):
        with pytest.raises(MarksError, match="极好"):
            assess(COUNTY, wrong)


GUANGDONG, RUYUAN = scheme("guangdong-2019"), scheme("ruyuan-2017")


def test_who_is_no_longer_among_the_last_is_followed_up_anew_though_its_own_result_and_place_stay():
    """The last three of fourteen are talked to. While the last one's sheet is missing, nobody is known to be among them."""
    last = next(outcome for outcome in GUANGDONG.outcomes if outcome.when.bottom)
    rules = GUANGDONG.with_elements(outcomes=[last.model_dump() | {"concerns": ""}])
    units = [unit.name for unit in rules.groups[0].units]
    handed_in = [
        Sheet(unit, part.id, (Mark(None, score=Fraction(95 - at)),)) for at, unit in enumerate(units) for part in rules.counted
    ]
    forget()
    before = assess(rules, handed_in).of(units[-3])
    after = assess(rules, [sheet for sheet in handed_in if sheet.unit != units[-1]]).of(units[-3])
    assert (len(units), before.rank, before.score) == (14, 12, 84)
    assert (after.rank, after.score) == (12, 84)
    assert [outcome.action for outcome in before.outcomes] == ["谈话提醒"]
    assert after.outcomes == ()


def test_who_inherits_moves_with_the_one_it_helps():
    town = RUYUAN.groups[0].units[0].name
    groups = [group.model_dump() for group in RUYUAN.groups]
    groups[1] |= {"size": None, "units": [{"name": "某单位", "helps": {town: None}}]}
    rules = RUYUAN.with_elements(groups=groups)
    forget()
    told = [assess(rules, [Sheet(town, "county", (Mark(None, score=Fraction(score)),))]).of("某单位") for score in (92, 61, 92)]
    assert [(one.score, one.grade) for one in told] == [(92, "好"), (61, "一般"), (92, "好")]

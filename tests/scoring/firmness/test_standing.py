"""Places make sense without lines, too: 内蒙古 grades by judgement, and still one is before another."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction as Q
from random import Random

from data.schemes import scheme
from scoring.assess import assess
from scoring.firmness.form import form
from scoring.firmness.places import expected_rank, place_interval
from scoring.firmness.standing import ordering_of, rank_form
from scoring.marks import Mark, Sheet
from scoring.trial import component_level
from tests.scoring.filling import all_sheets, with_figures
from tests.scoring.strategies import COUNTED, COUNTY, UNITS

LEVEL = component_level(COUNTY)


def result(*totals):
    sheets = [Sheet(UNITS[0], name, (Mark(None, score=Q(total)),)) for name, total in zip(COUNTED, totals, strict=False)]
    return assess(COUNTY, sheets, ()).of(UNITS[0])


def test_with_lines_it_is_the_form_itself():
    unit = result("92", "86", "85")
    assert rank_form(COUNTY, unit, LEVEL) == form(COUNTY, unit, LEVEL)
    assert ordering_of(COUNTY).by == ("grade", "score")


def test_a_unit_without_a_score_has_no_place():
    assert rank_form(COUNTY, result("92", "86"), LEVEL) is None


def test_without_lines_there_is_a_form_for_places_where_there_is_none_for_grades():
    rules = with_figures(scheme("neimenggu-2018"))
    level = component_level(rules)
    results = assess(rules, all_sheets(rules, Random(1), bare=True), ())
    units = [unit for unit in results.units if unit.exact is not None and unit.linear]
    lines = [rank_form(rules, unit, level) for unit in units]
    assert len(lines) > 2
    assert all(lines)
    assert not any(form(rules, unit, level) for unit in units)
    for unit, line in zip(units, lines, strict=True):
        assert line.mean + line.offset == unit.exact


def test_places_without_lines_go_by_score_alone():
    # 90/60 is behind 70/81 by half a point at half and half
    rules = scheme("neimenggu-2018")
    ordering = ordering_of(rules)
    assert ordering.by == ("score",)
    line = rank_form(COUNTY, result("92", "86", "85"), LEVEL)
    bare = replace(line, names=("甲", "乙"), weights=(Q(1, 2), Q(1, 2)), lines=(), finals=("",), grades=("",))
    own, rival = replace(bare, values=(Q(90), Q(60))), replace(bare, values=(Q(70), Q(81)))
    assert expected_rank(own, [rival]) == 1 + Q(21, 41)  # behind while 20t < 21(1 − t): t < 21/41
    interval = place_interval(ordering, own, [rival], 0)
    assert interval.low == 0
    assert Q(1, 2) < interval.high < Q(21, 41)

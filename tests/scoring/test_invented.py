"""示例评分: marks that nobody gave, complete and the same for the same seed, for every scheme."""

from __future__ import annotations

import pytest

from data.schemes import scheme, scheme_ids
from scoring.assess import assess
from scoring.invented import invented_sheets, with_invented

SCORED = [scheme_id for scheme_id in scheme_ids() if not scheme(scheme_id).judged]


@pytest.mark.parametrize("scheme_id", SCORED)
def test_every_unit_gets_a_score_whatever_kinds_of_items_a_scheme_has(scheme_id):
    filled = with_invented(scheme(scheme_id))
    results = assess(filled, invented_sheets(filled))
    assert results.units
    assert all(result.score is not None for result in results.units)


def test_the_same_seed_invents_the_same_marks_and_another_seed_others():
    county = scheme("jiangmen-2020-county")
    assert invented_sheets(county, 7) == invented_sheets(county, 7)
    assert invented_sheets(county, 7) != invented_sheets(county, 8)


def test_a_group_without_a_roster_is_shown_with_five_units_that_are_plainly_invented():
    filled = with_invented(scheme("qujiang-2018"))
    names = [unit.name for unit in filled.group("organ").units]
    assert names == [f"示例区直机关、企事业单位{n}" for n in range(1, 6)]

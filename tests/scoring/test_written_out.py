"""A scheme under an assessment's own roster stands as a file of its own."""

from __future__ import annotations

from fractions import Fraction

import pytest

from data.schemes import scheme, scheme_ids
from scoring.load import dump_scheme, load_scheme
from scoring.written_out import written_out


@pytest.mark.parametrize("scheme_id", scheme_ids())
def test_with_its_own_roster_nothing_is_left_out(scheme_id: str):
    assert written_out(scheme(scheme_id)) == scheme(scheme_id)


def test_groups_and_counts_that_a_roster_leaves_out_are_not_written_and_the_file_loads_again():
    rows = [("桂头镇", "town", "440232104"), ("县农业局", "economy", "", (("桂头镇", Fraction(30)),))]
    taken = scheme("ruyuan-2017").with_roster(rows)
    out = written_out(taken)
    assert [group.size for group in out.groups] == [None, None]
    assert [rule.groups for rule in out.inherits] == [("economy",)]
    assert [rule.groups for rule in out.awards] == [("town", "economy")]
    assert [rule.groups for rule in out.outcomes] == [("town", "economy")] * 3 + [()] * 2
    assert load_scheme(dump_scheme(out), "乳源") == out


def test_items_of_departments_that_are_not_on_the_roster_are_not_written():
    whole = scheme("dongxi-2019-department")
    kept = [(unit.name, "department", unit.region) for unit in whole.groups[0].units[:3]]
    taken = whole.with_roster(kept)
    out = written_out(taken)
    names = {name for name, _, _ in kept}
    assert all(set(row.only) <= names for row in out.indicators_of("department"))
    for name in names:
        before, after = (one.items_for("department", "review", name) for one in (taken, out))
        assert [row.no for row in before] == [row.no for row in after]
    assert load_scheme(dump_scheme(out), "省直") == out

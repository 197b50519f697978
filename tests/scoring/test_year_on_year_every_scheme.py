"""Every scheme that scores can be compared with itself and tested by itself, exactly."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

from data.schemes import scheme
from scoring.assess import assess
from scoring.backtest import Kin, Year, backtest, compare
from scoring.crosswalk import Crosswalk, by_name
from scoring.scheme import Scheme
from tests.scoring.filling import all_sheets

CASES = [
    (name, group.id)
    for name in ("jiangmen-2020-county", "guangdong-2019", "dongxi-2019-city", "dongxi-2019-department", "neimenggu-2018",
                 "ruyuan-2017")
    for group in scheme(name).marked_groups
    if group.units
]  # fmt: skip


def filled_year(rules: Scheme, group: str, seed: int) -> Year:
    sheets = tuple(s for s in all_sheets(rules, Random(seed)) if rules.group_of(s.unit).id == group)
    return Year(rules, group, sheets, (), assess(rules, sheets))


def kin_of_all(rules: Scheme, group: str) -> list[Kin]:
    return [Kin(unit.name, ((unit.name, Fraction(1)),)) for unit in rules.group(group).units]


@pytest.mark.parametrize(("name", "group"), CASES)
def test_a_scheme_tested_by_itself_changes_nothing(name: str, group: str) -> None:
    rules = scheme(name)
    old = filled_year(rules, group, 1)
    found = backtest(old, rules, group, by_name(rules, group, rules, group), kin_of_all(rules, group))
    assert found.coverage == 1
    assert found.uncarried == ()
    for unit in found.units:
        assert unit.now == unit.before
        assert unit.possible is None
        assert unit.split is None or (unit.split.change, unit.split.rules, unit.split.dropped) == (0, 0, 0)


@pytest.mark.parametrize(("name", "group"), CASES)
def test_under_unchanged_rules_all_is_due_to_marks_and_with_fewer_items_in_common_it_still_sums(name: str, group: str) -> None:
    rules = scheme(name)
    old, new = filled_year(rules, group, 1), filled_year(rules, group, 2)
    whole = by_name(rules, group, rules, group)
    part = Crosswalk(frozenset(sorted(whole.items)[::2]), whole.components[:1], whole.grades, whole.back)
    kin = kin_of_all(rules, group)
    for walk in (whole, part):
        for unit in compare(old, new, walk, kin).units:
            if (split := unit.split) is not None:
                assert split.change == split.marks + split.rules + split.added + split.dropped + split.rounding
                assert (split.rules, sum(split.by_item.values())) == (0, split.marks)
                assert walk is part or split.added == split.dropped == 0


def test_some_unit_of_every_scheme_has_a_split() -> None:
    for name, group in CASES:
        rules = scheme(name)
        found = compare(
            filled_year(rules, group, 1), filled_year(rules, group, 2), by_name(rules, group, rules, group),
            kin_of_all(rules, group),
        )  # fmt: skip
        assert any(unit.split for unit in found.units), name

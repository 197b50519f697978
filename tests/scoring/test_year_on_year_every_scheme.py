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
from tests.scoring.extras_scheme import TODAY
from tests.scoring.filling import all_sheets, some_facts, with_figures

NAMES = ("jiangmen-2020-county", "guangdong-2019", "dongxi-2019-city", "dongxi-2019-department", "neimenggu-2018",
         "ruyuan-2017", "template-2026-county")  # fmt: skip
RULES = {name: with_figures(scheme(name)) for name in NAMES} | {TODAY.id: TODAY}
CASES = [(name, group.id) for name, rules in RULES.items() for group in rules.marked_groups if group.units]


def filled_year(rules: Scheme, group: str, seed: int) -> Year:
    """Every sheet at random, and where 情形 earn or cost points some of these."""
    random = Random(seed)
    sheets = tuple(s for s in all_sheets(rules, random) if rules.group_of(s.unit).id == group)
    told = [unit.name for unit in rules.group(group).units] if rules.deductions else []
    facts = tuple(fact for unit in told for fact in some_facts(rules, unit, random))
    return Year(rules, group, sheets, facts, assess(rules, sheets, facts))


def kin_of_all(rules: Scheme, group: str) -> list[Kin]:
    return [Kin(unit.name, ((unit.name, Fraction(1)),)) for unit in rules.group(group).units]


@pytest.mark.parametrize(("name", "group"), CASES)
def test_a_scheme_tested_by_itself_changes_nothing(name: str, group: str) -> None:
    rules = RULES[name]
    old = filled_year(rules, group, 1)
    found = backtest(old, rules, group, by_name(rules, group, rules, group), kin_of_all(rules, group))
    assert found.coverage == 1
    assert found.uncarried == ()
    for unit in found.units:
        assert unit.now == unit.before
        assert unit.possible is None
        assert unit.split is None or (unit.split.change, unit.split.rules, unit.split.dropped) == (0, 0, 0)


@pytest.mark.parametrize(("name", "group"), CASES)
def test_under_unchanged_rules_all_is_due_to_marks_and_with_fewer_items_in_common_it_still_sums(
    name: str, group: str
) -> None:
    rules = RULES[name]
    old, new = filled_year(rules, group, 1), filled_year(rules, group, 2)
    whole = by_name(rules, group, rules, group)
    part = Crosswalk(frozenset(sorted(whole.items)[::2]), whole.components[:1], whole.grades, whole.back)
    kin = kin_of_all(rules, group)
    for walk in (whole, part):
        for unit in compare(old, new, walk, kin).units:
            if (split := unit.split) is not None:
                assert (
                    split.change
                    == split.marks + split.rules + split.added + split.dropped + split.merged + split.rounding
                )
                assert (split.rules, sum(split.by_item.values())) == (0, split.marks)
                assert sum(split.by_rule.values()) == 0
                assert walk is part or split.added == split.dropped == 0


def test_some_unit_of_every_scheme_has_a_split() -> None:
    for name, group in CASES:
        rules = RULES[name]
        found = compare(
            filled_year(rules, group, 1), filled_year(rules, group, 2), by_name(rules, group, rules, group),
            kin_of_all(rules, group),
        )  # fmt: skip
        assert any(unit.split for unit in found.units), name

"""An assessment's own roster in place of the scheme's: who is on it, and what the scheme says of its own units."""

from __future__ import annotations

from fractions import Fraction

from data.schemes import scheme
from scoring.assumptions import assumptions
from scoring.elements import Help
from scoring.rulebook import rules

COUNTY = scheme("jiangmen-2020-county")


def test_a_unit_of_the_scheme_keeps_what_the_scheme_says_of_it_and_a_newcomer_has_nothing():
    own = [
        {"name": "蓬江区", "region": "440703", "kind": "城区", "helps": ["甲镇", "乙镇"]},
        {"name": "台山市", "region": "440781"},
    ]
    rules = COUNTY.with_elements(groups=[{**COUNTY.groups[0].model_dump(), "units": own}])
    taken = rules.with_roster([("新设区", "county", ""), ("蓬江区", "county", "440703")])
    assert [(unit.name, unit.kind, unit.helps) for unit in taken.groups[0].units] == [
        ("新设区", "", ()),
        ("蓬江区", "城区", (Help(unit="甲镇"), Help(unit="乙镇"))),
    ]


def test_the_roster_tells_whom_a_unit_helps_with_the_households_as_they_are():
    town = scheme("ruyuan-2017")
    rows = [("桂头镇", "town", "440232104"), ("县农业局", "economy", "", (("桂头镇", Fraction(30)), ("一六镇", None)))]
    helped = town.with_roster(rows).group("economy").units[0].helps
    assert [(help.unit, help.households) for help in helped] == [("桂头镇", 30), ("一六镇", None)]


def test_a_roster_that_tells_no_help_leaves_the_schemes_and_one_that_does_replaces_it():
    own = [{"name": "蓬江区", "region": "440703", "helps": {"甲镇": "3"}}]
    rules = COUNTY.with_elements(groups=[{**COUNTY.groups[0].model_dump(), "units": own}])
    kept = rules.with_roster([("蓬江区", "county", "440703", ())])
    told = rules.with_roster([("蓬江区", "county", "440703", (("乙镇", None),))])
    assert [(help.unit, help.households) for help in kept.groups[0].units[0].helps] == [("甲镇", 3)]
    assert [(help.unit, help.households) for help in told.groups[0].units[0].helps] == [("乙镇", None)]


def test_the_assessment_decides_on_the_division_code():
    taken = COUNTY.with_roster([("蓬江区", "county", "")])
    assert [(unit.name, unit.region) for unit in taken.groups[0].units] == [("蓬江区", "")]


def test_the_schemes_own_roster_gives_the_same_scheme():
    rows = [(unit.name, group.id, unit.region) for group in COUNTY.groups for unit in group.units]
    assert COUNTY.with_roster(rows) == COUNTY


def test_a_roster_without_every_group_still_tells_its_rules_and_readings():
    towns = scheme("ruyuan-2017").with_roster([("桂头镇", "town", ""), ("县农业局", "economy", "")])
    told = [rule.text for rule in rules(towns) if rule.kind == "随帮扶对象计分"]
    assert told == ["县直经济发展与管理部门随所帮扶的镇计分，帮扶多个的按户数加权平均"]
    assert "随帮扶对象计分：县直经济发展与管理部门" in [reading.name for reading in assumptions(towns)]

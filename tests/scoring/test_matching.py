"""指标对应: the same names pair by themselves, near ones are only suggested."""

from __future__ import annotations

from data.schemes import scheme
from scoring.crosswalk import Crosswalk, by_name
from scoring.matching import key, near_names, same_grades, same_names, suggestions

COUNTY, CITY, GUANGDONG = (scheme(name) for name in ("jiangmen-2020-county", "jiangmen-2020-city", "guangdong-2019"))


def test_blanks_width_and_punctuation_do_not_make_another_name() -> None:
    assert key("产业 扶贫（情况）") == key("产业扶贫(情况)") == "产业扶贫情况"


def test_items_of_one_name_pair_and_the_renamed_one_is_only_suggested() -> None:
    pairs = same_names(COUNTY.indicators, CITY.indicators)
    assert pairs == {(no, no) for no in range(1, 20) if no != 3}  # item 3 says 县级 here and 市级 there
    (one,) = suggestions(COUNTY.indicators, CITY.indicators, pairs)
    assert (one.old, one.new) == (3, 3)
    assert one.percent > 90


def test_unlike_names_are_not_suggested() -> None:
    row = COUNTY.indicators[0]
    assert suggestions([row], [COUNTY.indicators[13]]) == []


def test_a_table_pairs_with_itself_row_by_row_even_where_names_repeat() -> None:
    rules = scheme("dongxi-2019-department")
    rows = rules.indicators_of(rules.groups[0].id)
    assert same_names(rows, rows) == {(row.no, row.no) for row in rows}


def test_components_pair_by_name_or_by_id() -> None:
    walk = by_name(GUANGDONG, GUANGDONG.groups[0].id, COUNTY, "county")
    assert walk.components == (("cross", "cross"), ("daily", "daily"))


def test_the_worst_grade_has_two_names() -> None:
    assert ("较差", "较差") in same_grades(COUNTY, COUNTY)
    assert same_grades(GUANGDONG, COUNTY)[-1] == (GUANGDONG.grades[-1], "较差")


def test_items_that_share_a_partner_are_one_link() -> None:
    walk = Crosswalk(frozenset({(1, 1), (2, 1), (2, 3), (5, 4)}))
    assert [(set(link.old), set(link.new)) for link in walk.links] == [({1, 2}, {1, 3}), ({5}, {4})]


def test_each_unit_is_suggested_once_to_the_nearest_name() -> None:
    assert near_names(["新会市", "台山市"], ["新会区", "鹤山市"]) == {"新会市": "新会区", "台山市": "鹤山市"}

"""Codes filled in by name: offered where sure, asked where not, never given twice, and one correction in the log."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from data.log_text import details_text
from data.regions import place
from data.rosters_codes import clashes, fill, filled, full_name, lacking
from data.rosters_units import scheme_units
from data.schemes import scheme, scheme_text
from data.store import Store, StoreProblem, UnitRow
from data.store.location import sqlite_url

COUNTY, TOWN, RUYUAN, TEMPLATE = (
    scheme(each) for each in ("jiangmen-2020-county", "jiangmen-2020-town", "ruyuan-2017", "template-2026-county")
)
SEVEN = scheme_units(COUNTY)


def without(units: Iterable[UnitRow], *names: str) -> list[UnitRow]:
    return [replace(unit, region="") if not names or unit.name in names else unit for unit in units]


def template(*names: str) -> list[UnitRow]:
    return [UnitRow(name, TEMPLATE.groups[0].id) for name in names]


def codes(found: dict) -> dict[str, str]:
    return {unit: each.code for unit, each in found.items()}


def test_units_without_a_code_or_with_one_that_is_unknown_lack_one() -> None:
    units = [
        UnitRow("甲", "g"),
        UnitRow("乙", "g", "440799"),
        UnitRow("丙", "g", "440781"),
        UnitRow("丁", "g", "440781115"),
    ]
    assert [unit.name for unit in lacking(units)] == ["甲", "乙"]


def test_the_units_that_have_codes_say_where_the_others_lie() -> None:
    filling = fill(without(SEVEN, "鹤山市", "恩平市"), COUNTY)
    assert codes(filling.found) == {"鹤山市": "440784", "恩平市": "440785"}
    assert (filling.asked, filling.unknown, filling.unscoped) == ((), {}, ())


def test_the_scheme_says_where_they_lie_when_no_unit_has_a_code() -> None:
    assert codes(fill(without(SEVEN), COUNTY).found) == {unit.name: unit.region for unit in SEVEN}
    towns = scheme_units(TOWN)
    assert codes(fill(without(towns), TOWN).found) == {unit.name: unit.region for unit in towns}
    assert len(towns) == 73


def test_an_area_is_asked_where_neither_roster_nor_scheme_says_it() -> None:
    units = template("台山市", "开平", "恩平县")
    assert fill(units, TEMPLATE).unscoped == ("台山市", "开平", "恩平县")
    filling = fill(units, TEMPLATE, place("440700"))
    assert codes(filling.found) == {"台山市": "440781", "开平": "440783"}
    (asked,) = filling.asked
    assert (asked.unit, asked.candidates) == ("恩平县", (place("440785"),))
    assert asked.why == "没有完全同名的，最接近的是恩平市。"


def test_a_name_of_several_places_is_asked_with_all_of_them() -> None:
    filling = fill(template("鼓楼区"), TEMPLATE, place("320000"))
    assert not filling.found
    assert [full_name(each) for each in filling.asked[0].candidates] == ["江苏省南京市鼓楼区", "江苏省徐州市鼓楼区"]


def test_two_units_that_name_one_place_are_both_asked() -> None:
    filling = fill(template("台山", "台山市", "新会区"), TEMPLATE, place("440700"))
    assert codes(filling.found) == {"新会区": "440705"}
    assert [(one.unit, one.candidates) for one in filling.asked] == [
        ("台山", (place("440781"),)), ("台山市", (place("440781"),)),
    ]  # fmt: skip
    assert "一个代码只能用于一个" in filling.asked[0].why


def test_a_place_that_is_another_units_is_not_given_again() -> None:
    units = [*SEVEN, UnitRow("江门台山", "county")]
    assert fill(units, COUNTY).unknown == {"江门台山": "台山市（440781）已是“台山市”的代码。"}


def test_organs_are_no_places() -> None:
    units = [*scheme_units(RUYUAN), UnitRow("县农业局", "economy"), UnitRow("驻桂头镇工作队", "team")]
    filling = fill(units, RUYUAN)
    assert (filling.found, filling.asked) == ({}, ())
    assert set(filling.unknown) == {"县农业局", "驻桂头镇工作队"}


def test_what_is_filled_in_changes_nothing_but_the_codes() -> None:
    bare = without(SEVEN)
    assert filled(bare, {unit.name: unit.region for unit in SEVEN}) == tuple(SEVEN)
    assert filled(bare, {}) == tuple(bare)


def test_one_place_chosen_twice_is_told() -> None:
    assert clashes({"甲": "440781", "乙": "440783"}) == ()
    (told,) = clashes({"甲": "440781", "乙": "440781"})
    assert told == "甲、乙都选了广东省江门市台山市，一个代码只能用于一个县级对象，请改选。"


@pytest.fixture
def store(tmp_path: Path):
    with Store.open(sqlite_url(tmp_path / "store.db")) as opened:
        yield opened


def test_the_filling_is_one_correction_of_the_roster(store: Store) -> None:
    made = store.create_assessment("县级", COUNTY.id, scheme_text(COUNTY.id), COUNTY.hash, without(SEVEN), "张三")
    units = filled(made.units, codes(fill(made.units, COUNTY).found))
    now = store.correct_roster(made.id, units, "李四", "按名称补填区划代码7个", made.version)
    assert (now.version, now.units) == (made.version + 1, tuple(SEVEN))
    entry, before = store.log()[:2]
    assert (entry.action, entry.actor, before.action) == ("更正名单", "李四", "新建考核")
    assert details_text(entry, {}).startswith("理由：按名称补填区划代码7个；考核对象数：7；改动：蓬江区、江海区")


def test_a_final_assessment_takes_none(store: Store) -> None:
    made = store.create_assessment("县级", COUNTY.id, scheme_text(COUNTY.id), COUNTY.hash, without(SEVEN), "张三")
    store.finalise(made.id, "张三")
    with pytest.raises(StoreProblem, match="已定稿"):
        store.correct_roster(made.id, SEVEN, "李四", "按名称补填区划代码7个")
    assert store.assessment(made.id).units == made.units

"""While names are hidden, nothing on any page tells whose a result is: no name, no short form, no paper, no order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from data.briefing import answers, pages
from data.briefing.brief import Brief
from data.briefing.hiding import hiding
from data.locked import Locked, open_locked
from data.naming import aliases, short
from data.store import Given, Store
from tests.data import locks
from tests.data import wild_names as wild
from tests.data.locked_demos import texts
from tests.pages import builders


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path}/hengxiao.db") as opened:
        yield opened


@pytest.fixture
def county(store: Store) -> Locked:
    return locks.locked_of(store, builders.county(store).id)


def told(locked: Locked, names: dict[str, str]) -> list[str]:
    everything = [pages(locked, names), *(answers(locked, unit, names) for unit in names)]
    return list(texts(everything))


def test_no_name_nor_its_short_form_stands_in_any_field(county: Locked) -> None:
    names = aliases(locks.units_of(county), 3)
    for text in told(county, names):
        assert not any(short(unit) in text for unit in names), text
    assert any("对象甲" in text for text in told(county, names))


def test_the_paper_and_the_day_of_a_fact_are_left_out_for_they_tell_whose_it_is(county: Locked) -> None:
    names = aliases(locks.units_of(county), 3)
    shown = list(texts(answers(county, "新会区")))
    assert any("江纪〔2020〕12号" in text for text in shown)
    assert not any("江纪" in text or "2020-06-01" in text for text in told(county, names))
    assert any("记过" in text for text in told(county, names))


def test_a_unit_that_is_uncovered_shows_its_name_and_the_others_do_not(county: Locked) -> None:
    names = aliases(locks.units_of(county), 3) | {"鹤山市": "鹤山市"}
    chart = pages(county, names, ["ranking"])[0].chart
    assert chart is not None
    assert chart.bars[0].label == "鹤山市"
    assert all(bar.label.startswith("对象") for bar in chart.bars[1:])


def test_lists_follow_an_order_that_is_not_the_rosters_and_stays_while_names_are_uncovered(county: Locked) -> None:
    units = list(locks.units_of(county))
    names = aliases(units, 3)
    drawn = Brief(county, names).places
    assert sorted(drawn, key=lambda unit: drawn[unit]) != units
    assert Brief(county, names | {"鹤山市": "鹤山市"}).places == drawn
    assert Brief(county, aliases(units, 4)).places == drawn
    plain = Brief(county).places
    assert sorted(plain, key=lambda unit: plain[unit]) == units


def test_bars_keep_their_keys_while_names_are_uncovered(county: Locked) -> None:
    names = aliases(locks.units_of(county), 3)
    first, second = (
        [page.chart.bars for page in pages(county, each, ["ranking", "parts"]) if page.chart]
        for each in (names, names | {"鹤山市": "鹤山市"})
    )
    assert [[bar.key for bar in bars] for bars in first] == [[bar.key for bar in bars] for bars in second]


def test_there_is_no_map_while_a_name_is_hidden_because_a_shape_tells_who_it_is(county: Locked) -> None:
    names = aliases(locks.units_of(county), 3)
    assert [page.key for page in pages(county, keys=["map"])] == ["map"]
    assert not pages(county, names, ["map"])
    assert not pages(county, names | {unit: unit for unit in list(names)[1:]}, ["map"])
    assert pages(county, {unit: unit for unit in names}, ["map"])


def test_why_people_gave_another_grade_is_not_told_under_a_hidden_name(store: Store) -> None:
    made = builders.county(store)
    builders.last_sheet(store, made)
    locked = locks.settled(store, made, {"开平市": Given("好", "赤坎古镇帮扶成效突出")})
    assert not any("赤坎" in text for text in told(locked, aliases(locks.units_of(locked), 3)))


def test_an_objection_keeps_its_words_to_itself_under_a_hidden_name(store: Store) -> None:
    made = builders.county(store)
    number = locks.locked_of(store, made.id).record.number
    store.add_objection(
        made.id, number, "江海区", "外海街道的台账未计入", "江海区农业农村局", date(2020, 12, 7), "李经办"
    )
    locked = open_locked(store, made.id, number, locks.TODAY)
    names = aliases(locks.units_of(locked), 3)
    assert not any("外海" in text or "农业农村局" in text for text in told(locked, names))
    assert any("外海街道" in text for text in texts(pages(locked)))


def test_names_are_taken_out_of_free_text_in_one_pass_the_longest_first() -> None:
    hide = hiding({"新会区": "对象甲", "新会城镇": "新会城镇", "象山镇": "对象乙"})
    assert hide is not None
    assert hide("新会区和新会城镇、新会、象山") == "对象甲和新会城镇、对象甲、对象乙"
    assert hide("对象甲") == "对象甲"
    assert hiding({"新会区": "新会区"}) is None
    assert hiding(None) is None


def test_a_name_of_forty_letters_is_cut_in_its_middle_so_that_alike_names_stay_apart(store: Store) -> None:
    names = wild.names()
    locked = locks.locked_of(store, wild.county(store).id)
    called = [Brief(locked).called(name) for name in names]
    assert len({*called}) == len(names)
    assert all(len(name) <= 16 for name in called)
    hidden = aliases(names, 3)
    assert not any(name in text for text in told(locked, hidden) for name in names if len(name) > 3)


def test_towns_whose_county_has_not_made_them_public_are_on_no_page_and_in_no_answer(store: Store) -> None:
    made = builders.towns(store)
    builders.show_towns(store, made)
    locked = locks.locked_of(store, made.id)
    groups = {group.name: [unit.name for unit in group.units] for group in locked.state.scheme.groups}
    opened = groups.pop("台山市")
    shown = list(texts(pages(locked)))
    assert not [unit for units in groups.values() for unit in units for text in shown if unit in text]
    assert all(any(unit in text for text in shown) for unit in opened)
    closed = len(list(locks.units_of(locked))) - len(opened)
    assert any(f"{closed}个镇（街）的成绩未经所在市（区）决定公开，不列" in text for text in shown)
    first = groups["蓬江区"][0]
    assert [page.message for page in answers(locked, first)] == [f"{first}的成绩未经所在市（区）决定公开，不列"]
    assert len(answers(locked, opened[0])) > 1


def test_a_meeting_on_towns_none_of_which_is_public_sees_no_town_and_no_score(store: Store) -> None:
    locked = locks.locked_of(store, builders.towns(store).id)
    found = pages(locked)
    shown = list(texts(found))
    assert not [unit for unit in locks.units_of(locked) for text in shown if unit in text]
    assert not {"ranking", "parts", "edges", "limits", "conclusion"} & {page.key for page in found}
    assert any("73个镇（街）的成绩未经所在市（区）决定公开，不列" in text for text in shown)

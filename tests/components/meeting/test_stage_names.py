"""Names on the stage: hidden until they are asked for, revealed from the last place to the first, under letters that tell nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from components.meeting import stage_data, stage_pages
from components.meeting.stage_names import Curtain, curtain, next_hidden, order
from data.briefing import TOPICS
from data.locked import Locked
from data.store import Given, Store
from tests.components.meeting.stage_hands import as_sent, every_demo, everything, names_in
from tests.data.locks import locked_of, settled
from tests.pages import builders


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Locked]:
    """江门's seven, 恩平市 without 日常工作."""
    with Store.open(f"sqlite:///{tmp_path}/hengxiao.db") as store:
        yield locked_of(store, builders.county(store).id)


@pytest.fixture(scope="module")
def demos(tmp_path_factory: pytest.TempPathFactory) -> list[Locked]:
    return list(every_demo(tmp_path_factory.mktemp("demos")))


def test_no_hidden_name_is_in_anything_that_is_sent_for_any_document(demos: list[Locked]) -> None:
    for locked in demos:
        hidden = curtain(locked)
        if hidden.whole:
            continue  # a single unit has nothing to hide behind
        for unit in list(hidden.letters)[:5]:
            sent = as_sent(everything(locked, hidden, why=hidden.ids[unit]))
            assert names_in(sent, list(hidden.letters)) == [], locked.state.scheme.id


def test_while_some_names_are_revealed_the_others_are_nowhere(demos: list[Locked]) -> None:
    for locked in demos:
        units = list(curtain(locked).letters)
        if len(units) < 2:
            continue
        some = curtain(locked, units[::3])
        sent = as_sent(everything(locked, some, why=some.ids[units[1]]))
        for unit in some.open:  # 白沙街道 may be told while 白沙镇 may not
            sent = sent.replace(unit, "")
        assert names_in(sent, [unit for unit in units if unit not in some.open]) == [], locked.state.scheme.id


def test_the_letters_are_in_no_order_of_places_and_in_none_of_the_roster(demos: list[Locked]) -> None:
    for locked in demos:
        letters = list(curtain(locked).letters)
        if len(letters) < 4:
            continue
        roster = [result.unit for result in locked.state.results.units]
        for group in locked.state.scheme.groups:
            ranked = [result.unit for result in locked.state.results.ranked(group.id) if result.rank]
            among = [unit for unit in letters if unit in ranked]
            assert len(ranked) < 4 or among not in (ranked, ranked[::-1]), locked.state.scheme.id
        assert letters not in (roster, roster[::-1]), locked.state.scheme.id


def test_the_letters_are_the_same_every_time_and_run_in_order(county: Locked) -> None:
    first, again = curtain(county), curtain(county, ["台山市"])
    assert first.letters == again.letters
    assert [letter[2:] for letter in first.letters.values()] == list("甲乙丙丁戊己庚")
    assert first.names["台山市"].startswith("对象")
    assert again.names["台山市"] == "台山市"


def test_names_come_from_the_last_place_to_the_first_and_what_lacks_a_result_before_them(county: Locked) -> None:
    shown, revealed = curtain(county), []
    units = list(shown.letters)
    while (unit := next_hidden(county, shown, units)) is not None:
        revealed.append(unit)
        shown = curtain(county, revealed)
    places = [county.state.results.of(unit).rank for unit in revealed]
    assert revealed[0] == "恩平市"
    assert places[1:] == [6, 5, 4, 3, 2, 1]
    assert shown.whole


def test_names_come_by_the_places_that_stand_once_a_grade_was_settled_otherwise(tmp_path: Path) -> None:
    with Store.open(f"sqlite:///{tmp_path}/settled.db") as store:
        made = builders.county(store)
        builders.last_sheet(store, made)
        found = settled(store, store.assessment(made.id), {"鹤山市": Given("较差", "领导小组认定弄虚作假")})
    units = ["蓬江区", "新会区", "开平市", "台山市", "恩平市", "江海区", "鹤山市"]  # by place: 鹤山市 has the best score
    assert order(found, curtain(found), units) == units[::-1]


def test_in_several_groups_the_last_group_comes_first(demos: list[Locked]) -> None:
    locked = next(one for one in demos if one.state.scheme.id == "jiangmen-2020-town")
    shown = curtain(locked)
    groups = [group.id for group in locked.state.scheme.groups]
    found = [groups.index(locked.state.results.of(unit).group) for unit in order(locked, shown, list(shown.letters))]
    assert found == sorted(found, reverse=True)


def test_only_units_of_the_page_are_revealed_there(county: Locked) -> None:
    shown = curtain(county)
    told = {page.key: page for page in stage_pages.pages_of(county, list(TOPICS), shown)}
    assert set(stage_data.units_on(told["ranking"], shown)) == set(shown.letters)
    assert stage_data.units_on(told["cover"], shown) == []
    assert stage_data.units_on(told["limits"], shown) == ["新会区"]


def test_a_single_unit_is_named_for_it_has_nothing_to_hide_behind(tmp_path: Path) -> None:
    with Store.open(f"sqlite:///{tmp_path}/hengxiao.db") as store:
        locked = locked_of(store, builders.city(store).id)
    assert curtain(locked).names == {"江门市": "江门市"}


def test_ids_are_those_of_the_bars_and_tell_neither_roster_nor_place(county: Locked) -> None:
    shown = curtain(county)
    chart = next(page.chart for page in stage_pages.pages_of(county, ["ranking"], shown) if page.chart)
    assert {bar.key for bar in chart.bars} == set(shown.ids.values())
    roster = [result.unit for result in county.state.results.units]
    assert [shown.ids[unit] for unit in roster] != sorted(shown.ids.values())
    assert shown.unit("u1") in roster
    assert shown.unit("台山市") is None


def test_a_hidden_short_name_inside_a_shown_one_does_not_tear_it() -> None:
    some = Curtain({"大江": "对象甲", "大江镇东": "对象乙"}, {"大江": "u1", "大江镇东": "u2"}, frozenset({"大江镇东"}))
    assert some.clean({"a": ["大江镇东和大江", 3]}) == {"a": ["大江镇东和对象甲", 3]}

"""What a map says of each place: depths, what is withheld, what the document leaves out; 1,610 towns at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.maps import known as known_places
from data.maps.spots import HIDDEN, NOT_BEGUN, OUTSIDE, by_rank, depths, facts, groups, home, spots
from data.regions import place
from data.state import State, load_state
from data.store import Store
from tests.data.maps.hands import JIANGMEN, counties, every_unit, open_store
from tests.pages import builders, documents

GUANGDONG, TAISHAN = "440000", "440781"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path) as opened:
        yield opened


@pytest.fixture
def both(store: Store) -> list[State]:
    """The counties' assessment, then the towns'."""
    return [load_state(store, made.id) for made in (builders.county(store), builders.towns(store))]


def opened_to_the_city(store: Store, states: list[State], *groups: str) -> list[State]:
    towns = states[1].assessment
    for group in groups:
        builders.show_towns(store, towns, place(group).name, group)
    return [states[0], load_state(store, towns.id)]


def test_the_city_has_seven_counties_each_with_its_own_result(both: list[State]) -> None:
    found = spots(place(JIANGMEN), both)
    assert [spot.place.name for spot in found] == ["蓬江区", "江海区", "新会区", "台山市", "开平市", "鹤山市", "恩平市"]
    assert all(spot.result and spot.result.unit == spot.place.name for spot in found)


def test_all_towns_of_the_city_stand_on_one_map(both: list[State]) -> None:
    found = spots(place(JIANGMEN), [both[1]], "town")
    assert len(found) == 73
    assert all(spot.result and spot.result.region == spot.place.code for spot in found)
    assert [spot.place.code for spot in found] == sorted(spot.place.code for spot in found)


def test_on_a_map_of_all_towns_each_county_decides_for_its_own(store: Store, both: list[State]) -> None:
    found = spots(place(JIANGMEN), opened_to_the_city(store, both, TAISHAN), "town")
    assert {spot.place.parent for spot in found if spot.result} == {TAISHAN}
    assert {spot.absent for spot in found if spot.place.parent != TAISHAN} == {HIDDEN}


def test_a_city_without_counties_stands_for_its_own_among_all_counties_of_the_province(both: list[State]) -> None:
    found = spots(place(GUANGDONG), both, "county")
    assert {"东莞市", "中山市", "蓬江区", "台山市"} <= {spot.place.name for spot in found}
    assert len(found) == 124  # 122 counties and the two cities without any
    assert sum(spot.result is not None for spot in found) == 7


@pytest.mark.parametrize(
    ("chosen", "code", "offered"),
    [
        ("county", GUANGDONG, {"": "市级", "county": "县级"}),
        ("county", JIANGMEN, {"": "县级"}),
        ("county", TAISHAN, {"": "镇级"}),
        ("county", "440600", {"": "县级"}),  # 佛山市 has no unit at all
        ("town", GUANGDONG, {"": "市级", "county": "县级", "town": "镇级"}),
        ("town", JIANGMEN, {"": "县级", "town": "镇级"}),
        ("town", "440783115", {}),
    ],
)
def test_a_deeper_map_is_offered_where_units_of_that_level_lie(both: list[State], chosen, code, offered) -> None:
    states = both if chosen == "county" else both[::-1]
    assert depths(place(code) if len(code) < 9 else spots(place("440783"), both)[0].place, states) == offered


def test_towns_of_another_assessment_are_offered_once_a_county_shows_them(store: Store, both: list[State]) -> None:
    shown = opened_to_the_city(store, both, TAISHAN)
    assert "town" in depths(place(JIANGMEN), shown)
    assert "town" in depths(place(GUANGDONG), shown)


def test_towns_that_nobody_has_assessed_are_not_offered_at_once(store: Store) -> None:
    states = [load_state(store, made.id) for made in (builders.county(store), builders.towns(store, sheets=False))]
    assert depths(place(JIANGMEN), opened_to_the_city(store, states, TAISHAN)) == {"": "县级"}
    assert {spot.absent for spot in spots(place(TAISHAN), states)} == {NOT_BEGUN}


def test_an_unknown_depth_is_the_next_level(both: list[State]) -> None:
    assert spots(place(JIANGMEN), both, "village") == spots(place(JIANGMEN), both)


def test_what_the_document_leaves_out_says_so_with_all_that_lies_in_it(store: Store) -> None:
    state = load_state(store, documents.guangdong(store).id)
    (left_out,) = (spot for spot in spots(place(GUANGDONG), [state]) if spot.place.code == JIANGMEN)
    assert left_out.result is None
    assert left_out.absent == "另行制定"
    assert "另行制定" in left_out.note
    for spot in spots(place(GUANGDONG), [state], "county"):
        assert spot.absent == ("另行制定" if spot.place.parent == JIANGMEN else OUTSIDE if not spot.result else "")
        assert "暂缺" not in facts(spot)[0]


def test_every_place_of_the_ranking_is_provisional_as_the_results_find_it(store: Store) -> None:
    for state in (
        load_state(store, made.id) for made in (builders.county(store), documents.ruyuan(store, documents.HALF))
    ):
        here = home(state)
        assert here is not None
        found = [spot for spot in spots(here, [state]) if spot.result and spot.result.rank is not None]
        assert found
        for spot in found:
            assert spot.result is not None
            assert spot.provisional == state.results.provisional([spot.result])
            assert ("暂列" in "".join(facts(spot))) == spot.provisional


def test_the_gravest_come_first_under_judgement(store: Store) -> None:
    state = load_state(store, documents.qujiang(store).id)
    found = [spot.place.name for spot in by_rank(every_unit(state))]
    assert found[:2] == ["小坑镇", "马坝镇"]
    assert len(found) == len(state.results.units)


def test_the_roster_is_read_once_however_many_places_there_are(both: list[State], monkeypatch) -> None:
    made = []
    real = known_places.Known.by_region.func

    def counted(self):
        made.append(self)
        return real(self)

    monkeypatch.setattr(known_places.Known.by_region, "func", counted)
    spots(place(GUANGDONG), both, "town")
    assert len(made) == len(both)


def test_seven_counties_by_name_are_the_seven_of_the_roster(both: list[State]) -> None:
    assert set(counties(both[0])) == {unit.name for unit in both[0].units}


def test_the_towns_of_all_counties_are_shown_together_and_ranked_apart(both: list[State]) -> None:
    found = spots(place(JIANGMEN), [both[1]], "town")
    assert groups(found, both[1]) == ()
    ordered = by_rank(found)
    parents = [spot.place.parent for spot in ordered]
    assert parents == sorted(parents)
    first = next(spot for spot in ordered if spot.place.parent == TAISHAN)
    assert first.result is not None
    assert first.result.rank == 1


def test_groups_with_tables_of_their_own_are_shown_one_at_a_time(store: Store) -> None:
    state = load_state(store, documents.guangdong(store).id)
    assert groups(every_unit(state), state) == ("helped", "helper")
    assert groups(every_unit(state)[:1], state) == ("helped",)


def test_one_unit_that_stands_alone_in_its_group_is_no_choice(store: Store) -> None:
    state = load_state(store, builders.county(store).id)
    assert groups(every_unit(state), state) == ("county",)

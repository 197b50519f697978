"""A unit against its neighbours: exact differences, and who is told without being counted."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from data.maps.beside import against
from data.maps.spots import Spot, spots
from data.regions import place
from data.state import load_state
from data.store import Store
from tests.data.maps.hands import JIANGMEN, counties, every_unit, open_store
from tests.pages import builders, documents


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path) as opened:
        yield opened


@pytest.fixture
def seven(store: Store) -> dict[str, Spot]:
    return counties(load_state(store, builders.county(store).id))


def test_differences_to_each_neighbour_and_to_their_mean_are_exact(seven: dict[str, Spot]) -> None:
    # 蓬江区 90.00; 江海区 1052.5/19 + 24.39 = 79.78; 新会区 1786/19 = 94.00: mean 86.89
    found = against(seven["蓬江区"], [seven["江海区"], seven["新会区"]])
    assert [(row.name, row.word, row.score, row.difference) for row in found.rows] == [
        ("江海区", "一般", Fraction("79.78"), Fraction("10.22")),
        ("新会区", "较好", Fraction(94), Fraction(-4)),
    ]
    assert (found.mean, found.difference) == (Fraction("86.89"), Fraction("3.11"))


def test_a_mean_of_three_stays_a_fraction(seven: dict[str, Spot]) -> None:
    found = against(seven["蓬江区"], [seven["江海区"], seven["江海区"], seven["新会区"]])
    assert found.mean == Fraction("253.56") / 3
    assert found.difference == 90 - Fraction("253.56") / 3


def test_a_neighbour_without_a_score_is_told_and_not_counted(seven: dict[str, Spot]) -> None:
    found = against(seven["蓬江区"], [seven["恩平市"], seven["江海区"]])
    missing = found.rows[0]
    assert (missing.word, missing.score, missing.difference, missing.why) == ("暂缺", None, None, "尚无得分")
    assert [row.name for row in found.counted] == ["江海区"]
    assert found.mean == Fraction("79.78")


def test_a_unit_without_a_score_still_sees_its_neighbours(seven: dict[str, Spot]) -> None:
    found = against(seven["恩平市"], [seven["江海区"], seven["恩平市"]])
    assert [row.name for row in found.rows] == ["江海区"]
    assert (found.mean, found.difference) == (Fraction("79.78"), None)


def test_places_outside_are_told_by_their_word(store: Store) -> None:
    state = load_state(store, builders.county(store).id)
    (here,) = (spot for spot in spots(place("440000"), [state]) if spot.place.code == JIANGMEN)
    (other,) = (spot for spot in spots(place("440000"), [state]) if spot.place.code == "440600")
    found = against(here, [other])
    assert (found.rows[0].why, found.mean, found.difference) == ("不在本次范围", None, None)


def test_units_of_another_table_or_assessment_are_not_compared(store: Store) -> None:
    department = every_unit(load_state(store, documents.ruyuan(store).id))
    county = counties(load_state(store, builders.county(store).id))["蓬江区"]
    assert against(county, [department[0]]).rows[0].why == "不属同一考核"
    judged = every_unit(load_state(store, documents.qujiang(store).id))
    found = against(judged[0], [judged[1]])
    assert (found.rows[0].word, found.rows[0].why, found.mean) == ("", "不计得分", None)

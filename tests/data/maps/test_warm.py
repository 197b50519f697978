"""The outlines of the first maps are built before anyone opens one."""

from __future__ import annotations

import pytest

from data.maps import warm
from data.regions import NoShapesError
from data.store import Store
from tests.pages import builders


@pytest.fixture
def store(tmp_path):
    with Store.open(f"sqlite:///{tmp_path / 'hengxiao.db'}") as opened:
        yield opened


@pytest.fixture
def built(monkeypatch):
    codes = []
    monkeypatch.setattr(warm.regions, "warm", codes.append)
    return codes


def test_an_empty_store_warms_the_usual_province(store, built):
    warm.warm(store)
    assert built == ["440000"]


def test_the_provinces_of_the_rosters_are_warmed_the_most_named_first(store, built):
    builders.county(store)
    builders.empty(store, "neimenggu-2018", "2018年内蒙古")
    warm.warm(store)
    assert built == ["150000", "440000"]


def test_without_the_outlines_the_server_starts_all_the_same(store, monkeypatch):
    def absent(code):
        raise NoShapesError(code)

    monkeypatch.setattr(warm.regions, "warm", absent)
    warm.warm(store)

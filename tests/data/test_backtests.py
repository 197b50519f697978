"""What is compared, what was confirmed of it and kept, and the year before of the demonstration."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from data import backtests
from data.demo.last_year import LAST_YEAR, last_year_scheme, load_last_year
from data.documents.backtest_table import to_xlsx
from data.schemes import scheme
from data.state import load_state
from data.store import Store
from data.unit_changes import UnitChange, kin_of
from scoring.backtest import compare
from scoring.crosswalk import Crosswalk, by_name
from tests.pages import builders

COUNTY = scheme("jiangmen-2020-county")


@pytest.fixture
def store(tmp_path: Path):
    with Store.open(f"sqlite:///{tmp_path}/kept.sqlite3") as opened:
        yield opened


def test_a_scheme_s_year_is_that_of_its_period_or_of_its_last_day_or_title() -> None:
    assert [backtests.year_of(scheme(name)) for name in ("jiangmen-2020-county", "ruyuan-2017")] == [2020, 2017]
    assert backtests.year_of(last_year_scheme()) == 2019


def test_a_confirmed_correspondence_is_kept_logged_and_changes_no_version(store: Store) -> None:
    made = builders.county(store)
    before = store.version(made.id)
    walk = Crosswalk(frozenset({(1, 2), (2, 2)}), (("cross", "municipal"),))
    key = backtests.match_key(made.id, "county", COUNTY, "county")
    backtests.keep_walk(store, made.id, key, walk, "李经办", "甲→乙：1项")
    kept, confirmed = backtests.kept_walk(store.settings(made.id), key, COUNTY, "county", COUNTY, "county")
    assert confirmed
    assert (kept.items, kept.components) == (walk.items, walk.components)
    assert store.version(made.id) == before
    assert store.log(limit=1)[0].action == "确认指标对应"


def test_pairs_of_items_that_are_gone_are_left_out_and_nonsense_counts_as_nothing(store: Store) -> None:
    made = builders.county(store)
    key = backtests.match_key(made.id, "county", COUNTY, "county")
    backtests.keep_walk(store, made.id, key, Crosswalk(frozenset({(1, 1), (99, 2)}), (("gone", "cross"),)), "李经办", "甲")
    kept, _ = backtests.kept_walk(store.settings(made.id), key, COUNTY, "county", COUNTY, "county")
    assert (kept.items, kept.components) == (frozenset({(1, 1)}), ())
    store.set_setting(made.id, key, "{", "李经办", action="试")
    usual = by_name(COUNTY, "county", COUNTY, "county")
    assert backtests.kept_walk(store.settings(made.id), key, COUNTY, "county", COUNTY, "county") == (usual, False)


def test_unit_changes_are_kept_beside_the_year_they_start_from(store: Store) -> None:
    made = builders.county(store)
    rows = (UnitChange("新会市", "新会区", "更名"),)
    backtests.keep_changes(store, made.id, 7, rows, "李经办")
    settings = store.settings(made.id)
    assert (backtests.kept_changes(settings, 7), backtests.kept_changes(settings, 8)) == (rows, ())
    assert "新会市→新会区" in store.log(limit=1)[0].subject


def test_own_schemes_are_offered_a_faulty_one_with_its_faults(store: Store) -> None:
    store.create_scheme("来年方案", backtests_text(), "李经办")
    found = backtests.offers(store)
    assert next(offer.name for offer in found.values()).startswith("自编：来年方案")
    assert all(not offer.scheme.judged for offer in found.values() if offer.scheme)
    assert "jiangmen-2020-county" in found


def backtests_text() -> str:
    from data.schemes import scheme_text

    return scheme_text("jiangmen-2020-county")


def test_the_demonstration_s_year_before_has_all_its_results_and_loads_once(store: Store) -> None:
    made = load_last_year(store)
    state = load_state(store, made.id)
    assert (made.scheme_id, made.demo) == (LAST_YEAR, True)
    assert all(result.score is not None for result in state.results.units)
    assert load_last_year(store).id == made.id


def test_the_workbook_has_every_unit_every_part_and_every_match(store: Store) -> None:
    last, now = load_state(store, load_last_year(store).id), load_state(store, builders.county(store).id)
    changes = [UnitChange("新会市", "新会区", "更名")]
    old, new = backtests.year(last, "county"), backtests.year(now, "county")
    kin = kin_of(changes, backtests.roster_of(last, "county"), backtests.roster_of(now, "county"))
    found = compare(old, new, by_name(last.scheme, "county", now.scheme, "county"), kin)
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(found, {k.unit: k.unit for k in kin}, ["同比", "=1+1"])))
    assert book.sheetnames == ["总表", "分项来源", "指标对应"]
    assert book["总表"]["A2"].data_type == "s"
    heads = [cell.value for cell in book["总表"][3]]
    assert heads[:8] == ["市（区）", "原得分", "现得分", "变化", "评分", "规则变化", "新增指标", "取消指标"]
    assert heads[8:10] == ["合并前的情形", "四舍五入"]
    units = [row[0].value for row in book["总表"].iter_rows(min_row=4)]
    assert units == [unit.name for unit in COUNTY.groups[0].units]
    told = [row[2].value for row in book["指标对应"].iter_rows(min_row=4)]
    assert (told.count("已对应"), told.count("上年有、本方案无"), told.count("本方案新增")) == (17, 2, 2)

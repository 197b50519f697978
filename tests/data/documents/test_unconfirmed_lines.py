"""Whatever is printed names the readings nobody has confirmed, until somebody has."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook

from data.documents.as_json import results_json
from data.documents.cells import RESULTS, put_text, unconfirmed_lines
from data.documents.follow_up_tables import proposals_xlsx, rectifications_xlsx
from data.documents.ranking_table import to_csv, to_xlsx
from data.follow_up import load_follow_up
from data.state import READING, load_state
from data.store import Store
from tests.pages import builders


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path}/hengxiao.db") as opened:
        yield opened


def printed(content: bytes) -> str:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    return "\n".join(str(cell.value or "") for row in sheet.iter_rows() for cell in row)


def test_every_table_to_print_names_them(store: Store) -> None:
    state = load_state(store, builders.county(store).id)
    follow = load_follow_up(store, state, date(2020, 12, 4))
    (line,) = unconfirmed_lines(state, RESULTS)
    assert line.startswith("原文未规定、按本系统口径处理且尚未确认的8项：考核对象名单：市（区）、四档赋分、")
    assert "…" not in line
    tables = (
        to_xlsx(state, state.results.ranked(), "今天"),
        proposals_xlsx(follow, "今天"),
    )
    for content in tables:
        assert line in printed(content)
    assert line in to_csv(state, state.results.ranked(), "今天").decode()


def test_the_ledger_names_only_what_follows_from_results(store: Store) -> None:
    county = load_state(store, builders.county(store).id)
    ledger = rectifications_xlsx(load_follow_up(store, county, date(2020, 12, 4)), (), "今天")
    assert "按本系统口径" not in printed(ledger)
    ruyuan = load_state(store, builders.empty(store, "ruyuan-2017", "乳源").id)
    ledger = rectifications_xlsx(load_follow_up(store, ruyuan, date(2018, 3, 4)), (), "今天")
    assert "尚未确认的1项：结果运用：限期整改。" in printed(ledger)


def test_only_those_that_concern_the_paper_can_be_named(store: Store) -> None:
    state = load_state(store, builders.empty(store, "neimenggu-2018", "内蒙古").id)
    (line,) = unconfirmed_lines(state, ("draw", "samples"))
    assert line == "原文未规定、按本系统口径处理且尚未确认的1项：抽样：每盟市旗县。"
    store.set_setting(state.assessment.id, READING + "samples.banner", "默认", "赵主任")
    assert unconfirmed_lines(load_state(store, state.assessment.id), ("draw", "samples")) == []


def test_the_json_lists_every_assumption_with_its_reason(store: Store) -> None:
    state = load_state(store, builders.county(store).id)
    told = results_json(state.results)["assumed"]
    assert len(told) == 11
    assert {"key": "ticks", "name": "四档赋分"}.items() <= told[1].items()


def test_a_character_no_workbook_can_hold_spoils_none() -> None:
    cell = Workbook().worksheets[0].cell(1, 1)
    put_text(cell, "赵\x0b主任")
    assert cell.value == "赵主任"

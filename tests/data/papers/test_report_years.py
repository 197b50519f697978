"""The year before in the 考核情况报告: told by name and version, each year by its own rules, renamed units only once matched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.backtests import keep_changes
from data.demo.last_year import RENAMED, load_last_year
from data.papers.report import report
from data.papers.report_years import earlier
from data.state import load_state
from data.store import Store
from data.unit_changes import UnitChange
from tests.data.locks import locked_of
from tests.pages import builders


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path}/t.db") as opened:
        yield opened


def test_without_an_earlier_year_nothing_is_compared(store: Store) -> None:
    locked = locked_of(store, builders.county(store).id)
    assert earlier(store, locked.state) is None
    assert "与上年比较" not in "\n".join(report(locked, None).texts)


def test_a_document_without_scores_has_no_year_before(store: Store) -> None:
    load_last_year(store)
    made = builders.empty(store, "qujiang-2018", "2018年曲江")
    assert earlier(store, load_state(store, made.id)) is None


def test_both_years_stand_side_by_side_each_by_its_own_rules(store: Store) -> None:
    last = store.assessment(load_last_year(store).id)
    locked = locked_of(store, builders.county(store).id)
    years = earlier(store, locked.state)
    assert years is not None
    assert (years.name, years.version, years.year) == (last.name, last.version, 2019)
    paper = report(locked, years)
    table = next(each for each in paper.tables if each.caption == "与2019年考核结果对照")
    found = {row[0]: row for row in table.rows}
    assert found["蓬江区"][3:5] == ("90.00", "好")
    assert found["恩平市"][3:5] == ("—", "—")
    text = next(text for text in paper.texts if text.startswith(f"与{last.name}（第{last.version}版）相比"))
    order = locked.state.scheme.grades
    for unit, row in found.items():
        if row[2] in order and row[4] in order:
            better, worse = order.index(row[4]) < order.index(row[2]), order.index(row[4]) > order.index(row[2])
            word = "提高" if better else "降低" if worse else "不变"
            part = next(part for part in text.split("，等次") if unit in part)
            assert part.startswith(word), (unit, row)
    assert "方案不同的，得分和等次的变化不全是工作变化所致" in text


def test_a_renamed_unit_is_compared_once_somebody_says_who_it_was(store: Store) -> None:
    last = load_last_year(store)
    made = builders.county(store)
    before = earlier(store, locked_of(store, made.id).state)
    assert before is not None
    assert RENAMED[1] not in before.before
    keep_changes(store, made.id, last.id, [UnitChange(RENAMED[0], RENAMED[1], "更名")], builders.CLERK)
    after = earlier(store, load_state(store, made.id))
    assert after is not None
    assert after.before[RENAMED[1]].unit == RENAMED[0]

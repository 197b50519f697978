"""催报: who is late, how it is said, and that the last day itself counts as on time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from data import reminders
from data.schemes import scheme, scheme_text
from data.state import State, load_state
from data.store import Store, UnitRow
from data.store.location import sqlite_url
from scoring.marks import Mark, Sheet

RULES = scheme("jiangmen-2020-county")
LAST_DAY = date(2020, 11, 30)  # 六（三）: 交叉考核


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    """Of 交叉考核 all but 恩平市, of 市级考核 only 蓬江区, of 日常工作 none."""
    units = [UnitRow(unit.name, "county", unit.region) for unit in RULES.groups[0].units]
    with Store.open(sqlite_url(tmp_path / "a.db")) as store:
        made = store.create_assessment("甲", RULES.id, scheme_text(RULES.id), RULES.hash, units, "经办")
        for unit in units[:-1]:
            store.take(made.id, unit.name, unit.name.encode(), [_sheet(unit.name, "cross")], "张三")
        store.take(made.id, "m", b"m", [_sheet("蓬江区", "municipal")], "张三")
        yield load_state(store, made.id)


def _sheet(unit: str, component: str) -> Sheet:
    return Sheet(unit, component, tuple(Mark(no, "好") for no in range(1, 20)))


def _cross(state: State) -> reminders.Completeness:
    return reminders.completeness(state)[0]


def test_completeness_is_told_for_each_component_in_the_documents_order(state: State) -> None:
    told = [(part.component.name, part.received, part.expected) for part in reminders.completeness(state)]
    assert told == [("交叉考核", 6, 7), ("市级考核", 1, 7), ("日常工作", 0, 7), ("自查自评", 0, 7)]


@pytest.mark.parametrize(("today", "said"), [
    (date(2020, 11, 27), "missing"),
    (LAST_DAY, "missing"),
    (date(2020, 12, 1), "late"),
])  # fmt: skip
def test_the_last_day_itself_is_on_time(state: State, today: date, said: str) -> None:
    assert reminders.standing(state, "恩平市", "cross", today) == said
    assert reminders.standing(state, "蓬江区", "cross", today) == "received"


def test_a_component_without_a_step_is_never_late() -> None:
    assert not reminders.is_past(None, LAST_DAY)


def test_the_message_for_a_component_names_the_paper_the_clause_and_who_is_missing(state: State) -> None:
    assert reminders.by_component(state, _cross(state), date(2020, 12, 1), "12月1日 09:00") == (
        "交叉考核组：按照《2020年江门市城乡精准扶贫工作成效考核实施方案》（江扶字〔2020〕8号）要求，"
        "交叉考核评分表应于2020年11月30日前报送（六（三）），现已逾期。"
        "截至12月1日 09:00，应收7份，已收6份，尚缺1个市（区）：恩平市。"
        "请务必抓紧填报并发送至考核工作人员；如已报送，请与考核工作人员核对。"
    )


def test_the_bodies_that_lead_an_assessment_are_asked_and_not_hurried(tmp_path: Path) -> None:
    rules = scheme("neimenggu-2018")
    units = [UnitRow(unit.name, "league", unit.region) for unit in rules.groups[0].units]
    with Store.open(sqlite_url(tmp_path / "b.db")) as store:
        made = store.create_assessment("乙", rules.id, scheme_text(rules.id), rules.hash, units, "经办")
        found = load_state(store, made.id)
    yearend, late = reminders.completeness(found)[1], date(2019, 3, 1)
    for said in (reminders.by_component(found, yearend, late, "今"), reminders.by_unit(found, "包头市", late, "今")):
        assert said.endswith("请予安排报送考核工作人员；如已报送，请与考核工作人员核对。")
        assert "务必" not in said


def test_the_message_about_a_unit_lists_its_counted_components_only(state: State) -> None:
    said = reminders.by_unit(state, "恩平市", date(2020, 11, 30), "11月30日 09:00")
    assert "恩平市尚缺3份评分表：交叉考核（交叉考核组，应于今日（2020年11月30日）报送）；市级考核" in said
    assert "自查自评" not in said
    assert "逾期" not in said


def test_our_own_reading_of_a_deadline_is_not_cited_as_a_clause(state: State) -> None:
    said = reminders.by_unit(state, "蓬江区", date(2020, 12, 1), "12月1日 09:00")
    assert "日常工作（相关部门，应于2020年12月5日前报送）" in said


def test_invented_data_says_so_in_the_message(state: State) -> None:
    demo = replace(state, assessment=replace(state.assessment, demo=True))
    assert reminders.by_component(demo, _cross(demo), LAST_DAY, "今").startswith("【示例数据】交叉考核组：")


def test_absent_sheets_are_gathered_by_unit_in_the_rosters_order(state: State) -> None:
    absent = reminders.absent_by_unit(state)
    assert list(absent) == [unit.name for unit in RULES.groups[0].units]
    assert absent["蓬江区"] == ("日常工作",)
    assert absent["恩平市"] == ("交叉考核", "市级考核", "日常工作")

"""年度考核 and 操作日志 as their users find them: the first minute, assessments that cannot be opened, a log that was touched."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from components.navigation import ASSESSMENTS, LOG, MAP, OVERVIEW
from data.rosters_units import scheme_units
from data.schemes import scheme, scheme_ids, scheme_text
from data.store import TARGET, Assessment, Store, UnitRow
from tests.pages.county_hands import (
    APP,
    RULES,
    UNITS,
    keys,
    opened,
    press,
    settle,
    text,
    ticks,
)

# 年度考核


def test_an_empty_store_greets_with_three_lines_and_two_ways_to_begin(page_store: Store) -> None:
    at = opened(ASSESSMENTS)
    assert "欢迎使用衡效" in text(at)
    assert not at.button(key="load-demo").disabled
    press(at, "new-create")
    (made,) = page_store.assessments()
    assert [unit.name for unit in made.units] == list(UNITS)
    assert "已建立" in text(at)


def test_the_very_first_page_of_an_empty_store_can_begin_at_once(page_store: Store) -> None:
    at = AppTest.from_file(APP, default_timeout=60).run()
    assert not at.exception
    assert "欢迎使用衡效" in text(at)
    press(at, "new-create")
    assert len(page_store.assessments()) == 1
    assert "已建立" in text(at)


def test_one_countys_towns_can_be_assessed_alone(page_store: Store) -> None:
    at = opened(ASSESSMENTS)
    at.selectbox(key="new-scheme").select("jiangmen-2020-town")
    settle(at)
    at.multiselect[0].set_value(["440704"])
    settle(at)
    press(at, "new-create")
    assert [unit.name for unit in page_store.assessments()[0].units] == ["江南街道", "外海街道", "礼乐街道"]


def test_an_assessment_without_a_name_is_refused_in_words(page_store: Store) -> None:
    at = opened(ASSESSMENTS)
    at.text_input(key="new-name-jiangmen-2020-county").set_value("  ")
    press(at, "new-create")
    assert "年度考核名称不能为空" in text(at)
    assert page_store.assessments() == []


def test_the_demonstration_is_cleared_and_real_data_stays(page_store: Store, assessment: Assessment) -> None:
    units = [UnitRow(unit.name, "county", unit.region) for unit in RULES.groups[0].units]
    page_store.create_assessment("示例", RULES.id, scheme_text(RULES.id), RULES.hash, units, "经办", demo=True)
    at = opened(ASSESSMENTS)
    assert at.button(key="load-demo").disabled
    press(at, "clear-demo-do")
    assert [one.name for one in page_store.assessments()] == [assessment.name]
    assert not at.button(key="load-demo").disabled


@pytest.fixture
def unreadable(page_store: Store, assessment: Assessment) -> Assessment:
    """A newer assessment whose scheme this program cannot read."""
    rows = [UnitRow(unit.name, "county", unit.region) for unit in RULES.groups[0].units]
    spoilt = scheme_text(RULES.id).replace("rank:", "rankk:")
    return page_store.create_assessment("[坏](x)", RULES.id, spoilt, "h", rows, "经办")


@pytest.mark.parametrize("script", [ASSESSMENTS, LOG, OVERVIEW, MAP])
def test_an_assessment_that_cannot_be_opened_is_not_the_first_to_be_shown(
    script: str, assessment: Assessment, unreadable: Assessment
) -> None:
    at = opened(script)
    assert not at.exception
    assert at.session_state["assessment"] == assessment.id


def test_an_assessment_that_cannot_be_opened_is_listed_with_the_reason(
    assessment: Assessment, unreadable: Assessment
) -> None:
    at = opened(ASSESSMENTS)
    assert "rankk" in text(at)
    assert "数据仍完整保存" in text(at)
    assert keys(at, "open-") == [f"open-{assessment.id}"]


def test_from_an_assessment_that_cannot_be_opened_another_can_be_chosen(
    assessment: Assessment, unreadable: Assessment
) -> None:
    at = AppTest.from_file(APP, default_timeout=60).run().switch_page(OVERVIEW)
    at.query_params["a"] = str(unreadable.id)
    settle(at)
    assert "本年度考核无法打开" in text(at)
    at.selectbox(key="assessment-box").select(assessment.id)
    settle(at)
    assert "本年度考核无法打开" not in text(at)


def test_an_assessment_with_a_figure_that_is_none_says_so_and_the_pages_go_on(page_store: Store) -> None:
    rules = scheme("neimenggu-2018")
    made = page_store.create_assessment("试", rules.id, scheme_text(rules.id), rules.hash, scheme_units(rules), "张三")
    page_store.set_setting(made.id, TARGET + "national-income", "九点六", "李四")
    at = opened(ASSESSMENTS)
    assert "所存的目标数值与方案不符" in text(at)


def test_every_scheme_can_begin_an_assessment(page_store: Store) -> None:
    at = opened(ASSESSMENTS)
    assert sorted(at.selectbox(key="new-scheme").options) == sorted(scheme(one).title for one in scheme_ids())
    assert "不能新建考核" not in text(at)


# 操作日志


def test_the_log_is_filtered_and_told_in_chinese(page_store: Store, assessment: Assessment) -> None:
    page_store.take(assessment.id, "a.xlsx", b"a", [ticks("蓬江区", "daily")], "张三")
    page_store.take(assessment.id, "b.xlsx", b"b", [ticks("江海区", "daily")], "李四")
    at = opened(LOG)
    at.selectbox(key="log-actor").select("李四")
    settle(at)
    (row,) = at.table[0].value.to_dict("records")
    assert row["事项"] == "上报"
    assert "江海区日常工作第1次" in row["对象、详情"]
    assert "daily" not in text(at)


def test_a_touched_log_is_found(page_store: Store, assessment: Assessment) -> None:
    at = opened(LOG)
    press(at, "verify")
    assert "日志完整" in text(at)
    with page_store._database.writing() as connection:
        connection.exec_driver_sql("DROP TRIGGER log_no_update")
        connection.exec_driver_sql("UPDATE log SET actor = '别人' WHERE seq = 1")
    press(at, "verify")
    assert "日志在第1条" in text(at)

"""方案与口径: the text beside the rules, what is assumed and its effect, and who confirmed it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from data.store import Store
from tests.pages import builders

PAGE = str(Path(__file__).resolve().parents[2] / "pages/rules/scheme.py")
TICKS = "reading-ticks"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setenv("HENGXIAO_DATA", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    st.cache_resource.clear()
    with Store.open() as opened:
        yield opened
    st.cache_resource.clear()


def opened(**query: str) -> AppTest:
    at = AppTest.from_file(PAGE, default_timeout=60)
    for key, value in query.items():
        at.query_params[key] = value
    return healthy(at.run())


def healthy(at: AppTest) -> AppTest:
    assert not at.exception, at.exception[0].stack_trace
    return at


def words(at: AppTest) -> str:
    """Everything written on the page, without Markdown's escapes and the blanks that end its directives."""
    told = [element.value for element in (*at.markdown, *at.caption, *at.info)]
    told += [str(table.value.to_csv(index=False)) for table in at.table]
    return "\n".join(told).replace("\\", "").replace("\u200b", "")


def test_the_card_says_which_document_it_is(store):
    builders.county(store)
    told = words(opened())
    for text in (
        "江扶字〔2020〕8号",
        "江门市扶贫开发领导小组",
        "2020年11月17日",
        "依申请公开",
        "2019年12月1日至2020年11月30日",
    ):
        assert text in told


def test_the_clause_stands_beside_the_rules_drawn_from_it(store):
    builders.county(store)
    at = opened(clause="六（五）")
    told = words(at)
    assert "**六（五）　综合评价**" in told
    assert "交叉考核：权重40%" in told
    assert ":blue-background[40%]" in told
    assert "由各市（区）分管领导担任组长" not in told


def test_choosing_a_rule_leaves_its_clauses_and_marks_it(store):
    builders.county(store)
    at = opened()
    pick = next(box for box in at.selectbox if box.label.startswith("选一条规则"))
    rule = next(option for option in pick.options if "等次最高为“较好”" in option)
    healthy(pick.select(rule).run())
    told = words(at)
    assert ":blue-badge[所选]" in told
    assert "**五（四）**" in told
    assert "**五（一）　交叉考核**" not in told


def test_a_search_without_a_hit_says_what_to_do(store):
    builders.county(store)
    assert "没有符合的条款。可减少查找的文字" in words(opened(clause="乡村振兴局长"))


def test_implied_weights_are_shown_as_fraction_and_percent(store):
    builders.county(store)
    assert "11/19＝57.9%" in words(opened())


def test_each_reading_says_that_the_text_is_silent_and_what_another_would_change(store):
    builders.county(store)
    at = opened()
    told = words(at)
    assert "尚有9项口径未确认" in told
    ticks = next(radio for radio in at.radio if radio.label.startswith("四档赋分"))
    captions = [caption.replace("\\", "") for caption in ticks.proto.captions]
    assert captions[0] == "好95分，较好85分，一般75分，较差60分。现行口径"
    assert "将改变1个等次：开平市 较好→好" in captions[1]
    rounding = next(radio for radio in at.radio if radio.label.startswith("小数位数"))
    assert rounding.proto.captions[1].endswith("不影响本次等次")


def test_confirming_the_schemes_own_reading_says_who_and_counts_one_less(store):
    assessment = builders.county(store)
    at = opened()
    healthy(at.text_input(key="actor-box").input("周规划").run())
    healthy(at.button(key="confirm-ticks").click().run())
    told = words(at)
    assert "尚有8项口径未确认" in told
    assert "周规划" in told
    assert "确认：方案所列口径" in told
    assert store.settings(assessment.id)["assumption:ticks"].value == "默认"
    assert store.log(assessment.id)[0].subject == "四档赋分：方案所列口径"


def test_confirming_another_reading_changes_the_scheme_in_force(store):
    assessment = builders.county(store)
    at = opened()
    radio = next(radio for radio in at.radio if radio.label.startswith("四档赋分"))
    healthy(radio.set_value("100/85/75/60").run())
    healthy(at.button(key="confirm-ticks").click().run())
    assert store.settings(assessment.id)["assumption:ticks"].value == "100/85/75/60"
    radio = next(radio for radio in at.radio if radio.label.startswith("四档赋分"))
    captions = [caption.replace("\\", "") for caption in radio.proto.captions]
    assert captions[1].endswith("现行口径")
    assert captions[0].endswith("将改变1个等次：开平市 好→较好")


def test_contradictions_in_the_text_are_listed(store):
    builders.county(store)
    assert "正文作“精准帮扶”，附件2至附件4作“精准扶贫”" in words(opened())


@pytest.mark.parametrize(
    "scheme_id", ["guangdong-2019", "neimenggu-2018", "qujiang-2018", "ruyuan-2017", "dongxi-2019-city"]
)
def test_a_scheme_that_is_not_scored_yet_can_be_read(store, scheme_id):
    builders.county(store)
    at = opened(scheme=scheme_id)
    assert "**仅可查阅**" in words(at)
    assert not [button for button in at.button if button.label == "确认此项口径"]


def test_without_any_assessment_the_schemes_can_still_be_read(store):
    at = opened()
    assert at.title[0].value == "方案与口径"
    assert at.selectbox[0].options


def test_a_scheme_that_does_not_exist_in_the_address_is_passed_over(store):
    builders.county(store)
    assert "江扶字〔2020〕8号" in words(opened(scheme="../../etc/passwd"))


def test_an_assessment_without_marks_says_that_effects_cannot_be_seen_yet(store):
    builders.empty(store, "jiangmen-2020-county", "2020年县级")
    at = opened()
    radio = next(radio for radio in at.radio if radio.label.startswith("四档赋分"))
    assert "尚无评分，暂看不出影响" in radio.proto.captions[1]

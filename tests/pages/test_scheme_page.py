"""方案与口径: the document's text beside the rules, what became of each clause, its doubts, and all nine schemes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from components.navigation import SCHEME
from data.register import counts, of_scheme
from data.schemes import scheme_ids
from data.store import Store
from tests.pages import builders

PAGE = str(Path(__file__).resolve().parents[2] / "pages/rules/scheme.py")
TABS = ["条款与规则", "条款落实", "原文存疑", "口径", "权重与赋分", "指标", "步骤与期限"]


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


def test_the_number_of_a_clause_may_be_typed_in_any_width(store):
    builders.county(store)
    told = words(opened(clause=" 六(五) "))
    assert "**六（五）　综合评价**" in told
    assert "**六（六）" not in told


def test_the_number_of_a_chapter_finds_what_lies_beneath_it(store):
    builders.county(store)
    told = words(opened(clause="五"))
    assert all(f"**五（{no}）" in told for no in "一二三四")
    assert "**六　" not in told


def test_several_words_are_found_in_any_order_and_across_printed_blanks(store):
    told = words(opened(scheme="guangdong-2019", clause="对口帮扶任务 14个地级市党委"))
    assert "**二　考核对象**" in told
    assert ":blue-background[14 个地级市党委]" in told
    assert "**三　考核时间**" not in told


def test_a_clause_without_a_rule_of_its_own_says_where_it_went(store):
    builders.county(store)
    told = words(opened(clause="二"))
    assert ":green-badge[已落实]　“市主要考核评估各市（区）党委和政…”　考核对象名单“市（区）”" in told
    assert "见方案“2020年江门市 · 镇级”：考核对象名单“蓬江区”" in told


def test_a_clause_that_is_left_out_says_why(store):
    builders.county(store)
    told = words(opened(clause="八（二）"))
    assert ":orange-badge[未纳入]　“逐级组织开展考核评估队伍全员培训”　:gray[培训完成率属组织工作，不影响得分]" in told


def test_a_doubt_stands_beside_the_clause_it_speaks_of(store):
    builders.county(store)
    at = opened(clause="六（三）")
    assert "统计截止与交叉考核完成同为11月30日" in words(at)


def test_implied_weights_are_shown_as_fraction_and_percent(store):
    builders.county(store)
    assert "11/19＝57.9%" in words(opened(view="权重与赋分"))


def test_the_readings_are_listed_with_the_way_to_confirm_them(county_store, visit):
    at = visit(SCHEME, view="口径")
    told = words(at)
    assert "11项原文未规定、按口径处理" in told
    assert "另一种口径：100/85/75/60" in told
    assert any("逐项确认" in link.proto.label for link in at.get("page_link"))


def test_contradictions_in_the_text_are_listed_with_the_clause_itself(store):
    builders.county(store)
    told = words(opened(view="原文存疑"))
    assert "正文作“精准帮扶”，附件2至附件4作“精准扶贫”" in told
    assert "**四（二）　:blue-background[精准帮扶]**" in told
    assert "**四（三）" not in told


def test_the_register_tells_of_every_clause_and_counts_them(store):
    builders.county(store)
    at = opened(view="条款落实")
    told = words(at)
    rows = of_scheme("jiangmen-2020-county")
    assert len(rows) == 68
    assert f"逐一列出68条：已落实{counts(rows)['implemented']}条" in told
    assert len(at.table[0].value) == 68
    assert "等次限制“当年在扶贫领域" in told
    assert "“情形登记”页" in told


def test_the_register_can_be_narrowed_to_what_is_left_out_and_searched(store):
    builders.county(store)
    at = opened(view="条款落实")
    healthy(at.get("button_group")[0].set_value("left_out").run())
    left_out = at.table[0].value
    assert len(left_out) == counts(of_scheme("jiangmen-2020-county"))["left_out"]
    assert all("未纳入" in cell for cell in left_out["落实情况"])
    seek = next(box for box in at.text_input if box.label == "查找条款")
    healthy(seek.set_value("培训").run())
    assert len(at.table[0].value) < len(left_out)
    healthy(seek.set_value("没有这样的话").run())
    assert "没有符合的条款" in words(at)


def test_a_clause_in_the_register_leads_to_its_text(store):
    builders.county(store)
    at = opened(view="条款落实", scheme="neimenggu-2018")
    first = at.table[0].value["条款"].iloc[3]
    assert first == "[第二条](?a=1&scheme=neimenggu-2018&clause=%E7%AC%AC%E4%BA%8C%E6%9D%A1)"


def test_the_two_documents_of_one_paper_are_kept_apart(store):
    province = words(opened(scheme="guangdong-2019", clause="八"))
    cooperation = words(opened(scheme="dongxi-2019-city", clause="八"))
    assert "**八　保障措施**" in province
    assert "结果及运用" not in province
    assert "**八　结果及运用**" in cooperation
    assert "保障措施" not in cooperation


@pytest.mark.parametrize("scheme_id", scheme_ids())
def test_every_view_of_every_scheme_can_be_opened(store, scheme_id):
    at = opened(scheme=scheme_id)
    for view in TABS:
        healthy(AppTest.run(_viewed(at, view)))
        assert len(words(at)) > 200, view


def _viewed(at: AppTest, view: str) -> AppTest:
    at.session_state["view"] = view
    return at


@pytest.mark.parametrize("scheme_id", scheme_ids())
def test_no_clause_of_any_scheme_is_without_rules_and_without_an_account_where_the_register_has_one(store, scheme_id):
    told = words(opened(scheme=scheme_id))
    assert [entry.id for entry in of_scheme(scheme_id) if entry.home not in told] == []


def test_without_any_assessment_the_schemes_can_still_be_read(store):
    at = opened()
    assert at.title[0].value == "方案与口径"
    assert at.selectbox[0].options


def test_choosing_another_scheme_keeps_the_view_and_forgets_the_search(store):
    builders.county(store)
    at = opened(clause="六（五）")
    healthy(at.selectbox[0].set_value("qujiang-2018").run())
    assert "**第一条**" in words(at)
    assert at.query_params["scheme"] in ("qujiang-2018", ["qujiang-2018"])
    assert at.text_input(key="clause").value == ""


def test_a_scheme_that_does_not_exist_in_the_address_is_passed_over(store):
    builders.county(store)
    assert "江扶字〔2020〕8号" in words(opened(scheme="../../etc/passwd"))


def test_a_view_that_does_not_exist_in_the_address_is_passed_over(store):
    builders.county(store)
    assert "**六（五）　综合评价**" in words(opened(view="<b>无</b>"))

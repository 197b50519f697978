"""方案编制 without a browser: beginning from a template, what stands on each tab, and each state's way on."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from components.navigation import EDITOR
from data.schemes import scheme_ids, scheme_text
from data.store import OwnScheme, Store

TABS = ["基本信息", "考核方式", "指标", "等次与计分", "情形与限制", "结果运用", "名单", "步骤", "YAML", "预览", "版本与差异", "办理"]


def own(store: Store, scheme_id: str = "jiangmen-2020-county", title: str = "2027年甲市考核") -> OwnScheme:
    return store.create_scheme(title, scheme_text(scheme_id), "李经办", "《模板》")


def words(at: AppTest) -> str:
    told = [element.value for element in (*at.markdown, *at.caption, *at.info, *at.error, *at.subheader, *at.title, *at.warning)]
    return "\n".join([*told, *(str(table.value.to_csv(index=False)) for table in at.table)]).replace("\\", "").replace("\u2060", "")


def tab(at: AppTest, name: str) -> AppTest:
    at.session_state["editor-tab"] = name
    at.run()
    assert not at.exception, at.exception[0].stack_trace
    return at


def test_an_empty_store_offers_the_ways_to_begin(page_store, visit: Callable[..., AppTest]):
    at = visit(EDITOR)
    assert at.selectbox(key="editor-template").options[0].startswith("2026年县（市、区）常态化精准帮扶工作考核（模板）")
    assert "文号、成文日期、统计时间和各步骤期限清空" in words(at)


def test_a_draft_from_a_template_is_kept_and_opened(page_store: Store, visit):
    at = visit(EDITOR)
    at.selectbox(key="editor-template").set_value("jiangmen-2020-county").run()
    at.text_input(key="editor-year-jiangmen-2020-county").set_value("2027").run()
    at.button(key="editor-create").click().run()
    assert not at.exception
    (made,) = page_store.own_schemes()
    assert made.title == "2027年江门市县级党委和政府扶贫开发成效考核"
    assert (made.state, made.based_on) == ("draft", "jiangmen-2020-county")
    assert "由《2020年江门市县级党委和政府扶贫开发成效考核》新建" in words(visit(EDITOR))
    assert "没有须改正之处。" in words(at)
    assert "待填：印发文号、成文日期、统计时间未填；步骤7项未填完成期限" in words(at)


def test_a_draft_is_compared_with_its_template_until_it_has_an_earlier_revision(page_store, visit):
    other = page_store.create_scheme("别的方案", scheme_text("ruyuan-2017"), "李经办")
    made = page_store.create_scheme("2027年方案", scheme_text("jiangmen-2020-county"), "李经办", "jiangmen-2020-county")
    at = tab(visit(EDITOR, scheme=str(made.id)), "版本与差异")
    before = at.selectbox(key=f"editor-before-{made.id}-1")
    assert before.value == "模板：《2020年江门市县级党委和政府扶贫开发成效考核》"
    assert f"其他方案：{other.title}" in " ".join(before.options)
    page_store.save_scheme(made.id, made.text.replace("weight: 40", "weight: 45").replace("weight: 30", "weight: 25", 1), "李经办", 1)
    at = tab(visit(EDITOR, scheme=str(made.id)), "版本与差异")
    assert at.selectbox(key=f"editor-before-{made.id}-2").value.startswith("第1版")


def test_a_year_that_is_none_is_told(page_store, visit):
    at = visit(EDITOR)
    at.text_input(key="editor-year-template-2026-county").set_value("明年").run()
    at.button(key="editor-create").click().run()
    assert "年度应写成四位数字，如2026。" in words(at)


@pytest.mark.parametrize("scheme_id", scheme_ids())
def test_every_tab_of_every_scheme_is_drawn(page_store, visit, scheme_id):
    made = own(page_store, scheme_id)
    at = visit(EDITOR, scheme=str(made.id))
    for name in TABS:
        tab(at, name)


def test_a_faulty_draft_says_where_and_cannot_be_taken_further(page_store: Store, visit):
    made = own(page_store)
    page_store.save_scheme(made.id, made.text.replace("weight: 40", "weight: 41"), "李经办", made.revision)
    at = tab(visit(EDITOR, scheme=str(made.id)), "考核方式")
    assert "有1处须改正：“考核方式”1处。" in words(at)
    assert "各考核方式权重合计为101，应为100" in words(at)
    assert "权重合计101，超出1；应为100" in words(at)
    tab(at, "办理")
    assert at.button(key="editor-step").disabled
    tab(at, "预览")
    assert "改正后即可预览" in words(at)


def test_a_text_that_is_no_yaml_sends_one_to_the_yaml(page_store: Store, visit):
    made = own(page_store)
    page_store.save_scheme(made.id, "title: 甲\n  short: 乙\n", "李经办", made.revision)
    at = visit(EDITOR, scheme=str(made.id))
    assert "YAML文本有语法错误" in words(at)
    for name in TABS:
        tab(at, name)


def test_from_draft_to_in_force_each_step_is_looked_at_twice(page_store: Store, visit):
    made = own(page_store)
    at = tab(visit(EDITOR, scheme=str(made.id)), "办理")
    for state, paper in (("agreed", ""), ("filed", "江备〔2027〕1号"), ("in_force", "")):
        at.button(key="editor-step").click().run()
        assert "请再核对一遍" in words(at)
        if paper:
            at.button(key="editor-confirm").click().run()
            assert "备案文号不能为空" in words(at)
            at.text_input(key=f"editor-paper-{made.id}-agreed").set_value(paper).run()
        at.button(key="editor-confirm").click().run()
        assert not at.exception
        assert page_store.own_scheme(made.id).state == state
    assert not [button for button in at.button if button.key == "editor-save"]
    at.button(key="editor-next-year").click().run()
    assert at.selectbox(key="editor-template").value == f"own-{made.id}"
    assert at.text_input(key=f"editor-year-own-{made.id}").value == "2028", "the year after the template's"


def test_the_number_of_a_filing_that_was_sent_back_stands_ready_at_the_next(page_store: Store, visit):
    made = own(page_store)
    page_store.advance_scheme(made.id, "李经办", 1, "会议纪要1号")
    page_store.advance_scheme(made.id, "李经办", 2, "江备〔2027〕1号")
    page_store.return_scheme(made.id, "李经办", "权重有误", 3)
    at = visit(EDITOR)
    assert "原备案文号江备〔2027〕1号" in words(at)
    at = tab(visit(EDITOR, scheme=str(made.id)), "办理")
    for state, paper in (("draft", "会议纪要1号"), ("agreed", "江备〔2027〕1号")):
        at.button(key="editor-step").click().run()
        assert at.text_input(key=f"editor-paper-{made.id}-{state}").value == paper
        at.button(key="editor-confirm").click().run()
        assert not at.exception
    assert page_store.own_scheme(made.id).paper == "江备〔2027〕1号"


def test_a_draft_from_an_own_scheme_is_compared_with_the_revision_it_was_made_from(page_store: Store, visit):
    first = own(page_store, title="同名")
    own(page_store, "ruyuan-2017", "同名")
    page_store.save_scheme(first.id, first.text.replace("减贫成效", "帮扶成效"), "李经办", 1)
    at = visit(EDITOR)
    at.selectbox(key="editor-template").set_value(f"own-{first.id}").run()
    at.button(key="editor-create").click().run()
    made = page_store.own_schemes()[-1]
    assert made.based_on == f"own-{first.id}-2"
    tab(at, "办理").button(key="editor-step").click().run()
    assert "与《同名》相比，本方案的不同之处" in words(at)
    assert "减贫成效" not in words(at), "what the revision copied says, too, is no difference"


def test_versions_are_listed_and_compared(page_store: Store, visit):
    made = own(page_store)
    page_store.save_scheme(made.id, made.text.replace("weight: 40", "weight: 41"), "王复核", made.revision, "试一试")
    at = tab(visit(EDITOR, scheme=str(made.id)), "版本与差异")
    assert "试一试" in words(at)
    assert "考核方式 → 交叉考核 → 权重,40,41" in words(at), "while one is faulty, cell by cell"
    page_store.save_scheme(made.id, made.text.replace("weight: 40", "weight: 10").replace("weight: 30", "weight: 45"), "王复核", 2)
    tab(at, "版本与差异")
    at.selectbox(key=f"editor-before-{made.id}-3").set_value("第1版（草案）").run()
    assert "可能影响得分或等次" in words(at)


def test_a_removed_draft_is_listed_apart_and_can_be_restored(page_store: Store, visit):
    made = own(page_store)
    at = tab(visit(EDITOR, scheme=str(made.id)), "办理")
    at.text_input(key=f"editor-remove-{made.id}-1").set_value("重复").run()
    at.button(key="editor-remove").click().run()
    assert not at.exception
    assert page_store.own_schemes() == []
    assert "已移除的草案（1）" in [one.label for one in at.expander]
    assert f"{made.title}：第2版" in words(at)
    at.text_input(key=f"editor-why-{made.id}-2").set_value("移错了").run()
    at.button(key=f"editor-restore-{made.id}").click().run()
    assert not at.exception
    assert [(one.state, one.note) for one in page_store.own_schemes()] == [("draft", "移错了")]

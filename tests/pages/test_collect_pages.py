"""数据上报, 催报进度, 等次限制, 操作日志 and 年度考核 as a clerk uses them, over a store of their own."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from fractions import Fraction

import pytest
from streamlit.testing.v1 import AppTest

from components import session
from components.navigation import ASSESSMENTS, LIMITS, PROGRESS, UPLOAD
from data.schemes import scheme_text
from data.store import Assessment, Store, StoreProblem, UnitRow
from scoring.marks import Mark, Sheet
from tests.pages.county_hands import (
    RULES,
    UNITS,
    WAYS,
    drop,
    form,
    keys,
    nameless,
    opened,
    press,
    settle,
    text,
    ticks,
    two_ticks,
)

# 数据上报


def test_of_21_files_twenty_are_fine_and_one_asks_whose_it_is(page_store: Store, assessment: Assessment) -> None:
    sheets = [ticks(unit, way) for unit in UNITS for way in WAYS]
    files = [(f"{s.unit}{WAYS[s.component]}.xlsx", form(s)) for s in sheets[:-1]]
    at = drop(opened(UPLOAD), *files, ("最后一份.xlsx", nameless(sheets[-1])))
    assert "共21份文件：可收20份，待回答1份。" in text(at)
    assert at.button(key="take").label == "确认上报 20 份"
    at.selectbox(key=next(s.key for s in at.selectbox if str(s.key).startswith("unit-"))).select("恩平市")
    settle(at)
    press(at, keys(at, "answer-")[0])
    assert "共21份文件：可收21份。" in text(at)
    at.text_input(key="actor-box").set_value("张三")
    press(at, "take")
    assert "已上报21份评分表，涉及7个考核对象。" in text(at)
    assert len(page_store.submissions(assessment.id)) == 21
    assert {one.actor for one in page_store.submissions(assessment.id)} == {"张三"}
    assert not keys(at, "take")


def test_nothing_is_stored_before_it_is_confirmed(page_store: Store, assessment: Assessment) -> None:
    drop(opened(UPLOAD), ("a.xlsx", form(ticks("蓬江区", "cross"))))
    assert page_store.submissions(assessment.id) == []


def test_dropped_files_are_still_there_after_another_page_was_opened(page_store: Store, assessment: Assessment) -> None:
    at = drop(opened(UPLOAD), ("a.xlsx", form(ticks("蓬江区", "cross"))))
    at.switch_page(PROGRESS).run().switch_page(UPLOAD).run()
    assert "共1份文件：可收1份。" in text(at)


def test_two_ticks_are_returned_with_their_cells_and_the_mended_file_takes_their_place(
    page_store: Store, assessment: Assessment
) -> None:
    good, bad = ticks("蓬江区", "cross"), ticks("江海区", "cross")
    at = drop(opened(UPLOAD), ("好.xlsx", form(good)), ("江海.xlsx", two_ticks(bad)))
    assert "第1项两格都打了√（E5、F5）" in text(at)
    assert "保留一个√" in text(at)
    press(at, "take")
    assert [one.unit for one in page_store.submissions(assessment.id)] == ["蓬江区"]
    assert "第1项两格都打了√" in text(at), "what was returned stays listed"
    drop(at, ("江海.xlsx", form(bad)))
    assert "共1份文件：可收1份。" in text(at)
    press(at, "take")
    assert {one.unit for one in page_store.submissions(assessment.id)} == {"蓬江区", "江海区"}


def test_what_can_be_taken_is_confirmed_above_what_goes_back(page_store: Store, assessment: Assessment) -> None:
    sent = [(f"{unit}.xlsx", two_ticks(ticks(unit, "cross"))) for unit in UNITS[1:3]]
    at = drop(opened(UPLOAD), ("好.xlsx", form(ticks("蓬江区", "cross"))), *sent)
    drawn = list(at.main)
    buttons = [place for place, each in enumerate(drawn) if getattr(each, "key", None) == "take"]
    back = [place for place, each in enumerate(drawn) if ":material/cancel: 退回" in str(getattr(each, "value", ""))]
    assert (len(buttons), len(back)) == (1, 2)
    assert buttons[0] < min(back)


def test_a_replacement_says_which_marks_differ_and_what_becomes_of_the_result(
    page_store: Store, assessment: Assessment
) -> None:
    for way in WAYS:
        page_store.take(assessment.id, "旧.xlsx", way.encode(), [ticks("蓬江区", way, _14="一般")], "李四")
    at = drop(opened(UPLOAD), ("新.xlsx", form(ticks("蓬江区", "cross"))))
    assert "替换：第1次→第2次；第14项 一般→较好" in text(at)
    # one 一般 in nineteen: 85 − 10/19 = 84.4737; with none in the cross form: 85 − 0.6·10/19 = 84.6842
    assert "84.47分 ◆ 较好" in text(at)
    assert "84.68分 ◆ 较好" in text(at)
    press(at, "take")
    assert max(one.revision for one in page_store.submissions(assessment.id)) == 2


def test_what_is_already_there_is_not_taken_again(page_store: Store, assessment: Assessment) -> None:
    at = drop(opened(UPLOAD), ("a.xlsx", form(ticks("蓬江区", "cross"))))
    press(at, "take")
    drop(at, ("b.xlsx", form(ticks("蓬江区", "cross"))))
    assert "无变化，与现用的第1次相同" in text(at)
    assert at.button(key="take").disabled
    assert len(page_store.history(assessment.id)) == 1


def test_two_files_of_the_same_unit_and_component_are_both_held_back_by_name(
    page_store: Store, assessment: Assessment
) -> None:
    at = drop(opened(UPLOAD), ("甲.xlsx", form(ticks("蓬江区", "cross"))),
              ("乙.xlsx", form(ticks("蓬江区", "cross", "好"))), ("丙.xlsx", form(ticks("江海区", "cross"))))  # fmt: skip
    assert "蓬江区的交叉考核同时出现在《甲.xlsx》、《乙.xlsx》" in text(at)
    assert at.button(key="take").label == "确认上报 1 份"
    press(at, next(key for key in keys(at, "drop-") if "乙" in at.button(key=key).label))
    assert at.button(key="take").label == "确认上报 2 份"


def test_a_confirmation_of_what_somebody_changed_meanwhile_takes_nothing(
    page_store: Store, assessment: Assessment
) -> None:
    at = drop(opened(UPLOAD), ("a.xlsx", form(ticks("蓬江区", "cross"))))
    page_store.take(assessment.id, "别人.xlsx", b"x", [ticks("蓬江区", "cross", "好")], "李四")
    press(at, "take")
    assert "已被他人更新" in text(at)
    assert [one.actor for one in page_store.submissions(assessment.id)] == ["李四"]
    assert "替换：第1次→第2次" in text(at)
    press(at, "take")
    assert [one.revision for one in page_store.submissions(assessment.id)] == [2]


def test_a_confirmation_of_what_counts_already_says_that_nothing_was_changed(
    page_store: Store, assessment: Assessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second click, or another tab, brought just this in the last moment."""
    take = Store.take

    def too_late(self: Store, key: int, name: str, content: bytes, sheets: list[Sheet], actor: str, **more: object):
        take(self, key, name, content, sheets, "李四")
        return take(self, key, name, content, sheets, actor, **more)  # type: ignore[arg-type]

    at = drop(opened(UPLOAD), ("a.xlsx", form(ticks("蓬江区", "cross"))))
    clock = session.now
    monkeypatch.setattr(Store, "take", too_late)
    monkeypatch.setattr(session, "now", lambda: clock() + timedelta(minutes=1))  # begun after the other was done
    press(at, "take")
    assert "1份评分表的内容与现用的一份相同，未作改动。" in text(at)
    assert [one.actor for one in page_store.history(assessment.id)] == ["李四"]
    assert len(page_store.log()) == 2


def test_an_answer_about_a_file_holds_for_one_assessment_only(page_store: Store, assessment: Assessment) -> None:
    at = drop(opened(UPLOAD), ("a.xlsx", nameless(ticks("蓬江区", "cross"))))
    at.selectbox(key=next(s.key for s in at.selectbox if str(s.key).startswith("unit-"))).select("蓬江区")
    settle(at)
    press(at, keys(at, "answer-")[0])
    assert at.button(key="take").label == "确认上报 1 份"
    rows = [UnitRow(unit.name, "county", unit.region) for unit in RULES.groups[0].units]
    other = page_store.create_assessment("2021年县级", RULES.id, scheme_text(RULES.id), RULES.hash, rows, "经办")
    settle(at)
    at.selectbox(key="assessment-box").select(other.id)
    settle(at)
    assert "共1份文件：待回答1份。" in text(at)
    at.selectbox(key="assessment-box").select(assessment.id)
    settle(at)
    assert at.button(key="take").label == "确认上报 1 份"


def test_what_was_confirmed_for_one_assessment_is_not_taken_by_another(
    page_store: Store, assessment: Assessment
) -> None:
    at = drop(opened(UPLOAD), ("a.xlsx", form(ticks("蓬江区", "cross"))))
    rows = [UnitRow(unit.name, "county", unit.region) for unit in RULES.groups[0].units]
    other = page_store.create_assessment("2021年县级", RULES.id, scheme_text(RULES.id), RULES.hash, rows, "经办")
    at.query_params["a"] = str(other.id)  # chosen in the moment of the press; both stand at version 1
    press(at, "take")
    assert "所选的年度考核已经改变" in text(at)
    assert page_store.submissions(assessment.id) == page_store.submissions(other.id) == []


def test_a_picture_or_a_pdf_is_returned_in_chinese(page_store: Store, assessment: Assessment) -> None:
    at = drop(opened(UPLOAD), ("扫描件.pdf", b"%PDF-1.4"))
    assert "不是电子表格" in text(at)
    assert "共1份文件：退回1份。" in text(at)


def test_a_refusal_that_names_a_file_shows_no_picture_from_elsewhere(
    page_store: Store, assessment: Assessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise StoreProblem("![](http://example.com/a.png)")

    at = drop(opened(UPLOAD), ("a.xlsx", form(ticks("蓬江区", "cross"))))
    monkeypatch.setattr(Store, "take", refuse)
    press(at, "take")
    assert at.error[0].value.startswith(r"\!\[\]\(")
    monkeypatch.setattr(Store, "create_assessment", refuse)
    at = press(opened(ASSESSMENTS), "new-create")
    assert at.error[0].value.startswith(r"\!\[\]\(")


def test_a_file_name_is_never_read_as_markdown(page_store: Store, assessment: Assessment) -> None:
    at = drop(opened(UPLOAD), ("**a**[x](y).xlsx", b"nothing"))
    assert any("\\*\\*a\\*\\*" in element.value for element in at.markdown)


def test_a_total_is_replaced_with_its_figures(page_store: Store, assessment: Assessment) -> None:
    def total(score: str) -> Sheet:
        return Sheet("蓬江区", "daily", (Mark(None, score=Fraction(score)),), "较好")

    page_store.take(assessment.id, "a.xlsx", b"a", [total("85")], "张三")
    at = drop(opened(UPLOAD), ("b.xlsx", form(replace(total("86.5"), opinion="较好"))))
    assert "总分 85→86.5" in text(at)


# 催报进度


def test_the_matrix_says_in_words_what_came_what_is_missing_and_what_is_late(
    page_store: Store, assessment: Assessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    for unit in UNITS[:-1]:
        page_store.take(assessment.id, f"{unit}.xlsx", unit.encode(), [ticks(unit, "cross")], "张三")
    at_noon = datetime(2020, 12, 1, 12, tzinfo=session.BEIJING)
    monkeypatch.setattr(session, "now", lambda: at_noon)
    at = opened(PROGRESS)
    assert not at.exception
    row = at.table[0].value.iloc[-1]
    assert row["市（区）"] == "恩平市"
    assert "逾期" in row["交叉考核"]
    assert "不计分" not in row["交叉考核"]
    assert "不计分，逾期" in row["自查自评"]
    assert "缺" in row["市级考核"]
    assert "已收" in at.table[0].value.iloc[0]["交叉考核"]
    assert "11月30日截止，已逾期1天" in text(at)
    assert "12月5日截止，还有4天" in text(at)
    assert "尚缺1个市（区）：恩平市" in text(at)


def test_a_withdrawal_needs_a_reason_and_can_be_undone(page_store: Store, assessment: Assessment) -> None:
    page_store.take(assessment.id, "a.xlsx", b"a", [ticks("蓬江区", "cross")], "张三")
    at = opened(PROGRESS)
    press(at, keys(at, "do-")[0])
    assert "撤回理由不能为空" in text(at)
    at.text_input(key=next(t.key for t in at.text_input if str(t.key).startswith("reason-"))).set_value("误传")
    press(at, keys(at, "do-")[0])
    assert page_store.submissions(assessment.id) == []
    assert "已撤回" in text(at)
    assert "本机用户撤回，理由：误传" in text(at)
    at.text_input(key=next(t.key for t in at.text_input if str(t.key).startswith("reason-"))).set_value("核实无误")
    press(at, keys(at, "do-")[0])
    assert len(page_store.submissions(assessment.id)) == 1
    assert "本机用户恢复，理由：核实无误" in text(at)
    assert "误传" not in text(at)


# 等次限制


def register(at: AppTest) -> AppTest:
    def field(collection, start: str):
        return next(one for one in collection if str(one.key).startswith(start))

    field(at.selectbox, "fact-unit-").select("蓬江区")
    field(at.selectbox, "fact-value-").select("记过")
    field(at.date_input, "fact-date-").set_value(datetime(2020, 6, 1).date())
    field(at.text_input, "fact-basis-").set_value("江纪〔2020〕12号")
    return press(at, keys(at, "fact-add-")[0])


def test_a_limit_needs_two_names_and_then_lowers_the_grade(page_store: Store, assessment: Assessment) -> None:
    for way in WAYS:
        page_store.take(assessment.id, f"{way}.xlsx", way.encode(), [ticks("蓬江区", way, "好")], "张三")
    at = opened(LIMITS)
    at.text_input(key="actor-box").set_value("张三")
    register(at)
    assert "待第二人核对后生效" in text(at)
    assert "核对属实后：等次由“好”变为“较好”" in text(at)
    press(at, keys(at, "confirm-")[0])
    assert "须由另一人署名后核对" in text(at)
    at.text_input(key="actor-box").set_value("李四")
    press(at, keys(at, "confirm-")[0])
    assert page_store.facts(assessment.id)[0].confirmed_by == "李四"
    assert at.table[0].value.iloc[0]["测算等次"] == "◆\u00a0较好"
    at.text_input(key=next(t.key for t in at.text_input if str(t.key).startswith("withdraw-reason-"))).set_value("有误")
    press(at, keys(at, "withdraw-do-")[0])
    assert page_store.facts(assessment.id) == []
    assert "目前没有市（区）的等次受到限制" in text(at)


def test_what_means_that_nothing_happened_cannot_be_registered(page_store: Store, assessment: Assessment) -> None:
    at = opened(LIMITS)
    at.selectbox(key=next(s.key for s in at.selectbox if str(s.key).startswith("fact-kind-"))).select("discipline")
    settle(at)
    values = next(s for s in at.selectbox if str(s.key).startswith("fact-value-"))
    assert values.options == ["相当于记过以上"]


def test_a_fact_without_its_paper_is_not_registered(page_store: Store, assessment: Assessment) -> None:
    at = opened(LIMITS)
    press(at, keys(at, "fact-add-")[0])
    assert "请填写市（区）、取值、日期、依据文号后再登记" in text(at)
    assert page_store.facts(assessment.id) == []

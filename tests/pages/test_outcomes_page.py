"""结果运用与整改 as an office uses it: what must be decided, the decision, and a problem on its way to being closed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from streamlit.testing.v1 import AppTest

from components.follow.outcome_forms import _number_like
from components.navigation import OUTCOMES
from data.store import Assessment, Finding, Store
from scoring.marks import Fact
from tests.data.locks import approve_bare
from tests.pages import builders

Visit = Callable[..., AppTest]


def text(at: AppTest) -> str:
    """All that stands on the page outside its fields."""
    said = [e.value for kind in (at.markdown, at.caption, at.success, at.error, at.warning) for e in kind]
    return "\n".join(said).replace("\\", "").replace("\u2060", "").replace("**", "").replace("\u00a0", " ")


def press(at: AppTest, key: str) -> AppTest:
    at.button(key=key).click().run()
    assert not at.exception, at.exception[0].stack_trace
    return at


def fill(at: AppTest, label: str, value: str) -> None:
    next(field for field in at.text_input if field.label == label).set_value(value)


def signed(at: AppTest, name: str) -> AppTest:
    at.text_input(key="actor-box").set_value(name).run()
    return at


def only(store: Store) -> Assessment:
    return store.assessments()[0]


def test_the_first_sentence_says_what_must_be_decided(county_store: Store, visit: Visit) -> None:
    said = text(visit(OUTCOMES))
    assert "请决定3项结果运用：拟表扬2个（鹤山市、蓬江区）、拟谈话提醒1个（江海区），依据六（六）。" in said
    assert "恩平市得分暂缺，按等次办理的表扬、谈话提醒待数据齐后确定。" in said
    assert "通报尚未登记：提交整改方案与报告的期限为通报之日起两个月。" in said
    assert "原文：对综合评价一般及以下或某些方面存在突出问题的市（区），由市扶贫开发领导小组对其进行谈话提醒" in said
    assert "市委组织部" in said


def test_a_draft_is_not_announced_and_the_page_leads_to_finalising(county_store: Store, visit: Visit) -> None:
    at = visit(OUTCOMES)
    assert "本年度考核尚未定稿，定稿后方可登记通报。" in text(at)
    assert not [button for button in at.button if button.key == "notice-open"]
    assert [each for each in at.get("page_link") if each.proto.label == "去年度考核定稿"]


def test_a_result_that_is_not_approved_is_not_announced_and_the_page_leads_to_审定(  # noqa: N802
    county_store: Store, visit: Visit
) -> None:
    builders.last_sheet(county_store, only(county_store))
    county_store.finalise(only(county_store).id, "张三")
    at = visit(OUTCOMES)
    assert "考核结果尚未批复，批复后方可登记通报。" in text(at)
    assert not [button for button in at.button if button.key == "notice-open"]
    assert [each for each in at.get("page_link") if each.proto.label == "去锁定与审定"]


def test_the_notices_number_is_asked_for_as_this_documents_office_writes_it(county_store: Store, visit: Visit) -> None:
    builders.last_sheet(county_store, only(county_store))
    county_store.finalise(only(county_store).id, "张三")
    approve_bare(county_store, only(county_store).id)
    at = press(visit(OUTCOMES), "notice-open")
    assert next(field for field in at.text_input if field.label == "通报文号").placeholder == "江扶字〔2020〕×号"
    assert _number_like("粤农扶组〔2019〕31号") == "粤农扶组〔2019〕×号"
    assert _number_like("") == "如：机关代字〔年份〕×号"


def test_a_notice_sets_the_last_day(county_store: Store, visit: Visit) -> None:
    builders.last_sheet(county_store, only(county_store))
    county_store.finalise(only(county_store).id, "张三")
    approve_bare(county_store, only(county_store).id)
    at = press(visit(OUTCOMES), "notice-open")
    next(field for field in at.date_input if field.label == "通报日期").set_value(date(2020, 12, 31))
    press(at, "notice-save")
    assert "通报文号不能为空" in text(at), "the form stays open and says what is missing"
    fill(at, "通报文号", "江扶字〔2020〕9号")
    press(at, "notice-save")
    said = text(at)
    assert "已于2020-12-31通报（江扶字〔2020〕9号）：提交整改方案与报告限2021-02-28前（含当日），已逾期" in said
    assert "已登记通报：2020-12-31。" in said


def test_a_notice_of_a_day_that_has_not_come_is_refused_in_words(county_store: Store, visit: Visit) -> None:
    builders.last_sheet(county_store, only(county_store))
    county_store.finalise(only(county_store).id, "张三")
    approve_bare(county_store, only(county_store).id)
    at = press(visit(OUTCOMES), "notice-open")
    next(field for field in at.date_input if field.label == "通报日期").set_value(date(2099, 12, 31))
    fill(at, "通报文号", "江扶字〔2020〕9号")
    press(at, "notice-save")
    assert "通报日期2099-12-31在今天（" in text(at)
    assert county_store.notice(only(county_store).id) is None


def test_an_outcome_stays_proposed_until_a_person_decides(county_store: Store, visit: Visit) -> None:
    at = press(signed(visit(OUTCOMES), "张三"), "decide-1:谈话提醒-江海区")
    press(at, "decide-save")
    assert "请选择采纳、不采纳或暂缓。" in text(at), "nothing is chosen for the meeting"
    at.button_group[0].set_value("refused").run()
    press(at, "decide-save")
    assert "决定“不采纳”须写明理由" in text(at)
    fill(at, "理由（不采纳、暂缓必填）", "已另行约谈")
    press(at, "decide-save")
    assert "已登记江海区“谈话提醒”的决定：不采纳。" in text(at)
    (made,) = county_store.decisions(only(county_store).id)
    assert (made.ruling.unit, made.ruling.choice, made.ruling.reason, made.actor) == (
        "江海区",
        "refused",
        "已另行约谈",
        "张三",
    )
    assert "请决定2项结果运用" in text(at)


def test_one_meeting_decides_of_several_units_at_once(county_store: Store, visit: Visit) -> None:
    at = press(visit(OUTCOMES), "decide-all-0:表扬")
    at.button_group[0].set_value("adopted").run()
    press(at, "decide-save")
    assert {one.ruling.unit for one in county_store.decisions(only(county_store).id)} == {"鹤山市", "蓬江区"}
    assert not [button for button in at.button if button.key == "decide-all-0:表扬"], "nothing is left to decide"


def test_problems_are_taken_over_one_by_one_and_never_silently(county_store: Store, visit: Visit) -> None:
    at = visit(OUTCOMES)
    assert county_store.rectifications(only(county_store).id) == []
    press(at, "offer-江海区-指标第13项")
    (item,) = county_store.rectifications(only(county_store).id)
    assert item.finding.problem == "第13项“消费扶贫情况”：交叉考核一般，市级考核一般"
    assert "已将江海区的1条问题列入整改台账。" in text(at)
    assert not [button for button in at.button if button.key == "offer-江海区-指标第13项"]


def test_a_problem_is_closed_by_a_second_person_with_evidence(county_store: Store, visit: Visit) -> None:
    made = only(county_store)
    county_store.add_rectifications(made.id, [Finding("江海区", "台账不齐", due=date(2020, 12, 1))], "张三")
    at = signed(visit(OUTCOMES), "张三")
    assert "整改台账1条，已销号0条，逾期1条（江海区）。" in text(at)
    assert "■ 已逾期" in text(at)
    press(at, "report-1")
    press(at, "report-save")
    assert "佐证说明不能为空" in text(at)
    fill(at, "佐证说明", "台账12本，存档案室")
    press(at, "report-save")
    assert "第1号尚未填写原因、整改措施、责任人（单位），不能报核。请先点“修改”补填，再报核。" in text(at)
    press(at, "edit-1")
    for label, words in (("原因", "经办更换"), ("整改措施", "逐户补齐"), ("责任人（单位）", "区扶贫办")):
        fill(at, label, words)
    press(at, "edit-save")
    press(at, "report-1")
    fill(at, "佐证说明", "台账12本，存档案室")
    press(at, "report-save")
    press(at, "review-1")
    press(at, "close-save")
    assert "须由另一人署名核对后销号" in text(at)
    signed(at, "李四")
    press(at, "close-save")
    assert "第1号已销号。" in text(at)
    (item,) = county_store.rectifications(made.id)
    assert (item.status, item.reported_by, item.closed_by) == ("closed", "张三", "李四")


def test_a_form_open_while_another_changes_the_item_does_not_write_over_it(county_store: Store, visit: Visit) -> None:
    made = only(county_store)
    (item,) = county_store.add_rectifications(made.id, [Finding("江海区", "台账不齐")], "张三")
    at = press(visit(OUTCOMES), "edit-1")
    fill(at, "整改措施", "我的措施")
    county_store.edit_rectification(item.id, Finding("江海区", "台账不齐", measure="他人的措施"), "doing", "李四")
    press(at, "edit-save")
    assert "已被他人更新，本次操作未生效" in text(at)
    assert county_store.rectifications(made.id)[0].finding.measure == "他人的措施"


def test_the_register_is_filtered_by_unit_and_state(county_store: Store, visit: Visit) -> None:
    findings = [Finding("江海区", "江海的问题", due=date(2020, 12, 1)), Finding("台山市", "台山的问题")]
    county_store.add_rectifications(only(county_store).id, findings, "张三")
    at = visit(OUTCOMES)
    at.selectbox(key="rectification-state").select("逾期").run()
    assert "江海的问题" in text(at)
    assert "台山的问题" not in text(at)
    at.selectbox(key="rectification-unit").select("台山市").run()
    assert "没有符合条件的问题。" in text(at)


def test_names_and_notes_are_never_markup(county_store: Store, visit: Visit) -> None:
    county_store.add_rectifications(only(county_store).id, [Finding("江海区", "[点我](/log) **粗** <b>")], "张三")
    at = visit(OUTCOMES)
    raw = "\n".join(e.value for e in at.markdown)
    assert "[点我](" not in raw
    assert "\\[点我\\]" in raw


def test_a_decision_whose_ground_is_gone_is_put_before_a_person(county_store: Store, visit: Visit) -> None:
    made = only(county_store)
    row = county_store.add_fact(made.id, Fact("台山市", "prominent", "有", "2020-11-20", "江督〔2020〕3号"), "", "张三")
    county_store.confirm_fact(row.id, "李四")
    at = press(visit(OUTCOMES), "decide-1:谈话提醒-台山市")
    at.button_group[0].set_value("adopted").run()
    press(at, "decide-save")
    county_store.withdraw_fact(row.id, "李四", "查否")
    at.run()
    assert "已登记“谈话提醒”的决定（采纳），按现在的结果不再拟办，请复核" in text(at)


def test_qujiang_shows_its_ladder_and_how_far_a_town_has_come(page_store: Store, visit: Visit) -> None:
    made = builders.empty(page_store, "qujiang-2018", "曲江")
    row = page_store.add_fact(made.id, Fact("大塘镇", "missed", "有", "2018-12-31", "曲扶〔2019〕1号"), "", "张三")
    page_store.confirm_fact(row.id, "李四")
    said = text(visit(OUTCOMES))
    assert "本方案不打分、不评等次：有下列情形的，由轻到重处理。" in said
    assert "处理至第2级“约谈并限期整改”" in said
    assert "约谈对象：相关镇、单位主要负责人" in said
    assert "1. 区扶贫开发领导小组审议" in said


def test_guangdong_says_that_grades_are_by_judgement_and_whom_it_cannot_name(page_store: Store, visit: Visit) -> None:
    builders.empty(page_store, "guangdong-2019", "广东")
    said = text(visit(OUTCOMES))
    assert "目前没有需要决定的结果运用。" in said
    assert "等次由评议确定，系统不测算；按等次办理的谈话提醒待等次审定后确定。" in said
    assert "原文未规定，本系统口径：七写“于两个月内”，起算点未写；自通报之日起算" in said
    assert "对县（市、区）：谈话提醒" in said
    assert "本方案没有县（市、区）的得分，名单无法由系统提出，由省扶贫办认定。" in said

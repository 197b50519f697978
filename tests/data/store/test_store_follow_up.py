"""结果运用 as kept: the notice, decisions on what is proposed, and the 整改台账 with its second person."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import update

from data.access import Duty, Person
from data.store import Assessment, Finding, Moved, Rectification, Ruling, Store, StoreProblem
from data.store.tables import rectification
from tests.data.locks import approve_bare

TALK = Ruling("台山市", "1:谈话提醒", "谈话提醒", "adopted")
MEETING = replace(TALK, held=date(2021, 1, 12), attended=("领导小组组长", "市委组织部"), evidence="会议纪要〔2021〕1号")
FOUND = Finding(
    "台山市", "第14项资金使用进度偏慢", "项目前期工作滞后", "逐项目倒排工期", "市财政局", date(2021, 2, 20), "指标14"
)


@pytest.fixture
def item(store: Store, assessment: Assessment) -> Rectification:
    return store.add_rectifications(assessment.id, [FOUND], "张三")[0]


@pytest.fixture
def reported(store: Store, item: Rectification) -> Rectification:
    return store.report_rectification(item.id, "支付凭证12份，存资金股", "张三", ("凭证.pdf", b"%PDF"))


# 通报


def test_without_a_notice_there_is_none(store: Store, assessment: Assessment) -> None:
    assert store.notice(assessment.id) is None
    assert store.notice_history(assessment.id) == []


def test_nothing_is_announced_from_a_draft_and_the_way_on_is_told(store: Store, assessment: Assessment) -> None:
    with pytest.raises(StoreProblem, match="尚未定稿，不能登记或更正通报。请先在“年度考核”办结各项并定稿"):
        store.put_notice(assessment.id, date(2020, 12, 31), "江扶字〔2020〕9号", "", "张三")
    assert store.notice_history(assessment.id) == []
    store.finalise(assessment.id, "张三")
    with pytest.raises(StoreProblem, match="尚未批复，不能登记或更正通报。请先在“锁定与审定”登记审定和批复"):
        store.put_notice(assessment.id, date(2020, 12, 31), "江扶字〔2020〕9号", "", "张三")
    approve_bare(store, assessment.id)
    with pytest.raises(StoreProblem, match="通报日期2020-12-14早于批复日期2020-12-15"):
        store.put_notice(assessment.id, date(2020, 12, 14), "江扶字〔2020〕9号", "", "张三")
    assert store.put_notice(assessment.id, date(2020, 12, 31), "江扶字〔2020〕9号", "", "张三").state == "current"


def test_批复_is_not_taken_back_under_a_notice_that_announced_it(store: Store, assessment: Assessment) -> None:  # noqa: N802
    store.finalise(assessment.id, "张三")
    approve_bare(store, assessment.id)
    store.put_notice(assessment.id, date(2020, 12, 31), "江扶字〔2020〕9号", "", "张三")
    with pytest.raises(StoreProblem, match="已登记通报（江扶字〔2020〕9号），不能撤销批复"):
        store.withdraw_settling(assessment.id, "approved", "张三", "结果有变")
    store.withdraw_notice(assessment.id, "张三", "结果有变")
    store.withdraw_settling(assessment.id, "approved", "张三", "结果有变")
    assert "approved" not in store.settlings(assessment.id)


def test_a_corrected_notice_keeps_the_one_it_corrects(store: Store, assessment: Assessment) -> None:
    store.finalise(assessment.id, "张三")
    approve_bare(store, assessment.id)
    first = store.put_notice(assessment.id, date(2020, 12, 30), "江扶字〔2020〕9号", "", "张三")
    second = store.put_notice(assessment.id, date(2020, 12, 31), " 江扶字〔2020〕9号 ", "印发日有误", "李四")
    assert store.notice(assessment.id) == second
    assert (second.date, second.number, second.note) == (date(2020, 12, 31), "江扶字〔2020〕9号", "印发日有误")
    assert [(row.date, row.state) for row in store.notice_history(assessment.id)] == [
        (date(2020, 12, 31), "current"),
        (first.date, "replaced"),
    ]
    assert [entry.action for entry in store.log()[:2]] == ["更正通报", "登记通报"]
    assert store.log()[0].details["before"] == "2020-12-30（江扶字〔2020〕9号）"


def test_a_notice_needs_its_number(store: Store, assessment: Assessment) -> None:
    with pytest.raises(StoreProblem, match="通报文号不能为空，请填写后重试"):
        store.put_notice(assessment.id, date(2020, 12, 31), "　 ", "", "张三")
    assert store.notice_history(assessment.id) == []


def test_a_notice_recorded_by_mistake_is_withdrawn_with_a_reason_and_stays_on_record(
    store: Store, assessment: Assessment
) -> None:
    store.finalise(assessment.id, "张三")
    approve_bare(store, assessment.id)
    store.put_notice(assessment.id, date(2020, 12, 31), "江扶字〔2020〕9号", "", "张三")
    with pytest.raises(StoreProblem, match="撤销理由不能为空"):
        store.withdraw_notice(assessment.id, "张三", " ")
    store.withdraw_notice(assessment.id, "张三", "尚未批复")
    assert store.notice(assessment.id) is None
    assert [row.state for row in store.notice_history(assessment.id)] == ["withdrawn"]
    with pytest.raises(StoreProblem, match="还没有登记通报"):
        store.withdraw_notice(assessment.id, "张三", "再撤一次")


# 决定


def test_a_second_decision_replaces_the_first_and_both_stay(store: Store, assessment: Assessment) -> None:
    deferred = replace(TALK, choice="deferred", reason="待核实")
    store.decide(assessment.id, [deferred], "张三")
    (now,) = store.decide(assessment.id, [MEETING], "李四")
    assert store.decisions(assessment.id) == [now]
    assert now.ruling == MEETING
    history = store.decision_history(assessment.id, "台山市", "1:谈话提醒")
    assert [(row.ruling.choice, row.actor, row.state) for row in history] == [
        ("adopted", "李四", "current"),
        ("deferred", "张三", "replaced"),
    ]
    last = store.log()[0]
    assert (last.action, last.subject) == ("更改决定", "台山市：谈话提醒，采纳")
    assert last.details["before"] == "台山市暂缓"


def test_what_one_meeting_decides_of_several_units_is_one_line_of_the_log(store: Store, assessment: Assessment) -> None:
    before = len(store.log())
    rulings = [replace(TALK, unit=unit) for unit in ("台山市", "恩平市")]
    assert len(store.decide(assessment.id, rulings, "张三")) == 2
    assert len(store.log()) == before + 1
    assert store.log()[0].subject == "台山市、恩平市：谈话提醒，采纳"


@pytest.mark.parametrize("choice", ["refused", "deferred"])
def test_what_the_document_provides_for_is_not_set_aside_without_a_reason(
    store: Store, assessment: Assessment, choice: str
) -> None:
    with pytest.raises(StoreProblem, match="须写明理由"):
        store.decide(assessment.id, [replace(TALK, choice=choice)], "张三")
    assert store.decisions(assessment.id) == []


@pytest.mark.parametrize(
    ("rulings", "words"),
    [
        ([], "没有选择要登记决定的事项"),
        ([TALK, TALK], "出现了两次"),
        ([replace(TALK, unit="台山县")], "名单中没有“台山县”"),
        ([replace(TALK, unit=" ")], "考核对象名称不能为空"),
        ([replace(TALK, choice="maybe")], "没有“maybe”这种决定；可用：采纳、不采纳、暂缓"),
        ([TALK, replace(TALK, unit="恩平县")], "名单中没有“恩平县”"),
    ],
)
def test_decisions_are_taken_all_or_none(
    store: Store, assessment: Assessment, rulings: list[Ruling], words: str
) -> None:
    before = len(store.log())
    with pytest.raises(StoreProblem, match=words):
        store.decide(assessment.id, rulings, "张三")
    assert (store.decisions(assessment.id), len(store.log())) == ([], before)


def test_a_withdrawn_decision_leaves_the_outcome_proposed(store: Store, assessment: Assessment) -> None:
    (made,) = store.decide(assessment.id, [TALK], "张三")
    store.withdraw_decision(made.id, "张三", "录错单位")
    assert store.decisions(assessment.id) == []
    assert [row.state for row in store.decision_history(assessment.id, "台山市", "1:谈话提醒")] == ["withdrawn"]
    with pytest.raises(StoreProblem, match="已撤销或已被新的决定取代"):
        store.withdraw_decision(made.id, "张三", "再撤一次")


# 整改台账


def test_items_are_numbered_in_the_order_they_come_in(store: Store, assessment: Assessment) -> None:
    store.add_rectifications(assessment.id, [FOUND, Finding("恩平市", "台账不齐")], "张三")
    store.add_rectifications(assessment.id, [Finding("恩平市", "宣传不足")], "张三")
    listed = store.rectifications(assessment.id)
    assert [(row.item, row.finding.unit, row.status) for row in listed] == [
        (1, "台山市", "open"),
        (2, "恩平市", "open"),
        (3, "恩平市", "open"),
    ]
    assert listed[0].finding == FOUND


@pytest.mark.parametrize(
    ("findings", "words"),
    [
        ([], "没有选择要列入整改台账的问题"),
        ([Finding("台山市", " ")], "问题不能为空"),
        ([FOUND, Finding("台山县", "某问题")], "名单中没有“台山县”"),
    ],
)
def test_problems_are_entered_all_or_none(
    store: Store, assessment: Assessment, findings: list[Finding], words: str
) -> None:
    with pytest.raises(StoreProblem, match=words):
        store.add_rectifications(assessment.id, findings, "张三")
    assert store.rectifications(assessment.id) == []


def test_an_edit_keeps_unit_source_and_history(store: Store, assessment: Assessment, item: Rectification) -> None:
    changed = Finding("恩平市", "第14项资金支付率偏低", "同上", "按周调度", "台山市财政局", None, "别处")
    now = store.edit_rectification(item.id, changed, "doing", "李四")
    assert now.finding == replace(changed, unit="台山市", source="指标14")
    assert (now.item, now.revision, now.status, now.actor) == (1, 2, "doing", "李四")
    assert store.rectifications(assessment.id) == [now]
    assert [row.finding.problem for row in store.rectification_history(assessment.id, 1)] == [
        "第14项资金支付率偏低",
        FOUND.problem,
    ]


def test_an_item_changed_by_another_meanwhile_is_not_written_over(
    store: Store, assessment: Assessment, item: Rectification
) -> None:
    store.edit_rectification(item.id, replace(FOUND, owner="台山市财政局"), "doing", "李四")
    with pytest.raises(Moved, match="已被他人更新，本次操作未生效"):
        store.edit_rectification(item.id, replace(FOUND, owner="王五"), "doing", "王五")
    assert store.rectifications(assessment.id)[0].finding.owner == "台山市财政局"


def test_whoever_reports_an_item_mended_cannot_close_it(
    store: Store, assessment: Assessment, reported: Rectification
) -> None:
    assert (reported.status, reported.reported_by, reported.evidence) == ("reported", "张三", "支付凭证12份，存资金股")
    with pytest.raises(StoreProblem, match="由张三报整改完成，须由另一人署名核对后销号"):
        store.close_rectification(reported.id, " 张 三")
    closed = store.close_rectification(reported.id, "李四")
    assert (closed.status, closed.closed_by, closed.reported_by) == ("closed", "李四", "张三")
    assert closed.closed_at is not None
    assert closed.closed_at.utcoffset() is not None
    assert store.log()[0].action == "核对销号"


def test_whoever_is_renamed_is_no_second_person_to_the_own_report(store: Store, item: Rectification) -> None:
    checker = (Duty("fill"), Duty("review"))
    reported = store.by(Person("张三", "zhang", checker)).report_rectification(item.id, "见附件", "")
    with pytest.raises(StoreProblem, match="由张三报整改完成，须由另一人署名核对后销号"):
        store.by(Person("张三（财政局）", "Zhang", checker)).close_rectification(reported.id, "")
    namesake = store.by(Person("张三", "zhang2", checker))
    assert namesake.close_rectification(reported.id, "").status == "closed"


def test_what_is_sent_back_is_reported_by_nobody_any_more(store: Store, item: Rectification) -> None:
    checker = (Duty("fill"), Duty("review"))
    one, other = (store.by(Person(name, name, checker)) for name in ("甲", "乙"))
    back = other.send_back_rectification(one.report_rectification(item.id, "见附件", "").id, "", "凭证不全")
    assert one.close_rectification(other.report_rectification(back.id, "见附件", "").id, "").status == "closed"


def test_the_evidence_paper_is_kept_with_its_checksum(store: Store, reported: Rectification) -> None:
    assert reported.file_sha256 == hashlib.sha256(b"%PDF").hexdigest()
    assert store.original(reported.file_sha256) == ("凭证.pdf", b"%PDF")
    assert store.log()[0].details["sha256"] == reported.file_sha256


def test_no_item_is_reported_without_words_or_with_an_empty_paper(
    store: Store, assessment: Assessment, item: Rectification
) -> None:
    with pytest.raises(StoreProblem, match="佐证说明不能为空"):
        store.report_rectification(item.id, "  ", "张三", ("凭证.pdf", b"%PDF"))
    with pytest.raises(StoreProblem, match=r"《凭证\.pdf》是空文件"):
        store.report_rectification(item.id, "见附件", "张三", ("凭证.pdf", b""))
    assert store.rectifications(assessment.id) == [item]


@pytest.mark.parametrize(
    ("left", "words"),
    [
        ({"cause": ""}, "第1号尚未填写原因，不能报核"),
        ({"measure": " ", "owner": ""}, "第1号尚未填写整改措施、责任人（单位），不能报核。请先点“修改”补填"),
    ],
)
def test_no_item_is_reported_before_cause_measure_and_owner_are_written(
    store: Store, assessment: Assessment, left: dict[str, str], words: str
) -> None:
    (bare,) = store.add_rectifications(assessment.id, [replace(FOUND, **left)], "张三")
    with pytest.raises(StoreProblem, match=words):
        store.report_rectification(bare.id, "见附件", "张三")
    assert store.rectifications(assessment.id) == [bare]
    mended = store.edit_rectification(bare.id, FOUND, "doing", "张三")
    assert store.report_rectification(mended.id, "见附件", "张三").status == "reported"


def test_what_was_reported_half_written_by_an_earlier_version_is_not_closed(
    store: Store, reported: Rectification
) -> None:
    with store._database.writing() as connection:
        connection.execute(update(rectification).where(rectification.c.id == reported.id).values(cause=""))
    with pytest.raises(StoreProblem, match="第1号尚未填写原因，不能销号。请退回整改，补填后再报核"):
        store.close_rectification(reported.id, "李四")


def test_nothing_is_closed_that_was_not_reported(store: Store, item: Rectification) -> None:
    with pytest.raises(StoreProblem, match="状态为“未整改”，不能这样办理"):
        store.close_rectification(item.id, "李四")


def test_what_was_sent_back_must_be_reported_and_checked_anew(store: Store, reported: Rectification) -> None:
    with pytest.raises(StoreProblem, match="退回理由不能为空"):
        store.send_back_rectification(reported.id, "李四", "")
    back = store.send_back_rectification(reported.id, "李四", "凭证缺3份")
    assert (back.status, back.note, back.reported_by, back.evidence) == ("doing", "凭证缺3份", None, reported.evidence)
    again = store.report_rectification(back.id, "凭证15份", "王五")
    assert (again.note, again.file_sha256) == ("", reported.file_sha256), "a paper handed in before stays"
    assert store.close_rectification(again.id, "张三").status == "closed"


def test_a_closed_item_can_be_opened_again_with_a_reason(store: Store, reported: Rectification) -> None:
    closed = store.close_rectification(reported.id, "李四")
    again = store.send_back_rectification(closed.id, "王五", "回头看发现反弹")
    assert (again.status, again.closed_by, again.closed_at) == ("doing", None, None)


def test_a_struck_off_item_leaves_the_list_and_its_number_is_not_given_again(
    store: Store, assessment: Assessment, item: Rectification
) -> None:
    store.strike_rectification(item.id, "张三", "重复录入")
    assert store.rectifications(assessment.id) == []
    last = store.rectification_history(assessment.id, 1)[0]
    assert (last.state, last.note) == ("withdrawn", "重复录入")
    assert store.add_rectifications(assessment.id, [FOUND], "张三")[0].item == 2


def test_nothing_of_all_this_moves_the_version_and_the_log_holds(
    store: Store, assessment: Assessment, reported: Rectification
) -> None:
    final = store.finalise(assessment.id, "张三")
    approve_bare(store, assessment.id)
    store.put_notice(assessment.id, date(2020, 12, 31), "江扶字〔2020〕9号", "", "张三")
    store.decide(assessment.id, [TALK], "张三")
    assert store.version(assessment.id) == final.version
    assert store.verify_log() is None


def test_an_item_that_is_not_there_says_so(store: Store) -> None:
    with pytest.raises(StoreProblem, match="没有找到这条整改问题"):
        store.close_rectification(99, "李四")

"""申请: asked by one with a reason, granted or refused by another, and on record in one line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from data.access import Duty, Person
from data.log_text import details_text
from data.store import Assessment, NotAllowed, Store, StoreProblem, Submission
from scoring.marks import Sheet

Make = Callable[..., Sheet]


@pytest.fixture
def locked(store: Store, assessment: Assessment, sheet: Make) -> Submission:
    """A reviewed sheet of 蓬江区, 交叉考核."""
    store.set_review_required(assessment.id, True, "管理员")
    (made,) = store.take(assessment.id, "a.xlsx", b"a", [sheet()], "张三")
    store.hand_in([made.id], "张三")
    store.review([made.id], "李四")
    return made


@pytest.fixture
def final(store: Store, assessment: Assessment) -> Assessment:
    return store.finalise(assessment.id, "王五")


def test_a_second_person_unlocks_a_sheet_and_it_can_be_replaced_again(
    store: Store, assessment: Assessment, locked: Submission, sheet: Make
) -> None:
    version = store.version(assessment.id)
    asked = store.ask_unlock(locked.id, "张三", "第3项漏填")
    assert (asked.kind, asked.subject, asked.state, asked.actor) == ("unlock", locked.id, "asked", "张三")
    with pytest.raises(StoreProblem, match="复核锁定"):
        store.withdraw(locked.id, "张三", "有误")
    done = store.grant(asked.id, "王五", "同意，当日改正")
    assert (done.state, done.decided_by, done.answer) == ("granted", "王五", "同意，当日改正")
    (stage,) = store.stages(assessment.id)
    assert (stage.stage, stage.returned, stage.reviewed_by) == ("filled", "第3项漏填", None)
    assert store.version(assessment.id) == version
    store.take(assessment.id, "b.xlsx", b"b", [sheet(score="60")], "张三")


def test_an_unlocked_sheet_is_told_apart_from_one_sent_back_with_who_asked_and_who_agreed(
    store: Store, assessment: Assessment, locked: Submission
) -> None:
    store.grant(store.ask_unlock(locked.id, "张三", "第3项漏填").id, "王五")
    (unlocked,) = store.stages(assessment.id)
    assert unlocked.back
    assert (unlocked.word, unlocked.returned) == ("解锁", "第3项漏填")
    assert (unlocked.back.unlocked, unlocked.back.asked_by, unlocked.back.actor) == (True, "张三", "王五")
    with pytest.raises(StoreProblem, match="现为“解锁（王五）”，不能复核"):
        store.review([locked.id], "李四")

    store.hand_in([locked.id], "张三")
    assert [(one.word, one.back) for one in store.stages(assessment.id)] == [("提交", None)]
    sent = store.send_back(locked.id, "李四", "缺公章")
    assert [sent] == store.stages(assessment.id)
    assert sent.back
    assert (sent.word, sent.back.unlocked, sent.back.asked_by, sent.back.actor) == ("退回", False, "", "李四")
    assert store.stages(assessment.id)[0].back == sent.back


def test_one_line_of_the_log_says_who_unlocked_which_sheet_why_and_who_agreed(
    store: Store, assessment: Assessment, locked: Submission
) -> None:
    store.grant(store.ask_unlock(locked.id, "张三", "第3项漏填").id, "王五", "同意")
    entry = store.log(assessment.id)[0]
    assert (entry.action, entry.actor) == ("同意解锁评分表", "王五")
    assert entry.subject == "蓬江区的cross评分表（第1次）"
    assert details_text(entry, {"cross": "交叉考核"}) == (
        "考核方式：交叉考核；申请事项：解锁评分表；申请人：张三；复核人：李四；理由：第3项漏填；答复：同意"
    )


def test_whoever_asked_neither_grants_nor_refuses(store: Store, locked: Submission) -> None:
    asked = store.ask_unlock(locked.id, "张三", "漏填")
    for decide in (lambda: store.grant(asked.id, " 张 三"), lambda: store.refuse(asked.id, "张三", "不必")):
        with pytest.raises(StoreProblem, match="由张三提出，须由另一人署名办理"):
            decide()
    assert store.requests(locked.assessment) == [asked]


def test_whoever_has_the_role_elsewhere_learns_nothing_of_a_request(store: Store, locked: Submission) -> None:
    asked = store.ask_unlock(locked.id, "张三", "漏填")
    stranger = store.by(Person("钱七", "qian@example.org", (Duty("manage", locked.assessment + 1),)))
    attempts: tuple[Callable[[], object], ...] = (
        lambda: stranger.grant(asked.id, "x"), lambda: stranger.refuse(asked.id, "x", "不必"),
        lambda: stranger.withdraw_request(asked.id, "x"),
    )  # fmt: skip
    for _ in range(2):  # while it waits, and once somebody has decided on it
        for attempt in attempts:
            with pytest.raises(NotAllowed, match="您的账号没有这一权限") as refused:
                attempt()
            assert "张三" not in str(refused.value)
            assert "王五" not in str(refused.value)
        if store.requests(locked.assessment)[0].state == "asked":
            store.refuse(asked.id, "王五", "不必")


def test_of_those_who_signed_in_the_account_decides(store: Store, locked: Submission) -> None:
    both = (Duty("fill"), Duty("review"))
    asked = store.by(Person("王伟", "one@example.org", both)).ask_unlock(locked.id, "x", "漏填")
    with pytest.raises(StoreProblem, match="须由另一人"):
        store.by(Person("另名", "One@example.org", both)).grant(asked.id, "y")
    with pytest.raises(StoreProblem, match="只能由本人撤回"):
        store.by(Person("王伟", "two@example.org", both)).withdraw_request(asked.id, "王伟")
    assert store.by(Person("王伟", "two@example.org", both)).grant(asked.id, "y").state == "granted"


def test_refused_all_stays_locked_and_it_can_be_asked_again(store: Store, locked: Submission) -> None:
    asked = store.ask_unlock(locked.id, "张三", "漏填")
    with pytest.raises(StoreProblem, match="不同意的理由不能为空"):
        store.refuse(asked.id, "王五", "")
    told = store.refuse(asked.id, "王五", "与原件一致")
    assert (told.state, told.answer) == ("refused", "与原件一致")
    assert store.stages(locked.assessment)[0].stage == "reviewed"
    for again in (lambda: store.grant(asked.id, "王五"), lambda: store.withdraw_request(asked.id, "张三")):
        with pytest.raises(StoreProblem, match="该申请不同意（王五），无须再办理"):
            again()
    assert store.ask_unlock(locked.id, "张三", "另有一处").id != asked.id


def test_the_same_is_not_asked_twice_at_a_time_and_only_the_asker_takes_it_back(
    store: Store, locked: Submission
) -> None:
    asked = store.ask_unlock(locked.id, "张三", "漏填")
    with pytest.raises(StoreProblem, match="张三已提出同样的申请"):
        store.ask_unlock(locked.id, "赵六", "也漏填")
    with pytest.raises(StoreProblem, match="只能由本人撤回"):
        store.withdraw_request(asked.id, "赵六")
    assert store.withdraw_request(asked.id, "张三").state == "withdrawn"
    assert [one.state for one in store.requests(locked.assessment)] == ["withdrawn"]


def test_only_a_reviewed_sheet_is_unlocked(store: Store, locked: Submission, assessment: Assessment, sheet: Make) -> None:
    (free,) = store.take(assessment.id, "b.xlsx", b"b", [sheet("江海区")], "张三")
    with pytest.raises(StoreProblem, match=r"江海区的.*没有复核锁定，无须解锁"):
        store.ask_unlock(free.id, "张三", "漏填")
    with pytest.raises(StoreProblem, match="解锁理由不能为空"):
        store.ask_unlock(locked.id, "张三", "  ")
    with pytest.raises(StoreProblem, match="没有找到这份评分表"):
        store.ask_unlock(99, "张三", "漏填")
    with pytest.raises(StoreProblem, match="没有找到这项申请"):
        store.grant(99, "张三")


def test_a_draft_again_takes_a_reason_and_a_second_person(store: Store, final: Assessment) -> None:
    asked = store.ask_reopen(final.id, "王五", "补报一份")
    with pytest.raises(StoreProblem, match="须由另一人"):
        store.grant(asked.id, "王五")
    assert store.assessment(final.id).state == "final"
    store.refuse(asked.id, "赵六", "已上会")
    assert store.assessment(final.id).state == "final"
    again = store.ask_reopen(final.id, "王五", "会议要求补报")
    store.grant(again.id, "赵六")
    assert (store.assessment(final.id).state, store.version(final.id)) == ("draft", final.version + 1)
    assert store.load_at(final.id, final.version).assessment.state == "final"


def test_what_became_a_draft_otherwise_or_was_approved_is_not_turned_by_an_old_request(
    store: Store, final: Assessment
) -> None:
    asked = store.ask_reopen(final.id, "王五", "补报一份")
    store.lock_version(final.id, final.version, "0" * 64, "1", "", "张三")
    store.settle(final.id, 1, "会议1号", date(2020, 12, 1), "领导小组", {}, "", "张三")
    with pytest.raises(StoreProblem, match="已经审定，不能退回草稿"):
        store.grant(asked.id, "赵六")
    assert store.requests(final.id)[0].state == "asked"


def test_roles_are_asked_for_each_step(store: Store, assessment: Assessment, locked: Submission) -> None:
    viewer = store.by(Person("看", "v@example.org", (Duty("view"),)))
    clerk = store.by(Person("张三", "z@example.org", (Duty("fill", None, frozenset({"江海区"})),)))
    with pytest.raises(NotAllowed):
        viewer.ask_unlock(locked.id, "x", "漏填")
    with pytest.raises(NotAllowed, match="蓬江区"):
        clerk.ask_unlock(locked.id, "x", "漏填")
    asked = store.ask_unlock(locked.id, "王五", "漏填")
    for person in (viewer, clerk):
        with pytest.raises(NotAllowed):
            person.grant(asked.id, "x")
    assert store.requests(assessment.id) == [asked]

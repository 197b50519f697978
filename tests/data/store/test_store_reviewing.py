"""填报 → 提交 → 复核: in order, by two persons, all or none, locked at the end, and of no effect on any result."""

from __future__ import annotations

import tempfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.access import Duty, Person
from data.store import REVIEW, Assessment, NotAllowed, Store, StoreProblem, Submission
from scoring.marks import Sheet

Make = Callable[..., Sheet]
CLERK = Person("张三", "zhang@example.org", (Duty("fill", None, frozenset({"蓬江区"})),))
CHECKER = Person("李四", "li@example.org", (Duty("review"),))


@pytest.fixture
def two(store: Store, assessment: Assessment, sheet: Make) -> list[Submission]:
    """Two sheets that 张三 uploaded, where 复核 is asked for."""
    store.set_review_required(assessment.id, True, "管理员")
    return store.take(assessment.id, "a.xlsx", b"a", [sheet(), sheet("江海区")], "张三")


def ids(sheets: list[Submission]) -> list[int]:
    return [one.id for one in sheets]


def test_a_sheet_goes_from_filled_to_handed_in_to_reviewed_with_who_and_when(
    store: Store, assessment: Assessment, two: list[Submission]
) -> None:
    assert [one.stage for one in store.stages(assessment.id)] == ["filled", "filled"]
    store.hand_in(ids(two), "张三")
    store.review(ids(two)[:1], "李四")
    first, second = store.stages(assessment.id)
    assert (first.stage, first.handed_by, first.reviewed_by) == ("reviewed", "张三", "李四")
    assert first.handed_at is not None
    assert first.reviewed_at is not None
    assert first.reviewed_at >= first.handed_at
    assert (second.stage, second.reviewed_by) == ("handed", None)
    (whole, _) = store.submissions(assessment.id)
    assert (whole.stage, whole.reviewed_by) == ("reviewed", "李四")


def test_stages_change_no_version_and_no_result_and_are_one_log_line_each(
    store: Store, assessment: Assessment, two: list[Submission]
) -> None:
    version, before, lines = store.version(assessment.id), store.load(assessment.id), len(store.log())
    mark = store.standing_mark(assessment.id)
    store.hand_in(ids(two), "张三")
    store.review(ids(two), "李四")
    assert (store.version(assessment.id), store.load(assessment.id)) == (version, before)
    assert len(store.log()) == lines + 2
    assert store.standing_mark(assessment.id) == mark + 2
    newest = store.log()[0]
    assert (newest.action, newest.actor, newest.subject) == ("复核评分表", "李四", "复核2份评分表，涉及2个考核对象")
    assert [row["unit"] for row in newest.details["sheets"]] == ["蓬江区", "江海区"]
    assert store.verify_log() is None


def test_of_several_all_or_none_are_handed_in_and_reviewed(
    store: Store, assessment: Assessment, two: list[Submission]
) -> None:
    store.hand_in(ids(two)[:1], "张三")
    with pytest.raises(StoreProblem, match=r"蓬江区的.*现为“提交（张三）”，不能提交，未提交任何一份"):
        store.hand_in(ids(two), "张三")
    with pytest.raises(StoreProblem, match=r"江海区的.*现为“填报”，不能复核，未复核任何一份"):
        store.review(ids(two), "李四")
    assert [one.stage for one in store.stages(assessment.id)] == ["handed", "filled"]


@pytest.mark.parametrize("name", ["张三", " 张 三 ", "管理员2"])
def test_nobody_reviews_what_they_uploaded_or_handed_in(
    store: Store, assessment: Assessment, two: list[Submission], name: str
) -> None:
    store.hand_in(ids(two), "管理员2")
    with pytest.raises(StoreProblem, match=r"须由另一人复核，未复核任何一份"):
        store.review(ids(two), name)
    store.review(ids(two), "李四")


def test_of_those_who_signed_in_the_account_decides_who_is_a_second_person(
    store: Store, assessment: Assessment, sheet: Make
) -> None:
    both = (Duty("fill"), Duty("review"))
    store.set_review_required(assessment.id, True, "管理员")
    (made,) = store.by(Person("王伟", "one@example.org", both)).take(assessment.id, "a.xlsx", b"a", [sheet()], "x")
    store.by(Person("王伟", "two@example.org", both)).hand_in([made.id], "x")
    for account in ("one@example.org", "TWO@example.org"):  # under another name, but the same account
        with pytest.raises(StoreProblem, match="须由另一人复核"):
            store.by(Person("另名", account, both)).review([made.id], "x")
    (done,) = store.by(Person("王伟", "three@example.org", both)).review([made.id], "x")  # a namesake is another person
    assert (done.stage, done.reviewed_by) == ("reviewed", "王伟")


def test_a_clerk_hands_in_own_sheets_only_and_reviews_none(
    store: Store, assessment: Assessment, two: list[Submission]
) -> None:
    with pytest.raises(NotAllowed, match="江海区"):
        store.by(CLERK).hand_in(ids(two), "x")
    store.by(CLERK).hand_in(ids(two)[:1], "x")
    with pytest.raises(NotAllowed):
        store.by(CLERK).review(ids(two)[:1], "x")
    with pytest.raises(NotAllowed):
        store.by(CHECKER).hand_in(ids(two)[1:], "x")
    assert [one.stage for one in store.stages(assessment.id)] == ["handed", "filled"]


def test_what_is_handed_in_or_reviewed_is_neither_replaced_nor_withdrawn(
    store: Store, assessment: Assessment, two: list[Submission], sheet: Make
) -> None:
    attempts: tuple[Callable[[], object], ...] = (
        lambda: store.take(assessment.id, "b.xlsx", b"b", [sheet(score="60")], "张三"),
        lambda: store.withdraw(two[0].id, "张三", "有误"),
    )
    before, version = store.submissions(assessment.id), store.version(assessment.id)
    store.hand_in(ids(two), "张三")
    for attempt in attempts:
        with pytest.raises(StoreProblem, match=r"蓬江区的.*已由张三于.*提交、正待复核，不能.*复核人先.*退回"):
            attempt()
    store.review(ids(two), "李四")
    for attempt in attempts:
        with pytest.raises(StoreProblem, match=r"蓬江区的.*已由李四于.*复核锁定，不能.*申请解锁，由另一人同意"):
            attempt()
    assert (store.submissions(assessment.id), store.version(assessment.id)) == (before, version)
    store.take(assessment.id, "c.xlsx", b"c", [sheet("台山市")], "张三")  # another's is nobody's business


def test_an_earlier_revision_does_not_come_back_over_one_that_is_locked(
    store: Store, assessment: Assessment, two: list[Submission], sheet: Make
) -> None:
    (newer,) = store.take(assessment.id, "b.xlsx", b"b", [sheet(score="60")], "张三")
    store.hand_in([newer.id], "张三")
    store.review([newer.id], "李四")
    with pytest.raises(StoreProblem, match=r"（第2次）已由李四于.*复核锁定，不能取代"):
        store.restore(two[0].id, "张三", "无误")
    assert store.submissions(assessment.id)[-1] == newer


def test_a_sheet_that_is_sent_back_says_why_until_it_is_handed_in_again(
    store: Store, assessment: Assessment, two: list[Submission], sheet: Make
) -> None:
    store.hand_in(ids(two), "张三")
    with pytest.raises(StoreProblem, match="退回理由不能为空"):
        store.send_back(two[0].id, "李四", " ")
    back = store.send_back(two[0].id, "李四", "缺公章")
    assert (back.stage, back.returned, back.handed_by) == ("filled", "缺公章", None)
    newest = store.log()[0]
    assert (newest.action, newest.details["reason"], newest.details["handed_by"]) == ("退回评分表", "缺公章", "张三")
    with pytest.raises(StoreProblem, match="现为“退回（李四）”，不能退回"):
        store.send_back(two[0].id, "李四", "再退")
    (again,) = store.hand_in([two[0].id], "张三")
    assert (again.stage, again.returned) == ("handed", "")
    store.send_back(two[0].id, "李四", "仍缺公章")
    (mended,) = store.take(assessment.id, "b.xlsx", b"b", [sheet(score="60")], "张三")
    assert (mended.revision, mended.stage, mended.returned) == (2, "filled", "")


def test_a_restored_sheet_begins_again_at_filled(
    store: Store, assessment: Assessment, two: list[Submission]
) -> None:
    store.hand_in(ids(two), "张三")
    store.send_back(two[0].id, "李四", "缺公章")
    store.withdraw(two[0].id, "张三", "缺公章")
    restored = store.restore(two[0].id, "张三", "已补")
    assert (restored.stage, restored.returned) == ("filled", "")


def test_final_asks_that_every_sheet_is_reviewed_and_takes_no_stage_afterwards(
    store: Store, assessment: Assessment, two: list[Submission]
) -> None:
    store.hand_in(ids(two), "张三")
    store.review(ids(two)[:1], "李四")
    with pytest.raises(StoreProblem, match="1份评分表尚未复核，暂不能定稿"):
        store.finalise(assessment.id, "王五")
    store.finalise(assessment.id, "王五", reviewed={"daily"})  # that only those of another 考核方式 count
    attempts: tuple[Callable[[], object], ...] = (
        lambda: store.review(ids(two)[1:], "李四"),
        lambda: store.send_back(two[1].id, "李四", "缺公章"),
        lambda: store.hand_in(ids(two), "张三"),
        lambda: store.ask_unlock(two[0].id, "张三", "补正"),
        lambda: store.set_review_required(assessment.id, False, "管理员"),
    )
    for attempt in attempts:
        with pytest.raises(StoreProblem, match="已定稿"):
            attempt()


def test_where_review_is_not_asked_for_all_is_as_before(store: Store, assessment: Assessment, sheet: Make) -> None:
    assert not store.review_required(assessment.id)
    (made,) = store.take(assessment.id, "a.xlsx", b"a", [sheet()], "张三")
    for refused in (lambda: store.hand_in([made.id], "张三"), lambda: store.review([made.id], "李四")):
        with pytest.raises(StoreProblem, match="未要求评分表提交、复核"):
            refused()
    (newer,) = store.take(assessment.id, "b.xlsx", b"b", [sheet(score="60")], "张三")
    store.withdraw(newer.id, "张三", "有误")
    store.finalise(assessment.id, "王五")


def test_the_requirement_cannot_be_dropped_to_unlock_what_is_reviewed(
    store: Store, assessment: Assessment, two: list[Submission]
) -> None:
    store.set_review_required(assessment.id, False, "管理员")
    store.set_review_required(assessment.id, True, "管理员")
    newest = store.log()[0]
    assert (newest.action, newest.subject) == ("评分表复核要求", "评分表须经提交、复核")
    store.hand_in(ids(two), "张三")
    store.review(ids(two)[:1], "李四")
    with pytest.raises(StoreProblem, match="已有1份评分表复核锁定，不能取消复核要求"):
        store.set_review_required(assessment.id, False, "管理员")
    assert store.review_required(assessment.id)


def test_whoever_signed_in_makes_assessments_that_ask_for_review_but_no_demos(store: Store) -> None:
    manager = store.by(Person("管理员", "m@example.org", (Duty("manage"),)))
    asked = manager.create_assessment("甲", "s", "t", "h", [], "x")
    demo = manager.create_assessment("乙", "s", "t", "h", [], "x", demo=True)
    local = store.create_assessment("丙", "s", "t", "h", [], "张三")
    assert [store.review_required(one.id) for one in (asked, demo, local)] == [True, False, False]
    assert store.settings(asked.id)[REVIEW].actor == "管理员"
    assert store.load_at(asked.id, 1) == store.load(asked.id)


@pytest.mark.parametrize("wanted", [[], [99], [10**30]])
def test_sheets_that_are_not_there_are_refused_in_words(store: Store, assessment: Assessment, wanted: list[int]) -> None:
    store.set_review_required(assessment.id, True, "管理员")
    for verb in (store.hand_in, store.review):
        with pytest.raises(StoreProblem, match=r"没有选择评分表|没有找到这份评分表|编号超出范围"):
            verb(wanted, "张三")


def test_sheets_of_two_assessments_are_not_turned_together(
    store: Store, assessment: Assessment, two: list[Submission], sheet: Make
) -> None:
    other = store.create_assessment("另一个", "s", "t", "h", [], "张三")
    store.set_review_required(other.id, True, "管理员")
    (strange,) = store.take(other.id, "a.xlsx", b"a", [sheet()], "张三")
    with pytest.raises(StoreProblem, match="不属于同一年度考核"):
        store.hand_in([two[0].id, strange.id], "张三")


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(["hand_in", "review", "send_back", "take", "withdraw", "unlock"]), max_size=12))
def test_whatever_the_order_a_locked_sheet_only_moves_by_consent(verbs: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder, Store.open(f"sqlite:///{folder}/t.db") as store:
        _go_through(store, verbs)


def _go_through(store: Store, verbs: list[str]) -> None:
    made = store.create_assessment("试", "s", "t", "h", [], "张三")
    store.set_review_required(made.id, True, "管理员")
    for number, verb in enumerate(("take", *verbs)):
        before = store.stages(made.id)
        id_ = before[0].id if before else 1
        deeds: dict[str, Callable[[], object]] = {
            "hand_in": lambda id_=id_: store.hand_in([id_], "张三"),
            "review": lambda id_=id_: store.review([id_], "李四"),
            "send_back": lambda id_=id_: store.send_back(id_, "李四", "退"),
            "take": lambda says=f"第{number}稿": store.take(made.id, "a.xlsx", b"a", [Sheet("甲", "x", (), opinion=says)], "张三"),
            "withdraw": lambda id_=id_: store.withdraw(id_, "张三", "有误"),
            "unlock": lambda id_=id_: store.grant(store.ask_unlock(id_, "张三", "补正").id, "王五"),
        }
        allowed = {
            None: {"take"}, "filled": {"hand_in", "take", "withdraw"}, "handed": {"review", "send_back"},
            "reviewed": {"unlock"},
        }[before[0].stage if before else None]  # fmt: skip
        if verb in allowed:
            deeds[verb]()
        else:
            with pytest.raises(StoreProblem):
                deeds[verb]()
            assert store.stages(made.id) == before
    assert store.verify_log() is None

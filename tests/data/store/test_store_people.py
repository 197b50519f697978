"""Persons in the store: what is enrolled holds, what was is on record, and nobody raises or strands the office alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.access import ROLES, Duty, Person, dump_duties, duty_words, load_duties
from data.store import Assessment, Moved, NotAllowed, Store, StoreProblem
from data.store.people import normal

MANAGE, VIEW = Duty("manage"), Duty("view")
CHIEF = Person("管甲", "guan", (MANAGE,))
NOON = datetime(2026, 12, 1, 4, tzinfo=UTC)


@pytest.fixture
def chief(store: Store) -> Store:
    """The store on behalf of one who holds 管理 everywhere and is enrolled."""
    store.enrol_person("guan", "管甲", [MANAGE], "", "本机")
    return store.by(CHIEF)


def test_an_account_that_is_not_enrolled_is_nobody(store: Store) -> None:
    assert store.person_of("li") is None
    assert store.people() == []


def test_what_is_enrolled_holds_for_the_account_and_only_for_it(chief: Store) -> None:
    made = chief.enrol_person(" li ", "李四", [VIEW], "考核办", "冒名")
    assert (made.number, made.revision, made.state, made.account, made.actor) == (2, 1, "current", "li", "管甲")
    assert chief.person_of("li") == Person("李四", "li", (VIEW,))
    assert chief.person_of("l") is None
    assert chief.person_of("LI") is None


def test_an_address_of_mail_is_one_account_however_its_letters_are_written(chief: Store) -> None:
    chief.enrol_person("Li@Gov.Example", "李四", [VIEW], "", "管甲")
    assert chief.person_of("li@gov.example") == Person("李四", "li@gov.example", (VIEW,))
    with pytest.raises(StoreProblem, match="已经登记"):
        chief.enrol_person("LI@GOV.EXAMPLE", "李五", [VIEW], "", "管甲")


def test_a_change_keeps_what_was_and_says_what_became_of_it(chief: Store) -> None:
    chief.enrol_person("li", "李四", [VIEW], "", "管甲")
    made = chief.change_person(2, 1, "李思", [Duty("plan")], "调任规划", "管甲")
    assert (made.revision, made.name, made.duties, made.note) == (2, "李思", (Duty("plan"),), "调任规划")
    assert [(row.number, row.revision, row.state) for row in chief.people_history()] == [
        (2, 2, "current"), (2, 1, "replaced"), (1, 1, "current"),
    ]  # fmt: skip
    entry = chief.log()[0]
    assert (entry.action, entry.actor, entry.subject) == ("更改人员", "管甲", "李思（li）")
    assert entry.details["duties"] == "规划（全部年度考核）"
    assert entry.details["duties_before"] == "查看（全部年度考核）"
    assert (entry.details["name_before"], entry.details["account"]) == ("李四", "guan")
    assert chief.verify_log() is None


def test_who_changes_what_somebody_else_changed_meanwhile_is_told_what_holds_now(chief: Store) -> None:
    chief.enrol_person("li", "李四", [VIEW], "", "管甲")
    chief.change_person(2, 1, "李四", [Duty("plan")], "先到", "管甲")
    with pytest.raises(Moved, match="现为：李四，规划（全部年度考核）"):
        chief.change_person(2, 1, "李四", [Duty("review")], "后到", "管甲")
    assert chief.person_of("li") == Person("李四", "li", (Duty("plan"),))
    assert len(chief.log()) == 3


def test_a_retired_account_is_nobody_and_may_come_back_under_its_number(chief: Store) -> None:
    chief.enrol_person("li", "李四", [VIEW], "", "管甲")
    chief.retire_person(2, 1, "管甲", "调离")
    assert chief.person_of("li") is None
    assert next((row.account, row.state, row.note) for row in chief.people_history()) == ("li", "withdrawn", "调离")
    with pytest.raises(Moved, match="已停用"):
        chief.change_person(2, 1, "李四", [MANAGE], "再用", "管甲")
    again = chief.enrol_person("li", "李四", [Duty("review")], "", "管甲")
    assert (again.number, again.revision) == (2, 3)


def test_the_last_administrator_stays(chief: Store) -> None:
    local = Store(chief._database.by(Person("本机用户", "", local=True)))
    with pytest.raises(StoreProblem, match="最后一位"):
        local.change_person(1, 1, "管甲", [VIEW], "降级", "本机")
    with pytest.raises(StoreProblem, match="最后一位"):
        local.retire_person(1, 1, "本机", "调离")
    local.enrol_person("guan2", "管乙", [MANAGE], "", "本机")
    local.retire_person(1, 1, "本机", "调离")
    assert [row.name for row in local.people()] == ["管乙"]


def test_the_management_of_one_assessment_does_not_count_as_the_last(chief: Store, assessment: Assessment) -> None:
    chief.enrol_person("guan2", "管乙", [Duty("manage", assessment.id)], "", "管甲")
    with pytest.raises(StoreProblem, match="最后一位"):
        Store(chief._database.by(Person("", "", local=True))).retire_person(1, 1, "本机", "调离")


def test_nobody_changes_the_own_duties_once_somebody_administers(chief: Store) -> None:
    chief.enrol_person("guan2", "管乙", [MANAGE], "", "管甲")
    with pytest.raises(NotAllowed, match="本人"):
        chief.change_person(1, 1, "管甲", [MANAGE, Duty("review")], "自加", "管甲")
    with pytest.raises(NotAllowed, match="本人"):
        chief.retire_person(1, 1, "管甲", "自己停用")
    other = chief.by(Person("管乙", "guan2", (MANAGE,)))
    assert other.change_person(1, 1, "管甲", [MANAGE, Duty("review")], "兼任", "x").actor == "管乙"


def test_the_first_administrator_may_enrol_the_own_account(store: Store) -> None:
    first = store.by(Person("管甲", "guan", (MANAGE,)))
    assert first.enrol_person("guan", "管甲", [MANAGE], "首次设置", "x").duties == (MANAGE,)
    with pytest.raises(StoreProblem):
        first.enrol_person("guan", "管甲", [MANAGE, VIEW], "", "x")


@pytest.mark.parametrize("role", [role for role in ROLES if role != "manage"])
def test_no_other_role_touches_persons(chief: Store, role: str) -> None:
    other = chief.by(Person("李四", "li", (Duty(role),)))  # type: ignore[arg-type]
    for work in (
        lambda: other.enrol_person("li", "李四", [MANAGE], "", "管甲"),
        lambda: other.change_person(1, 1, "管甲", [VIEW], "改", "管甲"),
        lambda: other.retire_person(1, 1, "管甲", "停"),
    ):
        with pytest.raises(NotAllowed):
            work()
    assert len(chief.people_history()) == 1


def test_who_manages_one_assessment_touches_no_persons(chief: Store, assessment: Assessment) -> None:
    narrow = chief.by(Person("李四", "li", (Duty("manage", assessment.id),)))
    with pytest.raises(NotAllowed, match="全部年度考核"):
        narrow.enrol_person("wang", "王五", [MANAGE], "", "李四")


def test_two_persons_have_two_names_because_the_record_knows_them_by_name(chief: Store) -> None:
    with pytest.raises(StoreProblem, match="管 甲（财政局）"):
        chief.enrol_person("guan3", "管 甲", [VIEW], "", "管甲")


@pytest.mark.parametrize(
    ("account", "name", "duties", "word"),
    [
        ("  ", "李四", [VIEW], "账号"),
        ("li", " ", [VIEW], "姓名"),
        ("li", "李四", [], "分工"),
        ("li" * 101, "李四", [VIEW], "账号"),
        ("li", "李\u202e四", [VIEW], "姓名"),
        ("li", "李四", [Duty("view", 99)], "年度考核"),
        ("li", "李四", [Duty("view", None, frozenset({"台山市"}))], "只有“填报”"),
        ("li", "李四", [Duty("fill", None, frozenset())], "至少选择一个"),
        ("li", "李四", [Duty("fill", 1, frozenset({"没有这个市"}))], "没有这个市"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(
    chief: Store, assessment: Assessment, account: str, name: str, duties: list[Duty], word: str
) -> None:
    before = len(chief.log())
    with pytest.raises(StoreProblem, match=word):
        chief.enrol_person(account, name, duties, "", "管甲")
    assert (len(chief.log()), len(chief.people())) == (before, 1)


def test_a_duty_is_told_in_words() -> None:
    narrow = Duty("fill", 3, frozenset({"恩平市", "台山市"}), frozenset({"cross"}))
    assert duty_words(narrow, {3: "2020年县级"}, {"cross": "交叉考核"}) == "填报（2020年县级；台山市、恩平市；交叉考核）"
    assert duty_words(Duty("fill"), {}) == "填报（全部年度考核；全部考核对象；全部考核方式）"
    assert duty_words(MANAGE, {}) == "管理（全部年度考核）"


names = st.none() | st.frozensets(st.text(min_size=1, max_size=6), max_size=4)
duties = st.builds(Duty, st.sampled_from(list(ROLES)), st.none() | st.integers(1, 9), names, names)


@given(st.lists(duties, max_size=5).map(tuple))
def test_duties_are_kept_exactly(told: tuple[Duty, ...]) -> None:
    assert load_duties(dump_duties(told)) == told


@given(st.text(max_size=30))
def test_an_account_kept_is_found_by_what_was_kept(account: str) -> None:
    assert normal(normal(account)) == normal(account)


def test_an_address_is_kept_in_small_letters_and_nothing_else_of_it_is_folded() -> None:
    assert normal(" ＬI@Gov.Example ") == "li@gov.example"
    assert normal("Li") == "Li"
    assert normal("straße@gov.example") == "straße@gov.example"


# 登录


def test_a_sign_in_that_ended_stays_ended_with_its_first_reason(store: Store) -> None:
    store.begin_sign_in("k", "li", "李四", NOON)
    store.end_sign_in("k", "out", NOON + timedelta(minutes=5))
    store.end_sign_in("k", "idle", NOON + timedelta(minutes=9))
    store.seen_sign_in("k", NOON + timedelta(minutes=9))
    store.begin_sign_in("k", "li", "李四", NOON + timedelta(minutes=9))
    (found,) = store.sign_ins()
    assert not found.stands
    assert (found.began, found.seen, found.ended, found.why) == (NOON, NOON, NOON + timedelta(minutes=5), "out")


def test_the_last_that_was_done_never_goes_back(store: Store) -> None:
    store.begin_sign_in("k", "li", "李四", NOON)
    store.seen_sign_in("k", NOON + timedelta(minutes=7))
    store.seen_sign_in("k", NOON + timedelta(minutes=3))
    found = store.sign_in("k")
    assert found is not None
    assert found.seen == NOON + timedelta(minutes=7)


def test_an_unknown_sign_in_is_none_and_ending_it_is_no_error(store: Store) -> None:
    store.end_sign_in("other", "out", NOON)
    assert store.sign_in("other") is None

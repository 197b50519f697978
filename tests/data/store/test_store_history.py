"""Earlier versions: whatever was done and undone, each version is what it was when it was the present one."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlalchemy import text

from data.rosters_units import scheme_units
from data.schemes import scheme, scheme_text
from data.state import load_state, load_state_at
from data.store import READING, SHOWN, Assessment, Finding, Given, Ruling, Store, StoreProblem, UnitRow
from scoring.marks import Fact, Mark, Sheet
from tests.data.store.tampering import unprotect_log

Make = Callable[..., Sheet]
RULES = scheme("jiangmen-2020-county")
UNITS = ("蓬江区", "江海区", "鹤山市")


def test_a_sheet_withdrawn_restored_and_replaced_counts_at_each_version_as_it_did_then(
    store: Store, assessment: Assessment, sheet: Make
) -> None:
    (first,) = store.take(assessment.id, "一.xlsx", b"1", [sheet(score="80")], "张三")  # 2
    store.withdraw(first.id, "李四", "误传")  # 3
    store.restore(first.id, "李四", "核实无误")  # 4
    (second,) = store.take(assessment.id, "二.xlsx", b"2", [sheet(score="90")], "张三")  # 5
    store.restore(first.id, "李四", "以首次为准")  # 6
    counted = [[one.id for one in store.load_at(assessment.id, v).submissions] for v in range(1, 7)]
    assert counted == [[], [first.id], [], [first.id], [second.id], [first.id]]


def test_a_fact_is_pending_then_checked_then_gone(store: Store, assessment: Assessment) -> None:
    row = store.add_fact(assessment.id, Fact("蓬江区", "sanction", "记过"), "见附件", "张三")  # 2
    checked = store.confirm_fact(row.id, "李四")  # 3
    store.withdraw_fact(row.id, "李四", "查无此事")  # 4
    assert [store.load_at(assessment.id, v).facts for v in (1, 2, 3, 4)] == [[], [row], [checked], []]


def test_a_fact_withdrawn_unchecked_was_never_checked(store: Store, assessment: Assessment) -> None:
    row = store.add_fact(assessment.id, Fact("蓬江区", "sanction", "记过"), "", "张三")
    store.withdraw_fact(row.id, "张三", "登记有误")
    assert store.load_at(assessment.id, 2).facts == [row]


def test_a_choice_of_an_earlier_version_is_told_with_who_made_it_and_on_what_paper(
    store: Store, assessment: Assessment
) -> None:
    first = store.set_setting(assessment.id, f"{READING}ticks", "一", "张三", paper="江纪要〔2020〕1号")  # 2
    second = store.set_setting(assessment.id, f"{READING}ticks", "二", "李四")  # 3
    key = f"{READING}ticks"
    assert [store.load_at(assessment.id, v).settings for v in (1, 2, 3)] == [{}, {key: first}, {key: second}]


def test_a_roster_that_was_corrected_stands_at_its_versions_with_its_groups_and_codes(
    store: Store, assessment: Assessment
) -> None:
    fewer = [unit for unit in assessment.units if unit.name != "恩平市"]
    other = [UnitRow(unit.name, "city", "", (("桂头镇", Fraction(30)),)) for unit in fewer]
    store.correct_roster(assessment.id, fewer, "张三", "名单有误")
    store.correct_roster(assessment.id, other, "张三", "组别有误")
    rosters = [store.load_at(assessment.id, version).assessment.units for version in (1, 2, 3)]
    assert rosters == [assessment.units, tuple(fewer), tuple(other)]


def test_a_version_is_final_where_it_was(store: Store, assessment: Assessment) -> None:
    store.finalise(assessment.id, "张三")
    store.grant(store.ask_reopen(assessment.id, "张三", "复核").id, "李四")
    states = [store.load_at(assessment.id, version).assessment.state for version in (1, 2, 3)]
    assert states == ["draft", "final", "draft"]


def test_every_version_says_what_made_it(store: Store, assessment: Assessment, sheet: Make) -> None:
    store.take(assessment.id, "一.xlsx", b"1", [sheet()], "张三")
    store.save_scenario(assessment.id, "试算", {}, "王五")  # no version of its own
    store.set_setting(assessment.id, f"{SHOWN}county", "1", "李四", action="公开镇级成绩", subject="县级")
    told = [(each.version, each.actor, each.action, each.kept) for each in store.versions(assessment.id)]
    assert told == [(1, "张三", "新建考核", True), (2, "张三", "上报", True), (3, "李四", "公开镇级成绩", True)]


@pytest.mark.parametrize(("version", "named"), [(0, "第0版"), (2, "第2版"), (99, "第99版")])
def test_a_version_that_has_not_been_is_refused(
    store: Store, assessment: Assessment, version: int, named: str
) -> None:
    with pytest.raises(StoreProblem, match=f"没有{named}：本年度考核现为第1版"):
        store.load_at(assessment.id, version)


@pytest.mark.parametrize(
    "spoil",
    [
        "UPDATE log SET details = '{' WHERE seq = 3",
        "UPDATE log SET details = '{}' WHERE seq = 3",
        "UPDATE log SET details = '{\"submission\": 9}' WHERE seq = 3",
        "DELETE FROM log WHERE seq = 3",
    ],
)
def test_what_stood_before_a_spoiled_line_of_the_log_is_never_guessed(
    store: Store, assessment: Assessment, sheet: Make, spoil: str
) -> None:
    (made,) = store.take(assessment.id, "一.xlsx", b"1", [sheet()], "张三")  # version and line 2
    store.withdraw(made.id, "李四", "误传")  # 3
    store.take(assessment.id, "二.xlsx", b"2", [sheet()], "张三")  # 4
    with store._database.writing() as connection:
        unprotect_log(connection)
        connection.execute(text(spoil))
    assert store.load_at(assessment.id, 3).submissions == []
    with pytest.raises(StoreProblem, match=r"第3版之前的明细未留存，无法还原第2版"):
        store.load_at(assessment.id, 2)
    kept = {each.version: each.kept for each in store.versions(assessment.id)}
    assert kept == {1: False, 2: False, 4: True} | ({} if "DELETE" in spoil else {3: True})


class Office(RuleBasedStateMachine):
    """A clerk who does anything in any order; after each step the present is written down under its version."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.store = Store.open(f"sqlite:///{Path(self.folder.name)}/t.db")
        rows = [unit for unit in scheme_units(RULES) if unit.name in UNITS]
        made = self.store.create_assessment("试", RULES.id, scheme_text(RULES.id), RULES.hash, rows, "张三")
        self.id, self.seen, self.files = made.id, {}, 0

    def teardown(self) -> None:
        for version, (loaded, results) in self.seen.items():
            assert self.store.load_at(self.id, version) == loaded
            assert load_state_at(self.store, self.id, version).results == results
        assert all(each.kept for each in self.store.versions(self.id))
        self.store.close()
        self.folder.cleanup()

    @invariant()
    def write_down(self) -> None:
        loaded = self.store.load(self.id)
        if self.seen.get(loaded.assessment.version, (None,))[0] != loaded:
            self.seen[loaded.assessment.version] = loaded, load_state(self.store, self.id).results

    def do(self, action: Callable[[], object]) -> None:
        """Whatever is refused changes nothing."""
        with contextlib.suppress(StoreProblem):
            action()

    @rule(
        units=st.sets(st.sampled_from(UNITS), min_size=1),
        component=st.sampled_from(["cross", "municipal", "daily", "self"]),
        score=st.integers(6000, 10000),
    )
    def take(self, units: set[str], component: str, score: int) -> None:
        self.files += 1
        mark = Mark(None, score=Fraction(score, 100), cell="C2")
        sheets = [Sheet(unit, component, (mark,)) for unit in sorted(units)]
        name = f"{self.files}.xlsx"
        self.do(lambda: self.store.take(self.id, name, name.encode(), sheets, "张三"))

    @precondition(lambda self: self.files)
    @rule(which=st.integers(0, 30), back=st.booleans())
    def turn_a_sheet(self, which: int, back: bool) -> None:
        ever = self.store.history(self.id)
        if ever:
            act = self.store.restore if back else self.store.withdraw
            self.do(lambda: act(ever[which % len(ever)].id, "李四", "核实"))

    @rule(unit=st.sampled_from(UNITS), value=st.sampled_from(["警告", "记过", "开除"]))
    def register(self, unit: str, value: str) -> None:
        self.do(lambda: self.store.add_fact(self.id, Fact(unit, "sanction", value), "", "张三"))

    @rule(which=st.integers(0, 30), verb=st.sampled_from(["核对", "撤销", "恢复"]))
    def turn_a_fact(self, which: int, verb: str) -> None:
        rows = self.store.facts(self.id, include_withdrawn=True)
        if rows:
            key = rows[which % len(rows)].id
            deeds = {
                "核对": lambda: self.store.confirm_fact(key, "李四"),
                "撤销": lambda: self.store.withdraw_fact(key, "李四", "核实"),
                "恢复": lambda: self.store.restore_fact(key, "李四", "核实"),
            }
            self.do(deeds[verb])

    @rule(key=st.sampled_from([f"{READING}ticks", f"{READING}rank", f"{SHOWN}county", "note"]), at=st.integers(0, 1))
    def choose(self, key: str, at: int) -> None:
        value = ("默认", "其他")[at]
        self.do(lambda: self.store.set_setting(self.id, key, value, "王五", paper="纪要1号" if at else ""))

    @rule(at=st.integers(0, 1))
    def confirm_several(self, at: int) -> None:
        wanted = {f"{READING}ticks": "默认", f"{READING}rounding": ("默认", "其他")[at]}
        self.do(lambda: self.store.confirm(self.id, wanted, "王五", "各项"))

    @rule(code=st.integers(1, 9), drop=st.sampled_from(["", *UNITS]))
    def correct(self, code: int, drop: str) -> None:
        rows = [UnitRow(name, "county", f"44079{code}") for name in UNITS if name != drop]
        self.do(lambda: self.store.correct_roster(self.id, rows, "张三", "更正"))

    @rule()
    def keep_a_scenario(self) -> None:
        self.do(lambda: self.store.save_scenario(self.id, "试算", {"weights": {"cross": "50"}}, "王五"))

    @rule(at=st.integers(1, 28), back=st.booleans())
    def follow_up(self, at: int, back: bool) -> None:
        """通报, decisions and 整改: beside every version, they make none."""
        day, unit = date(2020, 12, at), UNITS[at % len(UNITS)]
        if back:
            self.do(lambda: self.store.withdraw_notice(self.id, "李四", "有误"))
        else:
            self.do(lambda: self.store.put_notice(self.id, day, f"江扶字〔2020〕{at}号", "", "李四"))
        self.do(lambda: self.store.decide(self.id, [Ruling(unit, "1:谈话提醒", "谈话提醒", "adopted")], "李四"))
        self.do(lambda: self.store.add_rectifications(self.id, [Finding(unit, "进度慢", "滞后", "倒排工期", "市财政局", day)], "李四"))

    @rule(step=st.integers(0, 6), number=st.integers(1, 3))
    def meet(self, step: int, number: int) -> None:
        """锁定, 异议, 建议等次, 审定, 批复 and an export: beside every version, too."""
        day, store, key = date(2020, 12, 10), self.store, self.id
        deeds: tuple[Callable[[], object], ...] = (
            lambda: store.lock_version(key, store.version(key), "0" * 64, "1", "", "张三"),
            lambda: store.withdraw_lock(key, number, "张三", "误锁"),
            lambda: store.add_objection(key, number, UNITS[0], "分数偏低", "蓬江区扶贫办", day, "张三"),
            lambda: store.suggest(key, number, {UNITS[0]: Given("好")}, "", "张三"),
            lambda: store.settle(key, number, "会议1号", day, "领导小组", {}, "", "李四"),
            lambda: store.approve(key, "批1号", day, "市政府", "", "李四"),
            lambda: store.withdraw_settling(key, ("suggested", "settled", "approved")[number - 1], "李四", "误登"),
        )
        self.do(deeds[step])
        store.record_export(key, "考核情况报告", {"sha256": "0" * 64}, "张三")

    @rule(back=st.booleans())
    def turn(self, back: bool) -> None:
        store, key = self.store, self.id
        agree = lambda: store.grant(store.ask_reopen(key, "张三", "复核").id, "李四")  # noqa: E731
        self.do(agree if back else lambda: store.finalise(key, "张三"))

    @rule(ask=st.booleans(), which=st.integers(0, 30), verb=st.sampled_from(["提交", "复核", "退回", "解锁"]))
    def review(self, ask: bool, which: int, verb: str) -> None:
        """提交, 复核, 退回 and unlocking: beside every version, they make none."""
        store = self.store
        self.do(lambda: store.set_review_required(self.id, ask, "张三"))
        if not (standing := store.stages(self.id)):
            return
        one = standing[which % len(standing)].id
        deeds: dict[str, Callable[[], object]] = {
            "提交": lambda: store.hand_in([one], "张三"),
            "复核": lambda: store.review([one], "李四"),
            "退回": lambda: store.send_back(one, "李四", "缺公章"),
            "解锁": lambda: store.grant(store.ask_unlock(one, "张三", "补正").id, "李四"),
        }
        before = store.version(self.id)
        self.do(deeds[verb])
        assert store.version(self.id) == before


TestEveryVersionIsWhatItWas = Office.TestCase
TestEveryVersionIsWhatItWas.settings = settings(
    max_examples=8, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)

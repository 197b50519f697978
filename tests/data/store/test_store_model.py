"""A store beside a model of it that is a few dicts: whatever an office does in whatever order, both say the same.

The model knows beforehand what must be taken and what refused; it counts versions and lines of the log; and it scores by
a formula written out by hand (every sheet here is one total): 40 % 交叉考核 + 30 % 市级考核 + 30 % 日常工作.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from math import floor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from data.rosters_units import scheme_units
from data.schemes import scheme, scheme_text
from data.state import State, load_state
from data.store import READING, Loaded, Store, StoreProblem
from scoring.assess import assess
from scoring.assumptions import with_readings
from scoring.marks import Fact, Mark, Sheet
from scoring.scheme import Scheme

RULES = scheme("jiangmen-2020-county")
UNITS = ("蓬江区", "江海区", "鹤山市")
WAYS = {"cross": Fraction(40, 100), "municipal": Fraction(30, 100), "daily": Fraction(30, 100)}
GRADES = ((90, "好"), (80, "较好"), (70, "一般"), (0, "较差"))
HEAVY = ("记过", "开除")  # 五（四）: from 记过 on not 好
ROUNDED, EXACT = "默认", "不舍入"

Key = tuple[str, str]
scores = st.one_of(st.integers(6000, 10000).map(lambda n: Fraction(n, 100)), st.sampled_from([Fraction(90), Fraction(269, 3)]))


@dataclass(frozen=True)
class Kept:
    """A sheet as the model keeps it."""

    key: Key
    score: Fraction
    counts: bool
    stage: str = "filled"


@dataclass(frozen=True)
class Told:
    """A 情形 as the model keeps it."""

    unit: str
    value: str
    confirmed: bool = False
    withdrawn: bool = False


def by_hand(totals: dict[str, Fraction], heavy: bool, rounding: str) -> tuple[Fraction | None, str | None]:
    """A unit's official score and grade."""
    if set(totals) != set(WAYS):
        return None, None
    score = sum((weight * totals[way] for way, weight in WAYS.items()), Fraction(0))
    if rounding == ROUNDED:
        score = Fraction(floor(score * 100 + Fraction(1, 2)), 100)
    grade = next(grade for least, grade in GRADES if score >= least)
    return score, "较好" if heavy and grade == "好" else grade


class Model(RuleBasedStateMachine):
    """Everything an office does to one assessment."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.store = Store.open(f"sqlite:///{Path(self.folder.name)}/t.db")
        rows = [unit for unit in scheme_units(RULES) if unit.name in UNITS]
        self.id = self.store.create_assessment("试", RULES.id, scheme_text(RULES.id), RULES.hash, rows, "甲").id
        self.version, self.lines = 1, 1
        self.final = self.reviewing = False
        self.sheets: dict[int, Kept] = {}
        self.facts: dict[int, Told] = {}
        self.rounding = ROUNDED
        self.seen: dict[int, Any] = {}

    @initialize(asked=st.booleans())
    def begin(self, asked: bool) -> None:
        if asked:
            self.store.set_review_required(self.id, True, "甲")
            self.reviewing, self.lines = True, self.lines + 1

    def teardown(self) -> None:
        if self.seen:
            ever = self.store.load_between(self.id, 1, self.version)
            assert {version: _said(loaded) for version, loaded in ever.items()} == self.seen
        assert self.store.verify_log() is None
        self.store.close()
        self.folder.cleanup()

    # what the model knows

    def counting(self) -> dict[Key, int]:
        return {kept.key: key for key, kept in self.sheets.items() if kept.counts}

    def held(self, *ids: int) -> bool:
        """Whether one of these sheets is handed in or reviewed, so must not be changed."""
        return any(self.sheets[key].stage != "filled" for key in ids)

    def do(self, act: Callable[[], Any], allowed: bool, *, versions: int = 1, lines: int = 1) -> Any:
        """Do it; it must be taken exactly when the model says so, and count as much as the model says."""
        if not allowed:
            with pytest.raises(StoreProblem):
                act()
            return None
        made = act()
        self.version, self.lines = self.version + versions, self.lines + lines
        return made

    # 评分表

    @rule(units=st.sets(st.sampled_from(UNITS), min_size=1), way=st.sampled_from(list(WAYS)), score=scores)
    def upload(self, units: set[str], way: str, score: Fraction) -> None:
        counting = self.counting()
        keys = [(unit, way) for unit in sorted(units)]
        fresh = [key for key in keys if key not in counting or self.sheets[counting[key]].score != score]
        replaced = [counting[key] for key in fresh if key in counting]
        sheets = [Sheet(*key, (Mark(None, score=score, cell="C2"),)) for key in keys]
        allowed = not fresh or not (self.final or self.held(*replaced))
        made = self.do(lambda: self.store.take(self.id, "表.xlsx", f"{score}".encode(), sheets, "甲"), allowed,
                       versions=bool(fresh), lines=bool(fresh))  # fmt: skip
        if made is None:
            return
        assert [((one.unit, one.component), one.sheet.marks[0].score) for one in made] == [(key, score) for key in keys]
        for key in replaced:
            self.sheets[key] = replace(self.sheets[key], counts=False)
        for one in made:
            if (one.unit, one.component) in fresh:
                assert one.id not in self.sheets
                self.sheets[one.id] = Kept((one.unit, one.component), score, True)

    @precondition(lambda self: self.sheets)
    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        key = data.draw(st.sampled_from(sorted(self.sheets)))
        allowed = self.sheets[key].counts and not self.final and not self.held(key)
        if self.do(lambda: self.store.withdraw(key, "甲", "误传"), allowed):
            self.sheets[key] = replace(self.sheets[key], counts=False)

    @precondition(lambda self: self.sheets)
    @rule(data=st.data())
    def restore(self, data: st.DataObject) -> None:
        key = data.draw(st.sampled_from(sorted(self.sheets)))
        other = [self.counting()[self.sheets[key].key]] if self.sheets[key].key in self.counting() else []
        allowed = not self.sheets[key].counts and not self.final and not self.held(*other)
        if self.do(lambda: self.store.restore(key, "甲", "核实"), allowed):
            for one in other:
                self.sheets[one] = replace(self.sheets[one], counts=False)
            self.sheets[key] = replace(self.sheets[key], counts=True, stage="filled")

    # 提交, 复核, 解锁: beside every version

    @precondition(lambda self: self.sheets)
    @rule(data=st.data(), verb=st.sampled_from(["提交", "复核", "自己复核", "退回", "解锁"]))
    def review(self, data: st.DataObject, verb: str) -> None:
        key = data.draw(st.sampled_from(sorted(self.sheets)))
        before, after, act, lines = {
            "提交": ("filled", "handed", lambda: self.store.hand_in([key], "甲"), 1),
            "复核": ("handed", "reviewed", lambda: self.store.review([key], "乙"), 1),
            "自己复核": ("nobody may", "", lambda: self.store.review([key], "甲"), 1),
            "退回": ("handed", "filled", lambda: self.store.send_back(key, "乙", "缺项"), 1),
            "解锁": ("reviewed", "filled", lambda: self.store.grant(self.store.ask_unlock(key, "甲", "更正").id, "乙"), 2),
        }[verb]
        kept = self.sheets[key]
        allowed = self.reviewing and not self.final and kept.counts and kept.stage == before
        if self.do(act, allowed, versions=0, lines=lines):
            self.sheets[key] = replace(kept, stage=after)

    # 情形 and 口径

    @rule(unit=st.sampled_from(UNITS), value=st.sampled_from(["警告", *HEAVY]))
    def register(self, unit: str, value: str) -> None:
        row = self.do(lambda: self.store.add_fact(self.id, Fact(unit, "sanction", value), "", "甲"), not self.final)
        if row:
            self.facts[row.id] = Told(unit, value)

    @precondition(lambda self: self.facts)
    @rule(data=st.data(), verb=st.sampled_from(["核对", "自己核对", "撤销", "恢复"]))
    def turn_a_fact(self, data: st.DataObject, verb: str) -> None:
        key = data.draw(st.sampled_from(sorted(self.facts)))
        told = self.facts[key]
        allowed, after, act = {
            "核对": (not told.confirmed and not told.withdrawn, replace(told, confirmed=True), lambda: self.store.confirm_fact(key, "乙")),
            "自己核对": (False, told, lambda: self.store.confirm_fact(key, " 甲")),
            "撤销": (not told.withdrawn, replace(told, withdrawn=True), lambda: self.store.withdraw_fact(key, "甲", "有误")),
            "恢复": (told.withdrawn, replace(told, withdrawn=False), lambda: self.store.restore_fact(key, "甲", "无误")),
        }[verb]
        if self.do(act, allowed and not self.final):
            self.facts[key] = after

    @rule(label=st.sampled_from([ROUNDED, EXACT]))
    def choose(self, label: str) -> None:
        if self.do(lambda: self.store.set_setting(self.id, f"{READING}rounding", label, "甲"), not self.final):
            self.rounding = label

    @rule()
    def choose_what_changes_no_result(self) -> None:
        self.do(lambda: self.store.set_setting(self.id, "pages", "1", "甲"), True, versions=0)

    # 定稿, 退回草稿, 锁定

    @rule(back=st.booleans())
    def turn(self, back: bool) -> None:
        if back:
            reopened = self.do(lambda: self.store.grant(self.store.ask_reopen(self.id, "甲", "更正").id, "乙"), self.final, lines=2)
            self.final = self.final and not reopened
        else:
            reviewed = all(kept.stage == "reviewed" for kept in self.sheets.values() if kept.counts)
            done = self.do(lambda: self.store.finalise(self.id, "甲"), not self.final and (reviewed or not self.reviewing))
            self.final = self.final or bool(done)

    @rule()
    def lock(self) -> None:
        locked = any(one.version == self.version and one.state == "current" for one in self.store.locked_versions(self.id))
        self.do(lambda: self.store.lock_version(self.id, self.version, "0" * 64, "1", "", "甲"), not locked, versions=0)

    # what must hold after every step

    @invariant()
    def version_and_log_rose_by_what_was_done(self) -> None:
        assert self.store.version(self.id) == self.version
        lines = self.store.log(limit=10_000)
        assert [entry.seq for entry in lines] == list(range(self.lines, 0, -1))
        made = {entry.version for entry in lines}
        assert made == set(range(1, self.version + 1))

    @invariant()
    def what_is_stored_is_what_was_done(self) -> None:
        loaded = self.store.load(self.id)
        counting = {key: kept for key, kept in self.sheets.items() if kept.counts}
        assert {one.id: (one.unit, one.component, one.sheet.marks[0].score) for one in loaded.submissions} == {
            key: (*kept.key, kept.score) for key, kept in counting.items()
        }
        assert {row.id: (row.fact.unit, row.fact.value, row.fact.confirmed) for row in loaded.facts} == {
            key: (told.unit, told.value, told.confirmed) for key, told in self.facts.items() if not told.withdrawn
        }
        assert {one.id: one.stage for one in self.store.stages(self.id)} == {key: kept.stage for key, kept in counting.items()}
        assert (loaded.assessment.state == "final") is self.final
        self.seen[self.version] = _said(loaded)

    @invariant()
    def scores_are_the_function_of_the_marks(self) -> None:
        state = load_state(self.store, self.id)
        results = {one.unit: one for one in state.results.units}
        for unit in UNITS:
            totals = {kept.key[1]: kept.score for kept in self.sheets.values() if kept.counts and kept.key[0] == unit}
            heavy = any(
                told.unit == unit and told.value in HEAVY and told.confirmed and not told.withdrawn
                for told in self.facts.values()
            )
            assert (results[unit].score, results[unit].grade) == by_hand(totals, heavy, self.rounding)
        self.and_the_engine_says_the_same_of_the_models_own_marks(state)

    def and_the_engine_says_the_same_of_the_models_own_marks(self, state: State) -> None:
        sheets = [Sheet(*kept.key, (Mark(None, score=kept.score, cell="C2"),)) for kept in self.sheets.values() if kept.counts]
        facts = [Fact(told.unit, "sanction", told.value, confirmed=told.confirmed) for told in self.facts.values() if not told.withdrawn]
        assert state.results.units == assess(_rules(self.rounding), sheets, facts).units


@cache
def _rules(rounding: str) -> Scheme:
    """The scheme with the three units alone, under a reading."""
    rows = [unit for unit in scheme_units(RULES) if unit.name in UNITS]
    return with_readings(RULES.with_roster((unit.name, unit.group, unit.region, unit.helps) for unit in rows), {"rounding": rounding})


def _said(loaded: Loaded) -> Any:
    """What a version says, but for how far its sheets have come, which makes no version."""
    return (
        loaded.assessment.state,
        [(one.id, one.unit, one.component, one.revision, one.sheet, one.actor, one.at) for one in loaded.submissions],
        loaded.facts,
        {key: setting for key, setting in loaded.settings.items() if key.startswith(READING)},
    )


TestModel = Model.TestCase
TestModel.settings = settings(max_examples=5, stateful_step_count=20, suppress_health_check=list(HealthCheck))


class LongModel(Model):
    """The same, for long."""


TestLongModel = pytest.mark.chaos(LongModel.TestCase)
TestLongModel.settings = settings(max_examples=100, stateful_step_count=50, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize(
    ("totals", "heavy", "rounding", "expected"),
    [
        (("90", "90", "90"), False, ROUNDED, ("90", "好")),
        (("90", "90", "90"), True, ROUNDED, ("90", "较好")),
        (("80.3", "82.64", "76.96"), False, EXACT, ("80", "较好")),  # 32.12 + 24.792 + 23.088
        (("90", "89.99", "89.99"), False, ROUNDED, ("89.99", "较好")),  # 89.994
        (("90", "90", "89.99"), False, ROUNDED, ("90", "好")),  # 89.997, half up to 90.00
        (("90", "90", "89.99"), False, EXACT, ("89.997", "较好")),
    ],
)
def test_the_formula_by_hand(
    totals: tuple[str, ...], heavy: bool, rounding: str, expected: tuple[str, str]
) -> None:
    told = dict(zip(WAYS, map(Fraction, totals), strict=True))
    assert by_hand(told, heavy, rounding) == (Fraction(expected[0]), expected[1])

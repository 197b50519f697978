"""A 锁定版 opened: the state as it was locked, and what was decided on it up to now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from data.beijing import local
from data.follow_up import FollowUp, load_follow_up
from data.locked.fingerprint import fingerprint
from data.state import State, load_state, load_state_at
from data.store import Given, LockedVersion, Objection, Settling, SettlingKind, Store, StoreProblem
from scoring.results import UnitResult

UNAPPROVED, SETTLED = "内部资料·未经审定", "内部资料·已审定未批复"


@dataclass(frozen=True)
class Standing:
    """How far the result of a 锁定版 has come: each step taken on it, and the 异议 of the assessment."""

    steps: Mapping[SettlingKind, Settling]
    objections: tuple[Objection, ...] = ()

    @property
    def suggested(self) -> Settling | None:
        """建议等次, once recorded."""
        return self.steps.get("suggested")

    @property
    def settled(self) -> Settling | None:
        """审定, once recorded."""
        return self.steps.get("settled")

    @property
    def approved(self) -> Settling | None:
        """批复, once recorded."""
        return self.steps.get("approved")

    @property
    def open_objections(self) -> tuple[Objection, ...]:
        """The 异议 that still wait."""
        return tuple(each for each in self.objections if each.status == "open")

    @property
    def word(self) -> str:
        """What its grades are called: 测算等次, 建议等次 or 审定等次."""
        return "审定等次" if self.settled else "建议等次" if self.suggested else "测算等次"

    @property
    def marking(self) -> str:
        """What stands on every page and every sheet until 批复; "" after it."""
        return "" if self.approved else SETTLED if self.settled else UNAPPROVED


@dataclass(frozen=True)
class Locked:
    """One 锁定版: its record, the state as locked, how far it has come, and what follows the results.

    ``record.number`` is 0 for results that no store holds (命令行): then nothing was ever decided on them.
    """

    record: LockedVersion
    state: State
    standing: Standing
    follow_up: FollowUp

    @property
    def demo(self) -> bool:
        """Whether its figures are 示例数据."""
        return self.state.assessment.demo

    @property
    def marking(self) -> str:
        """内部资料·未经审定 and 示例数据, as far as they hold: what stands on every page and sheet; "" where neither does."""
        return "　".join(told for told in (self.standing.marking, "示例数据" if self.demo else "") if told)

    @property
    def stamp(self) -> str:
        """Which figures these are: "锁定版第3号　第57版　2020年12月4日 09:30锁定　校验码1A2B-3C4D"."""
        if not self.record.number:
            return f"未入库　{local(self.record.at)}测算　校验码{self.record.code}"
        return f"{self.record.name}　第{self.record.version}版　{local(self.record.at)}锁定　校验码{self.record.code}"

    @property
    def complete(self) -> bool:
        """Whether every unit has all its sheets."""
        return not self.state.absent and all(result.complete for result in self.state.results.units)

    def given(self, result: UnitResult) -> Given | None:
        """The grade that stands: 审定, else 建议, else computed; None while there is none."""
        step = self.standing.settled or self.standing.suggested
        found = step.grades.get(result.unit) if step else None
        return found or (Given(result.grade) if result.grade else None)

    def grade(self, unit: str) -> str | None:
        """A unit's grade as ``given``, the word alone. Raises KeyError."""
        found = self.given(self.state.results.of(unit))
        return found.grade if found else None


def lock(store: Store, assessment_id: int, actor: str, note: str = "", seen: int | None = None) -> LockedVersion:
    """Lock the present version of an assessment, which must still be ``seen`` (Moved).

    Raises StoreProblem where there is nothing to lock or it is locked already; load errors as ``load_state``.
    """
    state = load_state(store, assessment_id)
    if not state.submissions and not state.facts:
        raise StoreProblem("尚未收到评分表，也没有登记情形，没有可锁定的结果。请先上报评分表。")
    version = state.version if seen is None else seen
    return store.lock_version(assessment_id, version, fingerprint(state), state.results.engine, note, actor)


def open_locked(store: Store, assessment_id: int, number: int, today: date) -> Locked:
    """Open a 锁定版 and make sure that it still is what was locked.

    Raises StoreProblem for one that is not there, was withdrawn, or no longer gives what it gave (named: data or engine).
    """
    record = store.locked_version(assessment_id, number)
    state = load_state_at(store, assessment_id, record.version)
    if fingerprint(state) != record.hash:
        raise StoreProblem(_differs(record, state))
    return _as_it_stands(store, record, state, today)


def restanding(store: Store, locked: Locked, today: date) -> Locked:
    """The same 锁定版 with what was decided on it up to now; nothing is read or scored anew but that.

    Raises StoreProblem where it was withdrawn (作废) meanwhile.
    """
    record = store.locked_version(locked.record.assessment, locked.record.number)
    return _as_it_stands(store, record, locked.state, today)


def _as_it_stands(store: Store, record: LockedVersion, state: State, today: date) -> Locked:
    steps = {kind: step for kind, step in store.settlings(record.assessment).items() if step.locked == record.number}
    standing = Standing(steps, tuple(store.objections(record.assessment)))
    return Locked(record, state, standing, load_follow_up(store, state, today))


def unkept(state: State, today: date) -> Locked:
    """Results that no store holds, such as the command line's, as a 锁定版 without a number."""
    record = LockedVersion(
        0, state.assessment.id, 0, state.version, fingerprint(state), state.results.engine, "", "", datetime.now(UTC), ""
    )
    return Locked(record, state, Standing({}), FollowUp(state, None, (), (), today))


def _differs(record: LockedVersion, state: State) -> str:
    if record.engine != state.results.engine:
        return (
            f"{record.name}由计分引擎{record.engine}版锁定，现用{state.results.engine}版，两版结果不同，不能打开。"
            "请用原版本程序打开，或重新锁定。"
        )
    return f"{record.name}的数据与锁定时不一致，可能被其他程序改动过，不能打开。请核验操作日志，并用备份恢复。"

"""Who may make which change where: every verb × role × scope, expected as ``roles_matrix.tsv`` says, which people wrote.

Its columns: the world in which it is done; each role, for the own assessment (填报: for the own unit and 考核方式);
unit and part: 填报 for another unit, for another 考核方式; final: somebody with every role on an assessment that is 定稿.
y: done, -: refused, .: does not apply. scope all: it belongs to no assessment, and needs a role in all of them.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from data.access import ACTIONS, LOCAL, Duty, Person, Role
from data.store import NotAllowed, Store, StoreProblem
from tests.data.access.office_changes import CHANGES, WHO, Hand
from tests.data.access.office_worlds import FIRST, OTHER, OWN, SECOND, build

ROLES: tuple[Role, ...] = ("view", "plan", "fill", "review", "manage")
with (Path(__file__).parent / "roles_matrix.tsv").open(encoding="utf-8") as lines:
    TABLE = list(csv.DictReader(lines, delimiter="\t"))
BACKUPS = {"备份数据", "恢复备份", "导入存档"}
"""Verbs of the backup, which has tests of its own."""
Open = Callable[[str], Store]


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return build(tmp_path_factory.mktemp("worlds"))


@pytest.fixture
def world(worlds: dict[str, Path], tmp_path: Path) -> Callable[[str], object]:
    @contextmanager
    def opened(name: str) -> Iterator[Store]:
        path = shutil.copy(worlds[name], tmp_path / "office.db")
        with Store.open(f"sqlite:///{path}") as store:
            yield store
        for left in tmp_path.glob("office.db*"):
            left.unlink()

    return opened


def person(*duties: Duty) -> Person:
    return Person(WHO, "qian@example.org", duties)


def duty(role: Role, row: dict[str, str]) -> Duty:
    where = None if row["scope"] == "all" else FIRST
    if role == "fill":
        return Duty(role, where, frozenset((OWN,)), frozenset(("cross",)))
    return Duty(role, where)


def seq(store: Store) -> int:
    return store.log(limit=1)[0].seq


def refused(store: Store, row: dict[str, str], who: Person, kind: type[StoreProblem] = NotAllowed, says: str = "", **where: object) -> None:
    """The change raises and leaves nothing behind."""
    before = seq(store)
    with pytest.raises(kind, match=says):
        CHANGES[row["change"]](Hand(store.by(who), store, **{"here": FIRST, **where}))  # type: ignore[arg-type]
    assert seq(store) == before


def test_every_verb_stands_in_the_table() -> None:
    assert {row["change"] for row in TABLE} == CHANGES.keys() == ACTIONS.keys() - BACKUPS


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["change"])
def test_a_change_is_made_by_those_roles_alone_that_the_table_says(row: dict[str, str], world) -> None:
    with world(row["world"]) as store:
        for role in ROLES:
            if row[role] == "-":
                refused(store, row, person(duty(role, row)))
        refused(store, row, person())
        for column, where in (("unit", {"unit": OTHER}), ("part", {"part": "municipal"})):
            if row[column] == "-":
                refused(store, row, person(duty("fill", row)), **where)
        if row["scope"] == "all":
            refused(store, row, person(*(Duty(role, FIRST) for role in ROLES)))
        else:
            refused(store, row, person(*(Duty(role, FIRST) for role in ROLES)), here=SECOND)
    for role in ROLES:
        if row[role] == "y":
            with world(row["world"]) as store:
                before = seq(store)
                CHANGES[row["change"]](Hand(store.by(person(duty(role, row))), store, FIRST))
                entry = store.log(limit=1)[0]
                assert (entry.seq, entry.actor) == (before + 1, WHO if row["change"] else "")
                assert entry.details["account"] == "qian@example.org"


@pytest.mark.parametrize("row", [row for row in TABLE if row["final"] != "."], ids=lambda row: row["change"])
def test_a_final_assessment_takes_only_what_the_table_says_from_somebody_with_every_role(row: dict[str, str], world) -> None:
    everything = person(*(Duty(role) for role in ROLES))
    home = row["world"]
    over = home in ("final", "answered", "settled", "approved", "noticed")
    final = home if over else "filled-final" if home in ("plain", "agreed") else f"{home}-final"
    with world(final) as store:
        loaded = store.load(FIRST)
        hand = Hand(store.by(everything), store, FIRST)
        if row["final"] == "y":
            CHANGES[row["change"]](hand)
        else:
            refused(store, row, everything, StoreProblem, "已定稿")
        after = store.load(FIRST) if row["change"] != "清除示例" else loaded
        assert (after.submissions, after.facts, after.assessment.units) == (loaded.submissions, loaded.facts, loaded.assessment.units)
        scored = [{k: v for k, v in one.settings.items() if k.startswith(("assumption:", "target:"))} for one in (loaded, after)]
        assert scored[0] == scored[1]


LOCKED = {"上报": "复核锁定", "撤回": "复核锁定", "提交评分表": "复核", "复核评分表": "复核", "退回评分表": "复核",
          "评分表复核要求": "不能取消"}  # fmt: skip


def _call_off(hand: Hand) -> None:
    hand.by.set_review_required(hand.here, False, WHO)


@pytest.mark.parametrize("change", LOCKED)
def test_a_locked_sheet_is_changed_by_nobody_whatever_the_roles(change: str, world) -> None:
    with world("reviewed") as store:
        everybody = (LOCAL, person(*(Duty(role) for role in ROLES)))
        for who in everybody:
            before = store.load(FIRST)
            hand = Hand(store.by(who), store, FIRST)
            with pytest.raises(StoreProblem, match=LOCKED[change]):
                _call_off(hand) if change == "评分表复核要求" else CHANGES[change](hand)
            assert store.load(FIRST) == before


def test_the_review_is_not_called_off_as_any_other_choice(world) -> None:
    with world("reviewed") as store, pytest.raises(StoreProblem, match="单独办理"):
        store.set_setting(FIRST, "workflow:review", "", "甲", action="评分表复核要求")


def test_a_choice_needs_the_role_of_its_own_kind_whatever_it_is_called(world) -> None:
    with world("filled") as store:
        planner = store.by(person(Duty("plan", FIRST)))
        with pytest.raises(NotAllowed, match="管理"):
            planner.set_setting(FIRST, "towns_shown:440783", "1", WHO, action="显示名称测算")
        with pytest.raises(NotAllowed):
            store.by(person(Duty("view"))).set_setting(FIRST, "whatif-names", "理由", WHO, action="导出文件")
        with pytest.raises(NotAllowed):
            planner.set_setting(FIRST, "anything", "1", WHO, action="没有这种事项")


def test_nobody_signed_in_may_do_everything_on_the_machine(world) -> None:
    with world("filled") as store:
        assert store.person is LOCAL
        CHANGES["上报"](Hand(store, store, FIRST))
        assert store.log(limit=1)[0].actor == WHO

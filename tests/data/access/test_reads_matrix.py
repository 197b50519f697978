"""Who may read what where: every reading method of the store × role × sight, expected as ``reads_matrix.tsv`` says.

Columns: each role, once everything is 定稿 (y: all that there is, -: refused); blind: 填报 of one unit's one 考核方式 while
sheets are open (o: the own alone); none: every role, but in another assessment (n: as if it did not exist, e: left out),
or no duty at all for what belongs to no assessment.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from data.access import Duty, Person
from data.store import NotAllowed, Store, StoreProblem
from data.store.reads import READS
from tests.data.access.office_worlds import FIRST, OTHER, OWN, SECOND, sheet
from tests.data.access.test_roles_matrix import ROLES, WHO, person, world, worlds  # noqa: F401 - fixtures

with (Path(__file__).parent / "reads_matrix.tsv").open(encoding="utf-8") as lines:
    TABLE = list(csv.DictReader(lines, delimiter="\t"))
BLIND = person(Duty("fill", FIRST, frozenset((OWN,)), frozenset(("cross",))))
ELSEWHERE = person(*(Duty(role, SECOND) for role in ROLES))
EVERYTHING = person(*(Duty(role) for role in ROLES))


def read(store: Store, name: str, here: int = FIRST) -> Any:
    """Ask for it as the pages do."""
    more: dict[str, tuple[Any, ...]] = {
        "load_at": (1,), "load_between": (1, 2), "version_made": (1,), "locked_version": (1,),
        "setting_history": ("whatif-names",), "decision_history": (OTHER, "talk"),
    }  # fmt: skip
    if name in ("assessments", "verify_log", "own_schemes", "removed_schemes", "people", "people_history", "sign_ins", "health",
                "wrong_originals") or (
        name.startswith("geographies")
    ):
        return getattr(store, name)()
    if name == "brought_as":
        return store.brought_as("0" * 64)
    if name in ("own_scheme", "scheme_revisions"):
        return getattr(store, name)(1)
    if name in ("template_of", "template_words"):
        return getattr(store, name)(KEPT["scheme"])
    if name == "person_of":
        return store.person_of("管理@example.org")
    if name == "original":
        return store.original(KEPT[f"file-{here}"])
    return getattr(store, name)(here, *more.get(name, ()))


KEPT: dict[str, Any] = {}


def told(ask: Callable[[], Any]) -> Any:
    """What is answered, or in which words it is refused."""
    try:
        return ask()
    except StoreProblem as problem:
        return type(problem), str(problem)


def remember(store: Store) -> None:
    KEPT["scheme"] = store.own_schemes()[0]
    for here in (FIRST, SECOND):
        KEPT[f"file-{here}"] = next(one.file_sha256 for one in store.submissions(here) if one.unit == OTHER)


def test_every_reading_method_stands_in_the_table() -> None:
    assert [row["read"] for row in TABLE if row["read"] not in READS] == []
    assert READS.keys() - {row["read"] for row in TABLE} == set()


def test_whoever_may_see_results_reads_what_there_is(world) -> None:  # noqa: F811
    with world("noticed") as store:
        remember(store)
        for role in ROLES:
            viewer = store.by(person(Duty(role)))
            for row in TABLE:
                if row[role] == "y":
                    found, whole = told(lambda: read(viewer, row["read"])), told(lambda: read(store, row["read"]))  # noqa: B023
                    if row["read"] == "log":
                        assert {one.seq for one in found} <= {one.seq for one in whole}
                        assert {one.seq for one in whole if one.assessment == FIRST} <= {one.seq for one in found}
                    else:
                        assert found == whole, (role, row["read"])
                else:
                    with pytest.raises(NotAllowed):
                        read(viewer, row["read"])


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["read"])
def test_the_blind_read_what_the_table_says(row: dict[str, str], world) -> None:  # noqa: F811
    with world("filled") as store:
        remember(store)
        viewer = store.by(BLIND)
        if row["blind"] == "-":
            refused = StoreProblem if row["read"] == "original" else NotAllowed
            with pytest.raises(refused):
                read(viewer, row["read"])
        elif row["blind"] == "o":
            _own(row["read"], store, viewer)
        elif row["read"] == "assessments":
            assert [one.id for one in viewer.assessments()] == [FIRST]
        elif row["read"] == "blind":
            assert viewer.blind(FIRST)
        else:
            assert read(viewer, row["read"]) == read(store, row["read"])


def _own(name: str, store: Store, viewer: Store) -> None:
    """Of what there is, the own alone, which is there."""
    whole, found = read(store, name), read(viewer, name)
    if name == "log":
        assert found == []
        viewer.take(FIRST, "新.xlsx", b"new", [sheet(OWN, "cross", "88")], WHO)
        assert [entry.actor for entry in viewer.log(FIRST)] == [WHO]
        assert [entry.actor for entry in viewer.log()] == [WHO]
    elif name == "load":
        assert [(one.unit, one.component) for one in found.submissions] == [(OWN, "cross")]
        assert [one.fact.unit for one in found.facts] == [OWN]
        assert found.blind == BLIND
        assert whole.blind is None
        assert len(whole.submissions) == 3
    elif name == "facts":
        assert ([one.fact.unit for one in found], len(whole)) == ([OWN], 2)
    elif name == "settings":
        store.set_setting(FIRST, "whatif-names", "理由", "甲", action="显示名称测算")
        assert "whatif-names" in store.settings(FIRST)
        assert set(viewer.settings(FIRST)) == {"assumption:ticks", "towns_shown:440781", "workflow:review"}
    elif name == "last_words":
        for one in store.submissions(FIRST):
            store.withdraw(one.id, "甲", "有误")
        assert [entry.details["unit"] for entry in viewer.last_words(FIRST).values()] == [OWN]
        assert len(store.last_words(FIRST)) == 3
    elif name == "requests":
        ids = [one.id for one in store.submissions(FIRST)]
        store.hand_in(ids, "甲")
        store.review(ids, "乙")
        store.ask_unlock(ids[1], "甲", "有误")
        assert (len(store.requests(FIRST)), viewer.requests(FIRST)) == (1, [])
    else:
        assert [(one.unit, one.component) for one in found] == [(OWN, "cross")]
        assert len(whole) == 3


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["read"])
def test_what_one_has_no_duty_in_is_as_if_it_were_not_there(row: dict[str, str], world) -> None:  # noqa: F811
    name = row["read"]
    with world("filled") as store:
        remember(store)
        KEPT["file-99"] = "0" * 64
        viewer = store.by(ELSEWHERE)
        if row["none"] == "n":
            with pytest.raises(StoreProblem) as problem:
                read(viewer, name)
            with pytest.raises(StoreProblem) as missing:
                read(viewer, name, 99)
            assert (type(problem.value), str(problem.value)) == (type(missing.value), str(missing.value))
            assert not isinstance(problem.value, NotAllowed)
        elif row["none"] == "e":
            assert [one.id for one in viewer.assessments()] == [SECOND]
        elif row["none"] == "-":
            with pytest.raises(NotAllowed):
                read(store.by(person()), name)
        else:
            assert read(store.by(person()), name) is None


# 全部锁定


def test_results_are_seen_once_every_expected_sheet_is_reviewed_and_not_before(world) -> None:  # noqa: F811
    with world("handed") as store:
        everybody = (OWN, OTHER)
        for unit in everybody:
            for component in ("cross", "municipal", "daily"):
                if not any((one.unit, one.component) == (unit, component) for one in store.submissions(FIRST)):
                    made = store.take(FIRST, f"{unit}{component}.xlsx", unit.encode(), [sheet(unit, component)], "甲")
                    store.hand_in([made[0].id], "甲")
        viewer, ids = store.by(BLIND), [one.id for one in store.submissions(FIRST)]
        assert len(ids) == 6
        for at, key in enumerate(ids):
            found = viewer.locked_sheets(FIRST)
            assert (found.locked, found.expected, viewer.blind(FIRST)) == (at, 6, True)
            store.review([key], "乙")
        assert not viewer.blind(FIRST)
        assert len(viewer.load(FIRST).submissions) == 6
        request = store.ask_unlock(ids[0], "甲", "有误")
        store.grant(request.id, "乙")
        assert viewer.blind(FIRST)
        with pytest.raises(NotAllowed, match="承担填报"):
            viewer.versions(FIRST)


def test_where_no_sheet_can_be_expected_only_being_final_opens_the_results(world) -> None:  # noqa: F811
    with world("filled") as store:
        made = store.create_assessment("无名单", "none", "id: x", "h", [], "甲")
        viewer = store.by(Person(WHO, "qian", (Duty("fill"),)))
        store.set_review_required(made.id, True, "甲")
        assert viewer.blind(made.id)
        store.finalise(made.id, "甲")
        assert not viewer.blind(made.id)


def test_whoever_fills_in_is_blind_whatever_other_role_there_is(world) -> None:  # noqa: F811
    with world("filled") as store:
        assert store.by(EVERYTHING).blind(FIRST)
        assert not store.by(person(Duty("manage"), Duty("fill", SECOND))).blind(FIRST)
        with pytest.raises(NotAllowed):
            store.by(EVERYTHING).settlings(FIRST)


def test_the_own_file_is_read_and_one_that_holds_others_sheets_too_is_not(world) -> None:  # noqa: F811
    with world("filled") as store:
        own = next(one for one in store.submissions(FIRST) if (one.unit, one.component) == (OWN, "cross"))
        viewer = store.by(BLIND)
        assert viewer.original(own.file_sha256)[0] == own.file_name
        both = store.take(FIRST, "合.xlsx", b"both", [sheet(OWN, "cross", "90"), sheet(OTHER, "cross", "90")], "甲")
        with pytest.raises(StoreProblem, match="没有找到"):
            viewer.original(both[0].file_sha256)


def test_a_name_that_is_another_persons_too_shows_nothing_of_that_persons_lines(world) -> None:  # noqa: F811
    with world("filled") as store:
        other = store.by(Person(WHO, "other@example.org", (Duty("fill", FIRST),)))
        other.take(FIRST, "新.xlsx", b"new", [sheet(OTHER, "cross", "88")], "谁")
        assert store.by(BLIND).log(FIRST) == []
        assert [entry.subject for entry in other.log(FIRST)] == ["江海区第2次，1份评分表（《新.xlsx》）"]


def test_the_log_is_read_by_the_blind_after_a_demo_was_cleared(world) -> None:  # noqa: F811
    with world("filled") as store:
        store.remove_demo("甲")
        viewer = store.by(Person(WHO, "qian@example.org", (Duty("fill"),)))
        assert viewer.log() == []
        viewer.take(FIRST, "新.xlsx", b"new", [sheet(OTHER, "cross", "88")], "谁")
        assert [entry.actor for entry in viewer.log()] == [WHO]

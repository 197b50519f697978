"""The way of a 锁定版 in words: what is done, what is next, what blocks it, on every kind of scheme."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from data.demo import load_demo
from data.locked import Locked, lock, open_locked, suggest
from data.locked.grading import grades_of
from data.locked.progress import Stage, stages
from data.locked.verdict import verdict
from data.state import load_state
from data.store import Assessment, Given, Store
from scoring.marks import Fact
from tests.data import locks
from tests.pages import builders


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path}/hengxiao.db") as opened:
        yield opened


@pytest.fixture
def county(store: Store) -> Assessment:
    made = builders.county(store)
    builders.last_sheet(store, made)
    return made


def way(store: Store, locked: Locked) -> dict[str, Stage]:
    number, made = locked.record.number, locked.record.assessment
    return {one.key: one for one in stages(open_locked(store, made, number, locks.TODAY), load_state(store, made))}


def stands(found: dict[str, Stage]) -> list[str]:
    return [one.stand for one in found.values()]


def test_a_draft_can_be_suggested_on_and_not_settled(store: Store, county: Assessment) -> None:
    found = way(store, locks.locked_of(store, county.id))
    assert stands(found) == ["done", "next", "free", "waiting", "waiting", "waiting"]
    assert found["computed"].told == "好2个、较好4个、一般1个"
    assert found["settled"].blocks == ("本年度考核尚未定稿：请先在“年度考核”办结各项并定稿，再锁定",)


def test_each_step_makes_the_next_one_the_next(store: Store, county: Assessment) -> None:
    locks.confirm_all(store, county)
    store.finalise(county.id, "王复核")
    locked = locks.locked_of(store, county.id)
    assert stands(way(store, locked)) == ["done", "next", "free", "free", "waiting", "waiting"]
    grades = grades_of(locked.state) | {"台山市": Given("一般", "会议研究")}
    suggest(store, locked, grades, "", "李经办")
    assert stands(way(store, locked)) == ["done", "done", "free", "next", "waiting", "waiting"]
    assert way(store, locked)["suggested"].told.startswith("与测算等次不同1个（台山市）；李经办登记（")
    row = store.add_objection(county.id, 1, "江海区", "漏计", "区扶贫办", date(2020, 12, 9), "李经办")
    found = way(store, locked)
    assert stands(found) == ["done", "done", "next", "waiting", "waiting", "waiting"]
    assert found["settled"].blocks == ("异议尚有1件待办理",)
    store.answer_objection(row.id, "rejected", "无误", "", "王复核")
    assert way(store, locked)["objections"].told == "共1件，已全部办理：采纳0件、不采纳1件"
    store.settle(county.id, 1, "江扶会〔2020〕5号", locks.SETTLED_ON, "领导小组会议", grades, "", "王复核")
    found = way(store, locked)
    assert stands(found) == ["done", "done", "done", "done", "next", "waiting"]
    assert found["settled"].told.startswith("领导小组会议2020-12-10审定（江扶会〔2020〕5号）；与测算等次不同1个（台山市）")
    store.approve(county.id, "江府函〔2020〕66号", locks.APPROVED_ON, "市政府", "", "王复核")
    assert stands(way(store, locked)) == ["done", "done", "done", "done", "done", "next"]
    store.put_notice(county.id, date(2020, 12, 31), "江扶字〔2020〕9号", "", "李经办")
    assert way(store, locked)["notice"].told.startswith("2020-12-31通报（江扶字〔2020〕9号）")
    assert set(stands(way(store, locked))) == {"done"}


def test_figures_that_moved_on_block_审定_of_the_older_lock(store: Store, county: Assessment) -> None:  # noqa: N802
    locked = locks.locked_of(store, county.id)
    store.add_fact(county.id, Fact("鹤山市", "sanction", "记过"), "", "张三")
    blocks = way(store, locked)["settled"].blocks
    assert blocks[0] == "锁定版第1号锁定的是第25版，现为第26版：请重新锁定，审定新的锁定版"


def test_审定_without_a_suggestion_is_told_as_such(store: Store, county: Assessment) -> None:  # noqa: N802
    assert way(store, locks.settled(store, county))["suggested"].told == "未单独登记，直接审定"


def test_missing_units_are_named(store: Store) -> None:
    found = way(store, locks.locked_of(store, builders.county(store).id))
    assert found["computed"].told == "好2个、较好3个、一般1个；暂缺1个（恩平市）"


def test_judgement_has_no_grades_to_suggest(store: Store) -> None:
    (made,) = load_demo(store, documents=["qujiang-2018"])
    found = way(store, open_locked(store, made.id, lock(store, made.id, "张三").number, locks.TODAY))
    assert "suggested" not in found
    assert found["computed"].told == "本方案不打分、不评等次，按登记的情形列出拟处理意见"


def test_where_no_lines_are_drawn_scores_wait_for_judgement(store: Store) -> None:
    (made,) = load_demo(store, documents=["guangdong-2019"])
    found = way(store, open_locked(store, made.id, lock(store, made.id, "张三").number, locks.TODAY))
    assert "待评议，由评议给出等次" in found["computed"].told


def test_the_verdict_is_of_the_version_that_was_settled_alone(store: Store, county: Assessment) -> None:
    assert verdict(store, county.id, store.version(county.id)) is None
    found = locks.approved(store, county)
    version = found.record.version
    told = verdict(store, county.id, version)
    assert told is not None
    assert (told.word, told.number, told.record.number) == ("已批复", "江府函〔2020〕66号", 1)
    assert verdict(store, county.id, version - 1) is None
    store.set_setting(county.id, "towns_shown:440781", "1", "张三", action="公开镇级成绩")
    assert store.version(county.id) == version + 1
    assert verdict(store, county.id, version + 1) == told, "who may see towns changes no result"


def test_the_demonstration_of_乳源_has_gone_the_whole_way(store: Store) -> None:  # noqa: N802
    (made,) = load_demo(store, documents=["ruyuan-2017"])
    (record,) = store.locked_versions(made.id)
    found = way(store, open_locked(store, made.id, record.number, locks.TODAY))
    assert set(stands(found)) == {"done"}

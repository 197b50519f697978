"""The 考核情况报告 of names and texts that somebody typed: any text is text, whatever is in it, and stands as it was typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from data.locked import unkept
from data.papers.paper import Text, Unready
from data.papers.report import report
from data.schemes import scheme, scheme_text
from data.state import load_state
from data.store import Assessment, Given, Store, UnitRow
from scoring.marks import Fact
from tests.data.locks import TODAY, locked_of, settled
from tests.pages import builders

NAMES = ("某" * 40, "=HYPERLINK(1)", "<b>甲</b>&县", "甲\x07县", "“引号”市", "示例单位24", "a%s{0}$县")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path}/t.db") as opened:
        yield opened


def named(store: Store, names: tuple[str, ...] = NAMES, title: str = "2020年测试") -> Assessment:
    """江门's county assessment with these units, all with the same good marks but each a little worse than the last."""
    wanted = scheme("jiangmen-2020-county")
    units = [UnitRow(name, "county") for name in names]
    made = store.create_assessment(title, wanted.id, scheme_text(wanted.id), wanted.hash, units, builders.CLERK, True)
    for at, unit in enumerate(names):
        for way in ("cross", "municipal", "daily"):
            builders.hand_in(store, made, builders.ticks(unit, way, "2" * at + "1" * (19 - at)))
    return store.assessment(made.id)


def test_every_name_stands_in_the_report_as_it_was_typed(store: Store) -> None:
    paper = report(locked_of(store, named(store).id))
    text = "\n".join(paper.texts)
    rows = next(each for each in paper.tables if each.caption == "得分、等次和位次").rows
    assert [row[1] for row in rows] == list(NAMES)
    assert all(name in text for name in NAMES)


def test_a_number_at_the_end_of_a_name_does_not_run_into_the_count(store: Store) -> None:
    text = "\n".join(report(locked_of(store, named(store, ("示例单位1", "示例单位2")).id)).texts)
    assert "示例单位1、示例单位2，共2个市（区）" in text
    assert "示例单位22个" not in text


def test_an_assessment_s_name_becomes_a_file_s_name_that_every_system_keeps(store: Store) -> None:
    paper = report(locked_of(store, named(store, title="2021年/..\\:*?<考核>|\x07" + "长" * 60).id))
    assert not set(paper.name) & set('/\\:*?"<>|\x07')
    assert len(paper.name) < 90
    assert "".join(paper.title).startswith("2021年江门市")  # the year is the assessment's, not the scheme's


def test_a_single_unit_makes_a_report_without_places(store: Store) -> None:
    paper = report(locked_of(store, named(store, ("独县",)).id))
    assert "独县测算等次为“好”。" in paper.texts
    assert not [table for table in paper.tables if "位次" in table.heads[0]]


def test_units_that_are_all_alike_have_neither_strong_nor_weak_items(store: Store) -> None:
    wanted = scheme("jiangmen-2020-county")
    names = ("甲县", "乙县", "丙县")
    units = [UnitRow(name, "county") for name in names]
    made = store.create_assessment(
        "2020年", wanted.id, scheme_text(wanted.id), wanted.hash, units, builders.CLERK, True
    )
    for unit in names:
        for way in ("cross", "municipal", "daily"):
            builders.hand_in(store, made, builders.ticks(unit, way, "1" * 19))
    text = "\n".join(report(locked_of(store, made.id)).texts)
    assert "3个市（区）综合得分均为95.00分。" in text
    assert "19项指标平均得分率均为95.00%。" in text
    assert "较低的为" not in text
    assert "共性短板" not in text
    assert "相差最大" not in text
    assert "三、存在问题\n按本次数据没有需要列出的事项。" in text


def test_a_reason_somebody_typed_stands_in_full_and_ends_once(store: Store) -> None:
    made = named(store)
    given = {NAMES[0]: Given("较好", "  分管领导被约谈，\x07经研究降档。 ")}
    paper = report(settled(store, made, given))
    told = next(text for text in paper.texts if text.startswith("与测算等次不同的"))
    assert told.endswith("审定为“较好”，理由：分管领导被约谈，\x07经研究降档。")


def test_a_situation_without_day_and_paper_is_told_without_them(store: Store) -> None:
    made = named(store)
    row = store.add_fact(made.id, Fact(NAMES[2], "sanction", "记过", "2020-06-01", "<u>纪</u>1号"), "", builders.CLERK)
    store.confirm_fact(row.id, builders.CHECKER)
    state = load_state(store, made.id)
    text = "\n".join(report(unkept(state, TODAY)).texts)
    assert "<b>甲</b>&县有“记过”情形（班子成员受政务处分，2020年6月1日，<u>纪</u>1号）" in text


def test_an_assessment_with_nothing_in_it_says_why_and_what_to_do(store: Store) -> None:
    for name in ("jiangmen-2020-county", "qujiang-2018", "neimenggu-2018"):
        state = load_state(store, builders.empty(store, name, f"空的{name}").id)
        with pytest.raises(Unready, match=r"尚未收到.*没有结果可写。请先上报"):
            report(unkept(state, TODAY))


def test_an_assessment_without_units_says_so(store: Store) -> None:
    state = load_state(store, named(store).id)
    bare = replace(state, results=replace(state.results, units=()))
    with pytest.raises(Unready, match=r"名单中没有考核对象"):
        report(unkept(bare, TODAY))


def test_one_sheet_of_many_makes_a_report_of_one_unit(store: Store) -> None:
    made = builders.empty(store, "jiangmen-2020-county", "2020年只有一份")
    for way in ("cross", "municipal", "daily"):
        builders.hand_in(store, made, builders.ticks("蓬江区", way, "1" * 19))
    paper = report(locked_of(store, made.id))
    assert paper.texts[0].startswith("本稿数据未齐，为草稿")
    assert (
        "应收评分表21份，已收3份，尚缺18份（交叉考核6份、市级考核6份、日常工作6份），涉及江海区、新会区、台山市、开平市、鹤山市、恩平市6个市（区）"
        in paper.texts[0]
    )
    assert "7个市（区）中只有蓬江区已出得分，综合得分95.00分。" in paper.texts
    assert all(block.text for block in paper.blocks if isinstance(block, Text))

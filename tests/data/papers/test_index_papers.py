"""口径确认表 and 佐证目录: what was assumed and who confirmed it; where everything lies that the result rests on."""

from __future__ import annotations

import hashlib

import pytest

from data.locked import open_locked, unkept
from data.papers.evidence import evidence
from data.papers.paper import Heading, Paper, Unready
from data.papers.readings import readings
from data.state import load_state
from data.store import READING, Finding, Store
from tests.data.kept_locks import SCHEMES, county_approved, county_draft, demos
from tests.data.locks import TODAY, locked_of
from tests.pages.builders import CHECKER, CLERK, county, empty


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return Store.open(f"sqlite:///{tmp_path_factory.mktemp('index') / 'a.db'}")


def table(paper: Paper, caption: str) -> tuple[tuple[str, ...], ...]:
    return next(each.rows for each in paper.tables if each.caption == caption)


@pytest.mark.parametrize("scheme_id", SCHEMES)
def test_every_reading_of_the_scheme_has_its_row(scheme_id):
    state = demos()[scheme_id].state
    rows = readings(demos()[scheme_id]).tables[0].rows
    assert sorted(row[1] for row in rows) == sorted(reading.name for reading in state.assumptions)
    assert all(row[-1] == "" for row in rows)  # for the pen


def test_a_reading_says_what_the_text_leaves_open_what_holds_and_what_another_would_change():
    paper = readings(county_draft())
    first = next(row for row in paper.tables[0].rows[:2] if row[1] == "四档赋分")  # of the two that matter
    assert first[2] == "原文未定每档的分值"
    assert "好95分，较好85分，一般75分，较差60分" in first[3]
    assert "100/80/60/40：" in first[4]
    assert first[5] == "尚未确认"
    assert "共11项，尚有11项待确认，其中2项改用其他口径会影响等次。" in paper.texts[0]


def test_who_confirmed_when_and_on_which_paper_is_told(store):
    made = county(store, name="2020年江门市 · 口径")
    store.confirm(made.id, {READING + "ticks": "100/85/75/60"}, CHECKER, "四档赋分", "江扶会〔2020〕4号")
    locked = locked_of(store, made.id)
    row = next(row for row in readings(locked).tables[0].rows if row[1] == "四档赋分")
    assert row[3].startswith("100/85/75/60")
    assert row[5].startswith("王复核\n")
    assert "江扶会〔2020〕4号" in row[5]
    kept = table(evidence(locked), "确认、审定、结果运用和整改的登记")
    assert ("口径确认", "四档赋分：100/85/75/60（江扶会〔2020〕4号）") in [(row[0], row[2]) for row in kept]


def test_once_all_are_confirmed_it_says_so():
    assert "已全部确认" in readings(county_approved()).texts[0]


def test_every_original_file_stands_with_its_own_fingerprint():
    locked = county_draft()
    rows = table(evidence(locked), "原始文件")
    kept = {submission.file_sha256: submission for submission in locked.state.submissions}
    assert {row[-1] for row in rows} == {*kept}
    assert all(len(row[-1]) == 64 for row in rows)
    for row in rows:
        sheet = kept[row[-1]].sheet
        assert (
            row[-1] == hashlib.sha256(f"{sheet}".encode()).hexdigest()
        )  # the builder's files are their sheets as text
        assert row[1] == kept[row[-1]].file_name


def test_each_units_sheet_leads_to_its_file_and_a_missing_one_is_missing():
    paper = evidence(county_draft())
    files = {row[0]: row[1] for row in table(paper, "原始文件")}
    rows = {row[0]: row[1:] for row in table(paper, "文件编号及第几次上报")}
    assert files[rows["新会区"][0].partition("，")[0]] == "新会区_交叉考核.xlsx"
    assert rows["新会区"][0].endswith("，第1次")
    assert rows["恩平市"][2] == "暂缺"
    assert rows["恩平市"][3] == "—"  # 自查自评 is not counted
    assert "现用的评分表21份（其中不计分的1份），情形1条" in paper.texts[0]


def test_a_fact_stands_with_its_evidence_and_both_persons():
    row = table(evidence(county_draft()), "情形登记")[0]
    assert row[1:4] == ("新会区", "班子成员受政务处分", "“记过”情形（2020-06-01，江纪〔2020〕12号）")
    assert row[5].startswith("李经办，")
    assert row[6].startswith("王复核，")


def test_objections_decisions_and_the_way_to_the_log_are_in_it(store):
    made = county(store, name="2020年江门市 · 佐证")
    locked = locked_of(store, made.id)
    store.add_objection(made.id, locked.record.number, "江海区", "第14项与实际不符", "江海区扶贫办", TODAY, CLERK)
    problem = Finding("江海区", "台账不完整", "人手少", "逐户补齐", "区扶贫办")
    item = store.add_rectifications(made.id, [problem], CLERK)[0]
    store.report_rectification(item.id, "照片3张", CLERK, ("照片.zip", b"zip"))
    paper = evidence(open_locked(store, made.id, locked.record.number, TODAY))
    assert table(paper, "异议登记")[0][4] == "第14项与实际不符"
    kept = table(paper, "确认、审定、结果运用和整改的登记")
    assert ("整改佐证", "江海区", "照片3张（“照片.zip”）", hashlib.sha256(b"zip").hexdigest()) in [
        (*r[:3], r[4]) for r in kept
    ]
    last = paper.texts[-1]
    assert f"数据第1版至第{locked.record.version}版" in last
    assert locked.record.hash in last
    heads = [block.text for block in paper.blocks if isinstance(block, Heading)]
    assert heads == [
        "一、原始文件",
        "二、各市（区）的评分表",
        "三、情形的佐证",
        "四、异议",
        "五、确认、审定、结果运用和整改",
        "六、操作日志",
    ]


def test_settled_and_approved_papers_are_listed():
    rows = table(evidence(county_approved()), "确认、审定、结果运用和整改的登记")
    told = {row[0]: row[2] for row in rows}
    assert told["审定"] == "市扶贫开发领导小组会议（江扶会〔2020〕5号，2020年12月10日）"
    assert told["批复"] == "江门市人民政府（江府函〔2020〕66号，2020年12月15日）"


def test_an_empty_assessment_has_no_evidence(store):
    made = empty(store, "jiangmen-2020-county", "2020年江门市 · 空")
    with pytest.raises(Unready, match="没有可编目的佐证"):
        evidence(unkept(load_state(store, made.id), TODAY))

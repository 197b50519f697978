"""提请审定事项: everything the meeting is asked to decide, numbered, and as many as 总览 says."""

from __future__ import annotations

import re

import pytest

from components.results import overview_view
from data.locked import open_locked, suggest
from data.locked.grading import grades_of
from data.matters import to_decide
from data.papers.matters import matters
from data.papers.paper import Heading, Paper, Unready
from data.papers.readings import readings
from data.store import Given, Ruling, Store
from scoring.marks import Fact
from tests.data.kept_locks import SCHEMES, as_approved, county_approved, county_draft, demos
from tests.data.locks import TODAY, locked_of
from tests.pages.builders import CHECKER, CLERK, county, empty, show_towns, towns


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return Store.open(f"sqlite:///{tmp_path_factory.mktemp('matters') / 'a.db'}")


def numbered(paper: Paper) -> list[str]:
    """The matters by their headings."""
    return [block.text for block in paper.blocks if isinstance(block, Heading) and block.level == 3]


def text(paper: Paper) -> str:
    return "\n".join(paper.texts)


@pytest.mark.parametrize("scheme_id", SCHEMES)
def test_as_many_matters_are_for_the_leading_group_as_the_overview_counts(scheme_id):
    locked = demos()[scheme_id]
    if locked.standing.settled:
        return
    found = re.search(r"需领导小组审定(\d+)项", text(matters(locked)))
    counted = overview_view.readings(locked.state).to_decide
    assert int(found[1] if found else 0) == counted == to_decide(locked.state).count


@pytest.mark.parametrize("scheme_id", SCHEMES)
def test_every_matter_has_its_number_and_a_draft_decision(scheme_id):
    try:
        paper = matters(demos()[scheme_id])
    except Unready:
        return
    heads = numbered(paper)
    assert [int(head.partition(".")[0]) for head in heads] == list(range(1, len(heads) + 1))
    assert sum(told.startswith("拟决定：") for told in paper.texts) == len(heads)


def test_the_grades_are_one_matter_and_the_limit_another():
    paper = matters(county_draft())
    assert numbered(paper) == [
        "1. 确认口径“四档赋分”（原文未规定）",
        "2. 确认口径“指标权重”（原文未规定）",
        "3. 审定市（区）的等次",
        "4. 确认新会区的等次限制",
        "5. 决定表扬（2个）",
        "6. 决定谈话提醒（1个）",
    ]
    assert "测算等次：好2个（蓬江区、鹤山市），较好3个（新会区、台山市、开平市），一般1个（江海区）。" in paper.texts
    assert "拟决定：同意6个市（区）的等次，见所附名册。" in paper.texts
    assert "拟决定：新会区等次不高于“较好”。" in paper.texts


def test_the_names_stand_with_their_figures_by_place():
    rows = matters(county_draft()).tables[0].rows
    assert rows[0] == ("1", "鹤山市", "93.58", "好", "", "")
    assert rows[2] == ("3", "新会区", "94.00", "较好", "受等次限制", "")
    assert rows[-1] == ("—", "恩平市", "暂缺", "暂缺", "", "")


def test_what_must_be_done_before_the_meeting_is_told_and_not_counted(store):
    made = county(store, name="2020年江门市 · 会前")
    store.add_fact(made.id, Fact("鹤山市", "sanction", "记过", "2020-07-01", "江纪〔2020〕20号"), "", CLERK)
    locked = locked_of(store, made.id)
    store.add_objection(made.id, locked.record.number, "江海区", "第14项与实际不符。", "江海区扶贫办", TODAY, CLERK)
    paper = matters(open_locked(store, made.id, locked.record.number, TODAY))
    told = text(paper)
    assert "尚缺评分表1份：恩平市的日常工作，请在“数据上报”上报。" in told
    assert "核对鹤山市的情形：有待核对的情形，核对属实后等次由“好”变为“较好”" in told
    assert "办理异议第1号（江海区，2020年12月8日提出）：第14项与实际不符。" in told
    assert not [head for head in numbered(paper) if "异议" in head or "恩平市" in head]


def test_a_unit_to_be_praised_and_yet_summoned_is_a_matter_of_its_own(store):
    made = county(store, name="2020年江门市 · 并存")
    row = store.add_fact(made.id, Fact("蓬江区", "prominent", "有", "2020-11-20", "江督〔2020〕3号"), "", CLERK)
    store.confirm_fact(row.id, CHECKER)
    paper = matters(locked_of(store, made.id))
    assert numbered(paper)[2] == "3. 决定蓬江区的结果运用"
    assert "需领导小组审定3项" in text(paper)
    assert "拟决定：对蓬江区谈话提醒，是否同时给予表扬由会议决定。" in paper.texts


def test_suggested_grades_that_differ_give_their_reason_and_what_a_limit_says(store):
    made = county(store, name="2020年江门市 · 建议")
    locked = locked_of(store, made.id)
    given = grades_of(locked.state) | {
        "新会区": Given("好", "江扶会〔2020〕5号"),
        "开平市": Given("好", "全年推进有力"),
    }
    suggest(store, locked, given, "", CLERK)
    told = text(matters(open_locked(store, made.id, locked.record.number, TODAY)))
    assert "建议等次：好4个（蓬江区、新会区、开平市、鹤山市）" in told
    assert "开平市测算等次为“较好”，建议等次为“好”，理由：全年推进有力。" in told
    assert "按五（四）不得评为“好”，建议等次优于该限制。" in told


def test_decided_outcomes_are_matters_no_more(store):
    made = county(store, name="2020年江门市 · 已决定")
    locked = locked_of(store, made.id)
    store.decide(made.id, [Ruling("江海区", "1:谈话提醒", "谈话提醒", "adopted")], CHECKER)
    heads = numbered(matters(open_locked(store, made.id, locked.record.number, TODAY)))
    assert not [head for head in heads if "谈话提醒" in head]
    assert [head for head in heads if "表扬" in head]


def test_once_settled_only_outcomes_are_left():
    paper = matters(county_approved())
    assert numbered(paper) == ["1. 决定表扬（2个）", "2. 决定谈话提醒（1个）"]
    assert not paper.tables


def test_nothing_left_to_decide_is_said():
    with pytest.raises(Unready, match="没有提请审定的事项"):
        matters(as_approved(demos()["jiangmen-2020-town"]))


def test_grades_found_by_judgement_are_asked_for_and_not_proposed():
    paper = matters(demos()["guangdong-2019"])
    assert "拟决定：经评议，确定14个被帮扶市的等次（逐一填列）。" in paper.texts
    assert {row[3] for row in paper.tables[0].rows} == {"待评议"}


def test_towns_are_settled_county_by_county():
    assert "拟决定：同意蓬江区6个镇（街）的等次，见所附名册。" in matters(demos()["jiangmen-2020-town"]).texts


def test_an_empty_assessment_has_nothing_to_decide(store):
    made = empty(store, "jiangmen-2020-county", "2020年江门市 · 空")
    store.add_fact(made.id, Fact("新会区", "sanction", "记过", "2020-06-01", "江纪〔2020〕12号"), "", CLERK)
    with pytest.raises(Unready, match="请先上报评分表"):
        matters(locked_of(store, made.id))


def everything(paper: Paper) -> str:
    cells = [cell for table in paper.tables for row in (*table.heads, *table.rows) for cell in row]
    return "\n".join((text(paper), *numbered(paper), *(each.caption for each in paper.tables), *cells))


def test_towns_whose_county_has_not_made_them_public_stand_in_no_paper_for_a_meeting(store):
    closed = locked_of(store, towns(store, name="2020年江门市 · 镇级不公开").id)
    names = [result.unit for result in closed.state.results.units]
    for made in (matters(closed), readings(closed)):
        assert not [name for name in names if name in everything(made)]
    assert "共73个镇（街）的成绩未经所在市（区）决定公开，不列。" in text(matters(closed))
    assert "等次名册" not in everything(matters(closed))
    assert "审定蓬江区的等次" not in everything(matters(closed))
    assert "的等次改变，成绩未经所在市（区）决定公开，不列" in everything(readings(closed))


def test_towns_of_the_one_county_that_has_are_listed_and_the_others_are_not(store):
    made = towns(store, name="2020年江门市 · 只台山公开")
    show_towns(store, made)
    locked = locked_of(store, made.id)
    groups = {group.name: [unit.name for unit in group.units] for group in locked.state.scheme.groups}
    opened = groups.pop("台山市")
    told = everything(matters(locked))
    assert all(name in told for name in opened)
    assert [each.caption for each in matters(locked).tables] == ["台山市等次名册"]
    both = told + everything(readings(locked))
    assert not [name for units in groups.values() for name in units if name in both]


def test_the_worst_grade_is_given_and_not_a_limit_to_stay_below():
    told = text(matters(demos()["dongxi-2019-city"]))
    assert "拟决定：佛山市等次评为“差”。" in told
    assert "不高于“差”" not in told


def test_without_grades_nothing_is_said_of_their_not_changing():
    both = text(readings(demos()["qujiang-2018"])) + text(matters(demos()["qujiang-2018"]))
    assert "等次" not in both.replace("不评等次", "")

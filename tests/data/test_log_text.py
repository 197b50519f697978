"""The log in words, and a CSV in which no text can act as a formula."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from data.log_text import csv_file, details_text, subject_text, tame
from data.store import LogEntry

NAMES = {"daily": "日常工作", "sanction": "班子成员受政务处分"}


def entry(**details: object) -> LogEntry:
    return LogEntry(1, datetime.now(UTC), "张三", 1, "上报", "", dict(details), "", "")


@pytest.mark.parametrize(("details", "said"), [
    ({"sheets": [{"unit": "江海区", "component": "daily", "revision": 2}], "replaced": [7]},
     "江海区日常工作第2次；取代原有评分表1份"),
    ({"fact": "sanction", "value": "记过", "date": "2020-06-01", "id": 3, "unit": "蓬江区"},
     "情形：班子成员受政务处分；取值：记过；日期：2020-06-01"),
    ({"sha256": "0123456789abcdef0123"}, "文件校验值：0123456789ab…"),
    ({"component": "gone"}, "考核方式：gone"),
    ({"before": None, "reason": ""}, ""),
    ({"number": 2, "fingerprint": "1a2b3c4d" * 8, "remark": "12月8日会议"}, "备注：12月8日会议；校验码：1A2B-3C4D"),
    ({"locked": 2, "grades": {"甲": ["好", ""], "乙": ["较好", "会议研究"], "丙": ["好", ""]}, "remark": ""},
     "等次：好2个（甲、丙），较好1个（乙），理由：乙：会议研究"),
    ({"number": "江扶会〔2020〕5号", "day": "2020-12-10", "body": "领导小组", "grades": {}},
     "文号：江扶会〔2020〕5号；日期：2020-12-10；机关（会议）：领导小组"),
    ({"objection": 1, "text": "漏计", "raised_by": "区扶贫办"}, "异议内容：漏计；提出人（单位）：区扶贫办"),
    ({"objection": 1, "reply": "经复核无误", "basis": "记录1号"}, "依据：记录1号；办理意见：经复核无误"),
    ({"document": "报告.docx", "sha256": "0" * 64}, "文件名：报告.docx；文件校验值：000000000000…"),
    ({"无法读取": "坏"}, "内容无法读取：坏"),
    ({}, ""),
])  # fmt: skip
def test_details_are_told_in_chinese_and_what_only_the_program_needs_is_left_out(details: dict, said: str) -> None:
    assert details_text(entry(**details), NAMES) == said


def test_a_pile_of_sheets_is_told_by_component_and_the_one_sheet_of_the_subject_not_again() -> None:
    pile = [{"unit": unit, "component": "daily", "revision": 1} for unit in "甲乙丙"]
    assert details_text(entry(sheets=pile), NAMES) == "甲日常工作第1次、乙日常工作第1次、丙日常工作第1次"
    pile += [{"unit": "丁", "component": "daily", "revision": 1}, {"unit": "甲", "component": "gone", "revision": 2}]
    assert details_text(entry(sheets=pile), NAMES) == "日常工作第1次4份（甲、乙、丙、丁），gone第2次1份（甲）"
    alone = replace(entry(sheets=pile[:1], reason="缺公章"), subject="甲的日常工作评分表（第1次）")
    assert details_text(alone, NAMES) == "理由：缺公章"
    assert details_text(replace(alone, subject="乙的日常工作评分表（第1次）"), NAMES) == "甲日常工作第1次；理由：缺公章"


def test_an_entry_about_a_fact_names_it() -> None:
    told = entry(fact="sanction", unit="新会区", value="记过", basis="江纪〔2020〕12号")
    assert subject_text(told, NAMES) == "新会区 班子成员受政务处分：记过（江纪〔2020〕12号）"
    assert subject_text(entry(fact="sanction", unit="新会区", value="记过"), {}) == "新会区 sanction：记过"


def test_any_other_entry_is_about_what_it_says() -> None:
    other = replace(entry(unit="江海区", component="daily"), subject="江海区第2次评分表")
    assert subject_text(other, NAMES) == "江海区第2次评分表"


def test_a_value_that_the_subject_ends_with_is_told_once() -> None:
    shown = replace(entry(key="whatif-names", value="会上核对名称"), subject="权重测算显示名称：会上核对名称")
    assert details_text(shown, NAMES) == ""
    assert details_text(replace(shown, subject="权重测算显示名称"), NAMES) == "取值：会上核对名称"


@pytest.mark.parametrize("active", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"])
def test_a_text_that_would_act_as_a_formula_is_tamed(active: str) -> None:
    assert tame(active) == f"'{active}"


def test_the_file_opens_in_excel_with_its_chinese() -> None:
    content = csv_file([("对象",), ("=cmd|'/c calc'!A1",), ("蓬江区",)])
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig").splitlines() == ["对象", "'=cmd|'/c calc'!A1", "蓬江区"]


@given(some.lists(some.text(alphabet=some.characters(exclude_categories=("Cs", "Cc")), min_size=1), min_size=1))
def test_every_text_comes_back_whole_and_none_begins_a_formula(texts: list[str]) -> None:
    rows = list(csv.reader(io.StringIO(csv_file([["a"], *([text] for text in texts)]).decode("utf-8-sig"))))[1:]
    told = [row[0].removeprefix("'") if row[0] != text else text for row, text in zip(rows, texts, strict=True)]
    assert told == texts
    assert not any(row[0].startswith(("=", "+", "-", "@")) for row in rows)


def test_what_follows_a_result_is_told_in_words() -> None:
    taken = entry(**{"items": [{"item": 3, "problem": "台账不齐"}, {"item": 4, "problem": "宣传不足"}]})
    assert details_text(taken, {}) == "第3号 台账不齐；第4号 宣传不足"
    mended = entry(**{"item": 3, "revision": 2, "status": "整改中", "owner": "市财政局", "reason": "凭证缺3份"})
    assert details_text(mended, {}) == "状态：整改中；责任人（单位）：市财政局；理由：凭证缺3份"
    notice = entry(**{"date": "2020-12-31", "number": "江扶字〔2020〕9号", "remark": ""})
    assert details_text(notice, {}) == "日期：2020-12-31；文号：江扶字〔2020〕9号"

"""The pieces that every paper shares, against what officials write and what was worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from data.papers import words
from data.papers.report import report
from data.schemes import scheme, scheme_ids
from data.store import Given, Store
from scoring.elements import Period
from scoring.marks import Fact
from tests.data.locks import locked_of, settled
from tests.pages import builders

COUNTY = scheme("jiangmen-2020-county")
PERIODS = {
    "jiangmen-2020-county": "三",
    "guangdong-2019": "三",
    "ruyuan-2017": "五",
    "qujiang-2018": "第六条",
    "neimenggu-2018": "",
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path}/t.db") as opened:
        yield opened


@pytest.mark.parametrize(
    ("number", "text"),
    [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (19, "十九"), (20, "二十"), (21, "二十一"), (99, "九十九")],
)
def test_headings_are_numbered_as_chinese_counts(number: int, text: str) -> None:
    assert words.numeral(number) == text


def test_days_are_written_without_leading_noughts() -> None:
    assert words.day_text(date(2020, 12, 8)) == "2020年12月8日"
    assert words.day_text(date(2021, 1, 31)) == "2021年1月31日"


def test_a_document_is_cited_by_title_and_number() -> None:
    assert words.cited(COUNTY.document) == "《2020年江门市城乡精准扶贫工作成效考核实施方案》（江扶字〔2020〕8号）"
    assert words.cited(scheme("ruyuan-2017").document) == "《乳源瑶族自治县2017年扶贫开发工作成效考核实施方案》"


def test_titles_within_titles_take_single_brackets() -> None:
    document = COUNTY.document.model_copy(update={"title": "关于印发《方案》的通知", "number": ""})
    assert words.cited(document) == "《关于印发〈方案〉的通知》"


@pytest.mark.parametrize("name", scheme_ids())
def test_brackets_of_citations_are_paired_in_every_scheme(name: str) -> None:
    text = words.cited(scheme(name).document)
    assert text.count("《") == text.count("》") == 1
    assert text.count("〔") == text.count("〕")


@pytest.mark.parametrize(
    ("names", "most", "text"),
    [
        ([], None, ""),
        (["蓬江区"], None, "蓬江区"),
        (["蓬江区", "江海区"], None, "蓬江区、江海区2个市（区）"),
        (["蓬江区", "江海区", "新会区"], 2, "蓬江区等3个市（区）"),
        (["甲1", "乙2"], None, "甲1、乙2，共2个市（区）"),
    ],
)
def test_units_in_a_row_end_with_how_many_they_are(names: list[str], most: int | None, text: str) -> None:
    assert words.listed(COUNTY, names, most) == text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("党建扶贫情况", "“党建扶贫情况”"),
        ("落实“三保障”政策", "“落实‘三保障’政策”"),
        ("“三保障”", "“三保障”"),
        ("“甲”和“乙”", "“‘甲’和‘乙’”"),
    ],
)
def test_quotations_within_quotations_take_single_marks(text: str, told: str) -> None:
    assert words.quoted(text) == told


def test_a_clause_that_all_share_stands_last_and_none_twice() -> None:
    assert words.clauses(*COUNTY.counted) == "五（一）、五（二）、五（三）、六（五）"
    assert words.clauses(COUNTY.ticks) == "口径，原文未规定"
    assert words.clauses() == ""


def test_grounds_keep_each_clause_once_and_mark_readings() -> None:
    assert words.cites(COUNTY.counted[0], "六（五）、附件1", COUNTY.ticks, "") == (
        "五（一）",
        "六（五）",
        "附件1",
        words.READING,
    )
    assert words.cites(words.READING) == (words.READING,)


def test_a_situation_is_told_with_kind_day_and_paper_or_in_short() -> None:
    fact = Fact("新会区", "sanction", "记过", "2020-06-01", "江纪〔2020〕12号")
    assert words.fact_told(COUNTY, fact) == "“记过”情形（班子成员受政务处分，2020年6月1日，江纪〔2020〕12号）"
    assert words.fact_short(COUNTY, fact) == "“记过”情形（班子成员受政务处分）"
    prominent = Fact("新会区", "prominent", "有", "", "")
    assert words.fact_told(COUNTY, prominent) == "“某些方面存在突出问题”情形"


def test_what_is_missing_is_told_by_unit_and_way_with_what_is_possible(store: Store) -> None:
    locked = locked_of(store, builders.county(store).id)
    assert words.missing_told(locked) == (
        "应收评分表21份，已收20份，尚缺恩平市的日常工作",
        "无论所缺结果如何，恩平市得分在58.08至88.08之间，等次可能为较差、一般或较好",
    )
    assert words.missing_told(locked, ranges=False) == ("应收评分表21份，已收20份，尚缺恩平市的日常工作",)
    assert words.missing_told(locked, ["蓬江区"]) == ("应收评分表21份，已收20份，尚缺恩平市的日常工作",)


def test_a_complete_result_lacks_nothing_and_needs_no_draft_paragraph(store: Store) -> None:
    made = builders.county(store)
    builders.last_sheet(store, made)
    locked = locked_of(store, made.id)
    assert words.missing_told(locked) == ()
    assert words.draft(locked) is None
    assert words.is_draft(locked)


def test_who_settled_is_told_with_paper_and_day_and_only_changed_grades_with_reasons(store: Store) -> None:
    made = builders.county(store)
    builders.last_sheet(store, made)
    locked = settled(store, made, {"开平市": Given("好", "经会议研究。")})
    assert locked.standing.settled is not None
    assert words.settled_by(locked.standing.settled) == "市扶贫开发领导小组会议（江扶会〔2020〕5号，2020年12月10日）"
    assert [result.unit for result, _ in words.differing(locked)] == ["开平市"]
    changed, same = (locked.state.results.of(unit) for unit in ("开平市", "蓬江区"))
    assert words.given_told(locked, changed).endswith("审定为“好”，理由：经会议研究")
    assert words.given_told(locked, same) == ""
    assert not words.is_draft(locked)


def test_counts_by_grade_follow_the_grades_that_stand(store: Store) -> None:
    made = builders.county(store)
    builders.last_sheet(store, made)
    locked = settled(store, made, {"开平市": Given("好", "经会议研究")})
    told = words.grade_counts(locked, locked.state.results.units)
    assert told == "好3个（蓬江区、开平市、鹤山市），较好3个（新会区、台山市、恩平市），一般1个（江海区）"


def test_a_grade_that_rounding_brought_is_told_with_the_score_before(store: Store) -> None:
    made = builders.empty(store, "jiangmen-2020-county", "2020年舍入")
    # 0.4 × 89.99 + 0.3 × 90 + 0.3 × 90 = 89.996
    for way, score in (("cross", "89.99"), ("municipal", "90"), ("daily", "90")):
        builders.hand_in(store, made, builders.total("蓬江区", way, score))
    locked = locked_of(store, made.id)
    told = "蓬江区未舍入时为89.996分，四舍五入为90.00分，按分数由此成为“好”"
    assert words.rounded_told(locked) == (told,)
    assert words.rounded_told(locked, ["江海区"]) == ()
    assert f"{told}。" in report(locked).texts


def test_a_result_that_rounding_moves_nowhere_says_nothing_of_it(store: Store) -> None:
    locked = locked_of(store, builders.county(store).id)
    assert words.rounded_told(locked) == ()
    assert "舍入的影响" not in "\n".join(report(locked).texts)


def test_what_was_assessed_takes_the_year_of_the_assessment(store: Store) -> None:
    made = builders.empty(store, "jiangmen-2020-county", "2021年江门市 · 县级")
    builders.hand_in(store, made, builders.total("蓬江区", "cross", "90"))
    assert words.subject(locked_of(store, made.id)) == "2021年江门市县级党委和政府扶贫开发成效考核"


def test_the_time_of_a_paper_is_that_of_the_last_step_taken(store: Store) -> None:
    made = builders.county(store)
    builders.last_sheet(store, made)
    locked = settled(store, made)
    assert locked.standing.settled is not None
    assert words.moment(locked) == locked.standing.settled.at


def test_the_time_assessed_has_the_clause_that_prints_it_and_none_where_the_text_prints_another() -> None:
    found = {name: words.period_clause(scheme(name).document) for name in PERIODS}
    assert found == PERIODS
    document = scheme("jiangmen-2020-county").document
    later = Period(start=date(2020, 12, 1), end=date(2021, 11, 30))
    assert words.period_clause(document.model_copy(update={"period": later})) == ""

"""What a meeting is shown of 江门's seven: every figure on the pages is one that was worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from data.briefing import TOPICS, Page, pages
from data.locked import Locked, open_locked
from data.papers.matters import matters
from data.papers.paper import Heading
from data.store import Given, Store
from tests.data import locks
from tests.pages import builders

POINTS = {"1": Fraction(95), "2": Fraction(85), "3": Fraction(75), "4": Fraction(60)}
WEIGHTS = {"cross": Fraction(40), "municipal": Fraction(30), "daily": Fraction(30)}
SCORES = {  # Σ weight × score, by hand; 新会区 is held at 较好 by its 记过
    "鹤山市": ("93.58", "好"), "蓬江区": ("90.00", "好"), "新会区": ("94.00", "较好"), "开平市": ("89.24", "较好"),
    "台山市": ("86.14", "较好"), "恩平市": ("82.08", "较好"), "江海区": ("79.78", "一般"),
}  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path}/hengxiao.db") as opened:
        yield opened


@pytest.fixture
def short(store: Store) -> Locked:
    """With 20 of 21 sheets."""
    return locks.locked_of(store, builders.county(store).id)


@pytest.fixture
def whole(store: Store) -> Locked:
    made = builders.county(store)
    builders.last_sheet(store, made)
    return locks.locked_of(store, made.id)


def page(locked: Locked, key: str) -> Page:
    return next(each for each in pages(locked) if each.key == key)


def keys(locked: Locked) -> list[str]:
    return [each.key for each in pages(locked)]


def test_pages_come_in_the_standard_order_and_what_is_missing_comes_right_after_the_cover(short: Locked) -> None:
    assert keys(short)[:4] == ["cover", "missing", "conclusion", "ranking"]
    assert keys(short)[-2:] == ["matters", "end"]
    topics = [key.partition("-")[0] for key in keys(short)]
    assert topics == sorted(topics, key=list(TOPICS).index)


def test_a_page_with_nothing_to_report_is_not_there(whole: Locked) -> None:
    assert not {"missing", "objections", "rectify"} & {*keys(whole)}


def test_topics_are_picked_in_the_order_asked_for_and_unknown_ones_give_nothing(whole: Locked) -> None:
    assert [each.key for each in pages(whole, keys=["edges", "nonsense", "cover", "edges"])] == ["edges", "cover"]


def test_the_ranking_has_the_scores_worked_out_by_hand_best_first(whole: Locked) -> None:
    chart = page(whole, "ranking").chart
    assert chart is not None
    assert {bar.label: (bar.texts[0], bar.grade) for bar in chart.bars} == SCORES
    assert [bar.label for bar in chart.bars] == ["鹤山市", "蓬江区", "新会区", "开平市", "台山市", "恩平市", "江海区"]
    assert [bar.note for bar in chart.bars][:3] == ["第1位", "第2位", "第3位，受限制"]
    assert chart.lines == (("好", 90), ("较好", 80), ("一般", 70))
    assert page(whole, "ranking").message == "7个市（区）得分在79.78至94.00之间"


def test_a_unit_that_lacks_a_sheet_stands_last_without_a_value_and_places_are_provisional(short: Locked) -> None:
    found = page(short, "ranking")
    assert found.chart is not None
    last = found.chart.bars[-1]
    assert (last.label, last.values, last.texts, last.grade) == ("恩平市", (None,), ("暂缺",), None)
    assert found.message == "6个市（区）得分在79.78至94.00之间，1个暂缺，位次为暂列"


def test_what_is_missing_and_still_possible_is_told(short: Locked) -> None:
    # 恩平市: 0.4 × 1595/19 … with 日常工作 from 0 to 100: 58.08 more or less 30
    found = page(short, "missing")
    assert found.message == "数据未齐：应收21份，已收20份，尚缺1份"
    assert found.lines == ("恩平市：缺日常工作", "得分只可能在58.08至88.08之间", "等次可能为较差、一般或较好")


def test_the_conclusion_counts_grades_as_key_figures(whole: Locked) -> None:
    found = page(whole, "conclusion")
    assert found.message == "7个市（区），测算等次为好2个、较好4个、一般1个"
    assert [(each.text, each.unit, each.label) for each in found.figures] == [
        ("2", "个", "好"), ("4", "个", "较好"), ("1", "个", "一般"), ("0", "个", "较差")
    ]  # fmt: skip


def test_parts_add_up_to_the_total_as_printed(whole: Locked) -> None:
    chart = page(whole, "parts").chart
    assert chart is not None
    for bar in chart.bars:
        assert sum(Fraction(text) for text in bar.texts) == Fraction(SCORES[bar.label][0])
    # 蓬江区: 0.4 × 1725/19, 0.3 × 1785/19, 0.3 × 85
    assert next(bar.texts for bar in chart.bars if bar.label == "蓬江区") == ("36.32", "28.18", "25.50")


def test_the_weakest_items_are_those_with_the_lowest_mean_over_all_units(short: Locked) -> None:
    chart = page(short, "weak").chart
    assert chart is not None
    means = sorted((_mean(no), no + 1) for no in range(19))
    assert [bar.key for bar in chart.bars] == [f"i{no}" for _, no in means[:6]]
    assert [bar.values[0] for bar in chart.bars] == [value for value, _ in means[:6]]


def _mean(at: int) -> Fraction:
    """An item's mean over the seven, each unit's over those that ticked it, weighed; worked out from the ticks alone."""
    found = []
    for unit, (cross, municipal) in builders.CROSS_AND_MUNICIPAL.items():
        told = {"cross": cross, "municipal": municipal, "daily": builders.DAILY.get(unit, "")}
        ticked = {name: POINTS[ticks[at]] for name, ticks in told.items() if len(ticks) == 19}
        weight = sum(WEIGHTS[name] for name in ticked)
        found.append(sum((WEIGHTS[name] * value for name, value in ticked.items()), Fraction(0)) / weight)
    return sum(found, Fraction(0)) / len(found)


def test_the_edge_names_the_nearest_and_the_lines_that_decide(whole: Locked) -> None:
    found = page(whole, "edges")
    assert found.message == "3个市（区）距等次线不足1分，最近的恰在线上"
    assert found.grid is not None
    rows = {row[0]: row[1:] for row in found.grid.rows}
    assert rows["蓬江区"][:4] == ("90.00", "好", "—", "恰在“好”线上")
    assert rows["开平市"][2] == "距“好”差0.76"
    assert rows["江海区"][2:4] == ("距“较好”差0.22", "高出“一般”9.78")
    assert "新会区" not in rows or rows["新会区"][2:4] == ("—", "高出“较好”14.00")  # held: below 90 it stays 较好


def test_a_limit_is_told_with_what_it_rests_on_and_its_clause(whole: Locked) -> None:
    found = page(whole, "limits")
    assert found.message == "1个市（区）受等次限制：按分数为“好”，测算等次为“较好”"
    assert found.grid is not None
    assert found.grid.rows == (("新会区", "班子成员受政务处分：记过", "最高为“较好”", "五（四）"),)
    assert found.cites == ("五（四）",)


def test_what_follows_is_told_with_whom_by_which_clause_and_that_it_is_not_decided(whole: Locked) -> None:
    found = page(whole, "outcomes")
    assert found.message == "拟表扬2个、谈话提醒1个"
    assert found.grid is not None
    assert found.grid.rows == (
        ("拟表扬", "2个", "蓬江区、鹤山市", "六（六）", "待定2"), ("拟谈话提醒", "1个", "江海区", "六（六）", "待定1"),
    )  # fmt: skip


def test_the_meeting_is_asked_for_all_that_is_open_and_for_no_grade_that_is_settled(store: Store) -> None:
    made = builders.county(store)
    builders.last_sheet(store, made)
    before = page(locks.locked_of(store, made.id), "matters")
    assert before.message == "需领导小组审定2项，一并提请审议4项"
    assert before.lines == (
        # with 100/80/60/40: 开平市 0.4 × 1840/19 + 0.3 × 1780/19 + 24.321 is 91.16 好, 恩平市 76.74 一般
        "1. 确认口径“四档赋分”，换用其他口径至多2个等次改变（口径）",
        "2. 确认口径“指标权重”，换用其他口径至多1个等次改变（口径）",
        "3. 审定等次：好2个、较好4个、一般1个（六（六））",
        "4. 确认新会区受等次限制，不高于“较好”（五（四））",
        "5. 决定表扬2个：蓬江区、鹤山市（六（六））",
        "6. 决定谈话提醒1个：江海区（六（六））",
    )
    settled = page(locks.settled(store, made), "matters")
    assert settled.message == "提请审议2项"
    assert not any("审定等次" in line or "口径" in line for line in settled.lines)


def test_the_meetings_matters_are_those_of_the_paper_of_that_name(whole: Locked) -> None:
    listed = [block.text for block in matters(whole).blocks if isinstance(block, Heading) and block.level == 3]
    assert len(listed) == len(page(whole, "matters").lines) == 6
    numbers = [line.partition(".")[0] for line in page(whole, "matters").lines]
    assert [text.partition(".")[0] for text in listed] == numbers


def test_a_grade_that_was_settled_otherwise_is_the_one_on_every_page(store: Store) -> None:
    made = builders.county(store)
    builders.last_sheet(store, made)
    locked = locks.settled(store, made, {"开平市": Given("好", "复核后认定")})
    assert page(locked, "conclusion").message == "7个市（区），审定等次为好3个、较好3个、一般1个"
    chart = page(locked, "ranking").chart
    assert chart is not None
    bar = next(bar for bar in chart.bars if bar.label == "开平市")
    assert (bar.grade, bar.note) == ("好", "第3位，测算“较好”")  # before 新会区, whose limited grade is worse
    assert [each.label for each in chart.bars][:4] == ["鹤山市", "蓬江区", "开平市", "新会区"]
    outcomes = page(locked, "outcomes").grid
    assert outcomes is not None
    assert outcomes.rows[0][:3] == ("拟表扬", "3个", "蓬江区、开平市、鹤山市")
    assert [each.text for each in page(locked, "map").figures] == ["3", "3", "1"]


def test_objections_are_told_with_what_became_of_them(store: Store) -> None:
    made = builders.county(store)
    locked = locks.locked_of(store, made.id)
    store.add_objection(made.id, locked.record.number, "江海区", "日常工作得分有误", "江海区", date(2020, 12, 7), builders.CLERK)
    found = page(open_locked(store, made.id, locked.record.number, locks.TODAY), "objections")
    assert found.message == "收到异议1件，待办理1件"
    assert found.grid is not None
    assert found.grid.rows == (("1", "江海区", "2020-12-07", "待办理"),)

"""Answers kept ready: why a unit stands as it does, with clauses, and what would change it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.briefing import Page, answers
from data.locked import Locked
from data.store import Store
from tests.data import locks
from tests.pages import builders


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path}/hengxiao.db") as opened:
        yield opened


@pytest.fixture
def county(store: Store) -> Locked:
    return locks.locked_of(store, builders.county(store).id)


def asked(locked: Locked, unit: str, what: str) -> list[Page]:
    return [page for page in answers(locked, unit) if page.key.startswith(what)]


def test_why_begins_with_the_standing_and_goes_from_marks_to_the_grade_with_clauses(county: Locked) -> None:
    found = asked(county, "新会区", "why")
    assert found[0].message == "新会区94.00分，第3位，按分数为“好”，测算等次“较好”"
    lines = [line for page in found for line in page.lines]
    assert lines[0].startswith("交叉考核：18项好（95分）、1项较好（85分），得94.4736…分")
    assert any(line == "测算等次为“较好”，得分不变（五（四））" for line in lines)
    assert any("江纪〔2020〕12号" in line for line in lines)
    assert "五（四）" in {cite for page in found for cite in page.cites}


def test_why_ends_with_the_items_that_cost_most(county: Locked) -> None:
    chart = asked(county, "开平市", "why")[-1].chart
    assert chart is not None
    values = [bar.values[0] for bar in chart.bars]
    assert values == sorted(values)
    assert chart.series == ("得分率",)


def test_what_would_change_a_grade_is_its_gap_and_the_mark_that_closes_it(county: Locked) -> None:
    (found,) = asked(county, "开平市", "change")
    assert found.message == "开平市距“好”差0.76分"
    assert found.lines[0].startswith("距“好”差0.76分：")
    assert found.cites == ("附件1",)


def test_a_unit_that_a_limit_holds_is_told_so_and_promised_nothing(county: Locked) -> None:
    (found,) = asked(county, "新会区", "change")
    assert found.message == "新会区受五（四）限制，得分再高等次也不变"
    assert not any("距“好”" in line for line in found.lines)


def test_a_unit_without_a_score_says_what_it_lacks(county: Locked) -> None:
    assert asked(county, "恩平市", "why")[0].message == "恩平市暂缺：缺日常工作"


def test_each_page_holds_no_more_than_fits(county: Locked) -> None:
    for unit in locks.units_of(county):
        for page in answers(county, unit):
            assert len(page.lines) <= 8
            assert len(page.message) <= 60


def test_who_is_not_assessed_has_no_answer(county: Locked) -> None:
    with pytest.raises(KeyError):
        answers(county, "广州市")

"""Whatever the scheme and the marks, the workbook of a 锁定版 tells what the engine tells, in every group."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest

from data.documents.live_results import CHECK
from data.documents.locked_book import locked_book
from data.locked import Locked, unkept
from data.schemes import scheme, scheme_ids
from data.state import State
from scoring.assess import assess
from scoring.edges import to_next
from scoring.standing import draws_lines
from tests.data.comparisons import totals_state
from tests.data.locked_books import computed, opened, summary, told
from tests.scoring.filling import all_sheets, some_facts, with_figures

SCORED = [name for name in scheme_ids() if not scheme(name).judged]


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> State:
    return totals_state(tmp_path_factory.mktemp("blank"), {})


def filled(blank: State, name: str, seed: int) -> Locked:
    """A scheme's whole roster marked at random; with an odd seed about one sheet in twenty has not come."""
    rules, random = with_figures(scheme(name)), Random(seed)
    sheets = [sheet for sheet in all_sheets(rules, random) if random.random() > 0.05 * (seed % 2)]
    units = [unit for group in rules.marked_groups for unit in group.units]
    facts = [fact for unit in units for fact in some_facts(rules, unit.name, random)]
    state = replace(blank, own=rules, scheme=rules, results=assess(rules, sheets, facts))
    return unkept(state, date(2026, 12, 1))


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("name", SCORED)
def test_every_score_grade_place_and_distance_is_the_engines(blank: State, name: str, seed: int) -> None:
    locked = filled(blank, name, seed)
    book = opened(locked_book(locked), values=True)
    results = locked.state.results
    assert told(book, locked) == computed(results)
    cells = [cell.value for row in book["计算校验"].iter_rows() for cell in row]
    assert CHECK in cells
    assert "不一致" not in cells
    for unit, row in summary(book, locked).items() if draws_lines(results.scheme) else ():
        following, gap = to_next(results.scheme, results.of(unit)), row["距上一等次（分）"]
        assert (None if gap in (None, "") else Fraction(str(gap))) == (following[1] if following else None), unit


def test_a_name_of_any_length_is_whole(blank: State, tmp_path: Path) -> None:
    rules = scheme("jiangmen-2020-county")
    names = [f"{'长' * 39}{number}" for number in range(7)]
    own = rules.with_roster([(name, "county", "") for name in names])
    sheets = all_sheets(own, Random(1))
    locked = unkept(replace(blank, own=own, scheme=own, results=assess(own, sheets)), date(2026, 12, 1))
    book = opened(locked_book(locked), values=True)
    assert set(summary(book, locked)) == set(names)
    sheet = book["综合结果"]
    cell = next(c for row in sheet.iter_rows() for c in row if c.value == names[0])
    assert cell.alignment.wrap_text
    assert (sheet.row_dimensions[cell.row].height or 0) >= 6 * 15

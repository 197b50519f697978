"""The what-if board's pure functions in the browser, fed with anything, against fractions computed here."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction as Q
from itertools import pairwise
from typing import Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from playwright.sync_api import Browser, Page

from components.explore.whatif_board import Board, BoardUnit, Control, encode, script
from components.explore.whatif_units import board_of
from scoring.assess import assess
from scoring.exact import half_up
from scoring.linear import terms
from scoring.trial import RIVALS, levels, scheme_of
from tests.components.explore.whatif_schemes import handed_in, schemes, tried

pytestmark = pytest.mark.browser
RANKS: tuple[tuple[Literal["grade", "score"], ...], ...] = (("grade", "score"), ("score",), ("score", "grade"), ())
LINES = (("好", Q(90)), ("较好", Q(80)), ("一般", Q(70)), ("较差", Q(0)))


@pytest.fixture(scope="module")
def bench(browser: Browser) -> Iterator[Page]:
    """A blank page that holds the board's pure functions."""
    page = browser.new_page()
    page.set_content("<!doctype html>")
    page.add_script_tag(content=script("exact", "linking", "layout"))
    yield page
    page.close()


exacts = some.builds(Q, some.integers(0, 2000), some.sampled_from([1, 10, 19, 20, 100]))
bests = some.none() | some.integers(0, 3)


@some.composite
def boards(draw: some.DrawFn) -> Board:
    """Any board of weights: a few controls, a dozen units with any marks, limits, gaps; any rounding."""
    count = draw(some.integers(1, 4))
    weights = draw(some.lists(some.integers(0, 100), min_size=count, max_size=count).filter(any))
    controls = tuple(Control(f"c{i}", f"项{i}", Q(w), Q(w)) for i, w in enumerate(weights))
    marks = some.none() | some.tuples(*[exacts] * count)
    offset = some.builds(Q, some.integers(-300, 300), some.just(100))
    units = draw(some.lists(some.tuples(marks, offset, bests), min_size=1, max_size=12))
    drawn = tuple(BoardUnit(f"u{i}", f"甲{i}", x, o, best) for i, (x, o, best) in enumerate(units))
    places, rank = draw(some.sampled_from([None, 0, 1, 2])), draw(some.sampled_from(RANKS))
    return Board("weights", controls, drawn, LINES, places, rank=rank)


def expected(board: Board) -> list[tuple[Q, int | None] | None]:
    """Score and grade of each unit, by fractions."""
    total = sum(c.value for c in board.controls)
    found: list[tuple[Q, int | None] | None] = []
    for unit in board.units:
        if unit.x is None:
            found.append(None)
            continue
        score = sum(c.value * x for c, x in zip(board.controls, unit.x, strict=True)) / total + unit.offset
        score = score if board.places is None else half_up(score, board.places)
        reached = next((i for i, (_, least) in enumerate(board.lines) if score >= least), None)
        found.append((score, reached if reached is None or unit.best is None else max(reached, unit.best)))
    return found


@settings(max_examples=150, deadline=None)
@given(boards())
def test_the_browser_scores_and_grades_exactly_as_fractions_do(bench: Page, board: Board) -> None:
    given_back = bench.evaluate(
        """(data) => { const board = readBoard(data); const r = assess(board, data.current.map(BigInt));
        return r.units.map((u) => (u.score === null ? null : [`${u.score}/${r.den}`, u.grade, u.rank])); }""",
        encode(board),
    )
    assert [row and (Q(row[0]), row[1]) for row in given_back] == expected(board)
    keys = [key_of(board, row) for row in given_back if row]
    places = [row[2] for row in given_back if row]
    assert places == ([1 + sum(k < key for k in keys) for key in keys] if board.rank else [None] * len(keys))


def key_of(board: Board, row: tuple[str, int | None, int | None]) -> list[Q]:
    """What a unit's place goes by, smaller for a better one."""
    parts = {"grade": Q(99 if row[1] is None else row[1]), "score": -Q(row[0])}
    return [parts[name] for name in board.rank]


PAINTED = """(data) => { const board = readBoard(data); const r = assess(board, data.current.map(BigInt));
return board.units.map((u, i) => [u.id, r.units[i].score && `${r.units[i].score}/${r.den}`, r.units[i].grade, r.units[i].rank]); }"""


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(some.data())
def test_whatever_the_document_the_browser_finds_what_the_engine_finds(bench: Page, data: some.DataObject) -> None:
    """Score, grade and place, of made-up schemes at every level, perhaps with another level moved before.

    Where a unit is only near, no place is compared.
    """
    scheme = data.draw(schemes())
    sheets, facts = data.draw(handed_in(scheme))
    known = levels(scheme, "g1")
    for level in known.values():
        other = data.draw(some.none() | some.sampled_from([o for o in known.values() if o.id != RIVALS.get(level.id)]))
        rest = scheme_of(scheme, {other.id: data.draw(tried(other))} if other and other != level else {})
        now, values = assess(rest, sheets, facts), data.draw(tried(level))
        then = assess(scheme_of(rest, {level.id: values}), sheets, facts)
        names = {result.unit: result.unit for result in then.group("g1")}
        sent = encode(board_of(rest, level, values, now, now, names, "t"))
        exact = {unit for unit in names if terms(rest, level, now.of(unit)).exact}
        for unit, score, grade, place in bench.evaluate(PAINTED, sent):
            wanted = then.of(unit)
            if unit in exact:
                assert (score and Q(score)) == wanted.score
                assert (None if grade is None else scheme.grades[grade]) == wanted.grade
            if len(exact) == len(names) or scheme.rank.shown == "none":
                assert place == wanted.rank


@some.composite
def moves(draw: some.DrawFn) -> tuple[Board, list[int], list[tuple[int, int]]]:
    """A board of weights (also of sevenths, which no step holds), some locks, and where things are dragged."""
    count = draw(some.integers(2, 6))
    weights = draw(some.lists(some.integers(0, 40), min_size=count, max_size=count).filter(any))
    controls = tuple(Control(f"c{i}", f"项{i}", v, v) for i, v in enumerate(Q(100 * w, sum(weights)) for w in weights))
    locks = draw(some.lists(some.integers(0, count - 1), max_size=count - 1, unique=True))
    wanted = some.tuples(some.integers(0, count - 1), some.integers(-50, 1100))
    return Board("weights", controls, (), LINES), locks, draw(some.lists(wanted, min_size=1, max_size=6))


WALK = """([data, locks, moves]) => {
  const board = readBoard(data), held = new Set(locks.map((i) => `c${i}`));
  let values = data.current.map(BigInt);
  const seen = [];
  for (const [i, tenths] of moves) {
    const basis = values;
    const there = move(board, values, basis, held, i, BigInt(tenths) * board.settings / 10n);
    const back = move(board, there, basis, held, i, values[i]);
    seen.push({before: values.map(String), there: there.map(String), back: back.map(String)});
    values = there;
  }
  return seen;
}"""


@settings(max_examples=150, deadline=None)
@given(moves())
def test_linked_weights_keep_their_total_their_bounds_and_their_locks(
    bench: Page, case: tuple[Board, list[int], list[tuple[int, int]]]
) -> None:
    board, locks, wanted = case
    data = encode(board)
    scale = int(data["settings"])
    for (moved, _), seen in zip(wanted, bench.evaluate(WALK, [data, locks, wanted]), strict=True):
        before, there, back = ([Q(int(v), scale) for v in seen[name]] for name in ("before", "there", "back"))
        assert sum(there) == 100
        assert all(0 <= value <= 100 for value in there)
        assert all(there[i] == before[i] for i in locks)
        if moved not in locks:
            assert back == before or before[moved] not in (board.controls[moved].original, round(before[moved], 1))
            assert_in_proportion(before, there, moved, locks)


def assert_in_proportion(before: list[Q], there: list[Q], moved: int, locks: list[int]) -> None:
    """The free others share what is left as they did before, to within the step no decimal can avoid."""
    free = [i for i in range(len(before)) if i != moved and i not in locks]
    had, has = sum(before[i] for i in free), sum(there[i] for i in free)
    for i in free:
        ideal = has / len(free) if had == 0 else has * before[i] / had
        assert abs(there[i] - ideal) < Q(2, 10)


@settings(max_examples=100, deadline=None)
@given(some.lists(some.floats(0, 400), min_size=1, max_size=30))
def test_labels_are_pushed_apart_in_order_and_no_further_than_needed(bench: Page, wanted: list[float]) -> None:
    wanted = sorted(wanted)
    placed = bench.evaluate("(ys) => pushApart(ys.map((y) => ({y, half: 10, weight: 1})), 0, 700)", wanted)
    assert all(lower - upper >= 20 - 1e-6 for upper, lower in pairwise(placed))
    assert placed[0] >= 10 - 1e-6
    assert placed[-1] <= 690 + 1e-6
    if all(lower - upper >= 20 for upper, lower in pairwise(wanted)) and wanted[0] >= 10:
        assert placed == pytest.approx(wanted)

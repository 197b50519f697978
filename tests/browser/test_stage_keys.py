"""What a key asks for on the stage, how rows are parted, and where turning leads: pure functions, fed with anything."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from playwright.sync_api import Browser, Page

from components.meeting.stage_board import script

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def bench(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    page.set_content("<!doctype html>")
    page.add_script_tag(content=script("keys", "paging"))
    yield page
    page.close()


@pytest.mark.parametrize(
    ("key", "mode", "command"),
    [
        ("ArrowRight", "page", "next"), ("PageDown", "page", "next"), (" ", "page", "next"), ("ArrowLeft", "page", "back"),
        ("PageUp", "page", "back"), ("b", "page", "black"), ("B", "why", "black"), (".", "page", "black"), ("f", "page", "full"),
        ("F5", "page", "full"), ("n", "page", "names"), ("N", "trial", "names"), ("r", "page", "reveal"), ("7", "page", "digit:7"),
        ("７", "page", "digit:7"), ("Escape", "page", "leave"), ("Escape", "why", "page"), ("ArrowUp", "why", "page"),
        ("Escape", "trial", "page"), ("w", "page", "units"), ("ArrowDown", "page", "units"), ("3", "units", "digit:3"),
        ("Enter", "units", "open"), ("w", "why", "other"), ("t", "page", "trial"), ("+", "trial", "more"), ("-", "trial", "less"),
        ("ArrowDown", "trial", "further"), ("0", "trial", "restore"), ("?", "page", "help"), ("x", "help", "page"), ("d", "page", "dark"),
        ("x", "page", None), ("r", "why", None), ("toString", "page", None), ("constructor", "why", None), ("F1", "page", None),
    ],
)  # fmt: skip
def test_a_key_asks_for_what_the_help_says(bench: Page, key: str, mode: str, command: str | None) -> None:
    assert bench.evaluate("([key, mode]) => commandOf(key, mode)", [key, mode]) == command


@pytest.mark.parametrize(
    ("digits", "count", "place"), [("3", 12, 2), ("12", 12, 11), ("99", 12, 11), ("0", 12, None), ("", 12, None), ("1", 0, None)]
)
def test_typed_digits_lead_to_a_page_that_is_there(bench: Page, digits: str, count: int, place: int | None) -> None:
    assert bench.evaluate("([digits, count]) => placeTyped(digits, count)", [digits, count]) == place


@settings(max_examples=100)
@given(some.integers(1, 200), some.integers(1, 200))
def test_digits_are_whole_only_when_a_further_one_could_lead_nowhere(bench: Page, number: int, count: int) -> None:
    whole = bench.evaluate("([digits, count]) => isWhole(digits, count)", [str(number), count])
    assert whole == (number * 10 > count)


heights = some.lists(some.integers(10, 120), min_size=1, max_size=80)


@settings(max_examples=200)
@given(heights, some.integers(100, 600), some.integers(100, 600))
def test_no_row_is_lost_or_shown_twice_and_what_stands_together_fits(
    bench: Page, rows: list[int], first: int, later: int
) -> None:
    chunks = bench.evaluate("([rows, first, later]) => chunked(rows, first, later)", [rows, first, later])
    assert chunks[0][0] == 0
    assert chunks[-1][1] == len(rows)
    assert all(upper == lower for (_, upper), (lower, _) in pairwise(chunks))
    for at, (start, end) in enumerate(chunks):
        assert end > start
        assert end == start + 1 or sum(rows[start:end]) <= (later if at else first) + 0.5


@given(some.integers(1, 60))
def test_rows_that_fit_stand_together(bench: Page, count: int) -> None:
    assert bench.evaluate("(n) => chunked(Array(n).fill(10), n * 10, 400)", count) == [[0, count]]


def test_parts_are_as_even_as_can_be(bench: Page) -> None:
    found = bench.evaluate("() => chunked(Array(11).fill(40), 400, 400)")
    assert max(end - start for start, end in found) <= 7


@settings(max_examples=50)
@given(some.lists(some.integers(1, 4), min_size=1, max_size=12))
def test_turning_on_shows_every_part_of_every_page_and_back_the_same_in_reverse(bench: Page, parts: list[int]) -> None:
    walk = """([parts, by]) => {
      let place = by > 0 ? {at: 0, part: 0} : {at: parts.length - 1, part: parts[parts.length - 1] - 1};
      const seen = [];
      for (let i = 0; i < 100; i += 1) {
        seen.push([place.at, place.part]);
        const next = turned(place, by, parts.length, parts[place.at]);
        if (next.part < 0) next.part = parts[next.at] - 1;
        if (next.at === place.at && next.part === place.part) break;
        place = next;
      }
      return seen;
    }"""
    every = [[at, part] for at, count in enumerate(parts) for part in range(count)]
    assert bench.evaluate(walk, [parts, 1]) == every
    assert bench.evaluate(walk, [parts, -1]) == every[::-1]


def test_a_wall_begins_again_after_its_last_page(bench: Page) -> None:
    assert bench.evaluate("() => wallTurned({at: 2, part: 1}, 3, 2)") == {"at": 0, "part": 0}
    assert bench.evaluate("() => wallTurned({at: 2, part: 0}, 3, 2)") == {"at": 2, "part": 1}
    assert bench.evaluate("() => wallTurned({at: 0, part: 0}, 1, 1)") == {"at": 0, "part": 0}


@given(some.integers(0, 80), some.integers(1, 81), some.integers(1, 30))
def test_the_marked_unit_is_among_those_listed(bench: Page, at: int, count: int, room: int) -> None:
    at = min(at, count - 1)
    start, end = bench.evaluate("([at, count, room]) => around(at, count, room)", [at, count, room])
    assert 0 <= start <= at < end <= count
    assert end - start <= room


@given(some.text("甲乙；。，", max_size=400))
def test_a_long_text_is_parted_without_losing_a_letter(bench: Page, text: str) -> None:
    assert "".join(bench.evaluate("(text) => pieces(text, 40)", text)) == text

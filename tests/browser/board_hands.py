"""Hands and eyes for the what-if board: drag, type, and read what is painted and what Python computed."""

from __future__ import annotations

import json
from fractions import Fraction as Q

from playwright.sync_api import FloatRect, Locator, Page, expect

from tests.browser.driver import goto, settled


def open_board(page: Page, case: str = "weights") -> Page:
    goto(page, f"?case={case}")
    page.locator(".board [data-control]").first.wait_for()
    page.locator(".picture svg").first.wait_for()
    return page


def control(page: Page, name: str) -> Locator:
    return page.locator(f"[data-control={name}]")


def number(page: Page, name: str) -> Locator:
    return control(page, name).locator("input")


def type_number(page: Page, name: str, text: str) -> None:
    number(page, name).fill(text)
    number(page, name).press("Enter")


def box_of(found: Locator) -> FloatRect:
    box = found.bounding_box()
    assert box, "not on the screen"
    return box


def next_frame(page: Page) -> None:
    """Until what was asked is painted."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def hold(page: Page, name: str, to: float) -> None:
    """Press on the control's thumb and move to this share of its rail; the button stays down."""
    thumb, rail = box_of(control(page, name).locator(".thumb")), box_of(control(page, name).locator(".rail"))
    y = thumb["y"] + thumb["height"] / 2
    page.mouse.move(thumb["x"] + thumb["width"] / 2, y)
    page.mouse.down()
    page.mouse.move(rail["x"] + rail["width"] * to, y, steps=8)


def drag(page: Page, name: str, to: float) -> None:
    """The whole gesture, and the answer of the server."""
    before = told(page)["runs"]
    hold(page, name, to)
    page.mouse.up()
    wait_for_run(page, before)


def painted(page: Page) -> dict[str, list[str]]:
    """{unit: [score, grade, place]} of every unit drawn with a score."""
    rows = page.locator(".slope [data-unit], .changes [data-unit]").evaluate_all(
        "nodes => nodes.map(n => [n.dataset.unit, [n.dataset.score, n.dataset.grade, n.dataset.rank]])"
    )
    return dict(rows)


def told(page: Page) -> dict:
    """What Python says it was given, and what it computed from that."""
    return json.loads(page.get_by_test_id("stCode").inner_text())


def computed(page: Page) -> dict[str, list[str]]:
    """Python's own results, as ``painted`` gives the drawn ones."""
    return {unit: [score, grade, str(place)] for unit, (score, grade, place) in told(page)["results"].items()}


def wait_for_run(page: Page, runs_before: int) -> None:
    expect(page.get_by_test_id("stCode")).not_to_contain_text(f'"runs": {runs_before},')
    settled(page)
    next_frame(page)


def values(page: Page) -> dict[str, Q]:
    nodes = page.locator("[data-control]").evaluate_all("nodes => nodes.map(n => [n.dataset.control, n.dataset.value])")
    return {name: Q(value) for name, value in nodes}


def assert_python_agrees(page: Page) -> None:
    """What is painted is what Python computed from what it was told, to the last hundredth, grade and place."""
    said = told(page)
    drawn = painted(page)
    assert {name: Q(value) for name, value in said["values"].items()} == values(page)
    assert drawn
    assert drawn == {unit: result for unit, result in computed(page).items() if unit in drawn}

"""Hands and eyes for the map: where a place is drawn on the screen, and a person's click there, by either means."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from playwright.sync_api import FloatRect, Locator, Page, expect

from components.width import STEP
from data.maps.view import Frame, bounds, fit, pixel
from data.regions import place
from tests.browser.driver import goto, settled

MAP = "stDeckGlJsonChart"


def open_map(page: Page, **query: str) -> None:
    """Open 地图 by a link, and wait until something is drawn."""
    goto(page, "map?" + "&".join(f"{name}={value}" for name, value in query.items()))
    drawn = page.get_by_test_id(MAP).locator("canvas") if query.get("draw") == "webgl" else page.locator(".svg-map svg")
    expect(drawn.first).to_be_visible()


def still(page: Page, drawn: Locator) -> FloatRect:
    """Where a map is, once it stays there: it is drawn anew when the page has learned how wide it is.

    Meanwhile there may be two, the old one beside the new one, or none.
    """
    last, alike = None, 0
    for _ in range(150):
        boxes = drawn.evaluate_all("maps => maps.map(map => map.getBoundingClientRect().toJSON())")
        alike = alike + 1 if len(boxes) == 1 and boxes == last and boxes[0]["width"] else 0
        if alike >= 4:
            only = boxes[0]
            return FloatRect(x=only["x"], y=only["y"], width=only["width"], height=only["height"])
        last = boxes
        page.wait_for_timeout(200)
    raise AssertionError("The map never stands still.")


def svg_click(page: Page, code: str) -> None:
    """A click on a place of the SVG map: on its name, which lies on it, or on the place itself where it has none."""
    still(page, page.locator(".svg-map svg").first)
    target(page, code).click(force=True)


def target(page: Page, code: str) -> Locator:
    """What of a place a hand would aim at: a town's point, an area's name."""
    expect(shape(page, code)).to_be_attached()
    if place(code).level == "town":
        return shape(page, code)
    name = page.locator(".svg-map .words .word:visible", has_text=place(code).name)
    return name.first if name.count() else shape(page, code)


def shape(page: Page, code: str) -> Locator:
    """A place as the SVG map draws it."""
    return page.locator(f'.svg-map [data-code="{code}"]').first


def shapes(page: Page) -> Locator:
    """Every place that the SVG map draws."""
    return page.locator(".svg-map [data-code]")


def row(page: Page, code: str) -> Locator:
    """A place in the list."""
    return page.locator(f".st-key-row-{code} button")


def drawer(page: Page) -> Locator:
    """The open drawer."""
    return page.get_by_role("dialog")


def shut(page: Page) -> None:
    """Close the drawer as a person at a desk does."""
    page.keyboard.press("Escape")
    expect(drawer(page)).to_have_count(0)
    settled(page)


def trail(page: Page) -> Locator:
    """The breadcrumb."""
    return page.locator(".st-key-breadcrumb")


def click_on(page: Page, at: Sequence[float], tip: str, drawn: dict, then: Locator, *, hold: int = 80) -> None:
    """One click, as a person's, where a coordinate is drawn: move there, see ``tip``, press, hold (ms), let go.

    ``drawn`` is what the map is fitted to. The first click after the map is drawn must do it.
    """
    point_at(page, at, tip, drawn)
    page.wait_for_timeout(700)  # a pause
    page.mouse.down()
    page.wait_for_timeout(hold)
    page.mouse.up()
    expect(then).to_be_visible()


def point_at(page: Page, at: Sequence[float], tip: str, drawn: dict) -> None:
    """Move to where a coordinate is drawn until the map answers with ``tip``."""
    for _ in range(5):  # until the map is drawn and answers the pointer
        with suppress(AssertionError):  # a new frame is a new canvas: it may go between two looks at it
            x, y = spot(page, at, drawn)
            page.mouse.move(x - 2, y)
            page.mouse.move(x, y)
            expect(page.locator(".deck-tooltip", has_text=tip)).to_be_visible(timeout=5_000)
            return
    raise AssertionError(f"The map says nothing of {tip} where it is drawn.")


def spot(page: Page, at: Sequence[float], drawn: dict) -> tuple[float, float]:
    """Where on the screen a coordinate is: the page fits the map to the width in steps, in the middle of its frame."""
    box = still(page, page.get_by_test_id(MAP))
    frame = Frame(int(box["width"]) // STEP * STEP, int(box["height"]))
    x, y = pixel(at[0], at[1], fit(bounds(drawn), frame), frame)
    return box["x"] + x + (box["width"] - frame.width) / 2, box["y"] + y


def label_of(drawn: dict, code: str) -> list[float]:
    """Where an area's label stands."""
    return next(each["properties"]["label"] for each in drawn["features"] if each["properties"]["code"] == code)

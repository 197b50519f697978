"""Hands and eyes for the map: where a place is drawn on the screen, and a person's click there."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from playwright.sync_api import Locator, Page, expect

from components.width import STEP
from data.maps.view import Frame, bounds, fit, pixel

MAP = "stDeckGlJsonChart"


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
        x, y = spot(page, at, drawn)
        page.mouse.move(x - 2, y)
        page.mouse.move(x, y)
        with suppress(AssertionError):
            expect(page.locator(".deck-tooltip", has_text=tip)).to_be_visible(timeout=5_000)
            return
    raise AssertionError(f"The map says nothing of {tip} where it is drawn.")


def spot(page: Page, at: Sequence[float], drawn: dict) -> tuple[float, float]:
    """Where on the screen a coordinate is: the page fits the map to the width in steps, in the middle of its frame."""
    box = page.get_by_test_id(MAP).bounding_box()
    assert box is not None
    frame = Frame(int(box["width"]) // STEP * STEP, int(box["height"]))
    x, y = pixel(at[0], at[1], fit(bounds(drawn), frame), frame)
    return box["x"] + x + (box["width"] - frame.width) / 2, box["y"] + y


def label_of(drawn: dict, code: str) -> list[float]:
    """Where an area's label stands."""
    return next(each["properties"]["label"] for each in drawn["features"] if each["properties"]["code"] == code)

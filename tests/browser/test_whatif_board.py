"""The what-if board in a real browser: drag, release, compare with arithmetic that shares nothing with it.

A small app (apps/board_app.py) computes every score and grade again with fractions and shows them as text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction as Q
from itertools import combinations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.board_hands import (
    assert_python_agrees,
    box_of,
    computed,
    control,
    drag,
    hold,
    next_frame,
    number,
    open_board,
    painted,
    told,
    type_number,
    values,
    wait_for_run,
)
from tests.browser.driver import Server, serve, settled

pytestmark = pytest.mark.browser
SLOW = pytest.mark.slow
SIZES = ((1440, 900), (1024, 768), (390, 844))


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """The small app instead of the whole one."""
    with serve("tests/browser/apps/board_app.py") as running:
        yield running


# Dragging


def test_the_ranking_changes_while_the_button_is_held_and_python_hears_only_of_the_release(page: Page) -> None:
    open_board(page)
    assert painted(page)["对象丙"] == ["89.24", "较好", "5"]
    hold(page, "cross", 0.55)
    expect(page.locator(".slope [data-unit=对象丙]")).to_have_attribute("data-grade", "好")
    expect(page.locator(".headline")).to_contain_text("1个考核对象改变等次")
    expect(page.locator("[data-sentence=对象丙]")).to_contain_text(re.compile(r"对象丙 89\.24 → 9\d\.\d\d：较好 → 好"))
    assert told(page)["runs"] == 1
    assert told(page)["values"] is None
    page.mouse.up()
    wait_for_run(page, 1)
    assert_python_agrees(page)
    assert told(page)["results"]["对象丙"][1] == "好"


@SLOW
def test_each_frame_of_a_drag_is_painted_before_the_next(page: Page) -> None:
    open_board(page)
    hold(page, "cross", 0.5)
    page.evaluate("""() => {
      window.seen = [];
      const look = () => {
        const host = [...document.querySelectorAll('*')].find((n) => n.shadowRoot?.querySelector('.board'));
        window.seen.push(host.shadowRoot.querySelector('.slope [data-unit=对象丙]').dataset.exact);
        if (window.seen.length < 400) requestAnimationFrame(look);
      };
      look();
    }""")
    rail = box_of(control(page, "cross").locator(".rail"))
    for step in range(12):
        page.mouse.move(rail["x"] + rail["width"] * (0.5 + step / 60), rail["y"])
        next_frame(page)
    page.mouse.up()
    assert len(set(page.evaluate("window.seen"))) >= 12


@pytest.mark.parametrize("case", ["weights", *(pytest.param(case, marks=SLOW) for case in ("points", "lines", "crowd"))])
def test_after_every_release_python_and_the_painting_agree(page: Page, case: str) -> None:
    open_board(page, case)
    names = list(values(page))
    for name, to in ((names[0], 0.93), (names[1], 0.83), (names[-1], 0.31)):
        drag(page, name, to)
        assert_python_agrees(page)


@SLOW
def test_weights_always_total_exactly_what_the_document_gives(page: Page) -> None:
    open_board(page, "crowd")
    assert sum(values(page).values()) == 100
    for name, to in (("c0", 0.7), ("c3", 0.05), ("c6", 1), ("c1", 0.333)):
        hold(page, name, to)
        page.mouse.up()
        next_frame(page)
        assert sum(values(page).values()) == 100


@SLOW
def test_a_weight_dragged_to_all_leaves_the_others_nothing_and_comes_back_to_the_same(page: Page) -> None:
    open_board(page)
    drag(page, "cross", 1.2)
    assert values(page) == {"cross": 100, "municipal": 0, "daily": 0}
    assert_python_agrees(page)
    drag(page, "municipal", 0.4)
    assert values(page) == {"cross": 60, "municipal": 40, "daily": 0}


@SLOW
def test_a_touch_drags_too(open_page: Callable[..., Page]) -> None:
    page = open_board(open_page(390, 844, has_touch=True, is_mobile=True))
    rail, thumb = box_of(control(page, "cross").locator(".rail")), box_of(control(page, "cross").locator(".thumb"))
    y = thumb["y"] + 9
    finger = page.context.new_cdp_session(page)
    send = lambda kind, points: finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})  # noqa: E731
    send("touchStart", [{"x": thumb["x"] + 9, "y": y}])
    for share in (0.45, 0.5, 0.55):
        send("touchMove", [{"x": rail["x"] + rail["width"] * share, "y": y}])
    expect(page.locator(".slope [data-unit=对象丙]")).to_have_attribute("data-grade", "好")
    send("touchEnd", [])
    wait_for_run(page, 1)
    assert_python_agrees(page)


def test_a_drag_moves_what_is_drawn_and_builds_nothing_anew(page: Page) -> None:
    open_board(page)
    label = page.locator(".slope [data-unit=对象丙] [data-label=after]")
    label.evaluate("node => { node.known = true; }")
    before = box_of(label)["y"]
    hold(page, "cross", 0.55)
    expect(page.locator(".slope [data-unit=对象丙]")).to_have_attribute("data-grade", "好")
    assert label.evaluate("node => node.known")
    assert box_of(label)["y"] < before
    page.mouse.up()


def test_of_many_changes_a_drag_lists_those_in_view_and_the_release_lists_all(page: Page) -> None:
    open_board(page, "crowd")
    hold(page, "c0", 0.6)
    expect(page.locator(".changes .aside")).to_have_text(re.compile(r"另有\d+个未列出，松手后列出"))
    expect(page.locator(".changes tbody tr")).to_have_count(20)
    page.mouse.up()
    wait_for_run(page, 1)
    changed = int(page.locator(".headline").inner_text().partition("个")[0])
    expect(page.locator(".changes tbody tr")).to_have_count(changed)
    assert changed > 20
    assert_python_agrees(page)


# Locks, typing, keys, restoring


def test_a_locked_weight_stays_and_bounds_how_far_the_others_go(page: Page) -> None:
    open_board(page)
    page.get_by_role("button", name="锁定市级考核").click()
    drag(page, "cross", 1)
    assert values(page) == {"cross": 70, "municipal": 30, "daily": 0}
    expect(number(page, "municipal")).to_be_disabled()
    page.get_by_role("button", name="解除锁定市级考核").click()
    drag(page, "cross", 1)
    assert values(page)["cross"] == 100


@SLOW
def test_with_all_others_locked_a_weight_cannot_move(page: Page) -> None:
    open_board(page)
    page.get_by_role("button", name="锁定市级考核").click()
    page.get_by_role("button", name="锁定日常工作").click()
    hold(page, "cross", 0.9)
    page.mouse.up()
    next_frame(page)
    assert values(page) == {"cross": 40, "municipal": 30, "daily": 30}
    assert told(page)["runs"] == 1


def test_a_typed_number_is_taken_exactly_and_the_others_follow(page: Page) -> None:
    open_board(page)
    type_number(page, "cross", "46.1")
    wait_for_run(page, 1)
    assert values(page) == {"cross": Q("46.1"), "municipal": Q(27), "daily": Q("26.9")}
    assert_python_agrees(page)
    type_number(page, "cross", "５０ ％")  # full width, as Chinese keyboards write it
    wait_for_run(page, 2)
    assert values(page) == {"cross": 50, "municipal": 25, "daily": 25}


def test_what_is_no_number_changes_nothing_and_says_what_is_wanted(page: Page) -> None:
    open_board(page)
    for text in ("abc", "", "-5", "1e2", "4O", "40分之一", "１２.3.4"):
        type_number(page, "cross", text)
        expect(control(page, "cross").locator(".note")).to_have_text(f"“{text}”不是数字，请填0至100之间的数")
        expect(number(page, "cross")).to_have_value("40")
    assert told(page)["runs"] == 1


@SLOW
def test_a_number_out_of_reach_goes_as_far_as_it_can_and_says_so(page: Page) -> None:
    open_board(page)
    page.get_by_role("button", name="锁定市级考核").click()
    type_number(page, "cross", "85")
    wait_for_run(page, 1)
    assert values(page)["cross"] == 70
    expect(control(page, "cross").locator(".note")).to_contain_text("现可取0至70")


@SLOW
def test_escape_leaves_the_number_as_it_was(page: Page) -> None:
    open_board(page)
    number(page, "cross").fill("77")
    number(page, "cross").press("Escape")
    expect(number(page, "cross")).to_have_value("40")
    assert told(page)["runs"] == 1


def test_keys_move_by_a_step_by_ten_and_to_the_ends(page: Page) -> None:
    open_board(page)
    slider = page.get_by_role("slider", name="交叉考核")
    expect(slider).to_have_attribute("aria-valuetext", "40%，原40%")
    pressed = {"ArrowRight": "40.1", "ArrowUp": "40.2", "ArrowLeft": "40.1", "PageUp": "41.1", "ArrowDown": "41"}
    for key, value in (pressed | {"End": "100", "PageDown": "99", "Home": "0"}).items():
        slider.press(key)
        expect(slider).to_have_attribute("aria-valuenow", value)
    expect(page.get_by_test_id("stCode")).to_contain_text('"cross": "0"')
    settled(page)
    assert_python_agrees(page)


@SLOW
def test_keys_to_the_end_and_back_return_to_the_documents_proportions(page: Page) -> None:
    open_board(page)
    slider = page.get_by_role("slider", name="市级考核")
    slider.press("End")
    expect(slider).to_have_attribute("aria-valuenow", "100")
    for _ in range(70):
        page.keyboard.down("PageDown")  # held down: the keyboard repeats it
    expect(slider).to_have_attribute("aria-valuenow", "30")
    assert values(page) == {"cross": 40, "municipal": 30, "daily": 30}
    page.keyboard.up("PageDown")
    expect(page.get_by_test_id("stCode")).to_contain_text('"cross": "40"')
    settled(page)
    assert told(page)["runs"] <= 3  # End, and the long press: one run each


def test_the_documents_weights_return_with_one_click(page: Page) -> None:
    open_board(page)
    restore = page.get_by_role("button", name="恢复文件权重")
    expect(restore).to_be_disabled()
    drag(page, "cross", 0.8)
    drag(page, "daily", 0.2)
    runs = told(page)["runs"]
    restore.click()
    wait_for_run(page, runs)
    assert values(page) == {"cross": 40, "municipal": 30, "daily": 30}
    assert_python_agrees(page)
    expect(page.locator(".headline")).to_have_text("等次均不变，位次均不变")


@SLOW
def test_weights_no_decimal_holds_return_exactly(page: Page) -> None:
    open_board(page, "crowd")
    drag(page, "c0", 0.6)
    runs = told(page)["runs"]
    page.get_by_role("button", name="恢复文件权重").click()
    wait_for_run(page, runs)
    assert set(values(page).values()) == {Q(100, 7)}
    expect(page.locator(".calm")).to_have_text("等次均不变")


# Points and lines


@SLOW
def test_points_stay_in_descending_order(page: Page) -> None:
    open_board(page, "points")
    drag(page, "较好", 1)
    assert values(page) == {"好": 95, "较好": Q("94.5"), "一般": 75, "较差": 60}
    drag(page, "较好", 0)
    assert values(page)["较好"] == Q("75.5")
    assert_python_agrees(page)


def test_a_grade_line_moves_and_the_grades_follow_it(page: Page) -> None:
    open_board(page, "lines")
    type_number(page, "好", "89")
    wait_for_run(page, 1)
    expect(page.locator("[data-sentence=u3]")).to_contain_text("89.24：较好 → 好")
    assert_python_agrees(page)
    type_number(page, "一般", "95")
    wait_for_run(page, 2)
    assert values(page) == {"好": 89, "较好": 80, "一般": Q("79.5")}


# What is shown


def test_the_missing_are_named_below_and_a_limited_unit_keeps_its_score(page: Page) -> None:
    open_board(page)
    expect(page.locator(".missing").first).to_have_text("暂缺：恩平市（不计得分，不参与位次）")
    expect(page.locator(".missing [data-unit=恩平市]")).to_have_attribute("data-score", "")
    assert painted(page)["对象庚"] == ["95.10", "较好", "4"]
    expect(page.locator(".missing").last).to_contain_text("按等次限制封顶：对象庚")


def test_names_are_text_and_never_markup(page: Page) -> None:
    open_board(page, "lines")
    expect(page.locator(".slope [data-unit=u0] .name").first).to_have_text("<b>镇1</b>")
    assert page.locator(".slope b").count() == 0


@pytest.mark.parametrize(("case", "name", "to"), [("weights", "cross", 0.03), pytest.param("points", "较差", 0.74, marks=SLOW)])
def test_labels_never_lie_on_each_other(page: Page, case: str, name: str, to: float) -> None:
    open_board(page, case)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        next_frame(page)
        hold(page, name, to)
        next_frame(page)
        labels = page.locator(".slope .label").evaluate_all("nodes => nodes.map(n => n.getBoundingClientRect().toJSON())")
        page.mouse.up()
        assert len(labels) >= 12
        assert not [pair for pair in combinations(labels, 2) if overlap(*pair)], f"at {width} × {height}"


def overlap(one: dict[str, float], other: dict[str, float]) -> bool:
    """Three pixels are granted: a text's box is as high as the font's tallest sign, and digits are not."""
    across = min(one["right"], other["right"]) - max(one["left"], other["left"])
    down = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
    return across > 0 and down > 3


def test_nothing_reaches_beyond_the_drawing_or_needs_sideways_scrolling(page: Page) -> None:
    open_board(page)
    drag(page, "cross", 0.55)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        next_frame(page)
        drawing = box_of(page.locator(".slope"))
        texts = page.locator(".slope text").evaluate_all("nodes => nodes.map(n => n.getBoundingClientRect().toJSON())")
        assert all(text["left"] >= drawing["x"] - 1 for text in texts)
        assert all(text["right"] <= drawing["x"] + drawing["width"] + 1 for text in texts)
        assert page.locator(".board").evaluate("n => n.scrollWidth <= n.clientWidth")


@SLOW
def test_labels_stay_on_their_own_side_of_a_grade_line(page: Page) -> None:
    open_board(page)
    line = box_of(page.locator(".slope .cut").first)
    for unit, above in (("对象丁", True), ("对象丙", False)):
        label = box_of(page.locator(f".slope [data-unit={unit}] [data-label=before] .score"))
        assert (label["y"] + label["height"] / 2 < line["y"]) is above


# Reruns


def test_a_rerun_keeps_the_values_in_hand_and_its_locks(page: Page) -> None:
    open_board(page)
    page.get_by_role("button", name="锁定日常工作").click()
    drag(page, "cross", 0.5)
    held = values(page)
    page.get_by_role("button", name="再运行一次").click()
    wait_for_run(page, 2)
    assert values(page) == held
    expect(page.get_by_role("button", name="解除锁定日常工作")).to_be_visible()
    assert_python_agrees(page)


def test_another_question_opens_the_board_anew_and_voids_the_old_values(page: Page) -> None:
    open_board(page)
    drag(page, "cross", 0.8)
    page.get_by_text("另换一组权重").click()
    expect(number(page, "cross")).to_have_value("50")
    settled(page)
    assert told(page)["values"] is None
    assert values(page) == {"cross": 50, "municipal": 25, "daily": 25}
    assert painted(page) == computed(page)

"""The what-if board in a real browser: drag, release, compare with arithmetic that shares nothing with it.

The journeys run a small app (apps/board_app.py) that computes every score and grade again with fractions and shows them
as text. The properties at the end feed the board's pure functions with anything and compare with fractions here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from fractions import Fraction as Q
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from playwright.sync_api import Browser, Locator, Page, expect

from components.whatif_board import Board, BoardUnit, Control, encode, script
from scoring.exact import half_up
from tests.browser.driver import Server, goto, serve, settled

pytestmark = pytest.mark.browser
LINES = (("好", Q(90)), ("较好", Q(80)), ("一般", Q(70)), ("较差", Q(0)))


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """The small app instead of the whole one."""
    with serve("tests/browser/apps/board_app.py") as running:
        yield running


def open_board(page: Page, case: str = "weights") -> Page:
    goto(page, f"?case={case}")
    page.locator(".board [data-control]").first.wait_for()
    page.locator(".picture svg").first.wait_for()
    return page


def control(page: Page, name: str) -> Locator:
    return page.locator(f"[data-control={name}]")


def number(page: Page, name: str) -> Locator:
    return control(page, name).locator("input")


def hold(page: Page, name: str, to: float) -> None:
    """Press on the control's thumb and move to this share of its rail; the button stays down."""
    thumb, rail = control(page, name).locator(".thumb").bounding_box(), control(page, name).locator(".rail").bounding_box()
    assert thumb
    assert rail
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


def wait_for_run(page: Page, runs_before: int) -> None:
    expect(page.get_by_test_id("stCode")).not_to_contain_text(f'"runs": {runs_before},')
    settled(page)


def values(page: Page) -> dict[str, Q]:
    nodes = page.locator("[data-control]").evaluate_all("nodes => nodes.map(n => [n.dataset.control, n.dataset.value])")
    return {name: Q(value) for name, value in nodes}


def assert_python_agrees(page: Page) -> None:
    """What is painted is what Python computed from what it was told, to the last hundredth, grade and place."""
    said = told(page)
    assert {name: Q(value) for name, value in said["values"].items()} == values(page)
    assert painted(page) == {
        unit: [score, grade, str(place)] for unit, (score, grade, place) in said["results"].items() if unit in painted(page)
    }
    assert painted(page)


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
    rail = control(page, "cross").locator(".rail").bounding_box()
    assert rail
    for step in range(12):
        page.mouse.move(rail["x"] + rail["width"] * (0.5 + step / 60), rail["y"])
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    page.mouse.up()
    assert len(set(page.evaluate("window.seen"))) >= 12


@pytest.mark.parametrize("case", ["weights", "points", "lines", "crowd"])
def test_after_every_release_python_and_the_painting_agree(page: Page, case: str) -> None:
    open_board(page, case)
    names = list(values(page))
    for name, to in ((names[0], 0.93), (names[1], 0.83), (names[-1], 0.31)):
        drag(page, name, to)
        assert_python_agrees(page)


def test_weights_always_total_exactly_what_the_document_gives(page: Page) -> None:
    open_board(page, "crowd")
    assert sum(values(page).values()) == 100
    for name, to in (("c0", 0.7), ("c3", 0.05), ("c6", 1), ("c1", 0.333)):
        hold(page, name, to)
        page.mouse.up()
        page.evaluate("() => new Promise(requestAnimationFrame)")
        assert sum(values(page).values()) == 100


def test_a_weight_dragged_to_all_leaves_the_others_nothing_and_comes_back_to_the_same(page: Page) -> None:
    open_board(page)
    drag(page, "cross", 1.2)
    assert values(page) == {"cross": 100, "municipal": 0, "daily": 0}
    assert_python_agrees(page)
    drag(page, "municipal", 0.4)
    assert values(page) == {"cross": 60, "municipal": 40, "daily": 0}


def test_a_touch_drags_too(open_page: Callable[..., Page]) -> None:
    page = open_board(open_page(390, 844, has_touch=True, is_mobile=True))
    rail = control(page, "cross").locator(".rail").bounding_box()
    thumb = control(page, "cross").locator(".thumb").bounding_box()
    assert rail
    assert thumb
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


def test_with_all_others_locked_a_weight_cannot_move(page: Page) -> None:
    open_board(page)
    page.get_by_role("button", name="锁定市级考核").click()
    page.get_by_role("button", name="锁定日常工作").click()
    hold(page, "cross", 0.9)
    page.mouse.up()
    assert values(page) == {"cross": 40, "municipal": 30, "daily": 30}
    assert told(page)["runs"] == 1


def test_a_typed_number_is_taken_exactly_and_the_others_follow(page: Page) -> None:
    open_board(page)
    number(page, "cross").fill("46.1")
    number(page, "cross").press("Enter")
    wait_for_run(page, 1)
    assert values(page) == {"cross": Q("46.1"), "municipal": Q(27), "daily": Q("26.9")}
    assert_python_agrees(page)


def test_full_width_digits_and_a_percent_sign_are_understood(page: Page) -> None:
    open_board(page)
    number(page, "cross").fill("５０ ％")
    number(page, "cross").press("Enter")
    wait_for_run(page, 1)
    assert values(page) == {"cross": 50, "municipal": 25, "daily": 25}


@pytest.mark.parametrize("text", ["abc", "", "-5", "1e2", "4O", "40分之一", "１２.3.4"])
def test_what_is_no_number_changes_nothing_and_says_what_is_wanted(page: Page, text: str) -> None:
    open_board(page)
    number(page, "cross").fill(text)
    number(page, "cross").press("Enter")
    expect(control(page, "cross").locator(".note")).to_contain_text("不是数字，请填0至100之间的数")
    expect(number(page, "cross")).to_have_value("40")
    assert told(page)["runs"] == 1


def test_a_number_out_of_reach_goes_as_far_as_it_can_and_says_so(page: Page) -> None:
    open_board(page)
    page.get_by_role("button", name="锁定市级考核").click()
    number(page, "cross").fill("85")
    number(page, "cross").press("Enter")
    wait_for_run(page, 1)
    assert values(page)["cross"] == 70
    expect(control(page, "cross").locator(".note")).to_contain_text("现可取0至70")


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
    for key, value in (("ArrowRight", "40.1"), ("ArrowUp", "40.2"), ("ArrowLeft", "40.1"), ("PageUp", "41.1"), ("End", "100")):
        slider.press(key)
        expect(slider).to_have_attribute("aria-valuenow", value)
    slider.press("PageDown")
    expect(slider).to_have_attribute("aria-valuenow", "99")
    slider.press("Home")
    expect(page.get_by_test_id("stCode")).to_contain_text('"cross": "0"')
    settled(page)
    assert_python_agrees(page)


def test_keys_to_the_end_and_back_return_to_the_documents_proportions(page: Page) -> None:
    open_board(page)
    slider = page.get_by_role("slider", name="市级考核")
    slider.press("End")
    for _ in range(70):
        slider.press("PageDown")
    assert values(page) == {"cross": 40, "municipal": 30, "daily": 30}


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


def test_weights_no_decimal_holds_return_exactly(page: Page) -> None:
    open_board(page, "crowd")
    drag(page, "c0", 0.6)
    runs = told(page)["runs"]
    page.get_by_role("button", name="恢复文件权重").click()
    wait_for_run(page, runs)
    assert set(values(page).values()) == {Q(100, 7)}
    assert_no_change = page.locator(".calm")
    expect(assert_no_change).to_have_text("等次均不变")


# Points and lines


def test_points_stay_in_descending_order(page: Page) -> None:
    open_board(page, "points")
    drag(page, "较好", 1)
    assert values(page) == {"好": 95, "较好": Q("94.5"), "一般": 75, "较差": 60}
    drag(page, "较好", 0)
    assert values(page)["较好"] == Q("75.5")
    assert_python_agrees(page)


def test_a_grade_line_moves_and_the_grades_follow_it(page: Page) -> None:
    open_board(page, "lines")
    number(page, "好").fill("89")
    number(page, "好").press("Enter")
    wait_for_run(page, 1)
    expect(page.locator("[data-sentence=u3]")).to_contain_text("89.24：较好 → 好")
    assert_python_agrees(page)
    number(page, "一般").fill("95")
    number(page, "一般").press("Enter")
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


@pytest.mark.parametrize("size", [(1440, 900), (1024, 768), (390, 844)])
@pytest.mark.parametrize(("case", "name", "to"), [("weights", "cross", 0.49), ("weights", "cross", 0.03), ("points", "较差", 0.74)])
def test_labels_never_lie_on_each_other(
    open_page: Callable[..., Page], size: tuple[int, int], case: str, name: str, to: float
) -> None:
    page = open_board(open_page(*size), case)
    hold(page, name, to)
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    labels = page.locator(".slope .label").evaluate_all(
        "nodes => nodes.map(n => { const b = n.getBoundingClientRect(); return [b.left, b.right, b.top, b.bottom]; })"
    )
    page.mouse.up()
    overlapping = [
        pair for pair in combinations(labels, 2)
        if pair[0][0] < pair[1][1] and pair[1][0] < pair[0][1] and min(pair[0][3], pair[1][3]) - max(pair[0][2], pair[1][2]) > 3
    ]  # fmt: skip
    assert len(labels) >= 12
    assert not overlapping  # three pixels: a box is as high as the font's tallest sign, the digits are not


@pytest.mark.parametrize("size", [(1440, 900), (1024, 768), (390, 844)])
def test_nothing_reaches_beyond_the_drawing_or_needs_sideways_scrolling(
    open_page: Callable[..., Page], size: tuple[int, int]
) -> None:
    page = open_board(open_page(*size))
    drag(page, "cross", 0.55)
    drawing = page.locator(".slope").bounding_box()
    assert drawing
    boxes = page.locator(".slope text").evaluate_all("nodes => nodes.map(n => n.getBoundingClientRect().toJSON())")
    assert all(box["left"] >= drawing["x"] - 1 for box in boxes)
    assert all(box["right"] <= drawing["x"] + drawing["width"] + 1 for box in boxes)
    assert page.locator(".board").evaluate("n => n.scrollWidth <= n.clientWidth")


def test_labels_stay_on_their_own_side_of_a_grade_line(page: Page) -> None:
    open_board(page)
    line = page.locator(".slope .cut").first.bounding_box()
    assert line
    for unit, above in (("对象丁", True), ("对象丙", False)):
        label = page.locator(f".slope [data-unit={unit}] [data-label=before] .score").bounding_box()
        assert label
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
    assert painted(page)["对象丙"] == told(page)["results"]["对象丙"][:2] + [str(told(page)["results"]["对象丙"][2])]


# The pure functions, fed with anything


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
    return Board(
        "weights", controls, tuple(BoardUnit(f"u{i}", f"甲{i}", x, o, best) for i, (x, o, best) in enumerate(units)), LINES,
        places=draw(some.sampled_from([None, 0, 1, 2])),
    )  # fmt: skip


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
    ranked = [(99 if row[1] is None else row[1], -Q(row[0]), row[2]) for row in given_back if row]
    for grade, score, place in ranked:
        assert place == 1 + sum((g, s) < (grade, score) for g, s, _ in ranked)


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
    placed = bench.evaluate(
        "(ys) => pushApart(ys.map((y) => ({y, half: 10, weight: 1})), 0, 700)", wanted
    )  # fmt: skip
    assert all(lower - upper >= 20 - 1e-6 for upper, lower in pairwise(placed))
    assert placed[0] >= 10 - 1e-6
    assert placed[-1] <= 690 + 1e-6
    if all(lower - upper >= 20 for upper, lower in pairwise(wanted)) and wanted[0] >= 10:
        assert placed == pytest.approx(wanted)

"""A presenter with nothing but keys: pages, names one by one, why, a trial, black, a reload; and a wall that needs no one."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from data.store import Store
from scoring.marks import Fact
from tests.browser.driver import Server, goto, serve
from tests.browser.stage_hands import begin, open_at, reveal, shown, stage, stock
from tests.pages import builders

UNITS = list(builders.CROSS_AND_MUNICIPAL)
SHORT = [unit[:2] for unit in UNITS]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serve(stock=stock) as running:
        yield running


def labels(page: Page) -> list[str]:
    return stage(page).locator(".rows .bar[role=listitem] .label").all_inner_texts()


def changed(server: Server, unit: str) -> None:
    """Somebody elsewhere registers and confirms a 情形."""
    with Store.open(f"sqlite:///{server.data}/hengxiao.db") as store:
        row = store.add_fact(1, Fact(unit, "sanction", "记大过", "2020-07-01", "江纪〔2020〕30号"), "", builders.CLERK)
        store.confirm_fact(row.id, builders.CHECKER)


def test_hidden_names_are_in_no_source_no_address_no_title_and_no_message(page: Page) -> None:
    frames: list[str] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: frames.append(as_text(frame))))
    begin(page)
    for _ in range(14):
        page.keyboard.press("PageDown")
    page.keyboard.press("3")
    page.keyboard.press("w")
    page.keyboard.press("1")
    stage(page).locator(".rows .line").first.wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("t")
    stage(page).locator(".control").first.wait_for()
    told = "".join([page.content(), page.url, page.title(), stage(page).inner_html(), *frames])
    assert any(each in "".join(frames) for each in ways("对象甲"))
    assert not [name for name in (*UNITS, *SHORT) if any(each in told for each in ways(name))]


def ways(name: str) -> tuple[str, ...]:
    """A name as itself, as JSON may write it, and as an address does."""
    return name, json.dumps(name)[1:-1], quote(name)


def as_text(frame: str | bytes) -> str:
    return frame if isinstance(frame, str) else frame.decode("utf-8", "replace")


def test_r_reveals_from_the_last_place_to_the_first_and_n_hides_and_shows_all(page: Page) -> None:
    open_at(page, "ranking")
    expected = ["江海区", "恩平市", "台山市", "开平市", "新会区", "蓬江区", "鹤山市"]  # by hand: 7th to 1st
    for count, unit in enumerate(expected, start=1):
        reveal(page, count)
        named = [label for label in labels(page) if not label.startswith("对象")]
        assert named == expected[:count][::-1]
        assert unit in named
    page.keyboard.press("n")
    expect(page.locator("dialog[open][data-revealed='0']")).to_be_attached()
    assert all(label.startswith("对象") for label in labels(page))
    page.keyboard.press("n")
    expect(page.locator("dialog[open][data-revealed='7']")).to_be_attached()
    page.keyboard.press("PageDown")
    shown(page, "map").locator(".map img").wait_for()


def test_a_reload_leads_back_to_the_page_with_the_names_hidden(page: Page) -> None:
    open_at(page, "ranking")
    reveal(page, 1)
    page.keyboard.press("PageDown")
    page.keyboard.press("PageDown")
    shown(page, "parts")
    page.reload()
    shown(page, "parts")
    assert "page=parts" in page.url
    expect(page.locator("dialog[open][data-revealed='0']")).to_be_attached()


def test_the_clicker_and_the_keys_turn_jump_and_darken(page: Page) -> None:
    begin(page)
    for key, there in (("PageDown", "conclusion"), (" ", "ranking"), ("ArrowLeft", "conclusion"), ("PageUp", "cover"),
                       ("End", "end"), ("Home", "cover")):  # fmt: skip
        page.keyboard.press(key)
        shown(page, there)
    page.keyboard.press("3")
    shown(page, "ranking")
    page.keyboard.press("1")  # 1, 10, 11 and 12 are there: a second decides
    shown(page, "cover")
    page.keyboard.press("b")
    expect(stage(page).locator(".blank")).to_be_visible()
    page.keyboard.press("PageDown")  # brings the page back and turns nothing
    expect(stage(page).locator(".blank")).to_be_hidden()
    shown(page, "cover")
    before = stage(page).evaluate("(node) => getComputedStyle(node).backgroundColor")
    page.keyboard.press("d")
    assert stage(page).evaluate("(node) => getComputedStyle(node).backgroundColor") != before
    page.keyboard.press("f")
    page.wait_for_function("() => Boolean(document.fullscreenElement)")
    expect(stage(page)).to_be_visible()
    page.keyboard.press("f")
    page.wait_for_function("() => !document.fullscreenElement")
    page.keyboard.press("?")
    expect(stage(page).locator(".help")).to_be_visible()
    page.keyboard.press("x")
    expect(stage(page).locator(".help")).to_be_hidden()


def test_why_is_answered_in_two_keys_and_esc_leads_back_to_the_page(page: Page) -> None:
    open_at(page, "ranking")
    page.keyboard.press("w")
    page.keyboard.press("3")  # the third on the page: 新会区, held by a 记过
    why = stage(page).locator(".rows .line")
    why.first.wait_for()
    expect(stage(page).locator("h1")).to_contain_text("94.00分")
    expect(stage(page).locator(".sheet")).to_contain_text("五（四）")
    page.keyboard.press("w")
    expect(stage(page).locator(".topic")).to_have_text("怎样会变")
    page.keyboard.press("Escape")
    shown(page, "ranking")
    expect(stage(page).locator(".topic")).to_have_text("位次")


def test_a_trial_finds_who_changes_and_leaves_nothing_behind(page: Page, server: Server) -> None:
    with Store.open(f"sqlite:///{server.data}/hengxiao.db") as store:
        before = (len(store.log(1)), store.version(1), len(store.scenarios(1)))
    open_at(page, "ranking")
    page.keyboard.press("t")
    expect(stage(page).locator("[data-control=cross]")).to_contain_text("40%")
    for _ in range(12):
        page.keyboard.press("ArrowRight")
    expect(stage(page).locator("[data-control=cross]")).to_contain_text("52%")
    # 开平市 (93.4210… and 91.8421… and 81.07): 0.52·93.421… + 0.24·91.842… + 0.24·81.07 = 90.0778…
    expect(stage(page).locator(".moved")).to_have_count(1)
    expect(stage(page).locator(".moved")).to_contain_text("89.24 → 90.08")
    page.keyboard.press("0")
    expect(stage(page).locator(".moved")).to_have_count(0)
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Escape")
    shown(page, "ranking")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="开始汇报").wait_for()
    with Store.open(f"sqlite:///{server.data}/hengxiao.db") as store:
        assert (len(store.log(1)), store.version(1), len(store.scenarios(1))) == before
    assert "show=" not in page.url


def test_a_presenter_reorders_pages_and_the_stage_follows(page: Page) -> None:
    goto(page, "present")
    up = page.locator(".st-key-stage-up-ranking button:visible")
    expect(up).to_have_count(1)
    up.click()
    expect(page.locator(".st-key-stage-row-ranking")).to_contain_text("2.")
    page.get_by_role("button", name="开始汇报").click()
    shown(page, "cover")
    page.keyboard.press("PageDown")
    shown(page, "ranking")
    page.keyboard.press("Escape")
    page.locator(".st-key-stage-down-ranking button:visible").click()
    expect(page.locator(".st-key-stage-row-ranking")).to_contain_text("3.")


def test_the_locked_figures_hold_while_others_go_on_and_the_wall_moves_with_them(
    open_page: Callable[..., Page], server: Server
) -> None:
    stage_, wall = open_page(), open_page()
    open_at(stage_, "ranking")
    before = stage(stage_).locator(".rows").inner_text()
    goto(wall, "present")
    wall.get_by_role("button", name="投到大屏").click()
    shown(wall, "conclusion")
    expect(stage(wall).locator(".foot")).to_contain_text("实时")
    version = stage(wall).get_attribute("data-version")
    changed(server, "鹤山市")
    expect(stage(stage_).locator(".newer")).to_contain_text("本页为锁定版第1号")
    assert stage(stage_).locator(".rows").inner_text() == before
    shown(stage_, "ranking")
    expect(stage(wall)).not_to_have_attribute("data-version", version or "")
    wall.keyboard.press("2")
    shown(wall, "ranking")
    expect(stage(wall).locator(".rows .note", has_text="受限制")).to_have_count(2)  # 新会区, and now 鹤山市
    expect(stage(stage_).locator(".rows .note", has_text="受限制")).to_have_count(1)


def test_a_wall_turns_by_itself(page: Page) -> None:
    page.clock.install()
    page.goto("/present?a=1&show=wall&every=10")
    for there in ("conclusion", "ranking", "map"):
        page.locator(f"dialog[open][data-page={there}]").wait_for()
        page.clock.fast_forward(11_000)

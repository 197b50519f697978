"""The SVG map in a real browser: click, drag, wheel, fingers, keyboard; what Python hears; which means draws; downloads."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.driver import Server, goto, serve, settled

TAISHAN, KAIPING = "440781", "440783"
MEMORY = "hengxiao-map-means"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serve("tests/browser/apps/map_app.py") as running:
        yield running


def open_map(page: Page, query: str = "") -> Page:
    goto(page, query)
    page.locator(".svg-map .thing").first.wait_for()
    return page


def thing(page: Page, code: str) -> Locator:
    return page.locator(f".thing[data-code='{code}']")


def word(page: Page, name: str) -> Locator:
    return page.locator(".words .word", has_text=name)


def told(page: Page) -> dict:
    return json.loads(page.get_by_test_id("stCode").inner_text())


def heard(page: Page, chosen: str | None, clicks: int) -> None:
    """Python has been told of so many clicks, the last on this place."""
    expect(page.get_by_test_id("stCode")).to_contain_text(f'"chosen": {json.dumps(chosen)}, "clicks": {clicks}')
    settled(page)


def middle(found: Locator) -> tuple[float, float]:
    box = found.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def label_at(page: Page, name: str) -> tuple[float, float]:
    return middle(word(page, name).locator("rect"))


def scale(page: Page) -> float:
    found = re.search(r"scale\(([\d.]+)\)", page.locator(".svg-map .world").get_attribute("transform") or "")
    assert found
    return float(found[1])


def enlarge(page: Page, times: int = 1) -> None:
    for _ in range(times):
        page.get_by_role("button", name="放大地图").click()
    page.wait_for_timeout(300)  # labels are chosen when the movement has ended


def test_a_click_on_an_area_tells_python_its_code_and_marks_it(page: Page) -> None:
    open_map(page)
    x, y = label_at(page, "台山市")
    page.mouse.click(x, y + 45)
    heard(page, TAISHAN, 1)
    expect(thing(page, TAISHAN)).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".marks .chosen")).to_have_count(1)
    expect(page.locator(".marks .near")).to_have_count(2)


def test_a_click_on_a_label_is_one_on_its_place_and_the_same_place_can_be_clicked_again(page: Page) -> None:
    open_map(page)
    page.mouse.click(*label_at(page, "江海区"))
    heard(page, "440704", 1)
    page.mouse.click(*label_at(page, "江海区"))
    heard(page, "440704", 2)


def test_a_slow_and_trembling_hand_still_clicks(page: Page) -> None:
    open_map(page)
    x, y = label_at(page, "恩平市")
    page.mouse.move(x, y)
    page.mouse.down()
    page.wait_for_timeout(900)
    page.mouse.move(x + 3, y + 2)
    page.mouse.up()
    heard(page, "440785", 1)


def test_dragging_is_no_click_and_moves_an_enlarged_map_but_not_a_whole_one(page: Page) -> None:
    open_map(page)
    before = label_at(page, "台山市")

    def drag() -> None:
        x, y = label_at(page, "台山市")
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x - 70, y - 40, steps=5)
        page.mouse.up()
        page.wait_for_timeout(300)

    drag()
    assert label_at(page, "台山市") == before
    enlarge(page, 2)
    x, y = label_at(page, "台山市")
    drag()
    moved = label_at(page, "台山市")
    assert moved[0] == pytest.approx(x - 70, abs=2)
    assert moved[1] == pytest.approx(y - 40, abs=2)
    assert told(page)["clicks"] == 0


def test_the_wheel_enlarges_about_the_pointer_and_when_whole_again_scrolls_the_page(page: Page) -> None:
    open_map(page)
    x, y = label_at(page, "台山市")
    page.mouse.move(x, y)
    page.mouse.wheel(0, -200)
    page.wait_for_timeout(300)
    assert scale(page) > 1.3
    assert label_at(page, "台山市") == (pytest.approx(x, abs=25), pytest.approx(y, abs=25))
    for _ in range(4):
        page.mouse.wheel(0, 200)
    page.wait_for_timeout(300)
    assert scale(page) == 1


def test_enlarging_leaves_letters_as_they_are_and_brings_the_map_back_whole(page: Page) -> None:
    open_map(page)
    size, place = word(page, "台山市").locator("rect").bounding_box(), label_at(page, "恩平市")
    assert size
    area = thing(page, TAISHAN).bounding_box()
    assert area
    enlarge(page)
    larger = thing(page, TAISHAN).bounding_box()
    now = word(page, "台山市").locator("rect").bounding_box()
    assert larger
    assert now
    assert larger["width"] == pytest.approx(area["width"] * 1.5, rel=0.05)
    assert now["width"] == pytest.approx(size["width"], abs=1)
    page.get_by_role("button", name="恢复地图原来的大小和位置").click()
    page.wait_for_timeout(300)
    assert label_at(page, "恩平市") == (pytest.approx(place[0], abs=1), pytest.approx(place[1], abs=1))


def named(words: Locator) -> set[str]:
    """The cities that the labels name, whatever they say of them."""
    return set(re.findall(r"\w+?市", "\n".join(map(str, words.all_text_contents()))))


def test_names_without_room_come_forth_when_there_is_room_and_no_two_labels_overlap(page: Page) -> None:
    open_map(page, "?case=province&frame=360x400")
    names = page.locator(".words .word:visible")
    before = named(names)
    enlarge(page, 2)
    corners = "all => all.map(e => e.getBoundingClientRect()).map(r => [r.left, r.top, r.right, r.bottom])"
    boxes = names.locator("rect").evaluate_all(corners)
    assert len(boxes) > 3
    for at, one in enumerate(boxes):
        for other in boxes[:at]:
            assert one[2] <= other[0] + 3 or other[2] <= one[0] + 3 or one[3] <= other[1] + 3 or other[3] <= one[1] + 3
    page.get_by_role("button", name="恢复地图原来的大小和位置").click()
    page.wait_for_timeout(300)
    assert named(names) == before
    assert named(page.locator(".words .word")) > before  # those that were shown in between are hidden, not gone


def test_a_rerun_that_changes_only_colours_keeps_the_view_the_nodes_and_the_focus(page: Page) -> None:
    open_map(page)
    enlarge(page)
    node = thing(page, TAISHAN).element_handle()
    colour = thing(page, TAISHAN).get_attribute("fill")
    page.get_by_text("另换一组颜色").click()
    expect(thing(page, TAISHAN)).not_to_have_attribute("fill", str(colour))
    settled(page)
    assert scale(page) == 1.5
    assert node.evaluate("e => e.isConnected")
    expect(thing(page, TAISHAN)).to_have_attribute("aria-label", re.compile("等次：○ 暂缺"))


def test_the_keyboard_walks_all_places_selects_and_stays_where_it_was(page: Page) -> None:
    open_map(page)
    assert page.locator(".thing[tabindex='0']").count() == 1
    page.get_by_role("button", name="再运行一次").focus()
    page.keyboard.press("Tab")
    first = page.locator(".thing").nth(0)
    expect(first).to_be_focused()
    expect(page.locator(".rings .ring")).to_be_visible()
    expect(page.locator(".tip")).to_contain_text("蓬江区")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".thing").nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".thing").last).to_be_focused()
    page.keyboard.press("Home")
    expect(first).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    heard(page, "440785", 1)
    expect(page.locator(".thing").last).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press(" ")
    heard(page, "440784", 2)
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="放大地图")).to_be_focused()


def test_a_screen_reader_hears_the_map_and_every_place_with_its_grade(page: Page) -> None:
    open_map(page)
    expect(page.get_by_role("group", name="江门市地图：台山市 好")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^台山市，等次：■ 较差|^台山市，等次："))).to_be_visible()
    assert page.locator(".thing").evaluate_all("all => all.every(e => e.getAttribute('aria-label').includes('等次：'))")
    assert page.locator(".svg-map [aria-live]").count() == 0


def test_the_tip_says_what_lies_under_the_pointer_inside_the_frame_and_goes(page: Page) -> None:
    open_map(page)
    x, y = label_at(page, "新会区")
    page.mouse.move(x, y)
    tip = page.locator(".tip")
    expect(tip).to_contain_text(re.compile("新会区.*等次：.*得分：", re.DOTALL))
    inner, outer = tip.bounding_box(), page.locator(".svg-map .frame").bounding_box()
    assert inner
    assert outer
    assert inner["x"] + inner["width"] <= outer["x"] + outer["width"]
    page.mouse.move(5, 5)
    expect(tip).to_be_hidden()


def test_a_point_is_clicked_and_bears_circle_shape_and_name(page: Page) -> None:
    open_map(page, "?case=towns")
    town = page.locator(".points .thing").first
    expect(town.locator("circle")).to_be_visible()
    assert town.locator("path").get_attribute("d")
    town.click()
    heard(page, str(town.get_attribute("data-code")), 1)
    expect(town.locator("circle")).to_have_class("chosen")


def test_1610_points_can_be_enlarged_and_clicked(page: Page) -> None:
    open_map(page, "?case=crowd")
    assert page.locator(".thing").count() == 1610
    point = thing(page, "t805")
    page.mouse.move(*middle(point))
    for _ in range(3):
        page.mouse.wheel(0, -200)
    page.wait_for_timeout(400)
    expect(page.locator(".words .word").first).to_be_attached()
    point.click()
    heard(page, "t805", 1)


def test_on_a_phone_one_finger_scrolls_the_page_and_two_enlarge_the_map(open_page) -> None:
    page = open_map(open_page(390, 600, has_touch=True, is_mobile=True), "?frame=360x400")
    hand = page.context.new_cdp_session(page)
    main = page.get_by_test_id("stMain")

    def touch(kind: str, *at: tuple[float, float]) -> None:
        points = [{"x": x, "y": y, "id": finger} for finger, (x, y) in enumerate(at)]
        hand.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        page.wait_for_timeout(20)

    x, y = middle(page.locator(".svg-map svg").first)
    touch("touchStart", (x, y))
    for up in range(20, 140, 20):
        touch("touchMove", (x, y - up))
    touch("touchEnd")
    page.wait_for_timeout(600)
    assert main.evaluate("e => e.scrollTop") > 50
    assert scale(page) == 1
    x, y = middle(page.locator(".svg-map svg").first)
    touch("touchStart", (x - 30, y), (x + 30, y))
    for apart in (40, 55, 75):
        touch("touchMove", (x - apart, y), (x + apart, y))
    touch("touchEnd")
    page.wait_for_timeout(300)
    assert scale(page) == pytest.approx(2.5, abs=0.2)
    assert told(page)["clicks"] == 0
    assert main.evaluate("e => e.scrollWidth <= e.clientWidth")
    page.touchscreen.tap(*label_at(page, "台山市"))
    heard(page, TAISHAN, 1)


def test_the_map_prints_without_its_buttons(page: Page) -> None:
    open_map(page)
    page.emulate_media(media="print")
    expect(page.locator(".svg-map svg").first).to_be_visible()
    expect(page.locator(".svg-map .buttons")).to_be_hidden()


def test_without_a_graphics_card_svg_is_chosen_and_the_switch_overrules_it(page: Page) -> None:
    open_map(page)
    page.wait_for_function(f"() => sessionStorage.getItem('{MEMORY}') === 'svg'")
    assert told(page)["means"] == "svg"
    page.get_by_role("radiogroup").get_by_text("WebGL", exact=True).click()
    expect(page.get_by_test_id("stCode")).to_contain_text('"means": "webgl"')
    expect(page).to_have_url(re.compile("draw=webgl"))
    page.get_by_role("radiogroup").get_by_text("自动", exact=True).click()
    expect(page.get_by_test_id("stCode")).to_contain_text('"means": "svg"')
    expect(page).not_to_have_url(re.compile("draw="))


def test_a_map_that_loses_its_webgl_is_drawn_as_svg_from_then_on(page: Page) -> None:
    page.add_init_script(f"sessionStorage.getItem('{MEMORY}') ?? sessionStorage.setItem('{MEMORY}', 'webgl')")
    open_map(page)
    expect(page.get_by_test_id("stCode")).to_contain_text('"means": "webgl"')
    lose = """shown => {
      const canvas = document.createElement('canvas')
      if (shown) document.body.append(canvas)
      canvas.getContext('webgl2').getExtension('WEBGL_lose_context').loseContext()
    }"""
    page.evaluate(lose, False)
    page.wait_for_timeout(1_000)
    assert told(page)["means"] == "webgl"  # a map that was taken away
    page.evaluate(lose, True)
    expect(page.get_by_test_id("stCode")).to_contain_text('"means": "svg"')


def test_the_map_is_downloaded_as_png_and_as_svg(page: Page) -> None:
    open_map(page)
    with page.expect_download() as png:
        page.get_by_role("button", name="下载 PNG").click()
    assert png.value.suggested_filename == "地图_江门市_等次.png"
    assert png.value.path().read_bytes().startswith(b"\x89PNG")
    with page.expect_download() as svg:
        page.get_by_role("button", name="下载 SVG").click()
    said = "".join(ElementTree.fromstring(svg.value.path().read_text(encoding="utf-8")).itertext())
    for wanted in ("江门市：等次", "台山市", "示例数据。", "未经审定", "GS(2024)0650号", "示意图"):
        assert wanted in said

"""Renews the pictures of docs/pictures: every page with 示例数据, at a desk, on a projector and on a phone.

    python -m tools.shots              every page
    python -m tools.shots overview map only these

The app runs over a store of its own, so no office's data can reach a picture.
"""

from __future__ import annotations

import io
import sys

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from components.navigation import PAGES
from data.access import Duty
from data.demo import load_demo
from data.demo.last_year import load_last_year
from data.demo.parts import CHECKER, CLERK
from data.locked import lock
from data.regions import children
from data.schemes import scheme_text
from data.state import load_state
from data.store import Given, Store
from tests.browser.driver import ROOT, Server, goto, launch, new_context, serve, settled

PICTURES = ROOT / "docs" / "pictures"
NAMES = [entry.url for entry in PAGES]
SIZES = {"desktop": (1440, 900), "projector": (1024, 768), "phone": (390, 844)}
WHOLE = {"desktop", "phone"}  # a projector shows one screenful
TALLEST = 4000  # pixels; a picture in a document need not be longer
MAPS = {
    "map-country": "map?a=1&place=100000", "map-province": "map?a=1&place=440000&depth=county",
    "map-town": "map?a=1&place=440781", "map-tiles": "map?a=1&form=tiles", "map-score": "map?a=1&layer=score",
    "map-sheets": "map?a=1&layer=sheets", "map-outcomes": "map?a=1&layer=outcomes", "map-firm": "map?a=1&layer=firm",
    "map-part": "map?a=1&layer=part.daily", "map-item": "map?a=1&layer=item.1.cross", "map-change": "map?a=1&layer=change.last",
    "map-drawer": "map?a=1&sel=440781",
}  # fmt: skip
"""The map at each level and on each layer: a picture's name to its address."""
STAGE = {
    f"stage-{key}": f"present?a=1&lock=1&show=stage&page={key}" for key in ("conclusion", "ranking", "edges", "matters")
} | {"stage-wall": "present?a=1&show=wall&page=ranking"}  # fmt: skip
"""汇报演示 on the stage: a picture's name to its address. It fills the window, so a picture is never longer."""
REVIEW = {"review": "progress?a=4", "review-upload": "upload?a=4"}
"""评分表复核 under way in the year before: a picture's name to its address."""
PERSONS = (
    ("guanli1", "示例·管理甲", (Duty("manage"),)), ("guanli2", "示例·管理乙", (Duty("manage"),)),
    ("lingdao", "示例·领导", (Duty("view"),)), ("fuhe", "示例·复核", (Duty("review"),)),
    ("tianbao", "示例·填报", (Duty("fill", 1, frozenset({"台山市", "恩平市"}), frozenset({"cross"})), Duty("view", 2))),
)  # fmt: skip
"""人员 for the pictures: account, name, duties."""
HEAVIEST = 150_000  # bytes
_NO_PATHS = """paths => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walk.nextNode()) for (const [path, instead] of Object.entries(paths))
    if (walk.currentNode.nodeValue.includes(path))
      walk.currentNode.nodeValue = walk.currentNode.nodeValue.replaceAll(path, instead)
}"""
"""Folders of the machine that takes the pictures, told as those of an installed Hengxiao."""
SCENARIOS = (
    ("日常工作调减", "领导小组会商权重", {"w": "cross:45,municipal:35,daily:20"}),
    ("等次线从严", "提高到92分方为“好”", {"l": "好:92,较好:80,一般:70"}),
    ("四档赋分换一种口径", "原文未定每档分值", {"r": '{"ticks": "100/85/75/60"}'}),
)
"""情景 of 江门2020 for the pictures: name, purpose, settings as the store keeps them."""


def main(wanted: list[str]) -> None:
    """Take the pictures of the ``wanted`` pages, or of all."""
    every = (*NAMES, *MAPS, *STAGE, *REVIEW)
    unknown = set(wanted) - set(every)
    if unknown:
        sys.exit(f"No such page: {', '.join(sorted(unknown))}. There are: {', '.join(every)}")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with serve(stock=_stock) as server, sync_playwright() as playwright:
        _shoot_all(launch(playwright), server, wanted or list(every))


def _stock(store: Store) -> None:
    """What the pictures show: 江门2020 with 情景 to compare and a 锁定版 under way, the year before, and a draft for 方案编制."""
    county = load_demo(store)[0]
    for name, reason, settings in SCENARIOS:
        store.save_scenario(county.id, name, {"group": "county", **settings}, "示例·规划", reason)
    review_for_pictures(store, load_last_year(store).id)
    for account, person, duties in PERSONS:
        store.enrol_person(account, person, duties, "", "示例·管理甲")
    lock_for_pictures(store, county.id)
    text = scheme_text("template-2026-county").replace("template: true\n", "")
    store.create_scheme("2026年××市县级常态化精准帮扶工作考核", text, "示例·规划", "2026年模板")


def lock_for_pictures(store: Store, assessment_id: int) -> None:
    """A 锁定版 on its way: locked, grades suggested, an 异议 raised."""
    record = lock(store, assessment_id, "示例·汇报", "领导小组会议汇报")
    results = load_state(store, assessment_id).results.units
    grades = {result.unit: Given(result.grade) for result in results if result.grade}
    store.suggest(assessment_id, record.number, grades, "", "示例·汇报")
    unit, text = results[1].unit, "第14项所附台账未被采信，请复核。"
    store.add_objection(assessment_id, record.number, unit, text, f"{unit}扶贫办", record.at.date(), "示例·经办")


def review_for_pictures(store: Store, assessment_id: int) -> None:
    """评分表复核 under way: most handed in, some reviewed, one sent back, one to be unlocked."""
    store.set_review_required(assessment_id, True, "示例·管理甲")
    ids = [one.id for one in store.stages(assessment_id)]
    store.hand_in(ids[:-3], CLERK)
    store.review(ids[:8], CHECKER)
    store.send_back(ids[8], CHECKER, "第3项与原件不一致")
    store.ask_unlock(ids[0], CLERK, "第14项漏填")


def _shoot_all(browser: Browser, server: Server, names: list[str]) -> None:
    for size, (width, height) in SIZES.items():
        page = new_context(browser, width, height, base_url=server.url).new_page()
        for name in names:
            page.set_viewport_size({"width": width, "height": height})
            goto(page, "" if name == NAMES[0] else (MAPS | STAGE | REVIEW).get(name, name))  # the first page has the empty address
            if name == "map-drawer":
                page.get_by_role("button", name="查看要点").click()
            if name == "geography":
                _bring_towns(page)
            if name == "keeping":
                page.get_by_role("button", name="立即备份").click()
                page.get_by_text("已备份为").wait_for()
            path = PICTURES / f"{name}-{size}.png"
            path.write_bytes(light(_picture(page, server, name, width, height, whole=size in WHOLE and name not in STAGE)))
            print(f"{path.relative_to(ROOT)}  {path.stat().st_size // 1000} kB")
        page.context.close()


def _bring_towns(page: Page) -> None:
    """A list of 江门's towns laid into 底图与坐标, one of them misspelt: the picture shows what is asked, and the preview."""
    towns = [town for county in children("440700") for town in children(county.code) if town.located]
    lines = [f"{town.name if at else '白沙界'},{town.lon},{town.lat}" for at, town in enumerate(towns[:30])]
    content = "\n".join(["镇名,经度,纬度", *lines]).encode()
    file = {"name": "江门镇街坐标.csv", "mimeType": "text/csv", "buffer": content}
    page.locator(".st-key-drop-zone-geography input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_text("《江门镇街坐标.csv》已读取").wait_for()


def _picture(page: Page, server: Server, name: str, width: int, height: int, whole: bool) -> bytes:
    _drawn(page)
    if whole:  # Streamlit scrolls inside the page, so the window has to grow to show the whole of it
        content = page.get_by_test_id("stMain").evaluate("main => main.scrollHeight")
        page.set_viewport_size({"width": width, "height": min(max(height, content), TALLEST)})
        _drawn(page)
    if page.get_by_test_id("stException").count() or page.get_by_text("Page not found").count():
        raise RuntimeError(f"The page {name} shows an error instead of its content.")
    page.evaluate(_NO_PATHS, {str(server.data): "/var/lib/hengxiao", sys.executable: ".venv/bin/python", str(ROOT): "/opt/hengxiao"})
    return page.screenshot()


def _drawn(page: Page) -> None:
    """Wait for charts and maps, which draw themselves a moment after the script has ended."""
    settled(page)
    page.evaluate("document.fonts.ready.then(() => 0)")
    page.wait_for_timeout(1500)


def light(png: bytes, most: int = HEAVIEST) -> bytes:
    """The same picture in few enough colours to weigh at most ``most`` bytes, a rare one (较差 in red) kept before a shade."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    for colours in (256, 128, 64, 32, 16):
        packed = io.BytesIO()
        few = picture.quantize(colours, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        few.save(packed, "PNG", optimize=True)
        if packed.tell() <= most:
            break
    return packed.getvalue()


if __name__ == "__main__":
    main(sys.argv[1:])

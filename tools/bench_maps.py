"""What 地图 costs: the first map after a link is opened, a click until the drawer is there, another layer's colours.

广东省's 124 counties and all of its towns, assessed by two schemes made of 江门's, with every sheet in. A real server and
a real Chromium without a graphics card, both on this machine, so both share its cores.
"""

from __future__ import annotations

import base64
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median

from playwright.sync_api import Browser, Page, expect

from components.geo import deck
from data import regions
from data.maps import paint, scene
from data.regions import Place
from data.regions.shapes import Depth
from data.schemes import scheme, scheme_text
from data.store import Store, UnitRow
from scoring.marks import Sheet
from tests.browser.driver import Server, goto, new_context, serve, settled
from tests.browser.map_hands import MAP, spot
from tests.pages.builders import ticks
from tools.bench_browser import _chromium
from tools.bench_kit import Section, in_turns, ms, section, times

PROVINCE = "440000"
WINDOW = {"width": 1280, "height": 900}
GRADES = ("好", "较好", "一般", "较差")
CLERK = "李经办"
REPEATS = 3
DRAWN = {"webgl": f"[data-testid={MAP}] canvas", "svg": ".svg-map .thing"}


@section("maps")
def maps() -> Section:
    """What is seen and waited for in a browser, by each way of drawing, beside the ranking's table of the same units."""
    with _chromium() as browser, serve(stock=stock) as server:
        _visit(browser, server, "ranking?a=1").context.close()  # the server's first visitor pays for everything
        rows = [_row(browser, server, *each) for each in (
            ("124 counties, WebGL", f"map?a=1&place={PROVINCE}&depth=county&draw=webgl", _counties),
            ("124 counties, SVG", f"map?a=1&place={PROVINCE}&depth=county&draw=svg", _counties),
            (f"{len(_towns()):,} towns, WebGL", f"map?a=2&place={PROVINCE}&depth=town&draw=webgl", _towns),
            (f"{len(_towns()):,} towns, SVG", f"map?a=2&place={PROVINCE}&depth=town&draw=svg", _towns),
        )]  # fmt: skip
        plain = median(_opened(browser, server, "ranking?a=1", "[data-testid=stDataFrame]") for _ in range(REPEATS))
    columns = ("map", "opened → map", "÷ ranking", "pointer → tip", "click → drawer", "other layer", "bytes")
    done = [(row[0], ms(row[1]), times(row[1] / plain), *row[2:]) for row in rows]
    note = (
        f"Opened: a link in a new tab until the map's first element is there, medians of {REPEATS}; the ranking of the same "
        f"124 units until its table is there takes {ms(plain)}. Other layer: a click on 得分 until the page is settled; bytes "
        "are all that the server sends for it. The goals: 2 s to the map, 1 s to the drawer, 200 kB at 124 counties."
    )
    return Section("Maps in a browser", columns, done, note)


@section("recolour")
def recolour() -> Section:
    """What a rerun costs that changes nothing but colours: the scene and its JSON, beside pydeck's own way."""
    rows = []
    maps: tuple[tuple[str, Depth | None], ...] = ((PROVINCE, None), (PROVINCE, "county"), ("150000", "county"))
    for code, depth in maps:
        features, written = regions.outlines(code, depth), regions.geometry_json(code, depth)
        codes = [each["properties"]["code"] for each in features["features"]]
        turns = [{each: _fill(at + by, each) for at, each in enumerate(codes)} for by in range(4)]
        state = {"at": 0}

        def ours(features=features, written=written, turns=turns, state=state) -> str:
            state["at"] += 1
            drawn = scene.of_areas(features, turns[state["at"] % 4], geometry_json=written)
            return deck.deck(drawn).to_json()

        def plain(features=features, turns=turns, state=state) -> str:
            return _pydecks_own(features, turns[state["at"] % 4])

        taken = in_turns({"ours": ours, "plain": plain}, repeats=9)
        size = len(ours().encode())
        what = f"{len(codes)} areas of {regions.place(code).name}"
        rows.append((what, ms(taken["ours"]), ms(taken["plain"]), times(taken["ours"] / taken["plain"]), f"{size:,}"))
    note = (
        "Ours: fills to scene with labels placed, to the JSON that Streamlit sends. pydeck: the areas alone, no labels, by "
        "its own to_json. The goal is 30 ms and 200,000 bytes at 124 counties."
    )
    return Section("Another layer on the map", ("what", "ours", "pydeck's own", "ours ÷ pydeck", "bytes"), rows, note)


def _pydecks_own(features: dict, fills: dict) -> str:
    import pydeck

    data = {
        "type": "FeatureCollection",
        "features": [
            each | {"properties": each["properties"] | {"rgb": fills[each["properties"]["code"]].rgb}}
            for each in features["features"]
        ],
    }
    layer = pydeck.Layer("GeoJsonLayer", id="areas", data=data, pickable=True, get_fill_color="properties.rgb")
    return pydeck.Deck(layers=[layer], map_provider=None).to_json()


def _fill(at: int, name: str) -> paint.Fill:
    grade, score = GRADES[at % 4], f"{70 + at % 30}.{at % 90 + 10}"
    sign = paint.grade_fill(grade).sign
    tip = f"{name}\n等次：{sign}\n得分：{score}分\n位次：第{at + 1}位"
    return paint.grade_fill(grade, lines=[f"{sign} {score}"], tip=tip)


def stock(store: Store) -> None:
    """Assessment 1: the 124 counties; assessment 2: every town that is on the province's map."""
    _assess(store, "jiangmen-2020-county", "广东省各县（市、区）", _counties())
    _assess(store, "jiangmen-2020-town", "广东省各镇（街）", _towns())


def _assess(store: Store, scheme_id: str, name: str, places: list[Place]) -> None:
    """A year with every sheet of every unit in; each unit differs a little from the one before."""
    wanted = scheme(scheme_id)
    names = _names(places)
    group = wanted.groups[0].id
    units = [UnitRow(names[each.code], group, each.code) for each in places]
    made = store.create_assessment(name, scheme_id, scheme_text(scheme_id), wanted.hash, units, CLERK, demo=False)
    ways = [part.id for part in wanted.counted]
    size = len(wanted.indicators)
    for way, part in enumerate(ways):
        sheets: list[Sheet] = [
            ticks(unit.name, part, "".join(str(1 + (at * (i + 3) + way) % 11 // 3) for i in range(size)))
            for at, unit in enumerate(units)
        ]
        store.take(made.id, f"{part}.xlsx", part.encode(), sheets, CLERK)


def _counties() -> list[Place]:
    return [regions.place(each["properties"]["code"]) for each in regions.outlines(PROVINCE, "county")["features"]]


def _towns() -> list[Place]:
    return [town for county in _counties() for town in regions.towns(county.code)]


def _names(places: list[Place]) -> dict[str, str]:
    """Units need names of their own; towns share theirs with others across the province."""
    seen: dict[str, int] = {}
    for each in places:
        seen[each.name] = seen.get(each.name, 0) + 1
    return {each.code: each.name if seen[each.name] == 1 else f"{regions.place(each.parent or '').name}{each.name}"
            for each in places}  # fmt: skip


def _visit(browser: Browser, server: Server, path: str) -> Page:
    return goto(new_context(browser, WINDOW["width"], WINDOW["height"], base_url=server.url).new_page(), path)


def _opened(browser: Browser, server: Server, path: str, sign: str) -> float:
    """Seconds from opening a link until an element is there."""
    page = new_context(browser, WINDOW["width"], WINDOW["height"], base_url=server.url).new_page()
    begun = time.perf_counter()
    page.goto("/" + path)
    page.locator(sign).first.wait_for()
    taken = time.perf_counter() - begun
    page.context.close()
    return taken


@dataclass
class _Counter:
    """Bytes that a page's WebSocket receives."""

    bytes: int = field(default=0)

    def watch(self, page: Page) -> None:
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.webSocketFrameReceived", self._hear)

    def _hear(self, event: dict) -> None:
        data = event["response"]["payloadData"]
        self.bytes += len(base64.b64decode(data)) if event["response"]["opcode"] == 2 else len(data.encode())


def _row(browser: Browser, server: Server, what: str, path: str, places: Callable[[], list[Place]]) -> tuple:
    way = "svg" if path.endswith("svg") else "webgl"
    _visit(browser, server, path).context.close()  # the first visitor waits until the outlines are built
    opened = median(_opened(browser, server, path, DRAWN[way]) for _ in range(REPEATS))
    page, counter = _visit(browser, server, path), _Counter()
    counter.watch(page)
    page.locator(DRAWN[way]).first.wait_for()
    page.wait_for_timeout(3000)
    layer, sent = _other_layer(page, counter)
    tip, drawer = _click(page, way, places())
    page.context.close()
    return what, opened, ms(tip) if tip is not None else "–", ms(drawer), ms(layer), f"{sent:,}"


def _other_layer(page: Page, counter: _Counter) -> tuple[float, int]:
    """Seconds until the page has settled after another layer is chosen, and the bytes it took."""
    counter.bytes = 0
    begun = time.perf_counter()
    page.get_by_text("得分", exact=True).first.click()
    page.wait_for_url("**layer=score**")
    settled(page)
    return time.perf_counter() - begun, counter.bytes


def _click(page: Page, way: str, places: list[Place]) -> tuple[float | None, float]:
    """Seconds from moving onto a place until the tip is there, and from the click until the drawer is."""
    page.wait_for_timeout(2000)
    place = places[len(places) // 3]
    tip = None
    if way == "webgl":
        drawn = regions.outlines(PROVINCE, "county")
        label = {each["properties"]["code"]: each["properties"]["label"] for each in drawn["features"]}
        at = label.get(place.code) or (place.lon or 0.0, place.lat or 0.0)
        x, y = spot(page, at, drawn)
        begun = time.perf_counter()
        page.mouse.move(x - 1, y)
        page.mouse.move(x, y)
        page.locator(".deck-tooltip").filter(has_text="：").first.wait_for()
        tip = time.perf_counter() - begun
        page.wait_for_timeout(700)
        begun = time.perf_counter()
        page.mouse.click(x, y, delay=60)
    else:
        begun = time.perf_counter()
        page.locator(f'.thing[data-code="{place.code}"]').first.click(force=True)
    expect(page.get_by_role("dialog")).to_be_visible()
    return tip, time.perf_counter() - begun

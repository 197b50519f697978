"""What a person at a browser waits for: an upload seen by another, a key until it is painted, frames while dragging.

A real server over 示例数据 and a real Chromium, both on this machine, so both share its cores.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median, quantiles

from playwright.sync_api import Browser, Page, expect, sync_playwright

from data.demo import last_form, load_demo
from tests.browser.driver import ROOT, Server, chromium_path, goto, launch, new_context, serve
from tools.bench_kit import Section, Skip, ms, section, times

UPLOADS, KEYS, STROKES = 3, 15, 6
BOARD = ".board [data-control]"
KEY_TO_PAINT = """picture => {
  window.taken = new Promise((done, fail) => {
    setTimeout(() => fail(new Error('nothing was painted')), 20000);
    document.addEventListener('keydown', event => {
      const seen = new MutationObserver(() => {
        seen.disconnect();
        requestAnimationFrame(() => requestAnimationFrame(now => done(now - event.timeStamp)));
      });
      seen.observe(picture, {childList: true, subtree: true, characterData: true});
    }, {once: true, capture: true});
  });
}"""
START_FRAMES = """() => {
  window.frames_seen = []; window.watching = true; let last = performance.now();
  const next = now => { window.frames_seen.push(now - last); last = now; if (window.watching) requestAnimationFrame(next); };
  requestAnimationFrame(next);
}"""
END_FRAMES = "() => { window.watching = false; return window.frames_seen.slice(1); }"


@contextmanager
def _chromium() -> Iterator[Browser]:
    if chromium_path() is None:
        raise Skip("Chromium is not installed (Debian: apt install chromium)")
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


def _visit(browser: Browser, server: Server, path: str = "") -> Page:
    return goto(new_context(browser, base_url=server.url).new_page(), path)


@section("live")
def live() -> Section:
    """One browser takes the 21st form; another, on 总览, completes by itself."""
    if not (ROOT / "pages/collect/upload.py").exists():
        raise Skip("there is no 数据上报 yet")
    with _chromium() as browser:
        runs = [_one_upload(browser) for _ in range(UPLOADS)]
    read, seen = (median(column) for column in zip(*runs, strict=True))
    rows = [
        ("form dropped → what it would change is shown", ms(read)),
        ("confirmed → the other browser is complete", ms(seen)),
    ]
    note = "Live pages ask for the version every two seconds, so about one second of the second row is waiting for its turn."
    return Section("Upload to other browser", ("what", "time"), rows, note)


def _one_upload(browser: Browser) -> tuple[float, float]:
    """Seconds from dropping to the dry run, and from confirming to the other browser."""
    form = last_form()
    with serve(stock=load_demo) as server:
        watcher, clerk = _visit(browser, server), _visit(browser, server, "upload")
        expect(watcher.get_by_text("数据未齐").first).to_be_visible()
        confirm = clerk.get_by_role("button", name="确认上报 1 份")
        file = {"name": form.name, "mimeType": "application/octet-stream", "buffer": form.content}
        begun = time.perf_counter()
        clerk.locator("input[type=file]").first.set_input_files(file)  # type: ignore[arg-type]
        expect(confirm).to_be_enabled()
        read = time.perf_counter() - begun
        begun = time.perf_counter()
        confirm.click()
        expect(watcher.get_by_text("已全部到齐").first).to_be_visible()
        seen = time.perf_counter() - begun
        watcher.context.close()
        clerk.context.close()
    return read, seen


@section("whatif")
def whatif() -> Section:
    """The what-if board: of the app's own page with its seven units, and of 124 units in the small app of the journeys."""
    rows = []
    with _chromium() as browser:
        if (ROOT / "pages/explore/whatif.py").exists():
            with serve(stock=load_demo) as server:
                rows.append(_board_row("权重测算, 7 units", _visit(browser, server, "whatif")))
        else:
            print("whatif: there is no 权重测算 yet, so only the board by itself is measured")
        with serve("tests/browser/apps/board_app.py") as server:
            rows += [
                _board_row(f"the board alone, {units} units", _visit(browser, server, f"?case={case}"))
                for case, units in (("crowd", "124"), ("throng", "1,600"))
            ]
    columns = ("where", "key → painted", "frame p90, idle", "frame p90, dragging", "dragging ÷ idle")
    note = (
        "Key: an arrow on a weight's slider until the frame that shows the new scores is over, median. "
        "Frames: nine of ten intervals between animation frames are shorter than p90; idle is the same page in the same "
        "browser, untouched."
    )
    return Section("Dragging and keys", columns, rows, note)


def _board_row(what: str, page: Page) -> tuple[str, ...]:
    page.locator(BOARD).first.wait_for()
    page.locator(".picture svg").first.wait_for()
    page.wait_for_timeout(2000)  # let the page's first live questions pass
    idle = _frames(page, lambda: page.wait_for_timeout(1500))
    dragging = _frames(page, lambda: _drag(page))
    keys = median(_key_to_paint(page, "ArrowRight" if n % 2 else "ArrowLeft") for n in range(KEYS))
    page.context.close()
    return what, ms(keys), ms(idle), ms(dragging), times(dragging / idle)


def _frames(page: Page, meanwhile) -> float:
    """The 90th percentile of the time between frames, in seconds."""
    page.evaluate(START_FRAMES)
    meanwhile()
    return quantiles(page.evaluate(END_FRAMES), n=10)[-1] / 1000


def _drag(page: Page) -> None:
    """Hold the first weight and move it to and fro."""
    control = page.locator(BOARD).first
    before = control.get_attribute("data-value")
    page.locator(".board .stage").first.scroll_into_view_if_needed()
    control.scroll_into_view_if_needed()
    thumb, rail = (page.locator(f"{BOARD} {part}").first.bounding_box() for part in (".thumb", ".rail"))
    assert thumb is not None
    assert rail is not None
    y = thumb["y"] + thumb["height"] / 2
    page.mouse.move(thumb["x"] + thumb["width"] / 2, y)
    page.mouse.down()
    for stroke in range(STROKES):
        page.mouse.move(rail["x"] + rail["width"] * (0.8 if stroke % 2 else 0.2), y, steps=25)
    page.mouse.up()
    page.wait_for_timeout(1000)
    assert control.get_attribute("data-value") != before, "the weight did not follow the mouse"


def _key_to_paint(page: Page, key: str) -> float:
    """Seconds from a key event to the frame that shows what it changed."""
    page.locator(f"{BOARD} .thumb").first.focus()
    page.locator(".board .picture").first.evaluate(KEY_TO_PAINT)
    page.keyboard.press(key)
    taken = page.evaluate("() => window.taken")
    page.wait_for_timeout(100)
    return taken / 1000

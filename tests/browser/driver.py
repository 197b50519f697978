"""Drives the real thing: a Streamlit server in its own process, and Debian's Chromium through Playwright.

Shared by the journeys, the bench and the pictures. A server started here never sees the user's own data: it gets a
data folder of its own, and no DATABASE_URL.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60_000  # milliseconds: generous, because a slow machine is no failure
HERE = {"127.0.0.1", "localhost"}
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-proxy-server",
    # A county office without a network: whatever asks for another host fails, and is seen.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]
IDLE = "[data-testid=stApp][data-test-connection-state=CONNECTED][data-test-script-state=notRunning]"


@dataclass(frozen=True)
class Server:
    """A running app: its address (``http`` and port, no closing slash), its data folder and its log."""

    url: str
    data: Path
    log: Path

    def last_words(self, lines: int = 60) -> str:
        """The end of the log, for the report of a failed test; nothing once the server and its folder are gone."""
        if not self.log.is_file():
            return ""
        return "\n".join(self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])


@contextmanager
def serve(
    script: str | Path = "server.py",
    env: Mapping[str, str] | None = None,
    stock: Callable[[Any], object] | str | None = None,
    secrets: Callable[[str], str] | None = None,
) -> Iterator[Server]:
    """Run ``streamlit run script`` on a free port until the block ends; ``script`` is relative to the repository.

    The data folder is new and empty unless ``env`` names one as HENGXIAO_DATA. ``stock`` fills it before the server
    starts: a function that is given the open Store, or the id of a document whose 示例数据 are loaded ("ruyuan-2017";
    ``data.demo.DOCUMENTS`` lists them, "all" loads every one). ``secrets`` writes its secrets.toml, given its address;
    without one it never sees anybody's.
    Raises RuntimeError, with the log, when the server ends early or is not healthy within a minute.
    """
    with tempfile.TemporaryDirectory(prefix="hengxiao-") as folder:
        data = Path((env or {}).get("HENGXIAO_DATA", Path(folder, "data")))
        data.mkdir(parents=True, exist_ok=True)
        if stock is not None:
            _fill(data, stock)
        port = _free_port()
        server = Server(f"http://127.0.0.1:{port}", data, Path(folder, "server.log"))
        options = ["--server.port", str(port), "--server.headless", "true"]
        if secrets is not None:
            kept = Path(folder, "secrets.toml")
            kept.write_text(secrets(server.url), encoding="utf-8")
            options += ["--secrets.files", str(kept)]
        with server.log.open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "streamlit", "run", str(ROOT / script), *options],
                cwd=ROOT, env=_environment(data, env), stdout=log, stderr=subprocess.STDOUT,
            )  # fmt: skip
        try:
            _wait_until_healthy(server, process)
            yield server
        finally:
            _end(process)


def _environment(data: Path, env: Mapping[str, str] | None) -> dict[str, str]:
    """This process's environment without what could point the server at someone's real data or settings."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("STREAMLIT_", "HENGXIAO_"))}
    kept.pop("DATABASE_URL", None)
    if "HENGXIAO_CACHE" in os.environ:  # holds no one's data, and costs seconds to build
        kept["HENGXIAO_CACHE"] = os.environ["HENGXIAO_CACHE"]
    plain = {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", "STREAMLIT_LOGGER_ENABLE_RICH": "false"}
    return kept | plain | dict(env or {}) | {"HENGXIAO_DATA": str(data)}


def _fill(data: Path, stock: Callable[[Any], object] | str) -> None:
    from data.demo import load_all, load_demo  # here, because a tiny app's test needs no store
    from data.store import Store
    from data.store.location import FILE_NAME, sqlite_url

    with Store.open(sqlite_url(data / FILE_NAME)) as store:
        if callable(stock):
            stock(store)
        elif stock == "all":
            load_all(store)
        else:
            load_demo(store, documents=[stock])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_until_healthy(server: Server, process: subprocess.Popen[bytes]) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with opener.open(f"{server.url}/_stcore/health", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"The server at {server.url} did not come up. Its log:\n{server.last_words()}")


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def chromium_path() -> str | None:
    """Where this machine's Chromium is, or None."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def launch(playwright: Playwright) -> Browser:
    """A headless Chromium with software graphics that reaches this machine only."""
    return playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_ARGS)


def new_context(browser: Browser, width: int = 1440, height: int = 900, **more: object) -> BrowserContext:
    """A visitor of our own: a Chinese browser in China. ``more`` goes to Playwright (``has_touch=True``, …)."""
    options = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai"} | more
    context = browser.new_context(viewport={"width": width, "height": height}, **options)  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    return context


@dataclass
class Witness:
    """Notes whatever should not happen in a browser: requests to other machines, console and script errors."""

    complaints: list[str] = field(default_factory=list)

    def watch(self, context: BrowserContext) -> None:
        """Listen to every page of ``context``, those opened later too."""
        context.on("request", lambda request: self._visit(request.url))
        context.on("console", self._hear)
        context.on("weberror", lambda error: self.complaints.append(f"script error: {error.error}"))
        context.on("page", lambda page: page.on("websocket", lambda socket_: self._visit(socket_.url)))

    def _visit(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname not in HERE:
            self.complaints.append(f"left this machine: {url}")

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(f"console error: {message.text} ({message.location.get('url', '')})")


def settled(page: Page) -> Page:
    """Wait until the page is connected and no script runs. Live pages run again: also expect what you came for."""
    page.locator(IDLE).wait_for(state="attached", timeout=PATIENCE)
    expect(page.get_by_test_id("stAppSkeleton")).to_have_count(0, timeout=PATIENCE)
    return page


def choose(page: Page, field: str, option: str) -> None:
    """Choose in a drop-down as a person does: where the list shuts because the page is drawn anew, open it again.

    ``option`` is typed to narrow the list down, and the first entry that has it is taken.
    """
    box = page.get_by_role("combobox", name=field)
    for _ in range(6):
        settled(page)
        box.click()
        page.keyboard.type(option, delay=40)
        with suppress(PlaywrightTimeout):
            page.get_by_role("option").filter(has_text=option).first.click(timeout=PATIENCE / 6)
            settled(page)
            return
        page.keyboard.press("Escape")
    raise AssertionError(f"{option} could not be chosen as {field}.")


def goto(page: Page, url_path: str = "") -> Page:
    """Open ``url_path`` ("", "ranking", "unit?unit=台山市") of the page's server and wait until it has settled.

    A page that was opened by the ``page`` fixture knows its server; elsewhere give the whole address.
    """
    page.goto(url_path if "://" in url_path else "/" + url_path.lstrip("/"), timeout=PATIENCE)
    return settled(page)

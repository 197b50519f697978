"""A viewer without a browser: speaks Streamlit's protocol over its websocket, so that hundreds fit beside the server.

What a browser does on its own account is done here too: the timers of live fragments run in the viewer (``auto_rerun``
names the seconds), files go up by PUT and are then named in the uploader's state, the affinity cookie is kept.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

VERSION = re.compile(rb"[a-z]+-version-(\d+)")
BADGE = re.compile("第([0-9]+)版\\]".encode())
XSRF = "_streamlit_xsrf"
PATIENCE = 120.0
"""Seconds: generous, because a slow machine is no failure."""


@dataclass
class Seen:
    """What happened to one viewer, in seconds of ``time.perf_counter``.

    ``shown``: version → when the page that shows it had come whole. ``lives``: how long each live rerun took from the
    question to its end, those that begot a page left out. ``pages``: the same of whole pages. ``noticed``: version →
    how long from the timer's question that met it to the whole page.
    ``errors``: whatever should not happen. ``replicas``: which one each connection was to, behind nginx.
    """

    shown: dict[int, float] = field(default_factory=dict)
    lives: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    noticed: dict[int, float] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    replicas: list[str] = field(default_factory=list)


class Viewer:
    """One open page. ``async with Viewer(url, "upload?a=1") as viewer`` is connected, and drawn once ``drawn`` returns."""

    def __init__(self, url: str, page: str = "", *, live: bool = True, cookies: Mapping[str, str] | None = None) -> None:
        self.url, self.live, self.seen = url.rstrip("/"), live, Seen()
        name, _, query = page.partition("?")
        self._page_name, self._query, self._hash = name, query, ""
        self._http = httpx.AsyncClient(trust_env=False, timeout=PATIENCE)
        for each, value in (cookies or {}).items():
            self._http.cookies.set(each, value, domain=urlsplit(self.url).hostname or "")
        self._socket: ClientConnection | None = None
        self._session = ""
        self._timers: dict[str, asyncio.Task[None]] = {}
        self._asked: dict[str, float] = {}  # fragment ("" is the page) → when its run was asked for
        self._version = self._found = 0
        self._whole = True
        self._drawn = asyncio.Event()
        self._words: list[bytes] = []
        self._waiting: list[tuple[Callable[[], bool], asyncio.Future[None]]] = []
        self._urls: dict[str, asyncio.Future[Any]] = {}
        self.buttons: dict[str, tuple[str, bool]] = {}  # label → id, disabled
        self.uploaders: dict[str, str] = {}  # label → id
        self._states: dict[str, tuple[str, int, Any]] = {}  # uploader → name, size, addresses
        self._reader: asyncio.Task[None] | None = None
        self._closing = self._lost = False
        self.reconnects = 0

    async def __aenter__(self) -> Viewer:
        await self.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def open(self) -> None:
        """Connect and ask for the page, as a browser that has loaded the front end does."""
        await self._connect()
        self._reader = asyncio.create_task(self._read())

    async def _connect(self) -> None:
        answer = await self._http.get(f"{self.url}/_stcore/health")
        answer.raise_for_status()
        if named := self._http.cookies.get("hengxiao_replica"):
            self.seen.replicas.append(named)
        parts = urlsplit(self.url)
        token = self._http.cookies.get(XSRF, "")
        # As the browser's header: the protocol, the token, and the session to take up again, if there was one.
        offered = [word for word in ("streamlit", token or "PLACEHOLDER_AUTH_TOKEN", self._session) if word]
        cookies = "; ".join(f"{name}={value}" for name, value in self._http.cookies.items())
        self._socket = await connect(
            f"ws://{parts.netloc}/_stcore/stream", subprotocols=offered, origin=self.url,  # type: ignore[arg-type]
            additional_headers={"Cookie": cookies} if cookies else {}, max_size=None, ping_interval=None, proxy=None,
            open_timeout=PATIENCE, compression=None,
        )  # fmt: skip
        await self._rerun()

    async def close(self) -> None:
        """Leave."""
        self._closing = True
        for timer in self._timers.values():
            timer.cancel()
        if self._socket:
            with suppress(Exception):
                await self._socket.close()
        if self._reader:
            self._reader.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await self._reader
        await self._http.aclose()

    # What a person does

    async def drawn(self) -> None:
        """Wait until a whole page has come. Raises ConnectionError where none ever will."""
        await asyncio.wait_for(self._drawn.wait(), PATIENCE)
        if self._lost:
            raise ConnectionError(self.seen.errors[-1])

    async def until(self, met: Callable[[], bool]) -> None:
        """Wait until this is true, asked after each message."""
        if met():
            return
        waiting: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((met, waiting))
        await asyncio.wait_for(waiting, PATIENCE)

    def says(self, text: str) -> bool:
        """Whether the page, as last drawn, has these words."""
        words = text.encode()
        return any(words in part for part in self._words)

    @property
    def version(self) -> int:
        """The version of the figures that the page shows."""
        return self._version

    @property
    def badge(self) -> int:
        """The version that the badge in the page's head names ("第26版")."""
        return next(int(found[1]) for part in self._words if (found := BADGE.search(part)))

    async def click(self, label: str) -> None:
        """Press the button of this label; returns when the page has been drawn anew."""
        button, disabled = self.buttons[label]
        assert not disabled, f"{label} cannot be pressed"
        self._drawn.clear()
        await self._rerun(trigger=button)
        await self.drawn()

    async def upload(self, name: str, content: bytes) -> None:
        """Drop one file into the page's first uploader; returns when the page has been drawn anew."""
        urls = await self._upload_urls(name)
        token = self._http.cookies.get(XSRF) or ""
        address = urls.upload_url if "://" in urls.upload_url else self.url + urls.upload_url
        answer = await self._http.put(address, files={name: (name, content)}, headers={"X-Xsrftoken": token})
        answer.raise_for_status()
        uploader = next(iter(self.uploaders.values()))
        self._states[uploader] = (name, len(content), urls)
        self._drawn.clear()
        await self._rerun()
        await self.drawn()

    async def _upload_urls(self, name: str) -> Any:
        asked = BackMsg()
        asked.file_urls_request.request_id = key = f"{id(self)}-{time.perf_counter_ns()}"
        asked.file_urls_request.file_names.append(name)
        asked.file_urls_request.session_id = self._session
        self._urls[key] = asyncio.get_running_loop().create_future()
        await self._send(asked)
        return await asyncio.wait_for(self._urls[key], PATIENCE)

    # The protocol

    async def _rerun(self, fragment: str = "", trigger: str = "") -> None:
        message = BackMsg()
        state = message.rerun_script
        state.query_string, state.page_script_hash, state.fragment_id = self._query, self._hash, fragment
        state.is_auto_rerun = bool(fragment)
        if not self._hash:
            state.page_name = self._page_name
        state.context_info.timezone, state.context_info.locale = "Asia/Shanghai", "zh-CN"
        state.context_info.timezone_offset = -480
        state.context_info.url = f"{self.url}/{self._page_name}"
        for widget, value in self._states.items():
            name, size, urls = value
            info = state.widget_states.widgets.add(id=widget).file_uploader_state_value.uploaded_file_info.add()
            info.name, info.size, info.file_id = name, size, urls.file_id
            info.file_urls.CopyFrom(urls)
        if trigger:
            state.widget_states.widgets.add(id=trigger, trigger_value=True)
        self._asked.setdefault(fragment, time.perf_counter())
        await self._send(message)

    async def _send(self, message: BackMsg) -> None:
        assert self._socket
        await self._socket.send(message.SerializeToString())

    async def _read(self) -> None:
        while not self._closing:
            assert self._socket
            try:
                async for payload in self._socket:
                    self._take(payload)  # type: ignore[arg-type]
                    for each in [one for one in self._waiting if one[0]()]:
                        self._waiting.remove(each)
                        if not each[1].done():
                            each[1].set_result(None)
            except ConnectionClosed:
                pass
            except Exception as error:
                self._lose(f"reading: {error!r}")
                return
            if self._closing:
                return
            await self._again()

    async def _again(self) -> None:
        """The connection was lost: connect again until it is there, with growing pauses, as the browser does."""
        self.reconnects += 1
        self._stop_timers()
        self._asked.clear()
        for pause in (0.1, 0.5, 0.5, 1, 1, 2, 2, 4, 4, 8, 8):
            await asyncio.sleep(pause)
            with suppress(httpx.HTTPError, OSError, InvalidHandshake, TimeoutError):
                await self._connect()
                return
        self._lose("lost the connection for good")

    def _lose(self, why: str) -> None:
        self.seen.errors.append(why)
        self._closing = self._lost = True
        self._drawn.set()

    def _take(self, payload: bytes) -> None:
        message = ForwardMsg.FromString(payload)
        kind = message.WhichOneof("type")
        if kind == "delta":
            self._delta(message, payload)
        elif kind == "script_finished":
            self._finished(message.script_finished)
        elif kind == "new_session":
            self._begun(message)
        elif kind == "navigation":
            self._hash = message.navigation.page_script_hash
        elif kind == "auto_rerun" and self.live:
            self._time(message.auto_rerun.fragment_id, message.auto_rerun.interval)
        elif kind == "stop_auto_rerun":
            for fragment in message.stop_auto_rerun.fragment_ids:
                if timer := self._timers.pop(fragment, None):
                    timer.cancel()
        elif kind == "file_urls_response":
            if waiting := self._urls.pop(message.file_urls_response.response_id, None):
                waiting.set_result(message.file_urls_response.file_urls[0])
        elif kind == "page_not_found":
            self.seen.errors.append("page not found")

    def _begun(self, message: ForwardMsg) -> None:
        new = message.new_session
        self._session = new.initialize.session_id or self._session
        self._whole = not message.metadata.run.fragment_ids
        if self._whole:
            self._hash = new.page_script_hash
            self._stop_timers()
            self._words, self.buttons, self.uploaders = [], {}, {}
            self._found = 0

    def _delta(self, message: ForwardMsg, payload: bytes) -> None:
        if self._whole:
            self._words.append(payload)
        if found := VERSION.search(payload):
            self._found = int(found[1])
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "exception":
            self.seen.errors.append(f"exception shown: {element.exception.type}: {element.exception.message}")
        elif kind == "button":
            self.buttons[element.button.label] = (element.button.id, element.button.disabled)
        elif kind == "file_uploader":
            self.uploaders[element.file_uploader.label] = element.file_uploader.id
        elif kind == "alert" and element.alert.format == element.alert.ERROR:
            self.seen.errors.append(f"error shown: {element.alert.body}")

    def _finished(self, status: int) -> None:
        now = time.perf_counter()
        if status == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            return
        if status == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
            self.seen.errors.append("the script did not compile")
        if not self._whole:
            for asked in self._asked.values():
                self.seen.lives.append(now - asked)
            self._asked.clear()
            return
        began = min(self._asked.values(), default=now)
        self._asked.clear()
        self.seen.pages.append(now - began)
        if self._found:
            self._version = self._found
            if self._found not in self.seen.shown:
                self.seen.shown[self._found], self.seen.noticed[self._found] = now, now - began
        self._drawn.set()

    def _time(self, fragment: str, interval: float) -> None:
        if old := self._timers.pop(fragment, None):
            old.cancel()
        self._timers[fragment] = asyncio.create_task(self._tick(fragment, interval))

    async def _tick(self, fragment: str, interval: float) -> None:
        while True:
            await asyncio.sleep(interval)
            with suppress(ConnectionClosed):
                await self._rerun(fragment)

    def _stop_timers(self) -> None:
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()

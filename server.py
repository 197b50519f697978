"""The dashboard's server: ``streamlit run server.py`` is ``app.py`` with three things that a plain run lacks.

* It is warm before the first viewer comes: heavy imports done, the store opened, what is imported kept out of every
  later garbage collection; and it begins at once to build the outlines of the first maps.
* A link to any page works at once, also as the very first request.
* The page is Chinese from its first byte, knows where its server is, and folds a phone's menu (components/assets/page.js).

``streamlit run app.py`` works too and shows the same.
"""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from threading import Thread

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from components.navigation import PAGES

HERE = Path(__file__).parent
_FIRST_WORDS = (
    (b'<html lang="en">', b'<html lang="zh-CN">'),
    (b"<title>Streamlit</title>", "<title>衡效</title>".encode()),
    (b"<head>", b"<head><script>" + (HERE / "components" / "assets" / "page.js").read_bytes() + b"</script>"),
)
_HEADERS = {"X-Content-Type-Options": "nosniff", "X-Frame-Options": "SAMEORIGIN", "Referrer-Policy": "same-origin"}


class Page:
    """Middleware: safe headers on every answer, and the first words of the HTML page, ours before Streamlit's."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on; hold an HTML page back until it is whole."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if b"text/html" in dict(scope["headers"]).get(b"accept", b""):  # to be rewritten, so not to be compressed before
            scope = {**scope, "headers": [(k, v) for k, v in scope["headers"] if k != b"accept-encoding"]}
        start: Message | None = None
        body = b""

        async def answer(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(_HEADERS)
                if headers.get("content-type", "").startswith("text/html"):
                    start = message
                    return
            elif start is not None and message["type"] == "http.response.body":
                body += message.get("body", b"")
                if message.get("more_body"):
                    return
                await _send_page(start, body, send)
                return
            await send(message)

        await self.app(scope, receive, answer)


async def _send_page(start: Message, body: bytes, send: Send) -> None:
    for found, instead in _FIRST_WORDS:
        body = body.replace(found, instead, 1)
    headers = MutableHeaders(scope=start)
    if "content-length" in headers and body:  # a HEAD request has no body to count
        headers["content-length"] = str(len(body))
    await send(start)
    await send({"type": "http.response.body", "body": body})


@asynccontextmanager
async def warm(_: st.App) -> AsyncIterator[None]:
    """Do before the first viewer what the first viewer would have to wait for."""
    import pandas  # noqa: F401
    import plotly.graph_objects  # noqa: F401
    import pydeck  # noqa: F401
    from streamlit.runtime.pages_manager import PagesManager

    from components import session
    from data.maps import warm as outlines
    from data.store import StoreProblem

    # Streamlit takes a folder called pages/ for its old kind of app until st.navigation has run once, and answers the
    # first deep link with "Page not found".
    PagesManager.uses_pages_directory = False
    with suppress(StoreProblem):  # app.py says in words what is wrong
        store = session.whole_store()
        Thread(target=outlines.warm, args=[store], name="outlines", daemon=True).start()
    gc.collect()
    gc.freeze()
    yield


def first_page(request: Request) -> RedirectResponse:
    """Streamlit serves the first page at the empty address only; whoever types its name gets there too."""
    return RedirectResponse(str(request.url.replace(path="/")))


app = st.App(
    HERE / "app.py",
    lifespan=warm,
    routes=[Route(f"/{PAGES[0].url}", first_page)],
    middleware=[Middleware(Page)],
)

"""Middleware: safe headers on every answer, and cookies that go by https only where the dashboard does."""

from __future__ import annotations

import re

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from components.access import configuration
from components.access.configuration import Configuration
from serving import policy
from serving.visitor import Visitor, of

_SIGN_IN = ("_streamlit_user=", "_streamlit_user_")
_MAX_AGE = re.compile(r"max-age=(\d+)", re.IGNORECASE)


class Headers:
    """The outermost layer: it also clothes what the door itself answers."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on, and add to the beginning of each answer."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        settings = configuration.read()
        visitor = of(scope, settings)

        async def answer(message: Message) -> None:
            if message["type"] in ("http.response.start", "websocket.accept"):
                _clothe(MutableHeaders(scope=_with_headers(message)), visitor, settings)
            await send(message)

        await self.app(scope, receive, answer)


def _with_headers(message: Message) -> Message:
    """MutableHeaders writes into the list it is given: an answer without one gets it."""
    message["headers"] = list(message.get("headers", []))
    return message


def _clothe(headers: MutableHeaders, visitor: Visitor, settings: Configuration) -> None:
    headers.update(policy.ALWAYS)
    if visitor.https:
        headers.update(policy.HTTPS)
    if visitor.path.startswith("/media/"):
        headers["Content-Security-Policy"] = policy.FILE
        if settings.configured:
            headers["Cache-Control"] = "private, no-store"
    set_again = [bounded(told, visitor.https, settings) for told in headers.getlist("set-cookie")]
    if set_again:
        del headers["set-cookie"]
        for told in set_again:
            headers.append("set-cookie", told)


def bounded(cookie: str, https: bool, settings: Configuration) -> str:
    """A cookie by https only where the dashboard is, and that of the sign-in no longer than a sign-in lasts."""
    if cookie.startswith(_SIGN_IN):
        most = int(settings.limit.total_seconds())
        cookie = _MAX_AGE.sub(lambda found: f"Max-Age={min(int(found[1]), most)}", cookie)
    if https and "; secure" not in cookie.lower():
        cookie += "; Secure"
    return cookie

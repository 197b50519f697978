"""Middleware: whoever followed a link and had to sign in first gets to the page of the link, not to the first page.

Streamlit always returns to the first page. Where the sign-in was asked for is known from the Referer, and kept in a
cookie of our own for as long as the provider's pages may take.
"""

from __future__ import annotations

from urllib.parse import quote, unquote, urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from components.navigation import PAGES

COOKIE, SECONDS, LONGEST = "_hengxiao_wanted", 900, 1500
_PATHS = frozenset(f"/{entry.url}" for entry in PAGES)


class Wanted:
    """Notes the page on the way out to the provider and leads there on the way back."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Touch the answers of the sign-in only."""
        path = scope["path"] if scope["type"] == "http" else ""
        leaving, coming = path.endswith("/auth/login"), path.endswith("/oauth2callback")
        if not (leaving or coming):
            await self.app(scope, receive, send)
            return
        asked = HTTPConnection(scope)
        wanted = page_of(asked.headers.get("referer", "")) if leaving else page_of(unquote(asked.cookies.get(COOKIE, "")))

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=list(message.get("headers", [])))
                if wanted and leaving:
                    headers.append("set-cookie", _cookie(quote(wanted, safe=""), SECONDS))
                elif wanted and headers.get("location") == "/":
                    headers["location"] = wanted
                    headers.append("set-cookie", _cookie("", 0))
                message = {**message, "headers": headers.raw}
            await send(message)

        await self.app(scope, receive, answer)


def page_of(address: str) -> str:
    """Path and query where the address is one of our pages, else "": nothing else is ever led to."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.path not in _PATHS or len(address) > LONGEST:
        return ""
    return parts.path + (f"?{quote(parts.query, safe='=&%+')}" if parts.query else "")


def _cookie(value: str, seconds: int) -> str:
    return f"{COOKIE}={value}; Max-Age={seconds}; Path=/; HttpOnly; SameSite=Lax"

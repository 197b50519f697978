"""The first words of the HTML page, ours before Streamlit's, and the policy that names the only scripts it may hold."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import lru_cache
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from serving.policy import page_policy

_SCRIPT = Path(__file__).parents[1] / "components" / "assets" / "page.js"
_FIRST_WORDS = (
    (b'<html lang="en">', b'<html lang="zh-CN">'),
    (b"<title>Streamlit</title>", "<title>衡效</title>".encode()),
    (b"<head>", b"<head><script>" + _SCRIPT.read_bytes() + b"</script>"),
)
_INLINE = re.compile(rb"<script>(.*?)</script>", re.DOTALL)


class FirstWords:
    """Middleware: the HTML page is Chinese from its first byte, knows where its server is, and names its own scripts."""

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
                if _is_page(message, scope["path"]):
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


def _is_page(start: Message, path: str) -> bool:
    """Whether this is the app's own page: a file of an export may be HTML too, and stays as it was made."""
    headers = MutableHeaders(scope=start)
    return headers.get("content-type", "").startswith("text/html") and "/media/" not in path


async def _send_page(start: Message, body: bytes, send: Send) -> None:
    written = rewritten(body)
    headers = MutableHeaders(scope=start)
    if "content-length" in headers and body:  # a HEAD request has no body to count
        headers["content-length"] = str(len(written))
    headers["content-security-policy"] = page_policy(hashes(written))
    await send(start)
    await send({"type": "http.response.body", "body": written})


@lru_cache(maxsize=4)
def rewritten(body: bytes) -> bytes:
    """The page with our first words in place of Streamlit's."""
    for found, instead in _FIRST_WORDS:
        body = body.replace(found, instead, 1)
    return body


@lru_cache(maxsize=4)
def hashes(page: bytes) -> tuple[str, ...]:
    """The digests of the scripts that stand in the page itself, as a policy names them."""
    digests = (base64.b64encode(hashlib.sha256(text).digest()).decode() for text in _INLINE.findall(page))
    return tuple(f"'sha256-{digest}'" for digest in digests)

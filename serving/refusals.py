"""A refusal as a plain Chinese page: why, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from starlette.responses import HTMLResponse
from starlette.types import Receive, Send

from serving import policy

_PAGE = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>衡效</title><style>
body {{ font-family: "Noto Sans SC", "Microsoft YaHei", "PingFang SC", sans-serif; color: #1b2733; background: #f4f6f8; margin: 0 }}
main {{ max-width: 34rem; margin: 12vh auto; padding: 2rem; background: #fff; border: 1px solid #dde3e9; border-radius: .4rem }}
h1 {{ font-size: 1.35rem; margin-top: 0 }} p {{ line-height: 1.7 }}
</style></head><body><main><h1>{title}</h1><p>{why}</p><p>{remedy}</p></main></body></html>
"""


@dataclass(frozen=True)
class Refusal:
    """``status`` is HTTP's; the words are for the person at the screen."""

    status: int
    title: str
    why: str
    remedy: str


async def refuse(refusal: Refusal, websocket: bool, receive: Receive, send: Send) -> None:
    """Answer with the page; a websocket is closed before it opens."""
    if websocket:
        await receive()  # the asking to connect
        await send({"type": "websocket.close", "code": 1008, "reason": ""})
        return
    words = {"title": refusal.title, "why": refusal.why, "remedy": refusal.remedy}
    page = _PAGE.format(**{name: escape(text) for name, text in words.items()})
    headers = {"Content-Security-Policy": policy.BARE, "Cache-Control": "no-store"}
    await HTMLResponse(page, refusal.status, headers)({"type": "http"}, receive, send)

"""What is let in: pure questions about a visitor. docs/sign-in.md tells them to whoever runs the dashboard."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from streamlit.runtime.memory_media_file_storage import _calculate_file_id

from components.access.configuration import Configuration
from components.navigation import LEAVE, MINE, PAGES
from serving.refusals import Refusal
from serving.visitor import Visitor, within

HEALTH, METRICS, STREAM, LOGOUT = "/_stcore/health", "/_stcore/metrics", "/_stcore/stream", "/auth/logout"
LOOPBACK = ("127.0.0.1", "localhost", "::1")
_ASSETS = Path(__file__).parents[1] / "components" / "assets"
_NEVER = ("/_stcore/agent", "/_stcore/script-health-check")
_OPEN = frozenset(
    (
        "/", "/favicon.png", "/manifest.json", HEALTH, METRICS, STREAM, "/_stcore/host-config", "/auth/login", LOGOUT,
        "/oauth2callback", *(f"/{entry.url}" for entry in (*PAGES, MINE, LEAVE)),
    )
)  # fmt: skip
"""Open to whoever has not signed in: the empty page, which shows the sign-in, and what it is made of."""

NOT_HERE = Refusal(
    403, "本系统未配置登录，只供本机使用",
    "您正从另一台计算机（或经代理）访问。没有登录，系统无法知道来访者是谁，因此不提供服务。",
    "请管理员按 docs/sign-in.md 配置统一身份登录，然后重新启动；或在安装本系统的计算机上，用浏览器打开 127.0.0.1。",
)  # fmt: skip
UNKNOWN_HOST = Refusal(
    403, "本系统不以这个地址提供服务", "浏览器地址栏中的主机名不在允许之列。",
    "请使用管理员告知的地址；确需使用这个地址的，请管理员把主机名加入 HENGXIAO_HOSTS，然后重新启动。",
)  # fmt: skip
ELSEWHERE = Refusal(403, "请求来自其他网站", "为保护登录，本系统不接受从其他网站发起的这一请求。", "请直接打开本系统后操作。")
NOTHING = Refusal(404, "没有这个地址", "您要的内容不存在。", "请从首页进入。")
SIGN_IN = Refusal(401, "请先登录", "这一内容只提供给已登录、有分工的人员，登录可能已经结束。", "请打开首页登录后再取。")


def refusal(visitor: Visitor, settings: Configuration) -> Refusal | None:
    """Why this visitor is refused whoever it is; None where it may come in, or is to be asked for the sign-in."""
    if visitor.path == HEALTH and not visitor.websocket:
        return None  # of the machines that watch over it some know it by its number only
    if not settings.configured and not visitor.here:
        return NOT_HERE
    if visitor.host not in hosts(settings):
        return UNKNOWN_HOST
    if visitor.websocket and visitor.origin and not _own_origin(visitor, settings):
        return ELSEWHERE
    if visitor.path == LOGOUT and visitor.from_elsewhere:
        return ELSEWHERE
    if visitor.path.startswith(_NEVER) or (visitor.path == METRICS and not within(visitor.address, settings.monitors)):
        return NOTHING
    return None


def is_open(visitor: Visitor) -> bool:
    """Whether it is open without a sign-in. Everything is closed that is not named here."""
    path = visitor.path
    return path in _OPEN or path.startswith("/static/") or path in own_pictures()


@cache
def own_pictures() -> frozenset[str]:
    """Where Streamlit serves the logo and the icon, among the files of the pages: the sign-in's page has them too."""
    pictures = (each.read_bytes() for each in _ASSETS.glob("*.png"))
    return frozenset(f"/media/{_calculate_file_id(picture, 'image/png')}.png" for picture in pictures)


def hosts(settings: Configuration) -> frozenset[str]:
    """The names under which the dashboard is served: those configured, that of the sign-in's address, and this machine's own."""
    named = {name.lower().rstrip(".") for name in settings.hosts}
    own = urlsplit(settings.redirect).hostname
    return frozenset(named | set(LOOPBACK) | ({own} if own else set()))


def _own_origin(visitor: Visitor, settings: Configuration) -> bool:
    return visitor.origin_host in hosts(settings) and urlsplit(visitor.origin).scheme in ("http", "https")

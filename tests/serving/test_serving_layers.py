"""The layers around a small app of the test's own: what each answer carries, and what a sign-in opens."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit.proto.BackMsg_pb2 import BackMsg

from components.access import activity, configuration, standing
from components.access.configuration import Configuration
from data.access import Duty
from data.store import Store, StoreProblem
from serving import cookies, messages
from serving.door import Door
from serving.first_words import FirstWords, hashes
from serving.headers import Headers, bounded
from serving.wanted import Wanted
from tests.serving.cookie_hands import SECRET, cookie_for

ORIGIN = "http://127.0.0.1:8501"
OFFICE = Configuration(True, redirect=f"{ORIGIN}/oauth2callback")
ALONE = Configuration(False)


async def _page(_: Request) -> Response:
    return HTMLResponse('<html lang="en"><head><title>Streamlit</title><script>a()</script></head></html>')


async def _file(_: Request) -> Response:
    return HTMLResponse("<script>b()</script>")


async def _signed(_: Request) -> Response:
    answer = RedirectResponse("/")
    answer.set_cookie("_streamlit_user", "x", max_age=30 * 86400, httponly=True, samesite="lax")
    answer.set_cookie("_streamlit_xsrf", "y")
    return answer


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path}/h.db") as opened:
        opened.enrol_person("li", "李四", [Duty("view")], "", "管甲")
        yield opened


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch) -> dict[str, Configuration]:
    now = {"now": OFFICE}
    monkeypatch.setattr(configuration, "read", lambda: now["now"])
    monkeypatch.setattr(cookies, "get_cookie_secret", lambda: SECRET)
    return now


@pytest.fixture
def client(store: Store, settings: dict[str, Configuration]) -> TestClient:
    routes = [Route("/", _page), Route("/media/f.html", _file), Route("/oauth2callback", _signed), Route("/auth/logout", _signed)]
    routes.append(Route("/auth/login", _signed))
    layers = [Middleware(Headers), Middleware(Door, store=lambda: store), Middleware(Wanted), Middleware(FirstWords)]
    app = Starlette(routes=routes, middleware=layers)
    return TestClient(app, base_url=ORIGIN, client=("127.0.0.1", 40000), follow_redirects=False)


def get(client: TestClient, path: str, cookie: str = "", **headers: str) -> Any:
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.get(path, headers=told | ({"cookie": f"_streamlit_user={cookie}"} if cookie else {}))


def test_the_page_may_run_its_own_scripts_and_no_other_inline_one(client: TestClient) -> None:
    answer = get(client, "/")
    policy = answer.headers["content-security-policy"]
    assert 'lang="zh-CN"' in answer.text
    script = re.search(r"script-src ([^;]*)", policy)
    assert script is not None
    assert "'unsafe-inline'" not in script[1]
    assert "'unsafe-eval'" not in script[1]
    assert len(hashes(answer.content)) == 2
    assert all(digest in script[1] for digest in hashes(answer.content))
    assert "object-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy


def test_every_answer_is_safe_by_its_headers_even_a_refusal(client: TestClient) -> None:
    for path, more in (("/", {}), ("/media/f.html", {}), ("/nothing", {}), ("/_stcore/metrics", {}), ("/", {"host": "evil.example"})):
        headers = get(client, path, **more).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "SAMEORIGIN"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert "camera=()" in headers["permissions-policy"]
        assert "strict-transport-security" not in headers


def test_a_file_is_for_whoever_has_signed_in_and_runs_nothing(client: TestClient) -> None:
    refused = get(client, "/media/f.html")
    assert refused.status_code == 401
    assert "请先登录" in refused.text
    answer = get(client, "/media/f.html", cookie_for(ORIGIN, "li"))
    assert (answer.status_code, answer.text) == (200, "<script>b()</script>")
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "private, no-store"


@pytest.mark.parametrize(
    "cookie",
    [
        "", "x", "a.b.c", "é", cookie_for(ORIGIN, "li", secret="another-secret-of-the-same-length"),
        cookie_for("http://evil.example", "li"), cookie_for(ORIGIN, "li", is_logged_in=False), cookie_for(ORIGIN, "wang"),
        cookie_for(ORIGIN, "li", iat=1), cookie_for(ORIGIN, "li")[:-2], "chunks-2",
    ],
)  # fmt: skip
def test_a_cookie_that_is_forged_cut_foreign_old_or_of_nobody_opens_nothing(client: TestClient, cookie: str) -> None:
    told = {"cookie": f"_streamlit_user={cookie}".encode("latin-1")}
    assert client.get("/media/f.html", headers=told).status_code == 401  # type: ignore[arg-type]


def test_a_cookie_in_several_pieces_is_read_whole(client: TestClient) -> None:
    whole = cookies.decode_signed_value(SECRET, "_streamlit_user", cookie_for(ORIGIN, "li"))
    assert whole is not None
    from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

    pieces = {"_streamlit_user": "chunks-2", "_streamlit_user_1": whole[:40].decode(), "_streamlit_user_2": whole[40:].decode()}
    told = "; ".join(f"{name}={create_signed_value(SECRET, name, piece).decode()}" for name, piece in pieces.items())
    assert client.get("/media/f.html", headers={"cookie": told}).status_code == 200


def test_signing_out_makes_every_copy_of_the_cookie_useless(client: TestClient, store: Store) -> None:
    cookie, other = cookie_for(ORIGIN, "li", "n1"), cookie_for(ORIGIN, "li", "n2")
    assert get(client, "/media/f.html", cookie).status_code == 200
    assert get(client, "/auth/logout", cookie).status_code == 307
    assert get(client, "/media/f.html", cookie).status_code == 401
    assert get(client, "/media/f.html", other).status_code == 200
    assert [each.why for each in store.sign_ins()] == ["", "out"]


def test_what_was_taken_away_is_closed_at_once(client: TestClient, store: Store) -> None:
    cookie = cookie_for(ORIGIN, "li")
    assert get(client, "/media/f.html", cookie).status_code == 200
    store.retire_person(1, 1, "管甲", "调离")
    assert get(client, "/media/f.html", cookie).status_code == 401


def test_a_wrong_setting_keeps_everybody_out_instead_of_letting_everybody_in(
    client: TestClient, settings: dict[str, Configuration]
) -> None:
    settings["now"] = Configuration(True, fault="写法有误")
    assert get(client, "/media/f.html", cookie_for(ORIGIN, "li")).status_code == 401


def test_without_sign_in_files_are_open_here_and_nothing_is_elsewhere(
    client: TestClient, settings: dict[str, Configuration]
) -> None:
    settings["now"] = ALONE
    assert get(client, "/media/f.html").status_code == 200
    refused = get(client, "/", x_forwarded_for="10.0.0.1")
    assert refused.status_code == 403
    assert "未配置登录" in refused.text
    assert "docs/sign-in.md" in refused.text


def test_by_https_every_cookie_is_secure_and_the_browser_keeps_to_https(
    client: TestClient, settings: dict[str, Configuration]
) -> None:
    settings["now"] = Configuration(True, redirect="https://127.0.0.1/oauth2callback")
    answer = get(client, "/oauth2callback")
    assert answer.headers["strict-transport-security"].startswith("max-age=")
    told = answer.headers.get_list("set-cookie")
    assert len(told) == 2
    assert all("; Secure" in each for each in told)
    assert "Max-Age=43200" in told[0]


def test_a_cookie_of_the_sign_in_lasts_no_longer_than_a_sign_in() -> None:
    short = Configuration(True, limit=timedelta(hours=1))
    assert bounded("_streamlit_user=x; Max-Age=2592000; Path=/", False, short) == "_streamlit_user=x; Max-Age=3600; Path=/"
    assert bounded("_streamlit_user_tokens_1=x; Max-Age=2592000", True, short) == "_streamlit_user_tokens_1=x; Max-Age=3600; Secure"
    assert bounded("_streamlit_user=; Max-Age=0", False, short) == "_streamlit_user=; Max-Age=0"
    assert bounded("other=x; Max-Age=2592000; secure", True, short) == "other=x; Max-Age=2592000; secure"


def test_every_layer_lets_the_servers_own_beginning_and_end_by(store: Store, settings: dict[str, Configuration]) -> None:
    """Else nothing is warm at the start, and the first deep link meets Streamlit's "Page not found"."""
    begun: list[str] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        begun.append(scope["type"])

    async def nothing(*_: Any) -> Any:
        raise AssertionError("nobody is asked")

    layers = Headers(Door(Wanted(FirstWords(app)), store=lambda: store))
    asyncio.run(layers({"type": "lifespan"}, nothing, nothing))
    assert begun == ["lifespan"]


def test_whoever_followed_a_link_is_led_to_it_after_signing_in(client: TestClient) -> None:
    left = get(client, "/auth/login", referer=f"{ORIGIN}/unit?a=1")
    (kept,) = [each for each in left.headers.get_list("set-cookie") if each.startswith("_hengxiao_wanted=")]
    assert "HttpOnly" in kept
    told = {"cookie": kept.split(";")[0]}
    assert client.get("/oauth2callback", headers=told, follow_redirects=False).headers["location"] == "/unit?a=1"
    assert client.get("/oauth2callback", follow_redirects=False).headers["location"] == "/"
    forged = {"cookie": "_hengxiao_wanted=https%3A%2F%2Fevil.example%2F"}
    assert client.get("/oauth2callback", headers=forged, follow_redirects=False).headers["location"] == "/"


# What a person does, and what a page does by itself


def rerun(**more: Any) -> bytes:
    message = BackMsg()
    message.rerun_script.query_string = "a=1"
    for name, value in more.items():
        setattr(message.rerun_script, name, value)
    return message.SerializeToString()


def test_a_press_of_a_key_is_a_persons_and_a_timer_is_nobodys() -> None:
    assert messages.by_a_person(rerun())
    assert messages.by_a_person(rerun(fragment_id="f"))
    assert not messages.by_a_person(rerun(fragment_id="f", is_auto_rerun=True))
    assert not messages.by_a_person(BackMsg(app_heartbeat=True).SerializeToString())
    assert not messages.by_a_person(b"\xff\xff\xff")
    assert not messages.by_a_person(b"")


def over_the_websocket(store: Store, cookie: str, *sent: bytes) -> list[bytes]:
    """What of these messages the app hears."""
    heard: list[bytes] = []
    waiting = [{"type": "websocket.receive", "bytes": each} for each in sent] + [{"type": "websocket.disconnect"}]

    async def app(scope: Any, receive: Any, send: Any) -> None:
        while (message := await receive())["type"] == "websocket.receive":
            heard.append(message["bytes"])

    async def receive() -> dict[str, Any]:
        return waiting.pop(0)

    async def send(_: Any) -> None:
        raise AssertionError("nothing is refused here")

    headers = [(b"host", b"127.0.0.1:8501"), (b"origin", ORIGIN.encode()), (b"cookie", f"_streamlit_user={cookie}".encode())]
    scope = {"type": "websocket", "path": "/_stcore/stream", "scheme": "ws", "client": ("127.0.0.1", 1), "headers": headers}
    asyncio.run(Door(app, store=lambda: store)(scope, receive, send))
    return heard


def test_the_door_hears_what_is_done_under_a_sign_in(store: Store, settings: dict[str, Configuration]) -> None:
    cookie = cookie_for(ORIGIN, "li", "heard")
    assert over_the_websocket(store, cookie, rerun()) == [rerun()]
    who = cookies.identity_of({"_streamlit_user": cookie}, OFFICE)
    assert who is not None
    assert activity.take(who.key) is not None
    assert standing.holds(store, who, OFFICE, datetime.now(UTC))


def asking(kind: str) -> bytes:
    """A message to the server about something else than a run."""
    message = BackMsg()
    if kind in ("deferred_file", "dataframe_chunk", "install_skills", "dismiss_skills_nudge"):
        getattr(message.backend_operation_request, kind).SetInParent()
    elif kind == "file_urls_request":
        message.file_urls_request.request_id = "r"
    else:
        setattr(message, kind, True)
    return message.SerializeToString()


NEVER = ("clear_cache", "load_git_info", "set_run_on_save", "debug_shutdown_runtime", "install_skills", "dismiss_skills_nudge")
OF_A_PAGE = ("deferred_file", "dataframe_chunk", "file_urls_request")


@pytest.mark.parametrize("now", [OFFICE, ALONE])
def test_nobody_empties_the_caches_of_all_or_asks_about_the_programs_folder(
    store: Store, settings: dict[str, Configuration], now: Configuration
) -> None:
    settings["now"] = now
    for cookie in ("", cookie_for(ORIGIN, "li", "never")):
        assert over_the_websocket(store, cookie, *map(asking, NEVER)) == []


def test_what_a_page_left_behind_is_for_whoever_has_duties_now(store: Store, settings: dict[str, Configuration]) -> None:
    left = [*map(asking, OF_A_PAGE), rerun(fragment_id="f"), rerun(fragment_id="f", is_auto_rerun=True)]
    always = [rerun(), asking("stop_script"), asking("app_heartbeat")]
    whole = [rerun(), rerun(is_auto_rerun=True)]
    cookie = cookie_for(ORIGIN, "li", "left")
    assert over_the_websocket(store, cookie, *left, *always) == [*left, *always]
    assert over_the_websocket(store, "", *left, *always) == [*whole, *always]
    assert over_the_websocket(store, cookie_for(ORIGIN, "wang"), *left, *always) == [*whole, *always]
    store.retire_person(1, 1, "管甲", "调离")
    assert over_the_websocket(store, cookie, *left, *always) == [*whole, *always]


def test_without_sign_in_a_page_is_heard_in_all_it_needs(store: Store, settings: dict[str, Configuration]) -> None:
    settings["now"] = ALONE
    needed = [*map(asking, OF_A_PAGE), rerun(fragment_id="f"), asking("stop_script")]
    assert over_the_websocket(store, "", *needed) == needed


def test_while_the_store_cannot_be_read_the_parts_of_a_page_say_so_and_nothing_is_fetched(
    store: Store, settings: dict[str, Configuration]
) -> None:
    def gone(_: str) -> None:
        raise StoreProblem("数据库没有应答。")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Store, "sign_in", lambda *_: gone(""))
        part = rerun(fragment_id="f", is_auto_rerun=True)
        assert over_the_websocket(store, cookie_for(ORIGIN, "li", "frozen"), part, asking("deferred_file")) == [part]


def test_what_is_no_message_is_left_to_the_app(store: Store, settings: dict[str, Configuration]) -> None:
    assert over_the_websocket(store, "", b"\xff\xff\xff") == [b"\xff\xff\xff"]

"""Signing in and out against a real OIDC provider on this machine, and what each person then sees."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from data.access import Duty
from data.demo import load_demo
from data.store import Store
from data.store.location import FILE_NAME, sqlite_url
from tests.browser.driver import Server, goto, serve, settled
from tests.browser.sign_in_hands import PEOPLE, provider, secrets_for, sign_in, sign_out
from tests.serving.cookie_hands import cookie_for

OWN = frozenset({"台山市", "恩平市"})
DUTIES = {"guan": [Duty("manage")], "du": [Duty("view")], "tian": [Duty("fill", 1, OWN, frozenset({"cross"}))]}


def stock(store: Store) -> None:
    """示例数据, and three of the four whom the provider knows."""
    load_demo(store)
    for account, duties in DUTIES.items():
        store.enrol_person(account, PEOPLE[account], duties, "", "本机")


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with provider() as issuer, serve(stock=stock, secrets=lambda url: secrets_for(url, issuer)) as running:
        yield running


def kept(server: Server) -> Store:
    return Store.open(sqlite_url(server.data / FILE_NAME))


def status(server: Server, path: str, cookie: str = "", **headers: str) -> int:
    """What the server answers to a plain request."""
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    asked = urllib.request.Request(server.url + path, headers=told | ({"Cookie": f"_streamlit_user={cookie}"} if cookie else {}))
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(asked, timeout=30) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def test_before_signing_in_there_is_one_button_and_no_menu(open_page: Callable[..., Page]) -> None:
    visitor = open_page()
    for address in ("", "ranking", "unit?a=1&unit=台山市", "people", "no-such-page"):
        if address != "no-such-page":
            goto(visitor, address)
        expect(visitor.get_by_role("button", name="登录", exact=True)).to_be_visible()
        expect(visitor.get_by_text("考核结果")).to_have_count(0)
        expect(visitor.get_by_text("台山市")).to_have_count(0)


def test_a_reader_sees_the_own_name_and_no_page_of_others_and_leaves_for_good(
    open_page: Callable[..., Page], server: Server
) -> None:
    reader = open_page()
    goto(reader)
    sign_in(reader, "du")
    expect(reader.get_by_role("heading", name="总览")).to_be_visible()
    menu = reader.get_by_test_id("stToolbar").or_(reader.get_by_test_id("stHeader"))
    expect(menu.get_by_text("读乙").first).to_be_visible()
    expect(menu.get_by_text("系统管理")).to_have_count(0)
    goto(reader, "people?a=1")
    expect(reader.get_by_text("您的分工不含这些角色")).to_be_visible()
    cookies = [each for each in reader.context.cookies() if each["name"] == "_streamlit_user"]
    assert cookies
    assert cookies[0]["httpOnly"]
    second = reader.context.new_page()
    goto(second, "ranking")
    expect(second.get_by_role("heading", name="排名")).to_be_visible()
    sign_out(reader)
    expect(reader.get_by_role("button", name="登录", exact=True)).to_be_visible()
    expect(second.get_by_role("button", name="登录", exact=True)).to_be_visible()
    copied = open_page()
    copied.context.add_cookies(cookies)
    goto(copied)
    expect(copied.get_by_role("button", name="登录", exact=True)).to_be_visible()
    expect(copied.get_by_text("本人退出")).to_be_visible()
    with kept(server) as store:
        assert (store.sign_ins()[0].account, store.sign_ins()[0].why) == ("du", "out")


def test_whoever_followed_a_link_gets_to_its_page_once_signed_in(open_page: Callable[..., Page]) -> None:
    leader = open_page()
    goto(leader, "unit?a=1&unit=台山市")
    sign_in(leader, "du")
    expect(leader.get_by_role("heading", name="台山市")).to_be_visible()


def test_an_account_without_duties_is_told_whom_to_ask(open_page: Callable[..., Page]) -> None:
    stranger = open_page()
    goto(stranger)
    sign_in(stranger, "wang")
    expect(stranger.get_by_role("heading", name="没有分工")).to_be_visible()
    expect(stranger.get_by_text("系统管理员")).to_be_visible()
    expect(stranger.get_by_text("考核结果")).to_have_count(0)


def test_who_is_retired_loses_the_page_that_is_open_by_itself(open_page: Callable[..., Page], server: Server) -> None:
    clerk = open_page()
    goto(clerk)
    sign_in(clerk, "tian")
    goto(clerk, "duties")
    expect(clerk.get_by_text("台山市").first).to_be_visible()
    goto(clerk, "progress?a=1")
    expect(clerk.get_by_role("heading", name="催报进度")).to_be_visible()
    with kept(server) as store:
        row = next(each for each in store.people() if each.account == "tian")
        store.retire_person(row.number, row.revision, "管甲", "调离")
    expect(clerk.get_by_role("heading", name="没有分工")).to_be_visible()
    expect(clerk.get_by_text("台山市")).to_have_count(0)


@pytest.mark.parametrize("fault", ["secret", "site", "age"])
def test_a_forged_a_foreign_and_an_old_cookie_are_no_sign_in(
    open_page: Callable[..., Page], server: Server, fault: str
) -> None:
    made = {
        "secret": lambda: cookie_for(server.url, "guan", secret="somebody-elses-secret-somebody-elses"),
        "site": lambda: cookie_for("https://elsewhere.example", "guan"),
        "age": lambda: cookie_for(server.url, "guan", iat=1_700_000_000),
    }[fault]()
    visitor = open_page()
    visitor.context.add_cookies([{"name": "_streamlit_user", "value": made, "url": server.url}])
    goto(visitor)
    expect(visitor.get_by_role("button", name="登录", exact=True)).to_be_visible()
    expect(visitor.get_by_text("考核结果")).to_have_count(0)
    assert status(server, "/media/0123456789.png", made) == 401


def test_the_administrator_enrols_somebody_and_goes_where_pages_bring_their_own_scripts(
    open_page: Callable[..., Page], server: Server
) -> None:
    """A script, a style or a worker that the policy forbids would be an error in the console; files come with the cookie."""
    chief = open_page()
    goto(chief)
    sign_in(chief, "guan")
    goto(chief, "people")
    chief.get_by_role("button", name="登记人员").click()
    dialog = chief.get_by_role("dialog")
    dialog.get_by_role("textbox", name="账号").fill("wang2")
    dialog.get_by_role("textbox", name="姓名").fill("王小五")
    dialog.get_by_role("radio", name="复核").or_(dialog.get_by_role("button", name="复核")).first.click()
    settled(chief)
    dialog.get_by_role("button", name="加入这项分工").click()
    expect(dialog.get_by_text("复核（全部年度考核）")).to_be_visible()
    dialog.get_by_role("button", name="登记", exact=True).click()
    expect(chief.get_by_text("已登记王小五")).to_be_visible()
    with kept(server) as store:
        made = store.people()[-1]
        assert (made.account, made.duties, made.actor) == ("wang2", (Duty("review"),), "管甲")
    for address, drawn in (("map", "地图"), ("whatif", "权重测算"), ("present", "汇报演示"), ("documents", "报告与导出")):
        goto(chief, f"{address}?a=1")
        expect(chief.get_by_role("heading", name=drawn).first).to_be_visible()


def test_each_kind_of_route_is_open_or_closed_as_it_should_be(server: Server) -> None:
    good = cookie_for(server.url, "guan", "routes")
    for path in ("/", "/ranking", "/favicon.png", "/_stcore/health", "/_stcore/host-config"):
        assert status(server, path) == 200, path
    for path in ("/media/0123.png", "/_stcore/upload_file/a/b", "/component/a/b.js", "/export/1", "/no-such-page"):
        assert status(server, path) == 401, path
    assert status(server, "/media/0123.png", good) == 404
    for path in ("/_stcore/metrics", "/_stcore/agent/openapi.json", "/_stcore/script-health-check"):
        assert status(server, path, good) == 404, path
    assert status(server, "/", Host="evil.example") == 403
    assert status(server, "/", good, Host="evil.example") == 403
    stream = f"{server.url.replace('http', 'ws')}/_stcore/stream"
    with connect(stream, origin=server.url, proxy=None):
        pass
    for origin in ("https://evil.example", "null"):
        with pytest.raises(InvalidStatus), connect(stream, origin=origin, proxy=None):
            pass


def test_what_is_left_alone_signs_out_by_itself_though_the_page_is_live(open_page: Callable[..., Page]) -> None:
    short = "idle_minutes = 0.15"
    with provider() as issuer, serve(stock=stock, secrets=lambda url: secrets_for(url, issuer, short)) as server:
        leader = open_page(base_url=server.url)
        goto(leader)
        sign_in(leader, "du")
        expect(leader.get_by_role("heading", name="总览")).to_be_visible()
        expect(leader.get_by_role("button", name="登录", exact=True)).to_be_visible()
        expect(leader.get_by_text("长时间未操作，自动退出")).to_be_visible()
        expect(leader.get_by_text("考核结果")).to_have_count(0)
        leader.close()

"""An OIDC provider of our own on this machine, the secrets.toml that points to it, and signing in there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from flask import Response, request
from oidc_provider_mock import User, app
from playwright.sync_api import Page, expect
from werkzeug.serving import make_server

from tests.browser.driver import settled
from tests.serving.cookie_hands import SECRET

PEOPLE = {"guan": "管甲", "du": "读乙", "tian": "填丙", "wang": "王五"}


@contextmanager
def provider() -> Iterator[str]:
    """Run the provider with the accounts of PEOPLE; gives its address."""
    users = [
        User(sub=account, claims={"preferred_username": account, "name": name, "email": f"{account}@gov.example"})
        for account, name in PEOPLE.items()
    ]
    wanted = app(user_claims=users)
    wanted.after_request(_without_the_network)
    server = make_server("localhost", 0, wanted, threaded=True)
    thread = Thread(target=server.serve_forever, args=(0.1,), daemon=True)
    thread.start()
    try:
        yield f"http://localhost:{server.server_port}"
    finally:
        server.shutdown()
        thread.join(timeout=10)
        server.server_close()


def _without_the_network(answer: Response) -> Response:
    """Its pages ask another host for their looks: here they go without."""
    if request.path == "/favicon.ico":
        answer.status_code = 204
    elif answer.mimetype == "text/html":
        answer.set_data(re.sub(r"<link[^>]*>", "", answer.get_data(as_text=True)))
    return answer


def secrets_for(url: str, issuer: str, more: str = "") -> str:
    """The secrets.toml of a server at ``url`` whose people sign in at ``issuer``; ``more`` goes into ``[hengxiao]``."""
    return f"""
[auth]
redirect_uri = "{url}/oauth2callback"
cookie_secret = "{SECRET}"
client_id = "hengxiao"
client_secret = "not-a-secret"
server_metadata_url = "{issuer}/.well-known/openid-configuration"

[hengxiao]
{more}
"""


def sign_out(page: Page) -> None:
    """Leave by the menu under one's own name, and end the session at the provider too."""
    page.goto("/leave")
    settled(page)
    page.get_by_role("button", name="确认退出").click()
    page.get_by_role("button", name="End session").click()
    page.wait_for_url("**/")
    settled(page)


def sign_in(page: Page, account: str) -> None:
    """Press 登录 and be that account at the provider."""
    page.get_by_role("button", name="登录", exact=True).click()
    page.get_by_role("button", name=account, exact=True).click()
    page.wait_for_url(lambda address: "/oauth2" not in address)
    settled(page)
    expect(page.get_by_role("button", name="登录", exact=True)).to_have_count(0)

"""Who is let in and what is open, asked of the rules alone: every kind of visitor, good and bad."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.access.configuration import Configuration
from components.navigation import PAGES
from serving import rules
from serving.visitor import Visitor, of, within
from serving.wanted import page_of

ALONE = Configuration(False)
OFFICE = Configuration(True, redirect="https://kaohe.gov.example/oauth2callback", hosts=("kaohe2.gov.example",))
HERE = Visitor("127.0.0.1", False, False, "127.0.0.1", "", "", "GET", "/", False, False)
THERE = replace(HERE, address="10.3.0.9", host="kaohe.gov.example")


def visitor(settings: Configuration, client: str = "10.0.0.7", kind: str = "http", path: str = "/", **headers: str) -> Visitor:
    told = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": kind, "method": "GET", "path": path, "scheme": "http", "client": (client, 5), "headers": told}
    return of(scope, settings)


def test_without_sign_in_this_machine_is_served_and_no_other() -> None:
    assert rules.refusal(HERE, ALONE) is None
    assert rules.refusal(replace(HERE, address="::1", host="localhost"), ALONE) is None
    for stranger in ("10.3.0.9", "192.168.1.2", "2001:db8::1", "", "not an address", "127.0.0.1.example"):
        assert rules.refusal(replace(HERE, address=stranger), ALONE) == rules.NOT_HERE


@pytest.mark.parametrize("header", ["x_forwarded_for", "forwarded", "x_real_ip", "x_forwarded_proto", "via", "x_forwarded_host"])
def test_without_sign_in_nothing_that_was_passed_on_is_served(header: str) -> None:
    told = visitor(ALONE, client="127.0.0.1", host="127.0.0.1:8501", **{header: "127.0.0.1"})
    assert rules.refusal(told, ALONE) == rules.NOT_HERE


def test_only_the_names_that_are_known_are_served() -> None:
    for name in ("kaohe.gov.example", "kaohe2.gov.example", "localhost", "127.0.0.1", "::1"):
        assert rules.refusal(replace(THERE, host=name), OFFICE) is None
    for name in ("evil.example", "", "kaohe.gov.example.evil.example", "10.3.0.1"):
        assert rules.refusal(replace(THERE, host=name), OFFICE) == rules.UNKNOWN_HOST
    assert rules.refusal(replace(HERE, host="rebound.example"), ALONE) == rules.UNKNOWN_HOST


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("kaohe.gov.example", "kaohe.gov.example"), ("KAOHE.gov.example.:443", "kaohe.gov.example"), ("[::1]:8501", "::1"),
        ("a@kaohe.gov.example", ""), ("kaohe.gov.example:port", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_host_is_read_as_a_browser_would_write_it(told: str, name: str) -> None:
    assert visitor(OFFICE, host=told).host == name


def test_a_websocket_comes_from_our_own_page() -> None:
    stream = replace(THERE, websocket=True, path=rules.STREAM)
    own = replace(stream, origin="https://kaohe.gov.example", origin_host="kaohe.gov.example")
    assert rules.refusal(own, OFFICE) is None
    for origin, host in (("https://evil.example", "evil.example"), ("null", ""), ("file://", "")):
        assert rules.refusal(replace(stream, origin=origin, origin_host=host), OFFICE) == rules.ELSEWHERE


def test_another_site_signs_nobody_out() -> None:
    assert rules.refusal(replace(THERE, path=rules.LOGOUT, from_elsewhere=True), OFFICE) == rules.ELSEWHERE
    assert rules.refusal(replace(THERE, path=rules.LOGOUT), OFFICE) is None


def test_health_answers_everybody_and_the_metrics_only_whoever_watches() -> None:
    health = replace(THERE, path=rules.HEALTH, host="10.3.0.1")
    assert rules.refusal(health, OFFICE) is None
    assert rules.refusal(health, ALONE) is None
    metrics = replace(THERE, path=rules.METRICS)
    assert rules.refusal(metrics, OFFICE) == rules.NOTHING
    assert rules.refusal(replace(HERE, path=rules.METRICS), ALONE) == rules.NOTHING
    watched = replace(OFFICE, monitors=("10.3.0.0/24",))
    assert rules.refusal(metrics, watched) is None
    assert rules.refusal(replace(metrics, address="10.3.1.9"), watched) == rules.NOTHING


@pytest.mark.parametrize("path", ["/_stcore/agent/interact", "/_stcore/agent/mcp", "/_stcore/script-health-check"])
def test_what_nobody_here_uses_is_not_there(path: str) -> None:
    assert rules.refusal(replace(THERE, path=path), OFFICE) == rules.NOTHING


def test_before_signing_in_only_the_empty_page_and_what_it_is_made_of_is_open() -> None:
    opened = ["/", "/static/js/index.js", "/auth/login", "/oauth2callback", rules.STREAM, *(f"/{each.url}" for each in PAGES)]
    assert all(rules.is_open(replace(THERE, path=path)) for path in opened)
    closed = [
        "/media/0123.png", "/_stcore/upload_file/a/b", "/component/x/y.js", "/_stcore/bidi-components/x", "/export/1",
        "/overview/x", "/Static/x", "//media/x", "/_stcore/", "/staticx",
    ]  # fmt: skip
    assert not any(rules.is_open(replace(THERE, path=path)) for path in closed)
    assert len(rules.own_pictures()) == 2


@given(st.text(st.characters(codec="ascii"), max_size=30))
def test_an_address_nobody_thought_of_is_closed(tail: str) -> None:
    assert not rules.is_open(replace(THERE, path=f"/export/{tail}"))


# Behind a proxy


def test_only_a_proxy_that_is_named_is_believed() -> None:
    office = replace(OFFICE, redirect="", proxies=("10.0.0.0/8",))
    told = {"x_forwarded_for": "6.6.6.6, 203.0.113.9, 10.0.0.8", "x_forwarded_proto": "https"}
    through = visitor(office, **told)
    assert (through.address, through.https) == ("203.0.113.9", True)
    around = visitor(office, client="203.0.113.50", **told)
    assert (around.address, around.https) == ("203.0.113.50", False)


def test_an_address_by_https_in_the_settings_makes_every_answer_one_by_https() -> None:
    assert visitor(OFFICE).https
    assert not visitor(ALONE).https


def test_an_ipv6_address_that_wraps_an_ipv4_one_is_that_one() -> None:
    assert visitor(ALONE, client="::ffff:127.0.0.1").here
    assert not visitor(ALONE, client="::ffff:10.0.0.1").here
    assert within("::ffff:10.1.2.3", ["10.0.0.0/8"])
    assert not within("10.1.2.3", ["not a network", ""])


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("https://kaohe.gov.example/unit?a=1&unit=%E5%8F%B0", "/unit?a=1&unit=%E5%8F%B0"), ("/ranking", "/ranking"),
        ("https://evil.example/unit?a=1", "/unit?a=1"), ("//evil.example", ""), ("https://evil.example/", ""), ("/auth/logout", ""),
        ("/unit/../x", ""), ("/unit?a=\r\nSet-Cookie:x", "/unit?a=Set-Cookie%3Ax"), ("", ""), ("/unit?" + "a" * 2000, ""), ("http://[", ""),
    ],
)  # fmt: skip
def test_a_link_leads_to_a_page_of_ours_and_nowhere_else(address: str, page: str) -> None:
    assert page_of(address) == page

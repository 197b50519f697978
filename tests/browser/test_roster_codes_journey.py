"""A roster without codes in a browser: an area is said, a candidate chosen, and the map then has its places."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from data.schemes import scheme, scheme_text
from data.store import Store, UnitRow
from tests.browser.driver import Server, choose, goto, serve

TEMPLATE = "template-2026-county"


@pytest.fixture
def server() -> Iterator[Server]:
    with serve(stock=_stock) as running:
        yield running


def _stock(store: Store) -> None:
    rules = scheme(TEMPLATE)
    units = [UnitRow(name, rules.groups[0].id) for name in ("台山市", "新会市", "鹤山县", "县农业局")]
    store.create_assessment("2026年县级", TEMPLATE, scheme_text(TEMPLATE), rules.hash, units, "甲")


def test_codes_are_filled_in_by_name_and_the_map_follows(open_page: Callable[..., Page]) -> None:
    page = open_page()
    goto(page, "assessments")
    page.get_by_text("按名称补填区划代码（4个没有可用的代码）").click()
    choose(page, "省（区、市）", "广东省")
    choose(page, "市（州、盟）", "江门市")
    expect(page.get_by_text("找到2个")).to_be_visible()
    choose(page, "鹤山县", "鹤山市")
    page.get_by_role("button", name="确认补填3个区划代码").click()
    expect(page.get_by_text("已补填3个区划代码")).to_be_visible()
    goto(page, "map")
    expect(page.get_by_text("江门市", exact=True).first).to_be_visible()
    expect(page.get_by_text("新会市", exact=True).or_(page.get_by_text("新会区", exact=True)).first).to_be_visible()

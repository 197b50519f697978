"""Weights of two levels moving at once on 等次稳定性: sampled only when opened, with seed and error, after the rules."""

from __future__ import annotations

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from components.navigation import FIRMNESS
from data.store import Store
from tests.pages import builders
from tests.pages.test_firmness_page import words, worked

TITLE = "考核方式与指标的权重同时变动"


def opened(visit: Callable[..., AppTest]) -> AppTest:
    at = visit(FIRMNESS)
    at.session_state["firmness-joint"] = True
    assert not at.run().exception
    return at


def test_totals_handed_in_have_the_shares_of_the_case_whatever_the_items_weigh(page_store: Store, visit) -> None:
    """92/86/85: 好 in 160801 of 1680000 of all weightings, 9.57 %, and nowhere within ±5 points of 40/30/30."""
    worked(page_store)
    assert "不作抽样" not in (told := words(opened(visit)))
    assert "较好,较好 100%,好 10%、较好 90%" in told
    assert "两层权重同时变动没有精确算法，按10000组随机权重抽样估计" in told
    assert "各占比的标准误差不超过" in told


def test_a_confirmed_limit_bars_the_better_grade_under_every_weighting(page_store: Store, visit) -> None:
    worked(page_store, sanction=True)
    assert "较好,较好 100%,较好 100%" in words(opened(visit))


def test_nothing_is_sampled_before_it_is_opened_nor_where_one_level_alone_is_weighed(page_store: Store, visit) -> None:
    worked(page_store)
    assert "没有精确算法" not in words(visit(FIRMNESS))
    made = builders.towns(page_store)
    assert TITLE not in [expander.label for expander in visit(FIRMNESS, a=str(made.id)).expander]


def test_hidden_names_stand_in_their_own_order_not_in_the_rosters(page_store: Store, visit) -> None:
    builders.county(page_store)
    rows = next(each.value for each in opened(visit).table if "全部权重组合" in each.value.columns)
    shown = [str(name) for name in rows["市（区）"]]
    assert shown == sorted(shown, key=lambda name: "甲乙丙丁戊己庚".index(name[-1]))

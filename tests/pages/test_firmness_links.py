"""等次稳定性 says what its figures are of, what a link asks for in vain, and which unit of every group is softest."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from components.explore.firmness_loading import loaded, ranks
from components.navigation import COMPARE, FIRMNESS, WHATIF
from data.state import load_state
from data.store import Store
from tests.pages import builders
from tests.pages.test_firmness_page import COUNTIES, said, words


def warnings(at: AppTest) -> str:
    return "\n".join(warning.value for warning in at.warning).replace("\\", "")


# What a link asks for and is not there


@pytest.mark.usefixtures("county_store")
def test_a_unit_that_is_not_there_is_said_until_another_is_chosen(visit):
    at = visit(FIRMNESS, u="火星市")
    shown = said(at, "u")
    assert f"链接中的对象“火星市”不是本组所列的名称（名称已隐去），已改为{shown}。" in warnings(at)
    at.selectbox(key="firmness-unit").select_index(1).run()
    assert "火星市" not in warnings(at)


@pytest.mark.usefixtures("county_store")
def test_while_names_are_hidden_a_real_name_and_a_made_up_one_are_answered_alike(visit):
    told = {warnings(visit(FIRMNESS, u=name)).replace(name, "…") for name in (COUNTIES[0], COUNTIES[3], "火星市")}
    assert len(told) == 1
    assert "链接中的对象“…”" in told.pop()


@pytest.mark.usefixtures("county_store")
def test_a_level_that_is_not_there_is_said_until_another_is_chosen(visit):
    at = visit(FIRMNESS, level="zz")
    assert "链接中的权重层次“zz”不在本方案，已改为考核方式。" in warnings(at)
    at.selectbox(key="firmness-level").select_index(1).run()
    assert not at.warning


@pytest.mark.usefixtures("county_store")
def test_the_bench_says_so_too(visit):
    at = visit(WHATIF, level="zz")
    assert "链接中的测算内容“zz”不在本方案，已改为考核方式。" in warnings(at)
    at.segmented_control(key="whatif-level").set_value("c").run()
    assert "zz" not in warnings(at)


@pytest.mark.parametrize("page", [FIRMNESS, WHATIF, COMPARE])
def test_a_group_that_is_not_there_is_said_on_every_page_of_the_bench(page_store, visit, page):
    made = builders.towns(page_store)
    first = load_state(page_store, made.id).scheme.marked_groups[0].name
    at = visit(page, a=str(made.id), of="火星")
    assert f"链接中的组别“火星”不在本方案，已改为{first}。" in warnings(at)


@pytest.mark.usefixtures("county_store")
def test_a_group_is_asked_for_in_vain_where_there_is_but_one(visit):
    assert "链接中的组别“火星”不在本方案" in warnings(visit(FIRMNESS, of="火星"))


@pytest.mark.usefixtures("county_store")
def test_a_link_to_what_is_there_says_nothing(visit):
    assert not visit(FIRMNESS, u="对象乙", level="c", of="county").warning
    assert not visit(FIRMNESS).warning


# The order


@pytest.mark.usefixtures("county_store")
def test_the_order_is_kept_in_the_address_and_a_link_opens_in_it(visit):
    at = visit(FIRMNESS)
    assert "order" not in at.query_params
    at.segmented_control(key="firmness-order").set_value("离升等次最近的在前").run()
    assert said(at, "order") == "nearest"
    again = visit(FIRMNESS, order="nearest")
    assert again.segmented_control(key="firmness-order").value == "离升等次最近的在前"
    again.segmented_control(key="firmness-order").set_value("最不稳的在前").run()
    assert "order" not in again.query_params
    assert visit(FIRMNESS, order="乱").segmented_control(key="firmness-order").value == "最不稳的在前"


# One basis for shares and mean places


def test_the_mean_place_is_that_of_the_shares_beside_it(county_store: Store, visit):
    # 新会区 is limited by a 记过, so by score alone it would stand higher than after the rules.
    state = load_state(county_store, county_store.assessments()[0].id)
    found = ranks(state, "county", next(iter(loaded(state, "county").known.values())))
    assert found is not None
    assert found.sampled is not None
    at = visit(FIRMNESS)
    at.session_state["firmness-places"] = True
    at.run()
    table = next(told.value for told in at.table if "只按得分的平均位次" in told.value.columns)
    for row, shares in zip(table.to_dict("records"), found.sampled.shares, strict=True):
        mean = sum(place * share for place, share in enumerate(shares, start=1))
        assert float(re.split("±", str(row["平均"]))[0]) == pytest.approx(mean, abs=0.0051)
    assert (table["平均"].str.split("±").str[0] != table["只按得分的平均位次"]).any()
    assert "位次和平均位次都计入等次限制" in words(at)


# What a percentage is of


def test_each_weight_says_what_it_is_a_part_of(county_store: Store, visit):
    assert "权重占总分" in words(visit(FIRMNESS))
    at = visit(FIRMNESS, level="i", u=alias(county_store, "蓬江区"))
    told = words(at)
    # 日常工作, 30 %, is a total: 交叉考核 40 % and 市级考核 30 % were marked item by item.
    assert "权重占逐项打分部分（占总分的70%）" in told
    assert "名义权重占总分，实际影响占得分差距。" in told
    assert "其余（日常工作）：名义30%" in told


def alias(store: Store, unit: str) -> str:
    from data.naming import aliases

    made = store.assessments()[0]
    return aliases([row.name for row in made.units], f"{made.id}-county")[unit]


# A level that the cards do not speak of


def test_a_card_that_is_wholly_firm_does_not_hide_that_category_weights_move_the_grade(page_store: Store, visit):
    # The same ticks on all three sheets: whatever the weights of 考核方式, the score is the same; the categories differ.
    made = builders.empty(page_store, "jiangmen-2020-county", "一个")
    for component in ("cross", "municipal", "daily"):
        builders.hand_in(page_store, made, builders.ticks("蓬江区", component, "1111111112222222222"))
    told = "按类别权重调整，等次可能改变"
    first = words(visit(FIRMNESS))
    assert "完全稳固" in first
    assert told not in first
    assert told in words(visit(FIRMNESS, level="c"))


# The softest of every group


def test_of_several_groups_the_softest_of_each_is_a_click_away(page_store: Store, visit):
    made = builders.towns(page_store)
    at = visit(FIRMNESS, a=str(made.id), of="440781")
    assert not goes(at)  # worked out when it is looked at
    at.session_state["firmness-groups"] = True
    at.run()
    state = load_state(page_store, made.id)
    groups = state.scheme.marked_groups
    buttons = goes(at)
    assert len(buttons) == len(groups) - 1
    assert not any(result.unit in words(at) for result in state.results.units)
    chosen = buttons[-1]
    chosen.click().run()
    assert not at.exception
    group = str(chosen.key).removeprefix("firmness-groups-go-")
    softest = min(loaded(state, group).judged, key=lambda verdict: verdict.softness).told.unit
    assert said(at, "of") == group
    assert at.session_state["firmness-unit"] == softest
    assert not at.warning


def goes(at: AppTest) -> list:
    return [button for button in at.button if str(button.key).startswith("firmness-groups-go-")]


@pytest.mark.usefixtures("county_store")
def test_one_group_has_no_list_of_groups(visit):
    assert "各组最不稳的" not in [expander.label for expander in visit(FIRMNESS).expander]

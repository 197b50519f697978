"""Which layer the map shows: the address, what is remembered from level to level, and a 情景 only for a reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from components import session
from data import backtests
from data.demo.last_year import load_last_year
from data.follow_up import outcome_key
from data.state import load_state
from data.store import Assessment, Ruling, Store
from scoring.crosswalk import by_name
from scoring.marks import Fact
from tests.pages import builders, documents

Visit = Callable[..., AppTest]


def page() -> None:
    """A map page without its map: where it is stands in the address, all assessments fill in."""
    import streamlit as st

    from components import session
    from components.geo import layer_choice
    from data import regions
    from data.maps.spots import home, spots

    state = session.state()
    states = [state, *(session.state_of(one.id) for one in session.assessments() if one.id != state.assessment.id)]
    here = regions.place(st.query_params.get("place") or (home(state) or regions.place("440000")).code)
    found = spots(here, states, st.query_params.get("depth"))
    chosen = layer_choice.choose(state, states, found)
    painted = chosen.painted(found)
    st.session_state["painted"] = {spot.place.name: painted.fills[spot.place.code] for spot in found}
    st.session_state["painted-note"] = painted.note
    st.session_state["chosen"] = chosen.layer


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setenv("HENGXIAO_DATA", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    st.cache_resource.clear()
    with Store.open() as opened:
        yield opened
    session.store().close()
    st.cache_resource.clear()


@pytest.fixture
def county(store: Store) -> Assessment:
    return builders.county(store)


def opened(**address: str) -> AppTest:
    at = AppTest.from_function(page, default_timeout=60)
    return moved(at, **address)


def moved(at: AppTest, **address: str) -> AppTest:
    for name, value in address.items():
        at.query_params[name] = value
    at.run()
    assert not at.exception, at.exception[0].stack_trace
    return at


def layer(at: AppTest) -> str:
    """What the address says; it is what is shown."""
    asked = at.query_params["layer"]
    assert at.session_state["chosen"] == (asked[0] if isinstance(asked, list) else asked)
    return at.session_state["chosen"]


def kind(at: AppTest, name: str) -> AppTest:
    at.button_group(key="map-layer-kind").set_value(name)
    return moved(at)


def said(at: AppTest) -> str:
    return "\n".join(e.value for group in (at.caption, at.warning, at.markdown) for e in group).replace("\\", "")


def saved(store: Store, made: Assessment, *, name: str = "交叉考核加重") -> int:
    """A 情景 in which only 日常工作 counts: 蓬江区 with 85.00 there is 较好."""
    kept = {"group": "county", "w": "cross:0,municipal:0,daily:100"}
    return store.save_scenario(made.id, name, kept, builders.CLERK, "试算").id


def test_the_first_layer_is_the_grade_and_the_address_says_so(county: Assessment) -> None:
    at = opened()
    assert layer(at) == "grade"
    assert at.button_group(key="map-layer-kind").options == [
        "等次",
        "得分",
        "考核方式",
        "指标",
        "收齐情况",
        "结果运用",
        "稳定性",
    ]


def test_choosing_a_kind_shows_its_first_choice_and_then_the_one_chosen(county: Assessment) -> None:
    at = kind(opened(), "part")
    assert layer(at) == "part.cross"
    at.selectbox(key="map-layer-choice").set_value("part.daily")
    assert layer(moved(at)) == "part.daily"
    assert at.session_state["painted"]["蓬江区"].word == "85.00"


def test_going_back_to_a_kind_shows_what_was_last_chosen_of_it(county: Assessment) -> None:
    at = kind(opened(layer="part.municipal"), "part")
    at.selectbox(key="map-layer-choice").set_value("part.daily")
    at = kind(kind(moved(at), "score"), "part")
    assert layer(at) == "part.daily"


def test_an_indicator_is_found_by_number_and_name_and_keeps_its_component(county: Assessment) -> None:
    at = kind(opened(), "item")
    assert layer(at) == "item.1.cross"
    box = at.selectbox(key="map-layer-row")
    assert box.options[0] == "1. 建档立卡贫困人口退出情况"
    assert len(box.options) == 19
    assert at.selectbox(key="map-layer-way").options == ["交叉考核", "市级考核", "日常工作"]
    at.selectbox(key="map-layer-way").set_value("municipal")
    at = moved(at)
    at.selectbox(key="map-layer-row").set_value("14")
    assert layer(moved(at)) == "item.14.municipal"


def test_with_one_component_no_second_box_asks_for_it_and_brackets_in_names_stay(store: Store) -> None:
    documents.ruyuan(store)
    at = kind(opened(), "item")
    assert layer(at) == "item.1.county"
    assert not [box for box in at.selectbox if box.key == "map-layer-way"]
    assert at.selectbox(key="map-layer-row").options[9] == "10. 责任落实"


@pytest.mark.parametrize("asked", ["grade", "score", "part.daily", "item.14.cross", "sheets", "outcomes", "firm"])
def test_a_link_opens_its_layer(county: Assessment, asked: str) -> None:
    at = opened(layer=asked)
    assert layer(at) == asked
    assert not at.warning


def test_a_link_from_before_that_names_the_component_alone_still_opens_it(county: Assessment) -> None:
    assert layer(opened(layer="daily")) == "part.daily"


@pytest.mark.parametrize(
    "asked", ["没有", "part.没有", "item.99.cross", "change.s9", "change.last", "facts", "'; drop table"]
)
def test_a_link_to_a_layer_that_is_not_there_is_said_and_the_first_is_shown(county: Assessment, asked: str) -> None:
    at = opened(layer=asked)
    assert layer(at) == "grade"
    assert f"链接中的图层“{asked}”在这里没有，已改为“等次”。" in said(at)
    assert "链接中" not in said(kind(at, "score"))


def test_a_layer_is_kept_from_level_to_level_where_it_exists(store: Store) -> None:
    county = builders.county(store)
    builders.show_towns(store, builders.towns(store))
    at = opened(a=str(county.id), layer="score")
    assert layer(moved(at, place="440781")) == "score"
    assert "现显示" not in said(at)


def test_a_layer_that_the_next_level_lacks_gives_way_and_comes_back(store: Store) -> None:
    county = builders.county(store)
    builders.show_towns(store, builders.towns(store))
    at = opened(a=str(county.id), layer="part.daily")
    at = moved(at, place="440781")
    assert layer(at) == "grade"
    assert "这一级没有“日常工作”图层，现显示“等次”" in said(at)
    assert layer(moved(at, place="440700")) == "part.daily"
    assert "现显示" not in said(at)


def test_where_no_place_has_a_result_nothing_is_asked_and_the_choice_waits(county: Assessment) -> None:
    at = opened(layer="part.daily")
    at = moved(at, place="440000")
    assert not at.button_group
    assert at.session_state["painted"]["江门市"].word == "本次范围"
    assert layer(moved(at, place="440700")) == "part.daily"


def test_a_link_to_a_level_without_results_keeps_its_layer_for_the_way_down(county: Assessment) -> None:
    at = opened(place="440000", layer="part.daily")
    assert at.query_params["layer"] in ("part.daily", ["part.daily"])
    assert layer(moved(at, place="440700")) == "part.daily"


def test_judgement_asks_nothing_for_there_is_one_layer(store: Store) -> None:
    documents.qujiang(store)
    at = opened()
    assert layer(at) == "facts"
    assert not at.button_group


# 上年


def test_last_year_is_offered_and_told_unit_by_unit(store: Store) -> None:
    load_last_year(store)
    made = builders.county(store)
    at = opened(a=str(made.id), layer="change.last")
    assert layer(at) == "change.last"
    told = at.session_state["painted"]
    assert told["蓬江区"].lines[0].startswith(("↑ ", "＝ ", "↓ "))
    assert told["新会区"].sign == "○ 不能比较"
    assert "无上年数据" in told["新会区"].tip
    assert told["恩平市"].sign == "○ 暂缺"
    assert "两年各按各的方案和口径" in at.session_state["painted-note"]
    assert "其中：评分" in told["蓬江区"].tip


def test_a_confirmed_correspondence_counts_on_the_map_at_once(store: Store) -> None:
    load_last_year(store)
    made = builders.county(store)
    at = opened(a=str(made.id), layer="change.last")
    assert "指标对应未经确认" in at.session_state["painted-note"]
    state = load_state(store, made.id)
    setup = backtests.MATCH + f"1:county:{state.scheme.id}:county"
    walk = by_name(load_state(store, 1).scheme, "county", state.scheme, "county")
    backtests.keep_walk(store, made.id, setup, walk, builders.CLERK, "县级")
    assert "未经确认" not in moved(at).session_state["painted-note"]


# 情景


def test_a_scenario_under_names_is_shown_for_a_reason_only(store: Store, county: Assessment) -> None:
    number = saved(store, county)
    at = opened(layer=f"change.s{number}")
    assert at.session_state["chosen"] == "grade"
    assert at.session_state["painted"]["蓬江区"].word == "好"
    assert "须先说明理由" in said(at)
    assert at.query_params["layer"] in (f"change.s{number}", [f"change.s{number}"])
    at.session_state["whatif-why"] = True
    at = moved(at)
    at.text_input(key="whatif-reason").set_value("向领导小组汇报")
    at.text_input(key="actor-box").set_value("李经办")
    at = moved(at)
    at.button(key="whatif-show-names").click()
    at = moved(at)
    assert at.session_state["chosen"] == f"change.s{number}"
    assert at.session_state["painted"]["蓬江区"].lines == ("↓ 好→较好", "-5.00分")
    assert "仅供测算，不是正式结果" in at.session_state["painted-note"]
    entry = store.log(county.id, limit=1)[0]
    assert (entry.action, entry.actor) == ("显示名称测算", "李经办")
    assert "向领导小组汇报" in entry.subject


def test_without_scores_a_scenario_asks_no_reason(store: Store) -> None:
    made = builders.empty(store, "jiangmen-2020-county", "空")
    number = saved(store, made)
    at = opened(layer=f"change.s{number}")
    assert layer(at) == f"change.s{number}"
    assert {fill.word for fill in at.session_state["painted"].values()} == {"暂缺"}


def test_hidden_names_in_a_scenarios_name_stay_hidden(store: Store, county: Assessment) -> None:
    saved(store, county, name="让开平市上去")
    at = kind(opened(), "change")
    shown = at.selectbox(key="map-layer-choice").options
    assert "开平" not in "".join(shown)


def test_a_scenario_that_fits_no_more_says_so_of_every_unit(store: Store, county: Assessment) -> None:
    kept = {"group": "county", "w": "cross:900,municipal:0,daily:0"}
    number = store.save_scenario(county.id, "错", kept, builders.CLERK, "试算").id
    at = opened(layer=f"change.s{number}")
    at.session_state[f"whatif-named-{county.id}"] = True
    at = moved(at)
    assert all(fill.shape == "○" for fill in at.session_state["painted"].values())
    assert "不能套用" in at.session_state["painted"]["蓬江区"].tip


def test_a_withdrawn_scenario_is_offered_no_more(store: Store, county: Assessment) -> None:
    number = saved(store, county)
    store.withdraw_scenario(number, builders.CLERK)
    at = opened(layer=f"change.s{number}")
    assert layer(at) == "grade"
    assert "在这里没有" in said(at)


# 结果运用


def test_a_decision_is_told_on_the_map_at_once(store: Store, county: Assessment) -> None:
    at = opened(layer="outcomes")
    assert "已决定" not in at.session_state["painted"]["蓬江区"].tip
    state = load_state(store, county.id)
    praise = state.scheme.outcomes[0]
    ruling = Ruling("蓬江区", outcome_key(state.scheme, praise), praise.action, "adopted")
    store.decide(county.id, [ruling], builders.CHECKER)
    assert "拟表扬（六（六））：等次为“好”；已决定：采纳" in moved(at).session_state["painted"]["蓬江区"].tip


def test_a_new_fact_is_seen_on_the_map_at_once(store: Store, county: Assessment) -> None:
    at = opened(layer="outcomes")
    assert at.session_state["painted"]["蓬江区"].word == "拟表扬"
    row = store.add_fact(
        county.id, Fact("蓬江区", "sanction", "记过", "2020-06-01", "江纪〔2020〕13号"), "", builders.CLERK
    )
    store.confirm_fact(row.id, builders.CHECKER)
    assert moved(at).session_state["painted"]["蓬江区"].word != "拟表扬"

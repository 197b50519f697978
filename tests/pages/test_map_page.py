"""地图: the three levels, the list beside the map, what the card says, and whose results are not to be seen."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from components.navigation import ASSESSMENTS
from data.maps import build
from data.maps.layers import Scale
from data.maps.spots import spots
from data.regions import SOURCE_LINE, outline_cache, place
from data.regions import shapes as outline_shapes
from data.state import load_state
from data.store import Store
from tests.pages import builders

APP = str(Path(__file__).resolve().parents[2] / "app.py")
PAGE = str(Path(__file__).resolve().parents[2] / "pages/results/map.py")


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setenv("HENGXIAO_DATA", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    st.cache_resource.clear()
    build._drawn.cache_clear()
    with Store.open() as opened_store:
        yield opened_store
    st.cache_resource.clear()


def opened(**query: str) -> AppTest:
    """The page as a link opens it; the deck's JSON tells what is drawn."""
    at = AppTest.from_file(PAGE, default_timeout=60)
    for key, value in ({"draw": "webgl"} | query).items():
        at.query_params[key] = value
    return healthy(at.run())


def healthy(at: AppTest) -> AppTest:
    assert not at.exception, at.exception[0].stack_trace
    return at


def drawn(at: AppTest) -> dict:
    """The map as it goes to the browser: its layers by name."""
    (chart,) = at.get("deck_gl_json_chart")
    return {layer["id"]: layer for layer in json.loads(chart.proto.json)["layers"]}


def listed(at: AppTest) -> list[str]:
    """The codes of the list's rows, in their order."""
    return [button.key.removeprefix("row-") for button in at.button if (button.key or "").startswith("row-")]


def row(at: AppTest, code: str) -> str:
    """What a row says, without Markdown."""
    label = next(button.label for button in at.button if button.key == f"row-{code}")
    return re.sub(r":color\[(.+?)\]\{[^}]*\}", r"\1", label).replace("*", "").replace("\\", "")


def press(at: AppTest, key: str) -> AppTest:
    """Press one button by its key."""
    next(button for button in at.button if button.key == key).click()
    return healthy(at.run())


def labels(at: AppTest) -> list[str]:
    return [each["text"] for each in drawn(at)["words"]["data"]]


def words(at: AppTest) -> str:
    return "\n".join(element.value for element in (*at.markdown, *at.caption, *at.info, *at.warning)).replace("\\", "")


def test_the_city_shows_its_seven_counties_with_grade_and_score(store):
    builders.county(store)
    at = opened()
    assert len(labels(at)) == 7
    assert "蓬江区\n● 好 90.00" in labels(at)
    assert "恩平市\n○ 暂缺" in labels(at)


def test_a_limited_county_wears_the_grade_that_stands_not_the_one_its_score_gives(store):
    builders.county(store)
    label = next(each for each in labels(opened()) if each.startswith("新会区"))
    assert "◆ 较好" in label


def test_the_source_stands_under_every_map(store):
    builders.county(store)
    for code in ("440000", "440700", "440781", "440600"):
        assert SOURCE_LINE in words(opened(place=code))


def test_the_list_is_in_the_order_of_places_with_the_missing_last(store):
    builders.county(store)
    codes = listed(opened())
    assert len(codes) == 7
    assert place(codes[-1]).name == "恩平市"
    results = load_state(store, 1).results
    assert [place(code).name for code in codes[:-1]] == [each.unit for each in results.ranked() if each.rank is not None]


def test_a_row_says_place_grade_with_its_shape_and_the_layers_value(store):
    builders.county(store)
    assert row(opened(), "440703") == "蓬江区　暂列第2位　● 好　90.00"
    assert row(opened(layer="part.daily"), "440703") == "蓬江区　暂列第2位　● 好　日常工作：85.00"
    assert row(opened(), "440785") == "恩平市　○ 暂缺"


def test_choosing_in_the_list_outlines_the_place_on_the_map(store):
    builders.county(store)
    at = press(opened(), "row-440703")
    assert at.query_params["sel"] == "440703"
    assert len(drawn(at)["chosen"]["data"]["features"]) == 1
    assert "chosen" not in drawn(opened())


def test_the_breadcrumb_leads_up_again(store):
    builders.county(store)
    at = opened(place="440781")
    assert [button.label for button in at.button if button.key and button.key.startswith("to-")] == ["全国", "广东省", "江门市"]
    next(button for button in at.button if button.label == "江门市").click()
    assert len(labels(healthy(at.run()))) == 7


def test_towns_are_shown_where_their_county_has_opened_its_results(store):
    builders.county(store)
    builders.show_towns(store, builders.towns(store))
    at = opened(a="1", place="440781")
    assert len(drawn(at)["towns"]["data"]) == 17
    assert any(label.startswith("台城街道\n") for label in labels(at))
    assert "未公开" not in words(at)


def test_a_county_opens_its_towns_to_the_citys_map_and_closes_them_again_under_a_name(store):
    builders.county(store)
    towns = builders.towns(store)

    def turn(signed):
        at = AppTest.from_file(APP, default_timeout=60).run().switch_page(ASSESSMENTS).run()
        at.text_input(key="actor-box").set_value(signed)
        switch = next(each for each in at.toggle if each.key.startswith(f"shown-{towns.id}-440781-"))
        assert switch.label == "台山市：公开到市级地图"
        switch.set_value(not switch.value)
        healthy(at.run())

    turn("台山经办")
    assert any(label.startswith("台城街道\n") for label in labels(opened(a="1", place="440781")))
    assert "未公开" in words(opened(a="1", place="440783", sel="440783001"))
    turn("台山复核")
    assert all(label.endswith("○") for label in labels(opened(a="1", place="440781")))
    told = [(entry.action, entry.subject, entry.actor) for entry in store.log(towns.id, limit=2)]
    assert told == [("取消公开", "台山市", "台山复核"), ("公开镇级成绩", "台山市", "台山经办")]


def test_an_assessment_of_counties_has_no_switch_for_towns(store):
    builders.county(store)
    at = AppTest.from_file(APP, default_timeout=60).run().switch_page(ASSESSMENTS).run()
    assert not healthy(at).toggle


def test_towns_of_a_county_that_has_not_opened_them_are_grey_and_say_so(store):
    builders.county(store)
    builders.towns(store)
    at = opened(a="1", place="440781", sel="440781115")
    assert all(label.endswith("○") for label in labels(at))
    assert "未公开镇（街）考核结果" in words(at)
    assert "查看分项情况" not in {button.label for button in at.button}


def test_a_countys_own_assessment_shows_its_towns_without_opening_them_to_others(store):
    builders.county(store)
    builders.towns(store)
    at = opened(a="2", place="440781")
    assert not any(label.endswith("○") for label in labels(at))


@pytest.mark.parametrize("with_towns", [False, True])
def test_towns_that_nobody_has_assessed_say_so(store, with_towns):
    builders.county(store)
    if with_towns:
        builders.towns(store, sheets=False)
    told = words(opened(a="1", place="440781", sel="440781115"))
    assert "未开展" in told


def test_towns_without_a_coordinate_wait_in_words(store):
    builders.county(store)
    unplaced = [
        (spot.place.parent, spot.place.name)
        for county in spots(place("440700"), [load_state(store, 1)])
        for spot in spots(county.place, [load_state(store, 1)])
        if not spot.place.located
    ]
    assert len(unplaced) == 2
    for county, name in unplaced:
        at = opened(place=county)
        assert "**无坐标的镇（街）**" in words(at)
        assert [button.label for button in at.button if (button.key or "").startswith("tray-")] == [f"{name}　○ 未开展"]
        assert not any(label.startswith(name) for label in labels(at))


@pytest.mark.parametrize(
    ("layer", "label"),
    [
        ("score", "蓬江区\n90.00"),
        ("daily", "蓬江区\n85.00"),
        ("sheets", "蓬江区\n已收齐"),
        ("sheets", "恩平市\n已收2份，应收3份"),
    ],
)
def test_each_layer_says_its_figure_on_the_map(store, layer, label):
    builders.county(store)
    assert label in labels(opened(layer=layer))


def test_a_layer_that_is_not_there_falls_back_to_the_grades(store):
    builders.county(store)
    assert "蓬江区\n● 好 90.00" in labels(opened(layer="没有"))


def plates(at: AppTest, word: str) -> str:
    """The legend, its plates without the joiners that keep each in one line."""
    told = [each.value.replace("\u2060", "") for each in at.markdown]
    return next(value for value in told if word in value and ":color[" in value)


def test_the_legend_names_every_grade_with_its_shape(store):
    builders.county(store)
    at = opened()
    for shape, word in (("●", "好"), ("◆", "较好"), ("▲", "一般"), ("■", "较差"), ("○", "暂缺")):
        assert f":color[\u00a0{shape}\u00a0{word}\u00a0]" in plates(at, word)


def test_a_grey_area_is_grey_in_the_legend_too_and_without_a_shape_it_does_not_wear(store):
    builders.county(store)
    at = opened(place="440000")
    grey = plates(at, "不在本次范围")
    assert '不在本次范围\u00a0]{foreground="#1b2733" background="#c3ccd5"}' in grey
    assert "○" not in grey


def test_a_limited_unit_is_said_to_be_so_in_the_list(store):
    builders.county(store)
    at = opened(sel="440705")
    assert "等次：◆ 较好（受限制）" in words(at)
    rows = [row(at, code) for code in listed(at)]
    assert [each for each in rows if "受限制" in each] == ["新会区　暂列第3位　◆ 较好（受限制）　94.00"]


def test_in_its_own_assessment_a_unit_without_sheets_is_missing_and_the_layers_stay(store):
    builders.towns(store, sheets=False)
    at = opened(place="440781", sel="440781115")
    assert "未开展" not in words(at)
    assert "暂缺" in words(at)
    assert at.query_params["layer"] == "grade"


def test_an_assessment_of_towns_begins_with_all_of_them_each_with_its_county(store):
    builders.county(store)
    towns = builders.towns(store)
    at = opened(a=str(towns.id))
    assert "73个" in words(at)
    assert any("（" in row(at, code) for code in listed(at))


def test_the_list_says_what_a_layers_figure_is_of(store):
    builders.county(store)
    assert row(opened(layer="item.1.cross"), "440703").endswith("● 好　第1项：● 好 95")


def test_the_list_says_whether_a_grade_is_firm(store):
    builders.county(store)
    assert row(opened(layer="firm"), "440703").endswith("● 好　±0.1% 不稳")


def test_while_sheets_are_missing_places_are_said_to_be_provisional(store):
    made = builders.county(store)
    assert "数据未齐，位次为暂列。" in words(opened())
    builders.last_sheet(store, made)
    assert "暂列" not in words(opened())


def test_the_map_says_whose_figures_it_draws(store):
    builders.county(store, name="2020年江门市县级（示例数据）")
    towns = builders.towns(store)
    assert "数据取自：**2020年江门市县级** :orange-badge[示例数据]" in words(opened(a="1")).replace("\u2060", "").splitlines()
    other = words(opened(a=str(towns.id), place="440700", depth="next")).replace("\u2060", "")
    assert "县级** :orange-badge[示例数据]（不是所选的年度考核）" in other
    assert "镇级** :orange-badge[示例数据]" in words(opened(a=str(towns.id), place="440781")).replace("\u2060", "")


def test_withheld_figures_have_no_source(store):
    builders.county(store)
    builders.towns(store)
    assert "数据取自" not in words(opened(a="1", place="440781"))


def test_the_list_says_beforehand_what_a_click_does(store):
    builders.county(store)
    for code, told in (("440000", "进入下一级"), ("440700", "点击地图或下列名单，查看要点"), ("440781", "点击地图上的点")):
        assert told in words(opened(place=code))


@pytest.mark.parametrize("code", ["999999", "台山市", "'; drop table", ""])
def test_an_unknown_place_is_said_and_home_is_shown(store, code):
    builders.county(store)
    at = opened(place=code)
    assert len(labels(at)) == 7
    assert code == "" or "不在行政区划表中" in words(at)


def test_a_town_in_the_address_shows_its_county(store):
    builders.county(store)
    assert len(drawn(opened(place="440781115"))["towns"]["data"]) == 17


@pytest.mark.parametrize("code", ["440600", "441900", "110000", "810000", "820000"])
def test_any_place_of_the_country_can_be_looked_at(store, code):
    builders.county(store)
    assert drawn(opened(place=code))


def test_without_the_outlines_the_list_still_works(store, monkeypatch):
    builders.county(store)
    monkeypatch.setattr(outline_cache, "PACKAGE", "no-such-package")
    outline_shapes._kept.cache_clear()
    build._drawn.cache_clear()
    at = opened(sel="440703")
    assert "pip install" in words(at)
    assert len(listed(at)) == 7
    assert "得分：90.00分" in words(at)
    assert press(at, "row-440703").query_params["sel"] == "440703"


def test_a_city_that_assesses_itself_is_found_in_its_province(store):
    builders.city(store)
    assert any(label.startswith("江门市") for label in labels(opened()))


def test_a_scale_has_round_edges_and_holds_every_value():
    scale = Scale.of([Fraction("84.46"), Fraction("88.82")])
    assert (scale.low, scale.step) == (84, 1)
    assert [each.word for each in scale.legend()] == ["88～89分", "87～88分", "86～87分", "85～86分", "84～85分"]
    assert scale.share(Fraction(88)) == pytest.approx(0.9)
    assert scale.share(Fraction("87.99")) == pytest.approx(0.7)


def test_an_offices_own_areas_and_points_are_drawn_with_their_source_until_they_are_withdrawn(store):
    builders.county(store)
    square = {"type": "Polygon", "coordinates": [[[112, 22], [112, 23], [113, 23], [113, 22], [112, 22]]]}
    areas = store.put_geography("440700", "areas", ("江门.geojson", b"{}"), {"440781": square}, {}, "张三", "江门市", None)
    before = drawn_area(opened(), "440781")
    assert before == square["coordinates"]
    assert "自有底图：江门.geojson，" in words(opened())
    assert SOURCE_LINE in words(opened())
    store.withdraw_geography(areas.id, "李四", "界线有误", "江门市")
    assert drawn_area(opened(), "440781") != square["coordinates"]
    assert "自有底图" not in words(opened())


def drawn_area(at, code):
    layers = json.loads(at.get("deck_gl_json_chart")[0].proto.json)["layers"]
    features = next(layer for layer in layers if layer["id"].startswith("areas"))["data"]["features"]
    return next(each["geometry"]["coordinates"] for each in features if each["properties"]["code"] == code)

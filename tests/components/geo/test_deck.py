"""The map's deck: what is drawn, what a click says. No browser: test_map_journey drives one."""

from __future__ import annotations

import json

import pytest

from components.geo.deck import deck as drawn_deck
from components.geo.deck import picked
from data.looks import DARK, LIGHT
from data.maps import paint, scene
from data.maps.view import Frame

SQUARE = [[[112.0, 22.0], [112.0, 23.0], [113.0, 23.0], [113.0, 22.0], [112.0, 22.0]]]
TRIANGLE = [[[113.0, 22.0], [113.0, 23.0], [114.0, 22.0], [113.0, 22.0]]]


def feature(code, name, coordinates, label):
    about = {"code": code, "name": name, "level": "county", "label": label}
    return {"type": "Feature", "properties": about, "geometry": {"type": "Polygon", "coordinates": coordinates}}


TWO = {
    "type": "FeatureCollection",
    "features": [
        feature("440781", "台山市", SQUARE, [112.5, 22.5]),
        feature("440785", "恩平市", TRIANGLE, [113.3, 22.3]),
    ],
}
GREY = paint.rgb(LIGHT.line)
ONE = {"type": "FeatureCollection", "features": TWO["features"][:1]}


def area_deck(features, fills, **more):
    return drawn_deck(scene.of_areas(features, fills, **more))


def town_deck(outline, towns, **more):
    return drawn_deck(scene.of_points(outline, towns, **more))


def layers(deck):
    return {layer["id"]: layer for layer in json.loads(deck.to_json())["layers"]}


def texts(deck):
    return [each["text"] for each in layers(deck)["words"]["data"]]


def properties(deck):
    return [each["properties"] for each in layers(deck)["areas"]["data"]["features"]]


def test_a_grade_is_painted_in_its_colour_with_its_word_and_shape():
    deck = area_deck(
        TWO, {"440781": paint.grade_fill("较好", lines=["◆ 较好 89.95"]), "440785": paint.grade_fill("好")}
    )
    assert [each["rgb"] for each in properties(deck)] == [[86, 180, 233], [0, 78, 140]]
    assert texts(deck) == ["台山市\n◆ 较好 89.95", "恩平市\n● 好"]


def test_a_place_without_data_is_grey_and_says_so():
    deck = area_deck(TWO, {"440785": paint.grade_fill("暂缺")})
    assert [each["rgb"] for each in properties(deck)] == [list(GREY)] * 2
    assert texts(deck) == ["台山市\n○ 无数据", "恩平市\n○ 暂缺"]


def test_the_four_grades_differ_in_shape_as_well_as_colour():
    fills = [paint.grade_fill(grade) for grade in ("好", "较好", "一般", "较差")]
    assert [each.sign for each in fills] == ["● 好", "◆ 较好", "▲ 一般", "■ 较差"]
    assert len({each.rgb for each in fills}) == 4


@pytest.mark.parametrize(
    ("grade", "white"), [("好", True), ("较差", True), ("较好", False), ("一般", False), (None, False)]
)
def test_letters_are_white_on_dark_colours_and_nearly_black_on_light_ones(grade, white):
    deck = area_deck(ONE, {"440781": paint.grade_fill(grade)})
    assert layers(deck)["words"]["data"][0]["ink"] == ([255, 255, 255] if white else [27, 39, 51])


def test_a_map_asks_nothing_of_another_machine():
    written = area_deck(TWO, {}).to_json()
    assert json.loads(written).get("mapProvider") is None
    assert "mapStyle" not in json.loads(written) or json.loads(written)["mapStyle"] == "__MAP_STYLE__"
    assert "http" not in written


def test_a_tip_is_plain_text_and_names_place_and_grade():
    deck = area_deck(ONE, {"440781": paint.grade_fill("一般")})
    assert properties(deck)[0]["tip"] == "台山市 ▲ 一般"
    assert deck._tooltip["text"] == "{tip}"


def test_the_selected_place_has_a_dark_outline_of_its_own():
    deck = area_deck(TWO, {}, selected="440785")
    assert [each["properties"]["code"] for each in layers(deck)["chosen"]["data"]["features"]] == ["440785"]
    assert "chosen" not in layers(area_deck(TWO, {}))
    assert "chosen" not in layers(area_deck(TWO, {}, selected="440100"))


def test_a_selection_gives_the_layer_a_new_name_so_that_the_browser_lets_go():
    assert set(layers(area_deck(TWO, {}))) != set(layers(area_deck(TWO, {}, selected="440781")))


def test_a_quiet_place_is_named_where_there_is_room_only():
    fills = {"440781": paint.grade_fill("好"), "440785": paint.Fill(GREY, "不在本次范围", quiet=True)}
    assert texts(area_deck(TWO, fills)) == ["台山市\n● 好", "恩平市"]
    assert texts(area_deck(TWO, fills, frame=Frame(320, 400))) == ["台山市\n● 好"]


def test_towns_are_points_at_their_own_coordinates():
    town = scene.Thing("440781115", "川岛镇", paint.grade_fill("好"), 112.67986, 21.85403)
    drawn = layers(town_deck(ONE, [town]))
    assert drawn["towns"]["data"][0]["at"] == [112.67986, 21.85403]
    assert drawn["words"]["data"][0]["text"] == "川岛镇 ●"
    assert drawn["ground"]["pickable"] is False


def test_a_points_sign_is_smaller_than_the_point_so_that_its_colour_shows():
    towns = [scene.Thing(str(at), "镇", paint.grade_fill("好"), 112.5, 22.5) for at in range(40)]  # all in one spot: no room
    sheet = scene.of_points(ONE, towns)
    drawn = layers(drawn_deck(sheet))
    assert {each["text"] for each in drawn["signs"]["data"]} == {"●"}
    assert drawn["signs"]["getSize"] < 2 * drawn["towns"]["getRadius"]
    assert not [each for each in drawn["words"]["data"] if each["text"] == "●"]


def test_a_county_without_located_towns_is_still_drawn():
    assert len(layers(town_deck(ONE, []))["ground"]["data"]["features"]) == 1


def test_a_score_is_shaded_and_none_is_grey():
    assert paint.shade_fill(0, "60.00").rgb == paint.SHADES[0]
    assert paint.shade_fill(1, "95.00").rgb == paint.SHADES[-1]
    assert paint.shade_fill(None, "暂缺").rgb == GREY


@pytest.mark.parametrize(
    ("event", "code"),
    [
        (None, None),
        ({}, None),
        ({"selection": {"indices": {}, "objects": {}}}, None),
        ({"selection": {"objects": {"areas": [{"properties": {"code": "440781"}}]}}}, "440781"),
        ({"selection": {"objects": {"towns": [{"code": "440781115", "at": [1, 2]}]}}}, "440781115"),
    ],
)
def test_a_click_says_which_place(event, code):
    assert picked(event) == code


def test_on_a_wall_the_map_takes_the_dark_colours():
    deck = area_deck(ONE, {"440781": paint.grade_fill("好", colors=DARK)}, selected="440781", colors=DARK)
    painted = layers(deck)["areas-440781-0"]["data"]["features"][0]["properties"]
    assert painted["rgb"] == list(paint.rgb(DARK.grades[0].color))
    assert layers(deck)["chosen"]["getLineColor"] == list(paint.rgb(DARK.text))


def test_the_worst_of_five_grades_is_a_square_too():
    five = ("优秀", "良好", "中等", "合格", "不合格")
    assert paint.grade_fill("不合格", grades=five).sign == "■ 不合格"


def test_the_same_scene_makes_the_same_text_and_written_geometry_is_taken_as_it_is():
    made = scene.of_areas(TWO, {}, geometry_json={"440781": '{"type":"Point","coordinates":[1,2]}'})
    assert drawn_deck(made).to_json() == drawn_deck(made).to_json()
    first, second = layers(drawn_deck(made))["areas"]["data"]["features"]
    assert first["geometry"] == {"type": "Point", "coordinates": [1, 2]}
    assert second["geometry"]["coordinates"] == TRIANGLE


def test_neighbours_are_dashed_and_the_selected_one_is_not():
    drawn = layers(area_deck(TWO, {}, selected="440781", near=frozenset({"440785"})))
    assert [each["geometry"]["coordinates"] for each in drawn["near"]["data"]["features"]] == [TRIANGLE]
    assert drawn["near"]["getDashArray"]
    assert "getDashArray" not in drawn["chosen"]
    assert drawn["near"]["getLineWidth"] < drawn["chosen"]["getLineWidth"]


def test_the_inset_lies_in_the_lower_right_corner_and_cannot_be_clicked():
    small = scene.inset(TWO, {}, (112.0, 22.0, 114.0, 23.0), frame=Frame(640, 540))
    made = scene.of_areas(TWO, {}, inset=small)
    drawn = layers(drawn_deck(made))
    corner = drawn["inset"]["data"]["features"][0]["geometry"]["coordinates"][0]
    xs, ys = zip(*(made.pixel(*each) for each in corner), strict=True)
    assert (min(xs), min(ys)) == pytest.approx(made.corner, abs=1)
    assert max(xs) < 640
    assert max(ys) < 540
    assert not any(drawn[name]["pickable"] for name in ("inset", "inset-lines", "inset-words"))
    assert [each["text"] for each in drawn["inset-words"]["data"]] == ["南海诸岛"]

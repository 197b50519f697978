"""The map's deck: what is drawn, where labels go, what a click says. No browser: test_map_journey drives one."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.geo import maps
from components.geo.map_labels import Box, beside_points, led
from components.geo.map_view import Frame, Label, View, bounds, coordinate, extent, fit, pixel, spread
from components.grades import DARK, LIGHT
from data import regions

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
GREY = maps.rgb(LIGHT.line)
ONE = {"type": "FeatureCollection", "features": TWO["features"][:1]}


def layers(deck):
    return {layer["id"]: layer for layer in json.loads(deck.to_json())["layers"]}


def texts(deck):
    return [each["text"] for each in layers(deck)["words"]["data"]]


def properties(deck):
    return [each["properties"] for each in layers(deck)["areas"]["data"]["features"]]


def test_a_grade_is_painted_in_its_colour_with_its_word_and_shape():
    deck = maps.area_deck(
        TWO, {"440781": maps.grade_fill("较好", lines=["◆ 较好 89.95"]), "440785": maps.grade_fill("好")}
    )
    assert [each["rgb"] for each in properties(deck)] == [[86, 180, 233], [0, 78, 140]]
    assert texts(deck) == ["台山市\n◆ 较好 89.95", "恩平市\n● 好"]


def test_a_place_without_data_is_grey_and_says_so():
    deck = maps.area_deck(TWO, {"440785": maps.grade_fill("暂缺")})
    assert [each["rgb"] for each in properties(deck)] == [list(GREY)] * 2
    assert texts(deck) == ["台山市\n○ 无数据", "恩平市\n○ 暂缺"]


def test_the_four_grades_differ_in_shape_as_well_as_colour():
    fills = [maps.grade_fill(grade) for grade in ("好", "较好", "一般", "较差")]
    assert [each.sign for each in fills] == ["● 好", "◆ 较好", "▲ 一般", "■ 较差"]
    assert len({each.rgb for each in fills}) == 4


@pytest.mark.parametrize(
    ("grade", "white"), [("好", True), ("较差", True), ("较好", False), ("一般", False), (None, False)]
)
def test_letters_are_white_on_dark_colours_and_nearly_black_on_light_ones(grade, white):
    deck = maps.area_deck(ONE, {"440781": maps.grade_fill(grade)})
    assert layers(deck)["words"]["data"][0]["ink"] == ([255, 255, 255] if white else [27, 39, 51])


def test_a_map_asks_nothing_of_another_machine():
    written = maps.area_deck(TWO, {}).to_json()
    assert json.loads(written).get("mapProvider") is None
    assert "mapStyle" not in json.loads(written) or json.loads(written)["mapStyle"] == "__MAP_STYLE__"
    assert "http" not in written


def test_a_tip_is_plain_text_and_names_place_and_grade():
    deck = maps.area_deck(ONE, {"440781": maps.grade_fill("一般")})
    assert properties(deck)[0]["tip"] == "台山市 ▲ 一般"
    assert deck._tooltip["text"] == "{tip}"


def test_the_selected_place_has_a_dark_outline_of_its_own():
    deck = maps.area_deck(TWO, {}, selected="440785")
    assert [each["properties"]["code"] for each in layers(deck)["chosen"]["data"]["features"]] == ["440785"]
    assert "chosen" not in layers(maps.area_deck(TWO, {}))
    assert "chosen" not in layers(maps.area_deck(TWO, {}, selected="440100"))


def test_a_selection_gives_the_layer_a_new_name_so_that_the_browser_lets_go():
    assert set(layers(maps.area_deck(TWO, {}))) != set(layers(maps.area_deck(TWO, {}, selected="440781")))


def test_a_quiet_place_is_named_where_there_is_room_only():
    fills = {"440781": maps.grade_fill("好"), "440785": maps.Fill(GREY, "不在本次范围", quiet=True)}
    assert texts(maps.area_deck(TWO, fills)) == ["台山市\n● 好", "恩平市"]
    assert texts(maps.area_deck(TWO, fills, frame=Frame(320, 400))) == ["台山市\n● 好"]


def test_towns_are_points_at_their_own_coordinates():
    town = maps.Town("440781115", "川岛镇", 112.67986, 21.85403, maps.grade_fill("好"))
    drawn = layers(maps.town_deck(ONE, [town]))
    assert drawn["towns"]["data"][0]["at"] == [112.67986, 21.85403]
    assert drawn["words"]["data"][0]["text"] == "川岛镇 ●"
    assert drawn["areas"]["pickable"] is False


def test_a_county_without_located_towns_is_still_drawn():
    assert layers(maps.town_deck(ONE, []))["towns"]["data"] == []


def test_a_score_is_shaded_and_none_is_grey():
    assert maps.shade_fill(0, "60.00").rgb == maps.SHADES[0]
    assert maps.shade_fill(1, "95.00").rgb == maps.SHADES[-1]
    assert maps.shade_fill(None, "暂缺").rgb == GREY


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
    assert maps.picked(event) == code


def test_the_view_holds_the_whole_place_with_a_margin():
    frame = Frame(510, 540)
    west, south, east, north = bounds(TWO)
    view = fit((west, south, east, north), frame)
    left, top = pixel(west, north, view, frame)
    right, bottom = pixel(east, south, view, frame)
    assert (left, right) == pytest.approx((28, 482))
    assert top >= 28
    assert bottom <= 512
    assert (top + bottom) / 2 == pytest.approx(270)


@given(st.floats(73, 136), st.floats(3, 54), st.floats(3, 12))
def test_a_pixel_and_its_coordinate_name_the_same_spot(lon, lat, zoom):
    view, frame = View(105, 35, zoom), Frame()
    assert coordinate(*pixel(lon, lat, view, frame), view, frame) == pytest.approx((lon, lat))


def overlap(spots, labels, size):
    boxes = [extent(label.text, size) for label in labels]
    return any(
        abs(spots[i][0] - spots[j][0]) < (boxes[i][0] + boxes[j][0]) / 2
        and abs(spots[i][1] - spots[j][1]) < (boxes[i][1] + boxes[j][1]) / 2
        for i in range(len(spots))
        for j in range(i)
    )


@given(st.lists(st.tuples(st.floats(112, 113), st.floats(22, 23)), min_size=1, max_size=8))
def test_labels_never_leave_the_picture(points):
    view, frame = fit((112, 22, 113, 23), Frame()), Frame()
    labels = [Label(lon, lat, "蓬江区\n● 好 91.20") for lon, lat in points]
    for x, y in spread(labels, view, frame, 13):
        assert 0 <= x <= frame.width
        assert 0 <= y <= frame.height


def test_neighbouring_labels_are_pushed_apart():
    view, frame = fit((112, 22, 113, 23), Frame()), Frame()
    labels = [Label(112.5 + n / 100, 22.5 + n / 200, "江海区\n◆ 较好 89.95") for n in range(5)]
    assert overlap([pixel(label.lon, label.lat, view, frame) for label in labels], labels, 13)
    assert not overlap(spread(labels, view, frame, 13), labels, 13)


def test_a_label_far_from_all_others_stands_on_its_place():
    view, frame = fit((112, 22, 113, 23), Frame()), Frame()
    assert spread([Label(112.5, 22.5, "台山市")], view, frame, 13) == [pixel(112.5, 22.5, view, frame)]


def boxes(labels, frame, view, size=13):
    found = beside_points(labels, view, frame, size)
    return [Box(x, y, *extent(label.text, size)) for label, (x, y) in zip(labels, found, strict=True)]


@pytest.mark.parametrize("county", [each.code for each in regions.children("440700")])
@pytest.mark.parametrize("frame", [Frame(760, 540), Frame(520, 540), Frame(440, 540), Frame(320, 400)])
def test_no_towns_label_covers_another_or_a_point_or_leaves_the_picture(county, frame):
    towns = [each for each in regions.children(county) if each.located]
    more = " ●" if frame.narrow else "\n◆ 较好 89.21"
    labels = [Label(each.lon, each.lat, f"{each.name}{more}") for each in towns]
    view = fit(bounds(regions.outline(county)), frame)
    placed = boxes(labels, frame, view)
    points = [pixel(each.lon, each.lat, view, frame) for each in towns]
    assert not [1 for box in placed for x, y in points if box.over(x, y, 18, 18)]
    assert not [1 for i, a in enumerate(placed) for b in placed[:i] if a.over(b.x, b.y, b.wide, b.high)]
    assert all(box.wide / 2 <= box.x <= frame.width - box.wide / 2 for box in placed)
    assert all(box.high / 2 <= box.y <= frame.height - box.high / 2 for box in placed)


def test_a_lone_towns_label_stands_close_by_without_a_line():
    view, frame = fit((112, 22, 113, 23), Frame()), Frame()
    (box,) = boxes([Label(112.5, 22.5, "端芬镇")], frame, view)
    assert not led(box, pixel(112.5, 22.5, view, frame))


def test_no_towns_need_no_labels():
    assert beside_points([], fit((112, 22, 113, 23), Frame()), Frame(), 13) == []


def test_on_a_wall_the_map_takes_the_dark_colours():
    deck = maps.area_deck(ONE, {"440781": maps.grade_fill("好", colors=DARK)}, selected="440781", colors=DARK)
    painted = layers(deck)["areas-440781"]["data"]["features"][0]["properties"]
    assert painted["rgb"] == list(maps.rgb(DARK.grades[0].color))
    assert layers(deck)["chosen"]["getLineColor"] == list(maps.rgb(DARK.text))


def test_the_worst_of_five_grades_is_a_square_too():
    five = ("优秀", "良好", "中等", "合格", "不合格")
    assert maps.grade_fill("不合格", grades=five).sign == "■ 不合格"

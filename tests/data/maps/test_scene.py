"""Scenes of areas, points and tiles: everything that is drawn, and the words on it."""

from __future__ import annotations

import pytest

from data import regions
from data.maps import paint, scene
from data.maps.labels import Box
from data.maps.things import Word
from data.maps.view import Frame, extent

FRAMES = [Frame(320, 400), Frame(440, 540), Frame(640, 540), Frame(900, 620), Frame(1200, 700)]
NAMES = ("好", "较好", "一般", "较差")


def fill(at, **more):
    sign = paint.grade_fill(NAMES[at % 4]).sign
    return paint.grade_fill(NAMES[at % 4], lines=[f"{sign} {80 + at % 19}.25"], **more)


def fills(codes):
    return {code: fill(at) for at, code in enumerate(codes)}


def counties(province):
    features = [each for city in regions.children(province) for each in regions.outlines(city.code)["features"]]
    return {"type": "FeatureCollection", "features": features}


def codes(collection):
    return [each["properties"]["code"] for each in collection["features"]]


MAPS = {
    "江门's 7": lambda: regions.outlines("440700"),
    "广东's 21": lambda: regions.outlines("440000"),
    "广东's counties": lambda: counties("440000"),
    "内蒙古's 12": lambda: regions.outlines("150000"),
    "内蒙古's 103": lambda: counties("150000"),
}


def boxes(drawn):
    return [Box(each.x, each.y, *extent(each.text, drawn.letters)) for each in drawn.words if not each.bare]


def check(drawn):
    found = boxes(drawn)
    assert not [1 for at, a in enumerate(found) for b in found[:at] if a.over(b.x, b.y, b.wide, b.high)]
    assert all(each.wide / 2 <= each.x <= drawn.frame.width - each.wide / 2 for each in found)
    assert all(each.high / 2 <= each.y <= drawn.frame.height - each.high / 2 for each in found)


@pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: f"{frame.width}")
@pytest.mark.parametrize("which", MAPS)
def test_labels_of_areas_overlap_at_no_size_and_the_selected_one_is_named(which, frame):
    shapes = MAPS[which]()
    for selected in (None, codes(shapes)[0], codes(shapes)[len(codes(shapes)) // 2]):
        drawn = scene.of_areas(shapes, fills(codes(shapes)), frame=frame, selected=selected)
        check(drawn)
        assert selected is None or [word for word in drawn.words if word.code == selected and len(word.text) > 1]


@pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: f"{frame.width}")
@pytest.mark.parametrize("city", ["440700", "150100"])
def test_labels_of_many_towns_overlap_at_no_size(city, frame):
    places = [town for county in regions.children(city) for town in regions.towns(county.code) if town.located]
    towns = [scene.town(each, fill(at)) for at, each in enumerate(places)]
    selected = places[len(places) // 2].code
    drawn = scene.of_points(regions.outlines(city), towns, frame=frame, selected=selected)
    check(drawn)
    assert selected in {word.code for word in drawn.words if not word.bare}


@pytest.mark.parametrize(("which", "least"), [("江门's 7", 7), ("广东's 21", 20), ("内蒙古's 12", 12)])
def test_at_the_usual_size_few_areas_are_all_named(which, least):
    shapes = MAPS[which]()
    drawn = scene.of_areas(shapes, fills(codes(shapes)), frame=Frame(640, 540))
    assert len({word.code for word in drawn.words if len(word.text) > 1}) >= least


def test_the_same_scene_is_made_twice_alike():
    shapes = MAPS["广东's counties"]()
    assert scene.of_areas(shapes, fills(codes(shapes))) == scene.of_areas(shapes, fills(codes(shapes)))


def test_a_point_whose_label_has_no_room_carries_its_sign():
    places = [town for county in regions.children("440700") for town in regions.towns(county.code) if town.located]
    drawn = scene.of_points(regions.outlines("440700"), [scene.town(each, fill(at)) for at, each in enumerate(places)])
    assert {word.code for word in drawn.words} == {each.code for each in places}
    bare = [word for word in drawn.words if word.bare]
    assert bare
    assert {word.text for word in bare} <= {"●", "◆", "▲", "■"}


def test_tiles_are_squares_in_their_cells():
    cells = {"a": (3, 5), "b": (4, 5), "c": (3, 6)}
    drawn = scene.of_tiles(cells, {"a": "白沙街道", "b": "棠下镇", "c": "荷塘镇"}, {"a": fill(0), "b": fill(1)})
    at = {thing.code: drawn.pixel(thing.lon, thing.lat) for thing in drawn.things}
    assert at["b"][0] - at["a"][0] == pytest.approx(at["c"][1] - at["a"][1], rel=1e-3)
    assert at["b"][1] == pytest.approx(at["a"][1])
    assert [word.text for word in drawn.words][1:] == ["棠下镇\n◆ 较好 81.25", "荷塘镇\n○ 无数据"]
    assert not drawn.points


@pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: f"{frame.width}")
def test_every_tiles_words_stay_within_it(frame):
    cells = {str(at): (at % 10, at // 10) for at in range(73)}
    drawn = scene.of_tiles(cells, dict.fromkeys(cells, "白沙街道"), fills(cells), frame=frame)
    side = drawn.pixel(scene.TILE, 0)[0] - drawn.pixel(0, 0)[0]
    for word in drawn.words:
        wide, high = extent(word.text, drawn.letters)
        assert wide - 10 <= side
        assert high - 5 <= side
        assert word.bare


def test_a_broken_name_keeps_every_letter_and_its_sign():
    cells = {str(at): (at % 12, at // 12) for at in range(73)}
    drawn = scene.of_tiles(cells, dict.fromkeys(cells, "白沙街道"), fills(cells), frame=Frame(640, 540))
    assert {word.text.replace("\n", "")[:4] for word in drawn.words} == {"白沙街道"}
    assert all(word.text[-1] in "●◆▲■好般差" for word in drawn.words)


def test_no_tiles_make_an_empty_scene():
    assert scene.of_tiles({}, {}, {}).things == ()


BOX = (105.5, 2.8, 123.2, 25.0)
LINE = {"type": "LineString", "coordinates": [[110, 10], [110, 40]]}


def small(frame=FRAMES[2]):
    country = regions.outlines("100000")
    return scene.inset(country, fills(codes(country)), BOX, lines=[LINE], frame=frame)


def test_the_inset_is_cut_to_its_box_and_named():
    drawn = small()
    assert [word.text for word in drawn.words] == ["南海诸岛"]
    assert {"海南省", "广东省", "台湾省"} <= {thing.name for thing in drawn.things}
    assert "黑龙江省" not in {thing.name for thing in drawn.things}
    assert drawn.lines[0]["coordinates"][-1] == (110, 25)
    west, north = drawn.pixel(BOX[0], BOX[3])
    east, south = drawn.pixel(BOX[2], BOX[1])
    assert min(west, north) >= 0
    assert (east, south) <= (drawn.frame.width, drawn.frame.height)


@pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: f"{frame.width}")
def test_no_label_lies_under_the_inset(frame):
    country = regions.outlines("100000")
    drawn = scene.of_areas(country, fills(codes(country)), frame=frame, box=(73.5, 18, 135.1, 53.6), inset=small(frame))
    left, top = drawn.corner
    assert left > frame.width / 2
    assert top > frame.height / 2
    assert all(box.x + box.wide / 2 <= left or box.y + box.high / 2 <= top for box in boxes(drawn))


def test_a_bare_word_still_knows_its_ink():
    assert Word("", "●", 0, 0, (0, 78, 140), bare=True).ink == (255, 255, 255)

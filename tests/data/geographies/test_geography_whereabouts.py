"""Areas and towns that do not lie where their names say: refused or warned of, with where they lie; words that can be stored."""

from __future__ import annotations

import json
from typing import Any

import pytest

from data import regions
from data.geographies import Choices, Report, open_geography, read_geography
from tests.data.geography_files import collection, csv, feature, of, square

JIANGMEN = "440700"
ON_TAISHAN = square(112.7, 22.0)


def read(content: bytes, scope: str = JIANGMEN, choices: Choices | None = None) -> Report:
    opened = open_geography("某.geojson", content, scope)
    return read_geography("某.geojson", content, scope, choices or opened.guess)


def errors(report: Report) -> list[tuple[str, str]]:
    assert all(one.message and one.mend for one in report.problems)
    return [(one.code.removeprefix("geography-"), one.cell) for one in report.problems if one.level == "error"]


def test_an_area_wholly_on_another_countys_ground_is_refused_with_where_it_lies() -> None:
    report = read(collection(feature("开平市", ON_TAISHAN)))
    assert (errors(report), report.shapes, report.ready) == ([("not-its-place", "第1个要素")], {}, False)
    assert "“开平市”" in report.problems[0].message
    assert "位于广东省江门市台山市" in report.problems[0].message


def test_names_off_by_one_row_are_refused_each() -> None:
    features = json.loads(json.dumps(regions.outlines(JIANGMEN)))["features"]
    names = [each["properties"]["name"] for each in features]
    for each, name in zip(features, [*names[1:], names[0]], strict=True):
        each["properties"] = {"名称": name}
    assert errors(read(collection(*features))) == [("not-its-place", f"第{no}个要素") for no in range(1, 8)]


def test_an_area_that_shares_little_with_its_outline_is_warned_of_with_the_share() -> None:
    report = read(collection(feature("台山市", ON_TAISHAN)))
    assert report.ready
    (problem,) = report.problems
    assert (problem.code, problem.level) == ("geography-little-overlap", "warning")
    assert "只占3%" in problem.message or "只占4%" in problem.message


def test_a_named_area_far_outside_is_refused_with_city_and_county() -> None:
    report = read(collection(feature("台山市", ON_TAISHAN), feature("开平市", square(110.1, 22.6))))
    assert errors(report) == [("part-outside", "第2个要素")]
    assert "位于广西壮族自治区玉林市" in next(one.message for one in report.problems if one.level == "error")


def test_a_town_far_from_its_own_county_is_refused_though_it_lies_in_the_scope() -> None:
    far = read(csv(["古井镇,112.0,22.2"]))
    assert errors(far) == [("point-far", "第2行")]


@pytest.mark.parametrize("code", ["4610", "4214", "4258", "4269"])
def test_another_geographic_system_is_refused_with_what_is_accepted(code: str) -> None:
    crs = {"type": "name", "properties": {"name": f"urn:ogc:def:crs:EPSG::{code}"}}
    report = read(collection(feature("台山市", ON_TAISHAN), crs=crs))
    assert errors(report) == [("crs-other", "")]
    assert "EPSG:4490" in report.problems[0].mend


def test_half_characters_and_controls_become_words_that_can_be_stored() -> None:
    odd: dict[str, Any] = {"键\ud800\x07": "值\udfff\x00"}
    ascii_only = json.dumps(json.loads(collection(feature("台山市"))) | {
        "features": [feature("开\ud800平\x1b", ON_TAISHAN, **odd)]}).encode()  # fmt: skip
    opened = open_geography("某.geojson", ascii_only, JIANGMEN)
    report = read_geography("某.geojson", ascii_only, JIANGMEN, Choices(name="名称"))
    said = [*opened.columns, *(one.said for one in report.asked), *(one.message + one.cell for one in report.problems)]
    assert report.asked
    for word in said:
        assert word.encode()
        assert word.isprintable()


def test_metres_are_written_out() -> None:
    ring = [[38612700.0, 2460000.0], [38612800.0, 2460000.0], [38612800.0, 2470000.0], [38612700.0, 2460000.0]]
    assert "38612700" in read(collection(feature("台山市", ring))).problems[0].message


def test_a_broken_archive_is_called_one_and_a_ring_on_a_line_is_called_so() -> None:
    assert errors(read(b"PK\x03\x04" + bytes(50))) == [("archive-broken", "")]
    line = {"type": "Polygon", "coordinates": [[[112.7, 22.0], [112.75, 22.0], [112.8, 22.0], [112.7, 22.0]]]}
    assert errors(read(collection(of("台山市", line)))) == [("on-a-line", "第1个要素")]

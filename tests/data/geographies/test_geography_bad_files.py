"""Bad files: what is wrong and where, all at once; nothing is taken and nothing breaks."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely.geometry import shape

from data.geographies import Choices, Report, apart, open_geography, read_geography
from tests.data.geography_files import collection, csv, feature, of, square

TAISHAN = "440781"
GAUSS = [[38500000.0, 2460000.0], [38510000.0, 2460000.0], [38510000.0, 2470000.0], [38500000.0, 2460000.0]]
BOWTIE = [[112.7, 22.1], [112.8, 22.2], [112.8, 22.1], [112.7, 22.2], [112.7, 22.1]]


def zipped(*names: str) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for name in names:
            archive.writestr(name, b"x")
    return kept.getvalue()


def read(content: bytes, choices: Choices | None = None, scope: str = TAISHAN) -> Report:
    opened = open_geography("某.geojson", content, scope)
    return read_geography("某.geojson", content, scope, choices or opened.guess)


def refused(content: bytes, choices: Choices | None = None) -> list[tuple[str, str]]:
    report = read(content, choices)
    assert report.rejected
    assert not report.ready
    assert not report.shapes
    assert all(problem.message and problem.mend for problem in report.problems)
    return [(one.code.removeprefix("geography-"), one.cell) for one in report.problems if one.level == "error"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty-file"),
        (b'{"type": "FeatureCollection", "features": [', "not-json"),
        (b'{"type": "FeatureCollection", "features": [' + b"9" * 6000 + b"]}", "not-json"),
        (b"{" + b'"a":{' * 100_000, "too-deep"),
        (b"[" * 100_000, "too-deep"),
        (b"[" * 400_000, "too-many-points"),
        (b'{"a": [' + b"0," * 2_000_001 + b"0]}", "too-many-points"),
        (b'{"type": "Topology", "objects": {}}', "topojson"),
        (b'{"type": "Polygon", "coordinates": []}', "not-features"),
        (b"[1, 2]", "not-features"),
        (collection(), "no-features"),
        (collection(of("甲", {"type": "LineString", "coordinates": [[112, 22], [113, 22]]})), "no-polygons"),
        (zipped("江门.shp", "江门.dbf"), "shapefile"),
        (b"\x00\x00\x27\x0a" + bytes(100), "shapefile"),
        (zipped("doc.kml"), "kml"),
        (zipped("江门.geojson"), "archive"),
        (b'<?xml version="1.0"?><kml/>', "kml"),
        (b'{"type": "\xff\xff\xfe"}', "encoding"),
    ],
)
def test_a_file_that_is_no_collection_of_areas_is_refused_in_words(content: bytes, code: str) -> None:
    assert [found for found, _ in refused(content)] == [code]


def test_borders_that_cross_beyond_measure_are_refused_instead_of_worked_upon() -> None:
    star = [
        [112.7 + 0.1 * ((at * 7919) % 5003) / 5003, 22.1 + 0.1 * ((at * 104729) % 4999) / 4999] for at in range(20_000)
    ]
    assert refused(collection(feature("台城街道", star))) == [("tangled", "第1个要素")]
    combs = [[*([112.7 + at * 1e-5, 22.1 + 0.1 * (at % 2)] for at in range(5_000)), [112.75, 22.0]],
             [*([112.7 + 0.1 * (at % 2), 22.1 + at * 1e-5] for at in range(5_001)), [112.6, 22.12]]]  # fmt: skip
    assert refused(collection(feature("台城街道", combs[0]), feature("广海镇", combs[1]))) == [("crossing", "")]


def test_a_file_beyond_the_limit_is_not_even_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "read_apart", None)
    assert refused(b"{" + b" " * (50 << 20)) == [("too-large", "")]


@pytest.mark.parametrize(
    "point", [["112.7", "22.1"], [None, 22.1], [True, 22.1], [112.7], [], "112.7,22.1", None, [1e300, 22.1], {"lon": 1}]
)
def test_a_coordinate_that_is_no_pair_of_numbers_is_named(point: Any) -> None:
    ring = [*square()[:2], point, *square()[2:]]
    assert refused(collection(feature("台城街道"), feature("广海镇", ring))) == [("bad-coordinate", "第2个要素")]
    message = read(collection(feature("广海镇", ring))).problems[0].message
    assert "“广海镇”第1环第3个点" in message


@pytest.mark.parametrize("word", [b"NaN", b"Infinity", b"1e999"])
def test_numbers_that_are_none_are_named(word: bytes) -> None:
    content = collection(feature("台城街道")).replace(b"112.8", word)
    assert refused(content) == [("bad-coordinate", "第1个要素")]


@pytest.mark.parametrize(
    ("ring", "code"),
    [(square()[:2], "short-ring"), ([], "short-ring"), ([square()[0]] * 5, "short-ring"), (BOWTIE, "self-crossing"),
     ([[112.7, 22.1], [112.700001, 22.1], [112.700001, 22.100001], [112.7, 22.1]], "too-small")],
)  # fmt: skip
def test_a_ring_that_cannot_be_mended_is_named(ring: list, code: str) -> None:
    assert refused(collection(feature("广海镇", square(112.6)), feature("台城街道", ring)), Choices(name="名称")) == [
        (code, "第2个要素")
    ]


def test_all_problems_are_told_at_once() -> None:
    content = collection(
        feature("台城街道", BOWTIE),
        feature("广海镇", square()[:2]),
        of("海宴镇", None),
        "x",
        feature("汶村镇", [[None, 1]]),
    )
    assert refused(content) == [
        ("self-crossing", "第1个要素"), ("short-ring", "第2个要素"), ("no-geometry", "第3个要素"),
        ("feature-broken", "第4个要素"), ("bad-coordinate", "第5个要素"),
    ]  # fmt: skip


def test_projected_metres_are_recognised() -> None:
    assert refused(collection(feature("台城街道", GAUSS))) == [("projected", "第1个要素")]
    named = collection(feature("台城街道"), crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}})
    assert refused(named) == [("crs-projected", "")]


@pytest.mark.parametrize("code", ["4490", "4326"])
def test_a_file_that_names_degrees_is_read_and_differing_from_it_is_said(code: str) -> None:
    crs = {"type": "name", "properties": {"name": f"urn:ogc:def:crs:EPSG::{code}"}}
    content = collection(feature("台城街道"), crs=crs)
    assert [one.code for one in read(content).problems] == []
    assert [one.code for one in read(content, Choices(name="名称", crs="gcj02")).problems] == ["geography-crs-differs"]


def test_swapped_coordinates_are_told_and_turned_only_when_a_person_says_so() -> None:
    content = collection(feature("台城街道", [point[::-1] for point in square()]))
    assert refused(content) == [("swapped", "第1个要素")]
    assert "第1个点为（22.1, 112.7）" in read(content).problems[0].message
    turned = read(content, Choices(name="名称", swapped=True))
    assert turned.ready
    assert shape(turned.shapes["440781001"]).equals(shape({"type": "Polygon", "coordinates": [square()]}))


def test_a_file_of_another_place_is_refused_with_where_it_lies() -> None:
    guangxi = collection(feature("台城街道", square(108.3, 22.8)))
    assert refused(guangxi) == [("elsewhere", "")]
    assert "广西壮族自治区" in read(guangxi).problems[0].message
    paris = read(collection(feature("台城街道", square(2.3, 48.8))))
    assert "国界以外" in paris.problems[0].message


def test_a_feature_outside_is_not_taken_and_it_is_said() -> None:
    report = read(collection(feature("台城街道"), feature("某镇", square(108.3, 22.8))), Choices(name="名称"))
    assert (list(report.shapes), [(one.code, one.cell) for one in report.problems]) == (
        ["440781001"], [("geography-outside", "第2个要素")],
    )  # fmt: skip
    named = collection(feature("台城街道"), feature("广海镇", square(108.3, 22.8)))
    assert refused(named, Choices(name="名称")) == [("part-outside", "第2个要素")]


def test_many_features_outside_are_told_in_one_sentence() -> None:
    others = [feature(f"外{at}", square(108 + at / 5, 22.8)) for at in range(6)]
    report = read(collection(feature("台城街道"), *others), Choices(name="名称"))
    assert [one.code for one in report.problems] == ["geography-outside-many"]
    assert "6个要素在台山市以外，没有取用：外0、外1、外2、外3、外4、外5" in report.problems[0].message


@pytest.mark.parametrize(
    ("features", "code"),
    [
        ([feature("台城街道"), feature("台城街道", square(112.6))], "twice"),
        ([feature("台城街道"), feature("", square(112.6))], "name-empty"),
        ([feature("台城街道"), feature(None, square(112.6))], "name-empty"),
    ],
)
def test_names_that_repeat_or_are_empty_are_refused(features: list, code: str) -> None:
    assert refused(collection(*features), Choices(name="名称")) == [(code, "第2个要素")]


def test_a_code_and_a_name_that_disagree_are_refused() -> None:
    content = collection(feature("广海镇", code="440781001"))
    assert refused(content, Choices(name="名称", code="code")) == [("code-name-differ", "第1个要素")]


@pytest.mark.parametrize(
    ("lines", "code", "cell"),
    [
        (["台城街道,22.25,112.79", "广海镇,21.95,112.79"], "swapped", "第2行"),
        (["台城街道,112.79,"], "bad-degree", "第2行"),
        (["台城街道,112.79,22.25", "广海镇,112°75′,21.95"], "bad-degree", "第3行"),
        (["台城街道,112.79,22.25", "台城街道,112.79,22.26"], "twice-row", "第3行"),
        (["台城街道,112.79,22.25", "广海镇,108.3,22.8"], "point-far", "第3行"),
        (["台城街道,38500000,2460000"], "projected", "第2行"),
        (["台城街道,212.79,22.25"], "beyond", "第2行"),
        (["台城街道,108.3,22.8"], "elsewhere", ""),
    ],
)
def test_a_list_is_refused_with_the_line(lines: list[str], code: str, cell: str) -> None:
    assert refused(csv(lines)) == [(code, cell)]


def test_a_town_a_few_kilometres_outside_is_warned_of() -> None:
    report = read(csv(["台城街道,112.79,22.25", "广海镇,112.79,21.40"]))
    assert report.ready
    assert [(one.code, one.cell) for one in report.problems] == [("geography-point-outside", "第3行")]


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        (b"\xe5\x8f\xb0\xe5\x9f\x8e,112.79,22.25\n", ["no-head"]),
        (csv([]), ["no-rows"]),
        (csv(["台城街道,112.79,22.25"], head="镇名,甲,乙"), ["no-column", "no-column"]),
        (csv(["某地,112.79,22.25"], head="甲,经度,纬度"), ["no-column"]),
    ],
)
def test_a_list_without_its_heads_is_refused(content: bytes, codes: list[str]) -> None:
    assert [code for code, _ in refused(content)] == codes


GOOD = json.loads(
    collection(feature("台城街道"), feature("广海镇", square(112.6)), feature("不明", square(112.65, 22.2)))
)
JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["\ud800", "台\udfff\x00"])
    | st.sampled_from(["Polygon", "Point", "Feature"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["type", "coordinates", "geometries", "x"]), inner)
    ),
    max_leaves=8,
)


def paths(value: Any, here: tuple = ()) -> list[tuple]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [here, *(path for key, each in inner for path in paths(each, (*here, key)))]


@st.composite
def spoiled(draw: st.DrawFn) -> bytes:
    """The good collection with up to three of its parts, large or small, put out for junk."""
    whole = json.loads(json.dumps(GOOD))
    for _ in range(draw(st.integers(1, 3))):
        *way, last = draw(st.sampled_from([path for path in paths(whole) if path]))
        part = whole
        for step in way:
            part = part[step]
        part[last] = draw(JUNK)
    return json.dumps(whole).encode()  # escaped, so that half characters arrive as such


def insist_all_or_nothing(content: bytes) -> None:
    opened = open_geography("某", content, TAISHAN)
    report = read_geography("某", content, TAISHAN, opened.guess)
    if report.rejected:
        assert not report.shapes
    else:
        assert set(report.shapes) == {one.place.code for one in report.taken}
    for said in (*opened.columns, *(one.said for one in report.asked), *(one.message for one in report.problems)):
        assert said.encode()
    for drawn in report.shapes.values():
        assert report.kind == "points" or (shape(drawn).is_valid and not shape(drawn).is_empty)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(spoiled())
def test_however_a_collection_is_spoiled_it_is_taken_whole_or_not_at_all(content: bytes) -> None:
    insist_all_or_nothing(content)


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_however_bytes_are_spoiled_nothing_breaks(data: st.DataObject) -> None:
    content = bytearray(collection(feature("台城街道"), feature("广海镇", square(112.6))))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 6))] = data.draw(st.binary(max_size=4))
        content = content or bytearray(b"{")
    if not bytes(content).startswith((b"PK", b"\xd0\xcf", b"\t\x08")):  # spreadsheets open in another process, slowly
        insist_all_or_nothing(bytes(content))


LINE = st.tuples(
    st.sampled_from(["台城街道", "广海镇", "某地", ""]),
    st.text(max_size=12) | st.floats().map(str),
    st.text(max_size=12),
)


@settings(max_examples=80, deadline=None)
@given(st.lists(LINE, max_size=5))
def test_whatever_stands_in_a_list_it_is_taken_whole_or_not_at_all(lines: list[tuple[str, str, str]]) -> None:
    insist_all_or_nothing(csv([",".join(line) for line in lines]).decode("utf-8", "replace").encode("utf-8", "replace"))

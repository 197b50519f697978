"""Neighbours, the tile grid, and what a map of all China holds beside its provinces."""

from __future__ import annotations

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import shape

from data.regions import (
    children,
    inset,
    line_features,
    main_extent,
    neighbours,
    outlines,
    place,
    south_sea_line,
    tiles,
    tiles_of_unknown_position,
    towns,
    units,
)
from data.regions.tilegrid import laid_out

SEVEN = [each.code for each in children("440700")]
CITIES = [each.code for each in children("440000")]


@pytest.fixture(scope="module", autouse=True)
def shared(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HENGXIAO_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


def names(codes):
    return [place(code).name for code in codes]


@pytest.mark.parametrize(
    ("code", "within", "near"),
    [
        ("440784", SEVEN, ["蓬江区", "新会区", "开平市"]),
        ("440704", SEVEN, ["蓬江区", "新会区"]),
        ("440785", SEVEN, ["台山市", "开平市"]),
        ("440700", CITIES, ["珠海市", "佛山市", "阳江市", "中山市", "云浮市"]),
        ("460000", [each.code for each in children("100000")], []),
        ("440781115", [each.code for each in towns("440781")], []),
    ],
)
def test_a_places_neighbours_are_those_with_a_border_in_common(code, within, near):
    assert names(neighbours(code, within)) == near


def test_only_places_that_are_asked_for_are_neighbours():
    assert names(neighbours("440784", ["440703", "440784", "440785"])) == ["蓬江区"]


def test_a_city_without_counties_has_counties_for_neighbours_among_counties():
    counties = [each.code for each in units("440000", "county")]
    assert {"宝安区", "增城区", "惠阳区", "博罗县"} <= set(names(neighbours("441900", counties)))


def test_being_neighbours_is_mutual():
    counties = [each.code for each in units("440000", "county")]
    near = {code: neighbours(code, counties) for code in counties}
    assert all(code in near[other] for code in counties for other in near[code])


def test_every_town_of_jiangmen_ruyuan_and_qujiang_has_a_cell_of_its_own():
    counties = [*SEVEN, "440232", "440205"]
    cells = {code: tiles(code) for code in counties}
    for code in counties:
        assert set(cells[code]) == {each.code for each in towns(code)}
        assert len(set(cells[code].values())) == len(cells[code])
    assert sum(len(cells[code]) for code in SEVEN) == 73
    assert (len(cells["440232"]), len(cells["440205"])) == (9, 10)


def test_a_town_without_a_coordinate_has_a_cell_that_is_said_to_be_of_no_place():
    for code in [*SEVEN, "440232", "150102", "441900"]:
        assert tiles_of_unknown_position(code) == {each.code for each in towns(code) if not each.located}
        assert tiles_of_unknown_position(code) <= set(tiles(code))


@pytest.mark.parametrize(("code", "count"), [("440700", 7), ("440000", 21), ("150000", 12), ("100000", 34)])
def test_every_place_of_a_map_has_a_cell_of_its_own(code, count):
    cells = tiles(code)
    assert len(cells) == len(set(cells.values())) == count


def test_the_grid_of_jiangmen_has_heshan_north_of_taishan_and_xinhui_east_of_enping():
    cells = tiles("440700")
    assert cells["440784"][1] < cells["440781"][1]
    assert cells["440705"][0] > cells["440785"][0]


@given(st.lists(st.tuples(st.floats(70, 140), st.floats(3, 54)), min_size=1, max_size=40))
def test_a_grid_never_puts_two_places_into_one_cell(points):
    cells = laid_out({str(at): point for at, point in enumerate(points)})
    assert len(set(cells.values())) == len(points)
    assert min(column for column, _ in cells.values()) == min(row for _, row in cells.values()) == 0


@pytest.mark.parametrize(("code", "depth"), [("440000", None), ("440000", "county"), ("150000", "county")])
def test_most_pairs_of_places_keep_their_order_from_west_and_from_north(code, depth):
    cells = tiles(code, depth)
    at = {each["properties"]["code"]: each["properties"]["label"] for each in outlines(code, depth)["features"]}
    pairs = [(one, other) for one in at for other in at if one != other]
    east = [cells[one][0] <= cells[other][0] for one, other in pairs if at[one][0] < at[other][0]]
    south = [cells[one][1] <= cells[other][1] for one, other in pairs if at[one][1] > at[other][1]]
    assert sum(east) > 0.9 * len(east)
    assert sum(south) > 0.9 * len(south)


def test_all_china_has_every_line_of_the_base_map_and_the_ten_pieces_in_the_south_china_sea():
    lines = line_features("100000")["features"]
    kinds = sorted(each["properties"]["kind"] for each in lines)
    assert kinds == sorted(["断续线", "未定国界", "特别行政区界", *["省级界"] * 5])
    assert len(dashed("100000")[0].geoms) == 10
    assert dashed("100000")[0].bounds[1] < 4


def dashed(code):
    return [
        shape(each["geometry"])
        for each in line_features(code)["features"]
        if each["properties"]["name"] == "南海断续线"
    ]


@pytest.mark.parametrize("code", ["460000", "460300", "460321", "460322"])
def test_a_map_that_holds_the_south_china_sea_islands_has_the_whole_line(code):
    assert len(dashed(code)[0].geoms) == 10
    frame = inset(code) or main_extent(code)
    assert box(frame).covers(dashed(code)[0])


def test_taiwan_has_the_two_pieces_that_pass_it_whole_and_within_its_map():
    assert len(dashed("710000")[0].geoms) == 2
    assert box(main_extent("710000")).covers(dashed("710000")[0])


@pytest.mark.parametrize("code", ["440000", "441500", "440700", "150000", "460200"])
def test_other_places_have_no_piece_of_the_line_and_no_inset(code):
    assert dashed(code) == []
    assert inset(code) is None


@pytest.mark.parametrize("code", ["440000", "460000", "310000", "320000", "330000", "350000", "650000"])
def test_a_provinces_borders_at_sea_lie_wholly_within_its_map(code):
    lines = [each for each in line_features(code)["features"] if each["properties"]["kind"] != "断续线"]
    assert lines
    assert all(box(main_extent(code)).buffer(0.001).covers(shape(each["geometry"])) for each in lines)


def box(extent):
    return shapely.box(extent.west, extent.south, extent.east, extent.north)


def test_the_frame_of_the_inset_holds_the_whole_line():
    frame, lines = inset("100000"), south_sea_line()
    assert [each["properties"]["name"] for each in lines["features"]] == ["南海断续线"]
    assert box(frame).covers(shape(lines["features"][0]["geometry"]))
    assert inset("460000") == frame


@given(st.permutations(range(12)))
def test_a_grid_does_not_depend_on_the_order_of_the_places(order):
    points = {str(at): (100 + at * 7 % 5, 20 + at * 3 % 7) for at in range(12)}
    assert laid_out({str(at): points[str(at)] for at in order}) == laid_out(points)


def test_the_main_map_of_all_china_holds_the_mainland_hainan_taiwan_and_chiwei_islet():
    held = box(main_extent("100000"))
    provinces = {each["properties"]["name"]: shape(each["geometry"]) for each in outlines("100000")["features"]}
    assert all(held.buffer(0.01).covers(each) for name, each in provinces.items() if name != "海南省")
    assert held.covers(shapely.Point(109.7, 19.2))  # 海南岛
    assert held.covers(shapely.Point(124.56, 25.92))  # 赤尾屿


@pytest.mark.parametrize("code", ["440000", "441500"])
def test_dongsha_islands_are_within_the_map_of_their_province_and_city(code):
    assert box(main_extent(code)).buffer(0.1).covers(shapely.Point(116.72, 20.70))

"""GCJ-02 and BD-09 → WGS-84, against the examples published with eviltransform and coordtransform."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.geographies.crs import bd09_to_gcj02, gcj02_to_bd09, to_wgs84, wgs84_to_gcj02

WGS_TO_GCJ = [  # lon, lat → lon, lat; eviltransform's own tests (上海, 深圳, 北京), then coordtransform's
    ((121.5272106, 31.1774276), (121.531541859215, 31.17530398364597)),
    ((113.912316, 22.543847), (113.9171764808363, 22.540796131694766)),
    ((116.377817, 39.911954), (116.38404722455657, 39.91334545536069)),
    ((116.404, 39.915), (116.41024449916938, 39.91640428150164)),
]
LAND = st.tuples(st.floats(74, 135), st.floats(4, 53))


@pytest.mark.parametrize(("wgs", "gcj"), WGS_TO_GCJ)
def test_the_published_examples_come_out_both_ways(wgs, gcj) -> None:
    assert wgs84_to_gcj02(np.array(wgs)) == pytest.approx(gcj, abs=1e-9)
    assert to_wgs84(np.array([gcj]), "gcj02")[0] == pytest.approx(wgs, abs=1e-8)


def test_baidus_published_example_comes_out_both_ways() -> None:
    assert bd09_to_gcj02(np.array([116.404, 39.915])) == pytest.approx(
        (116.39762729119315, 39.90865673957631), abs=5e-6
    )
    assert gcj02_to_bd09(np.array([116.404, 39.915])) == pytest.approx(
        (116.41036949371029, 39.92133699351021), abs=1e-9
    )


@pytest.mark.parametrize(
    ("bd", "wgs"),
    [
        ((120.019809, 29.199786), (120.00877901149691, 29.196131605295484)),
        ((120.036455, 29.210504), (120.0253853970846, 29.206795749156136)),
    ],
)
def test_baidus_points_come_to_wgs84_near_those_of_another_formula(bd, wgs) -> None:
    """eviltransform's waves of BD-09 lack coordtransform's factor 3000/180, a matter of some 40 m; ours has it."""
    assert to_wgs84(np.array([bd]), "bd09")[0] == pytest.approx(wgs, abs=5e-4)


@given(LAND)
def test_forward_and_back_is_the_same_point(point) -> None:
    there = wgs84_to_gcj02(np.array([point]))
    assert np.abs(to_wgs84(there, "gcj02") - point).max() < 1e-6
    assert np.abs(to_wgs84(gcj02_to_bd09(there), "bd09") - point).max() < 1e-6


@given(LAND)
def test_a_point_in_china_moves_by_less_than_a_kilometre_or_so(point) -> None:
    moved = np.abs(wgs84_to_gcj02(np.array(point)) - point)
    assert 0 < moved.max() < 0.02


@pytest.mark.parametrize("point", [(139.69, 35.69), (-0.1276, 51.5072), (2.35, 48.86), (100.5, -5.0)])
def test_outside_china_nothing_moves(point) -> None:
    """东京, 伦敦, 巴黎, and a point south of the equator."""
    assert wgs84_to_gcj02(np.array(point)).tolist() == list(point)
    assert to_wgs84(np.array([point]), "gcj02").tolist() == [list(point)]


def test_wgs84_is_not_touched_and_no_points_are_no_points() -> None:
    assert to_wgs84(np.array([[112.79, 22.25]]), "wgs84").tolist() == [[112.79, 22.25]]
    assert to_wgs84(np.zeros((0, 2)), "bd09").shape == (0, 2)

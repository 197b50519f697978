"""Paths: known corners by hand, borders that stay shared, islands that stay seen."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.maps.svg_path import path
from data.maps.view import Frame, View, coordinate, pixel

FRAME = Frame(400, 300)
VIEW = View(112.5, 22.5, 8)


def at(*pixels):
    """Coordinates that are drawn at these pixels."""
    return [list(coordinate(x, y, VIEW, FRAME)) for x, y in pixels]


def polygon(*rings):
    return {"type": "Polygon", "coordinates": [at(*ring) for ring in rings]}


def corners(drawn):
    """The points of a path of relative steps, ring by ring, in pixels."""
    rings = []
    for ring in filter(None, drawn.split("M")):
        numbers = [float(each) for each in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", ring)]
        x, y = numbers[:2]
        points = [(x, y)]
        for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
            x, y = x + dx, y + dy
            points.append((round(x, 1), round(y, 1)))
        rings.append(points)
    return rings


def drawn(geometry):
    return path(geometry, VIEW, FRAME)


def test_a_square_is_written_by_its_steps_and_closed():
    assert drawn(polygon([(10, 20), (60, 20), (60, 50.5), (10, 50.5), (10, 20)])) == "M10 20l50 0 0 30.5-50 0z"


def test_a_line_is_not_closed():
    geometry = {"type": "LineString", "coordinates": at((10, 20), (12.5, 20), (12.5, 19.5))}
    assert drawn(geometry) == "M10 20l2.5 0 0-.5"


def test_every_part_of_several_polygons_and_each_hole_is_there():
    square = [(10, 20), (60, 20), (60, 50), (10, 50), (10, 20)]
    hole = [(20, 30), (20, 40), (30, 40), (30, 30), (20, 30)]
    geometry = {
        "type": "MultiPolygon",
        "coordinates": [[at(*square), at(*hole)], [at((100, 100), (120, 100), (110, 120), (100, 100))]],
    }
    assert corners(drawn(geometry)) == [square[:-1], hole[:-1], [(100, 100), (120, 100), (110, 120)]]


def test_an_island_too_small_to_be_seen_is_kept_as_a_dot_of_at_least_a_pixel():
    written = drawn(polygon([(100, 100), (100.1, 100), (100.1, 100.1), (100, 100)]))
    size = re.fullmatch(r"M(\S+) (\S+)h(\S+)v(\S+)h-\S+z", written)
    assert size
    x, y, wide, high = map(float, size.groups())
    assert wide >= 1
    assert high >= 1
    assert abs(x + wide / 2 - 100) < 0.2
    assert abs(y + high / 2 - 100) < 0.2


def test_what_lies_far_outside_the_frame_is_not_written():
    assert drawn(polygon([(5000, 20), (5060, 20), (5060, 50), (5000, 20)])) == ""


def test_what_surrounds_the_frame_is_written():
    assert drawn(polygon([(-5000, -5000), (5000, -5000), (5000, 5000), (-5000, 5000), (-5000, -5000)])) != ""


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Point", "coordinates": [112.5, 22.5]},
        {"type": "Polygon", "coordinates": []},
        {"type": "MultiPolygon", "coordinates": []},
        {"type": "GeometryCollection", "geometries": []},
        {"type": "Polygon", "coordinates": [[[112.5, 22.5]]]},
    ],
)
def test_what_has_no_border_gives_no_path(geometry):
    assert drawn(geometry) == ""


def test_a_collection_gives_the_paths_of_its_parts():
    line = {"type": "LineString", "coordinates": at((10, 20), (20, 20))}
    assert drawn(
        {"type": "GeometryCollection", "geometries": [line, {"type": "Point", "coordinates": [112, 22]}]}
    ) == drawn(line)


def test_heights_are_left_aside():
    flat = {"type": "LineString", "coordinates": at((10, 20), (20, 20))}
    high = {"type": "LineString", "coordinates": [[*each, 88.5] for each in flat["coordinates"]]}
    assert drawn(high) == drawn(flat)


def test_the_same_geometry_under_another_view_or_changed_in_a_new_object_is_written_anew():
    first = polygon([(10, 20), (60, 20), (60, 50), (10, 20)])
    assert path(first, VIEW, FRAME) != path(first, View(112.5, 22.5, 9), FRAME)
    assert path(first, VIEW, FRAME) != path(first, VIEW, Frame(500, 300))
    for shift in range(50):  # objects come and go, and a number that was one's becomes another's
        x = 10 + shift
        assert drawn(polygon([(x, 20), (60, 20), (60, 50), (x, 20)])).startswith(f"M{x} 20l")


spots = st.tuples(st.floats(-150, 550), st.floats(-100, 400))


@given(st.lists(spots, min_size=4, max_size=40))
def test_no_corner_is_drawn_farther_than_a_tenth_of_a_pixel_from_where_it_is(points):
    line = {"type": "LineString", "coordinates": at(*points)}
    written = path(line, VIEW, FRAME)
    rings = corners(written)
    if not rings:  # wholly outside
        return
    steps = iter(rings[0])
    current = next(steps)
    for lon, lat in line["coordinates"]:
        x, y = pixel(lon, lat, VIEW, FRAME)
        while abs(current[0] - x) > 0.11 or abs(current[1] - y) > 0.11:
            current = next(steps)  # StopIteration: the corner is nowhere


@given(st.lists(spots, min_size=2, max_size=20))
def test_a_border_is_drawn_alike_from_both_sides(shared):
    left = {"type": "LineString", "coordinates": at(*shared)}
    right = {"type": "LineString", "coordinates": at(*reversed(shared))}
    forth, back = corners(path(left, VIEW, FRAME)), corners(path(right, VIEW, FRAME))
    assert [set(ring) for ring in forth] == [set(ring) for ring in back]

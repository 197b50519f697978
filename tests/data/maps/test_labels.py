"""Pixels and coordinates, and labels that stay apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import regions
from data.maps.labels import Box, beside_points, led
from data.maps.view import Frame, Label, View, bounds, coordinate, extent, fit, pixel, spread
from tests.components.geo.test_deck import TWO


def test_the_view_holds_the_whole_place_with_a_margin():
    frame = Frame(510, 540)
    west, south, east, north = bounds(TWO)
    view = fit((west, south, east, north), frame)
    left, top = pixel(west, north, view, frame)
    right, bottom = pixel(east, south, view, frame)
    assert (left, right) == pytest.approx((28, 482))
    assert top >= 28
    assert bottom <= 512
    assert (top + bottom) / 2 == pytest.approx(270)


@given(st.floats(73, 136), st.floats(3, 54), st.floats(3, 12))
def test_a_pixel_and_its_coordinate_name_the_same_spot(lon, lat, zoom):
    view, frame = View(105, 35, zoom), Frame()
    assert coordinate(*pixel(lon, lat, view, frame), view, frame) == pytest.approx((lon, lat))


def overlap(spots, labels, size):
    boxes = [extent(label.text, size) for label in labels]
    return any(
        abs(spots[i][0] - spots[j][0]) < (boxes[i][0] + boxes[j][0]) / 2
        and abs(spots[i][1] - spots[j][1]) < (boxes[i][1] + boxes[j][1]) / 2
        for i in range(len(spots))
        for j in range(i)
    )


@given(st.lists(st.tuples(st.floats(112, 113), st.floats(22, 23)), min_size=1, max_size=8))
def test_labels_never_leave_the_picture(points):
    view, frame = fit((112, 22, 113, 23), Frame()), Frame()
    labels = [Label(lon, lat, "蓬江区\n● 好 91.20") for lon, lat in points]
    for x, y in spread(labels, view, frame, 13):
        assert 0 <= x <= frame.width
        assert 0 <= y <= frame.height


def test_neighbouring_labels_are_pushed_apart():
    view, frame = fit((112, 22, 113, 23), Frame()), Frame()
    labels = [Label(112.5 + n / 100, 22.5 + n / 200, "江海区\n◆ 较好 89.95") for n in range(5)]
    assert overlap([pixel(label.lon, label.lat, view, frame) for label in labels], labels, 13)
    assert not overlap(spread(labels, view, frame, 13), labels, 13)


def test_a_label_far_from_all_others_stands_on_its_place():
    view, frame = fit((112, 22, 113, 23), Frame()), Frame()
    assert spread([Label(112.5, 22.5, "台山市")], view, frame, 13) == [pixel(112.5, 22.5, view, frame)]


def boxes(labels, frame, view, size=13):
    found = beside_points(labels, view, frame, size)
    return [Box(x, y, *extent(label.text, size)) for label, (x, y) in zip(labels, found, strict=True)]


@pytest.mark.parametrize("county", [each.code for each in regions.children("440700")])
@pytest.mark.parametrize("frame", [Frame(760, 540), Frame(520, 540), Frame(440, 540), Frame(320, 400)])
def test_no_towns_label_covers_another_or_a_point_or_leaves_the_picture(county, frame):
    towns = [each for each in regions.children(county) if each.located]
    more = " ●" if frame.narrow else "\n◆ 较好 89.21"
    labels = [Label(each.lon, each.lat, f"{each.name}{more}") for each in towns]
    view = fit(bounds(regions.outline(county)), frame)
    placed = boxes(labels, frame, view)
    points = [pixel(each.lon, each.lat, view, frame) for each in towns]
    assert not [1 for box in placed for x, y in points if box.over(x, y, 18, 18)]
    assert not [1 for i, a in enumerate(placed) for b in placed[:i] if a.over(b.x, b.y, b.wide, b.high)]
    assert all(box.wide / 2 <= box.x <= frame.width - box.wide / 2 for box in placed)
    assert all(box.high / 2 <= box.y <= frame.height - box.high / 2 for box in placed)


def test_a_lone_towns_label_stands_close_by_without_a_line():
    view, frame = fit((112, 22, 113, 23), Frame()), Frame()
    (box,) = boxes([Label(112.5, 22.5, "端芬镇")], frame, view)
    assert not led(box, pixel(112.5, 22.5, view, frame))


def test_no_towns_need_no_labels():
    assert beside_points([], fit((112, 22, 113, 23), Frame()), Frame(), 13) == []

"""A map's geometry on the screen: the view that holds a place, pixels and coordinates, labels that stay apart."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

Box = tuple[float, float, float, float]

WORLD = 512  # pixels round the globe at zoom 0
LINE = 1.25  # of the letters' size
GAP = 3  # pixels kept between two labels
POINT = 9  # pixels: the radius of a town's point
ROUNDS = 200


@dataclass(frozen=True, slots=True)
class Frame:
    """The size of the picture in CSS pixels. ``narrow`` is a phone, where labels are short and the page must scroll.

    ``letters``: the words' size where they must be read from afar; 0 takes the usual one.
    """

    width: int = 640
    height: int = 540
    letters: int = 0

    @property
    def narrow(self) -> bool:
        return self.width < 480


USUAL = Frame()


@dataclass(frozen=True, slots=True)
class View:
    """What the frame looks at (Web Mercator, north up): its middle in degrees and its zoom."""

    lon: float
    lat: float
    zoom: float


def bounds(features: Mapping[str, Any]) -> Box:
    """West, south, east and north of a FeatureCollection, in degrees."""
    points = [point for feature in features["features"] for point in _corners(feature["geometry"]["coordinates"])]
    lons, lats = zip(*points, strict=True)
    return min(lons), min(lats), max(lons), max(lats)


def fit(box: Box, frame: Frame, margin: int = 28) -> View:
    """The view in which ``box`` fills the frame but for a margin in pixels."""
    west, south, east, north = box
    across, up = (east - west) / 360, _northing(north) - _northing(south)
    room = max(frame.width - 2 * margin, 1), max(frame.height - 2 * margin, 1)
    zoom = math.log2(min(room[0] / max(across, 1e-6), room[1] / max(up, 1e-6)) / WORLD)
    return View((west + east) / 2, _latitude((_northing(north) + _northing(south)) / 2), zoom)


def pixel(lon: float, lat: float, view: View, frame: Frame) -> tuple[float, float]:
    """Where a coordinate is drawn, in CSS pixels from the frame's top left corner."""
    scale = WORLD * 2**view.zoom
    x = (lon - view.lon) / 360 * scale
    y = (_northing(lat) - _northing(view.lat)) * scale
    return frame.width / 2 + x, frame.height / 2 - y


def coordinate(x: float, y: float, view: View, frame: Frame) -> tuple[float, float]:
    """The longitude and latitude drawn at a pixel: the inverse of ``pixel``."""
    scale = WORLD * 2**view.zoom
    lon = view.lon + (x - frame.width / 2) / scale * 360
    return lon, _latitude(_northing(view.lat) + (frame.height / 2 - y) / scale)


@dataclass(frozen=True, slots=True)
class Label:
    """Lines of text about the place ``code``, whose coordinate is given in degrees."""

    lon: float
    lat: float
    text: str
    code: str = ""


def spread(labels: Sequence[Label], view: View, frame: Frame, size: float) -> list[tuple[float, float]]:
    """Where the middle of each label of an area goes, in pixels, so that no two overlap and all lie inside the frame.

    Overlapping labels are pushed apart along the shorter way, a little at a time; where there is no room for all
    they end as far apart as there is. ``size`` is the letters' size in pixels.
    """
    boxes = [_Plate(*pixel(label.lon, label.lat, view, frame), *extent(label.text, size)) for label in labels]
    for _ in range(ROUNDS):
        moved = [_part(box, other) for i, box in enumerate(boxes) for other in boxes[:i]]
        for box in boxes:
            box.keep_inside(frame)
        if not any(moved):
            break
    return [(box.x, box.y) for box in boxes]


@dataclass(slots=True)
class _Plate:
    """A rectangle that is pushed about: its middle and its size in pixels."""

    x: float
    y: float
    wide: float
    high: float

    def keep_inside(self, frame: Frame) -> None:
        self.x = min(max(self.x, self.wide / 2), max(frame.width - self.wide / 2, self.wide / 2))
        self.y = min(max(self.y, self.high / 2), max(frame.height - self.high / 2, self.high / 2))


@lru_cache(maxsize=8192)
def extent(text: str, size: float) -> tuple[float, float]:
    """Width and height in pixels of a label's plate: full-width characters are square, others a little over half."""
    lines = text.split("\n")
    widest = max(sum(1 if unicodedata.east_asian_width(char) in "WFA" else 0.6 for char in line) for line in lines)
    return widest * size + 10, len(lines) * size * LINE + 5


def _part(one: _Plate, other: _Plate) -> bool:
    """Push two plates apart along the axis that needs less, each by half. False: they did not overlap."""
    over_x = (one.wide + other.wide) / 2 + GAP - abs(one.x - other.x)
    over_y = (one.high + other.high) / 2 + GAP - abs(one.y - other.y)
    if min(over_x, over_y) <= 0.01:
        return False
    push_x = math.copysign(over_x, one.x - other.x) / 2 if over_x < over_y else 0.0
    push_y = math.copysign(over_y, one.y - other.y) / 2 if over_x >= over_y else 0.0
    one.x, one.y = one.x + push_x, one.y + push_y
    other.x, other.y = other.x - push_x, other.y - push_y
    return True


def _northing(lat: float) -> float:
    """In turns of the globe: 0 at the equator, 0.5 at the map's upper edge."""
    return math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)) / (2 * math.pi)


def _latitude(northing: float) -> float:
    return math.degrees(2 * math.atan(math.exp(2 * math.pi * northing)) - math.pi / 2)


def _corners(coordinates: Any) -> list[tuple[float, float]]:
    if isinstance(coordinates[0], int | float):
        return [(coordinates[0], coordinates[1])]
    return [point for part in coordinates for point in _corners(part)]

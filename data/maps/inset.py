"""The inset 南海诸岛: a small scene in the corner, cut to its box, so that every renderer can draw it as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import shapely
from shapely.geometry import mapping, shape

from data.looks import LIGHT, Palette
from data.maps import paint
from data.maps.paint import Fill
from data.maps.things import Geometry, Scene, Thing, Word
from data.maps.view import USUAL, Box, Frame, extent, fit

TITLE = "南海诸岛"
SHARE = 0.2  # of the frame's height
MARGIN = 1  # pixels


def inset(
    features: Mapping[str, Any],
    fills: Mapping[str, Fill],
    box: Box,
    *,
    lines: Sequence[Geometry] = (),
    frame: Frame = USUAL,
    colors: Palette = LIGHT,
) -> Scene:
    """What of ``features`` and ``lines`` lies within ``box`` (west, south, east, north), in the colours of the map.

    ``frame`` is the frame of the map in whose corner it is put; a part of its height is taken. Areas without a fill
    are pale ground. Its words are 南海诸岛 alone.
    """
    small = _frame(box, frame)
    pale = Fill(paint.pale(colors), "")
    cut = [(each["properties"], _cut(each["geometry"], box)) for each in features["features"]]
    things = tuple(
        _area(about, fills.get(str(about["code"]), pale), shown) for about, shown in cut if shown is not None
    )
    letters = 9 if frame.narrow else 11
    word = Word("", TITLE, small.width / 2, small.height - extent(TITLE, letters)[1] / 2 - 1, paint.rgb(colors.paper))
    kept = tuple(line for each in lines if (line := _cut(each, box)) is not None)
    return Scene(fit(box, small, MARGIN), small, colors, things, (word,), lines=kept, letters=letters)


def _area(about: Mapping[str, Any], fill: Fill, drawn: Geometry) -> Thing:
    lon, lat = about["label"]
    return Thing(str(about["code"]), about["name"], fill, lon, lat, drawn)


def _frame(box: Box, frame: Frame) -> Frame:
    """As high as the share says and as wide as the box then is."""
    high = max(int(frame.height * SHARE), 84)
    unit = Frame(10_000, 10_000)
    view = fit(box, unit, 0)
    west, north = _pixel(box[0], box[3], view, unit)
    east, south = _pixel(box[2], box[1], view, unit)
    return Frame(max(int(high * (east - west) / (south - north)), 1), high)


def _pixel(lon: float, lat: float, view: Any, frame: Frame) -> tuple[float, float]:
    return Scene(view, frame).pixel(lon, lat)


_CUT: dict[tuple[int, Box], tuple[Geometry, Geometry | None]] = {}


def _cut(geometry: Geometry, box: Box) -> Geometry | None:
    """What of it lies within the box; None: nothing. Cut once for each geometry, which is held for its identity."""
    key = (id(geometry), box)
    known = _CUT.get(key)
    if known is None:
        if len(_CUT) > 512:
            _CUT.clear()  # another viewer's map may be looking: nothing is read back after this
        known = _CUT[key] = geometry, _clipped(geometry, box)
    return known[1]


def _clipped(geometry: Geometry, box: Box) -> Geometry | None:
    kept = shapely.clip_by_rect(shape(geometry), *box)
    if kept.is_empty:
        return None
    wound = shapely.orient_polygons(kept, exterior_cw=True)
    return mapping(wound)

"""What a map of all China shows beside its provinces: the package's lines (境界线), and the inset 南海诸岛."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import shapely
from shapely.geometry import mapping

from data.regions.extents import SOUTH_SEA, inset, main_extent
from data.regions.lines import DASHED, SANSHA, TAIWAN, Line, named_lines
from data.regions.places import COUNTRY, place
from data.regions.shapes import Collection, Depth, outlines
from data.regions.simplify import decimals_for


@lru_cache(maxsize=64)
def line_features(code: str) -> Collection:
    """The lines that belong on a map of ``code``: MultiLineStrings with ``name`` and ``kind``.

    ``kind`` is 断续线, 未定国界, 特别行政区界 or 省级界. 全国: all eight. A province: the borders of its own that run
    through water, or are 未定国界, whole; 台湾省 the pieces of 南海断续线 that lie within its extent, whole; 海南省 and 三沙市
    (with its districts) the whole 南海断续线, for their map or inset. None for anything else: 南海断续线 is never on a map
    that would show a part of it by chance. Treat it as read-only. Raises UnknownPlaceError, NoShapesError.
    """
    place(code)
    belonging = [(line, _of(code, line, each)) for line, each in named_lines() if _belongs(code, line)]
    return {"type": "FeatureCollection", "features": [_feature(*each, _decimals(code)) for each in belonging]}


def south_sea(code: str = COUNTRY, depth: Depth | None = None) -> tuple[Collection, Collection]:
    """The inset 南海诸岛 of a map of ``code`` (全国, 海南省): its areas, cut at the inset's frame, and 南海断续线 whole.

    The areas are those of ``outlines(code, depth)`` with the same properties, but for ``label``; the frame is
    ``inset(code)``: ``extents.SOUTH_SEA``. Raises UnknownPlaceError, NoShapesError.
    """
    return _inset_areas(code, depth), _only_dashed(line_features(COUNTRY))


@lru_cache(maxsize=8)
def _inset_areas(code: str, depth: Depth | None) -> Collection:
    frame = inset(code) or SOUTH_SEA
    box = shapely.box(frame.west, frame.south, frame.east, frame.north)
    features = [_cut(each, box) for each in outlines(code, depth)["features"]]
    return {"type": "FeatureCollection", "features": [each for each in features if each["geometry"]["coordinates"]]}


def _cut(feature: dict[str, Any], box: shapely.Polygon) -> dict[str, Any]:
    found = shapely.intersection(shapely.geometry.shape(feature["geometry"]), box)
    parts = [part for part in shapely.get_parts(found) if part.geom_type == "Polygon"]
    wound = shapely.orient_polygons(shapely.MultiPolygon(parts), exterior_cw=True)
    about = {name: value for name, value in feature["properties"].items() if name != "label"}
    return {"type": "Feature", "properties": about, "geometry": mapping(_trimmed(wound))}


def _trimmed(wound: shapely.MultiPolygon) -> shapely.MultiPolygon:
    return shapely.transform(wound, lambda xy: xy.round(5))


def _only_dashed(lines: Collection) -> Collection:
    return {**lines, "features": [each for each in lines["features"] if each["properties"]["kind"] == DASHED.kind]}


def _belongs(code: str, line: Line) -> bool:
    in_sansha = line is DASHED and len(code) == len(SANSHA) and code[:4] == SANSHA[:4]
    return code == COUNTRY or code in line.codes or in_sansha


def _of(code: str, line: Line, whole: shapely.MultiLineString) -> shapely.MultiLineString:
    if line is not DASHED or code != TAIWAN:
        return whole
    within = main_extent(TAIWAN)
    box = shapely.box(within.west, within.south, within.east, within.north)
    return shapely.MultiLineString([part for part in whole.geoms if box.contains(part)])


def _decimals(code: str) -> int:
    return decimals_for(main_extent(code).longer) + 1


def _feature(line: Line, drawn: shapely.MultiLineString, decimals: int) -> dict[str, Any]:
    trimmed = shapely.remove_repeated_points(shapely.transform(drawn, lambda xy: xy.round(decimals)))
    about = {"name": line.name, "kind": line.kind}
    return {"type": "Feature", "properties": about, "geometry": mapping(trimmed)}

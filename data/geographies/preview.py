"""What a report would draw, for a look before it is put in use; where a place got nothing its built-in shape stands."""

from __future__ import annotations

from typing import Any

import shapely
from shapely.geometry import shape

from data.geographies.model import Report
from data.regions import NoShapesError, Place, outlines


def areas(report: Report, scope: str) -> dict[str, Any]:
    """The areas as a FeatureCollection with code, name, level and label, as ``data.regions.outlines`` gives them."""
    own = [
        _feature(one.place, report.shapes[one.place.code]) for one in report.taken if one.place.code in report.shapes
    ]
    return {"type": "FeatureCollection", "features": own + _built_in(report, scope)}


def _built_in(report: Report, scope: str) -> list[Any]:
    wanted = {each.code for each in report.empty}
    try:
        return [each for each in outlines(scope)["features"] if each["properties"]["code"] in wanted]
    except NoShapesError:
        return []


def _feature(each: Place, geometry: dict[str, Any]) -> dict[str, Any]:
    inside = shapely.point_on_surface(max(shapely.get_parts(shape(geometry)), key=lambda part: part.area))
    about = {"code": each.code, "name": each.name, "level": each.level, "label": [inside.x, inside.y]}
    return {"type": "Feature", "properties": about, "geometry": geometry}

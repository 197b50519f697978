"""Places of the administrative division (行政区划); NOTICE.md names the sources.

* ``places``: who is where (code, name, level, parent, coordinates)
* ``match``: a name as people write it → exactly one place, or candidates; ``spellings`` holds the known forms
* ``areas``: which places are at stake, so that a name is looked up among them only
* ``shapes``: outlines as GeoJSON, built once from an installed package (``polygons``, ``simplify``, ``outline_cache``)
* ``extents``, ``country``: how far a map reaches; 南海诸岛 as an inset, and the lines of a map of all China
* ``neighbours``: who borders on whom
* ``tilegrid``: a cell for each place, the schematic alternative
"""

from data.regions.areas import among, area
from data.regions.country import line_features, south_sea_line
from data.regions.extents import SOUTH_SEA, Extent, inset, main_extent
from data.regions.match import Match, Scope, labels, match, with_parent
from data.regions.neighbours import neighbours
from data.regions.outline_cache import NoShapesError
from data.regions.places import (
    COUNTRY,
    Place,
    UnknownPlaceError,
    breadcrumb,
    children,
    place,
    towns,
)
from data.regions.shapes import EXPORT_REMINDER, SOURCE_LINE, geometry_json, outline, outlines, units, warm
from data.regions.tilegrid import tiles, tiles_of_unknown_position

__all__ = [
    "COUNTRY",
    "EXPORT_REMINDER",
    "SOURCE_LINE",
    "SOUTH_SEA",
    "Extent",
    "Match",
    "NoShapesError",
    "Place",
    "Scope",
    "UnknownPlaceError",
    "among",
    "area",
    "breadcrumb",
    "children",
    "geometry_json",
    "inset",
    "labels",
    "line_features",
    "main_extent",
    "match",
    "neighbours",
    "outline",
    "outlines",
    "place",
    "south_sea_line",
    "tiles",
    "tiles_of_unknown_position",
    "towns",
    "units",
    "warm",
    "with_parent",
]

"""Places of the administrative division (行政区划); NOTICE.md names the sources.

* ``places``: who is where (code, name, level, parent, coordinates)
* ``match``: a name as people write it → exactly one place, or suggestions
* ``shapes``: outlines as GeoJSON, built once from an installed package
"""

from data.regions.match import Match, match
from data.regions.places import (
    COUNTRY,
    Place,
    UnknownPlaceError,
    breadcrumb,
    children,
    children_named,
    place,
    towns,
)
from data.regions.shapes import SOURCE_LINE, NoShapesError, outline, outlines

__all__ = [
    "COUNTRY",
    "SOURCE_LINE",
    "Match",
    "NoShapesError",
    "Place",
    "UnknownPlaceError",
    "breadcrumb",
    "children",
    "children_named",
    "match",
    "outline",
    "outlines",
    "place",
    "towns",
]

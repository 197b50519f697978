"""Places of the administrative division (行政区划); NOTICE.md names the sources.

* ``places``: who is where (code, name, level, parent, coordinates)
* ``match``: a name as people write it → exactly one place, or candidates; ``spellings`` holds the known forms
* ``areas``: which places are at stake, so that a name is looked up among them only
* ``shapes``: outlines as GeoJSON, built once from an installed package
"""

from data.regions.areas import among, area
from data.regions.match import Match, Scope, labels, match, with_parent
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
    "Scope",
    "UnknownPlaceError",
    "among",
    "area",
    "breadcrumb",
    "children",
    "children_named",
    "labels",
    "match",
    "outline",
    "outlines",
    "place",
    "towns",
    "with_parent",
]

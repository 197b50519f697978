"""One's own geography (自有底图): an office's own areas or town coordinates, read from a file, kept, drawn by the map.

* ``own``: what is in use now
* ``open_geography``, ``read_geography``: a file → which columns → the match report, both made in a limited process
* ``crs``: GCJ-02 and BD-09 → WGS-84
"""

from data.geographies.apart import open_geography, read_geography
from data.geographies.crs import CRS_NAMES, SHORT, Crs
from data.geographies.in_use import Own, own, source_line
from data.geographies.model import Asked, Brought, Choices, Report, Row, Taken
from data.geographies.naming import parts
from data.geographies.opening import LARGEST

__all__ = [
    "CRS_NAMES",
    "LARGEST",
    "SHORT",
    "Asked",
    "Brought",
    "Choices",
    "Crs",
    "Own",
    "Report",
    "Row",
    "Taken",
    "open_geography",
    "own",
    "parts",
    "read_geography",
    "source_line",
]

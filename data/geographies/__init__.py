"""One's own geography (自有底图): an office's own areas or town coordinates, read from a file, kept, drawn by the map.

* ``own``: what is in use now
* ``open_geography``, ``guess``, ``read_geography``: a file → its rows → which columns → the match report
* ``crs``: GCJ-02 and BD-09 → WGS-84
"""

from data.geographies.apart import open_geography
from data.geographies.crs import CRS_NAMES, SHORT, Crs
from data.geographies.in_use import Own, own, source_line
from data.geographies.model import Asked, Choices, Opened, Report, Row, Taken
from data.geographies.naming import guess, parts
from data.geographies.opening import LARGEST
from data.geographies.reading import read_geography, unit_word

__all__ = [
    "CRS_NAMES",
    "LARGEST",
    "SHORT",
    "Asked",
    "Choices",
    "Crs",
    "Opened",
    "Own",
    "Report",
    "Row",
    "Taken",
    "guess",
    "open_geography",
    "own",
    "parts",
    "read_geography",
    "source_line",
    "unit_word",
]

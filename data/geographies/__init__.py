"""One's own geography (自有底图): an office's own areas or town coordinates, read from a file, kept, drawn by the map.

* ``own``: what is in use now
"""

from data.geographies.in_use import Own, own

__all__ = ["Own", "own"]

"""The shapes that stand beside colours (● ◆ ▲ ■ …), drawn rather than written: a font may lack them or set them askew."""

from __future__ import annotations

_DOT = "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z"
_RING = "M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0zM-2.7 0a2.7 2.7 0 1 1 5.4 0a2.7 2.7 0 1 1-5.4 0z"
_CORE = "M-1.4 0a1.4 1.4 0 1 0 2.8 0a1.4 1.4 0 1 0-2.8 0z"

GLYPHS = {
    "●": _DOT,
    "◆": "M0-5l5 5l-5 5l-5-5z",
    "▲": "M0-4.6l5 8.4h-10z",
    "▼": "M0 4.6l5-8.4h-10z",
    "■": "M-3.8-3.8h7.6v7.6h-7.6z",
    "○": _RING,
    "◉": _RING + _CORE,
    "◎": _RING + _CORE,
    "◇": "M0-5.4l5.4 5.4l-5.4 5.4l-5.4-5.4zM0-2.7l-2.7 2.7l2.7 2.7l2.7-2.7z",
    "△": "M0-5.2l5.6 9.4h-11.2zM0-1.8l-2.5 4.2h5z",
    "▽": "M0 5.2l5.6-9.4h-11.2zM0 1.8l-2.5-4.2h5z",
    "□": "M-4.4-4.4h8.8v8.8h-8.8zM-2.6-2.6v5.2h5.2v-5.2z",
}
"""A shape's path round its middle, within 6 pixels; hollow ones wind their hole the other way."""


def glyph(shape: str) -> str:
    """The path of a shape, or nothing for one that is not known here and has to be written."""
    return GLYPHS.get(shape, "")

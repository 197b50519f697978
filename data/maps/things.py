"""What a scene is made of: things that can be clicked, words, and the scene that holds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from data.looks import LIGHT, Palette
from data.maps import paint
from data.maps.paint import RGB, Fill
from data.maps.view import POINT, USUAL, Frame, View, coordinate, pixel

Geometry = Mapping[str, Any]

CORNER = 8  # pixels between an inset and the frame's edges


@dataclass(frozen=True)
class Thing:
    """What can be clicked: an area with its ``geometry`` (GeoJSON), or a point where there is none.

    ``lon`` and ``lat`` are where its label belongs: well inside an area, a town's own coordinate (degrees, WGS-84).
    ``geometry_json`` is the geometry as JSON text where it has been written before; empty: whoever needs it writes it.
    """

    code: str
    name: str
    fill: Fill
    lon: float
    lat: float
    geometry: Geometry | None = None
    geometry_json: str = ""

    @property
    def tip(self) -> str:
        """What a pointer resting on it shows: plain text, lines apart by line feeds."""
        return self.fill.tip or f"{self.name} {self.fill.sign}".strip()


@dataclass(frozen=True)
class Word:
    """A label: ``text`` with its middle at ``x``, ``y`` pixels in the frame, on a ``plate`` of its place's colour.

    ``leader``: the pixel from which a thin line leads to it, where it had to step aside for another. ``bare``: the
    place itself is its plate (a tile), so none is drawn.
    """

    code: str
    text: str
    x: float
    y: float
    plate: RGB
    leader: tuple[float, float] | None = None
    bare: bool = False

    @property
    def ink(self) -> RGB:
        """The letters' colour on the plate."""
        return paint.ink(self.plate)


@dataclass(frozen=True)
class Scene:
    """One map. ``things`` are of one kind; ``ground`` is drawn pale beneath them, ``lines`` above (境界线).

    ``near``: codes that are marked beside the ``selected`` one (its neighbours), with a border of another style.
    ``inset`` is a small map in the lower right corner (南海诸岛), with its own frame, view and words; it cannot be
    clicked. ``letters``: the words' size in pixels. ``turn`` counts the clicks that were taken: who draws lets go of them.
    """

    view: View
    frame: Frame = USUAL
    colors: Palette = LIGHT
    things: tuple[Thing, ...] = ()
    words: tuple[Word, ...] = ()
    ground: tuple[Geometry, ...] = ()
    lines: tuple[Geometry, ...] = ()
    selected: str | None = None
    near: frozenset[str] = frozenset()
    inset: Scene | None = None
    letters: int = 13
    turn: int = 0

    @property
    def points(self) -> bool:
        """Whether the things are points."""
        return any(thing.geometry is None for thing in self.things)

    @property
    def radius(self) -> int:
        """The radius of a point in pixels: smaller on a phone, and the more there are."""
        count = len(self.things)
        return (POINT if count <= 40 else 6 if count <= 250 else 4) - (2 if self.frame.narrow else 0)

    @property
    def corner(self) -> tuple[float, float]:
        """The pixel of the inset's upper left corner."""
        assert self.inset is not None
        return self.frame.width - self.inset.frame.width - CORNER, self.frame.height - self.inset.frame.height - CORNER

    @property
    def signs(self) -> tuple[Word, ...]:
        """The shapes that points carry for want of a label: they go inside the point, and are no larger."""
        return tuple(word for word in self.words if self.points and word.bare)

    @property
    def labels(self) -> tuple[Word, ...]:
        """All other words."""
        return tuple(word for word in self.words if not (self.points and word.bare))

    def at(self, word: Word) -> tuple[float, float]:
        """The coordinate (degrees) of a label's middle."""
        return coordinate(word.x, word.y, self.view, self.frame)

    def pixel(self, lon: float, lat: float) -> tuple[float, float]:
        """Where a coordinate is drawn, in pixels from the frame's top left corner."""
        return pixel(lon, lat, self.view, self.frame)

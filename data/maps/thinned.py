"""Labels where there are more places than room: the weightiest first, each on or beside its place or not at all.

Greedy on a grid of pixels, so 1,610 points take milliseconds: each place in turn takes the first of a few spots close by
that is still free; afterwards those that have room around them say more. What is left out is told by the tip, the list
and the next level, never by a label far from its place.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from data.maps.view import GAP, Frame, extent

ON = ((0.0, 0.0), (0.0, -0.4), (0.0, 0.4), (-0.25, 0.0), (0.25, 0.0), (-0.45, 0.0), (0.45, 0.0),
      (-0.4, -0.4), (0.4, -0.4), (-0.4, 0.4), (0.4, 0.4))  # fmt: skip
"""An area's label lies over the point that is well inside it; shares of the plate's size."""
BESIDE = ((0.5, 0.0), (-0.5, 0.0), (0.0, -0.5), (0.0, 0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, -0.5), (-0.5, 0.5))
CLOSE = 2  # pixels between a point's edge and its label
APART = 5  # pixels more to any other point, so that it is plain whose label it is

Box = tuple[int, int, int, int]
"""Whole pixels: left, top, right, bottom."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a place would have said of it at pixel ``x``, ``y``: ``texts``, fullest first; the last is the least.

    ``mark`` is a single sign for a place whose least text finds no room, or empty. ``keep``: labelled whatever it covers.
    """

    x: float
    y: float
    texts: tuple[str, ...]
    mark: str = ""
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Plate:
    """A placed label: its text and the middle of its plate in pixels."""

    text: str
    x: float
    y: float


@dataclass(slots=True)
class _Grid:
    """Which pixels are taken: a whole number for each row, a bit for each column."""

    rows: list[int]

    @classmethod
    def of(cls, frame: Frame) -> _Grid:
        return cls([0] * frame.height)

    def free(self, box: Box) -> bool:
        left, top, right, bottom = box
        mask = (1 << right) - (1 << left)
        return not any(row & mask for row in self.rows[top:bottom])

    def fill(self, box: Box) -> None:
        left, top, right, bottom = box
        mask = (1 << right) - (1 << left)
        for at in range(top, bottom):
            self.rows[at] |= mask

    def clear(self, box: Box) -> list[int]:
        """Empty a box; what its rows were before, for ``restore``."""
        left, top, right, bottom = box
        mask = ~((1 << right) - (1 << left))
        before = self.rows[top:bottom]
        self.rows[top:bottom] = [row & mask for row in before]
        return before

    def restore(self, box: Box, before: list[int]) -> None:
        self.rows[box[1] : box[3]] = before


@lru_cache(maxsize=64)
def thinned(wishes: tuple[Wish, ...], frame: Frame, size: float, radius: float = 0) -> tuple[Plate | None, ...]:
    """A plate, or None where it does not fit, for each wish; the first wishes are the weightiest.

    Plates lie inside the frame and overlap neither one another nor another's point; only one that is kept may cover
    points. ``size`` is the letters' size, ``radius`` that of the points in pixels; 0: areas, whose labels lie over them.
    """
    placing = _Placing(frame, size, radius)
    for wish in wishes:
        placing.mark_point(wish)
    placed = [placing.first(wish) for wish in wishes]
    return tuple(placing.more(wish, plate) for wish, plate in zip(wishes, placed, strict=True))


class _Placing:
    def __init__(self, frame: Frame, size: float, radius: float) -> None:
        self.frame, self.size, self.radius = frame, size, radius
        self.plates, self.points, self.around = _Grid.of(frame), _Grid.of(frame), _Grid.of(frame)

    def mark_point(self, wish: Wish) -> None:
        self.points.fill(self._square(wish, self.radius))
        self.around.fill(self._square(wish, self._distance))

    def first(self, wish: Wish) -> Plate | None:
        """A place for the least that is to be said; for what is kept, for the most that fits."""
        tried = [*wish.texts, ""] if wish.keep else [wish.texts[-1], wish.mark]
        for text in filter(None, tried):
            if (plate := self._fitting(wish, text)) is not None:
                return self._take(plate)
        return self._take(self._forced(wish)) if wish.keep else None

    def more(self, wish: Wish, plate: Plate | None) -> Plate | None:
        """The fullest text for which there is room once all have said the least."""
        if plate is None or plate.text not in wish.texts[1:]:
            return plate
        own = self._box(plate)
        before = self.plates.clear(own)
        for text in wish.texts[: wish.texts.index(plate.text)]:
            if (fuller := self._fitting(wish, text)) is not None:
                return self._take(fuller)
        self.plates.restore(own, before)
        return plate

    @property
    def _distance(self) -> float:
        return self.radius + CLOSE + APART if self.radius else 3

    def _fitting(self, wish: Wish, text: str) -> Plate | None:
        mine = self._square(wish, self._distance)
        before = self.around.clear(mine)
        try:
            return next((plate for plate in self._tries(wish, text) if self._fits(plate)), None)
        finally:
            self.around.restore(mine, before)

    def _fits(self, plate: Plate) -> bool:
        wide, high = extent(plate.text, self.size)
        if not (
            wide / 2 <= plate.x <= self.frame.width - wide / 2 and high / 2 <= plate.y <= self.frame.height - high / 2
        ):
            return False
        box = self._box(plate)
        clear = self.plates.free(box) and self.around.free(box)
        return clear and (not self.radius or self.points.free(box))

    def _forced(self, wish: Wish) -> Plate:
        """What is kept comes first, so nothing but points and the frame's edge can be in its way."""
        plate = next(self._tries(wish, wish.texts[0]))
        wide, high = extent(plate.text, self.size)
        x = min(max(plate.x, wide / 2), max(self.frame.width - wide / 2, wide / 2))
        y = min(max(plate.y, high / 2), max(self.frame.height - high / 2, high / 2))
        return Plate(plate.text, x, y)

    def _take(self, plate: Plate) -> Plate:
        self.plates.fill(self._box(plate))
        return plate

    def _tries(self, wish: Wish, text: str) -> Iterator[Plate]:
        wide, high = extent(text, self.size)
        away = self.radius + CLOSE
        for right, down in BESIDE if self.radius else ON:
            x = right * wide + (math.copysign(away, right) if right and self.radius else 0)
            y = down * high + (math.copysign(away, down) if down and self.radius else 0)
            yield Plate(text, wish.x + x, wish.y + y)

    def _box(self, plate: Plate) -> Box:
        """The pixels that a plate needs: a gap to the next belongs to it."""
        wide, high = extent(plate.text, self.size)
        gap = (GAP - 1) / 2
        return self._clipped(
            plate.x - wide / 2 - gap, plate.y - high / 2 - gap, plate.x + wide / 2 + gap, plate.y + high / 2 + gap
        )

    def _square(self, wish: Wish, half: float) -> Box:
        return self._clipped(wish.x - half, wish.y - half, wish.x + max(half, 0.5), wish.y + max(half, 0.5))

    def _clipped(self, left: float, top: float, right: float, bottom: float) -> Box:
        wide, high = self.frame.width, self.frame.height
        x, y = min(max(math.floor(left), 0), wide), min(max(math.floor(top), 0), high)
        return x, y, max(min(math.ceil(right), wide), x), max(min(math.ceil(bottom), high), y)

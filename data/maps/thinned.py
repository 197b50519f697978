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

from data.maps.view import GAP, LINE, Frame, extent

ON = ((0.0, 0.0), (0.0, -0.4), (0.0, 0.4), (-0.25, 0.0), (0.25, 0.0), (-0.45, 0.0), (0.45, 0.0),
      (-0.4, -0.4), (0.4, -0.4), (-0.4, 0.4), (0.4, 0.4))  # fmt: skip
"""An area's label lies over the point that is well inside it; shares of the plate's size."""
BESIDE = ((0.5, 0.0), (-0.5, 0.0), (0.0, -0.5), (0.0, 0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, -0.5), (-0.5, 0.5),
          (0.5, -0.25), (0.5, 0.25), (-0.5, -0.25), (-0.5, 0.25), (0.25, -0.5), (0.25, 0.5), (-0.25, -0.5), (-0.25, 0.5),
          )  # fmt: skip
"""A town's label touches its point: right of it if it can."""
CLOSE = 2  # pixels between a point's edge and its label
APART = 5  # pixels more to any other point, so that it is plain whose label it is

Box = tuple[int, int, int, int]
"""Whole pixels: left, top, right, bottom."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a place would have said of it at pixel ``x``, ``y``: ``texts``, fullest first; the last is the least.

    ``mark`` is a single sign for a place whose least text finds no room, or empty. ``keep``: labelled whatever it covers.
    ``quiet`` ones are asked when all others have said as much as they can.
    """

    x: float
    y: float
    texts: tuple[str, ...]
    mark: str = ""
    keep: bool = False
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Plate:
    """A placed label: its text and the middle of its plate in pixels."""

    text: str
    x: float
    y: float


@dataclass(slots=True)
class _Grid:
    """Which pixels are taken: a whole number for each row, a bit for each column.

    What is put in is at least ``least`` rows high or cut by the frame's edge, so a box need only look at every
    ``least``-th of its rows and its last.
    """

    rows: list[int]
    least: int

    @classmethod
    def of(cls, frame: Frame, least: float) -> _Grid:
        return cls([0] * frame.height, max(int(least), 1))

    def free(self, box: Box) -> bool:
        left, top, right, bottom = box
        mask = (1 << right) - (1 << left)
        rows = self.rows
        if rows[bottom - 1] & mask:
            return False
        return all(not rows[at] & mask for at in range(top, bottom, self.least))

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
def thinned(
    wishes: tuple[Wish, ...], frame: Frame, size: float, radius: float = 0, taken: Box | None = None
) -> tuple[Plate | None, ...]:
    """A plate, or None where it does not fit, for each wish; the first wishes are the weightiest.

    Plates lie inside the frame and overlap neither one another nor another's point; only one that is kept may cover
    points. ``size`` is the letters' size, ``radius`` that of the points in pixels; 0: areas, whose labels lie over them.
    ``taken`` is what something else covers (an inset).
    """
    placing = _Placing(frame, size, radius)
    if taken:
        placing.plates.fill(taken)
    for wish in wishes:
        placing.mark_point(wish)
    said: dict[int, Plate | None] = {}
    for quiet in (False, True):
        asked = [at for at, wish in enumerate(wishes) if wish.quiet is quiet]
        said |= {at: placing.first(wishes[at]) for at in asked}
        said |= {at: placing.more(wishes[at], said[at]) for at in asked}
    return tuple(said[at] for at in range(len(wishes)))


class _Placing:
    def __init__(self, frame: Frame, size: float, radius: float) -> None:
        self.frame, self.size, self.radius = frame, size, radius
        self.plates = _Grid.of(frame, size * LINE)
        self.points, self.around = _Grid.of(frame, 2 * radius), _Grid.of(frame, 2 * self._distance)

    def mark_point(self, wish: Wish) -> None:
        self.points.fill(self._square(wish, self.radius))
        self.around.fill(self._square(wish, self._distance))

    def first(self, wish: Wish) -> Plate | None:
        """A place for the name, with its sign if there is room; for what is kept, for the most that fits."""
        if wish.keep:
            return self._take(self._fullest(wish, wish.texts) or self._forced(wish))
        name = self._fitting(wish, wish.texts[-1])
        if name is not None:
            return self._take(self._fullest(wish, wish.texts[-2:-1]) or name)
        sign = self._fitting(wish, wish.mark) if wish.mark else None
        return None if sign is None else self._take(sign)

    def more(self, wish: Wish, plate: Plate | None) -> Plate | None:
        """The fullest text for which there is room once all have said the least."""
        if plate is None or plate.text not in wish.texts[1:]:
            return plate
        own = self._own(plate)
        before = self.plates.clear(own)
        fuller = self._fullest(wish, wish.texts[: wish.texts.index(plate.text)])
        if fuller is not None:
            return self._take(fuller)
        self.plates.restore(own, before)
        return plate

    def _fullest(self, wish: Wish, texts: tuple[str, ...]) -> Plate | None:
        return next((plate for text in texts if (plate := self._fitting(wish, text)) is not None), None)

    @property
    def _distance(self) -> float:
        return self.radius + CLOSE + APART if self.radius else 3

    def _fitting(self, wish: Wish, text: str) -> Plate | None:
        mine = self._square(wish, self._distance)
        before = self.around.clear(mine)
        wide, high = extent(text, self.size)
        places = self._tries(wish, wide, high)
        found = next(((x, y) for x, y in places if self._fits(x, y, wide, high)), None)
        self.around.restore(mine, before)
        return None if found is None else Plate(text, *found)

    def _fits(self, x: float, y: float, wide: float, high: float) -> bool:
        if not (wide / 2 <= x <= self.frame.width - wide / 2 and high / 2 <= y <= self.frame.height - high / 2):
            return False
        box = self._box(x, y, wide, high)
        clear = self.around.free(box) and self.plates.free(box)
        return clear and (not self.radius or self.points.free(box))

    def _forced(self, wish: Wish) -> Plate:
        """What is kept comes first, so nothing but points and the frame's edge can be in its way."""
        wide, high = extent(wish.texts[0], self.size)
        x, y = next(self._tries(wish, wide, high))
        x = min(max(x, wide / 2), max(self.frame.width - wide / 2, wide / 2))
        y = min(max(y, high / 2), max(self.frame.height - high / 2, high / 2))
        return Plate(wish.texts[0], x, y)

    def _take(self, plate: Plate) -> Plate:
        self.plates.fill(self._own(plate))
        return plate

    def _tries(self, wish: Wish, wide: float, high: float) -> Iterator[tuple[float, float]]:
        """Middles of the plate, the best first."""
        away = self.radius + CLOSE if self.radius else 0
        for right, down in BESIDE if self.radius else ON:
            x = right * wide + (math.copysign(away, right) if abs(right) == 0.5 else 0)
            y = down * high + (math.copysign(away, down) if abs(down) == 0.5 else 0)
            yield wish.x + x, wish.y + y

    def _own(self, plate: Plate) -> Box:
        return self._box(plate.x, plate.y, *extent(plate.text, self.size))

    def _box(self, x: float, y: float, wide: float, high: float) -> Box:
        """The pixels that a plate needs: a gap to the next belongs to it."""
        right, down = (wide + GAP - 1) / 2, (high + GAP - 1) / 2
        return self._clipped(x - right, y - down, x + right, y + down)

    def _square(self, wish: Wish, half: float) -> Box:
        return self._clipped(wish.x - half, wish.y - half, wish.x + max(half, 0.5), wish.y + max(half, 0.5))

    def _clipped(self, left: float, top: float, right: float, bottom: float) -> Box:
        """Whole pixels, outwards, and no more than the frame has; this runs for every try, so it is written out."""
        x, y = int(left) if left > 0 else 0, int(top) if top > 0 else 0
        wide, high = self.frame.width, self.frame.height
        to_x, to_y = int(right) + 1 if right > 0 else 0, int(bottom) + 1 if bottom > 0 else 0
        x, y = x if x < wide else wide, y if y < high else high
        to_x, to_y = to_x if to_x < wide else wide, to_y if to_y < high else high
        return x, y, to_x if to_x > x else x, to_y if to_y > y else y

"""Where the labels of a map's points go: close by, covering neither one another nor any point.

Each label tries places round its point, near ones first, and takes the one that costs least beside the others; this is
repeated until none wants to move, from several beginnings, and the best end is taken. (Placing from candidates:
Christensen, Marks and Shieber 1995.)
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from random import Random

from data.maps.view import GAP, POINT, Frame, Label, View, extent, pixel

XY = tuple[float, float]
NEAR = 12  # pixels between a point's edge and its label; farther away a line leads there
FAR = (3, 9, 18, 30, 44, 60, 80, 105)
ROUND = tuple((x / 2, y / 2) for x in range(-2, 3) for y in range(-2, 3) if 2 in (abs(x), abs(y)))
SWEEPS = 8
BEGINNINGS = 6


@dataclass(frozen=True, slots=True)
class Box:
    """A label's plate: its middle and its size in pixels."""

    x: float
    y: float
    wide: float
    high: float

    def over(self, x: float, y: float, wide: float, high: float) -> float:
        """How deep it reaches into another rectangle; 0 when they are apart."""
        across = (self.wide + wide) / 2 - abs(self.x - x)
        up = (self.high + high) / 2 - abs(self.y - y)
        return max(min(across, up), 0.0)

    def away(self, point: XY) -> float:
        """Pixels from a point's edge to the nearest of the plate."""
        across = max(abs(self.x - point[0]) - self.wide / 2, 0.0)
        up = max(abs(self.y - point[1]) - self.high / 2, 0.0)
        return math.hypot(across, up) - POINT


Tries = list[tuple[float, Box]]


def beside_points(labels: Sequence[Label], view: View, frame: Frame, size: float) -> list[XY]:
    """Where the middle of each label goes, in pixels, inside the frame. ``size`` is the letters' size in pixels."""
    points = tuple(pixel(label.lon, label.lat, view, frame) for label in labels)
    return list(_placed(points, tuple(extent(label.text, size) for label in labels), frame))


def led(box: Box, point: XY) -> bool:
    """Whether a line has to lead from the point to the label."""
    return box.away(point) > NEAR


@lru_cache(maxsize=64)
def _placed(points: tuple[XY, ...], sizes: tuple[XY, ...], frame: Frame) -> tuple[XY, ...]:
    tries = [_tries(points, at, size, frame) for at, size in enumerate(sizes)]
    crowded = sorted(range(len(points)), key=lambda at: -_crowd(points, at))
    orders = [crowded, *(Random(n).sample(crowded, len(crowded)) for n in range(1, BEGINNINGS))]
    ends = [_settled(points, tries, order) for order in orders]
    return tuple((box.x, box.y) for box in min(ends, key=lambda each: each[0])[1])


def _settled(points: Sequence[XY], tries: Sequence[Tries], order: Sequence[int]) -> tuple[float, list[Box]]:
    """The labels once none wants to move, when they are asked in this order, and what they cost together."""
    taken: dict[int, Box] = {}
    costs = dict.fromkeys(order, 0.0)
    for _ in range(SWEEPS):
        before = dict(taken)
        for at in order:
            others = [(box, points[i]) for i, box in taken.items() if i != at]
            costs[at], taken[at] = _best(tries[at], points[at], others)
        if taken == before:
            break
    return sum(costs.values()), [taken[at] for at in range(len(points))]


def _tries(points: Sequence[XY], at: int, size: XY, frame: Frame) -> Tries:
    """The places that a label can take, each with what it costs there whatever the other labels do; cheapest first."""
    found = []
    for far in FAR:
        for right, down in ROUND:
            box = Box(
                points[at][0] + right * (size[0] / 2 + POINT + far), points[at][1] + down * (size[1] / 2 + POINT + far),
                *size,
            )  # fmt: skip
            found.append((_alone(_inside(box, frame), points, at), _inside(box, frame)))
    return sorted(found, key=lambda each: each[0])


def _inside(box: Box, frame: Frame) -> Box:
    x = min(max(box.x, box.wide / 2 + 1), max(frame.width - box.wide / 2 - 1, box.wide / 2))
    y = min(max(box.y, box.high / 2 + 1), max(frame.height - box.high / 2 - 1, box.high / 2))
    return Box(x, y, box.wide, box.high)


def _alone(box: Box, points: Sequence[XY], at: int) -> float:
    """Far is worse than near, and nearer to another point worse still; upon a point or with a line across one is bad."""
    covered = sum(_bad(box.over(*point, 2 * POINT + GAP, 2 * POINT + GAP)) for point in points)
    crossed = led(box, points[at]) and sum(
        _near(points[at], (box.x, box.y), other) for i, other in enumerate(points) if i != at
    )
    away = box.away(points[at])
    strange = any(box.away(other) < away + 2 for i, other in enumerate(points) if i != at)
    line = 15 if led(box, points[at]) else 0
    return covered + 150 * crossed + 40 * strange + line + max(away, 0) + (4 if box.x < points[at][0] else 0)


def _best(tries: Tries, point: XY, others: Sequence[tuple[Box, XY]]) -> tuple[float, Box]:
    least, chosen = math.inf, tries[0][1]
    for alone, box in tries:
        if alone >= least:
            break
        cost = alone + sum(_together(box, point, other, home) for other, home in others)
        if cost < least:
            least, chosen = cost, box
    return least, chosen


def _together(box: Box, point: XY, other: Box, home: XY) -> float:
    """What two labels cost one another: overlapping is bad, a line under a label or across a line less so."""
    cost = _bad(box.over(other.x, other.y, other.wide + 2 * GAP, other.high + 2 * GAP))
    mine, theirs = led(box, point), led(other, home)
    if mine and _through(point, (box.x, box.y), other):
        cost += 90
    if theirs and _through(home, (other.x, other.y), box):
        cost += 90
    return cost + (70 if mine and theirs and _cross(point, (box.x, box.y), home, (other.x, other.y)) else 0)


def _bad(depth: float) -> float:
    return 300 + 20 * depth if depth > 0 else 0.0


def _crowd(points: Sequence[XY], at: int) -> int:
    return sum(math.dist(points[at], other) < 100 for other in points)


def _near(start: XY, end: XY, point: XY) -> bool:
    """Whether a line passes over a point."""
    across, up = end[0] - start[0], end[1] - start[1]
    along = ((point[0] - start[0]) * across + (point[1] - start[1]) * up) / max(across**2 + up**2, 1e-9)
    along = min(max(along, 0.0), 1.0)
    return math.dist(point, (start[0] + along * across, start[1] + along * up)) < POINT + 2


def _through(start: XY, end: XY, box: Box) -> bool:
    """Whether a line runs under a plate (sampled: plates are larger than the steps)."""
    steps = max(int(math.dist(start, end) / 8), 2)
    middle = ((start[0] + (end[0] - start[0]) * n / steps, start[1] + (end[1] - start[1]) * n / steps)
              for n in range(1, steps + 1))  # fmt: skip
    return any(abs(x - box.x) < box.wide / 2 and abs(y - box.y) < box.high / 2 for x, y in middle)


def _cross(a: XY, b: XY, c: XY, d: XY) -> bool:
    def turn(p: XY, q: XY, r: XY) -> bool:
        return (q[0] - p[0]) * (r[1] - p[1]) > (q[1] - p[1]) * (r[0] - p[0])

    return turn(a, b, c) != turn(a, b, d) and turn(c, d, a) != turn(c, d, b)

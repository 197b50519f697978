"""Geographies made to harm whoever reads them, each built here around 台山市; by name, with what has to be said of it.

Where a code is named the file is refused with it; "" stands for a file that is read.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from functools import cache
from itertools import count
from typing import Any

from tests.data.geography_files import collection, csv, feature, of, square

Ring = list[list[float]]
WEST, SOUTH = 112.7, 22.1


def circle(points: int, lon: float = WEST, lat: float = SOUTH, radius: float = 0.05) -> Ring:
    """A good ring with so many points, cheap to make: along a spiral's two arms there and back."""
    half = points // 2
    there = [[lon + radius * at / half, lat] for at in range(half)]
    back = [[lon + radius * at / half, lat + radius + 1e-6 * (at % 2)] for at in range(half, 0, -1)]
    return [*there, *back, there[0]]


def star(points: int, seed: int = 1, size: float = 0.1) -> Ring:
    """Points at random: nearly all lines cross."""
    draw = random.Random(seed)
    return [[WEST + size * draw.random(), SOUTH + size * draw.random()] for _ in range(points)]


def comb(teeth: int, west: float = WEST, south: float = SOUTH, high: float = 0.1) -> Ring:
    """Upright teeth beside each other, none of which crosses another."""
    tops = [[west + at * 0.2 / teeth, south + high * (at % 2)] for at in range(teeth)]
    return [*tops, [west + 0.2, south - 0.01], [west, south - 0.01], tops[0]]


def retraced(points: int) -> Ring:
    """There and back over the same line, again and again."""
    way = [[WEST, SOUTH], [WEST + 0.1, SOUTH], [WEST + 0.1, SOUTH + 0.1]]
    return [way[(0, 1, 2, 1)[at % 4]] for at in range(points)]


def parts(rings: list[Ring]) -> dict[str, Any]:
    return {"type": "MultiPolygon", "coordinates": [[ring] for ring in rings]}


def holed(holes: int) -> list[Ring]:
    """A square full of holes."""
    across = int(holes**0.5) + 1
    step = 0.1 / across
    inner = [
        square(round(WEST + step * (at % across) + step / 4, 7), round(SOUTH + step * (at // across) + step / 4, 7), step / 2)
        for at in range(holes)
    ]
    return [square(), *inner]


def shreds(number: int) -> dict[str, Any]:
    """Squares too small for any map, side by side."""
    across = int(number**0.5) + 1
    step = 0.1 / across
    return parts([square(round(WEST + step * (at % across), 7), round(SOUTH + step * (at // across), 7), step / 2) for at in range(number)])


def rough_shreds(number: int) -> dict[str, Any]:
    """Patches with many corners each, which no simplification takes away."""
    across = int(number**0.5) + 1
    step = 1.0 / across
    west, south = WEST - 0.4, SOUTH - 0.4
    return parts([rough(round(west + step * (at % across), 7), round(south + step * (at // across), 7), step / 2) for at in range(number)])


def rough(west: float, south: float, size: float) -> Ring:
    """A comb of twenty teeth."""
    tops = [[west + size * at / 40, south + size * (at % 2)] for at in range(40)]
    return [*tops, [west + size, south - size / 9], [west, south - size / 9], tops[0]]


def in_collections(depth: int) -> bytes:
    """A square within so many collections."""
    good = collection(of("台城街道", {"type": "Polygon", "coordinates": [square()]}))
    inner = json.dumps({"type": "Polygon", "coordinates": [square()]}).encode()
    outer = b'{"type": "GeometryCollection", "geometries": [' * depth + inner + b"]}" * depth
    return good.replace(inner, outer)


def million_points() -> bytes:
    """One ring of a million points, written as shortly as may be."""
    ring = b",".join(b"[112.%05d,22.1]" % at for at in range(99_999)) + b",[112.8,22.1]"
    return collection(feature("台城街道", [["ring"]])).replace(b'["ring"]', b",".join([ring] * 10))


def with_number(word: bytes) -> bytes:
    """A good file in which one longitude is written so."""
    return collection(feature("台城街道")).replace(b"112.8", word)


def crossed_in_a_long_ring() -> bytes:
    """A tangle of five hundred points in a long good border."""
    ring = circle(200_000)
    return collection(feature("台城街道", [*ring[:1000], *star(500, size=0.04), *ring[1000:]]))


def many_attributes() -> bytes:
    """A hundred attributes in each of many features, called otherwise in each."""
    number = count()
    return collection(*(feature("台城街道", **{f"a{next(number)}": 1 for _ in range(100)}) for _ in range(2_000)))


def strange_names(number: int) -> list[str]:
    draw = random.Random(1)
    return ["".join(draw.choice("台山市镇街道广海斗都端芬川岛赤溪北陡汶村") for _ in range(20)) for _ in range(number)]


HAZARDS: dict[str, tuple[Callable[[], bytes], str]] = {
    "a million points in one ring": (million_points, "too-many-points"),
    "as many points as may be, in one ring": (lambda: collection(feature("台城街道", circle(230_000))), ""),
    "very many points far away": (lambda: collection(feature("台城街道", circle(230_000, 108.0))), "elsewhere"),
    "thousands of features of one name": (lambda: collection(*[feature("台城街道")] * 4_900), "twice"),
    "more features than any place has": (lambda: collection(*[feature("台城街道")] * 6_000), "too-many-features"),
    "thousands of names that fit nothing": (lambda: collection(feature("台城街道"), *map(feature, strange_names(4_900))), ""),
    "collections a hundred thousand deep": (lambda: in_collections(100_000), "too-deep"),
    "collections fifty deep": (lambda: in_collections(50), "nested"),
    "a border that crosses itself without end": (lambda: collection(feature("台城街道", star(500))), "tangled"),
    "a border that crosses itself just below the sample": (lambda: collection(feature("台城街道", star(1_990))), "tangled"),
    "very many borders that cross themselves a little": (
        lambda: collection(*(feature("台城街道", star(40, seed)) for seed in range(4_000))), "much-crossed",
    ),
    "very many borders that cross themselves much": (
        lambda: collection(*(feature("台城街道", star(100, seed)) for seed in range(2_000))), "tangled",
    ),
    "a tangle within a long good border": (crossed_in_a_long_ring, "tangled"),
    "a border that goes there and back over itself": (lambda: collection(feature("台城街道", retraced(1_900))), "tangled"),
    "parts that all cross each other": (
        lambda: collection(of("台城街道", parts([comb(600), [[y + 90.6, x - 90.6] for x, y in comb(600)]]))), "tangled",
    ),
    "areas that cross each other without end": (
        lambda: collection(feature("台城街道", comb(900)), feature("广海镇", [[y + 90.6, x - 90.6] for x, y in comb(900)])), "crossing",
    ),
    "teeth without number that cross nothing": (lambda: collection(feature("台城街道", comb(230_000))), "too-detailed"),
    "teeth without number over the county's border": (
        lambda: collection(feature("台城街道", comb(30_000, 112.6, 21.5, 1.4))), "crossing",
    ),
    "holes without number": (lambda: collection(of("台城街道", {"type": "Polygon", "coordinates": holed(30_000)})), "too-many-rings"),
    "as many holes as may be": (lambda: collection(of("台城街道", {"type": "Polygon", "coordinates": holed(4_900)})), ""),
    "shreds without number": (lambda: collection(of("台城街道", shreds(30_000))), "too-many-rings"),
    "as many shreds as may be": (lambda: collection(of("台城街道", shreds(4_900))), ""),
    "parts that all lie on each other": (lambda: collection(of("台城街道", parts([square()] * 4_900))), "tangled"),
    "parts too detailed to be made simple": (lambda: collection(of("台城街道", rough_shreds(4_500))), "too-detailed"),
    "NaN": (lambda: with_number(b"NaN"), "bad-coordinate"),
    "infinity": (lambda: with_number(b"-Infinity"), "bad-coordinate"),
    "a number beyond all": (lambda: with_number(b"1e308"), "bad-coordinate"),
    "an integer of four thousand digits": (lambda: with_number(b"9" * 4_000), "bad-coordinate"),
    "an integer of a million digits": (lambda: with_number(b"9" * 1_000_000), "not-json"),
    "a fraction of ten million digits": (lambda: with_number(b"112." + b"8" * 10_000_000), ""),
    "attributes without number": (many_attributes, "too-many-columns"),
    "a list of names that fit nothing": (
        lambda: csv(["台城街道,112.79,22.25", *(f"{name},112.79,22.25" for name in strange_names(4_900))]), "",
    ),
    "a list with columns without number": (
        lambda: csv(["台城街道,112.79,22.25"], head=",".join(f"栏{n}" for n in range(900))), "too-many-columns",
    ),
}  # fmt: skip


@cache
def hostile(name: str) -> tuple[bytes, str]:
    """The file's bytes, and the code that is to be said."""
    make, code = HAZARDS[name]
    return make(), code

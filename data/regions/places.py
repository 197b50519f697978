"""Who is where: the statistical division codes (统计用区划代码) to county for all China, to town for Guangdong and
Inner Mongolia. Read once, kept; codes are text, and 行政区划 order is code order.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

HERE = Path(__file__).parent
COUNTRY = "100000"


@dataclass(frozen=True, slots=True)
class Place:
    """One administrative division.

    ``level`` is country, province, city, county or town. ``lon`` and ``lat`` (degrees, WGS-84) are known for towns
    only, and not for all of them: None means nobody has given a coordinate, and none is invented. ``official`` is
    False for rows the statisticians keep that are not townships: farms, parks, prisons.
    """

    code: str
    name: str
    level: str
    parent: str | None
    lon: float | None = None
    lat: float | None = None
    official: bool = True

    @property
    def located(self) -> bool:
        """Whether the place has a coordinate of its own."""
        return self.lon is not None and self.lat is not None


class UnknownPlaceError(LookupError):
    """A code that the division does not know. The message is for the user."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(f"区划代码“{code}”不在行政区划表中；请核对代码（省、市、县六位，镇（街）九位）。")


def place(code: str) -> Place:
    """The place with this code: ``place("440781").name`` is 台山市. Raises UnknownPlaceError."""
    try:
        return _places()[code]
    except KeyError:
        raise UnknownPlaceError(code) from None


def children(code: str, *, unofficial: bool = False) -> tuple[Place, ...]:
    """The places directly under ``code``, in 行政区划 order; none for a place that has no rows below it.

    With ``unofficial`` the farms, parks and prisons come too. Raises UnknownPlaceError.
    """
    place(code)
    return tuple(each for each in _below().get(code, ()) if each.official or unofficial)


def towns(county: str) -> tuple[Place, ...]:
    """The official 镇（街） of a county, or of a city without counties such as 东莞市, in 行政区划 order."""
    return tuple(each for each in children(county) if each.level == "town")


def breadcrumb(code: str) -> tuple[Place, ...]:
    """From province down to the place itself: 广东省, 江门市, 台山市. The country alone for its own code."""
    here = place(code)
    if here.parent is None or here.parent == COUNTRY:
        return (here,)
    return (*breadcrumb(here.parent), here)


@cache
def six_digit() -> tuple[Place, ...]:
    """Every province, city and county of the country, in 行政区划 order."""
    return tuple(each for each in _places().values() if len(each.code) == 6 and each.code != COUNTRY)


@cache
def _places() -> MappingProxyType[str, Place]:
    found = {COUNTRY: Place(COUNTRY, "全国", "country", None)}
    for each in (*_regions(), *_towns()):
        found.setdefault(each.code, each)  # 澳门 stands in the table as province and as its own county: the first holds
    return MappingProxyType(dict(sorted(found.items())))


@cache
def _below() -> MappingProxyType[str, tuple[Place, ...]]:
    below: dict[str, list[Place]] = {}
    for each in _places().values():
        if each.parent is not None:
            below.setdefault(each.parent, []).append(each)
    return MappingProxyType({code: tuple(found) for code, found in below.items()})


def _regions() -> Iterator[Place]:
    ranks = {"province": 0, "city": 1, "county": 2}
    for row in sorted(read_csv("regions_cn_to_county.csv"), key=lambda row: ranks[row["level"]]):
        yield Place(row["code"], row["name"], row["level"], row["parent"])


def _towns() -> Iterator[Place]:
    for row in read_csv("towns_gd_nm.csv"):
        lon, lat = (float(row[axis]) if row[axis] else None for axis in ("lon", "lat"))
        yield Place(row["code"], row["name"], row["level"], row["parent"], lon, lat, row["official"] == "True")


def read_csv(name: str) -> list[dict[str, str]]:
    """The rows of one of this folder's tables."""
    with (HERE / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))

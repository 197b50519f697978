"""What is passed from one step of reading to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from shapely.geometry.base import BaseGeometry

from data.geographies.crs import Crs
from data.regions import Place
from data.sheets.problems import Problem
from data.store import GeographyKind


@dataclass(frozen=True)
class Row:
    """One feature of a GeoJSON file or one line of a table: where it stands, what is written there, its geometry.

    ``geometry`` is in the file's own coordinates, valid; None for a line of a table, whose columns are yet to be chosen.
    """

    no: int
    at: str
    told: Mapping[str, str]
    geometry: BaseGeometry | None = None


@dataclass(frozen=True)
class Opened:
    """A file as it stands, before anything is asked. With an error among ``problems`` nothing of it is used."""

    file: str
    kind: GeographyKind = "areas"
    rows: tuple[Row, ...] = ()
    columns: tuple[str, ...] = ()
    table: bool = False
    crs_told: str = ""  # EPSG code that the file names
    mended: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def rejected(self) -> bool:
        return any(one.level == "error" for one in self.problems)


@dataclass(frozen=True)
class Choices:
    """What a person answers: columns, coordinate system, and for each feature asked about a code, or "" for 不用."""

    name: str | None = None
    code: str | None = None
    lon: str | None = None
    lat: str | None = None
    crs: Crs = "wgs84"
    swapped: bool = False
    answers: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Brought:
    """What the app is told of a file: all but its rows, which stay in the process that reads them.

    ``samples``: the first few values of each column; ``unit``: what its rows may be, 县（市、区） or 镇（街）.
    """

    file: str
    kind: GeographyKind = "areas"
    count: int = 0
    columns: tuple[str, ...] = ()
    samples: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    table: bool = False
    unit: str = ""
    guess: Choices = field(default_factory=Choices)
    problems: tuple[Problem, ...] = ()

    @property
    def rejected(self) -> bool:
        return any(one.level == "error" for one in self.problems)


@dataclass(frozen=True)
class Taken:
    """A feature with the place that it draws; ``asked`` where a person said so."""

    row: Row
    said: str
    place: Place
    asked: bool = False


@dataclass(frozen=True)
class Asked:
    """A feature whose name fits no place exactly, with the places it may mean; ``answer`` is None until somebody says."""

    row: Row
    said: str
    candidates: tuple[Place, ...]
    answer: str | None = None


@dataclass(frozen=True)
class Report:
    """What would be put in use, and all that a person should know before."""

    kind: GeographyKind
    shapes: Mapping[str, Any] = field(default_factory=dict)
    taken: tuple[Taken, ...] = ()
    asked: tuple[Asked, ...] = ()
    empty: tuple[Place, ...] = ()
    mended: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def rejected(self) -> bool:
        return any(one.level == "error" for one in self.problems)

    @property
    def undecided(self) -> tuple[Asked, ...]:
        return tuple(one for one in self.asked if one.answer is None)

    @property
    def ready(self) -> bool:
        """Whether it may be put in use: no error, nothing left to answer, and something to draw."""
        return not self.rejected and not self.undecided and bool(self.shapes)

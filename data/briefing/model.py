"""One page of a 汇报, before any format: the stage draws it on screen, the deck writes it as a slide.

Units stand in every text under the names that ``names`` gave, so that a hidden name is nowhere in a page.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal


@dataclass(frozen=True)
class Figure:
    """A key number: "4", its unit "个", and what it counts ("较好")."""

    text: str
    unit: str
    label: str
    grade: str | None = None


@dataclass(frozen=True)
class Bar:
    """One line of a chart: a unit (as shown), its value and how it is written; parts in the order of ``Chart.series``."""

    key: str
    label: str
    values: tuple[Fraction | None, ...]
    texts: tuple[str, ...]
    grade: str | None = None
    note: str = ""


@dataclass(frozen=True)
class Chart:
    """A bar chart. ``kind`` is "ranked" (one series, coloured by grade), "stacked" or "grouped"; ``lines`` are 等次线 on the axis."""

    kind: Literal["ranked", "stacked", "grouped"]
    series: tuple[str, ...]
    bars: tuple[Bar, ...]
    unit: str = "分"
    lines: tuple[tuple[str, Fraction], ...] = ()
    low: Fraction = Fraction(0)
    high: Fraction = Fraction(100)


@dataclass(frozen=True)
class Grid:
    """A table of few rows."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    left: int = 1


@dataclass(frozen=True)
class Page:
    """One page: a topic, its message (one sentence with its number), and at most one thing to look at.

    ``key`` names the page for good ("ranking", "why:2"), never by a unit's name. ``cites`` are the clauses at its foot,
    ``notes`` what the presenter says. ``reveals``: whether it shows units that are uncovered one by one.
    """

    key: str
    topic: str
    message: str
    cites: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    lines: tuple[str, ...] = ()
    chart: Chart | None = None
    grid: Grid | None = None
    map: bool = False
    notes: tuple[str, ...] = ()
    reveals: bool = False
    parts: tuple[str, ...] = field(default=())

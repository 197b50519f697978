"""How a grade (等次) looks: a colour, a shape and its word, always together, so that no one depends on the colour.

The colours were checked for normal, protan, deutan and tritan eyes; on a dark wall they are lifted until they stand out.
Screen and documents take them from here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WHITE, INK = "#FFFFFF", "#1B2733"


@dataclass(frozen=True)
class Look:
    """One grade by day or on a wall: its colour, the ink on that colour, the tint of its band, its shapes.

    ``shape`` is written in text, ``symbol`` is Plotly's name of the same shape.
    """

    color: str
    ink: str
    tint: str
    shape: str
    symbol: str


@dataclass(frozen=True)
class Palette:
    """Every colour a picture needs, by day or on a wall. ``grades`` go from the best to the worst."""

    grades: tuple[Look, ...]
    text: str
    quiet: str
    line: str
    paper: str
    ground: str
    missing: str


_SHAPES = (("●", "circle"), ("◆", "diamond"), ("▲", "triangle-up"), ("■", "square"))


def _looks(*colors: tuple[str, str, str]) -> tuple[Look, ...]:
    return tuple(Look(*color, *shape) for color, shape in zip(colors, _SHAPES, strict=True))


LIGHT = Palette(
    _looks(
        ("#004E8C", WHITE, "#E3ECF5"), ("#56B4E9", INK, "#EDF7FD"), ("#E69F00", INK, "#FDF4E1"),
        ("#A3231B", WHITE, "#F9EBE9"),
    ),
    text=INK, quiet="#55616D", line="#C3CCD5", paper=WHITE, ground="#F4F6F8", missing="#6B7885",
)  # fmt: skip
DARK = Palette(
    _looks(
        ("#3F8FD2", "#0B131B", "#14283B"), ("#A5DAF8", "#0B131B", "#16303D"), ("#F0AE2B", "#0B131B", "#2A261B"),
        ("#E0685C", "#0B131B", "#2D1E20"),
    ),
    text="#EAF0F5", quiet="#B4C0CB", line="#4A5A68", paper="#0F1822", ground="#1A2632", missing="#93A1AE",
)  # fmt: skip


def look(grades: Sequence[str], grade: str, colors: Palette) -> Look:
    """The look of a grade among a scheme's grades, best first. The last grade has the last look, however many there are.

    好 较好 一般 较差 take the four looks in order; with two grades the second is a square, as the worst always is.
    """
    place = list(grades).index(grade)
    return colors.grades[-1] if place and place == len(grades) - 1 else colors.grades[min(place, len(_SHAPES) - 2)]


def neutral(colors: Palette) -> Look:
    """A unit with a score and without a grade (待评议): the colour of no grade, a shape of its own."""
    return Look(colors.quiet, colors.paper, colors.ground, "◉", "circle-dot")


def sign(grades: Sequence[str], grade: str) -> str:
    """Shape and word: "◆ 较好"."""
    return f"{look(grades, grade, LIGHT).shape} {grade}"

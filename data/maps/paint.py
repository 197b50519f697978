"""How one place is painted: colours never speak alone, each has its shape and its word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from data import looks
from data.looks import LIGHT, Palette

RGB = tuple[int, int, int]

GRADES = ("好", "较好", "一般", "较差")
SHADES: tuple[RGB, ...] = ((214, 231, 244), (156, 197, 227), (86, 154, 203), (30, 107, 166), (0, 63, 115))


@dataclass(frozen=True, slots=True)
class Fill:
    """How one place is painted: a colour, and the same said in a shape and a word.

    ``lines`` stand under the name on the map (the word, where there are none); ``tip`` is what a pointer resting on
    the place shows. A ``quiet`` place is named only where there is room, and by its name alone.
    """

    rgb: RGB
    word: str
    shape: str = ""
    lines: tuple[str, ...] = ()
    tip: str = ""
    quiet: bool = False

    @property
    def sign(self) -> str:
        """Shape and word together: ``● 好``."""
        return f"{self.shape} {self.word}".strip()


def rgb(color: str) -> RGB:
    """The three bytes of ``#004E8C``."""
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def hexed(color: RGB) -> str:
    """``#004E8C`` of its three bytes."""
    return f"#{bytes(color).hex().upper()}"


def grade_fill(
    grade: str | None,
    *,
    grades: Sequence[str] = GRADES,
    colors: Palette = LIGHT,
    lines: Sequence[str] = (),
    tip: str = "",
) -> Fill:
    """The fill of a grade (等次) among a scheme's ``grades``; of a word that is none of them (暂缺), grey with the word."""
    if grade is not None and grade in grades:
        look = looks.look(grades, grade, colors)
        return Fill(rgb(look.color), grade, look.shape, tuple(lines), tip)
    return Fill(rgb(colors.line), grade or "无数据", "○", tuple(lines), tip)


def shade_fill(
    share: float | None, word: str, *, colors: Palette = LIGHT, lines: Sequence[str] = (), tip: str = ""
) -> Fill:
    """A fill on a scale from pale (``share`` 0) to dark (1); None is grey."""
    if share is None:
        return Fill(rgb(colors.line), word, "○", tuple(lines), tip)
    step = min(int(max(share, 0) * len(SHADES)), len(SHADES) - 1)
    return Fill(SHADES[step], word, "", tuple(lines), tip)


def ink(ground: RGB) -> RGB:
    """The letters' colour on a ground: white on the dark colours, near-black on the others, by their luminance."""
    red, green, blue = ground
    return rgb(looks.WHITE if 0.2126 * red + 0.7152 * green + 0.0722 * blue < 110 else looks.INK)


def pale(colors: Palette) -> RGB:
    """The colour of ground that is there and of which nothing is told: between the paper and the greys."""
    red, green, blue = ((a + b) // 2 for a, b in zip(rgb(colors.paper), rgb(colors.line), strict=True))
    return red, green, blue

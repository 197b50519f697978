"""A scale of points in equal steps: from pale to dark, and what each step holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from data.maps import paint
from data.maps.paint import Fill
from scoring.exact import plain

STEPS = len(paint.SHADES)


@dataclass(frozen=True)
class Scale:
    """Equal steps from ``low``, each ``step`` points wide, that just hold what is shown; a value on an edge is above it."""

    low: Fraction
    step: Fraction

    @classmethod
    def of(cls, values: Sequence[Fraction]) -> Scale:
        """The finest scale with round edges, of half a point or more, that holds all values; any scale for none."""
        low, high = (min(values), max(values)) if values else (Fraction(0), Fraction(100))
        for step in _round_steps():
            edge = low // step * step
            if high < edge + step * STEPS:
                return cls(edge, step)
        raise AssertionError("steps grow without end")

    def share(self, value: Fraction) -> float:
        """Where a value lies on the scale, in the middle of its step: 0 to 1."""
        step = min(max((value - self.low) // self.step, 0), STEPS - 1)
        return (step + 0.5) / STEPS

    def legend(self, highest: Fraction | None = None) -> tuple[Fill, ...]:
        """The steps from that of the ``highest`` value down: 90～92分 is 90 and more, less than 92."""
        edges = [plain(self.low + self.step * at) for at in range(STEPS + 1)]
        steps = enumerate(paint.SHADES)
        used = [(at, rgb) for at, rgb in steps if highest is None or self.low + self.step * at <= highest]
        return tuple(reversed([Fill(rgb, f"{edges[at]}～{edges[at + 1]}分", "■") for at, rgb in used]))


def _round_steps() -> Iterator[Fraction]:
    """½, 1, 2, 5, 10, 20, 50, …"""
    yield Fraction(1, 2)
    ten = 1
    while True:
        yield from (Fraction(ten), Fraction(2 * ten), Fraction(5 * ten))
        ten *= 10

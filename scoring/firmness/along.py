"""Along one weight: which grade a unit gets at every share of it, and an interval of shares in words that stay true."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from scoring import exact
from scoring.firmness.form import Form
from scoring.firmness.places import track
from scoring.firmness.weightings import Interval

ZERO, ONE = Fraction(0), Fraction(1)


@dataclass(frozen=True)
class Segment:
    """Shares of one weight from ``low`` to ``high`` that end in one grade; which ends belong to it is the interval's to say."""

    low: Fraction
    high: Fraction
    grade: str


def segments(line: Form, index: int) -> tuple[Segment, ...]:
    """The whole way from 0 to 1 of one weight, the others keeping their proportions, cut where the final grade changes."""
    if len(line.names) == 1:
        return (Segment(ZERO, ONE, line.final(line.mean)),)
    way = track(line, index)
    cuts = [(each - way.start) / way.slope for each in line.lines] if way.slope else []
    ends = sorted({ZERO, ONE, *(cut for cut in cuts if ZERO < cut < ONE)})
    found: list[Segment] = []
    for low, high in pairwise(ends):
        grade = line.final(way.at((low + high) / 2))
        if found and found[-1].grade == grade:
            low = found.pop().low
        found.append(Segment(low, high, grade))
    return tuple(found)


def interval_text(interval: Interval) -> str:
    """「0至69.15%」: rounded inward to hundredths of a per cent, so that every share it names truly keeps what is kept.

    「任意」 where nothing bounds it; exact figures that go on are cut and marked where the stretch is narrower than a step.
    """
    if (interval.low, interval.high) == (ZERO, ONE) and interval.low_closed and interval.high_closed:
        return "任意"
    told = interval.inward or (interval.low, interval.high)
    return "至".join(dict.fromkeys(exact.shown(100 * end, 2) for end in told)) + "%"

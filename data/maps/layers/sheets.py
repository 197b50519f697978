"""收齐情况: how many of the sheets that the result needs have come, and which have not."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from data.maps import paint
from data.maps.layers.model import Asked, Painted, tip
from data.maps.paint import Fill
from data.maps.spots import Spot, facts
from scoring.results import UnitResult
from scoring.scheme import Scheme
from scoring.waits import absent, waits

NONE_OWN = "不单独上报"
"""A unit that takes its score from those it helps."""


def painted(found: Sequence[Spot], asked: Asked) -> Painted:
    """From nothing (pale) to all (dark)."""
    told = {spot.place.code: _here(spot.result) for spot in found if spot.result}
    fills = {spot.place.code: _fill(spot, *told[spot.place.code], asked) for spot in found}
    steps = sorted({(Fraction(here, whole), whole) for here, whole in told.values() if whole}, reverse=True)
    legend = [_shade(share, _word(int(share * whole), whole), asked) for share, whole in steps]
    parts = "、".join(one.name for one in asked.scheme.counted)
    note = f"图示应计入结果的评分表（{parts}）收到几份；表已收到而尚待填数、待核的，按已收计，另行说明。"
    return Painted(fills, tuple(Fill(each.rgb, each.word, "■") for each in legend), note)


def _here(result: UnitResult) -> tuple[int, int]:
    """Sheets that have come, and those that should."""
    parts = [part for part in result.components.values() if part.counted]
    if result.inherited:
        return 0, 0
    return sum(part.sheet is not None for part in parts), len(parts)


def _word(here: int, whole: int) -> str:
    return f"已收齐（{whole}份）" if here == whole else f"已收{here}份，应收{whole}份"


def _fill(spot: Spot, here: int, whole: int, asked: Asked) -> Fill:
    assert spot.result is not None
    if not whole:
        return paint.shade_fill(
            None, NONE_OWN, colors=asked.colors, tip=tip(spot, "随帮扶对象计分，不单独上报", *facts(spot))
        )
    names = _missing(asked.scheme, spot.result)
    stuck = waits(spot.result)
    lines = ["已收齐" if here == whole else _word(here, whole)]
    if here == whole and stuck:
        lines = ["已收齐，尚待核"]
    more = (_word(here, whole), f"尚缺：{names}" if names else "", *stuck)
    return _shade(Fraction(here, whole), _word(here, whole), asked, lines, tip(spot, *more, *facts(spot)))


def _missing(scheme: Scheme, result: UnitResult) -> str:
    return "、".join(absent(scheme, result))


def _shade(share: Fraction, word: str, asked: Asked, lines: Sequence[str] = (), told: str = "") -> Fill:
    return paint.shade_fill(float(share), word, colors=asked.colors, lines=lines, tip=told)

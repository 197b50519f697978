"""情形: under judgement, what is to follow for a problem, what waits for its second person, praise, or nothing registered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from data.looks import Palette
from data.maps import paint
from data.maps.layers.gravity import ladder, looks
from data.maps.layers.model import Asked, Painted, rests, tip
from data.maps.paint import Fill
from data.maps.spots import Spot
from data.maps.spots import facts as told
from scoring.judged import judged

NONE = "未登记情形"


def painted(found: Sequence[Spot], asked: Asked) -> Painted:
    """Never 暂缺: a unit without a 情形 has none registered."""
    outcomes = [each for each in asked.scheme.outcomes if not each.concerns]
    known = looks(outcomes, asked.colors)
    fills = {spot.place.code: _fill(spot, known, asked.colors) for spot in found}
    ranks = ladder(outcomes, asked.colors)
    order = (
        *(each for each in ranks if each.shape == "■"),
        _waiting(asked.colors),
        *(e for e in ranks if e.shape != "■"),
    )
    note = f"图示已登记并核对的情形及拟作的处理（{rests(*outcomes)}），由评议作出综合评价，不计总分；一地有几种处理的，按最重的着色。"
    return Painted(fills, order, note)


def _waiting(colors: Palette) -> Fill:
    return Fill(paint.rgb(colors.grades[2].color), "情形待核对", "▲")


def _fill(spot: Spot, known: Mapping[str, Fill], colors: Palette) -> Fill:
    assert spot.state is not None
    assert spot.result is not None
    one = judged(spot.state.scheme, spot.result)
    follows = [f"拟{each.outcome.action}（{each.outcome.basis}）" for each in (*one.follows, *one.praised)]
    shown = tip(spot, *(line for line in told(spot) if not line.startswith("拟")), *follows)
    if one.gravest is not None:
        fill = known[one.gravest.action]
    elif one.waiting:
        fill = _waiting(colors)
    elif one.praised:
        fill = known[one.praised[0].outcome.action]
    else:
        return Fill(paint.rgb(colors.line), NONE, "○", tip=shown)
    return replace(fill, lines=(fill.sign,), tip=shown)

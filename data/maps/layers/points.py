"""得分 and 考核方式: points from pale to dark, out of their full marks where these are not 100."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from data.maps import paint
from data.maps.layers.model import Asked, Painted, UnknownLayerError, rests, tip
from data.maps.layers.steps import Scale
from data.maps.paint import Fill
from data.maps.spots import Spot, facts
from scoring.exact import plain
from scoring.explain import score_text
from scoring.results import ComponentResult
from scoring.scheme import Scheme
from scoring.standing import MISSING

WAITING = "待核"
"""A sheet has come, and what stands in it cannot be scored yet."""
HUNDRED = Fraction(100)
STEPS_READ = "每档含下限、不含上限，颜色越深得分越高"


def score(found: Sequence[Spot], asked: Asked) -> Painted:
    """The official score."""
    values = {spot.place.code: spot.result.score for spot in found if spot.result and spot.result.score is not None}
    of = full(asked.scheme, asked.scheme.base, out=asked.scheme.base != HUNDRED)

    def fill(spot: Spot, value: Fraction | None, share: float | None) -> Fill:
        told = MISSING if value is None else f"{score_text(asked.scheme, value)}{of}"
        return paint.shade_fill(share, told, colors=asked.colors, tip=tip(spot, *facts(spot)))

    rounded = f"四舍五入保留{asked.scheme.places}位小数" if asked.scheme.places is not None else "不舍入"
    note = f"图示综合得分（满分{plain(asked.scheme.base)}分，{rounded}）；{STEPS_READ}。"
    return shaded(found, values, fill, note)


def part(found: Sequence[Spot], asked: Asked) -> Painted:
    """The score of one 考核方式."""
    known = next((one for one in asked.scheme.counted if one.id == asked.choice), None)
    if known is None:
        raise UnknownLayerError(f"part.{asked.choice}")
    whole, scheme = asked.scheme.full_of(known.id), asked.scheme
    of = full(scheme, whole, out=scheme.combine == "add" or whole != HUNDRED)
    parts = {spot.place.code: _part(spot, known.id) for spot in found}
    values = {code: one.score for code, one in parts.items() if one and one.score is not None}

    def fill(spot: Spot, value: Fraction | None, share: float | None) -> Fill:
        told, why = (_lacking(parts[spot.place.code])) if value is None else (f"{score_text(scheme, value)}{of}", "")
        line = f"{known.name}：{told}{'' if value is None else '分'}"
        return paint.shade_fill(share, told, colors=asked.colors, tip=tip(spot, line, why, *facts(spot)))

    note = f"图示{known.name}得分（满分{plain(whole)}分{_weight(scheme, known.id)}，{rests(known)}）；{STEPS_READ}。"
    return shaded(found, values, fill, note)


def shaded(
    found: Sequence[Spot],
    values: dict[str, Fraction],
    fill: Callable[[Spot, Fraction | None, float | None], Fill],
    note: str,
) -> Painted:
    """Places from pale to dark by their values; without one grey. ``fill`` paints (place, value, share of the scale)."""
    scale = Scale.of([*values.values()])
    fills = {
        spot.place.code: fill(spot, value, None if value is None else scale.share(value))
        for spot in found
        for value in (values.get(spot.place.code),)
    }
    return Painted(fills, scale.legend(max(values.values())) if values else (), note)


def full(scheme: Scheme, whole: Fraction, *, out: bool) -> str:
    """／100 after points, where it must be said out of how many they are."""
    return f"／{plain(whole)}" if out else ""


def _part(spot: Spot, component: str) -> ComponentResult | None:
    return spot.result.components.get(component) if spot.result else None


def _lacking(found: ComponentResult | None) -> tuple[str, str]:
    """Why a 考核方式 has no score: the word, and more of it."""
    if found is None or found.sheet is None:
        return MISSING, "评分表未报"
    return WAITING, "；".join(dict.fromkeys(found.open_rows)) or "评分表缺项"


def _weight(scheme: Scheme, component: str) -> str:
    """Its share of the total, where components are weighed."""
    weight, whole = scheme.weights[component], sum(scheme.weights.values(), Fraction(0))
    if scheme.combine != "weighted" or len(scheme.counted) < 2 or not whole:
        return ""
    share = weight * 100 / whole
    return f"，权重{plain(share) if share.denominator == 1 else f'{float(share):.2f}'}％"

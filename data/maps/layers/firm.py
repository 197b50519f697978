"""稳定性: how far all weights may move at once with the grade staying (安全半径); which grades are soft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from data.maps import paint
from data.maps.layers.model import Asked, Firm, Painted, result_groups, tip
from data.maps.paint import RGB, Fill
from data.maps.spots import Spot, facts, score
from scoring.firmness.radius_words import every, radius_sentence
from scoring.firmness.verdicts import Verdict, radius_text, standing_text
from scoring.standing import MISSING, word

EDGES = (5, 10, 20, 50)
"""Per cent at which a class of safe radius ends and the next begins."""
SHADES: tuple[RGB, ...] = ((73, 0, 106), (136, 40, 140), (200, 70, 140), (244, 130, 130), (253, 185, 130))
"""From soft (dark) to firm (light): told apart by every eye, and from the greys; no colour of a grade, so that nobody takes
it for one."""
FIXED: RGB = (250, 235, 170)
BARS = "▁▂▃▅▆█"
"""The shape of each class: the firmer, the higher."""
UNJUDGED = "不作判断"


def classes() -> tuple[Fill, ...]:
    """The legend, from soft to firm."""
    bounds = [f"±{low}～{high}%" for low, high in pairwise(EDGES)]
    names = [f"不足±{EDGES[0]}%", *bounds, f"±{EDGES[-1]}%及以上", "怎样调整均不变"]
    return tuple(Fill(rgb, told, bar) for rgb, told, bar in zip((*SHADES, FIXED), names, BARS, strict=True))


def class_of(within: Fraction | None) -> int:
    """The class of a radius in per cent as it is told (rounded down); None: below a tenth."""
    return sum((within or 0) >= edge for edge in EDGES)


def painted(found: Sequence[Spot], asked: Asked) -> Painted:
    """Softest first in the legend; grades stay told by shape and word on the label."""
    firm = {group: asked.measures.firm(asked.state, group) for group in result_groups(found, asked.state)}
    fills = {spot.place.code: _fill(spot, _verdict(spot, firm), asked) for spot in found}
    return Painted(fills, classes(), _note(firm, asked))


def _verdict(spot: Spot, firm: Mapping[str, Firm]) -> tuple[Verdict, str] | None:
    assert spot.result is not None
    told = firm.get(spot.result.group)
    verdict = told.verdicts.get(spot.result.unit) if told else None
    return (verdict, every(told.level)) if told and told.level and verdict else None


def _fill(spot: Spot, known: tuple[Verdict, str] | None, asked: Asked) -> Fill:
    assert spot.result is not None
    verdict, whose = known or (None, "")
    told = verdict.told.firm if verdict else None
    if verdict is None or told is None:
        why = verdict.told.why_not if verdict else "没有两项以上的权重可以变动"
        short = MISSING if spot.result.score is None else UNJUDGED
        return paint.shade_fill(
            None, short, colors=asked.colors, lines=_lines(spot, asked, short), tip=tip(spot, why, *facts(spot))
        )
    step = classes()[len(EDGES) + 1 if told.radius is None else class_of(told.radius.within)]
    standing = standing_text(verdict)
    sentence = radius_sentence(told, whose)
    held = "；".join(f"按{each.cite}最高为“{each.best}”" for each in verdict.told.binding)
    lines = _lines(spot, asked, *([radius_text(verdict)] if told.radius else []), standing)
    return replace(step, lines=lines, tip=tip(spot, f"等次{standing}：{sentence}", held, *facts(spot)))


def _lines(spot: Spot, asked: Asked, *more: str) -> tuple[str, ...]:
    """The grade with the radius, then how firm in a word."""
    assert spot.result is not None
    assert spot.state is not None
    grade = word(spot.result)
    shown = paint.grade_fill(grade, grades=spot.state.scheme.grades, colors=asked.colors).sign
    first = shown if more[0] in (MISSING, grade) else f"{shown} {more[0]}"
    return (first, *more[1:]) if score(spot) else (shown,)


def _note(firm: Mapping[str, Firm], asked: Asked) -> str:
    names = dict.fromkeys(every(one.level) for one in firm.values() if one.level)
    return (
        f"图示安全半径：{'、'.join(names)}权重同时按比例变动该百分比以内，等次不变；“不稳”指权重±5个百分点内就可能改变等次。"
        "按舍入后的等次线计，计入等次限制；百分比向下取一位小数，每档含下限、不含上限。"
    )

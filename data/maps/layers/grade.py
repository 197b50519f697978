"""等次: the grade that stands, by colour, shape and word, with the score beside it."""

from __future__ import annotations

from collections.abc import Sequence

from data.maps import paint
from data.maps.layers.model import Asked, Painted, rests, tip
from data.maps.paint import Fill
from data.maps.spots import Spot, facts, score
from scoring.scheme import Scheme
from scoring.standing import borrowed, word


def painted(found: Sequence[Spot], asked: Asked) -> Painted:
    """Every grade of the scheme is in the legend, whether anyone has it or not."""
    order, colors = asked.scheme.grades, asked.colors
    fills = {spot.place.code: _fill(spot, asked) for spot in found}
    return Painted(
        fills, tuple(paint.grade_fill(each, grades=order, colors=colors) for each in order), _note(asked.scheme)
    )


def _fill(spot: Spot, asked: Asked) -> Fill:
    assert spot.result is not None
    assert spot.state is not None
    order, grade = spot.state.scheme.grades, word(spot.result)
    shown = paint.grade_fill(grade, grades=order, colors=asked.colors).sign
    moved = f"因四舍五入进入“{spot.result.score_grade}”" if spot.result.crossed_by_rounding else ""
    return paint.grade_fill(
        grade, grades=order, colors=asked.colors, lines=[f"{shown}{limited(spot)} {score(spot)}".strip()],
        tip=tip(spot, *facts(spot), *_limits(spot), moved),
    )  # fmt: skip


def limited(spot: Spot) -> str:
    """（受限制） beside a grade that a limit holds down: the score alone would look like a mistake."""
    return "（受限制）" if spot.result is not None and any(limit.binds for limit in spot.result.limits) else ""


def _limits(spot: Spot) -> list[str]:
    """The limits that hold the grade down, with their clauses."""
    assert spot.result is not None
    return [
        f"按{each.cite}最高为“{each.best}”，按分数为“{spot.result.score_grade}”"
        for each in spot.result.limits
        if each.binds
    ]


def _note(scheme: Scheme) -> str:
    if lent := borrowed(scheme):
        basis = f"借用{lent}的等次线，不是本文件的规定"
    else:
        basis = f"等次线{rests(scheme.bands)}" if scheme.bands else ""
    rounded = f"按四舍五入保留{scheme.places}位小数的得分对照" if scheme.places is not None else "按未舍入的得分对照"
    return f"图示测算等次：{basis}，{rounded}；已计入等次限制和保底。"

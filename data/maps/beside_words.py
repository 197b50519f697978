"""A unit against its neighbours in words and rows: "邻近3个市（区）平均91.03分，高0.42分。"."""

from __future__ import annotations

from fractions import Fraction

from data.maps.beside import Against, Beside
from scoring import exact
from scoring.explain import score_text
from scoring.standing import MISSING

PLACES = 2
"""Decimals of a mean: what these do not tell exactly is cut and marked (91.03…), never rounded across a line."""


def sentence(found: Against) -> str:
    """The mean of the neighbours that count and how far the unit is from it; empty where there is nothing to compare."""
    state = found.spot.state
    if state is None or found.mean is None:
        return ""
    words, counted = state.scheme.words, len(found.counted)
    rest = len(units(found)) - counted
    apart = f"（另有{rest}{words.measure}未计入平均）" if rest else ""
    mean = _size(found.mean)
    return f"邻近{counted}{words.measure}{words.units}平均{mean}分{_way(found.difference)}{apart}。"


def units(found: Against) -> tuple[Beside, ...]:
    """The neighbours that are units themselves; places outside the assessment say nothing of it."""
    return tuple(row for row in found.rows if row.spot.result is not None)


def score(row: Beside) -> str:
    """The neighbour's score as printed, or 暂缺."""
    state = row.spot.state
    return MISSING if row.score is None or state is None else score_text(state.scheme, row.score)


def difference(row: Beside) -> str:
    """高0.42 or 低1.20 as seen from the unit; why it is not compared, where it is not."""
    if row.difference is None:
        return row.why or "—"
    return "相同" if not row.difference else f"{_word(row.difference)}{_size(row.difference)}"


def _way(value: Fraction | None) -> str:
    if value is None:
        return ""
    return f"，{_word(value)}{_size(value)}分" if value else "，与之相同"


def _word(value: Fraction) -> str:
    return "高" if value > 0 else "低"


def _size(value: Fraction) -> str:
    return exact.signed(abs(value), PLACES).lstrip("+")

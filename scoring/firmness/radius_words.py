"""The safe radius and the safe interval in words: rounded so that every sentence stays true, and worded in one place."""

from __future__ import annotations

from fractions import Fraction

from scoring import exact
from scoring.firmness.grade import Firmness
from scoring.firmness.weightings import Radius

FULL = Fraction(100)
"""Beyond ±100 % of itself nobody can picture a weight's change."""
NEVER = "现有权重按比例怎样调整均不变"
"""Instead of a radius where there is none. A weight of zero is never raised in proportion: raised alone it may change a grade."""
AT_ONCE = "不足±0.1%"


def radius_short(radius: Radius | None) -> str:
    """For a table: "±6.2%", "不足±0.1%", "超过±100%"."""
    if radius is None:
        return NEVER
    if radius.within is None:
        return AT_ONCE
    return f"±{exact.fixed(radius.within, 1)}%" if radius.within <= FULL else f"超过±{exact.plain(FULL)}%"


def together(every: str, within: Fraction) -> str:
    """How far all weights may move at once; ``every``: whose, "各考核方式"."""
    return f"{every}权重同时变动±{exact.fixed(min(within, FULL), 1)}%以内"


def radius_sentence(firm: Firmness, every: str = "各") -> str:
    """How far all weights may change at once with the grade staying: 「各权重同时变动±70.1%以内，等次不变」."""
    if firm.fixed:
        return "无论权重怎样调整，等次都不变"
    if firm.radius is None:
        return "现有权重按比例怎样调整，等次都不变；给权重为0的加上权重，则可能改变"
    within = firm.radius.within
    return "权重稍有变动，等次就可能改变" if within is None else f"{together(every, within)}，等次不变"

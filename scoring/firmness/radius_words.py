"""The safe radius and the safe interval in words: rounded so that every sentence stays true, and worded in one place."""

from __future__ import annotations

from fractions import Fraction

from scoring import exact
from scoring.firmness.grade import Firmness
from scoring.firmness.weightings import Radius
from scoring.nodes import NODE
from scoring.trial import Level

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


def every(level: Level) -> str:
    """Whose weights a level has: 「各考核方式」, 「“责任落实”之下各项」."""
    return f"{level.name}各项" if level.id.startswith(NODE) else f"各{level.name}"


def together(whose: str, within: Fraction, what: str = "等次") -> str:
    """How far all weights may move at once with ``what`` staying; ``whose``: "各考核方式".

    「各考核方式权重同时变动±70.1%以内，等次不变」; beyond ±100 %: 「……同时变动达到±100%，等次也不变」.
    """
    if within > FULL:
        return f"{whose}权重同时变动达到±{exact.plain(FULL)}%，{what}也不变"
    return f"{whose}权重同时变动±{exact.fixed(within, 1)}%以内，{what}不变"


def radius_sentence(firm: Firmness, whose: str) -> str:
    """How far all weights may change at once with the grade staying: 「各考核方式权重同时变动±70.1%以内，等次不变」."""
    if firm.fixed:
        return f"无论{whose}权重怎样调整，等次都不变"
    if firm.radius is None:
        return f"{whose}现有权重按比例怎样调整，等次都不变；给权重为0的加上权重，则可能改变"
    return moves_together(firm.radius, whose)


def moves_together(radius: Radius, whose: str) -> str:
    """The same of a radius that is there."""
    return "权重稍有变动，等次就可能改变" if radius.within is None else together(whose, radius.within)

"""How far a target was reached (完成率), and what that earns: by its share, or by 档."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Literal

from pydantic import Field, model_validator

from scoring import exact
from scoring.kinds import Element, Share, wrong

FULL = Fraction(100)


class Tier(Element):
    """One 档 of a completion: from ``at`` percent of the target on, ``earns`` percent of the item's full marks."""

    at: Share = Field(description="completion in percent from which it holds, included")
    earns: Share = Field(description="percent of the item's full marks it earns")

    @model_validator(mode="after")
    def _earns_no_more_than_all(self) -> Tier:
        if self.earns > 100:
            raise wrong("每档所得以该项满分的100%为限；另加的分请写成加分")
        return self


class Completion(Element):
    """How far a target was reached (完成率), and what that earns. Without tiers: full marks × completion, at most all."""

    better: Literal["more", "less"] = Field(
        "more", description="more: value ÷ target; less: the less the better, target ÷ value (发生数, 办理天数)"
    )
    tiers: tuple[Tier, ...] = Field((), description="分档得分, best first; below the last tier nothing")
    zero_below: Share | None = Field(None, description="a completion below this, in percent, earns nothing")

    @model_validator(mode="after")
    def _tiers_descend(self) -> Completion:
        for upper, lower in pairwise(self.tiers):
            if upper.at <= lower.at or upper.earns <= lower.earns:
                raise wrong("各档应从高到低：at 与 earns 都要一档低于一档")
        if self.tiers and self.zero_below is not None:
            raise wrong("分档计分（tiers）的，最后一档以下本来不得分；zero_below 请删去")
        return self


def completion(rule: Completion, value: Fraction, target: Fraction) -> Fraction | None:
    """How far a value reaches its target, in percent: value ÷ target, or target ÷ value where less is better.

    None: beyond any number (nothing happened where less is better). A target of 0 is reached wholly or not at all.
    """
    if rule.better == "less":
        return None if value <= 0 else target * FULL / value
    if target <= 0:
        return FULL if value >= target else Fraction(0)
    return max(value, Fraction(0)) * FULL / target


def earned_by(rule: Completion, reached: Fraction | None) -> tuple[Fraction, str]:
    """Points out of 100 for a completion, and in words which 档 it is: "达到90%档（得80%），"."""
    if rule.tiers:
        tier = next((tier for tier in rule.tiers if reached is None or reached >= tier.at), None)
        if tier is None:
            return Fraction(0), f"未达{exact.plain(rule.tiers[-1].at)}%的最低档，"
        return tier.earns, f"达到{exact.plain(tier.at)}%档（得{exact.plain(tier.earns)}%），"
    if reached is None or reached >= FULL:
        return FULL, ""
    if rule.zero_below is not None and reached < rule.zero_below:
        return Fraction(0), f"低于{exact.plain(rule.zero_below)}%不得分，"
    return max(reached, Fraction(0)), ""

"""What a measured item earns, as a formula: 比例, 完成率 with its 档, 是否, against targets that may be changed.

Only what stands in the cell itself and in the scheme decides. What looks at other units (中位法), at a task's answer or at
money that came late is no formula; the system's own value stands there.
"""

from __future__ import annotations

from fractions import Fraction

from data.documents.live_cells import literal
from data.documents.live_parameters import Key
from scoring.completion import Completion
from scoring.elements import Indicator
from scoring.items import NO, YES
from scoring.marks import Mark
from scoring.scheme import Scheme

_OPERATORS = {"above": ">", "at_least": ">=", "at_most": "<=", "below": "<"}
_BEYOND = "1000000"
"""A completion beyond any number: nothing happened where less is better."""


def target_key(target: str) -> Key:
    """The key of a target's figure among the parameters."""
    return "target", target


def is_measured(scheme: Scheme, row: Indicator) -> bool:
    """Whether the item's kind has a formula under this scheme."""
    if row.kind == "ratio":
        return scheme.ratios is not None and scheme.median is None
    if row.kind == "yesno":
        return not row.target or _known(scheme, row)
    return row.kind == "completion" and (not row.target or _known(scheme, row))


def _known(scheme: Scheme, row: Indicator) -> bool:
    return any(target.id == row.target and target.value is not None for target in scheme.targets)


def is_live(scheme: Scheme, row: Indicator, mark: Mark | None) -> bool:
    """Whether a formula scores what was written: a tick, points, 不适用, nothing yet, or what its kind measures."""
    if mark is None or not mark.applicable or mark.grade is not None or mark.score is not None:
        return True
    return is_measured(scheme, row)


def measured(scheme: Scheme, row: Indicator, cell: str, target: str) -> str:
    """The points out of 100 for the value in ``cell``; ``target`` is the cell of the item's target, if it has one."""
    if row.kind == "ratio":
        least = scheme.ratios.zero_below if scheme.ratios else None
        return cell if least is None else f"IF(ROUND({cell}-{literal(least)},8)<0,0,{cell})"
    if row.kind == "yesno":
        answered = f'IF({cell}="{YES}",100,IF({cell}="{NO}",0,{{0}}))'
        if not target:
            return answered.format('""')
        return answered.format(f"IF(ROUND({cell}-{target},8){_OPERATORS[row.compare or 'at_least']}0,100,0)")
    rule = row.completion or Completion.model_validate({})
    return _earned(rule, _reached(rule, cell, target))


def _reached(rule: Completion, cell: str, target: str) -> str:
    """The completion in percent."""
    if not target:
        return cell
    if rule.better == "less":
        return f"IF({cell}<=0,{_BEYOND},{target}*100/{cell})"
    return f"IF({target}<=0,IF({cell}>={target},100,0),MAX({cell},0)*100/{target})"


def _earned(rule: Completion, reached: str) -> str:
    if rule.tiers:
        told = "0"
        for tier in reversed(rule.tiers):
            told = f"IF(ROUND({reached}-{literal(tier.at)},8)>=0,{literal(tier.earns)},{told})"
        return told
    earned = f"MAX(0,MIN(100,{reached}))"
    if rule.zero_below is None or rule.zero_below <= Fraction(0):
        return earned
    return f"IF(ROUND({reached}-{literal(rule.zero_below)},8)<0,0,{earned})"

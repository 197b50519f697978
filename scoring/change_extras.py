"""What 加分 and 扣分 make of a difference between two results under the same scheme, exactly.

They enter after the sum, within bounds, so their effect is not the sum of their points. The marks move first, then each
加分 and 扣分 that differs is put in after the other, in the order in which they count: whatever a bound takes away is told
where it happens, and the parts telescope to the whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from scoring import exact
from scoring.extras import adjusted
from scoring.results import AppliedBonus, AppliedDeduction, UnitResult
from scoring.scheme import Scheme

ZERO = Fraction(0)
BOUNDS = "加分、扣分的上下限"
Applied = AppliedBonus | AppliedDeduction
Key = tuple[type, str]


@dataclass(frozen=True)
class ExtraPart:
    """The part of one 加分 or 扣分, or of their bounds: its words, and ``no`` where it is a 加分项 or 扣分项."""

    subject: str
    value: Fraction
    was: str = ""
    now: str = ""
    no: int | None = None


def extra_parts(scheme: Scheme, before: UnitResult, after: UnitResult) -> list[ExtraPart]:
    """The parts, together the change of what 加分 and 扣分 add. Both results have a score."""
    held, then = _by_key(before), _by_key(after)
    start, end = before.before_bonus or ZERO, after.before_bonus or ZERO
    last = _added(scheme, end, held.values())
    found = [ExtraPart(BOUNDS, last - _added(scheme, start, held.values()))]
    for key in (*then, *(key for key in held if key not in then)):
        was, now = held.get(key), then.get(key)
        if was is not None and now is not None and was.points == now.points:
            continue
        held = {**{k: v for k, v in held.items() if k != key}, **({key: now} if now else {})}
        value = _added(scheme, end, held.values())
        found += _told(was, now, value - last)
        last = value
    return [part for part in found if part.value or part.was != part.now]


def _by_key(result: UnitResult) -> dict[Key, Applied]:
    every: list[Applied] = [*result.bonuses, *result.deductions]
    return {(type(each), each.id): each for each in every}


def _added(scheme: Scheme, value: Fraction, applied: Iterable[Applied]) -> Fraction:
    """What these add to a sum."""
    every = list(applied)
    added = [each for each in every if isinstance(each, AppliedBonus)]
    taken = [each for each in every if isinstance(each, AppliedDeduction)]
    return adjusted(scheme, value, added, taken) - value


def _told(was: Applied | None, now: Applied | None, value: Fraction) -> Iterator[ExtraPart]:
    one = now or was
    if one is None:
        return
    word = "加分" if isinstance(one, AppliedBonus) else "扣分"
    where = f"（从{one.off}所得中扣）" if isinstance(one, AppliedDeduction) and one.off else ""
    yield ExtraPart(f"{word}“{one.text}”{where}", value, _points(was), _points(now), one.no)


def _points(each: Applied | None) -> str:
    return f"{exact.shown(each.points if each else ZERO)}分"

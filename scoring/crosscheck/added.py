"""加分 and 扣分 in a summary: left out of a total, of a column of their own, counted the wrong way, or beyond their bounds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from scoring import exact
from scoring.crosscheck.case import Case, Cause
from scoring.crosscheck.expected import same, unsigned
from scoring.crosscheck.layout import BONUS, DEDUCTION, Slot
from scoring.extras import adjusted
from scoring.results import AppliedBonus, AppliedDeduction

ZERO = Fraction(0)
Applied = Sequence[AppliedBonus | AppliedDeduction]


def points(applied: Applied) -> Fraction:
    """What they come to before any bound."""
    return sum((each.points for each in applied), ZERO)


def left_out(plus: Fraction, minus: Fraction) -> Cause:
    """没有计入加分3分, 没有扣除扣分2分, or both."""
    told = [f"没有计入加分{exact.plain(plus)}分"] if plus else []
    told += [f"没有扣除扣分{exact.plain(minus)}分"] if minus else []
    return Cause("extras" if plus and minus else "bonus" if plus else "deduction", "、".join(told))


def in_total(case: Case, slot: Slot, gives: Callable[[Fraction], bool]) -> Iterator[Cause]:
    """What of 加分 and 扣分 a total leaves out, if that gives the number; or whose sign it mistakes; or whose bounds."""
    result = case.of[slot.unit]
    before, added, taken = result.before_bonus, result.bonuses, result.deductions
    if before is None or not (added or taken):
        return
    plus, minus = points(added), points(taken)
    if added and gives(adjusted(case.scheme, before, (), taken)):
        yield left_out(plus, ZERO)
    elif taken and gives(adjusted(case.scheme, before, added, ())):
        yield left_out(ZERO, minus)
    elif gives(before):
        yield left_out(plus, minus)
    elif taken and gives(before + plus + minus):
        yield Cause("sign", f"扣分{exact.plain(minus)}分当成了加分")
    elif before + plus - minus != result.exact and gives(before + plus - minus):
        yield Cause("bounds", f"没有执行加分、扣分的上下限{_bounds(case)}")


def in_column(case: Case, slot: Slot, told: Fraction) -> Iterator[Cause]:
    """A column of 加分 or 扣分: one entry left out, or the bound of all not kept."""
    result = case.of[slot.unit]
    entries: Applied = result.bonuses if slot.kind == BONUS else result.deductions if slot.kind == DEDUCTION else ()
    word = "加分" if slot.kind == BONUS else "扣分"
    value = unsigned(slot, told)
    if points(entries) != case.wants[slot.at].value and same(value, points(entries)):
        yield Cause("bounds", f"没有执行{word}的上限{_bounds(case)}")
        return
    for each in entries:
        if same(value, points(entries) - each.points):
            yield Cause(
                slot.kind, f"没有计入{word}“{each.text}”（{each.told}，{exact.plain(each.points)}分，{each.cite}）"
            )
            return


def _bounds(case: Case) -> str:
    return f"（{case.scheme.extras.basis}）" if case.scheme.extras else ""

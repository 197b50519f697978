"""What the engine has for each cell of a summary, and when a cell agrees with it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction

from scoring import exact
from scoring.crosscheck.book import BookCell, decimals
from scoring.crosscheck.layout import BONUS, DEDUCTION, EXTRAS, GRADE, RANK, TOTAL, WEIGHT, Slot
from scoring.explain import score_text
from scoring.extras import net
from scoring.results import Results, UnitResult
from scoring.scheme import Scheme

DUST = Fraction(1, 10**9)
"""Below this a difference is a spreadsheet's binary arithmetic, not a different result."""
_MARKS = re.compile(r"[\s“”\"'‘’「」()（）]|等次$|档$")


@dataclass(frozen=True)
class Want:
    """The engine's value: ``value`` exact, ``official`` as it is printed; both None where there is none yet."""

    value: Fraction | str | None
    official: Fraction | str | None
    text: str


def shares(scheme: Scheme) -> dict[str, Fraction]:
    """Each counted component's share in the total; they sum to 1."""
    whole = sum(scheme.weights.values(), Fraction(0))
    return {name: weight / whole for name, weight in scheme.weights.items()}


def factor(scheme: Scheme, component: str) -> Fraction:
    """What a point of a component is worth in the total."""
    return shares(scheme).get(component, Fraction(0)) * scheme.base / scheme.full_of(component)


def least_places(scheme: Scheme) -> int:
    """Decimals a component's score must at least be written with to count as the same."""
    places = scheme.component_places if scheme.component_places is not None else scheme.places
    return 2 if places is None else places


def wanted(results: Results, slot: Slot) -> Want:
    """The engine's value for a cell."""
    scheme = results.scheme
    if slot.kind == WEIGHT:
        share = shares(scheme).get(slot.component, Fraction(0))
        return Want(share, share, f"{exact.shown(share * 100)}％")
    result = next((one for one in results.units if one.unit == slot.unit), None)
    return _absent() if result is None else _of(scheme, result, slot)


def _absent() -> Want:
    return Want(None, None, "暂缺")


def _of(scheme: Scheme, result: UnitResult, slot: Slot) -> Want:
    if slot.kind == TOTAL:
        if result.score is None or result.exact is None:
            return _absent()
        return Want(result.exact, result.score, score_text(scheme, result.score))
    if slot.kind == GRADE:
        return Want(result.grade, result.grade, result.grade or "暂缺")
    if slot.kind == RANK:
        return (
            _absent() if result.rank is None else Want(Fraction(result.rank), Fraction(result.rank), str(result.rank))
        )
    if slot.kind in EXTRAS:
        value = extra_points(scheme, result, slot.kind)
        return _absent() if result.score is None else Want(value, value, exact.shown(value))
    part = result.components.get(slot.component)
    if part is None:
        return _absent()
    if slot.kind == "item":
        return _item(scheme, result, slot)
    if part.exact is None:
        return _absent()
    value = part.exact * (factor(scheme, part.id) if slot.kind == "weighted" else 1)
    return Want(value, exact.half_up(value, least_places(scheme)), exact.shown(value))


def _item(scheme: Scheme, result: UnitResult, slot: Slot) -> Want:
    row = result.components[slot.component].rows.get(slot.item)
    if row is None or (row.points is None and row.grade is None):
        return Want(None, None, "不适用" if row else "没有逐项评分")
    points = None if row.points is None else row.points * item_scale(scheme, result, slot.component, slot.item)
    text = "、".join(each for each in (row.grade, exact.shown(points) if points is not None else "") if each)
    return Want(points, row.grade or points, text)


def item_scale(scheme: Scheme, result: UnitResult, component: str, no: int) -> Fraction:
    """Out of what an item's points are written, as a part of a hundred: its 分值 where it is not ticked."""
    part = result.components.get(component)
    done = part.rows.get(no) if part else None
    row = next((row for row in scheme.indicators_of(result.group) if row.no == no), None)
    ticked = done is not None and done.grade is not None
    return Fraction(1) if row is None or ticked else row.full.get(component, Fraction(100)) / 100


def extra_points(scheme: Scheme, result: UnitResult, kind: str) -> Fraction:
    """加分, 扣分 or both together (加减分), within the bounds that each has by itself."""
    plus, minus = net(scheme, result.bonuses, ()), -net(scheme, (), result.deductions)
    return plus if kind == BONUS else minus if kind == DEDUCTION else plus - minus


def same(one: Fraction, other: Fraction) -> bool:
    """Whether two numbers differ by no more than binary dust."""
    return abs(one - other) <= DUST


def plain_grade(text: str) -> str:
    """A grade as written, without blanks, quotation marks and 等次."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", text).strip())


def place_number(cell: BookCell) -> Fraction | None:
    """A place as written: 3, 第3名, 并列3."""
    if cell.number is not None:
        return cell.number
    found = re.fullmatch(r"(?:第|并列|并列第)?(\d{1,5})[名位]?", unicodedata.normalize("NFKC", cell.text).strip())
    return Fraction(found[1]) if found else None


def agrees(scheme: Scheme, slot: Slot, cell: BookCell, want: Want) -> bool:
    """Whether a cell says what the engine says, to the places that are printed."""
    if slot.kind in EXTRAS and (want.value is None or (want.value == 0 and cell.absent)):
        return True  # while a unit lacks a score its 加分 and 扣分 are not settled; none may be left blank
    if want.value is None and want.official is None:
        return cell.absent
    if slot.kind == GRADE:
        return plain_grade(cell.text) == want.official
    if slot.kind == RANK:
        return place_number(cell) == want.value
    if slot.kind == WEIGHT:
        return slot.told == want.value
    if slot.kind == "item" and cell.number is None:
        return plain_grade(cell.text) == want.official or (
            cell.text.strip() in ("√", "✓") and want.official == scheme.grades[0]
        )
    value = want.value
    return isinstance(value, Fraction) and cell.number is not None and written(scheme, slot, cell, value)


def written(scheme: Scheme, slot: Slot, cell: BookCell, value: Fraction) -> bool:
    """Whether a cell's number is ``value`` as this kind of cell is printed: officially rounded, or to its own places."""
    told = cell.number
    if told is None:
        return False
    if slot.kind in EXTRAS:
        return same(unsigned(slot, told), value)
    if slot.kind == TOTAL and scheme.places is not None:
        official = exact.half_up(value, scheme.places)
        seen = BookCell(cell.shown).number
        return same(told, official) or (seen == official and same(told, value))
    if same(told, value):
        return True
    if slot.kind == "item":
        return False
    places = least_places(scheme)
    for number in (told, BookCell(cell.shown).number):
        if number is not None and number == exact.half_up(value, max(decimals(number), places)):
            return number is told or same(told, value)
    return False


def unsigned(slot: Slot, value: Fraction) -> Fraction:
    """A 扣分 may be written as -3 or as 3."""
    return abs(value) if slot.kind == DEDUCTION else value


def accepts(scheme: Scheme, slot: Slot, value: object, want: Want) -> bool:
    """Whether a worked-out value is the engine's: a formula need not round where its neighbours do not."""
    if isinstance(value, str):
        return plain_grade(value) == want.official
    if not isinstance(value, Fraction) or not isinstance(want.value, Fraction):
        return False
    if same(unsigned(slot, value), want.value) or (isinstance(want.official, Fraction) and same(value, want.official)):
        return True
    if slot.kind == TOTAL and scheme.places is not None:
        return exact.half_up(value, scheme.places) == want.official
    return slot.kind in ("component", "weighted") and same(exact.half_up(value, 2), exact.half_up(want.value, 2))

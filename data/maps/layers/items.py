"""指标: what one indicator earned in one 考核方式: by its grade where it is ticked, else by its points from pale to dark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from data.maps import paint
from data.maps.layers.model import Asked, Painted, UnknownLayerError, rests, result_groups, tip
from data.maps.layers.points import HUNDRED, STEPS_READ, WAITING, full, shaded
from data.maps.paint import Fill
from data.maps.spots import Spot, facts
from scoring.elements import Indicator
from scoring.exact import plain, shown
from scoring.results import ItemResult
from scoring.scheme import Scheme
from scoring.standing import MISSING

NOT_ASKED, UNFIT, TOTAL_ONLY = "不考核本项", "不适用", "只报总分"
SIGNS = {"base": "", "bonus": "加", "deduction": "扣"}
APART = "\u2002·\u2002"
"""Between an indicator's name and the 考核方式 in a layer's name."""
LONGEST = 18
"""Letters of an indicator's name in a note."""


def choices(scheme: Scheme, groups: Sequence[str]) -> dict[str, str]:
    """Layer id → name of every indicator of these groups in every counted 考核方式 that marks it, in the table's order."""
    rows: dict[int, Indicator] = {}
    for group in groups:
        for row in scheme.indicators_of(group):
            rows.setdefault(row.no, row)
    parts = scheme.counted
    return {
        f"item.{row.no}.{part.id}": name(row) + (f"{APART}{part.name}" if len(parts) > 1 else "")
        for row in rows.values()
        for part in parts
        if scheme.combine != "add" or row.marked_in(part.id)
    }


def name(row: Indicator) -> str:
    """An indicator by its number and name."""
    return f"{row.no}. {row.name}"


def painted(found: Sequence[Spot], asked: Asked) -> Painted:
    """Grades in the grades' own colours; points without a grade on a scale, out of the item's full marks where it has any."""
    no, component = _read(asked)
    row = _row(found, asked, no, component)
    earned = {spot.place.code: _earned(spot, row, component) for spot in found}
    if any(one.grade for one in earned.values()) and all(one.grade or one.points is None for one in earned.values()):
        return _by_grade(found, asked, row, component, earned)
    return _by_points(found, asked, row, component, earned)


def _read(asked: Asked) -> tuple[int, str]:
    number, _, component = asked.choice.partition(".")
    if not number.isascii() or not number.isdigit() or component not in {part.id for part in asked.scheme.counted}:
        raise UnknownLayerError(f"item.{asked.choice}")
    return int(number), component


def _row(found: Sequence[Spot], asked: Asked, no: int, component: str) -> Indicator:
    groups = result_groups(found, asked.state) or [group.id for group in asked.scheme.groups]
    rows = (row for group in groups for row in asked.scheme.indicators_of(group) if row.no == no)
    row = next(rows, None)
    if row is None:
        raise UnknownLayerError(f"item.{no}.{component}")
    return row


@dataclass(frozen=True)
class Earned:
    """What a place earned: points out of the item's full marks (of 100 where it has none), or the ``word`` for why none."""

    points: Fraction | None = None
    grade: str = ""
    word: str = ""
    more: tuple[str, ...] = ()


def _earned(spot: Spot, row: Indicator, component: str) -> Earned:
    assert spot.state is not None
    assert spot.result is not None
    own = next((each for each in spot.state.scheme.indicators_of(spot.result.group) if each.no == row.no), None)
    if own is None or own.name != row.name or (own.only and spot.result.unit not in own.only):
        return Earned(word=NOT_ASKED)
    part = spot.result.components.get(component)
    if part is None or part.sheet is None:
        return Earned(word=MISSING, more=("评分表未报",))
    item = part.rows.get(row.no)
    if item is None:
        return (
            Earned(word=TOTAL_ONLY) if any(mark.indicator is None for mark in part.sheet.marks) else Earned(word=UNFIT)
        )
    return _of(item, row.full.get(component, HUNDRED), part.extras.get(row.no), _reason(spot, component, row.no))


def _of(item: ItemResult, whole: Fraction, extra: Fraction | None, reason: str) -> Earned:
    notes = tuple(note.what for note in item.notes)
    if item.open:
        return Earned(word=WAITING, more=(item.open,))
    if extra is not None:
        return Earned(extra, more=notes)
    if item.points is None:
        return Earned(word=UNFIT, more=(reason, *notes))
    return Earned(item.points * whole / HUNDRED, item.grade or "", more=notes)


def _reason(spot: Spot, component: str, no: int) -> str:
    """What the sheet says why an item does not apply."""
    assert spot.result is not None
    sheet = spot.result.components[component].sheet
    marks = sheet.marks if sheet else ()
    told = next((mark.remark for mark in marks if mark.indicator == no and not mark.applicable), "")
    return f"理由：{told}" if told else ""


def _by_grade(
    found: Sequence[Spot], asked: Asked, row: Indicator, component: str, earned: dict[str, Earned]
) -> Painted:
    order, colors = asked.scheme.grades, asked.colors
    of = _out_of(asked.scheme, row, component)

    def fill(spot: Spot) -> Fill:
        one = earned[spot.place.code]
        shape = paint.grade_fill(one.grade or one.word, grades=order, colors=colors)
        line = f"{shape.sign} {shown(one.points, 2)}{of}" if one.points is not None else shape.sign
        told = _tip(spot, asked, row, component, f"{one.grade}，{_text(one, of)}" if one.grade else one.word, one)
        return paint.grade_fill(one.grade or one.word, grades=order, colors=colors, lines=[line], tip=told)

    legend = tuple(paint.grade_fill(grade, grades=order, colors=colors) for grade in order)
    basis = f"，赋分{rests(asked.scheme.ticks)}" if asked.scheme.ticks else ""
    note = f"图示{_called(asked, row, component)}的档次和得分{basis}。"
    return Painted({spot.place.code: fill(spot) for spot in found}, legend, note)


def _by_points(
    found: Sequence[Spot], asked: Asked, row: Indicator, component: str, earned: dict[str, Earned]
) -> Painted:
    of = _out_of(asked.scheme, row, component)
    values = {code: one.points for code, one in earned.items() if one.points is not None}

    def fill(spot: Spot, value: Fraction | None, share: float | None) -> Fill:
        one = earned[spot.place.code]
        word = one.word if value is None else f"{SIGNS[row.role]}{shown(value, 2)}{of}"
        told = word if value is None else f"{'，'.join(filter(None, (one.grade, SIGNS[row.role] + _text(one, of))))}"
        return paint.shade_fill(
            share, word, colors=asked.colors, tip=_tip(spot, asked, row, component, told, one)
        )  # fmt: skip

    return shaded(found, values, fill, f"图示{_called(asked, row, component)}的得分；{STEPS_READ}。")


def _text(one: Earned, of: str) -> str:
    return f"{shown(one.points or Fraction(0))}{of}分"


def _out_of(scheme: Scheme, row: Indicator, component: str) -> str:
    whole = row.full.get(component)
    return full(scheme, whole if whole is not None else HUNDRED, out=whole is not None)


def _tip(spot: Spot, asked: Asked, row: Indicator, component: str, told: str, one: Earned) -> str:
    part = asked.scheme.component(component).name
    return tip(spot, f"{part}第{row.no}项：{told}", *one.more, f"指标：{row.name}", *facts(spot))


def _called(asked: Asked, row: Indicator, component: str) -> str:
    title = row.name if len(row.name) <= LONGEST else f"{row.name[: LONGEST - 1]}…"
    part = asked.scheme.component(component).name
    whole = row.full.get(component)
    of = f"满分{plain(whole)}分，" if whole is not None else "按百分计，"
    return f"{part}第{row.no}项“{title}”（{of}依据{'、'.join(row.cite)}）"

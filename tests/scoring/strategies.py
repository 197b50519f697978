"""Random schemes, sheets and facts for the properties, around the county scheme of 江门2020 and one of today's kind."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

from hypothesis import strategies as st

from data.schemes import scheme
from scoring.marks import Fact, Mark, Sheet
from scoring.scheme import Scheme
from tests.scoring.extras_scheme import TODAY

COUNTY = scheme("jiangmen-2020-county")
UNITS = tuple(unit.name for unit in COUNTY.groups[0].units)
COUNTED = tuple(component.id for component in COUNTY.counted)
ITEMS = tuple(indicator.no for indicator in COUNTY.indicators)
AROUND_LINES = [Fraction(n, 1000) for line in (70, 80, 90) for n in range(line * 1000 - 6, line * 1000 + 2)]

numbers = st.one_of(
    st.sampled_from(AROUND_LINES),
    st.integers(0, 100_00).map(lambda n: Fraction(n, 100)),
    st.fractions(0, 100, max_denominator=997),
)
weights = st.tuples(*[st.integers(0, 60).map(lambda n: Fraction(n, 2)) for _ in COUNTED]).filter(any)


@cache
def reading(points, lines, rounding, equal, rank_by) -> Scheme:
    """The county scheme under another reading."""
    moved = COUNTY.replace(
        points=dict(zip(COUNTY.grades, points, strict=True)), lines=dict(zip(COUNTY.grades, lines, strict=False))
    )
    return moved.with_elements(
        rounding=rounding and {**dict(rounding), "assumed": "试算"},
        item_weights={"equal": equal, "assumed": "试算"},
        rank={"by": rank_by, "assumed": "试算"},
    )


roundings = st.sampled_from(
    [
        None,
        (("total", 2),),
        (("total", 0),),
        (("total", 2), ("component", 1)),
        (("component", 0),),
        (("total", 2), ("component", 1), ("mode", "none")),
    ]
)
points = st.sampled_from(
    [
        (95, 85, 75, 60),
        (100, 85, 75, 60),
        (100, 80, 60, 40),
        (Fraction("95.5"), Fraction("85.25"), Fraction(226, 3), Fraction(0)),
    ]
).map(lambda values: tuple(map(Fraction, values)))
lines = st.sampled_from(
    [
        (90, 80, 70),
        (Fraction("89.993"), 80, Fraction("69.9")),
        (Fraction("89.5"), 85, 84),
    ]
).map(lambda values: tuple(map(Fraction, values)))
rank_bys = st.sampled_from([("grade", "score"), ("score",), ("score", "grade"), ("grade",)])


@st.composite
def schemes(draw) -> Scheme:
    """The county scheme with any weights, tick points, lines, rounding, reading of item weights and order of places."""
    equal = draw(st.sampled_from(["leaves", "siblings"]))
    base = reading(draw(points), draw(lines), draw(roundings), equal, draw(rank_bys))
    chosen = dict(zip(COUNTED, draw(weights), strict=True))
    return base.replace(weights=chosen) if draw(st.booleans()) else base


ticks = st.sampled_from(COUNTY.grades)
rows = {
    "ticks": ticks,
    "with 不适用": st.one_of(ticks, ticks, st.none()),
    "numbers": st.one_of(ticks, numbers),
    "only 不适用": st.none(),
}


def row(number: int, value: str | Fraction | None) -> Mark:
    """A tick, a number, or None for 不适用."""
    if value is None:
        return Mark(number, applicable=False, remark="本年度无此项工作")
    return Mark(number, grade=value) if isinstance(value, str) else Mark(number, score=value)


@st.composite
def sheets_of(draw, unit: str, component: str, kinds: tuple[str, ...]) -> Sheet | None:
    """One sheet of a unit, or None where it is missing."""
    kind = draw(st.sampled_from(kinds))
    if kind == "missing":
        return None
    if kind == "total":
        return Sheet(unit, component, (Mark(None, score=draw(numbers)),))
    marks = [row(no, draw(rows["ticks" if kind in ("blank row", "lost row") else kind])) for no in ITEMS]
    if kind in ("blank row", "lost row"):
        position = draw(st.integers(0, len(ITEMS) - 1))
        marks[position : position + 1] = [Mark(ITEMS[position])] if kind == "blank row" else []
    return Sheet(unit, component, tuple(marks))


WHOLE = ("total", "total", "ticks", "with 不适用", "numbers")
ANY = (*WHOLE, "only 不适用", "missing", "blank row", "lost row")


@st.composite
def level(draw, unit: str) -> list[Sheet]:
    """A unit with one total everywhere, at a line or a hair beside it, whatever the weights."""
    value = draw(st.sampled_from(AROUND_LINES))
    return [Sheet(unit, component, (Mark(None, score=value),)) for component in COUNTED]


@st.composite
def sheets(draw, units: tuple[str, ...] = UNITS[:4], kinds: tuple[str, ...] = ANY) -> list[Sheet]:
    """Sheets of these units, some of them missing, some level with a line."""
    drawn: list[Sheet | None] = []
    for unit in units:
        if draw(st.integers(0, 3)) == 3:
            drawn += draw(level(unit))
        else:
            drawn += [draw(sheets_of(unit, component, kinds)) for component in COUNTED]
    return [sheet for sheet in drawn if sheet is not None]


@st.composite
def facts(draw, units: tuple[str, ...] = UNITS[:4]) -> list[Fact]:
    """Some facts of these units, confirmed or not."""
    kinds = st.sampled_from(COUNTY.facts)
    one = st.tuples(
        st.sampled_from(units), kinds, st.integers(0, 9), st.sampled_from(["", "2020-03-01"]), st.booleans()
    )
    drawn = draw(st.lists(one, max_size=5))
    return [
        Fact(unit, kind.id, kind.values[n % len(kind.values)], date=day, confirmed=sure)
        for unit, kind, n, day, sure in drawn
    ]


few = st.integers(1, 12).map(lambda n: Fraction(n, 2))
maybe = st.one_of(st.none(), few)
maybe_high = st.one_of(st.none(), st.sampled_from([Fraction(88), Fraction(100), Fraction(103)]))
offs = st.sampled_from([{}, {"indicator": 1}, {"indicator": 3}, {"path": ["产业"]}, {"path": ["产业", "资产"]}])


@st.composite
def extra_schemes(draw) -> Scheme:
    """Today's scheme with any 加分 and 扣分, off the total, a category or an item, within any bounds; and any rounding."""
    bounds = {"bonus_max": draw(maybe), "deduction_max": draw(maybe), "total_max": draw(maybe_high)}
    bounds |= {"total_min": draw(st.sampled_from([None, 0, 60])), "assumed": "试算"}
    bonus = {"id": "honour", "text": "受表扬的加分", "fact": "honour", "each": draw(few), "max": draw(maybe)}
    off = [
        {"id": f"off-{at}", "text": f"第{at}种扣分", "fact": draw(st.sampled_from(["notice", "misuse"])), "each": draw(few),
         "max": draw(maybe), "assumed": "试算", **draw(offs)}
        for at in range(draw(st.integers(1, 3)))
    ]  # fmt: skip
    return TODAY.with_elements(
        extras=bounds, deductions=off, bonuses=[bonus | {"total_max": draw(maybe_high), "assumed": "试算"}],
        rounding={**dict(draw(roundings) or (("mode", "none"),)), "assumed": "试算"},
    )  # fmt: skip

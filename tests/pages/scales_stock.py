"""江门 sheets on which scales can be seen: one generous group, one pair of marks far apart, and who assessed whom."""

from __future__ import annotations

from dataclasses import asdict

from data.drawing import draw_inputs, draw_result
from data.schemes import scheme
from data.store import Assessment, Store
from scoring.draws import Line, plan
from tests.pages import builders

COUNTY = "jiangmen-2020-county"
UNITS = [unit.name for unit in scheme(COUNTY).groups[0].units]
MIDDLE = "2" * 19
GENEROUS = "1" * 12 + "2" * 6 + "3"
"""12 of 19 items a grade above MIDDLE, one below."""
FAR = "2" * 18 + "4"
"""较差 on item 19 where MIDDLE has 较好: two grades apart."""


def uneven(store: Store, cross: dict[str, str] | None = None, *, without: str = "") -> Assessment:
    """市级考核 and 日常工作 all 较好; 交叉考核 as given, else MIDDLE. ``without`` lacks its 市级考核."""
    made = builders.empty(store, COUNTY, "2020年江门市 · 县级", demo=False)
    for unit in UNITS:
        builders.hand_in(store, made, builders.ticks(unit, "cross", (cross or {}).get(unit, MIDDLE)))
        builders.hand_in(store, made, builders.ticks(unit, "daily", MIDDLE))
        if unit != without:
            builders.hand_in(store, made, builders.ticks(unit, "municipal", MIDDLE))
    return store.assessment(made.id)


def drawn(store: Store, made: Assessment, order: list[str]) -> None:
    """Record that the group of each unit of the roster assesses the unit that stands at its place in ``order``."""
    chosen = plan(scheme(COUNTY))
    lines = [Line(at, home, (unit,)) for at, (home, unit) in enumerate(zip(UNITS, order, strict=True), start=1)]
    inputs, result = draw_inputs(scheme(COUNTY), chosen), draw_result(lines)
    assert asdict(chosen)["groups"] == tuple(UNITS)
    store.record_drawing(made.id, "draw", "", (), "3 17 22", inputs, result, builders.CLERK)

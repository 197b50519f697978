"""An assessment whose units are called as no office would call them: formulas, markup, control letters, forty letters."""

from __future__ import annotations

from data.schemes import scheme, scheme_text
from data.store import Assessment, Store, UnitRow
from tests.pages import builders

_NAMES = (
    "=1+1", "+cmd|' /C calc'!A0", "<b>甲&乙</b>", "甲\x0b乙\x1f丙", "长" * 39 + "一", "长" * 39 + "二", '"引号"与\u2028换行',
)  # fmt: skip


def names() -> list[str]:
    """The units, in the roster's order."""
    return [*_NAMES]


def county(store: Store) -> Assessment:
    """江门's table over these seven, each with all its sheets."""
    wanted = scheme("jiangmen-2020-county")
    group = wanted.groups[0].id
    units = [UnitRow(name, group, "") for name in _NAMES]
    made = store.create_assessment("名称", wanted.id, scheme_text(wanted.id), wanted.hash, units, builders.CLERK, demo=True)
    for name, (cross, municipal) in zip(_NAMES, builders.CROSS_AND_MUNICIPAL.values(), strict=True):
        builders.hand_in(store, made, builders.ticks(name, "cross", cross))
        builders.hand_in(store, made, builders.ticks(name, "municipal", municipal))
        builders.hand_in(store, made, builders.total(name, "daily", "85.00"))
    return store.assessment(made.id)

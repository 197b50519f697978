"""Assessments made by hand for tests of pages: every score can be checked on paper.

A sheet of ticks is written as nineteen digits, the place of each tick among 好 较好 一般 较差: "1" is 好, worth 95.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from data.schemes import scheme, scheme_text
from data.store import Assessment, Store, UnitRow
from scoring.marks import Fact, Mark, Sheet

GRADES = ("好", "较好", "一般", "较差")
COLUMNS = "DEFG"  # 考评等次 in the official form
CLERK, CHECKER = "李经办", "王复核"

CROSS_AND_MUNICIPAL = {
    # 好 × 11, 较好 × 8 and 好 × 17, 较好 × 2: with 85.00 for 日常工作 exactly 90.00
    "蓬江区": ("1111111111122222222", "1111111111111111122"),
    "江海区": ("3332233322333223332", "3223322333223322332"),
    "新会区": ("1111111111111121111", "1112111111111111121"),
    "台山市": ("1212212221222122212", "2212213221222122213"),
    "开平市": ("1111121111121111121", "1121121121121121121"),
    "鹤山市": ("1111111111111111112", "1111211111111111111"),
    "恩平市": ("2222122322212232222", "3332232322233232322"),
}
DAILY = {
    "蓬江区": "85.00",
    "江海区": "81.30",
    "新会区": "1111111111111311121",
    "台山市": "83.00",
    "开平市": "81.07",
    "鹤山市": "91.50",
}
LATE = {"恩平市": "80.00"}
SELF = {"台山市": "1111111111211111111"}


def county(store: Store, *, daily: dict[str, str] = DAILY, name: str = "2020年江门市 · 县级") -> Assessment:
    """江门's seven with 20 of 21 sheets: 蓬江区 at exactly 90.00, 新会区 limited by a 记过, 恩平市 without 日常工作."""
    made = empty(store, "jiangmen-2020-county", name)
    for unit, (cross, municipal) in CROSS_AND_MUNICIPAL.items():
        hand_in(store, made, ticks(unit, "cross", cross))
        hand_in(store, made, ticks(unit, "municipal", municipal))
    for unit, mark in daily.items():
        hand_in(store, made, ticks(unit, "daily", mark) if len(mark) == 19 else total(unit, "daily", mark))
    for unit, mark in SELF.items():
        hand_in(store, made, ticks(unit, "self", mark))
    row = store.add_fact(made.id, Fact("新会区", "sanction", "记过", "2020-06-01", "江纪〔2020〕12号"), "", CLERK)
    store.confirm_fact(row.id, CHECKER)
    return store.assessment(made.id)


def last_sheet(store: Store, assessment: Assessment) -> None:
    """Hand in the one sheet that ``county`` leaves out, so that the result is complete."""
    hand_in(store, assessment, total("恩平市", "daily", LATE["恩平市"]))


def towns(store: Store, *, sheets: bool = True, name: str = "2020年江门市 · 镇级") -> Assessment:
    """73 towns in seven groups, one 考核方式; every town differs a little from the one before."""
    made = empty(store, "jiangmen-2020-town", name)
    component = scheme("jiangmen-2020-town").counted[0].id
    size = len(scheme("jiangmen-2020-town").indicators)
    for at, unit in enumerate(made.units if sheets else ()):
        hand_in(
            store, made, ticks(unit.name, component, "".join(str(1 + (at * (i + 3)) % 7 // 2) for i in range(size)))
        )
    return store.assessment(made.id)


def show_towns(store: Store, towns: Assessment, county: str = "台山市", region: str = "440781") -> None:
    """Open the results of one county's towns to the city's pages, as the county decides."""
    store.set_setting(towns.id, f"towns_shown:{region}", "1", CLERK, action="公开镇级成绩", subject=county)


def city(store: Store, *, sheets: bool = True) -> Assessment:
    """江门 assessing itself: one unit, no places."""
    made = empty(store, "jiangmen-2020-city", "2020年江门市本级自评")
    if sheets:
        hand_in(store, made, ticks("江门市", "self", "1" * len(scheme("jiangmen-2020-city").indicators)))
    return store.assessment(made.id)


def empty(store: Store, scheme_id: str, name: str, *, demo: bool = True) -> Assessment:
    """An assessment into which nothing has been handed in."""
    wanted = scheme(scheme_id)
    units = [UnitRow(unit.name, group.id, unit.region) for group in wanted.groups for unit in group.units]
    return store.create_assessment(name, scheme_id, scheme_text(scheme_id), wanted.hash, units, CLERK, demo)


def ticks(unit: str, component: str, places: Iterable[str]) -> Sheet:
    """A sheet of ticks, each in the cell where the official form has it: item 14 一般 stands in F18."""
    marks = [
        Mark(no, GRADES[int(place) - 1], sheet=unit, cell=f"{COLUMNS[int(place) - 1]}{no + 4}")
        for no, place in enumerate(places, start=1)
    ]
    return Sheet(unit, component, tuple(marks))


def total(unit: str, component: str, score: str) -> Sheet:
    """A sheet of one total with its 评价意见."""
    mark = Mark(None, score=Fraction(score), sheet="日常工作", cell="C2")
    return Sheet(unit, component, (mark,), opinion="年度任务完成较好，台账较齐全，个别项目推进偏慢。")


def hand_in(store: Store, assessment: Assessment, sheet: Sheet) -> None:
    """Take one sheet as a file of its own."""
    way = next(c.name for c in scheme(assessment.scheme_id).components if c.id == sheet.component)
    store.take(assessment.id, f"{sheet.unit}_{way}.xlsx", f"{sheet}".encode(), [sheet], CLERK)

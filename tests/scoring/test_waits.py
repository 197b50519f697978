"""A sheet that has come is never called missing; what it waits for is told. Expected words by hand."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from data.schemes import scheme
from scoring.assess import assess
from scoring.marks import Mark, Sheet
from scoring.scheme import Scheme
from scoring.sentences import Progress, Readings, headline, plain_text
from scoring.waits import absent, lacks, lacks_in_short, waits

NEIMENGGU, CITY = scheme("neimenggu-2018"), scheme("dongxi-2019-city")
GROWTH = "待填目标数值：当年全国农村居民人均可支配收入增长率"


def yearend(unit: str, leave_out: int | None = None) -> Sheet:
    """Every row of 年终考核 by points but 第3项, which is measured against the nation's growth."""
    rows = NEIMENGGU.items_for("league", "yearend", unit)
    given = [Mark(3, value=Fraction(9)) if row.no == 3 else Mark(row.no, score=Fraction(0)) for row in rows]
    return Sheet(unit, "yearend", tuple(mark for mark in given if mark.indicator != leave_out))


def daily(unit: str) -> Sheet:
    return Sheet(unit, "daily", (Mark(None, score=Fraction(80)),))


def test_a_sheet_that_waits_for_a_figure_is_not_missing():
    result = assess(NEIMENGGU, [daily("包头市"), yearend("包头市")]).of("包头市")
    assert (absent(NEIMENGGU, result), waits(result)) == ((), (GROWTH,))
    assert lacks(NEIMENGGU, result) == GROWTH
    assert lacks_in_short(NEIMENGGU, [result]) == "待填目标数值"


def test_what_is_missing_and_what_waits_are_told_apart():
    result = assess(NEIMENGGU, [yearend("包头市")]).of("包头市")
    assert lacks(NEIMENGGU, result) == f"缺平时监控；{GROWTH}"
    assert lacks_in_short(NEIMENGGU, [result]) == "缺平时监控，待填目标数值"


def test_a_row_left_blank_is_neither_missing_nor_waiting():
    result = assess(NEIMENGGU, [daily("包头市"), yearend("包头市", leave_out=3)]).of("包头市")
    assert lacks(NEIMENGGU, result) == "评分表缺项"


def test_those_compared_wait_for_their_peers():
    first = next(row for row in CITY.indicators if row.kind == "quantity")
    units = [unit.name for unit in CITY.groups[0].units][:6]
    sheets = [
        Sheet(unit, "review", tuple(
            Mark(row.no, value=Fraction(1)) if row == first else Mark(row.no, grade="好") for row in CITY.indicators
        ))
        for unit in units
    ]  # fmt: skip
    assert lacks(CITY, assess(CITY, sheets).of(units[0])) == "待同组报齐"


def headlines(rules: Scheme, sheets: list[Sheet]) -> list[str]:
    progress = Progress(len(sheets), len(sheets), (), date(2019, 3, 1))
    return [plain_text(told) for told in headline(assess(rules, sheets), progress, Readings(9, 0, 0))]


def test_while_nobody_has_a_score_nothing_is_said_of_what_readings_change():
    units = [unit.name for group in NEIMENGGU.marked_groups for unit in group.units]
    told = headlines(NEIMENGGU, [sheet for unit in units for sheet in (daily(unit), yearend(unit))])
    assert f"评分表已到而暂不能计分：{units[0]}等12个盟市，{GROWTH}。" in told
    assert told[-1] == "9项口径尚未确认；尚未出得分，暂看不出哪些会影响等次。"
    assert not any("缺" in sentence for sentence in told if "口径" not in sentence and "暂缺" not in sentence)

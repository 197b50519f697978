"""What the pictures do where a phone leaves little room: names of bands, headings, measured values."""

from __future__ import annotations

from fractions import Fraction

from components.grades import LIGHT
from components.results import charts, unit_grid
from data.schemes import scheme
from scoring.assess import assess
from scoring.marks import Mark, Sheet

COUNTY, OFFICES, NEIMENGGU = scheme("jiangmen-2020-county"), scheme("dongxi-2019-department"), scheme("neimenggu-2018")


def heights(rules, score="65"):
    """How high above the field each band's name stands, worst band last."""
    parts = [part.id for part in rules.counted]
    units = [unit.name for group in rules.groups for unit in group.units]
    sheets = [Sheet(unit, part, (Mark(None, score=Fraction(score)),)) for unit in units for part in parts]
    figure = charts.ranking(results := assess(rules, sheets), results.units, LIGHT).plotly()
    return [note.yshift for note in figure.layout.annotations if "≥" in note.text or "<br><" in note.text]


def test_names_of_bands_stand_at_two_heights_where_long_names_leave_the_field_narrow():
    assert heights(OFFICES) == [5, 37, 5, 37]
    assert heights(COUNTY) == [5, 5, 5, 5]


def neimenggu(growth: str):
    """包头市 with all items of both halves in full, and 第3项 measured against a growth of 8.8 % in the nation."""
    targets = [row.model_dump() | ({"value": "8.8"} if row.measure else {}) for row in NEIMENGGU.targets]
    rules = NEIMENGGU.with_elements(targets=targets)
    sheets = [
        Sheet("包头市", part.id, tuple(
            Mark(row.no, value=Fraction(growth)) if row.no == 3 else Mark(row.no, score=row.full.get(part.id))
            for row in rules.items_for("league", part.id, "包头市")
        ))
        for part in rules.counted
    ]  # fmt: skip
    return rules, assess(rules, sheets).of("包头市")


def texts(rules, result, wide):
    figure = unit_grid.grid(rules, result, LIGHT, wide)
    return [*figure.data[0].text, *(note.text for note in figure.layout.annotations)]


def test_a_measured_growth_is_told_with_what_it_must_reach():
    small = "<span style='font-size:11px'>{}</span><br>{}"
    assert small.format("8.8% 须高于8.8%", "0/6") in texts(*neimenggu("8.8"), 620)
    assert small.format("9% 须高于8.8%", "6/6") in texts(*neimenggu("9"), 620)


def test_a_heading_that_does_not_fit_its_line_has_its_sum_below():
    rules, result = neimenggu("9")
    assert "<b>精准识别退出　20/20</b>" in texts(rules, result, 620)
    assert "<b>精准识别退出<br>20/20</b>" in texts(rules, result, 320)

"""The ranking's picture: the axis, the points, the ranges, and what a click names."""

from __future__ import annotations

import json
from fractions import Fraction

import plotly.io
import pytest

from components import grades
from components.grades import DARK, LIGHT
from components.results import charts, unit_grid
from data.schemes import scheme
from scoring.assess import assess
from scoring.marks import Mark, Sheet
from tests.scoring.extras_scheme import TODAY

COUNTY = scheme("jiangmen-2020-county")
WAYS = ("cross", "municipal", "daily")


def sheets(unit: str, score: str, ways: tuple[str, ...] = WAYS) -> list[Sheet]:
    return [Sheet(unit, way, (Mark(None, score=Fraction(score)),)) for way in ways]


@pytest.mark.parametrize(("score", "start"), [("95", 60), ("60", 60), ("59.99", 50), ("41", 40), ("0", 0)])
def test_the_axis_begins_at_60_or_at_the_ten_below_the_lowest_score(score: str, start: int) -> None:
    assert charts.axis_start(assess(COUNTY, sheets("台山市", score)).units) == start


def test_what_is_merely_possible_moves_the_axis_to_50_at_most() -> None:
    results = assess(COUNTY, sheets("台山市", "95", ("cross",)))
    assert results.of("台山市").possible.low == 38
    assert charts.axis_start(results.units) == 50


def test_the_axis_goes_on_as_far_as_added_points_lead() -> None:
    marks = {"field": ((1, "20"), (2, "40"), (6, "5")), "data": ((7, "0"),)}
    values = tuple(Mark(no, value=Fraction(x)) for no, x in ((3, "250"), (4, "100"), (5, "2")))
    given = [
        Sheet("甲镇", name, (*(values if name == "data" else ()), *(Mark(no, score=Fraction(x)) for no, x in rows)))
        for name, rows in marks.items()
    ]
    results = assess(TODAY, given)
    assert results.of("甲镇").score == 105
    assert charts.axis_end(results.units) == 106.2
    assert charts.axis_end(assess(COUNTY, sheets("台山市", "95")).units) == 101.2


@pytest.mark.parametrize("colors", [LIGHT, DARK])
@pytest.mark.parametrize("units", ["台山市", "台山市 开平市", "台山市 开平市 鹤山市 恩平市"])
def test_the_picture_made_once_for_all_is_the_one_that_plotly_has_checked(colors: grades.Palette, units: str) -> None:
    several, (last, *_) = units.split(), ("恩平市",)
    given = [sheet for at, unit in enumerate(several) for sheet in sheets(unit, f"{69 + 9 * at}.5", WAYS[: 1 if unit == last else 3])]
    results = assess(COUNTY, given)
    picture = charts.ranking(results, results.ranked(), colors)
    told = [json.loads(plotly.io.to_json(figure, validate=False)) for figure in (picture.ready(), picture.plotly())]
    assert len(told[0]["data"]) > 0
    assert told[0] == told[1]


def test_a_point_stands_at_its_score_in_its_grade_s_colour_and_shape() -> None:
    results = assess(COUNTY, sheets("台山市", "90") + sheets("开平市", "69.99"))
    (points,) = [trace for trace in charts.ranking(results, results.ranked(), LIGHT).plotly().data if trace.mode == "markers"]
    assert list(points.x) == [90.0, 69.99]
    assert list(points.marker.color) == ["#004E8C", "#A3231B"]
    assert list(points.marker.symbol) == ["circle", "square"]


def test_a_missing_unit_is_its_range_and_an_arrow_says_that_it_goes_on() -> None:
    results = assess(COUNTY, sheets("台山市", "95", ("cross",)) + sheets("开平市", "80", ("cross", "municipal")))
    kept = {trace.customdata[0][0]: trace for trace in charts.ranking(results, results.units, LIGHT).plotly().data if trace.x}
    assert list(kept["台山市"].x)[::2] == [50, 98]
    assert kept["台山市"].marker.symbol[0] == "triangle-left"
    assert list(kept["开平市"].x)[::2] == [56, 86]


def test_a_click_names_its_unit_and_an_empty_one_nobody() -> None:
    assert charts.clicked({"selection": {"points": [{"customdata": ["台山市"]}]}}) == "台山市"
    assert charts.clicked({"selection": {"points": []}}) is None
    assert charts.clicked(None) is None


def test_a_click_on_a_cell_names_component_and_item() -> None:
    assert unit_grid.clicked({"selection": {"points": [{"customdata": ["daily", 14]}]}}) == ("daily", 14)
    assert unit_grid.clicked({"selection": {"points": [{"customdata": ["daily", None]}]}}) == ("daily", None)


def test_the_picture_says_itself_in_words() -> None:
    results = assess(COUNTY, sheets("台山市", "90"))
    assert charts.described(results, results.ranked()[:2]) == "得分与等次：台山市90.00分 好；蓬江区暂缺"


def test_the_worst_grade_is_a_square_however_many_grades_there_are() -> None:
    assert grades.sign(("合格", "不合格"), "不合格") == "■ 不合格"
    assert grades.sign(("好", "较好", "一般", "差"), "差") == "■ 差"
    assert grades.sign(("甲", "乙", "丙", "丁", "戊"), "丁") == "▲ 丁"


@pytest.mark.parametrize("colors", [LIGHT, DARK])
def test_ink_on_every_grade_can_be_read(colors: grades.Palette) -> None:
    for shown in colors.grades:
        assert _contrast(shown.ink, shown.color) >= 4.5
        assert _contrast(colors.text, shown.tint) >= 4.5


def _contrast(one: str, other: str) -> float:
    """WCAG 2 contrast of two colours."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_a_measured_value_stands_with_its_measure_above_its_grade():
    city = scheme("dongxi-2019-city")
    units = [unit.name for unit in city.groups[0].units]
    marks = tuple(Mark(no, value=Fraction(12600)) for no in (12, 22))
    results = assess(city, [Sheet(unit, "review", marks) for unit in units])
    told = [text for trace in unit_grid.grid(city, results.of(units[0]), LIGHT, 800).data for text in trace.text]
    assert [text for text in told if "12600" in text] == [
        "<span style='font-size:11px'>12600万元</span><br>● 好",
        "<span style='font-size:11px'>12600</span> ● 好",
    ]

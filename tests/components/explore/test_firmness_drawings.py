"""The drawings of 等次稳定性 in words and shapes: shares, stability bars, the strip of places."""

from __future__ import annotations

from fractions import Fraction as Q

from components.explore import firmness_chart, firmness_shares, firmness_strip
from components.explore.firmness_loading import Bars
from components.explore.firmness_strip import Row
from components.grades import DARK, LIGHT
from scoring.assess import assess
from scoring.firmness.grade import firmness
from scoring.firmness.weightings import Interval
from scoring.marks import Mark, Sheet
from scoring.trial import component_level
from tests.scoring.strategies import COUNTED, COUNTY, UNITS

GRADES = COUNTY.grades
LEVEL = component_level(COUNTY)


def worked(**places: Interval) -> Bars:
    sheets = [Sheet(UNITS[0], name, (Mark(None, score=Q(v)),)) for name, v in zip(COUNTED, (92, 86, 85), strict=True)]
    firm = firmness(COUNTY, assess(COUNTY, sheets, ()).of(UNITS[0]), LEVEL)
    return Bars(LEVEL, firm.form, firm, places)


def texts(figure) -> list[str]:
    return [each.text for each in figure.layout.annotations]


def test_shares_are_parts_of_one_bar_with_shape_and_word_where_they_fit():
    shares = {"好": Q(1, 20), "较好": Q(19, 20), "一般": Q(0), "较差": Q(0)}
    drawn = firmness_shares.figure(GRADES, shares, LIGHT)
    assert [(shape.x0, shape.x1) for shape in drawn.layout.shapes] == [(0, 0.05), (0.05, 1)]
    assert texts(drawn) == ["◆ 较好"]
    assert firmness_shares.text(shares) == "好 5.0%、较好 95.0%"


def test_the_bars_say_where_the_grade_stays_and_what_is_beyond():
    told = firmness_chart.described(worked())
    assert told.startswith("交叉考核现为40%，等次不变 0至69.15%；市级考核现为30%，等次不变 任意")
    drawn = firmness_chart.figure(worked(), GRADES, LIGHT)
    assert [text for text in texts(drawn) if text in ("● 好", "◆ 较好")] == ["◆ 较好", "● 好", "◆ 较好", "◆ 较好"]
    assert any("现为40%" in text for text in texts(drawn))


def test_the_thin_bar_is_of_the_place():
    placed = worked(cross=Interval(Q(1, 4), Q(1, 2), True, False))
    assert "位次不变 25至49.99%" in firmness_chart.described(placed)
    plain, more = (len(firmness_chart.figure(bars, GRADES, DARK).layout.shapes) for bars in (worked(), placed))
    assert more == plain + 1


def test_without_grades_the_bar_itself_is_of_the_place():
    lined = worked(cross=Interval(Q(1, 4), Q(1, 2), True, False))
    drawn = firmness_chart.figure(Bars(LEVEL, lined.line, None, lined.places), GRADES, LIGHT)
    assert (0.25, 0.5) in [(shape.x0, shape.x1) for shape in drawn.layout.shapes]
    assert not [text for text in texts(drawn) if text in ("● 好", "◆ 较好")]


ROWS = (Row("对象甲", 1, Q(5, 4), (0.75, 0.25)), Row("对象乙", 2, Q(7, 4), (0.25, 0.75)))


def test_the_strip_frames_the_place_that_stands_and_tells_the_mean():
    drawn = firmness_strip.figure(ROWS, len(ROWS), LIGHT)
    assert [(shape.x0, shape.x1) for shape in drawn.layout.shapes] == [(0.5, 1.5), (1.5, 2.5)]
    assert [list(line) for line in drawn.data[0].z] == [[0.75, 0.25], [0.25, 0.75]]
    assert firmness_strip.described(ROWS) == (
        "全部权重组合下的位次：对象甲现为第1位，平均1.25位，最常为第1位（75%）；对象乙现为第2位，平均1.75位，最常为第2位（75%）"
    )


def test_a_sampled_share_that_is_not_nothing_never_reads_as_nothing():
    assert [firmness_strip.percent(share) for share in (0, 0.0001, 0.5, 0.9999, 1)] == [
        "0",
        "<1%",
        "50%",
        ">99%",
        "100%",
    ]


def test_without_a_sample_the_strip_has_frames_and_means_alone():
    drawn = firmness_strip.figure([Row("对象甲", 1, Q(1)), Row("对象乙", None, None)], 2, DARK)
    assert {trace.type for trace in drawn.data} == {"scatter"}

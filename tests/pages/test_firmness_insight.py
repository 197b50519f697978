"""What each of the three drawings of 等次稳定性 says by itself, over 江门's seven and over schemes that have nothing to draw."""

from __future__ import annotations

from fractions import Fraction

import pytest
from streamlit.testing.v1 import AppTest

from components.explore.firmness_field import bar, field
from components.explore.firmness_influence import described as influence_described
from components.explore.firmness_influence import drawn_parts, rows
from components.explore.firmness_influence import figure as influence_figure
from components.explore.firmness_triangle import described, field_of, verdict
from components.grades import DARK, LIGHT
from data.store import Store
from scoring.assess import assess
from scoring.firmness.form import form
from scoring.firmness.influence import influence
from scoring.marks import Mark, Sheet
from scoring.trial import component_level
from tests.pages import builders
from tests.scoring.strategies import COUNTED, COUNTY, UNITS

F = Fraction
LEVEL = component_level(COUNTY)


def script(name: str, hidden: bool = False, unit: str | None = None) -> None:
    import importlib

    from components import session
    from components.explore.naming import names_of

    state = session.state_of(session.assessments()[0].id)
    group = state.scheme.groups[0].id
    names = names_of(state, group) if hidden else {r.unit: r.unit for r in state.results.group(group)}
    more = {"unit": unit} if unit else {}
    importlib.import_module(f"components.explore.{name}").show(state, group, names, **more)


def shown(name: str, **how) -> AppTest:
    at = AppTest.from_function(script, default_timeout=60, kwargs={"name": name, **how}).run()
    assert not at.exception, at.exception[0].stack_trace
    return at


def words(at: AppTest) -> str:
    told = [*at.subheader, *at.markdown, *at.caption, *at.info]
    return "\n".join(str(each.value).replace("\\", "").replace("\u2060", "") for each in told)


@pytest.mark.usefixtures("county_store")
def test_influence_tells_how_many_units_it_rests_on() -> None:
    told = words(shown("firmness_influence"))
    assert "名义权重与实际影响" in told
    assert "按得分齐全的6个市（区）计算（共7个）" in told


@pytest.mark.usefixtures("county_store")
def test_every_level_of_weights_can_be_looked_at() -> None:
    at = shown("firmness_influence")
    at.button_group[0].set_value("i").run()
    assert not at.exception
    assert "共19项，图中为相差最大的10项" in words(at)


def test_items_alike_for_all_are_told_with_their_weight_and_who_would_change(page_store: Store) -> None:
    # 0.6 · 88 = 52.8, and 交叉考核 17 × 好 with two 较好 is 93.947…: 90.3789 好; of the two alone 85: 86.80 较好.
    made = builders.empty(page_store, "jiangmen-2020-county", "三个")
    for unit, row in zip(UNITS, ("1" * 19, "1" * 17 + "22", "1" * 17 + "31"), strict=False):
        builders.hand_in(page_store, made, builders.ticks(unit, "cross", row))
        for component in ("municipal", "daily"):
            builders.hand_in(page_store, made, builders.total(unit, component, "88.00"))
    told = words(shown("firmness_items", hidden=True))
    assert "17项评分全部相同：这17项占权重35.78…%，未拉开任何差距" in told
    assert "2个市（区）等次改变" in told
    assert "：好 → 较好" in told
    assert not any(unit in told for unit in UNITS)
    assert "只有3个市（区），1对指标即使排序完全一致，也可能出于偶然，不作判断" in told


@pytest.mark.usefixtures("county_store")
def test_the_triangle_names_nobody_while_names_are_hidden() -> None:
    at = shown("firmness_triangle", hidden=True)
    told = words(at) + "".join(at.selectbox[0].options)
    assert not any(unit in told for unit in UNITS)
    assert "对象" in told


@pytest.mark.usefixtures("county_store")
def test_a_unit_that_stands_exactly_on_a_line_is_read_off_the_triangle() -> None:
    # 蓬江区: 90.79, 93.95 and 85.00 is 90.00, 好 from 89.995 on.
    told = words(shown("firmness_triangle", unit="蓬江区"))
    assert "蓬江区：文件权重下为“好”，±5个百分点以内就可能成为“较好”；换用别的权重可能成为“较好”" in told.replace("*", "")


@pytest.mark.usefixtures("county_store")
def test_a_unit_without_a_score_says_so_instead_of_an_empty_frame() -> None:
    assert "恩平市：尚无综合得分" in words(shown("firmness_triangle", unit="恩平市"))


def test_one_component_and_five_categories_make_no_triangle(page_store: Store) -> None:
    builders.towns(page_store)
    assert "本方案类别5项、指标19项，请看各项权重的稳定区间" in words(shown("firmness_triangle"))
    assert "未拉开差距的指标" in words(shown("firmness_items"))
    assert "实际影响" in words(shown("firmness_influence"))


def test_one_unit_says_that_it_is_too_few(page_store: Store) -> None:
    builders.city(page_store)
    assert "少于3个，看不出实际影响" in words(shown("firmness_influence"))
    assert "还没有三个以上对象逐项打分的考核方式" in words(shown("firmness_items"))


@pytest.mark.parametrize("scheme_id", ["qujiang-2018", "guangdong-2019", "neimenggu-2018", "jiangmen-2020-county"])
@pytest.mark.parametrize("name", ["firmness_influence", "firmness_items", "firmness_triangle"])
def test_before_anything_is_handed_in_there_is_a_word_and_no_picture(page_store: Store, scheme_id: str, name: str) -> None:
    builders.empty(page_store, scheme_id, "空")
    at = shown(name)
    assert at.caption or at.info
    assert not at.get("plotly_chart")


# The pictures themselves


def scored(*totals: str):
    sheets = [
        Sheet(unit, component, (Mark(None, score=F(value)),))
        for unit, row in zip(UNITS, totals, strict=False)
        for component, value in zip(COUNTED, row.split(), strict=True)
    ]
    return assess(COUNTY, sheets, ())


def told(*totals: str):
    return influence(COUNTY, scored(*totals).group(COUNTY.groups[0].id), LEVEL)


def test_the_bars_end_where_the_numbers_say() -> None:
    # 交叉 26/24.5, 日常 0, 市级 −1.5/24.5: worked in test_influence.
    found = told("100 80 90", "90 90 90", "80 85 90")
    for colors in (LIGHT, DARK):
        shapes = [s for s in influence_figure(found, drawn_parts(found), COUNTY, colors).layout.shapes if s.type == "rect"]
        assert [round(shape.x1, 6) for shape in shapes] == [0.4, 1.061224, 0.3, 0.0, 0.3, -0.061224]
    assert influence_described(found) == (
        "交叉考核名义权重40%，实际影响106.1%；日常工作名义权重30%，实际影响0.0%；市级考核名义权重30%，实际影响−6.1%"
    )
    assert [row["实际"] for row in rows(found, COUNTY)] == ["106.1%", "0.0%", "−6.1%"]


def fielded(totals: str):
    line = form(COUNTY, scored(totals).of(UNITS[0]), LEVEL)
    return field_of(LEVEL, line, {UNITS[0]: line})


def test_the_worked_case_is_told_in_words_beside_the_picture() -> None:
    told = fielded("92 86 85")
    assert verdict(told) == "文件权重下为“较好”，±5个百分点以内不变；换用别的权重可能成为“好”"
    assert described(told, "甲") == (
        "甲在文件权重（交叉考核40%、市级考核30%、日常工作30%）下为较好；全部权重组合中9.6%为好，90.4%为较好；"
        "±5个百分点以内100%为较好；全部对象等次不变的占90.4%"
    )


def test_whatever_the_weights_is_said_where_it_is_so() -> None:
    assert verdict(fielded("85 85 85")) == "权重无论怎样组合，都是“较好”"


def test_the_triangle_draws_every_region_in_its_grades_colour() -> None:
    told = fielded("95 82 66")
    drawn = field(told.level, told.line, told.found, told.close, told.common, LIGHT)
    filled = [trace.fillcolor for trace in drawn.data if trace.fill == "toself"]
    assert filled == ["#004E8C", "#56B4E9", "#E69F00", "#A3231B"]
    texts = "".join(annotation.text for annotation in drawn.layout.annotations)
    assert "文件权重 40/30/30" in texts
    assert all(shape in texts for shape in "●◆▲■")


def test_two_weights_are_drawn_as_a_bar() -> None:
    scheme = COUNTY.replace(weights={"cross": F(50), "municipal": F(50), "daily": F(0)})
    level = component_level(scheme)
    three = form(scheme, scored("95 76 80").of(UNITS[0]), level)
    two = type(three)(
        three.names[:2], three.values[:2], (F(1, 2), F(1, 2)), F(0), three.lines, three.finals, three.grades, three.reach
    )
    told = field_of(level, two, {UNITS[0]: two})
    drawn = bar(told.level, told.line, told.found, told.close, told.common, LIGHT)
    ends = [(round(s.x0, 4), round(s.x1, 4)) for s in drawn.layout.shapes if s.type == "rect"]
    # 76 + 19 t: 79.995 at t = 3.995/19, 89.995 at 13.995/19.
    assert ends == [(0.7366, 1.0), (0.2103, 0.7366), (0.0, 0.2103)]

"""打分尺度: what stands out is said first, what waits is not judged, and who assessed whom comes from the draw or from the planner."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from components.navigation import SCALES
from data.demo import load_all
from data.store import Store
from tests.pages.scales_stock import FAR, GENEROUS, UNITS, drawn, uneven

Visit = Callable[..., AppTest]
A, B, C = UNITS[:3]
LOW = "3" * 10 + "2" * 9


def words(visitor: AppTest) -> str:
    """All that the page says, without the joiners in bold."""
    said = (*visitor.markdown, *visitor.caption, *visitor.info, *visitor.subheader)
    return "\n".join(each.value for each in said).replace("\u2060", "").replace("\\", "")


def test_a_generous_group_is_named_as_drawn_with_its_counts_and_the_caution(page_store: Store, visit: Visit) -> None:
    made = uneven(page_store, {B: GENEROUS})
    drawn(page_store, made, [*UNITS[1:], UNITS[0]])
    said = words(visit(SCALES))
    assert f"第1组（{A}）评{B}：比市级考核偏宽、比其他组偏宽" in said
    assert "19项中12项高于市级考核、1项低于、6项同档" in said
    assert "需核实，不作为结论" in said
    assert "依有效的抽签结果（种子 3 17 22）" in said
    assert "仍在考核、评分的人员不得查阅" in said


def test_without_a_draw_the_groups_are_called_after_their_units(page_store: Store, visit: Visit) -> None:
    uneven(page_store, {B: GENEROUS})
    said = words(visit(SCALES))
    assert f"考核{B}的组评{B}：比市级考核偏宽" in said


def test_the_planner_says_who_assessed_whom_and_a_mutual_pair_shows(page_store: Store, visit: Visit) -> None:
    uneven(page_store, {A: LOW, B: LOW})
    visitor = visit(SCALES)
    assert "互评，两边" not in words(visitor)
    visitor.text_input[0].set_value(f"{A}→{B}；{B}→{A}").run()
    said = words(visitor)
    assert f"{A}与{B}互评，两边都低于市级考核" in said
    assert "数字不能区分" in said


def test_what_the_planner_mistypes_is_told_place_by_place_and_not_taken(page_store: Store, visit: Visit) -> None:
    uneven(page_store, {A: LOW, B: LOW})
    visitor = visit(SCALES)
    visitor.text_input[0].set_value(f"{A}→江诲区；{B}").run()
    (error,) = visitor.error
    assert "第1处“江诲区”不在名单上" in error.value
    assert "“江海区”？" in error.value
    assert "第2处没有写清" in error.value
    assert f"考核{A}的组" in words(visitor)


def test_while_a_sheet_is_missing_there_are_counts_and_no_verdict_and_no_total(page_store: Store, visit: Visit) -> None:
    uneven(page_store, {B: GENEROUS, C: FAR}, without=UNITS[5])
    visitor = visit(SCALES)
    said = words(visitor)
    assert f"还有1个市（区）（{UNITS[5]}）的交叉考核或市级考核未到" in said
    assert "比市级考核偏宽" not in said
    assert "相差两档以上的评分：" in said
    assert "得分8" not in said


def test_marks_two_grades_apart_are_listed_with_cells_files_and_what_hangs_on_them(
    page_store: Store, visit: Visit
) -> None:
    """较差 for 较好 on one of 19 items: 25/19 points of 40 %, so 85 would be 84.47 as it is, and 85 with 较好."""
    uneven(page_store, {C: FAR})
    said = words(visit(SCALES))
    assert f"{C}　第19项" in said.replace("**", "")
    assert f"{C}_交叉考核.xlsx {C}!G23" in said
    assert f"{C}_市级考核.xlsx {C}!E23" in said
    assert "现得分84.47，等次较好；若交叉考核改为“较好”，得分85.00，等次仍为较好" in said


def test_items_that_divide_nobody_are_listed_component_by_component(page_store: Store, visit: Visit) -> None:
    uneven(page_store, {B: GENEROUS})
    said = words(visit(SCALES)).replace("**", "")
    assert "交叉考核6项，7个市（区）都是较好：第13项" in said
    assert "市级考核全部19项，7个市（区）都是较好" in said


def test_the_other_component_can_be_the_yardstick(page_store: Store, visit: Visit) -> None:
    uneven(page_store, {B: GENEROUS})
    visitor = visit(SCALES)
    visitor.button_group[0].set_value("daily").run()
    assert "比日常工作偏宽" in words(visitor)


SAYS = {
    "jiangmen-2020-county": "未见哪一组明显偏宽或偏严",
    "jiangmen-2020-town": "只有“县级考核”一种计分的考核方式",
    "guangdong-2019": "只报总分、没有分项，只比总分",
    "dongxi-2019-city": "只有“分组成效评价”一种计分的评价方式",
    "neimenggu-2018": "没有交叉考核。“平时监控”与“年终考核”针对的时段、内容和满分不同",
    "ruyuan-2017": "只有“县考核”一种计分的考核方式",
    "qujiang-2018": "不计分、不评分项等次，没有可以对照的打分尺度",
}


@pytest.mark.slow
def test_every_document_is_told_what_its_sheets_can_say_of_scales(page_store: Store, visit: Visit) -> None:
    load_all(page_store)
    known = {one.scheme_id: one.id for one in page_store.assessments()}
    for scheme_id, sentence in SAYS.items():
        visitor = visit(SCALES, a=str(known[scheme_id]))
        assert sentence in words(visitor), scheme_id
        assert [each.value for each in visitor.error] == []
    visitor = visit(SCALES, a=str(known["neimenggu-2018"]))
    visitor.selectbox(key="scales-cross").set_value("yearend").run()
    assert "没有交叉考核。" not in words(visitor)
    assert [each.value for each in visitor.exception] == []

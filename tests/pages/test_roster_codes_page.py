"""按名称补填区划代码 on 年度考核: found, asked and unknown names, and nothing taken without the press."""

from __future__ import annotations

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from components.navigation import ASSESSMENTS, MAP
from data.schemes import scheme, scheme_text
from data.store import Assessment, Store, UnitRow
from tests.pages.builders import CLERK
from tests.pages.test_roster_page import begin_with, bring, run, text

TEMPLATE, COUNTY = "template-2026-county", "jiangmen-2020-county"
Visit = Callable[..., AppTest]


def made(store: Store, scheme_id: str, *units: UnitRow) -> Assessment:
    rules = scheme(scheme_id)
    return store.create_assessment("县级考核", scheme_id, scheme_text(scheme_id), rules.hash, units, CLERK)


def template(store: Store, *names: str) -> Assessment:
    group = scheme(TEMPLATE).groups[0].id
    return made(store, TEMPLATE, *(UnitRow(name, group) for name in names))


def county(store: Store) -> Assessment:
    return made(store, COUNTY, *(UnitRow(unit.name, "county") for unit in scheme(COUNTY).groups[0].units))


def choose(at: AppTest, start: str, code: str) -> AppTest:
    next(box for box in at.selectbox if str(box.key).startswith(start)).select(code)
    return run(at)


def buttons(at: AppTest) -> list:
    return [button for button in at.button if str(button.key).startswith("codes-confirm")]


def confirm(at: AppTest) -> AppTest:
    buttons(at)[0].click()
    return run(at)


def shown(at: AppTest) -> str:
    return text(at).replace("\\", "")


def test_codes_are_listed_taken_by_a_press_and_the_map_then_works(page_store: Store, visit: Visit) -> None:
    one = county(page_store)
    assert "没有行政区划代码，不能在地图上定位" in text(visit(MAP))
    at = visit(ASSESSMENTS)
    assert "找到7个" in shown(at)
    assert "广东省江门市台山市" in shown(at)
    assert page_store.assessment(one.id) == one  # looking takes nothing
    at.text_input(key="actor-box").set_value("王录入")
    run(at)
    confirm(at)
    assert "已补填7个区划代码" in shown(at)
    now, entry = page_store.assessment(one.id), page_store.log()[0]
    assert (now.version, [unit.region for unit in now.units][3]) == (one.version + 1, "440781")
    assert (entry.action, entry.actor) == ("更正名单", "王录入")
    assert len(page_store.log()) == 2
    assert "补填" not in "".join(each.label for each in at.expander)
    assert "不能在地图上定位" not in text(visit(MAP))


def test_a_roster_of_an_unknown_area_asks_from_the_province_down(page_store: Store, visit: Visit) -> None:
    one = template(page_store, "台山市", "鹤山", "恩平县", "县农业局")
    at = visit(ASSESSMENTS)
    assert "请先选定范围" in shown(at)
    assert "4个待选定范围后查找" in shown(at)
    assert not buttons(at)
    choose(at, f"codes-home-{one.id}-100000", "440000")
    choose(at, f"codes-home-{one.id}-440000", "440700")
    assert "找到2个" in shown(at)
    assert "没有完全同名的，最接近的是恩平市" in shown(at)
    assert "区划表的所查范围内没有“县农业局”" in shown(at)
    choose(at, f"code-{one.id}-恩平县", "440785")
    confirm(at)
    assert [unit.region for unit in page_store.assessment(one.id).units] == ["440781", "440784", "440785", ""]


def test_a_candidate_that_nobody_chose_is_not_filled_in(page_store: Store, visit: Visit) -> None:
    one = template(page_store, "台山市", "恩平县")
    at = choose(visit(ASSESSMENTS), f"codes-home-{one.id}-100000", "440000")
    confirm(at)
    assert [unit.region for unit in page_store.assessment(one.id).units] == ["440781", ""]


def test_one_place_for_two_units_is_refused_on_the_page(page_store: Store, visit: Visit) -> None:
    one = template(page_store, "台山", "台山市")
    at = choose(visit(ASSESSMENTS), f"codes-home-{one.id}-100000", "440000")
    choose(at, f"code-{one.id}-台山-", "440781")
    choose(at, f"code-{one.id}-台山市-", "440781")
    assert "一个代码只能用于一个县级对象" in shown(at)
    assert buttons(at)[0].disabled
    assert page_store.assessment(one.id) == one


def test_a_press_on_a_roster_that_someone_changed_in_between_takes_nothing(page_store: Store, visit: Visit) -> None:
    one = county(page_store)
    at = visit(ASSESSMENTS)
    page_store.correct_roster(one.id, one.units[1:], CLERK, "撤并")
    confirm(at)
    assert not any(unit.region for unit in page_store.assessment(one.id).units)
    assert "找到6个" in shown(at)


def test_a_roster_with_all_codes_and_a_final_one_offer_nothing(page_store: Store, visit: Visit) -> None:
    one = county(page_store)
    page_store.finalise(one.id, CLERK)
    at = visit(ASSESSMENTS)
    assert "本考核已定稿" in shown(at)
    assert not any("补填" in each.label for each in at.expander)


def test_a_roster_file_without_codes_says_where_they_are_filled_in(page_store: Store, visit: Visit) -> None:
    at = begin_with(visit(ASSESSMENTS), "qujiang-2018")
    bring(at, "new-roster", ("区直机关、企事业单位", "区财政局", "", ""))
    assert "其中1个没有可用的行政区划代码" in shown(at)

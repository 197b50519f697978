"""The drawer of 地图: what it tells of a unit, why, its neighbours and towns, and the ways on and back."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests.pages import builders
from tests.pages.test_map_page import healthy, listed, opened, press, row, store, words

__all__ = ["store"]  # pytest finds the fixtures by their names


def title(at: AppTest) -> str | None:
    """The open drawer's title; None while none is open."""
    found = [block for block in _blocks(at._tree[2]) if block.type == "dialog"]
    return found[0].proto.dialog.title if found else None


def _blocks(block):
    yield block
    for child in getattr(block, "children", {}).values():
        yield from _blocks(child)


def open_on(code: str, **query: str) -> AppTest:
    return press(opened(**query), f"row-{code}")


def labels(at: AppTest) -> set[str]:
    return {button.label for button in at.button}


def test_a_choice_in_the_list_opens_the_drawer_on_it(store):
    builders.county(store)
    at = open_on("440703")
    assert title(at) == "蓬江区"
    told = words(at)
    assert "**90.00分**　暂列第2位" in told
    assert "● 好" in told
    assert labels(at) >= {"查看分项情况", "看镇（街）", "上一个", "下一个"}


def test_a_link_marks_the_place_and_leaves_the_drawer_shut(store):
    builders.county(store)
    at = opened(sel="440703")
    assert title(at) is None
    assert "查看要点" in labels(at)
    assert title(press(at, "chosen-open")) == "蓬江区"


def test_the_drawer_says_why_with_the_clause_and_what_binds(store):
    builders.county(store)
    told = words(open_on("440705"))
    assert "有“记过”情形，按五（四）最高为“较好”" in told
    assert "附件1" in told or "五（四）" in told


def test_the_drawer_says_what_follows_with_its_clause(store):
    builders.county(store)
    assert "拟谈话提醒 :gray-badge[六（六）]" in words(open_on("440704"))
    assert "拟表扬 :gray-badge[六（六）]" in words(open_on("440703"))


def test_the_drawer_says_how_firm_the_grade_is_in_a_line(store):
    builders.county(store)
    assert "等次稳定性：各考核方式权重同时变动±" in words(open_on("440704"))


def test_the_drawer_of_a_unit_that_waits_says_what_is_missing_and_what_is_possible(store):
    builders.county(store)
    told = words(open_on("440785"))
    assert "暂缺：尚缺日常工作" in told
    assert "得分在" in told
    assert "等次可能为" in told
    assert "等次稳定性" not in told


def test_the_drawer_names_the_three_weakest_items_in_words(store):
    builders.county(store)
    told = words(open_on("440704"))
    weak = told.split("**较弱的指标**")[1].split("\n-")[1:4]
    assert len(weak) == 3
    assert all("第" in each and "项" in each and "一般" in each for each in weak)


def test_the_drawer_shows_each_component_with_its_weight(store):
    builders.county(store)
    (parts, *_) = open_on("440703").table
    assert list(parts.value.iloc[-1]) == ["日常工作", "30%", "85.00"]


def test_the_drawer_counts_the_towns_only_where_the_switch_is_on(store):
    builders.county(store)
    towns = builders.towns(store)
    hidden = words(open_on("440781", a="1"))
    assert "未公开镇（街）考核结果" in hidden
    assert "17个镇（街）" not in hidden
    builders.show_towns(store, towns)
    assert "17个镇（街）：好3个，较好14个。" in words(open_on("440781", a="1"))


def test_next_and_back_follow_the_list_and_the_map_goes_along(store):
    builders.county(store)
    at = opened()
    order = listed(at)
    at = press(press(at, f"row-{order[1]}"), "drawer-下一个")
    assert at.query_params["sel"] == order[2]
    assert title(at) in row(at, order[2])
    at = press(press(at, "drawer-上一个"), "drawer-上一个")
    assert at.query_params["sel"] == order[0]
    assert next(button for button in at.button if button.key == "drawer-上一个").disabled


def test_down_to_the_towns_shuts_the_drawer(store):
    builders.county(store)
    at = press(open_on("440781"), "drawer-down")
    assert title(at) is None
    assert at.query_params["place"] == "440781"
    assert "sel" not in at.query_params


def test_a_change_by_someone_else_leaves_the_drawer_open_on_the_same_unit(store):
    assessment = builders.county(store)
    at = open_on("440785")
    assert "暂缺" in words(at)
    builders.last_sheet(store, assessment)
    at = healthy(at.run())
    assert title(at) == "恩平市"
    assert at.query_params["sel"] == "440785"
    assert "暂缺" not in words(at).split("恩平市")[-1]


def test_a_place_that_the_document_leaves_out_says_so_with_the_clause(store):
    from data.demo import load_demo

    load_demo(store, documents=["guangdong-2019"])
    at = opened()
    assert "另行制定" in row(at, "440700")
    told = words(press(at, "row-440700"))
    assert "江门" in told
    assert "另行制定" in told
    assert "查看分项情况" not in labels(at)


def test_a_town_that_is_not_to_be_seen_says_whose_decision_that_is(store):
    builders.county(store)
    builders.towns(store)
    at = open_on("440781115", a="1", place="440781")
    assert "未公开镇（街）考核结果" in words(at)
    assert "查看分项情况" not in labels(at)


def test_under_judgement_the_drawer_tells_findings_and_no_grade(store):
    from data.demo import load_demo

    load_demo(store, documents=["qujiang-2018"])
    at = opened()
    at = press(at, f"row-{listed(at)[0]}")
    assert "情形" in words(at)
    assert "得分" not in words(at).split("数据取自")[-1]
    assert "等次稳定性" not in words(at)


def test_the_drawer_compares_a_unit_with_those_it_borders_on(store):
    builders.county(store)
    told = words(open_on("440783"))
    assert "**与邻近市（区）相比**" in told
    # 开平市 borders on 新会区 94.00, 台山市 86.14, 鹤山市 93.58 and 恩平市 (暂缺); the mean is 273.72 / 3 = 91.24
    assert "邻近3个市（区）平均91.24分，低2.00分（另有1个未计入平均）" in told

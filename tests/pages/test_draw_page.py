"""抽签与抽样 as the clerk and the room use it, over a store of their own."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from components.navigation import DRAW
from data.schemes import scheme, scheme_text
from data.store import Store, UnitRow
from scoring.draws import draw, plan
from tests.pages import builders

Visit = Callable[..., AppTest]
ROSTER = "户编号,镇,村,类别\n" + "".join(
    f"{code}{n:03},{town}镇,白石村,{'分散贫困户' if n % 2 else '集中供养'}\n"
    for code, town, count in (("D", "大桥", 40), ("B", "必背", 17))
    for n in range(count)
)


def said(page: AppTest) -> str:
    """All that the page says, Markdown's escapes taken away."""
    kinds = (page.markdown, page.caption, page.info, page.warning, page.error, page.success)
    words = [element.value for kind in kinds for element in kind]
    return "\n".join(words).replace("\\", "").replace("\u2060", "").replace("**", "") + large(page)


def large(page: AppTest) -> str:
    """The list in large letters."""
    return "".join(element.proto.body for element in page.get("html") if "drawn" in element.proto.body)


def press(page: AppTest, label: str) -> AppTest:
    found = [button for button in page.button if button.label == label]
    assert found, f"no button {label}; there are: {[button.label for button in page.button]}"
    found[0].click()
    page.run()
    assert not page.exception, page.exception[0].stack_trace
    return page


def typed(page: AppTest, label: str, text: str) -> AppTest:
    next(box for box in page.text_input if box.label == label).set_value(text)
    return page.run()


@pytest.fixture
def county(page_store: Store) -> Store:
    builders.empty(page_store, "jiangmen-2020-county", "2020年江门市 · 县级")
    return page_store


@pytest.fixture
def ruyuan(page_store: Store) -> Store:
    builders.empty(page_store, "ruyuan-2017", "2017年乳源")
    return page_store


def test_the_page_begins_with_the_documents_own_words(county: Store, visit: Visit) -> None:
    words = said(visit(DRAW))
    assert "六（三）　各市（区）7个考核组" in words
    assert "随机配对对各市（区）党委和政府扶贫开发工作成效进行考核" in words
    assert "7个组随机配对，各考核一地：不考核本地、不两地互考。符合条件的配对共1,140种，每种机会均等。" in words
    assert "事先定好的种子可以事先试算" in words
    assert "本页为示例数据" in words


def test_a_typed_seed_gives_the_pairs_that_anyone_else_gets(county: Store, visit: Visit) -> None:
    page = press(typed(visit(DRAW), "种子", "３ 17  22 8 41 9 30"), "抽签")
    (kept,) = county.drawings(1)
    assert (kept.seed, kept.state) == ("3 17 22 8 41 9 30", "current")
    for line in draw(plan(scheme("jiangmen-2020-county")), "3 17 22 8 41 9 30"):
        assert (
            f'第{line.number}组（{line.group}）</span> <span aria-hidden="true">→</span> 考核 <strong>{line.objects[0]}'
            in large(page)
        )
    assert county.log(1)[0].action == "抽签"
    assert 'python cli.py draw --scheme jiangmen-2020-county --seed "3 17 22 8 41 9 30"' in [
        code.value for code in page.code
    ]


def test_a_draw_is_done_again_from_its_seed_and_compared(county: Store, visit: Visit) -> None:
    page = press(visit(DRAW), "抽签")
    press(page, "用此种子重做核对")
    assert "重做一遍，结果与记录逐项相同" in page.success[0].value


def test_a_record_that_somebody_touched_no_longer_agrees_with_its_seed(county: Store, visit: Visit) -> None:
    page = press(visit(DRAW), "抽签")
    kept = county.drawings(1)[0]
    lines = kept.result["lines"]
    lines[0]["objects"], lines[1]["objects"] = lines[1]["objects"], lines[0]["objects"]
    county.record_drawing(1, "draw", "", (), kept.seed, kept.inputs, kept.result, "某人", "改动")
    page.run()
    press(page, "用此种子重做核对")
    assert "重做的结果与记录不同" in page.error[0].value


def test_drawing_again_waits_for_a_reason_and_the_first_draw_stays_in_sight(county: Store, visit: Visit) -> None:
    page = press(typed(visit(DRAW), "种子", "1"), "抽签")
    again = next(button for button in page.button if button.label == "重新抽签")
    assert again.disabled
    assert "再抽须写明理由；以前各次结果和种子不会删除" in said(page)
    typed(page, "重抽理由", "鹤山市临时换组长")
    typed(page, "种子", "2")
    press(page, "重新抽签")
    assert {one.seed: one.state for one in county.drawings(1)} == {"1": "replaced", "2": "current"}
    words = said(page)
    assert "重抽理由：鹤山市临时换组长" in words
    first = draw(plan(scheme("jiangmen-2020-county")), "1")
    assert f"第1组（蓬江区）→{first[0].objects[0]}" in words


def test_the_groups_can_be_revealed_one_by_one(county: Store, visit: Visit) -> None:
    page = visit(DRAW)
    page.toggle(key="draw-slowly").set_value(True).run()
    press(page, "抽签")
    third = county.drawings(1)[0].result["lines"][2]["objects"][0]
    assert large(page).count("<strong>　") == 7, "nobody has seen any of it"
    assert f"<strong>{third}" not in large(page)
    for n in (1, 2, 3):
        press(page, f"揭晓第{n}组")
    assert f"<strong>{third}" in large(page)
    press(page, "全部揭晓")
    assert large(page).count("<strong>　") == 0


def test_a_draw_that_all_have_seen_is_not_covered_when_the_next_one_is_to_be(county: Store, visit: Visit) -> None:
    page = press(visit(DRAW), "抽签")
    assert large(page).count("<strong>　") == 0
    page.toggle(key="draw-slowly").set_value(True).run()
    assert large(page).count("<strong>　") == 0


def test_a_seed_that_cannot_be_printed_is_refused_in_words(county: Store, visit: Visit) -> None:
    page = press(typed(visit(DRAW), "种子", "1|2"), "抽签")
    assert "有“|”" in said(page)
    assert county.drawings(1) == []


def test_a_void_draw_leaves_the_page_ready_for_one_with_a_reason(county: Store, visit: Visit) -> None:
    page = press(visit(DRAW), "抽签")
    typed(page, "作废理由", "漏了一个组")
    press(page, "确认作废")
    assert county.drawings(1)[0].state == "withdrawn"
    assert "已作废" in said(page)
    assert next(button for button in page.button if button.label == "重新抽签").disabled


def test_a_roster_of_two_cannot_avoid_mutual_pairs_and_says_so(page_store: Store, visit: Visit) -> None:
    rules = scheme("jiangmen-2020-county")
    units = [UnitRow("蓬江区", "county", "440703"), UnitRow("江海区", "county", "440704")]
    page_store.create_assessment("两区", rules.id, scheme_text(rules.id), rules.hash, units, "经办")
    page = press(visit(DRAW), "抽签")
    assert "没有任何配对可行；请增加考核对象" in said(page)
    assert "原文写7个组，本次名单为2个" in said(page)


def test_what_广东_leaves_open_is_drawn_named_or_left_and_said_so(page_store: Store, visit: Visit) -> None:  # noqa: N802
    builders.empty(page_store, "guangdong-2019", "2019年广东")
    page = visit(DRAW)
    assert "广州市、深圳市、珠海市、佛山市、东莞市、中山市由哪组考核，原文未写" in said(page)
    assert "只有14个考核组，而考核对象有20个市" in said(page)
    press(page, "抽签")
    assert large(page).count("兼考") == 6


def test_members_of_mixed_groups_never_assess_their_own(page_store: Store, visit: Visit) -> None:
    builders.empty(page_store, "dongxi-2019-city", "2019年东西部")
    page = visit(DRAW)
    assert "6个组混合编成，分别评价10个帮扶市" in said(page)
    away = next(box for box in page.multiselect if box.label == "第1组")
    away.set_value(["广州市", "深圳市", "珠海市", "佛山市", "江门市", "湛江市", "茂名市", "肇庆市"])
    page.run()
    press(page, "抽签")
    first = page_store.drawings(1)[0].result["lines"][0]
    assert set(first["objects"]) <= {"东莞市", "中山市"}
    assert "评价 <strong>" in large(page)


def test_a_scheme_without_draw_and_samples_says_so_plainly(page_store: Store, visit: Visit) -> None:
    builders.empty(page_store, "jiangmen-2020-town", "2020年江门市 · 镇级")
    page = visit(DRAW)
    assert "没有抽签或抽样的规定" in said(page)
    assert not page.tabs


def test_towns_are_named_from_the_division_and_counted(ruyuan: Store, visit: Visit) -> None:
    page = visit(DRAW)
    assert "列入9个：乳城镇、一六镇" in said(page)
    box = next(box for box in page.multiselect if "镇" in box.label and "不列入" not in box.label)
    box.set_value(box.options[:1])
    page.run()
    assert "指定了1个，规则要求至少2个。请再指定1个" in said(page)
    assert next(button for button in page.button if button.label == "记录指定结果").disabled
    box = next(box for box in page.multiselect if "镇" in box.label and "不列入" not in box.label)
    box.set_value(box.options[:2])
    press(page.run(), "记录指定结果")
    (kept,) = ruyuan.drawings(1)
    assert (kept.rule, kept.seed) == ("town", "指定")
    assert "乳城镇" in large(page)


def households(visit: Visit, content: str, name: str = "名册.csv") -> AppTest:
    page = visit(DRAW)
    box = page.selectbox[-1]
    box.set_value("household")
    page.run()
    page.file_uploader[0].upload(name, content.encode(), "text/csv")
    page.run()
    assert not page.exception, page.exception[0].stack_trace
    return page


def test_households_are_drawn_by_town_with_what_a_town_lacks(ruyuan: Store, visit: Visit) -> None:
    page = households(visit, ROSTER)
    words = said(page)
    assert "已读57条；类别：集中供养、分散贫困户。" in words
    assert "必背镇：名册只有17个，规则要求20个" in words
    assert "必背镇：“分散贫困户”只有8个，规则要求10个" in words
    assert next(button for button in page.button if button.label == "抽取").disabled
    page.checkbox[0].check()
    press(page.run(), "抽取")
    (kept,) = ruyuan.drawings(1)
    assert [len(stratum["picked"]) for stratum in kept.result["strata"]] == [20, 17]
    assert set(kept.scope) == {"大桥镇", "必背镇"}
    assert kept.inputs["entries"] == []
    assert "大桥镇　抽20户（名册40户）" in said(page)


def test_a_roster_with_identity_numbers_is_refused_and_nothing_of_it_is_kept(ruyuan: Store, visit: Visit) -> None:
    page = households(visit, "户编号,镇,证件\n1,大桥镇,440232198001011234\n")
    words = said(page)
    assert "第2行C列像身份证号。抽样只需户编号" in words
    assert "440232198001011234" not in words + str(page.session_state)
    assert not [button for button in page.button if button.label == "抽取"]
    assert ruyuan.drawings(1) == []


def test_what_may_be_a_name_is_asked_about_by_its_place_before_anything_is_drawn(ruyuan: Store, visit: Visit) -> None:
    page = households(visit, ROSTER.replace("白石村,集中供养", "白石村,张小三", 1))
    assert "D2“类别”像人名" in said(page)
    assert not [button for button in page.button if button.label == "抽取"]
    next(box for box in page.checkbox if box.label == "已逐处核对，都不是人名").check()
    page.run()
    assert [button for button in page.button if button.label == "抽取"]


def test_the_name_of_the_uploaded_file_is_not_kept(ruyuan: Store, visit: Visit) -> None:
    page = households(visit, ROSTER, name="张小三家庭.csv")
    for box in page.checkbox:
        box.check()
    press(page.run(), "抽取")
    (kept,) = ruyuan.drawings(1)
    assert kept.inputs["roster"]["file"] == "名册.csv"
    assert "张小三" not in str(kept) + str(ruyuan.log())


def test_fewer_than_the_rule_asks_cannot_be_drawn(ruyuan: Store, visit: Visit) -> None:
    page = typed(households(visit, ROSTER), "每处至少抽几户", "5")
    assert "每处抽取的数应为20至9999之间的整数" in said(page)


def test_counties_are_drawn_in_every_league(page_store: Store, visit: Visit) -> None:
    builders.empty(page_store, "neimenggu-2018", "2018年内蒙古")
    page = press(visit(DRAW), "抽取")
    (kept,) = page_store.drawings(1)
    assert len(kept.result["strata"]) == 12
    assert all(len(stratum["picked"]) == max(1, -(-stratum["pool"] // 10)) for stratum in kept.result["strata"])
    press(page, "用此种子重做核对")
    assert "结果与记录逐项相同" in page.success[0].value

"""等次稳定性: the worked unit's verdict, names hidden, links to 权重测算 that truly flip, and every scheme in good words."""

from __future__ import annotations

from fractions import Fraction
from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest

from components.explore import firmness_ranks, many
from components.navigation import FIRMNESS, WHATIF
from data.demo import DOCUMENTS, load_demo
from data.state import load_state
from data.store import Assessment, Store
from scoring.marks import Fact
from scoring.trial import from_text, levels, scheme_of
from tests.pages import builders

COUNTIES = ("蓬江区", "江海区", "新会区", "台山市", "开平市", "鹤山市", "恩平市")


def words(at: AppTest) -> str:
    told = [element.value for element in (*at.markdown, *at.caption, *at.info, *at.warning, *at.subheader)]
    told += [str(table.value.to_csv(index=False)) for table in (*at.table, *at.dataframe)]
    return "\n".join(told).translate(str.maketrans("", "", "\\\u200b\u2060"))


def ways(at: AppTest) -> list[tuple[str, dict[str, str]]]:
    """(label, address) of every link to 权重测算."""
    found = []
    for link in at.main.get("page_link"):
        if link.proto.page.rstrip("/").endswith("whatif"):
            found.append((link.proto.label, dict(parse_qsl(link.proto.query_string))))
    return found


def said(at: AppTest, name: str) -> str:
    """What the address holds under a name."""
    held = at.query_params[name]
    return held if isinstance(held, str) else held[0]


def worked(store: Store, *, sanction: bool = False) -> Assessment:
    """One unit of the worked case, 92/86/85, so 88.10 and 较好; the six others hand in nothing."""
    made = builders.empty(store, "jiangmen-2020-county", "2020年江门市 · 县级")
    for component, score in (("cross", "92"), ("municipal", "86"), ("daily", "85")):
        builders.hand_in(store, made, builders.total("蓬江区", component, score))
    if sanction:
        row = store.add_fact(
            made.id, Fact("蓬江区", "sanction", "记过", "2020-06-01", "江纪〔2020〕12号"), "", "李经办"
        )
        store.confirm_fact(row.id, "王复核")
    return store.assessment(made.id)


def test_the_worked_units_verdict_is_the_case_files(page_store, visit):
    worked(page_store)
    told = words(visit(FIRMNESS))
    assert "的等次**稳固（考核方式权重±5个百分点内怎样调整都不变）**；**各考核方式权重同时变动±70.1%以内，等次不变**" in told
    assert told.count("各考核方式权重同时变动±70.1%以内，等次不变") == 2  # the first sentence and the card agree
    assert "交叉考核由92.00升至96.74以上，或交叉考核权重由40%升至69.16%以上（其余按比例），即达到“好”" in told
    assert "考核方式权重±5个百分点内：较好 100%" in told
    assert "6个不作判断（尚无综合得分）" in told


def test_the_link_to_the_board_carries_weights_that_flip_the_grade(page_store, visit):
    made = worked(page_store)
    ((label, address),) = ways(visit(FIRMNESS))
    assert label == "到权重测算试一试（升等次）"
    assert address["w"] == "cross:69.16,municipal:15.42,daily:15.42"
    state = load_state(page_store, made.id)
    trial, problems = from_text(levels(state.scheme, "county"), {"w": "cross:69.16,municipal:15.42,daily:15.42"})
    assert not problems
    assert state.assess_with(scheme_of(state.scheme, trial)).of("蓬江区").grade == "好"
    less = {"w": {"cross": Fraction("69.15"), "municipal": Fraction("15.42"), "daily": Fraction("15.43")}}
    assert state.assess_with(scheme_of(state.scheme, less)).of("蓬江区").grade == "较好"
    then = visit(WHATIF, a=str(made.id), w="cross:69.16,municipal:15.42,daily:15.42")
    assert "较好 → **好**" in words(then)


def test_a_limit_is_named_and_by_score_stands_beside_after_the_rules(page_store, visit):
    worked(page_store, sanction=True)
    told = words(visit(FIRMNESS))
    assert "等次受限制、权重怎样调整都不升的：对象" in told
    assert "五（四）" in told
    assert "限制未解除前，得分再高、权重怎样调整都不升等次" in told
    assert "无论各考核方式权重怎样调整，等次都不变" in told  # no weighting brings 85 and more below 80


def test_names_are_hidden_and_never_in_the_address(county_store, visit):
    at = visit(FIRMNESS)
    told = words(at)
    assert "名称已隐去" in told
    assert not [name for name in COUNTIES if name in told]
    assert said(at, "u").startswith("对象")
    assert not [name for name in COUNTIES if name in str(at.selectbox(key="firmness-unit").options)]


def test_a_real_name_in_the_address_tells_no_alias(county_store, visit):
    first = said(visit(FIRMNESS), "u")
    assert {said(visit(FIRMNESS, u=name), "u") for name in COUNTIES[:3]} == {first}


def test_the_unit_in_the_address_is_chosen_and_its_level(county_store, visit):
    at = visit(FIRMNESS, u="对象乙", level="c")
    assert (said(at, "u"), said(at, "level")) == ("对象乙", "c")
    assert at.selectbox(key="firmness-unit").options[at.selectbox(key="firmness-unit").index] == "对象乙"


def test_the_softest_comes_first_and_the_order_can_be_chosen(county_store, visit):
    # 蓬江区 stands at exactly 90.00: 0.005 ÷ 2.6842 = 0.186 %
    at = visit(FIRMNESS)
    assert "各考核方式权重同时变动±0.1%以内，等次不变" in words(at)
    first = next(text.value for text in at.markdown if "分　" in text.value)
    assert "90.00分" in first
    at.segmented_control(key="firmness-order").set_value("按列表顺序").run()
    assert not at.exception
    listed = [text.value for text in at.markdown if "对象" in text.value and "badge" in text.value]
    assert "对象甲" in listed[0]


def test_readings_stand_beside_weights(county_store, visit):
    told = words(visit(FIRMNESS))
    assert "口径与权重，哪个影响更大" in told
    assert "权重±5个百分点内的各种组合" in told


def test_many_units_are_a_table_with_the_chosen_ones_card(page_store, visit):
    made = builders.towns(page_store)
    at = visit(FIRMNESS, a=str(made.id), of="440781")
    assert len(at.dataframe[0].value) == 17
    at.text_input(key="firmness-find").set_value("对象1").run()
    assert set(at.dataframe[0].value.iloc[:, 0]) == {f"对象{at}" for at in range(11, 18)}
    at.text_input(key="firmness-find").set_value("没有").run()
    assert "没有符合条件的对象" in words(at)


def test_of_very_many_units_what_takes_long_waits_until_it_is_asked_for(page_store, visit, monkeypatch):
    monkeypatch.setattr(many, "MANY", 20)
    made = builders.towns(page_store)
    at = visit(FIRMNESS, a=str(made.id), of="440781")
    assert "考核对象较多（73个），位次的分布计算较慢，不随页面一并计算" in words(at)
    assert "各项口径的影响计算较慢" in words(at)
    assert "颜色越浓" not in words(at)
    at.button(key="ranks-440781-c-ask").click().run()
    assert not at.exception
    assert "颜色越浓" in words(at)
    assert "各项口径的影响计算较慢" in words(at)


def test_of_a_large_group_the_strip_has_those_beside_the_chosen_one():
    units = [str(place) for place in range(1, 201)]
    assert [*firmness_ranks.beside(units[:60], "9")] == [*range(60)]
    assert firmness_ranks.beside(units, "100") == range(79, 120)
    assert firmness_ranks.beside(units, "2") == firmness_ranks.beside(units, "nobody") == range(41)
    assert firmness_ranks.beside(units, "200") == range(159, 200)


@pytest.mark.parametrize(
    "asked", [{"u": "没有的"}, {"level": "x"}, {"level": "r"}, {"of": "没有的组"}, {"w": "乱码"}, {"u": "", "level": ""}]
)
def test_nonsense_in_the_address_opens_what_is_shown_unasked_and_is_gone_from_it(county_store, visit, asked):
    at = visit(FIRMNESS, **asked)
    assert not at.error
    assert (said(at, "u"), said(at, "level")) == unasked(visit)
    assert "of" not in at.query_params


def unasked(visit) -> tuple[str, str]:
    at = visit(FIRMNESS)
    return said(at, "u"), said(at, "level")


def test_without_a_score_the_page_leads_to_the_upload(page_store, visit):
    builders.empty(page_store, "jiangmen-2020-county", "2020年江门市 · 县级")
    assert "暂无可分析的得分" in words(visit(FIRMNESS))


def test_one_unit_alone_has_no_places(page_store, visit):
    builders.city(page_store)
    told = words(visit(FIRMNESS))
    assert "以下所说的权重是类别的权重" in told
    assert "全部权重组合下的位次" not in told


def test_a_document_without_lines_is_told_by_its_places(page_store, visit):
    load_demo(page_store, documents=["guangdong-2019"])
    told = words(visit(FIRMNESS))
    assert "文件没有等次线，等次由评议确定，谈不上等次是否稳固；以下只分析位次" in told
    assert "每项权重可以变动多少，位次不变" in told
    assert "全部权重组合下的位次" in told


@pytest.mark.slow
@pytest.mark.parametrize("document", [document.id for document in DOCUMENTS])
def test_the_page_opens_over_every_document_and_every_link_changes_a_grade(page_store, visit, document):
    load_demo(page_store, documents=[document])
    for assessment in page_store.assessments():
        at = visit(FIRMNESS, a=str(assessment.id))
        assert not at.error
        state = load_state(page_store, assessment.id)
        if state.scheme.judged:
            assert "不作等次稳定性分析" in words(at)
            continue
        group = state.scheme.marked_groups[0].id
        now = {result.unit: result.grade for result in state.results.group(group)}
        for label, address in ways(at):
            trial, problems = from_text(levels(state.scheme, group), address)
            assert (len(trial), problems) == (1, []), label
            then = state.assess_with(scheme_of(state.scheme, trial))
            assert any(then.of(unit).grade != grade for unit, grade in now.items()), label

"""Each layer of the map on results that can be checked on paper (``tests.pages.builders``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import pytest

from data.follow_up import outcome_key
from data.looks import DARK, LIGHT
from data.maps import paint
from data.maps.layers import Measures, UnknownLayerError, kinds, painted
from data.maps.paint import Fill
from data.maps.spots import Spot, spots
from data.regions import place
from data.state import State, load_state
from data.store import READING, Decision, Ruling, Store
from scoring.marks import Mark, Sheet
from tests.data.maps.hands import JIANGMEN, counties, every_unit, open_store
from tests.pages import builders, documents


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path) as opened:
        yield opened


@pytest.fixture
def state(store: Store) -> State:
    return load_state(store, builders.county(store).id)


def named(layer: str, found: Mapping[str, Spot], **more) -> dict[str, Fill]:
    """The fills by the places' names."""
    fills = painted(layer, found.values(), **more).fills
    return {name: fills[spot.place.code] for name, spot in found.items()}


def words(layer: str, found: Mapping[str, Spot], **more) -> list[str]:
    return [fill.sign for fill in painted(layer, found.values(), **more).legend]


# What is offered


def test_the_counties_are_offered_every_kind_that_their_scheme_has(state: State) -> None:
    offered = {kind.id: kind for kind in kinds(counties(state).values(), [state])}
    assert list(offered) == ["grade", "score", "part", "item", "sheets", "outcomes", "firm"]
    assert offered["part"].choices == {
        "part.cross": "交叉考核", "part.municipal": "市级考核", "part.daily": "日常工作",
    }  # fmt: skip
    assert len(offered["item"].choices) == 19 * 3
    assert offered["item"].choices["item.1.cross"].startswith("1. 建档立卡贫困人口退出情况")


def test_one_component_has_no_layer_of_its_own_and_what_follows_for_all_alike_none_either(store: Store) -> None:
    towns = load_state(store, builders.towns(store).id)
    found = spots(place(JIANGMEN), [towns], "town")
    assert [kind.id for kind in kinds(found, [towns])] == ["grade", "score", "item", "sheets", "firm"]


def test_without_lines_there_are_no_grades_and_no_firmness_until_lines_are_borrowed(store: Store) -> None:
    made = documents.guangdong(store)
    state = load_state(store, made.id)
    assert {"grade", "firm"}.isdisjoint(kind.id for kind in kinds(every_unit(state), [state]))
    documents.borrow_lines(store, made)
    state = load_state(store, made.id)
    assert {"grade", "firm"} <= {kind.id for kind in kinds(every_unit(state), [state])}
    assert "借用江门2020附件1的等次线，不是本文件的规定" in painted("grade", every_unit(state)).note


def test_judgement_offers_its_facts_alone(store: Store) -> None:
    state = load_state(store, documents.qujiang(store).id)
    assert [(kind.id, kind.choices) for kind in kinds(every_unit(state), [state])] == [("facts", {"facts": "情形"})]


def test_places_without_a_result_offer_nothing(state: State) -> None:
    assert kinds(spots(place("440000"), [state]), [state]) == ()
    shown = painted("grade", spots(place("440000"), [state]))
    assert [fill.sign for fill in shown.legend] == ["● 本次范围", "不在本次范围"]


@pytest.mark.parametrize(
    "layer",
    ["", "没有", "part", "part.没有", "part.self", "item", "item.x.cross", "item.99.cross", "item.1.没有", "change.last",
     "change.s9"],
)  # fmt: skip
def test_a_layer_that_is_not_there_is_said_to_be_none(state: State, layer: str) -> None:
    with pytest.raises(UnknownLayerError, match="没有“"):
        painted(layer, counties(state).values())


# 等次 and 得分


def test_the_grade_that_stands_is_painted_with_the_limit_and_its_clause_in_the_tip(state: State) -> None:
    fills = named("grade", counties(state))
    assert fills["蓬江区"].lines == ("● 好 90.00",)
    assert fills["新会区"].lines == ("◆ 较好（受限制） 94.00",)
    assert fills["新会区"].rgb == paint.rgb(LIGHT.grades[1].color)
    assert "按五（四）最高为“较好”，按分数为“好”" in fills["新会区"].tip
    assert fills["恩平市"].sign == "○ 暂缺"
    assert words("grade", counties(state)) == ["● 好", "◆ 较好", "▲ 一般", "■ 较差", "○ 暂缺"]
    assert "附件1" in painted("grade", counties(state).values()).note


def test_the_dark_theme_has_its_own_colours(state: State) -> None:
    fills = named("grade", counties(state), colors=DARK)
    assert fills["蓬江区"].rgb == paint.rgb(DARK.grades[0].color)
    assert fills["恩平市"].rgb == paint.rgb(DARK.line)


def test_scores_lie_on_steps_with_round_edges_which_the_legend_names(state: State) -> None:
    # from 79.78 (江海区) to 94.00: five steps of five points from 75
    fills = named("score", counties(state))
    assert (fills["蓬江区"].word, fills["江海区"].word, fills["恩平市"].word) == ("90.00", "79.78", "暂缺")
    assert words("score", counties(state)) == [
        "■ 90～95分", "■ 85～90分", "■ 80～85分", "■ 75～80分", "○ 暂缺",
    ]  # fmt: skip
    by_word = {fill.word: fill.rgb for fill in painted("score", counties(state).values()).legend}
    assert fills["蓬江区"].rgb == by_word["90～95分"]  # 90 itself is above the edge
    assert fills["江海区"].rgb == by_word["75～80分"]


def test_a_total_out_of_other_full_marks_says_out_of_how_many(store: Store) -> None:
    state = load_state(store, documents.neimenggu(store).id)
    whole = replace(
        state,
        scheme=state.scheme.with_elements(total=None),
        results=state.assess_with(state.scheme.with_elements(total=None)),
    )
    first = every_unit(whole)[0]
    # 平时监控 and 年终考核 nine tenths of 100 each, but for the ratios at 98% and the question answered 是
    assert first.result is not None
    assert first.result.score is not None
    assert first.result.score > 100
    fill = painted("score", [first]).fills[first.place.code]
    assert fill.word.endswith("／200")
    assert "满分200分" in painted("score", [first]).note
    assert any("～" in each.word for each in painted("score", [first]).legend)


# 考核方式


def test_a_component_shows_its_score_weight_and_clause(state: State) -> None:
    fills = named("part.daily", counties(state))
    assert (fills["蓬江区"].word, fills["江海区"].word) == ("85.00", "81.30")
    assert fills["恩平市"].sign == "○ 暂缺"
    assert "日常工作：85.00分" in fills["蓬江区"].tip.split("\n")
    assert "评分表未报" in fills["恩平市"].tip
    note = painted("part.daily", counties(state).values()).note
    assert "权重30％" in note
    assert "六（五）" in note


def test_where_marks_add_up_a_component_is_out_of_its_full_marks(store: Store) -> None:
    state = load_state(store, documents.neimenggu(store).id)
    last = every_unit(state)[11]
    # the twelfth 盟市 has 96 - 3 × 11 in 年终考核, handed in as a total
    assert painted("part.yearend", [last]).fills[last.place.code].word == "63.00／100"


# 指标


def test_an_indicator_shows_the_ticks_grade_and_its_points(state: State) -> None:
    fills = named("item.1.cross", counties(state))
    assert fills["蓬江区"].lines == ("● 好 95",)
    assert fills["江海区"].lines == ("▲ 一般 75",)
    assert "交叉考核第1项：一般，75分" in fills["江海区"].tip
    assert words("item.1.cross", counties(state)) == ["● 好", "◆ 较好", "▲ 一般", "■ 较差"]


def test_an_indicator_of_a_total_of_a_missing_sheet_and_of_none_is_told_apart(store: Store) -> None:
    made = builders.county(store)
    sheet = builders.ticks("开平市", "cross", builders.CROSS_AND_MUNICIPAL["开平市"][0])
    marks = tuple(
        Mark(mark.indicator, applicable=False, remark="本地无搬迁任务") if mark.indicator == 4 else mark
        for mark in sheet.marks
    )
    builders.hand_in(store, made, Sheet("开平市", "cross", marks))
    fills = named("item.4.cross", counties(load_state(store, made.id)))
    assert fills["开平市"].sign == "○ 不适用"
    assert "理由：本地无搬迁任务" in fills["开平市"].tip
    daily = named("item.4.daily", counties(load_state(store, made.id)))
    assert daily["蓬江区"].sign == "○ 只报总分"
    assert daily["恩平市"].sign == "○ 暂缺"
    assert daily["新会区"].lines == ("● 好 95",)


def test_points_of_an_item_are_out_of_its_own_full_marks(store: Store) -> None:
    state = load_state(store, documents.neimenggu(store).id)
    found = every_unit(state)
    fills = painted("item.1.yearend", found)
    # item 1 has 10 points in 年终考核: 18/20 of them, and one half a point less for each 盟市 on
    assert [fills.fills[spot.place.code].word for spot in found[:3]] == ["9／10", "8.5／10", "8／10"]
    assert fills.fills[found[7].place.code].sign == "○ 只报总分"
    assert "满分10分" in fills.note


def test_a_row_that_waits_for_a_person_is_neither_missing_nor_nothing(store: Store) -> None:
    state = load_state(store, documents.dongxi_city(store, documents.HALF).id)
    found = {spot.place.name: spot for spot in every_unit(state)}
    first = next(iter(found))
    item = next(row.no for row in state.scheme.indicators if row.kind == "quantity")
    fill = named(f"item.{item}.review", found)[first]
    assert fill.sign == "○ 待核"
    assert "人工评定" in fill.tip


def test_an_indicator_of_other_units_is_said_not_to_be_asked(store: Store) -> None:
    state = load_state(store, documents.dongxi_department(store).id)
    only = next(row for row in state.scheme.indicators_of("department") if row.only)
    fills = named(f"item.{only.no}.review", {spot.place.name: spot for spot in every_unit(state)})
    assert {name for name, fill in fills.items() if fill.word != "不考核本项"} == set(only.only)


def test_the_same_number_in_another_groups_table_is_another_indicator(store: Store) -> None:
    state = load_state(store, documents.guangdong(store).id)
    helped, helper = ({row.no: row.name for row in group.indicators} for group in state.scheme.groups)
    no = next(number for number, name in helped.items() if number in helper and helper[number] != name)
    shown = painted(f"item.{no}.cross", every_unit(state))
    for spot in every_unit(state):
        assert spot.result is not None
        other = shown.fills[spot.place.code].word == "不考核本项"
        assert other == (spot.result.group == "helper"), spot.place.name


# 收齐情况


def test_completeness_names_what_is_missing(state: State) -> None:
    fills = named("sheets", counties(state))
    assert fills["恩平市"].lines == ("已收2份，应收3份",)
    assert "尚缺：日常工作" in fills["恩平市"].tip.split("\n")
    assert fills["蓬江区"].lines == ("已收齐",)
    assert words("sheets", counties(state)) == ["■ 已收齐（3份）", "■ 已收2份，应收3份"]


def test_a_sheet_that_has_come_is_counted_though_it_still_waits(store: Store) -> None:
    state = load_state(store, documents.dongxi_city(store, documents.HALF).id)
    found = {spot.place.name: spot for spot in every_unit(state)}
    fill = named("sheets", found)[next(iter(found))]
    assert fill.word == "已收齐（1份）"
    assert fill.lines == ("已收齐，尚待核",)


def test_units_that_take_anothers_score_hand_in_nothing_themselves(store: Store) -> None:
    state = load_state(store, documents.ruyuan(store).id)
    heirs = {spot.place.name: spot for spot in every_unit(state) if spot.result and spot.result.inherited}
    assert {fill.word for fill in named("sheets", heirs).values()} == {"不单独上报"}


# 结果运用 and 情形


def test_what_follows_is_painted_with_its_clause_and_nothing_is_invented_for_the_missing(state: State) -> None:
    fills = named("outcomes", counties(state))
    assert fills["蓬江区"].sign == "● 拟表扬"
    assert fills["江海区"].sign == "■ 拟谈话提醒"
    assert fills["新会区"].sign == "－ 无拟办事项"  # 较好 after its limit
    assert fills["恩平市"].sign == "○ 暂缺"
    assert "拟谈话提醒（六（六））：等次为“一般”" in fills["江海区"].tip.split("\n")
    assert words("outcomes", counties(state)) == ["■ 拟谈话提醒", "● 拟表扬", "－ 无拟办事项", "○ 暂缺"]


def test_several_consequences_take_the_gravests_colour_and_are_all_told(store: Store) -> None:
    state = load_state(store, documents.dongxi_city(store).id)
    found = {spot.place.name: spot for spot in every_unit(state)}
    fill = named("outcomes", found)["湛江市"]  # it falsified data and is 差 for it
    assert fill.lines == ("■ 拟通报批评", "共2项")
    told = fill.tip.split("\n")
    assert told[1] == "拟约谈（八）：等次为“差”"
    assert told[2].startswith("拟通报批评（八）：有“弄虚作假、虚报数据”情形")
    assert "轻重依文件所列次序" in painted("outcomes", found.values()).note


def test_a_report_is_lighter_than_being_summoned_wherever_the_document_lists_it(store: Store) -> None:
    state = load_state(store, documents.neimenggu(store).id)
    legend = painted("outcomes", every_unit(state)).legend
    assert [fill.word for fill in legend[:4]] == ["拟问责", "拟约谈并限期整改", "拟提交整改报告", "拟奖励"]


def test_what_was_decided_is_told(state: State) -> None:
    praise = state.scheme.outcomes[0]
    made = Decision(
        1,
        Ruling("蓬江区", outcome_key(state.scheme, praise), praise.action, "adopted"),
        "王",
        datetime.now(UTC),
        "current",
    )

    class Decided(Measures):
        def decided(self, state: State) -> Mapping[tuple[str, str], Decision]:
            return {(made.ruling.unit, made.ruling.outcome): made}

    fills = named("outcomes", counties(state), measures=Decided())
    assert "；已决定：采纳" in fills["蓬江区"].tip
    assert "已决定" not in fills["鹤山市"].tip


def test_grades_found_by_judgement_wait_for_it(store: Store) -> None:
    state = load_state(store, documents.guangdong(store).id)
    fills = painted("outcomes", every_unit(state)).fills
    assert {fill.word for fill in fills.values()} == {"待评议"}


def test_judgement_goes_from_the_gravest_down_to_nothing_registered(store: Store) -> None:
    state = load_state(store, documents.qujiang(store).id)
    found = {spot.place.name: spot for spot in every_unit(state)}
    fills = named("facts", found)
    assert fills["小坑镇"].sign == "■ 拟责任追究"
    assert fills["白土镇"].sign == "▲ 情形待核对"
    assert fills["大塘镇"].sign == "● 拟表彰"
    assert fills["罗坑镇"].sign == "○ 未登记情形"
    assert words("facts", found) == [
        "■ 拟由司法机关依法处理", "■ 拟责任追究", "■ 拟约谈并限期整改", "■ 拟提出处理意见", "▲ 情形待核对", "● 拟表彰",
        "○ 未登记情形",
    ]  # fmt: skip
    assert "拟表彰（第八条（二））" in fills["大塘镇"].tip


# 组别


def test_with_a_group_chosen_the_others_are_pale_and_told_by_their_group(store: Store) -> None:
    state = load_state(store, documents.guangdong(store).id)
    one, other = (group.id for group in state.scheme.groups)
    shown = painted("score", every_unit(state), group=one)
    for spot in every_unit(state):
        assert spot.result is not None
        fill = shown.fills[spot.place.code]
        assert (fill.rgb == paint.pale(LIGHT)) == (spot.result.group == other)
        assert ("另一组" in fill.word) == (spot.result.group == other)
    assert shown.legend[-1].word == f"{state.scheme.group(other).name}（另一组）"


def test_a_groups_layer_scale_is_of_its_own_scores_alone(store: Store) -> None:
    state = load_state(store, documents.guangdong(store).id)
    helping = state.scheme.groups[1].id
    highest = max(r.score for r in state.results.group(helping) if r.score is not None)
    top = painted("score", every_unit(state), group=helping).legend[0].word
    low, high = (Fraction(each) for each in top.removesuffix("分").split("～"))
    assert low <= highest < high


def test_confirming_another_reading_changes_what_the_note_rests_on(store: Store) -> None:
    made = builders.county(store)
    key = next(each for each in load_state(store, made.id).assumptions if each.key == "rounding")
    label = next(each for each in key.labels if "不舍入" in each)
    store.confirm(made.id, {READING + "rounding": label}, builders.CHECKER, "小数位数")
    assert "按未舍入的得分对照" in painted("grade", counties(load_state(store, made.id)).values()).note

"""定稿: every obstacle is told in words with its count, and the step is taken only when there is none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.documents.ranking_table import preamble
from data.finalise import finalise, is_final, last_turn, obstacles, state_name
from data.schemes import scheme
from data.state import READING, TARGET, load_state
from data.store import Assessment, Moved, Store, StoreProblem
from scoring.marks import Fact, Mark, Sheet
from tests.pages import builders


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path}/hengxiao.db") as opened:
        yield opened


def told(store: Store, assessment: Assessment) -> tuple[str, ...]:
    return obstacles(load_state(store, assessment.id))


def confirm_all(store: Store, assessment: Assessment) -> None:
    state = load_state(store, assessment.id)
    store.confirm(assessment.id, {READING + a.key: "默认" for a in state.assumptions}, "赵主任", "全部口径")


def cities(store: Store, grade: str) -> Assessment:
    """东西部's ten cities, every item of one grade."""
    made = builders.empty(store, "dongxi-2019-city", "2019年东西部协作")
    rules = scheme("dongxi-2019-city")
    for unit in made.units:
        marks = tuple(Mark(row.no, grade) for row in rules.indicators)
        store.take(made.id, f"{unit.name}.xlsx", unit.name.encode(), [Sheet(unit.name, "review", marks)], "张三")
    return made


def test_every_obstacle_is_told_by_name(store: Store) -> None:
    made = builders.county(store)
    store.add_fact(made.id, Fact("台山市", "violation", "有"), "", builders.CLERK)
    readings, sheets, facts = told(store, made)
    assert readings.startswith("口径尚未确认11项：考核对象名单：市（区）、四档赋分、指标权重、小数位数与舍入、位次、")
    assert readings.endswith("等11项")
    assert sheets == "评分表尚缺1份：恩平市的日常工作"
    assert facts == "情形待第二人核对1条：台山市“重大违纪违规问题”（有）"


def test_with_an_obstacle_left_nothing_is_finalised_and_every_one_is_listed(store: Store) -> None:
    made = builders.county(store)
    with pytest.raises(StoreProblem, match=r"暂不能定稿：口径尚未确认11项.*；评分表尚缺1份：恩平市的日常工作。"):
        finalise(store, made.id, "赵主任")
    assert not is_final(store.assessment(made.id))


def test_once_all_is_done_it_is_final_and_says_who_made_it_so(store: Store) -> None:
    made = builders.county(store)
    assert last_turn(store, made) is None
    builders.last_sheet(store, made)
    confirm_all(store, made)
    assert told(store, made) == ()
    final = finalise(store, made.id, "赵主任")
    assert (is_final(final), state_name(final)) == (True, "定稿")
    turn = last_turn(store, final)
    assert turn is not None
    assert (turn.actor, turn.action, turn.version) == ("赵主任", "定稿", final.version)


def test_nobody_finalises_figures_that_changed_after_they_looked(store: Store) -> None:
    made = builders.county(store)
    builders.last_sheet(store, made)
    confirm_all(store, made)
    seen = store.version(made.id)
    builders.hand_in(store, made, builders.total("恩平市", "daily", "88"))  # handed in once more, with another total
    with pytest.raises(Moved, match="已被他人更新"):
        finalise(store, made.id, "赵主任", seen)
    assert not is_final(store.assessment(made.id))


def test_finalising_twice_is_refused_for_what_it_is(store: Store) -> None:
    made = builders.county(store)
    builders.last_sheet(store, made)
    confirm_all(store, made)
    finalise(store, made.id, "赵主任")
    with pytest.raises(StoreProblem, match="已定稿，无须重复"):
        finalise(store, made.id, "赵主任")


def test_a_figure_that_the_office_owes_is_an_obstacle_until_it_is_filled_in(store: Store) -> None:
    made = builders.empty(store, "neimenggu-2018", "2018年内蒙古")
    owed = "目标数值尚未填报1项：当年全国农村居民人均可支配收入增长率"
    assert owed in told(store, made)
    store.set_setting(made.id, TARGET + "national-income", "9.6", "张三", action="填报目标数值")
    assert owed not in told(store, made)
    store.set_setting(made.id, TARGET + "national-income", "", "张三", action="填报目标数值")
    assert owed in told(store, made)


def test_a_recommended_floor_waits_for_a_persons_word_whichever_way_it_goes(store: Store) -> None:
    made = cities(store, "一般")
    row = store.add_fact(made.id, Fact("珠海市", "targets_met", "是"), "", "张三")
    store.confirm_fact(row.id, "李四")
    confirm_all(store, made)
    assert told(store, made) == ("保底建议尚未决定1个：珠海市",)
    kind = scheme("dongxi-2019-city").fact("floor_confirmed")
    row = store.add_fact(made.id, Fact("珠海市", "floor_confirmed", kind.values[0]), "", "张三")
    store.confirm_fact(row.id, "李四")
    assert told(store, made) == ()


def test_a_scheme_of_judgement_waits_for_no_sheet(store: Store) -> None:
    made = builders.empty(store, "qujiang-2018", "2018年曲江")
    confirm_all(store, made)
    assert not any("评分表" in each for each in told(store, made))


def test_units_that_inherit_hand_in_nothing_and_are_named_while_they_have_no_score(store: Store) -> None:
    made = builders.empty(store, "ruyuan-2017", "2017年乳源")
    state = load_state(store, made.id)
    towns = {unit.name for unit in state.scheme.group("town").units}
    assert {unit for unit, _ in state.expected} == towns


def test_the_office_figure_is_what_is_scored_by_and_what_a_trial_keeps(store: Store) -> None:
    made = builders.empty(store, "neimenggu-2018", "2018年内蒙古")
    store.set_setting(made.id, TARGET + "national-income", "9.6", "张三", action="填报目标数值")
    store.set_setting(made.id, READING + "rounding", "不舍入", "张三")
    state = load_state(store, made.id)
    assert [target.id for target in state.asked] == ["national-income"]
    assert state.unfilled == ()
    assert all(str(target.value) == "48/5" for target in (*state.own.targets, *state.scheme.targets))


def test_the_ranking_names_every_reading_that_nobody_has_confirmed(store: Store) -> None:
    made = builders.county(store)
    state = load_state(store, made.id)
    last = preamble(state, state.results.units, "今天")[-1]
    assert last.startswith("原文未规定、按本系统口径处理且尚未确认的8项：考核对象名单：市（区）、四档赋分、")
    assert "抽样" not in last
    confirm_all(store, made)
    state = load_state(store, made.id)
    assert not any("尚未确认" in line for line in preamble(state, state.results.units, "今天"))

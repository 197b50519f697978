"""Scenarios side by side: which columns there are and in which order, on whose marks, and what cannot be applied."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from data import backtests, baselines
from data.demo.last_year import load_last_year
from data.scenarios import DOCUMENT, IN_FORCE, UNSAVED, compared
from data.state import load_state, load_state_at
from data.store import Store
from data.unit_changes import UnitChange, kin_of
from scoring.backtest import carried
from scoring.crosswalk import Crosswalk, by_name
from scoring.gather import MarksError
from scoring.marks import Fact
from tests.pages import builders

SIXTY = {"group": "county", "w": "cross:60,municipal:20,daily:20"}
TICKS = "100/85/75/60"


@pytest.fixture
def store(tmp_path: Path):
    with Store.open(f"sqlite:///{tmp_path}/kept.sqlite3") as opened:
        yield opened


def save(store: Store, assessment: int, name: str, settings: dict[str, str]) -> None:
    store.save_scenario(assessment, name, settings, "王规划", "征求意见稿")


def scores(column) -> dict[str, tuple[Fraction | None, str | None]]:
    return {result.unit: (result.score, result.grade) for result in column.results.group("county")}


def test_the_document_s_own_comes_first_then_the_scenarios_in_the_order_given(store: Store) -> None:
    made = builders.county(store)
    save(store, made.id, "甲案", SIXTY)
    save(store, made.id, "乙案", {"group": "county", "l": "好:89,较好:80,一般:70"})
    found = compared(load_state(store, made.id), "county", store.scenarios(made.id)[::-1])
    assert [column.name for column in found.columns] == [DOCUMENT, "乙案", "甲案"]
    assert found.baseline == f"2020年江门市 · 县级现有评分（第{made.version}版）"
    document, _, sixty = found.columns
    # 开平市: 60% × 1775/19 + 20% × 1745/19 + 20% × 81.07 = 90.635…
    assert (scores(document)["开平市"], scores(sixty)["开平市"]) == (
        (Fraction("89.24"), "较好"), (Fraction("90.64"), "好"),
    )  # fmt: skip
    assert (sixty.reason, sixty.actor, sixty.at[:2]) == ("征求意见稿", "王规划", "20")


def test_the_scheme_in_force_has_a_column_of_its_own_once_another_reading_was_chosen(store: Store) -> None:
    # 蓬江区 with 好 at 100: 40% × 1780/19 + 30% × 1870/19 + 25.50 = 37.4737 + 29.5263 + 25.50 = 92.50
    made = builders.county(store)
    store.set_setting(made.id, "assumption:ticks", TICKS, "李经办", action="确认口径")
    save(store, made.id, "甲案", SIXTY)
    found = compared(load_state(store, made.id), "county", store.scenarios(made.id))
    assert [column.name for column in found.columns] == [DOCUMENT, IN_FORCE, "甲案"]
    assert [scores(column)["蓬江区"][0] for column in found.columns[:2]] == [Fraction(90), Fraction("92.50")]
    assert [d.name for d in found.differences(found.columns[1])] == ["四档赋分"]
    # the scenario stands on what is in force: against the document it has the reading and the weights
    assert [d.name for d in found.differences(found.columns[2])] == ["四档赋分", "交叉考核", "市级考核", "日常工作"]


def test_a_confirmed_default_makes_no_second_column(store: Store) -> None:
    made = builders.county(store)
    store.set_setting(made.id, "assumption:ticks", "默认", "李经办", action="确认口径")
    found = compared(load_state(store, made.id), "county", [])
    assert [column.name for column in found.columns] == [DOCUMENT]


def test_a_scenario_that_cannot_be_applied_whole_is_told_and_has_no_column(store: Store) -> None:
    made = builders.county(store)
    save(store, made.id, "半个", SIXTY | {"l": "好:89,较好:95,一般:70", "r": json.dumps({"ticks": "没有"})})
    found = compared(load_state(store, made.id), "county", store.scenarios(made.id))
    assert [column.name for column in found.columns] == [DOCUMENT]
    assert [one.name for one in found.refused] == ["半个"]
    assert found.refused[0].problems == ("口径“四档赋分”没有“没有”这一选项", "等次线的数值须由高到低")


@pytest.mark.parametrize("text", ["[]", "{", '{"ticks": 1}', "[" * 3000])
def test_a_broken_scenario_stops_no_other(store: Store, text: str) -> None:
    made = builders.county(store)
    save(store, made.id, "坏", {"group": "county", "r": text})
    save(store, made.id, "好案", SIXTY)
    found = compared(load_state(store, made.id), "county", store.scenarios(made.id))
    assert [column.name for column in found.columns] == [DOCUMENT, "好案"]
    assert [one.name for one in found.refused] == ["坏"]


def test_a_scenario_that_has_come_into_force_says_that_it_changes_nothing(store: Store) -> None:
    made = builders.county(store)
    save(store, made.id, "满分一百", {"group": "county", "r": json.dumps({"ticks": TICKS})})
    store.set_setting(made.id, "assumption:ticks", TICKS, "李经办", action="确认口径")
    found = compared(load_state(store, made.id), "county", store.scenarios(made.id))
    assert found.columns[-1].problems == ("与现行口径相同，没有改动",)


def test_the_unsaved_trial_comes_last(store: Store) -> None:
    made = builders.county(store)
    save(store, made.id, "甲案", SIXTY)
    texts = {"w": "cross:50,municipal:25,daily:25"}
    found = compared(load_state(store, made.id), "county", store.scenarios(made.id), unsaved=texts)
    assert [column.key for column in found.columns] == ["document", "1", "trial"]
    assert found.columns[-1].name == UNSAVED


def test_a_scenario_named_like_the_document_s_own_is_told_apart(store: Store) -> None:
    made = builders.county(store)
    save(store, made.id, DOCUMENT, SIXTY)
    found = compared(load_state(store, made.id), "county", store.scenarios(made.id))
    assert [column.name for column in found.columns] == [DOCUMENT, "情景“文件原方案”"]


def test_any_column_can_be_the_base_and_the_others_keep_their_order(store: Store) -> None:
    made = builders.county(store)
    save(store, made.id, "甲案", SIXTY)
    save(store, made.id, "乙案", {"group": "county", "w": "cross:50,municipal:25,daily:25"})
    found = compared(load_state(store, made.id), "county", store.scenarios(made.id)).based_on("2")
    assert [column.name for column in found.columns] == ["乙案", DOCUMENT, "甲案"]
    assert next((d.before, d.after) for d in found.differences(found.columns[1])) == ("50%", "40%")


def test_an_earlier_version_is_computed_as_it_stood(store: Store) -> None:
    made = builders.county(store)
    before = store.version(made.id)
    builders.last_sheet(store, made)
    save(store, made.id, "甲案", SIXTY)
    state = load_state(store, made.id)
    entry = next(one for one in store.versions(made.id) if one.version == before)
    where = baselines.at_version(store, state, entry)
    found = compared(state, "county", store.scenarios(made.id), baseline=where)
    assert found.columns[0].results == load_state_at(store, made.id, before).results
    assert scores(found.columns[1])["恩平市"] == (None, None)
    assert scores(compared(state, "county", []).columns[0])["恩平市"][0] is not None
    assert f"第{before}版" in found.baseline


def other_year(store: Store, **changes: str):
    """A second assessment of the same scheme, with other marks for 日常工作."""
    return builders.county(store, daily=builders.DAILY | changes, name="另一次")


def test_another_assessment_of_the_same_scheme_gives_its_own_results(store: Store) -> None:
    made, other = builders.county(store), other_year(store, 蓬江区="70.00")
    state, theirs = load_state(store, made.id), load_state(store, other.id)
    where = baselines.of_other(store, state, theirs, "county")
    ours = {r.unit: (r.score, r.grade, r.rank, [f.fact for f in r.facts]) for r in where.state.results.units}
    assert ours == {r.unit: (r.score, r.grade, r.rank, [f.fact for f in r.facts]) for r in theirs.results.units}
    assert where.state.results.of("蓬江区").score == Fraction("85.50")  # 64.50 + 30% × 70
    assert not where.earlier
    assert "（权重合计100％）" in where.notes[0]


def test_last_year_s_marks_are_tried_under_this_year_s_scheme_and_scenarios(store: Store) -> None:
    made, last = builders.county(store), load_last_year(store)
    save(store, made.id, "甲案", SIXTY)
    state = load_state(store, made.id)
    where = baselines.of_other(store, state, load_state(store, last.id), "county")
    found = compared(state, "county", store.scenarios(made.id), baseline=where)
    assert where.earlier
    assert found.base.scheme.weights == state.scheme.weights  # 40/30/30, not last year's 30/30/40
    assert found.columns[1].scheme.weights["cross"] == 60
    # 新会区 was 新会市 and nobody has registered it; two items have no counterpart of the same name
    assert "新会区" not in found.names
    assert where.notes[0].startswith("按可对应的17项（权重合计89.47…％）测算，按名称自动对应，尚未经人确认")
    assert where.notes[1] == "1个市（区）没有可单独沿用的评分，未列入。"


def test_a_scenario_on_other_marks_is_what_carrying_them_to_its_own_scheme_gives(store: Store) -> None:
    made, last = builders.county(store), load_last_year(store)
    save(store, made.id, "甲案", SIXTY)
    state, old = load_state(store, made.id), load_state(store, last.id)
    where = baselines.of_other(store, state, old, "county")
    column = compared(state, "county", store.scenarios(made.id), baseline=where).columns[1]
    sixty = state.scheme.replace(weights={"cross": Fraction(60), "municipal": Fraction(20), "daily": Fraction(20)})
    walk = by_name(old.scheme, "county", sixty, "county")
    kin = kin_of((), backtests.roster_of(old, "county"), backtests.roster_of(state, "county"))
    assert column.results.units == carried(backtests.year(old, "county"), sixty, "county", walk, kin).units


def test_marks_that_cover_less_than_half_of_the_weight_are_refused_with_the_way_to_mend_it(store: Store) -> None:
    made, other = builders.county(store), other_year(store)
    state = load_state(store, made.id)
    key = backtests.match_key(other.id, "county", state.scheme, "county")
    ways = (("cross", "cross"), ("municipal", "municipal"), ("daily", "daily"))
    few = Crosswalk(frozenset((no, no) for no in range(1, 6)), ways)
    backtests.keep_walk(store, made.id, key, few, "李经办", "5项")
    with pytest.raises(MarksError, match=r"只有占权重.*请到“回测与同比”确认指标对应"):
        baselines.of_other(store, state, load_state(store, other.id), "county")


def test_marks_without_one_of_the_ways_are_refused(store: Store) -> None:
    made, other = builders.county(store), other_year(store)
    state = load_state(store, made.id)
    key = backtests.match_key(other.id, "county", state.scheme, "county")
    walk = Crosswalk(frozenset((no, no) for no in range(1, 20)), (("cross", "cross"), ("municipal", "municipal")))
    backtests.keep_walk(store, made.id, key, walk, "李经办", "两种")
    with pytest.raises(MarksError, match="没有与“日常工作”对应的考核方式"):
        baselines.of_other(store, state, load_state(store, other.id), "county")


def test_a_carried_sheet_keeps_the_file_it_came_from(store: Store) -> None:
    made, other = builders.county(store), other_year(store)
    state, theirs = load_state(store, made.id), load_state(store, other.id)
    carried = baselines.of_other(store, state, theirs, "county").state
    ours, source = carried.submission("台山市", "cross"), theirs.submission("台山市", "cross")
    assert ours is not None
    assert source is not None
    assert (ours.file_sha256, ours.assessment) == (source.file_sha256, made.id)


def test_a_unit_that_came_of_several_has_no_marks_of_its_own_and_is_left_out(store: Store) -> None:
    made, other = builders.county(store), other_year(store)
    state = load_state(store, made.id)
    merger = [UnitChange("蓬江区", "蓬江区", "合并"), UnitChange("江海区", "蓬江区", "合并")]
    backtests.keep_changes(store, made.id, other.id, merger, "李经办")
    where = baselines.of_other(store, state, load_state(store, other.id), "county")
    assert [result.unit for result in where.state.results.units] == ["新会区", "台山市", "开平市", "鹤山市", "恩平市"]
    assert where.notes[1] == "2个市（区）没有可单独沿用的评分，未列入。"


def test_facts_are_carried_with_the_marks(store: Store) -> None:
    made, other = builders.empty(store, "jiangmen-2020-county", "空"), other_year(store)
    store.add_fact(made.id, Fact("蓬江区", "sanction", "记过", "2020-06-01", "江纪〔2020〕1号"), "", "李经办")
    state = load_state(store, made.id)
    where = baselines.of_other(store, state, load_state(store, other.id), "county")
    assert [row.fact.unit for row in where.state.facts] == ["新会区"]
    assert where.state.results.of("新会区").grade == "较好"


def test_only_assessments_whose_marks_this_scheme_can_take_are_offered(store: Store) -> None:
    made, other = builders.county(store), other_year(store)
    towns, empty = builders.towns(store), builders.empty(store, "jiangmen-2020-county", "空")
    state = load_state(store, made.id)
    fits = {
        one.id: baselines.may_fit(state, load_state(store, one.id), "county") for one in (made, other, towns, empty)
    }
    assert fits == {made.id: False, other.id: True, towns.id: False, empty.id: False}


def test_comparing_changes_no_version_and_writes_no_log(store: Store) -> None:
    made, other = builders.county(store), other_year(store)
    save(store, made.id, "甲案", SIXTY)
    version, log = store.version(made.id), store.log(limit=1)[0].seq
    state = load_state(store, made.id)
    where = baselines.of_other(store, state, load_state(store, other.id), "county")
    compared(state, "county", store.scenarios(made.id), baseline=where)
    assert (store.version(made.id), store.log(limit=1)[0].seq) == (version, log)

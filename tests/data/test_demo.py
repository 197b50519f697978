"""The demonstration of every document, through its forms, the reader, the store and the engine: each story is told."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from fractions import Fraction

import pytest

from data import demo
from data.access import Duty, Person
from data.demo import dongxi, guangdong, neimenggu, qujiang, ruyuan, template
from data.finalise import is_final, obstacles
from data.follow_up import load_follow_up
from data.schemes import scheme, scheme_ids
from data.sheets import read_file
from data.state import State, load_state
from data.store import NotAllowed, Store
from data.store.location import FILE_NAME, sqlite_url
from scoring.exact import fixed
from scoring.results import UnitResult

SEEDS = (demo.SEED, 7)


@pytest.fixture(scope="module", params=SEEDS)
def seed(request: pytest.FixtureRequest) -> int:
    """Two seeds: what holds of a story holds whoever plays it."""
    return request.param


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, seed: int) -> Iterator[Store]:
    with Store.open(sqlite_url(tmp_path_factory.mktemp("demo") / FILE_NAME)) as opened:
        demo.load_all(opened, seed=seed)
        yield opened


@pytest.fixture(scope="module")
def states(store: Store) -> dict[str, State]:
    """Every assessment of the demonstration, scored, by scheme."""
    return {one.scheme_id: load_state(store, one.id) for one in store.assessments(demo=True)}


def playing(of: Callable[[int], dict], seed: int, name: str) -> str:
    """The place that plays the story of that name."""
    (place,) = [place for place, story in of(seed).items() if story.name == name]
    return place


def actions(result: UnitResult) -> list[str]:
    return [outcome.action for outcome in result.outcomes]


# Every document


def test_every_scheme_has_a_demonstration_marked_as_one(states):
    assert sorted(states) == scheme_ids()
    assert all(state.assessment.demo and "示例数据" in state.assessment.name for state in states.values())


def test_only_the_sheets_told_of_are_still_to_come(states):
    held = {"jiangmen-2020-county": 1, "neimenggu-2018": 1}
    absent = {name: len(state.absent) for name, state in states.items() if state.absent}
    assert absent == held | {"jiangmen-2020-town": 11}


def test_the_form_held_back_completes_the_result(states, seed):
    for name in ("jiangmen-2020-county", "neimenggu-2018"):
        form, state = demo.held_back(name, seed), states[name]
        reading = read_file(form.name, form.content, state.scheme)
        assert reading.verdict == "accept"
        assert [(sheet.unit, sheet.component) for sheet in reading.sheets] == list(state.absent)
    assert demo.held_back("guangdong-2019") is None


def test_roles_follow_the_seed_and_nothing_else():
    one, again, other = (guangdong.story_of(seed) for seed in (1, 1, 2))
    assert one == again
    assert one != other
    assert Counter(one.values()) == Counter(other.values())


def test_loading_again_adds_nothing_and_one_document_may_be_loaded_alone(tmp_path):
    with Store.open(sqlite_url(tmp_path / FILE_NAME)) as store:
        (made,) = demo.load_demo(store, documents=["qujiang-2018"])
        assert made.scheme_id == "qujiang-2018"
        assert demo.load_demo(store, documents=["qujiang-2018"]) == []
        with pytest.raises(KeyError):
            demo.load_demo(store, documents=["没有"])


# 江门2020


def test_whoever_manages_everything_loads_it_and_nobody_else(tmp_path):
    with Store.open(sqlite_url(tmp_path / FILE_NAME)) as store:
        for duty in (Duty("plan"), Duty("manage", 1)):
            with pytest.raises(NotAllowed, match="管理"):
                demo.load_demo(store.by(Person("赵一", "zhao@example.org", (duty,))), documents=["ruyuan-2017"])
        assert store.assessments() == []
        manager = store.by(Person("赵一", "zhao@example.org", (Duty("manage"),)))
        assert len(demo.load_demo(manager, "赵一", documents=["ruyuan-2017"])) == 1


def test_the_seven_counties_play_their_seven_parts(states, seed):
    results = states[demo.COUNTY].results
    found = {name: results.of(playing(demo.story_of, seed, name)) for name in (story.name for story in demo.STORIES)}
    assert fixed(found["恰为90.00"].score) == "90.00"
    assert Fraction(89) < found["距“好”一步"].score < 90
    assert (found["受记过限制"].score_grade, found["受记过限制"].grade) == ("好", "较好")
    assert [found[name].grade for name in ("稳居“好”", "恰为90.00", "距“好”一步", "有突出问题", "靠后")] == [
        "好", "好", "较好", "一般", "较差",
    ]  # fmt: skip
    assert found["稳居“较好”"].missing == ("daily",)


# 广东2019


def test_two_groups_are_ranked_apart_and_jiangmen_is_in_neither(states):
    results = states["guangdong-2019"].results
    helped, helpers = results.group("helped"), results.group("helper")
    assert sorted(r.rank for r in helped) == [1, 2, 3, 3, *range(5, 15)]
    assert sorted(r.rank for r in helpers) == [1, 2, 3, 4, 5, 6]
    assert {r.grade for r in results.units} == {None}
    assert [one.name for one in scheme("guangdong-2019").excluded] == ["江门市"]
    assert "江门市" not in {r.unit for r in results.units}


def test_two_cities_share_a_place_and_the_next_place_is_left_out(states, seed):
    results = states["guangdong-2019"].results
    pair = [results.of(playing(guangdong.story_of, seed, name)) for name in ("并列之一", "并列之二")]
    assert {(r.rank, fixed(r.score)) for r in pair} == {(3, fixed(pair[0].score))}


def test_nobody_marks_itself_lower_than_the_others_do_and_it_counts_for_nothing(states):
    for found in states["guangdong-2019"].results.units:
        own, cross = (found.components[c].exact for c in ("self", "cross"))
        assert own >= cross
        assert (
            found.exact == (4 * cross + 3 * found.components["third"].exact + 3 * found.components["daily"].exact) / 10
        )


def test_a_prominent_problem_brings_a_talk_whatever_the_score(states, seed):
    results = states["guangdong-2019"].results
    assert actions(results.of(playing(guangdong.story_of, seed, "有突出问题"))) == ["谈话提醒"]
    assert sum(bool(r.outcomes) for r in results.units) == 1


# 东西部2019


def city(states: dict[str, State], seed: int, name: str) -> UnitResult:
    return states[dongxi.CITY].results.of(playing(dongxi.cities, seed, name))


def test_one_fair_category_bars_the_best_grade_for_a_city_that_scores_it(states, seed):
    found = city(states, seed, "一大项一般")
    assert list(found.category_grades.values()).count("一般") == 1
    assert (found.score_grade, found.grade) == ("好", "较好")
    assert [limit.id for limit in found.limits if limit.binds] == ["category-fair"]


def test_false_figures_mean_the_worst_grade_whatever_the_score(states, seed):
    found = city(states, seed, "虚报数据")
    assert (found.score_grade, found.grade) == ("较好", "差")
    assert actions(found) == ["约谈", "通报批评"]


def test_money_of_31_march_is_told_and_costs_nothing_and_money_of_may_costs_a_fifth(states, seed):
    gap = city(states, seed, "3月31日到账").components["review"].rows[12]
    late = city(states, seed, "5月到账").components["review"].rows[12]
    exempt = city(states, seed, "领先").components["review"].rows[12]
    assert gap.points == 95
    assert "2019-03-31到账晚于期限而早于扣分起算日" in gap.notes[-1].what
    assert (late.grade, late.points) == ("较好", Fraction(85) * 4 / 5)
    assert (exempt.grade, exempt.points, len(exempt.notes)) == ("好", 95, 1)


def test_praise_carries_a_city_over_the_line(states, seed):
    found = city(states, seed, "批示加分")
    assert (fixed(found.before_bonus), fixed(found.score), found.grade) == ("89.15", "90.15", "好")


def test_targets_met_only_recommend_the_floor(states, seed):
    found = city(states, seed, "完成目标，保底待认定")
    assert (found.grade, found.recommended) == ("一般", "较好")
    department = states[dongxi.DEPARTMENT].results.of(playing(dongxi.departments, seed, "完成目标，保底待认定"))
    assert (department.grade, department.recommended) == ("一般", "较好")


def test_ten_cities_and_fifteen_departments_have_every_grade(states):
    for name, size in ((dongxi.CITY, 10), (dongxi.DEPARTMENT, 15)):
        results = states[name].results
        assert len(results.units) == size
        assert {r.grade for r in results.units} == {"好", "较好", "一般", "差"}


def test_every_department_is_marked_on_nine_common_items_and_its_own(states):
    own = [s.sheet.marks[-1].indicator for s in states[dongxi.DEPARTMENT].submissions]
    assert sorted(own) == list(range(10, 25))
    assert {len(s.sheet.marks) for s in states[dongxi.DEPARTMENT].submissions} == {10}


def test_one_poor_category_bars_the_second_grade_for_a_department_and_false_figures_bring_responsibility(states, seed):
    results = states[dongxi.DEPARTMENT].results
    poor = results.of(playing(dongxi.departments, seed, "一大项差"))
    assert (poor.score_grade, poor.grade) == ("较好", "一般")
    false = results.of(playing(dongxi.departments, seed, "虚报数据"))
    assert (false.score_grade, false.grade) == ("好", "差")
    assert actions(false) == ["约谈", "通报批评", "追究相关人员责任"]


# 内蒙古2018


def league(states: dict[str, State], seed: int, name: str) -> UnitResult:
    return states["neimenggu-2018"].results.of(playing(neimenggu.story_of, seed, name))


def test_growth_above_the_nation_s_earns_full_marks_and_growth_that_equals_it_nothing(states, seed):
    points = {
        n: league(states, seed, n).components["yearend"].rows[3].points
        for n in ("领先", "增幅与全国持平", "增幅低于全国")
    }
    assert points == {"领先": 100, "增幅与全国持平": 0, "增幅低于全国": 0}


def test_conduct_counts_during_the_year_alone(states, seed):
    found = league(states, seed, "作风建设失分")
    assert (18 in found.components["daily"].rows, 18 in found.components["yearend"].rows) == (True, False)
    assert found.components["daily"].rows[18].points == Fraction(85, 20) * 10


def test_a_strong_year_s_end_does_not_make_up_for_a_weak_year(states, seed):
    found = league(states, seed, "年终强而平时弱")
    daily, yearend = (found.components[c].exact for c in ("daily", "yearend"))
    assert yearend > 90 > 65 > daily
    assert found.exact == (daily + yearend) / 2
    assert found.rank > 8


def test_the_league_without_its_year_s_end_has_a_range_and_no_place(states, seed):
    found = league(states, seed, "年终待报")
    assert (found.score, found.rank, found.missing) == (None, None, ("yearend",))
    assert found.possible.high - found.possible.low == 50


# 乳源2017


def town(states: dict[str, State], seed: int, name: str) -> UnitResult:
    return states["ruyuan-2017"].results.of(playing(ruyuan.story_of, seed, name))


def test_three_towns_stand_at_the_lines(states, seed):
    found = [town(states, seed, name) for name in ("89.5分", "79.4分", "60.0分")]
    assert [(fixed(r.score), r.grade) for r in found] == [("89.50", "较好"), ("79.40", "一般"), ("60.00", "一般")]


def test_the_plan_of_2927_people_is_split_to_the_last_one(states, seed):
    remarks = [s.sheet.marks[0].remark for s in states["ruyuan-2017"].submissions if s.component == "county"]
    tasks = [int(re.search(r"减贫任务(\d+)人", remark)[1]) for remark in remarks]
    assert (len(tasks), sum(tasks)) == (9, 2927)
    assert min(tasks) > 0


def test_a_town_short_of_its_target_has_its_reasons_approved(states, seed):
    found = town(states, seed, "未完成任务，已报批")
    assert [fact.fact for fact in found.facts] == ["excused"]
    task, done = map(int, re.findall(r"(\d+)人", found.components["county"].sheet.marks[0].remark))
    assert done < task


def test_seventy_six_units_and_five_teams_inherit_and_are_awarded_by_kind(states):
    state = states["ruyuan-2017"]
    results = state.results
    sizes = {group: len(results.group(group)) for group in ("town", "economy", "party", "upper", "other", "team")}
    assert sizes == {"town": 9, "economy": 28, "party": 26, "upper": 6, "other": 16, "team": 5}
    awards = {group: {a.id for r in results.group(group) for a in r.awards} for group in sizes}
    assert awards == {
        "town": {"twice"},
        "economy": {"twice"},
        "party": {"twice"},
        "upper": {"thrice"},
        "other": set(),
        "team": set(),
    }
    upper = results.group("upper")[0]
    assert upper.awards[0].value == round(upper.score / 100 * 3 * 10000) / Fraction(10000)
    assert {s.unit for s in state.submissions} == {r.unit for r in results.group("town")}


def test_units_help_one_town_or_two_by_households_and_their_names_are_nobody_s(states):
    units = [u for u in states["ruyuan-2017"].assessment.units if u.group != "town"]
    kinds = Counter((len(u.helps), all(h is not None for _, h in u.helps)) for u in units)
    assert set(kinds) == {(1, True), (2, True), (2, False), (1, False)}
    assert kinds[1, False] == 5
    assert all(u.name.startswith("示例") for u in units)


def test_a_unit_of_two_towns_has_their_mean_by_households(states):
    results = states["ruyuan-2017"].results
    unit = next(r for r in results.units if len(r.inherited) == 2 and r.inherited[0].households)
    one, two = unit.inherited
    mean = (one.score * one.households + two.score * two.households) / (one.households + two.households)
    assert unit.exact == mean


# 曲江2018


def test_triggers_bring_consequences_by_their_gravity_and_nobody_has_a_score(states, seed):
    results = states["qujiang-2018"].results
    told = {
        name: actions(results.of(playing(qujiang.story_of, seed, name))) for name in (s.name for s in qujiang.STORIES)
    }
    talk = ["提出处理意见", "约谈并限期整改"]
    assert told.pop("未完成计划") == told.pop("准确率较低") == talk
    assert told.pop("资金违规，情节严重") == [*talk, "责任追究"]
    assert told.pop("成效显著") == ["表彰"]
    assert not any(told.values())
    assert {(r.score, r.grade, r.rank) for r in results.units} == {(None, None, None)}


def test_a_fact_of_one_person_alone_brings_nothing_yet(states, seed):
    found = states["qujiang-2018"].results.of(playing(qujiang.story_of, seed, "情形待核对"))
    assert found.to_check
    assert [outcome.action for outcome in found.pending_outcomes] == ["提出处理意见", "约谈并限期整改"]


def test_what_was_done_about_the_results_is_told(store, states, seed):
    made = states["ruyuan-2017"].assessment.id
    told = load_follow_up(store, states["ruyuan-2017"], ruyuan.NOTICE)
    assert told.notice.number == "示例扶组〔2018〕3号"
    assert is_final(states["ruyuan-2017"].assessment)
    assert obstacles(states["ruyuan-2017"]) == ()
    assert sorted(item.status for item in store.rectifications(made)) == ["closed", "doing", "open", "open"]
    assert {one.ruling.unit for one in store.decisions(made)} == {
        playing(ruyuan.story_of, seed, name) for name in ("79.4分", "60.0分")
    }


def test_the_log_calls_a_figure_by_its_name(tmp_path):
    with Store.open(sqlite_url(tmp_path / FILE_NAME)) as store:
        made = demo.load_one(store, neimenggu.DEMOS[0])
        (entry,) = store.log(made.id, action="填报目标数值")
    assert entry.subject.startswith("当年全国农村居民人均可支配收入增长率：")
    assert entry.subject.endswith("%")


# 模板2026


def test_the_eight_places_of_the_template_play_their_eight_parts(states, seed):
    results = states[template.SCHEME].results
    found = {story.name: results.of(playing(template.story_of, seed, story.name)) for story in template.STORIES}
    assert [result.grade for result in found.values()] == ["好", "好", "较好", "较好", "较好", "一般", "一般", "较差"]
    assert [bonus.points for bonus in found["领先，有加分"].bonuses] == [2]
    assert found["规模性返贫，受限制"].score_grade == "好"
    assert Fraction(88) < found["距“好”一步"].score < 90


def test_two_criticisms_take_three_points_off_and_the_best_grade_with_them(states, seed):
    state = states[template.SCHEME]
    found = state.results.of(playing(template.story_of, seed, "被通报，扣分后不到好"))
    assert [(each.count, each.points) for each in found.deductions] == [(2, 3)]
    assert found.before_bonus >= 90 > found.score
    assert found.score == round(found.before_bonus * 100) / Fraction(100) - 3
    assert any("扣分：因帮扶工作被通报批评的扣分，2次，扣3分" in step.what for step in found.steps)

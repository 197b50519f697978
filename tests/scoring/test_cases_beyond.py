"""The worked cases of the documents beyond 江门, run one by one: 内蒙古, 乳源, 东西部, 曲江."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from data.schemes import scheme
from scoring.assess import assess
from scoring.exact import fixed
from scoring.gather import MarksError
from scoring.marks import Fact, Mark, Sheet
from scoring.results import UnitResult
from scoring.scheme import Scheme

FILE = Path(__file__).parent.parent / "cases" / "cases.yaml"
CASES = yaml.load(FILE.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)

NEIMENGGU, RUYUAN = scheme("neimenggu-2018"), scheme("ruyuan-2017")
CITY, QUJIANG = scheme("dongxi-2019-city"), scheme("qujiang-2018")
LEAGUE, TOWN, GIVER, TOWN_OF_QUJIANG = "兴安盟", "桂头镇", "江门市", "马坝镇"


RUN: set[str] = set()
"""Every case that a test here runs."""
ELSEWHERE = ("jiangmen-2020-county", "any")
"""Schemes whose cases are run by other tests: test_cases.py, test_due.py."""


def cases_of(scheme_id: str) -> dict[str, dict[str, Any]]:
    return {case["case"]: case for case in CASES if case["scheme"] == scheme_id}


def runs(scheme_id: str, *beginnings: str) -> Any:
    """The cases of a scheme that begin so, as parameters."""
    chosen = [case for name, case in cases_of(scheme_id).items() if name.startswith(beginnings)]
    assert len(chosen) == len(beginnings)
    RUN.update(case["case"] for case in chosen)
    return pytest.mark.parametrize("case", chosen, ids=lambda case: case["case"])


def total(unit: str, component: str, value: str | Fraction) -> Sheet:
    return Sheet(unit, component, (Mark(None, score=Fraction(value)),))


def shown(value: Fraction | None) -> str:
    return "null" if value is None else fixed(value)


# 内蒙古: the file's own sums, and points that add up


def test_the_six_categories_sum_to_their_headings_and_the_halves_to_a_hundred_each():
    order = ["减贫成效", "精准识别退出", "精准施策", "扶贫资金", "精准帮扶", "作风建设"]
    sums = {name: sum(sum(i.full.values()) for i in NEIMENGGU.indicators if i.path[0] == name) for name in order}
    assert list(sums.values()) == [20, 20, 70, 50, 20, 20]
    halves = [sum(item.full[half] for item in NEIMENGGU.indicators) for half in ("daily", "yearend")]
    assert halves == [100, 100]


def league(daily: str, yearend: str, rules: Scheme = NEIMENGGU) -> UnitResult:
    return assess(rules, [total(LEAGUE, "daily", daily), total(LEAGUE, "yearend", yearend)]).of(LEAGUE)


@runs("neimenggu-2018", "full marks everywhere", "80 of 100 and 90 of 100")
def test_a_total_of_two_halves_is_brought_to_a_hundred(case):
    halves = {"200": ("100", "100"), "170": ("80", "90")}[case["total"]]
    result = league(*halves)
    assert shown(result.score) == case["score"]
    assert (result.grade or "null") == case["grade"]
    if "with_borrowed_bands" in case:
        lines = next(option for option in NEIMENGGU.bands.alternatives if "江门" in option.label)
        borrowing = NEIMENGGU.with_elements(bands=NEIMENGGU.bands.model_dump() | lines.sets)
        assert league(*halves, borrowing).grade == case["with_borrowed_bands"]


def full_marks(component: str) -> list[Mark]:
    return [Mark(i.no, score=i.full[component]) for i in NEIMENGGU.indicators if i.full[component]]


def test_full_marks_item_by_item_are_full_marks_too():
    sheets = [Sheet(LEAGUE, component, tuple(full_marks(component))) for component in ("daily", "yearend")]
    assert assess(NEIMENGGU, sheets).of(LEAGUE).exact == 100


@runs("neimenggu-2018", "income growth equal")
def test_a_growth_that_only_equals_the_nation_s_earns_nothing(case):
    targets = [t.model_dump() | {"value": Fraction(case["national"])} for t in NEIMENGGU.targets]
    told = NEIMENGGU.with_elements(targets=targets)

    def points(growth: str) -> Fraction:
        marks = [m for m in full_marks("yearend") if m.indicator != 3] + [Mark(3, value=Fraction(growth))]
        sheets = [total(LEAGUE, "daily", "100"), Sheet(LEAGUE, "yearend", tuple(marks))]
        return assess(told, sheets).of(LEAGUE).components["yearend"].exact - 94

    assert points(case["growth"]) == Fraction(case["points"])
    assert points("9.1") == 6


@runs("neimenggu-2018", "a mark for 减贫成效 under 平时")
def test_a_mark_where_the_document_gives_no_points_is_refused(case):
    marks = [*full_marks("daily"), Mark(1, score=Fraction(0))]
    with pytest.raises(MarksError, match="兴安盟”的“平时监控”中第1项在这里不计分，不应填写"):
        assess(NEIMENGGU, [Sheet(LEAGUE, "daily", tuple(marks))])
    assert case["problem"] == "true"


# 乳源: lines, inheritance, awards


@runs("ruyuan-2017", "89.5 is 较好", "79.4 is 一般", "60 is 一般", "59.99 is 较差")
def test_a_town_s_score_reaches_its_grade(case):
    assert assess(RUYUAN, [total(TOWN, "county", case["town"])]).of(TOWN).grade == case["grade"]


def helping(group: str, helps: dict[str, str | None]) -> Scheme:
    """乳源 with one unit on the roster of a helping group."""
    groups = [g.model_dump() for g in RUYUAN.groups]
    for row in groups:
        if row["id"] == group:
            row |= {"size": None, "units": [{"name": "某单位", "helps": helps}]}
    return RUYUAN.with_elements(groups=groups)


@runs("ruyuan-2017", "a county department inherits", "an upper-level unit")
def test_a_unit_inherits_its_town_s_score_and_is_awarded_by_its_kind(case):
    group = "upper" if "upper-level" in case["case"] else "economy"
    rules = helping(group, {TOWN: None})
    result = assess(rules, [total(TOWN, "county", case["inherits"])]).of("某单位")
    assert shown(result.score) == case["score"]
    assert [fixed(award.value, award.places) for award in result.awards] == [case["award"]]


@runs("ruyuan-2017", "two towns weighed by households", "two towns without household numbers")
def test_a_unit_that_helps_two_towns_inherits_their_mean(case):
    towns = dict(zip(case["helps"], (TOWN, "大桥镇"), strict=True))
    helps = {towns[name]: row.get("households") for name, row in case["helps"].items()}
    sheets = [total(towns[name], "county", row["score"]) for name, row in case["helps"].items()]
    result = assess(helping("party", helps), sheets).of("某单位")
    assert shown(result.score) == case["score"]
    assert [fixed(award.value, award.places) for award in result.awards] == [case["award"]]


@runs("ruyuan-2017", "praise reaches towns", "talks reach towns")
def test_what_follows_reaches_those_the_clause_names_and_no_team(case):
    for group, actions in case["outcomes"].items():
        rules = RUYUAN if group == "town" else helping(group, {TOWN: None})
        result = assess(rules, [total(TOWN, "county", case["inherits"])]).of(TOWN if group == "town" else "某单位")
        assert [outcome.action for outcome in result.outcomes] == actions, group
        assert result.pending_outcomes == ()


def test_a_problem_registered_of_a_team_is_followed_up_as_of_anybody():
    """九 names nobody in particular: 考核发现《考核办法》第八条所列问题的."""
    rules = helping("team", {TOWN: None})
    found = assess(rules, [total(TOWN, "county", "92")], [Fact("某单位", "article8", "有", confirmed=True)]).of("某单位")
    assert [outcome.action for outcome in found.outcomes] == ["按程序报批后按相关规定执行"]


# 东西部: category grades, vetoes, floors, bonus, 中位法, late money

POINTS = {"好": "95", "较好": "85", "一般": "75", "差": "66"}
"""Points of a whole category that is to have a grade: by the lines 90, 80 and 70; 66 is 差 and leaves the total at 90.17."""


def reviewed(rules: Scheme, categories: Iterable[str], unit: str = GIVER) -> Sheet:
    names = list(dict.fromkeys(item.path[0] for item in rules.indicators))
    wanted = dict(zip(names, categories, strict=True))
    marks = tuple(Mark(item.no, score=Fraction(POINTS[wanted[item.path[0]]])) for item in rules.indicators)
    return Sheet(unit, "review", marks)


def spread(counts: dict[str, str]) -> list[str]:
    return [grade for grade, count in counts.items() for _ in range(int(count))]


NAMED = {"虚报数据": "falsified", "重大违法违纪": "violation", "targets_met": "targets_met", "praise": "praise"}


def facts_of(case: dict[str, Any]) -> list[Fact]:
    told = [Fact(GIVER, NAMED[name], value) for name, value in case.get("facts", {}).items() if name != "praise"]
    if case.get("floor_confirmed") == "true":
        told.append(Fact(GIVER, "floor_confirmed", "是"))
    return told


@runs(
    "dongxi-2019-city", "one category 一般 bars", "one category 差 bars", "a veto beats everything",
)  # fmt: skip
def test_grades_of_categories_and_vetoes_limit_the_grade(case):
    result = assess(CITY, [reviewed(CITY, spread(case["category_grades"]))], facts_of(case)).of(GIVER)
    assert {g: str(list(result.category_grades.values()).count(g)) for g in case["category_grades"]} == case[
        "category_grades"
    ]
    assert result.grade == case["grade"]
    if "score_grade" in case:
        assert result.score_grade == case["score_grade"]


@runs("dongxi-2019-city", "targets met", "a confirmed floor does not lift")
def test_a_floor_is_recommended_until_a_person_confirms_it_and_never_beats_a_veto(case):
    result = assess(CITY, [reviewed(CITY, ["一般"] * 6)], facts_of(case)).of(GIVER)
    assert result.score_grade == "一般"
    assert result.grade == case["grade"]
    if "recommends" in case:
        assert result.recommended == case["recommends"]
        confirmed = [*facts_of(case), Fact(GIVER, "floor_confirmed", "是")]
        after = assess(CITY, [reviewed(CITY, ["一般"] * 6)], confirmed).of(GIVER)
        assert (after.grade, after.recommended) == ("较好", None)


@runs("dongxi-2019-city", "four commendations", "never above 100")
def test_commendations_add_points_up_to_their_most(case):
    marks = tuple(Mark(item.no, score=Fraction(case["score_before"])) for item in CITY.indicators)
    facts = [Fact(GIVER, "praise", "有", basis=f"批示{n}") for n in range(int(case["facts"]["praise"]))]
    result = assess(CITY, [Sheet(GIVER, "review", marks)], facts).of(GIVER)
    assert (shown(result.before_bonus), shown(result.score)) == (case["score_before"], case["score"])


QUANTITY = next(item.no for item in CITY.indicators if item.kind == "quantity")


def measured(values: Iterable[str]) -> list[Sheet]:
    """Every city's sheet: one item a number, all others ticked 好."""
    return [
        Sheet(unit.name, "review", tuple(
            Mark(i.no, value=Fraction(value)) if i.no == QUANTITY else Mark(i.no, grade="好") for i in CITY.indicators
        ))
        for unit, value in zip(CITY.groups[0].units, values, strict=False)
    ]  # fmt: skip


@runs("dongxi-2019-city", "median of 10 peers")
def test_a_value_is_graded_by_where_it_stands_among_its_peers(case):
    results = assess(CITY, measured(case["values"]))
    found = {
        value: results.of(unit.name).components["review"].rows[QUANTITY].grade
        for unit, value in zip(CITY.groups[0].units, case["values"], strict=True)
    }
    assert {value: found[value] for value in case["grades"]} == case["grades"]


@runs("dongxi-2019-city", "funds on 30 March")
def test_late_money_earns_less_each_month_begun(case):
    assert len(case["arrives"]) == 7
    whole = Fraction(95)
    sheet = Sheet(GIVER, "review", tuple(Mark(item.no, grade="好") for item in CITY.indicators))
    for day, percent in case["arrives"].items():
        arrival = Fact(GIVER, "arrival", "市级安排", date=f"2019-{day}", amount=Fraction(1000))
        row = assess(CITY, [sheet], [arrival]).of(GIVER).components["review"].rows[12]
        assert row.points == whole * (1 - Fraction(percent) / 100), day
        flagged = any("原文未写，不扣分" in note.what for note in row.notes)
        assert flagged == (day == "03-31"), day


# 曲江: triggers and outcomes, no total


@runs("qujiang-2018", "judgement has no total")
def test_judgement_has_triggers_and_outcomes_and_no_total(case):
    (name,) = case["triggers"]
    trigger = next(fact.id for fact in QUJIANG.facts if fact.name == name)
    result = assess(QUJIANG, [], [Fact(TOWN_OF_QUJIANG, trigger, "有")]).of(TOWN_OF_QUJIANG)
    assert (shown(result.score), result.grade or "null", result.rank) == (case["score"], case["grade"], None)
    assert case["outcome"] in [outcome.action for outcome in result.outcomes]
    assert result.complete


def test_every_case_of_these_documents_is_run():
    assert {case["case"] for case in CASES if case["scheme"] not in ELSEWHERE} == RUN

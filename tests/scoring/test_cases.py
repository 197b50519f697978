"""The worked cases of the design, computed by hand with fractions, run one by one against the engine."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from data.schemes import scheme
from scoring.assess import assess
from scoring.exact import fixed
from scoring.marks import Fact, Mark, Sheet

FILE = Path(__file__).parent.parent / "cases" / "cases.yaml"
CASES = yaml.load(FILE.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
COUNTY = [case for case in CASES if case["scheme"] == "jiangmen-2020-county"]
ELSEWHERE = ("units", "interval")  # cases of several units and of firmness have tests of their own below
ORDINARY = [case for case in COUNTY if not any(key in case for key in ELSEWHERE)]
UNIT = "鹤山市"
COUNTED = ("cross", "municipal", "daily")


def total(component: str, value: str, unit: str = UNIT) -> Sheet:
    return Sheet(unit, component, (Mark(None, score=Fraction(value)),))


def ticked(component: str, counts: dict[str, str]) -> Sheet:
    """A tick form with so many items of each grade, in the table's order."""
    grades = [grade for grade, count in counts.items() for _ in range(int(count))]
    marks = [
        Mark(no, applicable=False, remark="本年度无此项工作") if grade == "不适用" else Mark(no, grade=grade)
        for no, grade in enumerate(grades, start=1)
    ]
    return Sheet(UNIT, component, tuple(marks))


def given(case: dict[str, Any]) -> list[Sheet]:
    if "totals" in case:
        return [total(name, value) for name, value in case["totals"].items()]
    if "ticks" in case:
        return [ticked(name, case["ticks"]) for name in COUNTED]
    if "given" in case:
        parts = case["given"].items()
        return [ticked(n, value) if isinstance(value, dict) else total(n, value) for n, value in parts]
    in_its_words = "eight items 好 and the eleven of 精准扶贫 一般"
    assert in_its_words in case["case"]
    items = scheme("jiangmen-2020-county").indicators
    marks = tuple(Mark(i.no, grade="一般" if i.path[0] == "精准扶贫" else "好") for i in items)
    return [Sheet(UNIT, name, marks) for name in COUNTED]


@pytest.mark.parametrize("case", ORDINARY, ids=lambda case: case["case"])
def test_a_case_worked_by_hand_comes_out_to_the_digit(case):
    rules = scheme("jiangmen-2020-county")
    if "weights" in case:
        rules = rules.replace(weights={name: Fraction(value) for name, value in case["weights"].items()})
    facts = [Fact(UNIT, name, value) for name, value in case.get("facts", {}).items()]
    result = assess(rules, given(case), facts).of(UNIT)

    said = {
        "exact": lambda: str(result.exact),
        "score": lambda: fixed(result.score) if result.score is not None else "null",
        "grade": lambda: result.grade or "null",
        "rank": lambda: str(result.rank or "null"),
        "score_grade": lambda: result.score_grade,
        "crossed_by_rounding": lambda: str(result.crossed_by_rounding).lower(),
    }
    checked = [key for key in said if key in case]
    assert {key: said[key]() for key in checked} == {key: case[key] for key in checked}
    assert checked
    if "cites" in case:
        assert set(case["cites"]) <= {step.cite for step in result.steps}
    if "possible" in case:
        low, high = case["possible"]["score"]
        assert (fixed(result.possible.low), fixed(result.possible.high)) == (low, high)
        assert list(result.possible.grades) == case["possible"]["grades"]
    assert bool(result.warnings) == ("warns" in case or _has_worst_tick(case, result))


def _has_worst_tick(case: dict[str, Any], result) -> bool:
    return result.grade == "好" and "较差" in case.get("ticks", {})


def test_places_go_by_grade_then_score_and_equal_scores_share_one():
    case = next(case for case in COUNTY if "units" in case)
    names = dict(zip("ABCDE", ["蓬江区", "江海区", "新会区", "台山市", "开平市"], strict=True))
    sheets, facts = [], []
    for letter, said in case["units"].items():
        score, _, sanction = said.partition(" with ")
        sheets += [total(component, score, names[letter]) for component in COUNTED]
        facts += [Fact(names[letter], "sanction", sanction)] if sanction else []
    results = assess(scheme("jiangmen-2020-county"), sheets, facts)
    assert {letter: str(results.of(names[letter]).rank) for letter in case["ranks"]} == case["ranks"]


def test_the_case_file_is_read_with_text_kept_as_text():
    assert any(re.fullmatch(r"\d+/\d+", case.get("exact", "")) for case in COUNTY)

"""The steps behind a result, in the words they are printed in."""

from __future__ import annotations

from fractions import Fraction

import pytest

from scoring.assess import assess
from scoring.batch import batch
from scoring.explain import at_odds
from scoring.marks import Fact, Mark, Sheet
from scoring.rules import Outcome
from scoring.table import table
from tests.scoring.strategies import COUNTED, COUNTY, UNITS

UNIT = UNITS[0]


def totals(*values: str) -> list[Sheet]:
    return [Sheet(UNIT, c, (Mark(None, score=Fraction(v)),)) for c, v in zip(COUNTED, values, strict=True)]


def under(**rounding: str):
    return COUNTY.with_elements(rounding={**rounding, "assumed": "试算"})


def steps(scheme, sheets) -> list[str]:
    return [step.what for step in assess(scheme, sheets).of(UNIT).steps]


def test_a_component_that_is_rounded_first_tells_both_scores_and_what_rounding_moved():
    """89.50 three times is 89.5, 较好; in whole points it is 90, 好."""
    told = steps(under(component="0"), totals("89.50", "89.50", "89.50"))
    assert told[0] == "交叉考核直接给分89.5分，取整为90分"
    assert told[-2:] == ["未舍入时为89.5分，因四舍五入进入“好”", "拟表扬"]


def test_a_component_rounded_to_a_decimal_says_so():
    assert steps(under(component="1"), totals("88.25", "88", "88"))[0] == "交叉考核直接给分88.25分，四舍五入为88.3分"
    assert steps(under(component="1"), totals("88.3", "88", "88"))[0] == "交叉考核直接给分88.3分"


@pytest.mark.parametrize(("rounding", "score", "crossed"), [
    ({"component": "0"}, "89.50", True),
    ({"component": "0"}, "89.49", False),
    ({"component": "0", "total": "2"}, "89.50", True),
    ({"total": "2"}, "89.995", True),
    ({"component": "1", "mode": "none"}, "89.995", False),
])  # fmt: skip
def test_the_grade_is_compared_with_that_of_wholly_unrounded_scores(rounding, score, crossed):
    scheme, sheets = under(**rounding), totals(score, score, score)
    assert assess(scheme, sheets).of(UNIT).crossed_by_rounding == crossed
    assert bool(batch(scheme, table(scheme, sheets)).crossed_by_rounding[0]) == crossed


def items(*marks: str | int) -> list[Sheet]:
    """One sheet for every component: a grade, or points, for each item."""
    rows = [
        Mark(n, grade=m) if isinstance(m, str) else Mark(n, score=Fraction(m)) for n, m in enumerate(marks, start=1)
    ]
    return [Sheet(UNIT, component, tuple(rows)) for component in COUNTED]


def test_items_marked_in_points_are_told_as_such():
    assert steps(COUNTY, items(*[90] * 19))[0] == "交叉考核：19项分项给分，得90分"
    assert steps(COUNTY, items(*["好"] * 9, *[95] * 10))[0] == "交叉考核：9项好（95分）、10项分项给分，得95分"


def prominent(score: str, *, confirmed: bool = True):
    fact = Fact(UNIT, "prominent", "有", "2020-11-20", "江督〔2020〕3号", confirmed)
    return assess(COUNTY, totals(score, score, score), [fact]).of(UNIT)


def test_what_a_fact_brings_is_told_with_the_fact_its_date_and_its_paper():
    """六（六）: 好 is praised; 某些方面存在突出问题 is 谈话提醒 whatever the grade."""
    result = prominent("95")
    assert [(step.what, step.cite) for step in result.steps[-2:]] == [
        ("拟表扬", "六（六）"),
        ("有“某些方面存在突出问题”情形（2020-11-20，江督〔2020〕3号），拟谈话提醒", "六（六）"),
    ]
    assert at_odds(COUNTY, result)


def test_what_the_grade_brings_too_is_told_with_both():
    result = prominent("70")
    assert result.steps[-1].what == (
        "等次为“一般”，且有“某些方面存在突出问题”情形（2020-11-20，江督〔2020〕3号），拟谈话提醒"
    )
    assert not at_odds(COUNTY, result)


def test_what_the_grade_alone_brings_names_no_fact_and_what_follows_for_all_is_no_step():
    assert steps(COUNTY, totals("70", "70", "70"))[-1] == "拟谈话提醒"
    assert steps(COUNTY, totals("85", "85", "85"))[-1].endswith("按分数为“较好”")


def test_an_unconfirmed_fact_brings_nothing_yet():
    result = prominent("95", confirmed=False)
    assert result.steps[-1].what == "拟表扬"
    assert not at_odds(COUNTY, result)


def test_a_fact_brings_what_it_brings_while_a_sheet_is_missing():
    fact = Fact(UNIT, "prominent", "有")
    result = assess(COUNTY, totals("95", "95", "95")[:2], [fact]).of(UNIT)
    assert result.grade is None
    assert [outcome.action for outcome in result.outcomes] == ["谈话提醒"]
    assert result.steps[-1].what == "有“某些方面存在突出问题”情形，拟谈话提醒"


@pytest.mark.parametrize(
    ("action", "praise"), [("通报表扬", True), ("表彰", True), ("给予奖励", True), ("约谈", False), ("通报批评", False)]
)
def test_praise_is_told_from_what_is_to_be_borne_by_the_documents_word(action, praise):
    assert Outcome.model_validate({"when": {"grades": ["好"]}, "action": action, "cite": ["八"]}).praises is praise

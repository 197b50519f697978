"""口径 in words: what a reading says, and in one line what another would change."""

from __future__ import annotations

from fractions import Fraction

from data.schemes import scheme
from scoring.assumption_words import NOTHING, effect_words, label_words, reading_words
from scoring.assumptions import DEFAULT, Effect, assumptions

RULES = scheme("jiangmen-2020-county")
PROVINCE = scheme("guangdong-2019")


def told(rules=RULES, **effect) -> str:
    return effect_words(rules, Effect("k", "l", **{"changes": {}, **effect}))


def test_nothing_is_said_to_change_nothing():
    assert told() == NOTHING


def test_each_changed_grade_is_named_and_places_and_the_largest_score_are_counted():
    scores = {"开平市": (Fraction("89.6"), Fraction("90.85")), "台山市": (Fraction(85), Fraction(84))}
    words = told(changes={"开平市": ("较好", "好")}, places={"开平市": (3, 2), "台山市": (2, 3)}, scores=scores)
    assert words == "将改变1个市（区）的等次：开平市 较好→好；2个位次变动；得分最多相差1.25分（开平市高）"


def test_places_are_named_where_grades_stay():
    words = told(places={"台山市": (2, 3), "开平市": (3, 2)})
    assert words == "等次不变；2个位次变动：台山市 2→3、开平市 3→2"


def test_a_score_that_falls_is_said_to_fall_and_is_never_rounded_up():
    words = told(scores={"台山市": (Fraction("89.74"), Fraction("89.74") - Fraction(1, 300))})
    assert words == "等次不变；得分最多相差0.0033…分（台山市低）"


def test_who_only_follows_differently_is_named():
    assert told(outcomes=("台山市",)) == "等次不变；结果运用有变的1个：台山市"


def test_grades_given_where_there_were_none_are_counted_by_grade():
    changes = {"韶关市": (None, "好"), "茂名市": (None, "较好"), "河源市": (None, "较好")}
    assert told(PROVINCE, changes=changes) == "将按得分给出3个地级以上市的等次：好1个、较好2个"
    back = {unit: (then, was) for unit, (was, then) in changes.items()}
    assert told(PROVINCE, changes=back) == "将不再按得分给出3个地级以上市的等次"


def test_without_computed_grades_nobody_claims_that_they_stay():
    assert told(PROVINCE, places={"韶关市": (1, 2)}) == "1个位次变动：韶关市 1→2"


def test_more_than_six_are_counted():
    changes = {str(number): ("好", "较好") for number in range(8)}
    assert told(changes=changes).endswith("5 好→较好等8个")


def test_the_schemes_own_reading_says_its_rule_and_another_what_speaks_for_it():
    ticks = next(a for a in assumptions(RULES) if a.key == "ticks")
    assert reading_words(RULES, ticks, DEFAULT) == "好95分，较好85分，一般75分，较差60分"
    assert reading_words(RULES, ticks, "100/85/75/60").startswith("全表打“好”即得满分")
    assert (label_words(DEFAULT), label_words("不舍入")) == ("方案所列口径", "不舍入")


def test_two_limits_with_one_reason_say_each_its_own_rule():
    department = scheme("dongxi-2019-department")
    fair, poor = (a for a in assumptions(department) if a.key.startswith("limits.category"))
    assert fair.text == poor.text
    assert "最高为“较好”" in reading_words(department, fair, DEFAULT)
    assert "最高为“一般”" in reading_words(department, poor, DEFAULT)

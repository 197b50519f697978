"""口径: every assumed element is listed, another reading gives another scheme, and its effect is told by unit."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import get_args

import pytest
import yaml

from data.schemes import scheme, scheme_ids, scheme_text
from scoring.assess import assess
from scoring.assumptions import (
    DEFAULT,
    NAMES,
    Assumption,
    Effect,
    assumptions,
    effects,
    figure_text,
    open_targets,
    weightiest_first,
    with_reading,
    with_readings,
    with_targets,
)
from scoring.kinds import Ruled
from scoring.marks import Fact, Mark, Sheet
from scoring.rulebook import rules
from scoring.rules import Target
from scoring.scheme import Scheme

RULES = scheme("jiangmen-2020-county")


def all_three(unit: str, counts: dict[str, int]) -> list[Sheet]:
    grades = [grade for grade, count in counts.items() for _ in range(count)]
    marks = tuple(Mark(no, grade=grade) for no, grade in enumerate(grades, start=1))
    return [Sheet(unit, component, marks) for component in ("cross", "municipal", "daily")]


def test_every_element_that_says_assumed_is_listed_with_its_reason():
    written = scheme("jiangmen-2020-county").model_dump_json().count('"assumed":"')
    listed = assumptions(RULES)
    assert len(listed) == written
    assert {"ticks", "item_weights", "rounding", "rank", "limits.violation"} <= {a.key for a in listed}
    assert all(a.text and a.name for a in listed)


def assumed_places(node: object) -> int:
    """How many mappings of a written scheme say ``assumed``, at whatever depth; alternatives are no elements."""
    if isinstance(node, dict):
        inner = sum(assumed_places(child) for key, child in node.items() if key != "alternatives")
        return inner + ("assumed" in node)
    return sum(map(assumed_places, node)) if isinstance(node, list) else 0


@pytest.mark.parametrize("scheme_id", scheme_ids())
def test_no_assumption_of_any_scheme_is_overlooked_wherever_it_is_written(scheme_id):
    listed = assumptions(scheme(scheme_id))
    assert len(listed) == assumed_places(yaml.load(scheme_text(scheme_id), yaml.BaseLoader)) > 0
    assert len({a.key for a in listed}) == len({a.name for a in listed}) == len(listed)


@pytest.mark.parametrize("scheme_id", scheme_ids())
def test_every_assumption_has_a_chinese_name_and_says_what_is_open_and_how_it_is_read(scheme_id):
    for each in assumptions(scheme(scheme_id)):
        assert not re.search("[A-Za-z]", each.name + each.text), each
        assert each.silent
        assert each.reading


def test_every_field_that_can_assume_something_has_a_chinese_name():
    def bears_rules(annotation: object) -> bool:
        inner = get_args(annotation)
        return any(map(bears_rules, inner)) or (isinstance(annotation, type) and issubclass(annotation, Ruled))

    assert {name for name, field in Scheme.model_fields.items() if bears_rules(field.annotation)} == set(NAMES)


def test_what_the_text_leaves_open_is_told_apart_from_how_it_is_read():
    told = Assumption("ticks", "四档赋分", "原文未定分值；取中值；较差取60分", ())
    assert (told.silent, told.reading) == ("原文未定分值", "取中值；较差取60分")
    bare = Assumption("facts.prominent", "情形", "参照市的做法", ())
    assert (bare.silent, bare.reading) == ("原文未规定", "参照市的做法")


def test_another_reading_is_another_scheme_and_the_own_one_stays():
    other = with_reading(RULES, "ticks", "100/85/75/60")
    assert (other.ticks.points["好"], RULES.ticks.points["好"]) == (100, 95)
    assert with_reading(RULES, "ticks", DEFAULT) is RULES
    with pytest.raises(KeyError):
        with_reading(RULES, "ticks", "没有的读法")


def test_an_unknown_choice_is_passed_over():
    assert with_readings(RULES, {"ticks": "旧版的读法", "nothing": "甲"}) == RULES


def effects_of(sheets, facts=(), chosen=None, own=RULES) -> dict[tuple[str, str], dict]:
    """(key, label) → changed grades, under the readings that were chosen."""
    assess_with = lambda rules: assess(rules, sheets, facts)  # noqa: E731
    chosen = chosen or {}
    return {
        (e.key, e.label): e.changes for e in effects(own, chosen, assess_with(with_readings(own, chosen)), assess_with)
    }


def test_a_chosen_reading_gives_its_own_reason_and_no_longer_the_one_it_sets_aside():
    other = with_reading(RULES, "rounding", "不舍入")
    (rule,) = [rule for rule in rules(other) if rule.kind == "小数位数"]
    assert (rule.text, rule.assumed) == ("不舍入", "不舍入：等次按未舍入的得分确定，89.995分不进为90分")


def test_a_limit_read_as_description_is_said_to_limit_nothing_and_leaves_no_step():
    other = with_reading(RULES, "limits.violation", "只作描述不作限制")
    result = assess(other, all_three("鹤山市", {"好": 19}), [Fact("鹤山市", "violation", "有")]).of("鹤山市")
    assert (result.grade, result.limits) == ("好", ())
    assert not any("等次最高" in step.what for step in result.steps)
    assert "有“重大违纪违规问题”情形的，不限制等次" in [rule.text for rule in rules(other)]


def test_under_a_chosen_reading_the_way_back_is_offered_with_its_effect():
    """92.11, 好, under 100/85/75/60; back under 95/85/75/60 it is 89.74, 较好."""
    told = effects_of(all_three("鹤山市", {"好": 9, "较好": 10}), chosen={"ticks": "100/85/75/60"})
    assert told["ticks", DEFAULT] == {"鹤山市": ("好", "较好")}
    assert ("ticks", "100/85/75/60") not in told


def test_each_alternative_is_tried_without_what_the_chosen_one_set():
    """89.50, 89.90, 90.49 make 89.917. Whole points first: 90, 90, 90, 好. One decimal of the total: 89.9, 较好."""
    options = [{"label": "各方式先取整", "component": "0"}, {"label": "总分取一位", "total": "1"}]
    own = RULES.with_elements(rounding={"total": "2", "assumed": "原文未定", "alternatives": options})
    scores = zip(("cross", "municipal", "daily"), ("89.50", "89.90", "90.49"), strict=True)
    sheets = [Sheet("台山市", component, (Mark(None, score=Fraction(score)),)) for component, score in scores]
    told = effects_of(sheets, chosen={"rounding": "各方式先取整"}, own=own)
    assert told["rounding", "总分取一位"] == {"台山市": ("好", "较好")}


def test_the_effect_names_each_unit_with_both_grades():
    # 9 好 + 10 较好 is 89.74, 较好; under 100/85/75/60 it is (900+850)/19 = 92.11, 好.
    sheets = all_three("鹤山市", {"好": 9, "较好": 10})
    told = effects_of(sheets)
    assert told["ticks", "100/85/75/60"] == {"鹤山市": ("较好", "好")}
    assert told["rounding", "不舍入"] == {}


def test_not_rounding_lowers_a_unit_that_rounding_had_lifted():
    total = [Sheet("鹤山市", c, (Mark(None, score=Fraction("89.995")),)) for c in ("cross", "municipal", "daily")]
    told = effects_of(total)
    assert told["rounding", "不舍入"] == {"鹤山市": ("好", "较好")}


def test_a_limit_read_as_description_no_longer_limits():
    sheets, facts = all_three("鹤山市", {"好": 19}), [Fact("鹤山市", "violation", "有")]
    told = effects_of(sheets, facts)
    assert told["limits.violation", "只作描述不作限制"] == {"鹤山市": ("一般", "好")}


def guangdong(*units: tuple[str, str, str]) -> list[Sheet]:
    """(unit, grade of items 1 to 16, grade of item 17) of 被帮扶市, the same on each counted sheet."""
    return [
        Sheet(unit, component.id, tuple(Mark(no, grade if no < 17 else last) for no in range(1, 18)))
        for unit, grade, last in units
        for component in scheme("guangdong-2019").counted
    ]


def effect_in_guangdong(key: str, label: str) -> Effect:
    """韶关市 all 好 but item 17 较差: 1580/17. 茂名市 all 较好 but item 17 好: 1455/17."""
    own = scheme("guangdong-2019")
    assess_with = lambda rules: assess(rules, guangdong(("韶关市", "好", "较差"), ("茂名市", "较好", "好")))  # noqa: E731
    found = effects(own, {}, assess_with(own), assess_with)
    return next(e for e in found if (e.key, e.label) == (key, label))


def test_where_scores_have_no_grade_the_effect_tells_scores_and_places():
    """Four categories alike: 韶关市 (3×95+60)/4 = 86.25 from 92.94, 茂名市 (3×85+95)/4 = 87.50 from 85.59."""
    told = effect_in_guangdong("item_weights", "各类别等权、类别内等权")
    assert told.changes == {}
    assert told.scores == {
        "韶关市": (Fraction("92.94"), Fraction("86.25")),
        "茂名市": (Fraction("85.59"), Fraction("87.50")),
    }
    assert told.places == {"韶关市": (1, 2), "茂名市": (2, 1)}
    assert told.largest == ("韶关市", Fraction("-6.69"))


def test_borrowing_lines_gives_grades_where_there_were_none_and_moves_no_score():
    told = effect_in_guangdong("bands", "借用江门2020的90/80/70")
    assert told.changes == {"韶关市": (None, "好"), "茂名市": (None, "较好")}
    assert (told.scores, told.largest) == ({}, None)


def test_an_effect_names_whoever_something_else_would_follow_for():
    """好 is praised, 较好 is not: 89.74 under 95/85/75/60 is 92.11 under 100/85/75/60."""
    sheets = all_three("鹤山市", {"好": 9, "较好": 10})
    assess_with = lambda rules: assess(rules, sheets)  # noqa: E731
    told = next(e for e in effects(RULES, {}, assess_with(RULES), assess_with) if e.label == "100/85/75/60")
    assert told.outcomes == ("鹤山市",)
    assert told.largest == ("鹤山市", Fraction("2.37"))
    assert told.units == ("鹤山市",)


def test_readings_that_would_change_grades_come_first_and_alike_ones_keep_their_order():
    known = [Assumption(key, key, "原文未定；暂定", ()) for key in ("甲", "乙", "丙", "丁")]
    score = (Fraction(1), Fraction(2))
    found = [
        Effect("乙", "改", {}, scores={"台山市": score}),
        Effect("丁", "改", {"台山市": ("好", "较好")}),
        Effect("丁", "再改", {}),
    ]
    assert [each.key for each in weightiest_first(known, found)] == ["丁", "乙", "甲", "丙"]


def test_a_target_without_a_figure_is_open_until_the_office_fills_it_in():
    own = scheme("neimenggu-2018")
    assert [target.id for target in open_targets(own)] == ["national-income"]
    filled = with_targets(own, {"national-income": Fraction("9.6"), "nobody": Fraction(1)})
    assert open_targets(filled) == ()
    assert next(t.value for t in filled.targets if t.id == "national-income") == Fraction("9.6")
    assert with_targets(own, {}) is own


def test_a_figure_that_the_document_fixes_is_never_filled_in():
    own = scheme("ruyuan-2017")
    assert open_targets(own) == ()
    assert with_targets(own, {"reduction": Fraction(1)}) is own


def test_a_target_that_is_no_figure_asks_nobody_for_one():
    own = RULES.with_elements(targets=[{"id": "done", "name": "任务完成", "cite": "一"}])
    assert open_targets(own) == ()


def test_a_reading_is_named_in_the_documents_own_words():
    names = {one.key: one.name for one in assumptions(scheme("dongxi-2019-city"))}
    assert names["components.review"] == "评价方式：分组成效评价"
    assert not [name for name in names.values() if "考核" in name]
    assert "考核对象名单：镇" in {one.name for one in assumptions(scheme("ruyuan-2017"))}


def test_no_reading_is_named_by_half_a_sentence():
    names = [each.name for id in scheme_ids() for each in assumptions(scheme(id))]
    assert not [name for name in names if name.endswith("…")]
    assert any(
        name.endswith("当年不得评为“好”、“较好”的等次") or "提供划拨资金文件、银行划款凭证" in name for name in names
    )


def test_a_count_that_is_owed_is_not_negative_and_carries_no_percent_sign():
    people = Target(id="people", name="人数", measure="人", cite="一")
    assert figure_text(people, " １２ ") == "12"
    for text in ("-3", "3%", "三"):
        with pytest.raises(ValueError, match=text):
            figure_text(people, text)

"""The state of an assessment: read at one moment, scored once, with its own roster and confirmed readings."""

from __future__ import annotations

from fractions import Fraction

import pytest

from data.finalise import obstacles
from data.rosters_units import scheme_units
from data.schemes import scheme, scheme_text
from data.state import READING, TARGET, UnfitError, load_state
from data.store import Store, StoreProblem, UnitRow
from scoring.assess import assess
from scoring.load import load_scheme
from scoring.marks import Fact, Mark, Sheet

RULES = scheme("jiangmen-2020-county")
COUNTED = ("cross", "municipal", "daily")


@pytest.fixture
def store(tmp_path):
    with Store.open(f"sqlite:///{tmp_path}/t.db") as opened:
        yield opened


def begin(store: Store, units: list[str]) -> int:
    rows = [UnitRow(unit.name, "county", unit.region) for unit in RULES.groups[0].units if unit.name in units]
    return store.create_assessment("试", RULES.id, scheme_text(RULES.id), RULES.hash, rows, "张三").id


def take(store: Store, assessment: int, unit: str, score: str, components=COUNTED) -> None:
    sheets = [Sheet(unit, component, (Mark(None, score=Fraction(score)),)) for component in components]
    store.take(assessment, f"{unit}.xlsx", f"{unit}{score}{components}".encode(), sheets, "张三")


def test_a_state_is_true_of_its_version_and_a_change_makes_a_new_one(store):
    assessment = begin(store, ["台山市", "鹤山市"])
    take(store, assessment, "台山市", "89.24")
    before = load_state(store, assessment)
    take(store, assessment, "台山市", "90")
    after = load_state(store, assessment)
    assert (before.results.of("台山市").grade, after.results.of("台山市").grade) == ("较好", "好")
    assert after.version == before.version + 1


def test_only_the_units_on_the_assessments_own_roster_are_expected(store):
    assessment = begin(store, ["台山市", "鹤山市"])
    take(store, assessment, "台山市", "85", ("cross",))
    state = load_state(store, assessment)
    assert [unit.name for unit in state.units] == ["台山市", "鹤山市"]
    assert len(state.expected) == 6
    assert state.absent == (
        ("台山市", "municipal"), ("台山市", "daily"),
        ("鹤山市", "cross"), ("鹤山市", "municipal"), ("鹤山市", "daily"),
    )  # fmt: skip


def test_a_confirmed_reading_is_scored_by_and_no_longer_unconfirmed(store):
    assessment = begin(store, ["台山市"])
    take(store, assessment, "台山市", "89.995")
    state = load_state(store, assessment)
    assert state.results.of("台山市").grade == "好"
    assert "rounding" in {a.key for a in state.unconfirmed}

    store.set_setting(assessment, READING + "rounding", "不舍入", "李四")
    state = load_state(store, assessment)
    assert state.results.of("台山市").grade == "较好"
    assert "rounding" not in {a.key for a in state.unconfirmed}


def test_what_a_reading_replaced_is_still_listed_with_its_reason_and_the_way_back(store):
    """89.995 rounds up to 90.00, 好; unrounded it is 较好, and going back would make it 好 again."""
    assessment = begin(store, ["台山市"])
    take(store, assessment, "台山市", "89.995")
    store.set_setting(assessment, READING + "rounding", "不舍入", "李四")
    state = load_state(store, assessment)
    (reading,) = [a for a in state.assumptions if a.key == "rounding"]
    assert reading.text.startswith("原文未定小数位数；综合得分四舍五入保留两位")
    assert state.scheme.rounding.assumed.startswith("不舍入：")
    back = {e.label: e.changes for e in state.effects if e.key == "rounding"}
    assert back == {"默认": {"台山市": ("较好", "好")}}


def test_the_readings_that_matter_are_the_unconfirmed_ones_that_would_change_a_grade(store):
    """For 89.995 alone it matters whether totals are rounded; once confirmed, nothing is left to matter."""
    assessment = begin(store, ["台山市"])
    take(store, assessment, "台山市", "89.995")
    assert [(reading.key, most) for reading, most in load_state(store, assessment).mattering] == [("rounding", 1)]
    store.set_setting(assessment, READING + "rounding", "默认", "李四")
    assert load_state(store, assessment).mattering == ()


def test_a_fact_limits_only_once_a_second_person_confirmed_it_and_not_after_withdrawal(store):
    assessment = begin(store, ["台山市"])
    take(store, assessment, "台山市", "95")
    row = store.add_fact(assessment, Fact("台山市", "sanction", "记过"), "决定书", "张三")
    assert load_state(store, assessment).results.of("台山市").grade == "好"
    assert load_state(store, assessment).results.of("台山市").pending == "较好"
    store.confirm_fact(row.id, "李四")
    assert load_state(store, assessment).results.of("台山市").grade == "较好"
    store.withdraw_fact(row.id, "李四", "登记错误")
    assert load_state(store, assessment).results.of("台山市").grade == "好"


def test_trying_another_scheme_leaves_the_state_as_it_is(store):
    assessment = begin(store, ["台山市"])
    take(store, assessment, "台山市", "89.24")
    state = load_state(store, assessment)
    trial = state.assess_with(state.scheme.replace(lines={"好": Fraction(89)}))
    assert (trial.of("台山市").grade, state.results.of("台山市").grade) == ("好", "较好")


def test_the_scheme_handed_out_scores_as_the_pages_do_also_under_a_confirmed_reading(store):
    assessment = begin(store, [unit.name for unit in RULES.groups[0].units])
    take(store, assessment, "台山市", "89.995")
    assert load_state(store, assessment).scheme_text == scheme_text(RULES.id)

    store.set_setting(assessment, READING + "rounding", "不舍入", "李四")
    state = load_state(store, assessment)
    handed_out = load_scheme(state.scheme_text)
    assert handed_out.hash == state.scheme.hash
    assert assess(handed_out, state.sheets).of("台山市").grade == "较好"


def test_a_scheme_under_a_shorter_roster_is_handed_out_so_that_it_loads_again(store: Store) -> None:
    rules = scheme("ruyuan-2017")
    units = [UnitRow("桂头镇", "town", "440232104"), UnitRow("县农业局", "economy", "", (("桂头镇", Fraction(30)),))]
    made = store.create_assessment("乳源", rules.id, scheme_text(rules.id), rules.hash, units, "张三")
    again = load_scheme(load_state(store, made.id).scheme_text, "乳源")
    assert [(group.id, len(group.units)) for group in again.groups] == [("town", 1), ("economy", 1)]
    assert again.group("economy").units[0].helps[0].households == 30


def test_an_assessment_opens_after_a_withdrawn_sheet_a_corrected_roster_and_a_refused_restoration(store):
    assessment = begin(store, ["台山市", "鹤山市"])
    take(store, assessment, "台山市", "85")
    take(store, assessment, "鹤山市", "90")
    gone = store.submissions(assessment)[0]
    for each in store.submissions(assessment):
        if each.unit == gone.unit:
            store.withdraw(each.id, "张三", "误传")
    store.correct_roster(
        assessment, [unit for unit in store.assessment(assessment).units if unit.name != gone.unit], "李四", "撤并"
    )
    with pytest.raises(StoreProblem, match=f"没有“{gone.unit}”"):
        store.restore(gone.id, "张三", "恢复")
    assert [result.unit for result in load_state(store, assessment).results.units] == ["鹤山市"]


def test_a_reading_that_the_scheme_does_not_offer_is_not_confirmed(store):
    """A label written by another version of the scheme: its own reading is in force, and it still waits."""
    assessment = begin(store, ["台山市"])
    store.set_setting(assessment, READING + "rounding", "取三位小数", "李四")
    state = load_state(store, assessment)
    (rounding,) = [a for a in state.assumptions if a.key == "rounding"]
    assert (state.confirmed(rounding), state.reading(rounding)) == (None, "默认")
    assert rounding in state.unconfirmed
    assert any("小数位数与舍入" in told for told in obstacles(state))


@pytest.mark.parametrize("figure", ["九点六", "九成"])
def test_a_kept_figure_that_the_scheme_cannot_take_is_told_in_words(store, figure):
    rules = scheme("neimenggu-2018")
    made = store.create_assessment("试", rules.id, scheme_text(rules.id), rules.hash, scheme_units(rules), "张三")
    store.set_setting(made.id, TARGET + "national-income", figure, "李四")
    with pytest.raises(UnfitError, match="所存的目标数值与方案不符"):
        load_state(store, made.id)

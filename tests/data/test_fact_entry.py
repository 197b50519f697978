"""What a clerk enters of one 情形: the fact, or everything that is wrong with it in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.fact_entry import Entry, called, fact_of, labels, outside_period, parsed, problems
from data.schemes import scheme
from data.store import FactRow
from scoring import exact
from scoring.explain import fact_name
from scoring.marks import Fact

CITY, COUNTY = scheme("dongxi-2019-city"), scheme("jiangmen-2020-county")
TODAY = date(2020, 12, 1)
MONEY = Entry("珠海市", "arrival", "市级安排", date(2019, 4, 3), "珠财〔2019〕5号", "1,200.5")
PRAISE = Entry("珠海市", "praise", "有", date(2019, 6, 1), "中办〔2019〕8号")
SANCTION = Entry("台山市", "sanction", "记过", date(2020, 6, 1), "江纪〔2020〕3号")


def row(fact: Fact, *, withdrawn: bool = False) -> FactRow:
    return FactRow(1, fact, "", "张三", datetime(2020, 1, 1, tzinfo=UTC), None, None, withdrawn)


def told(entry: Entry, *rows: FactRow, rules=CITY) -> list[str]:
    return problems(rules, rows, entry, TODAY)


def test_money_is_registered_with_its_amount_and_its_day():
    assert told(MONEY) == []
    assert fact_of(CITY, MONEY) == Fact(
        "珠海市", "arrival", "市级安排", "2019-04-03", "珠财〔2019〕5号", confirmed=False, amount=Fraction("1200.5")
    )


def test_what_is_not_money_has_no_amount_whatever_was_left_in_the_field():
    assert fact_of(CITY, replace(PRAISE, amount="12")).amount is None


def test_everything_that_is_missing_is_named_at_once_in_the_schemes_words():
    assert told(Entry("", "arrival", "", None, " ", "")) == [
        "请填写评价对象、取值、金额、到账日期、依据文号或凭证号后再登记。"
    ]
    assert told(Entry("", "sanction", "", None, ""), rules=COUNTY) == ["请填写市（区）、取值、日期、依据文号后再登记。"]


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("一千二百", "金额“一千二百”不是大于0的数；请只写数字，如 1200 或 1200.5，单位为万元。"),
        ("1200万元", "金额“1200万元”不是大于0的数"),
        ("-3", "金额“-3”不是大于0的数"),
        ("1e5", "金额“1e5”不是大于0的数"),
        ("1,20", "金额“1,20”不是大于0的数"),
        ("nan", "金额“nan”不是大于0的数"),
        ("0.00", "金额应大于0；没有到账的不必登记"),
        ("1234567890123", "位数过多；请核对单位是否为万元"),
        ("1.1234567", "小数最多6位"),
    ],
)
def test_an_amount_that_is_none_is_refused_in_words(amount: str, words: str):
    (problem,) = told(replace(MONEY, amount=amount))
    assert words in problem


@pytest.mark.parametrize(
    ("text", "value"), [("1200", 1200), ("１２００．５", "1200.5"), (" 1 200 ", 1200), ("1,200", 1200)]
)
def test_an_amount_is_read_as_people_write_it(text: str, value: object):
    assert parsed(text) == Fraction(value)


@given(st.fractions(min_value=0, max_denominator=1).map(abs), st.integers(0, 999))
def test_an_amount_is_read_exactly(whole: Fraction, thousandths: int):
    value = whole + Fraction(thousandths, 1000)
    assert parsed(exact.fixed(value, 3)) == value


def test_a_day_after_today_is_refused():
    assert told(replace(MONEY, day=date(2020, 12, 2))) == ["到账日期2020-12-02在今天（2020-12-01）之后；请核对年月日。"]


def test_one_paper_is_counted_once_however_its_number_is_typed():
    before = row(fact_of(CITY, PRAISE))
    (problem,) = told(replace(PRAISE, basis=" 中办〔2019〕 8号"), before)
    assert "已按“中办〔2019〕 8号”登记过（张三登记），不重复登记" in problem
    assert told(replace(PRAISE, basis="中办〔2019〕9号"), before) == []
    assert told(replace(PRAISE, unit="中山市"), before) == []
    assert told(PRAISE, row(fact_of(CITY, PRAISE), withdrawn=True)) == []


def test_two_batches_on_one_paper_are_two_and_the_same_batch_is_one():
    before = row(fact_of(CITY, MONEY))
    assert "同一笔到账" in told(MONEY, before)[0]
    assert told(replace(MONEY, day=date(2019, 5, 3)), before) == []
    assert told(replace(MONEY, amount="300"), before) == []


def test_two_punishments_in_one_paper_are_two():
    before = row(fact_of(COUNTY, SANCTION))
    assert told(replace(SANCTION, value="记大过"), before, rules=COUNTY) == []
    assert "登记过" in told(SANCTION, before, rules=COUNTY)[0]


def test_a_decision_stands_until_it_is_withdrawn():
    yes = Entry("珠海市", "floor_confirmed", "是", date(2019, 12, 1), "粤扶组纪要〔2019〕3号")
    no = replace(yes, value="否", basis="粤扶组纪要〔2019〕4号")
    before = row(fact_of(CITY, yes))
    (problem,) = told(no, before)
    assert "已认定为“是”（张三登记，粤扶组纪要〔2019〕3号），与“否”不能并存" in problem
    assert "请撤销前一条后再登记" in problem
    assert told(no, row(fact_of(CITY, yes), withdrawn=True)) == []
    assert told(replace(no, unit="中山市"), before) == []
    assert told(replace(yes, basis="粤扶组纪要〔2019〕5号"), before) == []


def test_fields_are_called_what_they_are_for():
    named = {kind.id: labels(CITY, kind) for kind in CITY.facts}
    assert (named["arrival"].day, named["floor_confirmed"].day, named["praise"].day) == ("到账日期", "认定日期", "日期")


def test_a_day_outside_the_period_is_noted_and_not_refused():
    early = replace(SANCTION, day=date(2019, 6, 1))
    assert told(early, rules=COUNTY) == []
    assert outside_period(COUNTY, fact_of(COUNTY, early)) == (
        "日期不在统计时间（2019-12-01至2020-11-30）之内，请核对是否应计入本年度"
    )
    assert outside_period(COUNTY, fact_of(COUNTY, SANCTION)) == ""
    assert outside_period(COUNTY, Fact("台山市", "sanction", "记过", "去年")) == ""


@pytest.mark.parametrize(("year", "noted"), [(2017, True), (2018, False), (2025, True)])
def test_where_only_the_last_day_is_printed_its_year_is_the_time_assessed(year: int, noted: bool):
    rules = scheme("qujiang-2018")
    fact = Fact("马坝镇", rules.facts[0].id, rules.facts[0].values[0], f"{year}-05-01")
    note = "日期不在考核年度（2018年，统计截止2018-12-31）之内，请核对是否应计入本年度"
    assert outside_period(rules, fact) == (note if noted else "")


def test_a_document_that_prints_no_time_at_all_gives_no_hint():
    assert outside_period(CITY, replace(fact_of(CITY, PRAISE), date="2017-01-01")) == ""


def test_a_decision_is_taken_after_the_time_it_speaks_of():
    floors = [floor.confirmed_by for floor in CITY.floors if floor.confirmed_by]
    assert floors
    dated = CITY.document.model_copy(update={"cutoff": date(2019, 12, 31)})
    rules = CITY.model_copy(update={"document": dated})
    assert outside_period(rules, Fact("珠海市", floors[0], "是", "2020-01-10")) == ""
    assert outside_period(rules, Fact("珠海市", "praise", "有", "2020-01-10"))


def test_a_fact_is_called_by_its_kind_and_by_its_value_where_that_says_more_than_that_it_happened():
    assert called(CITY, fact_of(CITY, PRAISE)) == "珠海市“中央领导同志批示肯定”"
    assert called(COUNTY, fact_of(COUNTY, SANCTION)) == "台山市“班子成员受政务处分：记过”"


def test_a_value_that_says_little_by_itself_is_told_with_its_kind():
    rules = scheme("qujiang-2018")
    assert fact_name(rules, Fact("马坝镇", "gravity", "一般")) == "情节轻重：一般"
    assert fact_name(rules, Fact("马坝镇", "gravity", "涉嫌违法")) == "涉嫌违法"
    assert fact_name(rules, Fact("马坝镇", "missed", "有")) == "未完成年度计划减贫任务"

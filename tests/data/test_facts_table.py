"""情形 from a table or a line: taken as written, or refused with its place and its mend."""

from __future__ import annotations

from fractions import Fraction

import pytest

from data.facts_table import COLUMNS, FactsError, facts_of_lines, facts_of_table
from data.schemes import scheme
from scoring.marks import Fact

CITY, COUNTY = scheme("dongxi-2019-city"), scheme("jiangmen-2020-county")
HEAD = ",".join(COLUMNS)


def test_a_line_and_a_row_of_a_table_are_one_fact():
    line = "广州市,财政援助资金到账,市级安排,2019-05-10,凭证1号,1200.5"
    wanted = [Fact("广州市", "arrival", "市级安排", "2019-05-10", "凭证1号", amount=Fraction(2401, 2))]
    assert facts_of_lines(CITY, [line]) == wanted
    assert facts_of_table(CITY, "情形.csv", f"{HEAD}\n{line}\n\n".encode()) == wanted


def test_a_fact_is_named_by_its_name_or_its_id_and_needs_no_more_than_three_parts():
    by_name, by_id = facts_of_lines(CITY, ["广州市,弄虚作假、虚报数据,是", "广州市 , falsified , 是 "])
    assert by_name == by_id == Fact("广州市", "falsified", "是")


def test_a_basis_may_hold_a_comma_in_quotes():
    (fact,) = facts_of_lines(COUNTY, ['鹤山市,sanction,记过,2020-06-01,"甲〔2020〕1号,乙"'])
    assert fact.basis == "甲〔2020〕1号,乙"


def test_columns_stand_in_any_order_and_those_not_needed_may_be_absent():
    table = "取值,情形,考核对象\n是,弄虚作假、虚报数据,广州市\n"
    assert facts_of_table(CITY, "情形.csv", table.encode("gb18030")) == [Fact("广州市", "falsified", "是")]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("广州市,弄虚作假、虚报数据", "前三项必填"),
        ("", "前三项必填"),
        ("广州市,弄虚作假、虚报数据,是,,,,多", "前三项必填"),
        ("广州市,没有这种,是", "没有“没有这种”这一情形；可用：完成全国和省目标要求"),
        ("广州市,弄虚作假、虚报数据,也许", "没有“也许”这一取值；可用：否、是、情节严重"),
        ("广洲市,弄虚作假、虚报数据,是", "“广洲市”不在考核对象名单上"),
        ("广州市,弄虚作假、虚报数据,是,2019-02-30", "日期“2019-02-30”应写成年-月-日"),
        ("广州市,弄虚作假、虚报数据,是,,,5", "不计数额"),
        ("广州市,arrival,市级安排,2019-05-10,,", "数额应写成数（万元）"),
        ("广州市,arrival,市级安排,2019-05-10,,0", "大于0"),
        ("广州市,arrival,市级安排,2019-05-10,,1e5", "数额应写成数"),
        ("广州市,arrival,市级安排,,,100", "须写明日期"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(line, words):
    with pytest.raises(FactsError, match="第2条情形") as refused:
        facts_of_lines(CITY, ["广州市,弄虚作假、虚报数据,是", line])
    assert words in str(refused.value)


def test_a_row_s_place_is_its_line_in_the_table():
    with pytest.raises(FactsError, match="情形表第3行：没有“甲”这一情形"):
        facts_of_table(CITY, "情形.csv", f"{HEAD}\n广州市,弄虚作假、虚报数据,是\n广州市,甲,是\n".encode())


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "文件是空的"), (b"\0\1" * 99, "请另存为 CSV"), ("单位\n".encode(), "缺少“考核对象、情形、取值”列"),
    ],
)  # fmt: skip
def test_a_table_without_its_columns_is_refused(content, words):
    with pytest.raises(FactsError, match=words):
        facts_of_table(CITY, "情形.csv", content)

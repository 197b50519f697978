"""Faults told in the words of the tables: table, row, column, what is wrong and how to mend it."""

from __future__ import annotations

import pytest

from data.schemes import scheme_ids, scheme_text
from scoring.scheme_faults import check
from scoring.scheme_write import write_tree
from tests.scoring.test_scheme_edit import changed, county

REST = "须写明依据：有条款的填“条款”，原文未规定的填“口径”并写明理由，二者只填一处"
CASES = [
    ("components", lambda rows: rows[0].update(权重="39.99"), "", "各考核方式权重合计为99.99，应为100"),
    ("components", lambda rows: rows[0].update(权重="四十"), "第1行（交叉考核）“权重”",
     "“四十”不是数；请写成 40 或 89.95 这样"),
    ("components", lambda rows: rows[1].update(口径="也写"), "第2行（市级考核）“条款、口径”", REST),
    ("indicators", lambda rows: rows[1].update(序号="1"), "第2行（防止返贫监测和帮扶情况）“序号”",
     "序号1用了两次；一张表内每项一个序号"),
    ("indicators", lambda rows: rows[0].update(一级=None, 二级=None), "第1行（建档立卡贫困人口退出情况）“一级”",
     "缺少类别，请至少填写“一级”"),
    ("limits", lambda rows: rows[0].update(最高等次="良好"), "第1行（当年在扶贫领域方面各市（区）…）“最高等次”",
     "没有“良好”这一等次；是否为“好”？"),
    ("limits", lambda rows: rows[0].update(情形="旷工"), "第1行（当年在扶贫领域方面各市（区）…）“情形”",
     "可用：班子成员受政务处分、班子成员受党纪处分"),
    ("grades", lambda rows: rows[1].update(等次线="95"), "", "等次线应从高到低，不能相同或颠倒"),
    ("grades", lambda rows: rows.append({"等次": "差"}), "“赋分”", "缺少等次“差”；每个等次都要写"),
    ("units:0", lambda rows: rows[0].update(行政区划代码="44"), "第1行（蓬江区）“行政区划代码”", "“44”不是行政区划代码"),
    ("units:0", lambda rows: rows[1].update(名称="蓬江区"), "第2行（蓬江区）“名称”", "“蓬江区”已在名单上"),
    ("steps", lambda rows: rows[1].update(完成期限="12月1日"), "第2行（本级自查和自评）“完成期限”", "“12月1日”不是日期"),
    ("basic", lambda rows: rows[0].update(内容=None), "第1行（方案名称）“内容”", "缺少“方案名称”，请补上"),
    ("basic", lambda rows: rows[7].update(内容="2020-12-31至2020-01-01"), "第8行（统计时间）“内容”", "统计时间的起日晚于止日"),
    ("rules", lambda rows: rows[0].update(内容="随便"), "第1行（指标权重）“内容”", "可用：各项指标等权、同级等权、按分值"),
    ("outcomes", lambda rows: rows[0].update(适用等次=None), "第1行（表扬）“取值”", "缺少适用条件，请填写适用等次或情形"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("key", "change", "where", "words"), CASES, ids=[f"{case[0]}-{n}" for n, case in enumerate(CASES)]
)
def test_a_mistake_is_told_at_its_cell(key, change, where, words):
    found = check(write_tree(changed(county(), key, change)))
    told = [one for one in found.of(key) if words in one.message]
    assert [one.where for one in told][:1] == [where], [(one.place, one.message) for one in found.faults]
    assert found.scheme is None


@pytest.mark.parametrize("scheme_id", scheme_ids())
def test_a_scheme_without_fault_can_be_used(scheme_id):
    found = check(scheme_text(scheme_id))
    assert found.faults == ()
    assert found.scheme is not None


def test_what_no_table_shows_is_told_with_its_place_and_line_in_the_file():
    text = scheme_text("jiangmen-2020-county").replace("draw: {groups: 7", "draw: {groups: 一")
    (fault,) = check(text).faults
    assert (fault.place.table, fault.inside) == ("", "draw → groups")
    assert text.splitlines()[fault.line - 1].startswith("draw:")


def test_a_text_that_cannot_be_read_has_no_tables_and_says_the_line():
    found = check("id: a\n  title: b\n")
    assert found.tree is None
    assert found.faults[0].line == 2


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "a: [1, 2\n"])
def test_what_concerns_the_whole_text_is_said_once(text):
    (fault,) = check(text).faults
    assert fault.inside == ""
    assert fault.message

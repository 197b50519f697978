"""What a scheme asks of those who fill in its forms, counted by hand, and each warning with its rule and its mend."""

from __future__ import annotations

import pytest

from data.schemes import scheme, scheme_ids
from scoring.burden import RULES, burden
from tests.scoring.extras_scheme import TODAY


def kinds(found) -> list[str]:
    return [warning.kind for warning in found.warnings]


def items(count: int, **more: str) -> list[dict]:
    row = {"path": ["类"], "kind": "points", "full": {"field": 1}, "cite": ["附件"]}
    return [{**row, "no": no, "name": f"指标{no}", **more} for no in range(1, count + 1)]


def test_the_template_asks_for_each_item_once():
    found = burden(scheme("template-2026-county"))
    assert found.each == {"county": 21}
    assert [(cells.name, cells.each, cells.total) for cells in found.cells] == [
        ("交叉考核", 8, 64), ("市级考核", 7, 56), ("日常工作", 6, 48),
    ]  # fmt: skip
    assert found.total == 168
    assert found.line == "本方案要求基层填报168格：每个县（市、区）21格（交叉考核8、市级考核7、日常工作6），共8个"
    assert found.warnings == ()


def test_jiangmen_asks_for_each_item_three_times_and_a_total_with_an_opinion():
    found = burden(scheme("jiangmen-2020-county"))
    assert found.each == {"county": 19 + 19 + 2 + 19}
    assert found.total == 7 * 59
    told = found.warnings[0]
    assert (told.kind, told.hint) == ("twice", True)
    assert told.text == "有19项由交叉考核、市级考核、自查自评分别填报"
    assert "同一材料至多报一次" in told.rule


def test_items_that_apply_to_some_units_alone_are_counted_unit_by_unit():
    found = burden(scheme("dongxi-2019-department"))
    counted = next(cells for cells in found.cells if cells.component == "review")
    rules = scheme("dongxi-2019-department")
    units = [unit.name for unit in rules.groups[0].units]
    assert counted.total == sum(len(rules.items_for("department", "review", unit)) for unit in units)


def test_units_that_inherit_fill_in_nothing():
    assert set(burden(scheme("ruyuan-2017")).each) == {"town"}


@pytest.mark.parametrize(("count", "told"), [(100, []), (101, ["items"])])
def test_more_than_a_hundred_items_are_warned_of(count, told):
    assert kinds(burden(TODAY.with_elements(indicators=items(count)))) == told


@pytest.mark.parametrize(
    ("full", "told", "words"),
    [(100, [], ""), (110, ["base"], "以110分为满分，不是百分制"), (1000, ["base"], "属于千分制")],
)
def test_a_base_other_than_a_hundred_is_warned_of(full, told, words):
    parts = [{**part.model_dump(), "full": full - 40 if part.id == "field" else 40} for part in TODAY.components]
    found = burden(TODAY.with_elements(components=parts))
    assert kinds(found) == told
    assert words in "".join(map(str, found.warnings))


def test_added_points_beyond_a_hundred_are_no_other_base():
    assert kinds(burden(TODAY)) == []


def test_an_item_that_stands_twice_is_to_be_merged():
    found = burden(TODAY.with_elements(indicators=[*items(2), {**items(1)[0], "no": 3}]))
    assert kinds(found) == ["twice"]
    assert "第3项与前面的指标名称、数据来源相同" in found.warnings[0].text


def test_items_of_records_that_dominate_are_hinted_at():
    few = [*items(2), {**items(1)[0], "no": 3, "name": "会议记录和照片"}, {**items(1)[0], "no": 4, "name": "其他"}]
    assert kinds(burden(TODAY.with_elements(indicators=few))) == []
    found = burden(TODAY.with_elements(indicators=few[:3]))
    assert kinds(found) == ["traces"]
    assert found.warnings[0].hint
    assert "第3项" in found.warnings[0].text


@pytest.mark.parametrize("name", scheme_ids())
def test_every_warning_names_the_rules_and_says_what_to_do(name):
    found = burden(scheme(name))
    assert found.line.startswith("本方案要求基层填报")
    assert found.total >= sum(found.each.values())
    for warning in found.warnings:
        assert RULES in warning.rule
        assert "请" in warning.mend

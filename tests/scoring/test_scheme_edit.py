"""A scheme as tables: what is not touched stays, what is typed lands in its field, what hangs on it follows."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.schemes import scheme, scheme_ids, scheme_text
from scoring.load import load_scheme
from scoring.scheme_edit import edited, renumbered
from scoring.scheme_parts import tables_of, weights_missing
from scoring.scheme_tables import ORDER, in_order, reordered
from scoring.scheme_text import read_text
from scoring.scheme_write import write_tree


def tree(scheme_id: str) -> dict[str, Any]:
    found = read_text(scheme_text(scheme_id)).tree
    assert isinstance(found, dict)
    return found


def county() -> dict[str, Any]:
    return tree("jiangmen-2020-county")


def table(of: dict, key: str):
    return next(one for one in tables_of(of) if one.key == key)


def changed(of: dict, key: str, change) -> dict:
    """The tree with a table's rows as ``change`` leaves them."""
    rows = table(of, key).rows(of)
    change(rows)
    return edited(of, table(of, key), rows)


@pytest.mark.parametrize("scheme_id", scheme_ids())
def test_tables_read_and_written_back_are_the_very_same_scheme(scheme_id):
    before = tree(scheme_id)
    after = before
    for one in tables_of(before):
        after = edited(after, one, one.rows(after))
    assert after == before
    assert load_scheme(write_tree(after)).hash == scheme(scheme_id).hash


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_one_cell_that_is_typed_changes_nothing_in_any_other_table(data):
    before = tree(data.draw(st.sampled_from(scheme_ids())))
    one = data.draw(st.sampled_from([t for t in tables_of(before) if t.rows(before) and t.key in PLAIN]))
    row = data.draw(st.integers(0, len(one.rows(before)) - 1))
    after = changed(before, one.key, lambda rows: rows[row].update({PLAIN[one.key]: "改过的字"}))
    assert table(after, one.key).rows(after)[row][PLAIN[one.key]] == "改过的字"
    for other in tables_of(before):
        if other.key != one.key:
            assert table(after, other.key).rows(after) == other.rows(before)


PLAIN = {
    "components": "考核主体", "indicators": "数据来源", "outcomes": "实施单位", "steps": "工作", "limits": "规定", "categories": "考核内容",
}  # fmt: skip


trees = st.recursive(
    st.text(st.characters(exclude_categories=("Cs",)), max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("甲乙ab :#-{}[],&*!|>'\"%@`?", max_size=5), inner, max_size=3),
    max_leaves=12,
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.text("abc中 :", min_size=1, max_size=4), trees, min_size=1, max_size=4))
def test_any_tree_that_is_written_is_read_back_as_it_was(written):
    assert read_text(write_tree(written)).tree == written


def test_numbers_and_yes_and_no_are_written_as_they_were_typed():
    assert write_tree({"a": {"x": ["1.10", "no"]}, "b": "089"}) == "a: {x: [1.10, no]}\nb: 089\n"


def test_a_weight_that_is_typed_is_the_weight():
    after = changed(county(), "components", lambda rows: rows[0].update(权重="46.5"))
    assert after["components"][0] == county()["components"][0] | {"weight": "46.5"}


def test_a_cell_that_is_emptied_is_written_no_more():
    after = changed(county(), "components", lambda rows: rows[0].update(考核主体=None))
    assert "who" not in after["components"][0]


def test_the_sum_of_weights_and_what_is_missing_are_told_as_one_types():
    assert weights_missing(county()) == ("100", "0")
    assert weights_missing(changed(county(), "components", lambda rows: rows[0].update(权重="39.99"))) == (
        "99.99",
        "0.01",
    )
    assert weights_missing(changed(county(), "components", lambda rows: rows[0].update(权重="41"))) == ("101", "-1")
    assert weights_missing(tree("neimenggu-2018")) is None


def test_a_new_row_gets_an_id_of_its_own_and_says_only_what_was_typed():
    after = changed(
        county(), "components", lambda rows: rows.append({"名称": "暗访", "权重": "0", "口径": "试行", "满分": None})
    )
    assert after["components"][4] == {"id": "component-1", "name": "暗访", "weight": "0", "assumed": "试行"}


def test_a_row_without_a_word_is_no_row():
    assert changed(county(), "components", lambda rows: rows.append({"名称": " ", "权重": None})) == county()


def test_a_row_that_is_taken_away_is_gone():
    after = changed(county(), "steps", lambda rows: rows.pop(1))
    assert [row["id"] for row in after["steps"]] == ["towns", "self-report", "cross", "municipal", "daily", "all"]


def test_numbers_typed_into_the_order_put_rows_in_order():
    after = changed(county(), "components", lambda rows: rows[3].update({ORDER: "1.5"}))
    assert [row["id"] for row in after["components"]] == ["cross", "self", "municipal", "daily"]


def test_a_limit_is_filled_in_by_names_and_written_with_the_files_own_words():
    new = {"规定": "受到撤职以上处分的", "情形": "班子成员受政务处分", "取值": "撤职", "程度": "及以上"}
    new |= {"最高等次": "较差", "条款": "五（四）"}
    after = changed(county(), "limits", lambda rows: rows.append(new))
    assert after["limits"][3] == {
        "id": "limit-1",
        "text": "受到撤职以上处分的",
        "when": {"fact": "sanction", "at_least": "撤职"},
        "best": "较差",
        "cite": "五（四）",
    }
    assert load_scheme(write_tree(after)).limits[3].best == "较差"


def test_a_value_that_is_asked_exactly_can_be_asked_and_graver():
    after = changed(county(), "limits", lambda rows: rows[2].update(程度="及以上"))
    assert after["limits"][2]["when"] == {"fact": "violation", "at_least": "有"}


def test_joined_conditions_stay_as_the_file_has_them():
    after = changed(county(), "outcomes", lambda rows: rows[1].update(措施="约谈"))
    assert after["outcomes"][1]["when"] == county()["outcomes"][1]["when"]
    assert after["outcomes"][1]["action"] == "约谈"


def test_values_of_a_fact_are_parted_and_a_value_with_a_pause_in_it_stays_whole():
    after = changed(county(), "facts", lambda rows: rows[2].update(取值="无、一般、重大"))
    assert after["facts"][2]["values"] == ["无", "一般", "重大"]
    after = changed(tree("qujiang-2018"), "facts", lambda rows: rows[5].update(取值="无；情节严重、造成不良影响"))
    assert after["facts"][5]["values"] == ["无", "情节严重、造成不良影响"]


def test_a_clause_takes_the_place_of_our_reading_and_of_its_other_readings():
    after = changed(county(), "rules", lambda rows: rows[0].update(条款="附件2", 口径=None))
    assert after["item_weights"] == {"equal": "leaves", "cite": "附件2"}


def test_a_grade_that_is_renamed_is_renamed_wherever_the_scheme_speaks_of_it():
    after = changed(county(), "grades", lambda rows: rows[0].update(等次="优秀"))
    made = load_scheme(write_tree(after))
    assert made.grades[0] == "优秀"
    assert list(made.ticks.points) == ["优秀", "较好", "一般", "较差"]
    assert made.bands.items[0].grade == "优秀"
    assert made.outcomes[0].when.grades == ("优秀",)


def test_a_new_grade_has_its_points_and_its_line():
    def add(rows):
        rows[-1]["等次线"] = "60"
        rows.append({"等次": "差", "赋分": "50", "等次线": "0"})

    made = load_scheme(write_tree(changed(county(), "grades", add)))
    assert [(band.grade, str(band.min)) for band in made.bands.items][-2:] == [("较差", "60"), ("差", "0")]
    assert str(made.ticks.points["差"]) == "50"


def test_a_category_renamed_in_every_item_is_renamed_where_its_words_stand():
    def rename(rows):
        for row in rows:
            row["一级"] = "帮扶成效" if row["一级"] == "减贫成效" else row["一级"]

    after = changed(county(), "indicators", rename)
    assert after["categories"][0]["path"] == ["帮扶成效"]
    load_scheme(write_tree(after))


def test_a_category_without_items_goes_with_its_last_item():
    after = changed(county(), "indicators", lambda rows: [rows.pop(0), rows.pop(0)])
    assert [row["path"] for row in after["categories"]] == ["精准扶贫", "资金管理", "工作衔接", "扶贫改革"]


def test_a_new_item_gets_the_next_number():
    new = {"一级": "减贫成效", "二级": "成果巩固", "指标": "就业稳岗情况", "条款": "附件3"}
    after = changed(county(), "indicators", lambda rows: rows.append(new))
    assert after["indicators"][19] == {
        "no": "20",
        "path": ["减贫成效", "成果巩固"],
        "name": "就业稳岗情况",
        "cite": "附件3",
    }


def test_a_third_level_is_typed_into_its_column():
    after = changed(county(), "indicators", lambda rows: rows[0].update(三级="稳定退出"))
    assert after["indicators"][0]["path"] == ["减贫成效", "贫困退出", "稳定退出"]


def test_an_item_numbered_between_two_others_is_put_there_and_all_are_numbered_anew():
    new = {"序号": "2.5", "一级": "减贫成效", "指标": "就业稳岗情况", "条款": "附件3"}
    after = renumbered(changed(county(), "indicators", lambda rows: rows.append(new)), ("indicators",))
    assert [row["no"] for row in after["indicators"]] == [str(n) for n in range(1, 21)]
    assert after["indicators"][2]["name"] == "就业稳岗情况"


def test_renumbering_keeps_late_money_with_its_item():
    after = renumbered(changed(tree("dongxi-2019-city"), "indicators", lambda rows: rows.pop(0)), ("indicators",))
    assert after["late"][0]["indicators"] == ["11"]
    assert after["indicators"][10]["name"] == "援助资金"


def test_full_marks_of_a_component_go_with_it():
    after = changed(tree("ruyuan-2017"), "components", lambda rows: rows.pop(1))
    assert after["indicators"][0]["full"] == {"county": "10"}


def test_units_are_listed_and_added_by_group():
    after = changed(county(), "units:0", lambda rows: rows.append({"名称": "高新区", "行政区划代码": None}))
    assert after["groups"][0]["units"][-1] == {"name": "高新区"}


@pytest.mark.parametrize("text", ["nan", "inf", "-inf", "1e5", "前", "2,5", "1/0"])
def test_what_is_no_number_in_the_order_moves_no_row_and_is_numbered_anew(text):
    rows = [{ORDER: "1"}, {ORDER: text}, {ORDER: "3"}]
    assert in_order(rows) == rows
    assert reordered(rows)


def test_rows_go_by_exact_numbers_and_one_without_stays_behind_the_row_before_it():
    first, second, new = {ORDER: "3.00000000000000000001"}, {ORDER: "3.0"}, {}
    assert in_order([first, new, second]) == [second, first, new]
    assert reordered([first, new, second])
    assert not reordered([second, first, new]), "a new row below is in its place"

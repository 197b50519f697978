"""The difference of two schemes in sentences: nothing that differs is silent, and what cannot move a result says so."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.schemes import scheme, scheme_ids
from scoring.elements import Element
from scoring.load import dump_scheme, load_scheme
from scoring.scheme import Scheme
from scoring.scheme_diff import Difference, differences, runs
from scoring.scheme_text import SchemeError
from scoring.scheme_words import AREA_OF, FIELDS, TOP
from scoring.shape import element_in

COUNTY = scheme("jiangmen-2020-county")


def told(after: Scheme, before: Scheme = COUNTY) -> list[str]:
    return [each.text for each in differences(before, after)]


def changed(change: Any) -> Scheme:
    """江门's county scheme with its written parts changed by ``change(data)``."""
    data = COUNTY.model_dump()
    change(data)
    return Scheme.model_validate(data)


def test_a_scheme_does_not_differ_from_itself() -> None:
    assert all(differences(scheme(one), scheme(one)) == () for one in scheme_ids())


def test_every_two_schemes_of_the_product_are_told_apart() -> None:
    assert all(differences(scheme(one), scheme(other)) for one, other in permutations(scheme_ids(), 2))


def test_a_changed_weight_is_told_in_percent_and_can_move_results() -> None:
    after = COUNTY.replace(weights={"cross": Fraction(45), "daily": Fraction(25)})
    assert differences(COUNTY, after) == (
        Difference("考核方式", "考核方式“交叉考核”的权重由40%改为45%", True),
        Difference("考核方式", "考核方式“日常工作”的权重由30%改为25%", True),
    )


def test_a_line_and_the_points_of_a_tick_are_told_with_their_grade() -> None:
    after = COUNTY.replace(lines={"好": Fraction("88.5")}, points={"好": Fraction(96)})
    assert told(after) == ["打“好”的赋分由“95”改为“96”", "“好”的等次线由90分改为88.5分"]


def test_an_item_that_goes_moves_the_numbers_behind_it_in_one_sentence() -> None:
    def drop(data: dict) -> None:
        data["indicators"] = [{**row, "no": row["no"] - (row["no"] > 10)} for row in data["indicators"] if row["no"] != 10]

    assert told(changed(drop)) == [
        "删去指标第10项“党建扶贫情况”（精准扶贫·工作落实）",
        "指标序号有变：“产业扶贫情况”由第11项改为第10项、“就业扶贫情况”由第12项改为第11项、"
        "“消费扶贫情况”由第13项改为第12项等9项",
    ]


def test_an_item_that_is_reworded_is_told_as_the_same_item() -> None:
    def reword(data: dict) -> None:
        data["indicators"][16]["name"] = "帮扶档案管理情况"

    assert differences(COUNTY, changed(reword)) == (
        Difference("指标", "指标第17项“帮扶档案管理情况”的表述有变，原为“扶贫档案管理情况”", False),
    )


def test_what_changes_alike_in_many_items_is_told_once() -> None:
    def cite_anew(data: dict) -> None:
        for row in data["indicators"]:
            row["cite"] = ("附件9",)

    assert told(changed(cite_anew)) == ["指标第1至19项的依据由“条款附件3”改为“条款附件9”"]


def test_a_limit_tells_its_condition_in_words() -> None:
    def graver(data: dict) -> None:
        data["limits"][0]["when"]["at_least"] = "撤职"

    (only,) = told(changed(graver))
    assert only.startswith("等次限制“当年在扶贫领域方面各市（区）党委或政府班子成员出现受到记过以上处分的情况")
    assert only.endswith("的适用条件由““班子成员受政务处分”达到“记过”及以上”改为““班子成员受政务处分”达到“撤职”及以上”")


def test_a_reading_that_becomes_a_clause_is_told_as_the_ground() -> None:
    def grounded(data: dict) -> None:
        data["rounding"] |= {"assumed": None, "alternatives": (), "cite": ("操作规程三",)}

    found = differences(COUNTY, changed(grounded))
    assert any(each.text.startswith("小数位数的依据由“口径：") and each.text.endswith("改为“条款操作规程三”") for each in found)
    assert not any(each.moves_results for each in found)


def test_a_unit_that_joins_the_roster_can_move_results() -> None:
    def join(data: dict) -> None:
        data["groups"][0]["units"] = [*data["groups"][0]["units"], {"name": "高新区", "region": ""}]

    assert differences(COUNTY, changed(join)) == (Difference("名单", "组别“市（区）”中新增单位“高新区”", True),)


def test_another_order_of_the_roster_is_told() -> None:
    def turn(data: dict) -> None:
        data["groups"][0]["units"] = data["groups"][0]["units"][::-1]

    assert told(changed(turn)) == ["组别“市（区）”中单位的先后顺序有变"]


def test_a_part_that_goes_is_told_once() -> None:
    assert told(COUNTY.with_elements(draw=None)) == ["不再设抽签"]


@pytest.mark.parametrize(
    ("numbers", "words"), [([1, 2, 3, 5], "1至3、5"), ([7], "7"), ([4, 2, 3, 9, 10], "2至4、9至10"), ([], "")]
)
def test_numbers_are_told_in_runs(numbers: list[int], words: str) -> None:
    assert runs(numbers) == words


def elements(model: type[Element], seen: set[type[Element]]) -> set[type[Element]]:
    if model not in seen:
        seen.add(model)
        for field in model.model_fields.values():
            if inner := element_in(field.annotation):
                elements(inner, seen)
    return seen


def test_every_field_of_the_format_has_its_word() -> None:
    inner = elements(Scheme, set()) - {Scheme}
    assert set(TOP) == set(Scheme.model_fields) == set(AREA_OF)
    assert {name for model in inner for name in model.model_fields} - set(FIELDS) == set(), "give each a word in FIELDS"


def leaves(value: Any, path: tuple = ()) -> list[tuple]:
    if isinstance(value, dict):
        return [found for key, inner in value.items() for found in leaves(inner, (*path, key))]
    if isinstance(value, list | tuple):
        return [found for at, inner in enumerate(value) for found in leaves(inner, (*path, at))]
    return [path] if isinstance(value, str | Fraction) and value else []


@given(st.data(), st.sampled_from(scheme_ids()))
def test_no_changed_word_or_number_is_silent(data: st.DataObject, scheme_id: str) -> None:
    before = scheme(scheme_id)
    written = before.model_dump()
    path = data.draw(st.sampled_from(leaves(written)))
    here: Any = written
    for part in path[:-1]:
        if isinstance(here[part], tuple):
            here[part] = list(here[part])
        here = here[part]
    here[path[-1]] = here[path[-1]] + (1 if isinstance(here[path[-1]], Fraction) else "甲")
    try:
        after = load_scheme(dump_scheme(Scheme.model_validate(written)))
    except (ValueError, SchemeError):
        return  # what results is no scheme
    assert differences(before, after)
    assert differences(after, before)

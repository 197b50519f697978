"""Two schemes compared: each difference one sentence as an official would write it, and none passed over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from pydantic import ValidationError

from data.schemes import scheme, scheme_ids, scheme_text
from scoring.diff_words import LABELS, OWN_LABELS
from scoring.load import load_scheme
from scoring.scheme import Scheme
from scoring.scheme_diff import AREAS, differences
from scoring.shape import element_in

COUNTY, TOWN = scheme("jiangmen-2020-county"), scheme("jiangmen-2020-town")


def edited(*swaps: tuple[str, str], scheme_id: str = "jiangmen-2020-county") -> Scheme:
    """The scheme with parts of its text put otherwise."""
    text = scheme_text(scheme_id)
    for was, now in swaps:
        assert was in text, was
        text = text.replace(was, now, 1)
    return load_scheme(text)


def told(after: Scheme, before: Scheme = COUNTY) -> list[tuple[str, str, bool]]:
    return [(one.area, one.text, one.moves_results) for one in differences(before, after)]


def without(field: str, at: int) -> Scheme:
    rows = list(getattr(COUNTY, field))
    del rows[at]
    return COUNTY.with_elements(**{field: [row.model_dump() for row in rows]})


def rows_of(field: str, change: Callable[[list[dict[str, Any]]], object], before: Scheme = COUNTY) -> Scheme:
    rows = [row.model_dump() for row in getattr(before, field)]
    change(rows)
    return before.with_elements(**{field: rows})


# Single edits


def test_weights_are_told_in_percent() -> None:
    after = COUNTY.replace(weights={"cross": Fraction(45), "municipal": Fraction(25)})
    assert told(after) == [
        ("考核方式", "交叉考核的权重由40%改为45%", True),
        ("考核方式", "市级考核的权重由30%改为25%", True),
    ]


def test_a_weight_of_zero_is_a_weight_and_no_weight_is_none() -> None:
    zero = rows_of("components", lambda rows: rows[0].update(weight=Fraction(0)))
    none = rows_of("components", lambda rows: rows[0].update(weight=None))
    assert told(zero) == [("考核方式", "交叉考核的权重由40%改为0%", True)]
    assert told(none) == [("考核方式", "交叉考核的权重由40%改为不写", True)]
    assert told(COUNTY, none) == [("考核方式", "交叉考核的权重原未写明，现为40%", True)]


def test_a_component_that_goes_or_comes_is_told_with_its_weight() -> None:
    assert told(without("components", 2)) == [("考核方式", "删去考核方式“日常工作”（权重30%）", True)]
    assert told(COUNTY, without("components", 2)) == [("考核方式", "增加考核方式“日常工作”（权重30%）", True)]
    assert told(without("components", 3)) == [("考核方式", "删去考核方式“自查自评”", False)]


def test_a_component_renamed_or_no_longer_counted() -> None:
    after = rows_of("components", lambda rows: (rows[0].update(name="互评"), rows[1].update(counted=False)))
    assert told(after) == [
        ("考核方式", "交叉考核改名为“互评”", False),
        ("考核方式", "市级考核由计入综合得分改为不计入综合得分", True),
    ]


def test_a_component_known_by_its_name_is_the_same_under_another_short_name() -> None:
    after = rows_of("components", lambda rows: rows[3].update(id="own"))
    assert ("考核方式", "自查自评的代号由self改为own", True) in told(after)


def test_points_and_lines_are_told_by_their_grades() -> None:
    after = COUNTY.replace(points={"好": Fraction(100)}, lines={"较好": Fraction("82.5")})
    assert told(after) == [
        ("等次线", "打√“好”的赋分由95分改为100分", True),
        ("等次线", "等次“较好”的分数线由80分改为82.5分", True),
    ]


def test_rounding_is_told() -> None:
    assert told(COUNTY.with_elements(rounding=COUNTY.rounding.model_dump() | {"total": 1})) == [  # type: ignore[union-attr]
        ("考核方式", "小数位数的总分小数位数由2改为1", True)
    ]


def test_an_item_put_in_pushes_the_others_on_and_that_is_told_once() -> None:
    def put_in(rows: list[dict[str, Any]]) -> None:
        for row in rows[2:]:
            row["no"] += 1
        rows.insert(2, rows[1] | {"no": 3, "name": "防止返贫监测帮扶"})

    category = "·".join(COUNTY.indicators[1].path)
    assert told(rows_of("indicators", put_in)) == [
        ("指标", f"增加指标3“防止返贫监测帮扶”（{category}）", True),
        ("指标", "指标3至19的序号改为4至20", False),
    ]


def test_an_item_taken_out_is_told_by_name() -> None:
    gone = COUNTY.indicators[18]
    assert told(without("indicators", 18)) == [
        ("指标", f"删去指标19“{gone.name.replace('“', '‘').replace('”', '’')}”（{'·'.join(gone.path)}）", True)
    ]


def test_a_nearly_equal_name_is_a_renaming_and_another_is_not() -> None:
    near = rows_of("indicators", lambda rows: rows[9].update(name="党建引领帮扶情况"))
    assert told(near) == [("指标", "指标10“党建扶贫情况”改名为“党建引领帮扶情况”", False)]
    other = rows_of("indicators", lambda rows: rows[9].update(name="耕地保护"))
    assert [text.split("（")[0] for _, text, _ in told(other)] == ["删去指标10“党建扶贫情况”", "增加指标10“耕地保护”"]


def test_a_category_under_another_name_and_an_item_in_another_category_are_told_apart() -> None:
    first = COUNTY.indicators[0].path[0]
    nos = [row.no for row in COUNTY.indicators if row.path[0] == first]

    def rename(rows: list[dict[str, Any]]) -> None:
        for row in rows:
            row["path"] = tuple("巩固成效" if part == first else part for part in row["path"])

    texts = told(rows_of("indicators", rename))
    assert nos
    assert all("改名为“巩固成效" in text and not moves for _, text, moves in texts)
    last = COUNTY.indicators[-1].path
    moved = rows_of("indicators", lambda rows: rows[0].update(path=last))
    old = "·".join(COUNTY.indicators[0].path)
    assert told(moved) == [("指标", f"指标1由类别“{old}”移到类别“{'·'.join(last)}”", True)]


def test_the_same_change_of_several_items_is_told_once() -> None:
    def other_clause(rows: list[dict[str, Any]]) -> None:
        for row in (rows[0], rows[1], rows[2], rows[6]):
            row["cite"] = ["附件5"]

    assert told(rows_of("indicators", other_clause)) == [
        ("指标", "指标1至3、7（4项）的依据条款由附件3改为附件5", False)
    ]


def test_a_limit_and_its_condition_are_told_in_words() -> None:
    after = rows_of("limits", lambda rows: (rows[0].update(best="一般"), rows[0]["when"].update(at_least="记大过")))
    assert told(after) == [
        ("等次限制", "等次限制“当年在扶贫领域方面各市（区）党委或政府班子成员出…”的条件由“班子成员受政务处分”达到“记过”及以上"
                     "改为“班子成员受政务处分”达到“记大过”及以上", True),
        ("等次限制", "等次限制“当年在扶贫领域方面各市（区）党委或政府班子成员出…”的最高等次由“较好”改为“一般”", True),
    ]  # fmt: skip


def test_an_outcome_is_told_with_its_condition_and_its_period() -> None:
    gone = without("outcomes", 0)
    assert told(gone) == [("结果运用", "删去结果运用“表扬”（等次为“好”）", True)]
    later = rows_of("outcomes", lambda rows: rows[2].update(due={"after": "notice", "months": 3}))
    assert told(later) == [("结果运用", "结果运用“提交整改方案与报告”的期限由通报后2个月改为通报后3个月", False)]


def test_a_step_has_another_last_day() -> None:
    after = rows_of("steps", lambda rows: rows[0].update(due=date(2021, 11, 20)))
    assert told(after)[0][0] == "步骤"
    assert told(after)[0][1].endswith("的期限由2020年11月20日改为2021年11月20日")
    assert not told(after)[0][2]


def test_units_that_come_go_and_change_their_group_are_named() -> None:
    groups = [group.model_dump() | {"units": [unit.model_dump() for unit in group.units]} for group in TOWN.groups]
    moved, gone = groups[0]["units"].pop(0), groups[1]["units"].pop(0)
    groups[2]["units"].append(moved)
    groups[1]["units"].append({"name": "新设镇"})
    assert told(TOWN.with_elements(groups=groups), TOWN) == [
        ("名单", f"组别“江海区”的名单删去{gone['name']}", True),
        ("名单", "组别“江海区”的名单增加新设镇", True),
        ("名单", f"{moved['name']}由组别“蓬江区”改列组别“新会区”", True),
    ]


def test_our_reading_put_in_other_words_moves_nothing_and_one_drawn_from_a_clause_is_told() -> None:
    assert COUNTY.ticks is not None
    words = COUNTY.with_elements(ticks=COUNTY.ticks.model_dump() | {"assumed": "按常例"})
    assert [(area, moves) for area, _, moves in told(words)] == [("等次线", False)]
    clause = COUNTY.with_elements(
        ticks=COUNTY.ticks.model_dump() | {"assumed": None, "cite": ["五"], "alternatives": []}
    )
    assert ("等次线", f"打√的依据由口径（原文未规定：{COUNTY.ticks.assumed}）改为条款五", False) in told(clause)


def test_a_long_text_is_cut_to_where_it_differs() -> None:
    text = COUNTY.limits[0].text
    after = rows_of("limits", lambda rows: rows[0].update(text=text.replace("当年", "上年", 1)))
    (_, sentence, _) = next(one for one in told(after) if "原文" in one[1])
    assert "当年" in sentence
    assert "改为“上年" in sentence
    assert len(sentence) < 120


def test_another_order_is_told() -> None:
    after = rows_of("components", lambda rows: rows.reverse())
    assert told(after) == [("考核方式", "考核方式的先后次序改为：自查自评、日常工作、市级考核、交叉考核", False)]


def test_the_document_card_is_told() -> None:
    after = COUNTY.with_elements(
        document=COUNTY.document.model_dump() | {"number": "江农发〔2026〕1号", "publicity": ""}
    )
    assert told(after) == [
        ("文件", "文件的文号由江扶字〔2020〕8号改为江农发〔2026〕1号", False),
        ("文件", "文件的公开方式由“依申请公开”改为不写", False),
    ]


# Real schemes


def test_the_counties_scheme_against_the_towns() -> None:
    sentences = {one.text for one in differences(COUNTY, TOWN)}
    assert sentences >= {
        "删去考核方式“交叉考核”（权重40%）",
        "增加考核方式“县级考核”（权重100%）",
        "指标1至19（19项）的依据条款由附件3改为附件4",
        "指标1至4（4项）的数据来源由“各市（区）提供资料和实地核查”改为“镇（街）提供资料和实地核查”",
        "指标10“党建扶贫情况”的数据来源由“各市（区）组织部门和实地核查”改为“镇（街）提供数据和实地核查”",
        "等次线的依据由条款附件1改为条款二、附件1",
        "删去情形“班子成员受政务处分”",
        "删去结果运用“表扬”（等次为“好”）",
        "增加组别“江海区”（3个：江南街道、外海街道、礼乐街道）",
        "用语的对象称谓由“市（区）”改为“镇（街）”",
    }
    assert not any("改名" in text for text in sentences if text.startswith("指标1“"))
    areas = [AREAS.index(one.area) for one in differences(COUNTY, TOWN)]
    assert areas == sorted(areas)


@pytest.mark.parametrize("before", scheme_ids())
@pytest.mark.parametrize("after", scheme_ids())
def test_any_two_schemes_can_be_compared_and_no_word_of_the_format_shows(before: str, after: str) -> None:
    found = differences(scheme(before), scheme(after))
    assert bool(found) == (before != after)
    assert "其他" not in {one.area for one in found}
    for one in found:
        assert one.place[0] == one.area
        assert not any(word in one.text for word in ("assumed", "alternatives", "cite", "None", "grade", "Fraction"))


# Nothing is silent


def test_every_field_of_every_element_has_a_name() -> None:
    named = set(LABELS) | {field for _, field in OWN_LABELS}
    waiting, seen = [Scheme], set()
    while waiting:
        kind = waiting.pop()
        seen.add(kind)
        assert [name for name in kind.model_fields if name not in named] == [], kind
        inner = {element_in(info.annotation) for info in kind.model_fields.values()} - {None}
        waiting += [each for each in inner if each not in seen]  # type: ignore[misc]


def test_a_scheme_does_not_differ_from_itself() -> None:
    for scheme_id in scheme_ids():
        assert differences(scheme(scheme_id), load_scheme(scheme_text(scheme_id) + "# 注\n")) == ()


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list | tuple) else ()
    return [path, *(place for key, each in inner for place in _places(each, (*path, key)))][0 if path else 1 :]


def _mutated(value: Any, path: tuple[Any, ...], how: int) -> Any:
    if path:
        if isinstance(value, dict):
            return {key: _mutated(each, path[1:], how) if key == path[0] else each for key, each in value.items()}
        return [_mutated(each, path[1:], how) if at == path[0] else each for at, each in enumerate(value)]
    if isinstance(value, dict):
        return dict(reversed(value.items())) if how % 2 else dict(list(value.items())[1:])
    if isinstance(value, list | tuple):
        return (list(reversed(value)), list(value[1:]), [*value, *value[:1]])[how % 3]
    if isinstance(value, bool):
        return not value
    if isinstance(value, Fraction | int):
        return (value + 1, Fraction(0), None)[how % 3]
    if isinstance(value, date):
        return (value + timedelta(days=1), None)[how % 2]
    if isinstance(value, str):
        return (value + "改", "", value[1:])[how % 3]
    return ("改", Fraction(1), ["改"])[how % 3]


@settings(max_examples=300, deadline=None)
@given(some.sampled_from(scheme_ids()), some.data())
def test_whatever_is_changed_is_told_and_only_then(scheme_id: str, data: Any) -> None:
    before = scheme(scheme_id)
    tree = before.model_dump()
    for _ in range(data.draw(some.integers(1, 3))):
        tree = _mutated(tree, data.draw(some.sampled_from(_places(tree))), data.draw(some.integers(0, 5)))
    try:
        after = Scheme.model_validate(tree)
    except ValidationError:
        return
    found = differences(before, after)
    assert bool(found) == (before.hash != after.hash)
    assert bool(differences(after, before)) == bool(found)
    assert "其他" not in {one.area for one in found}

"""稳定性 on the map: the safe radius by hand, its classes, and why a unit has none."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.maps.layers import Measures, painted
from data.maps.layers.firm import EDGES, class_of, classes
from data.maps.layers.model import Firm, firm
from data.maps.spots import spots
from data.regions import place
from data.state import State, load_state
from data.store import Store
from tests.data.maps.hands import JIANGMEN, counties, every_unit, open_store
from tests.pages import builders, documents


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path) as opened:
        yield opened


@pytest.fixture
def state(store: Store) -> State:
    return load_state(store, builders.county(store).id)


def test_a_unit_exactly_on_the_line_is_soft(state: State) -> None:
    # 蓬江区: 1725/19, 1785/19 and 85 under 40/30/30 are exactly 90, 0.005 above where 好 begins. Their median is 1725/19,
    # so that the radius is 0.005 ÷ (0.3 × 60/19 + 0.3 × 110/19) = 0.19 %, told as 0.1 %.
    assert Fraction(5, 1000) / (Fraction(3, 10) * Fraction(60 + 110, 19)) < Fraction(2, 1000)
    found = counties(state)
    fill = painted("firm", found.values()).fills[found["蓬江区"].place.code]
    assert fill.lines == ("● 好 ±0.1%", "不稳")
    assert fill.word == "不足±5%"
    assert "等次不稳：各考核方式权重同时变动±0.1%以内，等次不变" in fill.tip.split("\n")


def test_a_grade_that_a_limit_holds_is_firm_with_the_limits_clause(state: State) -> None:
    # 新会区 has at least 93.4 in every 考核方式: by score always 好, so always 较好 after its 记过
    found = counties(state)
    fill = painted("firm", found.values()).fills[found["新会区"].place.code]
    assert fill.lines == ("◆ 较好 完全稳固",)
    assert fill.word == "怎样调整均不变"
    assert "按五（四）最高为“较好”" in fill.tip


def test_a_unit_without_a_score_has_none_and_says_why(state: State) -> None:
    found = counties(state)
    fill = painted("firm", found.values()).fills[found["恩平市"].place.code]
    assert (fill.sign, fill.lines) == ("○ 暂缺", ("○ 暂缺",))
    assert "尚无综合得分" in fill.tip


def test_units_that_take_anothers_score_have_no_weights_of_their_own(store: Store) -> None:
    state = load_state(store, documents.ruyuan(store).id)
    heirs = [spot for spot in every_unit(state) if spot.result and spot.result.inherited]
    shown = painted("firm", [*[s for s in every_unit(state) if s not in heirs], *heirs])
    assert {shown.fills[spot.place.code].word for spot in heirs} == {"不作判断"}


def test_with_one_component_the_weights_of_its_categories_are_asked(store: Store) -> None:
    towns = load_state(store, builders.towns(store).id)
    shown = painted("firm", spots(place(JIANGMEN), [towns], "town"))
    assert "各类别权重" in shown.note
    assert len(shown.fills) == 73


def test_the_legend_goes_from_soft_to_firm_and_says_every_edge() -> None:
    assert [fill.word for fill in classes()] == [
        "不足±5%", "±5～10%", "±10～20%", "±20～50%", "±50%及以上", "怎样调整均不变",
    ]  # fmt: skip
    assert len({fill.shape for fill in classes()}) == len({fill.rgb for fill in classes()}) == 6


@pytest.mark.parametrize(
    ("within", "at"), [(None, 0), ("0.1", 0), ("4.9", 0), ("5", 1), ("9.9", 1), ("10", 2), ("20", 3), ("49.9", 3), ("50", 4), ("250", 4)]
)  # fmt: skip
def test_an_edge_belongs_to_the_firmer_class(within: str | None, at: int) -> None:
    assert class_of(None if within is None else Fraction(within)) == at


@given(st.fractions(min_value=0, max_value=200), st.fractions(min_value=0, max_value=200))
def test_the_greater_radius_is_never_in_a_softer_class(one: Fraction, other: Fraction) -> None:
    assert (class_of(one) <= class_of(other)) if one <= other else (class_of(one) >= class_of(other))
    assert 0 <= class_of(one) <= len(EDGES)


def test_every_group_is_worked_out_once(store: Store) -> None:
    asked: list[str] = []

    class Counting(Measures):
        def firm(self, state: State, group: str) -> Firm:
            asked.append(group)
            return firm(state, group)

    towns = load_state(store, builders.towns(store).id)
    painted("firm", spots(place(JIANGMEN), [towns], "town"), measures=Counting())
    assert sorted(asked) == sorted(group.id for group in towns.scheme.groups)

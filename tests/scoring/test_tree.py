"""The tree of categories by hand: three small tables, two readings of "equal", zero weights, and what is 不适用."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.scheme import Scheme
from scoring.tree import indicator_tree, leaf_weights, score_of
from tests.scoring.strategies import COUNTY

F = Fraction


def small(equal: str = "leaves", nodes: dict[str, int] | None = None, weights: dict[int, int] | None = None) -> Scheme:
    """甲 has item 1; 乙 has 乙一 with items 2 and 3, and 乙二 with item 4."""
    rows = [(1, ["甲"]), (2, ["乙", "乙一"]), (3, ["乙", "乙一"]), (4, ["乙", "乙二"])]
    return COUNTY.with_elements(
        indicators=[
            {"no": no, "path": path, "name": f"第{no}项", "cite": "附件3"}
            | ({"weight": weights[no]} if weights and no in weights else {})
            for no, path in rows
        ],
        item_weights={
            "equal": equal,
            "nodes": [{"path": name.split("/"), "weight": weight} for name, weight in (nodes or {}).items()],
            "assumed": "试算",
        },
    )


def shares(scheme: Scheme, *off: int) -> list[Fraction]:
    applicable = frozenset({1, 2, 3, 4} - set(off)) if off else None
    found = leaf_weights(indicator_tree(scheme, "county"), applicable)
    return [found.get(no, F(0)) for no in (1, 2, 3, 4)]


def points(*values: int | None) -> dict[int, Fraction | None]:
    return {no: None if value is None else F(value) for no, value in enumerate(values, start=1)}


def test_with_leaves_equal_every_item_weighs_the_same():
    assert shares(small()) == [F(1, 4)] * 4


def test_with_siblings_equal_each_category_divides_its_own():
    """甲 and 乙 a half each; 乙一 and 乙二 a quarter each; items 2 and 3 an eighth each."""
    assert shares(small("siblings")) == [F(1, 2), F(1, 8), F(1, 8), F(1, 4)]


def test_weights_given_to_categories_count_among_siblings():
    """甲 60, 乙 40; within 乙 its leaves stay equal."""
    assert shares(small(nodes={"甲": 60, "乙": 40})) == [F(60, 100), F(40, 300), F(40, 300), F(40, 300)]
    assert shares(small(nodes={"乙/乙一": 1, "乙/乙二": 3})) == [F(1, 5), F(1, 10), F(1, 10), F(3, 5)]


def test_weights_given_to_items_add_up_to_their_category():
    """Item 2 weighs 3: 乙一 then weighs 4, 乙 5, all 6."""
    assert shares(small(weights={2: 3})) == [F(1, 6), F(3, 6), F(1, 6), F(1, 6)]


def test_a_weight_of_zero_is_a_weight():
    assert shares(small(weights={4: 0})) == [F(1, 3), F(1, 3), F(1, 3), 0]
    assert shares(small(nodes={"甲": 1, "乙": 0})) == [1, 0, 0, 0]


def test_what_is_not_applicable_gives_its_weight_to_its_siblings():
    """Without item 3 its category still weighs two quarters, all of it on item 2."""
    assert shares(small(), 3) == [F(1, 4), F(2, 4), 0, F(1, 4)]
    assert score_of(indicator_tree(small(), "county"), points(100, 80, None, 60)) == 80


def test_a_category_with_nothing_left_gives_its_weight_to_its_own_siblings():
    """Without item 4, 乙二 is empty and 乙 (three quarters) is all 乙一; without 2, 3 and 4 everything is 甲."""
    assert shares(small(), 4) == [F(1, 4), F(3, 8), F(3, 8), 0]
    assert shares(small(), 2, 3, 4) == [1, 0, 0, 0]


def test_where_all_that_is_left_weighs_nothing_it_counts_alike():
    tree = indicator_tree(small(nodes={"甲": 1, "乙": 0}), "county")
    assert leaf_weights(tree, frozenset({2, 3, 4})) == {2: F(1, 3), 3: F(1, 3), 4: F(1, 3)}
    assert score_of(tree, points(None, 90, 60, 30)) == 60


def test_where_nothing_is_marked_there_is_no_score():
    assert score_of(indicator_tree(small(), "county"), points(None, None, None, None)) is None
    assert leaf_weights(indicator_tree(small(), "county"), frozenset()) == {}


def test_zero_points_are_points():
    assert score_of(indicator_tree(small(), "county"), points(0, 0, 0, 0)) == 0


def test_in_the_county_table_the_eleven_items_weigh_eleven_nineteenths():
    tree = indicator_tree(COUNTY, "county")
    assert {node.name: node.weight for node in tree.children}["精准扶贫"] == 11
    assert sum(node.weight for node in tree.children) == 19


@pytest.mark.parametrize("equal", ["leaves", "siblings"])
@given(
    st.lists(st.none() | st.integers(0, 100), min_size=4, max_size=4),
    st.lists(st.integers(0, 5), min_size=4, max_size=4),
)
def test_shares_are_the_derivative_of_the_score(equal, values, weights):
    tree = indicator_tree(small(equal, weights=dict(enumerate(weights, start=1))), "county")
    marked = points(*values)
    found = leaf_weights(tree, frozenset(no for no, value in marked.items() if value is not None))
    assert sum(found.values()) == (1 if found else 0)
    assert score_of(tree, marked) == (sum(found[no] * marked[no] for no in found) if found else None)

"""What-if asks for another scheme: what it names must be there, and nothing else changes."""

from __future__ import annotations

from fractions import Fraction

import pytest
from pydantic import ValidationError

from tests.scoring.strategies import COUNTY

F = Fraction


@pytest.mark.parametrize("values", [
    {"weights": {"nobody": F(1)}},
    {"points": {"优": F(1)}},
    {"lines": {"优": F(1)}},
    {"item_weights": {99: F(3)}},
    {"item_weights": {1: F(3)}, "group": "nobody"},
    {"node_weights": {("不存在",): F(5)}},
], ids=str)  # fmt: skip
def test_what_the_scheme_lacks_is_refused(values):
    with pytest.raises(KeyError):
        COUNTY.replace(**values)


@pytest.mark.parametrize(("element", "values"), [
    ("item_weights", {"node_weights": {("减贫成效",): F(1)}}),
    ("bands", {"lines": {"好": F(91)}}),
    ("ticks", {"points": {"好": F(96)}}),
])  # fmt: skip
def test_an_element_the_scheme_lacks_is_named(element, values):
    with pytest.raises(KeyError, match=element):
        COUNTY.with_elements(**{element: None}).replace(**values)


@pytest.mark.parametrize("values", [
    {"weights": {"cross": F(-5)}}, {"item_weights": {1: F(-1)}}, {"node_weights": {("减贫成效",): F(-1)}},
], ids=str)  # fmt: skip
def test_no_weight_is_negative(values):
    with pytest.raises(ValidationError, match="不能是负数"):
        COUNTY.replace(**values)


def test_an_item_is_weighed_in_the_table_of_the_group_that_is_named():
    """Two groups with a table each, and a third that uses the scheme's: all three have an item 1."""
    own = [{"no": 1, "path": ["甲"], "name": "一", "cite": "附件1"}]
    tables = {"a": own, "b": own, "c": []}
    groups = [{"id": name, "name": name, "cite": "二", "indicators": table} for name, table in tables.items()]
    grouped = COUNTY.with_elements(groups=groups)
    weights = lambda changed: [changed.indicators_of(name)[0].weight for name in tables]  # noqa: E731
    assert weights(grouped.replace(item_weights={1: F(3)}, group="b")) == [None, 3, None]
    assert weights(grouped.replace(item_weights={1: F(3)}, group="c")) == [None, None, 3]
    assert weights(grouped.replace(item_weights={1: F(3)})) == [3, 3, 3]

"""Readings beside weights: each assumption by its weightiest other reading in this group, and who any weighting can move."""

from __future__ import annotations

from fractions import Fraction as Q

from scoring.assumptions import Assumption, Effect
from scoring.firmness.readings import movable, rivals
from tests.scoring.firmness.test_reachable import line

TICKS, ROUNDING, RANK = (Assumption(key, key, "原文未定", ()) for key in ("ticks", "rounding", "rank"))
KNOWN = (RANK, ROUNDING, TICKS)
EFFECTS = (
    Effect("rank", "甲", {}, {"东": (1, 2), "西": (2, 1)}),
    Effect("rounding", "乙", {}),
    Effect("ticks", "丙", {"东": ("好", "较好")}, {"东": (1, 2)}),
    Effect("ticks", "丁", {"东": ("好", "较好"), "西": ("较好", "好"), "别组": ("好", "较好")}),
)


def test_each_assumption_is_told_by_its_weightiest_reading_for_the_group():
    found = rivals(KNOWN, EFFECTS, ("东", "西"))
    assert [(each.assumption.key, each.label, each.reach) for each in found] == [
        ("ticks", "丁", (2, 0)),
        ("rank", "甲", (0, 2)),
        ("rounding", "乙", (0, 0)),
    ]
    assert set(found[0].grades) == {"东", "西"}


def test_another_group_may_be_moved_most_by_another_reading():
    assert rivals(KNOWN, EFFECTS, ("别组",))[0].grades == {"别组": ("好", "较好")}


def test_a_reading_that_gives_no_grades_any_more_withdraws_them():
    withdrawn = rivals((RANK,), [Effect("rank", "评议", {"东": ("好", None)})], ("东",))[0]
    assert withdrawn.withdraws
    assert not rivals(KNOWN, EFFECTS, ("东",))[0].withdraws


def test_those_are_movable_whose_line_lies_within_five_points():
    near = line((92, 86, 85), (40, 30, 30), high=Q("88.40"))
    far = line((92, 86, 85), (40, 30, 30), high=Q("88.46"))
    assert movable({"近": near, "远": far}) == ("近",)

"""抽签: no self, no mutual pair, every allowed pairing and each equally likely; what is impossible is refused in words."""

from __future__ import annotations

from collections import Counter
from itertools import permutations, product
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.schemes import scheme
from scoring.draws import Avoid, DrawError, Line, Plan, allowed, draw, noted, plan, told

SEVEN = ("蓬江区", "江海区", "新会区", "台山市", "开平市", "鹤山市", "恩平市")
SIX = ("广州市", "深圳市", "珠海市", "佛山市", "东莞市", "中山市")
BOTH: tuple[Avoid, ...] = get_args(Avoid)


def pairs(names: tuple[str, ...], *avoid: Avoid) -> Plan:
    return Plan("pairs", names, names, avoid)


def mixed(objects: tuple[str, ...], *away: tuple[str, ...], groups: int = 6) -> Plan:
    return Plan("mixed", tuple(f"第{n}组" for n in range(1, groups + 1)), objects, ("self",), away)


def whom(lines: tuple[Line, ...]) -> dict[str, str]:
    return {line.group: line.objects[0] for line in lines}


def by_hand(n: int, *avoid: Avoid) -> list[tuple[int, ...]]:
    """All allowed pairings, by looking at every permutation."""
    return [
        order for order in permutations(range(n))
        if not ("self" in avoid and any(order[at] == at for at in order))
        and not ("mutual" in avoid and any(order[order[at]] == at != order[at] for at in order))
    ]  # fmt: skip


def test_江门_draws_seven_groups_without_self_and_without_mutual_pairs_over_a_thousand_seeds() -> None:  # noqa: N802
    chosen = plan(scheme("jiangmen-2020-county"))
    assert (chosen.form, chosen.groups, chosen.avoid, chosen.extra) == ("pairs", SEVEN, ("self", "mutual"), ())
    occurred = set()
    for seed in range(1000):
        given_to = whom(draw(chosen, str(seed)))
        assert sorted(given_to.values()) == sorted(SEVEN)
        assert all(group != unit and given_to[unit] != group for group, unit in given_to.items())
        occurred |= set(given_to.items())
    assert len(occurred) == 7 * 6  # every county has been drawn by every other


def test_广东_draws_fourteen_groups_without_self_over_a_thousand_seeds() -> None:  # noqa: N802
    chosen = plan(scheme("guangdong-2019"))
    assert (chosen.form, len(chosen.groups), chosen.avoid, chosen.extra) == ("pairs", 14, ("self",), SIX)
    occurred = set()
    for seed in range(1000):
        lines = draw(chosen, str(seed))
        given_to = whom(lines)
        assert all(group != unit for group, unit in given_to.items())
        assert sorted(name for line in lines for name in line.also) == sorted(SIX)
        assert all(len(line.also) <= 1 for line in lines)
        occurred |= set(given_to.items())
    assert len(occurred) == 14 * 13


@pytest.mark.parametrize("n", [3, 4, 5])
@pytest.mark.parametrize("avoid", [(), ("self",), ("mutual",), ("self", "mutual")])
def test_every_allowed_pairing_occurs_and_no_other(n: int, avoid: tuple[Avoid, ...]) -> None:
    names = tuple("甲乙丙丁戊"[:n])
    possible = {tuple(names[at] for at in order) for order in by_hand(n, *avoid)}
    seen = {tuple(whom(draw(pairs(names, *avoid), str(seed))).values()) for seed in range(1500)}
    assert seen == possible
    assert allowed(n, avoid) == len(possible)


@pytest.mark.parametrize(
    ("n", "avoid", "count", "bound"),
    # chi-square with 5, 8, 23 and 43 degrees of freedom exceeds these once in a thousand times
    [
        (4, ("self", "mutual"), 6, 20.6),
        (4, ("self",), 9, 26.2),
        (5, ("self", "mutual"), 24, 49.8),
        (5, ("self",), 44, 77.5),
    ],
)
def test_every_allowed_pairing_is_equally_likely(n: int, avoid: tuple[Avoid, ...], count: int, bound: float) -> None:
    names, each = tuple("甲乙丙丁戊"[:n]), 200
    seen = Counter(tuple(whom(draw(pairs(names, *avoid), f"匀{seed}")).values()) for seed in range(each * count))
    assert len(seen) == count
    assert sum((number - each) ** 2 / each for number in seen.values()) < bound


def test_the_number_of_allowed_pairings_is_that_of_the_tables() -> None:
    assert [allowed(n, ("self",)) for n in range(8)] == [1, 0, 1, 2, 9, 44, 265, 1854]  # OEIS A000166
    assert [allowed(n, ("self", "mutual")) for n in range(8)] == [1, 0, 0, 2, 6, 24, 160, 1140]  # OEIS A038205
    assert allowed(14, ("self",)) == 32_071_101_049


@given(st.text(alphabet="0123456789 ", min_size=1, max_size=30).filter(str.strip))
def test_one_seed_gives_one_draw(seed: str) -> None:
    assert draw(pairs(SEVEN, *BOTH), seed) == draw(pairs(SEVEN, *BOTH), f" {seed} ")


def test_the_draw_of_a_printed_seed_never_changes() -> None:
    """What was printed in one year is done again in another: these pairs are a promise to every sheet in a file."""
    assert whom(draw(pairs(SEVEN, *BOTH), "2020-11-25")) == {
        "蓬江区": "江海区", "江海区": "新会区", "新会区": "台山市", "台山市": "恩平市", "开平市": "鹤山市", "鹤山市": "蓬江区",
        "恩平市": "开平市",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("names", "avoid", "words"),
    [
        (("甲",), ("self",), "只有1个考核对象，无法交叉考核"),
        (("甲", "乙"), ("self", "mutual"), "只有2个考核对象，回避本地、回避互考时没有任何配对可行；请增加考核对象"),
    ],
)
def test_what_is_impossible_is_refused_in_words(names: tuple[str, ...], avoid: tuple[Avoid, ...], words: str) -> None:
    with pytest.raises(DrawError, match=words):
        draw(pairs(names, *avoid), "1")


def test_two_that_may_assess_each_other_do() -> None:
    assert whom(draw(pairs(("甲", "乙"), "self"), "1")) == {"甲": "乙", "乙": "甲"}


def test_six_mixed_groups_share_ten_cities_evenly_and_no_member_assesses_its_own() -> None:
    cities = tuple("广深珠佛江湛茂肇东中")
    away = (("广", "深"), ("珠",), ("佛", "江", "湛"), (), ("茂", "肇"), ("东", "中", "广"))
    occurred = set()
    for seed in range(400):
        lines = draw(mixed(cities, *away), str(seed))
        assert sorted(len(line.objects) for line in lines) == [1, 1, 2, 2, 2, 2]
        assert sorted(name for line in lines for name in line.objects) == sorted(cities)
        assert all(set(line.objects).isdisjoint(none) for line, none in zip(lines, away, strict=True))
        occurred |= {(line.group, name) for line in lines for name in line.objects}
    assert len(occurred) == 6 * 10 - sum(map(len, away))  # all that is not barred


def test_every_allowed_sharing_is_equally_likely() -> None:
    # 3 objects, 2 groups; 第1组 may not take 甲: 甲 goes to 第2组, sizes 2 and 1 either way
    chosen = mixed(("甲", "乙", "丙"), ("甲",), groups=2)
    possible = {
        shares
        for shares in product((0, 1), repeat=3)
        if shares[0] == 1 and sorted((sum(shares), 3 - sum(shares))) == [1, 2]
    }
    seen = Counter(
        tuple(int(name in line_of_second.objects) for name in chosen.objects)
        for seed in range(900)
        for line_of_second in [draw(chosen, str(seed))[1]]
    )
    assert set(seen) == possible
    assert sum((count - 300) ** 2 / 300 for count in seen.values()) < 13.8  # 2 degrees, p = 0.001


def test_more_groups_than_objects_leaves_some_without() -> None:
    lines = draw(mixed(("甲", "乙"), groups=4), "7")
    assert sorted(len(line.objects) for line in lines) == [0, 0, 1, 1]


@pytest.mark.parametrize(
    ("away", "words"),
    [
        ([("甲",), ("甲", "乙")], "各组都有来自甲的组员"),
        ([("甲", "乙", "丙", "丁"), ()], "没有既符合回避、各组任务数又相差不超过1的分法"),
        ([("戊",)], "组员来源“戊”不在考核对象名单上"),
    ],
)
def test_avoidances_that_leave_nothing_are_refused_in_words(away: list[tuple[str, ...]], words: str) -> None:
    with pytest.raises(DrawError, match=words):
        draw(mixed(("甲", "乙", "丙", "丁"), *away, groups=2), "1")


def test_a_single_sharing_that_is_hard_to_hit_is_found_or_given_up_in_words() -> None:
    names = tuple("一二三四五六")
    only = [tuple(name for name in names if name != own) for own in names]  # each group may take one object alone
    assert [line.objects for line in draw(mixed(names, *only), "1")] == [(name,) for name in names]
    many = tuple(f"对象{n}" for n in range(12))
    narrow = [tuple(name for name in many if name != own) for own in many]
    with pytest.raises(DrawError, match="符合回避要求的分法太少"):
        draw(mixed(many, *narrow, groups=12), "1")


def test_the_six_helping_cities_can_be_given_by_hand_or_left() -> None:
    chosen = plan(scheme("guangdong-2019"), extra_by="hand")
    with pytest.raises(DrawError, match=r"请为广州市、深圳市.*逐个指定兼考的组"):
        draw(chosen, "1")
    given_by_hand = Plan("pairs", chosen.groups, chosen.objects, chosen.avoid, (), SIX, "hand", (0, 0, 1, 2, 3, 13))
    lines = draw(given_by_hand, "1")
    assert (lines[0].also, lines[1].also, lines[13].also) == (("广州市", "深圳市"), ("珠海市",), ("中山市",))
    left = draw(plan(scheme("guangdong-2019"), extra_by="none"), "1")
    assert all(line.also == () for line in left)
    assert [line.objects for line in left] == [line.objects for line in lines]


def test_a_roster_cut_short_is_drawn_among_those_that_are_on_it() -> None:
    five = scheme("jiangmen-2020-county").with_roster((name, "county", "") for name in SEVEN[:5])
    assert plan(five).groups == SEVEN[:5]


def test_a_scheme_without_a_draw_says_so() -> None:
    with pytest.raises(DrawError, match="没有抽签的规定"):
        plan(scheme("jiangmen-2020-town"))


def test_the_method_is_told_in_full() -> None:
    words = told(pairs(SEVEN, *BOTH))
    assert "有考核本地或两地互考的，整个舍去" in words
    assert "SHA-256" in words
    assert "兼考" not in words
    assert "兼考" in told(plan(scheme("guangdong-2019")))
    assert "任务数相差不超过1" in told(mixed(SIX))


def test_what_people_settled_beside_the_lots_is_told() -> None:
    assert noted(pairs(SEVEN, *BOTH)) == ""
    assert noted(mixed(("甲", "乙"), ("甲",), groups=2)) == "回避的组员来源：第1组甲。"
    assert noted(mixed(("甲", "乙"), groups=2)) == "未登记组员来源，抽签未作回避。"
    assert noted(plan(scheme("guangdong-2019"), "none")).endswith("由哪组考核，原文未写，暂未安排。")

"""抽样: least numbers, shares, quotas, ratios and equal intervals, exact; what a list cannot give is told."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.schemes import scheme
from scoring.lots import Lots
from scoring.rules import Sample
from scoring.sampling import (
    Entry,
    Quota,
    SampleError,
    check_chosen,
    draw_sample,
    interval,
    largest_remainder,
    level_of,
    likely_kinds,
    names_of,
    pick,
    purpose,
    quotas_of,
    said,
    strata,
    told,
    wanted,
)

F = Fraction
RATIO = {"有劳动能力贫困户": F(5), "农户": F(3), "无劳动能力低保五保户": F(2)}


def rule(**more: object) -> Sample:
    """A rule as a scheme file has it: "random 户 in 每镇" unless told otherwise."""
    return Sample.model_validate({"id": "household", "of": "户", "each": "每镇", "cite": "五（三）"} | more)


def household(number: int, town: str = "大桥镇", *kinds: str) -> Entry:
    return Entry(f"{number:03}", (("town", town), ("village", "白石村")), frozenset(kinds))


def roster(scattered: int, others: int, town: str = "大桥镇") -> list[Entry]:
    """Scattered first, then others, as an ordered list."""
    return [household(n, town, "分散贫困户" if n < scattered else "集中贫困户") for n in range(scattered + others)]


@pytest.mark.parametrize(
    ("total", "ratio", "shares"),
    [
        (10, (5, 3, 2), (5, 3, 2)),
        (12, (5, 3, 2), (6, 4, 2)),  # 6.0, 3.6, 2.4
        (11, (5, 3, 2), (6, 3, 2)),  # 5.5, 3.3, 2.2
        (13, (5, 3, 2), (6, 4, 3)),  # 6.5, 3.9, 2.6: two left, to .9 and .6
        (15, (5, 3, 2), (8, 4, 3)),  # 7.5, 4.5, 3.0: equal rests, the first named
        (1, (1, 1, 1), (1, 0, 0)),
        (2, (1, 1, 1), (1, 1, 0)),
        (0, (5, 3, 2), (0, 0, 0)),
        (7, (0, 3, 0), (0, 7, 0)),
    ],
)
def test_the_largest_remainders_get_what_is_left(total: int, ratio: tuple[int, ...], shares: tuple[int, ...]) -> None:
    names = ("劳", "农", "保")
    assert largest_remainder(total, dict(zip(names, map(F, ratio), strict=True))) == dict(
        zip(names, shares, strict=True)
    )


@given(st.integers(0, 500), st.lists(st.integers(0, 50), min_size=1, max_size=6).filter(any))
def test_shares_sum_to_the_total_and_none_is_a_whole_away_from_exact(total: int, parts: list[int]) -> None:
    shares = largest_remainder(total, dict(enumerate(map(F, parts))))
    assert sum(shares.values()) == total
    assert all(abs(share - F(total * parts[at], sum(parts))) < 1 for at, share in shares.items())


def test_a_ratio_of_zeros_divides_nothing() -> None:
    with pytest.raises(SampleError, match="不能全为0"):
        largest_remainder(3, {"甲": F(0)})


@pytest.mark.parametrize(
    ("more", "pool", "count"),
    [
        ({"least": 20}, 312, 20),
        ({"least": 20, "percent": "10"}, 312, 32),  # 31.2 rounded up
        ({"least": 20, "percent": "10"}, 200, 20),  # exactly 20, not 21
        ({"least": 1, "percent": "10"}, 11, 2),
        ({"least": 2, "most": 3}, 9, 2),
        ({"percent": "50", "most": 3}, 9, 3),
        ({}, 9, 0),
    ],
)
def test_a_rule_wants_the_greater_of_its_number_and_its_share_but_not_more_than_its_most(
    more: dict[str, object], pool: int, count: int
) -> None:
    assert wanted(rule(**more), pool) == count


@given(st.integers(1, 60).flatmap(lambda n: st.tuples(st.just(n), st.integers(1, n))), st.integers(0, 99))
def test_equal_intervals_give_that_many_different_ones_as_evenly_as_can_be(sizes: tuple[int, int], seed: int) -> None:
    n, count = sizes
    drawn = [int(entry.name) for entry in interval([household(at) for at in range(n)], count, Lots(str(seed), "距"))]
    gaps = {after - before for before, after in pairwise(drawn)}
    assert len(set(drawn)) == count == len(drawn)
    assert drawn == sorted(drawn)
    assert gaps <= {n // count, -(-n // count)}
    assert drawn[0] < -(-n // count)


def test_every_household_is_as_likely_by_equal_intervals_also_where_they_do_not_come_out_even() -> None:
    pool = [household(at) for at in range(7)]
    seen = Counter(int(e.name) for seed in range(2100) for e in interval(pool, 3, Lots(str(seed), "距")))
    assert sum((seen[at] - 900) ** 2 / 900 for at in range(7)) < 22.5  # 6 degrees, p = 0.001


def test_every_household_is_as_likely_at_random() -> None:
    pool = [household(at) for at in range(6)]
    seen = Counter(e.name for seed in range(1800) for e in pick(pool, 2, "random", Lots(str(seed), "随")))
    assert sum((count - 600) ** 2 / 600 for count in seen.values()) < 20.5
    assert len(seen) == 6


def test_twenty_households_a_town_ten_of_them_scattered() -> None:
    twenty = next(one for one in scheme("ruyuan-2017").samples if one.id == "household")
    listed = roster(15, 100) + roster(60, 5, "洛阳镇")
    kinds = {"分散贫困户": ["分散贫困户"]}
    for seed in range(100):
        for town in draw_sample(twenty, listed, str(seed), counts_as=kinds):
            assert len(town.picked) == 20
            assert dict(town.counts)["分散贫困户"] >= 10
            assert not town.lacks
            assert {entry.place("town") for entry in town.picked} == {town.where}


def test_a_quota_is_a_least_not_a_most() -> None:
    (town,) = draw_sample(rule(least=20, including={"分散贫困户": "10"}), roster(40, 3), "1",
                          counts_as={"分散贫困户": ["分散贫困户"]})  # fmt: skip
    assert dict(town.counts)["分散贫困户"] >= 17


def test_what_a_town_lacks_is_told_with_place_number_and_mend_and_the_rest_is_filled() -> None:
    (town,) = draw_sample(rule(least=20, including={"分散贫困户": "10"}), roster(6, 30), "1",
                          counts_as={"分散贫困户": ["分散贫困户"]})  # fmt: skip
    assert (len(town.picked), dict(town.counts)) == (20, {"分散贫困户": 6})
    assert [str(lack) for lack in town.lacks] == [
        "大桥镇：“分散贫困户”只有6个，规则要求10个。请核对类别的填写和认定；确只有这些的，全部抽取，其余由其他类别补足"
    ]


def test_a_town_with_too_few_is_taken_whole_and_says_so() -> None:
    (town,) = draw_sample(rule(least=20), roster(0, 7), "1")
    assert len(town.picked) == 7
    assert "名册只有7个，规则要求20个" in str(town.lacks[0])


def test_a_household_that_counts_twice_is_drawn_once() -> None:
    pool = [household(n, "大桥镇", "分散贫困户", "因病") for n in range(4)] + [household(n) for n in range(4, 30)]
    part = rule(id="disabled", of="因病户", percent="20", within="household")
    (town,) = draw_sample(rule(least=20, including={"分散贫困户": "4"}), pool, "1",
                          counts_as={"分散贫困户": ["分散贫困户"], "因病户": ["因病"]}, parts=[part])  # fmt: skip
    assert (len(town.picked), dict(town.counts)) == (20, {"分散贫困户": 4, "因病户": 4})


def test_a_village_poll_is_five_three_two_and_the_poor_roster_goes_by_equal_intervals() -> None:
    poll = rule(id="poll", of="农户", each="每村", least=10, ratio={name: str(part) for name, part in RATIO.items()})
    part = rule(id="poll-poor", of="贫困户", each="每村", rule="interval", within="poll")
    pool = [household(n, "大桥镇", list(RATIO)[n // 40]) for n in range(120)]
    counts_as = {name: [name] for name in RATIO} | {"贫困户": ["有劳动能力贫困户", "无劳动能力低保五保户"]}
    (village,) = draw_sample(poll, pool, "5", counts_as=counts_as, parts=[part])
    assert (village.where, dict(village.counts)) == (
        "大桥镇白石村",
        {"有劳动能力贫困户": 5, "农户": 3, "无劳动能力低保五保户": 2},
    )
    able = [int(e.name) for e in village.picked if "有劳动能力贫困户" in e.kinds]
    assert {after - before for before, after in pairwise(able)} == {8}  # 40 ÷ 5
    assert [quota.way for quota in quotas_of(poll, 10, counts_as, [part])] == ["interval", "random", "interval"]
    assert names_of(poll, [part]) == [*RATIO, "贫困户"]


def test_one_place_never_moves_the_draw_of_another() -> None:
    alone = draw_sample(rule(least=3), roster(0, 30), "9")
    together = draw_sample(rule(least=3), roster(0, 12, "洛阳镇") + roster(0, 30), "9")
    assert together[1] == alone[0]
    assert purpose(rule(), "大桥镇") == "household/大桥镇"


@given(st.text(alphabet="0123456789", min_size=1, max_size=8), st.sampled_from(["interval", "random"]))
def test_one_seed_gives_one_sample(seed: str, way: str) -> None:
    drawn = draw_sample(rule(least=5, rule=way), roster(9, 9), seed)
    assert drawn == draw_sample(rule(least=5, rule=way), roster(9, 9), seed)
    assert len({entry.name for entry in drawn[0].picked}) == 5


def test_the_sample_of_a_printed_seed_never_changes() -> None:
    """A promise to every sheet in a file."""
    drawn = draw_sample(rule(least=5), roster(0, 40), "2018-01-15")[0]
    again = [entry.name for entry in drawn.picked]
    order = Lots("2018-01-15", "household/大桥镇").shuffled(range(40))
    assert again == [f"{at:03}" for at in sorted(order[:5])] == ["000", "004", "021", "029", "030"]


def test_a_list_that_does_not_say_where_is_refused() -> None:
    with pytest.raises(SampleError, match="有2行没有写明所在的镇，而本规则按“每镇”抽取"):
        strata(rule(), [household(1), Entry("002"), Entry("003")])


def test_a_list_without_a_county_column_is_one_countys() -> None:
    towns = [Entry(name) for name in ("乳城镇", "一六镇", "桂头镇")]
    assert list(strata(rule(of="镇", each="每县"), towns)) == ["全部"]


def test_an_empty_list_and_a_rule_without_a_number_are_refused() -> None:
    with pytest.raises(SampleError, match="名册是空的"):
        draw_sample(rule(least=2), [], "1")
    with pytest.raises(SampleError, match="请填写每处抽取多少"):
        draw_sample(rule(), roster(0, 3), "1")
    assert len(draw_sample(rule(), roster(0, 30), "1", size=4)[0].picked) == 4


def test_a_choice_by_hand_is_checked_against_the_rule() -> None:
    villages = [Entry("白石村", (), frozenset({"贫困村"})), Entry("核桃山村", (), frozenset({"贫困村"}))]
    quotas = [Quota("贫困村", 1, frozenset({"贫困村"})), Quota("非贫困村", 1, frozenset({"非贫困村"}))]
    told_of = check_chosen("大桥镇", villages, 2, None, quotas)
    assert [str(lack) for lack in told_of] == ["大桥镇：其中“非贫困村”0个，规则要求至少1个。请再指定1个“非贫困村”"]
    assert "指定了1个，规则要求至少2个" in str(check_chosen("大桥镇", villages[:1], 2, None, [])[0])
    assert "请减去1个" in str(check_chosen("甲市", villages, 1, 1, [])[0])


def test_a_poor_and_a_non_poor_village_are_drawn_where_a_draw_is_asked_for() -> None:
    two = next(one for one in scheme("ruyuan-2017").samples if one.id == "village")
    villages = [
        Entry(f"{n}村", (("town", "大桥镇"),), frozenset({"贫困村" if n < 2 else "非贫困村"})) for n in range(9)
    ]
    kinds = {"贫困村": ["贫困村"], "非贫困村": ["非贫困村"]}
    for seed in range(50):
        (town,) = draw_sample(two, villages, str(seed), counts_as=kinds)
        assert (len(town.picked), dict(town.counts)) == (2, {"贫困村": 1, "非贫困村": 1})


def test_kinds_are_guessed_by_their_words_and_a_denial_is_no_match() -> None:
    assert likely_kinds("贫困村", ["贫困村", "非贫困村"]) == ["贫困村"]
    assert likely_kinds("贫困户", ["有劳动能力贫困户", "非贫困户", "农户"]) == ["有劳动能力贫困户"]
    assert likely_kinds("分散贫困户", ["集中"]) == []


@pytest.mark.parametrize(
    ("text", "level"), [("预脱贫户", "household"), ("村", "village"), ("贫困县", "county"), ("旗县", "county")]
)
def test_what_is_drawn_is_known_by_its_last_word(text: str, level: str) -> None:
    assert level_of(text) == level


def test_a_word_that_names_no_level_is_refused() -> None:
    with pytest.raises(SampleError, match="不认识抽样单位“项目”"):
        level_of("项目")


def test_a_rule_and_its_method_are_told_in_words() -> None:
    twenty = rule(of="预脱贫户", least=20, including={"分散贫困户": "10"})
    assert said(twenty) == "每镇　预脱贫户　不少于20户，其中分散贫困户不少于10户　随机抽取"
    assert said(rule(id="county", of="贫困县", each="每个受帮扶市", least=2, most=3)) == (
        "每个受帮扶市　贫困县　不少于2个，不多于3个　随机抽取"
    )
    assert "先按规则所列次序逐类抽足" in told(twenty)
    assert "取最大余数" in told(rule(ratio={"甲": "5"}))
    assert "⌊(u＋i×N)÷n⌋" in told(rule(rule="interval"))
    assert "SHA-256" not in told(rule(rule="chosen"))

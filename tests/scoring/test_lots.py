"""Lots: the same seed gives the same numbers everywhere, and every number is equally likely."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.lots import LONGEST, Lots, SeedError, tidy


def test_the_first_numbers_are_the_words_of_sha_256_of_seed_purpose_and_block() -> None:
    digest = (
        hashlib.sha256("2020 11 25|抽签|0".encode()).digest() + hashlib.sha256("2020 11 25|抽签|1".encode()).digest()
    )
    words = [int.from_bytes(digest[at : at + 4], "big") for at in range(0, 64, 4)]
    lots = Lots("2020 11 25", "抽签")
    assert [lots.below(1 << 32) for _ in words] == words


def test_a_published_digest_gives_the_number_that_anyone_can_work_out() -> None:
    # SHA-256("a|b|0") begins 0xbf7b… in any implementation: its first word modulo 10
    first = int(hashlib.sha256(b"a|b|0").hexdigest()[:8], 16)
    assert Lots("a", "b").below(10) == first % 10


@given(st.text(alphabet="0123456789-", min_size=1, max_size=20), st.integers(1, 1000))
def test_a_number_is_below_its_bound_and_comes_again(seed: str, n: int) -> None:
    number = Lots(seed, "试").below(n)
    assert 0 <= number < n
    assert number == Lots(seed, "试").below(n)


@pytest.mark.parametrize("n", [0, -1, (1 << 32) + 1])
def test_no_number_is_below_nothing(n: int) -> None:
    with pytest.raises(ValueError, match=str(n)):
        Lots("1", "试").below(n)


@given(st.text(alphabet="0123456789", min_size=1, max_size=9), st.integers(0, 40))
def test_a_shuffled_list_holds_the_same_things(seed: str, size: int) -> None:
    assert sorted(Lots(seed, "试").shuffled(range(size))) == list(range(size))


def test_every_order_of_three_is_equally_likely() -> None:
    seen: dict[tuple[int, ...], int] = {}
    for seed in range(6000):
        order = tuple(Lots(str(seed), "试").shuffled(range(3)))
        seen[order] = seen.get(order, 0) + 1
    assert len(seen) == 6
    assert sum((count - 1000) ** 2 / 1000 for count in seen.values()) < 20.5  # chi-square, 5 degrees, p = 0.001


def test_two_purposes_of_one_seed_know_nothing_of_each_other() -> None:
    assert Lots("1", "抽签").shuffled(range(30)) != Lots("1", "兼考").shuffled(range(30))


@pytest.mark.parametrize(
    ("typed", "seed"), [("  ０３ 17\u3000 22 ", "03 17 22"), ("2020-11-25", "2020-11-25"), ("甲\t乙", "甲 乙")]
)
def test_a_seed_is_used_as_it_is_printed(typed: str, seed: str) -> None:
    assert tidy(typed) == seed
    assert Lots(typed, "x").below(1 << 20) == Lots(seed, "x").below(1 << 20)


@pytest.mark.parametrize(
    ("typed", "words"),
    [(" ", "种子不能为空"), ("1|2", "有“|”"), ("9" * (LONGEST + 1), "最多80个"), ("a\u200bb", "不可见")],
)
def test_a_seed_that_cannot_be_printed_is_refused(typed: str, words: str) -> None:
    with pytest.raises(SeedError, match=words.replace("|", r"\|")):
        tidy(typed)

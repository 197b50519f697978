"""Which pages a 汇报 has: as chosen, in the chosen order, and what came since is not lost."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as some

from data.briefing.choice import KEY, chosen, written
from data.store import Setting

KEYS = ("cover", "ranking", "map", "edges", "end")
AT = datetime(2020, 12, 4, tzinfo=UTC)


def kept(value: str) -> dict[str, Setting]:
    return {KEY: Setting(KEY, value, "张三", AT, "")}


def test_while_nobody_chose_all_pages_are_shown_in_the_usual_order() -> None:
    assert chosen({}, KEYS) == KEYS


def test_pages_are_shown_as_chosen() -> None:
    assert chosen(kept(written(["end", "ranking"], ["cover", "map", "edges"])), KEYS) == ("end", "ranking")


def test_a_page_that_was_not_known_then_follows_the_one_it_usually_follows() -> None:
    assert chosen(kept(written(["end", "ranking"], ["cover"])), KEYS) == ("end", "ranking", "map", "edges")


def test_what_is_there_no_more_is_left_out() -> None:
    assert chosen(kept(written(["gone", "map"], [*KEYS])), KEYS) == ("map",)


def test_what_cannot_be_read_is_as_if_nobody_chose() -> None:
    for value in ("", "{", "[]", "3", '{"shown": 3}', '{"shown": [1], "left_out": []}', "null"):
        assert chosen(kept(value), KEYS) == KEYS


@given(some.permutations(KEYS), some.integers(0, 5))
def test_whatever_is_chosen_is_what_is_shown(order: list[str], count: int) -> None:
    shown, rest = order[:count], order[count:]
    assert chosen(kept(written(shown, rest)), KEYS) == tuple(shown)

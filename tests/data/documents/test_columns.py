"""Rows set in columns for a terminal."""

from __future__ import annotations

from data.documents.columns import aligned


def test_a_chinese_character_takes_the_room_of_two_letters() -> None:
    assert list(aligned([["市", "位次", "得分"], ["甲县城", "1", "9"], ["a", "12", ""]])) == [
        "市      位次  得分",
        "甲县城  1     9",
        "a       12",
    ]


def test_of_nothing_there_are_no_lines() -> None:
    assert list(aligned([])) == []

"""Chinese text in lines: nothing lost, nothing torn, no comma at the beginning of a line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.lettering import broken, width, wrapped
from data.schemes import scheme

NAMES = [item.name for item in scheme("jiangmen-2020-county").indicators]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("most", [8, 11, 21])
def test_every_indicator_fits_its_column_whole_and_no_line_begins_with_punctuation(name: str, most: int) -> None:
    lines = wrapped(name, most)
    assert "".join(lines) == name
    assert all(width(line) <= most for line in lines)
    assert not any(line[0] in "，、。）》”" for line in lines)
    assert not any(line[-1] in "（《“" for line in lines)


def test_a_year_is_not_torn_apart() -> None:
    assert wrapped("2018-2020年推进", 7)[0].startswith("2018-2020")


def test_lines_are_nearly_even() -> None:
    assert wrapped("住房保障政策落实情况", 9) == ("住房保障政", "策落实情况")


def test_a_piece_too_wide_stays_whole() -> None:
    assert wrapped("ABCDEFGHIJKLMNOP区", 3) == ("ABCDEFGHIJKLMNOP", "区")


@given(st.text(min_size=1, max_size=60), st.integers(1, 30))
def test_no_letter_is_lost(text: str, most: int) -> None:
    assert "".join(wrapped(text, most)) == text


def test_markup_in_a_name_is_shown_and_not_obeyed() -> None:
    assert broken("<b>甲</b>&", 40) == "&lt;b&gt;甲&lt;/b&gt;&amp;"

"""Words in a picture: nothing in them is markup, no line is too wide, nothing is lost at a line's end."""

from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.maps.svg_text import CLOSING, cut, plain, wide, wrapped, xml

anything = st.text(st.characters(codec="utf-16", exclude_categories=()), max_size=60)


@given(anything)
def test_any_text_is_text_in_xml_and_in_an_attribute(text):
    read = ElementTree.fromstring(f'<a b="{xml(text)}">{xml(text)}</a>')
    assert (read.text or "").replace("\n", " ") == plain(text).replace("\n", " ")
    assert list(read) == []
    assert list(read.attrib) == ["b"]


def test_markup_stays_visible_as_it_was_written():
    assert xml('<b>&"') == "&lt;b&gt;&amp;&quot;"


@pytest.mark.parametrize("bad", ["\x00", "\x0b", "\x1b", "\x7f", "\ud800", "\uffff", "\u202e"])
def test_control_characters_vanish(bad):
    assert plain(f"台山{bad}市") == "台山市"


def test_a_full_width_line_is_as_wide_as_its_characters():
    assert wide("台山市", 13) == 39
    assert wide("● 好", 10) == 26


sentences = st.text(st.sampled_from("台山市等次得分，。；（）“”ABcd 0.5〔2020〕8号W"), max_size=80)


@given(sentences, st.floats(24, 300))
def test_no_line_is_wider_than_the_picture_and_no_character_is_lost(text, width):
    lines = wrapped(text, 12, width)
    assert all(wide(line, 12) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@given(st.text(st.sampled_from("台山市，。；"), max_size=60))
def test_no_line_begins_with_a_closing_mark_that_follows_a_character(text):
    lines = wrapped("台" + text.replace("，。", "，").replace("。，", "。"), 12, 120)
    pairs = [line for before, line in pairwise(lines) if before and before[-1] not in CLOSING]
    assert not [line for line in pairs if line[:1] in CLOSING and line[:1]]


def test_a_number_and_its_document_stay_whole():
    assert wrapped("底图审图号 GS(2024)0650号", 10, 110) == ["底图审图号 GS", "(2024)0650号"]
    assert wrapped("得分89.95分", 10, 45) == ["得分", "89.95分"]


def test_line_feeds_part_lines():
    assert wrapped("一\n二", 12, 200) == ["一", "二"]


@given(sentences, st.floats(0, 300))
def test_what_is_cut_fits_and_says_that_it_was_cut(text, width):
    shown = cut(text, 12, width)
    assert shown == text or shown.endswith("…")
    assert shown == "…" or wide(shown, 12) <= width

"""A scheme's id and title are read and rewritten, and nothing else of its text moves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from scoring.scheme_heading import Heading, heading, with_heading
from scoring.scheme_text import read_text

TEXT = "# 说明\nid: a-2025   # 编号\ntitle: >-\n  某县\n  考核\ngrades: [好, 差]\n"


def test_the_heading_is_read_whatever_else_is_wrong() -> None:
    assert heading(TEXT) == ("a-2025", "某县 考核")
    assert heading("title: [甲]\nnonsense: 1") == ("", "")
    assert heading("title: [甲\n") == ("", "")


def test_comments_and_the_rest_stay_as_they_were() -> None:
    assert with_heading("id: a # 编号\ntitle: 甲\nshort: 乙\n", scheme_id="b", title="丙：丁") == (
        "id: b # 编号\ntitle: 丙：丁\nshort: 乙\n"
    )


def test_a_folded_title_is_replaced_whole() -> None:
    told = with_heading(TEXT, scheme_id="a-2026", title="新名")
    assert heading(told) == ("a-2026", "新名")
    assert told.startswith("# 说明\nid: a-2026   # 编号\n")
    assert told.endswith("grades: [好, 差]\n")


def test_what_is_not_written_is_added_at_the_top() -> None:
    assert with_heading("grades: [好]\n", scheme_id="b", title="甲") == "id: b\ntitle: 甲\ngrades: [好]\n"


@pytest.mark.parametrize("text", ["id: [", "- a\n- b\n", ""])
def test_a_text_that_cannot_be_read_comes_back_as_it_is(text: str) -> None:
    assert with_heading(text, scheme_id="b", title="甲") == text


@given(some.text(min_size=1).map(str.strip).filter(bool))
def test_any_title_reads_back_or_nothing_is_changed(title: str) -> None:
    told = with_heading(TEXT, scheme_id="a-2026", title=title)
    assert told == TEXT or heading(told) == Heading("a-2026", title)
    tree = read_text(told).tree
    assert isinstance(tree, dict)
    assert tree["grades"] == ["好", "差"]

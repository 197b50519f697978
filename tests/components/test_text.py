"""A name is only a name: nothing in it is bold, a picture, a list or a link."""

from __future__ import annotations

import pytest

from components.text import escape, escaped_lines


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("![](http://example.com)", r"\!\[\]\(http⁠\://example.com\)"),
        ("www.x.com", "www⁠.x.com"),
        ("WWW.x.com", "WWW⁠.x.com"),
        ("HTTPS://x.cn", r"HTTPS⁠\://x.cn"),
        ("a@b.cn", "a@⁠b.cn"),
        ("&lt;b&gt;", r"\&lt;b\&gt;"),
        ("1. 甲", r"1\. 甲"),
        ("90.00分", "90.00分"),
        ("第14项 一般→较好（3.5）", "第14项 一般→较好（3.5）"),
    ],
)
def test_nothing_in_a_name_acts_as_markdown_or_becomes_a_link(text: str, shown: str) -> None:
    assert escape(text) == shown


def test_lines_stay_lines() -> None:
    assert escaped_lines("甲*\n乙") == "甲\\*  \n乙"

"""Titles of papers over lines: within 22 letters, broken where sense breaks, never an hour-glass; names of files."""

from __future__ import annotations

from itertools import pairwise

import pytest

from data.lettering import width
from data.papers.titles import MOST, file_stem, title_lines
from data.schemes import scheme, scheme_ids

TITLES = [scheme(name).title + end for name in scheme_ids() for end in ("情况报告（草稿）", "情况报告", "结果的通报")]


@pytest.mark.parametrize("title", TITLES)
def test_no_line_is_wider_than_the_page_and_no_letter_is_lost(title: str) -> None:
    lines = title_lines(title)
    assert "".join(lines) == title
    assert all(0 < width(line) <= MOST for line in lines)


@pytest.mark.parametrize("title", TITLES)
def test_no_word_is_torn_and_no_line_begins_with_a_bracket(title: str) -> None:
    lines = title_lines(title)
    for before, after in pairwise(lines):
        seam = before[-1] + after[0]
        assert seam not in ("扶贫", "开发", "工作", "成效", "考核", "情况", "报告", "评价", "江门", "协作")
        assert not after.startswith(("（", "）", "、", "，"))


@pytest.mark.parametrize("title", TITLES)
def test_three_lines_are_never_narrowest_in_the_middle(title: str) -> None:
    sizes = [width(line) for line in title_lines(title)]
    assert not any(b < min(a, c) for a, b, c in zip(sizes, sizes[1:], sizes[2:], strict=False))


def test_a_title_breaks_after_whole_phrases() -> None:
    assert title_lines("2020年江门市县级党委和政府扶贫开发成效考核情况报告（草稿）") == (
        "2020年江门市县级党委和政府", "扶贫开发成效考核情况报告（草稿）",
    )  # fmt: skip
    assert title_lines("关于考核结果的通报") == ("关于考核结果的通报",)


@pytest.mark.parametrize(
    "title",
    [
        "",
        "甲",
        "某" * 300,
        "A" * 100,
        "（" * 50,
        "年" * 45,
        "第\n一\t行",
        "（很长很长很长很长很长很长很长很长很长很长很长很长的括号）报告",
    ],
)
def test_any_text_becomes_lines_that_fit(title: str) -> None:
    lines = title_lines(title)
    assert lines
    assert all(width(line) <= MOST for line in lines)
    assert not any("\n" in line or "\t" in line for line in lines)


@pytest.mark.parametrize(
    ("parts", "stem"),
    [
        (("2020年江门市 · 县级", "考核情况报告", "", "锁定版第3号"), "2020年江门市县级_考核情况报告_锁定版第3号"),
        (("../../etc/passwd",), "etcpasswd"),
        (('a<b>:"c"|d?*',), "abcd"),
        (("\x00\x07名\n称",), "名称"),
        (("", " . "), "文件"),
        (("长" * 80, "报告"), f"{'长' * 40}_报告"),
    ],
)
def test_a_file_s_name_is_one_that_every_system_keeps(parts: tuple[str, ...], stem: str) -> None:
    assert file_stem(*parts) == stem

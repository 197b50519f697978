"""A scheme's YAML is read as text, with a line for everything."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.scheme_text import DEEPEST, Fault, SchemeError, SchemeText, read_text


@pytest.mark.parametrize("written", ["1.10", "no", "12:30", "2020-11-30", "0x1F", "~", "1e3", "null", "007"])
def test_a_scalar_stays_the_text_that_was_written(written):
    assert read_text(f"a: {written}").tree == {"a": written}


def test_nothing_written_is_an_empty_text():
    assert read_text("a:\nb: 1").tree == {"a": "", "b": "1"}


def test_every_element_knows_its_line():
    lines = read_text("# 说明\na: 1\nb:\n  - {c: 2}\n  - d: 3\n    e: 4\n").lines
    assert [lines["a",], lines["b",], lines["b", 0, "c"], lines["b", 1], lines["b", 1, "e"]] == [2, 3, 4, 5, 6]


def test_what_was_not_written_has_the_line_of_what_surrounds_it():
    read = read_text("a: 1\nb:\n  - {c: 2}\n")
    assert (read.line(("b", 0, "x")), read.line(("b", 7)), read.line(("nowhere",))) == (3, 2, 1)


def test_a_repeated_name_is_refused_and_the_first_place_named():
    (fault,) = read_text("a: 1\nb: 2\na: 3\n").faults
    assert (fault.line, fault.path) == (3, ("a",))
    assert "第1行" in fault.message


def test_all_repeats_are_listed():
    assert [fault.line for fault in read_text("a: 1\na: 2\nb: {c: 1, c: 2}\na: 3\n").faults] == [2, 3, 4]


def test_nesting_has_a_bound():
    deep = "a: " + "[" * (DEEPEST + 3) + "]" * (DEEPEST + 3)
    assert "嵌套过深" in read_text(deep).faults[0].message


def test_nesting_without_end_does_not_exhaust_the_stack():
    (fault,) = read_text("[" * 50_000).faults
    assert "嵌套过深" in fault.message


def test_an_alias_is_not_followed():
    read = read_text("a: &a [1, 2]\nb: *a\n")
    assert [(fault.line, fault.path) for fault in read.faults] == [(2, ("b",))]


def test_a_byte_order_mark_is_no_content():
    assert read_text("\ufeffa: 1").tree == {"a": "1"}


def test_a_control_character_is_named_with_its_line():
    (fault,) = read_text("a: 1\nb: \x07\n").faults
    assert fault.line == 2
    assert "控制字符" in fault.message


def test_a_fault_reads_as_line_place_and_message():
    fault = Fault(40, ("limits", 0, "best"), "没有“良好”这一等次")
    assert str(fault) == "第40行　limits → 第1项 → best：没有“良好”这一等次"
    assert str(Fault(3, (), "缩进没有对齐")) == "第3行　缩进没有对齐"


def test_an_error_lists_its_faults_by_line_under_the_files_name():
    error = SchemeError("甲.yaml", [Fault(9, (), "后"), Fault(2, (), "先")])
    assert str(error) == "甲.yaml 第2行　先\n甲.yaml 第9行　后"


@given(st.text())
def test_any_text_is_read_or_faulted(text):
    read = read_text(text)
    assert isinstance(read, SchemeText)
    assert isinstance(read.tree, dict) or read.faults


@given(st.text(alphabet="ab:-[]{}#&*!|>'\"%@`,? \n\t\\Uu0Fx<", max_size=60))
def test_any_run_of_yamls_own_signs_is_read_or_faulted(text):
    read = read_text(text)
    assert isinstance(read.tree, dict) or read.faults

"""Names of files: never a path, never a trick, never too long, each once."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.documents.file_names import MOST, apart, safe


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("蓬江区_交叉考核.xlsx", "蓬江区_交叉考核.xlsx"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("..\\..\\windows\\表.xlsx", "_.._windows_表.xlsx"),
        ("C:表.xlsx", "C_表.xlsx"),
        ("表\x00\r\n.xlsx", "表_.xlsx"),
        ("表\u202exslx.exe", "表xslx.exe"),
        ("  . 表 ..docx", "表.docx"),
        ("CON.xlsx", "_CON.xlsx"),
        ("aux", "_aux"),
        ("", "文件"),
        ("...", "文件"),
        (".xlsx", "xlsx"),
    ],
)
def test_a_name_from_an_upload_becomes_one_that_any_system_can_keep(given_name: str, kept: str) -> None:
    assert safe(given_name) == kept


def test_a_long_name_is_cut_between_letters_says_so_and_keeps_its_ending() -> None:
    name = safe("一" * 80 + ".xlsx")
    assert name == "一" * 37 + "….xlsx"
    assert len(name.encode()) <= MOST


def test_names_that_a_system_takes_for_one_are_told_apart() -> None:
    assert apart(["表.xlsx", "表.XLSX", "表.xlsx", "a/b.csv", "a\\b.csv"]) == [
        "表.xlsx", "表（2）.XLSX", "表（3）.xlsx", "a_b.csv", "a_b（2）.csv",
    ]  # fmt: skip


@given(st.text())
def test_no_name_is_a_path_or_has_what_nobody_sees(name: str) -> None:
    kept = safe(name)
    assert kept
    assert not set(kept) & set('/\\:*?"<>|\0')
    assert kept not in (".", "..")
    assert not any(unicodedata.category(letter) in ("Cc", "Cs") for letter in kept)
    assert len(kept.encode()) <= MOST
    assert safe(kept) == kept


@given(
    st.lists(
        st.sampled_from(["表.xlsx", "表.XLSX", "表（2）.xlsx", "../表.xlsx", "一" * 90 + ".xlsx", "一" * 91 + ".xlsx"])
    )
)
def test_however_many_share_a_name_each_keeps_one_of_its_own(names: list[str]) -> None:
    kept = [each.casefold() for each in apart(names)]
    assert len(set(kept)) == len(names)
    assert all(len(each.encode()) <= MOST for each in apart(names))

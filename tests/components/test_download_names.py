"""Names of files that are handed out: made of units', assessments' and uploaded files' names, and never a path or a trick."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from data.documents.file_names import MOST, safe

ROOT = Path(__file__).resolve().parents[2]
SAFE_ALREADY = {"file.name"}
"""A document of ``data.documents.made_file``, which makes its name safe itself."""


def buttons() -> list[tuple[str, ast.expr]]:
    found = []
    for path in [*ROOT.glob("components/**/*.py"), *ROOT.glob("pages/**/*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "download_button":
                named = [word.value for word in node.keywords if word.arg == "file_name"]
                found.append((f"{path.relative_to(ROOT)}:{node.lineno}", (named or node.args[2:3])[0]))
    return found


def test_every_name_handed_to_the_browser_is_ours_or_made_safe() -> None:
    loose = []
    for where, name in buttons():
        ours = isinstance(name, ast.Constant) or (isinstance(name, ast.Name) and name.id.isupper())
        made = isinstance(name, ast.Call) and ast.unparse(name.func) == "safe"
        loose += [] if ours or made or ast.unparse(name) in SAFE_ALREADY else [f"{where} {ast.unparse(name)}"]
    assert loose == [], "Wrap the name in data.documents.file_names.safe(…)"
    assert len(buttons()) > 25


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd", "..\\..\\windows\\system.ini", "/etc/passwd", "C:\\表.xlsx", "\\\\server\\share\\表.xlsx", "表\0.xlsx",
        "CON", "con.xlsx", "LPT1.txt", "nul .xlsx", "长" * 4_000 + ".xlsx", "x" * 4_000, "表\u202exslx.exe", "表.xlsx ", "表.xlsx.",
        'a"; filename="b.exe', "甲\r\nSet-Cookie: x=1.xlsx", "", ".", "..", " ", "~/.ssh/id_rsa", "%2e%2e%2fetc", "表:stream.xlsx",
    ],
)  # fmt: skip
def test_a_name_made_safe_is_one_file_in_any_folder_of_any_system(name: str) -> None:
    told = safe(name)
    assert told
    assert len(told.encode()) <= MOST
    assert not re.search(r'[\x00-\x1f\\/:*?"<>|\u202a-\u202e\u2066-\u2069]', told)
    assert told.strip(" .") == told
    assert told not in (".", "..")
    assert not re.fullmatch(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?", told)

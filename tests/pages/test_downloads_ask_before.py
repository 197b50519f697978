"""A download is made outside every run of a page, where nobody can be asked who is there: the viewer is asked before."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from components import session
from components.access import activity, configuration, identity, signed_in
from components.access.configuration import Configuration
from data.access import NOBODY, Duty, Person
from data.store import Store, StoreProblem

ROOT = Path(__file__).resolve().parents[2]


def test_a_file_is_read_for_whoever_looked_at_the_page(county_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = county_store.submissions(1)[0]
    monkeypatch.setattr(signed_in, "person", lambda store: Person("读乙", "du", (Duty("view", 1),)))
    read = session.original(sheet.file_sha256)
    monkeypatch.setattr(signed_in, "person", lambda store: NOBODY)  # as it is where no page runs
    assert read() == county_store.original(sheet.file_sha256)[1]


def test_a_file_is_not_read_any_more_once_the_duty_was_withdrawn(
    county_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = county_store.create_assessment("另一年度", "x", "scheme: x", "0" * 64, [], "管甲").id
    monkeypatch.setattr(configuration, "read", lambda: Configuration(True))
    monkeypatch.setattr(identity, "of", lambda *_: identity.Identity("k" * 64, "du", "读乙", None))
    monkeypatch.setattr(activity, "listening", lambda: True)
    row = county_store.enrol_person("du", "读乙", [Duty("view", 1), Duty("view", other)], "", "管甲")
    read = session.original(county_store.submissions(1)[0].file_sha256)
    assert read()
    county_store.change_person(row.number, row.revision, "读乙", [Duty("view", other)], "调整", "管甲")
    with pytest.raises(StoreProblem, match="没有找到"):
        read()


def test_a_file_of_an_assessment_without_a_duty_is_not_read(county_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = county_store.submissions(1)[0]
    monkeypatch.setattr(signed_in, "person", lambda store: Person("读乙", "du", (Duty("view", 2),)))
    with pytest.raises(StoreProblem, match="没有找到"):
        session.original(sheet.file_sha256)()


def test_no_download_asks_for_the_viewers_store_when_it_is_pressed() -> None:
    late = []
    for path in [*(ROOT / "components").rglob("*.py"), *(ROOT / "pages").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "download_button":
                given = [*node.args, *(word.value for word in node.keywords if word.arg == "data")]
                made = [each for each in given if isinstance(each, ast.Lambda)]
                late += [f"{path.name}:{each.lineno}" for each in made if "session.store()" in ast.unparse(each)]
    assert late == []

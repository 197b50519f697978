"""The shelf of finished documents: each made once, found by all it depends on, and never more than there is room for."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from components.meeting import export_shelf
from components.meeting.export_shelf import Shelf, standing_key
from data.documents.made_file import File
from data.locked import open_locked
from data.papers.paper import Unready
from data.store import Store
from data.store.location import FILE_NAME, sqlite_url
from tests.data.locks import TODAY, locked_of
from tests.pages import builders
from tests.pages.builders import CHECKER


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(sqlite_url(tmp_path / FILE_NAME)) as opened:
        yield opened


def paper(content: bytes = b"x") -> File:
    return File("报告.docx", content, "text/plain")


def test_a_document_is_made_once_however_many_ask_for_it() -> None:
    shelf, made, go = Shelf(), [], Event()

    def maker() -> File:
        go.wait(30)
        made.append(1)
        return paper()

    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(shelf.make, ("report",), maker) for _ in range(4)]
        go.set()
        assert {each.result() for each in asked} == {paper()}
    assert made == [1]


def test_that_it_is_not_ready_is_kept_as_words_and_what_fails_otherwise_is_tried_again() -> None:
    shelf = Shelf()

    def unready() -> File:
        raise Unready("通报须批复后形成。")

    def broken() -> File:
        raise RuntimeError("office program busy")

    assert shelf.make(("notice",), unready) == "通报须批复后形成。"
    assert shelf.get(("notice",)) == "通报须批复后形成。"
    with pytest.raises(RuntimeError):
        shelf.make(("report",), broken)
    assert shelf.make(("report",), paper) == paper()


def test_the_longest_untouched_goes_when_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export_shelf, "MOST", 2)
    shelf = Shelf()
    for name in ("a", "b"):
        shelf.make((name,), paper)
    shelf.get(("a",))
    shelf.make(("c",), paper)
    assert [shelf.get((name,)) is not None for name in ("a", "b", "c")] == [True, False, True]


def test_so_it_does_when_there_are_too_many_bytes_and_the_newest_always_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export_shelf, "LARGEST", 10)
    shelf = Shelf()
    shelf.make(("a",), lambda: paper(b"123456"))
    shelf.make(("b",), lambda: (b"123", b"456"))
    assert shelf.get(("a",)) is None
    shelf.make(("c",), lambda: paper(b"x" * 99))
    assert shelf.get(("b",)) is None
    assert shelf.get(("c",)) is not None


def test_whatever_is_decided_on_a_lock_asks_for_a_new_document(store: Store) -> None:
    made = builders.county(store)
    before = locked_of(store, made.id)
    same = open_locked(store, made.id, 1, TODAY)
    assert standing_key(before) == standing_key(same)
    store.add_objection(made.id, 1, "江海区", "第3项应为好", "江海区", TODAY, CHECKER)
    after = open_locked(store, made.id, 1, TODAY)
    assert standing_key(after) != standing_key(before)
    assert standing_key(replace(before, record=replace(before.record, number=2))) != standing_key(before)

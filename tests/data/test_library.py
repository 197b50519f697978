"""One place for all schemes: built-in and own, by key, in every 版, and who uses which."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from data import library
from data.schemes import scheme_ids, scheme_text
from data.store import Store

COUNTY = scheme_text("jiangmen-2020-county")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path}/hengxiao.db") as opened:
        yield opened


def test_all_built_in_schemes_are_there_and_found_by_their_ids(store: Store) -> None:
    assert [one.key for one in library.built_in()] == scheme_ids()
    found = library.find(store, "ruyuan-2017")
    assert (found.scheme.id, found.text, found.own) == ("ruyuan-2017", scheme_text("ruyuan-2017"), None)


def test_own_schemes_are_usable_from_agreed_on(store: Store) -> None:
    made = store.create_scheme("甲", COUNTY, "张三")
    assert not [one for one in library.usable(store) if one.own]
    assert library.drafts(store) == [made]
    made = store.advance_scheme(made.id, "李四", 1)
    assert [one.key for one in library.usable(store) if one.own] == ["own-1"]
    assert library.usable(store)[0].own == made
    assert library.drafts(store) == []


def test_an_earlier_revision_is_found_by_its_number_and_listed_where_its_text_differs(store: Store) -> None:
    made = store.create_scheme("甲", COUNTY, "张三")
    saved = store.save_scheme(made.id, made.text.replace("减贫成效", "帮扶成效"), "张三", 1)
    done = store.advance_scheme(made.id, "李四", 2)
    assert library.find(store, "own-1").own == done
    assert library.find(store, "own-1-1").text == made.text
    assert library.find(store, "own-1-2").own == saved
    assert [one.key for one in library.earlier(store, done)] == ["own-1-1"]


@pytest.mark.parametrize("key", ["", "own-9", "own-1-7", "own-x", "../../etc/passwd", "own-1-1-1", "own-²"])
def test_what_is_not_there_is_a_key_error(store: Store, key: str) -> None:
    store.create_scheme("甲", COUNTY, "张三")
    with pytest.raises(KeyError):
        library.find(store, key)


def test_a_faulty_own_scheme_is_a_draft_and_nothing_to_read(store: Store) -> None:
    made = store.create_scheme("甲", "id: [", "张三")
    assert (library.own(store), library.drafts(store)) == ([], [made])
    with pytest.raises(KeyError):
        library.find(store, "own-1")


def test_an_assessment_is_told_with_the_revision_that_was_in_force_when_it_was_made(store: Store) -> None:
    made = store.create_scheme("甲", COUNTY, "张三")
    done = store.advance_scheme(made.id, "李四", 1)
    other = store.create_assessment("别的", "ruyuan-2017", "t", "h", [], "张三")
    used = store.create_assessment("考核", done.scheme_id, done.text, done.hash, [], "张三")
    store.advance_scheme(made.id, "李四", 2, "文1号")
    (use,) = library.uses(store.assessments(), store.scheme_revisions(made.id))
    assert (use.assessment, use.revision) == (used, 2)
    assert other.id != used.id

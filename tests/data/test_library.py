"""One place for all schemes: built-in and own, by key, in every 版, and who uses which."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from data import library
from data.schemes import scheme_ids, scheme_text
from data.store import Store, StoreProblem

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


def test_an_agreed_revision_that_was_sent_back_since_is_usable_no_more(store: Store) -> None:
    made = store.create_scheme("甲", COUNTY, "张三")
    store.advance_scheme(made.id, "李四", 1)
    assert library.find(store, "own-1-2").usable, "the newest, by its number, as long as it is"
    store.return_scheme(made.id, "李四", "权重有误", 2)
    assert not library.find(store, "own-1-2").usable
    assert not library.find(store, "own-1").usable
    agreed = store.advance_scheme(made.id, "李四", 3)
    assert [library.find(store, f"own-1-{n}").usable for n in (2, 4)] == [False, True]
    assert library.find(store, "own-1").own == agreed


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


def test_an_assessment_is_not_made_from_a_scheme_that_was_sent_back_or_removed_meanwhile(store: Store) -> None:
    made = store.create_scheme("甲", COUNTY, "张三")
    chosen = store.advance_scheme(made.id, "李四", 1)
    store.return_scheme(made.id, "王五", "权重有误", 2)
    with pytest.raises(StoreProblem, match="自编方案“甲”现为“草案”，不能据以新建年度考核。请先在“方案编制”办理“已同意”"):
        store.create_assessment("考核", chosen.scheme_id, chosen.text, chosen.hash, [], "张三")
    store.remove_scheme(made.id, "王五", "重复", 3)
    with pytest.raises(StoreProblem, match="自编方案“甲”已移除，不能据以新建年度考核"):
        store.create_assessment("考核", chosen.scheme_id, chosen.text, chosen.hash, [], "张三")
    assert store.assessments() == []


def test_an_assessment_is_not_made_from_words_that_a_settled_scheme_no_longer_says(store: Store) -> None:
    made = store.create_scheme("甲", COUNTY, "张三")
    chosen = store.advance_scheme(made.id, "李四", 1)
    store.return_scheme(made.id, "李四", "改一处", 2)
    store.save_scheme(made.id, made.text.replace("减贫成效", "帮扶成效"), "张三", 3)
    store.advance_scheme(made.id, "李四", 4)
    with pytest.raises(StoreProblem, match="自编方案“甲”的内容已更新，未新建考核。请刷新后重新选择该方案"):
        store.create_assessment("考核", chosen.scheme_id, chosen.text, chosen.hash, [], "张三")
    assert store.log(action="新建考核") == []

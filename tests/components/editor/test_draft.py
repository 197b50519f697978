"""The draft in hand: what a data editor says was changed, put together with the rows it was drawn from."""

from __future__ import annotations

import pytest
import streamlit as st

from components.editor.draft import Base, Draft, applied, shape_of, take_edit
from data.schemes import scheme_text
from scoring.scheme_parts import tables_of
from scoring.scheme_text import read_text

ROWS = [{"_at": "0", "名称": "甲"}, {"_at": "1", "名称": "乙"}, {"_at": "2", "名称": "丙"}]


def test_edited_deleted_and_added_rows_are_put_together():
    changes = {"edited_rows": {1: {"名称": "改"}}, "deleted_rows": [0], "added_rows": [{"名称": "丁"}, {}]}
    assert applied(ROWS, changes) == [{"_at": "1", "名称": "改"}, {"_at": "2", "名称": "丙"}, {"名称": "丁"}]


def test_a_cell_that_was_emptied_is_empty():
    assert applied(ROWS[:1], {"edited_rows": {0: {"名称": None}}}) == [{"_at": "0", "名称": None}]


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> dict:
    state: dict = {}
    monkeypatch.setattr(st, "session_state", state)
    return state


def shown(draft: Draft, *keys: str) -> None:
    """These tables are on screen, drawn from the draft as it is."""
    tree = read_text(draft.text).tree
    for table in tables_of(tree):
        if table.key in keys:
            columns = tuple(column.title for column in table.columns)
            draft.bases[table.key] = Base(draft.widget(table.key), tree, table.rows(tree), columns, shape_of(table, tree, columns))


def typed(session: dict, draft: Draft, key: str, edits: dict) -> None:
    """The viewer's table holds these changes now, as the browser sends them: all since it was drawn."""
    session[draft.bases[key].widget] = {"edited_rows": edits, "added_rows": [], "deleted_rows": []}
    take_edit(draft, key)


def fresh() -> Draft:
    text = scheme_text("jiangmen-2020-county")
    return Draft(1, 1, text, text)


def components(draft: Draft) -> list[dict]:
    return read_text(draft.text).tree["components"]


def test_three_cells_typed_one_after_another_are_all_in_the_draft(session):
    draft = fresh()
    shown(draft, "components")
    typed(session, draft, "components", {0: {"权重": "45"}})
    typed(session, draft, "components", {0: {"权重": "45", "考核主体": "督查组"}})
    typed(session, draft, "components", {0: {"权重": "45", "考核主体": "督查组"}, 1: {"权重": "25"}})
    first, second, *_ = components(draft)
    assert (first["weight"], first["who"], second["weight"]) == ("45", "督查组", "25")
    assert draft.dirty


def test_typing_in_turn_into_two_tables_on_one_page_loses_neither(session):
    draft = fresh()
    shown(draft, "facts", "limits")
    typed(session, draft, "facts", {2: {"条款": "附件1、五（四）"}})
    assert "limits" in draft.bases, "a table that nothing moved in stays as it is drawn"
    typed(session, draft, "limits", {0: {"最高等次": "一般"}})
    assert "facts" not in draft.bases, "a table with changes of its own begins anew"
    shown(draft, "facts")
    typed(session, draft, "facts", {3: {"条款": "六"}})
    tree = read_text(draft.text).tree
    assert tree["facts"][2]["cite"] == ["附件1", "五（四）"]
    assert tree["facts"][3]["cite"] == "六"
    assert tree["limits"][0]["best"] == "一般"


def test_a_table_that_offers_a_changed_name_begins_anew(session):
    draft = fresh()
    shown(draft, "facts", "limits")
    typed(session, draft, "facts", {0: {"名称": "班子成员受处分"}})
    assert "limits" not in draft.bases


def test_rows_put_in_another_order_are_drawn_in_that_order(session):
    draft = fresh()
    shown(draft, "components")
    typed(session, draft, "components", {3: {"次序": "0"}})
    assert "components" not in draft.bases
    assert [row["id"] for row in components(draft)] == ["self", "cross", "municipal", "daily"]


def test_what_is_no_number_in_the_order_changes_nothing_and_goes_back_to_the_number(session):
    draft = fresh()
    shown(draft, "components")
    before = components(draft)
    typed(session, draft, "components", {0: {"次序": "nan"}})
    assert components(draft) == before
    assert "components" not in draft.bases

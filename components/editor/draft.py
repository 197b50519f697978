"""The draft in a planner's hands: the text as edited so far, and what each table on screen began with.

A data editor remembers only what was changed in it since it was first drawn. So each table keeps the rows and the tree
it was drawn from (its base) while it stays on screen, and every change is at once written into the draft's text. When
anything else changed the draft, or the table was not on screen for a run, it begins anew from the text. Nothing typed is
ever held by a widget alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import streamlit as st

from data.store import OwnScheme
from scoring.scheme_edit import edited
from scoring.scheme_faults import check
from scoring.scheme_parts import tables_of
from scoring.scheme_tables import Row, Table, reordered
from scoring.scheme_write import write_tree

_KEPT = "editor-drafts"

checked = lru_cache(maxsize=32)(check)
"""A text as it is judged; the same text is judged once for all viewers."""


@dataclass
class Base:
    """What a table on screen began with. ``shape``: all that would make it another widget."""

    widget: str
    tree: dict
    rows: list[dict[str, str]]
    columns: tuple[str, ...]
    shape: str
    more: list[str] = field(default_factory=list)


@dataclass
class Draft:
    """One own scheme as this viewer edits it. ``saved`` is the text of ``revision``, from which the editing began."""

    id: int
    revision: int
    saved: str
    text: str
    turn: int = 0
    bases: dict[str, Base] = field(default_factory=dict)
    box_text: str = ""
    box_turn: int = 0

    @property
    def dirty(self) -> bool:
        """Whether there is anything that was not saved."""
        return self.text != self.saved

    def rewrite(self, text: str) -> None:
        """Take another text from outside the tables: YAML, a template, another revision. Every table begins anew."""
        if text != self.text:
            self.text = text
            self.bases.clear()

    def type_text(self, text: str) -> None:
        """Take what was typed into the YAML box, which goes on showing it."""
        self.box_text = text
        self.rewrite(text)

    def take_saved(self, kept: OwnScheme) -> None:
        """From now on this revision is what the draft is compared with."""
        self.revision, self.saved = kept.revision, kept.text
        self.rewrite(kept.text)

    def widget(self, table: str) -> str:
        """The key of a new widget for a table: never one that was there before."""
        self.turn += 1
        return f"editor-{self.id}-{table}-{self.turn}"


def draft_of(kept: OwnScheme) -> Draft:
    """The viewer's draft of a scheme. One without changes follows what others save."""
    drafts: dict[int, Draft] = st.session_state.setdefault(_KEPT, {})
    draft = drafts.get(kept.id)
    if draft is None:
        draft = drafts[kept.id] = Draft(kept.id, kept.revision, kept.text, kept.text)
    elif not draft.dirty and draft.revision != kept.revision:
        draft.take_saved(kept)
    return draft


def forget(scheme: int) -> None:
    """Let go of the draft of a scheme."""
    st.session_state.get(_KEPT, {}).pop(scheme, None)


def unsaved() -> set[int]:
    """The schemes of which this viewer has unsaved changes."""
    return {draft.id for draft in st.session_state.get(_KEPT, {}).values() if draft.dirty}


def take_edit(draft: Draft, table_key: str) -> None:
    """A table was edited: write what it shows now into the draft, and let other tables follow what that moved."""
    base = draft.bases[table_key]
    tables = {table.key: table for table in tables_of(base.tree)}
    shown = applied(base.rows, st.session_state[base.widget])
    made = edited(base.tree, tables[table_key], shown)
    draft.text = write_tree(made)
    if reordered(shown):
        draft.bases.pop(table_key)
    _others_follow(draft, table_key, made)


def _others_follow(draft: Draft, edited_key: str, made: dict) -> None:
    """Other tables on screen go on where nothing of theirs moved; the rest begin anew."""
    tables = {table.key: table for table in tables_of(made)}
    for key in [key for key in draft.bases if key != edited_key]:
        base, table = draft.bases[key], tables.get(key)
        touched = any(st.session_state.get(base.widget, {}).values())
        if table is None or touched or table.rows(made) != base.rows or shape_of(table, made, base.columns) != base.shape:
            draft.bases.pop(key)
        else:
            base.tree = made


def shape_of(table: Table, tree: dict, columns: Sequence[str]) -> str:
    """All of a table but its rows that its widget depends on."""
    return repr([(column.title, column.codec.options(tree)) for column in table.columns] + list(columns))


def applied(rows: Sequence[Row], changes: Mapping[str, Any]) -> list[dict[str, str | None]]:
    """Rows after what a data editor says was edited, taken away and added to them, in the order of the screen."""
    edits, gone = changes.get("edited_rows", {}), set(changes.get("deleted_rows", ()))
    kept = [
        {**row, **_texts(edits.get(index, edits.get(str(index), {})))}
        for index, row in enumerate(rows)
        if index not in gone
    ]
    return kept + [added for row in changes.get("added_rows", ()) if (added := _texts(row))]


def _texts(cells: Mapping[str, Any]) -> dict[str, str | None]:
    return {title: None if text is None else str(text) for title, text in cells.items() if title != "_index"}

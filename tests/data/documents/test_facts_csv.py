"""The 情形 of an assessment as a table: what the terminal reads of it gives the same results."""

from __future__ import annotations

from pathlib import Path

from data.documents.facts_csv import facts_csv
from data.facts_table import facts_of_table
from data.state import load_state
from data.store import Store
from scoring.assess import assess
from scoring.marks import Fact
from tests.pages import builders


def test_the_table_is_read_back_as_the_facts_that_count(tmp_path: Path) -> None:
    with Store.open(f"sqlite:///{tmp_path}/kept.sqlite3") as store:
        made = builders.county(store)
        store.add_fact(made.id, Fact("台山市", "sanction", "记大过", "2020-06-02", "待核对"), "", "李经办")
        state = load_state(store, made.id)
    read = facts_of_table(state.own, "情形.csv", facts_csv(state))
    assert read == [Fact("新会区", "sanction", "记过", "2020-06-01", "江纪〔2020〕12号")]
    again = assess(state.scheme, state.sheets, read)
    assert [(r.score, r.grade, r.rank) for r in again.units] == [(r.score, r.grade, r.rank) for r in state.results.units]


def test_a_paper_that_begins_like_a_formula_stays_text(tmp_path: Path) -> None:
    with Store.open(f"sqlite:///{tmp_path}/kept.sqlite3") as store:
        made = builders.county(store)
        row = store.add_fact(made.id, Fact("台山市", "sanction", "记过", "2020-06-02", "=1+1"), "", "李经办")
        store.confirm_fact(row.id, "王复核")
        written = facts_csv(load_state(store, made.id)).decode("utf-8-sig")
    assert "'=1+1" in written

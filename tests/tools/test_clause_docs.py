"""docs/clauses.md is what the register says."""

from __future__ import annotations

from data.register import entries
from tools import clause_docs


def test_the_page_of_clauses_is_current():
    assert clause_docs.PAGE.read_text(encoding="utf-8") == clause_docs.page(), (
        "The register or a document's card has changed: run python -m tools.clause_docs and commit the page."
    )


def test_every_clause_has_its_line_on_the_page():
    page = clause_docs.page()
    assert [row.id for row in entries() if page.count(f"\n| {row.id} |") != 1] == []


def test_the_counts_of_the_page_add_up():
    (line,) = [line for line in clause_docs.page().splitlines() if line.startswith("| **all** |")]
    whole, *parts = (int(cell) for cell in line.split("|")[2:-1])
    assert whole == sum(parts) == 280


def test_a_bar_in_a_clause_breaks_no_table():
    lines = [line for line in clause_docs.page().splitlines() if line.startswith("| JM") or line.startswith("| GD")]
    assert {line.replace("\\|", "").count("|") for line in lines} == {7}

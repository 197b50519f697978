"""Writes docs/clauses.md, the clause register of the five documents: python -m tools.clause_docs

What became of each clause is told in data/schemes/register.tsv and checked by data/register.py against the schemes; a
test checks that the page is current.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from data.register import DOCUMENTS, STATUSES, Entry, counts, entries
from data.schemes import scheme

PAGE = Path(__file__).resolve().parents[1] / "docs" / "clauses.md"
LENGTH = 60
"""Letters of a clause that are printed; the whole stands in the document's text on 方案与口径."""

INTRODUCTION = """\
# Every clause and what became of it (条款落实)

Five official papers were read clause by clause. Each clause is one row here, and each row says where it went:

* **implemented** 已落实: an element of a scheme, or code, does what the clause says.
* **shown** 照原文展示: its words are there to be read; nothing is computed from them.
* **left out** 未纳入: it is not in the product, with the reason.

A place such as `limits.leader` is a path in the scheme file named before it (`data/schemes/`), `text` is the document's
own text on the page 方案与口径, and anything with a slash is a file. The rows live in `data/schemes/register.tsv`; this
page is written from them by `python -m tools.clause_docs`, and tests hold that every row is accounted for, that every place
exists, and that an element rests on the clause it is listed under or says that it is assumed.
"""

_ENGLISH = {"implemented": "implemented", "shown": "shown", "left_out": "left out"}


def page() -> str:
    """The whole page as Markdown."""
    rows = entries()
    sections = [_section(source, [row for row in rows if row.source == source]) for source in DOCUMENTS]
    return "\n".join([INTRODUCTION, _counts(rows), *sections])


def _counts(rows: Sequence[Entry]) -> str:
    """One line a document and one for all: how many clauses, and how many of each status."""
    head = "| document | clauses | implemented | shown | left out |\n|---|--:|--:|--:|--:|\n"
    per = [(_heading(source), [row for row in rows if row.source == source]) for source in DOCUMENTS]
    lines = [_count_line(name, found) for name, found in [*per, ("**all**", list(rows))]]
    return f"## Counts\n\n{head}{''.join(lines)}"


def _count_line(name: str, rows: Sequence[Entry]) -> str:
    counted = counts(rows)
    return f"| {name} | {len(rows)} | {' | '.join(str(counted[status]) for status in STATUSES)} |\n"


def _heading(source: str) -> str:
    document = scheme(DOCUMENTS[source][0]).document
    return f"{document.title}{f'（{document.number}）' if document.number else ''}"


def _section(source: str, rows: Sequence[Entry]) -> str:
    schemes = "、".join(f"`{scheme_id}`" for scheme_id in DOCUMENTS[source])
    head = "| id | clause | words | status | where | note |\n|---|---|---|---|---|---|\n"
    return f"## {_heading(source)}\n\nSchemes: {schemes}.\n\n{head}{''.join(map(_line, rows))}"


def _line(row: Entry) -> str:
    words = row.words if len(row.words) <= LENGTH else row.words[:LENGTH] + "…"
    cells = (row.id, row.clause, words, _ENGLISH[row.status], _where(row), row.note)
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |\n"


def _where(row: Entry) -> str:
    """The schemes, where the document has several and the row does not speak of all, then the places."""
    several = len(DOCUMENTS[row.source]) > 1 and row.schemes and row.schemes != DOCUMENTS[row.source]
    ours = "、".join(one.rpartition("-")[2] for one in row.schemes) + ": " if several else ""
    return ours + ", ".join(f"`{path}`" for path in row.paths)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"written: {PAGE}")

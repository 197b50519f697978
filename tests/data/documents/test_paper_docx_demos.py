"""The papers of every demonstration: as .docx and as web page they say what the paper says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html as parser

from data.demo import all_demos
from data.demo.load import load_one
from data.documents.paper_docx import docx
from data.documents.paper_html import html
from data.locked import Locked, lock, open_locked
from data.papers.evidence import evidence
from data.papers.feedback import feedback
from data.papers.matters import matters
from data.papers.notice import notice
from data.papers.paper import Paper, Unready
from data.papers.readings import readings
from data.papers.rectify import rectify
from data.papers.report import report
from data.papers.talks import talks
from data.store import Store
from tests.data.locks import TODAY
from tests.data.paper_samples import cells, read

WHOLE = (report, notice, talks, rectify, readings, matters, evidence)


def locked(store: Store, assessment_id: int) -> Locked:
    """As the demonstration locked it, else locked now."""
    found = store.locked_versions(assessment_id)
    number = found[-1].number if found else lock(store, assessment_id, "李经办").number
    return open_locked(store, assessment_id, number, TODAY)


def papers(found: Locked) -> Iterator[Paper]:
    """All that can be written yet."""
    units = [result.unit for result in found.state.results.units]
    for write, rest in [(write, ()) for write in WHOLE] + [(feedback, (unit,)) for unit in units[:3]]:
        try:
            yield write(found, *rest)
        except Unready:
            continue


@pytest.mark.slow
@pytest.mark.parametrize("demo", all_demos(), ids=lambda demo: demo.scheme_id)
def test_every_paper_is_whole_in_both_formats(tmp_path: Path, demo):
    with Store.open(f"sqlite:///{tmp_path}/hengxiao.db") as store:
        written = list(papers(locked(store, load_one(store, demo).id)))
    assert len(written) > 3
    for paper in written:
        document, page = read(docx(paper, "李经办")), parser.fromstring(html(paper, "李经办")).text_content()
        lines = {line.text for line in document.paragraphs}
        assert not [text for text in paper.texts if text not in lines or text not in page]
        for told, table in zip(document.tables, paper.tables, strict=True):
            assert cells(told) == [list(row) for row in (*table.heads, *table.rows)]
        assert all(cell in page for table in paper.tables for row in table.rows for cell in row if "\n" not in cell)
        assert all(sum(table.widths) <= (225 if table.across else 156) for table in paper.tables)

"""核对Excel for every document: a table written from the results of its 示例数据 is wholly the same, and a changed score is not."""

from __future__ import annotations

import pytest

from data.crosscheck.read_book import read_book
from data.crosscheck.told import crosscheck
from data.demo import DOCUMENTS, load_demo
from data.state import load_state
from data.store import Store
from scoring import exact
from scoring.crosscheck.expected import extra_points
from scoring.crosscheck.layout import extras_of, role_name
from scoring.explain import score_text
from scoring.results import Results, UnitResult

BY_DOCUMENT = [document.id for document in DOCUMENTS]


def table(results: Results) -> bytes:
    """A .csv with every counted component, 加分 and 扣分, the total, grade and place where the document has them."""
    scheme = results.scheme
    parts, extras = list(scheme.counted), extras_of(scheme)
    heads = [scheme.words.unit, *(f"{part.name}得分" for part in parts)]
    heads += [*(role_name(scheme, role) for role in extras), "综合得分", "等次", "位次"]
    lines = [",".join(heads)]
    for one in results.units:
        scores = [_score(one, part.id) for part in parts]
        total = score_text(scheme, one.score) if one.score is not None else ""
        scores += [exact.fixed(extra_points(scheme, one, role), 4) for role in extras]
        lines.append(",".join([one.unit, *scores, total, one.grade or "", str(one.rank or "")]))
    return "\n".join(lines).encode()


def _score(one: UnitResult, part: str) -> str:
    found = one.components.get(part)
    return exact.fixed(found.exact, 4) if found and found.exact is not None else ""


@pytest.mark.slow
@pytest.mark.parametrize("document", BY_DOCUMENT)
def test_a_table_written_from_the_results_is_wholly_the_same(document: str, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("HENGXIAO_DATA", str(tmp_path))
    with Store.open() as store:
        for made in load_demo(store, documents=[document]):
            results = load_state(store, made.id).results
            if results.scheme.judged:
                continue
            report, layout = crosscheck(results, read_book("表.csv", table(results)))
            assert not layout.open, [column for _, column in layout.open]
            assert report.agreed, (made.name, [(one.at, one.book, one.engine) for one in report.differences[:6]], report.remarks[:4])
            assert report.compared >= len(results.units)

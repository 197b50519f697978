"""Every file that leaves the product, made of texts that want to act: none becomes a formula, a field, a link or markup.

Units, the assessment's name, the scheme's own texts, 情形 with their grounds, file names, who acted and why: all of them begin
like a formula, hold markup, or both. Each file is opened again and looked through, an archive with all that is in it.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from tempfile import mkdtemp

import openpyxl
import pytest

from data.changes import compare
from data.crosscheck.read_book import read_book
from data.crosscheck.recognise import recognise
from data.documents import (
    assumption_table,
    change_table,
    crosscheck_list,
    follow_up_tables,
    ranking_table,
    scales_table,
)
from data.documents.archive import kept_of
from data.documents.facts_csv import facts_csv
from data.documents.forms import blank_forms_zip, filled_workbook
from data.documents.kinds import KINDS, NOT_NOW, make
from data.documents.memo import memo
from data.documents.roster_form import filled_roster
from data.documents.scenario_book import scenario_book
from data.documents.scheme_book import scheme_book
from data.documents.unit_changes_form import unit_changes_form
from data.findings import Finding
from data.follow_up import FollowUp, load_follow_up
from data.locked import Locked
from data.log_text import csv_file, details_text, subject_text
from data.scales import load_scales, read_assessors
from data.state import State, load_state
from data.store import Store, UnitRow
from data.unit_changes import UnitChange
from scoring.crosscheck.compare import compare as crosschecked
from scoring.load import dump_scheme
from scoring.marks import Fact
from scoring.scheme import Scheme
from tests.data import locks
from tests.data.comparisons import saved, side_by_side
from tests.data.summary_books import saved as summary
from tests.pages import builders
from tests.scoring.strategies import COUNTY

AT = "2020年12月8日 09:00"
TRICK = "HYPERLINK"
"""A word that no formula of ours has."""
UNITS = (
    '=HYPERLINK("http://x.example","甲")', "+cmd|'/C HYPERLINK'!A0", "-HYPERLINK(1)", "@HYPERLINK(1)", "＝HYPERLINK(1)",
    "<img src=x onerror=HYPERLINK>", "－HYPERLINK(1)",
)  # fmt: skip
TEXT = '=HYPERLINK("http://x.example","<script>HYPERLINK</script>")'


def rules() -> Scheme:
    """江门's table with a title, an item and a group that want to act."""
    items = [row.model_dump() for row in COUNTY.indicators]
    items[3] |= {"name": TEXT, "source": TEXT}
    group = COUNTY.groups[0].model_dump()
    group["units"] = [{**unit, "name": name} for unit, name in zip(group["units"], UNITS, strict=True)]
    return COUNTY.with_elements(title=TEXT, indicators=items, groups=[group])


@cache
def kept() -> tuple[Store, Locked]:
    """The assessment of it all, with everything that can be recorded."""
    store, scheme = Store.open(f"sqlite:///{Path(mkdtemp()) / 'kept.db'}"), rules()
    units = [UnitRow(unit.name, group.id, unit.region) for group in scheme.groups for unit in group.units]
    made = store.create_assessment(TEXT, scheme.id, dump_scheme(scheme), scheme.hash, units, TEXT, demo=True)
    for number, name in enumerate(UNITS):
        for part in ("cross", "municipal"):
            sheet = builders.ticks(name, part, str(1 + number % 4) * 19)
            store.take(made.id, f"=..\\{number}{part}.xlsx", f"{number}{part}".encode(), (sheet,), TEXT)
        store.take(made.id, f"@{number}.xlsx", f"{number}".encode(), (builders.total(name, "daily", "80"),), TEXT)
    row = store.add_fact(made.id, Fact(UNITS[0], "sanction", "记过", "2020-06-01", TEXT), TEXT, TEXT)
    store.confirm_fact(row.id, "=另一人")
    store.add_rectifications(made.id, [Finding(UNITS[1], TEXT, owner=TEXT)], TEXT)
    return store, locks.locked_of(store, made.id)


def state() -> State:
    return load_state(kept()[0], kept()[1].record.assessment)


def log() -> bytes:
    entries = kept()[0].log(kept()[1].record.assessment)
    return csv_file([[entry.actor, entry.action, subject_text(entry, {}), details_text(entry, {})] for entry in entries])


def scales() -> bytes:
    here = state()
    told = read_assessors(f"=HYPERLINK，{UNITS[3]}", UNITS)
    return scales_table.to_xlsx(here, load_scales(here, "county", "municipal", told), AT)


def differences() -> bytes:
    here = state()
    book = read_book(f"{TEXT}.xlsx", summary({TEXT[:9]: {"A1": "考核对象", "B1": "综合得分", "A2": UNITS[0], "B2": 1.5}}))
    report = crosschecked(here.results, book, recognise(book, here.scheme, [one.unit for one in here.results.units]))
    return crosscheck_list.difference_list(report, f"{TEXT}.xlsx", TEXT)


def compared() -> object:
    return side_by_side(state(), saved(TEXT, "county", w="cross:50,municipal:25,daily:25"))


def following() -> FollowUp:
    return load_follow_up(kept()[0], state(), locks.TODAY)


def document(kind: str, suffix: str) -> Callable[[], bytes]:
    def made() -> bytes:
        store, locked = kept()
        try:
            return make(kind, locked, suffix, viewer=TEXT, kept=kept_of(store, locked)).content
        except NOT_NOW as reason:
            pytest.skip(str(reason))

    return made


MAKERS: dict[str, Callable[[], bytes]] = {
    **{f"{each.id}.{suffix}": document(each.id, suffix) for each in KINDS for suffix in each.suffixes if suffix not in ("pdf", "png")},
    "ranking.csv": lambda: ranking_table.to_csv(state(), state().results.units, AT),
    "ranking.xlsx": lambda: ranking_table.to_xlsx(state(), state().results.units, AT),
    "assumptions.xlsx": lambda: assumption_table.to_xlsx(state(), AT, lambda at: AT),
    "scales.xlsx": scales,
    "differences.xlsx": differences,
    "changes.xlsx": lambda: change_table.to_xlsx(compare(kept()[0], kept()[1].record.assessment, 1, state().assessment.version), AT),
    "proposals.xlsx": lambda: follow_up_tables.proposals_xlsx(following(), AT),
    "rectifications.xlsx": lambda: follow_up_tables.rectifications_xlsx(following(), following().items, AT),
    "scenarios.xlsx": lambda: scenario_book(compared()),  # type: ignore[arg-type]
    "memo.docx": lambda: memo(compared()),  # type: ignore[arg-type]
    "scheme.xlsx": lambda: scheme_book(rules()),
    "forms.zip": lambda: blank_forms_zip(rules()),
    "filled.xlsx": lambda: filled_workbook(rules(), [builders.ticks(UNITS[0], "cross", "1" * 19)]),
    "roster.xlsx": lambda: filled_roster(rules(), [UnitRow(name, "county", "") for name in UNITS]),
    "unit changes.xlsx": lambda: unit_changes_form([UnitChange(UNITS[0], UNITS[1], "更名", note=TEXT)]),
    "facts.csv": lambda: facts_csv(state()),
    "log.csv": log,
}  # fmt: skip


@pytest.mark.parametrize("name", MAKERS)
def test_no_text_acts_in_any_file_that_leaves_the_product(name: str) -> None:
    content = MAKERS[name]()
    looked = list(inspected(name, content))
    assert looked
    assert TRICK in "".join(looked), "the texts are in the file, or nothing was tried"


def inspected(name: str, content: bytes) -> Iterator[str]:
    """Every text in a file, after it was seen that it does not act."""
    ending = name.rpartition(".")[2]
    ending = "zip" if ending in ("docx", "html") and b"word/document.xml" not in content and content[:2] == b"PK" else ending
    if ending == "zip":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for inner in archive.namelist():
                assert not re.search(r"(^|/)\.\.(/|$)|^/|\\|:", inner)
                if not inner.startswith("原始评分表/"):
                    yield from inspected(inner, archive.read(inner))
    elif ending == "xlsx":
        yield from _workbook(content)
    elif ending == "csv":
        for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))):
            for text in row:
                assert not text.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))
                yield text
    elif ending in ("docx", "pptx"):
        yield from _office(content)
    elif ending == "html":
        yield from _page(content.decode())
    elif ending in ("json", "yaml", "txt"):
        yield content.decode("utf-8-sig")


def _workbook(content: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert not [name for name in archive.namelist() if re.search("externalLink|vbaProject|connections", name)]
        assert not [name for name in archive.namelist() if b'TargetMode="External"' in archive.read(name)]
    for sheet in openpyxl.load_workbook(io.BytesIO(content)).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.hyperlink is None or cell.hyperlink.target is None
                if cell.data_type == "f":
                    bare = re.sub(r'"(?:[^"]|"")*"|\'(?:[^\']|\'\')*\'', "", str(cell.value))
                    assert TRICK not in bare
                elif isinstance(cell.value, str):
                    assert cell.quotePrefix or not cell.value.startswith(("=", "+", "-", "@", "\t", "＝", "＋", "－", "＠"))
                    yield cell.value
        for choice in sheet.data_validations.dataValidation:
            assert TRICK not in re.sub(r'"(?:[^"]|"")*"', "", str(choice.formula1))


def _office(content: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            data = archive.read(name)
            if name.endswith(".xlsx"):
                yield from _workbook(data)
            elif name.endswith((".xml", ".rels")):
                text = data.decode("utf-8")
                assert 'TargetMode="External"' not in text
                assert not [each for each in re.findall(r"<w:instrText[^>]*>([^<]*)", text) if TRICK in each or "DDE" in each]
                assert "<img" not in text
                yield re.sub(r"<[^>]+>", "", text)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        assert not [name for name in told if name.startswith("on")]
        assert tag != "img" or str(told.get("src")).startswith("data:")
        assert tag != "a" or str(told.get("href")).startswith("#")

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def _page(text: str) -> Iterator[str]:
    assert "<script>HYPERLINK" not in text
    reader = _Tags()
    reader.feed(text)
    yield from reader.texts


def test_the_texts_that_want_to_act_are_scored_like_any_other() -> None:
    assert {one.unit for one in state().results.units} == set(UNITS)
    assert all(one.score is None or one.score >= Fraction(0) for one in state().results.units)

"""Making documents: all that 报告与导出 offers of a 21-form assessment, and 乳源's 反馈单, beside the barest file of each kind."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

from docx import Document
from openpyxl import Workbook
from pptx import Presentation

from data.demo import demo_of, load_one
from data.demo.jiangmen import last_form
from data.documents.archive import kept_of
from data.documents.kinds import KINDS, NOT_NOW, Kept, Kind, make
from data.locked import Locked, lock, open_locked
from data.schemes import scheme
from data.sheets import read_file
from data.store import Store
from data.store.location import FILE_NAME, sqlite_url
from tools.bench_kit import Section, in_turns, ms, section, times

ALL_GOAL, EACH_GOAL = 10.0, 20.0  # seconds
TODAY = date(2020, 12, 8)


@section("documents")
def documents() -> Section:
    """Every kind of document in its first format, all of them together, and 反馈单 for each of 乳源's 76 帮扶单位."""
    with tempfile.TemporaryDirectory(prefix="hengxiao-bench-") as folder, _opened(folder) as store:
        county, ruyuan = _county(store), _locked(store, load_one(store, demo_of("ruyuan-2017")).id)
        kept = kept_of(store, county)
        rivals: dict[str, Callable[[], object]] = {"open and score the 锁定版": lambda: _again(store, county)}
        kinds = _kinds(county, kept)
        rivals |= {f"{each.name} .{each.suffixes[0]}": _maker(each, county, kept) for each in kinds}
        rivals["all of these, of one just opened"] = lambda: _all(kinds, _again(store, county), kept)
        helping = _helping(ruyuan)
        rivals[f"{len(helping)} 反馈单 of 乳源's 帮扶单位"] = lambda: [
            make("feedback", ruyuan, "docx", unit=u) for u in helping
        ]
        rivals |= {"bare .docx": _bare_docx, "bare .xlsx": _bare_xlsx, "bare .pptx": _bare_pptx}
        taken = in_turns(rivals, repeats=3)
    floor = taken["open and score the 锁定版"]
    rows = [(what, ms(seconds), times(seconds / floor)) for what, seconds in taken.items()]
    note = (
        f"江门's demonstration with all 21 forms; the goal is {ALL_GOAL:g} s for all its documents and {EACH_GOAL:g} s for the "
        "反馈单. A document is made once for all viewers and kept, so that this is what the first of them waits for. PDF is left "
        "out: LibreOffice takes about two seconds for it whatever is in it. A bare file is one line of text saved by the same library."
    )
    return Section("Making documents", ("what", "time", "÷ opening"), rows, note)


def _opened(folder: str) -> Store:
    return Store.open(sqlite_url(Path(folder, FILE_NAME)))


def _county(store: Store) -> Locked:
    """The county demonstration with the form that it holds back."""
    made = load_one(store, demo_of("jiangmen-2020-county"))
    form = last_form()
    reading = read_file(form.name, form.content, scheme(made.scheme_id))
    store.take(made.id, form.name, form.content, reading.sheets, "bench")
    return _locked(store, made.id)


def _locked(store: Store, assessment_id: int) -> Locked:
    known = {each.version: each.number for each in store.locked_versions(assessment_id)}
    number = known.get(store.version(assessment_id)) or lock(store, assessment_id, "bench").number
    return open_locked(store, assessment_id, number, TODAY)


def _again(store: Store, locked: Locked) -> Locked:
    return open_locked(store, locked.record.assessment, locked.record.number, TODAY)


def _kinds(locked: Locked, kept: Kept) -> list[Kind]:
    """Each kind that can be made of it: 通报 waits for the approval, 送审包 holds the others again."""
    found = []
    for kind in KINDS:
        with suppress(*NOT_NOW):
            make(kind.id, locked, kind.suffixes[0], kept=kept)
            found += [kind] if kind.id != "pack" else []
    return found


def _maker(kind: Kind, locked: Locked, kept: Kept) -> Callable[[], object]:
    return lambda: make(kind.id, locked, kind.suffixes[0], "周阅览", kept=kept)


def _all(kinds: Sequence[Kind], locked: Locked, kept: Kept) -> None:
    for kind in kinds:
        _maker(kind, locked, kept)()


def _helping(locked: Locked) -> list[str]:
    """乳源's units that take their towns' scores, the five teams (工作队) left out."""
    groups = [group.id for group in locked.state.scheme.groups if locked.state.scheme.inheritance(group.id)]
    return [result.unit for result in locked.state.results.units if result.group in groups[:-1]]


def _bare_docx() -> bytes:
    paper = Document()
    paper.add_paragraph("考核情况报告")
    return _saved(paper.save)


def _bare_xlsx() -> bytes:
    book = Workbook()
    book.worksheets[0]["A1"] = "测算工作簿"
    return _saved(book.save)


def _bare_pptx() -> bytes:
    deck = Presentation()
    deck.slides.add_slide(deck.slide_layouts[5])
    return _saved(deck.save)


def _saved(save: Callable[[io.BytesIO], object]) -> bytes:
    kept = io.BytesIO()
    save(kept)
    return kept.getvalue()

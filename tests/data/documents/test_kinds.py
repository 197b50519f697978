"""Every kind of document: what is offered, under which name, in which format, one for each unit, and refused in words."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.documents.archive import kept_of
from data.documents.file_names import safe
from data.documents.kinds import KINDS, NOT_NOW, Unready, kind, make
from data.documents.made_file import MEDIA
from data.documents.preview import contents_of, held, page_images
from data.locked import Locked, unkept
from data.store import Store
from data.store.location import FILE_NAME, sqlite_url
from tests.data.locks import TODAY, approved, locked_of
from tests.pages import builders, documents

BEGINNINGS = {
    "docx": b"PK",
    "xlsx": b"PK",
    "pptx": b"PK",
    "zip": b"PK",
    "png": b"\x89PNG",
    "pdf": b"%PDF",
    "html": b"<!",
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(sqlite_url(tmp_path / FILE_NAME)) as opened:
        yield opened


@pytest.fixture
def county(store: Store) -> Locked:
    made = builders.county(store)
    builders.last_sheet(store, made)
    return locked_of(store, made.id)


@pytest.mark.parametrize("wanted", KINDS, ids=lambda each: each.id)
def test_each_kind_says_what_it_is_for_whom_and_what_it_needs(wanted: object) -> None:
    one = kind(wanted.id)  # type: ignore[attr-defined]
    assert one.name
    assert one.whom
    assert one.about
    assert set(one.suffixes) <= set(MEDIA)
    assert one.units in ("", "each", "may")


@pytest.mark.parametrize("wanted", [each.id for each in KINDS if each.id != "notice"])
def test_each_kind_is_made_in_each_format_that_needs_no_office_program(
    store: Store, county: Locked, wanted: str
) -> None:
    for suffix in (each for each in kind(wanted).suffixes if each != "pdf"):
        made = make(wanted, county, suffix, "王复核", kept=kept_of(store, county))
        whole = "zip" if kind(wanted).units == "each" else suffix
        assert made.name.endswith(f"_锁定版第1号.{whole}")
        assert made.name == safe(made.name)
        assert made.media == MEDIA[whole]
        assert made.content.startswith(BEGINNINGS[whole])
        assert len(made.sha256) == 64


@pytest.mark.parametrize("wanted", [each.id for each in KINDS])
def test_the_same_lock_gives_the_same_bytes(store: Store, wanted: str) -> None:
    made = builders.county(store)
    builders.last_sheet(store, made)
    found = approved(store, store.assessment(made.id))
    one, other = (make(wanted, found, kind(wanted).suffixes[0], kept=kept_of(store, found)) for _ in range(2))
    assert one.sha256 == other.sha256


def test_names_say_what_of_which_year_from_which_lock(county: Locked) -> None:
    assert make("report", county, "docx").name == "2020年江门市县级_考核情况报告_锁定版第1号.docx"
    assert make("feedback", county, "docx", unit="台山市").name == "2020年江门市县级_反馈单_台山市_锁定版第1号.docx"
    assert make("picture", unkept(county.state, TODAY), "png").name == "2020年江门市县级_结果一图_未入库.png"


def test_the_viewers_name_is_in_a_document_until_approval_and_not_afterwards(store: Store) -> None:
    made = builders.county(store)
    builders.last_sheet(store, made)
    before = locked_of(store, made.id)
    assert "周阅览" in make("report", before, "html", "周阅览").content.decode()
    assert make("report", before, "docx", "甲").sha256 != make("report", before, "docx", "乙").sha256
    done = approved(store, store.assessment(made.id))
    for wanted in ("report", "html"):
        assert "周阅览" not in make(wanted, done, "html", "周阅览").content.decode()
    assert make("deck", done, "pptx", "甲").sha256 == make("deck", done, "pptx", "乙").sha256


def test_all_feedback_is_one_archive_with_a_paper_a_unit_and_tells_how_far_it_is(county: Locked) -> None:
    told: list[tuple[int, int, str]] = []
    made = make("feedback", county, "docx", progress=lambda *step: told.append(step))
    names = [each.name for each in held(made)]
    assert names == [f"2020年江门市县级_反馈单_{unit.unit}_锁定版第1号.docx" for unit in county.state.results.units]
    assert [step[:2] for step in told] == [(at, 7) for at in range(1, 8)]


def test_a_feedback_paper_names_nobody_else(county: Locked) -> None:
    others = [result.unit for result in county.state.results.units if result.unit != "台山市"]
    text = make("feedback", county, "html", unit="台山市").content.decode()
    assert "台山市" in text
    assert not [unit for unit in others if unit in text]


def test_90_units_have_90_papers_in_one_archive(store: Store) -> None:
    found = locked_of(store, documents.ruyuan(store).id)
    with zipfile.ZipFile(io.BytesIO(make("feedback", found, "docx").content)) as archive:
        assert len(archive.namelist()) == 90
        assert len({name.casefold() for name in archive.namelist()}) == 90


def test_a_notice_waits_for_the_approval_and_says_so(county: Locked) -> None:
    with pytest.raises(Unready, match="审定并批复"):
        make("notice", county, "docx")
    assert kind("notice").needs == "批复"


def test_what_there_is_not_is_refused(county: Locked) -> None:
    with pytest.raises(KeyError):
        make("novel", county, "docx")
    with pytest.raises(ValueError, match="没有 exe 格式；可用：docx、pdf、html"):
        make("report", county, "exe")
    with pytest.raises(KeyError):
        make("feedback", county, "docx", unit="台北市")


def test_nothing_handed_in_gives_words_and_no_document(store: Store) -> None:
    made = builders.county(store, daily={})
    found = unkept(locked_of(store, made.id).state, TODAY)
    empty = unkept(type(found.state)(found.state.assessment, found.state.own, found.state.scheme, (), (), {},
                                     found.state.assess_with(found.state.scheme)), TODAY)  # fmt: skip
    assert all(said(each.id, empty).endswith("。") for each in KINDS)


def said(wanted: str, locked: Locked) -> str:
    """Why a document is not made; for one that is made, that it was."""
    try:
        make(wanted, locked, kind(wanted).suffixes[0])
    except NOT_NOW as reason:
        return str(reason)
    return "已生成。"


def test_an_archive_is_looked_at_by_its_list_and_a_picture_by_itself(store: Store, county: Locked) -> None:
    pack = make("pack", county, "zip", kept=kept_of(store, county))
    assert "考核情况报告" in contents_of(pack)
    assert contents_of(make("feedback", county, "docx")) == ""
    picture = make("picture", county, "png")
    assert page_images(picture) == (picture.content,)
    assert page_images(make("html", county, "html")) == ()

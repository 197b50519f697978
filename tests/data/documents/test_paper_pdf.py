"""PDF through LibreOffice: in fonts of the right kind, several at once, never for ever, and plainly refused without it."""

from __future__ import annotations

import io
import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from data.documents import paper_pdf
from data.documents.office_fonts import STAND_INS, fonts_conf
from data.documents.paper_docx import docx
from data.documents.paper_pdf import NoOfficeError, PdfError, available, pdf, pdfs
from data.papers.paper import Heading, Text
from tests.data.paper_samples import needs_office, pages, paper

SHORT = docx(paper(Heading("一、情况"), Heading("（一）对象", 2), Text("蓬江区得分93.36分。")))


def workbook() -> bytes:
    book, kept = openpyxl.Workbook(), io.BytesIO()
    book.active["A1"] = "恩平市"
    book.save(kept)
    return kept.getvalue()


def test_files_of_several_kinds_become_pdfs_in_their_order():
    needs_office()
    assert available()
    first, second, third = pdfs([(SHORT, "docx"), (workbook(), ".xlsx"), (docx(paper(Text("台山市"))), "docx")])
    assert "蓬江区得分93.36分。" in pages(first)[0]
    assert "恩平市" in pages(second)[0]
    assert "台山市" in pages(third)[0]


def test_the_same_file_gives_the_same_pdf_dated_as_the_file_is():
    needs_office()
    first = pdf(SHORT)
    time.sleep(1.1)
    assert pdf(SHORT) == first
    read = pypdfium2.PdfDocument(first)
    assert read.get_metadata_dict()["CreationDate"].startswith("D:20201204013000")  # MOMENT, in UTC
    assert len(read) == 1


def test_song_and_fang_never_become_sans_serif():
    needs_office()
    page = pypdfium2.PdfDocument(pdf(SHORT))[0]
    fonts = {each.get_font().get_base_name() for each in page.get_objects() if hasattr(each, "get_font")}
    assert [name for name in fonts if "Sans" in name]  # 黑体
    assert [name for name in fonts if any(kind in name for kind in ("Serif", "Fang", "Song", "Kai", "Ming"))]


def test_what_is_no_office_file_is_refused():
    with pytest.raises(ValueError, match="html"):
        pdf(b"<p>", "html")
    assert pdfs([]) == ()


def test_without_libreoffice_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(paper_pdf, "_PLACES", ())
    assert not available()
    with pytest.raises(NoOfficeError, match=r"未安装 LibreOffice.*Word"):
        pdf(SHORT)


def office(folder: Path, script: str) -> Path:
    """A program of that name that does something else."""
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script stands for the office")
def test_an_office_that_hangs_is_ended_with_all_that_it_started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    office(tmp_path, f"sleep 300 & echo $! > {tmp_path}/child; wait")
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(paper_pdf, "START", 1)
    monkeypatch.setattr(paper_pdf, "EACH", 1)
    begun = time.monotonic()
    with pytest.raises(PdfError, match="已停止"):
        pdf(SHORT)
    assert time.monotonic() - begun < 60
    child = (tmp_path / "child").read_text().strip()
    told = subprocess.run(["ps", "-o", "stat=", "-p", child], capture_output=True, text=True, check=False).stdout
    assert told.strip() in ("", "Z")


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script stands for the office")
def test_an_office_that_makes_nothing_is_no_pdf(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    office(tmp_path, "exit 0")
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    with pytest.raises(PdfError, match="未能转换"):
        pdf(SHORT)


def test_who_waits_too_long_for_others_is_told_so(monkeypatch: pytest.MonkeyPatch):
    needs_office()
    monkeypatch.setattr(paper_pdf, "QUEUE", 0.1)
    with paper_pdf._TURN, pytest.raises(PdfError, match="正在转换其他文件"):
        pdf(SHORT)


def test_every_font_of_a_paper_has_stand_ins(tmp_path: Path):
    told = fonts_conf(tmp_path)
    for name, others in STAND_INS.items():
        assert f"<family>{name}</family><prefer><family>{name}</family><family>{others[0]}</family>" in told

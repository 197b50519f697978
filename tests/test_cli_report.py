"""The command report: documents from forms in a terminal, marked as what nobody has approved, or refused in words."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document

from data.documents.phone_picture import WIDTH
from tests.cli_calls import COUNTY, run, totals, worked, write


def call(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    code, printed, said = run(capsys, "report", *COUNTY, *arguments)
    assert printed == "", "a document is a file; nothing else is printed"
    return code, said


def paper(path: Path) -> str:
    document = Document(str(path))
    told = [each.text for each in document.paragraphs]
    return "\n".join(told + [cell.text for table in document.tables for row in table.rows for cell in row.cells])


def test_a_report_holds_the_scores_of_the_forms(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "报告.docx"
    code, said = call(capsys, "--kind", "report", "--out", str(out), *worked(tmp_path))
    assert code == 0
    assert f"已写出 {out}" in said
    text = paper(out)
    assert "88.97" in text, "42263/475 by hand"
    assert "数据未齐" in text


@pytest.mark.parametrize(
    ("kind", "ending", "begins"),
    [("report", "html", b"<!"), ("deck", "pptx", b"PK"), ("workbook", "xlsx", b"PK"), ("picture", "png", b"\x89PNG"),
     ("html", "html", b"<!"), ("matters", "docx", b"PK"), ("readings", "docx", b"PK"), ("evidence", "docx", b"PK")],
)  # fmt: skip
def test_the_ending_of_the_file_sets_the_format(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str, ending: str, begins: bytes
) -> None:
    out = tmp_path / "out" / f"文件.{ending}"
    out.parent.mkdir()
    code, said = call(capsys, "--kind", kind, "--out", str(out), *worked(tmp_path))
    assert code == 0, said
    assert out.read_bytes().startswith(begins)
    assert [path.name for path in out.parent.iterdir()] == [out.name], "nothing half written is left"


def test_every_document_of_a_terminal_says_that_nothing_of_it_is_kept_or_approved(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "完整结果.html"
    assert call(capsys, "--kind", "html", "--out", str(out), *worked(tmp_path))[0] == 0
    html = out.read_text(encoding="utf-8")
    assert "内部资料·未经审定" in html
    assert "未入库" in html
    assert "示例数据" not in html


def test_feedback_for_one_unit_is_a_paper_and_for_all_an_archive(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    forms = worked(tmp_path)
    one, every = tmp_path / "反馈单.docx", tmp_path / "反馈单.zip"
    assert call(capsys, "--kind", "feedback", "--unit", "鹤山市", "--out", str(one), *forms)[0] == 0
    assert "88.97" in paper(one)
    assert call(capsys, "--kind", "feedback", "--out", str(every), *forms)[0] == 0
    with zipfile.ZipFile(io.BytesIO(every.read_bytes())) as archive:
        assert len(archive.namelist()) == 7
        assert all(name.endswith(".docx") for name in archive.namelist())


def test_a_situation_named_in_the_call_limits_the_grade_in_the_document(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    forms, out = totals(tmp_path, "鹤山市", "95", "92", "91"), tmp_path / "完整结果.html"
    fact = ("--fact", "鹤山市,班子成员受政务处分,记过,2020-06-01,江纪〔2020〕12号")
    assert call(capsys, "--kind", "html", *fact, "--out", str(out), *forms)[0] == 0
    html = out.read_text(encoding="utf-8")
    assert "92.90" in html
    assert "有“记过”情形，按五（四）最高为“较好”" in html


def test_a_reading_named_in_the_call_is_in_force_and_still_nobody_has_confirmed_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "完整结果.html"
    assert call(capsys, "--kind", "html", "--reading", "rounding=不舍入", "--out", str(out), *worked(tmp_path))[0] == 0
    html = out.read_text(encoding="utf-8")
    assert "88.9747" in html
    assert "命令行选定" in html


def test_a_notice_is_refused_for_want_of_the_approval_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "通报.docx"
    code, said = call(capsys, "--kind", "notice", "--out", str(out), *worked(tmp_path))
    assert code == 1
    assert "通报未生成" in said
    assert "批复" in said
    assert not out.exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--kind", "report", "--out", "报告.txt"), "--out 应以 .docx、.pdf、.html 结尾"),
        (("--kind", "feedback", "--out", "反馈单.docx"), "--out 应以 .zip 结尾"),
        (("--kind", "report", "--unit", "鹤山市", "--out", "报告.docx"), "不分对象"),
        (("--kind", "feedback", "--unit", "台北市", "--out", "反馈单.docx"), "没有“台北市”这一市（区）"),
        (("--kind", "report", "--out", "没有/这个/文件夹.docx"), "写不了"),
    ],
)
def test_a_call_that_is_wrong_in_itself_is_answered_with_what_to_change(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    words: str,
) -> None:
    forms = worked(tmp_path)
    monkeypatch.chdir(tmp_path)
    code, said = call(capsys, *arguments, *forms)
    assert code == 2
    assert words in said
    assert len(list(tmp_path.iterdir())) == len(forms)


def test_no_form_is_overwritten_by_a_document_of_its_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    forms = worked(tmp_path)
    before = Path(forms[0]).read_bytes()
    code, said = call(capsys, "--kind", "workbook", "--out", forms[0], *forms)
    assert code == 2
    assert "会将其覆盖" in said
    assert Path(forms[0]).read_bytes() == before


def test_an_older_document_stays_whole_where_a_new_one_cannot_be_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "通报.docx"
    out.write_bytes(b"older")
    assert call(capsys, "--kind", "notice", "--out", str(out), *worked(tmp_path))[0] == 1
    assert out.read_bytes() == b"older"


def test_a_form_that_cannot_be_taken_is_told_and_leaves_its_component_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    forms = [*worked(tmp_path)[:2], write(tmp_path, "daily", "188.60")]
    out = tmp_path / "完整结果.html"
    code, said = call(capsys, "--kind", "html", "--out", str(out), *forms)
    assert code == 1
    assert "日常工作" in said
    assert "暂缺" in out.read_text(encoding="utf-8")


def test_the_picture_is_a_phone_wide(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "一图.png"
    assert call(capsys, "--kind", "picture", "--out", str(out), *worked(tmp_path))[0] == 0
    assert int.from_bytes(out.read_bytes()[16:20], "big") == WIDTH


@pytest.mark.parametrize("kind", ["pack", "archive", "novel"])
def test_what_a_terminal_cannot_make_is_not_offered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        call(capsys, "--kind", kind, "--out", "x.zip", *worked(tmp_path))
    assert ended.value.code == 2
    assert "没有这种写法" in capsys.readouterr().err

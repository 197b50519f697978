"""报告与导出 as a presenter uses it: choose, make, look, download, and find it in the 操作日志."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from components.meeting import export_make
from components.navigation import DOCUMENTS
from data.demo.last_year import load_last_year
from data.documents import paper_pdf
from data.documents.kinds import KINDS
from data.locked import lock
from data.store import Store, StoreProblem
from tests.data.locks import approved
from tests.pages import builders, documents
from tests.pages.builders import CLERK

Visit = Callable[..., AppTest]


@pytest.fixture(autouse=True)
def _no_office(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without LibreOffice: what is looked at is words and tables, and no test waits for a conversion."""
    monkeypatch.setattr(paper_pdf, "_office", lambda: None)


@pytest.fixture
def locked_store(county_store: Store) -> Store:
    made = county_store.assessments()[0]
    builders.last_sheet(county_store, made)
    lock(county_store, made.id, CLERK)
    return county_store


def text(at: AppTest) -> str:
    kinds = (at.markdown, at.caption, at.success, at.error, at.warning, at.info, at.subheader, at.code)
    said = [each.value for kind in kinds for each in kind]
    said += [str(value) for table in at.table for value in table.value.to_numpy().ravel()]
    return "\n".join(said).replace("\\", "").replace("\u2060", "").replace("**", "").replace("\u00a0", " ")


def links(at: AppTest) -> list[str]:
    return [each.proto.label.replace("**", "").replace("\u2060", "") for each in at.get("page_link")]


def made(at: AppTest) -> AppTest:
    """Press the button that makes the chosen document."""
    next(button for button in at.button if (button.key or "").startswith("make-")).click().run()
    assert not at.exception, at.exception[0].stack_trace
    return at


def downloads(at: AppTest) -> list[str]:
    return [each.proto.label for each in at.get("download_button")]


def test_without_a_lock_the_page_says_so_and_leads_to_lock(county_store: Store, visit: Visit) -> None:
    at = visit(DOCUMENTS)
    assert "还没有锁定版" in text(at)
    assert "去锁定与审定" in links(at)
    assert not downloads(at)


def test_every_kind_is_offered_with_whom_it_is_for_and_nothing_is_made_unasked(
    locked_store: Store, visit: Visit
) -> None:
    at = visit(DOCUMENTS)
    (kinds,) = (group for group in at.get("button_group") if group.key == "doc-box")
    assert kinds.options == [each.name for each in KINDS]
    assert "报领导小组：基本情况、指标分析、存在问题、综合评价、处理建议。" in text(at)
    assert "锁定版第1号" in text(at)
    assert "内部资料·未经审定" in text(at)
    assert not downloads(at)


def test_a_report_is_made_at_the_press_of_a_button_and_can_be_taken_along(locked_store: Store, visit: Visit) -> None:
    at = made(visit(DOCUMENTS))
    assert "2020年江门市县级_考核情况报告_锁定版第1号.docx" in text(at)
    assert "SHA-256" in text(at)
    assert downloads(at) == ["下载"]
    assert not [button for button in at.button if (button.key or "").startswith("make-")]
    assert at.get("iframe"), "without an office program the paper is looked at as a web page"


def test_what_was_made_is_there_for_the_next_viewer_of_the_same_name(locked_store: Store, visit: Visit) -> None:
    made(visit(DOCUMENTS, doc="picture"))
    assert downloads(visit(DOCUMENTS, doc="picture")) == ["下载"]


def test_without_an_office_program_no_pdf_is_offered(locked_store: Store, visit: Visit) -> None:
    at = visit(DOCUMENTS)
    (formats,) = (group for group in at.get("button_group") if group.key == "doc-format-report")
    assert formats.options == ["Word（.docx）", "网页（.html）"]
    assert "LibreOffice" in formats.help


@pytest.mark.parametrize("kind", [each.id for each in KINDS])
def test_every_kind_is_made_or_refused_in_words(locked_store: Store, visit: Visit, kind: str) -> None:
    at = made(visit(DOCUMENTS, doc=kind))
    if kind == "notice":
        assert "审定并批复" in text(at)
        assert "去锁定与审定" in links(at)
        assert not downloads(at)
    else:
        assert downloads(at) == ["下载"]


def test_why_something_cannot_be_made_yet_stays_on_the_page(locked_store: Store, visit: Visit) -> None:
    made(visit(DOCUMENTS, doc="notice"))
    assert "审定并批复" in text(visit(DOCUMENTS, doc="notice"))


def test_a_download_is_put_on_record_with_what_it_was(locked_store: Store, visit: Visit) -> None:
    at = made(visit(DOCUMENTS, doc="picture"))
    at.get("download_button")[0].click().run()
    entry = locked_store.log(limit=1)[0]
    assert entry.action == "导出文件"
    assert entry.subject == "结果一图，锁定版第1号"
    assert entry.details["document"] == "2020年江门市县级_结果一图_锁定版第1号.png"
    assert entry.details["lock"] == 1
    assert len(entry.details["sha256"]) == 64
    assert "已下载" in at.toast[0].value.replace("\\", "")
    assert downloads(at) == ["下载"], "and the document is still there"


def test_looking_and_making_put_nothing_on_record(locked_store: Store, visit: Visit) -> None:
    before = locked_store.log(limit=1)[0].hash
    made(visit(DOCUMENTS, doc="workbook"))
    assert locked_store.log(limit=1)[0].hash == before


def test_feedback_is_one_paper_for_a_unit_and_one_archive_for_all(locked_store: Store, visit: Visit) -> None:
    at = visit(DOCUMENTS, doc="feedback")
    box = next(each for each in at.selectbox if each.label == "市（区）")
    assert box.options[-1] == "全部7份（一个压缩包）"
    box.select("台山市").run()
    assert "反馈单_台山市_锁定版第1号.docx" in text(made(at))
    next(each for each in at.selectbox if each.label == "市（区）").select("").run()
    assert "反馈单_共7份_锁定版第1号.zip" in text(made(at))
    assert "2020年江门市县级_反馈单_恩平市_锁定版第1号.docx" in text(at)


def test_a_pack_is_looked_at_by_its_list(locked_store: Store, visit: Visit) -> None:
    at = made(visit(DOCUMENTS, doc="pack"))
    assert "1. 考核情况报告　对应页面：总览、排名、分项情况、结果运用" in text(at)
    assert "本图为示意图" in text(at), "it holds a map"


def test_the_workbooks_preview_shows_the_figures_known_by_hand(locked_store: Store, visit: Visit) -> None:
    at = made(visit(DOCUMENTS, doc="workbook"))
    rows = at.table[0].value.to_numpy().tolist()
    assert ["3", "新会区", "94.00", "◆ 较好", "94.47", "93.95", "93.42"] in rows
    assert ["6", "恩平市", "82.08", "◆ 较好", "85.00", "80.26", "80.00"] in rows


def test_a_reminder_about_maps_stands_beside_what_shows_one(locked_store: Store, visit: Visit) -> None:
    assert "取得审图号" in text(made(visit(DOCUMENTS, doc="html")))
    assert "取得审图号" not in text(made(visit(DOCUMENTS, doc="picture")))


def test_the_viewers_name_makes_a_document_of_its_own_until_approval(locked_store: Store, visit: Visit) -> None:
    at = made(visit(DOCUMENTS, doc="html"))
    at.text_input(key="actor-box").set_value("周阅览").run()
    assert not downloads(at), "another name, another watermark"
    made(at)
    assert "周阅览" in at.get("iframe")[0].proto.srcdoc


def test_after_approval_a_notice_can_be_made_and_bears_no_marking(page_store: Store, visit: Visit) -> None:
    county = builders.county(page_store)
    builders.last_sheet(page_store, county)
    approved(page_store, page_store.assessment(county.id))
    at = made(visit(DOCUMENTS, doc="notice"))
    assert "2020年江门市县级_通报_锁定版第1号.docx" in text(at)
    assert downloads(at) == ["下载"]


def test_an_unknown_kind_in_the_address_is_the_report(locked_store: Store, visit: Visit) -> None:
    assert "生成考核情况报告" in [button.label for button in visit(DOCUMENTS, doc="<script>").button]


def test_a_failure_to_record_is_told(locked_store: Store, visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    at = made(visit(DOCUMENTS, doc="picture"))

    def full(*_: object) -> None:
        raise StoreProblem("数据文件夹已满。")

    monkeypatch.setattr(Store, "record_export", full)
    at.get("download_button")[0].click().run()
    assert "未能记入操作日志：数据文件夹已满。" in at.toast[0].value.replace("\\", "")


@pytest.mark.slow
@pytest.mark.parametrize("scheme_id", documents.EVERY)
def test_the_page_works_for_every_document(page_store: Store, visit: Visit, scheme_id: str) -> None:
    found = documents.EVERY[scheme_id](page_store, 1)
    lock(page_store, found.id, CLERK)
    for kind in ("report", "workbook", "picture", "html", "feedback"):
        at = made(visit(DOCUMENTS, doc=kind))
        assert downloads(at) == ["下载"], (kind, text(at))


def test_sizes_are_told_in_kilobytes_and_megabytes() -> None:
    assert [export_make.size_text(size) for size in (512, 88_473, 1_258_291)] == ["0.5 KB", "86.4 KB", "1.2 MB"]


def test_the_report_sets_the_year_before_beside_this_one_and_is_made_anew_when_that_year_changes(
    locked_store: Store, visit: Visit
) -> None:
    assert "与2019年" not in str(made(visit(DOCUMENTS)).get("iframe")[0].proto)
    load_last_year(locked_store)
    assert "与2019年" in str(made(visit(DOCUMENTS, a="1")).get("iframe")[0].proto.srcdoc)

"""How each kind of document is made from a 锁定版: which paper, in which format, one for each unit where it is so."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from data.documents.archive import Kept, archive
from data.documents.deck import deck
from data.documents.file_names import apart
from data.documents.locked_book import locked_book
from data.documents.made_file import File, Progress, file
from data.documents.paper_docx import docx
from data.documents.paper_html import html
from data.documents.paper_pdf import pdf, pdfs
from data.documents.phone_picture import phone_picture
from data.documents.whole_html import whole_html
from data.documents.zipping import zipped
from data.geographies import Own
from data.geographies.in_use import NOTHING
from data.locked import Locked
from data.papers.evidence import evidence
from data.papers.feedback import feedback, feedbacks
from data.papers.matters import matters
from data.papers.notice import notice
from data.papers.paper import Paper, Unready
from data.papers.readings import readings
from data.papers.rectify import rectify
from data.papers.report import report
from data.papers.report_years import Earlier
from data.papers.talks import talks
from data.papers.titles import file_stem
from data.papers.words import moment

TOGETHER = 12
"""Papers turned into PDF in one call of the office program: enough to save its start, few enough to tell how far it is."""


@dataclass(frozen=True)
class Order:
    """What is asked for: the ending, whose watermark, which unit (None: all), what the store keeps, whom to tell of progress.

    ``own``: the office's own geography, for maps. ``years``: the year before, for the report.
    """

    suffix: str
    viewer: str = ""
    unit: str | None = None
    kept: Kept | None = None
    progress: Progress | None = None
    own: Own = NOTHING
    years: Earlier | None = None


Maker = Callable[[Locked, Order], File]


def stem(locked: Locked, *told: str) -> str:
    """A file's name without ending: "2020年江门市县级_汇报演示稿_锁定版第3号"."""
    number = locked.record.name if locked.record.number else "未入库"
    return file_stem(locked.state.assessment.name, *told, number)


def paper(write: Callable[[Locked], Paper]) -> Maker:
    """A paper of the whole assessment, as docx, pdf or html."""
    return lambda locked, order: laid_out(write(locked), order)


def laid_out(written: Paper, order: Order) -> File:
    """A paper in the format asked for."""
    if order.suffix == "html":
        return file(written.name, "html", html(written, order.viewer).encode())
    content = docx(written, order.viewer)
    return file(written.name, order.suffix, pdf(content, "docx") if order.suffix == "pdf" else content)


def report_file(locked: Locked, order: Order) -> File:
    """The report, with the year before beside it where one was handed in."""
    return laid_out(report(locked, order.years), order)


def feedback_file(locked: Locked, order: Order) -> File:
    """反馈单 of one unit; of all, as a zip."""
    if order.unit is not None:
        return laid_out(feedback(locked, order.unit), order)
    whole = len(locked.state.results.units)
    files = list(_counted(_each(feedbacks(locked), order), whole, order.progress))
    if not files:
        raise Unready("名单中没有考核对象，没有可反馈的结果。请先登记名单。")
    return _together(locked, "反馈单", files)


def _each(papers: Iterator[Paper], order: Order) -> Iterator[File]:
    """Every paper in its format, one after the other; PDF several at once, for the office program starts slowly."""
    if order.suffix != "pdf":
        yield from (laid_out(written, order) for written in papers)
        return
    waiting: list[Paper] = []
    for written in papers:
        waiting.append(written)
        if len(waiting) == TOGETHER:
            yield from _as_pdf(waiting, order)
            waiting = []
    yield from _as_pdf(waiting, order)


def _as_pdf(papers: Sequence[Paper], order: Order) -> Iterator[File]:
    made = pdfs([(docx(written, order.viewer), "docx") for written in papers]) if papers else ()
    yield from (file(written.name, "pdf", content) for written, content in zip(papers, made, strict=True))


def _counted(files: Iterator[File], whole: int, progress: Progress | None) -> Iterator[File]:
    for at, one in enumerate(files, start=1):
        if progress:
            progress(at, whole, one.name)
        yield one


def _together(locked: Locked, name: str, files: Sequence[File]) -> File:
    names = apart(one.name for one in files)
    entries = [(told, one.content) for told, one in zip(names, files, strict=True)]
    return file(stem(locked, name, f"共{len(files)}份"), "zip", zipped(entries, moment(locked)))


def rectify_file(locked: Locked, order: Order) -> File:
    """整改通知 for one unit, or one for all who have to mend something."""
    return laid_out(rectify(locked, order.unit), order)


def deck_file(locked: Locked, order: Order) -> File:
    """The slides."""
    content = deck(locked, viewer=order.viewer, own=order.own)
    return file(stem(locked, "汇报演示稿"), order.suffix, pdf(content, "pptx") if order.suffix == "pdf" else content)


def book_file(locked: Locked, order: Order) -> File:
    """The workbook."""
    return file(stem(locked, "测算工作簿"), "xlsx", locked_book(locked, order.viewer))


def picture_file(locked: Locked, order: Order) -> File:
    """The picture for a phone."""
    return file(stem(locked, "结果一图"), "png", phone_picture(locked, order.viewer))


def html_file(locked: Locked, order: Order) -> File:
    """The whole result as one HTML file."""
    return file(stem(locked, "完整结果"), "html", whole_html(locked, order.viewer, order.own).encode())


def archive_file(locked: Locked, order: Order) -> File:
    """The archive. Raises Unready where no store keeps the originals (命令行)."""
    if order.kept is None:
        raise Unready("归档包须由系统内的锁定版生成：命令行的结果没有入库，没有原件可归档。")
    return file(stem(locked, "归档包", locked.record.code), "zip", archive(locked, order.kept))


notice_file = paper(notice)
talks_file, readings_file = paper(talks), paper(readings)
matters_file, evidence_file = paper(matters), paper(evidence)

"""The finished document looked at: its pages as pictures; without an office program as a web page; an archive by its list."""

from __future__ import annotations

import streamlit as st

from components.meeting.export_choice import Choice
from components.meeting.export_make import made_of, size_text
from components.meeting.export_shelf import Key, shelf
from components.tables import cell, table
from components.text import escape
from data.briefing import pages
from data.documents.kinds import NOT_NOW, File
from data.documents.locked_lines import grade_heading, sections
from data.documents.paper_pdf import PdfError, available
from data.documents.preview import PAGES, contents_of, held, page_images
from data.locked import Locked

_FIRST, _LISTED, _HIGH = 3, 40, 720


def preview(locked: Locked, choice: Choice, file: File, key: Key) -> None:
    """What one is about to download."""
    st.subheader("预览", anchor=False)
    if file.suffix == "zip":
        _archive(file)
    elif file.suffix == "html":
        _web_page(file.content.decode())
    elif file.suffix == "xlsx":
        _main_table(locked)
    elif file.suffix in ("png", "pdf") or available():
        _pictures(file, key)
    else:
        _in_words(locked, choice, key)


def _pictures(file: File, key: Key) -> None:
    """The first pages; all that were drawn on demand. They are drawn once for all viewers."""
    try:
        with st.spinner("正在排版预览…"):
            found = shelf().make((*key, "pages"), lambda: page_images(file))
    except PdfError as problem:
        st.caption(escape(f"暂不能预览，不影响下载。{problem}"))
        return
    images = found if isinstance(found, tuple) else ()
    every = len(images) > _FIRST and st.toggle(
        f"显示全部{'前' if len(images) == PAGES else ''}{len(images)}页", key="preview-all"
    )
    for number, image in enumerate(images if every else images[:_FIRST], start=1):
        with st.container(border=True, key=f"preview-page-{number}"):
            st.image(image, width="stretch", alt=f"{file.name}第{number}页")


def _web_page(html: str) -> None:
    """The page within this one; its own policy lets it neither run nor fetch anything."""
    st.iframe(html, height=_HIGH, alt="网页预览")


def _archive(file: File) -> None:
    """What it holds; of a 送审包 its 目录."""
    if told := contents_of(file):
        st.code(told.replace("\r\n", "\n"), language=None, wrap_lines=True)
        return
    listed = held(file)
    table([{"文件": cell(each.name), "大小": size_text(each.size)} for each in listed[:_LISTED]], "压缩包内的文件")
    if len(listed) > _LISTED:
        st.caption(f"共{len(listed)}个文件，以上为前{_LISTED}个。")


def _main_table(locked: Locked) -> None:
    """What the workbook's first table says: place, score, grade and the parts."""
    scheme = locked.state.scheme
    for section in sections(locked):
        if section.name and section.group:
            st.markdown(f"**\u2060{escape(section.name)}\u2060**")
        rows = []
        for line in section.lines[:_LISTED]:
            row = {scheme.words.unit: cell(line.unit)}
            if scheme.judged:
                rows.append(row | {"情形和拟处理": cell("；".join(line.notes))})
                continue
            row = ({"位次": line.place} if scheme.rank.shown != "none" else {}) | row
            rows.append(row | {"综合得分": line.score, grade_heading(locked): line.sign} | dict(line.parts))
        table(rows, f"{section.name}得分和等次")
        if len(section.lines) > _LISTED:
            st.caption(f"共{len(section.lines)}行，以上为前{_LISTED}行。")
    st.caption("工作簿另有分项明细、逐项评分、等次限制、口径和条款等工作表，得分和等次均由公式算出。")


def _in_words(locked: Locked, choice: Choice, key: Key) -> None:
    """Without an office program: the paper as a web page, the slides by their messages."""
    if choice.kind.id == "deck":
        told = [{"页": str(at), "内容": cell(page.message)} for at, page in enumerate(pages(locked), start=1)]
        table(told, "演示稿各页")
        return
    try:
        made = shelf().make((*key, "words"), lambda: made_of(locked, choice, "html"))
    except NOT_NOW as problem:
        st.caption(escape(str(problem)))
        return
    if isinstance(made, File):
        _web_page(made.content.decode())

"""A document made when somebody asks for it, once for all; downloaded, and that it was taken out put on record."""

from __future__ import annotations

import streamlit as st

from components import links, session
from components.geo.found import own_geography
from components.meeting.export_choice import ALL, FORMATS, Choice
from components.meeting.export_shelf import Kept, Key, shelf, standing_key
from components.navigation import ASSUMPTIONS, LOCK, OUTCOMES, UPLOAD
from components.text import escape
from data.documents.archive import kept_of
from data.documents.kinds import NOT_NOW, File, make
from data.documents.locked_map import REMINDER, has_map
from data.documents.made_file import Progress
from data.locked import Locked
from data.papers.report_years import earlier
from data.store import StoreProblem

_WAYS = {
    "锁定与审定": LOCK, "结果运用": OUTCOMES, "口径": ASSUMPTIONS, "上报": UPLOAD,
}  # fmt: skip
"""A word in the reason why something cannot be made, and the page where that is mended."""


def key_of(locked: Locked, choice: Choice) -> Key:
    """All that the document depends on."""
    viewer = "" if locked.standing.approved else session.actor()
    return (
        locked.record.assessment, locked.record.number, standing_key(locked), choice.kind.id, choice.suffix, choice.unit,
        viewer, own_geography().version, _others(locked) if choice.kind.years else (),
    )  # fmt: skip


def _others(locked: Locked) -> tuple[int, ...]:
    """Changes whenever another year's assessment does: the report sets the latest earlier one beside this."""
    store, own = session.store(), locked.record.assessment
    marks = ((one.id, store.standing_mark(one.id)) for one in session.seen() if one.id != own)
    return tuple(number for pair in marks for number in pair)


def document(locked: Locked, choice: Choice) -> File | None:
    """The document where it has been made, else the button that makes it; or why it cannot be made yet, with the ways there."""
    key = key_of(locked, choice)
    found = shelf().get(key)
    if found is None:
        place = st.empty()
        with place.container():
            pressed = st.button(
                f"生成{choice.kind.name}", icon=":material/draw:", type="primary",
                key=f"make-{choice.kind.id}-{choice.suffix}-{choice.unit}",
            )  # fmt: skip
            st.caption("生成后在此预览，确认无误再下载。生成不改变任何数据；下载记入操作日志。")
        if not pressed:
            return None
        place.empty()
        found = _made(locked, choice, key)
    if isinstance(found, File):
        return found
    if isinstance(found, str):
        _not_yet(locked, found)
    return None


def _made(locked: Locked, choice: Choice, key: Key) -> Kept | None:
    """Make it while a bar tells how far it is. What fails for a passing reason (a busy office program) is not kept."""
    bar = st.progress(0.0, text=f"正在生成{choice.kind.name}…")

    def told(done: int, whole: int, what: str) -> None:
        bar.progress(min(done / max(whole, 1), 1.0), text=f"正在生成{choice.kind.name}：{done}/{whole}　{what}")

    try:
        return shelf().make(key, lambda: made_of(locked, choice, choice.suffix, told))
    except NOT_NOW as reason:
        st.error(escape(str(reason)), icon=":material/error:")
        return None
    finally:
        bar.empty()


def made_of(locked: Locked, choice: Choice, suffix: str, told: Progress | None = None) -> File:
    """The document in a format, with all that this office keeps beside the 锁定版. Raises NOT_NOW."""
    store = session.store()
    years = earlier(store, locked.state) if choice.kind.years else None
    return make(
        choice.kind.id, locked, suffix, session.actor(), choice.unit, told, kept_of(store, locked), own_geography(), years
    )


def _not_yet(locked: Locked, reason: str) -> None:
    """Why it cannot be made, in its own words, and the pages where that is mended."""
    st.info(escape(reason), icon=":material/hourglass_empty:")
    for word, script in _WAYS.items():
        if word in reason:
            links.link(locked.state, script, f"去{escape(word)}", ":material/arrow_forward:", width="content")


def offer(locked: Locked, choice: Choice, file: File) -> None:
    """The download, with what identifies the file, and the reminder about maps where it shows one."""
    with st.container(border=True, gap="small", key="document"):
        st.markdown(f":material/description: **\u2060{escape(file.name)}\u2060**")
        st.caption(escape(f"{FORMATS[file.suffix]}　{size_text(len(file.content))}　SHA-256 {file.sha256[:16]}…"))
        st.download_button(
            "下载", file.content, file.name, file.media, icon=":material/download:", type="primary", key="document-download",
            on_click=_record, args=(locked, choice, file),
        )  # fmt: skip
        if choice.kind.has_map and has_map(locked):
            st.caption(escape(REMINDER))
    if told := st.session_state.pop("document-told", ""):
        st.toast(escape(told), icon=":material/history:")


def _record(locked: Locked, choice: Choice, file: File) -> None:
    """Put on record who took what out."""
    whose = choice.unit or ("全部" if choice.kind.units else ALL)
    what = f"{choice.kind.name}{f'（{whose}）' if whose else ''}"
    details = {
        "kind": choice.kind.id, "lock": locked.record.number, "fingerprint": locked.record.code, "document": file.name,
        "sha256": file.sha256,
    }  # fmt: skip
    try:
        session.store().record_export(
            locked.record.assessment, f"{what}，{locked.record.name}", details, session.actor()
        )
    except StoreProblem as problem:
        st.session_state["document-told"] = f"未能记入操作日志：{problem}"
    else:
        st.session_state["document-told"] = f"已下载{file.name}，并记入操作日志。"


def size_text(size: int) -> str:
    """ "86.4 KB", "1.2 MB"."""
    return f"{size / 1024:.1f} KB" if size < 1024 * 1024 else f"{size / 1024 / 1024:.1f} MB"

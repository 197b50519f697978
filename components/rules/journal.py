"""What 操作日志 draws: the entries in words, the filters, the check of the chain, and the file for Excel."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

import streamlit as st

from components import days, session
from components.navigation import CHANGES, PAGES
from components.tables import bold, cell, table
from components.text import escape
from data import schemes
from data.changes import may_matter
from data.log_text import csv_file, details_text, subject_text
from data.state import State
from data.store import Assessment, LogEntry, StoreProblem
from scoring.load import load_scheme
from scoring.scheme import Scheme
from scoring.scheme_text import SchemeError

LENGTH = 25
"""Entries on one page of the table."""

EVERYTHING = 1_000_000
_WHOLE = "\u2060"
"""Joins letters that no line's end may part."""
_CHANGES = next(entry.url for entry in PAGES if entry.script == CHANGES)
_WIDE = """
<style>
@media (min-width: 1024px) {
  .st-key-log-table td:last-child > div { max-width: none }
  .st-key-log-table :is(th, td):not(:last-child) { width: 1% }
  .st-key-log-table :is(th, td):not(:last-child) p { white-space: nowrap }
}
</style>
"""
"""The details take the width that is left: Streamlit's own limit of 400 px makes them tall beside an empty half page."""
ALL = "全部"
HEADER = ("序号", "时间（北京时间）", "操作人", "事项", "对象", "详情", "年度考核", "数据版本", "校验值")


@st.cache_data(show_spinner=False, max_entries=64)
def _own_names(text: str) -> dict[str, str]:
    try:
        return _names_of(load_scheme(text))
    except SchemeError:  # an assessment that cannot be opened still has its log
        return {}


def _names_of(scheme: Scheme) -> dict[str, str]:
    return {part.id: part.name for part in scheme.components} | {kind.id: kind.name for kind in scheme.facts}


@st.cache_data(show_spinner=False)
def _shipped_names() -> dict[str, str]:
    return {key: name for id_ in schemes.scheme_ids() for key, name in _names_of(schemes.scheme(id_)).items()}


def names(assessments: Sequence[Assessment]) -> dict[int | None, dict[str, str]]:
    """Assessment id → the Chinese of its scheme's component and fact ids; None: of every scheme we know."""
    known: dict[int | None, dict[str, str]] = {None: _shipped_names()}
    return known | {one.id: _shipped_names() | _own_names(one.scheme_text) for one in assessments}


@st.cache_resource(show_spinner=False, max_entries=4)
def _read(only: int | None, last: str, sight: tuple[str, ...]) -> tuple[LogEntry, ...]:
    """``last`` is the last entry's hash: nothing is read again while nobody has changed anything. ``sight``: whose it is."""
    return tuple(session.store().log(only, limit=EVERYTHING))


def entries_of(only: int | None) -> tuple[LogEntry, ...]:
    """The whole log of one assessment, or of all, newest first."""
    return _read(only, newest(), session.sight(only))


def newest() -> str:
    """The hash of the last entry of all; nothing while there is none."""
    last = session.store().log(limit=1)
    return last[0].hash if last else ""


@st.fragment(run_every=session.LIVE, key="log-watch")
def watch(drawn: str) -> None:
    """Draw the page anew once anyone has added to the log. Not every entry moves an assessment's version."""
    try:
        moved = newest() != drawn
    except StoreProblem as problem:
        st.caption(escape(str(problem)))
        return
    if moved:
        st.rerun()


def filters(
    entries: Sequence[LogEntry], known: Mapping[int | None, dict[str, str]], units: Sequence[str] = ()
) -> list[LogEntry]:
    """Draw the filters (person, action, unit, words, period) and return the entries that pass."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        actor = st.selectbox("操作人", [ALL, *sorted({entry.actor for entry in entries})], key="log-actor")
        action = st.selectbox("事项", [ALL, *sorted({entry.action for entry in entries})], key="log-action")
        unit = st.selectbox("单位", [ALL, *units], key="log-unit") if units else ALL
        wanted = (
            st.text_input(
                "对象、详情", key="log-subject", placeholder="文件名、文号、理由", icon=":material/search:", live=True
            )
            or ""
        )
        first, last = days.field("自（日期）", None, "log-from"), days.field("至（日期）", None, "log-to")
    passing = [
        entry for entry in entries
        if actor in (ALL, entry.actor) and action in (ALL, entry.action) and _within(entry, first, last)
    ]  # fmt: skip
    words = [word for word in ("" if unit == ALL else str(unit), wanted.strip()) if word]
    return [entry for entry in passing if all(word in _searched(entry, known) for word in words)]


def units_of(state: State | None) -> tuple[str, ...]:
    """The units of the chosen assessment, to pick one."""
    if state is None:
        return ()
    if state.blind:
        return tuple(unit.name for unit in state.units if state.shown(unit.name))
    return tuple(result.unit for result in state.results.units)


def _within(entry: LogEntry, first: date | None, last: date | None) -> bool:
    """Whether it was made on one of these days, Beijing's; the last one itself counts."""
    day = entry.at.astimezone(session.BEIJING).date()
    return (first is None or day >= first) and (last is None or day <= last)


def _searched(entry: LogEntry, known: Mapping[int | None, dict[str, str]]) -> str:
    """All that the table says of an entry: a unit also counts where it is one of several in a file."""
    own = _of(known, entry)
    return f"{subject_text(entry, own)}\n{details_text(entry, own)}"


def felt(entries: Iterable[LogEntry]) -> set[int]:
    """The entries (by number) whose change results can feel: the first of each version, where it is of such a kind."""
    made = {(entry.assessment, entry.version): entry for entry in entries if entry.assessment and entry.version}
    return {entry.seq for entry in made.values() if (entry.version or 0) > 1 and may_matter(entry)}


def entries_table(
    entries: Sequence[LogEntry], known: dict[int | None, dict[str, str]], matter: Collection[int] = ()
) -> None:
    """The entries, newest first, a page at a time; those that ``matter`` with the way to what came of them."""
    if not entries:
        st.markdown("没有符合条件的记录。")
        return
    pages = -(-len(entries) // LENGTH)
    at = st.session_state.get("log-page", 1) if pages > 1 else 1
    shown = entries[(min(at, pages) - 1) * LENGTH : min(at, pages) * LENGTH]
    rows = [
        {
            "时间、操作人": f"{cell(session.local(entry.at))}　{bold(entry.actor)}",
            "事项": cell(entry.action),
            "对象、详情": _told(entry, known) + (_effect(entry) if entry.seq in matter else ""),
        }
        for entry in shown
    ]
    st.html(_WIDE)
    with st.container(key="log-table"):
        table(rows, "操作日志")
    if pages > 1:
        st.pagination(pages, key="log-page")


def _effect(entry: LogEntry) -> str:
    """The way to what a change did to the results, as Markdown. The address is relative: the app may lie in a folder."""
    version = entry.version or 0
    return f"　[{_WHOLE.join('这次改动的影响')}]({_CHANGES}?a={entry.assessment}&from={version - 1}&to={version})"


def _told(entry: LogEntry, known: dict[int | None, dict[str, str]]) -> str:
    own = _of(known, entry)
    subject, details = subject_text(entry, own), details_text(entry, own)
    return "　".join(part for part in (bold(subject) if subject else "", cell(details)) if part) or "—"


def as_csv(
    entries: Sequence[LogEntry], assessments: Sequence[Assessment], known: dict[int | None, dict[str, str]]
) -> bytes:
    """The entries as a file that Excel and WPS open."""
    titles = {one.id: one.name for one in assessments}
    rows = [
        (
            entry.seq,
            f"{entry.at.astimezone(session.BEIJING):%Y-%m-%d %H:%M:%S}",
            entry.actor,
            entry.action,
            subject_text(entry, _of(known, entry)),
            details_text(entry, _of(known, entry)),
            titles.get(entry.assessment or 0, ""),
            "" if entry.version is None else entry.version,
            entry.hash,
        )
        for entry in entries
    ]
    return csv_file([HEADER, *rows])


def check() -> None:
    """Verify the whole chain and say what came of it."""
    with st.spinner("正在校验…"):
        broken = session.store().verify_log()
    if broken is None:
        st.success("日志完整：每一条都与前一条相接，没有被改动、删除或插入的痕迹。", icon=":material/verified:")
    else:
        what = cell(broken.subject or broken.action)
        st.error(
            f"日志在第{broken.seq}条（{what}）处断开：该条或其前后的记录曾被改动、删除或插入。"
            "请停止使用，保留数据库文件备查，并与最近的备份比对。", icon=":material/gpp_bad:"
        )  # fmt: skip


def _of(known: Mapping[int | None, dict[str, str]], entry: LogEntry) -> dict[str, str]:
    return known.get(entry.assessment) or known[None]

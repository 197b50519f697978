"""由存档导入: an assessment that came from another installation is called so wherever it is named, with who brought it in and when."""

from __future__ import annotations

import streamlit as st

from components import session
from components.text import escape
from data.archive_import import brought_in
from data.state import State
from data.store import LogEntry
from data.store.imports import ARCHIVE


def head(state: State) -> None:
    """The badge in the head of every page; nothing for one made here, for which the log need not be asked."""
    if ARCHIVE in state.settings:
        badge(brought_in(session.store(), state.assessment.id))


def badge(entry: LogEntry | None) -> None:
    """What the log says of the import; nothing for one made here."""
    if entry is not None:
        st.badge("由存档导入", icon=":material/unarchive:", color="violet", help=escape(f"{told(entry)}。不是在本系统新建、上报的"))


def told(entry: LogEntry) -> str:
    """李四于2020年12月8日 08:00由存档《归档包.zip》导入（原锁定版第1号）."""
    file, number = entry.details.get("document", ""), entry.details.get("number", "")
    return f"{entry.actor}于{session.local(entry.at)}由存档《{file}》导入（原锁定版第{number}号）"

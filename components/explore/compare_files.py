"""What leaves 情景比对: the memo, the workbook, the line to type, the link."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

import streamlit as st

from components.rules.roster_upload import XLSX
from components.text import escape
from data.baselines import Baseline
from data.command_lines import FACTS, SCHEME_FILE, line_of, source
from data.documents.facts_csv import facts_csv
from data.documents.file_names import safe
from data.documents.memo import memo
from data.documents.scenario_book import scenario_book
from data.scenarios import Compared
from data.state import State
from scoring.load import dump_scheme
from scoring.written_out import written_out

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def files(found: Compared) -> None:
    """The paper for the meeting and the workbook that computes for itself. Hidden names stay hidden in both."""
    name = found.state.assessment.name
    with st.container(horizontal=True):
        st.download_button(
            "下载情景比对说明（docx）", data=lambda: memo(found), file_name=safe(f"{name}_情景比对说明.docx"), mime=DOCX,
            icon=":material/description:", on_click="ignore", key="compare-memo",
        )  # fmt: skip
        st.download_button(
            "下载比对工作簿（xlsx）", data=lambda: scenario_book(found), file_name=safe(f"{name}_情景比对.xlsx"), mime=XLSX,
            icon=":material/download:", on_click="ignore", key="compare-book",
        )  # fmt: skip


def lines(found: Compared, where: Baseline) -> None:
    """命令行: one line a scenario; of another assessment's marks there is none, for no file holds them under this scheme."""
    with st.expander("命令行", icon=":material/terminal:", key="compare-lines"):
        if not where.own:
            st.caption("所用评分沿用自另一次考核，没有可直接读取的评分表，不提供命令行。")
            return
        facts = f"；{FACTS} 为登记的情形" if found.state.facts else ""
        st.caption(f"在装有本系统的机器上执行，得到与本页相同的结果。评分表/*.xlsx 为存放评分表的文件夹{facts}，请换成实际位置。")
        for column in found.columns:
            if column.scenario or column.key == "document":
                st.markdown(f"**\u2060{escape(column.name)}\u2060**")
                st.code(line_of(found, column), language="bash", wrap_lines=True)
        with st.container(horizontal=True):
            _scheme_file(found.state)
            _facts_file(found)


def _scheme_file(state: State) -> None:
    """The scheme as a file where the program does not have it by name."""
    if source(state) == SCHEME_FILE:
        st.download_button(
            "下载方案文件（yaml）", data=lambda: dump_scheme(written_out(state.own)).encode(), file_name=SCHEME_FILE,
            mime="application/yaml", icon=":material/download:", on_click="ignore", key="compare-scheme",
        )  # fmt: skip


def _facts_file(found: Compared) -> None:
    """The registered 情形 as the table that the line names; it says who they are of, so only beside shown names."""
    if not found.state.facts:
        return
    if any(unit != shown for unit, shown in found.names.items()):
        st.caption(f"{FACTS} 列有考核对象名称，显示名称后可在此下载。")
        return
    st.download_button(
        "下载情形表（csv）", data=lambda: facts_csv(found.state), file_name=FACTS, mime="text/csv",
        icon=":material/download:", on_click="ignore", key="compare-facts",
    )  # fmt: skip


def link() -> None:
    """复制链接: the address as it stands, with everything in it."""
    with st.expander("链接", icon=":material/link:", key="compare-link"):
        st.caption("在另一台电脑打开此链接，所见的考核、基准和情景相同；名称是否显示由查看人自行选择。")
        st.code(address(str(st.context.url or ""), st.query_params.to_dict()), language=None, wrap_lines=True)


def address(page: str, asked: dict[str, str]) -> str:
    """The page's address with what it asks for, as a browser writes it."""
    bare = urlsplit(page)._replace(query="", fragment="").geturl()
    return f"{bare}?{urlencode(asked, safe=',:')}"

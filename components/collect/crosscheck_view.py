"""核对Excel, the outcome: one sentence first, then each cause with its cells, every cell, and what was not compared."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from components.tables import cell, table
from components.text import escape
from data.crosscheck.evidence import past_of
from data.documents.crosscheck_list import as_text, difference_list, why
from data.documents.file_names import safe
from data.state import State
from data.store import Store
from scoring.crosscheck.book import Book, address
from scoring.crosscheck.case import Past
from scoring.crosscheck.compare import compare
from scoring.crosscheck.layout import Layout
from scoring.crosscheck.report import UNKNOWN, Difference, Group, Report

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FEW = 12
"""So many cells of one cause are listed before the rest fold away."""


def report_of(store: Store, state: State, book: Book, layout: Layout, held: str) -> Report:
    """The comparison, made once for a workbook, its columns and a version."""
    asked = (held, state.assessment.id, state.version, layout)
    known = st.session_state.get("crosscheck-report")
    if known is None or known[0] != asked:
        with st.spinner("正在核对…"):
            known = (asked, compare(state.results, book, layout, _past(store, state)))
        st.session_state["crosscheck-report"] = known
    return known[1]


def _past(store: Store, state: State) -> Past:
    asked = (state.assessment.id, state.version)
    known = st.session_state.get("crosscheck-past")
    if known is None or known[0] != asked:
        known = (asked, past_of(store, state))
        st.session_state["crosscheck-past"] = known
    return known[1]


def verdict(report: Report) -> None:
    """How it stands, in one sentence."""
    told = escape(report.verdict())
    if not report.compared:
        st.warning(told, icon=":material/help:")
    elif report.agreed:
        st.success(f"**\u2060{told}\u2060**", icon=":material/task_alt:")
    else:
        st.error(f"**\u2060{told}\u2060**", icon=":material/difference:")
    kinds = f"其中{report.formulas}格是公式，逐个重算过。" if report.formulas else "表中没有公式，只核对了数值。"
    st.caption(f"比较的是保留到公布位数后的数（综合得分按方案的小数位数，各考核方式至少两位）。{kinds}" if report.compared else "")


def groups(report: Report) -> None:
    """Each cause with the cells that have it, and those that only follow."""
    if report.groups:
        st.subheader("原因", anchor=False)
    for number, group in enumerate(report.groups, start=1):
        _group(report, number, group)


def _group(report: Report, number: int, group: Group) -> None:
    icon = ":material/help:" if group.code == UNKNOWN else ":material/build:"
    follow = f"，另有{len(group.follow)}格由此引起" if group.follow else ""
    with st.container(border=True):
        st.markdown(f"{icon} **\u2060{number}．{escape(report.title(group))}\u2060**：{len(group.roots)}格{follow}")
        for one in group.roots[:FEW]:
            _root(report, one)
        if len(group.roots) > FEW:
            rest = "、".join(address(one.at, group.roots[0].at[0]) for one in group.roots[FEW:])
            st.caption(escape(f"另有{len(group.roots) - FEW}格原因相同：{rest}"))
        if group.follow:
            st.caption(escape(f"由此引起：{'、'.join(_short(one, group.roots[0]) for one in group.follow)}"))
        _steps(report, group)


def _root(report: Report, one: Difference) -> None:
    where = escape(f"{one.at[0]}!{address(one.at, one.at[0])} {report.label(one)}")
    st.markdown(f"{where}：表中{escape(one.book)}，本系统**\u2060{escape(one.engine)}\u2060**。{escape(why(one))}。")


def _short(one: Difference, near: Difference) -> str:
    return f"{address(one.at, near.at[0])}（{one.book}，应为{one.engine}）"


def _steps(report: Report, group: Group) -> None:
    """The engine's own steps for the cells of a cause."""
    told = [(one, steps) for one in group.roots[:FEW] if (steps := report.steps(one))]
    if not told:
        return
    with st.expander("本系统的计算步骤"):
        for one, steps in told:
            lines = "；".join(f"{step.what}（{step.cite}）" if step.cite else step.what for step in steps)
            st.markdown(escape(f"{report.label(one)}：{lines}"))


def remarks(report: Report) -> None:
    """Units that are missing, unknown or twice."""
    if report.remarks:
        st.subheader("名单", anchor=False)
        table([{"单元格": cell(one.where) or "—", "问题": cell(one.text)} for one in report.remarks], "名单问题")


def cells(report: Report) -> None:
    """Every differing cell, one a line."""
    if report.differences:
        with st.expander(f"逐格清单（{len(report.differences)}格）", icon=":material/table_rows:"):
            table([_row(report, one) for one in report.differences], "逐格清单")


def _row(report: Report, one: Difference) -> dict[str, str]:
    return {
        "单元格": cell(f"{one.at[0]}!{address(one.at, one.at[0])}"),
        "对象与项目": cell(report.label(one)),
        "表中": cell(one.book),
        "本系统": cell(one.engine),
        "原因": cell(why(one)),
    }


def not_compared(report: Report) -> None:
    """In words, what was left out."""
    if report.notes:
        st.caption(escape(f"未核对：{'；'.join(report.notes)}。"))


def takeaway(report: Report, state: State, name: str) -> None:
    """The list to download and the text to copy."""
    if report.agreed or not report.compared:
        return
    stem = name.rpartition(".")[0] or name
    st.download_button(
        "下载差异清单（xlsx）", data=lambda: difference_list(report, name, state.assessment.name),
        file_name=safe(f"核对结果_{stem[:60]}.xlsx"), mime=XLSX, icon=":material/download:", on_click="ignore", key="crosscheck-list",
    )  # fmt: skip
    st.caption("清单与原表放在同一文件夹时，点单元格地址即打开原表的那一格；原表不作任何改动。")
    with st.expander("可复制的文字", icon=":material/content_copy:"):
        st.code(as_text(report, name), language=None, wrap_lines=True)


def incomplete(state: State, absent: Sequence[tuple[str, str]]) -> None:
    """Sheets that have not come: the workbook may know more than we do."""
    if absent:
        names = "、".join(f"{unit}的{state.scheme.component(part).name}" for unit, part in absent[:6])
        more = f"等{len(absent)}份" if len(absent) > 6 else ""
        st.info(escape(f"系统尚缺{names}{more}评分表，这些格按暂缺核对。"), icon=":material/hourglass_empty:")

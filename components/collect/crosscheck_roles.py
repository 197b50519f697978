"""核对Excel, before the comparison: the zone for the office's workbook, and what each of its columns is taken for."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import streamlit as st

from components.one_file import one_file
from components.tables import bold, cell
from components.text import escape
from data.crosscheck.recognise import recognise
from data.crosscheck.worker import BookReading, read_apart
from data.state import State
from scoring import exact
from scoring.crosscheck.book import Book, letters
from scoring.crosscheck.layout import IGNORE, LOOSE, UNIT, Column, Layout, Table, role_name, roles
from scoring.scheme import Scheme

_HELD = "crosscheck-book"
_CONFIRMED = "crosscheck-confirmed"


@dataclass(frozen=True)
class Held:
    """The workbook as read; its bytes are not kept. ``id`` tells it from another of the same name."""

    id: str
    name: str
    reading: BookReading


def file() -> Held | None:
    """The zone, and the workbook that lies in it: read once, in a worker, and never stored."""
    dropped = one_file("选取或拖入本单位的汇总表", "crosscheck", only="crosscheck")
    st.caption("可用.xlsx（连公式一并核对）、.xls、.et、.ods、.csv（只核对数值）；式样不限。文件只在本次核对中使用，不保存。")
    if dropped:
        name, content = dropped
        with st.spinner("正在读取…"):
            reading = read_apart(name, content)
        st.session_state[_HELD] = Held(hashlib.sha256(content).hexdigest()[:12], name, reading)
        st.session_state.pop(_CONFIRMED, None)
        st.rerun()
    held = st.session_state.get(_HELD)
    if held is not None:
        _head(held)
    return held


def _head(held: Held) -> None:
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        icon = ":material/description:" if held.reading.book else ":material/cancel:"
        st.markdown(f"{icon} {bold(held.name)}", width="content")
        st.button("移除", icon=":material/delete:", key="crosscheck-remove", on_click=_forget, type="tertiary")
    if held.reading.problem:
        told = held.reading.problem
        st.error(f"{escape(told.message)}。{escape(told.mend)}。", icon=":material/error:")


def _forget() -> None:
    st.session_state.pop(_HELD, None)
    st.session_state.pop(_CONFIRMED, None)


def confirmed(state: State, held: Held, book: Book) -> Layout | None:
    """What each column is, shown with a choice to correct it; None until somebody has confirmed it all."""
    found = _recognised(state, held, book)
    if not found.tables:
        st.error(
            f"没有找到写有考核对象的表：表中至少要有一列（或一行）写{escape(state.scheme.words.unit)}的名称，与名单一致，可省“市”“区”“镇”等字。"
            "请核对后重新放入。",
            icon=":material/search_off:",
        )
        return None
    tables = _chosen_sheets(found, held)
    done = st.session_state.get(_CONFIRMED) == held.id
    with st.expander(_title(tables), expanded=not done, icon=":material/view_column:"):
        told = [_table(state.scheme, table, f"{held.id}-{state.assessment.id}") for table in tables]
    left = tuple(dict.fromkeys(one.sheet for one in found.tables if one not in tables))
    layout = Layout(tuple(told), found.unread, left)
    if layout.open:
        names = "、".join(f"{_where(table, column)}“{cell(column.heading) or '无表头'}”" for table, column in layout.open[:8])
        st.warning(f"还有{len(layout.open)}列没有认出：{names}。请在上面指明是什么，不需核对的选“不核对”。", icon=":material/help:")
    if not done:
        if st.button("确认各列，开始核对", type="primary", disabled=bool(layout.open), key="crosscheck-confirm"):
            st.session_state[_CONFIRMED] = held.id
            st.rerun()
        return None
    return None if layout.open else layout


def _recognised(state: State, held: Held, book: Book) -> Layout:
    asked = (held.id, state.scheme.hash, state.version)
    known = st.session_state.get("crosscheck-layout")
    if known is None or known[0] != asked:
        known = (asked, recognise(book, state.scheme, [one.unit for one in state.results.units]))
        st.session_state["crosscheck-layout"] = known
    return known[1]


def _chosen_sheets(found: Layout, held: Held) -> list[Table]:
    names = list(dict.fromkeys(table.sheet for table in found.tables))
    if len(names) < 2:
        return list(found.tables)
    chosen = st.multiselect("核对哪些工作表", names, names, key=f"crosscheck-sheets-{held.id}", placeholder="请选择", select_all=False)
    return [table for table in found.tables if table.sheet in chosen]


def _title(tables: list[Table]) -> str:
    units = len({line.unit for table in tables for line in table.lines if line.unit})
    return f"认出{len(tables)}张表、{units}个考核对象，请核对各列"


def _where(table: Table, column: Column) -> str:
    return f"第{column.at}行" if table.across else f"{letters(column.at)}列"


def _table(scheme: Scheme, table: Table, held: str) -> Table:
    """One table: its columns with a choice each; a long run of items is told in one line."""
    st.markdown(f"工作表“{bold(table.sheet)}”{'（对象横排）' if table.across else ''}")
    items = [column for column in table.columns if column.role.startswith("item:")]
    if any(column.role.startswith(LOOSE) for column in items):
        table = _whose(scheme, table, items, held)
        items = [column for column in table.columns if column.role.startswith("item:")]
    if items and not items[0].role.startswith(LOOSE):
        parts = "、".join(dict.fromkeys(scheme.component(c.role.split(":")[1]).name for c in items))
        st.caption(f"{_where(table, items[0])}至{_where(table, items[-1])}：{escape(parts)}的逐项评分，共{len(items)}项")
    if table.weights:
        told = "、".join(f"{escape(scheme.component(c).name)}{exact.shown(value * 100)}％" for _, c, value in table.weights)
        st.caption(f"表中写明的权重：{told}")
    asked = [column for column in table.columns if column.role != UNIT and not column.role.startswith("item:")]
    offered = [role for role in roles(scheme) if role != UNIT]
    with st.container(key=f"crosscheck-grid-{held}-{table.sheet_id}").grid(4, min_column_width=200, gap="small"):
        for column in asked:
            table = table.with_role(column.at, _role(scheme, table, column, offered, held))
    return table


def _whose(scheme: Scheme, table: Table, items: list[Column], held: str) -> Table:
    """Ask of which component a run of items is; nothing in the sheet says so."""
    names = {part.id: part.name for part in scheme.components}
    chosen = st.selectbox(
        f"{_where(table, items[0])}至{_where(table, items[-1])}的逐项评分，是哪种考核方式？", list(names), index=None,
        format_func=names.__getitem__, key=f"crosscheck-whose-{held}-{table.sheet_id}", placeholder="请选择",
    )  # fmt: skip
    for column in items if chosen else ():
        table = table.with_role(column.at, column.role.replace(LOOSE, f"item:{chosen}:", 1))
    return table


def _role(scheme: Scheme, table: Table, column: Column, offered: list[str], held: str) -> str:
    """The choice for one column; an example stands beside its heading."""
    sample = f"（如：{column.sample[:8]}{'…' if len(column.sample) > 8 else ''}）" if column.sample else ""
    return st.selectbox(
        f"{_where(table, column)}“{cell(column.heading[:30]) or '无表头'}”{escape(sample)}",
        offered,
        index=offered.index(column.role) if column.role in offered else offered.index(IGNORE),
        format_func=lambda role: role_name(scheme, role),
        key=f"crosscheck-{held}-{table.sheet_id}-{column.at}",
        help=escape(column.why) or None,
    )

"""One table of the editor on screen: the rows to type in, then its faults; read-only once the scheme is agreed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from components.editor.draft import Base, Draft, checked, shape_of, take_edit
from components.tables import bold, cell
from components.text import escape
from scoring.scheme_faults import Told
from scoring.scheme_tables import ORDER, Column, Table

_ROW = 36  # pixels of a row
_MOST_ROWS = 20
_SHOWN_FAULTS = 12
_NUMBERS = {
    "权重", "满分", "赋分", "等次线", "序号", "次序", "个数", "期限（月）", "次数", "靠后名次",
    "每项加分", "最多加分", "每项扣分", "最多扣分", "总分不超过",
}  # fmt: skip


def edit(
    draft: Draft, table: Table, tree: dict, *, locked: bool, heading: bool, beside: Callable[[], None] | None = None
) -> None:
    """Draw one table, ``beside`` above its right end. What is typed is in the draft before the page is drawn again.

    Its faults stand below it, so that the cells stay where they are while one types.
    """
    if heading:
        st.subheader(escape(table.title), anchor=False)
    if locked:
        _read_only(table, tree)
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        more = _more_columns(table, tree)
        if beside is not None:
            beside()
    base = _base(draft, table, tree, more)
    st.data_editor(
        _frame(base.rows, table), key=base.widget, num_rows="dynamic" if table.grows else "fixed", hide_index=True,
        column_order=base.columns, column_config=_config(table, base.tree), height=_height(len(base.rows) + table.grows),
        on_change=partial(take_edit, draft, table.key), row_height=_ROW, alt=f"{table.title}，可直接修改",
        placeholder="",
    )  # fmt: skip
    faults(checked(draft.text).of(table.key))
    if table.grows:
        st.caption(_how(table))


def _how(table: Table) -> str:
    order = "改“次序”可调整先后；" if ORDER in _titles(table) else ""
    return f"双击单元格修改；{order}在最下面的空行直接填写即新增；勾选行首后按Delete键删除。"


def _titles(table: Table) -> list[str]:
    """Headings from the left; 次序 leads where rows can be put in another order."""
    return ([ORDER] if getattr(table, "ordered", False) else []) + [column.title for column in table.columns]


def faults(told: Sequence[Told]) -> None:
    """What is wrong with a table: place, reason and mend."""
    if not told:
        return
    lines = [_line(one) for one in told[:_SHOWN_FAULTS]]
    if len(told) > _SHOWN_FAULTS:
        lines.append(f"另有{len(told) - _SHOWN_FAULTS}处，请先改以上各处")
    st.error("  \n".join(lines), icon=":material/error:")


def _line(one: Told) -> str:
    where = bold(one.where) + "　" if one.where else ""
    return f"{where}{escape(one.message)}"


def _more_columns(table: Table, tree: dict) -> tuple[str, ...]:
    """Columns that are seldom filled in, chosen by the viewer; those with anything in them are always there."""
    rows = table.rows(tree)
    spare = [column.title for column in table.columns if not column.shown and not _telling(column, rows)]
    key = f"editor-more-{table.key}"
    if not spare:
        return ()
    kept = [title for title in st.session_state.get(f"{key}-kept", []) if title in spare]
    with st.popover("更多列", icon=":material/view_column:"):
        picked = st.pills("要填的列", spare, selection_mode="multi", default=kept, key=key)
    st.session_state[f"{key}-kept"] = picked
    return tuple(picked)


def _telling(column: Column, rows: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    """The rows that say something else in that column than what an absent field means."""
    usual = column.codec.say(None, {})
    return [row for row in rows if row.get(column.title) != usual]


def _base(draft: Draft, table: Table, tree: dict, more: Sequence[str]) -> Base:
    """The rows the widget was drawn from, or new ones where it is not on screen or has become another."""
    base = draft.bases.get(table.key)
    if base and base.widget in st.session_state and list(more) == base.more:
        return base
    rows = table.rows(tree)
    columns = _columns(table, rows, more)
    shape = shape_of(table, tree, columns)
    draft.bases[table.key] = Base(draft.widget(table.key), tree, rows, columns, shape, list(more))
    return draft.bases[table.key]


def _columns(table: Table, rows: Sequence[dict[str, str]], more: Sequence[str]) -> tuple[str, ...]:
    kept = [column.title for column in table.columns if column.shown or column.title in more or _telling(column, rows)]
    return tuple(title for title in _titles(table) if title == ORDER or title in kept)


def _frame(rows: Sequence[dict[str, str]], table: Table) -> pd.DataFrame:
    return pd.DataFrame([{title: row.get(title) or None for title in _titles(table)} for row in rows],
                        columns=_titles(table), dtype="str")  # fmt: skip


_ORDER_HELP = "改数字可调整先后，如2.5排在2和3之间"


def _config(table: Table, tree: dict) -> dict[str, Any]:
    config: dict[str, Any] = {ORDER: st.column_config.TextColumn(width=76, alignment="right", help=_ORDER_HELP)}
    return config | {column.title: _column(column, tree) for column in table.columns}


def _column(column: Column, tree: dict) -> Any:
    wide: Any = "large" if column.wide else None
    options = column.codec.options(tree)
    if options and not column.fixed:
        return st.column_config.SelectboxColumn(options=options, help=column.help or None, width=wide)
    aligned: Any = "right" if column.title in _NUMBERS or column.title.startswith("分值·") else None
    return st.column_config.TextColumn(help=column.help or None, width=wide, disabled=column.fixed, alignment=aligned)


def _height(rows: int) -> int:
    return _ROW * (min(max(rows, 1), _MOST_ROWS) + 1) + 2


def _read_only(table: Table, tree: dict) -> None:
    rows = table.rows(tree)
    columns = _columns(table, rows, ())
    if not rows:
        st.caption("没有内容。")
        return
    st.dataframe(_frame(rows, table), hide_index=True, column_order=columns, column_config=_config(table, tree), row_height=_ROW,
                 height=_height(len(rows)), alt=cell(table.title))  # fmt: skip

"""Fields for a day. Streamlit's own limits are ten years about today, and its refusal is English: ours are wide, and a
day that cannot be is refused where it is used, in words. An empty field says 年-月-日 by style alone, as it has no option:
where a later Streamlit draws it otherwise, its "yyyy-mm-dd" comes back and everything works as before."""

from __future__ import annotations

from datetime import date

import streamlit as st

_STYLE = """
<style>
[data-testid="stDateInputField"] [data-placeholder="true"] { font-size: 0 }
[data-testid="stDateInputField"] [data-placeholder="true"]::after { font-size: 0.875rem }
[data-testid="stDateInputField"] [data-placeholder="true"][data-type="year"]::after { content: "年" }
[data-testid="stDateInputField"] [data-placeholder="true"][data-type="month"]::after { content: "月" }
[data-testid="stDateInputField"] [data-placeholder="true"][data-type="day"]::after { content: "日" }
</style>
"""
FIRST, LAST = date(1990, 1, 1), date(2100, 12, 31)


def field(label: str, value: date | None, key: str, help: str | None = None) -> date | None:
    """A field for one day, or for none yet; any day between FIRST and LAST can be entered."""
    st.html(_STYLE)
    return st.date_input(label, value=value, format="YYYY-MM-DD", min_value=FIRST, max_value=LAST, key=key, help=help)


def future(name: str, day: date | None, today: date) -> str:
    """The refusal of something done on a day that has not come; empty where it has, or where there is none."""
    return f"{name}{day}在今天（{today}）之后；请核对年月日。" if day is not None and day > today else ""

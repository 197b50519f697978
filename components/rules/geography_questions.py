"""What a file of one's own geography leaves open: which column says what, the coordinate system, names that fit no place."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from components.tables import cell
from components.text import escape
from data.geographies import CRS_NAMES, Asked, Brought, Choices, Crs, Report
from data.regions import Place, place

UNUSED = ""
NONE = "（没有）"


def columns(opened: Brought, guess: Choices, key: str) -> Choices:
    """Which column holds the name, the code, and in a table 经度 and 纬度; each shown with what stands in it."""
    asks = [("name", "名称栏"), ("code", "代码栏")] + ([("lon", "经度栏"), ("lat", "纬度栏")] if opened.table else [])
    chosen: dict[str, str | None] = {}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for field, label in asks:
            options = [NONE, *opened.columns]
            guessed = getattr(guess, field)
            picked = st.selectbox(
                label, options, index=options.index(guessed) if guessed else 0, key=f"{key}-{field}",
                format_func=lambda name: _shown(opened, name), width=300,
            )  # fmt: skip
            chosen[field] = None if picked == NONE else picked
    if not guess.name and not guess.code:
        st.caption("看不出哪一栏是名称或代码，请选定。")
    return replace(guess, **chosen)  # type: ignore[arg-type]


def _shown(opened: Brought, name: str) -> str:
    """A column's heading with its first values: NAME：蓬江区、江海区、新会区."""
    values = opened.samples.get(name, ())
    return f"{name}：{'、'.join(values)}" if values else name


def coordinates(key: str) -> tuple[Crs, bool]:
    """坐标系, and whether latitude stands first."""
    crs = st.radio("坐标系", list(CRS_NAMES), format_func=CRS_NAMES.__getitem__, key=f"{key}-crs", horizontal=True)
    st.caption("测绘、自然资源部门提供的一般是 CGCS2000；从高德、腾讯、百度地图上取得的，选相应的一项。")
    return crs or "wgs84", st.checkbox("经纬度颠倒，读取时对调", key=f"{key}-swapped")


def names(report: Report, key: str) -> dict[int, str]:
    """Ask of each feature whose name fits no place exactly: which it is, or 不用. Nothing is chosen beforehand."""
    if report.rejected or not report.asked:
        return {}
    wanted = {each.code: each for each in report.empty}
    st.markdown(f"**名称对不上的（{len(report.asked)}个）**：请逐个确认，不取用的选“不用”。")
    if len(report.asked) > 3 and st.checkbox("其余未选的都不用", key=f"{key}-rest"):
        return {one.row.no: UNUSED for one in report.asked} | _answers(report, wanted, key)
    return _answers(report, wanted, key)


def _answers(report: Report, wanted: dict[str, Place], key: str) -> dict[int, str]:
    answers: dict[int, str] = {}
    for one in report.asked[:MOST_ASKED]:
        answer = _answer(one, wanted, key)
        if answer is not None:
            answers[one.row.no] = answer
    if len(report.asked) > MOST_ASKED:
        st.caption(f"先列{MOST_ASKED}个；其余请在文件中改正名称，或勾选“其余未选的都不用”。")
    return answers


MOST_ASKED = 40


def _answer(one: Asked, wanted: dict[str, Place], key: str) -> str | None:
    near = [each.code for each in one.candidates]
    options = [*near, *(code for code in wanted if code not in near), UNUSED]
    picked: str | None = st.selectbox(
        f"{one.row.at}“{escape(one.said)}”", options, index=None, placeholder=_hint(one), key=f"{key}-answer-{one.row.no}",
        format_func=lambda code: "不用" if code == UNUSED else _label(code, code in near), width=420,
    )  # fmt: skip
    return picked


def _hint(one: Asked) -> str:
    return f"是不是{one.candidates[0].name}？请选择" if one.candidates else "没有相近的名称，请选择"


def _label(code: str, near: bool) -> str:
    each = place(code)
    parent = place(each.parent).name if each.parent else ""
    return f"{each.name}（{parent}）" + ("，名称相近" if near else "")


def told(report: Report) -> list[dict[str, str]]:
    """The match report as rows: which feature draws which place, and how that was settled."""
    rows = [
        {"文件中": cell(f"{one.row.at} {one.said}"), "取用为": cell(f"{one.place.name} {one.place.code}"),
         "依据": "人工确认" if one.asked else "名称（代码）一致"}
        for one in report.taken
    ]  # fmt: skip
    rows += [
        {"文件中": cell(f"{one.row.at} {one.said}"), "取用为": "不用", "依据": "人工确认"}
        for one in report.asked if one.answer == UNUSED
    ]  # fmt: skip
    return rows

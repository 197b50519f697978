"""由指标表新建: an office's own table dropped in, what was recognised of it, its problems, the questions, and a scheme's draft."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from components.collect.uploads import problems_table
from components.one_file import one_file, read_once
from components.tables import bold, cell, table
from components.text import escape
from data.indicator_tables import (
    AnswersError,
    IndicatorFile,
    IndicatorTable,
    Question,
    Reading,
    read_indicator_file,
    recognise,
    scheme_text_from,
)
from data.indicator_tables.model import ROLE_WORDS, Answers
from data.indicator_tables.read import tally
from scoring import exact

_FORMATS = "可用.xlsx、.xls、.et、.ods、.csv；表头、层级和分值照原样即可，合计行、说明、加分项、扣分项会自动分开。"
_SHOWN = 40
"""Items listed at once; the others are folded."""
_ROLES = {"base": "", "bonus": "加分项", "deduction": "扣分项"}


def draw(key: str) -> str | None:
    """Draw the whole import. Returns the YAML of the draft in the run in which “生成方案草稿” was pressed, else None.

    ``key`` tells several imports on one page apart; it prefixes every key of a widget and of the session.
    """
    file = _file(key)
    if file is None:
        return None
    reading = recognise(file, _answers(key))
    _heading(reading, key)
    if reading.problems:
        problems_table(reading.problems, key, f"{file.name}的问题")
    if not reading.found:
        return None
    about, others = _parted(reading.questions)
    _ask(about, key)
    for found in reading.tables:
        _recognised(found)
    return _draft(reading, others, key)


def forget(key: str) -> None:
    """Take the file away, with the answers about it."""
    for name in [
        name for name in st.session_state if str(name).startswith((f"{key}-file", f"{key}-read", f"{key}-q-"))
    ]:
        del st.session_state[name]


def _file(key: str) -> IndicatorFile | None:
    """The file that lies in the zone, opened once; another one takes its place and its answers."""
    dropped = one_file("选取或拖入指标表", f"{key}-zone", only=key)
    st.caption(_FORMATS)
    if dropped:
        forget(key)
        st.session_state[f"{key}-file"] = dropped
        st.rerun()
    held = st.session_state.get(f"{key}-file")
    if held is None:
        return None
    name, content = held
    return read_once(f"{key}-read", content, "正在读取指标表…", lambda: read_indicator_file(name, content))


def _answers(key: str) -> Answers:
    start = f"{key}-q-"
    return {
        str(name).removeprefix(start): value
        for name, value in st.session_state.items()
        if str(name).startswith(start) and isinstance(value, str)
    }


def _heading(reading: Reading, key: str) -> None:
    """The file by name with the tally, and a button that takes it away."""
    errors = sum(problem.level == "error" for problem in reading.problems)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        if errors:
            words = f":material/cancel: 《{escape(reading.file)}》有{errors}处须改正，改正后重新放入。"
        else:
            words = f":material/check_circle: 《{escape(reading.file)}》已识别。"
        st.markdown(words, width="content")
        st.button("移除", icon=":material/delete:", key=f"{key}-remove", on_click=forget, args=[key])
    if reading.tables:
        st.markdown(bold(tally(reading.tables)))


def _parted(questions: Sequence[Question]) -> tuple[list[Question], list[Question]]:
    """Questions that change what is recognised, and the others."""
    about = [one for one in questions if one.id.startswith(("tables", "name-column", "amount-column"))]
    return about, [one for one in questions if one not in about]


def _ask(questions: Sequence[Question], key: str) -> None:
    for one in questions:
        _question(one, key)


def _question(one: Question, key: str) -> None:
    """One question with its proposed answer and why it is proposed."""
    name = f"{key}-q-{one.id}"
    label = escape(one.text)
    if one.options:
        if st.session_state.get(name) not in one.options:
            st.session_state[name] = one.default
        st.selectbox(label, one.options, key=name)
    else:
        st.session_state.setdefault(name, one.default)
        st.text_input(label, key=name, live=True)
    st.caption(escape(one.why))


def _recognised(found: IndicatorTable) -> None:
    """One table as it was understood: its columns, then its items with their cells."""
    st.markdown(f"{bold(found.title or found.sheet or '指标表')}　{cell(found.area)}")
    named = [
        f"{column.letter}列“{column.head}”＝{ROLE_WORDS[column.role]}"
        for column in found.columns
        if column.role != "other"
    ]
    st.caption(escape("各栏：" + "，".join(named)))
    rows = [_row(found, number) for number in range(len(found.items))]
    if rows:
        table(rows[:_SHOWN], f"识别出的指标：{found.title or found.sheet}")
    if len(rows) > _SHOWN:
        with st.expander(f"其余{len(rows) - _SHOWN}项"):
            table(rows[_SHOWN:], f"识别出的其余指标：{found.title or found.sheet}")


def _row(found: IndicatorTable, number: int) -> dict[str, str]:
    item = found.items[number]
    unit = "分" if found.measured == "points" or item.role != "base" else "%"
    amount = "" if item.amount is None else exact.plain(item.amount) + unit
    sort = f"（{_ROLES[item.role]}）" if _ROLES[item.role] else ""
    at = item.amount_cell.replace("?", "") or item.cell
    return {
        "类别与指标": "".join(f"{cell(name)} → " for name in item.path) + bold(item.name + sort),
        "分值或权重": cell(f"{amount}（{at}）"),
        "评分标准": cell(item.criterion if len(item.criterion) <= 60 else item.criterion[:60] + "…"),
    }


def _draft(reading: Reading, questions: Sequence[Question], key: str) -> str | None:
    """The questions as a short form, and the button; what does not fit is told while it is typed."""
    if reading.rejected:
        return None
    st.markdown(bold("表里没有写明的，请核对；没有不同的，直接生成"))
    for left, right in zip(questions[::2], [*questions[1::2], None], strict=False):
        for column, one in zip(st.columns(2), (left, right), strict=True):
            with column:
                _ask([one] if one else [], key)
    try:
        text = scheme_text_from(reading, _answers(key))
    except AnswersError as error:
        for _, message in error.faults:
            st.error(escape(message))
        text = ""
    pressed = st.button(
        "生成方案草稿", type="primary", icon=":material/note_add:", disabled=not text, key=f"{key}-draft"
    )
    return text if pressed and text else None

"""What 变动说明 draws: the two versions to choose, the headline, each unit with its causes, what was done in between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import streamlit as st

from components import grades, links, session
from components.grades import chip
from components.navigation import UNIT
from components.results import since
from components.tables import cell, table
from components.text import escape, markdown
from data.changes import Change
from data.documents.change_table import to_text, to_xlsx
from data.documents.file_names import safe
from data.state import State
from data.store import VersionEntry
from scoring.change_heads import headlines
from scoring.change_words import (
    causes,
    did,
    grade_reasons,
    headline_of,
    place_reasons,
    when,
)
from scoring.changes import Comparison, UnitChange
from scoring.exact import signed

FROM, TO, OF = "from", "to", "of"
LENGTH = 10
"""Units on one page of the list."""
_TERMS = 5
EVERYBODY = "全部"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def label(entry: VersionEntry) -> str:
    """A version as it is chosen: "第17版　2026年12月4日 09:30　上报　鹤山市第2次…"."""
    return f"第{entry.version}版　{session.local(entry.at)}　{entry.action}　{entry.subject}"


def chosen(state: State) -> tuple[int, int] | None:
    """Draw both pickers; the address keeps what was chosen. None while there is no earlier version to compare with."""
    _forget_another(state)
    entries = session.versions(state)
    kept = {entry.version: entry for entry in entries if entry.kept}
    _lost(entries)
    if len(kept) < 2:
        st.info("本年度考核至今只有一个可比较的版本，尚无变动。", icon=":material/info:")
        return None
    start = _asked(FROM, [number for number in kept if number < state.version], since.default_start(state, entries))
    end = _asked(TO, [number for number in kept if number > start], state.version)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _picker("起始版本", FROM, [number for number in reversed(kept) if number < state.version], start, kept)
        _picker("截止版本", TO, [number for number in reversed(kept) if number > start], end, kept)
    return start, end


def _forget_another(state: State) -> None:
    """Versions and the unit in the address are those of one assessment: whoever goes to another begins anew there."""
    if st.session_state.get("changes-a", state.assessment.id) != state.assessment.id:
        for key in (FROM, TO, OF):
            st.query_params.pop(key, None)
    st.session_state["changes-a"] = state.assessment.id


def _lost(entries: Sequence[VersionEntry]) -> None:
    """Say honestly from where on versions can be told."""
    lost = [entry.version for entry in entries if not entry.kept]
    if lost:
        st.caption(f"操作日志在第{max(lost) + 1}版处不完整，第{max(lost) + 1}版之前的明细未留存，不能比较。")


def _asked(key: str, offered: Sequence[int], otherwise: int) -> int:
    """The version in the address, where it is offered; one that is not is said, and the usual taken."""
    asked = st.query_params.get(key, "")
    if asked.isascii() and asked.isdigit() and int(asked) in offered:
        return int(asked)
    if asked:
        end = {FROM: "起始", TO: "截止"}[key]
        st.warning(escape(f"“{asked[:12]}”不能作为{end}版本：链接有误，或该版本的明细未留存。已改用下列版本。"),
                   icon=":material/link_off:")  # fmt: skip
    return otherwise if otherwise in offered else max(offered)


def _picker(name: str, key: str, offered: Sequence[int], value: int, known: Mapping[int, VersionEntry]) -> None:
    box = f"changes-{key}"
    st.session_state[box] = value
    st.selectbox(name, offered, key=box, format_func=lambda number: label(known[number]), on_change=_told, args=(key,),
                 width=460)  # fmt: skip


def _told(key: str) -> None:
    """The viewer chose: the address follows. An end that no longer lies after the start is forgotten."""
    st.query_params[key] = str(st.session_state[f"changes-{key}"])
    end = st.query_params.get(TO, "")
    if not (end.isascii() and end.isdigit() and int(end) > st.session_state[f"changes-{FROM}"]):
        st.query_params.pop(TO, None)


def headline(change: Change) -> None:
    """What a leader reads first."""
    with st.container(border=True, gap="xsmall", key="headline"):
        for sentence in headlines(change.comparison):
            st.markdown(markdown(sentence))
        if not change.comparison.changed:
            st.markdown(escape(_done(change.comparison)))
    if change.together:
        st.caption(
            f"两版之间共{len(change.comparison.deeds)}次改动，超过逐次说明的上限；"
            f"最早的{change.together}次合并为一步说明，其余逐次说明，各项影响之和仍等于总的变化。"
        )


def _done(comparison: Comparison) -> str:
    """What was done though nothing came of it."""
    return "发生的操作：" + "；".join(f"{when(deed)} {deed.actor} {did(deed)}" for deed in comparison.deeds[-5:]) + "。"


def units(state: State, change: Change) -> str:
    """Each unit of which there is something to tell, those first whose grade changed; returns the one that is singled out."""
    found = sorted(change.comparison.units, key=_weight)
    if not found:
        return ""
    words = state.scheme.words
    st.subheader(f"逐个说明：{len(found)}{words.measure}{words.units}", anchor=False)
    only = _only([each.unit for each in found], words.unit)
    shown = [each for each in found if only in (EVERYBODY, each.unit)]
    pages = -(-len(shown) // LENGTH)
    at = min(st.session_state.get("changes-page", 1), pages) if pages > 1 else 1
    for each in shown[(at - 1) * LENGTH : at * LENGTH]:
        _card(state, change, each)
    if pages > 1:
        st.pagination(pages, key="changes-page")
    return "" if only == EVERYBODY else only


def _only(names: Sequence[str], word: str) -> str:
    asked = st.query_params.get(OF, "")
    st.session_state["changes-of"] = asked if asked in names else EVERYBODY
    if asked and asked not in names:
        st.caption(f"{escape(asked[:40])}在两版之间没有变动，下列为全部有变动的。")
    return st.selectbox(word, [EVERYBODY, *sorted(names)], key="changes-of", on_change=_told_of, width=280)


def _told_of() -> None:
    if st.session_state["changes-of"] == EVERYBODY:
        st.query_params.pop(OF, None)
    else:
        st.query_params[OF] = st.session_state["changes-of"]


def _weight(change: UnitChange) -> tuple[bool | int, ...]:
    """What a leader wants first: another grade, a score lost or won, another place, another score, the rest."""
    before, after = change.before, change.after
    steps = abs((after.rank or 0) - (before.rank or 0)) if change.moved and before and after else 0
    return (not change.regraded, not (change.opened or change.completed), -steps, not change.delta, not change.causes)


def _card(state: State, change: Change, each: UnitChange) -> None:
    comparison = change.comparison
    with st.container(border=True, gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center"):
            if any(result.unit == each.unit for result in state.results.units):
                links.link(state, UNIT, f"**\u2060{escape(each.unit)}\u2060**", unit=each.unit, width="content")
            else:
                st.markdown(f"**\u2060{escape(each.unit)}\u2060**", width="content")
            if each.regraded and each.before and each.after:
                st.markdown(_chips(comparison, each), width="content")
        told = headline_of(comparison, each)
        if told:
            st.markdown(escape(told) + "。")
        lines = reasons(comparison, each)
        if lines:
            st.markdown("\n".join(f"- {escape(line)}" for line in lines))
        if (total := _sum(each)) and len([cause for cause in each.causes if cause.part]) > 1:
            st.caption(escape(total))


def _chips(comparison: Comparison, each: UnitChange) -> str:
    assert each.before is not None  # regraded
    assert each.after is not None
    colors, known = grades.palette(), comparison.scheme.grades
    return f"{chip(known, each.before.grade or '', colors)} → {chip(known, each.after.grade or '', colors)}"


def reasons(comparison: Comparison, each: UnitChange) -> list[str]:
    """Why, a line a cause: what was changed, what moved the grade, who moved the place."""
    year = session.now().year
    return [*causes(each, year), *grade_reasons(comparison, each), *place_reasons(comparison, each)]


def _sum(each: UnitChange) -> str:
    """The parts add up, and it is said: "各项影响合计：+1.05 -0.15 ＝ +0.90分"; of many only that they do."""
    parts = [cause.part for cause in each.causes if cause.part]
    if each.delta is None or not parts:
        return ""
    if len(parts) > _TERMS:
        return f"以上{len(parts)}项影响（含分项）精确合计{signed(sum(parts, Fraction(0)))}分，与得分变化相等"
    return f"各项影响合计：{' '.join(signed(part) for part in parts)} ＝ {signed(each.delta)}分"


def deeds(change: Change) -> None:
    """Everything done between the two versions, the newest first."""
    found = list(reversed(change.comparison.deeds))
    with st.expander(f"两版之间的操作（{len(found)}次）", icon=":material/history:"):
        rows = [
            {"版本": str(deed.version), "时间、操作人": f"{cell(when(deed))}　{cell(deed.actor)}", "操作": cell(did(deed))}
            for deed in found
        ]
        table(rows, "两版之间的操作")


def downloads(state: State, change: Change) -> None:
    """The same as a workbook and as plain text."""
    name = f"变动说明_第{change.before.version}版至第{change.after.version}版"
    at = session.local(session.now())
    with st.container(horizontal=True):
        st.download_button("下载 Excel", data=lambda: to_xlsx(change, at), file_name=safe(f"{name}.xlsx"), mime=_XLSX,
                           icon=":material/download:", key="changes-xlsx", on_click="ignore")  # fmt: skip
        st.download_button("下载文字", data=lambda: to_text(change, at), file_name=safe(f"{name}.txt"), mime="text/plain",
                           icon=":material/download:", key="changes-text", on_click="ignore")  # fmt: skip

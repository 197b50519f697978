"""指标对应 and 单位变动: what stands for what, confirmed by a person and kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from components import session
from components.access import permit
from components.collect.uploads import problems_table
from components.drop_zone import drop_zone
from components.explore.backtest import Setup
from components.rules.roster_upload import XLSX
from components.tables import cell, table
from components.text import escape
from data import backtests
from data.documents.unit_changes_form import unit_changes_form
from data.store import StoreProblem
from data.unit_changes import HEADS, WAYS, ChangesReading, UnitChange, check, left_over, read_changes
from scoring.compared import Comparison
from scoring.crosswalk import Crosswalk
from scoring.elements import Indicator
from scoring.matching import Suggestion, near_names, suggestions

_NONE = "（无对应）"
_OLD, _NEW, _HOW = "对应的上年指标", "本方案指标", "现状"


@dataclass(frozen=True)
class Tables:
    """Both schemes' items, and near names that nobody has confirmed."""

    old: tuple[Indicator, ...]
    new: tuple[Indicator, ...]
    near: tuple[Suggestion, ...]


def tables(setup: Setup) -> Tables:
    """The items of both sides."""
    old, new = setup.base.scheme.indicators_of(setup.old_group), setup.rules.indicators_of(setup.group)
    return Tables(old, new, tuple(suggestions(old, new, setup.walk.items)))


def waiting(setup: Setup) -> list[str]:
    """What a person should still look at, in words."""
    told = []
    if near := len(tables(setup).near):
        told.append(f"{near}项指标名称相近而不相同，未作对应，请在“指标对应”中确认")
    if near_units := _near_units(setup):
        pairs = "、".join(f"{old}→{new}" for old, new in near_units.items())
        told.append(f"疑似更名的单位（{pairs}）尚未登记，请在“单位变动”中登记")
    return told


def _near_units(setup: Setup) -> dict[str, str]:
    fresh = [kin.unit for kin in setup.kin if not kin.before and all(row.new != kin.unit for row in setup.changes)]
    gone = [old for old in left_over(setup.kin, setup.old_units) if all(row.old != old for row in setup.changes)]
    return near_names(gone, fresh)


def matching(setup: Setup, found: Comparison | None) -> None:
    """The correspondence: suggestions to confirm, the table to correct by hand, and what is left on both sides."""
    known = tables(setup)
    matched = len(setup.walk.of_new)
    standing = "已由人确认" if setup.confirmed else "名称相同的自动对应，尚未经人确认"
    st.markdown(f"本方案{len(known.new)}项中{matched}项有对应，上年{len(known.old)}项中{len(setup.walk.of_old)}项有对应（{standing}）。")
    _left_out(setup, known, found)
    st.markdown("**更正对应**　:gray[一项本方案指标可对应几项上年指标（取平均）；同一上年指标也可对应几项（各沿用一次）]")
    edited = _editor(setup, known)
    chosen = _suggested(setup, known)
    components = _components(setup)
    if permit.button("确认指标对应", "确认指标对应", type="primary", icon=":material/done_all:", key="backtest-keep-match"):
        walk = Crosswalk(edited | chosen, components, setup.walk.grades, setup.walk.back)
        told = f"{setup.base.assessment.name}→{setup.rules.short}：{len(walk.of_new)}项"
        _kept(lambda: backtests.keep_walk(
            session.store(), setup.state.assessment.id, setup.key, walk, session.actor(), told
        ))  # fmt: skip


def _left_out(setup: Setup, known: Tables, found: Comparison | None) -> None:
    """Unmatched items of both sides, and marks that could not be carried."""
    rows = [{"哪一方": "本方案新增，上年无评分", "指标": _name(row)} for row in known.new if row.no not in setup.walk.of_new]
    rows += [{"哪一方": "上年有、本方案无", "指标": _name(row)} for row in known.old if row.no not in setup.walk.of_old]
    if rows:
        table([{key: cell(text) for key, text in row.items()} for row in rows], "没有对应的指标")
    if found and found.uncarried:
        table([
            {
                "考核方式": cell(found.new_scheme.component(each.component).name),
                "指标": f"第{each.no}项",
                "为什么没有沿用": cell(each.why),
                "涉及": f"{len(each.units)}个",
            }
            for each in found.uncarried
        ], "没有沿用的评分")  # fmt: skip
    if found and found.lost_facts:
        st.caption(f"上年登记的情形有{len(found.lost_facts)}项本方案没有对应，未沿用。")
    pairs = [f"{old}→{new}" for old, new in setup.walk.grades if old != new]
    if pairs:
        st.caption(escape(f"等次名称不同的按位次对应：{'、'.join(pairs)}（口径，原文未规定）。"))


def _name(row: Indicator) -> str:
    return f"{row.no}．{row.name}"


def _editor(setup: Setup, known: Tables) -> frozenset[tuple[int, int]]:
    """The table of new items, each with the old ones that stand for it."""
    names = {_name(row): row.no for row in known.old}
    numbers = {no: text for text, no in names.items()}
    frame = pd.DataFrame([
        {_NEW: _name(row), _OLD: [numbers[a] for a, b in sorted(setup.walk.items) if b == row.no]} for row in known.new
    ])  # fmt: skip
    shown = st.data_editor(
        frame, hide_index=True, key=f"backtest-items-{setup.key}-{hash(setup.walk)}", disabled=[_NEW], width="stretch",
        column_config={
            _NEW: st.column_config.TextColumn(width="medium"),
            _OLD: st.column_config.MultiselectColumn(options=list(names), width="large"),
        },
    )  # fmt: skip
    return frozenset(
        (names[text], row.no)
        for row, chosen in zip(known.new, shown[_OLD], strict=True)
        for text in (chosen if chosen is not None else ())
        if text in names
    )


def _suggested(setup: Setup, known: Tables) -> frozenset[tuple[int, int]]:
    """Near names as boxes to tick: nothing is taken silently."""
    if not known.near:
        return frozenset()
    old, new = {row.no: row for row in known.old}, {row.no: row for row in known.new}
    st.markdown("**建议对应**　:gray[名称相近，勾选后按“确认指标对应”才生效]")
    return frozenset(
        (each.old, each.new)
        for each in known.near
        if st.checkbox(
            escape(f"{_name(new[each.new])}　←　上年{_name(old[each.old])}（相近{each.percent}％）"),
            key=f"backtest-near-{setup.key}-{each.old}-{each.new}",
        )
    )


def _components(setup: Setup) -> tuple[tuple[str, str], ...]:
    """For each counted component of the new scheme the old one that stands for it."""
    names = {"": _NONE} | {part.id: part.name for part in setup.base.scheme.counted}
    now = {new: old for old, new in setup.walk.components}
    word = setup.rules.words.component
    st.markdown(f"**{escape(word)}对应**")
    with st.container(horizontal=True):
        chosen = {
            part.id: st.selectbox(
                f"{part.name} ←", list(names), index=list(names).index(now.get(part.id, "")), format_func=names.__getitem__,
                key=f"backtest-part-{setup.key}-{part.id}", width=200,
            )
            for part in setup.rules.counted
        }  # fmt: skip
    pairs = [(str(old), new) for new, old in chosen.items() if old]
    doubled = {old for old, _ in pairs if sum(old == other for other, _ in pairs) > 1}
    for old in sorted(doubled):
        st.warning(f"“{escape(names[old])}”选了几次，只取第一次。", icon=":material/info:")
    return tuple(dict(reversed([(old, new) for old, new in pairs])).items())


def unit_changes(setup: Setup) -> None:
    """单位变动表: edited here or brought as a file, checked as a whole, kept when it has no fault."""
    near = _near_units(setup)
    rows = list(setup.changes) or [UnitChange(old, new, "更名") for old, new in near.items()]
    if near and not setup.changes:
        st.caption("下表已按相近的名称预填，核对后按“登记单位变动”才生效。")
    st.caption("没有写的单位按名称相同沿用。合并的得分按权数（如户数）加权平均，没有权数的取平均，"
               "合并前的情形不再限制等次（口径，原文未规定）；新设的无上年数据。")  # fmt: skip
    frame = pd.DataFrame([(r.old, r.new, r.way, r.weight, r.note) for r in rows], columns=list(HEADS), dtype=str)
    edited = st.data_editor(
        frame, hide_index=True, num_rows="dynamic", width="stretch", key=f"backtest-units-{setup.base.assessment.id}-{hash(tuple(rows))}",
        column_config={
            HEADS[0]: st.column_config.SelectboxColumn(options=list(setup.old_units)),
            HEADS[1]: st.column_config.SelectboxColumn(options=list(setup.new_units)),
            HEADS[2]: st.column_config.SelectboxColumn(options=list(WAYS)),
        },
    )  # fmt: skip
    _keep_units(setup, _rows(edited))
    _left_units(setup)
    _by_file(setup, rows)


def _rows(frame: pd.DataFrame) -> list[UnitChange]:
    found = []
    for at, row in enumerate(frame.fillna("").itertuples(index=False), 1):
        texts = [str(value).strip() for value in row]
        if any(texts):
            old, new, way, weight, note = texts
            found.append(UnitChange(old, new, way, weight, note, f"第{at}行"))
    return found


def _keep_units(setup: Setup, rows: Sequence[UnitChange]) -> None:
    problems = check(rows, setup.old_units, setup.new_units)
    if problems:
        problems_table(problems, "backtest-units", "单位变动表的问题")
    wrong, verb = bool(problems), "登记单位变动"
    if permit.button(verb, verb, type="primary", icon=":material/save:", key="backtest-keep-units", disabled=wrong):
        _keep_changes(setup, rows)


def _keep_changes(setup: Setup, rows: Sequence[UnitChange]) -> None:
    _kept(lambda: backtests.keep_changes(
        session.store(), setup.state.assessment.id, setup.base.assessment.id, rows, session.actor()
    ))  # fmt: skip


def _left_units(setup: Setup) -> None:
    gone, fresh = left_over(setup.kin, setup.old_units), [kin.unit for kin in setup.kin if not kin.before]
    for names, told in ((gone, "上年有、本年没有接续的"), (fresh, "无上年数据的")):
        if names:
            st.caption(f"{told}：{escape('、'.join(names))}")


def _by_file(setup: Setup, rows: Sequence[UnitChange]) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.download_button(
            "下载单位变动表（xlsx）", data=lambda: unit_changes_form(rows), file_name="单位变动表.xlsx", mime=XLSX,
            icon=":material/download:", on_click="ignore", key="backtest-units-form",
        )  # fmt: skip
    turn = st.session_state.setdefault("backtest-units-turn", 0)
    dropped = drop_zone("选取或拖入填好的单位变动表", f"backtest-units-file-{turn}", only="backtest-units")
    if not dropped:
        return
    reading = _read(dropped[0].getvalue(), setup.old_units, setup.new_units)
    if reading.rejected:
        st.markdown(f":material/cancel: 《{escape(dropped[0].name)}》须改正后重新放入，没有取用其中任何内容。")
        problems_table(reading.problems, "backtest-units-file", "单位变动表的问题")
        return
    st.markdown(f":material/check_circle: 《{escape(dropped[0].name)}》已读取{len(reading.changes)}行。")
    if permit.button("登记单位变动", "按文件登记单位变动", key="backtest-keep-file"):
        st.session_state["backtest-units-turn"] = turn + 1
        _keep_changes(setup, reading.changes)


@st.cache_data(show_spinner="正在读取单位变动表…", max_entries=8)
def _read(content: bytes, old: Sequence[str], new: Sequence[str]) -> ChangesReading:
    """The reading, made once for a file: a page runs again at every touch."""
    return read_changes(content, old, new)


def _kept(change: Callable[[], object]) -> None:
    try:
        change()
    except StoreProblem as problem:
        session.complain(problem)
        return
    st.rerun()

"""The pieces of 分项情况: which unit, why it has this grade, what would change it, and every mark as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import streamlit as st

from components import grades
from components.grades import chip
from components.results import unit_evidence, unit_grid
from components.results.charts import CONFIG
from components.steps import step_text
from components.tables import NO_BREAK
from components.text import escape
from components.width import column_width
from data.state import State
from scoring import exact
from scoring.explain import score_text
from scoring.firmness.words import firmness_sentences
from scoring.profile import Item, differences, items, self_difference, strongest, unit_rows, weakest
from scoring.results import ComponentResult, Step, UnitResult
from scoring.scheme import Scheme
from scoring.sentences import pending_text, recommended_text

_KEY = "unit"  # also the parameter's name in the address
_OF = "unit-of"  # the assessment whose unit was last shown
_LEFT = "unit-left"  # the unit shown before the viewer went to another assessment
_NAMED = 5  # strong or weak items told by name
_SHOWN = 6  # differences listed before the rest is only counted


def choose(state: State) -> str:
    """The unit in the address (?unit=台山市), with a way to any other and to its neighbours in 行政区划 order.

    Ends the script where the address names a unit that is not there, with the others to choose from.
    """
    names = [unit.name for unit in state.units]
    _insist_on_address(state, names)
    if st.session_state.get(_KEY) not in names:
        st.session_state.pop(_KEY, None)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        title = st.container(width="content")
        with st.container(horizontal=True, vertical_alignment="center", width="content"):
            unit = st.selectbox(
                state.scheme.words.unit, names, key=_KEY, bind="query-params", width=220, label_visibility="collapsed"
            )
            with st.container(horizontal=True, width="content"):
                at = names.index(unit)
                _step("上一个", ":material/chevron_left:", names[at - 1] if at else None)
                _step("下一个", ":material/chevron_right:", names[at + 1] if at + 1 < len(names) else None)
    title.header(escape(unit), anchor=False)
    if len(state.scheme.groups) > 1:
        title.caption(escape(state.scheme.group(state.results.of(unit).group).name))
    return unit


def _insist_on_address(state: State, names: Sequence[str]) -> None:
    """Nobody's marks are shown under another's name. Whoever goes to another assessment here begins with its first unit."""
    asked, here = st.query_params.get(_KEY, ""), state.assessment.id
    if st.session_state.get(_OF, here) != here:
        st.session_state[_LEFT] = asked  # the address may keep it until another unit is chosen
    if not asked or asked in names or asked == st.session_state.get(_LEFT):
        st.session_state[_OF] = here
        return
    unit = state.scheme.words.unit
    st.warning(escape(f"“{state.assessment.name}”没有名为“{asked[:40]}”的{unit}：链接有误，或名单已更正。请另选{unit}。"),
               icon=":material/link_off:")  # fmt: skip
    st.selectbox(
        unit, names, index=None, key="unit-instead", width=330, placeholder="请选择，可输入名称查找",
        on_change=_instead,
    )  # fmt: skip
    st.stop()


def _instead() -> None:
    """The unit chosen in place of the one that is not there: in the address, and in the field bound to it."""
    st.query_params[_KEY] = st.session_state["unit-instead"]
    go(st.session_state["unit-instead"])


def _step(label: str, icon: str, unit: str | None) -> None:
    st.button(label, icon=icon, on_click=go, args=(unit,), disabled=unit is None, help=unit and escape(unit))


def go(unit: str) -> None:
    """Look at another unit on this page; the address follows. A link would be overruled by the unit chosen here."""
    st.session_state[_KEY] = unit


def reasons(scheme: Scheme, result: UnitResult) -> None:
    """Every step from the marks to the grade and on to what follows, each with its clause or the mark of our reading."""
    st.subheader(_why(scheme, result), anchor=False)
    with st.container(border=True, gap="xsmall"):
        routine = [note for note in item_notes(result) if not telling(note)]
        for step in result.steps:
            if step not in routine:
                st.markdown(step_text(step))
        if routine:
            with st.expander(f"逐项计分说明（{len(routine)}条）"):
                st.markdown("\n".join(f"- {step_text(note)}" for note in routine))
        for warning in result.warnings:
            st.markdown(f":material/warning: {escape(warning)}")


def item_notes(result: UnitResult) -> list[Step]:
    """How each counted item that is more than a tick came to its points."""
    return [
        note
        for part in result.components.values()
        if part.counted
        for row in part.rows.values()
        for note in row.notes
    ]  # fmt: skip


def telling(note: Step) -> bool:
    """Whether a note tells of a floor or of a deduction ("第12项：…"), not only of how a value was read ("第12项为93")."""
    return "项：" in note.what.split("，")[0]


def _why(scheme: Scheme, result: UnitResult) -> str:
    if scheme.judged:
        return "情形与处理依据"
    if result.grade:
        return "为什么是这个等次"
    return "得分是怎么来的" if result.score is not None else "现在知道什么"


def changes(scheme: Scheme, result: UnitResult) -> None:
    """What would change the grade, and what would not. Nothing is said where nothing can be said."""
    told = [escape(sentence) for sentence in firmness_sentences(scheme, result)]
    if result.to_check:
        told.insert(0, escape(pending_text(result)))
    if result.recommended:
        told.insert(0, escape(recommended_text(scheme, result)))
    if told:
        st.subheader("什么会改变它", anchor=False)
        with st.container(border=True):
            st.markdown("\n".join(f"- {sentence}" for sentence in told))


def profile(scheme: Scheme, result: UnitResult) -> None:
    """Strong and weak items in words, where assessors disagree, and how it judges itself."""
    found = items(scheme, result)
    strong, weak = strongest(found), weakest(found)
    apart, own = differences(scheme, found), self_difference(result)
    if not (apart or own or strong or weak):
        return
    st.subheader("强项、弱项与分歧", anchor=False)
    with st.container(border=True, gap="small"):
        _bullets("较强的指标", _many(scheme, strong) if len(strong) > _NAMED else _named(scheme, strong))
        _bullets("较弱的指标", _named(scheme, weak))
        _bullets(
            f"不同{scheme.words.component}相差两档以上，宜复核", [item_text(scheme, item) for item in apart[:_SHOWN]]
        )
        if len(apart) > _SHOWN:
            st.caption(f"另有{len(apart) - _SHOWN}项")
        for name, more in own:
            st.markdown(_own_text(scheme, result.components[name], more))


def _named(scheme: Scheme, chosen: Sequence[Item]) -> list[str]:
    """The items one by one, the first few of many."""
    more = [f"另有{len(chosen) - _NAMED}项"] if len(chosen) > _NAMED else []
    return [item_text(scheme, item) for item in chosen[:_NAMED]] + more


def _many(scheme: Scheme, chosen: Sequence[Item]) -> list[str]:
    """Of many items that share the best points only how many they are: a row of bare numbers says nothing."""
    points = score_text(scheme, chosen[0].points or Fraction(0))
    told = f"均为满分的{points}%" if scheme.combine == "add" else f"均得{points}分"
    alike = {grade for item in chosen for grade in item.grades.values()}
    return [f"{len(chosen)}项{f'均为“{alike.pop()}”' if len(alike) == 1 else told}"]


def _bullets(title: str, lines: Sequence[str]) -> None:
    if lines:
        st.markdown("\n".join([f"**{title}**\n", *(f"- {line}" for line in lines)]))


def item_text(scheme: Scheme, item: Item) -> str:
    """One item with its marks: "第12项 产业扶贫：交叉考核一般、市级考核较差", as Markdown."""
    told = "、".join(f"{scheme.component(name).name}{grade}" for name, grade in item.grades.items())
    if not told and item.points is not None:
        unit = "%（得分占满分）" if scheme.combine == "add" else "分"
        told = f"{exact.shown(item.points, 1 if scheme.combine == 'add' else 2)}{unit}"
    return escape(f"第{item.no}项 {item.name}" + (f"：{told}" if told else ""))


def _own_text(scheme: Scheme, part: ComponentResult, more: Fraction) -> str:
    score = score_text(scheme, part.score) if part.score is not None else ""
    way = f"比综合得分{'高' if more > 0 else '低'}{score_text(scheme, abs(more))}分" if more else "与综合得分相同"
    return escape(f"{part.name}{score}分（不计分），{way}。")


def marks(state: State, result: UnitResult) -> None:
    """All marks as a picture; a click on a cell asks for its evidence."""
    parts = unit_grid.shown_parts(result)
    size, word = len(unit_rows(state.scheme, result)), state.scheme.words.component
    st.subheader(f"逐项评分：{len(parts)}种{word} × {size}项", anchor=False)
    st.caption("点击一格，查看它出自哪份评分表的哪个单元格。")
    categories(state.scheme, result)
    width = column_width("unit-width", default=620)
    figure = unit_grid.grid(state.scheme, result, grades.palette(), width)
    # A counter in the picture lets the browser forget the last click, so that the same cell can be clicked again.
    figure.layout.meta = {"clicks": st.session_state.get("unit-clicks", 0)}
    st.plotly_chart(
        figure, theme=None, key="unit-grid", on_select=_remember_click, selection_mode="points", config=CONFIG,
        alt=unit_grid.described(state.scheme, result),
    )  # fmt: skip


def categories(scheme: Scheme, result: UnitResult) -> None:
    """The grades of categories (大项等次) in one line that wraps."""
    if result.category_grades:
        colors = grades.palette()
        told = [
            f"{escape(_whole(name))}\u2060{chip(scheme.grades, g, colors).replace(f' {g}', NO_BREAK + _whole(g), 1)}"
            for name, g in result.category_grades.items()
        ]
        with st.container(key="categories"):
            st.markdown(f"**大项等次**　{'　'.join(told)}")


def _whole(name: str) -> str:
    """A name that is not torn at a line's end."""
    return "\u2060".join(name)


def _remember_click() -> None:
    if cell := unit_grid.clicked(st.session_state["unit-grid"]):
        st.session_state[unit_evidence.CLICK] = cell
        st.session_state["unit-clicks"] = st.session_state.get("unit-clicks", 0) + 1

"""The pieces of 分项情况: one unit's score, why it has this grade, what would change it, and every mark's evidence."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import streamlit as st

from components import cards as figures
from components import grades, session, unit_grid
from components.charts import CONFIG
from components.grades import chip
from components.text import escape
from components.width import column_width
from data.documents.ranking_table import outcomes
from data.state import State
from data.store import Submission
from scoring import exact
from scoring.explain import score_text
from scoring.firmness import distance, firmness_sentences
from scoring.marks import Mark
from scoring.profile import Item, differences, items, self_difference, strongest, weakest
from scoring.results import ComponentResult, Step, UnitResult
from scoring.scheme import Scheme
from scoring.sentences import pending_text

READING = "口径（原文未规定）"
_KEY = "unit"  # also the parameter's name in the address
_CLICK = "unit-cell"
_NAMED = 3  # strong or weak items told by name
_SHOWN = 6  # differences listed before the rest is only counted


def choose(state: State) -> str:
    """The unit in the address (?unit=台山市), with a way to any other and to its neighbours in 行政区划 order."""
    names = [unit.name for unit in state.units]
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
    return unit


def _step(label: str, icon: str, unit: str | None) -> None:
    st.button(label, icon=icon, on_click=_go, args=(unit,), disabled=unit is None, help=unit and escape(unit))


def _go(unit: str) -> None:
    st.session_state[_KEY] = unit


def cards(state: State, result: UnitResult) -> None:
    """Score and place, the grade by score, the grade that stands, the nearest line."""
    scheme, colors = state.scheme, grades.palette()
    with figures.cards(4):
        figures.card("综合得分", _score(scheme, result), _place(state, result))
        by_score = chip(scheme.grades, result.score_grade, colors) if result.score_grade else "暂缺"
        figures.card("按分数", by_score, _line(scheme, result))
        figures.card(
            "测算等次", chip(scheme.grades, result.grade, colors) if result.grade else "暂缺", _standing(scheme, result)
        )
        figures.card(*_distance(scheme, result))


def _score(scheme: Scheme, result: UnitResult) -> str:
    return score_text(scheme, result.score) if result.score is not None else "暂缺"


def _place(state: State, result: UnitResult) -> str:
    """The unit's place in few letters: a card on a phone holds ten."""
    if result.score is None:
        lacking = [state.scheme.component(name).name for name in result.missing]
        return f"缺{escape(lacking[0])}" if len(lacking) == 1 else f"缺{len(lacking)}份评分表"
    if result.rank is None:
        return ""
    group = state.results.group(result.group)
    shared = "并列" if sum(other.rank == result.rank for other in group) > 1 else ""
    if state.results.provisional([result]):
        return f"暂列{shared}第{result.rank}位" if shared else f"暂列第{result.rank}位，共{len(group)}{_each(state)}"
    return f"{shared}第{result.rank}位，共{len(group)}{_each(state)}"


def _each(state: State) -> str:
    return state.scheme.words.measure


def _line(scheme: Scheme, result: UnitResult) -> str:
    bands = scheme.bands.items if scheme.bands else ()
    found = next((band for band in bands if band.grade == result.score_grade), None)
    if found is None:
        return ""
    if found.min:
        return f"{exact.plain(found.min)}分以上"
    return f"{exact.plain(bands[-2].min)}分以下" if len(bands) > 1 else ""


def _standing(scheme: Scheme, result: UnitResult) -> str:
    """The one thing to know of the grade that stands; all the others are among the reasons."""
    if result.grade is None:
        return f"可能{_span(result)}" if result.possible and len(result.missing) < len(scheme.counted) else ""
    if any(limit.binds for limit in result.limits):
        return "受等次限制"
    return "有待核对的情形" if result.to_check else escape(outcomes(scheme, result))


def _span(result: UnitResult) -> str:
    grades_possible = result.possible.grades if result.possible else ()
    return "至".join(dict.fromkeys((*grades_possible[:1], *grades_possible[-1:])))


def _distance(scheme: Scheme, result: UnitResult) -> tuple[str, str, str]:
    """The card of the nearest line: upwards while there is one, else how far above the unit's own."""
    far = distance(scheme, result)
    if far.better is not None and far.up is not None:
        spare = f"高出“{result.score_grade}”线{score_text(scheme, far.down)}分" if far.down is not None else ""
        return f"按分数距“{far.better}”", f"差{score_text(scheme, far.up)}分", spare
    if far.down is not None:
        return f"高出“{result.score_grade}”线", f"{score_text(scheme, far.down)}分", "恰在线上" if not far.down else ""
    if result.possible and len(result.missing) < len(scheme.counted):
        low, high = (score_text(scheme, end) for end in (result.possible.low, result.possible.high))
        return "最低可能得分", low, f"最高{high}分"
    return "距等次线", "暂缺", ""


def reasons(scheme: Scheme, result: UnitResult) -> None:
    """Every step from the marks to the grade and on to what follows, each with its clause or the mark of our reading."""
    st.subheader("为什么是这个等次" if result.grade else "现在知道什么", anchor=False)
    with st.container(border=True, gap="xsmall"):
        for step in result.steps:
            st.markdown(_step_text(step))
        for warning in result.warnings:
            st.markdown(f":material/warning: {escape(warning)}")


def _step_text(step: Step) -> str:
    cites = [cite for cite in step.cite.split("、") if cite]
    badges = [f":{'orange' if cite == READING else 'gray'}-badge[{escape(cite)}]" for cite in cites]
    return f"{escape(step.what)} {' '.join(badges)}"


def changes(scheme: Scheme, result: UnitResult) -> None:
    """What would change the grade, and what would not. Nothing is said where nothing can be said."""
    told = [escape(sentence) for sentence in firmness_sentences(scheme, result)]
    if result.to_check:
        told.insert(0, escape(pending_text(result)))
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
        _bullets("较强的指标", _ends(scheme, strong))
        _bullets("较弱的指标", _ends(scheme, weak))
        _bullets("不同考核方式相差两档以上，宜复核", [_item_text(scheme, item) for item in apart[:_SHOWN]])
        if len(apart) > _SHOWN:
            st.caption(f"另有{len(apart) - _SHOWN}项")
        for name, more in own:
            st.markdown(_own_text(scheme, result.components[name], more))


def _ends(scheme: Scheme, chosen: Sequence[Item]) -> list[str]:
    """The items one by one; where more than a few share the same points, their numbers in one line."""
    if len(chosen) <= _NAMED:
        return [_item_text(scheme, item) for item in chosen]
    points = score_text(scheme, chosen[0].points or Fraction(0))
    return [f"第{'、'.join(str(item.no) for item in chosen)}项：均得{points}分"]


def _bullets(title: str, lines: Sequence[str]) -> None:
    if lines:
        st.markdown("\n".join([f"**{title}**\n", *(f"- {line}" for line in lines)]))


def _item_text(scheme: Scheme, item: Item) -> str:
    told = "、".join(f"{scheme.component(name).name}{grade}" for name, grade in item.grades.items())
    return escape(f"第{item.no}项 {item.name}" + (f"：{told}" if told else ""))


def _own_text(scheme: Scheme, part: ComponentResult, more: Fraction) -> str:
    score = score_text(scheme, part.score) if part.score is not None else ""
    way = f"比综合得分{'高' if more > 0 else '低'}{score_text(scheme, abs(more))}分" if more else "与综合得分相同"
    return escape(f"{part.name}{score}分（不计分），{way}。")


def marks(state: State, result: UnitResult) -> None:
    """All marks as a picture; a click on a cell asks for its evidence."""
    parts = unit_grid.shown_parts(result)
    size = len(state.scheme.indicators_of(result.group))
    st.subheader(f"逐项评分：{len(parts)}种考核方式 × {size}项", anchor=False)
    st.caption("点击一格，查看它出自哪份评分表的哪个单元格。")
    width = column_width("unit-width", default=620)
    figure = unit_grid.grid(state.scheme, result, grades.palette(), width)
    # A counter in the picture lets the browser forget the last click, so that the same cell can be clicked again.
    figure.layout.meta = {"clicks": st.session_state.get("unit-clicks", 0)}
    st.plotly_chart(
        figure, theme=None, key="unit-grid", on_select=_remember_click, selection_mode="points", config=CONFIG,
        alt=unit_grid.described(state.scheme, result),
    )  # fmt: skip


def _remember_click() -> None:
    if cell := unit_grid.clicked(st.session_state["unit-grid"]):
        st.session_state[_CLICK] = cell
        st.session_state["unit-clicks"] = st.session_state.get("unit-clicks", 0) + 1


def answer_click(state: State, unit: str) -> None:
    """Open the drawer with the evidence of the cell that was just clicked."""
    cell: unit_grid.Cell | None = st.session_state.pop(_CLICK, None)
    submission = state.submission(unit, cell[0]) if cell else None
    if cell and submission:
        st.dialog("评分依据", position="right", icon=":material/fact_check:")(_evidence)(state, submission, cell[1])
    elif cell:
        st.toast(f"{unit}的{state.scheme.component(cell[0]).name}尚未收到评分表。", icon=":material/hourglass_empty:")


def _evidence(state: State, submission: Submission, what: int | str | None) -> None:
    """What stands behind a cell: an item's mark and place, a category's subtotal, or the total that was handed in."""
    name = state.scheme.component(submission.component).name
    st.markdown(f"**{escape(submission.unit)}**　{escape(name)}")
    if isinstance(what, str):
        _subtotal(state, submission, what)
    else:
        _mark_evidence(state, submission, what)
    _opinion(submission)
    _original(submission, "drawer")


def _subtotal(state: State, submission: Submission, category: str) -> None:
    """A category's score and the items it is made of."""
    result = state.results.of(submission.unit)
    score = result.components[submission.component].categories.get(category)
    told = f"{score_text(state.scheme, score)}分" if score is not None else "各项均不适用"
    st.markdown(f"**{escape(category)}**　小计**\u2060{told}\u2060**")
    marks = {mark.indicator: mark for mark in submission.sheet.marks}
    items = [item for item in state.scheme.indicators_of(result.group) if item.path[0] == category and item.no in marks]
    st.caption(f"由以下{len(items)}项按权重汇总，满分100分。")
    lines = [f"- 第{i.no}项 {escape(i.name)}：{_given(state.scheme, marks[i.no])}" for i in items]
    st.markdown("\n".join(lines))
    st.markdown(_cell_text(submission, "", ""))


def _given(scheme: Scheme, mark: Mark) -> str:
    return _mark_text(scheme, mark.grade, mark.score)


def _mark_evidence(state: State, submission: Submission, no: int | None) -> None:
    scheme = state.scheme
    if no is not None:
        group = state.results.of(submission.unit).group
        item = next(row for row in scheme.indicators_of(group) if row.no == no)
        st.markdown(f"**第{no}项 {escape(item.name)}**")
        st.caption(escape(f"{'—'.join(item.path)}　数据来源：{item.source or '原文未列'}"))
    for mark in submission.sheet.marks:
        if mark.indicator == no:
            st.markdown(
                f"{_mark_text(scheme, mark.grade, mark.score)} ← {_cell_text(submission, mark.sheet, mark.cell)}"
            )
            if mark.remark:
                st.markdown(f"备注：{escape(mark.remark)}")
    if no is None and not any(mark.indicator is None for mark in submission.sheet.marks):
        st.markdown(_cell_text(submission, "", ""))


def _mark_text(scheme: Scheme, grade: str | None, score: Fraction | None) -> str:
    if grade is not None:
        return chip(scheme.grades, grade, grades.palette())
    return f"**{score_text(scheme, score)}分**" if score is not None else "**不适用**"


def _cell_text(submission: Submission, sheet: str, cell: str) -> str:
    where = (f" 工作表“{sheet}”" if sheet else "") + (f" 单元格 {cell}" if cell else "")
    return escape(f"{submission.file_name}{where}，{session.local(submission.at)}上传，第{submission.revision}次")


def _opinion(submission: Submission) -> None:
    if submission.sheet.opinion:
        st.markdown(f"评价意见：{escape(submission.sheet.opinion)}")


def _original(submission: Submission, place: str) -> None:
    st.download_button(
        "下载原件", lambda: session.store().original(submission.file_sha256)[1], submission.file_name,
        icon=":material/download:", on_click="ignore", key=f"original-{place}-{submission.id}", wrap=True,
    )  # fmt: skip


def sources(state: State, result: UnitResult) -> None:
    """The sheets that count: file, version, opinion, and the file itself to take along."""
    st.subheader("依据", anchor=False)
    with st.container(border=True, gap="medium"):
        for part in result.components.values():
            submission = state.submission(result.unit, part.id)
            if submission is not None or part.counted:
                _source(state.scheme, part, submission)


def _source(scheme: Scheme, part: ComponentResult, submission: Submission | None) -> None:
    score = f"{score_text(scheme, part.score)}分" if part.score is not None else "尚未收到评分表"
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        with st.container(gap=None, width="content"):
            st.markdown(f"**{escape(part.name)}**　{score}{'' if part.counted else '（不计分）'}")
            if submission is not None:
                st.markdown(f":small[{_cell_text(submission, '', '')}，{escape(submission.actor)}]")
                _opinion(submission)
        if submission is not None:
            _original(submission, "list")


def as_table(state: State, result: UnitResult) -> None:
    """The picture once more as a table of words, for screen readers, printing and whoever wants every cell."""
    opened = st.expander("以表格查看逐项评分与单元格", icon=":material/table:", on_change="rerun", key="unit-table")
    if opened.open:
        with opened:
            st.table(_table(state, result), border="horizontal", hide_index=True, alt=f"{result.unit}逐项评分与单元格")


def _table(state: State, result: UnitResult) -> dict[str, list[str]]:
    scheme = state.scheme
    rows = scheme.indicators_of(result.group)
    columns = {"指标": [escape(f"{row.no} {row.name}") for row in rows]}
    for part in unit_grid.shown_parts(result):
        marks = {mark.indicator: mark for mark in part.sheet.marks} if part.sheet else {}
        whole = "直接给分" if part.exact is not None else "未到"
        columns[part.name] = [
            f"{_mark_text(scheme, mark.grade, mark.score)} {escape(mark.cell)}"
            if (mark := marks.get(row.no))
            else whole
            for row in rows
        ]
    return columns

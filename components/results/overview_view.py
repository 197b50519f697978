"""The pieces of 总览: the sentences, the picture, who is at the edge, what must be decided, whom to ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from components import grades, links, session
from components.figure import Ready
from components.navigation import ASSUMPTIONS, LIMITS, PROGRESS, UNIT
from components.once import once
from components.results import charts
from components.text import escape, markdown
from data.matters import to_decide
from data.state import State
from scoring.assumptions import Assumption
from scoring.explain import at_odds
from scoring.items import FIGURE
from scoring.results import UnitResult
from scoring.sentences import (
    Progress,
    Readings,
    at_edge,
    bracketed,
    deadline,
    headline,
    odds_text,
    recommended_text,
)
from scoring.standing import draws_lines
from scoring.waits import waits

MANY = 5
"""Lines a list on the first page may have; the rest is a click away."""


def sentences(state: State) -> None:
    """What a leader reads first: the headline, a sentence a paragraph."""
    with st.container(border=True, gap="xsmall", key="headline"):
        for sentence in headline(state.results, progress(state), readings(state)):
            st.markdown(markdown(sentence))


def progress(state: State) -> Progress:
    """What has come in by today, Beijing time."""
    received = len(state.expected) - len(state.absent)
    return Progress(received, len(state.expected), state.absent, session.now().date())


def readings(state: State) -> Readings:
    """How many 口径 are open, how many of them matter here, and what the meeting must decide."""
    found = to_decide(state)
    return Readings(len(state.unconfirmed), len(found.readings), found.count)


def _decision(state: State, result: UnitResult) -> str:
    told = [f"决定{result.unit}的结果运用：{odds_text(state.scheme, result)}"] if at_odds(state.scheme, result) else []
    if result.recommended:
        told.append(f"认定{result.unit}的等次：{recommended_text(state.scheme, result)}")
    return escape("；".join(told))


def to_check(state: State) -> list[UnitResult]:
    """Units with a 情形 that waits for its second person and would change the grade, what it can be, or what follows."""
    return [result for result in state.results.units if result.to_check]


def _at_stake(result: UnitResult) -> str:
    if result.pending:
        return "影响其等次"
    if result.pending_score is not None:
        return "影响其得分"
    return "影响其可能的等次" if result.pending_grades else "影响其结果运用"


def ranking(state: State, group: str) -> None:
    """A group's scores on the bands of the grades. A click opens the unit's 分项情况."""
    ranked = state.scheme.rank.shown != "none"
    graded = "等次" if draws_lines(state.scheme) else ""
    title = "与".join(part for part in ("位次" if ranked else "得分", graded or ("得分" if ranked else "")) if part)
    st.subheader(title, anchor=False)
    units = state.results.ranked(group)
    st.caption(
        ("数据未齐，位次为暂列。" if state.results.provisional(units) else "")
        + f"点击任一行，查看其分项情况。{_inheriting(state, group)}"
    )
    picture = _picture(state, group, grades.palette() == grades.DARK)
    event = st.plotly_chart(
        picture, theme=None, key="overview-ranking", on_select="rerun", selection_mode="points", config=charts.CONFIG,
        alt=charts.described(state.results, units),
    )  # fmt: skip
    if unit := charts.clicked(event):
        links.open_unit(state, unit)


@once()
def _picture(state: State, group: str, dark: bool) -> Ready:
    """Drawn once for all viewers of a version: after a change hundreds come for it at the same moment."""
    colors = grades.DARK if dark else grades.LIGHT
    return charts.ranking(state.results, state.results.ranked(group), colors).ready()


def _inheriting(state: State, group: str) -> str:
    rule = state.scheme.inheritance(group)
    return f"本组随所帮扶的{state.scheme.group(rule.source).name}计分，不另填评分表。" if rule else ""


def edge(state: State) -> None:
    """Who is within a point of a line, nearest first."""
    near = at_edge(state.results)
    if not near:
        return
    with st.container(border=True, gap="xsmall"):
        st.markdown(f":material/target: **临界：{len(near)}{state.scheme.words.measure}距等次线不足1分**")
        for result, sentence in near[:MANY]:
            links.link(state, UNIT, markdown(sentence), unit=result.unit)
        if len(near) > MANY:
            st.caption(f"另有{len(near) - MANY}{state.scheme.words.measure}，见排名")


def decisions(state: State) -> None:
    """What waits for the meeting: readings that would change a grade, units to be praised and yet summoned."""
    found = to_decide(state)
    matter, odd = found.readings, found.units
    if not found.count:
        return
    units = state.scheme.words.measure + state.scheme.words.units
    told = [_reading(state, reading, f"{count}{units}") for reading, count in matter]
    told += [_decision(state, result) for result in odd]
    with st.container(border=True, gap="xsmall"):
        st.markdown(f":material/gavel: **请领导小组审定{len(told)}项**")
        _listed(told)
        if matter:
            links.link(state, ASSUMPTIONS, "去确认口径", ":material/arrow_forward:")
        if any(result.recommended for result in odd):
            links.link(state, LIMITS, "去登记认定", ":material/arrow_forward:")


def _reading(state: State, reading: Assumption, whose: str) -> str:
    """What confirming a reading decides; where grades are not drawn from scores, whether to borrow lines at all."""
    if reading.key == "bands" and not draws_lines(state.scheme):
        ways = escape("，或".join(reading.labels[1:]))
        return (
            f"确认口径“{escape(reading.name)}”：现不由得分推出等次；如{ways}，将形成{whose}的等次，请领导小组决定是否借用"
        )
    return f"确认口径“{escape(reading.name)}”：影响{whose}的等次"


def figures(state: State) -> None:
    """Figures that the office must fill in before sheets that have come can be scored, and the way there."""
    for target in state.unfilled:
        waiting = [r for r in state.results.units if f"{FIGURE}：{target.name}" in waits(r)]
        if waiting:
            count = f"{len(waiting)}{state.scheme.words.measure}{state.scheme.words.units}"
            with st.container(border=True, gap="xsmall"):
                st.markdown(f":material/edit_note: **{FIGURE}：{escape(target.name)}**")
                st.markdown(f"{count}的评分表已到，填报此数后方可计分。")
                links.link(state, ASSUMPTIONS, "去填报数值", ":material/arrow_forward:")


def criteria(state: State) -> None:
    """Where grades are decided by judgement: how many wait for theirs, and what each grade means in the document's words."""
    scheme = state.scheme
    if scheme.judged or draws_lines(scheme):
        return
    scored = sum(result.score is not None for result in state.results.units)
    with st.container(border=True, gap="xsmall"):
        st.markdown(f":material/groups: **{scored}{scheme.words.measure}{scheme.words.units}已出得分，等次由评议确定**")
        for line in scheme.criteria.items if scheme.criteria else ():
            with st.expander(f"“{line.grade}”的评价标准（{scheme.criteria.basis if scheme.criteria else ''}）"):
                st.markdown(escape(line.text))


def checks(state: State) -> None:
    """What waits for its second person, who is no meeting: each 情形 that would change something."""
    waiting = to_check(state)
    if not waiting:
        return
    told = [f"核对{escape(result.unit)}的情形：{_at_stake(result)}" for result in waiting]
    with st.container(border=True, gap="xsmall"):
        st.markdown(
            f":material/pending: **待核对{len(told)}{state.scheme.words.measure}{state.scheme.words.units}的情形**"
        )
        _listed(told)
        links.link(state, LIMITS, "去核对情形", ":material/arrow_forward:")


def arrivals(state: State) -> None:
    """How much has come in, by 考核方式, and what is still to be asked for."""
    if state.scheme.judged:
        return _handed_in(state)
    received, expected = len(state.expected) - len(state.absent), len(state.expected)
    with st.container(border=True, gap="xsmall"):
        st.markdown(f":material/inventory_2: **收齐情况：已收{received}份，应收{expected}份**")
        st.progress(received / expected if expected else 0.0)
        st.markdown(escape(_by_component(state)))
        if state.absent:
            _listed(_asked(state))
            links.link(state, PROGRESS, "去催报", ":material/arrow_forward:")
    return None


def _handed_in(state: State) -> None:
    """Judgement needs no sheet; what was handed in stands beside it."""
    counts = Counter(submission.component for submission in state.submissions)
    told = "　".join(f"{part.name} {counts[part.id]}/{len(state.units)}" for part in state.scheme.components)
    with st.container(border=True, gap="xsmall"):
        st.markdown(":material/inventory_2: **材料收集情况**")
        st.markdown(escape(told))
        st.caption("自评和核查材料供评议参考，不计分。")


def _by_component(state: State) -> str:
    absent = Counter(component for _, component in state.absent)
    whole = Counter(component for _, component in state.expected)
    return "　".join(f"{c.name} {whole[c.id] - absent[c.id]}/{whole[c.id]}" for c in state.scheme.counted)


def _asked(state: State) -> list[str]:
    """Whom to ask for what: a line for each 考核方式 with its units, who assesses, and the last day."""
    told = []
    for component in state.scheme.counted:
        units = [unit for unit, absent in state.absent if absent == component.id]
        task = next((task for task in state.scheme.steps if task.component == component.id), None)
        if units:
            named = "、".join(units[:MANY]) + (f"等{len(units)}{state.scheme.words.measure}" if units[MANY:] else "")
            who = f"，{component.who}" if component.who else ""
            told.append(escape(f"{named}的{component.name}{who}{bracketed(deadline(task, session.now().date()))}"))
    return told


def _listed(lines: Sequence[str], measure: str = "项") -> None:
    """Lines that wrap on a phone, the first few of them."""
    more = [f"另有{len(lines) - MANY}{measure}"] if len(lines) > MANY else []
    st.markdown("\n".join(f"- {line}" for line in [*lines[:MANY], *more]))

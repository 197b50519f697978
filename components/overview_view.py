"""The pieces of 总览: the sentences, the counts, who is at the edge, what must be decided, whom to ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from components import cards as figures
from components import charts, grades, links, session
from components.navigation import LIMITS, PROGRESS, SCHEME, UNIT
from components.text import escape, markdown
from data.state import State
from scoring.explain import at_odds, told_consequences
from scoring.results import UnitResult
from scoring.scheme import Scheme
from scoring.sentences import Progress, Readings, at_edge, bracketed, deadline, headline, odds_text

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
    matter = len(state.mattering)
    return Readings(len(state.unconfirmed), matter, matter + len(to_decide(state)))


def to_decide(state: State) -> list[UnitResult]:
    """Units that are to be praised and yet, by a 情形, not: the meeting decides which it is."""
    return [result for result in state.results.units if at_odds(state.scheme, result)]


def to_check(state: State) -> list[UnitResult]:
    """Units with a 情形 that waits for its second person and would change the grade, what it can be, or what follows."""
    return [result for result in state.results.units if result.to_check]


def _at_stake(result: UnitResult) -> str:
    if result.pending:
        return "影响其等次"
    return "影响其可能的等次" if result.pending_grades else "影响其结果运用"


def cards(state: State) -> None:
    """How many units have each grade, and what follows for them; two cards a row on a phone."""
    scheme, colors = state.scheme, grades.palette()
    missing = state.results.graded(None)
    shown = [grade for grade in scheme.grades if state.scheme.bands and state.scheme.bands.items]
    with figures.cards(len(shown) + 1):
        for grade in shown:
            units = state.results.graded(grade)
            _card(state, grades.chip(scheme.grades, grade, colors), len(units), _what_follows(scheme, units))
        _card(state, "暂缺" if shown else "未评等次", len(missing), _what_lacks(scheme, missing))


def _card(state: State, label: str, count: int, note: str) -> None:
    figures.card(label, f"{count} {state.scheme.words.measure}", note)


def _what_follows(scheme: Scheme, units: Sequence[UnitResult]) -> str:
    """What is to be done for the units of one grade: "拟表扬", "拟谈话提醒1个", "1个受限制"."""
    measure = scheme.words.measure
    actions = Counter(c.outcome.action for result in units for c in told_consequences(scheme, result))
    listed = dict.fromkeys(outcome.action for outcome in scheme.outcomes if outcome.action in actions)
    told = [f"拟{a}" + (f"{actions[a]}{measure}" if actions[a] < len(units) else "") for a in listed]
    if limited := sum(any(limit.binds for limit in result.limits) for result in units):
        told.append(f"{limited}{measure}受限制")
    return "，".join(told)


def _what_lacks(scheme: Scheme, units: Sequence[UnitResult]) -> str:
    lacking = Counter(component for result in units for component in result.missing)
    if len(lacking) == 1:
        return f"缺{escape(scheme.component(next(iter(lacking))).name)}"
    return f"缺{lacking.total()}份" if lacking else ""


def group_choice(state: State, key: str) -> str:
    """The group to show, chosen by the viewer where there are several; each is ranked by itself."""
    names = {group.id: group.name for group in state.scheme.groups}
    if len(names) == 1:
        return next(iter(names))
    return st.selectbox("组别（各组分别排位）", list(names), format_func=names.__getitem__, key=key, width=280)


def ranking(state: State) -> None:
    """Everyone's score on the bands of the grades. A click opens the unit's 分项情况."""
    ranked = state.scheme.rank.shown != "none"
    st.subheader("位次与等次" if ranked else "得分与等次", anchor=False)
    units = state.results.ranked(group_choice(state, "overview-group"))
    st.caption(("数据未齐，位次为暂列。" if state.results.provisional(units) else "") + "点击任一行，查看其分项情况。")
    figure = charts.ranking(state.results, units, grades.palette())
    event = st.plotly_chart(
        figure, theme=None, key="overview-ranking", on_select="rerun", selection_mode="points", config=charts.CONFIG,
        alt=charts.described(state.results, units),
    )  # fmt: skip
    if unit := charts.clicked(event):
        links.open_unit(state, unit)


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
    matter, odd = state.mattering, to_decide(state)
    if not matter and not odd:
        return
    units = state.scheme.words.measure + state.scheme.words.units
    told = [f"确认口径“{escape(reading.name)}”：影响{count}{units}的等次" for reading, count in matter]
    told += [f"决定{escape(result.unit)}的结果运用：{escape(odds_text(state.scheme, result))}" for result in odd]
    with st.container(border=True, gap="xsmall"):
        st.markdown(f":material/gavel: **请领导小组审定{len(told)}项**")
        _listed(told)
        if matter:
            links.link(state, SCHEME, "去确认口径", ":material/arrow_forward:")


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
    received, expected = len(state.expected) - len(state.absent), len(state.expected)
    with st.container(border=True, gap="xsmall"):
        st.markdown(f":material/inventory_2: **收齐情况：已收{received}份，应收{expected}份**")
        st.progress(received / expected if expected else 0.0)
        st.markdown(escape(_by_component(state)))
        if state.absent:
            _listed(_asked(state))
            links.link(state, PROGRESS, "去催报", ":material/arrow_forward:")


def _by_component(state: State) -> str:
    absent = Counter(component for _, component in state.absent)
    whole = len(state.units)
    return "　".join(f"{c.name} {whole - absent[c.id]}/{whole}" for c in state.scheme.counted)


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

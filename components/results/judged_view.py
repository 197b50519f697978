"""Judgement on screen (曲江: 综合评定): who has which 问题情形 by which clause, and what follows. Never a score or a place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from components import links
from components.navigation import LIMITS, UNIT
from components.text import escape
from data.state import State
from scoring.explain import fact_name, fact_text
from scoring.judged import Judged, in_order
from scoring.marks import Fact
from scoring.results import Consequence, UnitResult
from scoring.scheme import Scheme
from scoring.sentences import pending_text


def triggers(state: State, units: Sequence[UnitResult]) -> None:
    """Those with a problem, gravest first, each with its clauses and what follows; then praise, what waits, and the rest."""
    found = in_order(state.scheme, units)
    st.caption("按处理由重到轻排列，不是位次。点击名称查看其情形与依据。")
    concerned = [one for one in found if one.problems or one.praised or one.waiting]
    for one in concerned:
        _card(state, one)
    rest = [one.result.unit for one in found if one not in concerned]
    if rest:
        with st.container(border=True, gap="xsmall"):
            st.markdown(
                f"**\u2060未登记情形：{len(rest)}{state.scheme.words.measure}{state.scheme.words.units}\u2060**"
            )
            with st.container(horizontal=True, gap="small"):
                for unit in rest:
                    links.link(state, UNIT, escape(unit), unit=unit, width="content")
    if not concerned:
        st.info("目前没有登记任何情形。发现问题情形或成效显著的，请在“情形登记”中登记并核对。", icon=":material/info:")
        links.link(state, LIMITS, "去登记情形", ":material/arrow_forward:")


def _card(state: State, one: Judged) -> None:
    with st.container(border=True, gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center"):
            links.link(state, UNIT, f"**\u2060{escape(one.result.unit)}\u2060**", unit=one.result.unit)
            for badge in standing(one):
                st.markdown(badge, width="content")
        lines = [f"- {line}" for line in (*_facts(state.scheme, one), *_measures(one.follows), *_measures(one.praised))]
        st.markdown("\n".join(lines))


def standing(one: Judged) -> list[str]:
    """The gravest consequence, praise, and what waits, as badges."""
    told = [f":red-badge[:material/gavel: 拟{escape(one.gravest.action)}]"] if one.gravest else []
    told += [f":blue-badge[:material/thumb_up: 拟{escape(each.outcome.action)}]" for each in one.praised]
    return told + ([":orange-badge[:material/pending: 有待核对的情形]"] if one.waiting else [])


def _facts(scheme: Scheme, one: Judged) -> list[str]:
    told = [fact_line(scheme, fact) for fact in (*one.problems, *one.aggravating, *one.honoured)]
    return told + [f"{fact_line(scheme, fact)} :orange-badge[待核对]" for fact in one.waiting]


def fact_line(scheme: Scheme, fact: Fact) -> str:
    """One 情形 with its day, its paper and its clause."""
    return f"{escape(fact_text(scheme, fact))} :gray-badge[{escape(scheme.fact(fact.fact).basis)}]"


def _measures(consequences: Iterable[Consequence]) -> list[str]:
    return [measure_line(each) for each in consequences]


def measure_line(consequence: Consequence) -> str:
    """What follows, by whom, whom it meets, with its clause."""
    outcome = consequence.outcome
    by = f"由{outcome.by}" if outcome.by and "由" not in outcome.action else ""
    meets = f"（对象：{outcome.meets}）" if outcome.meets else ""
    return f"拟{by}**\u2060{escape(outcome.action)}\u2060**{escape(meets)} :gray-badge[{escape(outcome.basis)}]"


def names(scheme: Scheme, facts: Iterable[Fact]) -> str:
    """情形 by name, in a row."""
    return "、".join(fact_name(scheme, fact) for fact in facts)


def waiting_text(one: Judged) -> str:
    """What a second person's check would change; nothing where nothing waits."""
    return pending_text(one.result) if one.result.to_check else ""

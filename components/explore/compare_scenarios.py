"""Each scenario by itself: who made it and why, what it changes and what the document says of that, who changes grade."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from components.explore.compare_table import LINE
from components.explore.whatif_results import headline, migration, sentences
from components.tables import bold, cell, table
from components.text import escape, markdown
from data.scenarios import Column, Compared
from scoring.causes import causes, moves
from scoring.scenario_diff import Difference

SHOWN = 8
"""So many differences stand in the open; more are a click away."""


def show(found: Compared, *, narrow: bool = False) -> None:
    """A card for every scheme but the base."""
    for column in found.columns[1:]:
        with st.container(border=True, key=f"compare-card-{column.key}"):
            _card(found, column, narrow)


def _card(found: Compared, column: Column, narrow: bool) -> None:
    st.markdown(f"**\u2060{escape(column.name)}\u2060**　{headline(found.base.results, column.results, found.names)}")
    if told := "　".join(part for part in (column.reason, f"{column.actor} {column.at}".strip()) if part):
        st.caption(escape(told))
    for problem in column.problems:
        st.info(escape(problem), icon=":material/info:")
    _sentences(found, column)
    left, right = st.columns([3, 2], gap="medium") if (moved := _moved(found, column, narrow)) else (st.container(), None)
    with left:
        _differences(found.differences(column), found.base.name, narrow)
    if right:
        with right:
            st.markdown("**等次变动**　:gray[行为原等次，列为该方案等次，数字为个数]")
            table(moved, f"{column.name}：原等次与该方案等次的对照")


def _sentences(found: Compared, column: Column) -> None:
    """Who changes grade, and by which of the changes where the base is the scheme in force."""
    why = _causes(found, column)
    named = {found.names[unit]: text for unit, text in why.items() if unit in found.names}
    told = sentences(found.base.results, column.results, found.names)
    lines = [f"- {markdown(sentence)}" for sentence in told]
    for at, sentence in enumerate(told):
        name = sentence[0].text.split(" ")[0]
        if name in named:
            lines[at] += f"（{escape(named[name])}）"
    if lines:
        st.markdown("\n".join(lines))


def _causes(found: Compared, column: Column) -> dict[str, str]:
    state = found.state
    if found.base.scheme != state.scheme:
        return {}
    return causes(
        state.results, column.results, moves(column.scenario, state.own, found.chosen),
        lambda other: state.assess_with(other.scheme(state.own, found.chosen)),
    )  # fmt: skip


def _differences(told: Sequence[Difference], base: str, narrow: bool) -> None:
    """What is set otherwise than in the base, each with its clauses or that the text is silent."""
    if not told:
        st.caption(f"数值和口径与“{escape(base)}”相同。")
        return
    st.markdown(f"**改动**　:gray[与“{escape(base)}”相比]")
    table([_difference(one, narrow) for one in told[:SHOWN]], "改动的数值和口径")
    if len(told) > SHOWN:
        with st.expander(f"其余{len(told) - SHOWN}处改动"):
            table([_difference(one, narrow) for one in told[SHOWN:]], "其余改动的数值和口径")


def _difference(one: Difference, narrow: bool) -> dict[str, str]:
    """A row of the table; on a phone the same in three columns."""
    before, after = cell(one.before), bold(one.after)
    if narrow:
        return {"项目": f"{cell(one.level)}{LINE}{cell(one.name)}", "改动": f"{before} → {after}", "依据": cell(one.basis)}
    return {"项目": cell(one.level), "名称": cell(one.name), "原": before, "改为": after, "依据": cell(one.basis)}


def _moved(found: Compared, column: Column, narrow: bool) -> list[dict[str, str]]:
    """How grades migrate; empty where none changes or the two schemes have other grades."""
    if found.base.scheme.grades != column.scheme.grades:
        return []
    pairs = ((found.base.results.of(unit), column.results.of(unit)) for unit in found.names)
    if all(was.grade == now.grade for was, now in pairs):
        return []
    return migration(found.base.results, column.results, found.names, sums=not narrow)

"""各组最不稳的: of several groups the softest unit of each, with the way to it; worked out when it is looked at."""

from __future__ import annotations

import streamlit as st

from components.explore import firmness_address, naming
from components.explore.address import go_to_group
from components.explore.firmness_loading import groups, loaded, weighed
from components.explore.many import wanted
from components.tables import bold, cell
from data.state import State
from scoring.elements import Group
from scoring.firmness.verdicts import Verdict, radius_text, softest_first, standing_text

_KEY = "firmness-groups"


def show(state: State, group: str) -> None:
    """One line a group, the softest first; those without a grade to judge last. Nothing where there is but one group."""
    found = [each for each in groups(state) if weighed(state, each.id)]
    if len(found) < 2:
        return
    opened = st.expander("各组最不稳的", icon=":material/format_list_numbered:", on_change="rerun", key=_KEY)
    if opened.open:
        with opened:
            if wanted(state, _KEY, "各组的等次稳定性"):
                _lines(state, group, found)


def _lines(state: State, group: str, found: list[Group]) -> None:
    softest = {each.id: _softest(state, each.id) for each in found}
    judged = [verdict for verdict in softest.values() if verdict]
    order = {verdict.told.unit: at for at, verdict in enumerate(softest_first(judged))}
    for each in sorted(found, key=lambda known: order[v.told.unit] if (v := softest[known.id]) else len(order)):
        _line(state, each, softest[each.id], here=each.id == group)


def _softest(state: State, group: str) -> Verdict | None:
    judged = loaded(state, group).judged
    return softest_first(judged)[0] if judged else None


def _line(state: State, group: Group, verdict: Verdict | None, *, here: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"{_KEY}-{group.id}"):
        if verdict is None:
            st.markdown(f"{bold(group.name)}　:gray[没有可判断的等次]")
            return
        name = naming.names_of(state, group.id)[verdict.told.unit]
        st.markdown(f"{bold(group.name)}　{cell(name)}　{_told(verdict)}")
        if not here:
            st.button(
                "查看该组", key=f"{_KEY}-go-{group.id}", type="tertiary", icon=":material/arrow_forward:",
                on_click=_go, args=(group.id, verdict.told.unit),
            )  # fmt: skip


def _told(verdict: Verdict) -> str:
    standing = standing_text(verdict)
    return standing if verdict.fixed else f"{standing}，安全半径{radius_text(verdict)}"


def _go(group: str, unit: str) -> None:
    go_to_group(group)
    firmness_address.take_unit(unit)

"""分项情况: one unit, every mark of it, why it has its grade and what would change it. The address names it: ?unit=台山市"""

import streamlit as st

from components import page
from components.results import badges, since, unit_cards, unit_evidence, unit_others, unit_view
from data.state import State
from scoring.results import UnitResult


def draw(state: State) -> None:
    """Cards, then the reasons and beside them every mark; on a phone the reasons come first."""
    result = state.results.of(unit)
    badges.lines(state.scheme)
    unit_cards.cards(state, result)
    since.of_unit(state, unit)
    words, picture = st.columns([2, 3], gap="medium")
    with words:
        draw_reasons(state, result)
    with picture:
        draw_marks(state, result)
    unit_evidence.answer_click(state, unit)


def draw_reasons(state: State, result: UnitResult) -> None:
    """Why, and what would change it; under judgement the 情形 and what follows."""
    if state.scheme.judged:
        unit_others.findings(state, result)
        unit_view.changes(state.scheme, result)
        return
    unit_view.reasons(state.scheme, result)
    unit_view.changes(state.scheme, result)
    unit_view.profile(state.scheme, result)
    unit_others.heirs(state, result)


def draw_marks(state: State, result: UnitResult) -> None:
    """Every mark with its evidence; of a unit without marks where its score comes from, or what is judged."""
    if state.scheme.judged:
        unit_others.heads(state, result)
        unit_evidence.sources(state, result)
    elif state.scheme.inheritance(result.group):
        unit_others.inherited(state, result)
    else:
        unit_view.marks(state, result)
        unit_evidence.as_table(state, result)
        unit_evidence.sources(state, result)


state = page.head("分项情况")
unit = unit_view.choose(state)
page.live(draw, state, key="unit")
page.foot(state)

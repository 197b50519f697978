"""The pieces of the drawer: what stands, why, how firmly, what follows, its parts, and how it stands to its neighbours."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from components import grades
from components.geo.legend import plate
from components.results.unit_view import item_text
from components.steps import step_text
from components.tables import cell, table
from components.text import escape
from data.documents.ranking_rows import note
from data.maps import beneath, beside, beside_words, paint
from data.maps import spots as map_spots
from data.maps.layers import CHANGE, LAST, Measures, painted
from data.maps.layers.model import weighed
from data.maps.spots import Spot
from data.state import State
from scoring.exact import plain
from scoring.explain import outcome_steps, score_text
from scoring.firmness.grade import firmness
from scoring.firmness.radius_words import every, radius_sentence
from scoring.profile import items, weakest
from scoring.results import Step, UnitResult
from scoring.standing import MISSING

WEAKEST = 3


def head(spot: Spot) -> None:
    """Grade plate, score and place; of what has none why. The name is the drawer's title."""
    if spot.result is None or spot.state is None:
        st.markdown(escape(beneath.absent(spot)))
        return
    if spot.result.unit != spot.place.name:
        st.caption(escape(spot.result.unit))
    st.markdown("　".join(_standing(spot, spot.state, spot.result)))


def _standing(spot: Spot, state: State, result: UnitResult) -> list[str]:
    told = list(map_spots.facts(spot))
    if state.scheme.judged or result.score is None:
        return [escape(each) for each in told]
    plate = [grades.chip(state.scheme.grades, result.grade, grades.palette())] if result.grade else []
    place = [escape(each.removeprefix("位次：")) for each in told if each.startswith("位次：")]
    return [*plate, f"**{score_text(state.scheme, result.score)}分**", *place]


def reasons(spot: Spot, measures: Measures) -> None:
    """Why, what binds, how firm, what follows, what changed since last year: each with its clause."""
    state, result = spot.state, spot.result
    assert state is not None
    assert result is not None
    told = [escape(line) for line in (note(state.scheme, result),) if line]  # what holds it down comes first
    told += [step_text(step) for step in why(state, result)]
    told += [escape(line) for line in (firm(state, result), since(spot, measures)) if line]
    lines = [*told, *(step_text(step) for step in outcome_steps(state.scheme, result))]
    if lines:
        with st.container(border=True, gap="xsmall", key="drawer-reasons"):
            st.markdown("\n".join(f"- {line}" for line in lines))


def why(state: State, result: UnitResult) -> list[Step]:
    """The steps that settle the result: the last of a score; under judgement every one."""
    steps = [step for step in result.steps if step not in outcome_steps(state.scheme, result)]
    return steps if state.scheme.judged or result.score is None else steps[-1:]


def firm(state: State, result: UnitResult) -> str:
    """How far the weights may move with the grade staying; nothing where the question makes no sense."""
    level = weighed(state.scheme, result.group)
    found = firmness(state.scheme, result, level) if level is not None and result.grade is not None else None
    return f"等次稳定性：{radius_sentence(found, every(level))}" if found is not None and level is not None else ""


def since(spot: Spot, measures: Measures) -> str:
    """What changed since last year, in the words of the map's layer; nothing where no earlier year is known."""
    assert spot.state is not None
    assert spot.result is not None
    if LAST not in measures.changes(spot.state, spot.result.group):
        return ""
    tip = painted(f"{CHANGE}.{LAST}", [spot], group=spot.result.group, measures=measures).fills[spot.place.code].tip
    return tip.split("\n")[1]


def parts(spot: Spot) -> None:
    """Each counted 考核方式 with its weight and score, and the weakest items in words."""
    state, result = spot.state, spot.result
    assert state is not None
    assert result is not None
    scheme = state.scheme
    counted = [part for part in result.components.values() if part.counted]
    if len(counted) > 1 and not scheme.judged:
        weigh = "满分" if scheme.combine == "add" else "权重"
        told = [
            {
                scheme.words.component: cell(part.name),
                weigh: _weight(state, part.id),
                "得分": MISSING if part.score is None else score_text(scheme, part.score),
            }
            for part in counted
        ]
        table(told, alt=f"{spot.place.name}各{scheme.words.component}得分")
    weak = weakest(items(scheme, result), WEAKEST)[:WEAKEST] if not scheme.judged else []
    if weak:
        st.markdown("\n".join(["**较弱的指标**\n", *(f"- {item_text(scheme, item)}" for item in weak)]))


def _weight(state: State, component: str) -> str:
    weight = state.scheme.weights.get(component)
    if weight is None:
        return ""
    return plain(weight) if state.scheme.combine == "add" else f"{plain(weight)}%"


def against(spot: Spot, spots: Sequence[Spot], codes: Sequence[str]) -> None:
    """The unit against the units it borders on."""
    wanted = set(codes)
    found = beside.against(spot, [each for each in spots if each.place.code in wanted])
    rows = beside_words.units(found)
    if spot.state is None or spot.state.scheme.judged or not rows:
        return
    st.markdown(f"**与邻近{escape(spot.state.scheme.words.units)}相比**　{escape(beside_words.sentence(found))}")
    told = [
        {
            "邻近": cell(row.name), "等次": _plate(row.spot) or cell(row.word), "得分": beside_words.score(row),
            f"{spot.place.name}比它": cell(beside_words.difference(row)),
        }
        for row in rows
    ]  # fmt: skip
    table(told, alt=f"{spot.place.name}与邻近单位的等次和得分")


def _plate(spot: Spot) -> str:
    if spot.result is None or spot.state is None or spot.result.grade is None:
        return ""
    return plate(paint.grade_fill(spot.result.grade, grades=spot.state.scheme.grades, colors=grades.palette()))


def towns(told: str) -> None:
    """The places beneath it in one line."""
    st.markdown(escape(told))

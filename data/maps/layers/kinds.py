"""Which layers a map offers: what the scheme has, and what there is to tell against."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from data.maps.layers import items
from data.maps.layers.model import (
    CHANGE,
    FACTS,
    FIRM,
    GRADE,
    ITEM,
    OUTCOMES,
    PART,
    SCORE,
    SHEETS,
    Kind,
    Measures,
    result_groups,
    weighed,
)
from data.maps.layers.outcomes import told_outcomes
from data.maps.layers.painting import is_of, lead
from data.maps.spots import Spot
from data.state import State
from scoring.scheme import Scheme
from scoring.standing import draws_lines

NAMES = {
    GRADE: "等次", SCORE: "得分", PART: "考核方式", ITEM: "指标", SHEETS: "收齐情况", OUTCOMES: "结果运用", FACTS: "情形",
    FIRM: "稳定性", CHANGE: "变化",
}  # fmt: skip


def kinds(
    spots: Iterable[Spot], states: Sequence[State], measures: Measures | None = None, group: str = ""
) -> tuple[Kind, ...]:
    """The kinds of layers that can be chosen of these places, in the order in which they are offered; none without a result.

    Under judgement 情形 alone. Grades and their firmness only where the document draws lines; what only one 考核方式
    scores has no layer of its own. ``group`` as in ``painted``: only its indicators are offered.
    """
    found = [spot for spot in spots if is_of(spot, group)]
    state = lead(found, group)
    if state is None:
        return ()
    if state.scheme.judged:
        return (_single(FACTS),)
    here = result_groups(found, state)
    offered = [*_results(state.scheme, here), _single(SHEETS)]
    if told_outcomes(state.scheme):
        offered.append(_single(OUTCOMES))
    if draws_lines(state.scheme) and any(weighed(state.scheme, each) for each in here):
        offered.append(_single(FIRM))
    return (*offered, *_changes(state, here, measures or Measures()))


def layer_ids(offered: Iterable[Kind]) -> dict[str, str]:
    """Every layer that can be chosen, id → name."""
    return {layer: name for kind in offered for layer, name in kind.choices.items()}


def _single(kind: str) -> Kind:
    return Kind(kind, NAMES[kind], {kind: NAMES[kind]})


def _results(scheme: Scheme, here: Sequence[str]) -> list[Kind]:
    found = [_single(GRADE)] if draws_lines(scheme) else []
    found.append(_single(SCORE))
    if len(scheme.counted) > 1:
        parts = {f"{PART}.{part.id}": part.name for part in scheme.counted}
        found.append(Kind(PART, scheme.words.component, parts))
    marked = [group for group in here if scheme.inheritance(group) is None]
    if rows := items.choices(scheme, marked):
        found.append(Kind(ITEM, NAMES[ITEM], rows))
    return found


def _changes(state: State, here: Sequence[str], measures: Measures) -> list[Kind]:
    """Last year first, then the saved 情景; of several groups all that any of them has."""
    told = {choice: name for group in here for choice, name in measures.changes(state, group).items()}
    return [Kind(CHANGE, NAMES[CHANGE], {f"{CHANGE}.{choice}": name for choice, name in told.items()})] if told else []

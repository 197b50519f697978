"""Which other assessments a map draws beside the chosen one: those of the same paper over other units (the towns')."""

from __future__ import annotations

from components import session
from data.state import State


def related(state: State) -> list[State]:
    """The newest assessments under the same document's other schemes: the towns' beside the counties'."""
    found: dict[str, State] = {}
    for each in session.assessments():
        wanted = each.demo == state.assessment.demo and each.scheme_id not in (state.assessment.scheme_id, *found)
        if wanted and (other := session.readable(each.id)):
            found[each.scheme_id] = other
    return [other for other in found.values() if goes_with(state, other)]


def goes_with(state: State, other: State) -> bool:
    """Whether both are of one paper and of other units: a scheme copied from another keeps its 文号 until it has its own."""
    paper, own = other.scheme.document, state.scheme.document
    same = bool(own.number) and (paper.number, paper.title) == (own.number, own.title)
    return same and {unit.name for unit in other.units}.isdisjoint(unit.name for unit in state.units)

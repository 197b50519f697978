"""现场试算: what the browser needs to try other weights on the locked figures. It computes there exactly, and nothing is kept."""

from __future__ import annotations

from typing import Any

from components.explore.whatif_board import encode
from components.explore.whatif_units import board_of
from components.meeting.stage_names import Curtain
from data.locked import Locked
from scoring.elements import Group
from scoring.linear import terms
from scoring.trial import WEIGHTS, levels


def trials(locked: Locked, curtain: Curtain) -> list[dict[str, Any]]:
    """A board of 考核方式权重 for each group that has weights to move and scores that follow them exactly; else none."""
    groups = locked.state.scheme.groups
    found = [(group, _board(locked, curtain, group)) for group in groups]
    return [{"name": group.name if len(groups) > 1 else "", "board": board} for group, board in found if board]


def _board(locked: Locked, curtain: Curtain, group: Group) -> dict[str, Any] | None:
    state = locked.state
    level = levels(state.scheme, group.id).get(WEIGHTS)
    here = {result.unit for result in state.results.group(group.id)}
    if level is None or not any(state.results.of(unit).score is not None for unit in here):
        return None
    if not all(terms(state.scheme, level, state.results.of(unit)).exact for unit in here):
        return None
    names = {unit: name for unit, name in curtain.names.items() if unit in here}
    token = f"{state.assessment.id}-{state.version}-{group.id}"
    board = board_of(state.scheme, level, level.originals, state.results, state.results, names, token)
    return dict(curtain.clean(encode(board)))

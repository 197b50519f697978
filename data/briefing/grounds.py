"""The map of a 汇报: the grades that stand (审定, else 建议, else computed) on the places of the roster."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from data.geographies import Own
from data.geographies.in_use import NOTHING
from data.locked import Locked
from data.looks import LIGHT, Palette
from data.maps import build
from data.maps import spots as map_spots
from data.maps.layers import GRADE, painted
from data.maps.paint import Fill
from data.maps.scene import Scene
from data.maps.view import USUAL, Frame
from data.papers.openness import open_part
from data.state import State

__all__ = ["map_of"]


def map_of(
    locked: Locked, *, frame: Frame = USUAL, colors: Palette = LIGHT, own: Own = NOTHING
) -> tuple[Scene, Sequence[Fill]] | None:
    """The scene with its legend; None where no unit has a known division code. Raises NoShapesError.

    Towns whose results are not public are not on it. Names are written on it: it is not for a 汇报 in which some are hidden.
    """
    state = _given(open_part(locked))
    home = map_spots.home(state)
    if home is None:
        return None
    depth = map_spots.usual_depth(home, [state])
    spots = map_spots.spots(home, [state], depth or None)
    coat = painted(GRADE, spots, colors)
    scene = build.build(home, spots, coat.fills, depth=depth, own=own, frame=frame, colors=colors)
    return scene, coat.legend


def _given(locked: Locked) -> State:
    """The state with the grades that people gave in the place of computed ones."""
    state = locked.state
    units = tuple(replace(result, grade=locked.grade(result.unit)) for result in state.results.units)
    return replace(state, results=replace(state.results, units=units))

"""The stage's map: the grades that stand, on the places of the assessment.

A map tells places by their shapes, so there is none while a name is hidden.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from components.geo.found import own_geography
from components.meeting.stage_names import Curtain
from data.locked import Locked
from data.looks import DARK, LIGHT, Palette
from data.maps import build
from data.maps import spots as map_spots
from data.maps.layers import FACTS, GRADE, kinds, painted
from data.maps.scene import Scene
from data.maps.svg import svg
from data.maps.view import Frame
from data.regions import NoShapesError
from data.state import State
from scoring.results import UnitResult

HIDDEN = "名称隐去时不显示地图：从地图的形状就能认出各地。按N显示全部名称后，本页显示地图。"
NONE = "本次考核的对象没有可用的地图。"
WIDTH, HEIGHT = 500, 320
LETTERS = (21, 18, 15)
"""The stage enlarges the map by half at least: its letters then reach the back of the room. The largest that leave no place
unnamed are taken, else the middle ones."""


def maps(locked: Locked, curtain: Curtain) -> dict[str, Any]:
    """The map by day and for a dark wall, or why there is none."""
    if not curtain.whole:
        return {"told": HIDDEN}
    drawn = _drawn(_mark(locked), locked)
    return drawn or {"told": NONE}


def _mark(locked: Locked) -> str:
    """All that the drawing depends on."""
    own = own_geography().version
    given = [locked.grade(result.unit) for result in locked.state.results.units]
    return f"{locked.state.assessment.id} {locked.state.version} {given} {own}"


@st.cache_resource(show_spinner=False, max_entries=8)
def _drawn(mark: str, _locked: Locked) -> dict[str, Any] | None:
    state = standing(_locked)
    home = map_spots.home(state)
    if home is None:
        return None
    try:
        return {"alt": f"{home.name}地图", "light": _svg(state, LIGHT), "dark": _svg(state, DARK)}
    except NoShapesError:
        return None


def _svg(state: State, colors: Palette) -> str:
    home = map_spots.home(state)
    assert home is not None
    depth = map_spots.usual_depth(home, [state])
    spots = map_spots.spots(home, [state], depth or None)
    groups = map_spots.groups(spots, state)
    group = groups[0] if len(groups) > 1 and not state.scheme.judged else ""
    offered = [kind.id for kind in kinds(spots, [state], group=group)]
    layer = GRADE if GRADE in offered or not offered else FACTS if FACTS in offered else offered[0]
    coat = painted(layer, spots, colors, group)
    own = own_geography()
    fills = {code: fill if fill.quiet else replace(fill, lines=(fill.sign,)) for code, fill in coat.fills.items()}

    def drawn(letters: int) -> Scene:
        frame = Frame(WIDTH, HEIGHT, letters=letters)
        return build.build(home, spots, fills, depth=depth, own=own, frame=frame, colors=colors)

    scene = next((scene for scene in map(drawn, LETTERS) if _all_named(scene)), None) or drawn(LETTERS[1])
    return svg(scene, legend=() if layer == GRADE else coat.legend)


def _all_named(scene: Scene) -> bool:
    named = {word.code for word in scene.labels if len(word.text) > 1}  # a shape alone names nothing
    return all(thing.code in named for thing in scene.things)


def standing(locked: Locked) -> State:
    """The state with the grades that stand (审定, 建议) in place of the computed ones."""
    results = locked.state.results
    return replace(locked.state, results=replace(results, units=tuple(_given(locked, each) for each in results.units)))


def _given(locked: Locked, result: UnitResult) -> UnitResult:
    given = locked.given(result)
    return replace(result, grade=given.grade) if given else result

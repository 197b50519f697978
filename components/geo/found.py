"""What a map is drawn from, worked out once for all viewers of the same versions."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from components import session
from data.geographies import Own, own
from data.maps import spots as map_spots
from data.maps.spots import Spot
from data.regions import Place
from data.state import State


def found(here: Place, states: Sequence[State], depth: str) -> tuple[Spot, ...]:
    """The places beneath ``here`` with their results; ``states`` begins with the chosen assessment's."""
    # A state may be read anew at the same version; places are told from others by the very state they are of.
    versions = tuple((each.assessment.id, each.version, id(each)) for each in states)
    return _spots(here.code, depth, versions, here, states)


@st.cache_resource(show_spinner=False, max_entries=32)
def _spots(
    code: str, depth: str, versions: tuple[tuple[int, int, int], ...], _here: Place, _states: Sequence[State]
) -> tuple[Spot, ...]:
    return map_spots.spots(_here, _states, depth or None)


def own_geography() -> Own:
    """The office's own geography in use now (自有底图)."""
    return own(session.store())

"""适用范围: the place whose parts one's own geography draws, chosen from province down; the assessment's home to begin with."""

from __future__ import annotations

import streamlit as st

from components import session
from data import regions
from data.maps.spots import home
from data.regions import Place
from data.state import State

WHOLE = ""
_FIRST = "440000"


def choose() -> Place:
    """Draw the three fields and return the place that is chosen."""
    start = _start()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        province = _field("省（自治区、直辖市）", regions.COUNTRY, "", start, "geography-province")
        city = _field("市（州、盟）", province, "全省（区、市）", start, "geography-city")
        county = _field("县（市、区）", city, "全市（州、盟）", start, "geography-county") if city else WHOLE
    return regions.place(county or city or province)


def _field(label: str, above: str, whole: str, start: tuple[str, ...], key: str) -> str:
    """One level: the places under ``above``, and before them the whole of it where that is a choice."""
    below = [each for each in regions.children(above) if each.level != "town"]
    if not below:
        return WHOLE
    names = ({WHOLE: whole} if whole else {}) | {each.code: each.name for each in below}
    begin = next((at for at, code in enumerate(names) if code and code in start), 0)
    chosen: str = st.selectbox(
        label, list(names), index=begin, format_func=names.__getitem__, key=f"{key}-{above}", width=240
    )
    return chosen


def _start() -> tuple[str, ...]:
    """The codes from the province down to the chosen assessment's home; a province where there is none."""
    state = session.opened(session.chosen_id() or 0) if session.assessments() else None
    here = home(state) if isinstance(state, State) else None
    return tuple(each.code for each in regions.breadcrumb(here.code)) if here else (_FIRST,)


def called(scope: Place) -> str:
    """The place as people say it: 江门市, 江门市台山市; a province alone."""
    return "".join(each.name for each in regions.breadcrumb(scope.code)[1:]) or scope.name

"""地图: the country's provinces, a province's cities, a city's counties, a county's towns; a drawer tells of one of them.

The address bar holds the place, how deep, the layer and what is selected (?place=440781&layer=score&sel=440781115).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from components import grades, page, pulse, session
from components.geo import (
    address,
    breadcrumb,
    drawer,
    drawing,
    export,
    layer_choice,
    legend,
    level,
    means,
    nowhere,
    place_list,
    related,
    tray,
)
from components.geo.found import found, own_geography
from components.results import badges, group_choice
from data.maps import build
from data.maps import spots as map_spots
from data.maps.scene import Scene
from data.maps.spots import Spot
from data.regions import NoShapesError, neighbours


def choose_group(here: Sequence[Spot]) -> str:
    """The group to colour, where several have places here; empty where all are of one."""
    return group_choice.chosen(state).id if len(map_spots.groups(here, state)) > 1 and not state.scheme.judged else ""


def borders(spot: Spot) -> tuple[str, ...]:
    """The codes of the places shown that one borders on; none for towns, and without the outlines."""
    try:
        return neighbours(spot.place.code, by_code)
    except NoShapesError:
        return ()


@st.fragment(run_every=session.LIVE)
def keep_fresh() -> None:
    """Draw the page anew when anyone has changed what it shows. What is selected and the open drawer stay."""
    drawn = {each.assessment.id: each.version for each in states}
    behind = [one for one, version in drawn.items() if pulse.of(one).version != version]
    if any(session.store().version(one) != drawn[one] for one in behind):
        st.rerun()


state = page.head("地图")
home = map_spots.home(state)
if home is None:
    nowhere.told(state)
    page.foot(state)
    st.stop()

states = [state, *related.related(state)]
here = address.asked_place(home)
depth = level.asked_depth(here, states, home)
spots = found(here, states, depth)
by_code = {spot.place.code: spot for spot in spots}
selected = address.selected(by_code)
own = own_geography()

with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
    breadcrumb.draw(here, home)
    form = level.choose(here, states, depth, spots)
    if any(spot.result for spot in spots):
        badges.lines(state.scheme)
    group = choose_group(spots)
chosen = layer_choice.choose(state, states, spots, group)
painted = chosen.painted(spots, grades.palette(), group)
ordered = place_list.in_order(spots, group)

drawer.show(here, spots, group, borders, lambda spot: found(spot.place, states, ""), chosen.measures)

above = st.container()
left, right = st.columns([3, 2], gap="medium")
scene: Scene | None = None
with left:
    with st.container(gap=None):
        frame = drawing.frame()
        try:
            near = borders(by_code[selected]) if selected else ()
            scene = build.build(
                here, spots, painted.fills, depth=depth, form=form, own=own, frame=frame, colors=grades.palette(),
                selected=selected, near=near,
            )  # fmt: skip
            drawing.draw(replace(scene, turn=address.turn()), here, by_code)
        except NoShapesError as error:
            st.warning(str(error), icon=":material/map:")
    legend.draw(painted.legend)
with right:
    if selected:
        place_list.chosen(by_code[selected])
    if spots:
        with above if frame.narrow else st.container():  # on a phone words come before the picture
            place_list.headline(ordered, state)
        place_list.draw(ordered, painted.fills, selected, about=chosen.about, whose=f"{here.code}-{depth}-{group}")
    else:
        st.info(f"没有{here.name}以下的区划资料。", icon=":material/info:")
with st.container() if frame.narrow else left:  # on a phone the list comes first
    legend.sources(painted.note, own.source)
    if form == build.TILES:
        tray.unknown(build.unknown(here, spots))
    else:
        tray.draw(build.waiting(spots, own), painted.fills, tray.NO_AREA if build.as_areas(spots, own) else tray.NO_POINT)
    if scene is not None:
        with st.popover("图形方式与下载", icon=":material/download:", type="tertiary"):
            means.switch()
            export.offer(
                scene, title=f"{here.name}：{chosen.name or '本次范围'}", legend=painted.legend,
                notes=legend.notes(spots, state, painted.note, own.source),
                name=export.file_name("地图", here.name, chosen.name, f"{session.now():%Y-%m-%d}"),
            )  # fmt: skip
nowhere.elsewhere(state)
legend.whose(spots, state)
page.foot(state)
keep_fresh()

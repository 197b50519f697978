"""地图: a province's cities, a city's counties, a county's towns; a click on a county opens its 分项情况.

The address bar holds the place, the layer and what is selected (?place=440781&layer=score&sel=440781115).
"""

from __future__ import annotations

import streamlit as st

from components import grades, links, page, session
from components.geo import deck
from components.geo.patient_click import lose_no_click
from components.navigation import RANKING, UNIT
from components.results import badges, group_choice
from components.text import escape, markdown
from components.width import column_width
from data import regions
from data.maps import layers, paint, scene
from data.maps import spots as map_spots
from data.maps.paint import Fill
from data.maps.spots import Spot
from data.maps.view import Frame
from data.regions import NoShapesError, Place, UnknownPlaceError
from data.state import State
from scoring.tallies import tallies


def look_at(code: str) -> None:
    """Go to another place, with nothing selected there."""
    st.query_params["place"] = code
    st.query_params.pop("sel", None)


def asked_place(home: Place) -> Place:
    """The place in the address bar; a town's county for a town; home where there is none or none such."""
    try:
        wanted = regions.place(st.query_params.get("place", home.code))
    except UnknownPlaceError as error:
        st.warning(f"{error}现显示{home.name}。", icon=":material/wrong_location:")
        return home
    if wanted.level == "town" and wanted.parent:
        return regions.place(wanted.parent)
    return home if wanted.level == "country" else wanted


def related(state: State) -> list[State]:
    """The newest assessments under the same document's other schemes: the towns' beside the counties'."""
    found: dict[str, State] = {}
    for each in session.assessments():
        wanted = each.demo == state.assessment.demo and each.scheme_id not in (state.assessment.scheme_id, *found)
        if wanted and isinstance(other := session.opened(each.id), State):
            found[each.scheme_id] = other
    return [other for other in found.values() if goes_with(state, other)]


def goes_with(state: State, other: State) -> bool:
    """Whether both are of one paper and of other units: a scheme copied from another keeps its 文号 until it has its own."""
    paper, own = other.scheme.document, state.scheme.document
    same = bool(own.number) and (paper.number, paper.title) == (own.number, own.title)
    return same and {unit.name for unit in other.units}.isdisjoint(unit.name for unit in state.units)


def open_unit(spot: Spot) -> None:
    """Open a unit's 分项情况, in the assessment that its result is from."""
    if spot.result and spot.state:
        st.switch_page(UNIT, query_params={"unit": spot.result.unit, "a": str(spot.state.assessment.id)})


def draw_breadcrumb(here: Place) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        for each in regions.breadcrumb(here.code)[:-1]:
            st.button(each.name, key=f"to-{each.code}", type="tertiary", on_click=look_at, args=[each.code])
            st.markdown("›", width="content")
        st.markdown(f"**{here.name}**", width="content")


def draw_sources(spots: tuple[Spot, ...]) -> None:
    """Whose figures are drawn: with the towns' assessment chosen, the counties' figures are still their own."""
    told = []
    for each in map_spots.sources(spots, state):
        name = f"**{escape(each.assessment.name.removesuffix('（示例数据）'))}**"
        demo = " :orange-badge[示例数据]" if each.assessment.demo else ""
        other = "（不是所选的年度考核）" if each.assessment.id != state.assessment.id else ""
        told.append(f"{name}{demo}{other}")
    if told:
        st.markdown(f"数据取自：{'；'.join(told)}")


def draw_legend(fills: tuple[Fill, ...]) -> None:
    """Each colour as it is on the map, with its shape and word in it."""
    with st.container(horizontal=True, gap="small"):
        for fill in fills:
            st.markdown(_plate(fill), width="content")


def _plate(fill: Fill) -> str:
    ink, ground = (bytes(rgb).hex() for rgb in (paint.ink(fill.rgb), fill.rgb))
    unbroken = "\u2060".join(fill.sign.replace(" ", "\u00a0"))  # a plate is not torn at the end of a line
    return f':color[\u00a0{escape(unbroken)}\u00a0]{{foreground="#{ink}" background="#{ground}"}}'


def draw_map(here: Place, spots: tuple[Spot, ...], layer: str, selected: str | None) -> None:
    colors = grades.palette()
    with st.container(gap=None):
        width = column_width("map-width")
        lose_no_click("map-clicks")
        frame = Frame(width, 540 if width >= 480 else 400)
        fills = layers.fills(spots, layer, colors, group)
        try:
            if spots and spots[0].place.level != "town":
                drawn = scene.of_areas(regions.outlines(here.code), fills, selected=selected, frame=frame, colors=colors)
            else:
                towns = [scene.town(spot.place, fills[spot.place.code]) for spot in spots if spot.place.located]
                drawn = scene.of_points(regions.outline(here.code), towns, selected=selected, frame=frame, colors=colors)
        except NoShapesError as error:
            st.warning(str(error), icon=":material/map:")
            return
        key = f"map-{here.code}-{frame.height}"  # a canvas whose height changes under it stays squeezed
        alt = f"{here.name}地图：{'；'.join(' '.join((s.place.name, *map_spots.facts(s))) for s in spots if s.result)}"
        deck.show(deck.deck(drawn), key=key, alt=alt, frame=frame, on_select=lambda: take_click(key))


def take_click(key: str) -> None:
    """A click on the map: remembered as the selection, and marked as a click for the script that follows."""
    code = deck.picked(st.session_state.get(key))
    if code is not None:
        st.query_params["sel"] = code
        st.session_state["map-clicked"] = code


def draw_unplaced(spots: tuple[Spot, ...], layer: str) -> None:
    """Towns that nobody has given a coordinate wait in words: a place on the map is never invented."""
    waiting = [spot for spot in spots if spot.place.level == "town" and not spot.place.located]
    if waiting:
        fills = layers.fills(spots, layer)
        named = "、".join(f"{spot.place.name}（{fills[spot.place.code].sign}）" for spot in waiting)
        st.markdown(f"**无坐标的镇（街）**：{escape(named)}")


def draw_list(spots: tuple[Spot, ...], selected: str | None) -> str | None:
    """The same places as a list: an equal way in, for the keyboard, the screen reader and the browser without WebGL."""
    of_group = [spot for spot in spots if spot.result is None or not group or spot.result.group == group]
    by_code = {spot.place.code: spot for spot in map_spots.by_rank(of_group)}
    told = [
        "　".join(
            fact.removeprefix("等次：").removeprefix("得分：").removeprefix("位次：") for fact in map_spots.facts(spot)
        )
        if spot.result or not spot.below
        else f"{spot.below}个{state.scheme.words.unit}"
        for spot in by_code.values()
    ]
    key = f"list-{spots[0].place.parent}-{group}"
    st.session_state[key] = selected if selected in by_code else None
    with st.container(height=520 if len(by_code) > 9 else "content", border=False):
        return st.radio(
            f"选择{state.scheme.words.unit}", list(by_code), key=key, captions=told, index=None, label_visibility="collapsed",
            format_func=lambda code: by_code[code].place.name,
            on_change=lambda: st.query_params.update(sel=st.session_state[key]),
        )  # fmt: skip


def draw_hint(spots: tuple[Spot, ...]) -> None:
    """What a click does, before anyone clicks."""
    if spots[0].place.level == "town":
        what = "情形" if state.scheme.judged else "得分和分项情况"
        town = "镇（街）" if any(spot.place.name.endswith("街道") for spot in spots) else "镇"
        st.caption(f"点击地图上的点，或在下列名单中选择，查看该{town}的{what}。")
    elif any(spot.result for spot in spots):
        st.caption("点击地图：直接进入分项情况。在下列名单中选择：先看要点，再查看分项情况或镇（街）。")
    else:
        st.caption("点击地图：进入下一级。在下列名单中选择：先看要点，再进入下一级。")


def draw_card(spot: Spot) -> None:
    """The selected place in a few lines, and the ways on from it."""
    with st.container(border=True):
        st.markdown(f"**{escape(spot.place.name)}**")
        if spot.result and spot.state:
            draw_result(spot)
        elif spot.below:
            st.markdown(f"本次范围，共{spot.below}个{escape(state.scheme.words.unit)}。")
        else:
            st.markdown(told_absent(spot))
        with st.container(horizontal=True):
            if spot.result and st.button("查看分项情况", type="primary", icon=":material/fact_check:"):
                open_unit(spot)
            if regions.children(spot.place.code) and (spot.result or spot.below):
                label = "看镇（街）" if regions.towns(spot.place.code) else f"看{spot.place.name}"
                st.button(label, icon=":material/zoom_in:", on_click=look_at, args=[spot.place.code])


def draw_result(spot: Spot) -> None:
    st.markdown("　".join(escape(fact) for fact in map_spots.facts(spot)))
    if parts := map_spots.components(spot):
        st.markdown("　".join(f"{escape(name)} **{score}**" for name, score in parts))
    reason, clause = map_spots.why(spot)
    if reason and spot.result and spot.result.score is not None:
        st.caption(f"{escape(reason)} :gray-badge[{escape(clause)}]")


def told_absent(spot: Spot) -> str:
    if spot.note:
        return escape(spot.note)
    if spot.absent == map_spots.HIDDEN:
        return "该市（区）未公开镇（街）考核结果。镇（街）的考核成绩通报由各市（区）自行研究决定（六（六））。"
    if spot.absent == map_spots.NOT_BEGUN:
        return "镇（街）考核未开展，或尚未上报评分表。"
    return f"{escape(spot.place.name)}不在本次范围。"


@st.fragment(run_every=session.LIVE)
def keep_fresh() -> None:
    """Draw the page anew when anyone has changed what it shows."""
    if [session.store().version(each.assessment.id) for each in states] != [each.version for each in states]:
        st.rerun()


def nowhere(current: State) -> None:
    """No unit of the roster can be placed: said in words, with the result and the way to it, instead of an empty map."""
    units = current.scheme.words.units
    if any(unit.region for unit in current.units):
        why = "名单中没有可识别的行政区划代码，地图不能定位。请在“年度考核”中更正名单、补填区划代码；排名和分项情况不受影响。"
        st.info(why, icon=":material/wrong_location:")
    else:
        st.info(
            f"{len(current.units)}个{units}没有行政区划代码，不能在地图上定位，本页不画地图。机关单位本无区划代码；"
            "市、县、镇漏填代码的，请在“年度考核”中更正名单。",
            icon=":material/wrong_location:",
        )
    for sentence in () if current.scheme.judged else tallies(current.results):
        st.markdown(markdown(sentence))
    links.link(current, RANKING, f"查看全部{escape(units)}的结果", ":material/format_list_numbered:")


def draw_elsewhere(current: State) -> None:
    """Units that have no place on any map are counted, with the way to them."""
    if count := map_spots.unplaced(current):
        told = f"另有{count}{current.scheme.words.measure}单位无区划代码，不在图上"
        links.link(current, RANKING, escape(told), ":material/format_list_numbered:")


def choose_group(here: tuple[Spot, ...]) -> str:
    """The group to colour, where several have places here; empty where all are of one."""
    return group_choice.chosen(state).id if len(map_spots.groups(here, state)) > 1 and not state.scheme.judged else ""


state = page.head("地图")
home = map_spots.home(state)
if home is None:
    nowhere(state)
    page.foot(state)
    st.stop()

states = [state, *related(state)]
here = asked_place(home)
spots = map_spots.spots(here, states)
by_code = {spot.place.code: spot for spot in spots}

clicked = by_code.get(st.session_state.pop("map-clicked", ""))
if clicked is not None and clicked.place.level != "town":
    open_unit(clicked)
    if clicked.below:
        look_at(clicked.place.code)
        st.rerun()
selected = st.query_params.get("sel") if st.query_params.get("sel") in by_code else None

draw_breadcrumb(here)
draw_sources(spots)
if any(spot.result for spot in spots):
    badges.lines(state.scheme)
group = choose_group(spots)
choices = map_spots.layers(spots)
layer = next(iter(choices))
if len(choices) > 1 and any(spot.result for spot in spots):
    asked = st.query_params.get("layer", layer)
    layer = st.segmented_control(
        "图层", list(choices), default=asked if asked in choices else layer, required=True,
        format_func=choices.__getitem__, key=f"layer-{here.code}", label_visibility="collapsed",
    ) or layer  # fmt: skip
    st.query_params["layer"] = layer

left, right = st.columns([3, 2], gap="medium")
with left:
    draw_map(here, spots, layer, selected)
    draw_legend(layers.legend(spots, layer, grades.palette(), group))
    draw_unplaced(spots, layer)
    draw_elsewhere(state)
    st.caption(regions.SOURCE_LINE)
with right:
    if selected:
        draw_card(by_code[selected])
    if spots:
        draw_hint(spots)
        draw_list(spots, selected)
    else:
        st.info(f"没有{here.name}以下的区划资料。", icon=":material/info:")
page.foot(state)
keep_fresh()

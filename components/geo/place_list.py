"""The places of the map as a list: an equal way in, for the keyboard, a phone, the screen reader and a weak machine.

Every row is a button, so that Tab and Enter reach it, and says what the map says: place, name, grade with its shape, and
the layer's value. Many places come in pages, with a field to find one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from components import grades
from components.geo import address
from components.text import escape, searched
from data.maps import beneath
from data.maps import spots as map_spots
from data.maps.layers.grade import limited
from data.maps.paint import Fill
from data.maps.spots import Spot
from data.regions import place
from data.state import State
from scoring.edges import at_edge
from scoring.speech import plain_text
from scoring.standing import word

FEW, PAGE = 15, 25
"""With more places than few there is a field to find one; so many rows come at once (广东's 21 cities on one page)."""
EDGES = 3
"""So many at the edge of a line are told."""
_KEY = "place-list"
_STYLE = f"""
<style>
.st-key-{_KEY} button > div {{ justify-content: flex-start }}
</style>
"""
"""By style alone: without it the rows are centred and nothing else."""


def in_order(spots: Sequence[Spot], group: str) -> tuple[Spot, ...]:
    """The list's order: by rank, then what has none in 行政区划 order. Units of another group are ranked apart: left out."""
    return map_spots.by_rank(spot for spot in spots if spot.result is None or not group or spot.result.group == group)


def draw(ordered: Sequence[Spot], fills: Mapping[str, Fill], selected: str | None, *, about: str, whose: str) -> None:
    """The rows. ``about`` says what the layer's figures are of, where they are no whole result (日常工作).

    ``whose`` tells one map's list from another's: its search and its page are its own.
    """
    many = len({spot.place.parent for spot in ordered}) > 1
    shown = _found(ordered, whose)
    page = _page(shown, selected, whose)
    st.html(_STYLE)
    with st.container(key=_KEY, gap="xsmall"):
        for spot in shown[page * PAGE : (page + 1) * PAGE]:
            code = spot.place.code
            st.button(
                row(spot, fills[code], about, parent=many), key=f"row-{code}", width="stretch", on_click=address.take, args=[spot],
                type="secondary" if code == selected else "tertiary", wrap=True,
                icon=":material/radio_button_checked:" if code == selected else None,
            )  # fmt: skip
    if not shown:
        st.caption("没有名称相符的单位，请改用全称或简称中的一部分查找。")
    _turn(len(shown), page, whose)


def row(spot: Spot, fill: Fill, about: str = "", *, parent: bool = False) -> str:
    """One row as Markdown: "**鹤山市**　第1位　● 好　93.36"; with the ``parent``'s name where several parents' places are listed."""
    whose = f"（{escape(place(spot.place.parent).name)}）" if parent and spot.place.parent else ""
    value = _value(spot, fill, about)
    return "　".join([f"**{escape(spot.place.name)}**{whose}", *_standing(spot), *value])


def _standing(spot: Spot) -> list[str]:
    """Place and grade with its shape in its colour; nothing of what has no result."""
    result, state = spot.result, spot.state
    if result is None or state is None or state.scheme.judged:
        return []
    rank = [f"{'暂列' if spot.provisional else ''}第{result.rank}位"] if result.rank is not None else []
    if result.grade is None:
        return rank
    shape = grades.shape(state.scheme.grades, result.grade, grades.palette())
    return [*rank, f"{shape} {escape(result.grade)}{limited(spot)}"]


def _value(spot: Spot, fill: Fill, about: str) -> list[str]:
    """What the layer says of it, after what it speaks of; of the whole result without the grade said before.

    Of a place without a result, how many units it holds, or why there is none.
    """
    if spot.result is None:
        return [escape(f"{fill.sign}（{spot.below}个）" if spot.below else spot.absent)]
    told = " ".join(fill.lines) or fill.sign
    if about:
        return [f"{escape(about)}：{escape(told)}"]
    if spot.result.grade is not None:
        sign = grades.sign(spot.state.scheme.grades, spot.result.grade) if spot.state else ""
        told = told.removeprefix(sign).removeprefix(limited(spot)).strip()
        told = "" if told == word(spot.result) else told
    return [escape(told)] if told else []


def _found(ordered: Sequence[Spot], whose: str) -> Sequence[Spot]:
    if len(ordered) <= FEW:
        return ordered
    typed = st.text_input(
        "找单位", key=f"find-{whose}", placeholder=f"共{len(ordered)}个，输入名称查找", label_visibility="collapsed",
        live=True, icon=":material/search:",
    )  # fmt: skip
    wanted = searched(typed or "")
    return [spot for spot in ordered if wanted in searched(spot.place.name)]


def _page(shown: Sequence[Spot], selected: str | None, whose: str) -> int:
    """The page shown: the one turned to, or that of a place newly selected elsewhere."""
    key, seen = f"page-{whose}", f"page-{whose}-selected"
    if selected != st.session_state.get(seen):
        st.session_state[seen] = selected
        at = next((at for at, spot in enumerate(shown) if spot.place.code == selected), None)
        if at is not None:
            st.session_state[key] = at // PAGE
    return min(st.session_state.get(key, 0), max(len(shown) - 1, 0) // PAGE)


def _turn(size: int, page: int, whose: str) -> None:
    if size <= PAGE:
        return
    last = (size - 1) // PAGE
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.button("上一页", icon=":material/chevron_left:", disabled=page == 0, key=f"back-{whose}",
                  on_click=_go, args=[whose, page - 1])  # fmt: skip
        st.markdown(f"第{page + 1}页，共{last + 1}页", width="content")
        st.button("下一页", icon=":material/chevron_right:", icon_position="right", disabled=page == last,
                  key=f"next-{whose}", on_click=_go, args=[whose, page + 1])  # fmt: skip


def _go(whose: str, page: int) -> None:
    st.session_state[f"page-{whose}"] = page


def headline(ordered: Sequence[Spot], state: State) -> None:
    """How many have which grade, and who is at the edge, before the rows."""
    told = beneath.sentence(ordered)
    if told:
        early = "数据未齐，位次为暂列。" if any(spot.provisional for spot in ordered) else ""
        st.markdown(f"**\u2060{escape(told + early)}\u2060**")
    shown = {spot.result.unit for spot in ordered if spot.result is not None and spot.state is state}
    edge = [escape(plain_text(told)) for result, told in at_edge(state.results) if result.unit in shown]
    if edge:
        more = f"，等{len(edge)}个" if len(edge) > EDGES else ""
        st.markdown(f"{'；'.join(edge[:EDGES])}{more}。")
    st.caption(_hint(ordered))


def _hint(ordered: Sequence[Spot]) -> str:
    """What a click does, before anyone clicks."""
    if any(spot.place.level == "town" for spot in ordered):
        return "点击地图上的点或下列名单，查看要点。"
    told = any(spot.result for spot in ordered)
    return "点击地图或下列名单，查看要点。" if told else "点击地图或下列名单，进入下一级。"


def chosen(spot: Spot) -> None:
    """The selected place in a line, with the way to the drawer."""
    with st.container(border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute",
                      key="chosen"):  # fmt: skip
        told = "　".join(escape(fact) for fact in map_spots.facts(spot))
        st.markdown(f"**{escape(spot.place.name)}**　{told}", width="content")
        st.button("查看要点", icon=":material/right_panel_open:", key="chosen-open", on_click=address.open_drawer,
                  args=[spot.place.code])  # fmt: skip

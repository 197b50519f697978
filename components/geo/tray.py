"""Towns that nobody has given a coordinate wait beside the map: a place on the map is never invented."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from components.geo import address
from components.text import escape
from data.maps.paint import Fill
from data.maps.spots import Spot

NO_POINT = "无坐标的镇（街）"
NO_AREA = "自有底图中没有图形的镇（街）"


def draw(waiting: Sequence[Spot], fills: Mapping[str, Fill], title: str = NO_POINT) -> None:
    """Each as a chip with its sign; a click is the same as on the map. Nothing where all are on the map."""
    if not waiting:
        return
    with st.container(border=True, gap="xsmall", key="tray"):
        st.markdown(f"**{title}**（{len(waiting)}个，不在图上）")
        with st.container(horizontal=True, gap="small"):
            for spot in waiting:
                sign = fills[spot.place.code].sign
                st.button(f"{escape(spot.place.name)}　{escape(sign)}", key=f"tray-{spot.place.code}",
                          on_click=address.take, args=[spot])  # fmt: skip


def unknown(spots: Sequence[Spot]) -> None:
    """In the tile grid: whose place nobody knows, and where they stand."""
    if spots:
        named = "、".join(spot.place.name for spot in spots)
        st.caption(escape(f"方格图只示大致方位。位置未知，排在最下：{named}。"))
    else:
        st.caption("方格图只示大致方位，不是地图，也不表示界线。")

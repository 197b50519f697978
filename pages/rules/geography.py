"""底图与坐标: an office's own areas or town coordinates in place of the built-in ones. No result changes by them."""

from __future__ import annotations

import streamlit as st

from components import page, session
from components.rules import geography_kept, geography_scope, geography_upload
from components.signature import sign
from data.regions import SOURCE_LINE

st.html(page.ROOM_FOR_WORDS)
st.title("底图与坐标", anchor=False)
st.markdown(
    "地图默认用内置底图。本单位有标准地图、自有界线或镇（街）坐标的，在此放入，经核对后启用。"
    "只影响地图怎样画，不影响任何考核结果。"
)
actor = sign()
kept = session.store().geographies()

st.subheader("放入", anchor=False)
scope = geography_scope.choose()
geography_upload.section(scope, actor, kept)

st.subheader("已放入的", anchor=False)
geography_kept.section(kept, actor)
st.caption(f"内置底图：{SOURCE_LINE}")
st.caption("公开使用地图的，须用经审核的标准地图，并标注审图号。")
page.foot()

"""口径: every reading where the document is silent, what another would change here, and who confirmed which."""

from __future__ import annotations

import streamlit as st

from components import page
from components.rules import readings_view, targets
from components.signature import sign
from data.state import State

state = page.head("口径", blind=True)
judged = state.scheme.judged
st.caption(
    f"文件没有规定、{'评定' if judged else '计分'}又离不开的地方，由本系统先按一种口径处理，并逐项列在这里。"
    f"改用其他口径会改变谁的{'情形和处理意见' if judged else '得分、位次和等次'}，按本次的数据逐一测算。"
)
with st.container(horizontal=True, vertical_alignment="bottom"):
    sign()
    readings_view.paper()
    readings_view.download(state)
readings_view.told()
readings_view.standoff(state)


def _draw(current: State) -> None:
    readings_view.head(current)
    targets.fields(current)
    readings_view.together(current)
    readings_view.readings(current, readings_view.chosen(current))


page.live(_draw, state, "readings")
page.foot(state)

"""衡效 Hengxiao: the dashboard's entry. Page configuration, who is at the screen, and the menu; the pages do the rest."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from components import broken, redraws, session
from components.access import admission, menu, watermark
from data.store import StoreProblem

ASSETS = Path(__file__).parent / "components" / "assets"

st.set_page_config("衡效", page_icon=str(ASSETS / "icon.png"), layout="wide")
st.logo(str(ASSETS / "logo.png"), icon_image=str(ASSETS / "icon.png"))

try:
    admitted = admission.now()
except StoreProblem as problem:
    broken.cannot_open(problem)
    st.stop()
broken.touched(session.trouble())

draw = menu.of(admitted)
watermark.draw(admitted.person)
with redraws.drawing():
    draw()
menu.watch(admitted.person)

"""衡效 Hengxiao: the dashboard's entry. Page configuration and navigation; the pages do the rest."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from components import broken, session
from components.navigation import PAGES
from data.store import StoreProblem

ASSETS = Path(__file__).parent / "components" / "assets"

st.set_page_config("衡效", page_icon=str(ASSETS / "icon.png"), layout="wide")
st.logo(str(ASSETS / "logo.png"), icon_image=str(ASSETS / "icon.png"))

try:
    session.whole_store()
except StoreProblem as problem:
    broken.cannot_open(problem)
    st.stop()
broken.touched(session.trouble())

sections: dict[str, list] = {}
for entry in PAGES:
    page = st.Page(entry.script, title=entry.title, icon=entry.icon, url_path=entry.url, default=entry is PAGES[0])
    sections.setdefault(entry.section, []).append(page)
st.navigation(sections, position="top").run()

"""衡效 Hengxiao: the dashboard's entry. Page configuration and navigation; the pages do the rest."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from components.access import gate
from components.navigation import PAGES
from components.text import escape
from data.store import StoreProblem

ASSETS = Path(__file__).parent / "components" / "assets"

st.set_page_config("衡效", page_icon=str(ASSETS / "icon.png"), layout="wide")
st.logo(str(ASSETS / "logo.png"), icon_image=str(ASSETS / "icon.png"))

try:
    viewing = gate.now()
except StoreProblem as problem:
    st.error(escape(str(problem)), icon=":material/database_off:")
    st.stop()

sections: dict[str, list] = {}
for entry in PAGES:
    page = st.Page(
        entry.script, title=entry.title, icon=entry.icon, url_path=entry.url, default=entry is PAGES[0],
        visibility="hidden" if viewing.refusal(entry) else "visible",
    )  # fmt: skip
    sections.setdefault(entry.section, []).append(page)
chosen = st.navigation(sections, position="top")
gate.run(chosen, next(entry for entry in PAGES if entry.url == (chosen.url_path or PAGES[0].url)), viewing)

"""The way down to the place shown, from the country on; each step leads back up. The assessment's own place is marked."""

from __future__ import annotations

import streamlit as st

from components.geo import address
from data import regions
from data.regions import Place
from data.regions.places import COUNTRY


def way(here: Place) -> tuple[Place, ...]:
    """全国, 广东省, 江门市, 台山市: every step down to ``here``, which is the last."""
    country = regions.place(COUNTRY)
    return (country,) if here == country else (country, *regions.breadcrumb(here.code))


def draw(here: Place, home: Place) -> None:
    """Buttons up to the place above ``here``, then its name; the way home where the viewer has left it."""
    steps = way(here)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content", key="breadcrumb"):
        for each in steps[:-1]:
            st.button(
                each.name, key=f"to-{each.code}", type="tertiary", icon=_mark(each, home), on_click=address.look_at,
                args=[each.code], help="本次考核范围" if each == home else None,
            )  # fmt: skip
            st.markdown("›", width="content")
        mark = f"{icon} " if (icon := _mark(here, home)) else ""
        st.markdown(f"{mark}**{here.name}**", width="content")
        if home not in steps:
            st.button(f"回到{home.name}", key="to-home", type="tertiary", icon=":material/home_pin:",
                      on_click=address.look_at, args=[home.code])  # fmt: skip


def _mark(each: Place, home: Place) -> str | None:
    return ":material/home_pin:" if each == home else None

"""Ways from one page to another. The address keeps the assessment (?a=) and the unit (?unit=), never a score."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from components.navigation import UNIT
from data.state import State


def address(state: State, **more: str) -> dict[str, str]:
    """What the address bar holds: the assessment, and whatever else is named."""
    return {"a": str(state.assessment.id), **more}


def open_unit(state: State, unit: str) -> None:
    """Leave for a unit's 分项情况; ends the script."""
    st.switch_page(UNIT, query_params=address(state, unit=unit))


def link(
    state: State,
    script: str,
    label: str,
    icon: str | None = None,
    *,
    width: Literal["stretch", "content"] = "stretch",
    help: str | None = None,
    **more: str,
) -> None:
    """A line that leads to another page of the same assessment. ``label`` is Markdown: escape names first."""
    st.page_link(script, label=label, icon=icon, query_params=address(state, **more), width=width, help=help)

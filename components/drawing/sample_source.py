"""Lists that need no upload: towns and counties as the administrative division knows them."""

from __future__ import annotations

import streamlit as st

from components.text import escape
from data import regions
from data.drawing import known_places
from data.state import State
from scoring.rules import Sample
from scoring.sampling import Entry, Level

PLAIN = ("镇", "镇（街）", "县", "旗县", "县（市、区）")
"""Every place of the level is one; a 贫困县 is not every county."""


def known_list(state: State, rule: Sample, level: Level) -> tuple[Entry, ...]:
    """Draw the choice of places whose towns or counties are drawn, and of those left out; returns the list."""
    own = [unit.region for unit in state.units if unit.region]
    if level == "county":
        own = _cities(rule, own if state.scheme.words.unit in rule.each else [])
    entries = known_places(level, own)
    if not entries:
        st.info(_nothing(level), icon=":material/info:")
        return ()
    label = f"不列入的（不属于{rule.of}的）" if rule.of not in PLAIN else "不列入的"
    left_out = st.multiselect(label, entries, format_func=_called, key=f"left-out-{rule.id}", placeholder="全部列入", select_all=False)
    kept = tuple(entry for entry in entries if entry not in left_out)
    st.caption(
        escape(f"列入{len(kept)}个：{'、'.join(entry.name for entry in kept[:40])}{'等' if len(kept) > 40 else ''}")
    )
    return kept


def _cities(rule: Sample, own: list[str]) -> list[str]:
    """The cities whose counties are drawn: the assessment's own where the rule speaks of them, else those picked."""
    names = _city_names()
    return st.multiselect(
        rule.each.removeprefix("每个").removeprefix("每") or "市", list(names), [code for code in own if code in names],
        format_func=names.__getitem__, key=f"cities-{rule.id}", placeholder="请选择，可键入名称查找", select_all=False,
    )  # fmt: skip


@st.cache_data(show_spinner=False)
def _city_names() -> dict[str, str]:
    """Every city of the country by its code, with its province: "湖北省恩施土家族苗族自治州"."""
    provinces = regions.children(regions.COUNTRY)
    return {city.code: f"{province.name}{city.name}" for province in provinces for city in regions.children(province.code)
            if city.level == "city"}  # fmt: skip


def _called(entry: Entry) -> str:
    return "".join(place for _, place in entry.places) + entry.name


def _nothing(level: Level) -> str:
    if level == "county":
        return "请先选择在哪些市抽取；行政区划中没有的，请改为上传名册。"
    return "行政区划中没有本次考核名单所辖的镇（街）。请改为上传名册。"

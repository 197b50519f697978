"""Units without a division code have no place on any map: said in words, with the way to their results."""

from __future__ import annotations

import streamlit as st

from components import links
from components.navigation import RANKING
from components.text import escape, markdown
from data.maps import spots as map_spots
from data.state import State
from scoring.tallies import tallies

_LIST = ":material/format_list_numbered:"


def told(current: State) -> None:
    """No unit of the roster can be placed: the result and the way to it, instead of an empty map."""
    units = current.scheme.words.units
    if any(unit.region for unit in current.units):
        why = "名单中没有可识别的行政区划代码，地图不能定位。请在“年度考核”中更正名单、补填区划代码；排名和分项情况不受影响。"
        st.info(why, icon=":material/wrong_location:")
    else:
        st.info(
            f"{len(current.units)}个{units}没有行政区划代码，不能在地图上定位，本页不画地图。机关单位本无区划代码；"
            "市、县、镇漏填代码的，请在“年度考核”中更正名单。",
            icon=":material/wrong_location:",
        )
    for sentence in () if current.scheme.judged else tallies(current.results):
        st.markdown(markdown(sentence))
    links.link(current, RANKING, f"查看全部{escape(units)}的结果", _LIST)


def elsewhere(current: State) -> None:
    """Units that have no place on any map are counted, with the way to them."""
    if count := map_spots.unplaced(current):
        words = f"另有{count}{current.scheme.words.measure}单位无区划代码，不在图上"
        links.link(current, RANKING, escape(words), _LIST)

"""Weights of 考核方式 and of 指标 that move at once: no closed form, so the grades are sampled, with seed and error."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import streamlit as st

from components.explore.firmness_loading import Firm
from components.explore.firmness_strip import percent
from components.explore.many import wanted
from components.once import once
from components.tables import cell, table
from components.text import escape
from data.state import State
from scoring.firmness.acceptability import Acceptability, joint, said
from scoring.firmness.grade import DELTA
from scoring.trial import ITEMS, WEIGHTS

Sampled = tuple[tuple[str, ...], Acceptability, Acceptability]


def show(firm: Firm, names: Mapping[str, str]) -> None:
    """The grades of every unit near the document's weights and over all of them; worked out once it is opened."""
    if not {WEIGHTS, ITEMS} <= firm.known.keys():
        return
    both = f"{firm.known[WEIGHTS].name}与{firm.known[ITEMS].name}的权重同时变动"
    opened = st.expander(both, icon=":material/join:", on_change="rerun", key="firmness-joint")
    if not opened.open:
        return
    with opened:
        if not wanted(firm.state, f"joint-{firm.group}", both):
            return
        found = sampled(firm.state, firm.group)
        if found is None:
            st.info("有对象的得分不随其中一层的权重按比例变动，不作抽样。", icon=":material/info:")
            return
        _told(firm, names, found)


def _told(firm: Firm, names: Mapping[str, str], found: Sampled) -> None:
    units, near, anywhere = found
    scheme, order = firm.state.scheme, [*names]  # never the roster's, which would tell hidden names
    rows = [
        {
            scheme.words.unit: cell(names[unit]),
            "现为": cell(firm.state.results.of(unit).grade or "—"),
            "两层各在±5个百分点以内": cell(_parts(scheme.grades, near, at)),
            "全部权重组合": cell(_parts(scheme.grades, anywhere, at)),
        }
        for at, unit in sorted(enumerate(units), key=lambda each: order.index(each[1]))
    ]
    table(rows, "两层权重同时变动时各等次所占的比例")
    larger = max(near, anywhere, key=lambda each: each.error)
    st.caption(escape(f"两层权重同时变动没有精确算法，{said(larger)}。已计入等次限制。"))


def _parts(grades: tuple[str, ...], found: Acceptability, at: int) -> str:
    """Every grade that was drawn for a unit, best first."""
    shares = np.zeros(len(grades)) if found.grades is None else found.grades[at]
    return "、".join(f"{grade} {percent(float(share))}" for grade, share in zip(grades, shares, strict=True) if share)


@once("正在抽样…")
def sampled(state: State, group: str) -> Sampled | None:
    """The units that have a score, in the roster's order, and their grades near the document's weights and anywhere.

    None where one of them has no straight line at either level.
    """
    scored = tuple(result for result in state.results.group(group) if result.exact is not None)
    results = replace(state.results, units=scored)
    near, anywhere = (joint(state.scheme, results, group, delta=delta) for delta in (DELTA, None))
    if near is None or anywhere is None:
        return None
    return tuple(result.unit for result in scored), near, anywhere

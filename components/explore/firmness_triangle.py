"""权重三角形 of 等次稳定性: every weighting of three weights as a point, and the grade that one unit would get there.

Two weights make a bar. Exact regions (``scoring.firmness.triangle``) become floats only here, to be drawn.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import streamlit as st

from components.explore import firmness_levels
from components.explore.firmness_field import bar, field
from components.grades import chip, palette
from components.results.charts import CONFIG
from components.tables import bold, table
from components.text import escape
from data.state import State
from scoring import exact
from scoring.firmness.form import BENT, CURVED, Form, form
from scoring.firmness.triangle import Polygon, Region, by_grade, near, regions, share_of, unchanged
from scoring.firmness.verdicts import share_text
from scoring.results import UnitResult
from scoring.trial import Level

SIZES = (3, 2)
UNIT, UNIT_IN_ADDRESS = "triangle-unit", "u"
_WIDTH, _TALL, _FLAT = 480, 420, 150  # pixels: the widest, and the heights of a triangle and of a bar


@dataclass(frozen=True)
class Field:
    """All that is drawn for one unit at one level."""

    level: Level
    line: Form
    found: tuple[Region, ...]
    close: Polygon
    nearby: dict[str, Fraction]
    common: Polygon


def show(state: State, group: str, names: Mapping[str, str], unit: str | None = None, level: Level | None = None) -> None:
    """The picture of one unit's grades over all weightings, and its shares.

    ``unit`` and ``level``: what the page has chosen; without them the viewer chooses here (?u= names the unit at first).
    """
    st.subheader("权重三角形", anchor=False)
    if not state.scheme.bands or not state.scheme.bands.items:
        st.caption("文件没有等次线，没有等次的区域可画。")
        return
    level = _level(state, group, level)
    forms = _forms((state.assessment.id, state.version, state.scheme.hash, group, level.id), state, level) if level else {}
    if level is None or not forms:
        st.caption(escape(_nothing(state, group, level)))
        return
    unit = unit or _choose(names, forms)
    if unit not in forms:
        st.info(escape(f"{names[unit]}：{_why_not(state.results.of(unit))}"), icon=":material/info:")
        return
    told = field_of(level, forms[unit], forms)
    picture, reading = st.columns([1, 1], vertical_alignment="center")
    with picture:
        _picture(told, names[unit])
    with reading:
        _reading(told, names[unit], len(forms), state)


def _picture(told: Field, name: str) -> None:
    three = len(told.line.values) == 3
    drawn = (field if three else bar)(told.level, told.line, told.found, told.close, told.common, palette())
    st.plotly_chart(
        drawn, config=CONFIG, key="triangle-chart", theme=None, width=_WIDTH, height=_TALL if three else _FLAT,
        alt=described(told, name),
    )  # fmt: skip


def field_of(level: Level, line: Form, forms: Mapping[str, Form]) -> Field:
    """The regions of one unit, with its shares near the document's weights, and where nobody changes."""
    close = near(line.weights)
    return Field(
        level, line, regions(line), close, by_grade(regions(line, close), share_of(close)), unchanged(forms.values())
    )


def _level(state: State, group: str, level: Level | None) -> Level | None:
    """The page's level where it has two or three weights; else the viewer's choice among those that have."""
    if level is not None:
        return level if level.mode == "weights" and len(level.originals) in SIZES else None
    return firmness_levels.choose(state, group, "triangle-level", SIZES)


@st.cache_resource(show_spinner=False, max_entries=32)
def _forms(key: tuple[int, int, str, str, str], _state: State, _level: Level) -> dict[str, Form]:
    """``key``: assessment, version, scheme, group, level."""
    scheme = _state.scheme
    found = {result.unit: form(scheme, result, _level) for result in _state.results.group(key[3])}
    return {unit: line for unit, line in found.items() if line is not None}


def _choose(names: Mapping[str, str], forms: Mapping[str, Form]) -> str:
    """The viewer's choice; at first what the address says by the name shown here, so that no hidden name is told."""
    if st.session_state.get(UNIT) not in names:
        asked = st.query_params.get(UNIT_IN_ADDRESS, "")
        called = {name: unit for unit, name in names.items()}
        st.session_state[UNIT] = called.get(asked) or next(unit for unit in names if unit in forms)
    st.selectbox("看哪一个", list(names), format_func=names.__getitem__, key=UNIT, width=260)
    return str(st.session_state[UNIT])


def _nothing(state: State, group: str, level: Level | None) -> str:
    if level is None:
        sizes = [f"{each.name}{len(each.originals)}项" for each in firmness_levels.weighed(state, group).values()]
        told = f"本方案{'、'.join(sizes)}" if sizes else "本方案没有两项以上的权重"
        return f"权重三角形只画三项（或两项）权重；{told}，请看各项权重的稳定区间。"
    whys = dict.fromkeys(_why_not(result) for result in state.results.group(group))
    return f"没有可画的等次区域：{'；'.join(whys)}。"


def _why_not(result: UnitResult) -> str:
    if result.inherited:
        return "随所帮扶的考核对象计分，没有自己的权重"
    if result.score is None:
        return "尚无综合得分"
    return CURVED if result.linear else BENT


def _reading(told: Field, name: str, count: int, state: State) -> None:
    """The picture in a sentence, a table of shares, and how far nobody at all changes."""
    scheme, colors, words = state.scheme, palette(), state.scheme.words
    whole = by_grade(told.found)
    st.markdown(f"{bold(name)}：{escape(verdict(told))}")
    table(
        [
            {
                "等次": chip(scheme.grades, grade, colors),
                "全部权重组合中占": share_text(whole.get(grade, Fraction(0))),
                "±5个百分点以内占": share_text(told.nearby.get(grade, Fraction(0))),
            }
            for grade in scheme.grades
            if grade in whole or grade in told.nearby
        ],
        "各等次所占的权重组合",
    )
    everyone = f"全部{count}{words.measure}{words.units}" if count > 1 else f"这一{words.measure}{words.unit}"
    st.caption(escape(
        f"实线框：各项权重都在{told.level.origin}权重±5个百分点以内。虚线框：{everyone}的等次都不变，"
        f"占全部权重组合的{share_text(share_of(told.common))}。{'网格每格25%。' if len(told.line.values) == 3 else ''}"
    ))  # fmt: skip


def verdict(told: Field) -> str:
    """What the weights can do at all: 「权重无论怎样组合，都是“较好”」."""
    present = told.line.final(told.line.mean)
    others = [region.grade for region in told.found if region.grade != present and region.share]
    if not others:
        return f"权重无论怎样组合，都是“{present}”"
    near_others = [grade for grade in others if told.nearby.get(grade)]
    close = f"±5个百分点以内就可能成为“{'”“'.join(near_others)}”" if near_others else "±5个百分点以内不变"
    return f"{told.level.origin}权重下为“{present}”，{close}；换用别的权重可能成为“{'”“'.join(others)}”"


def described(told: Field, name: str) -> str:
    """The picture in words."""
    whole = by_grade(told.found)
    here = "、".join(
        f"{told.level.names[part]}{exact.shown(100 * weight, 2)}%"
        for part, weight in zip(told.line.names, told.line.weights, strict=True)
    )
    far = "，".join(f"{share_text(share)}为{grade}" for grade, share in whole.items())
    close = "，".join(f"{share_text(share)}为{grade}" for grade, share in told.nearby.items())
    return (
        f"{name}在{told.level.origin}权重（{here}）下为{told.line.final(told.line.mean)}；全部权重组合中{far}；"
        f"±5个百分点以内{close}；全部对象等次不变的占{share_text(share_of(told.common))}"
    )

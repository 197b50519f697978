"""名义权重与实际影响 of 等次稳定性: what each weight says, and which part of the differences between units it really makes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from components.explore.many import wanted
from components.figure import Figure
from components.grades import LIGHT, Palette, palette
from components.once import once
from components.results.charts import CONFIG, FONT
from components.tables import bold, cell, table
from components.text import escape
from data.lettering import plain, width, wrapped
from data.state import State
from scoring import exact
from scoring.firmness.influence import Influence, Part, Swing, influence, influence_sentences, percents
from scoring.scheme import Scheme
from scoring.trial import Level

_SIZE, _LINE, _SAID, _DID, _PAD, _HEAD, _FOOT = 13, 19, 7, 13, 16, 26, 26
_NAME, _WIDE = 24, 25  # full-width letters of a name's line, and of what is said in one
_ROWS = 10
"""Weights that are drawn; where there are more the table has them all."""
_REAL = ("#00706B", "#5FD0C5")
"""Teal by day and on a dark wall: unlike every grade."""
METHOD = (
    "各项的实际影响＝权重×该项得分与总分的协方差÷总分的方差，各项相加恰为100%（Shorrocks 1982）。",
    "“单独解释”是该项与总分相关系数的平方（Paruolo等2013：名义权重不等于实际重要性）。",
    "实际影响按舍入前的综合得分计算，随本次评分而变：它描述今年的差距由谁拉开，不评价哪一项更重要。",
    "小于0：该项与得分的高低相反，缩小了差距。",
)


def show(state: State, group: str, level: Level) -> None:
    """Sentences, the picture, and the table. Nobody is named."""
    st.subheader("名义权重与实际影响", anchor=False)
    if not wanted(state, f"influence-{group}-{level.id}", "实际影响"):
        return
    told = _told(state, group, level)
    sentences = influence_sentences(told)
    if told.why_not:
        st.info(escape(told.why_not), icon=":material/info:")
        return
    for sentence in sentences:
        st.markdown(bold(sentence))
    shown = drawn_parts(told)
    st.plotly_chart(
        figure(told, shown, state.scheme, palette()), config=CONFIG, key="influence-chart", theme=None,
        alt=described(told),
    )  # fmt: skip
    _below(told, shown, state.scheme)


@once("正在计算实际影响…")
def _told(state: State, group: str, level: Level) -> Influence:
    return influence(state.scheme, state.results.group(group), level)


def rest_of(told: Influence) -> str:
    """What no weight here makes, by name: 「其余（日常工作）」."""
    return f"其余（{'、'.join(told.others)}）" if told.others else "其余"


def _below(told: Influence, shown: Sequence[Part], scheme: Scheme) -> None:
    words, notes = scheme.words, ["名义权重占总分，实际影响占得分差距。"]
    if len(shown) < len(told.parts):
        notes.append(f"共{len(told.parts)}项，图中为相差最大的{len(shown)}项，其余见表。")
    if told.units < told.of:
        notes.append(f"按得分齐全的{told.units}{words.measure}{words.units}计算（共{told.of}{words.measure}）。")
    if told.rest or told.beyond:
        weighs = f"名义{exact.shown(100 * told.beyond, 2)}%，" if told.beyond else ""
        notes.append(f"{rest_of(told)}：{weighs}实际{percents(told)['']}。")
    st.caption(escape("".join(notes)))
    opened = st.expander("以表格查看与算法", icon=":material/table:", on_change="rerun", key="influence-table")
    if opened.open:
        with opened:
            table(rows(told, scheme), "名义权重与实际影响")
            st.caption("±5点改等次：该项权重加（减）5个百分点、其余按比例时，改变等次的个数；“—”为不变。")
            st.markdown("\n".join(f"- {escape(text)}" for text in METHOD))


def rows(told: Influence, scheme: Scheme) -> list[dict[str, str]]:
    """Every weight, those that do more than they say first; at the end what no weight here makes."""
    texts = percents(told)
    swings = any(part.swing is not None for part in told.parts)
    found = [
        {
            told.level.name: cell(part.label),
            "名义": _nominal(part),
            "实际": texts[part.name],
            "单独解释": f"{exact.shown(100 * part.alone, 1)}%",
        }
        | ({"±5点改等次": _brief(part.swing)} if swings else {})
        for part in told.parts
    ]
    if told.rest or told.beyond:
        beyond = f"{exact.shown(100 * told.beyond, 2)}%"
        found.append(dict.fromkeys(found[0], "—") | {told.level.name: rest_of(told), "名义": beyond, "实际": texts[""]})
    return found


def _brief(found: Swing | None) -> str:
    """ "加1减2": how many change grade with 5 points more, and with 5 less."""
    told = [f"{way}{len(units)}" for way, units in (("加", found.more), ("减", found.less)) if units] if found else []
    return "".join(told) or "—"


def drawn_parts(told: Influence) -> tuple[Part, ...]:
    """The weights in the picture: of many those whose influence is farthest from their weight."""
    farthest = sorted(told.parts, key=lambda part: -abs(part.gap))[:_ROWS]
    return tuple(part for part in told.parts if part in farthest)


def figure(told: Influence, shown: Sequence[Part], scheme: Scheme, colors: Palette) -> go.Figure:
    """One row a weight, in the order given: what it is, a grey bar of what it says, a teal bar of what it does."""
    texts = percents(told)
    labels = [_words(part, texts[part.name], scheme) for part in shown]
    tops = [0]
    for lines in labels:
        tops.append(tops[-1] + _LINE * len(lines) + _SAID + _DID + _PAD)
    low = min([Fraction(0), *(part.real for part in shown)])
    high = max(max(part.real, part.nominal) for part in shown)
    drawn = Figure(_layout(tops[-1], float(low), float(high), colors))
    _legend(drawn, colors)
    for part, lines, top in zip(shown, labels, tops, strict=False):
        _row(drawn, part, lines, top, colors)
    return drawn.plotly()


def described(told: Influence) -> str:
    """The picture in words."""
    texts = percents(told)
    return "；".join(f"{part.label}名义权重{_nominal(part)}，实际影响{texts[part.name]}" for part in told.parts)


def _nominal(part: Part) -> str:
    return f"{exact.shown(100 * part.nominal, 2)}%"


def _words(part: Part, real: str, scheme: Scheme) -> list[str]:
    """The name, and below it what it says, does and could do, in one line where one holds it."""
    said = [f"名义{_nominal(part)}，实际{real}"]
    if part.swing is not None:
        said.append(f"±5个百分点：{_counts(part.swing, scheme)}")
    one = "　".join(said)
    name = [f"<b>{plain(line)}</b>" for line in wrapped(part.label, _NAME)]
    return [*name, *map(plain, [one] if width(one) <= _WIDE else said)]


def _counts(found: Swing | None, scheme: Scheme) -> str:
    """ "等次不变", "加则1个、减则2个改变等次"."""
    if found is None:
        return "—"
    measure = scheme.words.measure
    told = [f"{way}则{len(units)}{measure}" for way, units in (("加", found.more), ("减", found.less)) if units]
    return f"{'、'.join(told)}改变等次" if told else "等次不变"


def _layout(height: int, low: float, high: float, colors: Palette) -> dict[str, Any]:
    span = high - low
    step = next(step for step in (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 1000) if span / step <= 5)
    ticks = [k * step for k in range(math.ceil(low / step), math.floor(high / step) + 1)]
    return {
        "height": height + _HEAD + _FOOT,
        "margin": {"l": 14, "r": 16, "t": _HEAD, "b": _FOOT, "pad": 0},
        "font": {"family": FONT, "size": _SIZE, "color": colors.text},
        "paper_bgcolor": "rgba(0,0,0,0)", "plot_bgcolor": "rgba(0,0,0,0)", "showlegend": False, "dragmode": False,
        "hovermode": False,
        "xaxis": {
            "range": [low, high], "fixedrange": True, "showgrid": False, "zeroline": False,
            "tickmode": "array", "tickvals": ticks,
            "ticktext": [f"{round(tick * 100):d}%".replace("-", "−") for tick in ticks],
            "tickfont": {"size": 12, "color": colors.quiet}, "ticks": "",
        },
        "yaxis": {"range": [height, 0], "fixedrange": True, "visible": False},
    }  # fmt: skip


def _legend(drawn: Figure, colors: Palette) -> None:
    signs = ((colors.missing, "名义权重（占总分）"), (_teal(colors), "实际影响（占得分差距）"))
    text = "　".join(f"<span style='color:{color}'>■</span> {told}" for color, told in signs)
    drawn.add_annotation(
        xref="paper", x=0, yref="paper", y=1, xanchor="left", yanchor="bottom", yshift=4, text=text, showarrow=False,
        font={"size": 12, "color": colors.text},
    )  # fmt: skip


def _teal(colors: Palette) -> str:
    return _REAL[0 if colors.paper == LIGHT.paper else 1]


def _row(drawn: Figure, part: Part, lines: Sequence[str], top: int, colors: Palette) -> None:
    drawn.add_annotation(
        xref="paper", x=0, y=top + 2, xanchor="left", yanchor="top", align="left", showarrow=False,
        text="<br>".join(lines), font={"size": _SIZE, "color": colors.text},
    )  # fmt: skip
    bar = top + _LINE * len(lines) + 4
    for value, start, height, color in (
        (part.nominal, bar, _SAID, colors.missing), (part.real, bar + _SAID, _DID, _teal(colors))
    ):  # fmt: skip
        drawn.add_shape(
            type="rect", x0=0, x1=float(value), y0=start, y1=start + height, fillcolor=color, layer="above",
            line={"width": 0},
        )  # fmt: skip
    drawn.add_shape(
        type="line", x0=0, x1=0, y0=bar - 3, y1=bar + _SAID + _DID + 3, line={"color": colors.text, "width": 1.5}
    )

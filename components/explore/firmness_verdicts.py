"""The verdicts of 等次稳定性: how firm each grade is, what would move it up and down, and which rule holds it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from components import grades, links
from components.explore import firmness_address, firmness_readings, firmness_shares
from components.explore.address import LEVEL_IN_ADDRESS, of_group
from components.explore.firmness_loading import CLOSELY, Firm, closely, typed
from components.navigation import WHATIF
from components.results.charts import CONFIG
from components.tables import bold, cell
from components.text import escape, markdown, searched
from scoring.explain import score_text
from scoring.firmness.radius_words import every, radius_sentence
from scoring.firmness.verdicts import (
    NEAR,
    Verdict,
    headline,
    nearest_to_better,
    radius_text,
    share_text,
    softest_first,
    standing_text,
)
from scoring.firmness.words import distance
from scoring.trial import written

Names = Mapping[str, str]
_ICONS = {
    "完全稳固": ("green", "verified"), "稳固": ("green", "check"), "不稳": ("orange", "warning"), "不作判断": ("gray", "block"),
}  # fmt: skip


def first_words(firm: Firm, names: Names) -> None:
    """The page in a sentence, and what it does not speak of."""
    scheme = firm.state.scheme
    told = headline(scheme, firm.level, firm.found, names) if firm.level else ()
    with st.container(border=True, gap="xsmall", key="firmness-headline"):
        if told:
            st.markdown(f"#### {markdown(told)}。")
        for line in _beside(firm, names):
            st.markdown(escape(line))
        if sentence := firmness_readings.first_sentence(firm):
            st.markdown(markdown(sentence))


def _beside(firm: Firm, names: Names) -> list[str]:
    """Whose grade a rule holds, and of whom nothing is said and why: one line a reason."""
    held = [names[verdict.told.unit] for verdict in firm.found if verdict.told.binding]
    lines = [f"等次受限制、权重怎样调整都不升的：{'、'.join(held)}。"] if held else []
    silent: dict[str, list[str]] = {}
    for verdict in firm.found:
        if verdict.told.why_not:
            silent.setdefault(verdict.told.why_not, []).append(names[verdict.told.unit])
    measure = firm.state.scheme.words.measure
    return lines + [f"{len(units)}{measure}不作判断（{why}）：{_some(units)}。" for why, units in silent.items()]


def _some(units: Sequence[str]) -> str:
    return "、".join(units[:6]) + (f"等{len(units)}个" if len(units) > 6 else "")


def ordered(firm: Firm, names: Names) -> list[Verdict]:
    """The verdicts in the order the viewer wants."""
    listed = [firm.of(unit) for unit in names]
    if len(listed) < 2:
        return listed
    order = firmness_address.choose_order()
    if order == firmness_address.LISTED:
        return listed
    return nearest_to_better(listed) if order == firmness_address.NEAREST else softest_first(listed)


def show(firm: Firm, names: Names) -> None:
    """A card for each unit; many units are a table, and the chosen one's card beneath."""
    verdicts = ordered(firm, names)
    if len(verdicts) <= CLOSELY:
        for at, verdict in enumerate(verdicts):
            card(firm, names, verdict, f"firmness-card-{at}")
        return
    _table(firm, names, verdicts)
    chosen = firmness_address.choose_unit(names, firm.state.scheme.words.unit)
    card(firm, names, closely(firm, chosen), "firmness-card")


def card(firm: Firm, names: Names, verdict: Verdict, key: str) -> None:
    """One unit: how firm, the shares per grade, and what would change it, each with a way to try it."""
    with st.container(border=True, key=key):
        left, right = st.columns([2, 3], gap="small")
        with left, st.container(gap="xsmall"):
            _name(firm, names, verdict)
            _shares(firm, verdict, key)
        with right, st.container(gap="xsmall"):
            _changes(firm, verdict)


def _name(firm: Firm, names: Names, verdict: Verdict) -> None:
    scheme, result = firm.state.scheme, verdict.told.result
    color, icon = _ICONS[standing_text(verdict)]
    score = "暂缺" if result.score is None else f"{score_text(scheme, result.score)}分"
    chip = grades.chip(scheme.grades, result.grade, grades.palette()) if result.grade else ""
    badge = f":{color}-badge[:material/{icon}: {standing_text(verdict)}]"
    st.markdown(f"{bold(names[result.unit])}　{cell(score)}　{chip}　{badge}")
    if verdict.told.firm and firm.level:
        st.markdown(escape(radius_sentence(verdict.told.firm, every(firm.level))))
    if result.score_grade and result.score_grade != result.grade:
        by_score = grades.chip(scheme.grades, result.score_grade, grades.palette())
        st.markdown(f":gray[按分数为] {by_score}:gray[，按规则为] {chip}")


def _shares(firm: Firm, verdict: Verdict, key: str) -> None:
    """Near the document's weights; by score beside it where the two differ."""
    told, scheme = verdict.told, firm.state.scheme
    if told.firm is None:
        return
    if told.near is None:
        st.caption("权重项数太多，附近的等次占比无法精确计算。")
        return
    if sum(share > 0 for share in told.near.values()) > 1:  # a bar of one colour says no more than the words
        st.plotly_chart(
            firmness_shares.figure(scheme.grades, told.near, grades.palette()), config=CONFIG | {"staticPlot": True},
            key=f"{key}-shares", theme=None, alt=f"{NEAR}各等次所占的比例：{firmness_shares.text(told.near)}",
        )  # fmt: skip
    by_score = told.near_by_score
    beside = f"；按分数：{firmness_shares.text(by_score)}" if by_score and by_score != told.near else ""
    level = firm.level.name if firm.level else ""
    st.caption(escape(f"{level}{NEAR}：{firmness_shares.text(told.near)}{beside}"))


def _changes(firm: Firm, verdict: Verdict) -> None:
    """Up, then down: a sentence each, and the way to the board where a weight does it."""
    told = verdict.told
    if told.firm is None or firm.level is None:
        st.markdown(escape(f"{told.why_not}。"))
        return
    for limit in told.binding:
        st.markdown(f":material/gavel: {bold('等次限制')}　{escape(limit.text)}（{escape(limit.cite)}）")
    for up, nearest in ((True, told.up), (False, told.down)):
        icon, end = ("arrow_upward", "已是最好等次") if up else ("arrow_downward", "已是最低等次")
        st.markdown(f":material/{icon}: {escape(nearest.sentence or end)}。")
        _try(firm, verdict, up=up)


def _try(firm: Firm, verdict: Verdict, *, up: bool) -> None:
    """The way to 权重测算 with the weights that truly change the grade."""
    if firm.level is None or (values := typed(firm.state, firm.level, verdict.told.unit, up)) is None:
        return
    more = of_group(firm.state, firm.group) | {LEVEL_IN_ADDRESS: firm.level.id, firm.level.id: written(values)}
    what = "升等次" if up else "降等次"
    links.link(
        firm.state, WHATIF, f"到权重测算试一试（{what}）", ":material/tune:", width="content", **more
    )  # fmt: skip


def _table(firm: Firm, names: Names, verdicts: Sequence[Verdict]) -> None:
    """Many units, filtered; a click on a row chooses the unit."""
    shown = _filtered(firm, names, verdicts)
    if not shown:
        st.info("没有符合条件的对象，请放宽条件。", icon=":material/filter_alt_off:")
        return
    frame = pd.DataFrame([_row(firm, names, verdict) for verdict in shown])

    def choose() -> None:
        rows = st.session_state["firmness-table"]["selection"]["rows"]
        if rows and rows[0] < len(shown):
            firmness_address.take_unit(shown[rows[0]].told.unit)

    st.dataframe(
        frame, hide_index=True, row_height=36, height=36 * (min(len(shown), 12) + 1) + 2, key="firmness-table",
        on_select=choose, selection_mode="single-row",
        alt="；".join(" ".join(map(str, row.values())) for row in frame.to_dict("records")),
    )  # fmt: skip


def _filtered(firm: Firm, names: Names, verdicts: Sequence[Verdict]) -> list[Verdict]:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        wanted = st.text_input("查找", key="firmness-find", placeholder="名称", max_chars=40, width=200, live=True)
        kinds = list(dict.fromkeys(standing_text(verdict) for verdict in firm.found))
        only = st.pills("只看（不选为全部）", kinds, selection_mode="multi", key="firmness-kinds")
        graded = [grade for grade in firm.state.scheme.grades if any(v.told.result.grade == grade for v in firm.found)]
        by_grade = st.pills(
            "等次", graded, selection_mode="multi", key="firmness-grades",
            format_func=lambda grade: grades.sign(firm.state.scheme.grades, grade),
        )  # fmt: skip
    return [
        verdict
        for verdict in verdicts
        if searched(wanted or "") in searched(names[verdict.told.unit])
        and (not only or standing_text(verdict) in only)
        and (not by_grade or verdict.told.result.grade in by_grade)
    ]


def _row(firm: Firm, names: Names, verdict: Verdict) -> dict[str, str]:
    scheme, told = firm.state.scheme, verdict.told
    result = told.result
    short = distance(scheme, result).up
    kept = "—" if told.near is None or result.grade is None else share_text(told.near[result.grade])
    return {
        scheme.words.unit: names[result.unit],
        "等次": grades.sign(scheme.grades, result.grade) if result.grade else "暂缺",
        "稳固程度": standing_text(verdict),
        "安全半径": radius_text(verdict),
        "±5点内保持等次": kept,
        "距升等次": "—" if short is None or told.binding else f"{score_text(scheme, short)}分",
        "受限制": "、".join(limit.cite for limit in told.binding) or "—",
    }

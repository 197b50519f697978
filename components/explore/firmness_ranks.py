"""The section of places: which place each unit gets over all weightings, sampled, and its mean place exactly."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from components import grades
from components.explore import firmness_strip
from components.explore.firmness_loading import Firm, Ranks, ranks
from components.explore.firmness_strip import Row
from components.results.charts import CONFIG
from components.tables import cell, table
from components.text import escape
from scoring import exact
from scoring.firmness.acceptability import said
from scoring.trial import Level

FEWEST = 2
"""Places need somebody to be before."""
_TABLED = 20
"""More units than this make a table of places too wide to read."""


def section(firm: Firm, names: Mapping[str, str], level: Level, *, narrow: bool = False) -> None:
    """The heat strip under the weights of a level, with what was sampled and how sure it is."""
    if firm.state.scheme.rank.shown == "none" or len(names) < FEWEST:
        return
    st.subheader("全部权重组合下的位次", anchor=False)
    found = ranks(firm.state, firm.group, level)
    if found is None:
        st.info("有对象的得分不随这一层的权重按比例变动，位次的分布不作计算。", icon=":material/info:")
        return
    rows = [_row(firm, found, at, names) for at in range(len(found.units))]
    st.plotly_chart(
        firmness_strip.figure(rows, grades.palette(), narrow=narrow), config=CONFIG, key="firmness-strip", theme=None,
        alt=firmness_strip.described(rows),
    )  # fmt: skip
    st.caption(escape(_legend(found)))
    if len(found.units) < len(names):
        st.caption(escape(f"只在已有得分的{len(found.units)}个对象之间比较，位次为暂列。"))
    _as_table(firm, rows)


def _row(firm: Firm, found: Ranks, at: int, names: Mapping[str, str]) -> Row:
    unit = found.units[at]
    shares = () if found.sampled is None else tuple(map(float, found.sampled.shares[at]))
    return Row(names[unit], firm.state.results.of(unit).rank, found.means[unit], shares)


def _legend(found: Ranks) -> str:
    figures = "，格中数字是所占百分比" if len(found.units) <= firmness_strip.WORDED else ""
    told = (
        f"颜色越浓，得到这一位次的权重组合越多{figures}；"
        "方框是现在的位次；◆是只按得分、在全部权重组合下的平均位次（精确计算）。"
    )
    return told if found.sampled is None else f"{told}位次计入等次限制，{said(found.sampled)}。"


def _as_table(firm: Firm, rows: list[Row]) -> None:
    """The same in figures, where they fit a screen."""
    if len(rows) > _TABLED or not any(row.shares for row in rows):
        return
    opened = st.expander("以表格查看各位次所占比例", icon=":material/table:", on_change="rerun", key="firmness-places")
    if opened.open:
        with opened:
            table([_cells(firm, row) for row in rows], "各对象各位次所占的权重组合")


def _cells(firm: Firm, row: Row) -> dict[str, str]:
    told = {
        firm.state.scheme.words.unit: cell(row.name),
        "现为": str(row.place or "—"),
        "平均": "—" if row.mean is None else exact.fixed(row.mean),
    }
    return told | {str(at): _share(share) for at, share in enumerate(row.shares, start=1)}


def _share(share: float) -> str:
    return cell(firmness_strip.percent(share)) if share else "·"

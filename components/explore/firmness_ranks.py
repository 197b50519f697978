"""The section of places: which place each unit gets over all weightings, and its mean place, of the same sampling.

Both are after the rules, as the place that stands is. The mean by score alone, which is exact, has a column of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import ceil

import streamlit as st

from components import grades
from components.explore import firmness_strip
from components.explore.firmness_loading import Firm, Ranks, ranks
from components.explore.firmness_strip import Row
from components.explore.many import wanted
from components.results.charts import CONFIG
from components.tables import cell, table
from components.text import escape
from scoring import exact
from scoring.firmness.acceptability import said
from scoring.standing import gives_places
from scoring.trial import Level

BY_SCORE = "只按得分的平均位次"
FEWEST = 2
"""Places need somebody to be before."""
_DRAWN, _BESIDE = 60, 20
"""Units that are all drawn; of more so many before and after the chosen one."""
_TABLED = 20
"""More units than this make a table of places too wide to read."""


def section(firm: Firm, names: Mapping[str, str], unit: str, level: Level, *, narrow: bool = False) -> None:
    """The heat strip under the weights of a level, with what was sampled and how sure it is.

    Of very many units those placed next to the chosen one are drawn.
    """
    if not gives_places(firm.state.scheme) or len(names) < FEWEST:
        return
    st.subheader("全部权重组合下的位次", anchor=False)
    if not wanted(firm.state, f"ranks-{firm.group}-{level.id}", "位次的分布"):
        return
    found = ranks(firm.state, firm.group, level)
    if found is None:
        st.info("有对象的得分不随这一层的权重按比例变动，位次的分布不作计算。", icon=":material/info:")
        return
    drawn = beside(found.units, unit)
    rows = [_row(firm, found, at, names) for at in drawn]
    st.plotly_chart(
        firmness_strip.figure(rows, len(found.units), grades.palette(), narrow=narrow), config=CONFIG,
        key="firmness-strip", theme=None,
        alt=firmness_strip.described(rows),
    )  # fmt: skip
    st.caption(escape(_legend(found)))
    if len(rows) < len(found.units):
        st.caption(escape(f"对象较多，只画{names[unit]}前后各{_BESIDE}个（共{len(found.units)}个）。"))
    if len(found.units) < len(names):
        st.caption(escape(f"只在已有得分的{len(found.units)}个对象之间比较，位次为暂列。"))
    _as_table(firm, found, rows)


def beside(units: Sequence[str], unit: str) -> range:
    """Which of the units, best place first, are drawn: all where a screen or two holds them, else those around one.

    One without a score has no place: then the best are drawn.
    """
    if len(units) <= _DRAWN:
        return range(len(units))
    middle = units.index(unit) if unit in units else 0
    first = min(max(middle - _BESIDE, 0), len(units) - 2 * _BESIDE - 1)
    return range(first, first + 2 * _BESIDE + 1)


def _row(firm: Firm, found: Ranks, at: int, names: Mapping[str, str]) -> Row:
    unit = found.units[at]
    place, by_score, sampled = firm.state.results.of(unit).rank, found.means[unit], found.sampled
    if sampled is None:
        return Row(names[unit], place, by_score, by_score=by_score)
    mean, error = Fraction(float(sampled.mean_rank[at])), Fraction(float(sampled.mean_rank_errors[at]))
    return Row(names[unit], place, mean, tuple(map(float, sampled.shares[at])), by_score, error)


def _legend(found: Ranks) -> str:
    figures = "，格中数字是所占百分比" if len(found.units) <= firmness_strip.WORDED else ""
    told = f"颜色越浓，得到这一位次的权重组合越多{figures}；方框是现在的位次；"
    if found.sampled is None:
        return f"{told}◆是{BY_SCORE}（{_how(found)}）。"
    error = exact.fixed(Fraction(ceil(100 * found.sampled.mean_rank_errors.max(initial=0)), 100))
    sure = "" if error == "0.00" else f"，平均位次的标准误差不超过{error}位"
    return f"{told}◆是平均位次。位次和平均位次都计入等次限制，{said(found.sampled)}{sure}。"


def _how(found: Ranks) -> str:
    return "精确计算" if found.exactly else "精确到0.01位"


def _as_table(firm: Firm, found: Ranks, rows: list[Row]) -> None:
    """The same in figures, where they fit a screen."""
    if len(rows) > _TABLED or not any(row.shares for row in rows):
        return
    opened = st.expander("以表格查看各位次所占比例", icon=":material/table:", on_change="rerun", key="firmness-places")
    if opened.open:
        with opened:
            table([_cells(firm, row) for row in rows], "各对象各位次所占的权重组合")
            st.caption(f"{BY_SCORE}不计等次限制，{_how(found)}；其余各列计入等次限制，由抽样得出，±后为标准误差。")


def _cells(firm: Firm, row: Row) -> dict[str, str]:
    told = {
        firm.state.scheme.words.unit: cell(row.name),
        "现为": str(row.place or "—"),
        "平均": "—" if row.mean is None else _mean(row.mean, row.error),
        BY_SCORE: "—" if row.by_score is None else exact.fixed(row.by_score),
    }
    return told | {str(at): _share(share) for at, share in enumerate(row.shares, start=1)}


def _mean(mean: Fraction, error: Fraction) -> str:
    """The mean place with its error, which is rounded up; without one where every weighting drawn gives the same place."""
    return f"{exact.fixed(mean)}±{exact.fixed(Fraction(ceil(100 * error), 100))}" if error else exact.fixed(mean)


def _share(share: float) -> str:
    return cell(firmness_strip.percent(share)) if share else "·"

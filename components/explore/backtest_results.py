"""What a comparison of two years comes to: sentences, the parts as bars, every unit, how grades moved, what it comes of."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction

import plotly.graph_objects as go
import streamlit as st

from components.explore.backtest import YEARLY, Setup
from components.grades import Palette, palette
from components.results.charts import CONFIG, FONT, SIZE
from components.rules.roster_upload import XLSX
from components.tables import cell, table
from components.text import escape, markdown
from data.documents.backtest_table import to_xlsx
from data.documents.file_names import safe
from data.lettering import broken, plain
from scoring.compared import Comparison, Tested
from scoring.exact import signed
from scoring.explain import score_text
from scoring.split import BONUS, ZERO, Split
from scoring.year_words import (
    ON_TOP,
    PARTS,
    RULES,
    category_of,
    coverage_text,
    lacking,
    moved,
    parts_of,
    place_name,
    printed_parts,
    range_text,
    sentence,
)

_SCOPE = "新增与取消指标"
_NAME = 7
Names = Mapping[str, str]


def ordered(found: Comparison, names: Names) -> list[Tested]:
    """The units, the greatest rise first, those without a split last: hidden names tell no roster order."""
    return sorted(
        (unit for unit in found.units if unit.unit in names),
        key=lambda unit: (unit.split is None, -(unit.split.change if unit.split else ZERO), names[unit.unit]),
    )


def headline(setup: Setup, found: Comparison) -> str:
    """How many rose and fell, how many changed grade, and over what part of the table."""
    told = [unit.split.change for unit in found.units if unit.split]
    words = found.new_scheme.words
    counts = (
        (sum(c > 0 for c in told), "升"), (sum(c < 0 for c in told), "降"), (sum(c == 0 for c in told), "不变"),
    )  # fmt: skip
    moves = "、".join(f"{count}{words.measure}{word}" for count, word in counts if count)
    graded = sum(unit.before[1] != unit.now[1] for unit in found.units if unit.split and unit.before[1] and unit.now[1])
    grades = f"，{graded}{words.measure}改变等次" if graded else "，等次均不变"
    basis = f"{coverage_text(found)}回测，" if setup.mode != YEARLY else ""
    return f"{basis}{len(told)}{words.measure}{words.units}可比：{moves}{grades}。" if told else f"{basis}没有可比的{words.units}。"


def show(setup: Setup, found: Comparison, names: Names) -> None:
    """Everything, the message first."""
    units = ordered(found, names)
    compared = [unit for unit in units if unit.split]
    st.markdown(f"**{escape(headline(setup, found))}**")
    _causes(compared)
    if compared:
        colors = palette()
        st.plotly_chart(
            bars(found, compared, names, colors), config=CONFIG, width="stretch", key="backtest-bars", alt=described(compared, names)
        )  # fmt: skip
    with st.container(key="backtest-sentences"):
        st.markdown("\n".join(f"- {markdown(sentence(found, unit, names[unit.unit]))}" for unit in units))
    with st.container(key="backtest-table"):
        table([_row(setup, found, unit, names[unit.unit]) for unit in units], "各单位的得分变化及其来源")
    st.caption(
        "各部分取两位小数，尾差按余数大小并入，相加恰等于总变化；精确值见下载的表格。“…”表示小数未尽、只截不入。"
        "评分与规则两部分取两种先后次序的平均"
        "（口径，原文未规定）；两年都有的指标计入这两部分，只有一年有的计入新增、取消指标。"
    )
    if any(unit.now[0] is None for unit in units):
        st.caption("位次按有得分的单位排列，缺得分的不排。")
    _migration(found, compared)
    if compared:
        _detail(found, compared, names)
    st.download_button(
        "下载结果（xlsx）", data=lambda: to_xlsx(found, names, _lines(setup, found)), file_name=safe(f"{setup.mode}.xlsx"), mime=XLSX,
        icon=":material/download:", on_click="ignore", key="backtest-xlsx",
    )  # fmt: skip


def _lines(setup: Setup, found: Comparison) -> list[str]:
    demo = ["示例数据：与任何地方的实际工作无关。"] if setup.base.assessment.demo or setup.state.assessment.demo else []
    whose = f"{setup.base.assessment.name}（第{setup.base.version}版）"
    if setup.mode == YEARLY:
        what = f"同比：{whose}至{setup.state.assessment.name}（第{setup.state.version}版）"
    else:
        what = f"回测：{whose}的评分按{setup.rules.short}"
    return [what, "内部资料·未经审定。测算结果，仅供比较，不影响任何年度的正式结果。", *demo, coverage_text(found) + "比较。"]


def _causes(units: Sequence[Tested]) -> None:
    """Which part moved whom most, in one line."""
    if not units:
        return
    most = Counter(max(parts_of(unit.split).items(), key=lambda each: abs(each[1]))[0] for unit in units if unit.split)
    told = "、".join(f"{PARTS[part]}{count}个" for part, count in most.most_common())
    st.caption(f"变化的最大来源：{told}。")


def bars(found: Comparison, units: Sequence[Tested], names: Names, colors: Palette) -> go.Figure:
    """A row a unit: the parts to the right where they raise the score, to the left where they lower it, and the sum."""
    looks = colors.grades
    series = (
        (PARTS["marks"], looks[0].color, [unit.split.marks for unit in units if unit.split]),
        (PARTS["rules"], looks[2].color, [unit.split.rules for unit in units if unit.split]),
        (_SCOPE, colors.missing, [unit.split.added + unit.split.dropped for unit in units if unit.split]),
        (PARTS["merged"], looks[1].color, [unit.split.merged for unit in units if unit.split]),
    )
    labels = [broken(names[unit.unit], _NAME) for unit in units]
    figure = go.Figure()
    for name, color, values in series:
        if any(values):
            figure.add_bar(
                y=labels, x=[float(value) for value in values], name=name, orientation="h", marker={"color": color},
                hovertemplate=[f"{plain(names[u.unit])}　{name}{moved(v)}<extra></extra>" for u, v in zip(units, values, strict=True)],
            )  # fmt: skip
    figure.add_scatter(
        y=labels, x=[float(unit.split.change) for unit in units if unit.split], name="总变化", mode="markers",
        marker={"symbol": "diamond", "size": 11, "color": colors.text, "line": {"width": 1.5, "color": colors.paper}},
        hovertemplate=[f"{plain(names[u.unit])}　{moved(u.split.change)}<extra></extra>" for u in units if u.split],
    )  # fmt: skip
    figure.update_layout(
        barmode="relative", height=90 + 40 * len(units), margin={"l": 8, "r": 12, "t": 44, "b": 30},
        font={"family": FONT, "size": SIZE, "color": colors.text}, paper_bgcolor="rgba(0,0,0,0)", plot_bgcolor="rgba(0,0,0,0)",
        legend={"orientation": "h", "y": 1, "yanchor": "bottom", "x": 0, "font": {"size": 12}}, dragmode=False,
        xaxis={"fixedrange": True, "zeroline": True, "zerolinecolor": colors.quiet, "gridcolor": colors.line, "ticksuffix": "分"},
        yaxis={"fixedrange": True, "autorange": "reversed", "automargin": True, "tickfont": {"color": colors.text, "size": SIZE}},
    )  # fmt: skip
    return figure


def described(units: Sequence[Tested], names: Names) -> str:
    """The picture in words."""
    return "得分变化：" + "；".join(
        f"{names[unit.unit]}{moved(unit.split.change)}（评分{moved(unit.split.marks)}，规则{moved(unit.split.rules)}）"
        for unit in units
        if unit.split
    )


def _row(setup: Setup, found: Comparison, unit: Tested, name: str) -> dict[str, str]:
    was = "—" if unit.before[0] is None else score_text(found.old.scheme, unit.before[0])
    now = "—" if unit.now[0] is None else score_text(found.new_scheme, unit.now[0])
    split = unit.split
    row = {found.new_scheme.words.unit: cell(name), "得分": f"{was} → **{now}**", "变化": signed(split.change) if split else "—"}
    if setup.mode == YEARLY:
        row["评分"] = _part(split, "marks")
    row["规则变化"] = _part(split, "rules")
    if setup.mode == YEARLY:
        row["新增指标"] = _part(split, "added")
    row["取消指标"] = _part(split, "dropped")
    if any(each.split and each.split.merged for each in found.units):
        row[PARTS["merged"]] = _part(split, "merged")
    row |= {"四舍五入": _part(split, "rounding"), "等次": _grades(unit), "位次": _places(unit)}
    if setup.mode != YEARLY:
        row["未对应指标如何评分的可能区间"] = cell(range_text(found.new_scheme, unit)) or "—"
    if split is None:
        row["变化"] = cell(lacking(found, unit))
    return row


def _part(split: Split | None, part: str) -> str:
    """A part as it is printed beside the change; what is there and rounds to nothing is not called nothing."""
    if split is None:
        return "—"
    printed = printed_parts(split)[part]
    return "不足0.01" if not printed and getattr(split, part) else signed(printed)


def _grades(unit: Tested) -> str:
    was, now = unit.before[1], unit.now[1]
    return (was or "—") if was == now else f"{was or '—'} → **{now or '—'}**"


def _places(unit: Tested) -> str:
    was, now = ("—" if place is None else str(place) for place in unit.places)
    return was if was == now else f"{was} → {now}"


def _migration(found: Comparison, units: Sequence[Tested]) -> None:
    """Rows before, columns after."""
    counts = Counter((unit.before[1], unit.now[1]) for unit in units if unit.before[1] and unit.now[1])
    if not counts:
        return
    st.markdown("**等次变动**　:gray[行为原等次，列为现等次，数字为个数]")
    now = found.new_scheme.grades
    rows = [
        {"原等次": was} | {grade: str(counts[was, grade] or "·") for grade in now} | {"合计": str(sum(counts[was, g] for g in now))}
        for was in found.old.scheme.grades
    ]
    table(rows, "原等次与现等次的对照")


def _detail(found: Comparison, units: Sequence[Tested], names: Names) -> None:
    """One unit's change by category and component, and by rule."""
    st.markdown("**变化来自哪里**")
    known = {unit.unit: unit for unit in units}
    if st.session_state.get("backtest-unit") not in known:
        st.session_state["backtest-unit"] = units[0].unit
    chosen = st.selectbox(
        found.new_scheme.words.unit, list(known), format_func=lambda unit: names[unit], key="backtest-unit", width=240
    )
    split = known[chosen].split
    assert split is not None
    if split.by_item:
        table(by_category(found, split), "评分部分按类别和考核方式")
    told = [(place_name(found, place), value) for place, value in split.by_item.items() if value]
    told += [(RULES[rule], value) for rule, value in split.by_rule.items() if value]
    told.sort(key=lambda each: -abs(each[1]))
    if told:
        table([{"来源（影响最大的在前）": cell(name), "影响": f"{signed(value)}分"} for name, value in told[:12]], "各项影响")
    else:
        st.caption(f"评分与规则都没有影响，变化只来自新增、取消的指标{'、合并前的情形' if split.merged else ''}和四舍五入。")
    if len(told) > 12:
        st.caption(f"另有{len(told) - 12}项影响更小，见下载的表格。")


def by_category(found: Comparison, split: Split) -> list[dict[str, str]]:
    """The part of marks: rows are categories, columns components; rows and columns sum exactly."""
    sums: dict[str, dict[str, Fraction]] = defaultdict(lambda: defaultdict(Fraction))
    for place, value in split.by_item.items():
        sums[category_of(found, place)][place[0]] += value
    parts = [part for part in split.by_component if part]
    columns = {part: found.new_scheme.component(part).name for part in parts} | ({BONUS: ON_TOP} if BONUS in split.by_component else {})
    rows = [
        {"类别": cell(category)} | {name: signed(by[part]) for part, name in columns.items()} | {"合计": signed(sum(by.values(), ZERO))}
        for category, by in sums.items()
    ]
    last = {name: signed(split.by_component[part]) for part, name in columns.items()}
    return [*rows, {"类别": "评分合计"} | last | {"合计": signed(split.marks)}]

"""How a scheme (方案) is read on screen: the document's card, its weights and lines, its indicator table, its steps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from itertools import groupby

import streamlit as st

from components.results import badges
from components.tables import cell, table
from components.text import escape
from scoring import exact
from scoring.burden import burden
from scoring.elements import Component, Document, Group, Indicator
from scoring.rulebook import ROLES, Implied, completion, criterion, implied_weights, rules, written
from scoring.scheme import Scheme

_MEASURES = (
    "比例计分",
    "中位法",
    "任务完成情况",
    "大项等次",
    "加分",
    "扣分",
    "加扣分上下限",
    "逾期扣减",
    "随帮扶对象计分",
    "绩效折算",
    "小数位数",
    "位次",
)
UNSAID = ":orange-badge[原文未规定]"


def card(scheme: Scheme) -> None:
    """What the document is: title, number, issuer, days, publicity, and what it rests on."""
    facts = [(name, text) for name, text in _facts(scheme.document) if text]
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{escape(scheme.document.title)}**", width="content")
            badges.template(scheme)
        with st.grid(5, min_column_width=150, gap="small"):
            for name, text in facts:
                st.markdown(f":gray[{name}]  \n{escape(text)}")
        for name, papers in (("依据文件", scheme.document.based_on), ("废止文件", scheme.supersedes)):
            if papers:
                st.markdown(f":gray[{name}]  \n{escape('；'.join(papers))}")


def asked(scheme: Scheme) -> None:
    """How many cells the scheme asks to be filled in, in a line; what goes against the rules on burdens, below it."""
    found = burden(scheme)
    st.caption(escape(found.line))
    if found.warnings:
        with st.expander(f"减负提示{len(found.warnings)}条", icon=":material/edit_note:"):
            st.markdown("\n".join(f"- **{escape(w.text)}**。{escape(w.rule)}；{escape(w.mend)}。" for w in found.warnings))


def _facts(document: Document) -> list[tuple[str, str]]:
    period, cutoff = document.period, document.cutoff
    counted = f"{written(period.start)}至{written(period.end)}" if period else ""
    return [
        ("文号", document.number),
        ("印发机关", document.issuer),
        ("成文日期", written(document.issued) if document.issued else ""),
        ("公开方式", document.publicity),
        ("统计时间", counted or (f"截至{written(cutoff)}" if cutoff else "")),
    ]


def weights(scheme: Scheme, groups: Sequence[Group]) -> None:
    """The measure as it works out: components, points, lines and the other rules; categories for each group's table."""
    left, right = st.columns(2, gap="large")
    with left:
        _components(scheme)
        _points_and_lines(scheme)
        _other_rules(scheme)
    with right:
        for group in groups:
            name = f"（{group.name}）" if len(groups) > 1 else ""
            _category_weights(scheme, group.id, name)
            _category_marks(scheme, group.id, name)


def _components(scheme: Scheme) -> None:
    if not scheme.components:
        return
    measure = "满分" if scheme.combine == "add" else "权重"
    name = scheme.words.component
    st.subheader(name if scheme.combine == "judgement" else f"{name}{measure}", anchor=False)
    rows = [
        {name: cell(part.name), measure: _weighs(part), "依据": basis(part.cite)}
        for part in sorted(scheme.components, key=lambda part: not part.counted)
    ]
    table(rows, f"各{name}的{measure}与依据")
    if scheme.combine == "judgement":
        st.caption("本方案没有分值，不出总分；由评议作出综合评价。")
    if scheme.total:
        st.markdown(
            f"{name}合计{exact.plain(scheme.total.full)}分，折为{exact.plain(scheme.total.on)}分：{basis(scheme.total.cite)}"
        )


def _weighs(part: Component) -> str:
    if not part.counted:
        return "不计入"
    return f"{exact.shown(part.weight)}%" if part.weight is not None else f"{exact.plain(part.full or Fraction(0))}分"


def _points_and_lines(scheme: Scheme) -> None:
    lines = {band.grade: exact.plain(band.min) for band in scheme.bands.items} if scheme.bands else {}
    points = {g: exact.plain(v) for g, v in scheme.ticks.points.items()} if scheme.ticks else {}
    if not scheme.bands and not points:
        return
    st.subheader("赋分与等次线" if points else "等次线", anchor=False)
    rows = [
        {"等次": cell(grade)}
        | ({"打√得分": points.get(grade, "")} if points else {})
        | ({"综合得分不低于": lines.get(grade, "")} if lines else {})
        for grade in scheme.grades
    ]
    if points or lines:
        table(rows, "每档得分与等次线")
    else:
        st.markdown(f"等次为{escape('、'.join(scheme.grades))}。")
    told = [f"打√得分：{basis(scheme.ticks.cite)}"] if scheme.ticks else []
    told += [f"等次线：{basis(scheme.bands.cite)}"] if scheme.bands else []
    st.markdown("　".join(told))
    if scheme.bands and not lines:
        st.caption(escape(scheme.bands.assumed or ""))


def _category_marks(scheme: Scheme, group: str, name: str) -> None:
    """Full marks of each category in each component, added up from its items; the last line is the whole."""
    items = [item for item in scheme.indicators_of(group) if item.full and item.role == "base"]
    parts = [part for part in scheme.counted if any(part.id in item.full for item in items)]
    if not items or scheme.item_weights:
        return
    st.subheader(escape(f"类别满分{name}"), anchor=False)
    tops = list(dict.fromkeys(item.path[0] for item in items))
    rows = [_marks_row(top, [item for item in items if item.path[0] == top], parts) for top in tops]
    table([*rows, _marks_row("合计", items, parts)], "各类别在各考核方式中的满分")


def _marks_row(name: str, items: Sequence[Indicator], parts: Sequence[Component]) -> dict[str, str]:
    sums = {part.name: sum((item.full.get(part.id, Fraction(0)) for item in items), Fraction(0)) for part in parts}
    whole = {"合计": exact.plain(sum(sums.values(), Fraction(0)))} if len(parts) > 1 else {}
    count = {"类别": cell(name), "指标": f"{len(items)}项"}
    return count | {cell(part): exact.plain(value) for part, value in sums.items()} | whole


def _other_rules(scheme: Scheme) -> None:
    """The rules of the measure that no table above shows: how shares, tasks and late money count, bonuses, 绩效 …"""
    found = [rule for rule in rules(scheme) if rule.kind in _MEASURES]
    if not found:
        return
    st.subheader("其他计分规则", anchor=False)
    rows = [{"规则": f"**{cell(rule.kind)}**　{cell(rule.text)}", "依据": basis(rule.cites)} for rule in found]
    table(rows, "其他计分规则与依据")


def _category_weights(scheme: Scheme, group: str, name: str) -> None:
    top = [row for row in implied_weights(scheme, group) if row.no is None]
    if not top or scheme.item_weights is None:
        return
    st.subheader(escape(f"类别所占权重{name}"), anchor=False)
    whole = sum(row.items for row in top if len(row.path) == 1)
    items = scheme.indicators_of(group)
    rows = [
        {
            "类别": f"**{cell(row.name)}**" if len(row.path) == 1 else f"　{cell(row.name)}",
            "指标": _how_many([item for item in items if item.path[: len(row.path)] == row.path]),
            "权重": f"{row.share}＝{percent(row)}" if whole > 1 else percent(row),
        }
        for row in top
    ]
    table(rows, "各类别由指标权重推出的权重")
    st.markdown(f"由指标权重推出：{basis(scheme.item_weights.cite)}")


def _how_many(items: Sequence[Indicator]) -> str:
    """How many items one unit has: 1项，另本单位1项 where some are for single units only (省直单位)."""
    common = [item for item in items if not item.only]
    each = max(Counter(unit for item in items for unit in item.only).values(), default=0)
    return f"{len(common)}项" + (f"，另本单位{each}项" if each else "")


def percent(row: Implied) -> str:
    """A share for people: 11/19 is "57.9%"."""
    return f"{exact.fixed(row.share * 100, 1)}%"


def basis(cites: Sequence[str]) -> str:
    """The clauses, or the mark of our own reading."""
    return escape("、".join(cites)) if cites else UNSAID


def indicator_table(scheme: Scheme, group: str) -> None:
    """The indicator table by category, each item with its share and whatever the document says of it."""
    shares = {row.path if row.no is None else row.no: percent(row) for row in implied_weights(scheme, group)}
    items = scheme.indicators_of(group)
    for category, rows in groupby(items, key=lambda item: item.path[0]):
        listed = list(rows)
        share = f"，占{shares[(category,)]}" if scheme.item_weights and (category,) in shares else ""
        st.markdown(f"**{escape(category)}**　:gray[{len(listed)}项{share}]")
        table([_indicator(scheme, item, shares.get(item.no, "")) for item in listed], f"{category}的指标")


def _indicator(scheme: Scheme, item: Indicator, share: str) -> dict[str, str]:
    most = "" if item.role == "base" else f"{ROLES[item.role]}至多"
    full = "、".join(f"{scheme.component(name).name}{most}{exact.plain(value)}分" for name, value in item.full.items())
    told = [" · ".join(item.path[1:]), item.detail, item.criterion, criterion(scheme, item.no), item.method, item.least]
    told += [completion(scheme, item)] if item.kind == "completion" else []
    told += [f"数据来源：{item.source}" if item.source else "", f"注：{item.note}" if item.note else ""]
    aside = "；".join(text for text in told if text)
    row = {"序": str(item.no), "考核指标": cell(item.name) + (f"　:gray[{cell(aside)}]" if aside else "")}
    return row | ({"满分": full} if full else {"权重": share} if scheme.item_weights else {})


def steps(scheme: Scheme) -> None:
    """Who does what by which day, the day included."""
    rows = [
        {
            "责任单位": cell(task.who),
            "工作": cell(task.what),
            "期限": written(task.due) if task.due else "未写明",
            "依据": basis(task.cite),
        }
        for task in scheme.steps
    ]
    table(rows, "考核步骤与期限")

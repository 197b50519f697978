"""How a scheme (方案) is read on screen: the document's card, its weights and lines, its indicator table, its steps."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import streamlit as st

from components.tables import cell, table
from components.text import escape
from scoring import exact
from scoring.elements import Document, Indicator
from scoring.rulebook import Implied, criterion, implied_weights, written
from scoring.scheme import Scheme

UNSAID = ":orange-badge[原文未规定]"


def card(scheme: Scheme) -> None:
    """What the document is: title, number, issuer, days, publicity, and what it rests on."""
    facts = [(name, text) for name, text in _facts(scheme.document) if text]
    with st.container(border=True):
        st.markdown(f"**{escape(scheme.document.title)}**")
        with st.grid(5, min_column_width=150, gap="small"):
            for name, text in facts:
                st.markdown(f":gray[{name}]  \n{escape(text)}")
        for name, papers in (("依据文件", scheme.document.based_on), ("废止文件", scheme.supersedes)):
            if papers:
                st.markdown(f":gray[{name}]  \n{escape('；'.join(papers))}")


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


def weights(scheme: Scheme, group: str) -> None:
    """The weights as they work out: components, categories and items, and the points and lines that grade them."""
    shares = implied_weights(scheme, group)
    left, right = st.columns(2, gap="large")
    with left:
        _component_weights(scheme)
        _points_and_lines(scheme)
    with right:
        _category_weights(scheme, shares)


def _component_weights(scheme: Scheme) -> None:
    if not scheme.components:
        return
    st.subheader(f"{scheme.words.component}权重", anchor=False)
    rows = [
        {
            scheme.words.component: cell(component.name),
            "权重": f"{exact.shown(component.weight)}%"
            if component.weight is not None and component.counted
            else "不计入",
            "依据": basis(component.cite),
        }
        for component in scheme.components
        if component.full is None or not component.counted
    ]
    rows += [
        {scheme.words.component: cell(c.name), "权重": f"满分{exact.plain(c.full)}分", "依据": basis(c.cite)}
        for c in scheme.components
        if c.full is not None and c.counted
    ]
    table(rows, "各考核方式的权重与依据")


def _points_and_lines(scheme: Scheme) -> None:
    lines = {band.grade: exact.plain(band.min) for band in scheme.bands.items} if scheme.bands else {}
    points = {g: exact.plain(v) for g, v in scheme.ticks.points.items()} if scheme.ticks else {}
    if not lines and not points:
        return
    st.subheader("赋分与等次线", anchor=False)
    rows = [
        {"等次": cell(grade)}
        | ({"打√得分": points.get(grade, "")} if points else {})
        | ({"综合得分不低于": lines.get(grade, "")} if lines else {})
        for grade in scheme.grades
    ]
    table(rows, "每档得分与等次线")
    told = [f"打√得分：{basis(scheme.ticks.cite)}"] if scheme.ticks else []
    told += [f"等次线：{basis(scheme.bands.cite)}"] if scheme.bands and lines else []
    st.markdown("　".join(told))


def _category_weights(scheme: Scheme, shares: Sequence[Implied]) -> None:
    top = [row for row in shares if row.no is None]
    if not top or scheme.item_weights is None:
        return
    st.subheader("类别所占权重", anchor=False)
    whole = sum(row.items for row in top if len(row.path) == 1)
    rows = [
        {
            "类别": f"**{cell(row.name)}**" if len(row.path) == 1 else f"　{cell(row.name)}",
            "指标": f"{row.items}项",
            "权重": f"{row.share}＝{percent(row)}" if whole > 1 else percent(row),
        }
        for row in top
    ]
    table(rows, "各类别由指标权重推出的权重")
    st.markdown(f"由指标权重推出：{basis(scheme.item_weights.cite)}")


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
        share = f"，占{shares[(category,)]}" if scheme.item_weights else ""
        st.markdown(f"**{escape(category)}**　:gray[{len(listed)}项{share}]")
        table([_indicator(scheme, item, shares[item.no]) for item in listed], f"{category}的指标")


def _indicator(scheme: Scheme, item: Indicator, share: str) -> dict[str, str]:
    full = "、".join(f"{scheme.component(name).name}{exact.plain(value)}分" for name, value in item.full.items())
    told = [" · ".join(item.path[1:]), item.detail, item.criterion, criterion(scheme, item.no), item.method, item.least]
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

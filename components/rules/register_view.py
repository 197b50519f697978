"""条款落实 on screen: what became of each clause of a document, where, and why some are left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import urlencode

import streamlit as st

from components.navigation import PAGES
from components.tables import cell, table
from components.text import escape, searched
from data.register import STATUSES, TEXT, Entry, Place, Status, counts
from data.schemes import scheme
from scoring.assumptions import NAMES

QUOTED = 16
"""Letters of a clause that tell which of several is meant."""
_COLOURS: dict[Status, str] = {"implemented": "green", "shown": "gray", "left_out": "orange"}
_PLAIN = {
    "document": "文件卡片",
    "supersedes": "文件卡片",
    "doubts": "原文存疑",
    "indicators": "指标",
    "grades": "等次",
    "words": "称谓",
}
_FILES = {
    "data/sheets": "评分表的读取",
    "data/store/submissions.py": "评分表的留存",
    "data/store/log.py": "操作日志的记录",
    "data/store": "数据的留存",
    "data/store/rectifications.py": "整改台账的留存",
    "data/rosters.py": "名册的读取",
    "data/reminders.py": "催报的期限",
    "data/documents": "导出的文件",
    "data/documents/assumption_table.py": "口径确认表",
    "data": "数据的整理",
    "scoring/assumptions.py": "口径的比较",
    "scoring/due.py": "期限的推算",
    "scoring": "得分的计算",
    "components/page.py": "各页的标注",
    "components/explore/naming.py": "名称的隐去",
    "components/rules/towns_shown.py": "镇（街）结果的公开开关",
    "components": "页面",
    "docs/scheme-format.md": "方案格式说明",
}
"""What our files do, said to those who never see them; the longest beginning goes first."""


def badge(status: Status) -> str:
    """The status as a badge in Markdown."""
    return f":{_COLOURS[status]}-badge[{STATUSES[status]}]"


def where(entry: Entry, scheme_id: str) -> str:
    """Where a clause went, in words: 等次限制“当年在扶贫领域…”；“情形登记”页.

    A document may carry several schemes: what stands in another one than ``scheme_id`` alone is told with its name.
    """
    own = [place for place in entry.places if place.scheme in ("", scheme_id)]
    elsewhere = next((place.scheme for place in entry.places if place.scheme), "")
    if not elsewhere or any(place.scheme for place in own):
        return _together(own)
    return f"见方案“{scheme(elsewhere).short}”：{_together(entry.places)}"


def _together(places: Iterable[Place]) -> str:
    return "；".join(dict.fromkeys(filter(None, map(place_words, places))))


def place_words(place: Place) -> str:
    """One place in words; nothing for the document's text, which is beside it."""
    if place.path == TEXT:
        return ""
    if place.is_file:
        page = next((entry.title for entry in PAGES if entry.script == place.path), "")
        known = max((start for start in _FILES if place.path.startswith(start)), key=len, default="")
        return f"“{page}”页" if page else _FILES.get(known, "")
    steps = place.path.rpartition(":")[2].split(".")
    if "indicators" in steps:
        return _items(place, steps)
    name = _PLAIN.get(steps[0]) or NAMES[steps[0]]
    called = _called(place.found[0]) if len(steps) > 1 and len(place.found) == 1 and steps[0] not in _PLAIN else ""
    return f"{name}“{called}”" if called and called != name else name


def _items(place: Place, steps: Sequence[str]) -> str:
    numbers = steps[-1].replace("-", "至") if steps[-1] != "indicators" else ""
    return f"指标第{numbers}项" if numbers else f"指标共{len(place.found)}项"


def _called(thing: object) -> str:
    """What an element is called: its name or action, its grade, its category, or its words."""
    for field in ("name", "action", "grade", "what"):
        if found := getattr(thing, field, ""):
            return str(found)
    if path := getattr(thing, "path", ()):
        return str(path[-1])
    return str(getattr(thing, "text", ""))


def lines(entries: Sequence[Entry], scheme_id: str) -> None:
    """What the register says of one clause, a line each; where there are several, each quotes what it speaks of."""
    for entry in entries:
        begins = entry.words if len(entry.words) <= QUOTED else entry.words[:QUOTED] + "…"
        quoted = f"“{escape(begins)}”　" if len(entries) > 1 else ""
        st.markdown(f"{badge(entry.status)}\u200b　{quoted}{_told(entry, scheme_id)}")


def _told(entry: Entry, scheme_id: str) -> str:
    place = where(entry, scheme_id)
    note = f":gray[{escape(entry.note)}]" if entry.note else ""
    return "　".join(filter(None, [escape(place), note]))


def summary(entries: Sequence[Entry]) -> str:
    """How many clauses, and how many of each status, in a sentence."""
    counted = counts(entries)
    told = "，".join(f"{STATUSES[status]}{number}条" for status, number in counted.items())
    return f"本文件按条逐一列出{len(entries)}条：{told}。"


def register(entries: Sequence[Entry], scheme_id: str, address: dict[str, str]) -> None:
    """The register of one document, to be searched and narrowed to one status. ``address`` is the page's own."""
    seek, pick = st.columns([2, 4], vertical_alignment="bottom")
    needle = seek.text_input(
        "查找条款", placeholder="条款号、原文或说明", icon=":material/search:", live=True, key="register-seek"
    )
    counted = counts(entries)
    with pick:
        picked = st.segmented_control(
            "落实情况",
            list(STATUSES),
            format_func=lambda s: f"{STATUSES[s]}（{counted[s]}）",
            key="register-status",
            wrap=True,
        )
    found = [entry for entry in matching(entries, scheme_id, needle) if picked in (None, entry.status)]
    if not found:
        st.caption("没有符合的条款。可减少查找的文字，或不限落实情况。")
        return
    listed(found, scheme_id, address)


def matching(entries: Iterable[Entry], scheme_id: str, needle: str) -> list[Entry]:
    """The rows in which every word of a search occurs, in the clause, its words, its place or its note."""
    words = [searched(word) for word in needle.split()]
    return [
        entry
        for entry in entries
        if all(
            word in searched(f"{entry.clause} {entry.home} {entry.words} {where(entry, scheme_id)} {entry.note}")
            for word in words
        )
    ]


def listed(entries: Sequence[Entry], scheme_id: str, address: dict[str, str]) -> None:
    """The register as a table; each clause leads to its text beside its rules (``address`` is this page's own)."""
    rows = [
        {
            "条款": f"[{cell(entry.clause)}](?{urlencode(address | {'clause': entry.home})})",
            "原文": cell(entry.words),
            "落实情况": f"{badge(entry.status)}\u200b　{_told(entry, scheme_id)}",
        }
        for entry in entries
    ]
    table(rows, "各条款的落实情况")

"""The difference of two schemes in sentences; while one of them is faulty, cell by cell."""

from __future__ import annotations

from itertools import groupby

import streamlit as st

from components.editor.draft import checked
from components.tables import bold, cell, table
from components.text import escape
from scoring.scheme_changes import changes
from scoring.scheme_diff import Difference, differences

_MOVES = "可能影响得分或等次"


def told(before: str, after: str, names: tuple[str, str]) -> None:
    """Draw what ``after`` says otherwise than ``before``, two texts that are called ``names``."""
    old, new = checked(before), checked(after)
    if old.scheme is not None and new.scheme is not None:
        _sentences(differences(old.scheme, new.scheme))
    elif old.tree is not None and new.tree is not None:
        _cells(old.tree, new.tree, names)
    else:
        st.info("有一方的YAML文本有语法错误，无法比较；请先改正。", icon=":material/difference:")


def _sentences(found: tuple[Difference, ...]) -> None:
    if not found:
        st.markdown("两者内容完全一致。")
        return
    felt = sum(one.moves_results for one in found)
    st.markdown(f"共{len(found)}处不同，其中{felt}处{_MOVES}（加粗）。" if felt else f"共{len(found)}处不同，都不影响得分和等次。")
    for area, group in groupby(found, key=lambda one: one.area):
        lines = [f"- {bold(one.text) if one.moves_results else escape(one.text)}" for one in group]
        st.markdown(f"{escape(area)}\n\n" + "\n".join(lines))


def _cells(old: dict, new: dict, names: tuple[str, str]) -> None:
    st.caption("有一方尚有须改正之处，暂按各表逐格比较。")
    found = changes(old, new)
    rows = [{"位置": cell(spot), names[0]: cell(was), names[1]: cell(now)} for spot, (was, now) in found.items()]
    if rows:
        table(rows, alt="两个方案的差异")
    else:
        st.markdown("两者内容完全一致。")

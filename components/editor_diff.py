"""The difference of two schemes, told; also of texts that are still faulty."""

from __future__ import annotations

import streamlit as st

from components.tables import cell, table
from scoring.scheme_changes import changes
from scoring.scheme_text import read_text


def differences(before: str, after: str, names: tuple[str, str]) -> int:
    """Draw what ``after`` says otherwise than ``before``, and return how much that is."""
    old, new = read_text(before).tree, read_text(after).tree
    if not isinstance(old, dict) or not isinstance(new, dict):
        st.info("有一方的YAML文本有语法错误，无法比较；请先改正。", icon=":material/difference:")
        return 0
    found = changes(old, new)
    if not found:
        st.markdown("两者内容完全一致。")
        return 0
    rows = [
        {"位置": cell(spot), names[0]: cell(was), names[1]: cell(now)}
        for spot, (was, now) in found.items()
    ]
    table(rows, alt="两个方案的差异")
    return len(rows)

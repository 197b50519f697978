"""What a page that shows grades must say beside them: whose lines they are read by, or that there are none."""

from __future__ import annotations

import streamlit as st

from scoring.scheme import Scheme
from scoring.standing import borrowed, draws_lines


def template(scheme: Scheme) -> None:
    """A badge where the scheme is a template of ours, drawn from no official document; else nothing."""
    if scheme.template:
        st.badge(
            "模板·非官方文件", icon=":material/draft:", color="orange",
            help="本方案是系统附带的模板，不是任何机关印发的文件；分值、等次线、期限和名单请按本地文件改写",
        )  # fmt: skip


def lines(scheme: Scheme) -> None:
    """A badge where the lines are borrowed from another document, or where the document draws none; else nothing."""
    if scheme.judged:
        return
    if source := borrowed(scheme):
        st.badge(
            f"等次线借用{source}", icon=":material/content_copy:", color="orange",
            help="本文件只列等次、未定分数线。现按已确认的口径借用另一文件的分数线测算等次，仅供评议参考",
        )  # fmt: skip
    elif not draws_lines(scheme):
        st.badge(
            "等次由评议确定", icon=":material/groups:", color="gray",
            help="本文件只列等次、未定分数线：系统只出得分，不推算等次",
        )  # fmt: skip

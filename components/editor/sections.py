"""The tabs of the editor: which tables stand together, and what is said beside them while one types."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from components.editor import preview, state, versions
from components.editor.draft import Draft, checked
from components.editor.tables import edit
from components.editor.yaml_box import yaml_box
from components.tables import cell, table
from components.text import escape
from data.store import OwnScheme
from scoring import exact
from scoring.rulebook import implied_weights
from scoring.scheme import Scheme
from scoring.scheme_edit import renumbered
from scoring.scheme_parts import indicator_places, tables_of, weights_missing
from scoring.scheme_write import write_tree

_TABS: dict[str, tuple[str, ...]] = {
    "基本信息": ("basic",),
    "考核方式": ("components",),
    "指标": ("indicators", "categories", "nodes"),
    "等次与计分": ("grades", "rules"),
    "情形与限制": ("facts", "limits", "bonuses", "deductions"),
    "结果运用": ("outcomes",),
    "名单": ("groups", "units"),
    "步骤": ("steps",),
    "YAML": (),
    "预览": (),
    "版本与差异": (),
    "办理": (),
}
TABS = tuple(_TABS)


def draw(name: str, kept: OwnScheme, draft: Draft, actor: str) -> None:
    """One tab's contents."""
    others: dict[str, Callable[[], None]] = {
        "YAML": lambda: _yaml(kept, draft),
        "预览": lambda: preview.preview(draft.text),
        "版本与差异": lambda: versions.versions(kept, draft),
        "办理": lambda: state.panel(kept, draft, actor),
    }
    if name in others:
        others[name]()
        return
    tree = checked(draft.text).tree
    if tree is None:
        st.info("YAML文本有语法错误，表格暂不能显示；请到“YAML”页改正。", icon=":material/code_off:")
        return
    _tables(name, kept, draft, tree)


def _tables(name: str, kept: OwnScheme, draft: Draft, tree: dict) -> None:
    locked = kept.state != "draft"
    shown = [one for one in tables_of(tree) if one.key.partition(":")[0] in _TABS[name]]
    for one in shown:
        beside = partial(_weight_sum, tree) if one.key == "components" else None
        edit(draft, one, tree, locked=locked, heading=len(shown) > 1, beside=beside)
        if one.key.startswith("indicators") and not locked:
            _renumbering(draft, one.key, tree)
    if name == "指标":
        _implied(draft)


def _weight_sum(tree: dict) -> None:
    """The weights as they add up while one types, and what is missing."""
    found = weights_missing(tree)
    if found is None:
        return
    total, missing = found
    if missing == "0":
        st.badge(f"权重合计{total}，正好100", icon=":material/check:", color="green")
    elif missing.startswith("-"):
        st.badge(f"权重合计{total}，超出{missing[1:]}；应为100", icon=":material/error:", color="red")
    else:
        st.badge(f"权重合计{total}，还差{missing}；应为100", icon=":material/error:", color="red")


def _renumbering(draft: Draft, key: str, tree: dict) -> None:
    at = next(path for path, _ in indicator_places(tree) if key == ("indicators" if len(path) == 1 else f"indicators:{path[1]}"))
    st.button(
        "按序号排列并重新编号", key=f"editor-renumber-{key}", icon=":material/format_list_numbered:",
        help="要插在第2、3项之间的，序号先填2.5，再点这里", on_click=lambda: draft.rewrite(write_tree(renumbered(tree, at))),
    )  # fmt: skip


def _implied(draft: Draft) -> None:
    """What each category weighs in a sheet's score, as the draft has it now."""
    scheme = checked(draft.text).scheme
    if scheme is None or scheme.judged:
        return
    for group in [group for group in scheme.groups if group.indicators] or list(scheme.groups[:1]):
        if scheme.indicators_of(group.id):
            _shares(scheme, group.id, group.name if group.indicators else "")


def _shares(scheme: Scheme, group: str, name: str) -> None:
    st.subheader(escape(f"各类别实际权重（{name}）" if name else "各类别实际权重"), anchor=False)
    st.caption("由各项的权重或分值推得，随上表变化。")
    rows = [row for row in implied_weights(scheme, group) if row.no is None]
    table(
        [{"类别": cell(" · ".join(row.path)), "指标": f"{row.items}项", "占得分": f"{exact.shown(row.share * 100, 2)}%"} for row in rows],
        alt="各类别实际权重",
    )


def _yaml(kept: OwnScheme, draft: Draft) -> None:
    """The same draft as text, every fault with its line."""
    if kept.state != "draft":
        st.code(kept.text, language="yaml", line_numbers=True, height=560)
        return
    st.caption("与各表是同一份草案：这里改了，各表随之改变。注释在改表后不保留。格式见方案格式说明。")
    found = checked(draft.text)
    for one in found.faults[:20]:
        st.markdown(f"- 第{one.line}行　{escape(one.inside + '：' if one.inside else '')}{escape(one.message)}")
    if draft.text != draft.box_text:
        draft.box_text, draft.box_turn = draft.text, draft.box_turn + 1
    faulty = {one.line: one.message for one in found.faults}
    yaml_box(draft.text, f"{draft.id}-{draft.box_turn}", faulty, f"editor-yaml-{draft.id}", draft.type_text)

"""名单 by file: the blank one to take along, the zone it comes back through, and what was read of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from components.collect.uploads import problems_table
from components.one_file import one_file, read_once
from components.tables import bold, cell, table
from components.text import escape
from data.documents.roster_form import blank_roster
from data.rosters_codes import lacking
from data.rosters_units import RosterReading, read_roster, scheme_units, unlisted
from data.store import UnitRow
from scoring.elements import Group
from scoring.scheme import Scheme

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMATS = "可用.xlsx、.xls、.et、.ods、.csv；表头为“组别”“名称”"


@dataclass(frozen=True)
class Chosen:
    """Who is to be assessed: the units, or why there are none to begin with."""

    units: tuple[UnitRow, ...]
    problem: str = ""


def choice(scheme: Scheme) -> Chosen:
    """Draw what a new assessment asks of its roster: the groups listed by the document, and a file for the others."""
    listed, brought = _listed(scheme), unlisted(scheme)
    if not listed and not brought:
        return Chosen((), "请至少选择一个组别。")
    units = scheme_units(scheme, [group.id for group in listed])
    if brought:
        return _with_file(scheme, units, brought, asked=any(group.units for group in scheme.groups))
    return Chosen(tuple(units)) if _counted(units) else Chosen((), "请至少选择一个组别。")


def _listed(scheme: Scheme) -> list[Group]:
    """The groups that the document lists by name and the viewer keeps."""
    listed = [group for group in scheme.groups if group.units]
    if len(listed) < 2:
        return listed
    names = {group.id: f"{group.name}（{len(group.units)}个）" for group in listed}
    chosen = st.multiselect(
        "组别", list(names), default=list(names), format_func=names.__getitem__, key=f"new-groups-{scheme.id}",
        placeholder="请选择", select_all=False,
    )  # fmt: skip
    st.caption("只考核部分组别的，例如只考核一个市（区）的镇（街），删去其余组别即可。")
    return [group for group in listed if group.id in chosen]


def _counted(units: Sequence[UnitRow]) -> int:
    shown = "、".join(unit.name for unit in units[:12]) + ("等" if len(units) > 12 else "")
    if units:
        st.caption(f"考核对象{len(units)}个：{escape(shown)}")
    return len(units)


def _with_file(scheme: Scheme, units: list[UnitRow], brought: Sequence[Group], *, asked: bool) -> Chosen:
    """A roster of which the office brings a part, or all."""
    _counted(units)
    names = "、".join(_sized(group) for group in brought)
    st.markdown(f"原文没有列出{bold(names)}的单位名称，请按空白名单填写后放入。")
    later = "也可先新建，以后在本页“考核对象名单”补入，补入前这些组别不纳入考核。"
    st.caption(later if asked else "不放入名单的，上报时按评分表上的单位收取；以后也可在本页补入名单。")
    blank_button(scheme, "new-roster")
    reading = uploaded(scheme, units, key=new_zone(scheme), only="new-roster")
    if reading is None:
        return Chosen(tuple(units))
    if reading.rejected:
        return Chosen((), "名单有须改正之处，未新建。请按上表改正后重新放入，或先移除名单。")
    return Chosen(reading.units)


def new_zone(scheme: Scheme) -> str:
    """The zone of a new assessment's roster; its file is forgotten once the assessment is made."""
    return f"new-roster-{scheme.id}"


def _sized(group: Group) -> str:
    return f"{group.name}（{group.size}个）" if group.size else group.name


def blank_button(scheme: Scheme, key: str) -> None:
    """The blank roster to take along."""
    st.download_button(
        "下载空白名单（xlsx）", data=lambda: blank_roster(scheme), file_name="空白名单.xlsx", mime=XLSX,
        icon=":material/download:", on_click="ignore", key=f"blank-{key}",
    )  # fmt: skip


def uploaded(scheme: Scheme, kept: Sequence[UnitRow], *, key: str, only: str) -> RosterReading | None:
    """The zone for a roster file, and what was read of the file that lies there; None while there is none.

    The zone hands its file over and is empty again: another file takes the place of the one before.
    """
    dropped = one_file("选取或拖入填好的名单", key, only=only)
    st.caption(_FORMATS + "，帮扶单位另写“帮扶镇”和“户数”。" if scheme.inherits else _FORMATS + "。")
    if dropped:
        st.session_state[f"{key}-file"] = dropped
        st.rerun()
    held = st.session_state.get(f"{key}-file")
    if held is None:
        return None
    name, content = held
    slot, also = f"roster-read-{only}", (scheme.hash, tuple(kept))
    reading = read_once(slot, content, "正在读取名单…", lambda: read_roster(name, content, scheme, kept), *also)
    _shown(scheme, reading, key, only)
    return reading


def forget(key: str) -> None:
    """Take the file away that lies in a zone."""
    st.session_state.pop(f"{key}-file", None)


def _shown(scheme: Scheme, reading: RosterReading, key: str, zone: str) -> None:
    """The file by name with how it was read, a button that takes it away, and every problem."""
    file = f"《{escape(reading.file)}》"
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        if reading.rejected:
            st.markdown(f":material/cancel: {file}须改正后重新放入，没有取用其中任何内容。", width="content")
        else:
            st.markdown(f":material/check_circle: {file}已读取，考核对象共{len(reading.units)}个。", width="content")
        st.button("移除", icon=":material/delete:", key=f"{key}-remove", on_click=forget, args=[key])
    if not reading.rejected:
        counts_table(scheme, reading.units)
        _without_codes(reading.units)
    if reading.problems:
        problems_table(reading.problems, zone, f"{reading.file}的问题")


def _without_codes(units: Sequence[UnitRow]) -> None:
    """Who will be on no map, and where that is mended once the roster is in force."""
    if count := len(lacking(units)):
        st.caption(
            f"其中{count}个没有可用的行政区划代码，不能上地图；名单生效后，可在“考核对象名单”按名称补填。机关单位不必补填。"
        )


def counts_table(scheme: Scheme, units: Sequence[UnitRow]) -> None:
    """How many units each group has, beside what the document says."""
    rows = [
        {"组别": cell(group.name), "名单": f"{count}个", "原文": f"{group.size}个" if group.size else "未写明"}
        for group in scheme.groups
        if (count := sum(unit.group == group.id for unit in units)) or group.size
    ]
    table(rows, "各组别的考核对象数")

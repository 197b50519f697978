"""Bringing one's own geography: the zone, the questions, the match report with its preview, and 启用."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from components import grades, session
from components.access import permit
from components.collect.uploads import problems_table
from components.geo import deck
from components.one_file import one_file, read_once
from components.rules import geography_questions as questions
from components.rules.geography_scope import called
from components.tables import table
from components.text import escape
from components.width import column_width
from data import geographies, regions
from data.geographies import Brought, Choices, Report, preview
from data.maps import paint, scene
from data.maps.paint import Fill
from data.maps.view import Frame
from data.regions import NoShapesError, Place
from data.store import GEOGRAPHY_KINDS, Geography, StoreProblem

HELD, ZONE = "geography-file", "geography-zone"
_OPENED, _ASKED, _REPORT = "geography-opened", "geography-asked", "geography-report"
FORMATS = "面：GeoJSON（.geojson、.json）。点：.csv、.xlsx、.xls、.et、.ods，表头为“镇名,经度,纬度”，可另有“代码”。每份不超过20 MB。"
_OWN, _BUILT_IN = "自有", "内置"


def section(scope: Place, actor: str, kept: list[Geography]) -> None:
    """All of it, from the empty zone to what the button did."""
    with st.container(
        key="geography-said"
    ):  # always there: what follows keeps its place, and an open popover stays open
        if said := st.session_state.pop("geography-told", None):
            st.success(said, icon=":material/check_circle:")
    dropped = one_file("选取或拖入底图文件", ZONE, only="geography")
    st.caption(FORMATS)
    if dropped:
        for slot in (_OPENED, _ASKED, _REPORT):  # the same file again is read again: it may have been stopped by a busy machine
            st.session_state.pop(slot, None)
        st.session_state[HELD] = dropped
        st.rerun()
    held = st.session_state.get(HELD)
    if held is None:
        return
    name, content = held
    opened = read_once(
        _OPENED, content, "正在读取底图…", lambda: geographies.open_geography(name, content, scope.code), name, scope.code
    )  # fmt: skip
    _head(opened, name)
    if opened.rejected:
        problems_table(opened.problems, "geography", f"{name}的问题")
        return
    key = f"geography-{scope.code}-{st.session_state.get(f'{ZONE}-turn', 0)}"
    choices = _choices(opened, content, scope, key)
    _report(opened, content, scope, choices, actor, kept)


def _head(opened: Brought, name: str) -> None:
    """The file by name, how it was read, and a button that takes it away."""
    what = "个面" if opened.kind == "areas" else "个点"
    told = "须改正后重新放入，没有取用其中任何内容。" if opened.rejected else f"已读取，共{opened.count}{what}。"
    sign = ":material/cancel:" if opened.rejected else ":material/check_circle:"
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(f"{sign} 《{escape(name)}》{told}", width="content")
        st.button("移除", icon=":material/delete:", key="geography-remove", on_click=_forget)


def _forget() -> None:
    st.session_state.pop(HELD, None)


def _choices(opened: Brought, content: bytes, scope: Place, key: str) -> Choices:
    choices = questions.columns(opened, opened.guess, key)
    crs, swapped = questions.coordinates(key)
    choices = replace(choices, crs=crs, swapped=swapped)
    return replace(choices, answers=questions.names(_read(_ASKED, opened, content, scope, choices), key))


def _read(slot: str, opened: Brought, content: bytes, scope: Place, choices: Choices) -> Report:
    """The report on these answers, made once: a large file takes a second."""
    said = (opened.file, scope.code, choices)
    return read_once(slot, content, "正在核对…", lambda: geographies.read_geography(opened.file, content, scope.code, choices), *said)


def _report(opened: Brought, content: bytes, scope: Place, choices: Choices, actor: str, kept: list[Geography]) -> None:
    report = _read(_REPORT if choices.answers else _ASKED, opened, content, scope, choices)
    st.subheader("匹配结果", anchor=False)
    st.markdown(_summary(report, opened.unit))
    if report.problems:
        problems_table(report.problems, "geography", f"{opened.file}的问题")
    if report.rejected:
        st.markdown("没有取用其中任何内容，地图仍用内置底图。请按上表改正后重新放入。")
        return
    if rows := questions.told(report):
        with st.expander(f"逐个查看（{len(rows)}）", icon=":material/list:"):
            table(rows, "匹配结果")
    if report.shapes:
        draw(report, scope)
    _button(report, opened, content, scope, choices, actor, kept)


def _summary(report: Report, unit: str) -> str:
    lines = [
        f"取用**{len(report.taken)}**个{unit}"
        + (f"，**{len(report.undecided)}**个待确认" if report.undecided else "")
        + "。"
    ]
    if report.empty and not report.rejected:
        names = "、".join(each.name for each in report.empty[:20]) + ("等" if len(report.empty) > 20 else "")
        instead = "仍用内置的图形或坐标，内置也没有的不画"
        lines.append(f"没有对上的{len(report.empty)}个{unit}（{escape(names)}）：{instead}。")
    if report.mended:
        lines.append(f"读取时已处理：{escape('；'.join(report.mended))}。")
    return "  \n".join(lines)


def draw(report: Report, scope: Place) -> None:
    """The preview: own shapes and, where there is none, the built-in ones, told apart by colour, shape and word."""
    colors = grades.palette()
    own, built_in = Fill(paint.rgb("#56B4E9"), _OWN, "◆"), Fill(paint.rgb(colors.line), _BUILT_IN, "○")
    with st.container(gap=None):
        width = column_width("geography-width")
        frame = Frame(width, 480 if width >= 480 else 380)
        try:
            drawn = _scene(report, scope, own, built_in, {"frame": frame, "colors": colors})
        except NoShapesError as error:
            st.warning(str(error), icon=":material/map:")
            return
        alt = f"{scope.name}预览：{'、'.join(one.place.name for one in report.taken)}用自有底图"
        key = f"geography-map-{scope.code}-{frame.height}"
        deck.show(drawn, key=key, alt=alt, on_select=lambda _code: None)


def _scene(report: Report, scope: Place, own: Fill, built_in: Fill, look: dict[str, Any]) -> scene.Scene:
    if report.kind == "areas":
        fills = dict.fromkeys(report.shapes, own) | {each.code: built_in for each in report.empty}
        return scene.of_areas(preview.areas(report, scope.code), fills, **look)
    mine = [
        replace(one.place, lon=lon, lat=lat) for one in report.taken for lon, lat in [report.shapes[one.place.code]]
    ]
    towns = [scene.town(each, own) for each in mine]
    towns += [scene.town(each, built_in) for each in report.empty if each.located]
    return scene.of_points(regions.outline(scope.code), towns, **look)


def _button(
    report: Report, opened: Brought, content: bytes, scope: Place, choices: Choices, actor: str, kept: list[Geography]
) -> None:
    now = next((one for one in kept if (one.scope, one.kind, one.state) == (scope.code, report.kind, "current")), None)
    what = f"{called(scope)}{GEOGRAPHY_KINDS[report.kind]}"
    if now:
        st.caption(
            f"启用后取代现用的第{now.revision}版（《{escape(now.file_name)}》）；第{now.revision}版仍保存，可恢复。"
        )
    if report.undecided:
        st.caption(f"还有{len(report.undecided)}个名称待确认，确认后才能启用。")
    if not permit.button("启用底图",
        f"启用为{what}", type="primary", icon=":material/check:", key="geography-use", disabled=not report.ready,
        on_click=_seen, args=(now.id if now else None,),
    ):  # fmt: skip
        return
    try:
        made = session.store().put_geography(
            scope.code, report.kind, (opened.file, content), report.shapes, _reading(report, choices), actor, called(scope),
            st.session_state.pop("geography-seen", None),
        )  # fmt: skip
    except StoreProblem as problem:
        session.complain(problem)
        return
    st.session_state["geography-told"] = (
        f"已启用：{escape(what)}第{made.revision}版，共{len(report.shapes)}个。考核结果不受影响。"
    )
    _forget()
    st.rerun()


def _seen(current: int | None) -> None:
    """Which version the person saw in use: the click's own run would already find another's."""
    st.session_state["geography-seen"] = current


def _reading(report: Report, choices: Choices) -> dict[str, Any]:
    """How the file was read, kept with it: enough to read it so again."""
    unused = [f"{one.row.at} {one.said}" for one in report.asked if one.answer == questions.UNUSED]
    confirmed = {f"{one.row.at} {one.said}": one.place.code for one in report.taken if one.asked}
    said = {"name": choices.name, "code": choices.code, "lon": choices.lon, "lat": choices.lat, "crs": choices.crs}
    return said | {"swapped": choices.swapped, "taken": len(report.shapes), "confirmed": confirmed, "unused": unused,
                   "mended": list(report.mended)}  # fmt: skip

"""A small app around the SVG map: what the journeys click, drag and walk through by keyboard.

``?case=seven`` (default), ``province``, ``towns`` or ``crowd`` chooses the map; ``?frame=360x400`` its size. Beneath it the choice of
means and the downloads.
"""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import cycle

import streamlit as st

from components.geo import export, means, svg_map
from components.grades import palette
from data.maps import paint, scene
from data.maps.paint import Fill
from data.maps.scene import Scene, Thing
from data.maps.view import Frame
from data.regions import children, outline, outlines

GRADES = ("好", "较好", "一般", "较差", "暂缺")
colors = palette()


def fill(name: str, grade: str, at: int) -> Fill:
    sign = paint.grade_fill(grade).sign
    score = f"{90 - at % 40}.5"
    return paint.grade_fill(
        grade, colors=colors, lines=[f"{sign} {score}"], tip=f"{name}\n等次：{sign}\n得分：{score}分"
    )


def areas(code: str, frame: Frame, selected: str | None) -> Scene:
    drawn = outlines(code)
    about = [each["properties"] for each in drawn["features"]]
    grades = cycle(GRADES[shift:] + GRADES[:shift])
    fills = {
        each["code"]: fill(each["name"], grade, at) for at, (each, grade) in enumerate(zip(about, grades, strict=False))
    }
    near = frozenset({"440783", "440785"}) if selected == "440781" else frozenset()
    return scene.of_areas(drawn, fills, frame=frame, colors=colors, selected=selected, near=near)


def towns(code: str, frame: Frame, selected: str | None) -> Scene:
    placed = [each for each in children(code) if each.located]
    grades = cycle(GRADES[shift:] + GRADES[:shift])
    drawn = [
        scene.town(each, fill(each.name, grade, at))
        for at, (each, grade) in enumerate(zip(placed, grades, strict=False))
    ]
    return scene.of_points(outline(code), drawn, frame=frame, colors=colors, selected=selected)


def crowd(frame: Frame, selected: str | None) -> Scene:
    """1,610 points, without labels: there is no room for one."""
    province = outline("440000")
    dots = [
        Thing(
            f"t{n}", f"第{n + 1}镇", fill(f"第{n + 1}镇", GRADES[n % 5], n), 110 + n % 46 * 0.15, 21.5 + n // 46 * 0.11
        )
        for n in range(1610)
    ]
    return replace(
        scene.of_points(province, (), frame=frame, colors=colors), things=tuple(dots), words=(), selected=selected
    )


st.set_page_config(page_title="地图", layout="wide")
shift = 1 if st.toggle("另换一组颜色") else 0
st.button("再运行一次")
case = st.query_params.get("case", "seven")
width, height = map(int, st.query_params.get("frame", "800x540").split("x"))
chosen = st.session_state.get("chosen")
size = Frame(width, height)
shown = (
    crowd(size, chosen) if case == "crowd" else towns("440781", size, chosen) if case == "towns"
    else areas("440000" if case == "province" else "440700", size, chosen)
)  # fmt: skip


def take(code: str) -> None:
    st.session_state["chosen"] = code
    st.session_state["clicks"] = st.session_state.get("clicks", 0) + 1


with st.container(width=width):
    svg_map.show(shown, key="map", alt="江门市地图：台山市 好", on_select=take)
st.session_state["runs"] = st.session_state.get("runs", 0) + 1
told = {"runs": st.session_state["runs"], "chosen": chosen, "clicks": st.session_state.get("clicks", 0)}
told["means"] = means.chosen()
st.code(json.dumps(told, ensure_ascii=False), language=None)
means.switch()
legend = [paint.grade_fill(grade, colors=colors) for grade in GRADES]
export.offer(
    shown, title="江门市：等次", legend=legend, notes=("示例数据。",), name=export.file_name("地图", "江门市", "等次")
)

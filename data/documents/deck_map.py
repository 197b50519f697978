"""The map of a slide, as a picture: of a 汇报 with hidden names there is none (``data.briefing.ranking.grade_map``)."""

from __future__ import annotations

import io
from typing import Any

from pptx.util import Cm

from data.briefing.grounds import map_of
from data.documents.deck_frame import ACROSS, BOTTOM, LEFT
from data.documents.deck_text import Style, box
from data.geographies import Own
from data.locked import Locked
from data.looks import LIGHT
from data.maps import picture
from data.maps.svg import svg
from data.maps.view import Frame
from data.regions import SOURCE_LINE, NoShapesError

BESIDE = 8.2
"""Centimetres of the key figures beside the map."""
_PIXELS = 31
"""Of the picture's frame to a centimetre, before it is sharpened."""


def draw_map(slide: Any, locked: Locked, top: float, own: Own) -> None:
    """The map right of the figures, with its source; where none can be made, a line says why."""
    left, across, down = LEFT + BESIDE + 0.6, ACROSS - BESIDE - 0.6, BOTTOM - top - 1.1
    frame = Frame(round(across * _PIXELS), round(down * _PIXELS))
    try:
        found = map_of(locked, frame=frame, own=own)
        drawn = picture.png(svg(found[0]), 2.2) if found else None
        why = "考核对象没有行政区划代码，不能绘制地图。"
    except (NoShapesError, picture.PictureError) as problem:
        drawn, why = None, str(problem)
    if drawn is None:
        box(slide, (left, top, across, down), [[(why, Style(20, LIGHT.quiet))]])
        return
    shown = slide.shapes.add_picture(io.BytesIO(drawn), Cm(left), Cm(top), height=Cm(down))
    if shown.width > Cm(across):
        shown.height = int(shown.height * Cm(across) / shown.width)
        shown.width = Cm(across)
    shown.name = "等次地图"
    shown._element.nvPicPr.cNvPr.set("descr", "按等次着色的示意地图，各等次的数量见左侧。")
    source = f"示意图，边界不作为划界依据。{SOURCE_LINE}"
    box(slide, (left, BOTTOM - 0.95, across, 0.9), [[(source, Style(10, LIGHT.quiet))]])

"""A page's chart as a native chart of a slide: horizontal bars, each in the colour of its grade with shape and word beside it.

Bars begin at 0. A figure's label is the chart's own value in a format that adds the words, so that an edited figure never
keeps an old label.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import deepcopy
from fractions import Fraction
from typing import Any

from pptx.chart.chart import Chart as DrawnChart
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION
from pptx.enum.dml import MSO_LINE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Cm, Pt

from data.briefing import Bar, Chart
from data.documents.deck_book import SafeChartData
from data.documents.deck_text import CM, FACE, Style, behind, box, clean, color_of, set_font
from data.lettering import width
from data.looks import INK, LIGHT, WHITE, look

_SERIES = (
    ("#2F6690", WHITE),
    ("#9CC3DC", INK),
    ("#D9B26F", INK),
    ("#6B7885", WHITE),
    ("#C8D1D9", INK),
    ("#7A5C86", WHITE),
)
"""Colours of parts, none of them a grade's, with their inks."""
_PLAIN = "#2F6690"
_PRINTED = re.compile(r"(-?\d+(?:\.(\d+))?)(%?)")
_WORDS = 0.27
"""Part of the axis beyond the highest bar, for the words beside it."""
Place = tuple[float, float, float, float]


def draw_chart(slide: Any, chart: Chart, grades: Sequence[str], place: Place) -> None:
    """The chart at (left, top, width, height) in centimetres, with its 等次线 as thin lines over it."""
    stacked = chart.kind == "stacked"
    left, top, across, down = place
    kinds = {
        "ranked": XL_CHART_TYPE.BAR_CLUSTERED, "stacked": XL_CHART_TYPE.BAR_STACKED, "grouped": XL_CHART_TYPE.BAR_CLUSTERED
    }  # fmt: skip
    down = min(down, _highest(len(chart.bars)))
    shape = slide.shapes.add_chart(kinds[chart.kind], *(Cm(each) for each in (left, top, across, down)), _data(chart))
    shape.name = "图"
    shape._element.nvGraphicFramePr.cNvPr.set("descr", described(chart))
    drawn, size = shape.chart, _size(len(chart.bars), down)
    high = float(chart.high) * (1.02 if stacked else 1 + _WORDS)
    room = _layout(chart, across, down, size)
    _dress(drawn, chart, high, size, room)
    for number, series in enumerate(drawn.plots[0].series):
        _paint(series, chart, number, grades, size)
    if chart.lines:
        _lines(slide, chart, (left, top, across, down), room, high)


def described(chart: Chart) -> str:
    """The chart in words, for those who cannot see it."""
    told = [f"{bar.label} {'、'.join(bar.texts)}{f' {bar.grade}' if bar.grade else ''}" for bar in chart.bars]
    return clean(f"条形图（{'、'.join(chart.series)}）：{'；'.join(told)}")


def _data(chart: Chart) -> SafeChartData:
    data = SafeChartData(number_format="General")
    data.categories = [_category(chart, bar) for bar in chart.bars]
    for number, name in enumerate(chart.series):
        data.add_series(clean(name), [_value(bar, number) for bar in chart.bars])
    return data


def _category(chart: Chart, bar: Bar) -> str:
    """A unit with its place before it; with its total, or that it has none, behind it."""
    place = re.fullmatch(r"第(\d+)位.*", bar.note)
    told = f"{place[1]}　{bar.label}" if place and chart.kind == "ranked" else bar.label
    if chart.kind == "stacked" and bar.note:
        told += f"　{bar.note.removeprefix('合计')}"
    return clean(f"{told}（{bar.texts[0]}）" if bar.values[0] is None and chart.kind == "ranked" else told)


def _value(bar: Bar, number: int) -> float | None:
    """The figure as it is printed, so that label and bar are one."""
    found = _PRINTED.fullmatch(bar.texts[number])
    value = bar.values[number]
    if value is None:
        return None
    return float(Fraction(found[1])) if found else float(value)


def _format(bar: Bar, number: int, words: str) -> str:
    """A number format that writes the figure as printed, and words after it."""
    found = _PRINTED.fullmatch(bar.texts[number])
    digits = f"0.{'0' * len(found[2])}" if found and found[2] else "0"
    literal = f"{found[3] if found else bar.texts[number]}{words}".replace('"', "”")
    if not found:
        digits = ""
    return f'{digits}"{clean(literal)}"' if literal else digits


def _size(count: int, down: float) -> float:
    """Points of letters: a row must hold them."""
    return max(11.0, min(20.0, down / (count + 1) / CM * 0.64))


def _highest(count: int) -> float:
    """A few bars need not fill a slide."""
    return 1.5 * count + 3.2


def _layout(chart: Chart, across: float, down: float, size: float) -> Place:
    """Where the bars lie within the chart, as parts of it: left, top, width, height."""
    longest = max(width(_category(chart, bar)) for bar in chart.bars)
    left = min(0.42, (longest * size * CM + 0.6) / across)
    top = (1.35 if chart.lines or len(chart.series) > 1 else 0.2) / down
    return left, top, 0.99 - left, 0.98 - top


def _dress(drawn: DrawnChart, chart: Chart, high: float, size: float, room: Place) -> None:
    drawn.has_title = False
    drawn.font.size, drawn.font.name = Pt(size), FACE
    several = len(chart.series) > 1
    drawn.has_legend = several
    if several:
        drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
        set_font(drawn.legend.font, Style(16))
    values, names = drawn.value_axis, drawn.category_axis
    values.minimum_scale, values.maximum_scale = float(chart.low), high
    values.has_major_gridlines = values.visible = False
    names.reverse_order = True
    _put_after(names._element)
    names.format.line.color.rgb = color_of(LIGHT.line)
    names.has_major_gridlines = False
    set_font(names.tick_labels.font, Style(size))
    plot = drawn.plots[0]
    plot.vary_by_categories = False
    plot.gap_width = 45
    if chart.kind == "stacked":
        plot.overlap = 100
    _place_plot(drawn, room)


def _place_plot(drawn: DrawnChart, room: Place) -> None:
    """Fix where the bars lie, so that the 等次线 over them are where they should be."""
    area = drawn._chartSpace.chart.plotArea
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    layout = area.makeelement(qn("c:layout"), {})
    area.insert(0, layout)
    manual = _put(layout, "c:manualLayout")
    told = [("layoutTarget", "inner"), ("xMode", "edge"), ("yMode", "edge")]
    told += [(name, f"{each:.5f}") for name, each in zip("xywh", room, strict=True)]
    for name, value in told:
        _put(manual, f"c:{name}", val=value)


def _put_after(axis: Any) -> None:
    """Write every name: a slide show leaves some out where they are many."""
    skip = axis.makeelement(qn("c:tickLblSkip"), {"val": "1"})
    last = axis.find(qn("c:noMultiLvlLbl"))
    last.addprevious(skip)


def _put(parent: Any, name: str, **told: str) -> Any:
    """A new element at the end of another."""
    made = parent.makeelement(qn(name), told)
    parent.append(made)
    return made


def _paint(series: Any, chart: Chart, number: int, grades: Sequence[str], size: float) -> None:
    """Colours and labels of one series, point by point."""
    series.format.fill.solid()
    single = len(chart.series) == 1
    plain, ink = (_PLAIN, LIGHT.text) if single else _SERIES[number % len(_SERIES)]
    series.format.fill.fore_color.rgb = color_of(plain)
    labels = series.data_labels
    labels.show_value = True
    labels.position = XL_LABEL_POSITION.OUTSIDE_END if chart.kind != "stacked" else XL_LABEL_POSITION.CENTER
    set_font(labels.font, Style(size if chart.kind != "stacked" else size * 0.9, LIGHT.text if single else ink))
    labels._element.find(qn("c:txPr")).find(qn("a:bodyPr")).set("wrap", "none")
    formats = [_format(bar, number, _beside(bar, grades) if single else "") for bar in chart.bars]
    if len(set(formats)) == 1:
        labels.number_format, labels.number_format_is_linked = formats[0], False
    for at, bar in enumerate(chart.bars):
        if single and bar.grade in grades:
            fill = series.points[at].format.fill
            fill.solid()
            fill.fore_color.rgb = color_of(look(grades, bar.grade or "", LIGHT).color)
        if len(set(formats)) > 1:
            _label(labels._element, at, formats[at], chart.kind == "stacked")


def _beside(bar: Bar, grades: Sequence[str]) -> str:
    """Shape and word of a grade, and what holds it: " ◆较好（受限制）"."""
    held = bar.note.partition("，")[2] if bar.note.startswith("第") else bar.note
    word = f" {look(grades, bar.grade or '', LIGHT).shape}{bar.grade}" if bar.grade in grades else ""
    return word + (f"（{held}）" if held else "")


def _label(labels: Any, at: int, form: str, stacked: bool) -> None:
    """One point's own number format."""
    made = labels.makeelement(qn("c:dLbl"), {})
    _put(made, "c:idx", val=str(at))
    _put(made, "c:numFmt", formatCode=form, sourceLinked="0")
    made.append(deepcopy(labels.find(qn("c:txPr"))))
    _put(made, "c:dLblPos", val="ctr" if stacked else "outEnd")
    for name in ("LegendKey", "Val", "CatName", "SerName", "Percent", "BubbleSize"):
        _put(made, f"c:show{name}", val=str(int(name == "Val")))
    labels.insert(at, made)


def _lines(slide: Any, chart: Chart, place: Place, room: Place, high: float) -> None:
    """Each 等次线 over the bars, its grade and least score above it."""
    left, top, across, down = place
    for grade, line in chart.lines:
        x = left + across * (room[0] + room[2] * float(line) / high)
        first, last = top + down * room[1], top + down * (room[1] + room[3])
        drawn = slide.shapes.add_connector(1, Cm(x), Cm(first), Cm(x), Cm(last))
        drawn.line.color.rgb, drawn.line.width = color_of(LIGHT.quiet), Pt(1)
        drawn.line.dash_style = MSO_LINE.DASH
        drawn.name = f"等次线 {clean(grade)}"
        behind(slide, drawn)
        told = [[(grade, Style(14, bold=True))], [(f"≥{float(line):g}", Style(12, LIGHT.quiet))]]
        box(slide, (x - 1.25, first - 1.3, 2.5, 1.25), told, align=PP_ALIGN.CENTER, anchor=MSO_ANCHOR.BOTTOM)

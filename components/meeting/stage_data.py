"""What the stage in the browser receives: pages with everything drawn to scale, the looks of grades, the foot, the help.

Numbers travel as they are written, and as shares of a bar's length, which are only drawn. Units are told apart by ids that
say nothing; a hidden name is in none of it (``stage_names.Curtain``).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from components.meeting.stage_names import Curtain
from data.briefing.brief import shortened
from data.briefing.model import Bar, Chart, Page
from data.looks import DARK, LIGHT, Palette, look, neutral
from scoring import exact

SERIES = {"light": ("#4A5F73", "#7A6A9C", "#3C7D6B", "#8A7350"), "dark": ("#8FA6BC", "#B5A4DB", "#7FC4AF", "#CDB48A")}
"""Colours of a chart's series: none of them is a grade's."""
HELP = (
    ("→ PgDn", "下一页，空格也可"), ("← PgUp", "上一页"), ("数字", "转到该页（回车或稍候）"), ("Home End", "首页、末页"),
    ("W 或 ↓", "为什么：选对象，看依据"), ("T", "现场试算，不保存"), ("R", "揭晓下一个名称，由后往前"), ("N", "显示或隐去全部名称"),
    ("B 或 .", "黑屏"), ("F", "全屏"), ("D", "浅色、深色"), ("Esc", "返回；在页上则结束汇报"),
)  # fmt: skip


def encode(pages: Sequence[Page], curtain: Curtain, maps: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The pages for the browser; ``maps`` is what a page with a map shows there."""
    return [_page(page, curtain, maps) for page in pages]


def looks(grades: Sequence[str]) -> dict[str, Any]:
    """Every colour by day and on a dark wall."""
    return {name: _palette(grades, colors, name) for name, colors in (("light", LIGHT), ("dark", DARK))}


def units(curtain: Curtain) -> list[dict[str, str]]:
    """All that can be asked about, in the order of their letters, which is no one's order."""
    return [{"id": curtain.ids[unit], "name": shortened(curtain.names[unit])} for unit in curtain.letters]


def units_on(page: Page, curtain: Curtain) -> list[str]:
    """The units that a page speaks of, by the names it was made with: those that can be revealed there."""
    keys = {bar.key for bar in page.chart.bars} if page.chart else set()
    text = json.dumps(_texts(page), ensure_ascii=False)
    return [unit for unit, name in curtain.names.items() if curtain.ids[unit] in keys or shortened(name) in text]


def _texts(page: Page) -> list[Any]:
    bars = [[bar.label, bar.note] for bar in page.chart.bars] if page.chart else []
    rows = [list(row) for row in page.grid.rows] if page.grid else []
    return [page.message, list(page.lines), [figure.label for figure in page.figures], bars, rows, list(page.parts)]


def _page(page: Page, curtain: Curtain, maps: Mapping[str, Any]) -> dict[str, Any]:
    told = curtain.clean({
        "topic": page.topic, "message": page.message, "cites": clauses(page.cites),
        "figures": [{"text": f.text, "unit": f.unit, "label": f.label, "grade": f.grade} for f in page.figures],
        "lines": list(page.lines), "reveals": page.reveals,
        "grid": {"heads": list(page.grid.heads), "rows": [list(row) for row in page.grid.rows], "left": page.grid.left}
        if page.grid else None,
    })  # fmt: skip
    veiled = sum(unit not in curtain.open for unit in units_on(page, curtain))
    chart = _chart(page.chart, curtain) if page.chart else None
    return told | {"key": page.key, "veiled": veiled, "chart": chart, "map": dict(maps) if page.map else None}


def _chart(chart: Chart, curtain: Curtain) -> dict[str, Any]:
    def share(value: Fraction | None) -> float | None:
        if value is None:
            return None
        low = Fraction(0) if chart.kind == "stacked" else chart.low
        return round(float(min(max((value - low) / ((chart.high - low) or 1), Fraction(0)), Fraction(1)) * 100), 2)

    return {
        "kind": chart.kind, "series": list(chart.series), "unit": chart.unit,
        "lines": [
            {"text": exact.shown(value), "name": name, "at": share(value)}
            for name, value in chart.lines if chart.low <= value <= chart.high
        ],
        "bars": [_bar(bar, [share(value) for value in bar.values], curtain) for bar in chart.bars],
    }  # fmt: skip


def _bar(bar: Bar, widths: list[float | None], curtain: Curtain) -> dict[str, Any]:
    """One line; its key is a unit's id, or empty for one that is of no unit."""
    told = curtain.clean({"label": bar.label, "texts": list(bar.texts), "grade": bar.grade, "note": bar.note})
    return told | {"key": bar.key if curtain.unit(bar.key) else "", "widths": widths}


def _palette(grades: Sequence[str], colors: Palette, name: str) -> dict[str, Any]:
    shown = {grade: look(grades, grade, colors) for grade in grades}
    none = neutral(colors)
    return {
        "grades": {grade: {"color": one.color, "ink": one.ink, "shape": one.shape} for grade, one in shown.items()},
        "neutral": {"color": none.color, "ink": none.ink, "shape": none.shape}, "series": list(SERIES[name]), "onSeries": colors.paper,
        "text": colors.text, "quiet": colors.quiet, "line": colors.line, "paper": colors.paper, "ground": colors.ground,
    }  # fmt: skip


def clauses(cites: Sequence[str]) -> list[str]:
    """Each clause once, of a list in which several may stand together ("五（二）、六（五）")."""
    return list(dict.fromkeys(one for cite in cites for one in cite.split("、") if one))

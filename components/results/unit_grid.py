"""Every mark of a unit as a picture: 考核方式 across, indicators down by category, each in its grade's colour and shape.

Names stand in full, in as many lines as they need; all heights and margins are pixels, so nothing is cut or overlaps.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import plotly.graph_objects as go

from components.figure import Figure
from components.grades import Palette, look, sign
from components.results.charts import FONT
from data.documents.form_layout import measure_of
from data.lettering import broken, plain, width, wrapped
from scoring import exact
from scoring.elements import Indicator
from scoring.explain import score_text
from scoring.items import COMPARES
from scoring.marks import Mark
from scoring.profile import category_full, full_of, unit_rows
from scoring.results import ComponentResult, ItemResult, UnitResult
from scoring.rules import Target
from scoring.scheme import Scheme

SIZE, LINE, PAD = 13, 18, 14  # pixels: letters, a line of text, air above and below it
_HEAD = 44  # pixels for a column's weight and score, and a line for its name
_GAP = 0.03  # of a column's width, between cells
_CELL, _LEAST, _MOST = 92, 138, 420  # pixels: a cell as wished, a name's least and greatest width
_NUMBER = 26  # pixels of the items' numbers, left of their names
_LETTERS = 5  # full-width letters of a column's name in a line
_SHORT = 7  # letters of a measured value that still fits before its grade
NOT_HERE = "不计分"
"""What stands where an item carries no marks in a component (内蒙古: 0分)."""
SIGNS = {"base": "", "bonus": "加", "deduction": "扣"}
"""What stands before the points of an item, by its role."""
Cell = tuple[str, int | str | None]
"""A component's id and an item's number, or a category's name; None is the component's total."""


@dataclass(frozen=True)
class _Row:
    """One row: a category (``no`` None) or an item, between two heights in pixels.

    ``tall``: room for a value with its measure above the grade (12600万元).
    ``again``: a category that was left and is taken up anew (乳源: 精准帮扶 with its last item); its sum is told once.
    """

    no: int | None
    name: str
    text: str
    top: int
    bottom: int
    again: bool = False
    tall: bool = False

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def grid(scheme: Scheme, result: UnitResult, colors: Palette, wide: int) -> go.Figure:
    """The picture for a column ``wide`` pixels wide. A click on a cell selects it (see ``clicked``)."""
    parts = shown_parts(result)
    left = _name_width(wide, len(parts))
    rows = _rows(scheme, result, left)
    figure = Figure(layout=_layout(rows, parts, left, colors))
    for row in rows:
        _write_name(figure, row, left, colors)
    cells: list[dict[str, Any]] = []
    for column, part in enumerate(parts):
        _write_head(figure, scheme, part, column, colors)
        cells += _column(figure, scheme, result, part, column, rows, colors)
    _write_cells(figure, cells)
    return figure.plotly()


def shown_parts(result: UnitResult) -> list[ComponentResult]:
    """Counted components, and those beside the count (自查自评) that have a sheet."""
    return [part for part in result.components.values() if part.counted or part.sheet is not None]


def _name_width(wide: int, columns: int) -> int:
    return max(_LEAST, min(_MOST, wide - columns * _CELL))


def _rows(scheme: Scheme, result: UnitResult, left: int) -> list[_Row]:
    """Categories and items from top to bottom, each as high as its name needs in ``left`` pixels."""
    rows: list[_Row] = []
    top, category, seen = 0, None, set[str]()
    for item in unit_rows(scheme, result):
        if item.path[0] != category:
            category = item.path[0]
            letters = (left - 8) / SIZE
            text = f"<b>{broken(f'{category}（续）', letters)}</b>" if category in seen else ""
            text = text or _heading(scheme, result, category, letters)
            rows.append(_row(None, category, text, top, category in seen))
            seen.add(category)
            top = rows[-1].bottom
        text = broken(item.name, (left - _NUMBER - 8) / SIZE)
        rows.append(_row(item.no, item.name, text, top, tall=bool(item.measure or _target(scheme, item))))
        top = rows[-1].bottom
    return rows


def _row(no: int | None, name: str, text: str, top: int, again: bool = False, tall: bool = False) -> _Row:
    lines = max(text.count("<br>") + 1, 2 if tall else 1)
    return _Row(no, name, text, top, top + PAD + LINE * lines, again, tall)


def _heading(scheme: Scheme, result: UnitResult, category: str, letters: float) -> str:
    """A category's name with its sum and grade, below the name where both do not fit a line (bold is a tenth wider)."""
    score = result.categories.get(category)
    told = [_sum(scheme, result, category, score, list(scheme.weights))] if score is not None else []
    if grade := result.category_grades.get(category):
        told.append(sign(scheme.grades, grade))
    lines, more = wrapped(category, letters), "　".join(told)
    fits = 1.1 * width(f"{lines[-1]}　{more}") <= letters
    return f"<b>{broken(category, letters)}{('　' if fits else '<br>') if more else ''}{more}</b>"


def _sum(scheme: Scheme, result: UnitResult, category: str, percent: Fraction, components: list[str]) -> str:
    """A category's score: out of 100, or its points out of its full marks where marks add up."""
    full = category_full(scheme, result, category, components)
    if full is None:
        return score_text(scheme, percent)
    return f"{exact.shown(percent * full / 100, 2)}/{exact.plain(full)}"


def _head(parts: Sequence[ComponentResult]) -> int:
    """Pixels above the field: as many as the longest of the columns' names needs."""
    return _HEAD + LINE * max((len(wrapped(part.name, _LETTERS)) for part in parts), default=1)


def _layout(rows: Sequence[_Row], parts: Sequence[ComponentResult], left: int, colors: Palette) -> dict[str, Any]:
    height, columns = rows[-1].bottom if rows else 0, len(parts)
    hidden = {"visible": False, "fixedrange": True}
    return {
        "height": height + _head(parts) + 4,
        "margin": {"l": left, "r": 2, "t": _head(parts), "b": 4, "pad": 0},
        "font": {"family": FONT, "size": SIZE, "color": colors.text},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "showlegend": False,
        "hovermode": "closest",
        "hoverdistance": 60,
        "clickmode": "event+select",
        "dragmode": False,
        "hoverlabel": {"bgcolor": colors.paper, "bordercolor": colors.line, "font": {"color": colors.text}},
        "xaxis": {"range": [0, columns]} | hidden,
        "yaxis": {"range": [height, 0]} | hidden,
    }


def _write_name(figure: Figure, row: _Row, left: int, colors: Palette) -> None:
    """A name with its number before it, right-aligned; a category has a line above it instead."""
    at = {"xref": "paper", "x": 0, "y": row.middle, "showarrow": False, "font": {"size": SIZE, "color": colors.text}}
    start = 0 if row.no is None else _NUMBER
    figure.add_annotation(**at, xanchor="left", xshift=start - left, text=row.text, align="left")
    if row.no is not None:
        figure.add_annotation(**at, xanchor="right", xshift=start - left - 2, text=str(row.no))
    else:
        ends = {"x0": 0, "x1": 1, "xref": "paper", "y0": row.top, "y1": row.top}
        figure.add_shape(type="line", **ends, line={"color": colors.line, "width": 1}, layer="below")


def _write_head(figure: Figure, scheme: Scheme, part: ComponentResult, column: int, colors: Palette) -> None:
    figure.add_annotation(
        x=column + 0.5, y=1, yref="paper", yanchor="bottom", showarrow=False, yshift=4, font={"color": colors.text},
        text=f"<b>{broken(part.name, _LETTERS)}</b><br>{_weight(scheme, part)}<br><b>{_score(scheme, part)}</b>",
    )  # fmt: skip


def _score(scheme: Scheme, part: ComponentResult) -> str:
    if part.score is not None:
        return score_text(scheme, part.score)
    return "未到" if part.sheet is None else "待定"


def _weight(scheme: Scheme, part: ComponentResult) -> str:
    if not part.counted:
        return "不计分"
    if scheme.combine == "add":
        return f"满分{exact.plain(part.full)}"
    whole = sum(scheme.weights.values())
    return f"{float(100 * (part.weight or 0) / whole):.4g}%" if whole else ""


def _column(
    figure: Figure, scheme: Scheme, result: UnitResult, part: ComponentResult, column: int, rows: Sequence[_Row],
    colors: Palette,
) -> list[dict[str, Any]]:  # fmt: skip
    """Draw one component's cells; returns the words to be written in them."""
    if not part.rows:
        return [_whole(figure, part, column, rows, colors)] if rows else []
    marks = {mark.indicator: mark for mark in part.sheet.marks} if part.sheet else {}
    items = {item.no: item for item in unit_rows(scheme, result)}
    told = []
    for row in rows:
        if row.again:
            continue
        if row.no is None:
            score = part.categories.get(row.name)
            text = f"<b>{_sum(scheme, result, row.name, score, [part.id])}</b>" if score is not None else ""
            told.append(_words(column, row.middle, text, colors.text, (part.id, row.name), f"{part.name}　{row.name}"))
        elif found := part.rows.get(row.no):
            full = full_of(scheme, items[row.no], part.id)
            written = _written(marks.get(row.no), items[row.no], scheme)
            told.append(_cell(figure, scheme, part, column, row, found, written, full, colors, items[row.no].role))
        elif not items[row.no].marked_in(part.id):
            told.append(_not_here(figure, part, column, row, colors))
    return told


def _cell(
    figure: Figure, scheme: Scheme, part: ComponentResult, column: int, row: _Row, found: ItemResult,
    written: str, full: Fraction | None, colors: Palette, role: str = "base",
) -> dict[str, Any]:  # fmt: skip
    """A grade on its colour; points before a bar as long as they are of their full marks; words where it is open."""
    tip = f"{plain(row.name)}　{part.name}：{written + '　' if written else ''}"
    if found.grade is None:
        text = _points(scheme, found, full, role)
        _box(figure, column, row.top, row.bottom, "rgba(0,0,0,0)", colors.line)
        if found.points and role != "deduction":
            _bar(figure, column, row, found.points, colors)
        shown = f"{_small(written, row.tall)}{text}"
        return _words(column, row.middle, shown, colors.text, (part.id, row.no), f"{tip}{found.open or text}")
    look_of = look(scheme.grades, found.grade, colors)
    fill, ink = (look_of.color, look_of.ink) if part.counted else (look_of.tint, colors.text)
    _box(figure, column, row.top, row.bottom, fill, look_of.color)
    shown = f"{_small(written, row.tall)}{look_of.shape} {found.grade}"
    return _words(column, row.middle, shown, ink, (part.id, row.no), f"{tip}{found.grade}")


def _points(scheme: Scheme, found: ItemResult, full: Fraction | None, role: str = "base") -> str:
    """Points out of the full marks; 加2/3 and 扣2/5 for what comes on top or off."""
    if found.open:
        return "待定"
    if found.points is None:
        return "不适用"
    if full is None:
        return score_text(scheme, found.points)
    return f"{SIGNS[role]}{exact.shown(found.points * full / 100)}/{exact.plain(full)}"


def _written(mark: Mark | None, item: Indicator, scheme: Scheme) -> str:
    """What the sheet says where it is neither a tick nor points: a value with its measure and what it must reach
    (11760/12000人 of a completion), an answer."""
    if mark is None:
        return ""
    if mark.value is None:
        return plain(mark.answer or "")
    target = _target(scheme, item)
    if target is not None and target.value is not None:
        if item.kind == "completion":
            return f"{exact.shown(mark.value)}/{exact.shown(target.value)}{plain(target.measure)}"
        line = f"须{COMPARES[item.compare or 'at_least']}{exact.shown(target.value)}{plain(target.measure)}"
        return f"{exact.shown(mark.value)}{plain(target.measure)} {line}"
    return exact.shown(mark.value) + (plain(measure_of(item)))


def _target(scheme: Scheme, item: Indicator) -> Target | None:
    """The figure that a measured yes or no is held against (第3项 of 内蒙古: 全国平均增长率)."""
    held = ("yesno", "completion")
    return next((known for known in scheme.targets if known.id == item.target and item.kind in held), None)


def _small(written: str, tall: bool) -> str:
    """A short value or answer before what it came to, or above it; a long one is left to the tip and the drawer."""
    if tall and written:
        return f"<span style='font-size:11px'>{written}</span><br>"
    return f"<span style='font-size:11px'>{written}</span> " if 0 < width(written) <= _SHORT / 2 else ""


def _bar(figure: Figure, column: int, row: _Row, percent: Fraction, colors: Palette) -> None:
    wide = (1 - 2 * _GAP) * min(float(percent) / 100, 1.0)
    figure.add_shape(
        type="rect", x0=column + _GAP, x1=column + _GAP + wide, y0=row.bottom - 6, y1=row.bottom - 2,
        fillcolor=colors.quiet, line={"width": 0}, layer="below",
    )  # fmt: skip


def _not_here(figure: Figure, part: ComponentResult, column: int, row: _Row, colors: Palette) -> dict[str, Any]:
    """An item that carries no marks in this component is grey and says so."""
    _box(figure, column, row.top, row.bottom, colors.ground, colors.ground)
    tip = f"{plain(row.name)}　本{part.name}不计分"
    return _words(column, row.middle, NOT_HERE, colors.quiet, (part.id, row.no), tip)


def _whole(figure: Figure, part: ComponentResult, column: int, rows: Sequence[_Row], colors: Palette) -> dict[str, Any]:
    """A component without items is one tall cell: a total that was handed in, or a sheet that has not come."""
    top, bottom = rows[0].top, rows[-1].bottom
    _box(figure, column, top, bottom, colors.ground, colors.line)
    text = "直接<br>给分" if part.exact is not None else "未到" if part.sheet is None else "待定"
    return _words(
        column, (top + bottom) / 2, text, colors.text, (part.id, None), f"{part.name}：{text.replace('<br>', '')}"
    )


def _box(figure: Figure, column: int, top: int, bottom: int, fill: str, line: str) -> None:
    figure.add_shape(
        type="rect", x0=column + _GAP, x1=column + 1 - _GAP, y0=top + 1.5, y1=bottom - 1.5, fillcolor=fill,
        line={"color": line, "width": 1}, layer="below",
    )  # fmt: skip


def _words(column: int, y: float, text: str, ink: str, cell: Cell, tip: str) -> dict[str, Any]:
    return {"x": column + 0.5, "y": y, "text": text, "ink": ink, "cell": cell, "tip": tip}


def _write_cells(figure: Figure, cells: Sequence[dict[str, Any]]) -> None:
    """All words and all places to click, as one trace of invisible points."""
    opaque = {"marker": {"opacity": 0}}
    figure.add_scatter(
        x=[cell["x"] for cell in cells], y=[cell["y"] for cell in cells], text=[cell["text"] for cell in cells],
        mode="markers+text", textfont={"size": SIZE, "color": [cell["ink"] for cell in cells]},
        marker={"size": 30, "opacity": 0}, selected=opaque, unselected=opaque,
        customdata=[list(cell["cell"]) for cell in cells], hovertemplate=[f"{cell['tip']}<extra></extra>" for cell in cells],
    )  # fmt: skip


def clicked(event: Any) -> Cell | None:
    """The cell that was clicked, out of what ``st.plotly_chart`` or its state returns."""
    points = event["selection"]["points"] if event else []
    if not points:
        return None
    part, what = points[0]["customdata"]
    return str(part), what if what is None or isinstance(what, str) else int(what)


def described(scheme: Scheme, result: UnitResult) -> str:
    """The picture in one sentence."""
    told = "、".join(
        f"{part.name}{_score(scheme, part)}{'分' if part.score is not None else ''}" for part in shown_parts(result)
    )
    return f"{result.unit}各{scheme.words.component}逐项评分：{told}"

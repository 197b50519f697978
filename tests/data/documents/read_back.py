"""Figures read back out of finished documents, as whoever opens them finds them: one ``Told`` a unit, by its name.

A document that does not tell something (slides tell no component's own score) leaves it None. Nothing here knows how a
document was made: headings are found by their words, as a reader finds them.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from html.parser import HTMLParser
from typing import Any

import openpyxl
from docx import Document
from pptx import Presentation

from data.documents.phone_data import PhoneData

SCORE = "综合得分"
GRADES = ("审定等次", "建议等次", "测算等次")
SHAPES = "●◆▲■◉○"


@dataclass(frozen=True)
class Told:
    """What a document tells of one unit. ``place`` is its digits, "" for none."""

    score: str | None = None
    place: str | None = None
    grade: str | None = None
    parts: dict[str, str] = field(default_factory=dict)


def of_docx(content: bytes, unit: str, parts: Sequence[str]) -> dict[str, Told]:
    """The tables of a Word paper that have a column for the unit and one for the score."""
    tables = [
        [[cell.text for cell in row.cells] for row in table.rows] for table in Document(io.BytesIO(content)).tables
    ]
    return _merged(of_rows(rows[0], rows[1:], unit, parts) for rows in tables if rows)


def of_xlsx(content: bytes, sheet: str, unit: str, parts: Sequence[str]) -> dict[str, Told]:
    """A sheet whose heads are the first row that has the score's; figures as they are shown, with two decimals."""
    page = openpyxl.load_workbook(io.BytesIO(content), data_only=True)[sheet]
    rows = [[_shown(cell, at) for at, cell in enumerate(row)] for row in page.iter_rows(values_only=True)]
    found, heads = {}, None
    for row in rows:
        if unit in row and SCORE in row:
            heads = row
        elif heads:
            found |= of_rows(heads, [row], unit, parts)
    return found


def _shown(value: object, _: int) -> str:
    """A cell as Excel shows it: whole numbers as they are, others with two decimals, half up."""
    if value is None:
        return ""
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return str(Decimal(repr(value)).quantize(Decimal("0.01"), ROUND_HALF_UP))
    return str(value)


def of_html(html: str, unit: str, parts: Sequence[str]) -> dict[str, Told]:
    """The tables of a web page that have a column for the unit and one for the score."""
    reader = _Tables()
    reader.feed(html)
    return _merged(of_rows(rows[0], rows[1:], unit, parts) for rows in reader.tables if rows)


class _Tables(HTMLParser):
    """Every table of a page as rows of texts."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")
            self._inside = True

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.tables[-1][-1][-1] += data


def of_rows(heads: Sequence[str], rows: Iterable[Sequence[str]], unit: str, parts: Sequence[str]) -> dict[str, Told]:
    """A table as units, where its heads are those of a ranking; else nothing."""
    at = {head.strip(): place for place, head in reversed(list(enumerate(heads)))}
    if unit not in at or SCORE not in at:
        return {}
    graded = next((at[each] for each in GRADES if each in at), None)
    found = {}
    for row in rows:
        name = row[at[unit]].strip().removesuffix(" ›")
        if name:
            found[name] = Told(
                figure(row[at[SCORE]]), digits(row[at["位次"]]) if "位次" in at else None,
                None if graded is None else word(row[graded]), {part: figure(row[at[part]]) for part in parts if part in at},
            )  # fmt: skip
    return found


def of_pptx(content: bytes, names: Iterable[str]) -> dict[str, Told]:
    """The charts of scores: place and name stand on the axis, the score is the bar's own value, its label has the grade."""
    known, found = sorted(names, key=len, reverse=True), {}
    charts = [
        shape.chart for slide in Presentation(io.BytesIO(content)).slides for shape in slide.shapes if shape.has_chart
    ]
    for series, categories in ((plot.series, plot.categories) for chart in charts for plot in chart.plots):
        if len(series) != 1 or series[0].name != SCORE:
            continue
        for number, (category, value) in enumerate(zip(categories, series[0].values, strict=True)):
            place, _, rest = str(category).rpartition("\u3000")
            name = next((each for each in known if rest.startswith(each)), rest)
            score = "暂缺" if value is None else str(Decimal(repr(value)).quantize(Decimal("0.01"), ROUND_HALF_UP))
            found[name] = Told(score, digits(place), word(_label(series[0], number)) or None)
    return found


def _label(series: Any, number: int) -> str:
    """What stands beside a bar after its value: a number format with words (0.00" ●好"), so that an edited value keeps them."""
    formats = series._element.xpath(f"c:dLbls/c:dLbl[c:idx/@val='{number}']/c:numFmt/@formatCode")
    return "".join(re.findall(r'"([^"]*)"', formats[0])) if formats else ""


def of_picture(data: PhoneData) -> dict[str, Told]:
    """The lines that the picture for a phone shows."""
    lines = [line for part in data.parts for line in part.lines]
    return {
        line.unit: Told(line.score, digits(line.place), word(line.sign) or None, dict(line.parts)) for line in lines
    }  # fmt: skip


def figure(text: str) -> str:
    """A figure as it stands, without blanks and its measure; with two decimals where it was left whole; blank is 暂缺."""
    clean = text.strip().removesuffix("分")
    if clean in ("", "—"):
        return "暂缺"
    return f"{clean}.00" if re.fullmatch(r"\d+", clean) else clean


def digits(text: str) -> str:
    """A place: 并列9 and 第9位 are 9."""
    return "".join(re.findall(r"\d+", text))


def word(text: str) -> str:
    """A grade without its shape and without a remark in brackets."""
    return re.sub(r"（.*?）", "", text).strip(f"{SHAPES} \u3000\u00a0\n")


def _merged(found: Iterable[dict[str, Told]]) -> dict[str, Told]:
    told: dict[str, Told] = {}
    for each in found:
        told |= each
    return told

"""A whole cross-check without a screen, and its report as JSON: exact values are strings, what is absent is null."""

from __future__ import annotations

from typing import Any

from data.crosscheck.recognise import recognise
from data.documents.crosscheck_list import why
from scoring.crosscheck.book import Book, address
from scoring.crosscheck.compare import compare
from scoring.crosscheck.layout import Layout
from scoring.crosscheck.report import Difference, Report
from scoring.results import Results


def crosscheck(results: Results, book: Book) -> tuple[Report, Layout]:
    """Hold a workbook against results with its columns as recognised; the layout says which were not."""
    layout = recognise(book, results.scheme, [one.unit for one in results.units])
    return compare(results, book, layout), layout


def unrecognised(layout: Layout) -> list[str]:
    """The columns that nobody has named, in words."""
    return [f"工作表“{table.sheet}”的“{column.heading or '无表头'}”没有认出，未核对" for table, column in layout.open]


def report_json(report: Report, layout: Layout) -> dict[str, Any]:
    """The verdict, how many cells, every difference with its causes, and what was not compared."""
    return {
        "verdict": report.verdict(),
        "agreed": report.agreed,
        "compared": report.compared,
        "differences": [_difference(report, one) for one in report.differences],
        "remarks": [{"code": one.code, "cell": one.where or None, "message": one.text} for one in report.remarks],
        "not_compared": list(report.notes),
        "unrecognised": unrecognised(layout),
    }


def _difference(report: Report, one: Difference) -> dict[str, Any]:
    return {
        "sheet": one.at[0], "cell": address(one.at, one.at[0]), "unit": one.slot.unit or None, "role": one.slot.role,
        "book": one.book, "engine": one.engine, "code": one.code, "message": why(one),
        "causes": [{"code": cause.code, "message": cause.text} for cause in one.causes],
        "from": [address(at, one.at[0]) for at in one.root],
        "steps": [{"what": step.what, "cite": step.cite} for step in report.steps(one)],
    }  # fmt: skip

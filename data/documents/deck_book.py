"""The workbook within a chart of a slide: text stays text, whatever a name looks like, and the same figures are the same bytes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.chart.xlsx import CategoryWorkbookWriter

from data.documents.same_bytes import same_bytes
from data.log_text import tame

_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)
"""A chart's workbook has no time of its own: that of the slides is in the slides."""


class SafeChartData(CategoryChartData):
    """A chart's categories and series, whose workbook holds text and numbers and no formula."""

    @property
    def _workbook_writer(self) -> Any:
        return _Writer(self)


class _Writer(CategoryWorkbookWriter):
    @property
    def xlsx_blob(self) -> bytes:
        return same_bytes(super().xlsx_blob, _MOMENT)

    def _populate_worksheet(self, workbook: Any, worksheet: Any) -> None:
        workbook.set_properties({"created": _MOMENT.replace(tzinfo=None)})
        worksheet.set_column(0, 0, 24)
        stays = workbook.add_format({"quote_prefix": True})
        for row, category in enumerate(self._chart_data.categories, 1):
            worksheet.write_string(row, 0, category.label, *_stays(category.label, stays))
        for column, series in enumerate(self._chart_data, 1):
            worksheet.write_string(0, column, series.name, *_stays(series.name, stays))
            for row, value in enumerate(series.values, 1):
                if value is not None:
                    worksheet.write_number(row, column, value)


def _stays(text: str, form: Any) -> tuple[Any, ...]:
    """The form of a text that is to stay text also when somebody edits its cell; none for any other."""
    return (form,) if tame(text) != text else ()

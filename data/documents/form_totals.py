"""The form of a component that gives one total: 考核单位 | 考核方式 | 得分 | 评价意见 | 备注, one row."""

from __future__ import annotations

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from data.documents import form_parts as parts
from data.documents.form_items import HEAD, number, title_of
from scoring import exact
from scoring.marks import Sheet
from scoring.scheme import Scheme

_HEADS = ("考核单位", "考核方式", "得分", "评价意见", "备注")


def totals_form(page: Worksheet, scheme: Scheme, sheet: Sheet) -> None:
    """Draw the form of a sheet's unit and component with its total and opinion in it, if any."""
    component = scheme.component(sheet.component)
    mark = next((each for each in sheet.marks if each.indicator is None), None)
    parts.widths(page, [16.0, 16.0, 12.0, 64.0, 24.0])
    parts.title(page, title_of(scheme, "得分表"), len(_HEADS))
    for column, text in enumerate(_HEADS, 1):
        parts.head(page, HEAD, HEAD, column, column, text)
    score = number(mark.score) if mark is not None and mark.score is not None else None
    values = [sheet.unit, component.name, score, sheet.opinion or None, (mark.remark if mark else "") or None]
    for column, value in enumerate(values, 1):
        parts.put(page, HEAD + 1, column, value, align=parts.LEFT if column > 3 else parts.MIDDLE, open_=column > 2)
    page.row_dimensions[HEAD + 1].height = parts.height_of(max(4, parts.lines_of(sheet.opinion, 64.0)))
    _range(page, exact.plain(scheme.full_of(component.id)))
    parts.line(
        page, HEAD + 3, [(1, 3, f"{parts.signer(component, '评价人')}（签名）："), (4, 5, "日期：      年   月   日")]
    )
    page.freeze_panes = page.cell(HEAD + 1, 1)
    parts.finish(page, f"{HEAD}:{HEAD}")


def _range(page: Worksheet, full: str) -> None:
    made = DataValidation(type="decimal", operator="between", formula1="0", formula2=full, allow_blank=True)
    made.error, made.errorTitle, made.showErrorMessage = f"请填0至{full}的得分，不带单位", "得分", True
    made.add(f"C{HEAD + 1}")
    page.add_data_validation(made)

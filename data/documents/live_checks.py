"""The checks of the sheet 参数 in a live workbook: weights keep their total, points and lines descend.

Nothing in a workbook moves the other weights along when one is changed, as the page does; the checks say when it was forgotten.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import pairwise

from openpyxl.cell import Cell
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from data.documents.cells import FACE
from data.documents.live_cells import Formula, literal, quoted
from scoring import exact

WARNING = Font(name=FACE, size=11, bold=True, color="B00020")
RED_TEXT = "General;-General;General;[Red]@"
"""A number as it is; the text that stands in its place when it is wrong, in red."""


def total(whole: str, wanted: Fraction) -> str:
    """The sum ``whole`` where it is the scheme's own total, else 「合计应为100，现为110」."""
    told = f"{quoted(f'合计应为{exact.shown(wanted)}，现为')}&ROUND({whole},4)"
    return f"IF(ROUND({whole}-{literal(wanted)},6)=0,{whole},{told})"


def descending(area: str, cells: Sequence[str], word: str) -> str:
    """Nothing where the cells are numbers that descend, else 「等次线须由高到低」."""
    falls = ",".join(f"{high}>{low}" for high, low in pairwise(cells))
    return f'IF(AND(COUNT({area})={len(cells)},{falls}),"",{quoted(f"{word}须由高到低")})'


def falls(values: Iterable[Fraction | None]) -> bool:
    """Whether values of a scheme are two or more that descend, so that a change may be held to it."""
    known = list(values)
    pairs = list(pairwise(known))
    return bool(pairs) and all(high is not None and low is not None and high > low for high, low in pairs)


def warning(checks: Iterable[tuple[str, str]]) -> str:
    """「参数须核对：…。」 with what every check (what it is of, its cell) has to say; nothing while all hold; "" without any."""
    told = [f'IF(ISTEXT({cell}),IF({cell}="","",{quoted(f"{name}")}&{cell}&"；"),"")' for name, cell in checks]
    if not told:
        return ""
    whole = "&".join(told)
    return f'IF({whole}="","","参数须核对："&{whole}&"请在“参数”表中改正。")'


def together(warnings: Iterable[tuple[str, str]]) -> str:
    """The warnings of all scenarios (label, cell) in one line."""
    return "&".join(f'IF({cell}="","",{quoted(label)}&{cell})' for label, cell in warnings)


def warn(sheet: Worksheet, place: str, formula: str) -> None:
    """Let a cell say what the formula says, in red; without a formula nothing."""
    cell = sheet[place]
    assert isinstance(cell, Cell)
    if formula:
        cell.value = Formula(formula).text
        cell.font = WARNING

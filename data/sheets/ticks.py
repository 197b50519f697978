"""What one cell of the form says: a tick, nothing, 不适用, a grade's name, or something that is none of these."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from data.sheets import words
from data.sheets.grid import Cell

State = Literal["tick", "empty", "not-applicable", "grade", "odd"]

TICKS = frozenset("√✓✔☑✅●")
CROSSES = frozenset("✗✘×○◯□☐〇")
NOT_APPLICABLE = "不适用"

_SYMBOLS = {
    "wingdings": ("üþl", "ûo¨¡m"),
    "wingdings2": ("PR", "O£"),
    "webdings": ("an", "rc"),
    "marlett": ("ab", ""),
}
"""Fonts that draw symbols with letters: the letters of a tick (✓ ☑ ●), and of a cross or an empty box (✗ □ ○)."""

_LOST = frozenset("üþPR\uf0fc\uf0fe\uf050\uf052")


@dataclass(frozen=True)
class Box:
    """A cell as one box of the form. ``code`` names the problem of an odd one, ``grade`` the grade's name written in it."""

    state: State
    grade: str = ""
    code: str = ""


def box(cell: Cell, grades: tuple[str, ...]) -> Box:
    """Read one cell. Only what is positively known counts; a lone letter, "是", "Y" or a 2 is odd."""
    if by_kind := _KIND_CODES.get(cell.kind):
        return Box("odd", code=by_kind)
    if by_symbol := _symbol(cell):
        return by_symbol
    text = words.clean(cell.text)
    if text in TICKS or cell.text.strip() in ("1", "１"):
        return Box("tick")
    if not text or text in CROSSES or cell.text.strip() in ("0", "０"):
        return Box("empty")
    if NOT_APPLICABLE in text:
        return Box("not-applicable")
    if grade := next((grade for grade in grades if words.key(grade) == words.key(text)), ""):
        return Box("grade", grade)
    return Box("odd", code="lost-symbol" if cell.text.strip() in _LOST else text_code(text) or "not-a-tick")


def is_tick(cell: Cell) -> bool:
    """Whether the cell holds a tick sign; a 1 is a tick only inside the boxes."""
    if cell.kind != "text":
        return False
    symbol = _symbol(cell)
    return symbol.state == "tick" if symbol else words.clean(cell.text) in TICKS


def text_code(text: str) -> str:
    """The problem of a text that stands for another kind of value, as csv files have them; "" if it is just text."""
    if text.upper() in ("TRUE", "FALSE"):
        return "true-false"
    if re.fullmatch(r"#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)", text.upper()):
        return "cell-error"
    if re.fullmatch(r"\d{2,4}[-/年.]\d{1,2}[-/月.]\d{1,2}日?( .*)?|\d{1,2}月\d{1,2}日|\d{1,2}/\d{1,2}", text):
        return "date"
    return "formula-without-value" if re.match(r"=\S", text) else ""


_KIND_CODES = {
    "bool": "true-false",
    "error": "cell-error",
    "date": "date",
    "formula": "formula-without-value",
    "percent": "percentage",
}


def _symbol(cell: Cell) -> Box | None:
    letters = _SYMBOLS.get(cell.font.lower().replace(" ", ""))
    char = cell.text.strip()
    if not letters or len(char) != 1 or cell.kind != "text":
        return None
    if 0xF000 <= ord(char) <= 0xF0FF:
        char = chr(ord(char) - 0xF000)
    return Box("tick") if char in letters[0] else Box("empty") if char in letters[1] else None

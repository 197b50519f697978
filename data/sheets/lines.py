"""Which item a row of the official form is of, found by its printed name, and how far the row slid to the right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from data.sheets import words
from data.sheets.grid import Grid, a1
from data.sheets.headers import Header
from data.sheets.items import Items
from scoring.elements import Indicator


@dataclass(frozen=True)
class FormLine:
    """An item's row: which item, where its name stands, and how many columns that is off the header."""

    item: Indicator
    row: int
    column: int
    shift: int


class Lines:
    """The rows of one form; ``others`` are items that apply to other units alone.

    ``say(code, row, column, text, **values)`` notes a problem.
    """

    def __init__(self, grid: Grid, header: Header, items: Items, others: Items, say: Callable[..., None]) -> None:
        self.grid, self.header, self.items, self.others, self.say = grid, header, items, others, say
        self.named = header.roles["indicator"]
        self.names: list[str] = []
        self.reported: dict[int, tuple[int, str] | None] = {}
        """Rows that name an item wrongly: the number of the one that is meant, if that is known, and the cell."""

    def line(self, row: int) -> FormLine | None:
        """The item of a row; None for a row that names none, and for one that names it wrongly, which is said."""
        cells = self.grid.rows[row]
        if self.other(row):
            return None
        order = sorted(cells, key=lambda column: (column != self.named, column))
        for column in order:
            found = self.items.find(cells[column].text)
            if found.items:
                self.names.append(cells[column].text)
                item = self._chosen(found.items, self._number(row, column, found.number), row, column)
                return FormLine(item, row, column, self._off(row, column)) if item else None
        return None

    def other(self, row: int) -> Indicator | None:
        """The item of a row that applies to other units alone."""
        cell = self.grid.rows[row].get(self.named)
        found = self.others.find(cell.text).items if cell else ()
        return found[0] if found else None

    def _off(self, row: int, column: int) -> int:
        """Columns a name is off its header, of which either may be merged over several."""
        span = self.grid.span(row, column)
        right = span[3] if span else column
        if column <= self.header.last_named and right >= self.named:
            return 0
        return column - self.header.last_named if column > self.named else column - self.named

    def _number(self, row: int, column: int, written: int | None) -> int | None:
        """The number beside the name, or in the 序号 column (which slides along with the row)."""
        at = self.header.roles.get("number")
        if written is not None or at is None:
            return written
        text = words.clean(self.grid.at(row, at + self._off(row, column)).text).rstrip(".、")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else None

    def _chosen(self, found: tuple[Indicator, ...], number: int | None, row: int, column: int) -> Indicator | None:
        """The item meant: the number must agree, and decides between items of one name."""
        text = self.grid.cells[row, column].text
        exact = [item for item in found if item.no == number]
        if exact or (len(found) == 1 and number is None):
            return (exact or list(found))[0]
        self.reported[row] = None if number is None else (found[0].no, a1(row, column))
        if number is None:
            self.say("ambiguous-indicator", row, column, text, nos="、".join(str(item.no) for item in found))
        else:
            self.say("number-name-differ", row, column, text, number=number, name=found[0].name, no=found[0].no)
        return None

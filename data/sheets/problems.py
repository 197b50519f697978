"""Every problem a form can have, as data (problems.tsv): a stable code, how grave, what is wrong, how to mend it.

``problem("two-ticks", sheet="蓬江区", cell="F17", value="√", no=14, cells="F17、G17")`` fills the words in. Codes are part of
the command line's contract: they are never renamed.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

Level = Literal["error", "warning"]

MOST_PROBLEMS = 300
"""Problems of one table that are listed; more help nobody."""
LONGEST_VALUE = 60
"""Characters of a cell's value that are repeated in a message."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong with a file: where (sheet, cell, its value), what, and how to mend it. Empty where there is none."""

    level: Level
    code: str
    sheet: str
    cell: str
    value: str
    message: str
    mend: str


@dataclass(frozen=True)
class Kind:
    """One line of a table of problems: how grave, and the words with their gaps."""

    level: Level
    message: str
    mend: str


_ABSENT = {"hint": "", "where": "", "whose": "", "example": "92.5"}
"""What a template may name and its caller need not tell."""


def problem(code: str, *, sheet: str = "", cell: str = "", value: str = "", **values: Any) -> Problem:
    """A problem of that code with its words filled in. ``values`` are those its template names."""
    return filled(KINDS[code], code, sheet=sheet, cell=cell, value=value, **values)


def filled(kind: Kind, code: str, /, *, sheet: str = "", cell: str = "", value: str = "", **values: Any) -> Problem:
    """As ``problem``, of a kind from any table of problems."""
    shown = value if len(value) <= LONGEST_VALUE else value[: LONGEST_VALUE - 1] + "…"
    named = {"cell": cell, "value": shown, "sheet": sheet, **_ABSENT, **values}
    place = f"工作表“{sheet}”" if sheet else ""
    return Problem(
        kind.level, code, sheet, cell, shown, place + kind.message.format(**named), kind.mend.format(**named)
    )


_BLANK = {"no-tick": "sheet-empty", "no-grade": "form-blank", "no-opinion": "form-blank"}
"""A row left blank, and the form of which every row is."""


def told_blank(problems: list[Problem], rows: int, grades: str = "") -> list[Problem]:
    """The problems of a form of so many rows; one in which every row is left blank is said to be blank once."""
    bare = [each for each in problems if each.code in _BLANK]
    if len(bare) < 2 or len(bare) < rows:
        return problems
    area = f"{bare[0].cell.partition(':')[0]}:{bare[-1].cell.rpartition(':')[2]}"
    code = _BLANK[bare[0].code]
    told = problem(code, sheet=bare[0].sheet, cell=area, count=len(bare), grades=grades)
    return [told, *(each for each in problems if each.code not in _BLANK)]


class RefusalError(Exception):
    """A file that cannot be opened safely; ``problem`` says why."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.problem = problem(code, **values)

    @classmethod
    def of(cls, told: Problem) -> RefusalError:
        """The refusal that a problem says."""
        refusal = cls.__new__(cls)
        Exception.__init__(refusal, told.code)
        refusal.problem = told
        return refusal


def kinds_in(path: Path) -> dict[str, Kind]:
    """A table of problems by code."""
    with path.open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))
    return {
        row["code"]: Kind("error" if row["level"] == "error" else "warning", row["message"], row["mend"])
        for row in rows
    }


KINDS = kinds_in(Path(__file__).parent / "problems.tsv")

"""Every problem an own geography can have (problems.tsv): a stable code, how grave, what is wrong, how to mend it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from data.sheets.problems import MOST_PROBLEMS, Problem, filled, kinds_in

KINDS = kinds_in(Path(__file__).parent / "problems.tsv")
MOST_COLUMNS = 300


class RefusedError(Exception):
    """A file of which nothing can be read; ``problem`` says why."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.problem = told(code, **values)


def told(code: str, /, *, cell: str = "", value: str = "", name: str = "", **values: Any) -> Problem:
    """A problem of that code with its words filled in; ``cell`` says where (第3个要素), ``name`` what is written there."""
    cell, value, name = clean(cell), clean(value), clean(name)
    values = {key: clean(each) if isinstance(each, str) else each for key, each in values.items()}
    named = values.pop("named", f"“{name[:30]}”" if name else "")
    return filled(KINDS[code], f"geography-{code}", cell=cell, value=value, named=named, **values)


def clean(text: str) -> str:
    """A file's text that can be shown and stored: no lone surrogates (\\ud800), no control characters."""
    whole = text.encode("utf-8", "replace").decode()
    return "".join(letter if letter.isprintable() or letter == "\u3000" else " " for letter in whole)


def insist_on_few(columns: Sequence[str]) -> None:
    """Raises RefusedError where there are more columns than a person could choose from."""
    if len(columns) > MOST_COLUMNS:
        raise RefusedError("too-many-columns", count=len(columns), most=MOST_COLUMNS)


def first(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """As many as help anybody, errors before warnings, each once."""
    return tuple(sorted(dict.fromkeys(problems), key=lambda one: one.level != "error")[:MOST_PROBLEMS])

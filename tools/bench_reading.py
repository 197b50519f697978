"""Reading the 21 filled official forms of a county assessment, the worker warm."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from openpyxl import load_workbook

from data.documents.forms import filled_form
from data.schemes import scheme
from data.sheets.reader import shared_reader
from scoring.marks import Mark, Sheet
from tools.bench_kit import Section, in_turns, ms, section, times

GOAL = 3.0  # seconds
SEED = 20201117


@section("reading")
def reading() -> Section:
    """The 21 forms one after another, two at a time, and opened by openpyxl alone without being understood."""
    rules, forms = scheme("jiangmen-2020-county"), _forms()
    reader = shared_reader()

    def read(form: tuple[str, bytes]) -> str:
        return reader.read(*form, rules).verdict

    with ThreadPoolExecutor(2) as pool:
        verdicts = set(pool.map(read, forms))  # this also warms both workers
        assert verdicts == {"accept"}, verdicts
        rivals: dict[str, Callable[[], object]] = {
            "one after another": lambda: [read(form) for form in forms],
            "two at a time": lambda: list(pool.map(read, forms)),
            "openpyxl alone": lambda: [_opened(content) for _, content in forms],
        }
        taken = in_turns(rivals, repeats=5)
    floor = taken["openpyxl alone"]
    rows = [(what, ms(seconds), ms(seconds / len(forms)), times(seconds / floor)) for what, seconds in taken.items()]
    note = (
        f"{len(forms)} tick forms of 19 items, each checked row by row in a separate process with limited memory and time; "
        f"the goal is {GOAL:g} s for all. openpyxl alone opens the same files in this process and reads every cell."
    )
    return Section("Reading 21 forms", ("how", "21 forms", "each", "÷ openpyxl"), rows, note)


def _forms() -> list[tuple[str, bytes]]:
    rules, dice = scheme("jiangmen-2020-county"), random.Random(SEED)
    sheets = [
        Sheet(unit.name, part.id, tuple(Mark(row.no, grade=dice.choice(rules.grades)) for row in rules.indicators))
        for unit in rules.groups[0].units
        for part in rules.counted
    ]
    return [
        (f"{sheet.unit}_{rules.component(sheet.component).name}.xlsx", filled_form(rules, sheet)) for sheet in sheets
    ]


def _opened(content: bytes) -> int:
    book = load_workbook(io.BytesIO(content), data_only=True)
    return sum(len(row) for page in book for row in page.iter_rows(values_only=True))

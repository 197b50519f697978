"""What every document's demonstration is made of: stories dealt over real places, and workbooks of the official form."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from data.documents.forms import filled_form, filled_workbook
from data.state import State
from data.store import Store, UnitRow
from scoring.marks import Fact, Mark, Sheet
from scoring.scheme import Scheme

S = TypeVar("S")

SEED = 2020
CLERK, CHECKER = "示例·经办", "示例·复核"
EVIDENCE = "示例佐证：文件、决定书或凭证"

Tally = tuple[int, int, int, int]
"""How many items of a sheet are 好, 较好, 一般, 较差."""


@dataclass(frozen=True)
class DemoForm:
    """One workbook of the demonstration: its file name and bytes."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Demo:
    """One assessment of the demonstration. What is a function takes the seed.

    ``forms``: the workbooks that have come in; ``last``: the one held back, to be uploaded live; ``facts``: its 情形,
    each registered and, where ``confirmed``, checked by a second person; ``units``: a roster beyond the scheme's own;
    ``targets``: figures the office fills in; ``shown``: groups whose results their 市（区） has made public;
    ``follow_up``: what was done about the results (通报, 约谈, 整改), from their state.
    """

    scheme_id: str
    name: str
    forms: Callable[[int], list[DemoForm]]
    facts: Callable[[int], list[Fact]] = field(default=lambda seed: [])
    units: Callable[[int], list[UnitRow]] | None = None
    targets: Mapping[str, str] = field(default_factory=dict)
    shown: tuple[str, ...] = ()
    last: Callable[[int], DemoForm] | None = None
    follow_up: Callable[[Store, State, int], None] | None = None


def dealt(places: Iterable[str], stories: Sequence[S], seed: int) -> dict[str, S]:
    """Which place plays which story, by the seed alone: no real place is given a bad part by anybody's choice."""
    shuffled = list(stories)
    random.Random(seed).shuffle(shuffled)
    return dict(zip(places, shuffled, strict=True))


def names(rules: Scheme, group: str) -> list[str]:
    """The units that the scheme lists in a group."""
    return [unit.name for unit in rules.group(group).units]


def ticked(
    numbers: Sequence[int],
    grades: Sequence[str],
    tally: Tally,
    dice: random.Random,
    fixed: Mapping[int, int] | None = None,
) -> tuple[Mark, ...]:
    """A tally dealt over items by the dice. ``fixed``: item number → place in the tally's row of grades, best first."""
    row = [grade for grade, count in zip(grades, tally, strict=True) for _ in range(count)]
    chosen = {no: row[place] for no, place in (fixed or {}).items()}
    for grade in chosen.values():
        row.remove(grade)
    dice.shuffle(row)
    rest = iter(row)
    return tuple(Mark(no, grade=chosen[no] if no in chosen else next(rest)) for no in numbers)


def form_of(rules: Scheme, sheet: Sheet) -> DemoForm:
    """One sheet as a workbook of its own: 交叉考核_蓬江区.xlsx."""
    return DemoForm(f"{rules.component(sheet.component).name}_{sheet.unit}.xlsx", filled_form(rules, sheet))


def workbooks(rules: Scheme, sheets: Iterable[Sheet]) -> list[DemoForm]:
    """A workbook for each 考核方式 and group, a page a unit, as an assessing body hands them in."""
    piles: dict[tuple[str, str], list[Sheet]] = {}
    for sheet in sheets:
        group = rules.group_of(sheet.unit)
        piles.setdefault((sheet.component, group.name if group else ""), []).append(sheet)
    return [
        DemoForm(f"{rules.component(component).name}_{group}.xlsx", filled_workbook(rules, pile))
        for (component, group), pile in piles.items()
    ]

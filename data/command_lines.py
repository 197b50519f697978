"""The line to type that computes a scenario of a comparison again (复核命令行), and what must lie ready for it."""

from __future__ import annotations

from fractions import Fraction

from data.scenarios import Column, Compared
from data.schemes import scheme
from data.state import State, filled_in
from scoring.assumptions import with_targets
from scoring.scenario_line import command_line
from scoring.scheme_text import SchemeError

SCHEME_FILE, FACTS = "方案.yaml", "情形.csv"
"""What the scheme and the registered 情形 are called as files, where a line names them."""


def source(state: State) -> str:
    """The scheme's id where the program has that very scheme, save for the office's own figures; else the file's name."""
    try:
        known = scheme(state.own.id)
    except (KeyError, SchemeError):
        return SCHEME_FILE
    return state.own.id if with_targets(known, filled_in(state.settings)).hash == state.own.hash else SCHEME_FILE


def line_of(compared: Compared, column: Column) -> str:
    """What computes a column again in a terminal, from the same forms, figures, readings and 情形."""
    state, named = compared.state, source(compared.state)
    figures = {} if named == SCHEME_FILE else _figures(state)  # the file has them in it and asks for none
    more = ("--facts", FACTS) if state.facts else ()
    return command_line(named, column.scenario, state.own, compared.chosen, targets=figures, more=more)


def _figures(state: State) -> dict[str, Fraction]:
    """The office's own figures by the target they fill in."""
    asked = {target.id for target in state.asked}
    return {each.id: each.value for each in state.own.targets if each.id in asked and each.value is not None}

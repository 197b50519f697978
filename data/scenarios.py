"""情景比对: saved scenarios side by side on one set of marks, the document's own beside them. Nothing here is official.

What a scenario cannot take of a baseline is said and the scenario left out: never half a scenario under its name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from data.baselines import Baseline, as_now
from data.beijing import local
from data.state import State, chosen_readings
from data.store import SavedScenario
from scoring.assumptions import DEFAULT
from scoring.gather import MarksError
from scoring.results import Results
from scoring.scenario import Scenario, read
from scoring.scenario_diff import Difference, Trying, differences
from scoring.scheme import Scheme

DOCUMENT, IN_FORCE, UNSAVED = "文件原方案", "现行口径", "未保存的测算"
KEYS = {"document": DOCUMENT, "force": IN_FORCE, "trial": UNSAVED}
SAME = "与现行口径相同，没有改动"
GROUP = "group"
"""The key under which a saved scenario keeps its group."""


@dataclass(frozen=True)
class Column:
    """One scheme of the comparison: the document's own, the one in force, or a scenario.

    ``scenario`` is told against the readings that the assessment has chosen. ``reason``, ``actor`` and ``at`` (as read in
    Beijing) are of a saved one, else "". ``problems``: what must be said beside it. ``key`` tells columns apart: the saved
    scenario's number, or one of ``KEYS``.
    """

    name: str
    scenario: Scenario
    scheme: Scheme
    results: Results
    reason: str = ""
    actor: str = ""
    at: str = ""
    problems: tuple[str, ...] = ()
    key: str = ""


@dataclass(frozen=True)
class Refused:
    """A scenario that cannot be applied to the baseline, and why, in words. It has no column and must be told."""

    name: str
    problems: tuple[str, ...]


@dataclass(frozen=True)
class Compared:
    """Scenarios side by side. ``columns[0]`` is the base of every delta (``based_on`` chooses another).

    ``baseline`` says in words whose marks they are; ``state`` is the assessment they are computed on, ``names`` what each
    unit is called, hidden or not: nothing else may be shown or written. ``notes`` are said beside the baseline. ``own``:
    the marks are this assessment's, so that its files and a line to type give them again.
    """

    title: str
    baseline: str
    group: str
    state: State
    names: dict[str, str]
    columns: tuple[Column, ...]
    refused: tuple[Refused, ...] = ()
    notes: tuple[str, ...] = ()
    own: bool = True

    @property
    def base(self) -> Column:
        """The column that every other is told against."""
        return self.columns[0]

    @cached_property
    def chosen(self) -> dict[str, str]:
        """The readings that the assessment has chosen, by key."""
        return chosen_readings(self.state.settings)

    def based_on(self, key: str) -> Compared:
        """The same with another column first; the others keep their order."""
        first = [column for column in self.columns if column.key == key]
        rest = [column for column in self.columns if column.key != key]
        return replace(self, columns=(*first, *rest))

    def differences(self, column: Column) -> tuple[Difference, ...]:
        """What a column has otherwise than the base: readings and values, each with its clauses or 原文未规定."""
        return differences(self._trying(self.base), self._trying(column), self.group)

    def _trying(self, column: Column) -> Trying:
        readings = {**self.chosen, **column.scenario.readings}
        return Trying(self.state.own, column.scheme, column.scenario, readings)


def compared(
    state: State,
    group: str,
    scenarios: Sequence[SavedScenario],
    *,
    names: Mapping[str, str] | None = None,
    unsaved: Mapping[str, object] | None = None,
    baseline: Baseline | None = None,
) -> Compared:
    """The document's own scheme, the one in force where it differs, then the scenarios in the order given.

    ``state`` is the assessment that they belong to, ``baseline`` whose marks they are computed on (None: its own now).
    ``names`` None: the units' own. ``unsaved``: the trial in hand on 权重测算, as text by key.
    """
    where = baseline or as_now(state)
    state = where.state
    made = [*_fixed(state, group), *(_saved(state, group, saved) for saved in scenarios)]
    if unsaved:
        made.append(_read(state, group, "trial", UNSAVED, unsaved))
    columns = tuple(one for one in made if isinstance(one, Column))
    refused = tuple(one for one in made if isinstance(one, Refused))
    shown = {result.unit: result.unit for result in state.results.group(group)} if names is None else dict(names)
    title = f"{state.assessment.name}情景比对"
    return Compared(title, where.words, group, state, shown, columns, refused, where.notes, where.own)


def _fixed(state: State, group: str) -> tuple[Column | Refused, ...]:
    """The document's own with our default readings, and what is in force where that is another scheme."""
    if state.scheme == state.own:
        return (Column(DOCUMENT, Scenario(group), state.scheme, state.results, key="document"),)
    chosen = chosen_readings(state.settings)
    back = {key: DEFAULT for key, label in chosen.items() if label != DEFAULT}
    in_force = Column(IN_FORCE, Scenario(group), state.scheme, state.results, key="force")
    return _applied(state, "document", DOCUMENT, Scenario(group, {}, back)), in_force


def _saved(state: State, group: str, saved: SavedScenario) -> Column | Refused:
    """One whose name is also that of a fixed column is told apart from it."""
    name = f"情景“{saved.name}”" if saved.name in KEYS.values() else saved.name
    made = _read(state, group, str(saved.id), name, saved.settings)
    if isinstance(made, Refused):
        return made
    return replace(made, reason=saved.reason, actor=saved.actor, at=local(saved.at))


def _read(state: State, group: str, key: str, name: str, texts: Mapping[str, object]) -> Column | Refused:
    scenario, problems = read(state.own, chosen_readings(state.settings), group, texts)
    if problems:
        return Refused(name, problems)
    made = _applied(state, key, name, scenario)
    return made if scenario or isinstance(made, Refused) else replace(made, problems=(SAME,))


def _applied(state: State, key: str, name: str, scenario: Scenario) -> Column | Refused:
    try:
        scheme = scenario.scheme(state.own, chosen_readings(state.settings))
        results = state.results if scheme == state.scheme else state.assess_with(scheme)
    except MarksError as problem:
        return Refused(name, (str(problem),))
    except (ValueError, KeyError):  # pydantic's ValidationError is a ValueError
        return Refused(name, ("其数值与口径不能同时使用",))
    return Column(name, scenario, scheme, results, key=key)

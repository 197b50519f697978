"""试上报: what taking some sheets would do, worked out before anything is taken.

Each sheet is new, replaces the one that counts (with the list of differences) or says what is already there; two files
that bring the same unit and component are held back together; the touched units' results are scored before and after.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from data.state import State
from data.store import Store, Submission
from scoring import exact
from scoring.assess import assess
from scoring.gather import MarksError
from scoring.marks import Mark, Sheet
from scoring.results import Results, UnitResult

Kind = Literal["new", "replaced", "same"]


@dataclass(frozen=True)
class Offered:
    """A file that could be read: ``id`` tells files of the same name apart."""

    id: str
    name: str
    sheets: tuple[Sheet, ...]


@dataclass(frozen=True)
class Arrival:
    """One sheet of a file, against what counts now. ``revision`` is the number it would get (第n次)."""

    file: Offered
    sheet: Sheet
    before: Submission | None
    revision: int
    changes: tuple[str, ...]

    @property
    def kind(self) -> Kind:
        """new: nothing counts yet; replaced: something else counts; same: exactly this counts already."""
        if self.before is None:
            return "new"
        return "replaced" if self.changes else "same"


@dataclass(frozen=True)
class Clash:
    """The same unit and component in more than one file; none of these files is taken until one is left."""

    unit: str
    component: str
    files: tuple[Offered, ...]


@dataclass(frozen=True)
class DryRun:
    """What would happen at the state's version. ``after`` is None when nothing would change, and for the blind.

    ``refused``: file id → why its marks cannot be scored, so that it is held back alone. ``problem`` says why the others
    cannot be scored together, in which case nothing may be taken.
    """

    state: State
    arrivals: tuple[Arrival, ...]
    clashes: tuple[Clash, ...]
    after: Results | None
    problem: str = ""
    refused: Mapping[str, str] = field(default_factory=dict)

    @property
    def held(self) -> frozenset[str]:
        """Ids of the files that are not taken: they clash or cannot be scored."""
        return self.clashing | frozenset(self.refused)

    @property
    def clashing(self) -> frozenset[str]:
        """Ids of the files that clash."""
        return frozenset(file.id for clash in self.clashes for file in clash.files)

    @property
    def taken(self) -> tuple[Arrival, ...]:
        """The sheets that would be taken: what is held back and what is already there are left out."""
        return tuple(a for a in self.arrivals if a.kind != "same" and a.file.id not in self.held)

    @property
    def touched(self) -> tuple[tuple[UnitResult | None, UnitResult], ...]:
        """(before, after) of every unit of which a sheet would be taken, in the roster's order; None: not known yet."""
        if self.after is None:
            return ()
        units = {arrival.sheet.unit for arrival in self.taken}
        before = {result.unit: result for result in self.state.results.units}
        return tuple((before.get(result.unit), result) for result in self.after.units if result.unit in units)


def dry_run(store: Store, state: State, files: Iterable[Offered]) -> DryRun:
    """Hold the files against the state. Nothing is written."""
    offered = list(files)
    arrivals = tuple(_arrival(store, state, file, sheet) for file in offered for sheet in file.sheets)
    plan = DryRun(state, arrivals, _clashes(offered), None)
    try:
        return _with_results(plan)
    except MarksError:
        plan = replace(plan, refused=_refused(plan))
    try:
        return _with_results(plan)
    except MarksError as error:
        return replace(plan, problem=str(error))


def _with_results(plan: DryRun) -> DryRun:
    if not plan.taken:
        return plan
    after = _scored(plan.state, plan.taken)  # for the blind too: what cannot be scored is held back
    return plan if plan.state.blind else replace(plan, after=after)


def _refused(plan: DryRun) -> dict[str, str]:
    """File id → why a file cannot be scored even alone."""
    told = {}
    for file in dict.fromkeys(arrival.file for arrival in plan.taken):
        try:
            _scored(plan.state, [arrival for arrival in plan.taken if arrival.file == file])
        except MarksError as error:
            told[file.id] = str(error)
    return told


def differences(before: Sheet, after: Sheet) -> tuple[str, ...]:
    """What another sheet of the same unit and component says differently: ``第14项 一般→较好``. Empty: nothing.

    Where a mark stands in the form does not matter; marks, remarks and the opinion do.
    """
    old, new = ({mark.indicator: mark for mark in sheet.marks} for sheet in (before, after))
    if (None in old) != (None in new):
        return (f"{_whole(before)}→{_whole(after)}",)
    items = sorted({*old, *new}, key=lambda no: -1 if no is None else no)
    found = [text for no in items for text in _difference(no, old.get(no), new.get(no))]
    return (*found, "评价意见有改动") if before.opinion != after.opinion else tuple(found)


def _difference(no: int | None, old: Mark | None, new: Mark | None) -> list[str]:
    name = "总分" if no is None else f"第{no}项"
    if _value(old) != _value(new):
        return [f"{name} {_value(old)}→{_value(new)}"]
    return [f"{name}{_remarked(new)}有改动"] if old and new and old.remark != new.remark else []


def _remarked(mark: Mark) -> str:
    """What a mark's words are called: a row that is neither graded nor counted holds nothing but an opinion."""
    return "评价意见" if mark.applicable and _value(mark) == "空" else "备注"


def _value(mark: Mark | None) -> str:
    if mark is None:
        return "无"
    if not mark.applicable:
        return "不适用"
    if mark.score is not None:
        return exact.shown(mark.score)
    if mark.value is not None:
        return f"实际数值{exact.shown(mark.value)}"
    return mark.grade or mark.answer or "空"


def _whole(sheet: Sheet) -> str:
    total = next((mark for mark in sheet.marks if mark.indicator is None), None)
    return f"总分{_value(total)}" if total else f"逐项评分{len(sheet.marks)}项"


def _arrival(store: Store, state: State, file: Offered, sheet: Sheet) -> Arrival:
    before = state.submission(sheet.unit, sheet.component)
    if before is None:
        return Arrival(file, sheet, None, 1, ())
    last = max(one.revision for one in store.history(state.assessment.id, sheet.unit, sheet.component))
    return Arrival(file, sheet, before, last + 1, differences(before.sheet, sheet))


def _clashes(files: Iterable[Offered]) -> tuple[Clash, ...]:
    bringing: dict[tuple[str, str], list[Offered]] = defaultdict(list)
    for file in files:
        for sheet in file.sheets:
            bringing[sheet.unit, sheet.component].append(file)
    return tuple(Clash(*key, tuple(found)) for key, found in bringing.items() if len(found) > 1)


def _scored(state: State, arrivals: Iterable[Arrival]) -> Results:
    """The results if these sheets counted, instead of those of the same unit and component."""
    sheets = {(s.unit, s.component): s for s in state.sheets}
    sheets |= {(a.sheet.unit, a.sheet.component): a.sheet for a in arrivals}
    return assess(state.scheme, sheets.values(), [row.fact for row in state.facts])


def if_confirmed(state: State, fact_id: int) -> UnitResult:
    """The unit's result if this one pending fact were confirmed, all else as it is. Raises KeyError."""
    row = next((row for row in state.facts if row.id == fact_id), None)
    if row is None:
        raise KeyError(fact_id)
    facts = [one.fact if one.id != fact_id else replace(one.fact, confirmed=True) for one in state.facts]
    return assess(state.scheme, state.sheets, facts).of(row.fact.unit)

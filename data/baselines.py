"""Whose marks a scheme is tried on (测算所用评分): this assessment's now, those of an earlier version, or another assessment's.

Another assessment's marks are carried to this one's scheme as 回测 carries them, by the same correspondence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from data import backtests
from data.beijing import local
from data.state import State, chosen_readings, load_state_at
from data.store import FactRow, Store, Submission, VersionEntry
from data.unit_changes import kin_of
from scoring import exact
from scoring.assess import assess
from scoring.assumptions import with_readings
from scoring.backtest import carried_sheets
from scoring.compared import Carried, Kin
from scoring.crosswalk import Crosswalk, by_name
from scoring.gather import MarksError

NOW = ""
LEAST = Fraction(1, 2)
"""The part of the scheme's weight that other marks must cover for a trial on them to mean anything."""
_MEND = "请到“回测与同比”确认指标对应，或另选测算基准"


@dataclass(frozen=True)
class Baseline:
    """Marks to try scenarios on. ``key`` is "" for now, "v12" for a version, "a3" for another assessment.

    ``state`` scores them under this assessment's scheme; ``words`` say whose they are and ``notes`` what must be known.
    ``earlier``: they are of an earlier year, so that nobody's present place can be chosen by them. ``own``: they are this
    assessment's own, so that its files give them again.
    """

    key: str
    state: State
    words: str
    notes: tuple[str, ...] = ()
    earlier: bool = False
    own: bool = True


def as_now(state: State) -> Baseline:
    """This assessment as it stands."""
    return Baseline(NOW, state, f"{state.assessment.name}现有评分（第{state.version}版）")


def at_version(store: Store, state: State, entry: VersionEntry) -> Baseline:
    """This assessment at an earlier version. Raises as ``load_state_at``."""
    then = load_state_at(store, state.assessment.id, entry.version)
    told = f"{state.assessment.name}第{entry.version}版（{local(entry.at)}）"
    return Baseline(f"v{entry.version}", then, told, ("方案、口径和评分均按该版次。",))


def may_fit(state: State, other: State, group: str) -> bool:
    """Whether another assessment has marks that this one's scheme can take by name: ways, items and units."""
    if other.assessment.id == state.assessment.id or other.scheme.judged or other.scheme.status != "whole":
        return False
    if not other.scheme.marked_groups or not other.submissions:
        return False
    old = backtests.likely_group(other.scheme, state.scheme, group)
    walk = by_name(other.scheme, old, state.scheme, group)
    known = kin_of((), backtests.roster_of(other, old), backtests.roster_of(state, group))
    return bool(walk.items and walk.components and any(kin.before for kin in known))


def is_earlier(state: State, other: State) -> bool:
    """Whether another assessment is of an earlier year, as far as both schemes tell."""
    was, now = backtests.year_of(other.scheme), backtests.year_of(state.scheme)
    return was is not None and now is not None and was < now


def kept(store: Store, state: State, other: State) -> str:
    """All that another assessment's marks depend on, as one text: both versions and what was confirmed between them."""
    confirmed = {
        key: one.value
        for key, one in store.settings(state.assessment.id).items()
        if key.startswith((backtests.MATCH, backtests.UNITS))
    }
    return repr((state.assessment.id, state.version, other.assessment.id, other.version, sorted(confirmed.items())))


def of_other(store: Store, state: State, other: State, group: str) -> Baseline:
    """Another assessment's marks under this one's scheme. Raises MarksError where nothing corresponds."""
    old_group = backtests.likely_group(other.scheme, state.scheme, group)
    settings = store.settings(state.assessment.id)
    key = backtests.match_key(other.assessment.id, old_group, state.scheme, group)
    walk, confirmed = backtests.kept_walk(settings, key, other.scheme, old_group, state.scheme, group)
    _insist_on_ways(state, walk)
    changes = backtests.kept_changes(settings, other.assessment.id)
    kin = kin_of(changes, backtests.roster_of(other, old_group), backtests.roster_of(state, group))
    taken = carried_sheets(backtests.year(other, old_group), state.own, group, walk, kin)
    if taken.coverage < LEAST:
        percent = exact.shown(taken.coverage * 100, 1)
        raise MarksError(f"只有占权重{percent}%的指标在该次考核中有评分。{_MEND}")
    told = f"{other.assessment.name}的评分（第{other.version}版），按{state.assessment.name}的方案测算"
    notes = tuple(_notes(state, taken, walk, confirmed))
    return Baseline(
        f"a{other.assessment.id}", _state(state, other, taken, walk, kin), told, notes, is_earlier(state, other), own=False
    )


def _insist_on_ways(state: State, walk: Crosswalk) -> None:
    """Each component must be there: one without marks would have no weight to try."""
    there = {now for _, now in walk.components}
    if missing := [part.name for part in state.own.counted if part.id not in there]:
        raise MarksError(f"该次考核没有与“{'、'.join(missing)}”对应的{state.scheme.words.component}。{_MEND}")


def _state(state: State, other: State, taken: Carried, walk: Crosswalk, kin: list[Kin]) -> State:
    """This assessment with the other's marks in place of its own; each sheet keeps the file it came from."""
    scheme = with_readings(taken.scheme, chosen_readings(state.settings))
    results = assess(scheme, taken.sheets, taken.facts)
    facts = tuple(FactRow(0, fact, "", "", other.assessment.created_at, None, None, False) for fact in taken.facts)
    return replace(
        state, assessment=replace(state.assessment, demo=state.assessment.demo or other.assessment.demo), own=taken.scheme,
        scheme=scheme, submissions=tuple(_submissions(state, other, taken, walk, kin)), facts=facts, results=results,
    )  # fmt: skip


def _submissions(state: State, other: State, taken: Carried, walk: Crosswalk, kin: list[Kin]) -> Iterator[Submission]:
    units = {each.unit: each.before[0][0] for each in kin if len(each.before) == 1}
    parts = {now: before for before, now in walk.components}
    for sheet in taken.sheets:
        source = other.submission(units[sheet.unit], parts[sheet.component])
        if source:
            yield replace(
                source, assessment=state.assessment.id, unit=sheet.unit, component=sheet.component, sheet=sheet
            )


def _notes(state: State, taken: Carried, walk: Crosswalk, confirmed: bool) -> Iterator[str]:
    percent = exact.shown(taken.coverage * 100, 2)
    how = "对应关系已由人确认" if confirmed else "按名称自动对应，尚未经人确认"
    yield f"按可对应的{len(walk.of_new)}项（权重合计{percent}％）测算，{how}；未对应的指标不计，其权重由同级指标分担（口径，原文未规定）。"
    if taken.left:
        yield f"{len(taken.left)}{state.scheme.words.measure}{state.scheme.words.units}没有可单独沿用的评分，未列入。"

"""Two versions of an assessment compared: read from the store, scored by today's engine, told with who, when and where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from data.log_text import subject_text
from data.state import READING, TARGET, State, scored
from data.store import SHOWN, Loaded, LogEntry, Store, VersionEntry
from scoring.assumption_words import label_words
from scoring.assumptions import assumptions
from scoring.changes import Comparison, Deed, DeedKind, Moment, compared
from scoring.scheme import Scheme

BEIJING = ZoneInfo("Asia/Shanghai")
STEPS = 60
"""So many single changes are told one by one; the earlier ones of a longer way are taken together."""
_RESULTS = 6_000
"""So many results of single units are kept for one comparison: of thousands of units fewer steps are told one by one."""
_SHEETS, _FACTS = ("上报", "替换", "撤回", "恢复"), ("登记情形", "核对情形", "撤销情形")
_FELT_BY_NONE = ("state", "shown")


@dataclass(frozen=True)
class Change:
    """What ``compare`` gives: both states, the comparison, and how many changes were taken together as one step.

    ``moments`` are all versions on the way that were scored.
    """

    before: State
    after: State
    comparison: Comparison
    moments: tuple[Moment, ...]
    together: int = 0


def compare(store: Store, assessment_id: int, first: int, last: int, most: int = STEPS) -> Change:
    """Version ``first`` against a later ``last``, by way of the last ``most`` changes.

    Raises StoreProblem for versions that there have not been or that are not kept, and what ``load_state`` raises.
    """
    entries = {entry.version: entry for entry in store.versions(assessment_id)}
    units = len(store.load_at(assessment_id, last).assessment.units)
    loads = _on_the_way(store, assessment_id, first, last, min(most, max(1, _RESULTS // max(1, units))))
    numbers = list(loads)
    states = _states(loads, numbers, entries)
    deeds = deeds_of(states[-1], [entries[number] for number in range(first + 1, last + 1)])
    steps = [[d for d in deeds if start < d.version <= end] for start, end in pairwise(numbers)]
    together = len(steps[0]) if steps and len(steps[0]) > 1 else 0
    moments = tuple(moment(state) for state in states)
    return Change(states[0], states[-1], compared(moments, steps), moments, together)


def ends_of(before: State, after: State, entries: Sequence[VersionEntry]) -> Change:
    """Two states of an assessment alone, for whoever wants to know what differs and not by what; ``entries``: all versions."""
    moments = (moment(before), moment(after))
    deeds = deeds_of(after, [entry for entry in entries if before.version < entry.version <= after.version])
    return Change(before, after, compared(moments, [deeds]), moments, len(deeds) if len(deeds) > 1 else 0)


def _on_the_way(store: Store, assessment_id: int, first: int, last: int, most: int) -> dict[int, Loaded]:
    """Both ends and what lies between, at most so many steps: of a longer way the earliest are left out."""
    if last - first <= most:
        return store.load_between(assessment_id, first, last)
    start = store.load_at(assessment_id, first)
    return {first: start, **store.load_between(assessment_id, last - most + 1, last)}


def _states(loads: Mapping[int, Loaded], numbers: Sequence[int], entries: Mapping[int, VersionEntry]) -> list[State]:
    """Each version scored; where a step left the rules as they were, or no result can feel it, no more than is needed."""
    found = [scored(loads[numbers[0]])]
    for start, end in pairwise(numbers):
        kinds = {kind_of(entries[number]) for number in range(start + 1, end + 1)}
        found.append(_next(found[-1], loads[end], kinds))
    return found


def _next(last: State, loaded: Loaded, kinds: Set[DeedKind]) -> State:
    if kinds & {"reading", "target", "roster"}:
        return scored(loaded)
    facts = tuple(row for row in loaded.facts if not row.withdrawn)
    state = replace(
        last, assessment=loaded.assessment, submissions=tuple(loaded.submissions), facts=facts, settings=loaded.settings
    )
    return state if kinds <= {*_FELT_BY_NONE} else replace(state, results=state.assess_with(last.scheme))


def moment(state: State) -> Moment:
    """A state as the comparison takes it."""
    files = {(each.unit, each.component): each.file_name for each in state.submissions}
    return Moment(state.version, state.results, files)


def may_matter(entry: VersionEntry | LogEntry) -> bool:
    """Whether a version's change is one that results can feel."""
    return kind_of(entry) not in _FELT_BY_NONE


def kind_of(entry: VersionEntry | LogEntry) -> DeedKind:
    """What kind of change a version is, whatever the log calls it."""
    if entry.action in _SHEETS:
        return "sheets"
    if entry.action in _FACTS:
        return "fact"
    keys = [str(told.get("key", "")) for told in _told(entry)]
    if any(key.startswith(READING) for key in keys):
        return "reading"
    if any(key.startswith(TARGET) for key in keys):
        return "target"
    if any(key.startswith(SHOWN) for key in keys):
        return "shown"
    return "roster" if entry.action == "更正名单" else "state"


def _told(entry: VersionEntry | LogEntry) -> list[Mapping[str, object]]:
    several = entry.details.get("settings")
    return several if isinstance(several, list) else [entry.details]


def deeds_of(state: State, entries: Iterable[VersionEntry]) -> tuple[Deed, ...]:
    """What each of these versions was made by, in words; ``state`` gives the names."""
    names = {part.id: part.name for part in state.scheme.components} | {kind.id: kind.name for kind in state.scheme.facts}
    return tuple(_deed(state.own, entry, names) for entry in entries)


def _deed(own: Scheme, entry: VersionEntry, names: Mapping[str, str]) -> Deed:
    kind, told = kind_of(entry), entry.details
    deed = Deed(entry.version, entry.at.astimezone(BEIJING), entry.actor, entry.action, "", kind)
    deed = replace(deed, reason=str(told.get("reason") or ""), touched=_touched(told) if kind == "sheets" else frozenset())
    if kind == "fact":
        return replace(deed, text=_fact(entry, names), unit=str(told.get("unit") or ""), fact=told.get("id"))
    return replace(deed, text=_reading(own, entry) if kind == "reading" else f"{entry.action}：{_subject(entry, names)}")


def _touched(told: Mapping[str, Any]) -> frozenset[tuple[str, str]]:
    """(unit, component) of the sheets that a change handed in, withdrew or restored."""
    return frozenset((str(row.get("unit")), str(row.get("component"))) for row in told.get("sheets") or [told])


def _fact(entry: VersionEntry, names: Mapping[str, str]) -> str:
    """A 情形 by its kind and value, and the paper it rests on: "情形“班子成员受政务处分：记过”（江纪〔2020〕12号）"."""
    kind, value, basis = (str(entry.details.get(name) or "") for name in ("fact", "value", "basis"))
    return f"情形“{names.get(kind, kind)}：{value}”" + (f"（{basis}）" if basis else "")


def _subject(entry: VersionEntry, names: Mapping[str, str]) -> str:
    """The log's subject; of sheets of one unit with their 考核方式."""

    class _Entry:  # what subject_text asks of an entry
        subject, details = entry.subject, entry.details

    told = subject_text(_Entry, names)  # type: ignore[arg-type]
    component = entry.details.get("component")
    return f"{told}（{names.get(str(component), component)}）" if component else told


def _reading(own: Scheme, entry: VersionEntry) -> str:
    """Which reading was confirmed, and what it was before where another was in force."""
    known = {reading.key: reading.name for reading in assumptions(own)}
    told = []
    for each in _told(entry):
        key, now, was = (str(each.get(name) or "") for name in ("key", "value", "before"))
        name = known.get(key.removeprefix(READING), key.removeprefix(READING))
        before = was or "默认"
        changed = f"由{label_words(before)}改为{label_words(now)}" if before != now else f"确认为{label_words(now)}"
        told.append(f"口径“{name}”{changed}")
    more = f"等{len(told)}项" if len(told) > 3 else ""
    return "、".join(told[:3]) + more

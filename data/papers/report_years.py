"""The year before beside this one in the 考核情况报告: each under its own rules, and last year's marks under this year's.

Another assessment is no part of a 锁定版, so the report names it with its version; who makes the report hands it in.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from data import backtests, baselines
from data.papers.paper import Block, Table, Text
from data.papers.report_scope import Scope
from data.papers.words import READING
from data.state import State, load_state, own_scheme
from data.store import Store
from data.unit_changes import kin_of
from scoring.explain import score_text
from scoring.gather import MarksError
from scoring.results import UnitResult
from scoring.scheme import Scheme

NONE = "—"


@dataclass(frozen=True)
class Earlier:
    """The assessment of an earlier year. ``before``: this year's unit → what it came to then, by its own rules, and
    ``grades`` its grade as settled then (审定), else as computed.

    ``again``: unit → what its marks of then come to under this year's scheme; ``notes`` say how far these correspond.
    """

    name: str
    version: int
    year: int
    scheme: Scheme
    before: dict[str, UnitResult]
    grades: dict[str, str | None]
    again: dict[str, UnitResult]
    notes: tuple[str, ...] = ()


def earlier(store: Store, state: State) -> Earlier | None:
    """The latest earlier year's assessment with units of this one; None where there is none. Raises as ``load_state``."""
    now = backtests.year_of(state.scheme)
    if state.scheme.judged or now is None:
        return None
    others = [one for one in store.assessments(demo=state.assessment.demo) if one.id != state.assessment.id and not store.blind(one.id)]
    dated = [(year, one) for one in others if (year := backtests.year_of(own_scheme(one))) is not None and year < now]
    for year, one in sorted(dated, key=lambda pair: (-pair[0], -pair[1].id)):
        found = _compared(store, state, load_state(store, one.id), year)
        if found:
            return found
    return None


def _compared(store: Store, state: State, other: State, year: int) -> Earlier | None:
    if other.scheme.judged or not other.scheme.marked_groups or not other.submissions:
        return None
    changes = backtests.kept_changes(store.settings(state.assessment.id), other.assessment.id)
    before: dict[str, UnitResult] = {}
    again: dict[str, UnitResult] = {}
    notes: list[str] = []
    for group in state.scheme.marked_groups:
        if not baselines.may_fit(state, other, group.id):
            continue
        old = backtests.likely_group(other.scheme, state.scheme, group.id)
        for kin in kin_of(changes, backtests.roster_of(other, old), backtests.roster_of(state, group.id)):
            if len(kin.before) == 1:
                before[kin.unit] = other.results.of(kin.before[0][0])
        try:
            taken = baselines.of_other(store, state, other, group.id)
        except MarksError as error:
            notes.append(str(error))
        else:
            again |= {result.unit: result for result in taken.state.results.units if result.unit in before}
            notes += taken.notes
    if not any(result.score is not None for result in before.values()):
        return None
    name, version = other.assessment.name, other.assessment.version
    return Earlier(
        name, version, year, other.scheme, before, _grades(store, other, before), again, tuple(dict.fromkeys(notes))
    )


def _grades(store: Store, other: State, before: dict[str, UnitResult]) -> dict[str, str | None]:
    settled = store.settlings(other.assessment.id).get("settled")
    given = settled.grades if settled else {}
    return {unit: given[was.unit].grade if was.unit in given else was.grade for unit, was in before.items()}


def compared(scope: Scope, years: Earlier | None) -> list[Block]:
    """Whose grade is better or worse than the year before, how that is to be read, and both years side by side."""
    if years is None:
        return []
    units = [result for group in scope.groups for result in scope.of(group) if result.unit in years.before]
    if not any(years.before[result.unit].score is not None for result in units):
        return []
    return [Text(_told(scope, years, units), (READING,)), _table(scope, years, units)]


def _told(scope: Scope, years: Earlier, units: list[UnitResult]) -> str:
    head = f"与{years.name}（第{years.version}版）相比"
    moves = _moves(scope, years, units)
    measure = scope.scheme.words.measure
    told = [f"等次{word}的{len(names)}{measure}（{'、'.join(names)}）" for word, names in moves.items() if names]
    first = f"{head}，{'，'.join(told)}。" if told else f"{head}的情况见下表。"
    read = "两次考核各按当时的方案评定，方案不同的，得分和等次的变化不全是工作变化所致。"
    notes = "".join(f"{note.rstrip('。')}。" for note in years.notes)
    again = f"“{years.year}年评分按本年方案”一栏：{notes}" if years.again and notes else notes
    return f"{first}{read}{again}"


def _moves(scope: Scope, years: Earlier, units: list[UnitResult]) -> dict[str, list[str]]:
    """Better, worse and alike, where both years know the same grades and the unit has one in each."""
    found: dict[str, list[str]] = {"提高": [], "降低": [], "不变": []}
    if years.scheme.grades != scope.scheme.grades:
        return found
    for result in units:
        was, now = years.grades[result.unit], scope.locked.grade(result.unit)
        if was and now:
            worse, better = scope.scheme.worse_than(now, was), scope.scheme.worse_than(was, now)
            found["降低" if worse else "提高" if better else "不变"].append(result.unit)
    return found


def _table(scope: Scope, years: Earlier, units: list[UnitResult]) -> Table:
    scheme = scope.scheme
    again = any(unit in years.again for unit in (result.unit for result in units))
    then, now, other = f"{years.year}年", "本年", f"{years.year}年评分按本年方案"
    upper = (scheme.words.unit, then, then, now, now, *((other, other) if again else ()))
    lower = (scheme.words.unit, *(("得分", "等次") * (3 if again else 2)))
    rows = []
    for result in units:
        was, same = years.before[result.unit], years.again.get(result.unit)
        row = [result.unit, _score(years.scheme, was.score), years.grades[result.unit] or NONE]
        row += [_score(scheme, result.score), scope.locked.grade(result.unit) or NONE]
        row += [_score(scheme, same.score if same else None), same.grade or NONE if same else NONE] if again else []
        rows.append(tuple(row))
    widths = (36.0, *([20.0] * 6)) if again else (44.0, *([28.0] * 4))
    return Table(f"与{years.year}年考核结果对照", (upper, lower), tuple(rows), widths)


def _score(scheme: Scheme, score: Fraction | None) -> str:
    return NONE if score is None else score_text(scheme, score)

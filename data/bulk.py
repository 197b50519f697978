"""A very large assessment at one version: exact scores, grades and places of all its units, without the explanations.

``data.state`` explains every unit and takes milliseconds for each; this takes microseconds, and of a change only what
changed. For schemes that ``scoring.batch`` can score.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction

from data.state import chosen_readings, filled_in, fitting
from data.store import Assessment, FactRow, Setting, Store
from data.store.bulk import Kept
from scoring.assumptions import with_readings, with_targets
from scoring.batch import BatchResult, batch, insist_on_batch
from scoring.gather import MarksError, facts_by_unit
from scoring.growing import Growing
from scoring.load import load_scheme
from scoring.marks import Fact
from scoring.scheme import Scheme


@dataclass(frozen=True)
class Bulk:
    """``results``: group id → its units, scored. ``scheme`` stands under the readings chosen and has the document's roster."""

    assessment: Assessment
    scheme: Scheme
    results: dict[str, BatchResult]
    _settings: dict[str, Setting] = field(repr=False)
    _growing: dict[str, Growing] = field(repr=False)

    @property
    def version(self) -> int:
        """The assessment's version that all of this is true of."""
        return self.assessment.version

    def grade(self, unit: str) -> str | None:
        """A unit's grade after limits; None where there is none. Raises KeyError for a unit that is not on the roster."""
        group, place = self._place(unit)
        return self.results[group].grade(place)

    def score(self, unit: str) -> Fraction | None:
        """A unit's official score; None while it is not complete. Raises as ``grade``."""
        group, place = self._place(unit)
        return self.results[group].score(place)

    def rank(self, unit: str) -> int | None:
        """A unit's place in its group; None where there is none. Raises as ``grade``."""
        group, place = self._place(unit)
        return self.results[group].rank(place)

    def _place(self, unit: str) -> tuple[str, int]:
        return next((group, own.places[unit]) for group, own in self._growing.items() if unit in own.places)


def load_bulk(store: Store, assessment_id: int) -> Bulk:
    """Read an assessment at one moment and score it.

    Raises StoreProblem, SchemeError, UnfitError, and MarksError for a scheme or marks that are not scored in bulk.
    """
    kept = store.kept(assessment_id)
    scheme = _scheme(kept)
    growing = {group: Growing(scheme, group, units) for group, units in _rosters(kept.assessment, scheme).items()}
    return _scored(kept, kept.assessment, scheme, growing)


def refreshed(store: Store, bulk: Bulk) -> Bulk:
    """The same assessment as it is now: only what has changed is read. The earlier one stays as it was. Raises as ``load_bulk``."""
    kept = store.kept(bulk.assessment.id, bulk.version)
    if not kept.same_roster or kept.settings != bulk._settings:
        return load_bulk(store, bulk.assessment.id)
    return _scored(kept, bulk.assessment, bulk.scheme, {group: own.copy() for group, own in bulk._growing.items()})


def _scored(kept: Kept, before: Assessment, scheme: Scheme, growing: dict[str, Growing]) -> Bulk:
    sheets = list(kept.sheets())
    strange = next((unit for unit, _, _ in sheets if not any(unit in own.places for own in growing.values())), None)
    if strange is not None:
        raise MarksError(f"“{strange}”不在考核对象名单上")
    for own in growing.values():
        own.put(sheets)
    facts = _facts(scheme, kept.facts, growing)
    results = {group: batch(scheme, own.table(facts)) for group, own in growing.items()}
    now = replace(kept.assessment, units=before.units) if kept.same_roster else kept.assessment
    return Bulk(now, scheme, results, kept.settings, growing)


def _facts(scheme: Scheme, rows: list[FactRow], growing: dict[str, Growing]) -> dict[str, tuple[Fact, ...]]:
    told = [row.fact for row in rows if not row.withdrawn]
    groups = {fact.unit: group for fact in told for group, own in growing.items() if fact.unit in own.places}
    return facts_by_unit(scheme.with_roster((unit, group, "") for unit, group in groups.items()), told) if told else {}


def _scheme(kept: Kept) -> Scheme:
    """The scheme as it was taken, under what was chosen. Its own roster does not matter: the assessment's is kept apart."""
    own = load_scheme(kept.assessment.scheme_text, kept.assessment.scheme_id)
    with fitting("所存的目标数值"):
        own = with_targets(own, filled_in(kept.settings))
    with fitting("所存的口径或评分表"):
        scheme = with_readings(own, chosen_readings(kept.settings))
    insist_on_batch(scheme)
    return scheme


def _rosters(assessment: Assessment, scheme: Scheme) -> dict[str, list[str]]:
    """Group id → its units in their order, of every group that has any."""
    listed = [(unit.group, unit.name) for unit in assessment.units]
    listed = listed or [(group.id, unit.name) for group in scheme.groups for unit in group.units]
    found: dict[str, list[str]] = {group.id: [] for group in scheme.groups}
    for group, name in listed:
        found.setdefault(group, []).append(name)
    return {group: names for group, names in found.items() if names}

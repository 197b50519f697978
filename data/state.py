"""The state of an assessment at one version: everything a page, a document or the CLI shows, read and scored once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import cast

from data.access import Person
from data.blind import Unseen, refuse
from data.store import READING, TARGET, Assessment, FactRow, Loaded, Setting, Store, Submission
from scoring import exact
from scoring.assess import assess
from scoring.assumptions import (
    DEFAULT,
    Assumption,
    Effect,
    assumptions,
    effects,
    open_targets,
    weightiest_first,
    with_readings,
    with_targets,
)
from scoring.elements import Unit
from scoring.gather import MarksError
from scoring.load import dump_scheme, load_scheme
from scoring.marks import Sheet
from scoring.results import Results
from scoring.rules import Target
from scoring.scheme import Helped, Scheme
from scoring.written_out import written_out

__all__ = [
    "READING", "TARGET", "State", "UnfitError", "chosen_readings", "fitting", "load_state", "load_state_at", "own_scheme",
    "scored",
]  # fmt: skip


class UnfitError(Exception):
    """What is kept beside a scheme does not fit it; ``str`` says what, in Chinese."""


@contextmanager
def fitting(what: str) -> Iterator[None]:
    """Tell as UnfitError whatever the scheme cannot take of ``what`` (名单, 目标数值, 口径)."""
    try:
        yield
    except MarksError:
        raise
    except (ValueError, KeyError) as error:  # pydantic's ValidationError is a ValueError
        raise UnfitError(f"{what}与方案不符。") from error


@dataclass(frozen=True)
class State:
    """One assessment at one version.

    ``own`` is the scheme with the assessment's roster and the office's figures for open targets, ``scheme`` the same
    under the readings that were chosen.
    """

    assessment: Assessment
    own: Scheme
    scheme: Scheme
    submissions: tuple[Submission, ...]
    facts: tuple[FactRow, ...]
    settings: dict[str, Setting]
    results: Results
    viewer: Person | None = None
    """Whoever sees no result yet (评分期间); None where everything is here, for everybody who may see it."""

    @property
    def blind(self) -> bool:
        """Whether this is only what somebody who still assesses may see: the own sheets, and ``results`` refuses."""
        return self.viewer is not None

    def shown(self, unit: str, component: str | None = None) -> bool:
        """Whether a unit's sheet is among what may be seen here: to the blind, the own ones."""
        return self.viewer is None or self.viewer.fills(self.assessment.id, unit, component)

    @property
    def version(self) -> int:
        """The assessment's version that all of this is true of."""
        return self.assessment.version

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """The sheets that count."""
        return tuple(submission.sheet for submission in self.submissions)

    def submission(self, unit: str, component: str) -> Submission | None:
        """The sheet that counts for a unit and a component, with its file; None while it is missing."""
        found = (s for s in self.submissions if s.unit == unit and s.component == component)
        return next(found, None)

    @property
    def units(self) -> tuple[Unit, ...]:
        """The roster, in 行政区划 order."""
        return tuple(unit for group in self.scheme.groups for unit in group.units)

    @property
    def expected(self) -> tuple[tuple[str, str], ...]:
        """(unit, component id) of every sheet that the result needs: 7 × 3 in 江门. Units that inherit hand in none."""
        marked = tuple(unit for group in self.scheme.marked_groups for unit in group.units)
        pairs = ((unit.name, component.id) for unit in marked for component in self.scheme.counted)
        return tuple(pair for pair in pairs if self.shown(*pair))

    @property
    def absent(self) -> tuple[tuple[str, str], ...]:
        """The expected sheets that have not come."""
        taken = {(submission.unit, submission.component) for submission in self.submissions}
        return tuple(pair for pair in self.expected if pair not in taken)

    @cached_property
    def scheme_text(self) -> str:
        """The scheme that is scored by, as YAML: word for word as it was taken, or written anew once readings or roster differ."""
        taken = self.assessment.scheme_text
        same = load_scheme(taken, self.assessment.scheme_id).hash == self.scheme.hash
        return taken if same else dump_scheme(written_out(self.scheme))

    @cached_property
    def assumptions(self) -> tuple[Assumption, ...]:
        """Every reading the scheme assumes, with the scheme's own reasons, whatever was chosen."""
        return assumptions(self.own)

    @property
    def unconfirmed(self) -> tuple[Assumption, ...]:
        """Readings that nobody has confirmed yet, in the scheme's order."""
        return tuple(a for a in self.assumptions if self.confirmed(a) is None)

    def confirmed(self, assumption: Assumption) -> Setting | None:
        """Who confirmed which reading, when and on what paper; None while nobody has confirmed one that is offered."""
        setting = self.settings.get(READING + assumption.key)
        return setting if setting and setting.value in assumption.labels else None

    def reading(self, assumption: Assumption) -> str:
        """The label in force: what was confirmed, else the scheme's own."""
        setting = self.confirmed(assumption)
        return setting.value if setting else DEFAULT

    @cached_property
    def effects(self) -> tuple[Effect, ...]:
        """What each reading that is not in force would change, worked out when first asked for."""
        if self.blind:
            return ()
        return effects(self.own, chosen_readings(self.settings), self.results, self.assess_with)

    def effects_of(self, assumption: Assumption) -> tuple[Effect, ...]:
        """What each of its readings that is not in force would change."""
        return tuple(effect for effect in self.effects if effect.key == assumption.key)

    @cached_property
    def weighed(self) -> tuple[Assumption, ...]:
        """Every reading, those first whose alternatives would change grades here."""
        return weightiest_first(self.assumptions, self.effects)

    @property
    def weighable(self) -> bool:
        """Whether there is a result a reading could change: a score, or under judgement anything handed in or registered."""
        if self.blind:
            return False
        if self.scheme.judged:
            return bool(self.submissions or self.facts)
        return any(result.score is not None for result in self.results.units)

    @property
    def mattering(self) -> tuple[tuple[Assumption, int], ...]:
        """Unconfirmed readings of which another would change grades, each with the most grades it could change."""
        most: Counter[str] = Counter()
        for effect in self.effects:
            most[effect.key] = max(most[effect.key], len(effect.changes))
        return tuple((reading, most[reading.key]) for reading in self.unconfirmed if most[reading.key])

    @cached_property
    def asked(self) -> tuple[Target, ...]:
        """The targets whose figure the document leaves to the office, filled in or not."""
        return open_targets(own_scheme(self.assessment))

    @property
    def unfilled(self) -> tuple[Target, ...]:
        """Those of them that still wait for their figure."""
        return open_targets(self.own)

    def assess_with(self, scheme: Scheme) -> Results:
        """Score the same marks and facts under another scheme: what-if. NotAllowed for the blind."""
        if self.blind:
            refuse()
        return assess(scheme, self.sheets, [row.fact for row in self.facts])


def load_state(store: Store, assessment_id: int) -> State:
    """Read an assessment at one moment and score it. Raises StoreProblem, SchemeError, MarksError or UnfitError."""
    return scored(store.load(assessment_id))


def load_state_at(store: Store, assessment_id: int, version: int) -> State:
    """The state as it was at the last moment of an earlier version, scored by today's engine. Raises as ``load_state``."""
    return scored(store.load_at(assessment_id, version))


def scored(loaded: Loaded) -> State:
    """What was read at one moment, scored; for whoever is blind, not scored. Raises SchemeError, MarksError or UnfitError."""
    with fitting("所存的考核对象名单"):
        own = own_scheme(loaded.assessment)
    with fitting("所存的目标数值"):
        own = with_targets(own, filled_in(loaded.settings))
    facts = tuple(row for row in loaded.facts if not row.withdrawn)
    with fitting("所存的口径或评分表"):
        scheme = with_readings(own, chosen_readings(loaded.settings))
        if loaded.blind:
            results = cast(Results, Unseen())
        else:
            results = assess(scheme, [s.sheet for s in loaded.submissions], [row.fact for row in facts])
    return State(loaded.assessment, own, scheme, tuple(loaded.submissions), facts, loaded.settings, results, loaded.blind)


def own_scheme(assessment: Assessment) -> Scheme:
    """The assessment's scheme as it was taken, with its own roster, before any reading is chosen."""
    roster = tuple((unit.name, unit.group, unit.region, unit.helps) for unit in assessment.units)
    return _with_roster(assessment.scheme_text, assessment.scheme_id, roster)


@lru_cache(maxsize=64)
def _with_roster(text: str, scheme_id: str, roster: tuple[tuple[str, str, str, Helped], ...]) -> Scheme:
    """Kept, because every change makes a new state and hardly one makes another scheme."""
    scheme = load_scheme(text, scheme_id)
    return scheme.with_roster(roster) if roster else scheme


def chosen_readings(settings: Mapping[str, Setting]) -> dict[str, str]:
    """The confirmed readings among the settings: an assumption's key to the label that was chosen."""
    return {key.removeprefix(READING): s.value for key, s in settings.items() if key.startswith(READING)}


def filled_in(settings: Mapping[str, Setting]) -> dict[str, Fraction]:
    """The office's figures among the settings, by target id; one that was taken back is no figure."""
    told = {key.removeprefix(TARGET): s.value for key, s in settings.items() if key.startswith(TARGET)}
    return {target: exact.parse(value) for target, value in told.items() if value}

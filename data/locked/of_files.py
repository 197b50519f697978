"""The state of forms that no store holds, as the command line reads them: what papers need to know of a result."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from fractions import Fraction

from data.rosters_units import scheme_units
from data.sheets import FileReading
from data.state import READING, TARGET, State, scored
from data.store import Assessment, FactRow, Loaded, Setting, Submission
from scoring import exact
from scoring.load import dump_scheme
from scoring.marks import Fact
from scoring.scheme import Scheme

READER = "命令行"
CHOSEN = "命令行选定"
"""Who chose a reading or a figure that was named in a call: nobody confirmed it."""


def state_of_files(
    scheme: Scheme,
    files: Sequence[tuple[FileReading, bytes]],
    facts: Iterable[Fact],
    targets: Mapping[str, Fraction],
    readings: Mapping[str, str],
) -> State:
    """The state as if an office had uploaded these files. ``scheme`` with its roster; ``targets`` and ``readings`` as named.

    Raises MarksError or UnfitError, as ``data.state.scored``.
    """
    now = datetime.now(UTC)
    assessment = Assessment(
        0,
        scheme.title,
        scheme.id,
        dump_scheme(scheme),
        scheme.hash,
        "draft",
        0,
        False,
        now,
        tuple(scheme_units(scheme)),
    )
    submissions = [
        Submission(
            number, 0, sheet.unit, sheet.component, 1, "taken", hashlib.sha256(content).hexdigest(), reading.file, sheet,
            READER, now,
        )
        for number, (reading, content, sheet) in enumerate(
            ((reading, content, sheet) for reading, content in files for sheet in reading.sheets), start=1
        )
    ]  # fmt: skip
    told = {READING + key: label for key, label in readings.items()}
    told |= {TARGET + key: exact.plain(value) for key, value in targets.items()}
    settings = {key: Setting(key, value, CHOSEN, now) for key, value in told.items()}
    rows = [_row(number, fact, now) for number, fact in enumerate(facts, start=1)]
    return scored(Loaded(assessment, submissions, rows, settings))


def _row(number: int, fact: Fact, now: datetime) -> FactRow:
    """A 情形 named in a call counts there: who names it answers for it."""
    confirmed = READER if fact.confirmed else None
    return FactRow(number, fact, "", READER, now, confirmed, now if confirmed else None, False)

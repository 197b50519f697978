"""What one scheme of a comparison has otherwise than another, made of the same one: values and readings, with who says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from scoring import exact
from scoring.assumption_words import label_words, reading_words
from scoring.assumptions import DEFAULT, Assumption
from scoring.scenario import ROUNDING, Scenario, choices
from scoring.scheme import Scheme
from scoring.trial import Level, levels

READING = "口径"
"""What the level of a difference of readings is called."""
UNSAID = "原文未规定"
_SHORT = 40


@dataclass(frozen=True)
class Difference:
    """One value or reading: ``level`` (考核方式权重, 类别权重, 指标权重, 赋分, 等次线, 口径), ``name``, and what it was and is in words.

    ``cite``: the clauses that the value before stands in ("六（五）"); "" where the document says nothing of it (原文未规定).
    ``amount``: by how much a number moved; None of a reading.
    """

    level: str
    name: str
    before: str
    after: str
    cite: str
    amount: Fraction | None = None

    @property
    def basis(self) -> str:
        """The clauses, or that the text is silent."""
        return self.cite or UNSAID


@dataclass(frozen=True)
class Trying:
    """A scenario as it was applied: the scheme it made of ``own`` (before readings), and every label in force by key."""

    own: Scheme
    scheme: Scheme
    scenario: Scenario
    readings: Mapping[str, str]


def differences(base: Trying, other: Trying, group: str) -> tuple[Difference, ...]:
    """What ``other`` has otherwise than ``base``: readings first, then the values that either of them moved, by level."""
    return (*_readings(base, other), *_values(base, other, group))


def _readings(base: Trying, other: Trying) -> Iterator[Difference]:
    given = base.own.rounding.cite if base.own.rounding else ()
    for known in choices(base.own):
        was, now = _label(known, base.readings), _label(known, other.readings)
        if was != now:  # of all that can be read otherwise only the decimals may stand in the document
            cite = "、".join(given) if known.key == ROUNDING else ""
            before, after = (_said(base.own, known, label) for label in (was, now))
            yield Difference(READING, known.name, before, after, cite)


def _said(own: Scheme, known: Assumption, label: str) -> str:
    """A reading by its label; the scheme's own by what it says, where that is short."""
    said = reading_words(own, known, label) if label == DEFAULT else ""
    return said if 0 < len(said) <= _SHORT else label_words(label)


def _label(known: Assumption, readings: Mapping[str, str]) -> str:
    label = readings.get(known.key, DEFAULT)
    return label if label in known.labels else DEFAULT


def _values(base: Trying, other: Trying, group: str) -> Iterator[Difference]:
    was, now = levels(base.scheme, group), levels(other.scheme, group)
    documents = levels(base.own, group)
    for name in was:
        if name in now and (name in base.scenario.values or name in other.scenario.values):
            yield from _level(was[name], now[name], documents.get(name, was[name]))


def _level(was: Level, now: Level, document: Level) -> Iterator[Difference]:
    """``document`` is the same level untouched: its element says who fixed the values."""
    cite = "、".join(document.element.cite)
    for name, before in was.originals.items():
        after = now.originals.get(name)
        if after is not None and after != before:
            yield Difference(
                _called(was), was.names[name], value_text(was, before), value_text(was, after), cite, after - before
            )


def _called(level: Level) -> str:
    return level.name if level.name == level.word else f"{level.name}{level.word}"


def value_text(level: Level, value: Fraction) -> str:
    """A value with its unit: 40%, 85分. Cut, never rounded, where two decimals do not suffice."""
    return f"{exact.shown(value, 2)}{'%' if level.mode == 'weights' else '分'}"

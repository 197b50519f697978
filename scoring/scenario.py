"""A scenario (情景): other values and other readings in place of an assessment's, how it is written, and the scheme it makes.

It is never official and changes no mark: the same sheets and facts are scored under another scheme.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from scoring.assumptions import DEFAULT, assumptions, with_readings
from scoring.scheme import Scheme
from scoring.trial import LONGEST, Trial, from_text, levels, scheme_of, to_text

READINGS = "r"
"""The key of the readings in an address and in a saved scenario, beside the ids of the levels."""


@dataclass(frozen=True)
class Scenario:
    """What one group's trial changes: ``values`` by level, and ``readings``, an assumption's key to the label tried."""

    group: str
    values: Trial = field(default_factory=dict)
    readings: dict[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether it changes anything at all."""
        return bool(self.values or self.readings)

    def scheme(self, own: Scheme, chosen: Mapping[str, str]) -> Scheme:
        """The scheme it makes of ``own`` (before any reading) and the readings that the assessment has ``chosen``."""
        return scheme_of(with_readings(own, {**chosen, **self.readings}), self.values)

    def to_text(self) -> dict[str, str]:
        """Itself as text by key, for an address or to be kept; ``read`` takes it back. The group is not among them."""
        said = {READINGS: json.dumps(self.readings, ensure_ascii=False)} if self.readings else {}
        return to_text(self.values) | said


def read(
    own: Scheme, chosen: Mapping[str, str], group: str, texts: Mapping[str, object]
) -> tuple[Scenario, tuple[str, ...]]:
    """The scenario that texts by key hold, and in words what of it cannot stand. Other keys are passed over."""
    readings, problems = _readings(own, chosen, texts.get(READINGS))
    values, unread = from_text(levels(with_readings(own, {**chosen, **readings}), group), texts)
    return Scenario(group, values, readings), (*problems, *unread)


def _readings(own: Scheme, chosen: Mapping[str, str], text: object) -> tuple[dict[str, str], list[str]]:
    """Those that differ from what is in force, and what is no reading of this scheme."""
    if not isinstance(text, str) or not text:
        return {}, []
    try:
        told = json.loads(text) if len(text) <= LONGEST else None
    except ValueError:
        told = None
    if not isinstance(told, dict):
        return {}, ["口径的内容无法读取"]
    known = {known.key: known for known in assumptions(own)}
    kept, problems = {}, []
    for key, label in told.items():
        if key not in known or label not in known[key].labels:
            problems.append(f"口径“{known[key].name if key in known else key}”没有“{label}”这一选项")
        elif label != chosen.get(key, DEFAULT):
            kept[key] = label
    return kept, problems

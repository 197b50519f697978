"""A scenario (情景): other values and other readings in place of an assessment's, how it is written, and the scheme it makes.

It is never official and changes no mark: the same sheets and facts are scored under another scheme. Beside the readings
that a scheme offers, the decimals of its official score can be tried (``offered``), also where the document sets them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from scoring.assumptions import DEFAULT, Assumption, assumptions, with_readings
from scoring.scheme import Scheme
from scoring.trial import LONGEST, Level, Trial, from_text, levels, scheme_of, tidy, to_text

READINGS = "r"
"""The key of the readings in an address and in a saved scenario, beside the ids of the levels."""
ROUNDING = "rounding"
DECIMALS: tuple[tuple[int | None, str], ...] = (
    (0, "四舍五入取整数"),
    (1, "四舍五入保留1位"),
    (2, "四舍五入保留2位"),
    (None, "不舍入"),
)
"""The decimals that a planner would try, each with its label; those a scheme offers itself are not offered twice."""
_TRIED, _GIVEN = "仅供测算", "方案已有规定，此处仅供测算"


@dataclass(frozen=True)
class Scenario:
    """What one group's trial changes: ``values`` by level, and ``readings``, an assumption's key to the label tried."""

    group: str
    values: Trial = field(default_factory=dict)
    readings: dict[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether it changes anything at all."""
        return bool(self.values or self.readings)

    def read_as(self, own: Scheme, chosen: Mapping[str, str]) -> Scheme:
        """The scheme under its readings alone, before any value is moved: what its levels are counted from."""
        whole = offered(own) if ROUNDING in self.readings else own
        return with_readings(whole, {**chosen, **self.readings})

    def scheme(self, own: Scheme, chosen: Mapping[str, str]) -> Scheme:
        """The scheme it makes of ``own`` (before any reading) and the readings that the assessment has ``chosen``."""
        return scheme_of(self.read_as(own, chosen), self.values)

    def levels(self, own: Scheme, chosen: Mapping[str, str]) -> dict[str, Level]:
        """The levels at which its values lie, with what they are counted from."""
        return levels(self.read_as(own, chosen), self.group)

    def tidied(self, own: Scheme, chosen: Mapping[str, str]) -> Scenario:
        """Only what still differs and can stand: the assessment's scheme or readings may have changed meanwhile."""
        known = {each.key: each for each in choices(own)}
        kept = {
            key: label
            for key, label in self.readings.items()
            if key in known and label in known[key].labels and label != in_force(known[key], chosen)
        }
        there = replace(self, readings=kept)
        return replace(there, values=tidy(there.levels(own, chosen), self.values))

    def to_text(self) -> dict[str, str]:
        """Itself as text by key, for an address or to be kept; ``read`` takes it back. The group is not among them."""
        said = {READINGS: json.dumps(self.readings, ensure_ascii=False)} if self.readings else {}
        return to_text(self.values) | said


def offered(own: Scheme) -> Scheme:
    """``own`` with the usual decimals among what its rounding offers. Under judgement there is no score to round."""
    if own.judged:
        return own
    rule = own.rounding
    held = {} if rule is None else rule.model_dump()
    base = {**held, "cite": (), "assumed": held.get("assumed") or _GIVEN}
    had = [own.places] if rule is None else [own.places, *(_places(base, option.sets) for option in rule.alternatives)]
    more = [_alternative(places, label) for places, label in DECIMALS if places not in had]
    options = () if rule is None else tuple(rule.alternatives)
    return own.with_elements(rounding={"mode": "none", **base, "alternatives": [*options, *more]})


def _places(base: Mapping[str, object], sets: Mapping[str, object]) -> int | None:
    """The decimals that a reading of the rounding comes to."""
    whole = {**base, **sets}
    total = whole.get("total")
    return None if whole.get("mode") == "none" or total is None else int(str(total))


def _alternative(places: int | None, label: str) -> dict[str, object]:
    sets: dict[str, object] = {"mode": "none"} if places is None else {"mode": "half_up", "total": places}
    return {"label": label, "why": _TRIED, **sets}


def choices(own: Scheme) -> tuple[Assumption, ...]:
    """Every reading of which another can be tried, in the scheme's order, the usual decimals among them."""
    return tuple(each for each in assumptions(offered(own)) if each.alternatives)


def in_force(assumption: Assumption, chosen: Mapping[str, str]) -> str:
    """The label that the assessment goes by: what was chosen, else the scheme's own."""
    label = chosen.get(assumption.key, DEFAULT)
    return label if label in assumption.labels else DEFAULT


def read(
    own: Scheme, chosen: Mapping[str, str], group: str, texts: Mapping[str, object]
) -> tuple[Scenario, tuple[str, ...]]:
    """The scenario that texts by key hold, and in words what of it cannot stand. Other keys are passed over."""
    readings, problems = _readings(own, chosen, texts.get(READINGS))
    there = Scenario(group, {}, readings)
    values, unread = from_text(there.levels(own, chosen), texts)
    return replace(there, values=values), (*problems, *unread)


def _readings(own: Scheme, chosen: Mapping[str, str], text: object) -> tuple[dict[str, str], list[str]]:
    """Those that differ from what is in force, and what is no reading of this scheme."""
    if not isinstance(text, str) or not text:
        return {}, []
    try:
        told = json.loads(text) if len(text) <= LONGEST else None
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        return {}, ["口径的内容无法读取"]
    known = {each.key: each for each in choices(own)}
    kept, problems = {}, []
    for key, label in told.items():
        if key not in known or label not in known[key].labels:
            problems.append(f"口径“{known[key].name if key in known else key}”没有“{label}”这一选项")
        elif label != in_force(known[key], chosen):
            kept[key] = label
    return kept, problems

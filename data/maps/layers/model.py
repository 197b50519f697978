"""What a layer of the map is: what can be chosen, how every place is painted, and the legend that says what it means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from data.looks import LIGHT, Palette
from data.maps.paint import Fill
from data.maps.spots import Spot
from data.state import State
from data.store import Decision
from scoring.firmness.report import brief_report
from scoring.firmness.verdicts import Verdict, verdicts
from scoring.kinds import Ruled
from scoring.scheme import Scheme
from scoring.trial import Level, levels

GRADE, SCORE, PART, ITEM, SHEETS = "grade", "score", "part", "item", "sheets"
OUTCOMES, FACTS, FIRM, CHANGE = "outcomes", "facts", "firm", "change"
LAST = "last"
"""The change since last year; against a saved 情景 the choice is "s" and its number."""


class UnknownLayerError(LookupError):
    """A layer that nobody offers. The message is for the user."""

    def __init__(self, layer: str) -> None:
        self.layer = layer
        super().__init__(f"没有“{layer[:20]}”这一图层。")


@dataclass(frozen=True)
class Kind:
    """One kind of layer: ``choices`` maps the layers' ids (``part.cross``) to their names, in the scheme's order."""

    id: str
    name: str
    choices: dict[str, str]


@dataclass(frozen=True)
class Painted:
    """A map's colours: ``fills`` by division code, ``legend`` best first with the greys last, ``note`` in one sentence."""

    fills: dict[str, Fill] = field(default_factory=dict)
    legend: tuple[Fill, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Shift:
    """One unit then and now: (score, grade). ``why`` says why the two cannot be compared; ``more`` are lines to tell beside.

    ``measured``: whether a difference of the two scores means anything (both out of the same full marks).
    """

    was: tuple[Fraction | None, str | None] = (None, None)
    now: tuple[Fraction | None, str | None] = (None, None)
    why: str = ""
    more: tuple[str, ...] = ()
    measured: bool = True


@dataclass(frozen=True)
class Change:
    """What a change is told against: ``name`` ("上年", "情景“甲”"), by unit how it stood and stands.

    ``labels`` head the two sides in a tip; ``forward``: the other side is the one that comes after (a 情景).
    """

    name: str
    labels: tuple[str, str]
    shifts: Mapping[str, Shift]
    note: str = ""


@dataclass(frozen=True)
class Firm:
    """How firm a group's grades are, by unit, at the ``level`` whose weights are asked; None where nothing is weighed."""

    level: Level | None
    verdicts: Mapping[str, Verdict]


class Measures:
    """What costs to work out, or lies in the store. This one works everything out anew and knows of no store.

    Screens have one of their own that works out once for all viewers (``components.geo.measures``).
    """

    def firm(self, state: State, group: str) -> Firm:
        """How firm the grades of a group are."""
        return firm(state, group)

    def changes(self, state: State, group: str) -> dict[str, str]:
        """What a group's results can be told against: choice → name."""
        return {}

    def change(self, state: State, group: str, choice: str) -> Change | None:
        """How a group stood or would stand; None where there is nothing to tell against."""
        return None

    def decided(self, state: State) -> Mapping[tuple[str, str], Decision]:
        """What was decided of proposed outcomes: (unit, outcome's key) → decision."""
        return {}


def firm(state: State, group: str) -> Firm:
    """How firm the grades of a group are at the first level with two weights or more, as 等次稳定性 begins."""
    level = weighed(state.scheme, group)
    return Firm(
        level, {one.told.unit: one for one in verdicts(brief_report(state.results, group, level))} if level else {}
    )


def weighed(scheme: Scheme, group: str) -> Level | None:
    """The first level of a group with two weights or more; None where nothing is weighed or no line is drawn."""
    if scheme.judged or scheme.inheritance(group) is not None:
        return None
    return next((level for level in levels(scheme, group).values() if level.mode == "weights"), None)


@dataclass(frozen=True)
class Asked:
    """What a layer is asked for: the choice within its kind ("cross"; "14.cross"), the colours, and what costs."""

    choice: str
    state: State
    colors: Palette = LIGHT
    measures: Measures = field(default_factory=Measures)

    @property
    def scheme(self) -> Scheme:
        """The scheme of the results that are painted."""
        return self.state.scheme


def result_groups(found: Sequence[Spot], state: State) -> tuple[str, ...]:
    """The groups of an assessment that have units here, in the scheme's order."""
    here = {spot.result.group for spot in found if spot.result and spot.state is state}
    return tuple(group.id for group in state.scheme.groups if group.id in here)


def rests(*rules: Ruled) -> str:
    """On what rules rest, for a note: 依据六（六）; 按口径（原文未规定）; both where some cite and some do not."""
    cites = "、".join(dict.fromkeys(cite for rule in rules for cite in rule.cite))
    assumed = any(not rule.cite for rule in rules)
    told = [f"依据{cites}"] if cites else []
    return "，".join([*told, *(["部分按口径（原文未规定）" if cites else "按口径（原文未规定）"] if assumed else [])])


def tip(spot: Spot, *lines: str) -> str:
    """What a pointer resting on a place shows: its name, then the lines, none twice."""
    return "\n".join(dict.fromkeys((spot.place.name, *(line for line in lines if line))))

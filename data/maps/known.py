"""One assessment as a map asks of it: results by division code, what is beneath a place, and what must not be seen.

Everything is indexed once, so that a map of a province's 1,610 towns asks 1,610 times and reads the roster once.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache, cached_property

from data.regions import Place, UnknownPlaceError, breadcrumb
from data.state import State
from data.store import SHOWN
from scoring.results import UnitResult

OUTSIDE, NOT_BEGUN, HIDDEN = "不在本次范围", "未开展", "未公开"
EXCLUDED, APART = "不在考核之列", "另行制定"


@dataclass(frozen=True)
class Known:
    """One assessment with its results by division code, indexed once for all places of a map."""

    state: State

    @cached_property
    def by_region(self) -> dict[str, UnitResult]:
        """Code → result; of two units with one code the first."""
        return {unit.region: unit for unit in reversed(self.state.results.units) if unit.region}

    @cached_property
    def counts(self) -> Counter[str]:
        """Code of a place → how many units of the roster lie in it or are it."""
        return Counter(each.code for unit in self.state.units for each in chain_of(unit.region))

    @cached_property
    def levels(self) -> set[str]:
        """The levels at which it has its units: another of the same document may fill in the others only."""
        return {chain[-1].level for unit in self.state.units if (chain := chain_of(unit.region))}

    @cached_property
    def excluded(self) -> dict[str, tuple[str, str]]:
        """Code of a place that the document leaves out → the word on the map, and the document's words with the clause."""
        return {
            one.region: (APART if APART in one.text else EXCLUDED, f"{one.text}（{one.basis}）。")
            for one in self.state.scheme.excluded
            if one.region
        }

    @cached_property
    def provisional(self) -> set[str]:
        """The groups whose places may still move (暂列), as ``Results.provisional`` finds them one by one."""
        return {
            group
            for group, members in self._groups.items()
            if any(one.rank is not None for one in members) and not all(one.complete for one in members)
        }

    @cached_property
    def _groups(self) -> dict[str, list[UnitResult]]:
        found: dict[str, list[UnitResult]] = {}
        for result in self.state.results.units:
            found.setdefault(result.group, []).append(result)
        return found

    @cached_property
    def _begun(self) -> set[str]:
        """The groups of which some mark has come in."""
        return {
            group
            for group, members in self._groups.items()
            if any(part.exact is not None for unit in members for part in unit.components.values())
        }

    def withheld(self, result: UnitResult, *, open_to_all: bool) -> str:
        """Why a town's result in another assessment is not to be seen: its county has not assessed, or has not opened the
        results (六（六）: it decides). In the chosen assessment nothing is withheld, and what has not come in is 暂缺.
        """
        if open_to_all:
            return ""
        if result.group not in self._begun:
            return NOT_BEGUN
        setting = self.state.settings.get(SHOWN + result.group)
        return "" if setting is not None and setting.value == "1" else HIDDEN


@cache
def chain_of(code: str) -> tuple[Place, ...]:
    """From province down to the place of a code; empty for one that nobody knows."""
    try:
        return breadcrumb(code)
    except UnknownPlaceError:
        return ()

"""Whose a row of a table is: its unit and its 考核方式, from its own columns or from what stands above the table."""

from __future__ import annotations

from data.sheets import kin
from data.sheets.entries import Entry, Text
from data.sheets.identity import Identity, People
from data.sheets.marking import Marker, Place
from scoring.elements import Component


class Owners:
    """Names the unit and the component of entries. ``missing``: what the table has no place for and nobody told."""

    def __init__(self, people: People, whose: Identity, marker: Marker) -> None:
        self.people, self.whose, self.marker = people, whose, marker
        self.scheme = people.scheme
        self.missing: set[str] = set()

    def nobody(self, entry: Entry) -> bool:
        """Whether a row without a value is nobody's: a note under the table, or a spare row."""
        who = [each for each in (entry.unit, entry.component, entry.indicator) if isinstance(each, Text)]
        if isinstance(entry.unit, Text):
            return self.people.find_unit(entry.unit.text) is None and not self.people.units.hint(entry.unit.text)
        return not any(each.text.strip() for each in who)

    def unit(self, entry: Entry) -> str | None:
        """The unit of an entry; None where it is not told, not known, or hands in no sheet, which is said."""
        found = self._named_unit(entry)
        if found is not None and (source := kin.inherited_from(self.scheme, found)):
            self.marker.say_once("no-sheet-needed", entry.place, found, unit=found, source=source)
            return None
        return found

    def _named_unit(self, entry: Entry) -> str | None:
        if entry.unit is None:
            self.missing |= {"unit"} if self.whose.unit is None else set()
            return self.whose.unit
        if isinstance(entry.unit, str):
            return self._asked("unit", entry.unit, entry.place, self.people.asked_unit)
        if not entry.unit.text.strip():
            self.marker.say("unit-blank", entry.place, entry.value.text)
            return None
        found = self.people.find_unit(entry.unit.text)
        if found is None:
            names = self.people.units
            hint = names.hint(entry.unit.text)
            self.marker.say_once("unknown-unit", entry.unit.place, entry.unit.text, hint=hint, options=names.options())
            return None
        return self._asked("unit", found, entry.unit.place, self.people.asked_unit)

    def component(self, entry: Entry) -> Component | None:
        """The component of an entry; None where it is not told or not known, which is said."""
        if entry.component is None:
            self.missing |= {"component"} if self.whose.component is None else set()
            return self._by_name(self.whose.component) if self.whose.component else None
        if isinstance(entry.component, str):
            asked = self._asked("component", entry.component, entry.place, self.people.asked_component)
            return self._by_name(asked) if asked else None
        if not entry.component.text.strip():
            self.marker.say("component-blank", entry.component.place, "", options=self.people.components.options())
            return None
        names = self.people.components
        found = names.exact(entry.component.text)
        if found is None:
            hint = names.hint(entry.component.text)
            self.marker.say_once(
                "unknown-component", entry.component.place, entry.component.text, hint=hint, options=names.options()
            )
            return None
        asked = self._asked("component", found, entry.component.place, self.people.asked_component)
        return self._by_name(asked) if asked else None

    def _asked(self, what: str, found: str, place: Place, wanted: str | None) -> str | None:
        if wanted is not None and found != wanted:
            self.marker.say_once(f"other-{what}", place, found, found=found, wanted=wanted)
            return None
        return found

    def _by_name(self, name: str) -> Component:
        return self.scheme.component(self.people.component_id(name))

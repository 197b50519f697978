"""Persons and their 角色.

A person holds any number of duties (分工). Only 填报 is narrowed to units and 考核方式; any duty may be narrowed to one
年度考核. Whoever assesses (填报) is blind: no totals before all sheets are locked, whatever other role the person holds.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal

Role = Literal["view", "plan", "fill", "review", "manage"]
ROLES: dict[Role, str] = {"view": "查看", "plan": "规划", "fill": "填报", "review": "复核", "manage": "管理"}
"""The 角色 and the word for each."""


@dataclass(frozen=True)
class Duty:
    """One role of a person, in one 年度考核 or in all (``assessment`` None).

    ``units`` and ``components`` (names, 考核方式 ids) narrow 填报; None is all of them. Other roles are never narrowed so.
    """

    role: Role
    assessment: int | None = None
    units: frozenset[str] | None = None
    components: frozenset[str] | None = None

    def within(self, assessment: int | None) -> bool:
        """Whether the duty holds in this assessment. ``None`` asks of what belongs to no assessment, such as a scheme."""
        return self.assessment is None or self.assessment == assessment

    def covers(self, unit: str | None, component: str | None) -> bool:
        """Whether the duty extends to a unit's component. ``None`` asks of what is not of one component, or of no unit."""
        unit_fits = self.units is None or (unit is not None and unit in self.units)
        return unit_fits and (self.components is None or component is None or component in self.components)


@dataclass(frozen=True)
class Person:
    """Somebody at the screen. ``name`` is what the log says; ``account`` is what the sign-in vouches for.

    ``local``: nobody has signed in because no sign-in is configured; the person may do everything, and the name that
    a change carries is the one typed on the page, no proof of identity.
    """

    name: str
    account: str
    duties: tuple[Duty, ...] = ()
    local: bool = False

    def has(self, role: Role, assessment: int | None = None) -> bool:
        """Whether the person holds the role in this assessment; without one, in general."""
        return self.local or any(duty.role == role and duty.within(assessment) for duty in self.duties)

    def roles(self, assessment: int | None = None) -> frozenset[Role]:
        """Every role held in this assessment."""
        return frozenset(role for role in ROLES if self.has(role, assessment))

    def knows(self, assessment: int) -> bool:
        """Whether the person has any role in this assessment, so may know that it is there."""
        return self.local or any(duty.within(assessment) for duty in self.duties)

    def assesses(self, assessment: int) -> bool:
        """Whether the person assesses here, so is blind to results until every sheet is locked."""
        return not self.local and self.has("fill", assessment)

    def fills(self, assessment: int, unit: str | None, component: str | None = None) -> bool:
        """Whether the person fills in for this unit and 考核方式."""
        return self.local or any(
            duty.role == "fill" and duty.within(assessment) and duty.covers(unit, component) for duty in self.duties
        )


LOCAL = Person("本机用户", "", local=True)
"""Whoever sits at the machine while no sign-in is configured, and the command line."""

NOBODY = Person("", "")
"""Whoever has not signed in, or whose sign-in has ended, where signing in is asked: may nothing."""


def dump_duties(duties: tuple[Duty, ...]) -> str:
    """The duties as JSON, for the store."""

    def listed(names: frozenset[str] | None) -> list[str] | None:
        return None if names is None else sorted(names)

    return json.dumps(
        [
            {"role": d.role, "assessment": d.assessment, "units": listed(d.units), "components": listed(d.components)}
            for d in duties
        ],
        ensure_ascii=False,
    )


def load_duties(text: str) -> tuple[Duty, ...]:
    """The duties of ``dump_duties``. Raises ValueError for anything else."""

    def named(told: list[str] | None) -> frozenset[str] | None:
        return None if told is None else frozenset(told)

    return tuple(_duty(each, named(each["units"]), named(each["components"])) for each in json.loads(text))


def _duty(told: dict[str, Any], units: frozenset[str] | None, components: frozenset[str] | None) -> Duty:
    if told["role"] not in ROLES:
        raise ValueError(f"no such role: {told['role']}")
    return Duty(told["role"], told["assessment"], units, components)

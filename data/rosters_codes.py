"""Units of a roster without a known 行政区划代码, and the codes that their names point to. Nothing is filled in here unasked:
a person confirms, and the roster is then corrected as a whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from data.regions import Match, Place, UnknownPlaceError, among, area, breadcrumb, match, place, towns
from data.store import UnitRow
from scoring.scheme import Scheme

_BELOW = {"country": ("province",), "province": ("city", "county"), "city": ("county", "town"), "county": ("town",)}
_KIND = {"province": "省级", "city": "市级", "county": "县级", "town": "镇（街）"}


@dataclass(frozen=True)
class Asked:
    """A unit whose name is not sure, the places it may be (at least one), and why it was not taken."""

    unit: str
    candidates: tuple[Place, ...]
    why: str


@dataclass(frozen=True)
class Filling:
    """What the names of the units without a code come to, each unit once, in the roster's order.

    ``found``: unit → the one place it names. ``asked``: places to choose from. ``unknown``: unit → why nothing fits.
    ``unscoped``: units for which it must first be said where they lie.
    """

    found: dict[str, Place]
    asked: tuple[Asked, ...]
    unknown: dict[str, str]
    unscoped: tuple[str, ...]


def lacking(units: Iterable[UnitRow]) -> tuple[UnitRow, ...]:
    """The units that no map can place: without a 行政区划代码, or with one that the division does not know."""
    return tuple(unit for unit in units if _known(unit.region) is None)


def fill(units: Sequence[UnitRow], scheme: Scheme, home: Place | None = None) -> Filling:
    """Look each name up among the places its group is known to lie in; ``home`` says where, for the others.

    A place that is another unit's already is not given twice, and two units that name one place are both asked.
    """
    wanting = lacking(units)
    scopes = {group: _scope(group, units, scheme) or _below(home) for group in {unit.group for unit in wanting}}
    told = {unit.name: match(unit.name, scopes[unit.group]) for unit in wanting if scopes[unit.group]}
    taken = {known.code: unit.name for unit in units if (known := _known(unit.region)) is not None}
    times = Counter(one.place.code for one in told.values() if one.place)
    found: dict[str, Place] = {}
    asked: list[Asked] = []
    unknown: dict[str, str] = {}
    for name, one in told.items():
        free = tuple(each for each in _places(one) if each.code not in taken)
        if one.place and free and times[one.place.code] == 1:
            found[name] = one.place
        elif free:
            asked.append(Asked(name, free, one.why or f"另有考核对象也指{free[0].name}，一个代码只能用于一个。"))
        else:
            unknown[name] = _why(one, taken)
    return Filling(found, tuple(asked), unknown, tuple(unit.name for unit in wanting if not scopes[unit.group]))


def filled(units: Iterable[UnitRow], codes: Mapping[str, str]) -> tuple[UnitRow, ...]:
    """The roster with these codes (unit → code) filled in; everything else as it was."""
    return tuple(replace(unit, region=codes[unit.name]) if unit.name in codes else unit for unit in units)


def clashes(codes: Mapping[str, str]) -> tuple[str, ...]:
    """A sentence for each place that was chosen for several units."""
    units: dict[str, list[str]] = {}
    for unit, code in codes.items():
        units.setdefault(code, []).append(unit)
    return tuple(
        f"{'、'.join(names)}都选了{full_name(place(code))}，一个代码只能用于一个{_KIND[place(code).level]}对象，请改选。"
        for code, names in units.items()
        if len(names) > 1
    )


def full_name(each: Place) -> str:
    """The place with all its superiors: 广东省江门市台山市."""
    return "".join(one.name for one in breadcrumb(each.code))


def _places(told: Match) -> tuple[Place, ...]:
    return (told.place,) if told.place else told.candidates


def _why(told: Match, taken: Mapping[str, str]) -> str:
    """Nothing fits; or what fits is another unit's place already."""
    if told.place:
        return f"{told.place.name}（{told.place.code}）已是“{taken[told.place.code]}”的代码。"
    return "没有同名的；名称相近的都已是其他考核对象的代码。" if told.candidates else told.why


def _scope(group: str, units: Sequence[UnitRow], scheme: Scheme) -> tuple[Place, ...]:
    """Where the units of a group lie: about its other units; where the scheme says; about the units of other groups."""
    ours = [unit.region for unit in units if unit.group == group]
    told = next((one for one in scheme.groups if one.id == group), None)
    listed = [unit.region for unit in told.units] if told else []
    parent = _known(told.parent) if told else None
    return area(ours) or _below(parent) or area(listed) or _about([unit.region for unit in units])


def _about(codes: Sequence[str]) -> tuple[Place, ...]:
    """The places of these codes' area, and the towns of the counties among them."""
    counties = [code for code in codes if (known := _known(code)) is not None and known.level == "county"]
    found = {each.code: each for each in (*area(codes), *(town for code in counties for town in towns(code)))}
    return tuple(found[code] for code in sorted(found))


def _below(home: Place | None) -> tuple[Place, ...]:
    """The places one and two levels below; the cities and counties of a province, the towns of a county."""
    if home is None:
        return ()
    found = {each.code: each for level in _BELOW.get(home.level, ()) for each in among(home.code, level)}
    return tuple(found[code] for code in sorted(found))


def _known(code: str) -> Place | None:
    try:
        return place(code)
    except UnknownPlaceError:
        return None

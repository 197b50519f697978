"""A file with a person's answers → what would be put in use, and everything to be said about it. All or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import shapely
from shapely.errors import GEOSException
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from data.geographies import whereabouts
from data.geographies.crossings import crossings
from data.geographies.crs import SHORT
from data.geographies.degrees import DegreeError, degrees
from data.geographies.model import Choices, Opened, Report, Row, Taken
from data.geographies.naming import parts, resolve
from data.geographies.problems import first, told
from data.geographies.rings import BrokenError, finished, written
from data.regions import Place, place
from data.sheets.problems import Problem
from data.store import GeographyKind

FEW = 5
MOST_MET = 20_000  # crossings of all borders with each other and with the built-in one: what is compared takes about that long
LEAST, LITTLE = 0.01, 0.5  # in common with the built-in outline: below, refused; below, to be looked at
UNITS = {"city": "市", "county": "县（市、区）", "town": "镇（街）"}


def read_here(opened: Opened, scope: str, choices: Choices) -> Report:
    """Match, transform, check and finish. With an error among its problems a report has no shapes."""
    if opened.rejected:
        return Report(opened.kind, mended=opened.mended, problems=opened.problems)
    try:
        return _read(opened, scope, choices)
    except GEOSException:  # a geometry that the library itself cannot handle
        return Report(opened.kind, problems=(told("not-json", detail="其中有无法处理的图形"),))


def _read(opened: Opened, scope: str, choices: Choices) -> Report:
    problems: list[Problem] = [*opened.problems, *_declared(opened, choices)]
    rows = [_located(row, opened, choices, problems) for row in opened.rows]
    if _wrong(problems):
        return Report(opened.kind, mended=opened.mended, problems=first(problems))
    named = [(row.at, row.told.get(choices.name or "", ""), row.geometry) for row in rows if row.geometry is not None]
    problems += whereabouts.no_degrees(named, choices.swapped)
    if _wrong(problems):
        return Report(opened.kind, mended=opened.mended, problems=first(problems))
    return _placed(opened, rows, scope, choices, problems)


def _placed(opened: Opened, rows: list[Row], scope: str, choices: Choices, problems: list[Problem]) -> Report:
    home, wanted = whereabouts.ground(scope), parts(scope, opened.kind)
    turned = [replace(row, geometry=whereabouts.turned(_some(row), choices.crs, choices.swapped)) for row in rows]
    here = _inside(turned, home, scope, opened, choices, problems)
    if not choices.name and not choices.code:
        problems.append(told("no-column", what="名称"))
        return Report(opened.kind, mended=opened.mended, problems=first(problems))
    taken, asked, doubts = resolve(here, scope, opened.kind, choices)
    problems += doubts
    if home is not None and here and opened.kind == "areas":
        inside = {row.no for row in here}
        outside = [row for row in turned if row.no not in inside]
        problems += _outside(outside, home, {one.place.code for one in taken}, scope, choices)
    if not taken and not asked and not _wrong(problems):
        unit = "行" if opened.table else "要素"
        problems.append(told("nothing", unit=unit, scope=place(scope).name, parts=_unit_word(wanted)))
    if opened.kind == "areas" and not _wrong(problems):
        problems += _entangled([_some(one.row) for one in taken], home)
    if home is not None and taken and not _wrong(problems):
        problems += _compared(opened, taken, home, scope, choices)
    shapes = {} if _wrong(problems) else _shapes(opened, taken, problems)
    mended = opened.mended if opened.kind == "points" else (*opened.mended, "各环方向统一为外环顺时针")
    if _wrong(problems):
        shapes = {}
    empty = tuple(each for each in wanted if each.code not in {one.place.code for one in taken})
    return Report(opened.kind, shapes, tuple(taken), tuple(asked), empty, mended, first(problems))


def _entangled(areas: list[BaseGeometry], home: BaseGeometry | None) -> list[Problem]:
    borders = areas if home is None else [*areas, home]
    return [told("crossing", most=MOST_MET)] if crossings(borders, MOST_MET) > MOST_MET else []


def _some(row: Row) -> BaseGeometry:
    return row.geometry if row.geometry is not None else Point()


def _located(row: Row, opened: Opened, choices: Choices, problems: list[Problem]) -> Row:
    """A line of a table with the point that its columns tell; a feature as it is."""
    if not opened.table:
        return row
    values = []
    for column, axis, example in ((choices.lon, "经度", "112.7917"), (choices.lat, "纬度", "22.2517")):
        if column is None:
            problems.append(told("no-column", what=axis))
            continue
        text, name = row.told.get(column, ""), row.told.get(choices.name or choices.code or "", "")
        try:
            value, comma = degrees(text)
        except DegreeError as why:
            problems.append(
                told("bad-degree", cell=row.at, value=text, named=name[:30], axis=axis, why=str(why), example=example)
            )
            continue
        values.append(value)
        if comma:
            problems.append(told("comma", cell=row.at, value=text, named=name[:30], axis=axis))
    return replace(row, geometry=Point(values)) if len(values) == 2 else row


def _inside(
    turned: Sequence[Row],
    home: BaseGeometry | None,
    scope: str,
    opened: Opened,
    choices: Choices,
    problems: list[Problem],
) -> list[Row]:
    """The rows that lie in or near the place; the others are told, and where all lie elsewhere nothing is taken."""
    if home is None:
        problems.append(told("no-outline"))
        return list(turned)
    far = {row.no: whereabouts.away(_some(row), home) for row in turned}
    here = [row for row in turned if far[row.no] <= whereabouts.NEAR]
    called = place(scope).name
    if not here:
        whole = shapely.union_all([_some(row).envelope for row in turned])
        problems.append(told("elsewhere", scope=called, where=whereabouts.lies_in(whole)))
        return []
    for row in turned if opened.kind == "points" else ():
        problems += _point_problem(row, far[row.no], called, choices)
    return here if opened.kind == "areas" else list(turned)


def _outside(
    rows: Sequence[Row], home: BaseGeometry, found: set[str], scope: str, choices: Choices
) -> list[Problem]:
    """Features that lie elsewhere: refused where one bears the name of a part that no other tells, else left out and told.

    Of those left out each is told, or, when a whole province was brought, all at once.
    """
    called, far = place(scope).name, {row.no: whereabouts.away(_some(row), home) for row in rows}
    claims = [one for one in resolve(rows, scope, "areas", choices)[0] if one.place.code not in found]
    refusals = [_elsewhere("part-outside", one, scope, f"{far[one.row.no]:.0f}") for one in claims]
    claimed = {one.row.no for one in claims}
    return refusals + _left_out([row for row in rows if row.no not in claimed], far, called, choices)


def _elsewhere(code: str, one: Taken, scope: str, far: str = "") -> Problem:
    where = whereabouts.lies_in(_some(one.row))
    return told(code, cell=one.row.at, name=one.said, part=one.place.name, scope=place(scope).name, where=where, far=far)


def _left_out(rows: Sequence[Row], far: dict[int, float], called: str, choices: Choices) -> list[Problem]:
    named = [(row, row.told.get(choices.name or choices.code or "", "")) for row in rows]
    if len(named) > FEW:
        names = "、".join(name or row.at for row, name in named[:30]) + ("等" if len(named) > 30 else "")
        return [told("outside-many", count=len(named), scope=called, names=names)]
    return [told("outside", cell=row.at, name=name, far=f"{far[row.no]:.0f}", scope=called) for row, name in named]


def _point_problem(row: Row, far: float, called: str, choices: Choices) -> list[Problem]:
    if far <= whereabouts.BESIDE:
        return []
    middle, name = _some(row).centroid, row.told.get(choices.name or choices.code or "", "")
    at = f"{middle.x:.4f}, {middle.y:.4f}"
    code = "point-far" if far > whereabouts.FAR else "point-outside"
    where = whereabouts.lies_in(_some(row)) if code == "point-far" else ""
    return [told(code, cell=row.at, value=name, at=at, scope=called, far=f"{far:.0f}", where=where)]


def _compared(
    opened: Opened, taken: Sequence[Taken], home: BaseGeometry, scope: str, choices: Choices
) -> list[Problem]:
    """Areas: does another coordinate system fit better? Towns of a wider scope: does each lie in its own county?"""
    if opened.kind == "areas":
        by_no = {row.no: _some(row) for row in opened.rows}
        drawn = [by_no[one.row.no] for one in taken]
        raw = drawn[0] if len(drawn) == 1 else shapely.union_all(drawn)
        raw = shapely.transform(raw, lambda points: points[:, ::-1]) if choices.swapped else raw
        built_in = whereabouts.drawn_of({one.place.code for one in taken}, scope)
        misplaced = _misplaced(taken, scope)
        return misplaced + list(whereabouts.looks_like(raw, home if built_in is None else built_in, choices.crs))
    found = []
    grounds = {parent: whereabouts.ground(parent) for parent in {one.place.parent or scope for one in taken} - {scope}}
    for one in taken:
        county = grounds.get(one.place.parent or scope)
        if county is not None:
            far = whereabouts.away(_some(one.row), county)
            found += _point_problem(one.row, far, place(one.place.parent or scope).name, choices)
    return found


def _misplaced(taken: Sequence[Taken], scope: str) -> list[Problem]:
    """Each area beside its own built-in outline: none of it there is refused, little of it is told with the share."""
    usual, found = whereabouts.outlines_of(scope), []
    for one in taken:
        if one.place.code not in usual:
            continue
        drawn, own = shapely.make_valid(_some(one.row)), usual[one.place.code]
        ground = shapely.intersection(drawn, own).area
        share = whereabouts.common(drawn, own)
        if ground < LEAST * min(drawn.area, own.area):
            found.append(_elsewhere("not-its-place", one, scope))
        elif share < LITTLE:
            shown = f"{share:.0%}" if share >= 0.01 else "不到1%"
            found.append(told("little-overlap", cell=one.row.at, name=one.said, part=one.place.name, share=shown))
    return found


def _shapes(opened: Opened, taken: Sequence[Taken], problems: list[Problem]) -> dict[str, object]:
    if opened.kind == "points":
        return {one.place.code: [round(_some(one.row).x, 6), round(_some(one.row).y, 6)] for one in taken}
    try:
        drawn = finished([_some(one.row) for one in taken])
    except BrokenError as broken:
        problems.append(told(broken.code, **broken.values))
        return {}
    for one, geometry in zip(taken, drawn, strict=True):
        if geometry.is_empty:
            problems.append(told("too-small", cell=one.row.at, name=one.said))
    return {
        one.place.code: written(geometry) for one, geometry in zip(taken, drawn, strict=True) if not geometry.is_empty
    }


def _declared(opened: Opened, choices: Choices) -> list[Problem]:
    if opened.crs_told in ("4490", "4326", "CRS84") and choices.crs != "wgs84":
        said = opened.crs_told if opened.crs_told == "CRS84" else f"EPSG:{opened.crs_told}"
        return [told("crs-differs", value=said, chosen=SHORT[choices.crs])]
    return []


def _wrong(problems: Sequence[Problem]) -> bool:
    return any(one.level == "error" for one in problems)


def _unit_word(places: Sequence[Place]) -> str:
    levels = Counter(each.level for each in places)
    return UNITS.get(levels.most_common(1)[0][0], "下级") if levels else "下级"


def unit_word(scope: str, kind: GeographyKind) -> str:
    """What a file for a place may tell: 县（市、区）, 镇（街）."""
    return _unit_word(parts(scope, kind))

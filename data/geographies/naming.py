"""Which column holds the name and which the code, and which place each row means: exactly, or a person is asked."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from data.geographies.model import Asked, Choices, Opened, Row, Taken
from data.geographies.problems import told
from data.geographies.tables import degree_columns
from data.regions import Place, children, match, place
from data.sheets.problems import Problem
from data.store import GeographyKind


def parts(scope: str, kind: GeographyKind) -> tuple[Place, ...]:
    """The places that a file for ``scope`` may tell: its direct parts; for points, all towns below it."""
    below = children(scope)
    if kind == "areas":
        return below
    return tuple(town for each in below for town in ((each,) if each.level == "town" else parts(each.code, kind)))


def guess(opened: Opened, scope: str) -> Choices:
    """The columns that speak for themselves. None where several do as well or none does: then a person must say."""
    places = parts(scope, opened.kind)
    by_code = {each.code: each for each in places}
    codes = {name: {row.no for row in opened.rows if _code(row.told.get(name, ""), by_code)} for name in opened.columns}
    names = {each.name for each in places}
    hits = {name: sum(row.told.get(name, "") in names for row in opened.rows) for name in opened.columns}
    best_code = _best({name: len(rows) for name, rows in codes.items()}, opened, by_code)
    chosen = degree_columns(opened.columns) if opened.table else Choices()
    return replace(chosen, name=_best(hits, opened), code=best_code)


def _best(hits: dict[str, int], opened: Opened, by_code: dict[str, Place] | None = None) -> str | None:
    """The column with the most hits; of two with as many, only where both say the same throughout."""
    most = max(hits.values(), default=0)
    best = [name for name, count in hits.items() if count == most and count]
    if not best:
        return None

    def said(name: str) -> list[str]:
        texts = [row.told.get(name, "") for row in opened.rows]
        return [found.code if (found := _code(text, by_code)) else text for text in texts] if by_code else texts

    return best[0] if all(said(name) == said(best[0]) for name in best[1:]) else None


def _code(text: str, by_code: dict[str, Place]) -> Place | None:
    """The place of a code, also as 天地图 (156440781) and the statisticians (440781000000) write it."""
    digits = unicodedata.normalize("NFKC", text).strip()
    if not re.fullmatch(r"\d{6,12}", digits):
        return None
    forms = [digits, digits[3:] if digits.startswith("156") else "", re.sub(r"0{3}\Z|0{6}\Z", "", digits)]
    forms.append(digits[:-6] if digits.endswith("000000") else "")
    return next((by_code[form] for form in forms if form in by_code), None)


def resolve(
    rows: Sequence[Row], scope: str, kind: GeographyKind, choices: Choices
) -> tuple[list[Taken], list[Asked], list[Problem]]:
    """Each row with its place, or asked about. A code settles it; else an exact name; else a person (``answers``)."""
    places = parts(scope, kind)
    by_code = {each.code: each for each in places}
    taken: list[Taken] = []
    asked: list[Asked] = []
    problems: list[Problem] = []
    for row in rows:
        name = row.told.get(choices.name or "", "")
        code = row.told.get(choices.code or "", "")
        coded = _code(code, by_code) if code else None
        found = match(name, places) if name else None
        if not name and not code:
            problems.append(told("name-empty", cell=row.at))
        elif coded and found and found.place and found.place != coded:
            problems.append(told("code-name-differ", cell=row.at, value=name, code=code, place=coded.name))
        elif exact := coded or (found.place if found else None):
            taken.append(Taken(row, name or code, exact))
        else:
            answer = choices.answers.get(row.no)
            answer = answer if answer == "" or answer in by_code else None
            near = candidates(name, places)
            asked.append(Asked(row, name or code, near, answer))
            if answer:
                taken.append(Taken(row, name or code, by_code[answer], asked=True))
    return taken, asked, [*problems, *_twice(taken, kind)]


def candidates(name: str, places: Sequence[Place]) -> tuple[Place, ...]:
    """The places that a name which is no exact one may mean, the likeliest first; perhaps none."""
    found = match(name, places)
    named = getattr(found, "candidates", ())
    if named:
        return tuple(named)
    labels = {each.name: each for each in places} | {_long(each): each for each in places}
    return tuple(labels[label] for label in found.suggestions if label in labels)


def _long(each: Place) -> str:
    return f"{place(each.parent).name}{each.name}" if each.parent else each.name


def _twice(taken: Sequence[Taken], kind: GeographyKind) -> Iterator[Problem]:
    by_place: dict[str, list[Taken]] = defaultdict(list)
    for one in taken:
        by_place[one.place.code].append(one)
    for several in by_place.values():
        if len(several) > 1:
            where = "、".join(one.row.at for one in several[:8])
            code = "twice" if kind == "areas" else "twice-row"
            yield told(code, cell=several[1].row.at, value=several[0].place.name, where=where)

"""What 回测与同比 compares: a year out of an assessment's state, the schemes on offer, and what was confirmed of them.

Confirmed matches and unit changes are choices of an assessment (settings): logged, never overwritten, changing no result.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from data.schemes import scheme, scheme_ids
from data.state import State
from data.store import Setting, Store
from data.unit_changes import UnitChange, from_text, to_text
from scoring.compared import Year
from scoring.crosswalk import Crosswalk, by_name
from scoring.load import load_scheme
from scoring.scheme import Scheme
from scoring.scheme_text import SchemeError

MATCH, UNITS = "backtest-match:", "backtest-units:"
"""Beginnings of keys: a confirmed correspondence of items; the table of unit changes since another assessment."""
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")


@dataclass(frozen=True)
class Offer:
    """A scheme to test by: its name on screen, and the scheme or why it cannot be used."""

    name: str
    scheme: Scheme | None
    problem: str = ""


def year_of(rules: Scheme) -> int | None:
    """The year that a scheme assesses: its period's last day, its title's year, or the day it was issued."""
    document = rules.document
    if document.period:
        return document.period.end.year
    if document.cutoff:
        return document.cutoff.year
    if found := _YEAR.search(rules.title):
        return int(found[1])
    return document.issued.year if document.issued else None


def year(state: State, group: str) -> Year:
    """One group of an assessment as it stands."""
    return Year(state.scheme, group, state.sheets, tuple(row.fact for row in state.facts), state.results)


def units_of(rules: Scheme, group: str) -> list[str]:
    """The roster of a group."""
    return [unit.name for unit in rules.group(group).units]


def roster_of(state: State, group: str) -> list[str]:
    """The units of a group, those that an open roster took included."""
    return [result.unit for result in state.results.units if result.group == group]


def likely_group(old: Scheme, new: Scheme, group: str) -> str:
    """The group of the old scheme that goes with a new one: of the same id or name, else the first."""
    wanted = new.group(group)
    marked = old.marked_groups
    same = [one.id for one in marked if one.id == wanted.id] or [one.id for one in marked if one.name == wanted.name]
    return same[0] if same else marked[0].id


def offers(store: Store) -> dict[str, Offer]:
    """Every scheme to test by, by a key for choosing: the offices' own first (草案 too), then the built-in ones."""
    found: dict[str, Offer] = {}
    for own in store.own_schemes():
        try:
            found[f"own-{own.id}"] = Offer(f"自编：{own.title}", load_scheme(own.text, own.title))
        except SchemeError as error:
            found[f"own-{own.id}"] = Offer(f"自编：{own.title}（有错误）", None, str(error))
    for name in scheme_ids():
        rules = scheme(name)
        if rules.status != "skeleton" and not rules.judged:
            found[name] = Offer(rules.short, rules)
    return found


def match_key(base: int, old_group: str, rules: Scheme, group: str) -> str:
    """Under which key a correspondence is kept."""
    return f"{MATCH}{base}:{old_group}:{rules.id}:{group}"


def kept_walk(
    settings: Mapping[str, Setting], key: str, old: Scheme, old_group: str, new: Scheme, group: str
) -> tuple[Crosswalk, bool]:
    """The confirmed correspondence and True, or what the names alone say and False."""
    usual = by_name(old, old_group, new, group)
    kept = settings.get(key)
    if kept is None:
        return usual, False
    try:
        told = json.loads(kept.value)
        items = frozenset((int(a), int(b)) for a, b in told["items"])
        parts = tuple((str(a), str(b)) for a, b in told["components"])
    except (ValueError, TypeError, KeyError):
        return usual, False
    return Crosswalk(items, parts, usual.grades, usual.back).only_known(old, old_group, new, group), True


def keep_walk(store: Store, assessment: int, key: str, walk: Crosswalk, actor: str, subject: str) -> None:
    """Keep a confirmed correspondence."""
    told = json.dumps({"items": sorted(walk.items), "components": walk.components}, ensure_ascii=False)
    store.set_setting(assessment, key, told, actor, action="确认指标对应", subject=subject)


def kept_changes(settings: Mapping[str, Setting], base: int) -> tuple[UnitChange, ...]:
    """The table of unit changes since another assessment."""
    kept = settings.get(f"{UNITS}{base}")
    return from_text(kept.value) if kept else ()


def keep_changes(store: Store, assessment: int, base: int, changes: Sequence[UnitChange], actor: str) -> None:
    """Keep the table of unit changes since another assessment."""
    told = "、".join(f"{r.old or '—'}→{r.new or '—'}（{r.way}）" for r in changes) or "无变动"
    store.set_setting(assessment, f"{UNITS}{base}", to_text(changes), actor, action="登记单位变动", subject=told)



"""Commands that try something: whatif (other values, other readings) and robust (how firm each grade is)."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from urllib.parse import parse_qsl

from commands.inputs import given_of, group_of, group_words, own_of
from commands.terminal import FINE, PROBLEMS, UsageError, put
from data.documents.robust_json import robust_json
from data.documents.robust_text import robust_lines
from data.documents.whatif_json import scenario_json, whatif_json
from data.documents.whatif_text import moved_lines, whatif_lines
from data.robust import NoLevelError, level_of
from data.robust import robust as asked_of
from data.whatif import Tried
from scoring.assumptions import with_readings
from scoring.causes import causes, moves
from scoring.scenario import READINGS, Scenario, read
from scoring.scenario_settings import ROOTS, SettingError, settings_of
from scoring.scheme import Scheme
from scoring.trial import CATEGORIES, EVERY_LEVEL, ITEMS

GROUP = "of"
"""The key of the group in an address of the page 权重测算."""
OF_A_GROUP = (CATEGORIES, ITEMS)
"""Levels that differ from one group to another, where each has items of its own."""


def whatif(options: argparse.Namespace) -> int:
    """Score the forms as the scheme has it and under other values and readings, unit beside unit."""
    own, chosen = own_of(options)
    scenario = _scenario(options, own, chosen)
    given = given_of(options, own)
    before = given.score(with_readings(own, chosen))
    after = given.score(scenario.scheme(own, chosen))
    groups = (scenario.group,) if _group(options, own) else tuple(group.id for group in own.groups)
    found = moves(scenario, own, chosen)
    why = causes(before, after, found, lambda other: given.score(other.scheme(own, chosen)))
    tried = Tried(own, chosen, scenario, before, after, groups, why)
    given.tell(after, options.json)
    put(options.json, whatif_json(tried, given.problems), lambda: print("\n".join(whatif_lines(tried))))
    return PROBLEMS if given.faulty else FINE


def robust(options: argparse.Namespace) -> int:
    """Tell how firm each unit's grade is, and what would change it; where something is set, under that."""
    own, chosen = own_of(options)
    tried = _scenario(options, own, chosen) if options.set or options.scenario is not None else None
    scheme, only = with_readings(own, chosen) if tried is None else tried.scheme(own, chosen), _group(options, own)
    _insist_on_level(scheme, options.level, only)
    given = given_of(options, own)
    results = given.score(scheme)
    asked = asked_of(results, options.level, only)
    given.tell(results, options.json)
    told = None if tried is None else scenario_json(own, chosen, tried)
    moved = [] if tried is None else [f"测算 {line}" for line in moved_lines(own, chosen, tried)]
    value = robust_json(asked, chosen, told, given.problems)
    put(options.json, value, lambda: print("\n".join((*moved, *robust_lines(asked)))))
    return PROBLEMS if given.faulty else FINE


def _insist_on_level(scheme: Scheme, level: str | None, only: str | None) -> None:
    """Raise UsageError for a level that is not there, before any form is read."""
    try:
        for group in scheme.marked_groups:
            if only in (None, group.id):
                level_of(scheme, group.id, level)
    except NoLevelError as error:
        raise UsageError(str(error)) from None


def _scenario(options: argparse.Namespace, own: Scheme, chosen: Mapping[str, str]) -> Scenario:
    """What an address holds, changed by what is set beside it. Raises UsageError with all that cannot stand."""
    texts = address(options.scenario) if options.scenario is not None else {}
    if not texts and not options.set:
        raise UsageError("请用 --set 项目=值（可多次）或 --scenario 网址 写明要测算什么")
    group = _group(options, own) or _only_group(options, own, texts)
    base, problems = read(own, chosen, group, texts)
    if problems:
        raise UsageError("\n".join(f"--scenario 中{problem}" for problem in problems))
    try:
        return settings_of(own, chosen, base, options.set)
    except SettingError as error:
        raise UsageError(str(error)) from None


def address(text: str) -> dict[str, str]:
    """What an address of 权重测算 (or only what follows its ?) holds. Raises UsageError where it holds nothing to try."""
    head, mark, tail = text.strip().partition("?")
    told = dict(parse_qsl(tail if mark and "=" not in head else text.strip()))
    if not told.keys() & {*EVERY_LEVEL, READINGS}:
        raise UsageError(
            f"--scenario “{text}”中没有测算的内容；请粘贴权重测算页的网址，或写成 w=cross:46,municipal:27,daily:27"
        )
    return told


def _group(options: argparse.Namespace, own: Scheme) -> str | None:
    """The group that was asked for: on the line, else in the address."""
    asked = options.group or (address(options.scenario).get(GROUP) if options.scenario is not None else None)
    return group_of(own, asked).id if asked else None


def _only_group(options: argparse.Namespace, own: Scheme, texts: Mapping[str, str]) -> str:
    """Any, unless what is tried means something else in each."""
    first, *others = own.marked_groups
    alike = all(own.indicators_of(each.id) == own.indicators_of(first.id) for each in others)
    of_a_group = tuple(ROOTS[level] + "." for level in OF_A_GROUP)
    asked = any(level in texts for level in OF_A_GROUP) or any(
        each.strip().startswith(of_a_group) for each in options.set
    )
    if asked and not alike:
        raise UsageError(f"各组别的指标不同，请用 --group 写明组别：{group_words(own)}")
    return first.id

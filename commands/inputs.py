"""What a call names, read: its scheme with roster, figures and weights, its forms and its 情形. Raises UsageError in words."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from commands.terminal import UsageError, file_bytes, reason, tell_problem
from data.documents.as_text import open_lines
from data.facts_table import FactsError, facts_of_lines, facts_of_table
from data.rosters_units import read_roster, scheme_units
from data.schemes import find_scheme
from data.sheets import FileReading, Problem, shared_reader
from data.state import fitting
from scoring import exact
from scoring.assess import MarksError, assess
from scoring.assumptions import figure_text, open_targets, with_targets
from scoring.elements import Group
from scoring.marks import Fact, Sheet
from scoring.results import Results
from scoring.scenario_settings import SettingError, readings_of
from scoring.scheme import Scheme


class RosterError(Exception):
    """A roster that cannot be taken; its problems have been told."""


@dataclass(frozen=True)
class Given:
    """What a call hands in to be scored: forms and facts. ``problems`` are (file name, problem) of the forms."""

    sheets: list[Sheet]
    facts: list[Fact]
    problems: list[tuple[str, Problem]]

    @property
    def faulty(self) -> bool:
        """Whether any form could not be taken."""
        return any(problem.level == "error" for _, problem in self.problems)

    def score(self, scheme: Scheme) -> Results:
        """All of it scored under a scheme."""
        try:
            with fitting("评分表或情形"):
                return assess(scheme, self.sheets, self.facts)
        except MarksError as error:
            raise UsageError(str(error)) from None

    def tell(self, results: Results, as_json: bool) -> None:
        """What is wrong with the forms, what cannot be scored yet, which figures are still missing. JSON holds the
        first two itself."""
        for file, problem in () if as_json else self.problems:
            tell_problem(file, problem)
        for line in () if as_json else open_lines(results):
            print(line, file=sys.stderr)
        for target in open_targets(results.scheme):
            print(f"“{target.name}”尚未填写：请加上 --target {target.id}=数 后重算。", file=sys.stderr)


def given_of(options: argparse.Namespace, own: Scheme) -> Given:
    facts = facts_of(own, options.facts, options.fact)
    readings = read_forms(options.sheets, own, None)
    problems = [(reading.file, problem) for reading in readings for problem in reading.problems]
    return Given(sheets_of(own, readings), facts, problems)


def own_of(options: argparse.Namespace) -> tuple[Scheme, dict[str, str]]:
    """The scheme with roster and figures before any reading, and the readings (口径) that are to be in force."""
    rules = rules_of(options)
    own = with_targets(rules, targets_of(rules, options.target))
    try:
        return own, readings_of(own, options.reading)
    except SettingError as error:
        raise UsageError(str(error)) from None


def the_scheme(id_or_file: str) -> Scheme:
    try:
        return find_scheme(id_or_file)
    except KeyError as error:
        raise UsageError(str(error.args[0])) from None
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"读不到方案文件“{id_or_file}”：{reason(error)}") from None


def rules_of(options: argparse.Namespace) -> Scheme:
    """The scheme, with the office's own roster where one is given: its groups replace the scheme's of the same name."""
    rules = the_scheme(options.scheme)
    if options.roster is None:
        return rules
    reading = read_roster(Path(options.roster).name, file_bytes(options.roster), rules, scheme_units(rules))
    for problem in reading.problems:
        tell_problem(reading.file, problem)
    if reading.rejected:
        raise RosterError
    with fitting("名单"):
        return rules.with_roster((unit.name, unit.group, unit.region, unit.helps) for unit in reading.units)


def targets_of(rules: Scheme, given: Iterable[str]) -> dict[str, Fraction]:
    """Figures that the document leaves to the office, by id: national-income=9.0."""
    names = {target.id: target.id for target in open_targets(rules)}
    names |= {target.name: target.id for target in open_targets(rules)}
    known = {target.id: target for target in open_targets(rules)}
    found: dict[str, Fraction] = {}
    for text in given:
        name, _, figure = text.partition("=")
        target = names.get(name.strip())
        if target is None:
            options = "、".join(f"{t.id}（{t.name}）" for t in open_targets(rules))
            raise UsageError(f"没有“{name}”这一待填的目标值；" + (f"可用：{options}" if options else "本方案不需填写"))
        if target in found:
            raise UsageError(f"目标值“{target}”写了不止一次；每个只写一次")
        try:
            found[target] = exact.parse(figure_text(known[target], figure))
        except ValueError:
            sign = "" if known[target].measure == "%" else "，不能小于0"
            raise UsageError(f"目标值“{text}”应写成 代号=数，如 {target}=9.0{sign}") from None
    return found


def roster_words(rules: Scheme) -> str:
    names = [unit.name for group in rules.marked_groups for unit in group.units]
    more = f"等{len(names)}个" if len(names) > 12 else ""
    return "、".join(names[:12]) + more or "未列名单，请用 --unit 指明"


def component_of(rules: Scheme, name: str) -> str:
    known = {component.id: component.id for component in rules.components}
    known |= {component.name: component.id for component in rules.components}
    if name not in known:
        raise UsageError(f"没有“{name}”这一考核方式；可用：{'、'.join(c.id for c in rules.components)}")
    return known[name]


def group_of(rules: Scheme, name: str) -> Group:
    """A group whose units are marked, by id or name."""
    found = next((group for group in rules.marked_groups if name in (group.id, group.name)), None)
    if found is None:
        raise UsageError(f"没有“{name}”这一组别；可用：{group_words(rules)}")
    return found


def group_words(rules: Scheme) -> str:
    return "、".join(f"{group.id}（{group.name}）" for group in rules.marked_groups)


def weights_of(rules: Scheme, text: str) -> dict[str, Fraction]:
    """Weights are ratios and name every counted component once: cross=50,municipal=25,daily=25."""
    given: dict[str, Fraction] = {}
    for part in text.split(","):
        name, _, value = part.partition("=")
        component = component_of(rules, name.strip())
        if component in given:
            raise UsageError(f"“{component}”的权重写了不止一次；每种考核方式只写一次")
        try:
            given[component] = exact.parse(value.strip())
        except ValueError:
            raise UsageError(f"权重“{part}”应写成 名称=数，如 cross=50") from None
    if missing := [name for name in rules.weights if name not in given]:
        raise UsageError(f"权重须写全每种考核方式，缺少：{'、'.join(missing)}")
    if unknown := [name for name in given if name not in rules.weights]:
        raise UsageError(f"“{'、'.join(unknown)}”不计入综合得分，不能给权重")
    if any(weight < 0 for weight in given.values()) or not any(given.values()):
        raise UsageError("权重不能小于0，且不能全为0")
    return given


def read_forms(paths: Iterable[str], rules: Scheme, component: str | None) -> list[FileReading]:
    chosen = component_of(rules, component) if component else None
    return [shared_reader().read(Path(path).name, file_bytes(path), rules, component=chosen) for path in paths]


def sheets_of(rules: Scheme, readings: Iterable[FileReading]) -> list[Sheet]:
    taken: dict[tuple[str, str], str] = {}
    sheets = []
    for reading in readings:
        for sheet in reading.sheets:
            key = (sheet.unit, sheet.component)
            if key in taken:
                name = rules.component(sheet.component).name
                raise UsageError(f"“{sheet.unit}”的“{name}”有两份：{taken[key]} 与 {reading.file}；请只留一份")
            taken[key] = reading.file
            sheets.append(sheet)
    return sheets


def facts_of(rules: Scheme, table: str | None, lines: Iterable[str]) -> list[Fact]:
    try:
        from_table = facts_of_table(rules, Path(table).name, file_bytes(table)) if table else []
        return [*from_table, *facts_of_lines(rules, lines)]
    except FactsError as error:
        raise UsageError(str(error)) from None

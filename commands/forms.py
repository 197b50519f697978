"""Commands on filled and blank forms: check, score, template."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from commands.inputs import component_of, given_of, own_of, read_forms, roster_words, rules_of, weights_of
from commands.terminal import FINE, PROBLEMS, UsageError, put, tell_problem, write
from data.documents.as_json import reading_json, results_json
from data.documents.as_text import results_lines
from data.documents.forms import blank_form, blank_forms_zip
from data.documents.roster_form import blank_roster
from data.sheets import FileReading
from scoring.assumptions import with_readings
from scoring.marks import Sheet
from scoring.results import Results


def check(options: argparse.Namespace) -> int:
    """Read forms and say what is wrong with them; nothing is scored or kept."""
    rules = rules_of(options)
    readings = read_forms(options.sheets, rules, options.component)
    put(options.json, {"files": [reading_json(reading) for reading in readings]}, lambda: tell_files(readings))
    return PROBLEMS if any(reading.verdict == "reject" for reading in readings) else FINE


def score(options: argparse.Namespace) -> int:
    """Score the forms that can be taken; problems of the others are listed beside the results."""
    own, chosen = own_of(options)
    rules = with_readings(own, chosen)
    if options.weights:
        rules = rules.replace(weights=weights_of(rules, options.weights))
    given = given_of(options, own)
    results = given.score(rules)
    given.tell(results, options.json)
    put(options.json, results_json(results, given.problems), lambda: _tell_results(results, given.sheets))
    return PROBLEMS if given.faulty else FINE


def template(options: argparse.Namespace) -> int:
    """Write blank forms: one workbook for one unit and component, else a zip of all that are meant; or a blank roster."""
    rules = rules_of(options)
    if options.roster_form:
        write(Path(options.out), blank_roster(rules))
        return FINE
    components = [component_of(rules, options.component)] if options.component else None
    try:
        if options.unit and components:
            content = blank_form(rules, options.unit, components[0])
        else:
            content = blank_forms_zip(rules, [options.unit] if options.unit else None, components)
    except ValueError as error:  # a unit that is not on the roster, or no roster at all
        raise UsageError(f"{error}；方案“{rules.id}”的考核对象：{roster_words(rules)}") from None
    write(Path(options.out), content)
    return FINE


def tell_files(readings: Iterable[FileReading]) -> None:
    words = {"accept": "可收", "warn": "可收（有提示）", "reject": "退回"}
    for reading in readings:
        print(f"{reading.file}\t{words[reading.verdict]}\t{len(reading.sheets)}份评分表")
        for problem in reading.problems:
            tell_problem(reading.file, problem)


def _tell_results(results: Results, sheets: Iterable[Sheet]) -> None:
    for line in results_lines(results, [sheet.unit for sheet in sheets]):
        print(line)

"""Commands that hold results against something else: scales (another 考核方式), crosscheck (the office's own workbook)."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from commands.inputs import component_of, facts_of, read_forms, rules_of, sheets_of
from commands.terminal import FINE, PROBLEMS, UsageError, file_bytes, put, reason, tell_problem
from data.crosscheck import told
from data.crosscheck.worker import read_apart
from data.documents.crosscheck_list import as_text
from data.documents.scales_json import apart_lines, scales_json, scales_lines
from data.scales import AssessorsError, read_assessors, scales_of
from data.state import fitting
from scoring.assess import MarksError, assess
from scoring.scale_pairs import subject


def scales(options: argparse.Namespace) -> int:
    """Hold the assessing groups' marks against another component's, as the page 打分尺度 does."""
    rules = rules_of(options)
    readings = read_forms(options.sheets, rules, None)
    problems = [(reading.file, problem) for reading in readings for problem in reading.problems]
    sheets = sheets_of(rules, readings)
    names = [unit.name for group in rules.groups for unit in group.units]
    try:
        who = read_assessors(file_bytes(options.draw).decode("utf-8-sig"), names) if options.draw else {}
        results = assess(rules, sheets)
    except UnicodeDecodeError as error:
        raise UsageError(f"读不到“{options.draw}”：{reason(error)}") from None
    except (AssessorsError, MarksError) as error:
        raise UsageError(str(error)) from None
    second = component_of(rules, options.against) if options.against else None
    cross = component_of(rules, options.cross) if options.cross else ""
    if cross and subject(rules, cross) is None:
        raise UsageError(f"“{options.cross}”评的各项没有另一种计分的考核方式也评，不能对照")
    found = [scales_of(results, sheets, [], group.id, second, who, cross) for group in rules.marked_groups]
    for file, problem in problems:
        tell_problem(file, problem)
    listed = {"scheme": rules.id, "groups": [scales_json(each) for each in found]}
    put(
        options.json,
        listed,
        lambda: [print(line) for each in found for line in (*scales_lines(each), *apart_lines(each))],
    )
    return PROBLEMS if any(problem.level == "error" for _, problem in problems) else FINE


def crosscheck(options: argparse.Namespace) -> int:
    """Hold an office's own summary workbook against the results of these forms, each differing cell with its cause."""
    rules = rules_of(options)
    readings = read_forms(options.sheets, rules, None)
    problems = [(reading.file, problem) for reading in readings for problem in reading.problems]
    for file, problem in problems:
        tell_problem(file, problem)
    facts, sheets = facts_of(rules, options.facts, options.fact), sheets_of(rules, readings)
    try:
        with fitting("评分表或情形"):
            results = assess(rules, sheets, facts)
    except MarksError as error:
        raise UsageError(str(error)) from None
    name = Path(options.against).name
    reading = read_apart(name, file_bytes(options.against))
    if reading.book is None:
        assert reading.problem is not None
        tell_problem(name, reading.problem)
        return PROBLEMS
    report, layout = told.crosscheck(results, reading.book)
    for line in told.unrecognised(layout):
        print(line, file=sys.stderr)
    put(options.json, told.report_json(report, layout), lambda: print(as_text(report, name)))
    return FINE if report.agreed and report.compared and not any(p.level == "error" for _, p in problems) else PROBLEMS

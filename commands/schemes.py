"""Commands on schemes alone: list, check, compare, make one of an indicator table, hold its 抽签."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from commands.inputs import the_scheme
from commands.terminal import FINE, PROBLEMS, UsageError, file_bytes, put, tell_problem, write
from data.documents.scheme_differences import differences_json, differences_lines
from data.drawing import drawn_json, drawn_text
from data.indicator_tables import AnswersError, read_indicator_file, recognise, scheme_text_from
from data.indicator_tables.read import answered_lines
from data.schemes import scheme, scheme_ids
from scoring.burden import told
from scoring.draws import DrawError
from scoring.lots import SeedError
from scoring.scheme_diff import differences


def schemes(options: argparse.Namespace) -> int:
    """List the schemes that come with the product."""
    listed = [scheme(name) for name in scheme_ids()]
    rows = [{"id": s.id, "title": s.title, "status": s.status, "number": s.document.number} for s in listed]
    told = {"whole": "可用", "skeleton": "仅可查阅"}
    put(options.json, rows, lambda: [print(f"{s.id}\t{told[s.status]}\t{s.title}") for s in listed])
    return FINE


def check_scheme(options: argparse.Namespace) -> int:
    """Load a scheme file and list every mistake in it."""
    rules = the_scheme(options.file)
    print(f"{rules.id}：没有发现问题（{rules.title}，指标{len(rules.indicators)}项，{rules.hash[:12]}）")
    print("\n".join(told(rules)))
    return FINE


def compare_schemes(options: argparse.Namespace) -> int:
    """Tell what the second scheme says otherwise than the first, in sentences by area."""
    before, after = the_scheme(options.before), the_scheme(options.after)
    found = differences(before, after)
    put(options.json, differences_json(before, after, found), lambda: print("\n".join(differences_lines(found))))
    return FINE


def import_scheme(options: argparse.Namespace) -> int:
    """Make a scheme's draft of an indicator table, every question at its proposed answer, each told."""
    name = Path(options.file).name
    reading = recognise(read_indicator_file(name, file_bytes(options.file)))
    for problem in reading.problems:
        tell_problem(name, problem)
    answers = {"title": options.title} if options.title else {}
    try:
        text = scheme_text_from(reading, answers)
    except AnswersError as error:
        print(error, file=sys.stderr)
        return PROBLEMS
    print("\n".join(answered_lines(reading, answers)), file=sys.stderr)
    if options.out:
        write(Path(options.out), text.encode())
    else:
        print(text, end="")
    return FINE


def draw(options: argparse.Namespace) -> int:
    """Hold a scheme's 抽签 among its own roster; a seed gives the same pairs here as on the page."""
    try:
        drawn = drawn_json(the_scheme(options.scheme), options.seed)
    except (DrawError, SeedError) as error:
        raise UsageError(str(error)) from None
    put(options.json, drawn, lambda: print(drawn_text(drawn)))
    return FINE

"""The command report: one document from forms that no store holds, marked 未经审定 like every result nobody has approved."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from pathlib import Path

from commands.inputs import facts_of, own_of, read_forms, roster_words, rules_of, sheets_of, targets_of
from commands.terminal import FINE, PROBLEMS, UsageError, file_bytes, tell_problem, write_whole
from data.beijing import BEIJING
from data.documents.as_text import open_lines
from data.documents.kinds import KINDS, NOT_NOW, File, Kind, kind, make
from data.locked import Locked, unkept
from data.locked.of_files import state_of_files
from data.state import State, fitting
from scoring.assumptions import open_targets
from scoring.gather import MarksError

OFFERED = tuple(each.id for each in KINDS if not each.kept)
"""What can be made without a store: no 送审包 and no 归档包."""
_PAPER = "docx"


def report(options: argparse.Namespace) -> int:
    """Write one document. Nothing is written where it cannot be made yet; what is wrong with the forms is told beside."""
    wanted, path = kind(options.kind), Path(options.out)
    suffix = _suffix(wanted, path, options.unit)
    if options.unit and not wanted.units:
        raise UsageError(f"“{wanted.name}”不分对象，请去掉 --unit；分对象的：{_by_unit()}")
    if any(path.resolve() == Path(sheet).resolve() for sheet in options.sheets):
        raise UsageError(f"--out“{path}”是给出的评分表之一，写出会将其覆盖；请另写文件名")
    state, faulty = _state(options)
    _insist_on_unit(state, options.unit)
    try:
        made = _made(wanted, unkept(state, datetime.now(BEIJING).date()), suffix, options.unit)
    except NOT_NOW as reason:
        print(f"{wanted.name}未生成：{reason}", file=sys.stderr)
        return PROBLEMS
    write_whole(path, made.content)
    return PROBLEMS if faulty else FINE


def _made(wanted: Kind, locked: Locked, suffix: str, unit: str | None) -> File:
    return make(wanted.id, locked, suffix, unit=unit)


def _suffix(wanted: Kind, path: Path, unit: str | None) -> str:
    """The format that the file's ending asks for; several papers go into a zip as Word files."""
    ending = path.suffix.removeprefix(".").lower()
    if wanted.units == "each" and unit is None:
        if ending != "zip":
            raise UsageError(f"不写 --unit 时写出全部对象的{wanted.name}，--out 应以 .zip 结尾")
        return _PAPER
    if ending not in wanted.suffixes:
        raise UsageError(f"“{wanted.name}”的 --out 应以 {'、'.join(f'.{each}' for each in wanted.suffixes)} 结尾")
    return ending


def _state(options: argparse.Namespace) -> tuple[State, bool]:
    """The forms read and scored, and whether any of them could not be taken."""
    rules = rules_of(options)
    own, chosen = own_of(options)
    readings = read_forms(options.sheets, own, None)
    sheets_of(own, readings)  # refuses two forms of one unit and component
    for reading in readings:
        for problem in reading.problems:
            tell_problem(reading.file, problem)
    files = [(reading, file_bytes(path)) for reading, path in zip(readings, options.sheets, strict=True)]
    facts = facts_of(own, options.facts, options.fact)
    try:
        with fitting("评分表或情形"):
            state = state_of_files(rules, files, facts, targets_of(rules, options.target), chosen)
    except MarksError as error:
        raise UsageError(str(error)) from None
    for line in open_lines(state.results):
        print(line, file=sys.stderr)
    for target in open_targets(state.results.scheme):
        print(f"“{target.name}”尚未填写：请加上 --target {target.id}=数 后重算。", file=sys.stderr)
    return state, any(reading.verdict == "reject" for reading in readings)


def _insist_on_unit(state: State, unit: str | None) -> None:
    if unit is not None and all(result.unit != unit for result in state.results.units):
        raise UsageError(f"没有“{unit}”这一{state.scheme.words.unit}；可用：{roster_words(state.scheme)}")


def _by_unit() -> str:
    return "、".join(f"{each.id}（{each.name}）" for each in KINDS if each.units)

"""The same engine from a terminal: check forms, score them, write blank forms, look at schemes.

``python cli.py score --scheme jiangmen-2020-county --json 评分表/*.xlsx``

Exact values are strings and what is absent is null. Messages go to stderr. Exit code 0: fine, warnings included;
1: problems (the JSON is still whole); 2: the call itself was wrong.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable
from fractions import Fraction
from pathlib import Path
from typing import Any

import data
from cli_parser import USAGE, Parser
from data.documents.as_json import reading_json, results_json
from data.documents.as_text import open_lines, results_lines
from data.documents.forms import blank_form, blank_forms_zip
from data.documents.roster_form import blank_roster
from data.documents.scheme_differences import differences_json, differences_lines
from data.drawing import drawn_json, drawn_text
from data.facts_table import COLUMNS, FactsError, facts_of_lines, facts_of_table
from data.indicator_tables import AnswersError, read_indicator_file, recognise, scheme_text_from
from data.indicator_tables.read import answered_lines
from data.rosters_units import read_roster, scheme_units
from data.schemes import find_scheme, scheme, scheme_ids
from data.sheets import FileReading, Problem, shared_reader
from data.state import UnfitError, fitting
from data.terminal import say_no_more, speak_utf8
from scoring import ENGINE, exact
from scoring.assess import MarksError, assess
from scoring.assumptions import figure_text, open_targets, with_targets
from scoring.burden import told
from scoring.draws import DrawError
from scoring.lots import SeedError
from scoring.marks import Fact, Sheet
from scoring.results import Results
from scoring.scheme import Scheme
from scoring.scheme_diff import differences
from scoring.scheme_text import SchemeError

FINE, PROBLEMS = 0, 1


class UsageError(Exception):
    """The call cannot be carried out as it stands; the message says what to change."""


class RosterError(Exception):
    """A roster that cannot be taken; its problems have been told."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    speak_utf8()
    options = _parser().parse_args(arguments)
    try:
        code = options.run(options)
        sys.stdout.flush()  # so that a reader who left is noticed here and not at the interpreter's end
        return code
    except BrokenPipeError:  # ``| head`` has seen enough
        say_no_more()
        return FINE
    except UsageError as error:
        print(error, file=sys.stderr)
        return USAGE
    except (SchemeError, UnfitError) as error:
        print(error, file=sys.stderr)
        return PROBLEMS
    except RosterError:
        return PROBLEMS


def check(options: argparse.Namespace) -> int:
    """Read forms and say what is wrong with them; nothing is scored or kept."""
    rules = _rules(options)
    readings = _read(options.sheets, rules, options.component)
    _put(options.json, {"files": [reading_json(reading) for reading in readings]}, lambda: _tell_files(readings))
    return PROBLEMS if any(reading.verdict == "reject" for reading in readings) else FINE


def score(options: argparse.Namespace) -> int:
    """Score the forms that can be taken; problems of the others are listed beside the results."""
    rules = _rules(options)
    rules = with_targets(rules, _targets(rules, options.target))
    if options.weights:
        rules = rules.replace(weights=_weights(rules, options.weights))
    facts = _facts(rules, options.facts, options.fact)
    readings = _read(options.sheets, rules, None)
    problems = [(reading.file, problem) for reading in readings for problem in reading.problems]
    sheets = _sheets(rules, readings)
    try:
        with fitting("评分表或情形"):
            results = assess(rules, sheets, facts)
    except MarksError as error:
        raise UsageError(str(error)) from None
    _put(options.json, results_json(results, problems), lambda: _tell_results(results, problems, sheets))
    for target in open_targets(rules):
        print(f"“{target.name}”尚未填写：请加上 --target {target.id}=数 后重算。", file=sys.stderr)
    return PROBLEMS if any(problem.level == "error" for _, problem in problems) else FINE


def template(options: argparse.Namespace) -> int:
    """Write blank forms: one workbook for one unit and component, else a zip of all that are meant; or a blank roster."""
    rules = _rules(options)
    if options.roster_form:
        _write(Path(options.out), blank_roster(rules))
        return FINE
    components = [_component(rules, options.component)] if options.component else None
    try:
        if options.unit and components:
            content = blank_form(rules, options.unit, components[0])
        else:
            content = blank_forms_zip(rules, [options.unit] if options.unit else None, components)
    except ValueError as error:  # a unit that is not on the roster, or no roster at all
        raise UsageError(f"{error}；方案“{rules.id}”的考核对象：{_roster(rules)}") from None
    _write(Path(options.out), content)
    return FINE


def draw(options: argparse.Namespace) -> int:
    """Hold a scheme's 抽签 among its own roster; a seed gives the same pairs here as on the page."""
    try:
        drawn = drawn_json(_scheme(options.scheme), options.seed)
    except (DrawError, SeedError) as error:
        raise UsageError(str(error)) from None
    _put(options.json, drawn, lambda: print(drawn_text(drawn)))
    return FINE


def schemes(options: argparse.Namespace) -> int:
    """List the schemes that come with the product."""
    listed = [scheme(name) for name in scheme_ids()]
    rows = [{"id": s.id, "title": s.title, "status": s.status, "number": s.document.number} for s in listed]
    told = {"whole": "可用", "skeleton": "仅可查阅"}
    _put(options.json, rows, lambda: [print(f"{s.id}\t{told[s.status]}\t{s.title}") for s in listed])
    return FINE


def check_scheme(options: argparse.Namespace) -> int:
    """Load a scheme file and list every mistake in it."""
    rules = _scheme(options.file)
    print(f"{rules.id}：没有发现问题（{rules.title}，指标{len(rules.indicators)}项，{rules.hash[:12]}）")
    print("\n".join(told(rules)))
    return FINE


def import_scheme(options: argparse.Namespace) -> int:
    """Make a scheme's draft of an indicator table, every question at its proposed answer, each told."""
    name = Path(options.file).name
    reading = recognise(read_indicator_file(name, _bytes(options.file)))
    for problem in reading.problems:
        _tell_problem(name, problem)
    answers = {"title": options.title} if options.title else {}
    try:
        text = scheme_text_from(reading, answers)
    except AnswersError as error:
        print(error, file=sys.stderr)
        return PROBLEMS
    print("\n".join(answered_lines(reading, answers)), file=sys.stderr)
    if options.out:
        _write(Path(options.out), text.encode())
    else:
        print(text, end="")
    return FINE


def compare_schemes(options: argparse.Namespace) -> int:
    """Tell what the second scheme says otherwise than the first, in sentences by area."""
    before, after = _scheme(options.before), _scheme(options.after)
    found = differences(before, after)
    _put(options.json, differences_json(before, after, found), lambda: print("\n".join(differences_lines(found))))
    return FINE


def _scheme(id_or_file: str) -> Scheme:
    try:
        return find_scheme(id_or_file)
    except KeyError as error:
        raise UsageError(str(error.args[0])) from None
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"读不到方案文件“{id_or_file}”：{_reason(error)}") from None


def _rules(options: argparse.Namespace) -> Scheme:
    """The scheme, with the office's own roster where one is given: its groups replace the scheme's of the same name."""
    rules = _scheme(options.scheme)
    if options.roster is None:
        return rules
    reading = read_roster(Path(options.roster).name, _bytes(options.roster), rules, scheme_units(rules))
    for problem in reading.problems:
        _tell_problem(reading.file, problem)
    if reading.rejected:
        raise RosterError
    with fitting("名单"):
        return rules.with_roster((unit.name, unit.group, unit.region, unit.helps) for unit in reading.units)


def _targets(rules: Scheme, given: Iterable[str]) -> dict[str, Fraction]:
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


def _roster(rules: Scheme) -> str:
    names = [unit.name for group in rules.marked_groups for unit in group.units]
    more = f"等{len(names)}个" if len(names) > 12 else ""
    return "、".join(names[:12]) + more or "未列名单，请用 --unit 指明"


def _component(rules: Scheme, name: str) -> str:
    known = {component.id: component.id for component in rules.components}
    known |= {component.name: component.id for component in rules.components}
    if name not in known:
        raise UsageError(f"没有“{name}”这一考核方式；可用：{'、'.join(c.id for c in rules.components)}")
    return known[name]


def _weights(rules: Scheme, text: str) -> dict[str, Fraction]:
    """Weights are ratios and name every counted component once: cross=50,municipal=25,daily=25."""
    given: dict[str, Fraction] = {}
    for part in text.split(","):
        name, _, value = part.partition("=")
        component = _component(rules, name.strip())
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


def _read(paths: Iterable[str], rules: Scheme, component: str | None) -> list[FileReading]:
    chosen = _component(rules, component) if component else None
    return [shared_reader().read(Path(path).name, _bytes(path), rules, component=chosen) for path in paths]


def _bytes(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise UsageError(f"读不到文件“{path}”：{_reason(error)}") from None


def _reason(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "文件不存在，请核对路径"
    return "没有权限或文件损坏，请核对" if isinstance(error, OSError) else "文件不是 UTF-8 文字"


def _sheets(rules: Scheme, readings: Iterable[FileReading]) -> list[Sheet]:
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


def _facts(rules: Scheme, table: str | None, lines: Iterable[str]) -> list[Fact]:
    try:
        from_table = facts_of_table(rules, Path(table).name, _bytes(table)) if table else []
        return [*from_table, *facts_of_lines(rules, lines)]
    except FactsError as error:
        raise UsageError(str(error)) from None


def _put(as_json: bool, value: Any, tell: Callable[[], object]) -> None:
    if as_json:
        print(json.dumps(value, ensure_ascii=False, indent=1))
    else:
        tell()


def _tell_files(readings: Iterable[FileReading]) -> None:
    words = {"accept": "可收", "warn": "可收（有提示）", "reject": "退回"}
    for reading in readings:
        print(f"{reading.file}\t{words[reading.verdict]}\t{len(reading.sheets)}份评分表")
        for problem in reading.problems:
            _tell_problem(reading.file, problem)


def _tell_problem(file: str, problem: Problem) -> None:
    where = "!".join(part for part in (problem.sheet, problem.cell) if part)
    print(f"{file} {where}　{problem.message}　{problem.mend}", file=sys.stderr)


def _tell_results(results: Results, problems: Iterable[tuple[str, Problem]], sheets: Iterable[Sheet]) -> None:
    for file, problem in problems:
        _tell_problem(file, problem)
    for line in open_lines(results):
        print(line, file=sys.stderr)
    for line in results_lines(results, [sheet.unit for sheet in sheets]):
        print(line)


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise UsageError(f"写不了“{path}”：{_reason(error)}") from None
    print(f"已写出 {path}", file=sys.stderr)


_AS_JSON = "输出 JSON，供程序读取；数均为精确的文字，没有的为 null"


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="cli.py", description="衡效：核对评分表、计分、生成空白表、查看方案")
    parser.add_argument("--version", action="version", help="显示版本号",
                        version=f"衡效 {data.VERSION}（计分引擎 {ENGINE}）")  # fmt: skip
    commands = parser.add_subparsers(required=True, parser_class=Parser)
    one = _command(commands, "check", check, "核对评分表", sheets=True)
    one.add_argument("--component", help="只按这种考核方式读取：代号或名称，如 cross、交叉考核")
    one = _command(commands, "score", score, "计分、定等次、排位次", sheets=True)
    one.add_argument("--facts", metavar="CSV", help=f"情形表 CSV：{', '.join(COLUMNS)}")
    one.add_argument("--fact", action="append", default=[], metavar="LINE",
                     help="一条情形，各项次序同情形表：鹤山市,班子成员受政务处分,记过；可写多次")  # fmt: skip
    one.add_argument("--target", action="append", default=[], metavar="ID=N",
                     help="原文留待填写的目标值：national-income=9.0；可写多次")  # fmt: skip
    one.add_argument("--weights", help="改用这些权重测算，写全每种考核方式：cross=50,municipal=25,daily=25")
    one = _command(commands, "template", template, "生成空白评分表")
    one.add_argument("--unit", help="只写这个考核对象的表；不写为名单上的全部")
    one.add_argument("--component", help="只写这种考核方式的表：代号或名称；不写为全部")
    one.add_argument("--roster-form", action="store_true", help="改写空白的考核对象名单，填好后用 --roster 给出")
    one.add_argument("--out", required=True, help="写到哪个文件：.xlsx，或多份时 .zip")
    one = _command(commands, "draw", draw, "由种子抽签：哪组考核哪里", roster=False)
    one.add_argument("--seed", required=True, help="种子：同一种子在任何机器上结果相同")
    one.add_argument("--json", action="store_true", help=_AS_JSON)
    one = commands.add_parser("schemes", help="列出方案")
    one.add_argument("--json", action="store_true", help=_AS_JSON)
    one.set_defaults(run=schemes)
    on_a_scheme = commands.add_parser("scheme", help="核对、比较方案，由指标表生成方案").add_subparsers(required=True, parser_class=Parser)
    one = on_a_scheme.add_parser("check", help="逐处列出方案文件的错误")
    one.add_argument("file", help="方案的 YAML 文件")
    one.set_defaults(run=check_scheme)
    one = on_a_scheme.add_parser("import", help="由指标表生成方案草稿，没有写明的按默认")
    one.add_argument("file", help="指标表：.xlsx、.xls、.et、.ods、.csv")
    one.add_argument("--title", help="方案名称；不写取表的标题")
    one.add_argument("--out", metavar="YAML", help="写到哪个文件；不写则输出到屏幕")
    one.set_defaults(run=import_scheme)
    one = on_a_scheme.add_parser("diff", help="逐句列出两个方案的差异")
    one.add_argument("before", help="原来的：方案代号或 YAML 文件")
    one.add_argument("after", help="后来的：方案代号或 YAML 文件")
    one.add_argument("--json", action="store_true", help=_AS_JSON)
    one.set_defaults(run=compare_schemes)
    return parser


def _command(
    commands: Any, name: str, run: Callable, words: str, sheets: bool = False, roster: bool = True
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=words)
    parser.add_argument("--scheme", required=True, help="方案代号或 YAML 文件")
    if roster:
        parser.add_argument(
            "--roster", metavar="FILE", help="考核对象名单（xlsx、csv 等），补方案未列名的组别，如乳源的帮扶单位"
        )
    if sheets:
        parser.add_argument("--json", action="store_true", help=_AS_JSON)
        parser.add_argument("sheets", nargs="+", metavar="SHEET", help="填好的评分表，可一次给多份")
    parser.set_defaults(run=run)
    return parser


if __name__ == "__main__":
    sys.exit(main())

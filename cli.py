"""The same engine from a terminal: check forms, score them, try other rules, write blank forms, look at schemes.

``python cli.py score --scheme jiangmen-2020-county --json 评分表/*.xlsx``

Exact values are strings and what is absent is null. Messages go to stderr. Exit code 0: fine, warnings included;
1: problems (the JSON is still whole); 2: the call itself was wrong.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from typing import Any

import data
from commands import keeping
from commands.comparing import crosscheck, scales
from commands.forms import check, score, template
from commands.inputs import RosterError
from commands.reporting import OFFERED, report
from commands.schemes import check_scheme, compare_schemes, draw, import_scheme, schemes
from commands.terminal import FINE, PROBLEMS, USAGE, Parser, UsageError, say_no_more, speak_utf8
from commands.trying import robust, whatif
from data.facts_table import COLUMNS
from data.state import UnfitError
from data.store import StoreProblem
from scoring import ENGINE
from scoring.scenario_settings import PATHS
from scoring.scheme_text import SchemeError


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
    except (SchemeError, UnfitError, StoreProblem) as error:
        print(error, file=sys.stderr)
        return PROBLEMS
    except RosterError:
        return PROBLEMS


_AS_JSON = "输出 JSON，供程序读取；数均为精确的文字，没有的为 null"


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="cli.py", description="衡效：核对评分表、计分、测算、生成空白表、查看方案")
    parser.add_argument("--version", action="version", help="显示版本号",
                        version=f"衡效 {data.VERSION}（计分引擎 {ENGINE}）")  # fmt: skip
    commands = parser.add_subparsers(required=True, parser_class=Parser)
    one = _command(commands, "check", check, "核对评分表", sheets=True)
    one.add_argument("--component", help="只按这种考核方式读取：代号或名称，如 cross、交叉考核")
    one = _command(commands, "score", score, "计分、定等次、排位次", sheets=True)
    _with_facts(one)
    _with_settings(one)
    one.add_argument("--weights", help="改用这些权重测算，写全每种考核方式：cross=50,municipal=25,daily=25")
    one = _command(commands, "whatif", whatif, "换一套权重、等次线、赋分或口径测算，逐个对照原结果", sheets=True)
    _with_facts(one)
    _with_settings(one)
    _with_trial(one)
    one = _command(commands, "robust", robust, "每个等次有多稳、怎样变动会改变；也可问测算后的（--set）", sheets=True)
    _with_facts(one)
    _with_settings(one)
    _with_trial(one)
    one.add_argument("--level", help="看哪一层权重：w 考核方式、c 类别、i 指标，或某一类别之下（写类别名称，多层的用/分开）；"
                     "不写为考核方式，只有一种时为类别")  # fmt: skip
    one = _command(commands, "scales", scales, "打分尺度对照：交叉考核组与另一种考核方式逐项比较", sheets=True)
    one.add_argument("--draw", metavar="FILE", help="谁考核谁：draw --json 的输出，或 CSV，每行“考核组,考核对象”")
    one.add_argument("--cross", help="哪一种是交叉考核：代号或名称；名称有“交叉”“互评”“互查”的不必写")
    one.add_argument("--against", help="与哪一种考核方式对照：代号或名称；不写为方案中的下一种")
    one = _command(commands, "crosscheck", crosscheck, "用本单位自己的汇总表逐格核对结果", sheets=True)
    one.add_argument("--against", required=True, metavar="BOOK", help="本单位的汇总表：.xlsx（连公式）、.xls、.et、.ods、.csv")
    _with_facts(one)
    one = _command(commands, "report", report, "由评分表生成报告、反馈单、演示稿、工作簿等文件", sheets=True, json=False)
    _with_facts(one)
    _with_settings(one)
    one.add_argument("--kind", required=True, choices=OFFERED, help="哪一种文件；通报须批复后在系统中生成")
    one.add_argument("--unit", help="反馈单、整改通知写给这个考核对象；反馈单不写为全部，装入一个 .zip")
    one.add_argument("--out", required=True, metavar="FILE", help="写到哪个文件，结尾定格式：.docx、.pdf、.html、.pptx、.xlsx、.png、.zip")
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
    one = on_a_scheme.add_parser("diff", help="逐句列出两个方案的差异")
    one.add_argument("before", help="原来的：方案代号或 YAML 文件")
    one.add_argument("after", help="后来的：方案代号或 YAML 文件")
    one.add_argument("--json", action="store_true", help=_AS_JSON)
    one.set_defaults(run=compare_schemes)
    one = on_a_scheme.add_parser("import", help="由指标表生成方案草稿，没有写明的按默认")
    one.add_argument("file", help="指标表：.xlsx、.xls、.et、.ods、.csv")
    one.add_argument("--title", help="方案名称；不写取表的标题")
    one.add_argument("--out", metavar="YAML", help="写到哪个文件；不写则输出到屏幕")
    one.set_defaults(run=import_scheme)
    keeping.add_commands(commands)
    return parser


def _command(
    commands: Any, name: str, run: Callable, words: str, sheets: bool = False, roster: bool = True, json: bool = True
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=words)
    parser.add_argument("--scheme", required=True, help="方案代号或 YAML 文件")
    if roster:
        parser.add_argument(
            "--roster", metavar="FILE", help="考核对象名单（xlsx、csv 等），补方案未列名的组别，如乳源的帮扶单位"
        )
    if sheets:
        if json:
            parser.add_argument("--json", action="store_true", help=_AS_JSON)
        parser.add_argument("sheets", nargs="+", metavar="SHEET", help="填好的评分表，可一次给多份")
    parser.set_defaults(run=run)
    return parser


def _with_facts(one: argparse.ArgumentParser) -> None:
    one.add_argument("--facts", metavar="CSV", help=f"情形表 CSV：{', '.join(COLUMNS)}")
    one.add_argument("--fact", action="append", default=[], metavar="LINE",
                     help="一条情形，各项次序同情形表：鹤山市,班子成员受政务处分,记过；可写多次")  # fmt: skip


def _with_settings(one: argparse.ArgumentParser) -> None:
    one.add_argument("--target", action="append", default=[], metavar="ID=N",
                     help="原文留待填写的目标值：national-income=9.0；可写多次")  # fmt: skip
    one.add_argument("--reading", action="append", default=[], metavar="KEY=LABEL",
                     help="已选定的口径：rounding=不舍入；可写多次")  # fmt: skip


def _with_trial(one: argparse.ArgumentParser) -> None:
    one.add_argument("--set", action="append", default=[], metavar="PATH=VALUE",
                     help=f"要测算的一项：components.cross.weight=50；可写多次。项目：{'、'.join(PATHS)}。名称写代号或中文。"
                     "同一层写了的权重照写，没有写的按原比例分余下的；赋分、等次线没有写的不变")  # fmt: skip
    one.add_argument("--scenario", metavar="ADDRESS", help="从权重测算页的网址（或其问号后的文字）开始，再加 --set 所写的")
    one.add_argument("--group", help="只测算这个组别：代号或名称；类别、指标的权重各组不同的须写")


if __name__ == "__main__":
    sys.exit(main())

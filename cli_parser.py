"""The command line's parser: argparse whose help and complaints are in Chinese, and which tells the exit codes."""

from __future__ import annotations

import argparse
import sys
from typing import Any, NoReturn

USAGE = 2
"""Exit code of a call that is wrong in itself."""

_COMPLAINTS = (
    ("the following arguments are required: ", "缺少 "),
    ("unrecognized arguments: ", "不认识 "),
    ("invalid choice: ", "没有这种写法 "),
    ("(choose from ", "（可用 "),
    ("expected one argument", "后面须跟一个值"),
    ("expected at least one argument", "后面至少须跟一个文件"),
    ("argument ", "参数 "),
)


_EXIT_CODES = "退出码：0 正常（含提示）；1 有问题（--json 的输出仍完整）；2 用法有误。"


class Parser(argparse.ArgumentParser):
    """argparse whose help and complaint are in Chinese, and which tells the exit codes."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more, epilog=_EXIT_CODES, add_help=False)
        self._positionals.title, self._optionals.title = "参数", "选项"
        self.add_argument("-h", "--help", action="help", help="显示本说明")

    def error(self, message: str) -> NoReturn:
        for english, chinese in _COMPLAINTS:
            message = message.replace(english, chinese)
        print(f"用法有误：{message}\n{self.format_usage()}", file=sys.stderr)
        raise SystemExit(USAGE)

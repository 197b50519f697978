"""The terminal: its encoding and files, what is printed where, and argparse whose help and complaints are in Chinese."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from data.sheets import Problem

FINE, PROBLEMS, USAGE = 0, 1, 2
"""The exit codes: fine, warnings included; problems; a call that is wrong in itself."""

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


def say_no_more() -> None:
    """What is still waiting to be written goes nowhere, so that leaving raises nothing either."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(nowhere, stream.fileno())


def speak_utf8() -> None:
    """A terminal in another encoding must not lose Chinese."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


class UsageError(Exception):
    """The call cannot be carried out as it stands; the message says what to change."""


def put(as_json: bool, value: Any, tell: Callable[[], object]) -> None:
    if as_json:
        print(json.dumps(value, ensure_ascii=False, indent=1))
    else:
        tell()


def tell_problem(file: str, problem: Problem) -> None:
    where = "!".join(part for part in (problem.sheet, problem.cell) if part)
    print(f"{file} {where}　{problem.message}　{problem.mend}", file=sys.stderr)


def file_bytes(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise UsageError(f"读不到文件“{path}”：{reason(error)}") from None


def write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise UsageError(f"写不了“{path}”：{reason(error)}") from None
    print(f"已写出 {path}", file=sys.stderr)


def write_whole(path: Path, content: bytes) -> None:
    """As ``write``, but whoever opens the file finds it whole or as it was before, never half written."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        try:
            beside.write_bytes(content)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(f"写不了“{path}”：{reason(error)}") from None
    print(f"已写出 {path}", file=sys.stderr)


def reason(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "文件不存在，请核对路径"
    return "没有权限或文件损坏，请核对" if isinstance(error, OSError) else "文件不是 UTF-8 文字"

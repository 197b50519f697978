"""A geography file read in a process of its own, with limited time and memory: the app parses, mends and measures none of it.

The app is told what it shows: the columns, the matches, the finished outlines, and all that is wrong.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from data.geographies.model import Brought, Choices, Opened, Report
from data.geographies.opening import open_here, sized
from data.geographies.passing import dump_brought, dump_choices, dump_report, load_brought, load_choices, load_report
from data.geographies.problems import RefusedError, told
from data.geographies.reading import read_here
from data.regions import UnknownPlaceError
from data.rosters_file import as_called
from data.sheets.apart import read_apart
from data.sheets.problems import Problem, RefusalError

SECONDS = 30.0
"""Wall time a geography may take: outlines of many thousand points are mended and measured as they are read."""
_OWN_WORDS = ("reader-timeout", "reader-stopped")
_NO_ANSWER = (ValueError, KeyError, TypeError, AttributeError, UnknownPlaceError)
Answer = TypeVar("Answer")


def open_geography(file: str, content: bytes, scope: str) -> Brought:
    """Whatever the bytes are, this returns; a file that cannot be read has an error among its problems."""
    found = _asked("geography", content, {"name": file, "scope": scope}, load_brought)
    return Brought(file, problems=(found,)) if isinstance(found, Problem) else found


def read_geography(file: str, content: bytes, scope: str, choices: Choices) -> Report:
    """What would be put in use by these answers; this, too, always returns. With an error it has no shapes."""
    also = {"name": file, "scope": scope, "choices": dump_choices(choices)}
    found = _asked("geography-report", content, also, load_report)
    return Report("areas", problems=(found,)) if isinstance(found, Problem) else found


def _asked(task: str, content: bytes, also: Mapping[str, Any], load: Callable[[Any], Answer]) -> Answer | Problem:
    """A worker's answer, or why there is none."""
    try:
        sized(content)
        return load(read_apart(task, content, also, seconds=SECONDS))
    except RefusedError as refused:
        return refused.problem
    except RefusalError as refusal:
        return _in_our_words(refusal.problem)
    except _NO_ANSWER:
        return told("reader-stopped")


def _in_our_words(problem: Problem) -> Problem:
    if problem.code in _OWN_WORDS:
        return told(problem.code, seconds=f"{SECONDS:g}")
    return as_called(problem, "底图文件")


# the worker's part


def geography_task(content: bytes, asked: Mapping[str, Any]) -> Any:
    """A file's outside."""
    return dump_brought(_opened(asked["name"], content), asked["scope"])


def report_task(content: bytes, asked: Mapping[str, Any]) -> Any:
    """A file with a person's answers."""
    return dump_report(read_here(_opened(asked["name"], content), asked["scope"], load_choices(asked["choices"])))


_last: dict[tuple[str, bytes], Opened] = {}
"""The file opened last: a person answers several questions about one."""


def _opened(file: str, content: bytes) -> Opened:
    key = file, hashlib.sha256(content).digest()
    if key not in _last:
        _last.clear()
        _last[key] = open_here(file, content)
    return _last[key]

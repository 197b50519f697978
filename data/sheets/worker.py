"""The reading worker (``python -m data.sheets.worker``): a line of JSON and a file's bytes in, one line of JSON out.

A crafted file can exhaust memory or abort the interpreter; here it takes down only this process, whose memory is limited
where the system can. Every kind of file that comes from outside is read here, each by its task.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Any, BinaryIO

MEMORY = 512 << 20
"""Bytes of address space a worker may have."""
SPENT = 320 << 20
"""Bytes of memory beyond which a worker is not used again: the next file is to find all of its allowance."""

TASKS = {
    "form": "data.sheets.reader:form_task",
    "grids": "data.rosters_file:grids_task",
    "frame": "data.frame_worker:frame_task",
    "book": "data.crosscheck.worker:book_task",
    "geography": "data.geographies.apart:geography_task",
    "geography-report": "data.geographies.apart:report_task",
    "scheme": "data.scheme_file:scheme_task",
}
"""What can be asked: each a function (content, told, kept text) → what JSON can say. It may raise RefusalError."""


def main() -> None:
    """Serve until the input ends, which is when the app has gone."""
    limit_memory()
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever a parser prints must not pass for an answer
    serve(requests, answers)


def limit_memory() -> None:
    """Hold this process to ``MEMORY``; Windows knows no such limit."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer each request in order."""
    from data.sheets.pool import MOST_KEPT

    _task("form")
    kept: dict[str, str] = {}
    _say(answers, b"ready")
    while line := requests.readline():
        request = json.loads(line)
        content = requests.read(request["size"])
        if "text" in request:
            if len(kept) >= MOST_KEPT:
                kept.pop(next(iter(kept)))
            kept[request["kept"]] = request["text"]
        told = {**request["told"], "kept": kept.get(request.get("kept", ""), "")}
        _say(answers, _answer(request["task"], content, told))


def _answer(task: str, content: bytes, told: Mapping[str, Any]) -> bytes:
    from data.sheets.problems import RefusalError, problem

    exhausted = False
    try:
        answer: dict[str, Any] = {"answer": _task(task)(content, told)}
    except RefusalError as refusal:
        answer = {"problem": vars(refusal.problem)}
    except Exception as error:  # a file never takes the worker down, even where a reader has a fault
        exhausted = isinstance(error, MemoryError | RecursionError)
        answer = {"problem": vars(problem("reader-stopped"))}
    try:
        return json.dumps({**answer, "spent": exhausted or _used() > SPENT}).encode()
    except MemoryError:
        return json.dumps({"problem": vars(problem("reader-stopped")), "spent": True}).encode()


def _task(name: str) -> Any:
    module, _, function = TASKS[name].partition(":")
    return getattr(import_module(module), function)


def _used() -> int:
    """The most memory this process has held, in bytes; 0 where the system does not tell.

    Linux hands what the app held down to every process that it starts, in ``ru_maxrss``; the high-water mark is its own.
    """
    with contextlib.suppress(OSError, StopIteration), open("/proc/self/status", encoding="ascii", errors="replace") as file:
        return next(int(line.split()[1]) << 10 for line in file if line.startswith("VmHWM"))
    try:
        import resource
    except ImportError:
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _say(answers: BinaryIO, line: bytes) -> None:
    answers.write(line + b"\n")
    answers.flush()


if __name__ == "__main__":
    main()

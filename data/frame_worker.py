"""Reads one sampling frame (名册) in a process of its own: what a crafted file exhausts or aborts is this process alone.

``python -m data.frame_worker LEVEL NAME`` takes the bytes from stdin and prints the list as one line of JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from data.frames import Frame, kept_name, read_frame
from data.sheets import guard
from data.sheets.problems import RefusalError
from data.sheets.worker import limit_memory
from scoring.sampling import Entry, Level

SECONDS = 20
_ROOT = Path(__file__).parents[1]


def read_apart(name: str, content: bytes, level: Level = "household") -> Frame:
    """As ``read_frame``, in a worker with limited memory and time. One that ends or takes too long is a refused file."""
    try:
        guard.sized(content)
    except RefusalError as refusal:
        return _refused(name, level, refusal)
    command = [sys.executable, "-X", "utf8", "-m", "data.frame_worker", level, name]
    try:
        done = subprocess.run(command, input=content, capture_output=True, cwd=_ROOT, timeout=SECONDS, check=True)
        return _load(json.loads(done.stdout))
    except subprocess.TimeoutExpired:
        return _refused(name, level, RefusalError("reader-timeout", seconds=SECONDS))
    except (OSError, ValueError, KeyError, TypeError, subprocess.CalledProcessError):
        return _refused(name, level, RefusalError("reader-stopped"))


def _refused(name: str, level: Level, refusal: RefusalError) -> Frame:
    return Frame(kept_name(name), level, problems=(f"{refusal.problem.message}。{refusal.problem.mend}",))


def dump(frame: Frame) -> str:
    """The list as one line of JSON."""
    return json.dumps(asdict(frame), default=sorted)


def _load(found: dict[str, Any]) -> Frame:
    entries = tuple(
        Entry(each["name"], tuple((level, place) for level, place in each["places"]), frozenset(each["kinds"]))
        for each in found["entries"]
    )
    told = (tuple(found[name]) for name in ("problems", "notes", "doubts"))
    return Frame(found["file"], found["level"], entries, *told)


def main() -> None:
    """Serve one request."""
    limit_memory()
    level, name = sys.argv[1:]
    sys.stdout.write(dump(read_frame(name, sys.stdin.buffer.read(), level)))  # type: ignore[arg-type]


if __name__ == "__main__":
    main()

"""At most two warm reading processes, shared by all threads and by all kinds of files. One that dies or is late is replaced.

A crafted file can exhaust memory, hang or abort the interpreter: there it takes down only that process. Whatever a worker
does, ``Pool.ask`` ends in time, with an answer or with one of two errors, and reads no more of it than ``MOST_ANSWER``.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

WORKERS = 2
SECONDS = 20.0
"""Wall time one file may take."""
STARTING = 60.0
"""Wall time a worker may take to start, on a slow disk."""
MOST_KEPT = 8
"""Large texts, such as schemes, that a worker remembers."""
MOST_ANSWER = 48 << 20
"""Bytes of an answer. The longest table that is let through has a hundred thousand cells."""
_ROOT = Path(__file__).parents[2]

Kept = tuple[str, Callable[[], str]]
"""A text that goes with many files and is sent once: its hash, and how it is made."""


class StoppedError(Exception):
    """The worker ended, or said something that is no answer."""


class _Worker:
    """One process. Not for two threads at once."""

    def __init__(self) -> None:
        environment = {**os.environ, "PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1", "OPENBLAS_NUM_THREADS": "1"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "data.sheets.worker"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=_ROOT, env=environment,
        )  # fmt: skip
        self.known: list[str] = []
        try:
            with self._within(STARTING):
                self._line()
        except BaseException:
            self.stop()
            raise

    @contextmanager
    def _within(self, seconds: float) -> Iterator[None]:
        """Kill the process when the time is over, which ends whatever waits for it. Raises TimeoutError or StoppedError."""
        late = threading.Event()

        def end() -> None:
            late.set()
            self.process.kill()

        timer = threading.Timer(seconds, end)
        timer.start()
        try:
            yield
        except (OSError, ValueError, RecursionError, StoppedError) as error:
            raise (TimeoutError() if late.is_set() else StoppedError()) from error
        finally:
            timer.cancel()

    def _line(self) -> bytes:
        assert self.process.stdout is not None
        line = self.process.stdout.readline(MOST_ANSWER)
        if not line.endswith(b"\n"):
            raise StoppedError
        return line

    def ask(self, task: str, content: bytes, told: Mapping[str, Any], kept: Kept | None, seconds: float) -> dict[str, Any]:
        request: dict[str, Any] = {"task": task, "told": told, "size": len(content)}
        if kept is not None:
            request["kept"] = kept[0]
            if kept[0] not in self.known:
                request["text"] = kept[1]()
                self.known = [*self.known[-(MOST_KEPT - 1) :], kept[0]]
        assert self.process.stdin is not None
        with self._within(seconds):
            self.process.stdin.write(json.dumps(request).encode() + b"\n")
            self.process.stdin.write(content)
            self.process.stdin.flush()
            answer = json.loads(self._line())
            if not isinstance(answer, dict) or not ("answer" in answer or _told(answer.get("problem"))):
                raise StoppedError
            return answer

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(OSError):
                pipe.close()  # type: ignore[union-attr]


def _told(problem: Any) -> bool:
    """Whether this is a problem in words."""
    return isinstance(problem, dict) and {"code", "message", "mend"} <= problem.keys()


class Pool:
    """Has files read in separate processes. Safe to use from many threads; more than ``workers`` at once wait their turn.

    Workers start when first needed and stay warm; ``close`` (also at exit) ends them.
    """

    def __init__(self, workers: int = WORKERS) -> None:
        self._free: queue.LifoQueue[_Worker | None] = queue.LifoQueue()
        self._all: set[_Worker] = set()
        self._closed = False
        self._lock = threading.Lock()
        for _ in range(workers):
            self._free.put(None)

    def ask(
        self, task: str, content: bytes, told: Mapping[str, Any] | None = None, *,
        kept: Kept | None = None, seconds: float = SECONDS,
    ) -> dict[str, Any]:  # fmt: skip
        """What a worker answers to a task of ``worker.TASKS``: {"answer": …} or {"problem": …}.

        ``told`` goes with the file as JSON, ``kept`` as a text that the worker remembers. Raises TimeoutError where it takes
        longer than ``seconds`` (the wait for a free worker not counted), StoppedError where the worker ends or says nonsense.
        """
        worker = self._free.get()
        stays: _Worker | None = None
        try:
            worker = worker if worker is not None and worker.process.poll() is None else self._started(worker)
            answer = worker.ask(task, content, told or {}, kept, seconds)
            stays = None if answer.get("spent") else worker
            return answer
        except TimeoutError:
            raise
        except OSError as error:
            raise StoppedError from error
        finally:
            if worker is not None and stays is None:
                self._drop(worker)
            self._free.put(stays)

    def warm(self) -> None:
        """Start a worker now, so that the first upload need not wait for it."""
        worker = self._free.get()
        try:
            worker = worker if worker is not None and worker.process.poll() is None else self._started(worker)
        except (StoppedError, OSError):
            worker = None
        finally:
            self._free.put(worker)

    def _started(self, dead: _Worker | None) -> _Worker:
        if dead is not None:
            self._drop(dead)
        with self._lock:
            if self._closed:
                raise StoppedError
        worker = _Worker()
        with self._lock:
            self._all.add(worker)
        return worker

    def _drop(self, worker: _Worker) -> None:
        with self._lock:
            self._all.discard(worker)
        worker.stop()

    def close(self) -> None:
        """End all workers. Files being read then are refused."""
        with self._lock:
            self._closed, ending = True, list(self._all)
            self._all.clear()
        for worker in ending:
            worker.stop()


@cache
def shared_pool() -> Pool:
    """The one pool of this process, closed at exit."""
    pool = Pool()
    atexit.register(pool.close)
    return pool

"""At most two warm reading workers, shared by all threads. One that dies or takes too long is replaced."""

from __future__ import annotations

import atexit
import base64
import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
import time
from functools import cache
from pathlib import Path

from data.sheets import guard
from data.sheets.problems import RefusalError, problem
from data.sheets.reading import FileReading, conclude
from data.sheets.wire import load_reading
from data.sheets.worker import MOST_SCHEMES
from scoring.scheme import Scheme

WORKERS = 2
SECONDS = 20.0
"""Wall time one file may take."""
STARTING = 60.0
"""Wall time a worker may take to start, on a slow disk."""
_ROOT = Path(__file__).parents[2]


class _StoppedError(Exception):
    """The worker ended, or said something that is no reading."""


class _Worker:
    """One process and the thread that listens to it."""

    def __init__(self) -> None:
        environment = {**os.environ, "PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1", "OPENBLAS_NUM_THREADS": "1"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "data.sheets.worker"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            cwd=_ROOT, env=environment, text=True, encoding="utf-8",
        )  # fmt: skip
        self.known: list[str] = []
        self.lines: queue.Queue[str | None] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()
        self._next(time.monotonic() + STARTING)

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.put(line)
        self.lines.put(None)

    def _next(self, deadline: float) -> str:
        """The next line. Raises TimeoutError or _StoppedError."""
        try:
            line = self.lines.get(timeout=max(0.0, deadline - time.monotonic()))
        except queue.Empty:
            raise TimeoutError from None
        if line is None:
            raise _StoppedError
        return line

    def read(
        self, name: str, content: bytes, scheme: Scheme, component: str | None, unit: str | None, seconds: float
    ) -> FileReading:
        request = {"name": name, "content": base64.b64encode(content).decode(), "hash": scheme.hash}
        request |= {"component": component, "unit": unit}  # type: ignore[dict-item]
        if scheme.hash not in self.known:
            request["scheme"] = scheme.model_dump_json()
            self.known = [*self.known[-(MOST_SCHEMES - 1) :], scheme.hash]
        assert self.process.stdin is not None
        deadline = time.monotonic() + seconds
        try:
            self.process.stdin.write(json.dumps(request) + "\n")
            self.process.stdin.flush()
            return load_reading(self._next(deadline))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise (error if isinstance(error, TimeoutError) else _StoppedError()) from error

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(OSError):
                pipe.close()  # type: ignore[union-attr]


class Reader:
    """Reads files in separate processes. Safe to use from many threads; more than ``workers`` at once wait their turn.

    Workers start when first needed and stay warm; ``close`` (also at exit) ends them.
    """

    def __init__(self, workers: int = WORKERS, seconds: float = SECONDS) -> None:
        self.seconds = seconds
        self._free: queue.LifoQueue[_Worker | None] = queue.LifoQueue()
        self._all: set[_Worker] = set()
        self._closed = False
        self._lock = threading.Lock()
        for _ in range(workers):
            self._free.put(None)

    def read(
        self, name: str, content: bytes, scheme: Scheme, *, component: str | None = None, unit: str | None = None
    ) -> FileReading:
        """As ``read_file``, in a worker. A worker that dies or takes too long gives a rejected file, never an exception."""
        try:
            guard.sized(content)
        except RefusalError as refusal:
            return conclude(name, [], [refusal.problem], [], [])
        worker = self._free.get()
        kept: _Worker | None = None
        try:
            worker = worker if worker is not None and worker.process.poll() is None else self._started()
            reading = worker.read(name, content, scheme, component, unit, self.seconds)
            exhausted = any(each.code == "reader-stopped" for each in reading.problems)
            kept = None if exhausted else worker
            return reading
        except TimeoutError:
            return conclude(name, [], [problem("reader-timeout", seconds=f"{self.seconds:g}")], [], [])
        except (_StoppedError, OSError):
            return conclude(name, [], [problem("reader-stopped")], [], [])
        finally:
            if worker is not None and kept is None:
                self._drop(worker)
            self._free.put(kept)

    def warm(self) -> None:
        """Start a worker now, so that the first upload need not wait for it."""
        worker = self._free.get()
        try:
            worker = worker if worker is not None and worker.process.poll() is None else self._started()
        except (_StoppedError, OSError):
            worker = None
        finally:
            self._free.put(worker)

    def _started(self) -> _Worker:
        with self._lock:
            if self._closed:
                raise _StoppedError
        worker = _Worker()
        with self._lock:
            self._all.add(worker)
        return worker

    def _drop(self, worker: _Worker) -> None:
        with self._lock:
            self._all.discard(worker)
        worker.stop()

    def close(self) -> None:
        """End all workers. Files being read then are rejected."""
        with self._lock:
            self._closed, ending = True, list(self._all)
            self._all.clear()
        for worker in ending:
            worker.stop()


@cache
def shared_reader() -> Reader:
    """The one reader of this process, closed at exit."""
    reader = Reader()
    atexit.register(reader.close)
    return reader

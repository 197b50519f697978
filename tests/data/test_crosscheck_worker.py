"""Workbooks are read in processes of their own, no more than two at the same time."""

from __future__ import annotations

import subprocess
from threading import Lock, Semaphore, Thread
from typing import Any

import pytest

from data.crosscheck import worker
from tests.data.summary_books import saved


def test_however_many_upload_at_once_no_more_than_two_readers_run(monkeypatch: pytest.MonkeyPatch) -> None:
    content, lock, entered, leave = saved({"汇总": {"A1": 1}}), Lock(), Semaphore(0), Semaphore(0)
    running: list[int] = [0]
    most: list[int] = []

    def run(*_: Any, **__: Any) -> None:
        with lock:
            running[0] += 1
            most.append(running[0])
        entered.release()
        leave.acquire()
        with lock:
            running[0] -= 1
        raise OSError

    monkeypatch.setattr(subprocess, "run", run)
    threads = [Thread(target=worker.read_apart, args=("汇总.xlsx", content)) for _ in range(5)]
    for thread in threads:
        thread.start()
    for _ in threads:
        entered.acquire()  # all five have their turn,
        if len(most) > 1:
            leave.release()  # the third and later ones only when another has left
    leave.release()
    for thread in threads:
        thread.join()
    assert max(most) == 2
    assert len(most) == 5

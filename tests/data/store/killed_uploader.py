"""A process that uploads without end, tells each upload once it was taken, and may be killed at any moment.

Started by the fork server of ``multiprocessing``, which has imported everything already: two hundred of them take a minute.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import random
import signal
import time
from fractions import Fraction
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from sqlalchemy import event

from data.store import Store
from scoring.marks import Mark, Sheet

UNITS = ("蓬江区", "江海区", "新会区", "台山市", "开平市", "鹤山市", "恩平市")

_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload([__name__])


def start(url: str, assessment: int, seed: int) -> tuple[BaseProcess, Connection[Any, Any]]:
    """The process and the pipe on which it says (file name, SHA-256) of each upload that was taken."""
    here, there = _PROCESSES.Pipe(duplex=False)
    made = _PROCESSES.Process(target=upload, args=(url, assessment, seed, there), daemon=True)
    made.start()
    there.close()  # so that reading ends when the process does
    return made, here


def upload(url: str, assessment: int, seed: int, told: Connection[Any, Any]) -> None:
    """Upload seven sheets a file, by odd seeds until it kills itself in mid-upload, by even ones until it is killed."""
    chance = random.Random(seed)
    with Store.open(url) as store:
        _stumbles(store, chance, ends=seed % 2 == 1)
        for turn in range(10_000):
            name, content = f"{seed}-{turn}.xlsx", chance.randbytes(chance.randint(100, 60_000))
            marks = (Mark(1, score=Fraction(seed)), Mark(2, score=Fraction(turn)))
            store.take(assessment, name, content, [Sheet(unit, "cross", marks) for unit in UNITS], f"人{seed}")
            told.send((name, hashlib.sha256(content).hexdigest()))


def _stumbles(store: Store, chance: random.Random, *, ends: bool) -> None:
    """Wait a little before some statements and commits, and after; ``ends``: at one of them the process dies."""
    left = [chance.randint(10, 200)]

    def stumble(*_: object) -> None:
        left[0] -= 1
        if ends and left[0] <= 0:
            os.kill(os.getpid(), signal.SIGKILL)
        if chance.random() < 0.2:
            time.sleep(chance.uniform(0, 0.004))

    for moment in ("before_cursor_execute", "after_cursor_execute", "commit"):
        event.listen(store._database.engine, moment, stumble)
    event.listen(store._database.engine, "checkin", stumble)

"""A file from outside, read in a process of its own: what it gives, or a refusal in words. Nothing else can come of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from data.sheets import guard
from data.sheets.pool import SECONDS, Kept, Pool, StoppedError, shared_pool
from data.sheets.problems import Problem, RefusalError


def read_apart(
    task: str, content: bytes, told: Mapping[str, Any] | None = None, *,
    kept: Kept | None = None, seconds: float = SECONDS, pool: Pool | None = None,
) -> Any:  # fmt: skip
    """The answer of a task (``worker.TASKS``), from the shared pool or ``pool``.

    Raises RefusalError, whose problem says why and how to mend it: for the file itself, or where reading it exhausts, ends or
    takes longer than its worker may.
    """
    guard.sized(content)
    try:
        answer = (pool or shared_pool()).ask(task, content, told, kept=kept, seconds=seconds)
        if "problem" in answer:
            raise RefusalError.of(Problem(**answer["problem"]))
        return answer["answer"]
    except TimeoutError:
        raise RefusalError("reader-timeout", seconds=f"{seconds:g}") from None
    except (StoppedError, TypeError):
        raise RefusalError("reader-stopped") from None

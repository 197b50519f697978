"""Filled forms read in worker processes (``data.sheets.pool``), each against its scheme, which a worker is sent once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from data.sheets.apart import read_apart
from data.sheets.pool import MOST_KEPT, SECONDS, Pool, shared_pool
from data.sheets.problems import RefusalError
from data.sheets.read import read_file
from data.sheets.reading import FileReading, conclude
from data.sheets.wire import dump_reading, load_reading
from scoring.scheme import Scheme


class Reader:
    """Reads forms in the processes of a pool. Safe to use from many threads."""

    def __init__(self, pool: Pool | None = None, seconds: float = SECONDS) -> None:
        self.pool = pool or Pool()
        self.seconds = seconds

    def read(
        self, name: str, content: bytes, scheme: Scheme, *, component: str | None = None, unit: str | None = None
    ) -> FileReading:
        """As ``read_file``, in a worker. A worker that dies or takes too long gives a rejected file, never an exception."""
        told = {"name": name, "component": component, "unit": unit}
        kept = (scheme.hash, scheme.model_dump_json)
        try:
            answer = read_apart("form", content, told, kept=kept, seconds=self.seconds, pool=self.pool)
            return load_reading(answer)
        except RefusalError as refusal:
            return conclude(name, [], [refusal.problem], [], [])
        except (ValueError, KeyError, TypeError, AttributeError):  # an answer that is no reading
            return conclude(name, [], [RefusalError("reader-stopped").problem], [], [])

    def warm(self) -> None:
        """Start a worker now, so that the first upload need not wait for it."""
        self.pool.warm()

    def close(self) -> None:
        """End all workers. Files being read then are rejected."""
        self.pool.close()


@cache
def shared_reader() -> Reader:
    """The one reader of this process, on the pool that all kinds of files share."""
    return Reader(shared_pool())


def form_task(content: bytes, told: Mapping[str, Any]) -> Any:
    """The worker's part: a form read against the scheme in ``kept``."""
    scheme = _scheme(told["kept"])
    return dump_reading(read_file(told["name"], content, scheme, component=told["component"], unit=told["unit"]))


@lru_cache(maxsize=MOST_KEPT)
def _scheme(text: str) -> Scheme:
    return Scheme.model_validate_json(text)

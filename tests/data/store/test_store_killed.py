"""The storing process killed in mid-upload, again and again: what it acknowledged is there, whole and on record."""

from __future__ import annotations

import random
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from data.store import Assessment, Store
from data.store.health import health
from tests.data.store import killed_uploader
from tests.data.store.killed_uploader import UNITS

Told = dict[str, str]  # file name → SHA-256


@pytest.fixture
def url(file: str) -> str:
    """Only a file: PostgreSQL has trials of its own."""
    return file


def test_a_storing_process_killed_in_mid_upload_loses_nothing(url: str, store: Store, assessment: Assessment) -> None:
    store.close()
    _kill_again_and_again(url, assessment.id, range(12))


@pytest.mark.chaos
@pytest.mark.parametrize("part", range(5))
def test_a_storing_process_killed_two_hundred_times_in_mid_upload_loses_nothing(
    url: str, store: Store, assessment: Assessment, part: int
) -> None:
    store.close()
    _kill_again_and_again(url, assessment.id, range(100 + 40 * part, 140 + 40 * part))


def _kill_again_and_again(url: str, assessment: int, seeds: range) -> None:
    told: Told = {}
    for kills, seed in enumerate(seeds, start=1):
        fresh = dict(_until_killed(url, assessment, seed))
        told |= fresh
        kept = _kept(Path(url.removeprefix("sqlite:///")), told, list(fresh))
        assert 0 <= kept - len(told) <= kills  # what was in its last moment when it was killed
    assert len(told) > len(seeds) // 2  # it was mid-work, not at the start, that they were killed
    _looks_as_if_nothing_had_happened(url, assessment, told)


def _until_killed(url: str, assessment: int, seed: int) -> Iterator[tuple[str, str]]:
    """What a process acknowledged before it was killed, at a random moment after its first upload."""
    process, pipe = killed_uploader.start(url, assessment, seed)
    with closing(pipe):
        assert pipe.poll(60), "the uploader never began"
        try:
            yield pipe.recv()
            time.sleep(random.Random(seed).uniform(0, 0.12))
        except EOFError:  # it was killed in its first upload
            pass
        process.kill()
        while True:
            try:
                yield pipe.recv()
            except EOFError:
                break
    process.join(60)
    assert process.exitcode == -9


def _kept(path: Path, told: Told, fresh: list[str]) -> int:
    """How many uploads the file holds, each whole and on record, among them every one that was told."""
    with closing(sqlite3.connect(path)) as tool:
        assert tool.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        whole = tool.execute(
            "SELECT file_name, count(*), count(DISTINCT unit), count(DISTINCT version), count(DISTINCT marks), "
            "count(DISTINCT original) FROM submission GROUP BY file_name"
        ).fetchall()
        assert {row[1:] for row in whole} <= {(len(UNITS), len(UNITS), 1, 1, 1)}
        logged = Counter(name for (name,) in tool.execute("SELECT json_extract(details, '$.file') FROM log WHERE seq > 1"))
        assert logged == Counter(row[0] for row in whole)  # each once
        versions = [version for (version,) in tool.execute("SELECT version FROM log ORDER BY seq")]
        assert versions == list(range(1, len(whole) + 2))
        assert set(told) <= set(logged)
        kept = dict(tool.execute("SELECT DISTINCT file_name, original FROM submission").fetchall())
        assert {name: kept[name] for name in told} == told
        assert {len(tool.execute("SELECT content FROM original WHERE sha256 = ?", [told[one]]).fetchall()) for one in fresh} <= {1}
        counting = tool.execute("SELECT DISTINCT file_name FROM submission WHERE state = 'taken'").fetchall()
        assert len(counting) <= 1  # one file's sheets count, never some of one and some of another
        return len(whole)


def _looks_as_if_nothing_had_happened(url: str, assessment: int, told: Told) -> None:
    with Store.open(url) as store:
        assert store.verify_log() is None
        assert health(store._database, thorough=True).well
        assert {store.original(sha256)[0] for sha256 in told.values()} == set(told)
        assert Counter(one.file_name for one in store.history(assessment)).items() >= dict.fromkeys(told, 7).items()

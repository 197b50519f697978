"""The database server is cut off under eight writers: nothing acknowledged is lost, nothing is there twice or unlogged."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256

import pytest

from data.store import Store, StoreProblem, UnitRow
from data.store.problem import Unconfirmed
from scoring.marks import Mark, Sheet
from tests.pg_server import PostgresServer, serving_postgres, waited_for

WRITERS = 8
UNITS = [f"第{number}镇" for number in range(WRITERS)]
CAP = 60.0  # seconds until the test gives up; the product's promise is 5


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    with serving_postgres() as running:
        yield running


@dataclass
class Uploads:
    """What the writers were told of each file, by the file's SHA-256."""

    kept: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)
    last: float = 0.0

    def upload(self, store: Store, assessment: int, writer: int, turn: int) -> None:
        content = f"{writer}/{turn}".encode()
        said = Mark(1, "好", remark=f"第{turn}次")  # a sheet that says what already counts is no upload
        key, sheets = sha256(content).hexdigest(), [Sheet(UNITS[writer], "cross", (said,))]
        try:
            store.take(assessment, f"{turn}.xlsx", content, sheets, f"人{writer}")
        except Unconfirmed:
            self.unknown.add(key)
        except StoreProblem:
            self.refused.add(key)
            time.sleep(0.05)
        else:
            self.kept.add(key)
            self.last = time.monotonic()


@pytest.mark.parametrize(
    "stops", [pytest.param(2, marks=pytest.mark.slow), pytest.param(20, marks=pytest.mark.chaos)]
)
def test_a_server_cut_off_under_eight_writers_loses_doubles_and_hides_nothing(
    server: PostgresServer, stops: int, record_property: pytest.RecordProperty
) -> None:
    url = server.database()
    with Store.open(url) as store:
        made = store.create_assessment("考核", "s", "t", "h", [UnitRow(name, "town") for name in UNITS], "张三")
        told, over = Uploads(), threading.Event()

        def write(writer: int) -> None:
            turn = 0
            while not over.is_set():
                turn += 1
                told.upload(store, made.id, writer, turn)

        threads = [threading.Thread(target=write, args=(writer,)) for writer in range(WRITERS)]
        for thread in threads:
            thread.start()
        back = [_cut_off(server, url, told, random.Random(number)) for number in range(stops)]
        over.set()
        for thread in threads:
            thread.join()
        _insist_whole(store, made.id, told)
        report = f"{stops} stops: {len(told.kept)} kept, {len(told.refused)} refused, {len(told.unknown)} unknown"
        record_property("measured", f"{report}; writing again {max(back):.2f} s after the server at most")
        print(f"{report}; writing again after {[round(each, 2) for each in back]} s")


def _cut_off(server: PostgresServer, url: str, told: Uploads, chance: random.Random) -> float:
    """Stop the server as a power cut would, start it again; the seconds from its first answer to the next kept upload."""
    time.sleep(chance.uniform(0.2, 0.8))
    server.stop("immediate")
    server.start()
    waited_for(url)
    answered = time.monotonic()
    while told.last < answered:
        assert time.monotonic() - answered < CAP, "nothing was kept after the server came back"
        time.sleep(0.01)
    return told.last - answered


def _insist_whole(store: Store, assessment: int, told: Uploads) -> None:
    there = Counter(one.file_sha256 for one in store.history(assessment))
    logged = [entry.details["sha256"] for entry in store.log(assessment, limit=10**6, action="上报")]
    logged += [entry.details["sha256"] for entry in store.log(assessment, limit=10**6, action="替换")]
    assert told.kept, "the writers wrote nothing"
    assert told.kept - set(there) == set(), "acknowledged and lost"
    assert {key for key, times in there.items() if times > 1} == set(), "doubled"
    assert told.refused & set(there) == set(), "refused and yet there"
    assert set(there) - told.kept - told.unknown == set(), "there, and nobody was told"
    assert sorted(logged) == sorted(there), "the log does not count every upload once"
    assert store.version(assessment) == 1 + len(there)
    assert store.verify_log() is None

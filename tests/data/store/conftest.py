"""A store on a fresh SQLite file and on a real PostgreSQL, and one assessment of 江门's seven in it.

Every test that asks for ``store`` or ``url`` runs on both; the half on PostgreSQL belongs to ``make test-all``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from data.store import Assessment, Store, UnitRow
from scoring.marks import Mark, Sheet
from tests.pg_server import FAST, PostgresServer, serving_postgres

COUNTIES = ("蓬江区", "江海区", "新会区", "台山市", "开平市", "鹤山市", "恩平市")


SQLITE, POSTGRES = "sqlite", "postgresql"
BOTH = [SQLITE, pytest.param(POSTGRES, marks=pytest.mark.slow)]


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    with serving_postgres(*FAST) as server:
        yield server


@pytest.fixture(params=BOTH)
def url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a store with nothing in it; on PostgreSQL its tables are there already."""
    if request.param == SQLITE:
        yield file_url(request.getfixturevalue("tmp_path"))
    else:
        with request.getfixturevalue("postgres").lent() as lent:
            yield lent


@pytest.fixture(params=BOTH)
def bare_url(request: pytest.FixtureRequest) -> str:
    """The address of a database that nobody has opened yet."""
    if request.param == SQLITE:
        return file_url(request.getfixturevalue("tmp_path"))
    return request.getfixturevalue("postgres").database()


@pytest.fixture
def file(tmp_path: Path) -> str:
    """The address of a SQLite file, for what only a file can suffer."""
    return file_url(tmp_path)


def file_url(folder: Path) -> str:
    return f"sqlite:///{folder}/数 据/hengxiao.db"


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    with Store.open(url) as opened:
        yield opened


@pytest.fixture
def assessment(store: Store) -> Assessment:
    units = [UnitRow(name, "county", str(440700 + at)) for at, name in enumerate(COUNTIES)]
    return store.create_assessment("2020年考核", "jiangmen-2020-county", "id: x", "abc", units, "张三")


@pytest.fixture
def sheet() -> Callable[..., Sheet]:
    def make(unit: str = "蓬江区", component: str = "cross", score: str = "92.50") -> Sheet:
        marks = (Mark(1, grade="好", sheet="评分表", cell="G5"), Mark(2, score=Fraction(score), cell="H6"))
        return Sheet(unit, component, marks, opinion="同意")

    return make

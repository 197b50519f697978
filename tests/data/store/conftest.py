"""A store on a fresh file, and one assessment of 江门's seven in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from data.store import Assessment, Store, UnitRow
from scoring.marks import Mark, Sheet

COUNTIES = ("蓬江区", "江海区", "新会区", "台山市", "开平市", "鹤山市", "恩平市")


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/数 据/hengxiao.db"


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

"""Geographies made to harm whoever reads them: refused in words or read, by a limited process, and soon."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace

import pytest
import shapely

from data.geographies import Brought, Report, open_geography, read_geography
from data.geographies import apart as reading_apart
from data.sheets import apart
from data.sheets.pool import Pool
from tests.data.geography_files import collection, feature
from tests.data.hostile_geographies import HAZARDS, hostile, star
from tests.data.process_time import processor_time

TAISHAN = "440781"
GOOD = "as many points as may be, in one ring"
"""The good file that costs most: it is read, every point of it."""
SOON = 2.5
"""A hostile file may cost so many times as much as the good one. Measured is the worker's processor time, in the same run."""


@pytest.fixture(scope="module")
def warm() -> Iterator[Pool]:
    crowd = Pool(workers=1)
    yield crowd
    crowd.close()


@pytest.fixture
def pool(warm: Pool, monkeypatch: pytest.MonkeyPatch) -> Pool:
    monkeypatch.setattr(apart, "shared_pool", lambda: warm)
    return warm


def spent(pool: Pool) -> float:
    """Processor time of all workers so far, those that have gone among them."""
    past = os.times()
    return past.children_user + past.children_system + sum(processor_time(each.process.pid) for each in pool._all)


def read(content: bytes) -> tuple[Brought, Report]:
    opened = open_geography("某", content, TAISHAN)
    return opened, read_geography("某", content, TAISHAN, replace(opened.guess, name=opened.guess.name or "名称"))


@pytest.fixture(scope="module")
def good(warm: Pool) -> float:
    """Processor time that the good file costs on this machine, now."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(apart, "shared_pool", lambda: warm)
        begun = spent(warm)
        assert read(hostile(GOOD)[0])[1].ready
        return spent(warm) - begun


@pytest.mark.parametrize("name", HAZARDS)
def test_a_hostile_geography_is_refused_in_words_or_read_and_soon(name: str, pool: Pool, good: float) -> None:
    content, code = hostile(name)
    assert read(collection(feature("台城街道")))[1].ready
    begun = spent(pool)
    opened, report = read(content)
    assert spent(pool) - begun < SOON * good
    errors = {each.code.removeprefix("geography-") for each in report.problems if each.level == "error"}
    assert (code in errors) if code else not errors
    assert all(each.message and each.mend for each in (*opened.problems, *report.problems))
    assert not (report.shapes and errors)
    assert read(collection(feature("台城街道")))[1].ready, "the next file is read as ever"


@pytest.mark.parametrize("name", ["as many points as may be, in one ring", "very many borders that cross themselves a little"])
def test_the_apps_own_process_neither_parses_nor_mends_nor_measures_a_geography(
    name: str, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every way to touch a shape or a feature is barred here; the worker has its own."""

    def barred(*_: object, **__: object) -> None:
        raise AssertionError("the app's process works on an uploaded geography")

    for touch in ("union_all", "make_valid", "coverage_simplify", "from_wkb", "intersection", "distance", "is_valid", "linestrings",
                  "get_coordinates", "transform", "STRtree"):  # fmt: skip
        monkeypatch.setattr(shapely, touch, barred)
    for touch in ("open_here", "read_here"):
        monkeypatch.setattr(reading_apart, touch, barred)
    content, code = hostile(name)
    _, report = read(content)
    assert report.rejected == bool(code)


def test_a_geography_that_takes_too_long_is_stopped_and_told_in_its_own_words(pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_apart, "SECONDS", 0.001)
    (problem,) = open_geography("某", hostile("as many holes as may be")[0], TAISHAN).problems
    assert problem.message == "核对超过0.001秒，已停止，没有取用其中任何内容"
    assert problem.mend == "请在制图软件中修复几何图形、简化图形、只保留本地区的要素后重新导出"


def test_an_answer_that_is_no_geography_is_a_refusal_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    for nonsense in ([], {"problems": 1}, {"taken": [[1]]}, None):
        monkeypatch.setattr(reading_apart, "read_apart", lambda *_, said=nonsense, **__: said)
        opened, report = read(b"{}")
        assert [each.code for each in (*opened.problems, *report.problems)] == ["geography-reader-stopped"] * 2


def test_a_border_that_crosses_itself_at_a_few_points_is_still_mended_beside_one_that_is_refused(pool: Pool) -> None:
    """The limit is on what one file costs, and names the feature."""
    few = collection(feature("台城街道", star(500)), feature("广海镇", star(8)))
    codes = [(each.code, each.cell) for each in read(few)[1].problems]
    assert ("geography-tangled", "第1个要素") in codes
    assert ("geography-self-crossing", "第2个要素") in codes

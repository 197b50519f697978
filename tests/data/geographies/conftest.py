"""Outlines built once for these tests, outside anybody's data folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from data.regions import outline_cache, shapes


@pytest.fixture(scope="session", autouse=True)
def outlines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    folder = tmp_path_factory.mktemp("outlines")
    patch = pytest.MonkeyPatch()
    patch.setattr(outline_cache, "data_folder", lambda: folder)
    shapes._kept.cache_clear()
    yield
    patch.undo()
    shapes._kept.cache_clear()

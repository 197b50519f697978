"""A crowd in small: every one sees the sheet that a clerk hands in, and the figures are computed once for all of them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.demo import last_form, load_demo
from tests.browser.driver import ROOT, Server, serve
from tests.load.crowd import Watched, hand_in, watch
from tests.load.viewer import Viewer

VIEWERS = 20
_COUNTING = """
import json, os, sys, threading
from collections import Counter
if "streamlit" in " ".join(sys.orig_argv):
    import data.state, data.store.store
    seen, lock = Counter(), threading.Lock()
    def counted(name, old):
        def new(*args, **kwargs):
            with lock:
                seen[name] += 1
                with open({path!r} + ".new", "w") as kept:
                    json.dump(seen, kept)
                os.replace({path!r} + ".new", {path!r})
            return old(*args, **kwargs)
        return new
    data.state.load_state = counted("load_state", data.state.load_state)
    data.store.store.Store.version = counted("version", data.store.store.Store.version)
    data.store.store.Store.standing_mark = counted("standing_mark", data.store.store.Store.standing_mark)
"""


@pytest.fixture(scope="module")
def counts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("counting") / "counts.json"


@pytest.fixture(scope="module")
def server(counts: Path) -> Iterator[Server]:
    """A server that counts how often it loads a state and asks the database how far it is."""
    (counts.parent / "sitecustomize.py").write_text(_COUNTING.format(path=str(counts)), encoding="utf-8")
    with serve(env={"PYTHONPATH": f"{counts.parent}:{ROOT}"}, stock=load_demo) as running:
        yield running


def counted(counts: Path) -> dict[str, int]:
    return json.loads(counts.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def watched(server: Server, counts: Path) -> tuple[Watched, dict[str, int], dict[str, int], int]:
    """What twenty met of one upload; the counts once all had come, and at the end; how many live reruns lay between."""
    form = last_form()
    before: dict[str, int] = {}

    async def change() -> int:
        before.update(counted(counts))
        return await hand_in(server.url, form.name, form.content)

    met = asyncio.run(watch([server.url], VIEWERS, change, coming=2, quiet=5))
    return met, before, counted(counts), len(met.lives.values)


Met = tuple[Watched, dict[str, int], dict[str, int], int]


def test_every_viewer_sees_the_sheet_that_was_handed_in_and_none_meets_an_error(watched: Met) -> None:
    met = watched[0]
    assert met.errors == []
    assert met.behind == 0
    assert len(met.opened.values) == len(met.arrived.values) == VIEWERS


def test_the_figures_of_a_version_are_computed_once_for_all_viewers(watched: Met) -> None:
    _, before, after, _ = watched
    assert before["load_state"] == 1, "one version so far, though twenty came for it"
    assert after["load_state"] == 2, "one more for the version that the sheet made"


def test_live_reruns_in_which_nothing_moved_cost_less_than_one_query_each(watched: Met) -> None:
    _, before, _, lives = watched
    assert lives >= VIEWERS
    pages = VIEWERS * 6  # what whole pages ask
    assert before["version"] + before["standing_mark"] < pages + 2 * lives


def test_whoever_comes_later_is_shown_the_same_figures_without_computing(server: Server, counts: Path, watched: Met) -> None:
    async def late() -> None:
        async with Viewer(server.url) as viewer:
            await viewer.drawn()
            assert viewer.says("已全部到齐")

    asyncio.run(late())
    assert counted(counts)["load_state"] == 2

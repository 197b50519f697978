"""Locked versions for tests of the stage: the county by hand, and every demonstration."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from components.meeting import stage_map, stage_pages
from components.meeting.stage_names import Curtain
from data.briefing import TOPICS
from data.demo import load_all
from data.locked import Locked, unkept
from data.naming import short
from data.state import load_state
from data.store import Store
from tests.data.locks import TODAY


def every_demo(folder: Path) -> Iterator[Locked]:
    """Each demonstration as it is, as a 锁定版 without a number."""
    with Store.open(f"sqlite:///{folder}/hengxiao.db") as store:
        for assessment in load_all(store):
            yield unkept(load_state(store, assessment.id), TODAY)


def everything(locked: Locked, shown: Curtain, *, why: str | None = None) -> dict[str, Any]:
    """All that can be sent at once: every page, the map, an answer, the trial."""
    told = stage_pages.pages_of(locked, list(TOPICS), shown)
    maps: Mapping[str, Any] = {"told": stage_map.HIDDEN}
    return stage_pages.sent(locked, told, shown, maps, stamp="实时　第9版", newer="", why=why, trial=True)


def as_sent(data: Mapping[str, Any]) -> str:
    """As it goes over the wire."""
    return json.dumps(data, ensure_ascii=False)


def names_in(text: str, units: Iterator[str] | list[str]) -> list[str]:
    """The units whose name, whole or in short, is in a text."""
    return [unit for unit in units if unit in text or (len(short(unit)) > 1 and short(unit) in text)]

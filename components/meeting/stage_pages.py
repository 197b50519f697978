"""Which pages the stage has, and all that goes to the browser for them. What is here knows no session: only what it is given."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from components.meeting import stage_data, stage_trial, stage_why
from components.meeting.stage_names import Curtain
from data.briefing import pages
from data.briefing.model import Page
from data.locked import Locked

_MAP = "map"


def pages_of(locked: Locked, topics: Sequence[str], shown: Curtain) -> list[Page]:
    """The pages of these topics in their order, under the names that are shown now.

    The map keeps its place while names are hidden, without the map: no page has another number then.
    """
    found = list(pages(locked, shown.names, topics))
    if _MAP in topics and not any(page.map for page in found):
        before = topics[: topics.index(_MAP)]
        at = next((at for at, page in enumerate(found) if topic_of(page) not in before), len(found))
        found[at:at] = [replace(page, lines=()) for page in pages(locked, keys=[_MAP])]
    return found


def topic_of(page: Page) -> str:
    """The key of a page's topic: "ranking" of "ranking-2"."""
    return re.sub(r"-\d+$", "", page.key)


def sent(
    locked: Locked, told: Sequence[Page], shown: Curtain, maps: Mapping[str, Any], *, stamp: str, newer: str = "",
    why: Any = None, trial: bool = False,
) -> dict[str, Any]:
    """What the browser receives. ``why``: the id of the unit that was asked about; ``trial``: whether 现场试算 was asked for."""
    unit = shown.unit(why) if isinstance(why, str) else None
    return {
        "pages": stage_data.encode(told, shown, maps), "units": stage_data.units(shown),
        "looks": stage_data.looks(locked.state.scheme.grades), "help": [list(each) for each in stage_data.HELP],
        "foot": shown.clean({"marking": locked.marking, "stamp": stamp, "newer": newer}), "revealed": len(shown.open),
        "why": stage_why.why(locked, unit, shown) if unit else None,
        "trial": stage_trial.trials(locked, shown) if trial else None,
    }  # fmt: skip

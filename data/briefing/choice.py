"""Which pages a 汇报 has and in which order, as the office chose them for an assessment: kept as a setting, beside its history."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from data.store import Setting

KEY = "briefing-pages"
"""The setting's key. It changes no result, so the assessment's version does not rise."""


def written(shown: Sequence[str], left_out: Iterable[str]) -> str:
    """The choice as it is kept."""
    return json.dumps({"shown": list(shown), "left_out": sorted(set(left_out) - set(shown))}, ensure_ascii=False)


def chosen(settings: Mapping[str, Setting], keys: Sequence[str]) -> tuple[str, ...]:
    """Which of the pages there are (``keys``, in their usual order) are shown, in the chosen order.

    A page that there was not when somebody chose is shown, after the one that it usually follows; what is there no more
    is left out. All of them in the usual order while nobody has chosen, or where what is kept cannot be read.
    """
    shown, left_out = _read(settings.get(KEY))
    found = [key for key in shown if key in keys]
    for at, key in enumerate(keys):
        if key not in found and key not in left_out:
            before = next((each for each in reversed(keys[:at]) if each in found), None)
            found.insert(found.index(before) + 1 if before else 0, key)
    return tuple(found)


def _read(setting: Setting | None) -> tuple[list[str], set[str]]:
    try:
        kept = json.loads(setting.value) if setting else {}
        shown, left_out = kept.get("shown", []), kept.get("left_out", [])
        sound = all(isinstance(each, list) and all(isinstance(key, str) for key in each) for each in (shown, left_out))
    except (ValueError, AttributeError):
        return [], set()
    return (list(dict.fromkeys(shown)), set(left_out)) if sound else ([], set())

"""Hidden names taken out of every field of a page, in whatever text of the scheme or of a person they may stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from data.briefing.model import Page
from data.naming import short

_OURS = ("key", "kind")
"""Fields that hold no text of anybody's."""


def covered(page: Page, names: Mapping[str, str] | None) -> Page:
    """The page with every hidden name, also in short, as it is called here."""
    hide = hiding(names)
    return page if hide is None else _walk(page, hide)


def hiding(names: Mapping[str, str] | None) -> Callable[[str], str] | None:
    """What takes hidden names out of a text in one pass, the longest first; None where nothing is hidden.

    Names that are shown are found as well, so that a hidden short form within one does not tear it.
    """
    told = {short(unit): shown for unit, shown in (names or {}).items() if unit != shown}
    if not told:
        return None
    told |= {shown: shown for unit, shown in (names or {}).items()}
    told |= dict(names or {})
    found = re.compile("|".join(re.escape(name) for name in sorted(told, key=len, reverse=True) if name))
    return lambda text: found.sub(lambda hit: told[hit[0]], text)


def _walk(value: Any, hide: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return hide(value)
    if isinstance(value, tuple):
        return tuple(_walk(each, hide) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value,
            **{
                field.name: _walk(getattr(value, field.name), hide)
                for field in fields(value)
                if field.name not in _OURS
            },
        )
    return value

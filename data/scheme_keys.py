"""How one scheme is named for good: a built-in's id, ``own-3`` for an own scheme, ``own-3-2`` for one 版 of it."""

from __future__ import annotations

import re

_OWN = re.compile(r"own-([0-9]{1,9})(?:-([0-9]{1,9}))?")


def own_key(number: int, revision: int | None = None) -> str:
    """The key of an own scheme, or of one of its revisions."""
    return f"own-{number}" if revision is None else f"own-{number}-{revision}"


def own_named(key: str) -> tuple[int, int | None] | None:
    """The number and the revision (None: the newest) that a key names; None for one of another kind."""
    found = _OWN.fullmatch(key)
    return (int(found[1]), int(found[2]) if found[2] else None) if found else None

"""Who is a second person: nobody under another spelling of the first one's name."""

from __future__ import annotations

import unicodedata


def same_person(one: str, other: str) -> bool:
    """Whether two names are one person's: blanks, letter case and full-width letters make nobody a second person."""
    return _plain(one) == _plain(other)


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())

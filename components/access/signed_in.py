"""Who is at the screen: the person of the sign-in, or LOCAL while none is configured."""

from __future__ import annotations

from data.access import LOCAL, Person
from data.store import Store


def person(store: Store) -> Person:
    """The viewer, with the duties that the store keeps for the viewer's account."""
    return LOCAL

"""What stands in the place of results for whoever assesses and may not see them yet (评分期间不见结果)."""

from __future__ import annotations

from typing import Any, NoReturn

from data.store import BLIND, NotAllowed


def refuse() -> NoReturn:
    """Say why nothing of a result is told. Raises NotAllowed."""
    raise NotAllowed(BLIND)


class Unseen:
    """Results that are not there: whatever is asked of them is refused."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)  # what Python itself asks of any object
        refuse()

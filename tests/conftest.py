"""How a parametrised test is called on screen: Chinese stays Chinese (pyproject.toml), the unprintable is escaped."""

from __future__ import annotations


def pytest_make_parametrize_id(val: object) -> str | None:
    """Bytes, and text with control characters, as Python would write them; None leaves the rest to pytest."""
    unreadable = isinstance(val, bytes) or (isinstance(val, str) and not val.isprintable())
    return ascii(val)[:60] if unreadable else None

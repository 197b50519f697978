"""What holds for every test: properties have all the time they need, and a parametrised test's Chinese name stays Chinese."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# A slow machine is no failure: properties are tested for what they say, never for how long they take.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


def pytest_make_parametrize_id(val: object) -> str | None:
    """Bytes, and text with control characters, as Python would write them; None leaves the rest to pytest."""
    unreadable = isinstance(val, bytes) or (isinstance(val, str) and not val.isprintable())
    return ascii(val)[:60] if unreadable else None

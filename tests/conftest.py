"""What holds for every test: properties have all the time they need, and a parametrised test's Chinese name stays Chinese."""

from __future__ import annotations

import os
from pathlib import Path

from hypothesis import HealthCheck, settings

# A slow machine is no failure: properties are tested for what they say, never for how long they take.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

# Reading the polygons takes seconds: all tests, and the servers that they start, share what is built from them.
os.environ["HENGXIAO_CACHE"] = str(Path(__file__).resolve().parents[1] / ".pytest_cache" / "hengxiao")


def pytest_make_parametrize_id(val: object) -> str | None:
    """Bytes by their kind alone: a zip holds the time it was made, and two workers must call a test the same.

    Text with control characters as Python would write it; None leaves the rest to pytest.
    """
    if isinstance(val, bytes):
        return "bytes"
    return ascii(val)[:60] if isinstance(val, str) and not val.isprintable() else None

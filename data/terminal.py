"""The terminal that the command line speaks to."""

from __future__ import annotations

import os
import sys


def say_no_more() -> None:
    """What is still waiting to be written goes nowhere, so that leaving raises nothing either."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(nowhere, stream.fileno())


def speak_utf8() -> None:
    """A terminal in another encoding must not lose Chinese."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")

"""What a process has cost so far, told by the system: a busy machine does not change it as it does the clock."""

from __future__ import annotations

import os
from pathlib import Path


def processor_time(process: int) -> float:
    """Seconds of processor time that a process has had; 0 where the system does not tell, or it has gone."""
    try:
        told = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")

"""Half an hour of use: people look, leave and hand in, and the server grows by a tenth at most once it is warm.

``HENGXIAO_SOAK_MINUTES`` says another time. Fifty viewers stay, others come and go, and every five seconds one of 420 sheets is
replaced: there is never more to hold than at the beginning, but the record of what was.
"""

from __future__ import annotations

import asyncio
import os
import random
import time
from pathlib import Path
from statistics import median

import pytest

from tests.browser.driver import Server, serve
from tests.load.crowd import Waits, gather, hand_in, leave
from tests.load.many_forms import forms_of, full
from tests.load.viewer import Viewer

pytestmark = pytest.mark.soak
MINUTES = float(os.environ.get("HENGXIAO_SOAK_MINUTES", "30"))
WARM = 0.25
"""The part of the time after which it counts as warm: caches that keep a bounded number are full by then."""
WINDOW = 12
"""Weighings, two minutes of them: a form being read or a page being drawn holds 20 MB more for a moment."""
PAGES = ("", "ranking", "unit", "map", "progress", "scheme", "log", "firmness", "whatif")


def resident(port: str) -> float:
    """MB that the server's process holds."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            told = (process / "cmdline").read_bytes().decode().split("\0")
            if "streamlit" in told and told[-2:-1] != [] and port in told:
                status = (process / "status").read_text()
                return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024
        except (OSError, StopIteration):
            continue
    raise AssertionError("the server is gone")


def test_half_an_hour_of_use_leaves_the_memory_flat(capsys: pytest.CaptureFixture[str]) -> None:
    with serve(stock=full) as server:
        held, lives, errors, handed = asyncio.run(_use(server))
    begin = int(len(held) * WARM)
    warm, last = median(held[begin : begin + WINDOW]), median(held[-WINDOW:])
    with capsys.disabled():
        print(f"\n{MINUTES:g} minutes: {handed} forms, live reruns {lives}\n  memory {held[0]:.0f} MB at first, {warm:.0f} MB warm, "
              f"{last:.0f} MB at the end; every tenth: {[round(mb) for mb in held[:: max(1, len(held) // 10)]]}")  # fmt: skip
    assert errors == []
    assert handed > 0
    assert last <= warm * 1.10


async def _use(server: Server) -> tuple[list[float], Waits, list[str], int]:
    staying = [Viewer(server.url) for _ in range(50)]
    port, end = server.url.rsplit(":", 1)[1], time.monotonic() + MINUTES * 60
    held: list[float] = []
    errors: list[str] = []
    handed = 0

    async def weigh() -> None:
        while time.monotonic() < end:
            held.append(resident(port))
            await asyncio.sleep(min(10.0, MINUTES))

    async def come_and_go(seed: int) -> None:
        dice = random.Random(seed)
        while time.monotonic() < end:
            async with Viewer(server.url, dice.choice(PAGES)) as guest:
                await guest.drawn()
                await asyncio.sleep(dice.uniform(2, 12))
                errors.extend(guest.seen.errors)

    async def clerk() -> None:
        nonlocal handed
        for form in forms_of(turn=1):
            if time.monotonic() >= end:
                return
            await hand_in(server.url, form.name, form.content)
            handed += 1
            await asyncio.sleep(5)

    try:
        await gather(staying, 15)
        await asyncio.gather(weigh(), clerk(), *(come_and_go(seed) for seed in range(6)))
        lives = Waits.of([wait for each in staying for wait in each.seen.lives])
        return held, lives, errors + [error for each in staying for error in each.seen.errors], handed
    finally:
        await leave(staying)

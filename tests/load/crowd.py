"""Many viewers at once: what each of them met, and how long it took."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from tests.load.viewer import Viewer


@dataclass(frozen=True)
class Waits:
    """Seconds, in growing order."""

    values: tuple[float, ...]

    @classmethod
    def of(cls, values: Sequence[float]) -> Waits:
        """Of any numbers in any order."""
        return cls(tuple(sorted(values)))

    def at(self, share: float) -> float:
        """The value that this share of all (0.95) does not exceed; NaN of none."""
        return self.values[min(len(self.values) - 1, int(share * len(self.values)))] if self.values else float("nan")

    def __str__(self) -> str:
        if not self.values:
            return "none"
        shown = (f"{name} {self.at(share):.3f}" for name, share in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99)))
        return f"{len(self.values)} times: {', '.join(shown)}, most {self.values[-1]:.3f} s"


@dataclass
class Watched:
    """What a crowd met. ``arrived``: from the change until each viewer's page showed it, timers included (they ask every
    two seconds, so a second of it is waiting for one's turn). ``noticed``: from the timer's question that met it.
    ``lives`` are the live reruns in which nothing had moved, ``opened`` the first pages."""

    opened: Waits
    lives: Waits
    arrived: Waits
    noticed: Waits
    errors: list[str]
    behind: int

    def __str__(self) -> str:
        told = (f"  {name:9}{getattr(self, name)}" for name in ("opened", "lives", "arrived", "noticed"))
        return "\n".join([*told, f"  errors   {len(self.errors)}", f"  behind   {self.behind}"])


async def gather(viewers: Sequence[Viewer], seconds: float) -> None:
    """Let them come one after the other, evenly over ``seconds``; returns when all have a page."""

    async def come(viewer: Viewer, wait: float) -> None:
        await asyncio.sleep(wait)
        await viewer.open()
        await viewer.drawn()

    await asyncio.gather(*(come(viewer, seconds * n / len(viewers)) for n, viewer in enumerate(viewers)))


async def leave(viewers: Sequence[Viewer]) -> None:
    """All go."""
    await asyncio.gather(*(viewer.close() for viewer in viewers))


async def watch(
    urls: Sequence[str], count: int, change: Callable[[], Awaitable[int]], *, coming: float, quiet: float, page: str = ""
) -> Watched:
    """``count`` viewers of ``page`` come within ``coming`` seconds, follow it for ``quiet`` seconds, and then ``change``
    changes the figures and returns their new version; done when everybody sees it, or nobody will."""
    viewers = [Viewer(urls[n % len(urls)], page) for n in range(count)]
    try:
        await gather(viewers, coming)
        opened = [each.seen.pages[0] for each in viewers if each.seen.pages]
        for each in viewers:
            each.seen.lives.clear()
        await asyncio.sleep(quiet)
        lives = [wait for each in viewers for wait in each.seen.lives]
        begun = time.perf_counter()
        version = await change()
        await asyncio.gather(*(each.until(lambda one=each: one.version >= version) for each in viewers),  # type: ignore[misc]
                             return_exceptions=True)  # fmt: skip
        met = [each for each in viewers if version in each.seen.shown]
        return Watched(
            Waits.of(opened),
            Waits.of(lives),
            Waits.of([each.seen.shown[version] - begun for each in met]),
            Waits.of([each.seen.noticed[version] for each in met]),
            [error for each in viewers for error in each.seen.errors],
            sum(each.version < version for each in viewers),
        )
    finally:
        await leave(viewers)


async def hand_in(
    url: str, name: str, content: bytes, page: str = "upload", cookies: Mapping[str, str] | None = None
) -> int:
    """Take one form by way of 数据上报, as a clerk does; returns once it is taken, with the version it made."""
    async with Viewer(url, page, live=False, cookies=cookies) as clerk:
        await clerk.drawn()
        await clerk.upload(name, content)
        await clerk.until(lambda: any(label.startswith("确认上报") for label in clerk.buttons))
        await clerk.click("确认上报 1 份")
        await clerk.until(lambda: clerk.says("已上报1份评分表"))
        assert not clerk.seen.errors, clerk.seen.errors
        return clerk.badge

"""A county scheme with many units, their filled forms, and clerks who hand them in at the same time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from data.demo.jiangmen import COUNTY, SEED, _county_sheets
from data.demo.parts import DemoForm, form_of
from data.schemes import scheme, scheme_text
from data.store import Store, UnitRow
from scoring.marks import Sheet
from scoring.scheme import Scheme
from tests.load.crowd import Waits, gather, leave
from tests.load.viewer import Viewer

UNITS = 140
COUNTED = ("cross", "municipal", "daily")


def units(count: int = UNITS) -> list[UnitRow]:
    """Invented units of the county table's one group."""
    return [UnitRow(f"试点{number:03}县", "county", "") for number in range(1, count + 1)]


def stock(store: Store, count: int = UNITS) -> None:
    """An assessment of these units, in which nothing has been handed in."""
    rules = scheme(COUNTY)
    store.create_assessment("负载试验", rules.id, scheme_text(rules.id), rules.hash, units(count), "经办")


def full(store: Store, count: int = UNITS) -> None:
    """As ``stock``, with every sheet taken: what is handed in from here on replaces one, and there is never more of it."""
    stock(store, count)
    (made,) = store.assessments()
    store.take(made.id, "全部.xlsx", b"all", sheets_of(count), "经办")


def sheets_of(count: int = UNITS, turn: int = 0) -> list[Sheet]:
    """Three sheets a unit, filled like those of the demonstration; each ``turn`` gives a unit another's marks."""
    by_component = {part: [one for one in _county_sheets(SEED) if one.component == part] for part in COUNTED}
    return [
        replace(by_component[part][(number + turn) % len(by_component[part])], unit=unit.name)
        for number, unit in enumerate(units(count))
        for part in COUNTED
    ]


def forms_of(count: int = UNITS, turn: int = 0) -> list[DemoForm]:
    """The same as the forms that come from the counties."""
    rules: Scheme = scheme(COUNTY).with_roster((unit.name, unit.group, unit.region, unit.helps) for unit in units(count))
    return [form_of(rules, sheet) for sheet in sheets_of(count, turn)]


@dataclass
class Uploaded:
    """``forms``: seconds from dropping a form until the page says it is taken. ``lives``: the viewers' live reruns meanwhile."""

    forms: Waits
    lives: Waits
    errors: list[str]
    seconds: float

    def __str__(self) -> str:
        return f"  forms    {self.forms}\n  lives    {self.lives}\n  errors   {len(self.errors)}\n  in       {self.seconds:.1f} s"


async def uploaded(url: str, forms: Sequence[DemoForm], *, clerks: int, viewers: int, seconds: float) -> Uploaded:
    """Hand in all forms, each clerk one after the other, evenly over ``seconds``, while others watch 总览."""
    watching = [Viewer(url) for _ in range(viewers)]
    waits: list[float] = []
    errors: list[str] = []

    async def clerk(own: Sequence[DemoForm], late: float) -> None:
        async with Viewer(url, "upload", live=False) as page:
            await page.drawn()
            await asyncio.sleep(late)
            begun = time.perf_counter()
            for number, form in enumerate(own):
                await asyncio.sleep(max(0.0, begun + number * seconds / len(own) - time.perf_counter()))
                dropped = time.perf_counter()
                try:
                    await page.upload(form.name, form.content)
                    await page.until(lambda: "确认上报 1 份" in page.buttons)
                    await page.click("确认上报 1 份")
                    await page.until(lambda: page.says("已上报1份评分表"))
                except Exception as error:
                    errors.append(f"{form.name}: {error!r}")
                    return
                waits.append(time.perf_counter() - dropped)
            errors.extend(page.seen.errors)

    try:
        await gather(watching, viewers / 5)
        for each in watching:
            each.seen.lives.clear()
        begun = time.perf_counter()
        shares = [forms[n::clerks] for n in range(clerks)]
        await asyncio.gather(*(clerk(own, n * seconds / len(forms)) for n, own in enumerate(shares)))
        took = time.perf_counter() - begun
        lives = [wait for each in watching for wait in each.seen.lives]
        return Uploaded(Waits.of(waits), Waits.of(lives), errors + [e for each in watching for e in each.seen.errors], took)
    finally:
        await leave(watching)

"""Four hundred who follow 总览 while a sheet comes in, and twenty clerks who hand in 420 forms while fifty watch.

The people are websocket clients on the same machine, so they and the server share its cores.
"""

from __future__ import annotations

import asyncio

from data.demo import last_form, load_demo
from tests.browser.driver import serve
from tests.load.crowd import Waits, hand_in, watch
from tests.load.many_forms import UNITS, forms_of, stock, uploaded
from tools.bench_kit import Section, section

VIEWERS, COMING, QUIET, GOAL = 400, 80, 30, 0.5
CLERKS, WATCHING, MINUTE = 20, 50, 60


@section("crowd")
def crowd() -> Section:
    """One row for each thing that somebody waits for."""
    form = last_form()
    with serve(stock=load_demo) as server:
        met = asyncio.run(
            watch([server.url], VIEWERS, lambda: hand_in(server.url, form.name, form.content), coming=COMING, quiet=QUIET)
        )
    forms = forms_of(UNITS)
    with serve(stock=stock) as server:
        handed = asyncio.run(uploaded(server.url, forms, clerks=CLERKS, viewers=WATCHING, seconds=MINUTE))
    rows = [
        _row(f"{VIEWERS} viewers: a page opened", met.opened),
        _row(f"{VIEWERS} viewers: the question every two seconds", met.lives),
        _row(f"{VIEWERS} viewers: a form dropped elsewhere until the page shows what it changed", met.arrived),
        _row(f"{len(forms)} forms: dropped until taken", handed.forms),
        _row(f"{len(forms)} forms, {WATCHING} viewers: the question every two seconds", handed.lives),
    ]
    note = (
        f"Errors: {len(met.errors)} and {len(handed.errors)}. The goal is {GOAL} s for 95 of 100 questions of {VIEWERS} viewers. The "
        f"{len(forms)} forms of {UNITS} units came from {CLERKS} clerks within {MINUTE} s, as fast as each was answered; all were taken "
        f"after {handed.seconds:.0f} s. One process serves all; more of them behind nginx share the work (docs/deploy.md)."
    )
    return Section("Many at once", ("what", "times", "half within", "95 of 100 within", "longest"), rows, note)


def _row(what: str, waits: Waits) -> tuple[str, ...]:
    return what, f"{len(waits.values):,}", *(f"{value:.2f} s" for value in (waits.at(0.5), waits.at(0.95), waits.values[-1]))

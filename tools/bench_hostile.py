"""An ordinary form of each format, and every hostile file of the tests, read by a warm worker: time and memory."""

from __future__ import annotations

from pathlib import Path

from data.sheets.pool import Pool
from data.sheets.reader import Reader
from data.sheets.zip_guard import MEGABYTE
from tests.chaos.mutations import goods
from tests.data.hostile_files import HAZARDS, hostile
from tests.data.process_time import processor_time
from tests.data.sheet_forms import COUNTY
from tools.bench_kit import Section, in_turns, ms, once, section

ORDINARY, HOSTILE = 1.0, 3.0  # seconds
SHOWN = 6


@section("hostile")
def hostile_files() -> Section:
    """The four formats, then the hostile files that take longest."""
    pool = Pool(workers=1)
    reader = Reader(pool)
    ordinary = in_turns(
        {kind: lambda kind=kind, content=content: reader.read(f"表.{kind}", content, COUNTY) for kind, content in goods().items()},  # type: ignore[misc]
        repeats=9,
    )
    taken, spent, most = dict[str, float](), dict[str, str](), 0
    for name in HAZARDS:
        file, content, _ = hostile(name)
        pool.warm()
        (worker,) = pool._all
        before = processor_time(worker.process.pid)
        taken[name] = once(lambda file=file, content=content: reader.read(file, content, COUNTY))  # type: ignore[misc]
        after = processor_time(worker.process.pid)
        spent[name] = ms(after - before) if after > before else "–"
        most = max([most, *(_peak(worker.process.pid) for worker in list(pool._all))])
    pool.close()
    slowest = sorted(taken, key=lambda name: -taken[name])[:SHOWN]
    rows = [(f"ordinary form, {kind}", ms(seconds), "", f"{ORDINARY:g} s") for kind, seconds in ordinary.items()]
    rows += [(f"hostile: {name}", ms(taken[name]), spent[name], f"{HOSTILE:g} s") for name in slowest]
    note = (
        f"The worker is warm; its processor time is what a machine with nothing else to do would take. "
        f"{len(HAZARDS)} hostile files were read, of which the {SHOWN} slowest are shown; the worker's address "
        f"space came to {most / MEGABYTE:.0f} MB of the 512 MB it may have. (gb: tab-separated text in GB18030.)"
    )
    return Section("Hostile files", ("file", "read or refused", "processor time", "goal"), rows, note)


def _peak(process: int) -> int:
    """Bytes of address space that a process has had at most; 0 where the system does not tell."""
    try:
        told = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in told.splitlines() if line.startswith("VmPeak")), 0)

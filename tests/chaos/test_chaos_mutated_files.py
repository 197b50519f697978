"""Thousands of good files spoiled in every way: each is refused in words or read whole, and nothing dies or grows.

What is held of each: the app's process gets an answer. A refused file gives no sheet, and every error says what and how to
mend. Bytes of an archive (.xlsx, .ods) are covered by its checksums: refused, or read to the very sheets of the good file. Where
a part was spoiled and packed anew, or a format has no checksum (.xls, text), a changed tick may be a lawful other tick; then
the reading is whole: one sheet of a unit and a component of the scheme, and a mark for each of its items.
"""

from __future__ import annotations

import gc
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from data.sheets import FileReading, Reader
from data.sheets.pool import Pool
from tests.chaos.mutations import ZIPPED, Spoiled, goods, spoiled
from tests.data.sheet_forms import COUNTY, grades

MEGABYTE = 1 << 20
ENDINGS = {"gb": "txt"}
ITEMS = range(1, 20)
SMALL, ALL = range(300), range(300, 10_300)


def memory(process: int | str, line: str) -> int:
    """Bytes that a process has, by a line of the system's own account; 0 once it has gone or where none is kept."""
    try:
        told = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    except OSError:
        return 0
    return next((int(each.split()[1]) * 1024 for each in told.splitlines() if each.startswith(line)), 0)


def wrong(spoilt: Spoiled, reading: FileReading, good: dict[str, FileReading]) -> str:
    """What should not have come of a file; "" if all is well."""
    errors = [each for each in reading.problems if each.level == "error"]
    if reading.verdict == "reject":
        told = errors and all(each.message and each.mend for each in errors)
        return "" if told and not reading.sheets else "a refusal without words, or with sheets"
    if errors or len(reading.sheets) != 1:
        return "taken with errors, or in part"
    if spoilt.kind in ZIPPED and spoilt.level == "bytes":
        return "" if reading.sheets == good[spoilt.kind].sheets else "read to something else"
    sheet = reading.sheets[0]
    known = COUNTY.group_of(sheet.unit) and any(part.id == sheet.component for part in COUNTY.components)
    marked = sorted(mark.indicator or 0 for mark in sheet.marks if mark.grade or not mark.applicable)
    return "" if known and marked == [*ITEMS] else "taken in part"


def trial(numbers: range) -> Counter[str]:
    """Read them all, two at a time. Returns how many were refused by which code, or read."""
    pool = Pool()
    reader, highest, told, wrongs = Reader(pool), [0], Counter[str](), list[str]()
    good = {kind: reader.read(f"表.{ENDINGS.get(kind, kind)}", content, COUNTY) for kind, content in goods().items()}
    assert [grades(each) for each in good.values()] == [dict.fromkeys(ITEMS, "好")] * len(good)

    def one(number: int) -> tuple[str, str]:
        spoilt = spoiled(number)
        reading = reader.read(f"表.{ENDINGS.get(spoilt.kind, spoilt.kind)}", spoilt.content, COUNTY)
        highest[0] = max([highest[0], *(memory(each.process.pid, "VmPeak") for each in list(pool._all))])
        code = next((each.code for each in reading.problems if each.level == "error"), "read")
        return f"{spoilt.kind} {code}", f"{number}: {why}" if (why := wrong(spoilt, reading, good)) else ""

    try:
        gc.collect()
        before = memory("self", "VmRSS")
        with ThreadPoolExecutor(2) as threads:
            for code, why in threads.map(one, numbers):
                told[code] += 1
                wrongs += [why] if why else []
        gc.collect()
        grown = memory("self", "VmRSS") - before
    finally:
        pool.close()
    print(f"worker at most {highest[0] / MEGABYTE:.0f} MB, this process grew by {grown / MEGABYTE:.1f} MB", dict(told.most_common()))
    assert wrongs == []
    assert highest[0] <= 512 * MEGABYTE
    assert grown <= 50 * MEGABYTE
    return told


def insist(told: Counter[str], numbers: range) -> None:
    assert sum(told.values()) == len(numbers)
    assert {f"{kind} read" for kind in goods()} <= told.keys(), "every format has spoilt files that are still read"
    assert not [code for code in told if code.endswith(("reader-timeout", "reader-stopped"))]


def test_three_hundred_spoilt_files_are_each_refused_in_words_or_read_whole():
    insist(trial(SMALL), SMALL)


@pytest.mark.chaos
def test_ten_thousand_spoilt_files_are_each_refused_in_words_or_read_whole():
    insist(trial(ALL), ALL)

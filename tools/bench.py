"""The times of what matters, side by side with the barest way of doing the same, in one run.

    python -m tools.bench                    everything
    python -m tools.bench scoring reading    only these

Each section is a function in a module named in SECTIONS, marked with ``@section``; it returns a ``Section`` or raises
``Skip`` with the reason. What has run replaces its part of docs/bench.md; the rest of the file stays.
Ratios travel between machines, milliseconds do not: compare what stands in one row.
"""

from __future__ import annotations

import importlib
import os
import platform
import re
import sys
import unicodedata
from datetime import date
from pathlib import Path

from tools.bench_kit import REGISTRY, Section, Skip

REPORT = Path(__file__).resolve().parents[1] / "docs" / "bench.md"
SECTIONS = {
    "scoring": "tools.bench_scoring",
    "again": "tools.bench_scoring",
    "refresh": "tools.bench_firmness",
    "shares": "tools.bench_firmness",
    "acceptability": "tools.bench_firmness",
    "reading": "tools.bench_reading",
    "hostile": "tools.bench_hostile",
    "documents": "tools.bench_documents",
    "live": "tools.bench_browser",
    "whatif": "tools.bench_browser",
    "recolour": "tools.bench_maps",
    "maps": "tools.bench_maps",
    "store": "tools.bench_store",
    "crowd": "tools.bench_crowd",
}
"""Section name → the module that holds it. Add a line here and a function marked ``@section`` there."""
HEAD = """# Times

Written by `make bench`. Every figure is the median of several repeats, taken in turns with what stands beside it, so a
ratio means the same on a slow machine. Times of a busy machine are longer; ratios hardly are.
"""


def main(wanted: list[str]) -> None:
    """Run the wanted sections, or all; print them and keep them."""
    if unknown := set(wanted) - set(SECTIONS):
        sys.exit(f"No such section: {', '.join(sorted(unknown))}. There are: {', '.join(SECTIONS)}")
    done: dict[str, str] = {}
    for name in wanted or SECTIONS:
        importlib.import_module(SECTIONS[name])
        try:
            section = REGISTRY[name]()
        except Skip as reason:
            print(f"{name}: skipped: {reason}\n")
            continue
        done[section.title] = _written(section)
        print(done[section.title])
    if done:
        REPORT.parent.mkdir(exist_ok=True)
        REPORT.write_text(_merged(done), encoding="utf-8")
        print(f"Kept in {REPORT.relative_to(REPORT.parents[1])}")


def _written(section: Section) -> str:
    """A section as Markdown, numbers right-aligned, readable as plain text too."""
    table = [section.columns, *section.rows]
    widths = [max(_width(row[column]) for row in table) for column in range(len(section.columns))]
    lines = [_line(row, widths) for row in table]
    rule = (
        "|" + "|".join("-" * (width + 2) if n == 0 else "-" * (width + 1) + ":" for n, width in enumerate(widths)) + "|"
    )
    return "\n".join([f"## {section.title}", "", _machine(), "", lines[0], rule, *lines[1:], "", section.note, ""])


def _line(row: tuple[str, ...], widths: list[int]) -> str:
    gaps = [" " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)]
    return (
        "| "
        + " | ".join(cell + gap if n == 0 else gap + cell for n, (cell, gap) in enumerate(zip(row, gaps, strict=True)))
        + " |"
    )


def _width(text: str) -> int:
    """Columns of a terminal that a text takes; a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _machine() -> str:
    busy = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return f"{date.today()}, {os.cpu_count()} cores{busy}, Python {platform.python_version()}."


def _merged(done: dict[str, str]) -> str:
    """The report with the sections that have run in place of their old ones."""
    old = REPORT.read_text(encoding="utf-8") if REPORT.exists() else ""
    kept = {part.partition("\n")[0]: f"## {part}".rstrip() + "\n" for part in re.split(r"^## ", old, flags=re.M)[1:]}
    return "\n".join([HEAD, *(kept | done).values()])


if __name__ == "__main__":
    main(sys.argv[1:])

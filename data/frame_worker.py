"""Reads one sampling frame (名册) in a process of its own: what a crafted file exhausts or aborts is this process alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from data.frames import Frame, kept_name, read_frame
from data.sheets.apart import read_apart as _read_apart
from data.sheets.problems import RefusalError
from scoring.sampling import Entry, Level


def read_apart(name: str, content: bytes, level: Level = "household") -> Frame:
    """As ``read_frame``, in a worker with limited memory and time. One that ends or takes too long is a refused file."""
    try:
        return _load(_read_apart("frame", content, {"name": kept_name(name), "level": level}))
    except RefusalError as refusal:
        return _refused(name, level, refusal)
    except (ValueError, KeyError, TypeError):  # an answer that is no list
        return _refused(name, level, RefusalError("reader-stopped"))


def _refused(name: str, level: Level, refusal: RefusalError) -> Frame:
    return Frame(kept_name(name), level, problems=(f"{refusal.problem.message}。{refusal.problem.mend}",))


def frame_task(content: bytes, told: Mapping[str, Any]) -> Any:
    """The worker's part."""
    return dump(read_frame(told["name"], content, told["level"]))


def dump(frame: Frame) -> dict[str, Any]:
    """The list as JSON can say it."""
    plain = asdict(frame)
    plain["entries"] = [{**each, "kinds": sorted(each["kinds"])} for each in plain["entries"]]
    return plain


def _load(found: dict[str, Any]) -> Frame:
    entries = tuple(
        Entry(each["name"], tuple((level, place) for level, place in each["places"]), frozenset(each["kinds"]))
        for each in found["entries"]
    )
    told = (tuple(found[name]) for name in ("problems", "notes", "doubts"))
    return Frame(found["file"], found["level"], entries, *told)

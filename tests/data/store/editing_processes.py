"""Processes that edit one store at once: many who upload, and two who change the same things by what they saw."""

from __future__ import annotations

import multiprocessing
import random
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from data.store import READING, Moved, Store, StoreProblem
from scoring.marks import Fact, Mark, Sheet

_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload([__name__])


def at_once(work: Callable[..., Any], arguments: Sequence[tuple[Any, ...]]) -> list[Any]:
    """What ``work`` says for each of the arguments, each in a process of its own, all at once."""
    with _PROCESSES.Pool(len(arguments)) as pool:
        return pool.starmap(work, arguments, chunksize=1)


def upload(url: str, assessment: int, unit: str, writers: Sequence[str], each: int) -> list[str]:
    """So many uploads by every writer, the writers as threads of this process; returns what went wrong."""
    with Store.open(url) as store, ThreadPoolExecutor(len(writers)) as pool:
        return [said for told in pool.map(lambda who: _uploads(store, assessment, unit, who, each), writers) for said in told]


def _uploads(store: Store, assessment: int, unit: str, who: str, each: int) -> list[str]:
    problems = []
    for turn in range(each):
        try:
            sheet = Sheet(unit, who, (Mark(1, score=Fraction(turn)),))
            store.take(assessment, f"{who}-{turn}.xlsx", f"{who}{turn}".encode() * 2000, [sheet], who)
        except StoreProblem as problem:
            problems.append(f"{who}-{turn}: {problem}")
    return problems


@dataclass(frozen=True)
class Done:
    """What an editor was told: ``accepted`` (what it wrote, in its order), how often it was told to look again, and all else."""

    accepted: list[tuple[str, ...]]
    moved: int
    problems: list[str]


KEYS = tuple(f"{READING}第{n}项" for n in range(3))


def edit(url: str, assessment: int, who: str, times: int, seed: int) -> Done:
    """Look, decide, save by what was seen: sheets by the version, choices by their values, 情形 by how they stood."""
    chance, done = random.Random(seed), Done([], 0, [])
    moved = 0
    with Store.open(url) as store:
        for turn in range(times):
            try:
                done.accepted.append(_one_edit(store, assessment, who, f"{who}{turn}", chance))
            except Moved:
                moved += 1
            except StoreProblem as problem:
                done.problems.append(f"{turn}: {problem}")
    return Done(done.accepted, moved, done.problems)


def _one_edit(store: Store, assessment: int, who: str, words: str, chance: random.Random) -> tuple[str, ...]:
    kind = chance.choice(("sheet", "sheet", "setting", "setting", "fact"))
    if kind == "sheet":
        version = store.version(assessment)
        sheet = Sheet("蓬江区", "cross", (Mark(1, grade="好", remark=words),))
        store.take(assessment, f"{words}.xlsx", words.encode(), [sheet], who, version)
    elif kind == "setting":
        key = chance.choice(KEYS)
        seen = store.settings(assessment).get(key)
        store.set_setting(assessment, key, words, who, seen={key: seen.value if seen else None})
        return kind, words, key, seen.value if seen else ""
    else:
        store.add_fact(assessment, Fact("蓬江区", "sanction", words), "", who)
    return kind, words

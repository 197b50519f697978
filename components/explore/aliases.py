"""Names that hide whose score is whose (匿名): 对象甲, 对象乙 … the same for every viewer, never in order of rank."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

STEMS = "甲乙丙丁戊己庚辛壬癸"


def aliases(names: Iterable[str], seed: object) -> dict[str, str]:
    """Name → alias. The order is drawn by the seed alone, so it tells nothing of places or of the roster's order."""
    drawn = sorted(names)
    Random(str(seed)).shuffle(drawn)
    return {name: f"对象{STEMS[at] if at < len(STEMS) else at + 1}" for at, name in enumerate(drawn)}

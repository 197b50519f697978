"""What units are called while their names are hidden (匿名): 对象甲, 对象乙 …, and every text with the names taken out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from random import Random

STEMS = "甲乙丙丁戊己庚辛壬癸"


def aliases(names: Iterable[str], seed: object) -> dict[str, str]:
    """Name → alias. The order is drawn by the seed alone, so it tells nothing of places or of the roster's order."""
    drawn = sorted(names)
    Random(str(seed)).shuffle(drawn)
    return {name: f"对象{STEMS[at] if at < len(STEMS) else at + 1}" for at, name in enumerate(drawn)}


def masked(text: str, names: Mapping[str, str]) -> str:
    """A text with every hidden name in it as it is called here, also in short (开平 for 开平市); the longest first."""
    called = {each: shown for unit, shown in names.items() if unit != shown for each in (short(unit), unit)}
    for unit in sorted(called, key=len, reverse=True):
        text = text.replace(unit, called[unit])
    return text


def short(unit: str) -> str:
    """A place as people call it, unless a single letter would be left."""
    stem = re.sub("(自治县|街道|市|县|区|旗|镇|乡)$", "", unit)
    return stem if len(stem) > 1 else unit

"""A coordinate as people write it → degrees: 112.79, １１２．７９, 112°47′30″, 东经112度47分30秒, E112°47.5′."""

from __future__ import annotations

import re
import unicodedata

_PLAIN = re.compile(r"[+-]?\d{1,9}(?:\.\d*)?\Z")
_PARTS = re.compile(
    r"(?P<before>[EWNS东西南北][经纬]?)?(?P<d>\d{1,3}(?:\.\d+)?)[°度º]"
    r"(?:(?P<m>\d{1,2}(?:\.\d+)?)['′’分])?(?:(?P<s>\d{1,2}(?:\.\d+)?)(?:[\"″”秒]|'')?)?(?P<after>[EWNS])?\Z"
)


class DegreeError(ValueError):
    """What is written is no coordinate; the message says why, in a few Chinese words."""


def degrees(text: str) -> tuple[float, bool]:
    """Degrees, and whether a comma was read as the decimal point. Raises DegreeError."""
    said = re.sub(r"\s", "", unicodedata.normalize("NFKC", text).replace("″", '"').replace("′", "'")).upper()
    said = said.replace("''", '"').replace("′", "'").replace("′′", '"')
    comma = said.count(",") == 1 and "." not in said
    said = said.replace(",", ".") if comma else said
    if _PLAIN.match(said):
        return float(said), comma
    found = _PARTS.match(said)
    if not found:
        raise DegreeError("" if said else "（没有填写）")
    minutes, seconds = float(found["m"] or 0), float(found["s"] or 0)
    if minutes >= 60 or seconds >= 60:
        raise DegreeError("（分、秒应小于60）")
    value = float(found["d"]) + minutes / 60 + seconds / 3600
    side = (found["before"] or "")[:1] + (found["after"] or "")
    return (-value if set(side) & set("WS西南") else value), comma

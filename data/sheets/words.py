"""Words as people type them → words that can be compared. Nothing here guesses: what differs in letters stays different."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_NUMBERED = re.compile(
    r"[(（]?(\d{1,3})\s*[.、)）:：]\s*(.+)|(\d{1,3})\s+(\D.*)|(\d{1,3})(?=[^\W\d])(?![分%])(.+)", re.S
)
_CHINESE = re.compile(r"[(（]?第?([一二三四五六七八九十]{1,3})\s*[、.)）项]\s*(.+)", re.S)
_BRACKETS = re.compile(r"\([^()]*\)|（[^（）]*）|\[[^\[\]]*\]|【[^【】]*】")


@lru_cache(maxsize=1024)
def clean(text: str) -> str:
    """Full-width forms made plain (NFKC), white space made one blank, nothing invisible, no blanks at the ends."""
    text = unicodedata.normalize("NFKC", text)
    return " ".join(
        "".join(" " if char.isspace() else char for char in text if _visible(char) or char.isspace()).split()
    )


def _visible(char: str) -> bool:
    return unicodedata.category(char) not in ("Cf", "Cc") and not "\ufe00" <= char <= "\ufe0f"


@lru_cache(maxsize=1024)
def key(text: str) -> str:
    """Letters and digits alone: what two spellings of one name share when blanks and punctuation are set aside."""
    return "".join(char for char in clean(text) if unicodedata.category(char)[0] in "LN").casefold()


@lru_cache(maxsize=1024)
def head(text: str) -> str:
    """The key of a column header, without remarks in brackets: "得分（满分100分）" is 得分, "市（区）" is 市."""
    bare = _BRACKETS.sub("", clean(text))
    return key(bare) or key(text)


def tidy(text: str) -> str:
    """A person's own words for keeping: unseen characters and blanks at the ends go, everything else stays."""
    return "".join(char for char in text if char in "\n\t" or _visible(char)).strip()


def split_number(text: str) -> tuple[int | None, str]:
    """A leading ordinal and the rest: "14. 资金" and "十四、资金" are (14, "资金"); "2018-2020年推进" has none."""
    text = clean(text)
    if found := _NUMBERED.fullmatch(text):
        digits, rest = [part for part in found.groups() if part is not None]
        return int(digits), rest
    if found := _CHINESE.fullmatch(text):
        return chinese_number(found[1]), found[2]
    return None, text


def chinese_number(numeral: str) -> int:
    """一 to 九十九 as a number."""
    tens, ten, ones = numeral.rpartition("十")
    digits = "零一二三四五六七八九"
    if not ten:
        return digits.index(numeral[-1])
    return 10 * (digits.index(tens[-1]) if tens else 1) + (digits.index(ones[-1]) if ones else 0)


def numeral(number: int) -> str:
    """A number up to 99 as the headings of the tables write it: 14 is 十四."""
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    return (digits[tens] if tens > 1 else "") + ("十" if tens else "") + (digits[ones] if ones or not tens else "")

"""Lots (签): random numbers that a printed seed (种子) gives again on any machine, in any year, in any language.

No generator of a library is used, since those may change; the rule below takes ten lines wherever SHA-256 is known:

* block k (0, 1, 2, …) is SHA-256 of the UTF-8 text "seed|purpose|k"; its 32 bytes are eight words, 32 bits each, the
  most significant byte first;
* a number below n is the next word modulo n, where words from 2³² − (2³² mod n) on are passed over, so that every
  number is equally likely;
* a list is shuffled from its last place down to its second: each place changes with a place not after it
  (Durstenfeld 1964, Algorithm 235), so that every order is equally likely.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

WORDS = 1 << 32
LONGEST = 80
"""Characters a seed may have: what fits on a line of the printed sheet."""
NUMBERS_TOLD = (
    "随机数由种子推得：以“种子|用途|块号”（块号自0起）的UTF-8文字求SHA-256，每块依次分为8个32位整数（高位在前）；"
    "取小于n的数时，不小于2³²减（2³²除以n的余数）的整数舍去，其余除以n取余数。"
)
ORDER_TOLD = "排序自末位起，逐位与不后于它的随机一位对换（Fisher–Yates）。"


class SeedError(ValueError):
    """A seed that cannot be used; the message is for the user."""


def tidy(seed: str) -> str:
    """The seed as it is printed and used: full-width forms made plain, blanks at the ends gone, others one blank each.

    "０３ 17  22" is "03 17 22". Raises SeedError for an empty seed, a too long one, or one with "|", which divides.
    """
    text = " ".join(unicodedata.normalize("NFKC", seed).split())
    if not text:
        raise SeedError("种子不能为空：请键入代表现场报出的数，或用页面给出的种子")
    if len(text) > LONGEST:
        raise SeedError(f"种子有{len(text)}个字符，最多{LONGEST}个；请缩短")
    if "|" in text or not text.isprintable():
        raise SeedError("种子中有“|”或不可见的字符；请只用数字、字母、汉字、空格和“-”")
    return text


class Lots:
    """The numbers of one seed for one purpose, in order. Two purposes of one seed know nothing of each other."""

    def __init__(self, seed: str, purpose: str) -> None:
        self._words = _words(f"{tidy(seed)}|{purpose}|")

    def below(self, n: int) -> int:
        """The next number from 0 to n − 1, each equally likely. Raises ValueError unless 0 < n ≤ 2³²."""
        if not 0 < n <= WORDS:
            raise ValueError(n)
        kept = WORDS - WORDS % n
        return next(word for word in self._words if word < kept) % n

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """The items in a new order, every order equally likely."""
        order = list(items)
        for last in range(len(order) - 1, 0, -1):
            other = self.below(last + 1)
            order[last], order[other] = order[other], order[last]
        return order


def _words(start: str) -> Iterator[int]:
    block = 0
    while True:
        digest = hashlib.sha256(f"{start}{block}".encode()).digest()
        yield from (int.from_bytes(digest[at : at + 4], "big") for at in range(0, 32, 4))
        block += 1

"""Titles of papers broken over lines where sense breaks (GB/T 9704: 梯形 or 菱形), and names of files."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from data.lettering import width

MOST = 22
"""Full-width letters on a line of a title: what 2号 type leaves room for."""
_WHOLE = (
    "党委和政府", "党委、政府", "行政公署", "扶贫开发", "东西部", "扶贫协作", "城乡", "精准扶贫", "精准帮扶", "常态化", "工作",
    "成效", "考核", "评价", "情况", "结果", "报告", "通报", "通知", "反馈单", "谈话提醒", "约谈", "名单", "整改", "口径", "确认表",
    "提请", "审定", "事项", "佐证", "材料", "目录", "建议", "地级以上市", "市本级", "省直单位", "帮扶市", "县级", "镇级", "盟市",
    "领导小组", "考核对象", "关于", "对外", "任务",
)  # fmt: skip
"""Words that no line tears apart."""
_AFTER = (
    "年", "省", "自治区", "自治县", "市", "县", "区", "旗", "盟", "党委和政府", "党委、政府", "扶贫开发", "工作", "扶贫协作", "考核",
    "成效评价", "关于",
)  # fmt: skip
"""What a line ends with best."""
_WORD = re.compile(
    rf"[（(〔《“]*(?:\d{{4}}年|[A-Za-z0-9.\-]+|{'|'.join(sorted(map(re.escape, _WHOLE), key=len, reverse=True))}|.)[）)〕》”、，。；：]*",
    re.DOTALL,
)
_BRACKETED = re.compile(r"（[^（）]{1,12}）")
_TORN, _UNEVEN, _SHAPE, _LINE = 30.0, 1.0, 40.0, 20.0
_SHAPED, _LONGEST = 3, 240
"""Up to so many lines are weighed against each other; so many letters of a title are told."""


@lru_cache(maxsize=256)
def title_lines(text: str, most: int = MOST) -> tuple[str, ...]:
    """The title in few lines no wider than ``most``, broken where sense breaks and never looking like an hour-glass."""
    pieces = _pieces(" ".join(text.split())[:_LONGEST], most)
    if width("".join(pieces)) <= most:
        return ("".join(pieces),)
    found = [lines for count in range(2, _SHAPED + 1) for lines in _cut(pieces, count, most)]
    return min(found, key=_cost) if found else tuple(_filled(pieces, most))


def _pieces(text: str, most: int) -> list[str]:
    """Words in order; a short remark in brackets is one, and no piece is wider than a line."""
    found: list[str] = []
    at = 0
    while at < len(text):
        match = _BRACKETED.match(text, at) or _WORD.match(text, at)
        assert match is not None
        piece = match.group()
        found += [piece] if width(piece) <= most else list(piece)
        at = match.end()
    return found


def _filled(pieces: Sequence[str], most: int) -> list[str]:
    """Line after line as full as it gets: for what is too long to be a title at all."""
    lines = [""]
    for piece in pieces:
        if lines[-1] and width(lines[-1] + piece) > most:
            lines.append("")
        lines[-1] += piece
    return lines


def _cut(pieces: Sequence[str], count: int, most: int) -> Iterator[tuple[str, ...]]:
    """The ways to set the pieces in ``count`` lines, each about as long as the others."""
    whole = width("".join(pieces))
    least = max(whole / count - 7, 1) if count > 1 else 0
    yield from _lines(pieces, count, most, least)


def _lines(pieces: Sequence[str], count: int, most: int, least: float) -> Iterator[tuple[str, ...]]:
    if count == 1:
        last = "".join(pieces)
        if pieces and width(last) <= most:
            yield (last,)
        return
    line = ""
    for at, piece in enumerate(pieces[:-1], start=1):
        line += piece
        if width(line) > most:
            return
        if width(line) >= least:
            for rest in _lines(pieces[at:], count - 1, most, least):
                yield (line, *rest)


def _cost(lines: tuple[str, ...]) -> float:
    """What speaks against these lines: that they are many, words torn apart, an hour-glass, unevenness."""
    torn = sum(_TORN for line in lines[:-1] if not line.endswith(_AFTER))
    torn += sum(_TORN for line in lines[1:] if line.startswith("（"))
    sizes = [width(line) for line in lines]
    hollow = sum(_SHAPE for a, b, c in zip(sizes, sizes[1:], sizes[2:], strict=False) if b < min(a, c))
    return _LINE * len(lines) + torn + hollow + _UNEVEN * (max(sizes) - min(sizes))


def file_stem(*parts: str) -> str:
    """A name that every system can keep, without ending: its parts joined by "_", each cut to forty letters."""
    clean = (
        re.sub(r'[\x00-\x1f\x7f\\/:*?"<>|\s·]+', "", unicodedata.normalize("NFC", part)).strip("_. ") for part in parts
    )
    return "_".join(part[:40] for part in clean if part) or "文件"

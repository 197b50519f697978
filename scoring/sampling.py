"""抽样: towns, villages or households drawn from a list (名册) by a document's rule, repeatable from the printed seed.

等间隔 (systematic, random start) keeps the list's order; 随机 (simple random) does not care for it; 指定 (chosen) is a
person's choice, checked against the rule. Numbers are exact: a share is rounded up, a ratio goes by largest remainder.
What a list cannot give is told, place by place, and never made up for silently. Pure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil
from typing import Literal, TypeVar

from scoring import exact
from scoring.lots import NUMBERS_TOLD, ORDER_TOLD, Lots
from scoring.rules import Sample

K = TypeVar("K")
Way = Literal["interval", "random", "chosen"]
Level = Literal["city", "county", "town", "village", "household"]

WAYS: dict[Way, str] = {"interval": "等间隔抽取", "random": "随机抽取", "chosen": "指定"}
LEVELS: dict[Level, str] = {"city": "市", "county": "县", "town": "镇", "village": "村", "household": "户"}
_ENDINGS: dict[str, Level] = {
    "户": "household", "村": "village", "居": "village", "镇": "town", "街": "town",
    "县": "county", "旗": "county", "区": "county", "市": "city", "盟": "city",
}  # fmt: skip
WHOLE = "全部"
"""The name of the one stratum where a rule draws from the whole list."""


class SampleError(ValueError):
    """A sample that cannot be drawn at all; the message is for the user."""


@dataclass(frozen=True)
class Entry:
    """One line of a list: a household by its number, or a place by its name; the places it lies in, and its kinds (类别)."""

    name: str
    places: tuple[tuple[Level, str], ...] = ()
    kinds: frozenset[str] = frozenset()

    def place(self, level: Level) -> str:
        """The place it lies in at that level, or nothing."""
        return dict(self.places).get(level, "")


@dataclass(frozen=True)
class Quota:
    """At least ``count`` of those drawn are of ``name``: an entry is where one of its kinds is among ``kinds``."""

    name: str
    count: int
    kinds: frozenset[str]
    way: Way = "random"

    def holds(self, entry: Entry) -> bool:
        """Whether an entry counts as one of these."""
        return not self.kinds.isdisjoint(entry.kinds)


@dataclass(frozen=True)
class Lack:
    """What a list cannot give: where, what, and how to mend it."""

    where: str
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.where}：{self.what}。{self.mend}"


@dataclass(frozen=True)
class Stratum:
    """What was drawn within one place: ``picked`` in the list's order, of ``pool`` entries."""

    where: str
    pool: int
    picked: tuple[Entry, ...]
    counts: tuple[tuple[str, int], ...] = ()
    lacks: tuple[Lack, ...] = field(default=())


def level_of(text: str) -> Level:
    """What a rule's ``of`` or ``each`` speaks of, by its last word: "预脱贫户" household, "每镇" town. SampleError else."""
    found = _ENDINGS.get(text[-1:])
    if found is None:
        raise SampleError(f"不认识抽样单位“{text}”；应以户、村、镇、县、旗、市结尾")
    return found


def within(rule: Sample) -> Level | None:
    """The level of the places that a rule draws within; None for the whole list (每级, or nothing said)."""
    return _ENDINGS.get(rule.each[-1:])


def strata(rule: Sample, entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """The list by the places that the rule draws within, both in the list's order.

    A village is called with its town, since villages of two towns may share a name. A list without the column of a
    county or city is one county's, or one city's. Raises SampleError where an entry does not say where it lies.
    """
    level, known = within(rule), list(entries)
    if level in ("city", "county") and not any(entry.place(level) for entry in known):
        level = None
    found: dict[str, list[Entry]] = {}
    for entry in known:
        found.setdefault(_where(entry, level), []).append(entry)
    if "" in found:
        assert level is not None
        raise SampleError(
            f"名册中有{len(found[''])}行没有写明所在的{LEVELS[level]}，而本规则按“{rule.each}”抽取；请补上该列后再上传"
        )
    return found


def _where(entry: Entry, level: Level | None) -> str:
    if level is None:
        return WHOLE
    own = entry.place(level)
    return entry.place("town") + own if level == "village" and own else own


def wanted(rule: Sample, pool: int) -> int:
    """How many the rule wants of ``pool``: the greater of its least number and its share rounded up, not above its most.

    At least 20 and 10 % of 312 is 32. A rule that says no number wants none.
    """
    share = ceil(rule.percent * pool / 100) if rule.percent is not None else 0
    count = max(rule.least or 0, share)
    return count if rule.most is None else min(count, rule.most)


def largest_remainder(total: int, ratio: Mapping[K, Fraction]) -> dict[K, int]:
    """``total`` divided in a ratio, exactly: each its whole share, what is left one each to the largest remainders.

    Equal remainders go by the ratio's own order, first come first. 12 by 5:3:2 is 6, 4, 2 (6.0, 3.6, 2.4).
    Raises SampleError for a ratio of zeros, ValueError for a negative total.    Hamilton 1792
    """
    whole = sum(ratio.values(), Fraction(0))
    if total < 0:
        raise ValueError(total)
    if not whole:
        raise SampleError("比例不能全为0")
    exactly = {key: total * Fraction(part) / whole for key, part in ratio.items()}
    shares = {key: int(share) for key, share in exactly.items()}
    by_rest = sorted(exactly, key=lambda key: exactly[key] - shares[key], reverse=True)  # stable: ties keep their order
    for key in by_rest[: total - sum(shares.values())]:
        shares[key] += 1
    return shares


def interval(pool: Sequence[Entry], count: int, lots: Lots) -> list[Entry]:
    """Every (N/n)-th from a random start, exact also where N/n is no whole number: places ⌊(u + i·N)/n⌋, u below N.

    The gaps are N/n rounded down or up, and every entry is drawn with probability exactly n/N.
    """
    start = lots.below(len(pool)) if pool else 0
    return [pool[(start + at * len(pool)) // count] for at in range(count)]


def pick(pool: Sequence[Entry], count: int, way: Way, lots: Lots) -> list[Entry]:
    """``count`` of the pool in the list's order; all of it where it has no more."""
    if count >= len(pool):
        return list(pool)
    if way == "interval":
        return interval(pool, count, lots)
    drawn = set(lots.shuffled(range(len(pool)))[:count])
    return [entry for at, entry in enumerate(pool) if at in drawn]


def draw_within(
    where: str, pool: Sequence[Entry], count: int, quotas: Sequence[Quota], way: Way, lots: Lots
) -> Stratum:
    """Draw ``count`` within one place: first what each quota still lacks, from those it counts, then the rest from all.

    An entry that counts for two quotas counts for both. Quotas that together ask for more than ``count`` are met, and
    more are drawn. The lots go on from quota to quota, in the rule's order.
    """
    taken: set[int] = set()
    places = range(len(pool))
    for quota in quotas:
        lacking = quota.count - sum(quota.holds(pool[at]) for at in taken)
        able = [at for at in places if at not in taken and quota.holds(pool[at])]
        taken.update(_chosen(able, lacking, quota.way, pool, lots))
    rest = [at for at in places if at not in taken]
    taken.update(_chosen(rest, count - len(taken), way, pool, lots))
    picked = tuple(pool[at] for at in sorted(taken))
    counts = tuple((quota.name, sum(map(quota.holds, picked))) for quota in quotas)
    return Stratum(where, len(pool), picked, counts, tuple(lacks(where, pool, count, quotas)))


def _chosen(able: Sequence[int], count: int, way: Way, pool: Sequence[Entry], lots: Lots) -> list[int]:
    """Places in the pool of ``count`` of those able, drawn in that way."""
    if count <= 0:
        return []
    marked = [Entry(str(at)) for at in able]
    return [int(entry.name) for entry in pick(marked, count, way, lots)]


def lacks(where: str, pool: Sequence[Entry], count: int, quotas: Sequence[Quota]) -> list[Lack]:
    """What a place's list cannot give, before anything is drawn."""
    found = []
    if len(pool) < count:
        found.append(
            Lack(where, f"名册只有{len(pool)}个，规则要求{count}个", "请核对名册是否齐全；确只有这些的，全部抽取")
        )
    for quota in quotas:
        have = sum(map(quota.holds, pool))
        if have < quota.count:
            told = f"“{quota.name}”只有{have}个，规则要求{quota.count}个"
            found.append(Lack(where, told, "请核对类别的填写和认定；确只有这些的，全部抽取，其余由其他类别补足"))
    return found


def check_chosen(
    where: str, chosen: Sequence[Entry], count: int, most: int | None, quotas: Sequence[Quota]
) -> list[Lack]:
    """What is amiss with a choice by hand (指定)."""
    found = []
    if len(chosen) < count:
        found.append(Lack(where, f"指定了{len(chosen)}个，规则要求至少{count}个", f"请再指定{count - len(chosen)}个"))
    if most is not None and len(chosen) > most:
        found.append(Lack(where, f"指定了{len(chosen)}个，规则要求至多{most}个", f"请减去{len(chosen) - most}个"))
    for quota in quotas:
        have = sum(map(quota.holds, chosen))
        if have < quota.count:
            told = f"其中“{quota.name}”{have}个，规则要求至少{quota.count}个"
            found.append(Lack(where, told, f"请再指定{quota.count - have}个“{quota.name}”"))
    return found


def quotas_of(
    rule: Sample, count: int, counts_as: Mapping[str, Collection[str]], parts: Sequence[Sample] = ()
) -> list[Quota]:
    """The quotas of a rule that draws ``count`` in a place: 其中 so many, the ratio's shares, and the shares of its ``parts``.

    ``counts_as``: the kinds of the list that count for each name. ``parts`` are the rules that speak of a part of what
    this one draws (``within``): at least this share or number of it, or drawn at equal intervals.
    """
    named = [(name, ceil(least)) for name, least in rule.including.items()]
    named += list(largest_remainder(count, rule.ratio).items()) if rule.ratio else []
    named += [(part.of, wanted(part, count)) for part in parts if wanted(part, count)]
    even = [frozenset(counts_as.get(part.of, ())) for part in parts if part.rule == "interval"]
    found = []
    for name, least in named:
        kinds = frozenset(counts_as.get(name, ()))
        way: Way = "interval" if kinds and any(kinds <= each for each in even) else _drawn(rule.rule)
        found.append(Quota(name, least, kinds, way))
    return found


def names_of(rule: Sample, parts: Sequence[Sample] = ()) -> list[str]:
    """Every name for which someone must say which kinds of the list count: 分散贫困户, 有劳动能力贫困户."""
    return list(dict.fromkeys([*rule.including, *rule.ratio, *(part.of for part in parts)]))


def likely_kinds(name: str, kinds: Iterable[str]) -> list[str]:
    """The kinds that probably count as ``name``: the same word, or one that has it within and does not deny it (非…)."""
    known = list(kinds)
    if name in known:
        return [name]
    return [kind for kind in known if name in kind and f"非{name}" not in kind]


def draw_sample(
    rule: Sample,
    entries: Sequence[Entry],
    seed: str,
    *,
    size: int | None = None,
    way: Way | None = None,
    counts_as: Mapping[str, Collection[str]] | None = None,
    parts: Sequence[Sample] = (),
) -> list[Stratum]:
    """Draw by a rule within each of its places. ``size``: more than the rule's own number, or for a rule without one.

    Each place has lots of its own (purpose: the rule's id and the place), so that one place's list never moves another's
    draw. Raises SampleError for an empty list, SeedError for a seed that cannot be used.
    """
    if not entries:
        raise SampleError("名册是空的，无从抽取；请核对后重新上传")
    how = way or _drawn(rule.rule)
    found = []
    for where, pool in strata(rule, entries).items():
        count = max(wanted(rule, len(pool)), size or 0)
        if not count:
            raise SampleError("规则没有写明数量，请填写每处抽取多少")
        quotas = quotas_of(rule, count, counts_as or {}, parts)
        found.append(draw_within(where, pool, count, quotas, how, Lots(seed, purpose(rule, where))))
    return found


def purpose(rule: Sample, where: str) -> str:
    """What the lots of one place are for: "household/大桥镇"."""
    return f"{rule.id}/{where}"


def told(rule: Sample, way: Way | None = None) -> str:
    """The method in words, whole enough to be done again by another program."""
    ways = {
        "random": "随机：将可抽的全部排序，取前n个，再按名册次序列出；可抽的不超过n个的，全取。",
        "interval": "等间隔：可抽的共N个、抽n个时，取小于N的随机数u为起点，依次抽第⌊(u＋i×N)÷n⌋个（i自0至n－1，名册自0起编号）；"
        "可抽的不超过n个的，全取。",
        "chosen": "指定：由署名人选定，程序只核对数量和类别。",
    }  # fmt: skip
    how = way or rule.rule
    first = (
        "先按规则所列次序逐类抽足（已抽中而又属该类的计入），再从其余中补足总数。"
        if rule.including or rule.ratio
        else ""
    )
    share = "按比例分配时取最大余数，余数相同的依原文所列次序。" if rule.ratio else ""
    numbers = "" if how == "chosen" else f"各处分别抽取，用途为“{rule.id}/地名”。{NUMBERS_TOLD}{ORDER_TOLD}"
    return f"{first}{share}{ways[how]}{numbers}"


def said(rule: Sample) -> str:
    """A rule in one line: "每镇　预脱贫户　不少于20户，其中分散贫困户不少于10户　随机抽取"."""
    unit = LEVELS[level_of(rule.of)] if rule.of[-1:] in _ENDINGS else "个"
    unit = "户" if unit == "户" else "个"
    numbers = [f"不少于{rule.least}{unit}"] if rule.least else []
    numbers += [f"不少于{exact.plain(rule.percent)}%"] if rule.percent is not None else []
    numbers += [f"不多于{rule.most}{unit}"] if rule.most else []
    numbers += [f"其中{name}不少于{exact.plain(least)}{unit}" for name, least in rule.including.items()]
    if rule.ratio:
        shares = ":".join(exact.plain(part) for part in rule.ratio.values())
        numbers.append(f"{'、'.join(rule.ratio)}按{shares}")
    return "　".join(part for part in (rule.each, rule.of, "，".join(numbers), WAYS[rule.rule]) if part)


def _drawn(rule: Way) -> Way:
    """A rule that is chosen by hand is drawn at random where somebody asks for a draw all the same."""
    return "random" if rule == "chosen" else rule

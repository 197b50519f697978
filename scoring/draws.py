"""抽签: which assessing group (考核组) assesses whom, uniform over all that the document allows.

Two forms. ``pairs``: every unit sends one group and is assessed by one (江门 六（三）: 7 groups, 随机配对; 广东 五（一）: 14).
``mixed``: groups of people from many places share the units out as evenly as possible (东西部 六（二）: 6 groups,
混合分组, 回避). Both by rejection: an order is drawn, and drawn anew until it is allowed, so that every allowed one is
equally likely. Pure: the seed gives the same draw again on any machine (``scoring.lots``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import perm
from typing import Literal

from scoring.lots import NUMBERS_TOLD, ORDER_TOLD, Lots
from scoring.rules import Draw
from scoring.scheme import Scheme

Avoid = Literal["self", "mutual"]
ExtraBy = Literal["lot", "hand", "none"]

DRAW_PURPOSE, EXTRA_PURPOSE = "抽签", "兼考"
MOST_TRIES = 50_000
"""Orders drawn before a mixed draw with very many avoidances is given up; pairs need about five."""


class DrawError(ValueError):
    """A draw that cannot be held; the message is for the user: what, why, how to mend."""


@dataclass(frozen=True)
class Plan:
    """What is drawn. The same plan and seed give the same lines.

    ``groups``: the assessing groups, in ``pairs`` each called after the unit that sends it. ``objects``: what they
    assess. ``away``: for each mixed group the objects its members come from (回避). ``extra``: objects for which the
    document names no group; ``extra_by``: drawn as well, given ``by_hand`` (a place in ``groups`` for each), or left.
    """

    form: Literal["pairs", "mixed"]
    groups: tuple[str, ...]
    objects: tuple[str, ...]
    avoid: tuple[Avoid, ...] = ()
    away: tuple[tuple[str, ...], ...] = ()
    extra: tuple[str, ...] = ()
    extra_by: ExtraBy = "none"
    by_hand: tuple[int, ...] = ()


@dataclass(frozen=True)
class Line:
    """One line of what was drawn: group ``number`` (from 1), called ``group``, assesses ``objects``, and ``also`` extra ones."""

    number: int
    group: str
    objects: tuple[str, ...]
    also: tuple[str, ...] = field(default=())


def plan(scheme: Scheme, extra_by: ExtraBy = "lot") -> Plan:
    """What a scheme's 抽签 draws among its roster.

    Where the document's number of groups is the size of one of its 组别, or mutual pairs are barred, each unit of that
    组别 sends a group; units of the others are extra (广东: the 6 对口帮扶市, of whom the text says nothing). Else the
    groups are mixed.
    Raises DrawError for a scheme without 抽签 or without a roster.
    """
    if scheme.draw is None:
        raise DrawError(f"《{scheme.title}》没有抽签的规定")
    rosters = {group.id: tuple(unit.name for unit in group.units) for group in scheme.groups}
    if not any(rosters.values()):
        raise DrawError("本次考核没有名单，无从抽签；请先在“年度考核”确定考核对象")
    avoid = scheme.draw.avoid
    sending = _sending(scheme, scheme.draw)
    if sending is None:
        every = tuple(name for roster in rosters.values() for name in roster)
        return Plan("mixed", tuple(f"第{n}组" for n in range(1, scheme.draw.groups + 1)), every, avoid)
    own = rosters[sending]
    rest = tuple(name for group, roster in rosters.items() if group != sending for name in roster)
    return Plan("pairs", own, own, avoid, extra=rest, extra_by=extra_by if rest else "none")


def _sending(scheme: Scheme, rule: Draw) -> str | None:
    """The 组别 whose units each send a group. What may not be mutual is between units that send them."""
    fitting = [group.id for group in scheme.groups if (group.size or len(group.units)) == rule.groups]
    return next(iter([*fitting, *(group.id for group in scheme.groups if "mutual" in rule.avoid)]), None)


def draw(plan: Plan, seed: str) -> tuple[Line, ...]:
    """Hold the draw. Raises DrawError where nothing is allowed, SeedError for a seed that cannot be used."""
    lots = Lots(seed, DRAW_PURPOSE)
    shares = _pairs(plan, lots) if plan.form == "pairs" else _mixed(plan, lots)
    also = _extra(plan, seed)
    return tuple(
        Line(at + 1, name, tuple(plan.objects[each] for each in sorted(shares[at])), also[at])
        for at, name in enumerate(plan.groups)
    )


def told(plan: Plan) -> str:
    """The method in words, whole enough to be done again by hand or by another program."""
    numbers = f"{NUMBERS_TOLD}{ORDER_TOLD}"
    if plan.form == "pairs":
        wrong = {"self": "考核本地", "mutual": "两地互考"}
        barred = "或".join(wrong[each] for each in plan.avoid)
        again = f"；有{barred}的，整个舍去、接着再排，直至没有" if barred else ""
        held = f"抽签：考核对象依名单次序编号并排序，排在第几位的即由第几组考核{again}。用途为“{DRAW_PURPOSE}”。"
    else:
        again = "；有组员考核其来源地（单位）的，全部舍去、接着重分，直至没有" if "self" in plan.avoid else ""
        held = (
            "抽签：各组任务数相差不超过1。先将各组排序，依此次序列出名额，多出的名额给排在前面的组；"
            f"再将全部名额排序，依次对应名单上的考核对象{again}。用途为“{DRAW_PURPOSE}”。"
        )
    if plan.extra and plan.extra_by == "lot":
        held += f"兼考：将各组排序（循环），依次对应其余考核对象。用途为“{EXTRA_PURPOSE}”。"
    return f"{held}{numbers}合格的结果机会均等。"


def noted(plan: Plan) -> str:
    """What people settled beside the lots: whose members come from where, and who takes the extra ones. May be empty."""
    told = []
    if plan.form == "mixed":
        from_where = [f"{name}{'、'.join(away)}" for name, away in zip(plan.groups, plan.away, strict=False) if away]
        told.append(f"回避的组员来源：{'；'.join(from_where)}。" if from_where else "未登记组员来源，抽签未作回避。")
    if plan.extra:
        ways = {"lot": "由抽签确定", "hand": "由人指定", "none": "暂未安排"}
        told.append(f"{'、'.join(plan.extra)}由哪组考核，原文未写，{ways[plan.extra_by]}。")
    return "".join(told)


def allowed(n: int, avoid: Sequence[Avoid]) -> int:
    """How many pairings of ``n`` groups are allowed: permutations without cycles of length 1 (self) or 2 (mutual).

    a(n) = Σ a(n − L)·(n − 1)!/(n − L)!, over the lengths L of the cycle in which the first one lies.
    7 groups, neither self nor mutual: 1,140.    OEIS A038205; self alone: A000166
    """
    return _allowed(n, "self" in avoid, "mutual" in avoid)


@lru_cache(maxsize=256)
def _allowed(n: int, no_self: bool, no_mutual: bool) -> int:
    if n == 0:
        return 1
    lengths = [length for length in range(1, n + 1) if not ((length == 1 and no_self) or (length == 2 and no_mutual))]
    return sum(_allowed(n - length, no_self, no_mutual) * perm(n - 1, length - 1) for length in lengths)


def _pairs(plan: Plan, lots: Lots) -> list[list[int]]:
    count = len(plan.groups)
    if plan.objects != plan.groups:
        raise DrawError("随机配对的考核组与考核对象须一一对应；请核对名单")
    if allowed(count, plan.avoid) == 0:
        raise DrawError(_impossible(count, plan.avoid))
    while True:
        order = lots.shuffled(range(count))
        if _is_allowed(order, plan.avoid):
            return [[each] for each in order]


def _is_allowed(order: Sequence[int], avoid: Sequence[Avoid]) -> bool:
    itself = "self" in avoid and any(at == each for at, each in enumerate(order))
    mutual = "mutual" in avoid and any(order[each] == at != each for at, each in enumerate(order))
    return not itself and not mutual


def _impossible(count: int, avoid: Sequence[Avoid]) -> str:
    if count == 1:
        return "名单上只有1个考核对象，无法交叉考核；至少须有2个"
    barred = "、".join({"self": "回避本地", "mutual": "回避互考"}[each] for each in avoid)
    return f"名单上只有{count}个考核对象，{barred}时没有任何配对可行；请增加考核对象，或由领导小组另行指定"


def _mixed(plan: Plan, lots: Lots) -> list[list[int]]:
    groups, objects = len(plan.groups), len(plan.objects)
    barred = _barred(plan)
    if not objects:
        raise DrawError("名单上没有考核对象，无从抽签；请先在“年度考核”确定考核对象")
    _insist_possible(plan, barred)
    for _ in range(MOST_TRIES):
        shares = _one_sharing(groups, objects, lots)
        if not any(share & none for share, none in zip(shares, barred, strict=True)):
            return [sorted(share) for share in shares]
    raise DrawError("符合回避要求的分法太少，未能在限定次数内抽出；请减少同一组内的组员来源，或由领导小组另行指定")


def _one_sharing(groups: int, objects: int, lots: Lots) -> list[set[int]]:
    """Which object goes to which group, all sharings with sizes that differ by at most 1 equally likely."""
    least, more = divmod(objects, groups)
    order = lots.shuffled(range(groups))
    places = [group for at, group in enumerate(order) for _ in range(least + (at < more))]
    shares: list[set[int]] = [set() for _ in range(groups)]
    for each, group in enumerate(lots.shuffled(places)):
        shares[group].add(each)
    return shares


def _barred(plan: Plan) -> list[set[int]]:
    """The objects that each group may not assess, because its members come from there."""
    away = (*plan.away, *((),) * (len(plan.groups) - len(plan.away)))
    known = {name: at for at, name in enumerate(plan.objects)}
    if unknown := [name for names in away for name in names if name not in known]:
        raise DrawError(f"组员来源“{'、'.join(unknown)}”不在考核对象名单上；请核对后重新登记")
    return [{known[name] for name in names} if "self" in plan.avoid else set() for names in away]


def _insist_possible(plan: Plan, barred: Sequence[set[int]]) -> None:
    """Whether any even sharing is allowed: every group can be filled to the least, then every object placed."""
    least, more = divmod(len(plan.objects), len(plan.groups))
    holder: dict[int, int] = {}
    for most in (least, least + (more > 0)):
        for each in range(len(plan.objects)):
            if each not in holder:
                _place(each, most, barred, holder, set())
        if most == least and len(holder) < least * len(plan.groups):
            raise DrawError(_too_narrow(plan, barred))
    if len(holder) < len(plan.objects):
        raise DrawError(_too_narrow(plan, barred))


def _place(each: int, most: int, barred: Sequence[set[int]], holder: dict[int, int], seen: set[int]) -> bool:
    """Find a group for one object, moving others where that helps (augmenting paths, Kuhn 1955)."""
    for group, none in enumerate(barred):
        if each in none or group in seen:
            continue
        seen.add(group)
        held = [other for other, where in holder.items() if where == group]
        if len(held) < most or any(_place(other, most, barred, holder, seen) for other in held):
            holder[each] = group
            return True
    return False


def _too_narrow(plan: Plan, barred: Sequence[set[int]]) -> str:
    nowhere = [name for at, name in enumerate(plan.objects) if all(at in none for none in barred)]
    if nowhere:
        return f"各组都有来自{'、'.join(nowhere)}的组员，按回避原则没有一组可以考核；请调整组员后再抽"
    return "按现有组员来源，没有既符合回避、各组任务数又相差不超过1的分法；请调整组员后再抽"


def _extra(plan: Plan, seed: str) -> list[tuple[str, ...]]:
    """The extra objects of each group. Groups that assess one more are drawn, none twice before all have one."""
    count = len(plan.groups)
    takers: Sequence[int] = ()
    if plan.extra_by == "lot":
        order = Lots(seed, EXTRA_PURPOSE).shuffled(range(count))
        takers = [order[at % count] for at in range(len(plan.extra))]
    elif plan.extra_by == "hand":
        takers = plan.by_hand
        if len(takers) != len(plan.extra) or not all(0 <= each < count for each in takers):
            raise DrawError(f"请为{'、'.join(plan.extra)}逐个指定兼考的组")
    pairs = list(zip(plan.extra, takers, strict=False))
    return [tuple(name for name, taker in pairs if taker == at) for at in range(count)]

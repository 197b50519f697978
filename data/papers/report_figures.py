"""二、指标分析 of the 考核情况报告, its scores: of each group and each 考核方式, and where these differ about one unit."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from data.papers.paper import Block, Table, Text
from data.papers.report_scope import Scope, item_name, mean, numbered, rate, those, two
from data.papers.words import cites
from scoring import exact, profile
from scoring.elements import Component, Group
from scoring.explain import score_text
from scoring.results import ComponentResult, UnitResult
from scoring.standing import FEW

_MOST = 5
"""Differences of one kind that are told one by one."""
Scored = list[tuple[UnitResult, Fraction]]


def scores(scope: Scope) -> list[Block]:
    """How many scores there are, their mean, greatest and least: a sentence a group, or a table of many groups."""
    found = [(group, _scored(scope.of(group))) for group in scope.groups]
    if len(found) > FEW:
        rows = tuple(_group_row(scope, group, scored) for group, scored in found)
        heads = ("组别", f"{scope.called}数", "已出得分", "平均得分", "最高得分", "最低得分", "相差")
        return [Table("各组得分情况", (heads,), rows, (24, 14, 18, 20, 34, 34, 12))]
    rests = cites(*scope.scheme.counted)
    return [Text(told, rests) for group, scored in found if (told := _group_told(scope, group, scored))]


def _scored(results: Sequence[UnitResult]) -> Scored:
    return [(result, result.score) for result in results if result.score is not None]


def _group_told(scope: Scope, group: Group, scored: Scored) -> str:
    scheme, whole = scope.scheme, len(scope.of(group))
    if not scored:
        return f"{group.name}尚无得分。" if scope.several else ""
    whose = group.name if scope.several else scope.called
    if len(scored) == 1:
        (result, score) = scored[0]
        begins = f"{whole}{scheme.words.measure}{whose}中只有" if whole > 1 else ""
        return f"{begins}{result.unit}{'已出得分，' if begins else ''}综合得分{score_text(scheme, score)}分。"
    count = (
        f"{len(scored)}{scheme.words.measure}{whose}"
        if whole == len(scored)
        else _part(scope, whose, len(scored), whole)
    )
    values = [score for _, score in scored]
    best, worst = max(values), min(values)
    if best == worst:
        return f"{count}综合得分均为{score_text(scheme, best)}分。"
    return (
        f"{count}平均得分{two(mean(values))}分，最高{score_text(scheme, best)}分（{_who(scope, scored, best)}），"
        f"最低{score_text(scheme, worst)}分（{_who(scope, scored, worst)}），相差{score_text(scheme, best - worst)}分。"
    )


def _part(scope: Scope, whose: str, scored: int, whole: int) -> str:
    measure = scope.scheme.words.measure
    return f"{whole}{measure}{whose}中{scored}{measure}已出得分，这{scored}{measure}"


def _who(scope: Scope, scored: Scored, value: Fraction, most: int = 3) -> str:
    return those(scope.scheme, [result.unit for result, score in scored if score == value], most)


def _group_row(scope: Scope, group: Group, scored: Scored) -> tuple[str, ...]:
    scheme, whole = scope.scheme, len(scope.of(group))
    if not scored:
        return group.name, str(whole), "0", "—", "—", "—", "—"
    values = [score for _, score in scored]
    ends = [f"{score_text(scheme, end)}（{_who(scope, scored, end, 2)}）" for end in (max(values), min(values))]
    return (
        group.name,
        str(whole),
        str(len(scored)),
        two(mean(values)),
        *ends,
        score_text(scheme, max(values) - min(values)),
    )


def ways(scope: Scope) -> list[Block]:
    """Each 考核方式 with its mean, greatest and least score, and which of them is the strictest where all are there."""
    if len(scope.scheme.counted) < 2 or len(scope.marked) < 2:
        return []
    rows = []
    for kind in scope.kinds:
        for part in scope.scheme.counted:
            if scored := _of_way(kind.results, part):
                rows.append((*([kind.name] if len(scope.kinds) > 1 else []), *_way_row(scope, part, scored)))
    if not rows:
        return []
    first = ("组别",) if len(scope.kinds) > 1 else ()
    heads = (*first, scope.scheme.words.component, "满分", "份数", "平均得分", "最高得分", "最低得分")
    widths = (*((24,) if first else ()), 24 if first else 28, 14, 14, 20, *((30, 30) if first else (40, 40)))
    table = Table(f"各{scope.scheme.words.component}得分情况", (heads,), tuple(rows), widths)
    return [table, *_strictest(scope)]


def _of_way(results: Sequence[UnitResult], part: Component) -> Scored:
    found = [(result, result.components[part.id].score) for result in results if part.id in result.components]
    return [(result, score) for result, score in found if score is not None]


def _way_row(scope: Scope, part: Component, scored: Scored) -> tuple[str, ...]:
    values = [score for _, score in scored]
    ends = (max(values), min(values))
    told = [f"{score_text(scope.scheme, end)}（{_who(scope, scored, end, 2)}）" for end in ends]
    return part.name, exact.plain(scope.scheme.full_of(part.id)), str(len(scored)), two(mean(values)), *told


def _strictest(scope: Scope) -> list[Text]:
    """Which 考核方式 gives most and which least, over the units that have them all: else unlike units would be compared."""
    scheme, found = scope.scheme, []
    for kind in scope.kinds:
        whole = [result for result in kind.results if result.score is not None and not result.inherited]
        rates = {part: [_rate_in(result, part.id) for result in whole] for part in scheme.counted}
        means = {part: mean([v for v in values if v is not None]) for part, values in rates.items() if any(values)}
        if len(whole) < 2 or len(means) < 2 or len({two(value) for value in means.values()}) < 2:
            continue
        high, low = max(means, key=lambda p: means[p]), min(means, key=lambda p: means[p])
        scored = "已出得分的" if len(whole) < len(kind.results) else ""
        text = (
            f"按{len(whole)}{scheme.words.measure}{scored}{kind.name or scope.called}计，平均得分率最高的{scheme.words.component}为"
            f"{high.name}（{two(means[high])}%），最低的为{low.name}（{two(means[low])}%）。"
        )
        found.append(Text(text, cites(high, low)))
    return found


def _rate_in(result: UnitResult, component: str) -> Fraction | None:
    part = result.components.get(component)
    return rate(part) if part else None


def apart(scope: Scope) -> list[Block]:
    """Where 考核方式 differ most about one unit: in their scores, item by item, and the unit's own sheet."""
    return [*_widest(scope), *_items_apart(scope), *_self(scope)]


def _widest(scope: Scope) -> list[Text]:
    scheme, spreads = scope.scheme, []
    for result in scope.marked:
        rates = {part: value for part in scheme.counted if (value := _rate_in(result, part.id)) is not None}
        if len(rates) == len(scheme.counted) > 1:
            high, low = max(rates, key=lambda p: rates[p]), min(rates, key=lambda p: rates[p])
            spreads.append((rates[high] - rates[low], result.unit, high, low, rates))
    most = max((spread[0] for spread in spreads), default=Fraction(0))
    if len(spreads) < 2 or not most:
        return []
    told = [
        f"{unit}（{high.name}{two(rates[high])}%、{low.name}{two(rates[low])}%，相差{two(gap)}个百分点）"
        for gap, unit, high, low, rates in spreads
        if gap == most
    ]
    text = f"不同{scheme.words.component}得分率相差最大的{scheme.words.unit}为{'、'.join(told[:_MOST])}。"
    return [Text(text, cites(*scheme.counted))]


def _items_apart(scope: Scope) -> list[Block]:
    scheme = scope.scheme
    found = [(result, item) for result in scope.marked for item in profile.differences(scheme, scope.items(result))]
    if not found:
        return []
    units = len({result.unit for result, _ in found})
    more = f"，以下列{_MOST}处" if len(found) > _MOST else ""
    head = f"同一指标不同{scheme.words.component}所评等次相差两档以上的有{len(found)}处，涉及{scope.count(units)}，宜复核{more}："
    lines = []
    for result, item in found[:_MOST]:
        marks = "、".join(f"{scheme.component(name).name}“{grade}”" for name, grade in item.grades.items())
        lines.append(f"{result.unit}{item_name(item.no, item.name)}（{marks}）")
    rests = cites(*scheme.counted)
    if len(lines) == 1:
        return [Text(f"{head.rstrip('：')}：{lines[0]}。", rests)]
    return [Text(head, rests), *numbered([Text(f"{line}。", rests) for line in lines])]


def _self(scope: Scope) -> list[Text]:
    """The unit's own score beside the official one, where both are there and on one scale."""
    scheme = scope.scheme
    gaps = [
        (gap, result, result.components[component])
        for result in scope.marked
        for component, gap in profile.self_difference(result)
        if result.components[component].full == scheme.base
    ]
    if not gaps:
        return []
    names = "、".join(dict.fromkeys(part.name for *_, part in gaps))
    widest = max(gaps, key=lambda entry: abs(entry[0]))
    text = f"可与综合得分比对的{names}有1{scheme.words.measure}：{_gap(scope, *widest)}"
    if len(gaps) > 1:
        text = (
            f"可与综合得分比对的{names}有{len(gaps)}{scheme.words.measure}，{_above(scope, [gap for gap, *_ in gaps])}"
        )
        text += f"，相差最大的为{_gap(scope, *widest)}" if widest[0] else ""
    beside = [part for part in scheme.components if not part.counted]
    return [Text(f"{text}。{names}不计入得分。", cites(*beside))]


def _above(scope: Scope, gaps: Sequence[Fraction]) -> str:
    above = sum(gap > 0 for gap in gaps)
    if above in (0, len(gaps)):
        return f"均{'' if above else '不'}高于综合得分"
    return f"高于综合得分的{above}{scope.scheme.words.measure}"


def _gap(scope: Scope, gap: Fraction, result: UnitResult, part: ComponentResult) -> str:
    """ "台山市（自查自评94.47分，综合得分86.14分，高8.33分）"."""
    scheme = scope.scheme
    own, official = (score_text(scheme, value or Fraction(0)) for value in (part.score, result.score))
    differs = f"{'高' if gap > 0 else '低'}{score_text(scheme, abs(gap))}分" if gap else "二者相同"
    return f"{result.unit}（{part.name}{own}分，综合得分{official}分，{differs}）"

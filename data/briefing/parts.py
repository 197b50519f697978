"""What scores are made of: 考核方式得分构成, and the items in which units together are weakest (共性短板)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from data.briefing.brief import ROWS, Brief, cut, halves, paged
from data.briefing.model import Bar, Chart, Page
from scoring import exact
from scoring.elements import Group, Indicator
from scoring.profile import items, weakest
from scoring.results import UnitResult

WEAKEST = 6
"""So many items are shown, weakest first."""
ITEM = 18
"""Letters of an item's name on a chart."""


def composition(brief: Brief) -> Iterator[Page]:
    """Each unit's total as the sum of its 考核方式. Nothing to see where there is one, or none is weighed."""
    scheme, number = brief.scheme, 0
    if scheme.judged or len(scheme.counted) < 2:
        return
    for group in scheme.marked_groups:
        units = brief.ranked(r for r in brief.results.group(group.id) if r.before_bonus is not None)
        for at, part in enumerate(halves(units, ROWS) if units else (), 1):
            number += 1
            pages = -(-len(units) // ROWS)
            yield _composed(brief, group, paged("parts", number), part, (at, pages), units)


def _composed(
    brief: Brief,
    group: Group,
    key: str,
    units: Sequence[UnitResult],
    part: tuple[int, int],
    everyone: Sequence[UnitResult],
) -> Page:
    scheme = brief.scheme
    whole = sum((full for full in scheme.weights.values()), Fraction(0))
    bars = tuple(
        Bar(
            brief.key(result.unit), brief.called(result.unit), tuple(values := _shares(brief, result)),
            tuple(exact.fixed(value) for value in exact.closing(dict(enumerate(values))).values()),
            brief.grade(result), f"合计{exact.fixed(sum(values, Fraction(0)))}",
        )
        for result in units
    )  # fmt: skip
    weights = "、".join(f"{c.name}{exact.shown(scheme.weights[c.id], 2)}" for c in scheme.counted)
    cites = tuple(dict.fromkeys(component.basis for component in scheme.counted))
    several = f"·{group.name}" if len(scheme.marked_groups) > 1 else ""
    several += f"（{part[0]}/{part[1]}）" if part[1] > 1 else ""
    chart = Chart("stacked", tuple(c.name for c in scheme.counted), bars, high=scheme.base)
    return Page(
        key, f"得分构成{several}", _means(brief, everyone), cites, chart=chart,
        notes=(
            f"各段为{scheme.words.component}得分折入总分的分数，权重{weights}（合计{exact.shown(whole, 2)}），不含加分和扣分。",
            *(f"{brief.called(r.unit)}：{_raw(brief, r)}。" for r in units),
            f"依据：{'、'.join(cites)}。",
        ),
        reveals=len(units) > 1,
    )  # fmt: skip


def _shares(brief: Brief, result: UnitResult) -> list[Fraction]:
    """What each component brings to the total before bonuses: the parts add up to ``before_bonus``."""
    scheme = brief.scheme
    if scheme.combine == "add":
        factor = scheme.total.on / scheme.total.full if scheme.total else Fraction(1)
        return [(result.components[c.id].exact or Fraction(0)) * factor for c in scheme.counted]
    whole = sum(scheme.weights.values(), Fraction(0))
    return [(result.components[c.id].exact or Fraction(0)) * scheme.weights[c.id] / whole for c in scheme.counted]


def _raw(brief: Brief, result: UnitResult) -> str:
    return "、".join(
        f"{part.name}{exact.shown(part.exact, 2)}分"
        for part in result.components.values()
        if part.counted and part.exact is not None
    )


def _means(brief: Brief, units: Sequence[UnitResult]) -> str:
    """Which component is on the mean the highest and which the lowest, in parts of its full marks."""
    scheme = brief.scheme
    means = []
    for component in scheme.counted:
        scores = [r.components[component.id].exact or Fraction(0) for r in units]
        means.append((sum(scores, Fraction(0)) / len(scores) / scheme.full_of(component.id) * 100, component.name))
    high, low = max(means, key=lambda pair: pair[0]), min(means, key=lambda pair: pair[0])
    word = "平均得分率" if any(scheme.full_of(c.id) != 100 for c in scheme.counted) else "平均分"
    unit = "%" if word == "平均得分率" else "分"
    if high[0] == low[0]:
        return f"各{scheme.words.component}{word}相同，均为{exact.fixed(high[0])}{unit}"
    return f"{word}{high[1]}最高（{exact.fixed(high[0])}{unit}），{low[1]}最低（{exact.fixed(low[0])}{unit}）"


@dataclass(frozen=True)
class Weak:
    """One item over the units that were marked in it: the mean of their points out of 100, and who is below it."""

    row: Indicator
    mean: Fraction
    marked: tuple[tuple[UnitResult, Fraction], ...]


def weaknesses(brief: Brief) -> Iterator[Page]:
    """The items with the lowest 得分率 over all units of one table. One unit alone has no weakness in common."""
    number = 0
    for name, units in _tables(brief):
        found = weak_items(brief, units)
        if len(units) < 2 or len(found) < 2 or found[0].mean == found[-1].mean:
            continue
        number += 1
        yield _weak_page(brief, paged("weak", number), name, found)


def _tables(brief: Brief) -> Iterator[tuple[str, list[UnitResult]]]:
    """Units by the table they are marked in: all together, or each group that has items of its own."""
    groups = [group for group in brief.scheme.marked_groups if brief.results.group(group.id)]
    if any(group.indicators for group in groups):
        for group in groups:
            yield group.name if len(groups) > 1 else "", brief.listed(brief.results.group(group.id))
    elif groups:
        yield "", brief.listed(brief.marked)


def weak_items(brief: Brief, units: Sequence[UnitResult]) -> list[Weak]:
    """Items that at least two units were marked in, weakest first, equal ones in the table's order."""
    if not units:
        return []
    marked: dict[int, list[tuple[UnitResult, Fraction]]] = {}
    for result in units:
        for item in items(brief.scheme, result):
            if item.points is not None:
                marked.setdefault(item.no, []).append((result, item.points))
    rows = {row.no: row for row in brief.scheme.indicators_of(units[0].group)}
    found = [
        Weak(rows[no], sum((points for _, points in told), Fraction(0)) / len(told), tuple(told))
        for no, told in marked.items()
        if len(told) > 1 and not rows[no].only
    ]
    return sorted(found, key=lambda weak: (weak.mean, weak.row.no))


def _weak_page(brief: Brief, key: str, name: str, found: Sequence[Weak]) -> Page:
    shown = [weak for weak in found[:WEAKEST] if weak.mean < 100]
    first = shown[0]
    bars = tuple(
        Bar(
            f"i{weak.row.no}",
            cut(f"{weak.row.no}. {weak.row.name}", ITEM),
            (weak.mean,),
            (f"{exact.fixed(weak.mean)}%",),
        )
        for weak in shown
    )
    same = [weak for weak in found if weak.mean == first.mean]
    least = f"“{cut(first.row.name, ITEM)}”" + (f"等{len(same)}项" if len(same) > 1 else "")
    message = f"{least}得分率最低，平均{exact.fixed(first.mean)}%"
    cites = tuple(dict.fromkeys(cite for weak in shown for cite in weak.row.cite))
    return Page(
        key, f"共性短板{f'·{name}' if name else ''}", message, cites,
        chart=Chart("ranked", ("平均得分率",), bars, unit="%"),
        notes=(
            *(_who(brief, weak) for weak in shown),
            f"得分率为各{brief.scheme.words.units}该项得分的平均，满分为100%。依据：{'、'.join(cites)}。",
        ),
    )  # fmt: skip


def _who(brief: Brief, weak: Weak) -> str:
    least = min(points for _, points in weak.marked)
    who = [result for result, points in weak.marked if points == least]
    return f"{weak.row.no}. {weak.row.name}：最低{exact.shown(least, 2)}%，{brief.some(who, 8)}。"


def weak_page(brief: Brief, result: UnitResult, key: str, topic: str) -> Page | None:
    """The items in which one unit is weakest; None where all are alike or nothing was marked item by item."""
    rows = {row.no: row for row in brief.scheme.indicators_of(result.group)}
    found = [(item.points, item.no) for item in weakest(items(brief.scheme, result)) if item.points is not None]
    if not found:
        return None
    bars = tuple(
        Bar(f"i{no}", cut(f"{no}. {rows[no].name}", ITEM), (points,), (f"{exact.shown(points, 2)}%",))
        for points, no in found[:WEAKEST]
    )
    cites = tuple(dict.fromkeys(cite for _, no in found[:WEAKEST] for cite in rows[no].cite))
    least, name = found[0][0], cut(rows[found[0][1]].name, ITEM)
    several = f"等{same}项" if (same := sum(points == least for points, _ in found)) > 1 else ""
    return Page(
        key, topic, f"失分较多的是“{name}”{several}，得分率{exact.shown(least, 2)}%", cites,
        chart=Chart("ranked", ("得分率",), bars, unit="%"),
        notes=(*(f"{no}. {rows[no].name}：{exact.shown(points, 2)}%。" for points, no in found), f"依据：{'、'.join(cites)}。"),
    )  # fmt: skip

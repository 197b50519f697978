"""二、指标分析 of the 考核情况报告, its items: 得分率, strong and weak ones, common weaknesses, items that divide nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction

from data.papers.paper import Block, Table, Text
from data.papers.report_scope import Kind, Scope, item_name, mean, numbered, those, two
from data.papers.words import cites
from scoring.elements import Indicator
from scoring.exact import shown
from scoring.firmness.redundancy import constant, same

ENDS = 3
"""So many of the strongest and weakest items are named, and of each unit's weakest counted."""
HALF = Fraction(1, 2)
"""The part of the units among whose weakest an item must be to be called a common weakness (共性短板)."""
COUNTED = "只计得分率低于本对象最高、最低得分率中点的；同为最低的全部计入，其余得分率相同的按指标序号取满为止"
"""Which items of a unit are its weakest (``profile.weakest``): ties behind the worst are broken by the item's number."""
_MOST = 5


class Row:
    """One item of a table with the units marked on it: unit → points out of 100."""

    def __init__(self, item: Indicator, points: dict[str, Fraction]) -> None:
        self.item, self.points = item, points

    @property
    def mean(self) -> Fraction:
        """Its 得分率 over those units."""
        return mean(list(self.points.values()))


def rows_of(scope: Scope, kind: Kind) -> list[Row]:
    """The items of a table in its order, those nobody is marked on left out."""
    found: dict[int, dict[str, Fraction]] = {}
    for result in kind.results:
        for item in scope.items(result):
            if item.points is not None:
                found.setdefault(item.no, {})[result.unit] = item.points
    return [Row(row, found[row.no]) for row in scope.scheme.indicators_of(kind.group) if row.no in found]


def items(scope: Scope) -> list[Block]:
    """Categories and items by 得分率, a table of items at the end."""
    blocks: list[Block] = []
    for kind in scope.kinds:
        rows = rows_of(scope, kind)
        if rows:
            blocks += [*_categories(scope, kind), *_ends(scope, kind, rows), _table(scope, kind, rows)]
    return blocks


def weaknesses(scope: Scope) -> list[Block]:
    """What at least half of the units have among their weakest items."""
    found: list[Block] = []
    for kind in scope.kinds:
        asked = [result for result in kind.results if any(item.points is not None for item in scope.items(result))]
        if len(asked) < 2:
            continue
        counts = Counter(item.no for result in asked for item in scope.weakest(result, ENDS))
        rows = {row.item.no: row for row in rows_of(scope, kind)}
        common = [(no, n) for no, n in counts.most_common() if n >= 2 and Fraction(n, len(asked)) >= HALF]
        words = scope.scheme.words
        texts = [
            Text(
                f"{item_name(no, rows[no].item.name)}：{len(asked)}{words.measure}中有{n}{words.measure}列入，"
                f"平均得分率{two(rows[no].mean)}%。",
                tuple(rows[no].item.cite),
            )
            for no, n in sorted(common, key=lambda pair: (-pair[1], rows[pair[0]].mean, pair[0]))[:_MOST]
        ]
        if texts:
            many = f"有{len(common)}项，以下列{_MOST}项：" if len(common) > _MOST else "："
            head = f"半数以上{kind.name or scope.called}列入各自得分率最低{ENDS}项的指标（{COUNTED}）{many}"
            found += [Text(head, _table_cite(rows.values())), *numbered(texts)]
    return found


def undivided(scope: Scope) -> list[Block]:
    """Items on which all units have one and the same mark in a 考核方式, and what they weigh together."""
    found: list[Block] = []
    scheme = scope.scheme
    for kind in scope.kinds:
        flat = constant(same(scheme, kind.results, kind.group))
        if not flat:
            continue
        told: dict[tuple[int, str, str], list[str]] = {}
        for each in flat:
            mark = f"“{each.item.mark}”" if isinstance(each.item.mark, str) else f"{shown(each.item.mark, 2)}%"
            told.setdefault((each.item.no, each.item.name, mark), []).append(scheme.component(each.item.component).name)
        lines = [f"{item_name(no, name)}（{'、'.join(parts)}均为{mark}）" for (no, name, mark), parts in told.items()]
        weighs = sum((each.share for each in flat), Fraction(0))
        more = f"等{len(lines)}项" if len(lines) > _MOST else ""
        text = (
            f"各{kind.name or scope.called}所评相同、未拉开差距的指标：{'、'.join(lines[:_MOST])}{more}；"
            f"合计占总权重{two(100 * weighs)}%。"
        )
        found.append(Text(text, cites(*([scheme.item_weights] if scheme.item_weights else []), *scheme.counted)))
    return found


def _categories(scope: Scope, kind: Kind) -> list[Block]:
    """Each category with its mean, and who is highest and lowest in it where there are several units."""
    points: dict[str, list[tuple[str, Fraction]]] = {}
    for result in kind.results:
        for name, value in result.categories.items():
            if value is not None:
                points.setdefault(name, []).append((result.unit, value))
    order = dict.fromkeys(row.path[0] for row in scope.scheme.indicators_of(kind.group))
    there = [(name, points[name]) for name in order if name in points]
    if len(there) < 2:
        return []
    if len(kind.results) == 1:
        rows = tuple((name, two(values[0][1])) for name, values in there)
        return [Table("各类指标得分率", (("类别", "得分率（%）"),), rows, (106, 50))]
    heads = ("类别", f"{scope.called}数", "平均得分率（%）", "最高（%）", "最低（%）")
    told = tuple(_category(scope, name, values) for name, values in there)
    return [Table(f"{kind.name}各类指标得分率", (heads,), told, (40, 14, 28, 37, 37))]


def _category(scope: Scope, name: str, values: Sequence[tuple[str, Fraction]]) -> tuple[str, ...]:
    only = [value for _, value in values]
    ends = [
        f"{two(end)}（{those(scope.scheme, [unit for unit, value in values if value == end])}）"
        for end in (max(only), min(only))
    ]
    return name, str(len(values)), two(mean(only)), *(ends if min(only) != max(only) else ("相同", "相同"))


def _ends(scope: Scope, kind: Kind, rows: Sequence[Row]) -> list[Text]:
    """The items with the highest and the lowest 得分率, of those that at least half of the units are marked on."""
    most = max(len(row.points) for row in rows)
    kept = [row for row in rows if Fraction(len(row.points), most) >= HALF]
    if len(kept) < 2:
        return []
    what = "得分率" if len(kind.results) == 1 else "平均得分率"
    only = f"（只比较半数以上{kind.name or scope.called}有评分的）" if len(kept) < len(rows) else ""
    name = f"{kind.name}：" if kind.name else ""
    ordered = sorted(kept, key=lambda row: (row.mean, row.item.no))
    if ordered[0].mean == ordered[-1].mean:
        return [Text(f"{name}{len(kept)}项指标{only}{what}均为{two(kept[0].mean)}%。", _table_cite(kept))]
    middle = (ordered[0].mean + ordered[-1].mean) / 2
    best = sorted((row for row in ordered if row.mean > middle), key=lambda row: (-row.mean, row.item.no))
    worst = [row for row in ordered if row.mean < middle]
    text = f"{name}{len(kept)}项指标{only}中，{what}较高的为{_some(best)}；较低的为{_some(worst)}。"
    return [Text(text, _table_cite(kept))]


def _some(rows: Sequence[Row]) -> str:
    """From one end, as many 得分率 as make three items; of many items that share one the first three and how many."""
    told, count = [], 0
    for value in dict.fromkeys(row.mean for row in rows):
        if count >= ENDS:
            break
        same_value = [row for row in rows if row.mean == value]
        names = [item_name(row.item.no, row.item.name) for row in same_value[:ENDS]]
        more = f"等{len(same_value)}项" if len(same_value) > ENDS else ""
        each = "均为" if len(same_value) > 1 else ""
        told.append(f"{'、'.join(names)}{more}（{each}{two(value)}%）")
        count += len(same_value)
    return "、".join(told)


def _table(scope: Scope, kind: Kind, rows: Sequence[Row]) -> Table:
    indicator = scope.scheme.words.indicator
    if len(kind.results) == 1:
        only = tuple((str(row.item.no), row.item.path[0], row.item.name, two(row.mean)) for row in rows)
        heads: tuple[str, ...] = ("序号", "类别", indicator, "得分率（%）")
        return Table("各项指标得分率", (heads,), only, (12, 30, 90, 24), left=3)
    told = []
    for row in rows:
        low, high = min(row.points.values()), max(row.points.values())
        who = those(scope.scheme, [unit for unit, value in row.points.items() if value == low])
        lowest = f"{two(low)}（{who}）" if low != high or len(row.points) == 1 else "相同"
        told.append((str(row.item.no), row.item.path[0], row.item.name, two(row.mean), lowest))
    heads = ("序号", "类别", indicator, "平均得分率（%）", "最低（%）")
    return Table(f"{kind.name}各项指标得分率", (heads,), tuple(told), (12, 24, 58, 22, 40), left=3)


def _table_cite(rows: Iterable[Row]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(clause for row in rows for clause in row.item.cite))

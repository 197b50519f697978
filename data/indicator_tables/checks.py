"""Does a table add up? Branches against their headings, sums against their rows, the whole against a hundred; names told apart."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction

from data.indicator_tables.model import IndicatorTable, Item, Node, Sum, total
from data.indicator_tables.problems import told
from data.sheets import words
from scoring import exact

HUNDRED, ONE = Fraction(100), Fraction(1)
MOST_ITEMS = 500
_WHAT = {"bonus": "最多加几分", "deduction": "最多扣几分"}


def check_table(table: IndicatorTable) -> None:
    """Decide what the amounts mean, and tell every place where they do not add up. Shares of 1 are brought to 100."""
    _Checks(table).run()


class _Checks:
    def __init__(self, table: IndicatorTable) -> None:
        self.table = table
        self.what = "权重" if self._by_weight() else "分值"

    def _tell(self, code: str, cell: str = "", value: str = "", **values: object) -> None:
        self.table.problems.append(told(code, sheet=self.table.sheet, cell=cell, value=value, **values))

    def run(self) -> None:
        """All of it."""
        table = self.table
        table.measured = "weight" if self.what == "权重" else "points"
        if len(table.items) > MOST_ITEMS:
            self._tell("too-many", most=MOST_ITEMS)
            return
        self._names()
        self._extras()
        if not any(item.amount is not None or item.amount_cell for item in table.items):
            table.measured = "none"
            return
        self._amounts()
        self._mixed()
        self._scale()
        table.relative = self._relative()
        branches = self._branches()
        sums = [self._sum(one) for one in table.sums]
        if not branches and not any(sums) and not self._gaps():
            self._whole()

    def _by_weight(self) -> bool:
        column = next((c for c in self.table.columns if c.number == self.table.amount_column), None)
        amounts = [item for item in self.table.items if item.amount is not None and item.role == "base"]
        shares = bool(amounts) and all(item.percent for item in amounts)
        small = bool(amounts) and total(item.amount for item in amounts) == 1
        return (column is not None and column.role == "weight") or shares or small

    def _names(self) -> None:
        seen: dict[tuple[str, ...], Item] = {}
        for item in self.table.items:
            key = (*map(words.key, item.path), words.key(item.name))
            if key in seen:
                parent = " → ".join(item.path) or "全表"
                self._tell("duplicate-name", item.cell, item.name, name=item.name, other=seen[key].cell, parent=parent)
            seen.setdefault(key, item)

    def _gaps(self) -> bool:
        return any(item.amount is None for item in self.table.of("base"))

    def _amounts(self) -> None:
        for item in self.table.items:
            if item.role == "base" and item.amount is None and not item.amount_cell:
                self._tell("amount-empty", item.cell, item.name, name=item.name, what=self.what)
            elif item.role == "base" and item.amount == 0:
                self._tell("amount-zero", item.amount_cell, "0", name=item.name, what=self.what)

    def _extras(self) -> None:
        """加分项 and 扣分项 must say how much at most, whether or not the others have amounts."""
        for item in self.table.items:
            if item.role != "base" and not item.amount and item.amount_cell != "?":
                self._tell(
                    "amount-empty", item.amount_cell or item.cell, item.name, name=item.name, what=_WHAT[item.role]
                )

    def _mixed(self) -> None:
        """Percentages among plain numbers."""
        base = [item for item in self.table.of("base") if item.amount is not None]
        odd = [item for item in base if item.percent]
        if odd and len(odd) < len(base):
            minority = odd if len(odd) * 2 <= len(base) else [item for item in base if not item.percent]
            for item in minority:
                shown = exact.plain(item.amount or Fraction(0)) + ("%" if item.percent else "")
                other = "不是百分数" if item.percent else "是百分数"
                self._tell("percent-mixed", item.amount_cell, shown, name=item.name, other=other)

    def _scale(self) -> None:
        """Shares written as parts of 1 become parts of 100."""
        if self.what != "权重":
            return
        base = [item for item in self.table.of("base") if item.amount is not None]
        if base and all(not item.percent and (item.amount or 0) <= 1 for item in base):
            for item in self.table.items:
                item.amount = None if item.amount is None else item.amount * 100
            for one in self.table.sums:
                one.amount = one.amount * 100 if one.amount <= 2 else one.amount
        if self.table.nodes and all(not node.percent and node.amount <= 1 for node in self.table.nodes):
            for node in self.table.nodes:
                node.amount *= 100

    def _below(self, node: Node) -> list[Item]:
        return [item for item in self.table.items if (*item.path, item.name)[: len(node.path)] == node.path]

    def _kids(self, node: Node) -> list[Fraction | None]:
        """The amounts right under a category: of its categories and its items."""
        items = [item.amount for item in self.table.items if item.path == node.path]
        inner = {item.path[: len(node.path) + 1] for item in self._below(node) if len(item.path) > len(node.path)}
        given = {one.path: one.amount for one in self.table.nodes}
        return [*items, *(given.get(path) for path in sorted(inner))]

    def _relative(self) -> bool:
        """Whether weights are shares within their category: what is right under each makes a hundred, not its own weight."""
        tops = [node for node in self.table.nodes if len(node.path) == 1]
        every = {item.path[0] for item in self.table.of("base") if item.path}
        kids = [(node.amount, self._kids(node)) for node in self.table.nodes]
        if self.what != "权重" or len(tops) < 2 or {node.path[0] for node in tops} < every:
            return False
        if any(amount is None for _, amounts in kids for amount in amounts):
            return False
        near_own = sum(abs(total(amounts) - own) < abs(total(amounts) - HUNDRED) for own, amounts in kids)
        return near_own * 2 < len(kids)

    def _branches(self) -> bool:
        """Whether any heading disagrees with what stands under it."""
        found = False
        for node in self.table.nodes:
            items = self._below(node)
            have = total(self._kids(node)) if self.table.relative else total(item.amount for item in items)
            wanted = HUNDRED if self.table.relative else node.amount
            if not items or have == wanted or any(item.amount is None for item in items):
                continue
            if all(item.role != "base" for item in items) and have > wanted:
                continue  # 加分项（最高10分）: several, together never more
            found = True
            values = {
                "name": node.path[-1],
                "number": exact.plain(have),
                "gap": gap(have, wanted),
                "count": len(items),
                "what": self.what,
            }
            if self.table.relative:
                self._tell("branch-share", node.cell, exact.plain(node.amount), wanted="100", **values)
            else:
                self._tell("branch-differs", node.cell, exact.plain(node.amount), **values)
        return found

    def _sum(self, one: Sum) -> bool:
        """Whether a sum's row disagrees with every run of rows that it may stand for."""
        if any(self._agrees(one, first) for first in one.starts):
            return False
        items = self.table.items[one.starts[0] : one.last]
        base = (
            self.table.base if self.table.relative and one.whole else total(i.amount for i in items if i.role == "base")
        )
        self._tell("sum-differs", one.cell, exact.plain(one.amount), name=one.word, count=len(items), number=exact.plain(base),
                   gap=gap(base, one.amount), what=self.what)  # fmt: skip
        return True

    def _agrees(self, one: Sum, first: int) -> bool:
        items = self.table.items[first : one.last]
        base = total(item.amount for item in items if item.role == "base")
        bonus = total(item.amount for item in items if item.role == "bonus")
        if self.table.relative:
            base = self.table.base if one.whole else base
        return one.amount in (base, base + bonus, total(item.amount for item in items)) or any(
            item.amount is None for item in items
        )

    def _whole(self) -> None:
        base = self.table.base
        if not self.table.of("base"):
            return
        where = f"“{self.table.title or self.table.sheet or '全表'}”{'一级' if self.table.relative else '各项'}"
        told_so = any(one.whole and one.amount == base for one in self.table.sums)
        if self.what == "权重":
            if base != HUNDRED:
                self._tell("weights-wrong", where=where, number=exact.plain(base), wanted="100", gap=gap(base, HUNDRED))
        elif base == 0 or (base % 10 and not (told_so and base.denominator == 1 and base > 110)):
            self._tell("points-odd", where=where, number=exact.plain(base), gap=gap(base, HUNDRED))
        elif base != HUNDRED:
            self._tell("base-other", where=where, number=exact.plain(base))


def gap(have: Fraction, wanted: Fraction) -> str:
    """ "少1" or "多0.01", in the amounts' own unit."""
    return f"{'多' if have > wanted else '少'}{exact.plain(abs(have - wanted))}"


def by_branch(table: IndicatorTable) -> dict[str, Fraction]:
    """What the base items under each category of the first level come to, in the table's order."""
    found: dict[str, Fraction] = defaultdict(Fraction)
    for item in table.of("base"):
        found[item.path[0] if item.path else item.name] += item.amount or Fraction(0)
    return dict(found)

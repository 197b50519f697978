"""The rows of one table → its items with their full paths, headings with amounts, sums and notes; and what cannot be read."""

from __future__ import annotations

import re
from fractions import Fraction

from data.indicator_tables.heads import Block
from data.indicator_tables.lines import Line, Lines
from data.indicator_tables.model import KIND, Answers, Column, IndicatorTable, Item, ItemRole, Node, Sum
from data.indicator_tables.spelling import (
    Named,
    amount_of,
    first_clause,
    is_sum,
    is_veto,
    most_in,
    named,
    of_both,
    role_of,
    signed,
    upto,
)
from data.sheets import words
from data.sheets.grid import Cell, a1
from scoring import exact

_PLAIN = "plain"
_BRACKETED = re.compile(r"\([^()]*\)")
_BAD = re.compile("通报|批评|约谈|问责|处分|发生|事故|舆情|弄虚作假|虚报|未|不力|违")


def read_rows(block: Block, table: IndicatorTable, answers: Answers) -> None:
    """Fill the table from its block."""
    _Rows(block, table, answers).read()


class _Rows(Lines):
    def read(self) -> None:
        """Everything, row by row."""
        self._formulas()
        self._crossed()
        lines = self._lines()
        depths = self._outline([line for line in lines if isinstance(line, Line)]) if len(self.path) == 1 else {}
        for index, line in enumerate(lines):
            if isinstance(line, Line):
                after = next((one for one in lines[index + 1 :] if isinstance(one, Line)), None)
                self._line(line, after, depths)
            elif line[0] == "sum":
                self._sum(line[1])
            else:
                self._continued(line[1])
        self._merged_amounts()
        self._conflicts()

    def _outline(self, lines: list[Line]) -> dict[int, int]:
        """Depths of the lines of a table with one column of names, by the styles of their numerals."""
        styles = {line.row: self._style(line) for line in lines if not line.wide}
        if len(set(styles.values())) < 2:
            return {}
        stack: list[str] = []
        depths = {}
        for row, style in styles.items():
            if style in stack:
                del stack[stack.index(style) + 1 :]
            else:
                stack.append(style)
            depths[row] = len(stack) - 1
        return depths

    def _style(self, line: Line) -> str:
        if line.name.style:
            return line.name.style
        serial = line.own.get(self.serial.number, "") if self.serial else ""
        return named(serial).style or _PLAIN

    def _line(self, line: Line, after: Line | None, depths: dict[int, int]) -> None:
        depth = depths.get(line.row, line.depth)
        below = depths.get(after.row, after.depth) if after and not after.wide else -1
        top_below = min([below, *(at for at, _, _ in after.above)]) if after and not after.wide else -1
        heading = line.wide or (below > depth and top_below > depth)
        if line.wide:
            self._section(line)
            return
        if depths:
            self.here = self.here[:depth]
            self.section = [] if depth == 0 and line.name.style.startswith("cn") else self.section
        for at, name, cell in line.above:
            self._enter(at, name, cell, line)
        if depth == 0 or (line.above and line.above[0][0] == 0):
            self.branch = len(self.table.items)
        if heading:
            self._enter(depth, line.name, line.cell, line)
            return
        self._item(line, depth)

    def _section(self, line: Line) -> None:
        """A line over the whole width heads what follows: 一、产业兴旺（25分）, 加分项."""
        self.section, self.here = [line.name.name], []
        self.branch = len(self.table.items)
        amount = self._own_amount(line, line.name)
        if amount:
            self.table.nodes.append(Node((line.name.name,), amount[0], amount[2], amount[1]))

    def _enter(self, depth: int, name: Named, cell: str, line: Line) -> None:
        """A category begins here, or goes on where its name is only written again."""
        same = len(self.here) > depth and self.here[depth] == name.name
        self.here = (
            [*self.here[:depth], *[""] * (depth - len(self.here)), name.name] if not same else self.here[: depth + 1]
        )
        path = (*self.section, *filter(None, self.here))
        amount = self._node_amount(depth, name, cell, line)
        if amount and not (same and any(node.path == path for node in self.table.nodes)):
            self.table.nodes.append(Node(path, amount[0], amount[2], amount[1]))

    def _node_amount(self, depth: int, name: Named, cell: str, line: Line) -> tuple[Fraction, bool, str] | None:
        """A category's amount: in its name, in the column of amounts right of its level, or on its own row."""
        if name.amount is not None:
            return name.amount, name.percent, cell
        right = self.path[depth].number if depth < len(self.path) else self.name.number
        after = self.path[depth + 1].number if depth + 1 < len(self.path) else 0
        for column in self.heads:
            if right < column.number < after and column.number in line.own:
                return self._read(line.row, column, name.name)
        return self._own_amount(line, name) if cell == line.cell else None

    def _own_amount(self, line: Line, name: Named) -> tuple[Fraction, bool, str] | None:
        if name.amount is not None:
            return name.amount, name.percent, line.cell
        columns = [c for c in self.table.amount_columns if c.number in line.own]
        return self._read(line.row, columns[0], name.name) if columns else None

    def _read(self, row: int, column: Column, name: str) -> tuple[Fraction, bool, str] | None:
        cell = self.grid.at(row, column.number)
        if self._unread(cell, row, column.number):
            return None
        found = amount_of(cell.text)
        if found is None:
            self._tell("amount-text", a1(row, column.number), cell.text, name=name, what=self.what)
            return None
        return found[0], found[1], a1(row, column.number)

    def _unread(self, cell: Cell, row: int, column: int) -> bool:
        if cell.kind in ("formula", "error"):
            self._tell("formula-without-value" if cell.kind == "formula" else "cell-error", a1(row, column), cell.text)
        return cell.kind in ("formula", "error")

    def _item(self, line: Line, depth: int) -> None:
        self.here = self.here[:depth]
        missing = [
            self.path[at].head
            for at in range(depth)
            if len(self.path) > 1 and (at >= len(self.here) or not self.here[at])
        ]
        path = (*self.section, *filter(None, self.here))
        if any(map(is_veto, (*path, line.name.name))) and not self._paid(line):
            self.table.notes.append("　".join([*path[-1:], *map(words.tidy, line.own.values())]))
            return
        item = Item(line.row, path, line.name.name, line.cell)
        self._texts(item, line.own)
        self.part = item.part = item.part or self.part
        self._shorten(item)
        item.role = self._role(item, line)
        if missing and not self.section and item.role == "base":
            self._missing(item, missing)
        self._amount(item, line)
        self._bound(item)
        self.inner[id(item)] = line.name.amount
        self.table.items.append(item)

    def _paid(self, line: Line) -> bool:
        return bool(self.amount and self.amount.number in line.own)

    def _missing(self, item: Item, levels: list[str]) -> None:
        """Levels that nothing fills: an item right under the level above is told; one without any is asked for."""
        code = "level-fewer" if item.path else "level-missing"
        above = item.path[-1] if item.path else ""
        self._tell(code, item.cell, item.name, name=item.name, what="、".join(levels), other=above)

    def _role(self, item: Item, line: Line) -> ItemRole:
        kinds = [
            text
            for column in self.table.columns
            if column.role == "kind" and (text := self.grid.at(line.row, column.number).text)
        ]
        over = [*reversed(item.path), self.name.head, self.amount.head if self.amount else ""]
        over += [self.table.sheet, self._heading()]
        role = role_of([*kinds, item.name, *over])
        if role != "base" or not any(map(of_both, [*kinds, *over])):
            return role
        return self._of_both(item, line)

    def _heading(self) -> str:
        """The title, where it says what all items are: one with 另设加分项 in brackets or beside others does not."""
        title = _BRACKETED.sub("", words.clean(self.table.title))
        return "" if re.search("[含及和与另、]", title) and not of_both(title) else title

    def _of_both(self, item: Item, line: Line) -> ItemRole:
        """One of 加减分项: by its sign, its number (+1, -1), its words; as answered, or a guess to be asked about, else."""
        answered = self.answers.get(f"{KIND}-{self.table.id}-{item.row}")
        amount = line.own.get(self.amount.number, "") if self.amount else ""
        serial = line.own.get(self.serial.number, "") if self.serial else ""
        role = signed([amount, serial, item.criterion, item.detail, item.name, item.note])
        if role != "base":
            return role
        item.unsure = True
        guess = "扣分" if _BAD.search(item.name) else "加分"
        return "deduction" if (answered or guess) == "扣分" else "bonus"

    def _shorten(self, item: Item) -> None:
        """A cell of 考核内容及评分标准 is named by its beginning; the whole of it is its criterion."""
        if not re.search("标准|办法|细则", self.name.head):
            return
        whole, item.criterion = item.name, "\n".join(filter(None, [item.name, item.criterion]))
        short = first_clause(whole)
        taken = any(other.name == short and other.path == item.path for other in self.table.items)
        item.name = whole if taken else short

    def _amount(self, item: Item, line: Line) -> None:
        """The item's amount from its column, checked against one in its name."""
        inner = line.name.amount
        cell = self.grid.cells.get((line.row, self.amount.number)) if self.amount else None
        if cell is None or not cell.text.strip() or self.amount is None:
            item.amount, item.percent, item.amount_cell = (
                inner,
                line.name.percent,
                item.cell if inner is not None else "",
            )
            return
        item.amount_cell = a1(line.row, self.amount.number)
        if self._unread(cell, line.row, self.amount.number):
            return
        found, most = amount_of(cell.text), upto(cell.text)
        text = words.clean(cell.text)
        if found and found[0] < 0 and item.role != "deduction":
            item.role = "deduction"
            self._tell("amount-negative", item.amount_cell, text, name=item.name, number=exact.plain(-found[0]))
        elif found and text.startswith("+") and item.role == "base":
            item.role = "bonus"
        if found:
            item.amount, item.percent = abs(found[0]), found[1]
        elif most is not None and item.role != "base":
            item.amount = most
            self._tell("extra-amount", item.amount_cell, text, name=item.name, number=exact.plain(most), what=self.what)
        else:
            self._tell("amount-text", item.amount_cell, text, name=item.name, what=self.what)
            item.amount_cell = "?"

    def _bound(self, item: Item) -> None:
        """An 加分项 or 扣分项 without an amount may say in its criterion how much at most."""
        if item.role == "base" or item.amount is not None or item.amount_cell:
            return
        item.amount = most_in(f"{item.criterion}\n{item.detail}") or self._bound_above(item)
        if item.amount is not None:
            item.amount_cell = item.cell
            self._tell("extra-amount", item.cell, item.criterion or item.detail, name=item.name, what="评分标准",
                       number=exact.plain(item.amount))  # fmt: skip

    def _bound_above(self, item: Item) -> Fraction | None:
        """What the heading of its 加分项 allows in all: 加分项（不超过5分）."""
        return next((node.amount for node in reversed(self.table.nodes) if node.path == item.path), None)

    def _conflicts(self) -> None:
        """Amounts behind names that are not what the columns come to."""
        for item in self.table.items:
            inner = self.inner.get(id(item))
            if inner is not None and item.amount is not None and inner != item.amount and item.role == "base":
                said = exact.plain(item.amount)
                self._tell("amount-conflict", item.amount_cell, said, name=item.name, other=exact.plain(inner))

    def _texts(self, item: Item, own: dict[int, str]) -> None:
        """Criterion and source may be merged over several items: each of them has the words."""
        for column in self.table.columns:
            text = self.grid.at(item.row, column.number).text.strip()
            if not text or column.role not in ("detail", "criterion", "source", "note", "measure", "part"):
                continue
            before = getattr(item, column.role)
            setattr(item, column.role, f"{before}\n{text}" if before and before != text else text)

    def _continued(self, row: int) -> None:
        """A row without a name says more of the item above."""
        own = self.block.own(row)
        amount = next((c for c in self.table.columns if c.number in own and c is self.amount), None)
        texts = {
            c.number: own[c.number]
            for c in self.table.columns
            if c.number in own and c.role in ("criterion", "detail", "note", "source")
        }
        if not amount and not texts and any(not amount_of(text) for text in own.values()):
            self.table.notes.append("　".join(map(words.tidy, own.values())))
        if not self.table.items or (amount and not texts):
            if amount or texts:
                at = amount.number if amount else min(texts)
                self._tell("name-missing", a1(row, at), own[at])
            return
        item = self.table.items[-1]
        for column in self.table.columns:
            if column.number in texts:
                before = getattr(item, column.role)
                setattr(item, column.role, f"{before}\n{texts[column.number]}".strip())
        found = self._read(row, amount, item.name) if amount else None
        if found:
            item.amount = (item.amount or Fraction(0)) + found[0]
            item.amount_cell = item.amount_cell or found[2]
        if texts or found:
            what = "和分值" if found else ""
            self._tell("rows-joined", a1(row, min(own)), name=item.name, what=what)

    def _sum(self, row: int) -> None:
        own = self.block.own(row)
        word = words.clean(next(text for text in own.values() if is_sum(text))).replace(" ", "")
        columns = [c for c in (self.amount, *self.table.amount_columns) if c and c.number in own]
        found = None
        for column in columns:
            if not self._unread(self.grid.at(row, column.number), row, column.number):
                found = amount_of(own[column.number])
                cell = a1(row, column.number)
                break
        inside = named(word, True)
        if found is None and inside.amount is not None:
            found, cell = (inside.amount, inside.percent), a1(row, min(own))
        last = len(self.table.items)
        part = "小计" in word or (self.subtotal == 0 and self.branch > 0 and not _whole(word))
        starts = (max(self.branch, self.subtotal), self.subtotal, self.branch, 0)
        if found:
            known = tuple(dict.fromkeys(starts if part else starts[::-1]))
            self.table.sums.append(Sum(word, found[0], cell, known, last, not part))
        if part:
            self.subtotal = last

    def _merged_amounts(self) -> None:
        """An amount merged over several items tells nothing of each; over all items of a category it is the category's."""
        if self.amount is None:
            return
        rows = {item.row: item for item in self.table.items}
        for span in self.grid.merged:
            if not span[1] <= self.amount.number <= span[3] or span[0] == span[2]:
                continue
            within = [rows[row] for row in rows if span[0] <= row <= span[2]]
            cell = self.grid.cells.get((span[0], span[1]))
            if len(within) < 2 or cell is None:
                continue
            cells = f"{a1(span[0], span[1])}:{a1(span[2], span[3])}"
            self._tell("amount-merged", a1(span[0], span[1]), cell.text, cells=cells, count=len(within), what=self.what)
            for item in within:
                item.amount_cell = "?"


def _whole(word: str) -> bool:
    return any(sign in word for sign in ("合计", "总计", "总分", "共计", "总得分"))

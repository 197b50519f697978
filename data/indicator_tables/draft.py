"""A recognised table and the office's answers → the text of a scheme. What the table says is cited, what was answered assumed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

from data.indicator_tables.model import Answers, IndicatorTable, Item, Reading, absolute, parts_of, total
from data.indicator_tables.questions import (
    APART,
    AS_ITEMS,
    FOLD,
    KEEP,
    LEFT_OUT,
    MARKS,
    NO_GRADES,
    PLACES,
    TABLES,
    TICKS,
    WITHIN,
    bonus_max,
    sum_base,
)
from data.sheets import words
from scoring import exact
from scoring.load import load_scheme
from scoring.scheme_text import SchemeError
from scoring.scheme_write import lettered

Tree = dict[str, Any]

_PART = re.compile(r"(.+?)\s*[:：]?\s*(\d{1,4}(?:\.\d{1,6})?)\s*[%分]?")
_APART = re.compile(r"[、，,;；\n/]+")
_LEAST = 60
HUNDRED = Fraction(100)


class AnswersError(Exception):
    """Answers from which no scheme can be made. ``faults``: (question id, what is wrong and how to mend it) each."""

    def __init__(self, faults: Sequence[tuple[str, str]]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(message for _, message in faults))


def scheme_text_from(reading: Reading, answers: Answers | None = None) -> str:
    """YAML that loads without fault, of the reading's tables. Unanswered questions take their defaults.

    Raises AnswersError for a table that has errors and for answers that fit no scheme, all faults at once.
    """
    if reading.rejected:
        raise AnswersError([("", "指标表还有须改正之处，未生成方案。请按所列问题改正后重新上传")])
    told = {question.id: question.default for question in reading.questions}
    told |= {name: value for name, value in (answers or {}).items() if name in told}
    draft = _Draft(reading, told)
    tree = draft.tree()
    if draft.faults:
        raise AnswersError(draft.faults)
    text = lettered(tree)
    try:
        load_scheme(text, "方案草稿")
    except SchemeError as error:
        raise AnswersError([("", str(fault)) for fault in error.faults]) from None
    return text


class _Draft:
    def __init__(self, reading: Reading, told: Mapping[str, str]) -> None:
        self.tables, self.told = reading.tables, told
        self.faults: list[tuple[str, str]] = []
        self.marks = told["measure"] == MARKS
        self.apart = len(self.tables) > 1 and told.get(TABLES) == APART
        self.of_items = parts_of(self.tables) if self.marks and not self.apart else {}
        self.parts = self._components()
        self.grades = self._listed("grades")
        self.base = sum_base(self.tables) if self.marks else HUNDRED
        if self.marks and told.get("bonus") == AS_ITEMS:
            self.base += max(total(item.amount for item in table.of("bonus")) for table in self.tables)
        self.adds = self.marks and (len(self.parts) == 1 or bool(self.of_items))
        self.cite = [table.cite for table in self.tables]
        self.nos = 0

    def _fault(self, question: str, message: str) -> None:
        self.faults.append((question, message))

    def _listed(self, question: str) -> list[str]:
        text = words.clean(self.told.get(question, "").replace("\n", "、"))
        return [] if text == NO_GRADES else [part.strip() for part in _APART.split(text) if part.strip()]

    def tree(self) -> Tree:
        """The whole scheme as written."""
        year = re.sub(r"\D", "", words.clean(self.told["year"]))
        if year and not re.fullmatch(r"20\d\d", year):
            self._fault("year", f"年份“{self.told['year']}”应写成 2026 这样，或留空")
        title = _line(self.told["title"])
        if not title:
            self._fault("title", "请填写方案名称")
        tree: Tree = {"id": f"own-table-{year}" if year else "own-table", "title": title, "short": title[:16]}
        tree["document"] = {"title": next((table.title for table in self.tables if table.title), title)}
        if self.grades:
            tree["grades"] = self.grades
        tree["groups"] = self._groups()
        tree |= {"combine": "add" if self.adds else "weighted", "components": self._component_rows()}
        tree |= self._folded() | self._ticks() | self._item_weights() | self._rounding()
        if not self.apart:
            tree |= self._categories()
            tree["indicators"] = self._items(self.tables)
        tree |= self._bands()
        tree["rank"] = {
            "by": ["grade", "score"] if self._lines() else ["score"],
            "assumed": "指标表没有写位次；按等次和得分排列，供内部参考",
        }
        return tree | self._extras() | self._doubts()

    def _components(self) -> list[tuple[str, Fraction]]:
        """考核方式 by name with their weights, as answered: 年终考核60、平时考核40."""
        found: list[tuple[str, Fraction]] = []
        for part in self._listed("components"):
            match = _PART.fullmatch(part)
            if match is None:
                self._fault("components", f"考核方式“{part}”应写成“名称和权重”，如 年终考核60")
            else:
                found.append((match[1].strip(), exact.parse(match[2])))
        names = [name for name, _ in found]
        if len(set(names)) < len(names):
            self._fault("components", "考核方式有重名；请改名区分")
        self.of_items = self.of_items if set(names) == set(self.of_items) else {}
        if self.of_items:
            self._own_parts(found)
            return [(name, self.of_items[name]) for name in names]
        whole = sum((weight for _, weight in found), Fraction(0))
        if not found or (whole != 100 and not any(question == "components" for question, _ in self.faults)):
            self._fault("components", f"各考核方式的权重合计为{exact.plain(whole)}，应为100")
        return found or [("考核", HUNDRED)]

    def _own_parts(self, found: Sequence[tuple[str, Fraction]]) -> None:
        """Where the table tells by which 考核方式 each item is assessed, each weighs what its items come to."""
        for name, weight in found:
            have = self.of_items[name]
            if weight != have:
                said = f"表内由“{name}”评定的各项合计{exact.plain(have)}，与所写的{exact.plain(weight)}不符"
                self._fault("components", f"{said}；请照表内合计填写，或改正表后重新上传")

    def _full_of(self, name: str) -> Fraction:
        """Full marks of a 考核方式 whose marks add up."""
        if not self.of_items:
            return self.base
        extra = [item for table in self.tables for item in table.of("bonus") if not self._extra(item)]
        return self.of_items[name] + total(item.amount for item in extra if self._part(item) == name)

    def _part(self, item: Item) -> str:
        """The 考核方式 of an item: its own, else the first."""
        return item.part if item.part in self.of_items else self.parts[0][0]

    def _component_rows(self) -> list[Tree]:
        told = {"cite": self.cite} if self.of_items else {"assumed": "指标表没有写考核方式；由本单位填写"}
        marks = ["points", "total"] if self.marks or self.told["measure"] != TICKS else ["ticks", "points", "total"]
        rows = []
        for number, (name, weight) in enumerate(self.parts, 1):
            share = {"full": exact.plain(self._full_of(name))} if self.adds else {"weight": exact.plain(weight)}
            if self.marks and not self.adds and self.base != HUNDRED:
                share["full"] = exact.plain(HUNDRED)
            rows.append({"id": f"part{number}", "name": name, **share, "marks": marks, **told})
        return rows

    def _groups(self) -> list[Tree]:
        roster = self._roster()
        assumed = "指标表没有写考核对象；组别和名单由本单位填写"
        if self.apart:
            names = [table.title or table.sheet or f"第{n}组" for n, table in enumerate(self.tables, 1)]
            names = [name if names.count(name) == 1 else f"{name}（{n}）" for n, name in enumerate(names, 1)]
        else:
            names = [_line(self.told["group"]) or "考核对象"]
        self._known_groups(roster, names)
        groups = []
        for number, name in enumerate(names, 1):
            units = roster.get(name, roster.get("", []) if len(names) == 1 else [])
            group: Tree = {"id": f"group{number}", "name": name}
            group |= {"units": [{"name": unit} for unit in units]} if units else {}
            if self.apart:
                self.nos = 0
                group["indicators"] = self._items([self.tables[number - 1]])
            groups.append(group | {"assumed": assumed})
        return groups

    def _known_groups(self, roster: Mapping[str, list[str]], names: Sequence[str]) -> None:
        for group in roster:
            if group and group not in names:
                self._fault("roster", f"名单中的组别“{group}”不在方案之内；可用：{'、'.join(names)}")
        if roster.get("") and len(names) > 1:
            self._fault("roster", f"有几个组别时，名单须写成“组别：甲、乙；组别：丙”；组别为：{'、'.join(names)}")
        units = [unit for listed in roster.values() for unit in listed]
        for unit in dict.fromkeys(unit for unit in units if units.count(unit) > 1):
            self._fault("roster", f"名单中“{unit}”写了{units.count(unit)}次；请只留一处，同名单位写全称区分")

    def _roster(self) -> dict[str, list[str]]:
        """Group ("" for lines without one) → units, as typed."""
        found: dict[str, list[str]] = {}
        text = self.told.get("roster", "").replace(":", "：")
        for line in re.split(r"[\n；;]" if "：" in text else r"\n", text):
            group, sign, rest = line.partition("：")
            listed = rest if sign else line
            units = [_line(unit) for unit in _APART.split(listed) if unit.strip()]
            if units:
                found.setdefault(_line(group) if sign else "", []).extend(units)
        return found

    def _items(self, tables: Sequence[IndicatorTable]) -> list[Tree]:
        return [self._item(table, item) for table in tables for item in table.items if self._kept(item)]

    def _kept(self, item: Item) -> bool:
        return not (item.role != "base" and self.told.get(item.role) == LEFT_OUT)

    def _item(self, table: IndicatorTable, item: Item) -> Tree:
        self.nos += 1
        extra = self._extra(item)
        path = [part for part in map(words.tidy, item.path) if part] or [item.name]
        row: Tree = {"no": str(self.nos), "path": path, "name": item.name}
        row |= {"role": item.role} if extra else {}
        kind = "points" if self.marks or extra else "tick" if self.told["measure"] == TICKS else "points"
        row |= {
            "kind": kind,
            "source": item.source,
            "detail": item.detail,
            "criterion": item.criterion,
            "note": item.note,
        }
        row |= self._worth(table, item, extra)
        row = {key: words.tidy(value) if isinstance(value, str) else value for key, value in row.items()}
        return {key: value for key, value in row.items() if value} | {"cite": table.cite}

    def _extra(self, item: Item) -> bool:
        """Whether an item comes on top of the marks or off them."""
        as_item = item.role == "bonus" and self.told.get("bonus") == AS_ITEMS and self.marks
        return item.role != "base" and not as_item

    def _worth(self, table: IndicatorTable, item: Item, extra: bool) -> Tree:
        """Full marks of an item, or its weight among its siblings."""
        amount = item.amount if item.amount is not None else Fraction(0)
        own = next((f"part{n}" for n, (name, _) in enumerate(self.parts, 1) if name == self._part(item)), "part1")
        if extra or self.of_items:
            return {"full": {own: exact.plain(amount)}}
        if self.marks:
            full = exact.plain(absolute(table, item))
            return {"full": {f"part{n}": full for n in range(1, len(self.parts) + 1)}}
        return {"weight": exact.plain(amount)} if item.amount is not None else {}

    def _categories(self) -> Tree:
        """Categories with the marks their headings say, as a check."""
        if not self.adds:
            return {}
        rows = []
        for table in self.tables:
            for node in table.nodes:
                items = [
                    item for item in table.items if (*item.path, "")[: len(node.path)] == node.path and self._kept(item)
                ]
                if items and not table.relative and total(item.amount for item in items) == node.amount:
                    rows.append({"path": list(node.path), "full": exact.plain(node.amount), "cite": table.cite})
        return {"categories": rows} if rows else {}

    def _item_weights(self) -> Tree:
        if self.adds:
            return {}
        nodes = [
            {"path": list(node.path), "weight": exact.plain(node.amount)}
            for table in self.tables
            if table.relative and not self.marks
            for node in table.nodes
        ]
        if all(item.amount is None for table in self.tables for item in table.items):
            return {"item_weights": {"equal": "leaves", "assumed": "指标表没有分值或权重；各项等权"}}
        rule: Tree = {"equal": "full" if self.marks else "leaves"} | ({"nodes": nodes} if nodes else {})
        return {"item_weights": rule | {"cite": self.cite}}

    def _folded(self) -> Tree:
        if not self.adds:
            if self.told.get("base") == KEEP and self.marks:
                self._fault("base", f"几种考核方式按权重合成的，总分为百分制；请选“{FOLD}”，或只写一种考核方式")
            return {}
        if self.base == HUNDRED or self.told.get("base", KEEP) == KEEP:
            return {}
        if any(self._extra(item) and self._kept(item) for table in self.tables for item in table.items):
            self._fault(
                "base",
                f"加分、扣分项按原来的{exact.plain(self.base)}分制写，总分不能折为100分；请选“{KEEP}”，或不列入加分、扣分项",
            )
        words_ = f"指标表分值合计{exact.plain(self.base)}分；由本单位选定折为百分"
        return {"total": {"full": exact.plain(self.base), "on": "100", "assumed": words_}}

    @property
    def _top(self) -> Fraction:
        """Full marks of the official score."""
        return self.base if self.adds and self.told.get("base", KEEP) == KEEP else HUNDRED

    def _lines(self) -> list[Fraction]:
        """Least scores of all grades but the last."""
        texts = self._listed("lines")
        lines = [exact.parse(text.rstrip("分")) for text in texts if re.fullmatch(r"\d{1,4}(\.\d{1,6})?分?", text)]
        if not self.grades or not texts:
            return []
        if len(lines) < len(texts):
            return []
        default = self.told["lines"] == "90、80、70"
        return [line * self._top / 100 for line in lines] if default and self._top != HUNDRED else lines

    def _bands(self) -> Tree:
        if not self.grades:
            return {}
        texts, lines = self._listed("lines"), self._lines()
        if not texts:
            return {"bands": {"assumed": "指标表没有等次线；由本单位选定不划线，等次由评议确定"}}
        if len(lines) != len(texts):
            self._fault("lines", f"等次线“{self.told['lines']}”应是几个数，如 90、80、70")
        elif len(lines) != len(self.grades) - 1:
            self._fault("lines", f"{len(self.grades)}个等次应有{len(self.grades) - 1}条等次线，现有{len(lines)}条")
        elif any(above <= below for above, below in zip(lines, [*lines[1:], Fraction(0)], strict=True)):
            self._fault("lines", "等次线应从高到低，且大于0")
        elif lines[0] > self._top:
            self._fault("lines", f"等次线{exact.plain(lines[0])}高于满分{exact.plain(self._top)}，没有得分能够达到")
        items = [
            {"grade": grade, "min": exact.plain(line)}
            for grade, line in zip(self.grades, [*lines, Fraction(0)], strict=False)
        ]
        return {"bands": {"items": items, "assumed": "指标表没有等次线；由本单位填写"}}

    def _ticks(self) -> Tree:
        """Points of the grades, where items are graded one by one."""
        if self.marks or self.told["measure"] != TICKS:
            return {}
        if len(self.grades) < 2:
            self._fault("grades", "逐项评等次的，至少要有两个等次；请填写等次名称，或改为打分")
            return {}
        texts = self._listed("ticks")
        if texts in ([], ["自动"]):
            points = self._middles()
        else:
            known = [text.rstrip("分") for text in texts]
            points = [exact.parse(text) for text in known if re.fullmatch(r"\d{1,3}(\.\d{1,6})?", text)]
            if len(points) != len(texts) or len(points) != len(self.grades):
                self._fault("ticks", f"折算分应是{len(self.grades)}个数，与等次一一对应，如 95、85、75、60")
        table = {grade: exact.plain(value) for grade, value in zip(self.grades, points, strict=False)}
        return {"ticks": {"points": table, "assumed": "指标表没有写各等次折多少分；取各档的中值，或由本单位填写"}}

    def _middles(self) -> list[Fraction]:
        """The middle of each band; the last grade ten below its line: 95, 85, 75, 60 under 90, 80, 70."""
        lines = self._lines()
        if len(lines) != len(self.grades) - 1:
            step = Fraction(100 - _LEAST, max(len(self.grades) - 1, 1))
            return [HUNDRED - step * n for n in range(len(self.grades))]
        edges = [HUNDRED, *lines]
        return [
            *((high + low) / 2 for high, low in pairwise(edges)),
            max(lines[-1] - 10, Fraction(0)),
        ]

    def _rounding(self) -> Tree:
        places = PLACES.get(self.told["rounding"], "2")
        rule: Tree = {"total": places} if places else {"mode": "none"}
        return {"rounding": rule | {"assumed": "指标表没有写小数位数；由本单位选定"}}

    def _extras(self) -> Tree:
        bonus = bonus_max(self.tables)
        answer = self.told.get("bonus")
        if not bonus or answer == LEFT_OUT or (answer == AS_ITEMS and self.marks):
            return {}
        inside = max(total(item.amount for item in table.of("bonus")) for table in self.tables)
        top = self._top if answer == WITHIN else self._top + bonus
        rule: Tree = {"bonus_max": exact.plain(bonus)} if bonus < inside else {}
        return {
            "extras": rule
            | {"total_max": exact.plain(top), "assumed": f"指标表列有加分项，没有写总分上限；由本单位选定：{answer}"}
        }

    def _doubts(self) -> Tree:
        notes = [{"clause": table.cite, "text": note} for table in self.tables for note in table.notes]
        left = [
            {"clause": table.cite, "text": f"“{item.name}”是{'加' if item.role == 'bonus' else '扣'}分项，未列入本方案"}
            for table in self.tables
            for item in table.items
            if not self._kept(item)
        ]
        return {"doubts": [*notes, *left]} if notes or left else {}


def _line(text: str) -> str:
    """A typed text on one line, its own punctuation kept."""
    return " ".join(words.tidy(text).split())

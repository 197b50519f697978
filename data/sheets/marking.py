"""What a row of a form or table is filled with → one mark, or the problem that stands in its place.

Exactly one of 得分, 实际数值, 完成情况, 考评等次 and 评价意见 may be filled in, one that the item may be marked by.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from data.sheets import ticks, words
from data.sheets.grid import Cell, a1
from data.sheets.measures import is_percent, value_of
from data.sheets.problems import Problem, problem
from data.sheets.scores import doubt, score_of
from data.sheets.ways import Way, answers_of, asked, marked_in, takes, way_words, ways_of
from scoring import exact
from scoring.elements import Component, Indicator
from scoring.marks import Mark
from scoring.scheme import Scheme

Place = tuple[int, int]


@dataclass(frozen=True)
class Given:
    """One cell that may hold a row's mark: by which way (None: the table does not say), the cell, and its place."""

    way: Way | None
    cell: Cell
    place: Place

    @property
    def filled(self) -> bool:
        """Whether anything is written in it."""
        return bool(words.clean(self.cell.text))


@dataclass(frozen=True)
class Line:
    """An item's row: what may hold its mark, its remark and where that stands. ``whose``: unit and component, in words."""

    item: Indicator
    component: Component
    given: tuple[Given, ...]
    remark: str = ""
    remark_place: Place | None = None
    whose: str = ""


class _RefusedError(Exception):
    """A row of which no mark comes; ``problem`` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class Marker:
    """Marks from rows of one sheet. Problems go to ``problems``, in the order in which they are met.

    ``declared``: what the table's title says its numbers are, where a column does not say it.
    """

    def __init__(self, scheme: Scheme, sheet: str, problems: list[Problem], declared: Way | None = None) -> None:
        self.scheme, self.sheet, self.problems, self.declared = scheme, sheet, problems, declared

    def item(self, line: Line) -> Mark | None:
        """The mark of one item's row; None where it has none, which is said unless that is as it should be."""
        try:
            return self._item(line)
        except _RefusedError as refused:
            self.problems.append(refused.problem)
            return None

    def _item(self, line: Line) -> Mark | None:
        filled = [each for each in line.given if each.filled]
        if not marked_in(line.item, line.component):
            self._not_marked_here(line, filled)
            return None
        if self.scheme.combine != "judgement" and (unfit := self._unfit(line, filled)):
            return self._not_applicable(line, unfit, filled)
        if len(filled) > 1:
            raise self._twice(line, filled)
        if not filled:
            raise self._nothing(line)
        return self._one(line, filled[0])

    def total(self, component: Component, given: Given, whose: str, remark: str = "") -> Mark | None:
        """The mark of a row that gives a component's total."""
        full = component.full if component.full is not None else Fraction(100)
        try:
            return self._made(None, given, remark, score=self._number(given, full, whose))
        except _RefusedError as refused:
            self.problems.append(refused.problem)
            return None

    # --- which way

    def _one(self, line: Line, given: Given) -> Mark:
        way = self._way(line, given)
        if way is None:
            what = {"no": line.item.no, "name": line.item.name}
            raise self._refused("way-unclear", given.place, given.cell.text, **what)
        if way == "grade" and (line.item.kind in ("tick", "points") or "ticks" in line.component.marks):
            return self._graded(line, given)
        if way not in ways_of(self.scheme, line.component, line.item):
            raise self._not_this_way(line, given, way)
        read = {"score": self._points, "value": self._value, "answer": self._answer, "opinion": self._opinion}
        return read[way](line, given)

    def _way(self, line: Line, given: Given) -> Way | None:
        if given.way == "score" and "points" not in line.component.marks and self.scheme.combine != "judgement":
            return "grade"
        return given.way or self._told_by_content(line, given.cell)

    def _told_by_content(self, line: Line, cell: Cell) -> Way | None:
        """The way of a cell whose column does not say it; None where a number may be 得分 or 实际数值."""
        ways = ways_of(self.scheme, line.component, line.item)
        if "grade" in ways and ticks.box(cell, self.scheme.grades).state == "grade":
            return "grade"
        if "answer" in ways and self._answer_in(line.item, cell):
            return "answer"
        numeric = [way for way in ways if way in ("score", "value")]
        if "value" in numeric and is_percent(cell):
            return "value"
        if numeric and value_of(cell)[0] is not None:
            return numeric[0] if len(numeric) == 1 else self.declared if self.declared in numeric else None
        return ways[0] if ways else "score" if "points" in line.component.marks else "grade"

    def _answer_in(self, item: Indicator, cell: Cell) -> str | None:
        spelt = words.key(cell.text)
        known = answers_of(self.scheme, item)
        return next((answer for answer in known if words.key(answer) == spelt), None) if cell.kind == "text" else None

    # --- by each way

    def _points(self, line: Line, given: Given) -> Mark:
        full = line.item.full.get(line.component.id, Fraction(100))
        off = line.item.role == "deduction"
        score = self._number(given, full, f"{line.whose}第{line.item.no}项", off)
        return self._made(line.item.no, given, line.remark, score=score)

    def _number(self, given: Given, full: Fraction, whose: str, off: bool = False) -> Fraction:
        """An exact score between 0 and full marks. ``off``: points taken off, written 2 or -2."""
        score, code = score_of(given.cell)
        score = abs(score) if off and score is not None else score
        if score is None:
            raise self._refused(code, given.place, given.cell.text, example=_example(full))
        if score < 0 or score > full:
            code = "below-zero" if score < 0 else "above-full"
            raise self._refused(code, given.place, given.cell.text, whose=whose, full=exact.plain(full))
        self._doubt(given)
        return score

    def _value(self, line: Line, given: Given) -> Mark:
        share = line.item.kind == "ratio" or (line.item.kind == "completion" and not line.item.target)
        value, code = value_of(given.cell, share, bounded=line.item.kind == "ratio")
        if value is None:
            number = exact.plain(value_of(given.cell)[0] or Fraction(0))
            what = {"no": line.item.no, "number": number, "most": exact.plain(Fraction(100))}
            what["example"] = "95" if share else "12"
            raise self._refused(code, given.place, given.cell.text, **what)
        if not share and (value < 0 or is_percent(given.cell)):
            code = "value-negative" if value < 0 else "value-percent"
            self.say(code, given.place, given.cell.text, no=line.item.no, number=exact.plain(value))
        self._doubt(given)
        return self._made(line.item.no, given, line.remark, value=value)

    def _answer(self, line: Line, given: Given) -> Mark:
        answer = self._answer_in(line.item, given.cell)
        if answer is None:
            known = "、".join(answers_of(self.scheme, line.item))
            raise self._refused("unknown-answer", given.place, given.cell.text, no=line.item.no, answers=known)
        return self._made(line.item.no, given, line.remark, answer=answer)

    def _opinion(self, line: Line, given: Given) -> Mark:
        """A row of words alone: the opinion is the mark's remark."""
        return self._made(line.item.no, given, words.tidy(given.cell.text))

    def _graded(self, line: Line, given: Given) -> Mark:
        """A grade's name, or the problem that stands in its place."""
        box = ticks.box(given.cell, self.scheme.grades)
        if box.state == "grade" and "ticks" in line.component.marks:
            return self._made(line.item.no, given, line.remark, grade=box.grade)
        score, code = score_of(given.cell)
        text, named = given.cell.text, self._component(line.component)
        if box.state == "grade":
            raise self._refused("no-ticks-here", given.place, text, **named)
        if score is not None:
            raise self._refused("no-points-here", given.place, text, **named)
        raise self._refused("unknown-grade" if code == "not-a-number" else code, given.place, text)

    # --- what no mark comes of

    def _nothing(self, line: Line) -> _RefusedError:
        """A row left blank: its range, and what it asks for."""
        ways = ways_of(self.scheme, line.component, line.item)
        columns = [each.place for each in line.given if each.way in ways] or [each.place for each in line.given]
        area = a1(*columns[0]) if len(columns) == 1 else f"{a1(*min(columns))}:{a1(*max(columns))}"
        what = asked(self.scheme, line.component, line.item)
        code = "no-opinion" if self.scheme.combine == "judgement" else "no-grade"
        return _RefusedError(problem(code, sheet=self.sheet, cell=area, no=line.item.no, what=what))

    def _not_marked_here(self, line: Line, filled: Sequence[Given]) -> None:
        for each in filled:
            what = {"no": line.item.no, "component": line.component.name}
            self.say("not-marked-here", each.place, each.cell.text, **what)

    def _not_this_way(self, line: Line, given: Given, way: Way) -> _RefusedError:
        what = {"no": line.item.no, "name": line.item.name, "way": way_words(line.item, way)}
        mend = asked(self.scheme, line.component, line.item)
        return self._refused("way-not-here", given.place, given.cell.text, **what, asked=mend)

    def _twice(self, line: Line, filled: Sequence[Given]) -> _RefusedError:
        said = "和".join(f"{self._way_words(line.item, each)}（{a1(*each.place)}）" for each in filled)
        return self._refused("two-entries", filled[0].place, filled[0].cell.text, no=line.item.no, said=said)

    def _way_words(self, item: Indicator, given: Given) -> str:
        return way_words(item, given.way) if given.way else "评分"

    # --- 不适用

    def _unfit(self, line: Line, filled: Sequence[Given]) -> Place | None:
        """Where a row says 不适用: in a box, or in the remark of a row that holds nothing else."""
        boxed = [each.place for each in filled if ticks.NOT_APPLICABLE in words.clean(each.cell.text)]
        said = ticks.NOT_APPLICABLE in words.clean(line.remark) and not filled
        return boxed[0] if boxed else line.remark_place if said else None

    def _not_applicable(self, line: Line, unfit: Place, filled: Sequence[Given]) -> Mark:
        inside = next((each.cell.text for each in filled if each.place == unfit), "")
        no = line.item.no
        if len(filled) > 1:
            cells = "、".join(a1(*each.place) for each in filled)
            raise self._refused("entry-and-not-applicable", unfit, inside, no=no, cells=cells)
        if not words.key((inside + line.remark).replace(ticks.NOT_APPLICABLE, "")):
            raise self._refused("not-applicable-no-reason", unfit, inside, no=no)
        self.say("not-applicable", unfit, inside or line.remark, no=no)
        kept = line.remark or words.tidy(inside)
        return Mark(no, applicable=False, remark=kept, sheet=self.sheet, cell=a1(*unfit))

    # --- small things

    def _made(self, no: int | None, given: Given, remark: str, **found: Any) -> Mark:
        return Mark(no, remark=remark, sheet=self.sheet, cell=a1(*given.place), **found)

    def _doubt(self, given: Given) -> None:
        if warning := doubt(given.cell):
            self.say(warning, given.place, given.cell.text, shown=given.cell.shown)

    def _component(self, component: Component) -> dict[str, str]:
        return {"component": component.name, "marks": takes(self.scheme, component)}

    def _refused(self, code: str, place: Place, text: str, **values: Any) -> _RefusedError:
        return _RefusedError(self._problem(code, place, text, **values))

    def say(self, code: str, place: Place, text: str, **values: Any) -> None:
        """Note a problem of one cell."""
        self.problems.append(self._problem(code, place, text, **values))

    def say_once(self, code: str, place: Place, text: str, **values: Any) -> None:
        """Not again for each of the nineteen rows of one misspelt unit."""
        value = words.clean(text)
        if not any(each.code == code and each.value == value for each in self.problems):
            self.say(code, place, text, **values)

    def _problem(self, code: str, place: Place, text: str, **values: Any) -> Problem:
        values.setdefault("grades", "、".join(self.scheme.grades))
        return problem(code, sheet=self.sheet, cell=a1(*place), value=words.clean(text), **values)


def _example(full: Fraction) -> str:
    """A number that may stand where full marks are so many: 92.5 of 100, 8.5 of 9."""
    return exact.plain(Fraction(185, 2) if full >= 100 else full - Fraction(1, 2) if full >= 1 else full)

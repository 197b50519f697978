"""What a unit comes to if one of its marks were another: ``assess.remarked`` in a few additions, for asking very often.

A mark of an item moves its component by the item's share, the component moves the sum by its own, and the rest is the
engine's own last steps. Where a mark may do more (大项等次, a 扣分 off an item, a 加分项 itself) the engine is asked.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from scoring.assess import remarked
from scoring.combine import attainable, entering, official, weighed
from scoring.extras import adjusted
from scoring.follow import confirmed
from scoring.gather import weights_of
from scoring.grading import grade_for, verdict
from scoring.items import Around, item_result
from scoring.late import deductions
from scoring.marks import Mark
from scoring.results import UnitResult
from scoring.scheme import Scheme
from scoring.tree import indicator_tree, leaf_weights

ZERO = Fraction(0)
Value = str | Fraction
"""A tick's grade, or points."""


@dataclass(frozen=True)
class Standing:
    """What a unit comes to: its sum, its official score, and its grade by score and after the rules ("" for none)."""

    exact: Fraction
    score: Fraction
    score_grade: str
    grade: str

    @classmethod
    def of(cls, result: UnitResult) -> Standing:
        """That of a unit with a score."""
        return cls(result.exact or ZERO, result.score or ZERO, result.score_grade or "", result.grade or "")


def put(mark: Mark, to: Value) -> Mark:
    """The mark with another grade, or other points."""
    return replace(mark, grade=to) if isinstance(to, str) else replace(mark, score=to)


class Remarks:
    """One unit, any one of its marks put another way. What was asked once is remembered."""

    def __init__(self, scheme: Scheme, result: UnitResult):
        self.scheme, self.result = scheme, result
        self.now = Standing.of(result)
        facts = confirmed(result.facts)
        self._around = Around({}, facts, deductions(scheme, facts))
        self._rows = {row.no: row for row in scheme.indicators_of(result.group)}
        self._even = not scheme.category_grades and not any(rule.path or rule.indicator for rule in scheme.deductions)
        lifted = any(floor.of == "items" for floor in scheme.floors)
        self._bare = scheme.ticks.points if scheme.ticks and not lifted else {}
        self._weights = weights_of(scheme)
        self._shares: dict[str, dict[int, Fraction]] = {}
        self._known: dict[tuple[str, int | None, Value], Standing] = {}
        self._gained: dict[tuple[str, int, int], Standing] = {}
        self._final: dict[str | None, str] = {}
        self._ends: dict[str, tuple[Fraction, Fraction]] = {}

    def after(self, component: str, mark: Mark, to: Value) -> Standing:
        """Where the unit then stands. Raises MarksError for a mark that its item cannot have."""
        key = component, mark.indicator, to
        if key not in self._known:
            even = self._even and self._rows[mark.indicator or 0].role == "base"
            self._known[key] = (self._added if even else self.asked)(component, mark, to)
        return self._known[key]

    def asked(self, component: str, mark: Mark, to: Value) -> Standing:
        """The same by scoring the unit anew."""
        return Standing.of(remarked(self.scheme, self.result, component, put(mark, to)))

    def full(self, component: str, mark: Mark) -> Fraction:
        """The full marks of the item."""
        return self._rows[mark.indicator or 0].full.get(component, Fraction(100))

    def ends(self, component: str) -> tuple[Fraction, Fraction]:
        """The least and the most a component can come to: where its sheet marks item by item, with every tick and every
        number of points at its worst and at its best, what is 不适用, measured or answered staying as it is."""
        if component not in self._ends:
            sheet = self.result.components[component].sheet
            by_items = sheet is not None and all(mark.indicator is not None for mark in sheet.marks)
            self._ends[component] = self._by_items(component) if by_items else attainable(self.scheme, component)
        return self._ends[component]

    def _by_items(self, component: str) -> tuple[Fraction, Fraction]:
        marks, grades = self._given(component), self.scheme.grades
        worst = [put(mark, grades[-1] if mark.grade is not None else ZERO) for mark in marks]
        best = [put(mark, grades[0] if mark.grade is not None else self.full(component, mark)) for mark in marks]
        return self._come_to(component, worst), self._come_to(component, best)

    def _come_to(self, component: str, marks: list[Mark]) -> Fraction:
        return remarked(self.scheme, self.result, component, *marks).components[component].unrounded or ZERO

    def _given(self, component: str) -> list[Mark]:
        """The marks of the sheet itself that a person gave: neither a 加分项, nor 不适用, nor measured."""
        part = self.result.components[component]
        return [
            mark
            for mark in (part.sheet.marks if part.sheet else ())
            if mark.indicator in part.rows
            and mark.applicable
            and (mark.grade is not None or mark.score is not None)
            and self._rows[mark.indicator or 0].role == "base"
        ]

    def whole(self, component: str) -> bool:
        """Whether a person gives all of the component's score: nothing in it is measured or answered."""
        part = self.result.components[component]
        marks = part.sheet.marks if part.sheet else ()
        return all(mark.value is None and mark.answer is None for mark in marks)

    def _added(self, component: str, mark: Mark, to: Value) -> Standing:
        """Many marks gain the same: each gain of a component is added up once."""
        part, no = self.result.components[component], mark.indicator or 0
        points = self._points(component, mark, to)
        gain = self._share(component, no) * (points - (part.rows[no].points or ZERO))
        key = component, gain.numerator, gain.denominator
        if key not in self._gained:
            self._gained[key] = self._with(component, gain * part.full / 100)
        return self._gained[key]

    def _points(self, component: str, mark: Mark, to: Value) -> Fraction:
        """What the item would come to out of 100: as a tick is worth, where nothing lifts it and nothing comes late."""
        row = self._rows[mark.indicator or 0]
        if self._bare and isinstance(to, str) and to in self._bare and row.no not in self._around.late:
            return self._bare[to]
        return item_result(self.scheme, row, component, put(mark, to), self._around).points or ZERO

    def _with(self, component: str, gain: Fraction) -> Standing:
        """Where the unit stands if a component had so much more."""
        part = self.result.components[component]
        entered = weighed(self.scheme, (part.unrounded or ZERO) + gain)
        before = (self.result.before_bonus or ZERO) + self._weight(component) * (entered - (part.exact or ZERO))
        total = adjusted(self.scheme, before, self.result.bonuses, self.result.deductions)
        score = official(self.scheme, total)
        by_score = grade_for(self.scheme, score)
        return Standing(total, score, by_score or "", self._graded(by_score))

    def _share(self, component: str, no: int) -> Fraction:
        """The item's share of its sheet, what is 不适用 left out."""
        if component not in self._shares:
            tree = indicator_tree(self.scheme, self.result.group, component, self.result.unit)
            items = self.result.components[component].items
            marked = frozenset(no for no, points in items.items() if points is not None)
            self._shares[component] = leaf_weights(tree, marked)
        return self._shares[component][no]

    def _weight(self, component: str) -> Fraction:
        return entering(self.scheme, component, self._weights[component]) / sum(self._weights.values(), ZERO)

    def _graded(self, by_score: str | None) -> str:
        if by_score not in self._final:
            self._final[by_score] = verdict(self.scheme, by_score, self._around.facts).grade or ""
        return self._final[by_score]

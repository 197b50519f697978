"""A year's marks carried to another scheme (评分沿用): tick to tick, points to points in proportion, never one to the other.

What cannot be carried is told with its reason and takes no part on either side, so that nothing is ever guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from scoring.crosswalk import Crosswalk, Link
from scoring.elements import Indicator
from scoring.gather import is_blank
from scoring.items import NO, YES
from scoring.marks import Fact, Mark, Sheet
from scoring.peers import COMPARED
from scoring.scheme import Scheme

FULL = Fraction(100)
UNMATCHED = "上年无对应指标"
_POINTS_TO_TICKS = "上年记分值，新方案打等次，两者不作换算"
_TICKS_TO_POINTS = "上年打等次，新方案记分值，两者不作换算"
_ONE_OF_MANY = "几项合为一项，只能由等次或分值取平均"
_NO_TOTAL = "上年只给总分，新方案不收总分"
_ONE_TO_ONE = "加分项、扣分项只能一项对一项，合并、拆分的不作换算"
ROLES = {"base": "基础分项", "bonus": "加分项", "deduction": "扣分项"}
"""What an item is called by its role."""


@dataclass(frozen=True)
class Side:
    """One scheme and group, and what a unit is called there."""

    scheme: Scheme
    group: str

    def rows(self, component: str, unit: str) -> dict[int, Indicator]:
        """The items of a unit's sheet by number."""
        return {row.no: row for row in self.scheme.items_for(self.group, component, unit)}

    def takes(self, component: str) -> tuple[str, ...]:
        """What a sheet of that component may hold."""
        return self.scheme.component(component).marks


@dataclass(frozen=True)
class Way:
    """One component of one unit on the way from one scheme to the other."""

    walk: Crosswalk
    source: Side
    target: Side
    old: str
    new: str

    def failing(self, sheet: Sheet, unit: str) -> dict[Link, str]:
        """The links that this sheet cannot carry, each with the reason ("": one side has no such row here)."""
        if is_total(sheet):
            return {}
        found = {link: self._trouble(link, sheet, unit) for link in self.walk.links}
        return {link: why for link, why in found.items() if why is not None}

    def _trouble(self, link: Link, sheet: Sheet, unit: str) -> str | None:
        sources, targets = self.source.rows(self.old, sheet.unit), self.target.rows(self.new, unit)
        here, there = link.old & sources.keys(), link.new & targets.keys()
        if not here or not there:
            return ""
        roles = {sources[no].role for no in here} | {targets[no].role for no in there}
        if len(roles) > 1:
            return f"{'与'.join(name for role, name in ROLES.items() if role in roles)}的计分办法不同，不作换算"
        if roles != {"base"} and (len(link.old) > 1 or len(link.new) > 1):
            return _ONE_TO_ONE
        marks = [mark for mark in sheet.marks if mark.indicator in here and not is_blank(mark)]
        told = (self._row(marks, sources, targets[no]) for no in sorted(there))
        return next((one for one in told if isinstance(one, str)), None)

    def carried(self, sheet: Sheet, unit: str, alive: frozenset[Link]) -> Sheet | str:
        """The sheet under the other scheme, or why there is none. What is not ``alive`` is 不适用 there."""
        if is_total(sheet):
            return self._total(sheet, unit)
        sources, targets = self.source.rows(self.old, sheet.unit), self.target.rows(self.new, unit)
        given = {mark.indicator: mark for mark in sheet.marks if not is_blank(mark)}
        marks = []
        for no, row in targets.items():
            link = self.walk.of_new.get(no)
            if link is None or link not in alive:
                marks.append(absent(no))
                continue
            wanted = [one for one, other in self.walk.items if other == no and one in sources]
            if not wanted or any(one not in given for one in wanted):
                marks += [] if wanted else [absent(no)]
                continue
            made = self._row([given[one] for one in wanted], sources, row)
            marks += [made] if isinstance(made, Mark) else []
        return Sheet(unit, self.new, tuple(marks), sheet.opinion)

    def _total(self, sheet: Sheet, unit: str) -> Sheet | str:
        alike = self.source.takes(self.old) == self.target.takes(self.new)
        if "total" not in self.target.takes(self.new) and not alike:
            return _NO_TOTAL
        ratio = self.target.scheme.full_of(self.new) / self.source.scheme.full_of(self.old)
        score = sheet.marks[0].score
        return Sheet(
            unit, self.new, (replace(sheet.marks[0], score=None if score is None else score * ratio),), sheet.opinion
        )

    def _row(self, marks: Sequence[Mark], sources: Mapping[int, Indicator], row: Indicator) -> Mark | str | None:
        """The mark of one new row from those of its old rows; None where nothing was marked."""
        told = [mark for mark in marks if (mark.indicator, row.no) in self.walk.items and mark.indicator in sources]
        said = [mark for mark in told if mark.applicable]
        if not said:
            return absent(row.no, told[0].remark) if told else None
        if len(told) == 1:
            return self._one(said[0], sources[said[0].indicator or 0], row)
        return self._mean(said, sources, row)

    def _mean(self, marks: Sequence[Mark], sources: Mapping[int, Indicator], row: Indicator) -> Mark | str:
        """Several old rows in one new row: the plain mean of what each would earn there (口径，原文未规定)."""
        points = []
        for mark in marks:
            made = self._one(mark, sources[mark.indicator or 0], row)
            if isinstance(made, str):
                return made
            if (earned := self._points(made, row)) is None:
                return _ONE_OF_MANY
            points.append(earned)
        mean = sum(points, Fraction(0)) / len(points)
        return Mark(row.no, score=mean * row.full.get(self.new, FULL) / FULL, remark=f"{len(points)}项取平均")

    def _points(self, mark: Mark, row: Indicator) -> Fraction | None:
        if mark.grade is not None and self.target.scheme.ticks:
            return self.target.scheme.ticks.points[mark.grade]
        return None if mark.score is None else mark.score * FULL / row.full.get(self.new, FULL)

    def _one(self, mark: Mark, source: Indicator, row: Indicator) -> Mark | str:
        if mark.grade is not None:
            return self._tick(mark, row)
        if mark.score is not None:
            return self._scored(mark, source, row)
        same = _measured_alike(self.source.scheme, source, self.target.scheme, row)
        valid = mark.answer is None or mark.answer in _answers(self.target.scheme, row)
        return (
            replace(mark, indicator=row.no)
            if same and valid
            else "上年填数值或完成情况，新方案的计分办法不同，不作换算"
        )

    def _tick(self, mark: Mark, row: Indicator) -> Mark | str:
        alike = self.source.takes(self.old) == self.target.takes(self.new)
        ticks = self.target.scheme.ticks
        if ticks is None or ("ticks" not in self.target.takes(self.new) and not alike):
            return _TICKS_TO_POINTS
        grade = dict(self.walk.grades).get(mark.grade or "")
        if grade is None or grade not in ticks.points:
            return f"新方案没有与“{mark.grade}”对应的等次"
        return replace(mark, indicator=row.no, grade=grade)

    def _scored(self, mark: Mark, source: Indicator, row: Indicator) -> Mark | str:
        alike = self.source.takes(self.old) == self.target.takes(self.new)
        if "points" not in self.target.takes(self.new) and not alike:
            return _POINTS_TO_TICKS
        full, most = source.full.get(self.old, FULL), row.full.get(self.new, FULL)
        return replace(mark, indicator=row.no, score=(mark.score or Fraction(0)) * most / full)


def is_total(sheet: Sheet) -> bool:
    """Whether a sheet gives only its component's total."""
    return any(mark.indicator is None for mark in sheet.marks)


def absent(no: int, why: str = UNMATCHED) -> Mark:
    """A row that takes no part: its weight goes to its siblings."""
    return Mark(no, applicable=False, remark=why)


def restricted(side: Side, component: str, sheet: Sheet, unit: str, alive: Iterable[int]) -> Sheet:
    """The unit's own sheet with only these items taking part; a total is left as it is."""
    if is_total(sheet):
        return replace(sheet, unit=unit, component=component)
    given, wanted = {mark.indicator: mark for mark in sheet.marks}, frozenset(alive)
    rows = side.rows(component, unit)
    marks = [given[no] if no in wanted else absent(no) for no in rows if no not in wanted or no in given]
    return Sheet(unit, component, tuple(marks), sheet.opinion)


def filled(side: Side, component: str, sheet: Sheet, unit: str, open_rows: Iterable[int], best: bool) -> Sheet:
    """The sheet with its open rows at their most or their least, for the range that they leave."""
    if is_total(sheet):
        return sheet
    wanted, rows = frozenset(open_rows), side.rows(component, unit)
    return replace(
        sheet,
        marks=tuple(_end(side, component, rows[m.indicator or 0], best) if m.indicator in wanted else m for m in sheet.marks),
    )  # fmt: skip


def ended(side: Side, component: str, unit: str, best: bool) -> Sheet | None:
    """A whole sheet at one end, for a component that nothing was carried to; None where only its total matters."""
    rows = side.rows(component, unit)
    if all(row.role == "base" for row in rows.values()):
        return None
    return Sheet(unit, component, tuple(_end(side, component, row, best) for row in rows.values()))


def _end(side: Side, component: str, row: Indicator, best: bool) -> Mark:
    ticks = side.scheme.ticks
    if ticks and "points" not in side.takes(component):
        return Mark(row.no, grade=side.scheme.grades[0 if best else -1])
    full = best != (row.role == "deduction")
    return Mark(row.no, score=row.full.get(component, FULL) if full else Fraction(0))


def _measured_alike(source: Scheme, one: Indicator, target: Scheme, other: Indicator) -> bool:
    """Whether a value or an answer means the same in both tables."""
    if one.kind != other.kind:
        return False
    if one.kind in COMPARED and (source.median or target.median):
        return source.median is not None and target.median is not None
    if one.kind == "ratio":
        return source.ratios is not None and target.ratios is not None
    if one.kind == "completion" and one.target and one.measure != other.measure:
        return False
    return one.kind == "task" or (one.compare, bool(one.target)) == (other.compare, bool(other.target))


def _answers(scheme: Scheme, row: Indicator) -> Iterable[str]:
    if row.kind == "yesno":
        return YES, NO
    return scheme.tasks.answers if row.kind == "task" and scheme.tasks else ()


def carried_facts(
    facts: Iterable[Fact], source: Scheme, target: Scheme, name: Callable[[str], str] = lambda unit: unit
) -> tuple[list[Fact], list[Fact]]:
    """The facts (情形) that the other scheme knows too, by id or by name, with the value and in the same measure; and
    those it does not."""
    known, lost = [], []
    for fact in facts:
        kind = source.fact(fact.fact)
        same = [one for one in target.facts if one.id == kind.id or one.name == kind.name]
        if same and fact.value in same[0].values and kind.amount == same[0].amount:
            known.append(replace(fact, fact=same[0].id, unit=name(fact.unit)))
        else:
            lost.append(fact)
    return known, lost

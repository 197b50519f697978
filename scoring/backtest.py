"""回测 and 同比: an earlier year's marks under other rules, and a year-on-year change taken apart, unit by unit.

What has no counterpart takes no part: its weight goes to its siblings (原文未规定), and the range says what it could change.
A unit that came of several (合并) takes the weighted mean of what these come to.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from scoring.assess import assess
from scoring.carrying import Side, Way, carried_facts, ended, filled, is_total, restricted
from scoring.combine import attainable, official
from scoring.compared import Carried, Comparison, Kin, Tested, Uncarried, Year
from scoring.crosswalk import Crosswalk, Link, insist_on_counterparts
from scoring.exact import weighted_mean
from scoring.follow import ranked
from scoring.gather import MarksError
from scoring.grading import grade_for, grades_between, verdict
from scoring.marks import Fact, Mark, Sheet
from scoring.narrowed import narrowed
from scoring.results import Possible, Results, UnitResult
from scoring.scheme import Scheme
from scoring.split import Corner, Split, between, by_rules_alone, corner_of, mean_of
from scoring.tree import indicator_tree, leaf_weights

__all__ = [
    "Carried", "Comparison", "Kin", "Tested", "Uncarried", "Year", "backtest", "carried", "carried_sheets", "compare",
]  # fmt: skip

ZERO, ONE = Fraction(0), Fraction(1)
NO_BEFORE = "无上年数据"


@dataclass(frozen=True)
class _Pair:
    """A unit and one of the units before it; ``alias`` is what the pair is called while it is scored."""

    alias: str
    unit: str
    old: str
    weight: Fraction


def backtest(old: Year, new_scheme: Scheme, new_group: str, walk: Crosswalk, kin: Sequence[Kin]) -> Comparison:
    """Last year's marks under another scheme. Raises MarksError where nothing can be compared."""
    run = _Run(old, None, new_scheme, new_group, walk, kin)
    oo, on = run.corner(old=True, new_rules=False), run.corner(old=True, new_rules=True)
    tested = [run.tested(each, oo, on) for each in kin]
    places = ranked(run.new_narrow, [one.result for one in tested if one.result is not None])
    by_unit = {result.unit: result for result in places}
    placed = [
        replace(one, result=by_unit[one.unit], places=(one.places[0], by_unit[one.unit].rank)) if one.result else one
        for one in tested
    ]
    return run.comparison(placed)


def compare(old: Year, new: Year, walk: Crosswalk, kin: Sequence[Kin]) -> Comparison:
    """Two years, each under its own rules, and the change of each unit taken apart. Raises MarksError as ``backtest``."""
    run = _Run(old, new, new.scheme, new.group, walk, kin)
    corners = [run.corner(old=marks, new_rules=rules) for marks in (True, False) for rules in (False, True)]
    return run.comparison([run.changed(each, *corners) for each in kin])


def carried(old: Year, new_scheme: Scheme, new_group: str, walk: Crosswalk, kin: Sequence[Kin]) -> Results:
    """Last year's marks as results under another scheme, of units that go on from one. Raises MarksError as ``backtest``."""
    found = carried_sheets(old, new_scheme, new_group, walk, kin)
    return assess(found.scheme, found.sheets, found.facts)


def carried_sheets(old: Year, new_scheme: Scheme, new_group: str, walk: Crosswalk, kin: Sequence[Kin]) -> Carried:
    """Last year's marks as the sheets of another scheme, so that it can be tried on them. Raises MarksError.

    A unit that came of several has no sheet of its own and is left out, as one without last year's data is.
    """
    alone = [each for each in kin if len(each.before) == 1]
    if not alone:
        raise MarksError("两次考核没有一个单位相对应，无从沿用评分")
    run = _Run(old, None, new_scheme, new_group, walk, alone)
    sheets, facts = run.gathered(True, True)
    left = tuple(each.unit for each in kin if len(each.before) != 1)
    return Carried(run.new_narrow, tuple(sheets), tuple(facts), run.coverage(), left)


class _Run:
    """One comparison under way: which links carry, for each pair of units and each component."""

    def __init__(
        self, old: Year, new: Year | None, new_scheme: Scheme, new_group: str, walk: Crosswalk, kin: Sequence[Kin]
    ) -> None:
        self.old, self.new, self.walk = old, new, walk
        self.target = Side(new_scheme, new_group)
        self.pairs = [
            _Pair(f"{each.unit}（原{before}）" if each.merged else each.unit, each.unit, before, weight)
            for each in kin
            for before, weight in each.before
        ]
        self.merged = {each.unit for each in kin if each.merged}
        self.aside = self._aside()
        insist_on_counterparts(old.scheme, new_scheme, walk)
        self.old_narrow = narrowed(
            old.scheme, old.group, {p.alias: p.old for p in self.pairs}, {a for a, _ in walk.components}
        )
        self.new_narrow = narrowed(new_scheme, new_group, self._aliases(), {b for _, b in walk.components})
        self.alive: dict[tuple[str, str], frozenset[Link]] = {}
        self.uncarried: dict[tuple[str, int, str], list[str]] = {}
        self.refused: dict[str, str] = {}
        for pair in self.pairs:
            for before, now in walk.components:
                self._settle(pair, before, now)

    def _aside(self) -> dict[str, Fraction]:
        """What the 情形 of each unit since merged added to its score, net: no corner has them (``_facts``)."""
        names = {pair.old for pair in self.pairs if pair.unit in self.merged}
        left = [fact for fact in self.old.facts if fact.unit not in names]
        if len(left) == len(self.old.facts):
            return {}
        without = replace(self.old, results=assess(self.old.scheme, self.old.sheets, left))
        found = {}
        for name in names:
            was, bare = self.old.result(name), without.result(name)
            if was and bare and was.unrounded is not None and bare.unrounded is not None:
                found[name] = was.unrounded - bare.unrounded
        return found

    def _aliases(self) -> dict[str, str]:
        return {pair.alias: pair.unit for pair in self.pairs}

    def _sides(self) -> tuple[Side, Side]:
        """The two tables with the pairs as their units."""
        return Side(self.old_narrow, self.old.group), Side(self.new_narrow, self.target.group)

    def _sheets(self, pair: _Pair, before: str, now: str) -> tuple[Sheet | None, Sheet | None]:
        """Both years' sheets of a pair, under its alias."""
        one = self.old.sheet(pair.old, before)
        two = self.new.sheet(pair.unit, now) if self.new else None
        return one and replace(one, unit=pair.alias), two and replace(two, unit=pair.alias)

    def _settle(self, pair: _Pair, before: str, now: str) -> None:
        """Which links take part: those that every sheet there is can carry to the other scheme."""
        here, there = self._sides()
        one, two = self._sheets(pair, before, now)
        ways = (
            (Way(self.walk, here, there, before, now), one),
            (Way(self.walk.reverse, there, here, now, before), two),
        )
        failed: set[Link] = set()
        for at, (way, sheet) in enumerate(ways):
            for link, why in way.failing(sheet, pair.alias).items() if sheet else ():
                failed.add(link if at == 0 else Link(link.new, link.old))
                if why:
                    no = min(link.new if at == 0 else link.old)
                    self.uncarried.setdefault((now, no, why), []).append(pair.unit)
        self.alive[pair.alias, now] = frozenset(self.walk.links) - failed

    def corner(self, *, old: bool, new_rules: bool) -> Mapping[str, UnitResult]:
        """One year's marks under one year's rules, over what the two have in common."""
        found = assess(self.new_narrow if new_rules else self.old_narrow, *self.gathered(old, new_rules))
        return {result.unit: result for result in found.units}

    def gathered(self, old: bool, new_rules: bool) -> tuple[list[Sheet], list[Fact]]:
        """The sheets and facts of a corner."""
        sheets = [
            sheet
            for pair in self.pairs
            for before, now in self.walk.components
            if (sheet := self._cornered(pair, before, now, old, new_rules))
        ]
        return sheets, self._facts(old, new_rules)

    def _cornered(self, pair: _Pair, before: str, now: str, old: bool, new_rules: bool) -> Sheet | None:
        sheet = self._sheets(pair, before, now)[0 if old else 1]
        if sheet is None:
            return None
        here, there = self._sides()
        alive = self.alive[pair.alias, now]
        if old != new_rules:  # at home: the marks of a year under that year's own rules
            own = there if new_rules else here
            numbers = {no for link in alive for no in (link.new if new_rules else link.old)}
            return restricted(own, now if new_rules else before, sheet, pair.alias, numbers)
        if new_rules:
            made = Way(self.walk, here, there, before, now).carried(sheet, pair.alias, alive)
        else:
            turned = frozenset(Link(link.new, link.old) for link in alive)
            made = Way(self.walk.reverse, there, here, now, before).carried(sheet, pair.alias, turned)
        if isinstance(made, str):
            self.refused.setdefault(pair.unit, f"{self.target.scheme.component(now).name}：{made}")
            return None
        return made

    def _facts(self, old: bool, new_rules: bool) -> list[Fact]:
        """The facts that count in a corner; those of units since merged are left aside (只合并得分)."""
        year = self.old if old else self.new
        assert year is not None
        found: list[Fact] = []
        for pair in self.pairs:
            if pair.unit in self.merged and old:
                continue
            own = [replace(f, unit=pair.alias) for f in year.facts if f.unit == (pair.old if old else pair.unit)]
            found += own if old != new_rules else carried_facts(own, year.scheme, self._other(old))[0]
        return found

    def _other(self, old: bool) -> Scheme:
        return self.target.scheme if old else self.old.scheme

    def lost_facts(self) -> tuple[Fact, ...]:
        """Last year's facts that the new scheme does not know."""
        names = {pair.old for pair in self.pairs}
        own = [fact for fact in self.old.facts if fact.unit in names]
        return tuple(carried_facts(own, self.old.scheme, self.target.scheme)[1])

    def tested(self, each: Kin, oo: Mapping[str, UnitResult], on: Mapping[str, UnitResult]) -> Tested:
        """One unit of a back-test."""
        pairs = [pair for pair in self.pairs if pair.unit == each.unit]
        if not pairs:
            return Tested(each, lacking=NO_BEFORE)
        before = self._before(each)
        result = self._joined(each, [on[pair.alias] for pair in pairs])
        if result is None:
            return Tested(each, before, lacking=self._why(each), places=self._places(each))
        split = self._rules_split(pairs, before[0], result, oo, on)
        return Tested(
            each, before, (result.score, result.grade), self._places(each), result,
            possible=self._possible(each, pairs), split=split, lacking="" if split else "上年得分不全，不作分解",
        )  # fmt: skip

    def _rules_split(
        self, pairs: Sequence[_Pair], before: Fraction | None, result: UnitResult,
        oo: Mapping[str, UnitResult], on: Mapping[str, UnitResult],
    ) -> Split | None:  # fmt: skip
        found = []
        for pair in pairs:
            first, second = self._corner(oo[pair.alias], False), self._corner(on[pair.alias], True)
            was, now = self.old.result(pair.old), on[pair.alias]
            if first is None or second is None or was is None or was.score is None or was.unrounded is None:
                return None
            whole = was.unrounded, second.score
            aside = self._left_aside(pair)
            found.append((pair.weight, by_rules_alone((was.score, now.score or ZERO), whole, first, second, aside)))
        return self._mean(found, (before, result.score))

    def changed(self, each: Kin, *corners: Mapping[str, UnitResult]) -> Tested:
        """One unit of a year-on-year comparison; the corners are oo, on, no, nn."""
        assert self.new is not None
        pairs = [pair for pair in self.pairs if pair.unit == each.unit]
        now = self.new.result(each.unit)
        after = (now.score, now.grade) if now else (None, None)
        places = self._places(each)[0], now.rank if now else None
        if not pairs:
            return Tested(each, now=after, places=places, result=now, lacking=NO_BEFORE)
        before, split = self._before(each), None
        if now is not None:
            split = self._full_split(pairs, (before[0], after[0]), now, corners)
        other = self._joined(each, [corners[1][pair.alias] for pair in pairs])
        swapped = corners[2][pairs[0].alias] if len(pairs) == 1 else None
        return Tested(
            each, before, after, places, now, other, swapped, split=split,
            lacking="" if split else self._why(each, after[0] is None),
        )  # fmt: skip

    def _full_split(
        self, pairs: Sequence[_Pair], official_scores: tuple[Fraction | None, Fraction | None], now: UnitResult,
        corners: Sequence[Mapping[str, UnitResult]],
    ) -> Split | None:  # fmt: skip
        found = []
        for pair in pairs:
            four = [self._corner(c[pair.alias], at % 2 == 1) for at, c in enumerate(corners)]
            oo, on, no, nn = four
            was = self.old.result(pair.old)
            if oo is None or on is None or no is None or nn is None or was is None:
                return None
            if was.score is None or was.unrounded is None or now.score is None or now.unrounded is None:
                return None
            whole = was.unrounded, now.unrounded
            aside = self._left_aside(pair)
            found.append((pair.weight, between((was.score, now.score), whole, oo, on, no, nn, aside)))
        return self._mean(found, official_scores)

    def _left_aside(self, pair: _Pair) -> Fraction:
        return self.aside.get(pair.old, ZERO) if pair.unit in self.merged else ZERO

    def _mean(
        self, found: Sequence[tuple[Fraction, Split]], scores: tuple[Fraction | None, Fraction | None]
    ) -> Split | None:
        if len(found) == 1:
            return found[0][1]
        return None if scores[0] is None or scores[1] is None else mean_of(found, (scores[0], scores[1]))

    def _corner(self, result: UnitResult, new: bool) -> Corner | None:
        return corner_of(self.new_narrow if new else self.old_narrow, result, self.walk, new)

    def _before(self, each: Kin) -> tuple[Fraction | None, str | None]:
        """Last year's official score and grade; of merged units the mean, graded by score alone."""
        found = [self.old.result(name) for name, _ in each.before]
        if len(found) == 1:
            return (found[0].score, found[0].grade) if found[0] else (None, None)
        values = [(w, r.exact) for (_, w), r in zip(each.before, found, strict=True) if r and r.exact is not None]
        if len(values) < len(found):
            return None, None
        score = official(self.old.scheme, weighted_mean(values) or ZERO)
        return score, grade_for(self.old.scheme, score)

    def _places(self, each: Kin) -> tuple[int | None, int | None]:
        if len(each.before) != 1:
            return None, None
        found = self.old.result(each.before[0][0])
        return (found.rank if found else None), None

    def _joined(self, each: Kin, results: Sequence[UnitResult]) -> UnitResult | None:
        """A unit's result out of those of its pairs."""
        first = results[0]
        if any(result.score is None for result in results):
            return None
        if len(results) == 1:
            return replace(first, unit=each.unit)
        pairs = list(zip((weight for _, weight in each.before), results, strict=True))
        total = weighted_mean((weight, r.exact) for weight, r in pairs if r.exact is not None) or ZERO
        score = official(self.new_narrow, total)
        by_score = grade_for(self.new_narrow, score)
        return UnitResult(
            each.unit, first.group, first.region, {}, (), exact=total, score=score, score_grade=by_score,
            grade=verdict(self.new_narrow, by_score, ()).grade,
        )  # fmt: skip

    def _why(self, each: Kin, now_missing: bool = False) -> str:
        """Why a unit has no score or no split."""
        if each.unit in self.refused:
            return self.refused[each.unit]
        if any((found := self.old.result(name)) is None or found.score is None for name, _ in each.before):
            return "上年得分不全"
        return "本年得分不全" if now_missing else "可对应的指标评分不全"

    def _possible(self, each: Kin, pairs: Sequence[_Pair]) -> Possible | None:
        """The range if what has no counterpart were marked, from worst to best; None where everything has one."""
        whole = narrowed(self.target.scheme, self.target.group, {pair.alias: pair.unit for pair in pairs})
        side, lost = Side(whole, self.target.group), False
        ends: list[Fraction] = []
        for best in (False, True):
            sheets, facts = [], [f for f in self._facts(True, True) if f.unit in {pair.alias for pair in pairs}]
            for pair in pairs:
                made, open_ = self._ended(pair, side, best)
                sheets += made
                lost = lost or open_
            results = {r.unit: r for r in assess(whole, sheets, facts).units}
            values = [(pair.weight, results[pair.alias].exact) for pair in pairs]
            known = [(weight, value) for weight, value in values if value is not None]
            if len(known) < len(values):
                return None
            ends.append(official(whole, weighted_mean(known) or ZERO))
        if not lost:
            return None
        told = [] if each.merged else [fact for fact in facts if fact.confirmed]
        return Possible(ends[0], ends[1], grades_between(whole, told, None if whole.category_grades else {}, *ends))

    def _ended(self, pair: _Pair, side: Side, best: bool) -> tuple[list[Sheet], bool]:
        """A pair's sheets with everything open at one end, and whether anything was open."""
        matched, lost, sheets = {now: before for before, now in self.walk.components}, False, []
        for part in side.scheme.counted:
            sheet = self._cornered(pair, matched[part.id], part.id, True, True) if part.id in matched else None
            if sheet is None:
                whole = Sheet(pair.alias, part.id, (Mark(None, score=attainable(side.scheme, part.id)[best]),))
                sheets.append(ended(side, part.id, pair.alias, best) or whole)
                lost = True
                continue
            known = {no for link in self.alive[pair.alias, part.id] for no in link.new}
            rows = set(side.rows(part.id, pair.alias)) - known
            lost = lost or (bool(rows) and not is_total(sheet))
            sheets.append(filled(side, part.id, sheet, pair.alias, rows, best))
        return sheets, lost

    def coverage(self) -> Fraction:
        """The part of the new scheme's weight that some unit's marks cover."""
        scheme, group = self.target.scheme, self.target.group
        whole = sum(scheme.weights.values(), ZERO)
        found = ZERO
        for _, now in self.walk.components:
            links = frozenset().union(*(alive for (_, part), alive in self.alive.items() if part == now))
            shares = leaf_weights(indicator_tree(scheme, group, now))
            covered = sum((share for no, share in shares.items() if any(no in link.new for link in links)), ZERO)
            found += scheme.weights[now] * (covered if shares else ONE)
        return found / whole if whole else ZERO

    def comparison(self, units: Iterable[Tested]) -> Comparison:
        """Everything gathered."""
        told = tuple(
            Uncarried(part, no, why, tuple(dict.fromkeys(names)))
            for (part, no, why), names in sorted(self.uncarried.items())
        )
        return Comparison(
            self.old, self.target.scheme, self.target.group, self.walk, tuple(units), self.coverage(), told,
            self.lost_facts(),
        )  # fmt: skip

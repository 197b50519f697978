"""Where a change of score comes from (同比分解): from marks, from rules, from items new or dropped, from rounding.

All is exact and sums exactly. The parts of marks and of rules are the mean of both orders in which the two could have
changed (Shapley 1953), so neither order is preferred: with S(marks, rules) and o, n for the old and the new year

    marks = ½ [S(n, o) − S(o, o)] + ½ [S(n, n) − S(o, n)]
    rules = ½ [S(o, n) − S(o, o)] + ½ [S(n, n) − S(n, o)]

over the items that both schemes have; what the others add or take away is told apart (新增、取消). 加分 and 扣分 enter after
the sum: each 加分项 and 扣分项 has its own part, 情形 theirs, and what the bounds of all take away stands beside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from scoring.crosswalk import Crosswalk, Link
from scoring.exact import weighted_mean
from scoring.results import UnitResult
from scoring.scheme import Scheme
from scoring.tree import indicator_tree, leaf_weights

ZERO, HALF = Fraction(0), Fraction(1, 2)
WHOLE = 0
"""Stands for the item where a component gives only its total."""
BONUS = ""
"""Stands for the component where points come on top or off without an item."""
TAKEN, BOUNDS = -1, -2
"""Stand for the item there: 扣分 of 情形 (``WHOLE``: their 加分), and what the bounds of 加分 and 扣分 make of them."""
Place = tuple[str, int]
"""(component id of the new scheme, new item number that its link is told by)."""
WEIGHTS, SHARES, POINTS, EXTRA = "weights", "shares", "points", "bonus"
"""Parts of the rules: weights of components, weights of items, what a mark is worth, 加分 and 扣分."""


@dataclass(frozen=True)
class Term:
    """One addend of a score: weight of the component × share of the item × its points out of 100."""

    weight: Fraction
    share: Fraction
    points: Fraction

    @property
    def value(self) -> Fraction:
        """What it adds to the score."""
        return self.weight * self.share * self.points


@dataclass(frozen=True)
class Corner:
    """One year's marks under one year's rules: every addend, and what 加分 and 扣分 add. ``score`` is not rounded."""

    terms: Mapping[Place, Term]
    extras: Mapping[Place, Fraction] = field(default_factory=dict)

    @property
    def bonus(self) -> Fraction:
        """What 加分 and 扣分 come to together."""
        return sum(self.extras.values(), ZERO)

    @property
    def score(self) -> Fraction:
        """The exact score."""
        return sum((term.value for term in self.terms.values()), ZERO) + self.bonus

    def components(self) -> dict[str, dict[int, Term]]:
        """The addends by component."""
        found: dict[str, dict[int, Term]] = {}
        for (component, no), term in self.terms.items():
            found.setdefault(component, {})[no] = term
        return found


@dataclass(frozen=True)
class Split:
    """A change of official score, taken apart. ``change`` is exactly the sum of the six parts.

    ``by_item`` sums to ``marks``, ``by_rule`` to ``rules``. ``added`` and ``dropped`` come of items and components that
    only the new or only the old scheme has, ``merged`` of the 情形 of units since merged, which are left aside, ``rounding``
    of rounding each year's score to its official one.
    """

    before: Fraction
    after: Fraction
    marks: Fraction = ZERO
    rules: Fraction = ZERO
    added: Fraction = ZERO
    dropped: Fraction = ZERO
    merged: Fraction = ZERO
    rounding: Fraction = ZERO
    by_item: Mapping[Place, Fraction] = field(default_factory=dict)
    by_rule: Mapping[str, Fraction] = field(default_factory=dict)

    @property
    def change(self) -> Fraction:
        """The official score now less the one before."""
        return self.after - self.before

    @property
    def by_component(self) -> dict[str, Fraction]:
        """The part of marks by component."""
        found: dict[str, Fraction] = {}
        for (component, _), value in self.by_item.items():
            found[component] = found.get(component, ZERO) + value
        return found


def corner_of(scheme: Scheme, result: UnitResult, walk: Crosswalk, new: bool) -> Corner | None:
    """The addends of a complete result, told in the new scheme's components and items; None while it is incomplete.

    ``new``: whether ``scheme`` is the new one.
    """
    if result.unrounded is None:
        return None
    names = {} if new else dict(walk.components)
    whole = sum(scheme.weights.values(), ZERO)
    terms: dict[Place, Term] = {}
    for part in result.components.values():
        if not part.counted or part.unrounded is None:
            continue
        name, weight = names.get(part.id, part.id), scheme.weights[part.id] / whole * scheme.base / 100
        if not part.items:
            terms[name, WHOLE] = Term(weight, Fraction(1), part.unrounded * 100 / part.full)
            continue
        tree = indicator_tree(scheme, result.group, part.id, result.unit)
        shares = leaf_weights(tree, frozenset(no for no, value in part.items.items() if value is not None))
        terms |= {(name, no): term for no, term in _linked(shares, part.items, weight, walk, new).items()}
    plain = sum((term.value for term in terms.values()), ZERO)
    return Corner(terms, _extras(result, result.unrounded - plain, names, walk.of_new if new else walk.of_old))


def _extras(
    result: UnitResult, whole: Fraction, names: Mapping[str, str], links: Mapping[int, Link]
) -> dict[Place, Fraction]:
    """What each 加分 and 扣分 adds, ``whole`` in all: what they come to beyond their points is due to their bounds."""
    marked = {no: part.id for part in result.components.values() for no in part.extras}
    found: dict[Place, Fraction] = {}
    points = [(each.no, WHOLE, each.points) for each in result.bonuses]
    points += [(each.no, TAKEN, -each.points) for each in result.deductions]
    for no, otherwise, value in points:
        place = (BONUS, otherwise)
        if no is not None:
            place = (names.get(marked[no], marked[no]), links[no].no if no in links else -no)
        found[place] = found.get(place, ZERO) + value
    rest = whole - sum(found.values(), ZERO)
    return found | ({(BONUS, BOUNDS): rest} if rest else {})


def _linked(
    shares: Mapping[int, Fraction], items: Mapping[int, Fraction | None], weight: Fraction, walk: Crosswalk, new: bool
) -> dict[int, Term]:
    """The items of one sheet gathered by link: shares add up, points are their mean by share."""
    links = walk.of_new if new else walk.of_old
    found: dict[int, list[tuple[Fraction, Fraction]]] = {}
    for no, share in shares.items():
        value = items[no]
        if value is not None:
            found.setdefault(links[no].no if no in links else -no, []).append((share, value))
    return {
        no: Term(weight, sum((share for share, _ in pairs), ZERO), weighted_mean(pairs) or ZERO)
        for no, pairs in found.items()
    }


def marks_parts(old: Corner, new: Corner) -> dict[Place, Fraction]:
    """What each item adds to S(new marks) − S(old marks) under one set of rules; sums exactly to it.

    Points are told from the middle of the two component scores, so that an item which is 不适用 in one of the years adds
    what its going or coming changes; where the same items are marked the middle cancels out.
    """
    parts: dict[Place, Fraction] = {}
    before, after = old.components(), new.components()
    for component in {**before, **after}:
        one, two = before.get(component, {}), after.get(component, {})
        if WHOLE in one or WHOLE in two:
            parts[component, WHOLE] = _sum(two.values()) - _sum(one.values())
            continue
        middle = HALF * (_percent(one) + _percent(two))
        for no in {**one, **two}:
            parts[component, no] = _from(middle, two.get(no)) - _from(middle, one.get(no))
    for place in {**old.extras, **new.extras}:
        if value := new.extras.get(place, ZERO) - old.extras.get(place, ZERO):
            parts[place] = value
    return parts


def _sum(terms: Iterable[Term]) -> Fraction:
    return sum((term.value for term in terms), ZERO)


def _percent(terms: Mapping[int, Term]) -> Fraction:
    return sum((term.share * term.points for term in terms.values()), ZERO)


def _from(middle: Fraction, term: Term | None) -> Fraction:
    return ZERO if term is None else term.weight * term.share * (term.points - middle)


def rules_parts(old: Corner, new: Corner) -> dict[str, Fraction]:
    """What each kind of rule adds to S(new rules) − S(old rules) for one set of marks; sums exactly to it.

    Each addend is a product of three; its change is shared among them by the mean over all six orders of changing them.
    """
    parts = dict.fromkeys((WEIGHTS, SHARES, POINTS), ZERO)
    weights = {c: term.weight for corner in (old, new) for (c, _), term in corner.terms.items()}
    for place in {**old.terms, **new.terms}:
        one, two = old.terms.get(place), new.terms.get(place)
        first = one or _nothing(old, place, two, weights)
        second = two or _nothing(new, place, one, weights)
        for name, value in _shared(first, second).items():
            parts[name] += value
    return parts | ({EXTRA: new.bonus - old.bonus} if old.bonus != new.bonus else {})


def _nothing(corner: Corner, place: Place, other: Term | None, weights: Mapping[str, Fraction]) -> Term:
    """An item that weighs nothing on one side: as on the other, with no share."""
    own = next(
        (term.weight for (component, _), term in corner.terms.items() if component == place[0]), weights[place[0]]
    )
    return Term(own, ZERO, other.points if other else ZERO)


def _shared(a: Term, b: Term) -> dict[str, Fraction]:
    factors = {WEIGHTS: (a.weight, b.weight), SHARES: (a.share, b.share), POINTS: (a.points, b.points)}
    found = {}
    for name, (was, now) in factors.items():
        (p, q), (r, s) = (pair for other, pair in factors.items() if other != name)
        found[name] = (now - was) * ((p * r + q * s) / 3 + (p * s + q * r) / 6)
    return found


def half(*parts: Mapping[Place, Fraction]) -> dict[Place, Fraction]:
    """The mean of the two orders, place by place."""
    return {key: HALF * sum((each.get(key, ZERO) for each in parts), ZERO) for key in {k: 0 for p in parts for k in p}}


def between(
    official: tuple[Fraction, Fraction],
    whole: tuple[Fraction, Fraction],
    oo: Corner,
    on: Corner,
    no: Corner,
    nn: Corner,
    aside: Fraction = ZERO,
) -> Split:
    """The split of a year-on-year change. ``official`` and ``whole``: (old, new) score rounded and not, over all items.

    ``aside``: what the old score owes to facts that no corner has.

    Of the corners the first letter tells the marks, the second the rules; all four are over the items in common.
    """
    first, last = rules_parts(oo, on), rules_parts(no, nn)
    by_rule = {key: HALF * (first.get(key, ZERO) + last.get(key, ZERO)) for key in {**first, **last}}
    return Split(
        *official,
        marks=HALF * (no.score - oo.score) + HALF * (nn.score - on.score),
        rules=HALF * (on.score - oo.score) + HALF * (nn.score - no.score),
        added=whole[1] - nn.score,
        dropped=oo.score - (whole[0] - aside),
        merged=-aside,
        rounding=(official[1] - whole[1]) - (official[0] - whole[0]),
        by_item=half(marks_parts(oo, no), marks_parts(on, nn)),
        by_rule=by_rule,
    )


def by_rules_alone(
    official: tuple[Fraction, Fraction],
    whole: tuple[Fraction, Fraction],
    oo: Corner,
    on: Corner,
    aside: Fraction = ZERO,
) -> Split:
    """The split where the marks are the same (回测): ``whole``: the old score over all items, the new over those in common.

    ``aside`` as in ``between``.
    """
    return Split(
        *official,
        rules=on.score - oo.score,
        dropped=oo.score - (whole[0] - aside),
        merged=-aside,
        rounding=(official[1] - whole[1]) - (official[0] - whole[0]),
        by_rule=rules_parts(oo, on),
    )


def mean_of(splits: Iterable[tuple[Fraction, Split]], official: tuple[Fraction, Fraction]) -> Split:
    """The split of a unit that came of several (合并): their splits weighed; ``official`` is (old, new) of the whole.

    What rounding the mean anew changes belongs to ``rounding``, so that the parts still sum exactly.
    """
    pairs = list(splits)
    whole = sum((weight for weight, _ in pairs), ZERO)
    weights = [weight / whole for weight, _ in pairs]
    told = [split for _, split in pairs]

    def mean(values: Iterable[Fraction]) -> Fraction:
        return sum((weight * value for weight, value in zip(weights, values, strict=True)), ZERO)

    named = {
        name: mean([getattr(split, name) for split in told])
        for name in ("marks", "rules", "added", "dropped", "merged")
    }
    return Split(
        *official,
        **named,
        rounding=official[1] - official[0] - sum(named.values(), ZERO),
        by_item={k: mean([s.by_item.get(k, ZERO) for s in told]) for k in {k: 0 for s in told for k in s.by_item}},
        by_rule={k: mean([s.by_rule.get(k, ZERO) for s in told]) for k in {k: 0 for s in told for k in s.by_rule}},
    )

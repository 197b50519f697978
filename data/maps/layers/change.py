"""变化: against last year, or under a saved 情景: whose grade rises (↑), stays (＝) or falls (↓), and by how many points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from data.maps import paint
from data.maps.layers.model import Asked, Change, Painted, Shift, UnknownLayerError, result_groups, tip
from data.maps.paint import RGB, Fill
from data.maps.spots import Spot, facts
from scoring.exact import signed
from scoring.explain import score_text
from scoring.standing import MISSING, draws_lines

SHADES: tuple[RGB, ...] = ((27, 120, 55), (166, 219, 160), (246, 232, 160), (194, 165, 207), (118, 42, 131))
"""From the best change to the worst: green, yellow, purple; told apart by every eye, and no colour of a grade."""
GRADED = (
    ("↑", "等次上升"), ("＝", "等次不变，得分上升"), ("＝", "等次和得分均不变"), ("＝", "等次不变，得分下降"), ("↓", "等次下降"),
)  # fmt: skip
SCORED = (("↑", "得分上升"), ("＝", "得分不变"), ("↓", "得分下降"))
APART = "不能比较"
_OF_SCORED = (0, 2, 4)


def legend(graded: bool) -> tuple[Fill, ...]:
    """Every way a unit can have changed, the best first."""
    if graded:
        return tuple(Fill(rgb, told, shape) for rgb, (shape, told) in zip(SHADES, GRADED, strict=True))
    return tuple(Fill(SHADES[at], told, shape) for at, (shape, told) in zip(_OF_SCORED, SCORED, strict=True))


def painted(found: Sequence[Spot], asked: Asked) -> Painted:
    """Each group against its own earlier results or its own 情景."""
    groups = result_groups(found, asked.state)
    changes = {group: asked.measures.change(asked.state, group, asked.choice) for group in groups}
    told = [each for each in changes.values() if each]
    if groups and not told:
        raise UnknownLayerError(f"change.{asked.choice}")
    graded = draws_lines(asked.scheme) and (
        not told or any(_graded(one) for each in told for one in each.shifts.values())
    )
    fills = {
        spot.place.code: _fill(spot, changes[spot.result.group], asked, graded)
        for spot in found
        if spot.result is not None
    }
    names = "；".join(dict.fromkeys(each.note for each in told if each.note))
    return Painted(fills, legend(graded), names)


def _graded(shift: Shift) -> bool:
    return not shift.why and shift.was[1] is not None and shift.now[1] is not None


def _fill(spot: Spot, change: Change | None, asked: Asked, graded: bool) -> Fill:
    assert spot.result is not None
    shift = change.shifts.get(spot.result.unit) if change else None
    if change is None or shift is None:
        return _grey(spot, asked, "没有可以比较的结果", APART)
    if shift.why:
        return _grey(
            spot, asked, f"较{change.name}：{shift.why}", MISSING if spot.result.score is None else APART, shift
        )
    step = _step(asked, shift, graded)
    if step is None:
        return _grey(spot, asked, f"较{change.name}：两次的等次或满分不同，得分{APART}", APART, shift)
    look = legend(graded)[step]
    lines = (f"{look.shape} {_grades(shift)}".strip(), _points(shift))
    told = f"较{change.name}：{'，'.join(filter(None, (_grades(shift), _points(shift))))}"
    sides = [
        f"{label}：{_side(asked, side)}" for label, side in zip(change.labels, (shift.was, shift.now), strict=True)
    ]
    return replace(look, lines=tuple(filter(None, lines)), tip=tip(spot, told, *sides, *shift.more, *_own(spot)))


def _grey(spot: Spot, asked: Asked, why: str, word: str, shift: Shift | None = None) -> Fill:
    more = shift.more if shift else ()
    return paint.shade_fill(None, word, colors=asked.colors, tip=tip(spot, why, *more, *facts(spot)))


def _step(asked: Asked, shift: Shift, graded: bool) -> int | None:
    """The place in the legend; None where neither grade nor score can be compared."""
    by = _by_score(shift)
    if not graded:
        return by
    (_, was), (_, now) = shift.was, shift.now
    order = asked.scheme.grades
    if was not in order or now not in order:
        return None
    if was != now:
        return 0 if order.index(now) < order.index(was) else len(GRADED) - 1
    return None if by is None else by + 1  # the same grade, and scores that cannot be compared: nothing is claimed


def _by_score(shift: Shift) -> int | None:
    """0 risen, 1 the same, 2 fallen."""
    if shift.was[0] is None or shift.now[0] is None or not shift.measured:
        return None
    return 1 if shift.now[0] == shift.was[0] else 0 if shift.now[0] > shift.was[0] else 2


def _grades(shift: Shift) -> str:
    was, now = shift.was[1], shift.now[1]
    if was is None or now is None:
        return ""
    return now if was == now else f"{was}→{now}"


def _points(shift: Shift) -> str:
    """+2.31分; nothing where the two are out of other full marks."""
    if shift.was[0] is None or shift.now[0] is None or not shift.measured:
        return ""
    moved = signed(shift.now[0] - shift.was[0])
    return "得分不变" if moved == "0" else f"{moved}分"


def _side(asked: Asked, side: tuple) -> str:
    value, grade = side
    told = [f"{score_text(asked.scheme, value)}分"] if value is not None else []
    return "，".join([*told, *([grade] if grade else [])]) or MISSING


def _own(spot: Spot) -> list[str]:
    """The place in the ranking: grade and score are told already."""
    return [fact for fact in facts(spot) if fact.startswith("位次")]

"""The map of a 锁定版: every unit that has a place on it in the colour, shape and word of the grade that stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from data.geographies import Own
from data.geographies.in_use import NOTHING
from data.locked import Locked
from data.looks import sign
from data.maps import build
from data.maps import spots as map_spots
from data.maps.layers import GRADE, SCORE, painted
from data.maps.layers.painting import is_of
from data.maps.paint import Fill, grade_fill
from data.maps.scene import Scene
from data.maps.spots import Spot
from data.maps.svg import svg
from data.maps.view import Frame
from data.regions import EXPORT_REMINDER, SOURCE_LINE, NoShapesError
from scoring.explain import score_text
from scoring.standing import draws_lines

_FRAME = Frame(720, 520)
REMINDER = EXPORT_REMINDER
"""What stands wherever a map leaves the office: 示意图, 边界不作划界依据, 公开使用须审图号."""


@dataclass(frozen=True)
class LockedMaps:
    """The drawn maps, one a group where groups are measured apart, and how many units have no place on any of them."""

    svgs: tuple[str, ...]
    left_out: int


def has_map(locked: Locked) -> bool:
    """Whether any unit has a place on a map."""
    return not locked.state.scheme.judged and map_spots.home(locked.state) is not None


def locked_maps(locked: Locked, own: Own = NOTHING, frame: Frame = _FRAME) -> LockedMaps:
    """The maps by day, with legend and the source of their borders; none where no unit has a place, or no outline is at hand.

    ``own``: the office's own geography, drawn instead of the built-in shapes.
    """
    state = locked.state
    home = map_spots.home(state)
    if home is None or state.scheme.judged:
        return LockedMaps((), len(state.results.units))
    depth = map_spots.usual_depth(home, [state])
    spots = map_spots.spots(home, [state], depth)
    drawn: list[str] = []
    placed: set[str] = set()
    try:
        for group in map_spots.groups(spots, state) or ("",):
            coat = painted(_layer(locked), spots, group=group)
            given = {s.place.code: fill for s in spots if is_of(s, group) and (fill := _given(locked, s))}
            scene = build.build(home, spots, coat.fills | given, depth=depth, own=own, frame=frame)
            drawn.append(_drawn(locked, scene, coat.legend, f"{home.name}{_named(locked, group)}", own))
            shown = {thing.code for thing in scene.things}
            placed |= {s.result.unit for s in spots if s.result and s.place.code in shown}
    except NoShapesError:
        return LockedMaps((), len(state.results.units))
    return LockedMaps(tuple(drawn), sum(result.unit not in placed for result in state.results.units))


def _layer(locked: Locked) -> str:
    return GRADE if draws_lines(locked.state.scheme) else SCORE


def _named(locked: Locked, group: str) -> str:
    """What the map tells of whom: "：审定等次", "被帮扶市：得分"."""
    whose = locked.state.scheme.group(group).name if group else ""
    return f"{whose}：{locked.standing.word if _layer(locked) == GRADE else '得分'}"


def _drawn(locked: Locked, scene: Scene, legend: Sequence[Fill], title: str, own: Own) -> str:
    notes = (locked.marking, locked.stamp, SOURCE_LINE, own.source, "示意图。")
    return svg(scene, title=title, legend=legend, notes=notes)


def _given(locked: Locked, spot: Spot) -> Fill | None:
    """The fill of a grade that people gave; None where the computed one stands."""
    if spot.result is None or spot.state is None:
        return None
    given = locked.given(spot.result)
    if given is None or given.grade == spot.result.grade:
        return None
    grades = locked.state.scheme.grades
    score = "" if spot.result.score is None else score_text(locked.state.scheme, spot.result.score)
    fill = grade_fill(given.grade, grades=grades)
    word = sign(grades, given.grade) if given.grade in grades else given.grade
    return replace(fill, lines=(f"{word} {score}".strip(),))

"""结果运用 and 情形 by gravity: what is to follow, from praise to the gravest; colours with their shapes and words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from data.looks import Palette
from data.maps import paint
from data.maps.paint import RGB, Fill
from scoring.rules import Outcome

REPORT = "报告"
LIGHTEST = 0.4
"""How far from orange to red the lightest of several consequences lies."""


def looks(outcomes: Sequence[Outcome], colors: Palette) -> Mapping[str, Fill]:
    """By its word (谈话提醒) how an outcome is painted; ``outcomes`` in the scheme's order."""
    borne = borne_by_gravity(outcomes)
    praise = dict.fromkeys(each.action for each in outcomes if each.praises)
    shades = {action: _fill(action, _shade(at, len(borne), colors), "■") for at, action in enumerate(borne)}
    return shades | {action: _fill(action, paint.rgb(colors.grades[0].color), "●") for action in praise}


def ladder(outcomes: Sequence[Outcome], colors: Palette) -> tuple[Fill, ...]:
    """The same for a legend: consequences from the gravest down, then praise."""
    known = looks(outcomes, colors)
    borne = borne_by_gravity(outcomes)
    praise = [each.action for each in outcomes if each.praises]
    return tuple(known[action] for action in dict.fromkeys((*reversed(borne), *praise)))


def gravest(outcomes: Sequence[Outcome], known: Sequence[Outcome]) -> Outcome | None:
    """The gravest of some of the ``known`` outcomes; praise only where there is nothing else."""
    order = borne_by_gravity(known)
    borne = [each for each in outcomes if not each.praises]
    return max(borne, key=lambda each: order.index(each.action)) if borne else next(iter(outcomes), None)


def borne_by_gravity(outcomes: Sequence[Outcome]) -> list[str]:
    """The words of what is to be borne, from the lightest: reports to be handed in, then the others in the scheme's order."""
    borne = sorted((each for each in outcomes if not each.praises), key=lambda each: REPORT not in each.action)
    return list(dict.fromkeys(each.action for each in borne))


def _fill(action: str, rgb: RGB, shape: str) -> Fill:
    return Fill(rgb, f"拟{action}", shape)


def _shade(at: int, many: int, colors: Palette) -> RGB:
    share = 1.0 if many == 1 else LIGHTEST + (1 - LIGHTEST) * at / (many - 1)
    light, grave = paint.rgb(colors.grades[-2].color), paint.rgb(colors.grades[-1].color)
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(light, grave, strict=True))
    return red, green, blue

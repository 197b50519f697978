"""打分尺度对照 for the command line: as JSON, exact values as text and what is absent as null, and in sentences."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from data.scales import Scales
from scoring import exact
from scoring.scale_items import Apart, undivided
from scoring.scale_method import beyond_compare
from scoring.scale_values import Scale
from scoring.scale_words import headline
from scoring.speech import bracketed, plain_text

Json = dict[str, Any]


def scales_json(scales: Scales) -> Json:
    """One group of units (组别): the sentences, the assessing groups, and the marks to look at again."""
    told = scales.comparison
    return {
        "units": [result.unit for result in scales.units],
        "first": scales.first or None,
        "second": scales.second or None,
        "comparable": told is not None,
        "settled": scales.settled,
        "sentences": scales_lines(scales),
        "scales": [_scale(scale) for scale in told.scales] if told else [],
        "waiting": {unit.unit: list(unit.missing) for unit in told.waiting} if told else {},
        "totals": {unit.unit: _text(unit.total) for unit in (told.totals if told else scales.plain) if scales.settled},
        "apart": [_apart(scales, each) for each in scales.apart],
        "undivided": {part: [item.no for item in undivided(items)] for part, items in scales.items.items()},
    }


def scales_lines(scales: Scales) -> list[str]:
    """The sentences as the page says them, or why nothing can be compared."""
    told, scheme = scales.comparison, scales.scheme
    if told is None:
        return [beyond_compare(scheme)]
    first, second = (scheme.component(name).name for name in (scales.first, scales.second))
    return [plain_text(each) for each in headline(told, first, second, f"{scheme.words.measure}{scheme.words.units}")]


def apart_lines(scales: Scales) -> list[str]:
    """Marks two grades or more apart, a line each: "鹤山市第14项：交叉考核较差（H18），市级考核较好（F18）"."""
    scheme, found = scales.scheme, []
    for each in scales.apart:
        sides = ((each.first, each.pair.first), (each.second, each.pair.second))
        told = "，".join(f"{scheme.component(part).name}{mark.grade}{bracketed(mark.cell)}" for part, mark in sides)
        found.append(f"相差{abs(each.pair.steps or 0)}档：{each.pair.unit}第{each.pair.no}项{each.pair.name}：{told}")
    return found


def _scale(scale: Scale) -> Json:
    return {
        "group": scale.assessor.name,
        "home": scale.assessor.home or None,
        "units": list(scale.units),
        "higher": scale.tally.higher,
        "alike": scale.tally.alike,
        "lower": scale.tally.lower,
        "steps": _text(scale.steps),
        "points": _text(scale.points),
        "verdict": scale.verdict,
        "chance": _text(scale.chance),
        "adjusted": _text(scale.adjusted),
        "signed_rank": _text(scale.rank_chance),
        "apart": _text(scale.apart),
        "others": scale.others,
        "others_chance": _text(scale.others_chance),
        "others_adjusted": _text(scale.others_adjusted),
    }


def _apart(scales: Scales, each: Apart) -> Json:
    pair = each.pair
    found: Json = {
        "unit": pair.unit,
        "no": pair.no,
        "steps": pair.steps,
        each.first: {"grade": pair.first.grade, "sheet": pair.first.sheet, "cell": pair.first.cell},
        each.second: {"grade": pair.second.grade, "sheet": pair.second.sheet, "cell": pair.second.cell},
    }
    if scales.settled:
        found["if"] = [
            {"component": t.component, "grade": t.grade, "score": _text(t.score), "result": t.result}
            for t in each.trials
        ]
    return found


def _text(value: Fraction | None) -> str | None:
    return None if value is None else exact.plain(value)

"""What is beneath a place in one line: how many of its towns have which grade, or why nothing of them is shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from data.maps.spots import HIDDEN, NOT_BEGUN, OUTSIDE, Spot
from scoring.elements import Words
from scoring.judged import judged
from scoring.results import UnitResult
from scoring.scheme import Scheme
from scoring.standing import word, words

_USUAL = Words.model_fields["units"].default
HIDDEN_WORDS = "该市（区）未公开镇（街）考核结果。镇（街）的考核成绩通报由各市（区）自行研究决定（六（六））。"
NOT_BEGUN_WORDS = "镇（街）考核未开展，或尚未上报评分表。"


def sentence(under: Sequence[Spot]) -> str:
    """"9个镇：好3个，较好4个，一般2个；另有8个未公开。"; for towns that are not to be seen why. Empty where there is nothing to tell."""
    shown = [(spot.result, spot.state) for spot in under if spot.result is not None and spot.state is not None]
    if not shown:
        return _absent(under)
    scheme, called = shown[0][1].scheme, kind(under)
    if under[0].place.level != "town" and scheme.words.units != _USUAL:
        called = scheme.words.units
    counts = Counter(_found(scheme, result) if scheme.judged else word(result) for result, _ in shown)
    told = [f"{each}{counts[each]}个" for each in (words(scheme) or [each for each, _ in counts.most_common()]) if counts[each]]
    others = Counter(_word(spot) for spot in under if spot.result is None)
    rest = "；另有" + "，".join(f"{count}个{each}" for each, count in others.items()) if others else ""
    return f"{len(shown)}个{called}：{'，'.join(told)}{rest}。"


def _found(scheme: Scheme, result: UnitResult) -> str:
    """Under judgement: the gravest of what is to follow, what waits, praise, or that nothing is registered."""
    one = judged(scheme, result)
    if one.gravest is not None:
        return f"拟{one.gravest.action}"
    if one.waiting:
        return "情形待核对"
    return f"拟{one.praised[0].outcome.action}" if one.praised else "未登记情形"


def _word(spot: Spot) -> str:
    return "本次范围" if spot.below else spot.absent


def kind(under: Sequence[Spot]) -> str:
    """What the places are called together: 镇, 镇（街）, 县（市、区）, 市."""
    level = under[0].place.level if under else ""
    if level == "town":
        return "镇" if all(spot.place.name.endswith("镇") for spot in under) else "镇（街）"
    return {"county": "县（市、区）", "city": "市", "province": "省份"}.get(level, "单位")


def absent(spot: Spot) -> str:
    """Why a place has no result, in a sentence."""
    if spot.note:
        return spot.note
    if spot.below:
        measure = spot.state.scheme.words.measure if spot.state else "个"
        return f"本次范围，共{spot.below}{measure}对象。"
    told = {HIDDEN: HIDDEN_WORDS, NOT_BEGUN: NOT_BEGUN_WORDS}
    return told.get(spot.absent, f"{spot.place.name}不在本次范围。")


def _absent(under: Sequence[Spot]) -> str:
    reasons = {spot.absent for spot in under} - {OUTSIDE}
    if HIDDEN in reasons:
        return HIDDEN_WORDS
    return NOT_BEGUN_WORDS if NOT_BEGUN in reasons else ""

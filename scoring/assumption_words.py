"""口径 in words: what each reading says, and in one line what another would change. For captions, forms and reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from scoring import exact
from scoring.assumptions import DEFAULT, Assumption, Effect
from scoring.rulebook import rules
from scoring.scheme import Scheme

SHOWN = 6
"""Units named in one line before the rest are counted."""
NOTHING = "不影响本次结果"
OWN = "方案所列口径"


def label_words(label: str) -> str:
    """What a reading is called on screen and paper: its label, or that it is the scheme's own."""
    return OWN if label == DEFAULT else label


def reading_words(own: Scheme, assumption: Assumption, label: str) -> str:
    """What a reading says: the rule that the scheme makes of its own one, and what speaks for any other.

    ``own`` is the scheme before any reading was chosen. Empty where the scheme says no more than its reason.
    """
    if label != DEFAULT:
        return next((option.why for option in assumption.alternatives if option.label == label), "")
    found = [rule for rule in rules(own) if rule.assumed == assumption.text]
    begins = assumption.name.partition("：")[2]
    named = [
        rule for rule in found if begins and any(phrase.startswith(begins) for phrase in (*rule.phrases, rule.text))
    ]
    return next((rule.text for rule in (*named, *found)), "")


def effect_words(scheme: Scheme, effect: Effect) -> str:
    """What a reading would change: "将改变1个市（区）的等次：台山市 较好→好；3个位次变动；得分最多相差0.25分（台山市高）".

    NOTHING where nothing would. ``scheme`` is the one in force: it says how its units are called.
    """
    told = [_grades(scheme, effect), _outcomes(scheme, effect), _places(scheme, effect), _scores(effect)]
    parts = [part for part in told if part]
    if parts and not effect.changes and scheme.bands and scheme.bands.items:
        parts.insert(0, "等次不变")
    return "；".join(parts) or NOTHING


def _grades(scheme: Scheme, effect: Effect) -> str:
    if not effect.changes:
        return ""
    units = f"{len(effect.changes)}{scheme.words.measure}{scheme.words.units}"
    if all(was is None for was, _ in effect.changes.values()):
        return f"将按得分给出{units}的等次：{_by_grade(scheme, (then for _, then in effect.changes.values()))}"
    if all(then is None for _, then in effect.changes.values()):
        return f"将不再按得分给出{units}的等次"
    moves = [f"{unit} {was or '暂缺'}→{then or '暂缺'}" for unit, (was, then) in effect.changes.items()]
    return f"将改变{units}的等次：{_some(scheme, moves)}"


def _by_grade(scheme: Scheme, grades: Iterable[str | None]) -> str:
    count = Counter(grades)
    return "、".join(f"{grade}{count[grade]}{scheme.words.measure}" for grade in scheme.grades if count[grade])


def _outcomes(scheme: Scheme, effect: Effect) -> str:
    """Only where the grades do not say it already."""
    beside = [unit for unit in effect.outcomes if unit not in effect.changes]
    return f"结果运用有变的{len(beside)}{scheme.words.measure}：{_some(scheme, beside)}" if beside else ""


def _places(scheme: Scheme, effect: Effect) -> str:
    if not effect.places:
        return ""
    count = f"{len(effect.places)}{scheme.words.measure}位次变动"
    if effect.changes:
        return count
    moves = [f"{unit} {was or '无'}→{then or '无'}" for unit, (was, then) in effect.places.items()]
    return f"{count}：{_some(scheme, moves)}"


def _scores(effect: Effect) -> str:
    if not effect.scores:
        return ""
    if effect.largest is None:
        return f"{len(effect.scores)}个得分的有无不同"
    unit, move = effect.largest
    direction = "高" if move > 0 else "低"
    return f"得分最多相差{exact.shown(abs(move))}分（{unit}{direction}）"


def _some(scheme: Scheme, told: list[str]) -> str:
    more = f"等{len(told)}{scheme.words.measure}" if len(told) > SHOWN else ""
    return "、".join(told[:SHOWN]) + more

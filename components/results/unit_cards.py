"""The cards of 分项情况: what to know of one unit at a glance, as its document measures it."""

from __future__ import annotations

from fractions import Fraction

from components import cards as figures
from components import grades
from components.grades import chip
from components.text import escape
from data.documents.ranking_rows import award_name, from_text, outcomes
from data.state import State
from scoring import exact
from scoring.explain import score_text
from scoring.firmness.words import distance
from scoring.judged import judged
from scoring.results import UnitResult
from scoring.scheme import Scheme
from scoring.standing import MISSING, UNJUDGED, draws_lines
from scoring.waits import lacks_in_short

Card = tuple[str, str, str]


def cards(state: State, result: UnitResult) -> None:
    """Score, grade and the nearest line; without lines the neighbours; under judgement what is found and what follows."""
    if state.scheme.judged:
        told = _judged(state.scheme, result)
    elif draws_lines(state.scheme):
        told = _graded(state, result)
    else:
        told = [_score(state, result), ("等次", _undecided(result), _heed(result)), _neighbours(state, result)]
    told += [(award_name(a.name), exact.fixed(a.value, a.places), "绩效折算") for a in result.awards]
    with figures.cards(len(told)):
        for card in told:
            figures.card(*card)


def _score(state: State, result: UnitResult) -> Card:
    score = score_text(state.scheme, result.score) if result.score is not None else MISSING
    return "综合得分", score, _place(state, result)


def _graded(state: State, result: UnitResult) -> list[Card]:
    scheme, colors = state.scheme, grades.palette()
    by_score = chip(scheme.grades, result.score_grade, colors) if result.score_grade else MISSING
    stands = chip(scheme.grades, result.grade, colors) if result.grade else MISSING
    first = [
        _score(state, result),
        ("按分数", by_score, _line(scheme, result)),
        ("测算等次", stands, _standing(scheme, result)),
    ]
    if scheme.inheritance(result.group):
        return [*first, ("随所帮扶的单位计分", f"{len(result.inherited)} 个", escape(from_text(result.inherited)))]
    return [*first, _distance(scheme, result)]


def _place(state: State, result: UnitResult) -> str:
    """The unit's place in few letters: a card on a phone holds ten."""
    if result.score is None:
        return _lacks(state, result)
    if result.rank is None:
        return ""
    group, measure = state.results.group(result.group), state.scheme.words.measure
    shared = "并列" if sum(other.rank == result.rank for other in group) > 1 else ""
    if state.results.provisional([result]):
        return f"暂列{shared}第{result.rank}位" if shared else f"暂列第{result.rank}位，共{len(group)}{measure}"
    return f"{shared}第{result.rank}位，共{len(group)}{measure}"


def _lacks(state: State, result: UnitResult) -> str:
    if state.scheme.inheritance(result.group):
        return "所帮扶单位尚无得分" if result.inherited else "未登记帮扶对象"
    return escape(lacks_in_short(state.scheme, [result]))


def _line(scheme: Scheme, result: UnitResult) -> str:
    bands = scheme.bands.items if scheme.bands else ()
    found = next((band for band in bands if band.grade == result.score_grade), None)
    if found is None:
        return ""
    if found.min:
        return f"{exact.plain(found.min)}分以上"
    return f"{exact.plain(bands[-2].min)}分以下" if len(bands) > 1 else ""


def _standing(scheme: Scheme, result: UnitResult) -> str:
    """The one thing to know of the grade that stands; all the others are among the reasons."""
    if result.grade is None:
        return f"可能{_span(result)}" if result.possible and _begun(scheme, result) else ""
    if any(limit.binds for limit in result.limits):
        return "受等次限制"
    if result.recommended:
        return f"建议“{result.recommended}”，待认定"
    if any(floor.binds and floor.confirmed for floor in result.floors):
        return "适用保底"
    return "有待核对的情形" if result.to_check else escape(outcomes(scheme, result))


def _begun(scheme: Scheme, result: UnitResult) -> bool:
    return len(result.missing) < len(scheme.counted) or any(one.score is not None for one in result.inherited)


def _span(result: UnitResult) -> str:
    grades_possible = result.possible.grades if result.possible else ()
    return "至".join(dict.fromkeys((*grades_possible[:1], *grades_possible[-1:])))


def _distance(scheme: Scheme, result: UnitResult) -> Card:
    """The card of the nearest line: upwards while there is one, else how far above the unit's own."""
    far = distance(scheme, result)
    if far.better is not None and far.up is not None:
        spare = f"高出“{result.score_grade}”线{score_text(scheme, far.down)}分" if far.down is not None else ""
        return f"按分数距“{far.better}”", f"差{score_text(scheme, far.up)}分", spare
    if far.down is not None:
        return f"高出“{result.score_grade}”线", f"{score_text(scheme, far.down)}分", "恰在线上" if not far.down else ""
    return _possible(scheme, result) or ("距等次线", MISSING, "")


def _possible(scheme: Scheme, result: UnitResult) -> Card | None:
    if result.possible is None or not _begun(scheme, result):
        return None
    low, high = (score_text(scheme, end) for end in (result.possible.low, result.possible.high))
    return "最低可能得分", low, f"最高{high}分"


def _undecided(result: UnitResult) -> str:
    """Without lines: the grade a veto gives, else that judgement decides."""
    return result.grade or (UNJUDGED if result.score is not None else MISSING)


def _heed(result: UnitResult) -> str:
    """What the judgement must heed: the strictest of the limits that hold."""
    if result.score is None:
        return ""
    return f"评议时最高“{result.limits[-1].best}”" if result.limits else "由评议确定"


def _neighbours(state: State, result: UnitResult) -> Card:
    """How far the next better and the next worse of the group are, by score."""
    if result.score is None:
        return _possible(state.scheme, result) or ("距前一位", MISSING, "")
    group = [other.score for other in state.results.group(result.group) if other.score is not None]
    better = min((score for score in group if score > result.score), default=None)
    worse = max((score for score in group if score < result.score), default=None)
    ahead = f"领先后一位{score_text(state.scheme, result.score - worse)}分" if worse is not None else ""
    if better is None:
        spare = score_text(state.scheme, result.score - (worse if worse is not None else Fraction(0)))
        return ("领先后一位", f"{spare}分" if worse is not None else "—", "本组得分最高")
    return "距前一位", f"差{score_text(state.scheme, better - result.score)}分", ahead


def _judged(scheme: Scheme, result: UnitResult) -> list[Card]:
    one = judged(scheme, result)
    gravest = f"拟{one.gravest.action}" if one.gravest else "无"
    praise = "、".join(f"拟{each.outcome.action}" for each in one.praised)
    return [
        ("已核对的问题情形", f"{len(one.problems)} 项", f"另有{len(one.waiting)}项待核对" if one.waiting else ""),
        ("最重的拟处理", escape(gravest), escape(one.gravest.basis) if one.gravest else ""),
        ("表彰奖励", escape(praise) or "无", "、".join(escape(each.outcome.basis) for each in one.praised)),
    ]

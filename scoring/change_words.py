"""为什么变了 in words: what an official would write of one unit, and of a whole comparison. Every part is said exactly."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction

from scoring import exact
from scoring.change_parts import ABSENT
from scoring.changes import CHECKED, REVOKED, UNKNOWN, Cause, Comparison, Deed, UnitChange, outcomes_of
from scoring.exact import signed
from scoring.explain import score_text
from scoring.results import AppliedFloor, AppliedLimit, Results, UnitResult
from scoring.scheme import Scheme
from scoring.sentences import limit_reason
from scoring.speech import Sentence, bracketed, say, strong
from scoring.standing import MISSING, draws_lines, word

AGAIN = {"替换": "重新上报"}
"""What a deed is called in a sentence, where the log's word reads badly there."""
_TOGETHER = 4
"""So many marks of one sheet that came by one change are told in one line."""
_BRIEF = 2
_SAID = ("reading", "target", "roster")
"""Kinds of causes whose words say already what was done."""


def day(deed: Deed, year: int) -> str:
    """The day of a deed; with its year where that is not the one being spoken of."""
    told = f"{deed.at.month}月{deed.at.day}日"
    return told if deed.at.year == year else f"{deed.at.year}年{told}"


def when(deed: Deed) -> str:
    """The moment of a deed in full: "2026年12月4日 09:30"."""
    return f"{deed.at.year}年{deed.at.month}月{deed.at.day}日 {deed.at:%H:%M}"


def what(cause: Cause) -> str:
    """What a cause is: "日常工作第14项“产业扶贫”由一般改为较好"."""
    piece = cause.piece
    if piece.kind == "sheet":
        verb = cause.deed.action if piece.now == ABSENT and cause.deed.kind == "sheets" else ""
        return f"{verb or '收到'}{piece.subject}"
    if piece.kind == "fact":
        return _fact(piece.was, piece.now) + piece.subject
    if not piece.was:
        return piece.subject
    if piece.was == piece.now:
        return f"{piece.subject}几经改动，仍为{piece.now}"
    if piece.kind == "around":
        return f"{piece.subject}评分未改，{'由' + piece.was}变为{piece.now}"
    return f"{piece.subject}由{piece.was}{'变' if piece.kind in ('helped', 'bonus') else '改'}为{piece.now}"


def _fact(was: str, now: str) -> str:
    """What was done to a 情形, all in all."""
    if now == REVOKED:
        return "撤销"
    return ("登记并核对" if was == UNKNOWN else "核对") if now == CHECKED else "登记（待核对）"


def source(cause: Cause, year: int) -> str:
    """Who, when and where from: "7月3日 张三上报《鹤山市.xlsx》评分表!F17"; with the reason that was given."""
    deed, piece = cause.deed, cause.piece
    file = f"《{cause.file}》{piece.cell}" if cause.file and deed.kind == "sheets" and piece.kind != "around" else ""
    verb = AGAIN.get(deed.action, "" if piece.kind in _SAID else deed.action)
    verb = verb.removesuffix("情形") if piece.kind == "fact" else verb
    about = "" if file or piece.kind not in ("around", "helped", "bonus") or deed.kind != "sheets" else "评分表"
    reason = f"，理由：{deed.reason}" if deed.reason else ""
    return f"{day(deed, year)} {deed.actor}{verb}{file or about}{reason}"


def cause_text(cause: Cause, year: int) -> str:
    """A cause with its part and its source; what rounding makes of a sum rests on nobody's deed."""
    piece = cause.piece
    nothing = "，不影响得分" if piece.kind in ("mark", "total", "around", "bonus") else ""
    part = "" if piece.part is None else f"，影响{signed(piece.part)}分" if piece.part else nothing
    if piece.kind == "rounding":
        return f"{what(cause)}{part}"
    if piece.kind == "several":
        return f"{what(cause)}{part}"
    return f"{what(cause)}（{source(cause, year)}）{part}"


def causes(change: UnitChange, year: int, brief: bool = False) -> list[str]:
    """The causes of a unit's difference, a line each; many marks of one sheet in one line, each with its cell."""
    piles: dict[object, list[Cause]] = {}
    for at, cause in enumerate(sorted(change.causes, key=lambda cause: cause.piece.kind == "rounding")):
        alike = cause.piece.kind in ("mark", "around")
        piles.setdefault((cause.piece.kind, cause.piece.component, cause.deed) if alike else at, []).append(cause)
    told: list[str] = []
    for pile in piles.values():
        told += [_pile(pile, year, brief)] if len(pile) >= _TOGETHER else [cause_text(cause, year) for cause in pile]
    return told + _since_complete(change)


def _since_complete(change: UnitChange) -> list[str]:
    """Of a unit that had no score at first: what it had when it became complete, from which its parts count."""
    parts = sum((cause.part for cause in change.trail if cause.part is not None), Fraction(0))
    if not (change.completed and parts and change.after and change.after.score is not None):
        return []
    return [f"补齐时得分{exact.shown(change.after.score - parts)}分，此后各项影响合计{signed(parts)}分"]


def _pile(pile: Sequence[Cause], year: int, brief: bool) -> str:
    """ "交叉考核10项评分改动（7月3日 李四上报《…》），合计影响+5.79分：第1项较差→好（H5）、…" """
    first, size = pile[0], len(pile)
    parts = [cause.part for cause in pile if cause.part is not None]
    whole = f"，合计影响{signed(sum(parts, Fraction(0)))}分" if parts else ""
    where = source(replace(first, piece=replace(first.piece, cell="")), year)
    name, alike = first.piece.subject.partition("第")[0], {cause.piece.now for cause in pile}
    if first.piece.kind == "around" and len(alike) == 1:  # as when the peers' sheets are no longer all there
        return f"{name}{size}项评分未改，均变为{alike.pop()}（{where}）{whole}"
    moved = "评分改动" if first.piece.kind == "mark" else "评分未改而结果变动"
    return f"{name}{size}项{moved}（{where}）{whole}" + ("" if brief else f"：{'、'.join(map(_short, pile))}")


def _short(cause: Cause) -> str:
    """One item among many: "第1项较差→好（H5）"."""
    piece = cause.piece
    way = f"{piece.was}→{piece.now}" if piece.was != piece.now else f"仍为{piece.now}"
    cell = piece.cell.rpartition("!")[2] if cause.file and piece.kind == "mark" else ""
    return f"第{piece.no}项{way}{bracketed(cell)}"


def unit_sentence(comparison: Comparison, change: UnitChange, brief: bool = False) -> Sentence:
    """One unit in a sentence: from where to where, and by what; ``brief`` leaves single items and further causes out."""
    year = comparison.deeds[-1].at.year if comparison.deeds else 0
    told = causes(change, year, brief)
    if brief and len(told) > _BRIEF:
        told = [*told[:_BRIEF], f"另有{len(told) - _BRIEF}项原因"]
    told += [*grade_reasons(comparison, change), *place_reasons(comparison, change)]
    return say(strong(change.unit), headline_of(comparison, change), f"：{'；'.join(told)}。" if told else "。")


def headline_of(comparison: Comparison, change: UnitChange) -> str:
    """From where to where: "由88.20分升至89.10分，等次由“较好”升为“好”，位次由第4升至第3"."""
    before, after = change.before, change.after
    if before is None or after is None:
        return "列入考核对象名单" if before is None else "移出考核对象名单"
    parts = [_score_way(comparison, change), grade_way(comparison.scheme, before, after), place_way(before, after)]
    if before.score is None and after.score is None and before.possible != after.possible:
        parts.append(_range_way(comparison.scheme, before, after))
    parts.append(outcome_way(comparison, change))
    return "，".join(part for part in parts if part)


def _score_way(comparison: Comparison, change: UnitChange) -> str:
    schemes = (comparison.before.results.scheme, comparison.scheme)
    pair = zip(schemes, (change.before, change.after), strict=True)
    was, now = (f"{score_text(s, r.score)}分" if r and r.score is not None else "" for s, r in pair)
    if comparison.scheme.judged or not (was or now):
        return "" if comparison.scheme.judged else "仍暂缺"
    if change.delta is None:
        return f"由{MISSING}变为{now}" if now else f"由{was}变为{MISSING}"
    return f"由{was}{'升' if change.delta > 0 else '降'}至{now}" if change.delta else f"得分不变（{now}）"


def grade_way(scheme: Scheme, before: UnitResult, after: UnitResult) -> str:
    """The grade's way: "等次由“较好”升为“好”"; of one that only came, "等次为“好”"."""
    if before.grade == after.grade or scheme.judged:
        return ""
    if not before.grade:
        return f"等次为“{after.grade}”"
    if not after.grade:
        return f"等次由“{before.grade}”变为{word(after)}" if after.score is not None else ""
    return f"等次由“{before.grade}”{'降' if scheme.worse_than(after.grade, before.grade) else '升'}为“{after.grade}”"


def place_way(before: UnitResult, after: UnitResult) -> str:
    """The place's way: "位次由第4升至第3"."""
    if before.rank == after.rank or after.rank is None:
        return ""
    if before.rank is None:
        return f"列第{after.rank}"
    return f"位次由第{before.rank}{'升' if after.rank < before.rank else '降'}至第{after.rank}"


def _range_way(scheme: Scheme, before: UnitResult, after: UnitResult) -> str:
    ends = [
        f"{score_text(scheme, r.possible.low)}至{score_text(scheme, r.possible.high)}"
        for r in (before, after)
        if r.possible
    ]
    return f"可能的得分由{ends[0]}变为{ends[1]}" if len(ends) == 2 else ""


def outcome_way(comparison: Comparison, change: UnitChange) -> str:
    """What follows now and did not, and the other way round: "新增拟表扬，不再拟谈话提醒"."""
    was = outcomes_of(comparison.before.results.scheme, change.before)
    now = outcomes_of(comparison.scheme, change.after)
    told = [f"新增拟{'、'.join(x for x in now if x not in was)}"] if set(now) - set(was) else []
    told += [f"不再拟{'、'.join(x for x in was if x not in now)}"] if set(was) - set(now) else []
    return "，".join(told)


def grade_reasons(comparison: Comparison, change: UnitChange) -> list[str]:
    """Why the grade differs: a line crossed, a limit or a floor that holds now or no longer, what rounding did."""
    before, after, scheme = change.before, change.after, comparison.scheme
    if before is None or after is None or scheme.judged or not change.regraded:
        return []
    told = _line(scheme, before, after)
    told += _rules(scheme, before.limits, after.limits, before, after)
    told += _rules(scheme, before.floors, after.floors, before, after)
    if after.crossed_by_rounding and not before.crossed_by_rounding and after.unrounded is not None:
        told.append(f"未舍入时为{exact.shown(after.unrounded)}分，因四舍五入越过等次线")
    return told


def _line(scheme: Scheme, before: UnitResult, after: UnitResult) -> list[str]:
    if (
        before.score_grade == after.score_grade
        or not draws_lines(scheme)
        or not (before.score_grade and after.score_grade)
    ):
        return []
    up = scheme.worse_than(before.score_grade, after.score_grade)
    edge = after.score_grade if up else before.score_grade
    line = next((band.min for band in scheme.bands.items if band.grade == edge), None) if scheme.bands else None
    if line is None or after.score is None or (after.score >= line) != up:
        return []
    return [f"得分{'达到' if up else '低于'}“{edge}”的等次线{exact.plain(line)}分"]


def _rules(
    scheme: Scheme,
    was: Sequence[AppliedLimit | AppliedFloor],
    now: Sequence[AppliedLimit | AppliedFloor],
    before: UnitResult,
    after: UnitResult,
) -> list[str]:
    """Limits or floors that bind now and did not, and the other way round."""
    held = [{rule.id: rule for rule in rules if _binds(rule)} for rules in (was, now)]
    told = [
        f"{limit_reason(scheme, after, rule)}，按{rule.cite}{_effect(rule)}"
        for key, rule in held[1].items() if key not in held[0]
    ]  # fmt: skip
    return told + [
        f"按{rule.cite}{_effect(rule)}的{'限制' if isinstance(rule, AppliedLimit) else '保底'}不再起作用"
        for key, rule in held[0].items() if key not in held[1]
    ]  # fmt: skip


def _binds(rule: AppliedLimit | AppliedFloor) -> bool:
    return rule.binds and (isinstance(rule, AppliedLimit) or rule.confirmed)


def _effect(rule: AppliedLimit | AppliedFloor) -> str:
    return f"等次最高为“{rule.best}”" if isinstance(rule, AppliedLimit) else f"等次不低于“{rule.worst}”"


def place_reasons(comparison: Comparison, change: UnitChange) -> list[str]:
    """Why the place differs: who came before it, who fell behind it. Their numbers make the difference exactly."""
    if not change.moved:
        return []
    came, left = passed(comparison.before.results, comparison.after.results, change.unit)
    own = (
        change.before is not None and change.after is not None and _place_key(change.before) != _place_key(change.after)
    )
    fresh = [unit for unit in came if _rank(comparison.before.results, unit) is None]
    gone = [unit for unit in left if _rank(comparison.after.results, unit) is None]
    told = [(f"{_some(came, fresh)}升到其前"), f"{'、'.join(fresh)}新列其前", "", f"{'、'.join(gone)}不再列其前"]
    behind = _some(left, gone)
    told[2] = f"超过{behind}" if own and behind else f"{behind}退到其后"
    shown = (_some(came, fresh), fresh, behind, gone)
    return [text for text, there in zip(told, shown, strict=True) if there]


def passed(before: Results, after: Results, unit: str) -> tuple[list[str], list[str]]:
    """The units of its group that stand before it now and did not, and those that did and no longer do."""
    was, now = _ahead(before, unit), _ahead(after, unit)
    return [name for name in now if name not in was], [name for name in was if name not in now]


def _ahead(results: Results, unit: str) -> list[str]:
    own = results.of(unit)
    return [
        r.unit for r in results.group(own.group) if r.rank is not None and own.rank is not None and r.rank < own.rank
    ]


def _rank(results: Results, unit: str) -> int | None:
    return next((result.rank for result in results.units if result.unit == unit), None)


def _place_key(result: UnitResult) -> tuple[object, ...]:
    return result.score, result.grade


def _some(names: Iterable[str], but: Iterable[str]) -> str:
    left_out = set(but)
    return "、".join(name for name in names if name not in left_out)


def deed_text(deed: Deed) -> str:
    """One logged change in a line: "第17版　2026年12月4日 09:30　张三　上报：…"."""
    return f"第{deed.version}版　{when(deed)}　{deed.actor}　{did(deed)}"


def did(deed: Deed) -> str:
    """What was done, whole: of a 情形 whose it is and what became of it, with the reason that was given."""
    text = f"{deed.action}：{deed.unit}{deed.text}" if deed.kind == "fact" else deed.text
    return f"{text}，理由：{deed.reason}" if deed.reason else text


__all__ = [
    "cause_text", "causes", "day", "deed_text", "did", "grade_reasons", "grade_way", "headline_of", "outcome_way", "passed",
    "place_reasons", "place_way", "source", "unit_sentence", "what", "when",
]  # fmt: skip

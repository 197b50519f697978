"""The first screen speaks before it shows: sentences computed from the results, each only when it has something to say.

A sentence is a tuple of parts, the strong ones being what a leader must catch. Nothing here knows Markdown or HTML,
so the same words go to the screen, a document and a message.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from scoring import exact
from scoring.elements import Task
from scoring.explain import at_odds, fact_name, one_of, score_text, telling, told_consequences
from scoring.grading import verdict
from scoring.marks import Fact
from scoring.results import Results, UnitResult
from scoring.scheme import Scheme

NEAR = Fraction(1)
"""Fewer points than this from a line, a unit stands at the edge (临界, 不足1分)."""


@dataclass(frozen=True)
class Part:
    """A piece of a sentence; ``strong`` when the eye should stop at it."""

    text: str
    strong: bool = False


Sentence = tuple[Part, ...]


@dataclass(frozen=True)
class Progress:
    """What has come in: sheets received and expected, and the (unit, component id) still absent, on a given day."""

    received: int
    expected: int
    absent: tuple[tuple[str, str], ...]
    today: date


@dataclass(frozen=True)
class Readings:
    """How many 口径 are unconfirmed, how many of those would change a grade, and what the meeting must decide in all.

    ``to_decide``: the readings that matter and the units that are to be praised and yet not; never what only waits for
    its second person.
    """

    unconfirmed: int
    matter: int
    to_decide: int


def say(*parts: str | Part) -> Sentence:
    """A sentence from plain and strong parts."""
    return tuple(part if isinstance(part, Part) else Part(part) for part in parts)


def strong(text: object) -> Part:
    """A part where the eye should stop."""
    return Part(str(text), True)


def plain_text(sentence: Sentence) -> str:
    """The sentence without emphasis."""
    return "".join(part.text for part in sentence)


def headline(results: Results, progress: Progress, readings: Readings) -> list[Sentence]:
    """What a leader reads first, in order; sentences with nothing to report are absent."""
    if not progress.received:
        return [say("尚未收到评分表，应收", strong(progress.expected), "份。")]
    found = [_arrived(results, progress), _grades(results), _edge(results)]
    found += [_missing(results.scheme, r) for r in results.units if r.possible and _has_any(r)]
    found += [_limited(results.scheme, result) for result in results.units if any(x.binds for x in result.limits)]
    found += [_pending(result) for result in results.units if result.to_check]
    found += [_outcomes(results), *(_by_fact(results.scheme, result) for result in results.units)]
    found += [_rounded(results), _undecided(readings)]
    return [sentence for sentence in found if sentence]


def _has_any(result: UnitResult) -> bool:
    return any(part.exact is not None for part in result.components.values() if part.counted)


def _arrived(results: Results, progress: Progress) -> Sentence:
    words, total = results.scheme.words, len(results.units)
    if not progress.absent and total == 1:
        return say(strong("数据已齐。"), f"{results.units[0].unit}的评分表已到齐。")
    if not progress.absent:
        ways = len(results.scheme.counted)
        return say(strong("数据已齐。"), f"{total}个{words.units}{number(ways)}种{words.component}结果已全部到齐。")
    complete = sum(result.complete for result in results.units)
    rest = f"其余{complete}个{words.units}已可测算{_places(results)}。" if complete else ""
    return say(
        strong("数据未齐。"), "已收", strong(progress.received), "份，应收", strong(progress.expected), "份，尚缺",
        *_absent(results.scheme, progress), "。", rest,
    )  # fmt: skip


def _places(results: Results) -> str:
    """What may be said of places while sheets are missing: each group is ranked by itself."""
    names = {group.id: group.name for group in results.scheme.groups}
    settled = [g for g in names if results.group(g) and all(r.rank is not None for r in results.group(g))]
    if not settled:
        return "，位次为暂列" if results.provisional() else ""
    named = "、".join(names[g] for g in settled) if len(settled) <= 3 else f"{len(settled)}个组别"
    return f"，{named}位次已形成" + ("，其余组别位次为暂列" if results.provisional() else "")


def _absent(scheme: Scheme, progress: Progress) -> list[Part | str]:
    if len(progress.absent) > 3:
        return [strong(f"{len(progress.absent)}份")]
    parts: list[Part | str] = []
    for unit, component_id in progress.absent:
        task = next((t for t in scheme.steps if t.component == component_id), None)
        parts += ["、" if parts else "", strong(unit), "的", strong(scheme.component(component_id).name)]
        parts.append(bracketed(deadline(task, progress.today)))
    return parts


def deadline(task: Task | None, today: date, done: bool = False) -> str:
    """When a step is due: "12月5日截止，已逾期2天"; empty where no day is set.

    The last day itself counts as on time, nothing is late that is ``done``, and more than a year off no days are counted.
    """
    if task is None or task.due is None:
        return ""
    day, left = f"{task.due.month}月{task.due.day}日截止", (task.due - today).days
    if done or abs(left) > 365:
        return f"{task.due.year}年{day}" + ("，已收齐" if done else "，已逾期" if left < 0 else "")
    if not left:
        return f"{day}，今日到期"
    return f"{day}，" + (f"还有{left}天" if left > 0 else f"已逾期{-left}天")


def bracketed(text: str) -> str:
    """A remark in brackets, or nothing."""
    return f"（{text}）" if text else ""


def _grades(results: Results) -> Sentence | None:
    graded = [result for result in results.units if result.grade]
    if not graded:
        return None
    source = results.scheme.document.number or results.scheme.document.title
    parts: list[Part | str] = [f"按{source}测算，等次为："]
    for grade in results.scheme.grades:
        names = [result.unit for result in results.ranked() if result.grade == grade]
        listed = f"（{'、'.join(names)}）" if 0 < len(names) <= 4 else ""
        text = f"{grade}{len(names)}{results.scheme.words.measure}"
        parts += [strong(text) if names else text, listed, "，"]
    return say(*parts[:-1], "。")


def to_next(scheme: Scheme, result: UnitResult) -> tuple[str, Fraction] | None:
    """The next line that would better the grade, and the points missing to it, as printed.

    None at the top, and where the limits bar every better grade: "距“好”差0.50分" would promise what cannot be had.
    """
    if result.score is None or result.score_grade is None or result.grade is None or scheme.bands is None:
        return None
    above = [band for band in reversed(scheme.bands.items) if band.min > result.score]
    found = next(
        (band for band in above if scheme.worse_than(result.grade, _ends_in(scheme, result, band.grade))), None
    )
    return (found.grade, found.min - result.score) if found else None


def _ends_in(scheme: Scheme, result: UnitResult, grade: str) -> str:
    """What a grade by score comes to under the unit's confirmed limits."""
    return verdict(scheme, grade, [fact for fact in result.facts if fact.confirmed], result.category_grades).grade or grade


def above_line(scheme: Scheme, result: UnitResult) -> Fraction | None:
    """Points between the official score and the line of the grade it reaches; 0 is exactly on the line."""
    if result.score is None or result.score_grade is None or scheme.bands is None:
        return None
    return result.score - next(band.min for band in scheme.bands.items if band.grade == result.score_grade)


def at_edge(results: Results) -> list[tuple[UnitResult, Sentence]]:
    """Units less than a point from a line that decides their grade, nearest first, each with a sentence on how near."""
    found = []
    for result in results.units:
        following = to_next(results.scheme, result)
        above = above_line(results.scheme, result)
        if following and following[1] < NEAR:
            found.append((following[1], result, _below(results.scheme, result, *following)))
        elif above is not None and above < NEAR and _would_fall(results.scheme, result):
            found.append((above, result, _just_above(results.scheme, result, above)))
    return [(result, sentence) for _, result, sentence in sorted(found, key=lambda entry: entry[0])]


def _would_fall(scheme: Scheme, result: UnitResult) -> bool:
    """Whether below the line of its score the unit's grade would be worse; under a limit it may be the same."""
    place = scheme.grades.index(result.score_grade or "")
    below = scheme.grades[place + 1 : place + 2]
    return bool(below) and _ends_in(scheme, result, below[0]) != result.grade


def _below(scheme: Scheme, result: UnitResult, grade: str, gap: Fraction) -> Sentence:
    return say(strong(f"{result.unit}距“{grade}”差{score_text(scheme, gap)}分"))


def _just_above(scheme: Scheme, result: UnitResult, above: Fraction) -> Sentence:
    if not above:
        return say(strong(f"{result.unit}恰在“{result.score_grade}”线上"))
    return say(strong(f"{result.unit}仅高出“{result.score_grade}”线{score_text(scheme, above)}分"))


def _edge(results: Results) -> Sentence | None:
    near = at_edge(results)
    if not near:
        return None
    parts: list[Part | str] = []
    for _, sentence in near[:3]:
        parts += ["；" if parts else "", *sentence]
    more = f"；共{len(near)}个距等次线不足1分" if len(near) > 3 else ""
    return say(*parts, more, "。")


def _missing(scheme: Scheme, result: UnitResult) -> Sentence:
    assert result.possible is not None
    low, high = (score_text(scheme, value) for value in (result.possible.low, result.possible.high))
    return say(
        f"无论所缺结果如何，{result.unit}得分在", strong(f"{low}至{high}"), "之间",
        f"，等次可能为{one_of(result.possible.grades)}。" if result.possible.grades else "。",
    )  # fmt: skip


def _limited(scheme: Scheme, result: UnitResult) -> Sentence:
    limit = next(limit for limit in result.limits if limit.binds and limit.best == result.grade)
    score = score_text(scheme, result.score) if result.score is not None else ""
    why = f"因有{_named(scheme, limit.fact)}" if limit.fact else "因符合等次限制"
    rest = f"，按{limit.cite}等次最高为“{limit.best}”，测算等次为“{result.grade}”。"
    return say(strong(f"{result.unit}{score}分"), f"，按分数为“{result.score_grade}”；{why}{rest}")


def _named(scheme: Scheme, fact: Fact) -> str:
    """A 情形 in short: "“记过”情形（班子成员受政务处分）", the kind once only."""
    name, kind = fact_name(scheme, fact), scheme.fact(fact.fact).name
    return f"“{name}”情形" + (f"（{kind}）" if name != kind else "")


def _pending(result: UnitResult) -> Sentence:
    return say(strong(result.unit), f"{pending_text(result)}。")


def pending_text(result: UnitResult) -> str:
    """What a 情形 that waits for its second person would change: the grade, else the possible grades and what follows."""
    if result.pending:
        return f"有待核对的情形，核对属实后等次由“{result.grade}”变为“{result.pending}”"
    told = [f"等次只可能为{one_of(result.pending_grades)}"] if result.pending_grades else []
    told += [f"拟{'、'.join(outcome.action for outcome in result.pending_outcomes)}"] if result.pending_outcomes else []
    return f"有待核对的情形，核对属实后{'，'.join(told)}"


def _outcomes(results: Results) -> Sentence | None:
    listed = [outcome for outcome in results.scheme.outcomes if telling(results.scheme, outcome)]
    counts = {(o.action, o.basis): sum(o in result.outcomes for result in results.units) for o in listed}
    told = [f"拟{action}{n}{results.scheme.words.measure}" for (action, _), n in counts.items() if n]
    if not told:
        return None
    return say(f"按{'、'.join(dict.fromkeys(basis for (_, basis), n in counts.items() if n))}，{'、'.join(told)}。")


def _by_fact(scheme: Scheme, result: UnitResult) -> Sentence | None:
    """Why something follows that the grade does not bring: "新会区因有“某些方面存在突出问题”情形拟谈话提醒"."""
    told = _fact_reasons(scheme, result)
    if not told:
        return None
    odd = f"，同时{_by_grade(scheme, result)}" if at_odds(scheme, result) and _by_grade(scheme, result) else ""
    decide = "，需领导小组审定" if at_odds(scheme, result) else ""
    return say(strong(result.unit), f"{told}{odd}{decide}。")


def _fact_reasons(scheme: Scheme, result: UnitResult) -> str:
    return "，".join(
        f"因有{_named(scheme, c.fact)}拟{c.outcome.action}"
        for c in told_consequences(scheme, result)
        if c.fact and not c.by_grade
    )


def _by_grade(scheme: Scheme, result: UnitResult) -> str:
    actions = [c.outcome.action for c in told_consequences(scheme, result) if c.by_grade]
    return f"按等次拟{'、'.join(actions)}" if actions else ""


def odds_text(scheme: Scheme, result: UnitResult) -> str:
    """What a meeting must decide of a unit that is to be praised and yet not: "按等次拟表扬，因有…情形拟谈话提醒"."""
    if not at_odds(scheme, result):
        return ""
    return "，".join(part for part in (_by_grade(scheme, result), _fact_reasons(scheme, result)) if part)


def _rounded(results: Results) -> Sentence | None:
    moved = [result for result in results.units if result.crossed_by_rounding]
    if not moved:
        return None
    told = "、".join(f"{r.unit}（{exact.shown(r.unrounded)}）" for r in moved if r.unrounded is not None)
    return say(strong(told), "因四舍五入越过等次线，请留意。")


def _undecided(readings: Readings) -> Sentence | None:
    matter = f"，其中{readings.matter}项会影响等次" if readings.matter else "，均不影响等次"
    opened = f"{readings.unconfirmed}项口径尚未确认{matter}。" if readings.unconfirmed else ""
    decide = f"需领导小组审定{readings.to_decide}项。" if readings.to_decide else ""
    return say(opened + decide) if opened or decide else None


def number(value: int) -> str:
    """A small count as written in running text: 三; from eleven on in digits."""
    return "零一二三四五六七八九十"[value] if 0 <= value <= 10 else str(value)


def joined(sentences: Iterable[Sentence]) -> str:
    """Sentences as one plain paragraph, for messages and the clipboard."""
    return "".join(plain_text(sentence) for sentence in sentences)


def names(results: Sequence[UnitResult]) -> str:
    """Units' names in a row."""
    return "、".join(result.unit for result in results)

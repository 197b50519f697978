"""What every paper says in the same words: the document, units, scores, grades and who gave them, what is missing, days.

Everything is computed from a ``Locked``. A function that has nothing to tell gives "" (or an empty tuple).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from data.clauses import document_text, read_clauses
from data.locked import Locked
from data.papers.paper import Block, Paper, Text, Unready
from data.papers.titles import file_stem, title_lines
from data.state import State
from data.store import Given, Settling
from scoring import exact
from scoring.assumption_words import label_words
from scoring.assumptions import Assumption
from scoring.elements import Document
from scoring.explain import fact_name, one_of, score_text, whatever
from scoring.kinds import Ruled
from scoring.marks import Fact
from scoring.results import UnitResult
from scoring.scheme import Scheme
from scoring.standing import MISSING, word
from scoring.waits import lacks

__all__ = [
    "READING", "SILENT", "Unready", "assumed", "cited", "cites", "clauses", "counted", "day_text", "differing", "draft",
    "fact_short", "fact_told", "file_stem", "given_told", "grade_counts", "insist_on_results", "is_draft", "listed",
    "missing_told", "moment", "numeral", "opening", "paper", "period_clause", "period_told", "placed", "plainly", "possible_told", "quoted",
    "rounded_told", "settled_by", "subject", "title_lines",
]  # fmt: skip

READING = "口径（原文未规定）"
"""What stands in ``cites`` for an element that rests on a reading and not on a clause."""
SILENT = "口径，原文未规定"
"""The same in brackets in running text."""
_DIGITS = "一二三四五六七八九"
_YEAR = re.compile(r"20\d\d年")


def numeral(number: int) -> str:
    """一, 二 … 十, 十一 … 九十九, as headings are numbered."""
    tens, ones = divmod(number, 10)
    return f"{(_DIGITS[tens - 1] if tens > 1 else '') + '十' if tens else ''}{_DIGITS[ones - 1] if ones else ''}"


def day_text(day: date) -> str:
    """A day as official papers write it: 2020年12月8日."""
    return f"{day.year}年{day.month}月{day.day}日"


def cited(document: Document) -> str:
    """The document as it is cited first: 《…实施方案》（江扶字〔2020〕8号); without a 文号 the title alone."""
    inner = document.title.replace("《", "〈").replace("》", "〉")
    return f"《{inner}》" + (f"（{document.number}）" if document.number else "")


def clauses(*elements: Ruled) -> str:
    """The clauses of elements in running text, each once, those of all of them last: "五（一）、五（二）、六（五）"."""
    told = [element.cite or (SILENT,) for element in elements]
    shared = set(told[0]).intersection(*told[1:]) if len(told) > 1 else set()
    flat = dict.fromkeys(clause for each in told for clause in each)
    return "、".join([*(one for one in flat if one not in shared), *(one for one in flat if one in shared)])


def plainly(text: str) -> str:
    """Brackets within brackets taken apart: "（口径（原文未规定））" becomes "（口径，原文未规定）"."""
    return text.replace(f"（{READING}）", f"（{SILENT}）").replace(f"、{READING}）", f"、{SILENT}）")


def fact_told(scheme: Scheme, fact: Fact) -> str:
    """A 情形 with its kind, day and paper: "“记过”情形（班子成员受政务处分，2020年6月1日，江纪〔2020〕12号）"."""
    name, kind = fact_name(scheme, fact), scheme.fact(fact.fact).name
    about = kind if kind not in name else ""
    detail = "，".join(part for part in (about, _day_of(fact.date), fact.basis) if part)
    return f"{quoted(name)}情形" + (f"（{detail}）" if detail else "")


def fact_short(scheme: Scheme, fact: Fact) -> str:
    """The same without day and paper: "“记过”情形（班子成员受政务处分）"."""
    return fact_told(scheme, replace(fact, date="", basis=""))


def _day_of(day: str) -> str:
    """An ISO day as papers write it; anything else as it is."""
    try:
        return day_text(date.fromisoformat(day))
    except ValueError:
        return day


def cites(*told: Ruled | str) -> tuple[str, ...]:
    """What a paragraph rests on, for ``Text.cites``: each clause once; ``READING`` for what the text leaves open.

    Takes elements of the scheme, and cites as results carry them ("五（三）、六（五）").
    """
    found: list[str] = []
    for one in told:
        if isinstance(one, Ruled):
            found += one.cite or (READING,)
        elif one:
            found += [one] if one == READING else one.split("、")
    return tuple(dict.fromkeys(found))


def counted(scheme: Scheme, number: int) -> str:
    """So many units: "7个市（区）"."""
    return f"{number}{scheme.words.measure}{scheme.words.units}"


def listed(scheme: Scheme, names: Iterable[str], most: int | None = None) -> str:
    """Units in a row: "蓬江区", "蓬江区、江海区2个市（区）", and of more than ``most`` the first: "蓬江区、江海区等7个市（区）"."""
    known = list(names)
    if len(known) == 1:
        return known[0]
    if most is None or len(known) <= most:
        apart = "，共" if known and known[-1][-1:].isascii() else ""
        return f"{'、'.join(known)}{apart}{counted(scheme, len(known))}" if known else ""
    return f"{'、'.join(known[: max(most - 1, 1)])}等{counted(scheme, len(known))}"


def quoted(text: str) -> str:
    """A name in “”, quotation marks within it ‘’; a name that is a whole quotation stays as it is."""
    if text.startswith("“") and text.endswith("”") and text.count("“") == 1:
        return text
    return f"“{text.replace('“', '‘').replace('”', '’')}”"


def subject(locked: Locked) -> str:
    """What was assessed, without 报告 or 通报: the scheme's title, with the year of the assessment where its name tells another."""
    title, named = locked.state.scheme.title, _YEAR.search(locked.state.assessment.name)
    return _YEAR.sub(named.group(), title, count=1) if named else title


def period_told(document: Document) -> str:
    """What time is assessed: "统计时间为2019年12月1日至2020年11月30日"; "" where the document sets none."""
    if document.period:
        return f"统计时间为{day_text(document.period.start)}至{day_text(document.period.end)}"
    return f"统计截止{day_text(document.cutoff)}" if document.cutoff else ""


def period_clause(document: Document) -> str:
    """The clause of the document's text that gives the time assessed: "三"; "" where the text is not kept or gives none."""
    days = (document.period.start, document.period.end) if document.period else (document.cutoff,)
    wanted = [day for day in days if day]
    for clause in read_clauses(document_text(document.text)) if wanted else ():
        for sentence in clause.text.replace(" ", "").split("。"):
            if ("统计时间" in sentence or "统计截" in sentence) and all(_names(sentence, day) for day in wanted):
                return clause.key
    return ""


def _names(sentence: str, day: date) -> bool:
    """Whether it names the day, in full or as one of 当年."""
    return day_text(day) in sentence or ("当年" in sentence and f"{day.month}月{day.day}日" in sentence)


def placed(scheme: Scheme, result: UnitResult) -> str:
    """Score and place: "得分90.00，居第3位"; 暂缺 for a unit without a score."""
    if result.score is None:
        return MISSING
    place = f"，居第{result.rank}位" if result.rank is not None else ""
    return f"得分{score_text(scheme, result.score)}{place}"


def grade_counts(locked: Locked, results: Sequence[UnitResult], most: int = 7) -> str:
    """How many have each grade that stands: "好3个（蓬江区、…），较好2个（…），暂缺1个（恩平市）". Grades of none are left out.

    The names are given where there are at most ``most``. 待评议: scored, and the grade is found by judgement.
    """
    scheme, told = locked.state.scheme, []
    by_word: dict[str, list[str]] = {}
    for result in results:
        given = locked.given(result)
        by_word.setdefault(given.grade if given else word(result), []).append(result.unit)
    for name in dict.fromkeys((*scheme.grades, *by_word)):
        units = by_word.get(name, [])
        names = f"（{'、'.join(units)}）" if 0 < len(units) <= most else ""
        told += [f"{name}{len(units)}{scheme.words.measure}{names}"] if units else []
    return "，".join(told)


def possible_told(scheme: Scheme, result: UnitResult) -> str:
    """What an incomplete unit may still come to: "无论所缺结果如何，恩平市得分在78.40至90.40之间，等次可能为较差、一般或较好"."""
    if result.possible is None:
        return ""
    low, high = (score_text(scheme, value) for value in (result.possible.low, result.possible.high))
    grades = f"，等次可能为{one_of(result.possible.grades)}" if result.possible.grades else ""
    return f"{whatever(scheme, result)}，{result.unit}得分在{low}至{high}之间{grades}"


def missing_told(locked: Locked, units: Collection[str] | None = None, *, ranges: bool = True) -> tuple[str, ...]:
    """What is missing, a sentence each without its stop: sheets that have not come, what waits, what is possible yet.

    ``units``: of whom scores may be told (None: all). ``ranges``: also between which scores the incomplete ones end.
    """
    state = locked.state
    scheme, told = state.scheme, []
    results = [result for result in state.results.units if units is None or result.unit in units]
    if state.absent and not scheme.judged:
        had, due = len(state.expected) - len(state.absent), len(state.expected)
        told.append(f"应收评分表{due}份，已收{had}份，尚缺{_absent(state)}")
    stuck = [r for r in results if not r.complete and not _sheetless(state, r.unit)]
    told += [f"{r.unit}{lacks(scheme, r)}，暂不能计分" for r in stuck if lacks(scheme, r)][:_NAMED]
    found = [possible_told(scheme, r) for r in results if r.possible and _has_any(r)] if ranges else []
    return (*told, *found[:_NAMED])


_NAMED = 7


def _absent(state: State) -> str:
    """Which sheets: "恩平市的日常工作"; of many how many of each 考核方式, and whose."""
    scheme = state.scheme
    by_unit: dict[str, list[str]] = {}
    for unit, component in state.absent:
        by_unit.setdefault(unit, []).append(scheme.component(component).name)
    if len(state.absent) <= _NAMED:
        return "、".join(
            f"{unit}的{parts[0]}" if len(parts) == 1 else f"{unit}（{'、'.join(parts)}）"
            for unit, parts in by_unit.items()
        )
    counts = Counter(name for parts in by_unit.values() for name in parts)
    by_way = f"（{'、'.join(f'{name}{count}份' for name, count in counts.items())}）" if len(counts) > 1 else ""
    return f"{len(state.absent)}份{by_way}，涉及{listed(scheme, by_unit, _NAMED)}"


def _sheetless(state: State, unit: str) -> bool:
    return any(name == unit for name, _ in state.absent)


def _has_any(result: UnitResult) -> bool:
    return any(part.exact is not None for part in result.components.values() if part.counted)


def is_draft(locked: Locked) -> bool:
    """Whether a paper of results still ends 草稿: until 审定."""
    return locked.standing.settled is None


def draft(locked: Locked, units: Collection[str] | None = None) -> Text | None:
    """The first paragraph while results are missing: that this is a draft, what is missing, and what may be relied on.

    ``units``: of whom scores may be told (None: all).
    """
    if locked.complete or locked.state.scheme.judged:
        return None
    told = "；".join(missing_told(locked, units)) or "部分结果尚不能计分"
    rest = "所缺的得分、等次记为暂缺，不按零分计"
    if locked.state.results.provisional():
        rest += "，位次为暂列"
    return Text(f"本稿数据未齐，为草稿，不作为结果运用的依据。{told}。{rest}。", cites(*locked.state.scheme.counted))


def opening(locked: Locked, end: str = "现将考核情况报告如下。") -> Text:
    """The paragraph that says on what ground who was assessed and ends as ``end`` says.

    It cites the clause of the time assessed; the roster's ground stands where the roster is told.
    """
    state = locked.state
    scheme, words, units = state.scheme, state.scheme.words, state.results.units
    whom = counted(scheme, len(units)) if len(units) != 1 else units[0].unit
    period = period_told(scheme.document)
    groups = [group for group in scheme.groups if state.results.group(group.id)]
    text = f"根据{cited(scheme.document)}，对{whom}进行了{words.assessment}{f'（{period}）' if period else ''}。{end}"
    return Text(text, cites(period_clause(scheme.document)) or cites(*groups))


def settled_by(step: Settling) -> str:
    """Who decided, by which paper, on which day: "市扶贫开发领导小组会议（江扶会〔2020〕5号，2020年12月10日）"."""
    told = "，".join(part for part in (step.number, day_text(step.day) if step.day else "") if part)
    return f"{step.body}（{told}）" if step.body and told else step.body or told


def differing(locked: Locked) -> tuple[tuple[UnitResult, Given], ...]:
    """Units whose standing grade is not the computed one, with what stands and why."""
    if not locked.standing.settled and not locked.standing.suggested:
        return ()
    found = ((result, locked.given(result)) for result in locked.state.results.units)
    return tuple((result, given) for result, given in found if given is not None and given.grade != result.grade)


def given_told(locked: Locked, result: UnitResult) -> str:
    """How a grade other than the computed one came about: "测算等次为“较好”，经…审定为“好”，理由：…"; "" where none differs."""
    given = locked.given(result)
    if given is None or given.grade == result.grade:
        return ""
    computed = f"测算等次为“{result.grade}”" if result.grade else f"测算等次{word(result)}"
    settled = locked.standing.settled
    way = f"经{settled_by(settled)}审定为“{given.grade}”" if settled else f"建议等次为“{given.grade}”"
    reason = given.reason.strip().rstrip("。")
    return f"{result.unit}{computed}，{way}" + (f"，理由：{reason}" if reason else "")


def rounded_told(locked: Locked, units: Collection[str] | None = None) -> tuple[str, ...]:
    """Whose grade by score rounding moved, a sentence each without its stop. ``units``: of whom to tell (None: all)."""
    return tuple(
        f"{result.unit}未舍入时为{exact.shown(result.unrounded)}分，四舍五入为{score_text(locked.state.scheme, result.score)}分，"
        f"按分数由此成为“{result.score_grade}”"
        for result in locked.state.results.units
        if result.crossed_by_rounding and result.unrounded is not None and result.score is not None
        if units is None or result.unit in units
    )


def assumed(state: State, reading: Assumption) -> str:
    """A 口径 as a paper tells it, without its stop: that the text is silent, what is done, and whether it is confirmed."""
    setting = state.confirmed(reading)
    label = state.reading(reading)
    chosen = "" if label == reading.labels[0] else f"，现采用“{label_words(label)}”"
    standing = "已确认" if setting else "尚未确认"
    text = reading.text.rstrip("。") if not chosen else reading.silent
    return f"{quoted(reading.name)}为口径，原文未规定，{standing}：{text}{chosen}"


def insist_on_results(locked: Locked) -> None:
    """Raise Unready where there is nothing to report on yet: no score, and under judgement nothing registered."""
    state = locked.state
    if not state.results.units:
        raise Unready("名单中没有考核对象，无法形成文稿。请先登记名单。")
    if not state.weighable:
        what = "材料，也没有登记情形" if state.scheme.judged else "可以计分的评分表"
        mend = "请先上报材料或登记情形。" if state.scheme.judged else "请先上报评分表。"
        raise Unready(f"尚未收到{what}，没有结果可写。{mend}")


def moment(locked: Locked) -> datetime:
    """When what a paper tells was last changed: the lock, or the last step or decision taken on it."""
    steps = [step.at for step in locked.standing.steps.values()]
    decisions = [decision.at for decision in locked.follow_up.decisions]
    return max([locked.record.at, *steps, *decisions, *(each.at for each in locked.standing.objections)])


def paper(
    locked: Locked,
    kind: str,
    title: str,
    blocks: Iterable[Block],
    *,
    addressee: str = "",
    number: str = "",
    of: str = "",
) -> Paper:
    """A paper with what all have in common. ``kind``: 考核情况报告, for the file's name; ``of``: the unit it is for."""
    record = locked.record
    stem = file_stem(locked.state.assessment.name, kind, of, record.name if record.number else "未入库")
    return Paper(
        stem, title_lines(title), tuple(blocks), locked.marking, locked.stamp, moment(locked), addressee, number
    )

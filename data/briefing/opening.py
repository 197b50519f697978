"""How a 汇报 begins and ends: 封面, what is missing, 一句话结论, and the last page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from data.beijing import local
from data.briefing.brief import Brief
from data.briefing.counts import actions_text, decided_basis, score_span, tally_text
from data.briefing.model import Figure, Page
from data.briefing.near import near_lines
from data.briefing.questions import decisive
from data.papers.openness import CLOSED, closed_told, hidden_units
from scoring.explain import one_of, whatever
from scoring.judged import in_order, ladder
from scoring.results import UnitResult
from scoring.standing import Block, unscored
from scoring.tallies import source
from scoring.waits import absent, waits

LINES, POINTS = 6, 5
"""Lines a page may have, and one with key figures above them."""


def cover(brief: Brief) -> Iterator[Page]:
    """What is reported, from which figures, and how final they are."""
    locked, document = brief.locked, brief.scheme.document
    lines = [f"依据：{document.number or f'《{document.title}》'}", *_from(brief), locked.marking]
    closed = closed_told(brief.whole.state)
    lines += [f"{brief.count(len(hidden_units(brief.whole.state)))}的{CLOSED}"] if closed else []
    title = _title(locked.state.assessment.name, brief.scheme.words.assessment)
    yield Page(
        "cover", "封面", title, (), lines=tuple(line for line in lines if line),
        notes=(f"本次汇报各数均出自{locked.stamp}。", _standing(brief), *([f"{closed}。"] if closed else [])),
    )  # fmt: skip


def _from(brief: Brief) -> list[str]:
    """Which figures these are, in two lines."""
    record, at = brief.locked.record, local(brief.locked.record.at)
    first = f"{record.name}，{at}锁定" if record.number else f"未入库，{at}测算"
    return [first, f"第{record.version}版，校验码{record.code}" if record.number else f"校验码{record.code}"]


def _title(name: str, assessment: str) -> str:
    """An assessment's name as the title of a 汇报; that its figures are 示例数据 is marked apart."""
    told = name.removesuffix("（示例数据）")
    return f"{told}情况汇报" if "考核" in told or "评价" in told else f"{told}{assessment}情况汇报"


def _standing(brief: Brief) -> str:
    standing = brief.locked.standing
    step = standing.approved or standing.settled or standing.suggested
    if step is None:
        return "等次为测算等次，未经审定。"
    paper = f"（{step.number}）" if step.number else ""
    told = {
        "suggested": "等次为建议等次，未经审定",
        "settled": "等次已经审定，尚未批复",
        "approved": "等次已经审定和批复",
    }
    return f"{told[step.kind]}{paper}。"


def missing(brief: Brief) -> Iterator[Page]:
    """数据未齐: which sheets have not come, what those that came wait for, and what is still possible."""
    state = brief.locked.state
    if brief.locked.complete:
        return
    lacking = brief.listed(r for r in brief.results.units if not r.complete and not r.inherited)
    expected, received = len(state.expected), len(state.expected) - len(state.absent)
    lines, notes = [], []
    for result in lacking:
        told = [f"缺{'、'.join(names)}"] if (names := absent(brief.scheme, result)) else []
        told += [f"“{wait}”" for wait in waits(result)]
        lines.append(f"{brief.called(result.unit)}：{'；'.join(told)}")
        notes += [text] if (text := _possible(brief, result)) else []
    if not lines and (closed := closed_told(brief.whole.state)):
        lines, notes = [closed], [f"{closed}。"]
    elif len(lines) == 1:
        lines += _possible_lines(brief, lacking[0])
    if len(lines) > LINES:
        lines = [*lines[: LINES - 1], f"另有{brief.count(len(lines) - LINES + 1)}，见讲稿"]
        notes = [*(f"{_lack(brief, result)}" for result in lacking[LINES - 1 :]), *notes]
    if state.absent:
        message = f"数据未齐：应收{expected}份，已收{received}份，尚缺{len(state.absent)}份"
    else:
        message = f"评分表已到齐，{brief.count(len(unscored(brief.results)) or len(lacking))}暂不能计分"
    provisional = ["位次均为暂列。"] if brief.results.provisional() else []
    cites = tuple(dict.fromkeys(brief.scheme.component(part).basis for _, part in state.absent))
    yield Page("missing", "数据未齐", message, cites, lines=tuple(lines), notes=(*notes, *provisional))


def _lack(brief: Brief, result: UnitResult) -> str:
    told = [*(f"缺{name}" for name in absent(brief.scheme, result)), *waits(result)]
    return f"{brief.called(result.unit)}：{'；'.join(told)}。"


def _possible_lines(brief: Brief, result: UnitResult) -> list[str]:
    if result.possible is None:
        return []
    low, high = brief.points(result.possible.low), brief.points(result.possible.high)
    told = [f"得分只可能在{low}至{high}之间"]
    return told + ([f"等次可能为{one_of(result.possible.grades)}"] if result.possible.grades else [])


def _possible(brief: Brief, result: UnitResult) -> str:
    if result.possible is None:
        return ""
    low, high = brief.points(result.possible.low), brief.points(result.possible.high)
    grades = f"，等次可能为{one_of(result.possible.grades)}" if result.possible.grades else ""
    return f"{whatever(brief.scheme, result)}，{brief.called(result.unit)}得分在{low}至{high}之间{grades}。"


def conclusion(brief: Brief) -> Iterator[Page]:
    """一句话结论: how many of which grade; without grades the span of scores; without scores who has a problem."""
    units = brief.results.units
    if brief.scheme.judged:
        yield _judged(brief)
    elif any(result.score is not None for result in units) or any(brief.grade(result) for result in units):
        yield _graded(brief) if brief.graded else _scored(brief)


def _graded(brief: Brief) -> Page:
    blocks, word, scheme = brief.blocks, brief.locked.standing.word, brief.scheme
    units = blocks[0].units if blocks[0].name else brief.results.units
    tally = brief.tally(units)
    whose = (
        f"{blocks[0].name}{len(units)}{scheme.words.measure}，" if blocks[0].name else f"{brief.count(len(units))}，"
    )
    measure = scheme.words.measure
    figures = tuple(
        Figure(str(number), measure, text, text if text in scheme.grades else None) for text, number in tally.items()
    )
    others = [f"{block.name}：{tally_text(brief, block.units)}" for block in blocks[1:]]
    message = f"{whose}{word}为{tally_text(brief, units)}"
    return Page(
        "conclusion", "一句话结论", message, decided_basis(brief), figures,
        lines=tuple([*others, *_points(brief)][:POINTS]), notes=_notes(brief),
    )  # fmt: skip


def _scored(brief: Brief) -> Page:
    blocks = [block for block in brief.blocks if any(r.score is not None for r in block.units)]
    told = [(b.name, score_span(brief, b.units, "" if b.name else brief.scheme.words.units)) for b in blocks]
    first, rest = told[0], told[1:]
    message = f"{first[0]}{'：' if first[0] else ''}{first[1]}，等次由评议确定"
    return Page(
        "conclusion", "一句话结论", message, decided_basis(brief), _span_figures(brief, blocks),
        lines=tuple([*(f"{name}：{text}" for name, text in rest), *_points(brief)][:POINTS]), notes=_notes(brief),
    )  # fmt: skip


def _span_figures(brief: Brief, blocks: Sequence[Block]) -> tuple[Figure, ...]:
    """The best and the least score of the first groups."""
    found = []
    for block in blocks[:2]:
        scores = [result.score for result in block.units if result.score is not None]
        found.append(Figure(brief.points(max(scores)), "分", f"{block.name}最高得分"))
        found.append(Figure(brief.points(min(scores)), "分", f"{block.name}最低得分"))
    return tuple(found)


def _points(brief: Brief) -> list[str]:
    """What a leader must know beside the counts, each only where there is something."""
    held = sum(any(limit.binds for limit in result.limits) for result in brief.results.units)
    waiting = len(decisive(brief))
    return [
        *near_lines(brief, 2),
        *([f"{brief.count(held)}受等次限制"] if held else []),
        *([told] if (told := actions_text(brief)) else []),
        *([f"需领导小组审定{waiting}项"] if waiting else []),
    ]


def _notes(brief: Brief) -> tuple[str, ...]:
    grouped = defaultdict(list)
    for result in brief.ranked(brief.results.units):
        if (grade := brief.grade(result)) is not None:
            grouped[grade].append(result)
    told = [f"{grade}：{brief.some(grouped[grade], 20)}。" for grade in brief.scheme.grades if grouped[grade]]
    return (f"按{source(brief.scheme)}测算。", *told, f"依据：{'、'.join(decided_basis(brief))}。")


def _judged(brief: Brief) -> Page:
    scheme, measure = brief.scheme, brief.scheme.words.measure
    found = [one for one in in_order(scheme, brief.results.units) if one.problems]
    rungs = [(outcome, units) for outcome, units in ladder(brief.results) if units]
    figures = (
        Figure(str(len(found)), measure, "有问题情形"),
        *(Figure(str(len(units)), measure, f"拟{outcome.action}") for outcome, units in rungs[:4]),
    )
    total = len(brief.results.units)
    message = (
        f"{brief.count(total)}中，{len(found)}{measure}有问题情形"
        if found
        else f"{brief.count(total)}中，没有已核对的问题情形"
    )
    waiting = sum(result.to_check for result in brief.results.units)
    lines = ["综合评定，不计总分、不排位次", *([f"另有{waiting}{measure}的情形待核对"] if waiting else [])]
    lines += [f"需领导小组审定{number}项"] if (number := len(decisive(brief))) else []
    cites = tuple(dict.fromkeys(outcome.basis for outcome, _ in rungs))
    return Page(
        "conclusion", "一句话结论", message, cites, figures, lines=tuple(lines),
        notes=tuple(f"拟{o.action}：{brief.some(brief.listed(u), 20)}（{o.basis}）。" for o, u in rungs),
    )  # fmt: skip


def end(brief: Brief) -> Iterator[Page]:
    """The last page: what the figures rest on, so that anybody can find them again."""
    locked = brief.locked
    lines = [f"依据：{source(brief.scheme)}", *_from(brief), f"计分引擎{locked.state.results.engine}版"]
    yield Page(
        "end", "结束", "汇报完毕，请审议", (), lines=tuple(lines),
        notes=("各页数字均由本锁定版计算，可在“锁定与审定”中凭校验码核对。",),
    )  # fmt: skip

"""考核情况报告: 基本情况, 指标分析, 存在问题, 综合评价, 处理建议 (内蒙古第七条（三）, 曲江第六条（四）, 乳源五（二）), all of it computed.

A sentence stands only where the figures bear it out; one with nothing to report is not there.
"""

from __future__ import annotations

from data.locked import Locked
from data.papers import report_figures as figures
from data.papers import report_grades as graded
from data.papers import report_items as items
from data.papers import report_judged as judged
from data.papers import report_measures as measures
from data.papers import report_problems as problems
from data.papers.paper import Block, Paper, Signature, Text
from data.papers.pieces import issuing_body
from data.papers.report_basics import basics
from data.papers.report_scope import Part, Scope, section
from data.papers.report_years import Earlier, compared
from data.papers.words import cites, draft, insist_on_results, is_draft, opening, paper, subject

NAME = "考核情况报告"
"""What kind of paper it is; a document that speaks of 成效评价 calls its own so."""
AUTHOR = "（起草单位）"
"""Who signs is not in the data: filled in by hand."""
SECTIONS = ("基本情况", "指标分析", "存在问题", "综合评价", "处理建议")


def report(locked: Locked, years: Earlier | None = None) -> Paper:
    """The report of a 锁定版. Its title ends 草稿 until 审定. Raises Unready where there is no result yet.

    ``years``: the year before, told beside this one (``report_years.earlier``).
    """
    insist_on_results(locked)
    scope = Scope(locked)
    first = draft(locked, scope.names)
    what = f"{locked.state.scheme.words.assessment}情况报告"
    blocks: list[Block] = [*([first] if first else []), opening(locked, f"现将{what[:-2]}报告如下。")]
    parts: tuple[list[Part], ...] = (
        [("", basics(scope))],
        _analysis(scope),
        _problems(scope),
        _evaluation(scope, years),
        _measures(scope),
    )
    for number, (title, told) in enumerate(zip(SECTIONS, parts, strict=True), start=1):
        blocks += section(number, title, told) if any(below for _, below in told) else _nothing(scope, number, title)
    blocks.append(Signature(AUTHOR, None))
    title = f"{subject(locked)}情况报告" + ("（草稿）" if is_draft(locked) else "")
    whom = issuing_body(locked.state.scheme) if locked.state.scheme.approval else ""
    return paper(locked, what, title, blocks, addressee=whom)


def _nothing(scope: Scope, number: int, title: str) -> list[Block]:
    """A part that the document asks for and that has nothing to tell: nothing is there, or it may not be told."""
    none = "按本次数据没有需要列出的事项。"
    if not scope.hidden:
        return [*section(number, title, []), Text(none)]
    rests = cites(*(outcome for outcome in scope.scheme.outcomes if "成绩通报" in outcome.action))
    shown = f"已决定公开的，{none}" if scope.told else ""
    return [*section(number, title, []), Text(f"成绩未经所在市（区）决定公开的，本节不列。{shown}", rests)]


def _analysis(scope: Scope) -> list[Part]:
    if scope.scheme.judged:
        return [("考核内容", judged.contents(scope)), ("情形分布", judged.kinds(scope))]
    words = scope.scheme.words
    return [
        ("总体得分", figures.scores(scope)),
        (f"各{words.component}得分", figures.ways(scope)),
        (f"不同{words.component}的差异", figures.apart(scope)),
        ("指标得分率", items.items(scope)),
        ("共性短板", items.weaknesses(scope)),
        ("未拉开差距的指标", items.undivided(scope)),
    ]


def _problems(scope: Scope) -> list[Part]:
    return [
        ("薄弱指标", problems.weak_items(scope)),
        ("情形和等次限制", problems.situations(scope)),
        ("数据缺口", problems.gaps(scope)),
        ("异议", problems.objections(scope)),
    ]


def _evaluation(scope: Scope, years: Earlier | None) -> list[Part]:
    if scope.scheme.judged:
        return [("", judged.evaluation(scope))]
    return [
        ("等次和位次", graded.grades(scope)),
        ("有关情况说明", graded.reasons(scope)),
        ("临界情况", graded.edges(scope)),
        ("等次稳定性", graded.firm(scope)),
        ("舍入的影响", graded.rounding(scope)),
        ("与上年比较", compared(scope, years)),
    ]


def _measures(scope: Scope) -> list[Part]:
    return [
        ("拟办事项", measures.proposals(scope)),
        ("其他对象", measures.beyond(scope)),
        ("提请审定的事项", measures.to_settle(scope)),
        ("尚未确认的口径", measures.open_readings(scope)),
        ("审定和分送", measures.sent_to(scope)),
    ]

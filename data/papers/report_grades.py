"""四、综合评价 of the 考核情况报告: grades and places, the reasons where a grade is not by score alone, edges and firmness."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from data.papers.paper import Block, Table, Text
from data.papers.report_scope import Scope, numbered
from data.papers.words import (
    cites,
    clauses,
    counted,
    differing,
    given_told,
    grade_counts,
    listed,
    plainly,
    rounded_told,
    settled_by,
)
from scoring import exact
from scoring.edges import above_line, at_edge, to_next
from scoring.explain import score_text, total_steps
from scoring.firmness.grade import Firmness, firmness
from scoring.firmness.headline import all_firm, headline
from scoring.firmness.radius_words import radius_short
from scoring.kinds import Ruled
from scoring.results import UnitResult
from scoring.scheme import Scheme
from scoring.sentences import lifted, limited
from scoring.speech import plain_text
from scoring.standing import MISSING, blocks, draws_lines, gives_places, word

PAGE, ACROSS = 156.0, 225.0
"""Width of the text on a page, in mm, upright and across."""
_EDGES = 10


def grades(scope: Scope) -> list[Block]:
    """How many have which grade, group by group, by whom it was decided, and the table of places."""
    found: list[Block] = [*_counted(scope), *_decided(scope), *_order(scope)]
    for group in scope.groups:
        found.append(_ranking(scope, group.name if scope.several or scope.heirs else "", scope.of(group)))
    if scope.heirs:
        found.append(_heirs(scope))
    return found


def _counted(scope: Scope) -> list[Text]:
    scheme, locked = scope.scheme, scope.locked
    rests: list[Ruled] = [scheme.bands] if scheme.bands else []
    if not draws_lines(scheme) and not locked.standing.suggested and not locked.standing.settled:
        what = "得分和位次" if gives_places(scheme) else "得分"
        return [Text(f"文件未定分数线，以下只列{what}，等次待评议确定。", cites(*rests))]
    texts = []
    for block in blocks(scope.state.results):
        results = [result for result in block.units if result.unit in scope.names]
        if len(results) == 1 and (grade := locked.grade(results[0].unit)):
            texts.append(Text(f"{results[0].unit}{locked.standing.word}为“{grade}”。", cites(*rests)))
        elif results:
            texts.append(
                Text(f"{block.name}{locked.standing.word}为：{grade_counts(locked, results)}。", cites(*rests))
            )
    return texts


def _decided(scope: Scope) -> list[Text]:
    """By whom grades were settled and approved; every grade that is not the computed one, with its reason."""
    standing, found = scope.locked.standing, []
    if standing.settled:
        text = f"以上等次经{settled_by(standing.settled)}审定"
        if standing.approved:
            text += f"，并经{settled_by(standing.approved)}批复"
        found.append(Text(f"{text}。", cites(*([scope.scheme.approval] if scope.scheme.approval else []))))
    others = _differing(scope)
    if not others and (standing.settled or standing.suggested) and any(result.grade for result in scope.told):
        others = [Text(f"{standing.word}与测算等次一致。")]
    return found + others


def _differing(scope: Scope) -> list[Text]:
    """Grades that are not the computed ones, with what the score came to and the reason; those not computed in one sentence."""
    found = [(result, given) for result, given in differing(scope.locked) if result.unit in scope.names]
    lines = draws_lines(scope.scheme)
    others = [_otherwise(scope, result) for result, _ in found if result.grade or lines]
    judged = [(result, given) for result, given in found if not (result.grade or lines)]
    texts = [Text(f"与测算等次不同的：{'；'.join(others)}。")] if others else []
    if not judged:
        return texts
    names = [result.unit for result, _ in judged]
    whom = counted(scope.scheme, len(names)) if len(names) == len(scope.told) > 1 else listed(scope.scheme, names)
    reasons = [f"{r.unit}“{g.grade}”，理由：{g.reason.strip().rstrip('。')}" for r, g in judged if g.reason.strip()]
    why = f"其中{'；'.join(reasons)}。" if reasons else ""
    rests = cites(*([scope.scheme.bands] if scope.scheme.bands else []))
    step = scope.locked.standing.word
    return [*texts, Text(f"{whom}没有测算等次（文件未定分数线，等次由评议确定），{step}见下表。{why}", rests)]


def _otherwise(scope: Scope, result: UnitResult) -> str:
    """How its grade came about, and in which band its score lies: "台山市测算等次为“较好”（综合得分86.14分，按分数为“较好”），经…"."""
    told = given_told(scope.locked, result)
    if result.score is None or not result.score_grade or not result.grade:
        return told
    head = f"{result.unit}测算等次为“{result.grade}”"
    score = f"（综合得分{score_text(scope.scheme, result.score)}分，按分数为“{result.score_grade}”）"
    return f"{head}{score}{told.removeprefix(head)}"


def _order(scope: Scope) -> list[Text]:
    """What places are read from and whom they are for: where the document ranks nobody, that is our reading."""
    rank = scope.scheme.rank
    if not gives_places(scope.scheme) or not any(len(scope.of(group)) > 1 for group in scope.groups):
        return []
    words = {"grade": "等次", "score": "得分"}
    first, *then = (words[key] for key in rank.by)
    how = f"先比{first}、再比{then[0]}" if then else f"按{first}排列"
    whom = "，供内部参考" if rank.shown == "internal" else ""
    return [Text(f"位次{how}，相同的并列{whom}（{clauses(rank)}）。", cites(rank))]


def _ranking(scope: Scope, name: str, results: Sequence[UnitResult]) -> Table:
    """One row a unit by place: each 考核方式, the total, and the grade at each step that was taken."""
    scheme = scope.scheme
    ways = scheme.counted if len(scheme.counted) > 1 else ()
    steps, place = _steps(scope), gives_places(scheme) and len(results) > 1
    shared = Counter(scope.standing(result.unit).rank for result in results)
    heads = (*(["位次"] if place else []), scheme.words.unit, *(part.name for part in ways), "综合得分", *steps)
    rows = tuple(
        (
            *([_place(scope, result, shared)] if place else []),
            result.unit,
            *(_way(scheme, result, part.id) for part in ways),
            score_text(scheme, result.score) if result.score is not None else MISSING,
            *(_grade(scope, result, step) for step in steps),
        )
        for result in results
    )
    provisional = "（暂列）" if place and scope.state.results.provisional(results) else ""
    told = [*(["位次"] if place else []), *(["等次"] if steps else [])]
    caption = f"{name}得分{'和' if len(told) == 1 else '、' if told else ''}{'和'.join(reversed(told))}{provisional}"
    across = len(heads) > 8
    return Table(caption, (heads,), rows, _widths(len(heads), place, across), left=2 if place else 1, across=across)


def _widths(columns: int, place: bool, across: bool) -> tuple[float, ...]:
    """The unit's column as wide as a name, the figures alike; together what the page has."""
    first = (14.0, 34.0) if place else (40.0,)
    rest = columns - len(first)
    whole = (ACROSS if across else PAGE) - sum(first)
    each = int(whole / rest * 10) / 10
    return (*first, *([each] * (rest - 1)), round(whole - each * (rest - 1), 1))


def _steps(scope: Scope) -> list[str]:
    """The columns of grades: computed, and each step that was taken."""
    standing, found = scope.locked.standing, []
    if draws_lines(scope.scheme) or any(result.grade for result in scope.told):
        found.append("测算等次")
    found += ["建议等次"] if standing.suggested else []
    return found + (["审定等次"] if standing.settled else [])


def _grade(scope: Scope, result: UnitResult, step: str) -> str:
    standing = scope.locked.standing
    taken = {"建议等次": standing.suggested, "审定等次": standing.settled}.get(step)
    if taken is not None:
        given = taken.grades.get(result.unit)
        return given.grade if given else MISSING
    return word(result)


def _place(scope: Scope, result: UnitResult, shared: Counter[int | None]) -> str:
    rank = scope.standing(result.unit).rank
    return "—" if rank is None else f"{'并列' if shared[rank] > 1 else ''}{rank}"


def _way(scheme: Scheme, result: UnitResult, component: str) -> str:
    part = result.components.get(component)
    return score_text(scheme, part.score) if part and part.score is not None else MISSING


def _heirs(scope: Scope) -> Table:
    """Those that take another's score, each with whose it is."""
    scheme = scope.scheme
    awards = any(result.awards for result in scope.heirs)
    heads = ("组别", scheme.words.unit, "随其计分", "得分", "等次", *(["绩效得分"] if awards else []))
    rows = tuple(
        (
            scheme.group(result.group).name,
            result.unit,
            "、".join(one.unit for one in result.inherited) or "未登记",
            score_text(scheme, result.score) if result.score is not None else MISSING,
            scope.locked.grade(result.unit) or word(result),
            *(["、".join(exact.fixed(a.value, a.places) for a in result.awards) or "—"] if awards else []),
        )
        for result in scope.heirs
    )
    widths = (30, 44, 32, 18, 14, 18) if awards else (34, 50, 38, 18, 16)
    return Table("随帮扶对象计分的单位", (heads,), rows, widths, left=3)


def reasons(scope: Scope) -> list[Block]:
    """A sentence for every unit whose grade its marks alone do not explain: limits, floors, 加分, 扣分."""
    texts = [text for result in scope.told for text in _reasons(scope.scheme, result)]
    return numbered(texts)


def _reasons(scheme: Scheme, result: UnitResult) -> list[Text]:
    found = []
    limit = limited(scheme, result)
    if limit:
        found.append(Text(plain_text(limit), cites(*(each.cite for each in result.limits))))
    elif lift := lifted(scheme, result):
        found.append(Text(plain_text(lift), cites(*(each.cite for each in result.floors))))
    extra = [step for step in total_steps(scheme, result) if step.what.startswith(("加分：", "扣分："))]
    return found + [Text(plainly(f"{result.unit}{step.what}（{step.cite}）。"), cites(step.cite)) for step in extra]


def edges(scope: Scope) -> list[Block]:
    """Who stands less than a point from a line."""
    near = [plain_text(told) for result, told in at_edge(scope.state.results) if result.unit in scope.names]
    if not near:
        return []
    bands = cites(*([scope.scheme.bands] if scope.scheme.bands else []))
    if len(near) == 1:
        return [Text(f"{near[0]}，距等次线不足1分。", bands)]
    more = f"；另有{len(near) - _EDGES}{scope.scheme.words.measure}" if len(near) > _EDGES else ""
    return [Text(f"距等次线不足1分的有{scope.count(len(near))}：{'；'.join(near[:_EDGES])}{more}。", bands)]


def firm(scope: Scope) -> list[Block]:
    """How firm each grade is under other weights of the 考核方式: one sentence, and a table."""
    scheme = scope.scheme
    if len(scheme.counted) < 2 or not draws_lines(scheme):
        return []
    found = [(result, firmness(scheme, result)) for result in scope.marked]
    known = [(result, each) for result, each in found if each is not None]
    if not known:
        return []
    told = all_firm(scheme, [each for _, each in known]).replace("，见下表", "")
    soft = [unit for group in scope.groups if (h := headline(scope.state.results, group.id)) for unit in h.soft]
    near = f"各{scheme.words.component}权重各在上下5个百分点以内变动"
    change = f"等次可能改变的有{'、'.join(soft)}" if soft else "全部等次不变"
    text = f"以下只说明测算等次对权重的敏感程度，不是调整权重的建议。{told}{near}，{change}。"
    if len(known) < len(scope.marked):
        text = text.replace("全部等次", "已测算的全部等次")
    return [Text(text, cites(*scheme.counted)), _firm_table(scope, known)]


def _firm_table(scope: Scope, known: Sequence[tuple[UnitResult, Firmness]]) -> Table:
    scheme = scope.scheme
    rows = []
    for result, each in known:
        following = to_next(scheme, result)
        rows.append(
            (
                result.unit,
                result.grade or "",
                f"距“{following[0]}”差{score_text(scheme, following[1])}分" if following else "—",
                _above(scheme, result),
                "权重怎样调整均不变" if each.fixed else radius_short(each.radius),
            )
        )
    heads = (scheme.words.unit, "测算等次", "距上一等次线", "高出本等次线", "各权重同时变动多少以内等次不变")
    return Table("等次稳定性", (heads,), tuple(rows), (32, 18, 42, 24, 40))


def _above(scheme: Scheme, result: UnitResult) -> str:
    """How far above the line of its grade; nothing for the last grade, or where a limit and not a line decides."""
    above = above_line(scheme, result)
    if above is None or result.grade != result.score_grade or result.score_grade == scheme.grades[-1]:
        return "—"
    return f"{score_text(scheme, above)}分" if above else "恰在线上"


def rounding(scope: Scope) -> list[Block]:
    """What rounding moved."""
    rule = [scope.scheme.rounding] if scope.scheme.rounding else []
    told = rounded_told(scope.locked, scope.names)
    return [Text(f"{'；'.join(told)}。", cites(*rule))] if told else []

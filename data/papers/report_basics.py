"""一、基本情况 of the 考核情况报告: on what ground who was assessed and how, what came in, what is missing."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from data.beijing import local
from data.papers.paper import Block, Table, Text
from data.papers.report_lines import lines_cites, lines_told
from data.papers.report_scope import Scope
from data.papers.words import cites, clauses, counted, listed, moment
from scoring import exact
from scoring.elements import Component
from scoring.kinds import Ruled
from scoring.standing import draws_lines

_NAMED = 20
"""Units of a group that are named in running text; more stand in a table."""


def basics(scope: Scope) -> list[Block]:
    """The paragraphs of the first part, in order."""
    told = [*_whom(scope), *_ways(scope), *_grades(scope), *_rounding(scope), *_arrived(scope), *_data(scope)]
    return told + _roster(scope)


def _whom(scope: Scope) -> list[Text]:
    scheme, results = scope.scheme, scope.state.results
    words, there = scheme.words, [group for group in scheme.groups if results.group(group.id)]
    total, found = counted(scheme, len(results.units)), []
    if len(there) > 1:
        parts = []
        for group in there:
            names = [result.unit for result in results.group(group.id)]
            listing = f"（{'、'.join(names)}）" if len(names) <= _NAMED and len(results.units) <= 2 * _NAMED else ""
            parts.append(f"{group.name}{len(names)}{words.measure}{listing}")
        apart = "，各组分别排位" if scheme.rank.shown != "none" and len(scope.groups) > 1 else ""
        found.append(Text(f"本次{words.assessment}共{total}，分为{'、'.join(parts)}{apart}。", cites(*there)))
    elif there:
        names = [result.unit for result in results.units]
        if len(names) > 1 and len(names) <= _NAMED:
            found.append(Text(f"本次{words.assessment}对象为{listed(scheme, names)}。", cites(*there)))
    for rule in scheme.inherits:
        heirs = [group.name for group in there if group.id in rule.groups]
        if heirs:
            source = scheme.group(rule.source).name
            text = f"{'、'.join(heirs)}不单独评分，随所帮扶的{source}计分（{clauses(rule)}）。"
            found.append(Text(text, cites(rule)))
    found += [
        Text(f"{each.name}不列入本次{words.assessment}（{clauses(each)}）：{each.text.rstrip('。')}。", cites(each))
        for each in scheme.excluded
        if each.text
    ]
    if scope.hidden:
        count = sum(len(results.group(group.id)) for group in scope.hidden)
        hidden = "、".join(group.name for group in scope.hidden)
        text = f"{hidden}共{counted(scheme, count)}的成绩未经所在市（区）决定公开，本报告不列其得分、等次和位次。"
        found.append(Text(text, cites(*(o for o in scheme.outcomes if "成绩通报" in o.action))))
    return found


def _ways(scope: Scope) -> list[Text]:
    """By whom, in which ways, with which weights."""
    scheme, words = scope.scheme, scope.scheme.words
    beside = [part for part in scheme.components if not part.counted]
    found = []
    if scheme.judged:
        told = "、".join(_by(part) for part in beside)
        text = f"{words.assessment}以{told}的材料和登记的情形为依据，由评议作出综合评价，不计分值、不定等次（{clauses(scheme.rank)}）。"
        return [Text(text, cites(*beside, scheme.rank))]
    if len(scheme.counted) == 1:
        part = scheme.counted[0]
        found.append(Text(f"得分由{_by(part)}评定（{clauses(part)}）。", cites(part)))
    else:
        parts = "、".join(f"{_by(part)}{_weight(scope, part)}" for part in scheme.counted)
        whole = ""
        if scheme.total:
            whole = f"，合计{exact.plain(scheme.total.full)}分，折为{exact.plain(scheme.total.on)}分（{clauses(scheme.total)}）"
        what = "权重" if scheme.combine == "weighted" else "满分"
        text = f"{words.component}及{what}：{parts}（{clauses(*scheme.counted)}）{whole}。"
        found.append(Text(text, cites(*scheme.counted, *([scheme.total] if scheme.total else []))))
    if beside:
        names = "、".join(f"{part.name}（{clauses(part)}）" for part in beside)
        found.append(Text(f"{names}供参照，不计入得分。", cites(*beside)))
    return found


def _by(part: Component) -> str:
    return f"{part.name}（{part.who}）" if part.who else part.name


def _weight(scope: Scope, part: Component) -> str:
    if scope.scheme.combine == "add":
        return f"{exact.plain(scope.scheme.full_of(part.id))}分"
    whole = sum(scope.scheme.weights.values(), Fraction(0))
    return f"{exact.shown(100 * scope.scheme.weights[part.id] / whole)}%" if whole else ""


def _grades(scope: Scope) -> list[Text]:
    """Between which lines which grade lies, or that judgement finds it."""
    scheme = scope.scheme
    if scheme.judged or not scheme.grades:
        return []
    if not draws_lines(scheme):
        text = f"文件列{'、'.join(f'“{g}”' for g in scheme.grades)}{len(scheme.grades)}个等次，未定分数线，等次由评议确定。"
        return [Text(text, cites(*([scheme.bands] if scheme.bands else [])))]
    assert scheme.bands is not None
    return [Text(lines_told(scheme.bands), lines_cites(scheme.bands))]


def _rounding(scope: Scope) -> list[Text]:
    """How many decimals; ticks are worth what a reading says."""
    scheme, told = scope.scheme, []
    rests: list[Ruled] = []
    if scheme.judged:
        return []
    if scheme.ticks:
        points = "、".join(f"{grade}{exact.plain(value)}分" for grade, value in scheme.ticks.points.items())
        told.append(f"打档的指标按{points}计（{clauses(scheme.ticks)}）")
        rests.append(scheme.ticks)
    if scheme.places is not None and scheme.rounding is not None:
        told.append(f"综合得分四舍五入保留{scheme.places}位小数（{clauses(scheme.rounding)}）")
        rests.append(scheme.rounding)
    partly = "" if scope.locked.complete else "，按已有的评分计算"
    told.append(f"平均得分、得分率四舍五入保留2位小数{partly}")
    return [Text(f"{'；'.join(told)}。", cites(*rests))]


def _arrived(scope: Scope) -> list[Text]:
    state, scheme = scope.state, scope.scheme
    if scheme.judged:
        counts = Counter(submission.component for submission in state.submissions)
        parts = [f"{part.name}{counts[part.id]}份" for part in scheme.components if counts[part.id]]
        return (
            [Text(f"共收到材料{sum(counts.values())}份：{'、'.join(parts)}。", cites(*scheme.components))]
            if parts
            else []
        )
    due, absent = Counter(c for _, c in state.expected), Counter(c for _, c in state.absent)
    parts = [f"{part.name}{due[part.id] - absent[part.id]}份" for part in scheme.counted]
    had, whole = due.total() - absent.total(), due.total()
    detail = f"：{'、'.join(parts)}" if len(parts) > 1 else ""
    standing = "已全部收齐" if not absent else f"已收{had}份，尚缺{absent.total()}份"
    return [Text(f"应收评分表{whole}份，{standing}{detail}。", cites(*scheme.counted))] if whole else []


def _data(scope: Scope) -> list[Text]:
    record = scope.locked.record
    if record.number:
        locked = local(record.at)
        return [Text(f"本报告数据取自{record.name}（第{record.version}版，{locked}锁定），校验码{record.code}。")]
    return [Text(f"本报告数据于{local(moment(scope.locked))}测算，未入库锁定，校验码{record.code}。")]


def _roster(scope: Scope) -> list[Block]:
    """The roster as a table where it is too long for a sentence; whoever inherits has a table with the results."""
    results = scope.state.results
    groups = [group for group in scope.scheme.marked_groups if results.group(group.id)]
    if len(results.units) <= 2 * _NAMED and all(len(results.group(group.id)) <= _NAMED for group in groups):
        return []
    rows = []
    for group in groups:
        names = [result.unit for result in results.group(group.id)]
        rows.append((group.name, str(len(names)), "、".join(names)))
    return [
        Table(
            f"{scope.scheme.words.unit}名单",
            (("组别", f"{scope.called}数", "名单"),),
            tuple(rows),
            (30, 16, 110),
            left=3,
        )
    ]

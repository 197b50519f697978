"""二 and 四 of the 考核情况报告 where there is no score (综合评定): 情形, whom they concern, and what follows, gravest first."""

from __future__ import annotations

from data.papers.paper import Block, Table, Text
from data.papers.report_scope import Scope, numbered
from data.papers.words import cites, listed, plainly
from scoring.explain import fact_name
from scoring.judged import happened, in_order
from scoring.marks import Fact


def contents(scope: Scope) -> list[Block]:
    """The heads of what is assessed, as the document has them; that they carry no points is said in 一."""
    rows = scope.scheme.indicators
    if not rows:
        return []
    names = "、".join(row.name for row in rows)
    rests = tuple(dict.fromkeys(clause for row in rows for clause in row.cite))
    return [
        Text(
            f"{scope.scheme.words.assessment}内容为{names}{len(rows)}个方面（{'、'.join(rests)}），文件未设分值。",
            rests,
        )
    ]


def kinds(scope: Scope) -> list[Block]:
    """Each 情形 that was checked with the units it concerns, as a table in the document's order."""
    units: dict[tuple[str, str], list[str]] = {}
    for result in scope.told:
        for fact in result.facts:
            if fact.confirmed and happened(scope.scheme, fact):
                units.setdefault((fact.fact, fact_name(scope.scheme, fact)), []).append(result.unit)
    order = [kind.id for kind in scope.scheme.facts]
    rows = tuple(
        (
            name,
            plainly(f"（{scope.scheme.fact(kind).basis}）")[1:-1],
            str(len(set(names))),
            "、".join(dict.fromkeys(names)),
        )
        for (kind, name), names in sorted(units.items(), key=lambda pair: order.index(pair[0][0]))
    )
    if not rows:
        return [Text("没有经核对的情形。", cites(*scope.scheme.facts))]
    free = [result.unit for result in scope.told if not any(happened(scope.scheme, fact) for fact in result.facts)]
    table = Table("经核对的情形", (("情形", "条款", f"{scope.called}数", "名单"),), rows, (60, 30, 14, 52), left=1)
    text = [Text(f"未登记情形的有{listed(scope.scheme, free)}。", cites(*scope.scheme.facts))] if free else []
    return [table, *text]


def evaluation(scope: Scope) -> list[Block]:
    """What each unit comes to, gravest first; no score, no grade, no place."""
    scheme = scope.scheme
    texts: list[Text] = []
    quiet: list[str] = []
    waiting: list[str] = []
    for one in in_order(scheme, scope.told):
        after = [*one.follows, *one.praised]
        if told := [*one.problems, *one.aggravating, *one.honoured]:
            named = "、".join(_fact(scope, fact) for fact in told)
            follows = f"，拟{'、'.join(each.outcome.action for each in after)}" if after else ""
            rests = cites(*(scheme.fact(fact.fact) for fact in told), *(each.outcome for each in after))
            texts.append(Text(plainly(f"{one.result.unit}：{named}{follows}。"), rests))
        elif not one.waiting:
            quiet.append(one.result.unit)
        waiting += [one.result.unit] if one.waiting else []
    found = numbered(texts)
    if waiting:
        found.append(Text(f"{listed(scheme, waiting)}有情形待核对，核对后再作评价。", cites(*scheme.facts)))
    if quiet:
        found.append(Text(f"{listed(scheme, quiet)}没有需要处理或表彰的情形。", cites(*scheme.outcomes)))
    first = Text("文件没有分值和等次，由评议作出综合评价，不排位次；以下按处理由重到轻列出。", cites(scheme.rank))
    return [first, *found] if texts else found


def _fact(scope: Scope, fact: Fact) -> str:
    return f"“{fact_name(scope.scheme, fact)}”（{scope.scheme.fact(fact.fact).basis}）"

"""Pieces that several of the papers after 审定 share: clauses in running text, names in the roster's order, periods, who signs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from data.findings import suggested
from data.follow_up import FollowUp, Proposal
from data.locked import Locked
from data.papers.words import counted, day_text, subject
from data.state import State
from data.store import Notice
from scoring.due import due_day
from scoring.elements import Group
from scoring.explain import fact_text
from scoring.judged import judged
from scoring.kinds import Ruled
from scoring.results import UnitResult
from scoring.rules import Due, Outcome
from scoring.scheme import Scheme
from scoring.sentences import limit_reason

OPEN = "原文未规定，按本次所列口径"
_IN_THE_NAME_OF = re.compile(r"以(.+?)的?名义(?:通报|印发)")
_GOVERNING = re.compile("党委[和、]政府(?:（行政公署）)?")
_GROUP = re.compile(r"(.*?领导小组)")


def under(rule: Ruled) -> str:
    """The ground at the head of a sentence: "按六（六）", or that it is our reading."""
    return f"按{'、'.join(rule.cite)}" if rule.cite else f"按口径（{OPEN.partition('，')[0]}）"


def bracketed(rule: Ruled) -> str:
    """The ground after a statement: "（六（六））", or that it is our reading."""
    return f"（{'、'.join(rule.cite)}）" if rule.cite else f"（{OPEN}）"


def named(scheme: Scheme, names: Iterable[str]) -> str:
    """Every unit by name, and how many they are: "蓬江区", "蓬江区、开平市等2个市（区）"."""
    known = list(names)
    return known[0] if len(known) == 1 else f"{'、'.join(known)}等{counted(scheme, len(known))}"


def of_group(scheme: Scheme, group: Group, number: int) -> str:
    """So many units of a group: "14个被帮扶市", "蓬江区6个镇（街）" where groups are places, "7个市（区）" where there is one."""
    if len(scheme.groups) == 1:
        return counted(scheme, number)
    if len({each.parent for each in scheme.groups}) == len(scheme.groups):
        return f"{group.name}{counted(scheme, number)}"
    return f"{number}{scheme.words.measure}{group.name}"


def with_verb(outcome: Outcome) -> str:
    """An outcome as it is done to somebody: 给予表扬, 进行谈话提醒, 予以通报批评."""
    if outcome.praises:
        return f"给予{outcome.action}"
    verb = next((verb for word, verb in _VERBS.items() if outcome.action.startswith(word)), "")
    return f"{verb}{outcome.action}"


_VERBS = {"谈话": "进行", "约谈": "进行", "通报": "予以", "问责": "予以", "责任追究": "实行"}


def in_roster_order(state: State, proposals: Iterable[Proposal]) -> list[Proposal]:
    """Proposals as the roster has their units: the order of places is nobody's business where places are internal."""
    at = {result.unit: number for number, result in enumerate(state.results.units)}
    return sorted(proposals, key=lambda one: at[one.unit])


def by_when(due: Due, notice: Notice | None) -> str:
    """ "于2021年2月28日前（含当日）" once there is a notice, "自通报之日起2个月内" before."""
    day = due_day(due, notice.date if notice else None)
    return f"于{day_text(day)}前（含当日）" if day else f"自通报之日起{due.months}个月内"


def own_days(follow: FollowUp, units: Iterable[str]) -> str:
    """That items of the 整改台账 with a day of their own are due on it, where it is not the scheme's; "" where none is."""
    own = any(
        item.finding.due and item.finding.due != follow.scheme_due(unit)
        for unit in units
        for item in follow.items_of(unit)
    )
    return "整改台账对事项另定期限的，该事项按台账所列期限完成。" if own else ""


def at_best(scheme: Scheme, grade: str) -> str:
    """What a limit says of a grade: 不高于“较好”; of the worst one 评为“差”."""
    return f"评为“{grade}”" if grade == scheme.grades[-1] else f"不高于“{grade}”"


def to_do(outcome: Outcome) -> str:
    """What must be done within a period: 提交整改方案与报告; 完成整改 for 限期整改, whose 限期 the sentence tells."""
    return f"完成{outcome.action.removeprefix('限期')}" if outcome.action.startswith("限期") else outcome.action


def issuing_body(scheme: Scheme) -> str:
    """In whose name results are announced: whom the document names, else its issuing 领导小组, else the one that examines them."""
    steps: Sequence[str] = scheme.approval.by if scheme.approval else ()
    issuer = scheme.document.issuer
    if issuer.endswith("领导小组"):
        return issuer
    meant = next((found[1] for step in steps if (found := _IN_THE_NAME_OF.search(step))), "")
    return meant or next((found[1] for step in steps if (found := _GROUP.match(step))), "") or issuer


def governing(locked: Locked) -> str:
    """Who of a place is assessed, by the document's title: "党委、政府"; "" where it does not say so."""
    found = _GOVERNING.search(subject(locked))
    return found[0].replace("和", "、") if found else ""


def all_of(locked: Locked) -> str:
    """All units as a letter addresses them: "各市（区）党委、政府"."""
    return f"各{locked.state.scheme.words.units}{governing(locked)}"


def you(locked: Locked, unit: str) -> str:
    """A unit as a letter to it says: "你区" where places are assessed, else "你单位"."""
    return f"你{unit[-1]}" if governing(locked) and unit.endswith(tuple("市区县旗盟")) else "你单位"


def regraded(locked: Locked, unit: str) -> list[str]:
    """Why people gave a unit a worse grade than the computed one: "审定等次为“一般”（测算为“较好”）：…"; nothing else."""
    computed = locked.state.results.of(unit)
    given, order = locked.given(computed), locked.state.scheme.grades
    if given is None or computed.grade is None or order.index(given.grade) <= order.index(computed.grade):
        return []
    reason = given.reason.strip().rstrip("。")
    return [
        f"{locked.standing.word}为“{given.grade}”（测算等次为“{computed.grade}”）" + (f"：{reason}" if reason else "")
    ]


def weak_points(state: State, result: UnitResult) -> list[str]:
    """What a unit should mend by its own result: limits, 情形, weakest items, as ``data.findings`` offers them.

    A limit by the grades of categories is told by these: "大项“资金支持”为“差”".
    """
    told = []
    limits = {f"等次限制（{limit.cite}）": limit for limit in result.limits if not limit.fact}
    for finding in suggested(state, result.unit, ()):
        limit = limits.get(finding.source)
        same = [each for each in result.limits if limit and each.cite == limit.cite and each.text == finding.problem]
        told.append(limit_reason(state.scheme, result, same[0]).removeprefix("因") if same else finding.problem)
    if state.scheme.judged:
        told += [f"有{fact_text(state.scheme, fact)}" for fact in judged(state.scheme, result).aggravating if told]
    return list(dict.fromkeys(told))

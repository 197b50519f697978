"""五、处理建议 of the 考核情况报告: what is proposed for whom by which clause, what was decided, what the meeting must settle.

Everything is written as 拟 until somebody decided. Nothing here decides anything.
"""

from __future__ import annotations

from collections.abc import Sequence

from data.documents.cells import RESULTS
from data.follow_up import Matter, Proposal
from data.papers.paper import Block, Text
from data.papers.pieces import bracketed
from data.papers.report_scope import Scope, numbered
from data.papers.words import READING, cites, counted, day_text, fact_short, listed, quoted
from data.store import CHOICES
from scoring.assumption_words import label_words
from scoring.assumptions import Assumption, Effect
from scoring.due import period_text
from scoring.explain import at_odds, fact_text
from scoring.results import UnitResult
from scoring.sentences import odds_text, pending_text, recommended_text
from scoring.standing import draws_lines

_NAMED, _MOVES, _LONG = 30, 4, 30
"""Units of one outcome, and changes of grade by one reading, that are named before the rest is counted; the length of a name."""


def proposals(scope: Scope) -> list[Block]:
    """Each outcome with the units it is proposed for by the grades as they stand, and what all have to do alike."""
    texts = [text for matter in scope.follow.matters for text in _matter(scope, matter)]
    texts += [_general(scope, matter) for matter in scope.follow.general if _of(scope, matter)]
    return numbered(texts)


def _of(scope: Scope, matter: Matter) -> list[Proposal]:
    """The proposals for units that may be told of: those that are marked before those that inherit, each by place."""
    order = [result.unit for group in scope.groups for result in scope.of(group)]
    order += [result.unit for result in scope.heirs]
    at = {unit: number for number, unit in enumerate(order)}
    return sorted((one for one in matter.proposals if one.unit in at), key=lambda one: at[one.unit])


def _matter(scope: Scope, matter: Matter) -> list[Text]:
    found, outcome = _of(scope, matter), matter.outcome
    if not found:
        return []
    decided = all(one.decision and one.decision.ruling.choice == "adopted" for one in found)
    names = listed(scope.scheme, [one.unit for one in found], _NAMED)
    text = f"{'' if decided else '拟'}{outcome.action}：{names}{bracketed(outcome)}。{_how(matter)}"
    if by_fact := [told for one in found if (told := _because(scope, one))]:
        text += f"其中{'；'.join(by_fact)}。"
    return [Text(text + _decided(scope, found), cites(outcome))]


def _because(scope: Scope, one: Proposal) -> str:
    """The 情形 that brings it, in short: its day and paper stand in 三. Judgement told it in 四."""
    reason = one.reason
    if scope.scheme.judged or not any(fact_text(scope.scheme, fact) in reason for fact in one.result.facts):
        return ""
    for fact in one.result.facts:
        reason = reason.replace(fact_text(scope.scheme, fact), fact_short(scope.scheme, fact))
    return f"{one.unit}{reason}"


def _how(matter: Matter) -> str:
    """By whom, with whom, who attends, by when: a sentence, or nothing."""
    outcome = matter.outcome
    told = [f"由{outcome.by}办理"] if outcome.by else []
    told += [f"约谈对象为{outcome.meets}"] if outcome.meets else []
    told += [f"{'、'.join(outcome.attends)}参加"] if outcome.attends else []
    told += [_due(matter)] if outcome.due else []
    return f"{'，'.join(told)}。" if told else ""


def _due(matter: Matter) -> str:
    assert matter.outcome.due is not None
    period = period_text(matter.outcome.due)
    return f"期限为{period}（截止{day_text(matter.due)}）" if matter.due else f"期限为{period}"


def _decided(scope: Scope, found: Sequence[Proposal]) -> str:
    """What was decided of these units: how many each way, refusals and deferrals with their reason, what waits."""
    by_choice: dict[str, list[Proposal]] = {}
    for one in found:
        if one.decision:
            by_choice.setdefault(one.decision.ruling.choice, []).append(one)
    if not by_choice:
        return ""
    told = []
    for choice, word in CHOICES.items():
        ones = by_choice.get(choice, [])
        if ones:
            told.append(f"{word}{len(ones)}{scope.scheme.words.measure}（{'、'.join(_ruling(one) for one in ones)}）")
    waiting = len(found) - sum(len(ones) for ones in by_choice.values())
    told += [f"待决定{waiting}{scope.scheme.words.measure}"] if waiting else []
    return f"已记录的决定：{'，'.join(told)}。"


def _ruling(one: Proposal) -> str:
    assert one.decision is not None
    ruling = one.decision.ruling
    why = (
        f"，理由：{ruling.reason.strip().rstrip('。')}" if ruling.reason.strip() and ruling.choice != "adopted" else ""
    )
    held = f"，{day_text(ruling.held)}办理" if ruling.held else ""
    return f"{one.unit}{held}{why}"


def _general(scope: Scope, matter: Matter) -> Text:
    """What every unit has to do alike, whatever its grade and before it has one; or what is left to others (通报 of towns)."""
    outcome = matter.outcome
    if "决定" in outcome.action:
        return Text(f"{outcome.action}{bracketed(outcome)}。", cites(outcome))
    units = scope.state.results.units
    who = units[0].unit if len(units) == 1 else f"各{scope.scheme.words.units}均"
    return Text(f"{who}须{outcome.action}{bracketed(outcome)}。{_how(matter)}", cites(outcome))


def beyond(scope: Scope) -> list[Block]:
    """Outcomes for others than those assessed: told as the document's words, applied to nobody."""
    return numbered(
        [
            Text(
                f"{each.concerns}：{(each.text or each.action).rstrip('。')}{bracketed(each)}。"
                "本次没有其成绩，不作认定，由主管机关掌握。",
                cites(each),
            )
            for each in scope.follow.beyond
        ]
    )


def sent_to(scope: Scope) -> list[Block]:
    """Who examines and approves the result, and whom it is sent to."""
    scheme, found = scope.scheme, []
    if scheme.approval:
        steps = "；".join(scheme.approval.by)
        found.append(Text(f"审定程序：{steps}{bracketed(scheme.approval)}。", cites(scheme.approval)))
    if scheme.send_to:
        head = "结果" if scope.locked.standing.approved else "批复后，结果拟" if scheme.approval else "结果拟"
        to = "、".join(scheme.send_to.to)
        found.append(Text(f"{head}分送{to}{bracketed(scheme.send_to)}。", cites(scheme.send_to)))
    return list(found)


def to_settle(scope: Scope) -> list[Block]:
    """What the meeting is asked to settle: grades, recommended floors, who is praised and yet not, 口径 that matter, 异议."""
    if scope.locked.standing.settled:
        return []
    texts = [*_grades(scope), *(text for result in scope.told for text in _open(scope, result)), *_readings(scope)]
    waiting = [each for each in scope.locked.standing.open_objections if each.unit in scope.names]
    if waiting:
        numbers = "、".join(f"第{each.item}号（{each.unit}）" for each in sorted(waiting, key=lambda each: each.item))
        texts.append(Text(f"办理异议{numbers}。"))
    undecided = [one for one in scope.follow.undecided if one.unit in scope.names]
    if undecided:
        outcomes = [one.outcome for one in undecided]
        texts.append(Text(f"决定上述拟办事项，尚未决定的共{len(undecided)}项次。", cites(*outcomes)))
    return numbered(texts)


def _grades(scope: Scope) -> list[Text]:
    """The grades themselves: to be settled, or found by judgement; of an incomplete result once it is complete."""
    scheme, locked = scope.scheme, scope.locked
    rests = cites(*([scheme.approval] if scheme.approval else [scheme.bands] if scheme.bands else []))
    graded = [result for result in scope.told if locked.given(result)]
    scored = [result for result in scope.told if result.score is not None]
    found = graded if graded or draws_lines(scheme) or not scheme.grades else scored
    if not found:
        return []
    whom = found[0].unit if len(found) == 1 else counted(scheme, len(found))
    if not graded:
        return [Text(f"评议确定{whom}的等次。", rests)]
    if not locked.complete:
        return [Text(f"待数据收齐并重新锁定后，审定各{scheme.words.units}的等次；目前{whom}已有测算等次。", rests)]
    return [Text(f"审定{whom}的等次。", rests)]


def _open(scope: Scope, result: UnitResult) -> list[Text]:
    scheme, found = scope.scheme, []
    standing = scope.standing(result.unit)
    if at_odds(scheme, standing):
        rests = cites(*(each.outcome for each in standing.consequences))
        found.append(Text(f"决定{result.unit}的结果运用：{odds_text(scheme, standing)}。", rests))
    if result.recommended:
        rests = cites(*(floor.cite for floor in result.floors))
        found.append(Text(f"认定{result.unit}的等次：{recommended_text(scheme, result)}。", rests))
    if result.to_check:
        rests = cites(*(scheme.fact(fact.fact) for fact in result.facts if not fact.confirmed))
        found.append(Text(f"{result.unit}{pending_text(result)}；审定前须由第二人核对。", rests))
    return found


def _readings(scope: Scope) -> list[Text]:
    """口径 that nobody confirmed and of which another would change a grade, with what each would change."""
    found = []
    for reading, _ in scope.state.mattering:
        if changes := _changes(scope, reading):
            silent, held = reading.silent.rstrip("。"), reading.reading.rstrip("。")
            text = f"确认口径{quoted(reading.name)}：{silent}；现行口径：{held}。{'；'.join(changes)}。"
            found.append(Text(text, (READING,)))
    return found


def _changes(scope: Scope, reading: Assumption) -> list[str]:
    """What each of its alternatives would do to grades that may be told of."""
    return [told for effect in scope.state.effects_of(reading) if (told := _effect(scope, effect))]


def _effect(scope: Scope, effect: Effect) -> str:
    """What another reading would do to grades: "改用“100/85/75/60”，江海区由“较好”变为“好”"."""
    moves = {unit: move for unit, move in effect.changes.items() if unit in scope.names}
    if not moves:
        return ""
    head = f"改用{quoted(label_words(effect.label))}，"
    count = counted(scope.scheme, len(moves))
    if all(was is None for was, _ in moves.values()):
        return f"{head}{count}按得分给出等次"
    if all(then is None for _, then in moves.values()):
        return f"{head}{count}不再按得分给出等次"
    if len(moves) > _MOVES:
        return f"{head}{count}的等次改变"
    told = [f"{unit}由{_graded(was)}变为{_graded(then)}" for unit, (was, then) in moves.items()]
    return f"{head}{'、'.join(told)}"


def _short(name: str) -> str:
    """A name that quotes a whole rule, cut."""
    if len(name) <= _LONG:
        return name
    cut = name[: _LONG - 2].rstrip("“‘（《")
    return f"{cut}……" + "".join(end for begin, end in ("（）", "‘’", "“”") if cut.count(begin) > cut.count(end))


def _graded(grade: str | None) -> str:
    return f"“{grade}”" if grade else "暂缺"


def open_readings(scope: Scope) -> list[Block]:
    """口径 that bear on results and nobody has confirmed, those that change grades told of left to ``to_settle``.

    One that changes only grades of units the report may not tell of stands here, and that it changes some is said.
    """
    matter = {reading.key for reading, _ in scope.state.mattering}
    told = {reading.key for reading, _ in scope.state.mattering if _changes(scope, reading)}
    quiet = [
        reading
        for reading in scope.state.unconfirmed
        if reading.key not in told and (reading.key in matter or {reading.key, reading.key.partition(".")[0]} & RESULTS)
    ]
    if not quiet:
        return []
    names = "、".join(quoted(_short(reading.name)) for reading in quiet)
    more = "另有" if told else "有"
    text = f"{more}{len(quiet)}项影响评价的口径原文未规定、尚未确认：{names}。"
    return [Text(text + _safe(scope, quiet, matter), (READING,))]


def _safe(scope: Scope, quiet: Sequence[Assumption], matter: set[str]) -> str:
    """Which of them would change grades that are not told of, and that the others which have alternatives change none."""
    moving = [reading for reading in quiet if reading.key in matter]
    rest = [reading for reading in quiet if reading.key not in matter]
    sure = not scope.scheme.judged and scope.state.weighable and any(reading.alternatives for reading in rest)
    if not moving:
        return "其中列有其他口径的，换用后均不改变现有等次。" if sure else ""
    names = "、".join(quoted(_short(reading.name)) for reading in moving)
    others = "；其余列有其他口径的，换用后均不改变现有等次" if sure else ""
    return f"其中{names}换用其他口径后会改变成绩未公开的{scope.scheme.words.units}的等次，本报告不列{others}。"

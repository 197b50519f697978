"""What 结果运用 draws of the list: what must be decided, who is proposed for what and why, and what was decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

import streamlit as st

from components import cards as figures
from components import grades, links, session
from components.access import permit
from components.follow import follow_dialogs as dialogs
from components.navigation import ASSESSMENTS, LIMITS, LOCK
from components.signature import sign
from components.tables import bold
from components.text import escape
from data.documents.file_names import safe
from data.documents.follow_up_tables import due_text, proposals_xlsx
from data.finalise import is_final
from data.follow_up import FollowUp, Matter, Proposal
from data.store import CHOICES, Choice, Decision
from scoring.due import period_text, standing
from scoring.elements import Ruled
from scoring.explain import at_odds, fact_text
from scoring.judged import judged, rungs
from scoring.rules import Outcome

MANY = 4
"""So many units are named in a sentence; more are counted."""

_LOOKS: dict[Choice, tuple[str, str]] = {
    "adopted": (":material/check_circle:", "green"),
    "refused": (":material/cancel:", "gray"),
    "deferred": (":material/pause_circle:", "orange"),
}


# 首段


def headline(follow: FollowUp) -> None:
    """What must be decided, what waits, how far mending has come; a sentence with nothing to report is absent."""
    told = [_to_decide(follow), _odd(follow), _waiting(follow), _doubts(follow), _mending(follow), _period(follow)]
    with st.container(border=True, gap="xsmall", key="follow-headline"):
        for sentence in told:
            if sentence:
                st.markdown(sentence)


def _to_decide(follow: FollowUp) -> str:
    open_ = follow.undecided
    if open_:
        waiting = [matter for matter in follow.matters if matter.undecided]
        told = "、".join(_counted(follow, matter.outcome, matter.undecided) for matter in waiting)
        basis = "、".join(dict.fromkeys(_basis(matter.outcome) for matter in waiting))
        return f"{bold(f'请决定{len(open_)}项结果运用')}：{escape(f'{told}，依据{basis}。')}"
    made = Counter(one.decision.ruling.choice for m in follow.matters for one in m.proposals if one.decision)
    if made:
        told = "，".join(f"{CHOICES[choice]}{made[choice]}项" for choice in CHOICES if made[choice])
        return f"{bold('拟办的结果运用均已决定')}：{told}。"
    return f"{bold('目前没有需要决定的结果运用。')}"


def _counted(follow: FollowUp, outcome: Outcome, proposals: Sequence[Proposal]) -> str:
    """What is proposed for how many, and who: "拟谈话提醒2个（台山市、恩平市）"."""
    named = f"（{'、'.join(one.unit for one in proposals)}）" if len(proposals) <= MANY else ""
    return f"拟{outcome.action}{len(proposals)}{follow.state.scheme.words.measure}{named}"


def _basis(rule: Ruled) -> str:
    return rule.basis if rule.cite else "本系统口径（原文未规定）"


def _odd(follow: FollowUp) -> str:
    named = "、".join(one.unit for one in follow.state.results.units if at_odds(follow.state.scheme, one))
    return f"{bold(named)}既拟表扬，又拟作其他处理，请一并审定。" if named else ""


def _waiting(follow: FollowUp) -> str:
    """Why some units are on no list yet."""
    actions = "、".join(dict.fromkeys(matter.outcome.action for matter in follow.matters if _by_grade(matter)))
    if not actions:
        return ""
    if follow.by_judgement and not any(result.grade for result in follow.state.results.units):
        return escape(f"原文未定等次的分数线，等次由评议确定，系统不测算；按等次办理的{actions}待等次审定后确定。")
    if names := [result.unit for result in follow.incomplete]:
        named = "、".join(names[:MANY]) + (f"等{len(names)}{follow.state.scheme.words.measure}" if names[MANY:] else "")
        return f"{bold(named)}{escape(f'得分暂缺，按等次办理的{actions}待数据齐后确定。')}"
    return ""


def _by_grade(matter: Matter) -> bool:
    when = matter.outcome.when
    return bool(when.grades) or any(part.grades for part in (*when.all, *when.any))


def _doubts(follow: FollowUp) -> str:
    count = len(follow.doubtful) + len(follow.stale)
    return f"另有{bold(f'{count}项须人工认定')}，见下。" if count else ""


def _mending(follow: FollowUp) -> str:
    if not follow.items:
        return "整改台账尚无记录。"
    closed = sum(item.status == "closed" for item in follow.items)
    late = "、".join(dict.fromkeys(item.finding.unit for item in follow.late))
    told = f"整改台账{len(follow.items)}条，已销号{closed}条"
    return f"{told}，{bold(f'逾期{len(follow.late)}条')}（{escape(late)}）。" if late else f"{told}，没有逾期。"


def _period(follow: FollowUp) -> str:
    """From when the periods run, and when they end."""
    timed = [matter for matter in (*follow.general, *follow.matters) if matter.outcome.due]
    notice = follow.notice
    if notice is None:
        terms = "；".join(f"{m.outcome.action}的期限为{period_text(m.outcome.due)}" for m in timed if m.outcome.due)
        return escape(f"通报尚未登记：{terms}。") if terms else "通报尚未登记。"
    terms = "；".join(f"{m.outcome.action}限{_day(m.due, follow)}" for m in timed if m.due)
    return escape(f"已于{notice.date.isoformat()}通报（{notice.number}）" + (f"：{terms}。" if terms else "。"))


def _day(day: date, follow: FollowUp) -> str:
    left = standing(day, follow.today)
    return f"{day.isoformat()}前（含当日）" + (f"，{left}" if left else "")


def counts(follow: FollowUp) -> None:
    """Four figures: to decide, adopted, not yet closed, overdue."""
    adopted = sum(one.ruling.choice == "adopted" for one in follow.decisions)
    unclosed = sum(item.status != "closed" for item in follow.items)
    waiting = sum(item.status == "reported" for item in follow.items)
    with figures.cards(4):
        figures.card("待决定", f"{len(follow.undecided)} 项", "拟办，尚未决定" if follow.undecided else "")
        figures.card("已采纳", f"{adopted} 项", f"共决定{len(follow.decisions)}项" if follow.decisions else "")
        figures.card("整改未销号", f"{unclosed} 条", f"{waiting}条已整改待核" if waiting else "")
        figures.card("整改逾期", f"{len(follow.late)} 条", "■ 请督办" if follow.late else "")


# 通报


def notice(follow: FollowUp) -> None:
    """Who signs, who announced the result and when, and the way to record or correct it."""
    found = follow.notice
    with st.container(horizontal=True, vertical_alignment="bottom"):
        sign()
        if found:
            told = f"通报：{found.date.isoformat()}（{found.number}）" + (f"，{found.note}" if found.note else "")
            st.markdown(escape(f"{told}；{found.actor}登记（{session.local(found.at)}）"), width="content")
        waits = _waits(follow)
        if found or not waits:
            label = "更正通报" if found else "登记通报"
            permit.button("登记通报", label, icon=":material/campaign:", key="notice-open", on_click=dialogs.open_dialog,
                      args=["notice"])  # fmt: skip
    if waits:
        _way_on(follow, "更正" if found else "登记", *waits)


def _waits(follow: FollowUp) -> tuple[str, str, str] | None:
    """What an announcement waits for, with the page that leads out of it; None where nothing is in its way."""
    if not is_final(follow.state.assessment):
        return "本年度考核尚未定稿，定稿", ASSESSMENTS, "去年度考核定稿"
    if "approved" not in session.store().settlings(follow.state.assessment.id):
        return "考核结果尚未批复，批复", LOCK, "去锁定与审定"
    return None


def _way_on(follow: FollowUp, what: str, first: str, script: str, label: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f":material/edit_note: {first}后方可{what}通报。", width="content")
        links.link(follow.state, script, label, ":material/arrow_forward:")


# 拟处理名单


def matters(follow: FollowUp) -> None:
    """One card an outcome with everyone it is proposed for, and what all have to do; what is for nobody in one line."""
    _ladder(follow)
    with st.grid("auto", min_column_width=520):
        for matter in follow.matters:
            if matter.proposals:
                _matter(follow, matter)
        for matter in follow.general:
            _general(follow, matter)
    if nobody := [matter for matter in follow.matters if not matter.proposals]:
        told = "、".join(f"{matter.outcome.action}（{matter.outcome.basis}）" for matter in nobody)
        st.caption(escape(f"目前无{follow.state.scheme.words.unit}拟办：{told}。"))


def _matter(follow: FollowUp, matter: Matter) -> None:
    outcome, count = matter.outcome, len(matter.proposals)
    number = follow.state.scheme.outcomes.index(outcome)
    with st.container(border=True, gap="xsmall", height="stretch", key=f"matter-{number}"):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            with st.container(horizontal=True, vertical_alignment="center", width="content"):
                st.markdown(bold(f"拟{outcome.action}：{count}{follow.state.scheme.words.measure}"), width="content")
                _clause(outcome)
            if len(matter.undecided) > 1:
                permit.button("登记决定", "一并登记决定", icon=":material/gavel:", key=f"decide-all-{matter.key}",
                          on_click=dialogs.open_dialog,
                          args=["decide", matter.key, [one.unit for one in matter.undecided]])  # fmt: skip
        terms(follow, matter)
        for name, found in by_group(follow, matter.proposals).items():
            if name:
                st.markdown(f":gray[{escape(f'{name}：{len(found)}{follow.state.scheme.words.measure}')}]")
            for one in found:
                _line(follow, one)


def by_group(follow: FollowUp, proposals: Sequence[Proposal]) -> dict[str, list[Proposal]]:
    """A list apart for each group it holds units of, in the scheme's order; under no name where there is one only."""
    found = {
        group.name: [one for one in proposals if one.result.group == group.id] for group in follow.state.scheme.groups
    }
    found = {name: those for name, those in found.items() if those}
    return found if len(found) > 1 else {"": list(proposals)}


def _clause(rule: Ruled) -> None:
    """Where a rule stands, or that it is our reading."""
    words = rule.basis if rule.cite else "口径"
    st.badge(escape(words), icon=":material/menu_book:", color="blue" if rule.cite else "orange")


def terms(follow: FollowUp, matter: Matter) -> None:
    """The document's words, then who does it, who is met, who attends, and by when."""
    outcome = matter.outcome
    told = [f"由{outcome.by}办理" if outcome.by else "", f"约谈对象：{outcome.meets}" if outcome.meets else ""]
    told += [f"参加：{'、'.join(outcome.attends)}" if outcome.attends else ""]
    told += [f"期限：{due_text(matter)}" if outcome.due else ""]
    if any(told):
        st.markdown(escape("；".join(part for part in told if part)))
    _words(outcome)


def _words(outcome: Outcome) -> None:
    """The document's words, and what we read into them where they are silent."""
    if outcome.text:
        st.caption(escape(f"原文：{outcome.text}"))
    if outcome.assumed:
        st.caption(escape(f"原文未规定，本系统口径：{outcome.assumed}"))


def _line(follow: FollowUp, one: Proposal) -> None:
    """One unit of a list: who, why, and what was decided."""
    graded = follow.state.scheme.grades
    shown = grades.chip(graded, one.result.grade, grades.palette()) if one.result.grade else ""
    with st.container(border=False, gap=None):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.markdown(f"{bold(one.unit)}　{shown}", width="content")
            with st.container(horizontal=True, vertical_alignment="center", width="content"):
                _standing(one.decision)
                permit.button("登记决定", "更改" if one.decision else "登记决定", key=f"decide-{one.key}-{one.unit}", type="tertiary",
                          icon=":material/edit:", on_click=dialogs.open_dialog,
                          args=["decide", one.key, [one.unit]])  # fmt: skip
        st.caption(escape("；".join(part for part in (one.reason, _carried_out(one)) if part)))


def _standing(decision: Decision | None) -> None:
    if decision is None:
        st.badge("待决定", icon=":material/radio_button_unchecked:", color="orange")
    else:
        icon, color = _LOOKS[decision.ruling.choice]
        st.badge(CHOICES[decision.ruling.choice], icon=icon, color=color)  # type: ignore[arg-type]


def _carried_out(one: Proposal) -> str:
    """What was decided, when it was carried out, who came, and who should have and is not recorded."""
    if one.decision is None:
        return ""
    ruling = one.decision.ruling
    told = [ruling.reason, f"{ruling.held.isoformat()}办理" if ruling.held else ""]
    told += [f"到场：{'、'.join(ruling.attended)}" if ruling.attended else ""]
    absent = [name for name in one.outcome.attends if name not in ruling.attended] if ruling.held else []
    told += [f"▲ 应参加而未记到场：{'、'.join(absent)}" if absent else "", ruling.evidence]
    told += [f"{one.decision.actor}登记（{session.local(one.decision.at)}）"]
    return "；".join(part for part in told if part)


def _ladder(follow: FollowUp) -> None:
    """Without grades: what each 情形 leads to, step by step, and how far up each unit stands."""
    steps = rungs(follow.state.scheme)
    if not steps:
        return
    st.markdown("本方案不打分、不评等次：有下列情形的，由轻到重处理。")
    st.markdown("\n".join(
        f"{at}. {bold(rung.action)}　{escape(rung.text)}（{escape(rung.basis)}）" for at, rung in enumerate(steps, 1)
    ))  # fmt: skip
    for result in follow.state.results.units:
        reached = [at for at, rung in enumerate(steps, 1) if rung in result.outcomes]
        if reached:
            found = judged(follow.state.scheme, result)
            words = "、".join(fact_text(follow.state.scheme, fact) for fact in (*found.problems, *found.aggravating))
            how_far = f"{words}，处理至第{reached[-1]}级“{steps[reached[-1] - 1].action}”"
            st.markdown(f"▲ {bold(result.unit)}：{escape(how_far)}")


def _general(follow: FollowUp, matter: Matter) -> None:
    """What all have to do alike."""
    with st.container(border=True, gap="xsmall", height="stretch"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(bold(f"全部{follow.state.scheme.words.units}：{matter.outcome.action}"), width="content")
            _clause(matter.outcome)
        terms(follow, matter)


# 须人工认定


def doubtful(follow: FollowUp) -> None:
    """What a person must find: recommended floors, unchecked 情形, decisions whose ground is gone, rules without data."""
    if follow.doubtful or follow.stale or follow.beyond:
        st.subheader("须人工认定", anchor=False)
    with st.container(gap="xsmall"):
        for each in follow.doubtful:
            cite = f"（{each.cite}）" if each.cite else ""
            st.markdown(f":material/pending: {bold(each.unit)}　{escape(each.text + cite)}")
        for one in follow.stale:
            told = f"已登记“{one.ruling.action}”的决定（{CHOICES[one.ruling.choice]}），按现在的结果不再拟办，请复核"
            st.markdown(f":material/history_toggle_off: {bold(one.ruling.unit)}　{escape(told)}")
            permit.button("撤销决定", "撤销该决定", key=f"stale-{one.id}", type="tertiary", icon=":material/block:",
                      on_click=dialogs.open_dialog, args=["stale", one])  # fmt: skip
        if follow.doubtful:
            links.link(follow.state, LIMITS, "去登记、核对情形", ":material/arrow_forward:")
        for outcome in follow.beyond:
            _beyond(outcome)


def _beyond(outcome: Outcome) -> None:
    with st.container(border=True, gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(bold(f"对{outcome.concerns}：{outcome.action}"), width="content")
            _clause(outcome)
        st.markdown(
            escape(f"本方案没有{outcome.concerns}的得分，名单无法由系统提出，由{outcome.by or '主管部门'}认定。")
        )
        _words(outcome)


# 分送与报批


def ways(follow: FollowUp) -> None:
    """Who approves, in order, and where the result is sent."""
    scheme = follow.state.scheme
    if not scheme.approval and not scheme.send_to:
        st.markdown("本方案没有规定报批程序和分送单位。")
    if scheme.approval:
        with st.container(border=True, gap="xsmall"):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(bold("报批"), width="content")
                _clause(scheme.approval)
            st.markdown("\n".join(f"{at}. {escape(step)}" for at, step in enumerate(scheme.approval.by, start=1)))
    if scheme.send_to:
        with st.container(border=True, gap="xsmall"):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(bold("结果分送"), width="content")
                _clause(scheme.send_to)
            st.markdown("\n".join(f"- {escape(name)}" for name in scheme.send_to.to))
            if not follow.notice:
                st.caption("通报尚未登记；未经批准的结果不得分送。")
    if scheme.document.publicity:
        st.caption(escape(f"文件公开方式：{scheme.document.publicity}"))


def download(follow: FollowUp) -> None:
    """The list as a workbook."""
    st.download_button(
        "下载拟处理名单（xlsx）", lambda: proposals_xlsx(follow, session.local(session.now())),
        safe(f"{follow.state.assessment.name}_拟处理名单.xlsx"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        icon=":material/download:", on_click="ignore", key="get-proposals",
    )  # fmt: skip

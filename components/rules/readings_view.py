"""口径 on screen: each reading where the text is silent, what another would change here, and who confirmed which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import streamlit as st

from components import both, session
from components.access import permit
from components.links import link
from components.navigation import ASSESSMENTS
from components.rules import finalising
from components.rules.scheme_view import UNSAID
from components.tables import cell, table
from components.text import escape
from data.documents import assumption_table
from data.finalise import is_final, obstacles, unreviewed
from data.state import READING, TARGET, State
from data.store import Clash, Setting
from scoring import exact
from scoring.assumption_words import NOTHING, effect_words, label_words, reading_words
from scoring.assumptions import DEFAULT, Assumption, Effect
from scoring.explain import score_text
from scoring.scheme import Scheme

ALL, WAITING, MATTERING = "全部", "未确认", "会影响等次"
UNTOLD = "全部评分表锁定前，不显示各口径对结果的影响"
PLACE = "readings"
"""Where both values wait when another was first."""
MANY = 30
"""Units of a preview before the rest are counted."""


def effect_of(state: State, assumption: Assumption, label: str) -> Effect | None:
    """What a reading would change; None for the one in force."""
    return next((effect for effect in state.effects_of(assumption) if effect.label == label), None)


def effect_text(state: State, assumption: Assumption, label: str) -> str:
    """What it would do, in a line: 现行口径, or what would change, or that nothing would."""
    found = effect_of(state, assumption, label)
    if state.blind and label != state.reading(assumption):
        return UNTOLD
    if found is None:
        return "现行口径"
    return effect_words(state.scheme, found) if state.weighable else "尚无结果，暂看不出影响"


def summary(state: State) -> str:
    """How many readings there are, how many still wait, and how many of those matter."""
    waiting = len(state.unconfirmed)
    if not waiting:
        return "各项口径已全部确认。"
    if state.blind:
        return f"尚有{waiting}项口径未确认。{UNTOLD}。"
    return f"尚有{waiting}项口径未确认，{_at_stake(state)}。定稿前须逐项确认。"


def _at_stake(state: State) -> str:
    """How many of the readings that wait would change something here, the gravest kind of change alone."""
    if not state.weighable:
        return "尚无结果，暂看不出哪些会影响结果"
    if state.mattering:
        return f"其中{len(state.mattering)}项改用其他口径会改变本次等次"
    touching = [one for one in state.unconfirmed if any(effect.units for effect in state.effects_of(one))]
    return f"其中{len(touching)}项改用其他口径会改变本次得分或位次" if touching else "改用其他口径均不影响本次结果"


def paper() -> str:
    """Draw the field for the paper that confirms, and return what it says. It holds until the viewer changes it."""
    st.session_state.setdefault("paper-box", st.session_state.get("paper", ""))
    text = st.text_input(
        "确认依据（选填）", key="paper-box", placeholder="领导小组会议纪要文号", width=320, max_chars=80, live=True
    )
    st.session_state["paper"] = (text or "").strip()
    return st.session_state["paper"]


def download(state: State) -> None:
    """The 口径确认表 to print and sign, made when it is asked for. It tells effects, so not for the blind."""
    if state.blind:
        return
    st.download_button(
        "下载口径确认表",
        data=lambda: assumption_table.to_xlsx(state, session.local(session.now()), session.local),
        file_name=f"{state.assessment.name}口径确认表.xlsx",
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        icon=":material/download:", on_click="ignore", key="assumption-table",
    )  # fmt: skip


def head(state: State) -> None:
    """What there is to do, in a sentence, and the way to 定稿."""
    finalising.note(state)
    st.markdown(f"**\u2060{escape(summary(state))}\u2060**")
    if not state.unconfirmed and not is_final(state.assessment) and not state.blind:
        left = len(obstacles(state, unreviewed(session.store(), state)))
        told = f"定稿前还有{left}项未办结，去年度考核查看" if left else "可以定稿，去年度考核"
        link(state, ASSESSMENTS, told, ":material/arrow_forward:")


def chosen(state: State) -> list[Assumption]:
    """Draw the filter and return the readings that pass, the weightiest first."""
    matter = {reading.key for reading, _ in state.mattering} | {e.key for e in state.effects if e.changes}
    passing = {
        ALL: list(state.weighed),
        WAITING: [reading for reading in state.weighed if state.confirmed(reading) is None],
        MATTERING: [reading for reading in state.weighed if reading.key in matter],
    }
    wanted = st.segmented_control(
        "显示", list(passing), default=ALL, required=True, key="readings-filter", label_visibility="collapsed",
        format_func=lambda name: f"{name}（{len(passing[name])}）",
    )  # fmt: skip
    return passing[wanted or ALL]


def readings(state: State, shown: Sequence[Assumption] | None = None) -> None:
    """The readings of the assessment's own scheme (None: all), each to be confirmed."""
    for assumption in state.weighed if shown is None else shown:
        with st.container(border=True, key=f"reading-{assumption.key.replace('.', '-')}"):
            _reading(state, assumption)
    if shown is not None and not shown:
        st.caption("没有符合的口径。")


def _reading(state: State, assumption: Assumption) -> None:
    left, right = st.columns([2, 3], gap="large")
    with left:
        st.markdown(f"**\u2060{escape(assumption.name)}\u2060**　{_badges(state, assumption)}")
        st.markdown(f":gray[原文]　{escape(assumption.silent)}  \n:gray[口径]　{escape(assumption.reading)}")
        _confirmations(state, assumption)
    with right:
        _choice(state, assumption)


def _badges(state: State, assumption: Assumption) -> str:
    status = ":green-badge[:material/check: 已确认]" if state.confirmed(assumption) else ":gray-badge[尚未确认]"
    return " ".join(filter(None, (UNSAID, status, _weight(state, assumption))))


def _weight(state: State, assumption: Assumption) -> str:
    """How much hangs on it here."""
    found = state.effects_of(assumption)
    if any(effect.changes for effect in found):
        return ":red-badge[:material/priority_high: 会影响等次]"
    if any(effect.units for effect in found):
        return ":blue-badge[会影响得分或位次]"
    return ""


def _confirmations(state: State, assumption: Assumption) -> None:
    """Who confirmed what and when; earlier confirmations beneath."""
    setting = state.confirmed(assumption)
    if setting is None:
        return
    st.caption(escape(_confirmation(setting)))
    earlier = session.store().setting_history(state.assessment.id, READING + assumption.key)[1:]
    if earlier:
        with st.expander(f"此前的确认（{len(earlier)}次）", icon=":material/history:"):
            for one in earlier:
                st.caption(escape(_confirmation(one)))


def _confirmation(setting: Setting) -> str:
    basis = f"；依据{setting.paper}" if setting.paper else ""
    return f"{setting.actor} {session.local(setting.at)}确认：{label_words(setting.value)}{basis}"


def _choice(state: State, assumption: Assumption) -> None:
    """The reading in force and the others; the one picked is previewed, and nothing is kept before it is confirmed."""
    in_force = state.reading(assumption)
    if assumption.alternatives:
        wanted = _picked(state, assumption, in_force)
    else:
        wanted = in_force
        st.markdown(escape(reading_words(state.own, assumption, DEFAULT)))
        st.caption("方案没有列出其他口径。")
    _overtaken(state, assumption, wanted)
    if found := effect_of(state, assumption, wanted):
        _preview(state, assumption, found)
    again = state.confirmed(assumption) is not None and wanted == in_force
    told = "再次确认此项口径" if again else "确认此项口径" if wanted == in_force else "改用并确认此项口径"
    if permit.button("确认口径",
        told, key=f"confirm-{assumption.key}", icon=":material/check:", disabled=is_final(state.assessment),
        type="tertiary" if again else "secondary",
    ):  # fmt: skip
        if _stale(state, assumption):
            _both(state, assumption)
        else:
            confirm(state, {assumption: wanted})


def _turn(state: State, assumption: Assumption) -> float:
    """When it was last confirmed: anyone's confirmation makes a new choice of it, never a stale one."""
    setting = state.confirmed(assumption)
    return setting.at.timestamp() if setting else 0


def _seen(state: State, assumption: Assumption) -> str:
    return f"seen-{state.assessment.id}-{assumption.key}"


def _stale(state: State, assumption: Assumption) -> bool:
    """Whether somebody confirmed it between the drawing of the button and its being pressed."""
    turn = _turn(state, assumption)
    return st.session_state.get(_seen(state, assumption), (turn, "", ""))[0] != turn


def _overtaken(state: State, assumption: Assumption, wanted: str) -> None:
    """What was picked and not confirmed when another confirmed something else is not lost: both wait for the viewer."""
    key, turn, now = _seen(state, assumption), _turn(state, assumption), state.reading(assumption)
    before, picked, was = st.session_state.get(key, (turn, wanted, now))
    pressed = st.session_state.get(f"confirm-{assumption.key}")
    setting = state.confirmed(assumption)
    overtaken = before != turn and picked not in (was, now) and setting is not None and setting.actor != session.actor()
    if overtaken and not pressed:
        _both(state, assumption)
    if not pressed:
        st.session_state[key] = turn, wanted, now


def _both(state: State, assumption: Assumption) -> None:
    """Somebody confirmed it meanwhile: that reading beside the one that was about to be confirmed here."""
    setting, mine = state.confirmed(assumption), st.session_state.pop(_seen(state, assumption))[1]
    if setting is None:
        return
    clash = Clash(READING + assumption.key, mine, setting.value, setting.actor, setting.at)
    if mine == setting.value:
        both.hold(PLACE, "此项口径已由他人确认，与您所选相同，无须再确认。", [clash], None)
    both.hold(
        PLACE, "在您查看之后，此项口径已由他人确认，本次操作未生效。请对照后决定。", [clash],
        lambda seen: _insist(state, {READING + assumption.key: mine}, seen),
    )  # fmt: skip


def _insist(state: State, wanted: Mapping[str, str], seen: Sequence[Clash]) -> object:
    """Confirm all the same, having seen what the other confirmed."""
    names = {READING + one.key: one.name for one in state.assumptions}
    subject = "、".join(f"{names.get(key, key)}：{label_words(label)}" for key, label in wanted.items())
    held = {one.what: one.theirs if one.at else None for one in seen}
    return session.store().confirm(
        state.assessment.id, wanted, session.actor(), subject, st.session_state.get("paper", ""), held
    )


def _picked(state: State, assumption: Assumption, in_force: str) -> str:
    labels = list(assumption.labels)
    wanted = st.radio(
        f"{assumption.name}的口径", labels, index=labels.index(in_force), format_func=lambda label: escape(label_words(label)),
        captions=[_caption(state, assumption, label) for label in labels], label_visibility="collapsed",
        key=f"choice-{state.assessment.id}-{assumption.key}-{_turn(state, assumption)}",
    )  # fmt: skip
    return wanted or in_force


def _caption(state: State, assumption: Assumption, label: str) -> str:
    """What the reading says, and what it would change; that grades would, stands out."""
    said = reading_words(state.own, assumption, label)
    found, told = effect_of(state, assumption, label), escape(effect_text(state, assumption, label))
    told = f"**\u2060{told}\u2060**" if found and found.changes else told
    return f"{escape(said)}。{told}" if said else told


def _preview(state: State, assumption: Assumption, found: Effect) -> None:
    """Everyone of whom anything would change, before it is confirmed."""
    if not state.weighable or not found.units:
        st.caption(
            "改用后：本次考核的得分、位次、等次和结果运用都不变。" if state.weighable else "尚无结果，暂看不出影响。"
        )
        return
    rows = [_changed(state, found, unit) for unit in found.units[:MANY]]
    table(rows, f"{assumption.name}改用“{label_words(found.label)}”后的变化")
    if len(found.units) > MANY:
        st.caption(f"另有{len(found.units) - MANY}{state.scheme.words.measure}，确认后见排名。")


def _changed(state: State, found: Effect, unit: str) -> dict[str, str]:
    """One unit's score, place and grade, now and then; an arrow only where they differ."""
    now = state.results.of(unit)
    row = {state.scheme.words.unit: cell(unit)}
    row["得分"] = _moved(*found.scores.get(unit, (now.score, now.score)), lambda value: _score(state.scheme, value))
    if state.scheme.rank.shown != "none":
        row["位次"] = _moved(*found.places.get(unit, (now.rank, now.rank)), str)
    row["等次"] = _moved(*found.changes.get(unit, (now.grade, now.grade)), cell)
    return row


def _moved(now, then, said) -> str:
    before, after = ("—" if value is None else said(value) for value in (now, then))
    return before if now == then else f"{before} → **{after}**"


def _score(scheme: Scheme, value: Fraction) -> str:
    """As printed; under a reading that rounds otherwise, with as many decimals as it takes."""
    official = scheme.places is not None and (value * 10**scheme.places).denominator == 1
    return score_text(scheme, value) if official else exact.shown(value)


def confirm(state: State, wanted: dict[Assumption, str]) -> None:
    """Confirm readings under the viewer's signature and on the paper that was named; what comes of it is told anew."""
    subject = "、".join(f"{reading.name}（{label_words(label)}）" for reading, label in wanted.items())
    if len(wanted) == 1:
        subject = next(f"{reading.name}：{label_words(label)}" for reading, label in wanted.items())
    keys = {READING + reading.key: label for reading, label in wanted.items()}
    seen = {key: state.settings[key].value if key in state.settings else None for key in keys}
    if not both.tried(
        PLACE,
        lambda: session.store().confirm(
            state.assessment.id, keys, session.actor(), subject, st.session_state.get("paper", ""), seen
        ),
        lambda clashes: _insist(state, keys, clashes),
    ):
        return
    st.session_state["readings-told"] = f"已确认{len(wanted)}项口径：{subject}。"
    st.rerun()


def told() -> None:
    """What the last action on this page came to."""
    if said := st.session_state.pop("readings-told", ""):
        st.success(escape(said), icon=":material/task_alt:")


def standoff(state: State) -> None:
    """What another confirmed or filled in meanwhile, beside one's own."""
    names = {READING + one.key: one.name for one in state.assumptions}
    names |= {TARGET + one.id: one.name for one in state.asked}
    both.standoff(PLACE, lambda key: names.get(key, key),
                  lambda key, value: label_words(value) if key.startswith(READING) else value)  # fmt: skip


def together(state: State) -> None:
    """What a meeting has passed, ticked off and confirmed at once: the readings in force that still wait."""
    waiting = [reading for reading in state.weighed if state.confirmed(reading) is None]
    if len(waiting) < 2 or is_final(state.assessment):
        return
    with (
        st.expander("一并确认：会上已逐项通过的，在此勾选后一次确认", icon=":material/checklist:"),
        st.form("together", border=False),
    ):
        ticked = {reading: _row(state, reading) for reading in waiting}
        pressed = permit.submit("确认口径", "确认所选各项", icon=":material/done_all:", key="confirm-together")
    if pressed:
        confirm(state, {reading: state.reading(reading) for reading, wanted in ticked.items() if wanted})


def _row(state: State, reading: Assumption) -> bool:
    """One line of the table: tick and name, the reading in force, what hangs on it."""
    name, says, weight = st.columns([3, 5, 2], vertical_alignment="center", gap="small")
    ticked = name.checkbox(escape(reading.name), key=f"tick-{state.assessment.id}-{reading.key}")
    label = state.reading(reading)
    said = reading_words(state.own, reading, label) or reading.reading
    says.markdown(escape(said if label == DEFAULT else f"{label_words(label)}：{said}"))
    if not state.blind:
        weight.markdown(_weight(state, reading) or f":gray[{NOTHING if reading.alternatives else '没有其他口径'}]")
    return ticked


def listed(scheme: Scheme, assumptions: tuple[Assumption, ...]) -> None:
    """The readings of a scheme that is only read: reasons and alternatives, nothing to confirm."""
    for assumption in assumptions:
        with st.container(border=True):
            st.markdown(f"**\u2060{escape(assumption.name)}\u2060**　{UNSAID}")
            st.markdown(escape(assumption.text))
            for option in assumption.alternatives:
                st.markdown(f"- 另一种口径：{escape(option.label)}　:gray[{escape(option.why)}]")
    if not assumptions:
        st.caption(f"“{escape(scheme.title)}”没有按口径处理的事项。")

"""What 抽样 draws: the rules, the list to draw from, what it lacks, the draw, and the numbers drawn by place."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from components import session
from components.access import permit
from components.drawing import draw_parts
from components.drawing.sample_source import known_list
from components.one_file import one_file
from components.tables import bold, cell, table
from components.text import escape
from data import drawing as record
from data.drawing import Json
from data.frame_worker import read_apart
from data.frames import FORMATS, Frame
from data.state import State
from data.store import Drawing
from scoring import sampling
from scoring.rules import Sample
from scoring.sampling import LEVELS, Entry, Lack, SampleError, Way

Rules = tuple[Sample, tuple[Sample, ...]]
MOST = 9999
"""Of one place; no list has more."""
LONG = 30
"""Rows of one place that are shown unfolded."""


def tab(state: State, drawings: Sequence[Drawing], actor: str) -> None:
    """The whole of 抽样 for a scheme that has rules for it."""
    rules = record.drawable(state.scheme)
    chosen = st.selectbox(
        "抽样规则", list(rules), format_func=lambda one: sampling.said(rules[one][0]), key=f"rule-{state.assessment.id}"
    )
    rule, parts = rules[chosen]
    _rule(rule, parts)
    held = [one for one in drawings if one.kind == "sample" and one.rule == rule.id]
    now = [one for one in held if one.state == "current"]
    for one in now:
        _result(state, one, actor)
    place = st.expander("再抽一次，或抽其他地方", icon=":material/add:") if now else st.container(border=True)
    with place:
        _form(state, rule, parts, held, actor)
    draw_parts.history(state, [one for one in held if one.state != "current"], actor, _lines_of, _again)


def _rule(rule: Sample, parts: Sequence[Sample]) -> None:
    """What the document says of it, and whose reading the numbers are."""
    with st.container(border=True, gap="xsmall"):
        st.markdown("**方案的规定**")
        for one in (rule, *parts):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.badge(escape(one.basis), icon=":material/menu_book:", color="blue" if one.cite else "orange")
                st.markdown(escape(one.text or sampling.said(one)), width="content")
            if one.assumed:
                st.caption(f"原文未规定，本系统口径：{escape(one.assumed)}")


def _form(state: State, rule: Sample, parts: Sequence[Sample], held: Sequence[Drawing], actor: str) -> None:
    """From the list to the draw; each step appears once the one before is done."""
    try:
        level = sampling.level_of(rule.of)
        given = _list(state, rule, level)
        if given is None:
            return
        file, entries = given
        entries, scope = _scope(rule, entries)
        counts_as = _counts(rule, parts, entries)
        way, size = _way(rule), _size(rule)
    except SampleError as problem:
        st.error(escape(str(problem)), icon=":material/error:")
        return
    inputs = record.sample_inputs(sampling.said(rule), rule, parts, entries, file=file, size=size, way=way,
                                  counts_as=counts_as)  # fmt: skip
    if way == "chosen":
        _choose(state, rule, inputs, entries, scope, held, actor)
    else:
        _draw(state, rule, inputs, entries, scope, held, actor)


def _list(state: State, rule: Sample, level: sampling.Level) -> tuple[str, tuple[Entry, ...]] | None:
    """The list and its file's name; None while there is none that can be used."""
    if level in ("town", "county"):
        source = st.segmented_control("名册来源", ["行政区划", "上传名册"], default="行政区划", required=True,
                                      key=f"source-{rule.id}")  # fmt: skip
        if source == "行政区划":
            found = known_list(state, rule, level)
            return ("", found) if found else None
    frame = _uploaded(state, rule, level)
    return None if frame is None else (frame.file, frame.entries)


def _uploaded(state: State, rule: Sample, level: sampling.Level) -> Frame | None:
    """The list that was uploaded, read apart; a refused one is told line by line. The file itself is let go at once."""
    held = f"frame-{state.assessment.id}-{rule.id}"
    frame: Frame | None = st.session_state.get(held)
    if frame is None or frame.level != level or frame.problems:
        _zone(held, level)
    if frame is None or frame.level != level:
        return None
    if frame.problems:
        st.error("名册没有收下：", icon=":material/gpp_maybe:")
        st.markdown("\n".join(f"- {escape(problem)}" for problem in frame.problems))
        return None
    kinds = f"；类别：{'、'.join(frame.kinds)}" if frame.kinds else "；没有类别"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            f":material/task_alt: {bold(frame.file)}　{escape(f'已读{len(frame.entries)}条{kinds}。')}",
            width="content",
        )
        st.button("换一份名册", icon=":material/swap_horiz:", key=f"{held}-other", on_click=_let_go, args=[held])
    for note in frame.notes:
        st.caption(escape(note))
    return frame if _looked(held, frame) else None


def _looked(held: str, frame: Frame) -> bool:
    """Whether somebody has looked where a name may stand and found none; the name itself is not shown."""
    if not frame.doubts:
        return True
    st.warning("请核对下列各处是否为人名；是人名的，请换一份删去姓名的名册。", icon=":material/person_search:")
    st.markdown("\n".join(f"- {escape(doubt)}" for doubt in frame.doubts))
    return st.checkbox("已逐处核对，都不是人名", key=f"{held}-looked-{frame.hash[:12]}")


def _zone(held: str, level: sampling.Level) -> None:
    """Where the list is dropped. Only what was read is remembered, never the bytes; of a refused one only why."""
    needed = "户编号" if level == "household" else LEVELS[level]
    dropped = one_file("选取或拖入名册", held, only="frame")
    st.caption(
        f"可收{FORMATS}。须有“{needed}”一列，另可有“县”“镇”“村”“类别”各列；"
        + ("只填户编号和类别，不得有姓名、身份证号、电话；" if level == "household" else "")
        + "文件读后即弃，不保留。"
    )
    if dropped:
        with st.spinner("正在读取名册…"):
            st.session_state[held] = read_apart(*dropped, level)
        st.rerun()


def _let_go(held: str) -> None:
    st.session_state.pop(held, None)


def _scope(rule: Sample, entries: tuple[Entry, ...]) -> tuple[tuple[Entry, ...], list[str]]:
    """Where to draw: all places of the list, or some of them."""
    by_place = sampling.strata(rule, entries)
    if len(by_place) == 1:
        return entries, [] if sampling.WHOLE in by_place else list(by_place)
    picked = st.multiselect("在哪些地方抽取", list(by_place), list(by_place), key=f"scope-{rule.id}", placeholder="请选择",
                            format_func=lambda where: f"{where}（{len(by_place[where])}）", select_all=False)  # fmt: skip
    if not picked:
        raise SampleError("请至少选一个地方")
    return tuple(entry for where in by_place if where in picked for entry in by_place[where]), picked


def _counts(rule: Sample, parts: Sequence[Sample], entries: Sequence[Entry]) -> dict[str, list[str]]:
    """Which kinds of the list count for each name of the rule; a person decides, words only suggest."""
    names = sampling.names_of(rule, parts)
    kinds = list(dict.fromkeys(kind for entry in entries for kind in sorted(entry.kinds)))
    if not names:
        return {}
    st.markdown("名册中的哪些类别算作：")
    with st.grid("auto", min_column_width=280):
        return {
            name: st.multiselect(f"“{name}”", kinds, sampling.likely_kinds(name, kinds), placeholder="请选择类别",
                                 key=f"counts-{rule.id}-{name}-{hash(tuple(kinds))}", select_all=False)
            for name in names
        }  # fmt: skip


def _way(rule: Sample) -> Way:
    """As the rule has it; where the rule leaves the choice to people, they may also draw lots."""
    if rule.rule != "chosen":
        return rule.rule
    ways: dict[Way, str] = {"chosen": "由人指定", "random": "随机抽取"}
    picked = st.segmented_control("怎样确定", list(ways), format_func=ways.__getitem__, default="chosen", required=True,
                                  key=f"way-{rule.id}", help="原文只写数量，没有写怎样选定")  # fmt: skip
    return picked or "chosen"


def _size(rule: Sample) -> int:
    """The rule's least number, or more where somebody wants more. Raises SampleError for what is no such number."""
    least, most = max(rule.least or 0, 1), rule.most or MOST
    if most == least:
        return least
    typed = st.text_input(
        f"每处至少抽几{'户' if rule.of.endswith('户') else '个'}", str(least), key=f"size-{rule.id}", width=220, live=True,
        max_chars=4, help="不少于规则所定的数；规则另定百分比的，各处按较大者",
    )  # fmt: skip
    text = unicodedata.normalize("NFKC", typed or "").strip()
    if not text.isdecimal() or not least <= int(text) <= most:
        raise SampleError(f"每处抽取的数应为{least}至{most}之间的整数；请改正后再抽")
    return int(text)


def _draw(
    state: State, rule: Sample, inputs: Json, entries: Sequence[Entry], scope: Sequence[str], held: Sequence[Drawing],
    actor: str,
) -> None:  # fmt: skip
    lacking = _lacks(rule, inputs, entries)
    settled = not lacking or st.checkbox(
        "上列不足之处已核实，仍按现有名册抽取（结果表中如实注明）", key=f"settled-{rule.id}"
    )
    reason = draw_parts.reason_field(rule.id, _before(held, scope))
    seed = draw_parts.seed_field(rule.id)
    if permit.button("抽样", "抽取", type="primary", icon=":material/casino:", key=f"draw-{rule.id}",
                 disabled=reason is None or not settled):  # fmt: skip
        draw_parts.attempt(lambda: _hold(state, rule, inputs, entries, scope, seed, actor, reason or ""), rule.id)


def _hold(
    state: State, rule: Sample, inputs: Json, entries: Sequence[Entry], scope: Sequence[str], seed: str, actor: str,
    reason: str,
) -> Drawing:  # fmt: skip
    text = draw_parts.tidy(seed)
    result = record.hold_sample(inputs, entries, text)
    return session.store().record_drawing(
        state.assessment.id, "sample", rule.id, scope, text, inputs, result, actor, reason
    )


def _lacks(rule: Sample, inputs: Json, entries: Sequence[Entry]) -> list[Lack]:
    """What the list cannot give, place by place, before anything is drawn."""
    found = record.lacks_of(inputs, entries)
    if found:
        st.warning("名册满足不了规则的地方：\n" + "\n".join(f"- {escape(str(lack))}" for lack in found),
                   icon=":material/warning:")  # fmt: skip
    return found


def _choose(
    state: State, rule: Sample, inputs: Json, entries: Sequence[Entry], scope: Sequence[str], held: Sequence[Drawing],
    actor: str,
) -> None:  # fmt: skip
    """By hand: who is named, checked against the rule at once."""
    by_place = sampling.strata(rule, entries)
    chosen: list[Entry] = []
    for where, pool in by_place.items():
        label = rule.of if where == sampling.WHOLE else f"{where}：{rule.of}"
        chosen += st.multiselect(
            label, pool, format_func=_called, key=f"chosen-{rule.id}-{where}", placeholder="请指定", select_all=False
        )
    drawn = record.choose(inputs, entries, set(chosen))
    amiss = [lack for each in drawn for lack in each.lacks]
    if amiss and chosen:
        st.warning("\n".join(f"- {escape(str(lack))}" for lack in amiss), icon=":material/warning:")
    reason = draw_parts.reason_field(rule.id, _before(held, scope))
    if permit.button("抽样", "记录指定结果", type="primary", icon=":material/how_to_reg:", key=f"draw-{rule.id}",
                 disabled=bool(amiss) or reason is None):  # fmt: skip
        draw_parts.attempt(
            lambda: session.store().record_drawing(
                state.assessment.id, "sample", rule.id, scope, record.BY_HAND, inputs, record.sample_result(drawn), actor,
                reason or "",
            ),
            rule.id,
        )  # fmt: skip


def _called(entry: Entry) -> str:
    kinds = f"（{'、'.join(sorted(entry.kinds))}）" if entry.kinds else ""
    return f"{entry.name}{kinds}"


def _before(held: Sequence[Drawing], scope: Sequence[str]) -> list[Drawing]:
    """Earlier draws by this rule that share a place, as the store counts them."""
    return [one for one in held if not one.scope or not scope or not set(one.scope).isdisjoint(scope)]


def _result(state: State, drawing: Drawing, actor: str) -> None:
    """The numbers drawn, place by place, with what each place lacked."""
    with st.container(border=True):
        draw_parts.record_line(drawing)
        for stratum in drawing.result["strata"]:
            _stratum(drawing, stratum)
        with_list = drawing.inputs["level"] == "household" and drawing.inputs["way"] != "chosen"
        first = partial(_verify_with_list, drawing) if with_list else lambda: None
        draw_parts.actions(state, drawing, actor, _again(drawing), first)
        draw_parts.method(drawing)


def _stratum(drawing: Drawing, stratum: Json) -> None:
    picked = [record.entry_of(found) for found in stratum["picked"]]
    counts = "，".join(f"{name}{count}" for name, count in stratum["counts"])
    unit = "户" if drawing.inputs["level"] == "household" else "个"
    told = f"抽{len(picked)}{unit}（名册{stratum['pool']}{unit}）{'，其中' + counts if counts else ''}"
    st.markdown(f"{bold(stratum['where'])}　{escape(told)}")
    for lack in stratum["lacks"]:
        st.caption(f":material/warning: {escape(lack)}")
    if drawing.inputs["level"] != "household":
        draw_parts.large_names([_called(entry) for entry in picked])
        return
    rows = [
        {"序": str(at), "户编号": bold(entry.name), "村": cell(entry.place("village") or "—"),
         "类别": cell("、".join(sorted(entry.kinds)) or "—")}
        for at, entry in enumerate(picked, 1)
    ]  # fmt: skip
    if len(rows) <= LONG:
        table(rows, f"{stratum['where']}抽中的户")
        return
    with st.expander(f"{stratum['where']}抽中的{len(rows)}户"):
        table(rows, f"{stratum['where']}抽中的户")


def _again(drawing: Drawing) -> Callable[[], Json] | None:
    """How to draw again from what was kept; None where the list must be given again, or nothing was drawn by lot."""
    if drawing.inputs["level"] == "household" or drawing.inputs["way"] == "chosen":
        return None
    return partial(record.resample, drawing.inputs, drawing.seed)


def _verify_with_list(drawing: Drawing) -> None:
    """Households are not kept, so the list is given again to compare."""
    held = f"verify-{drawing.id}"
    with st.popover("用此种子和名册重做核对", icon=":material/fact_check:", key=f"{held}-box"):
        st.markdown(escape(f"系统不留名册。请选取抽取时的那份名册（{drawing.inputs['roster']['size']}条）。"))
        _zone(held, "household")
        frame: Frame | None = st.session_state.pop(held, None)
        if frame is not None and frame.problems:
            st.session_state["verified"] = (drawing.id, False, frame.problems[0])
        elif frame is not None:
            again = partial(_resampled, drawing, frame)
            st.session_state["verified"] = (drawing.id, *draw_parts.compare(drawing, again))
        draw_parts.verified(drawing)


def _resampled(drawing: Drawing, frame: Frame) -> Json:
    entries = record.within_scope(drawing.inputs, drawing.scope, frame.entries)
    return record.resample(drawing.inputs, drawing.seed, entries)


def _lines_of(drawing: Drawing) -> list[str]:
    """Who was drawn, a line a place."""
    return [
        f"{bold(stratum['where'])}　{escape('、'.join(found['name'] for found in stratum['picked']))}"
        for stratum in drawing.result["strata"]
    ]

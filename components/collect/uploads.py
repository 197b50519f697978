"""What 数据上报 draws: the drop zone, what each file is worth, what must be asked, and what taking them would change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from components import grades, session
from components.collect import staging
from components.collect.staging import Staged
from components.drop_zone import drop_zone
from components.navigation import OVERVIEW, PROGRESS
from components.tables import NO_BREAK, bold, cell, table
from components.text import escape
from data.documents.ranking_rows import lacking
from data.dry_run import Arrival, DryRun
from data.sheets import Problem
from data.state import State
from data.store import Moved, StoreProblem
from scoring.explain import score_text
from scoring.results import UnitResult
from scoring.scheme import Scheme

FORMATS = ".xlsx、.xlsm、.xls、.et、.ods、.csv、.tsv、.txt"
SHORT = 8
"""So many plain rows are shown unfolded."""

OTHER_ASSESSMENT = "所选的年度考核已经改变，本次未上报。请核对试读结果后再确认。"

_ON_A_PHONE = """
<style>
@media (max-width: 640px) {
  [class*="st-key-problems-"] :is(table, tbody, tr, td) { display: block; width: auto; min-width: 0; }
  [class*="st-key-problems-"] thead { display: none; }
  [class*="st-key-problems-"] td { border: 0 !important; padding: 0.15rem 0 !important; }
  [class*="st-key-problems-"] td:last-child::before { content: "怎样改："; font-weight: 600; }
  [class*="st-key-problems-"] td:last-child > * { display: inline; }
  [class*="st-key-problems-"] tr { padding: 0.5rem 0; border-bottom: 1px solid rgba(128, 128, 128, 0.3); }
}
</style>
"""
"""Three columns side by side leave five characters each on a phone: there the cells of a problem stand one below another."""

_VERDICTS = {"accept": ":material/check_circle: 可收", "warn": ":material/info: 可收（有提示）"}
_LEVELS = {"error": ":material/cancel: 须改正", "warning": ":material/info: 提示"}


def collect(state: State) -> None:
    """Where files are dropped. They join the list, and the zone is empty again."""
    turn = st.session_state.setdefault("upload-turn", 0)
    dropped = drop_zone("选取或拖入填好的评分表，可一次放入多份", key=f"upload-{turn}")
    whose = escape(state.scheme.words.unit)
    st.caption(f"可收{FORMATS}；一份文件可含一个或多个{whose}。先试读、不入库，核对无误后再确认上报。")
    if dropped:
        staging.add([(file.name, file.getvalue()) for file in dropped])
        st.session_state["upload-turn"] = turn + 1
        st.session_state.pop("upload-told", None)
        st.rerun()


def tally(files: Sequence[Staged], plan: DryRun) -> None:
    """How the files stand, in one line."""
    standing = [file.standing for file in files]
    asks, back, twice = standing.count("asks"), standing.count("returned") + len(plan.refused), len(plan.clashing)
    counts = [("可收", len(files) - asks - standing.count("returned") - len(plan.held))]
    counts += [("待回答", asks), ("退回", back), ("重复", twice)]
    told = "，".join(bold(f"{name}{count}份") for name, count in counts if count)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(f"共{len(files)}份文件：{told}。", width="content")
        st.button("全部清空", icon=":material/delete_sweep:", key="clear", on_click=staging.remove,
                  args=[file.id for file in files], help="只清空本页尚未上报的文件，已上报的不受影响")  # fmt: skip


def question(state: State, file: Staged) -> None:
    """Ask whose form a file is in this assessment, and read it again."""
    scheme, key = state.scheme, f"{state.assessment.id}-{file.id}"
    asks = {each.asks: each.options for each in file.reading.questions} if file.reading else {}
    names = {component.id: component.name for component in scheme.components}
    with st.container(border=True):
        _file_head(file, ":material/help: 待回答")
        for message in dict.fromkeys(each.message for each in (file.reading.questions if file.reading else ())):
            st.markdown(escape(message))
        with st.container(horizontal=True, vertical_alignment="bottom"):
            unit = component = None
            if "unit" in asks:
                unit = st.selectbox(
                    scheme.words.unit, asks["unit"], index=None, placeholder="请选择", key=f"unit-{key}"
                )
            if "component" in asks:
                component = st.selectbox(
                    scheme.words.component, asks["component"], index=None, placeholder="请选择", key=f"component-{key}",
                    format_func=lambda given: names.get(given, given),
                )  # fmt: skip
            missing = ("unit" in asks and unit is None) or ("component" in asks and component is None)
            if st.button("按此读取", key=f"answer-{key}", type="primary", disabled=missing):
                staging.answer(file.id, state.assessment.id, unit, _component_id(scheme, component))
                st.rerun()


def _component_id(scheme: Scheme, given: str | None) -> str | None:
    return next((part.id for part in scheme.components if given in (part.id, part.name)), None)


def returned(file: Staged) -> None:
    """A file that goes back: every problem at once, with its cell and its mend."""
    with st.container(border=True):
        _file_head(file, ":material/cancel: 退回")
        problems(file, f"{file.name}的问题")


def unscored(plan: DryRun, files: Sequence[Staged]) -> None:
    """Files that were read but do not fit the scheme: held back alone, the others can be taken."""
    for file in files:
        if file.id in plan.refused:
            with st.container(border=True):
                _file_head(file, ":material/cancel: 退回")
                st.markdown(f"无法计分：{escape(plan.refused[file.id])}。请核对后重新选取，其余文件不受影响。")


def warned(file: Staged) -> None:
    """A file that can be taken, with what a person should look at."""
    notes = "；".join(file.reading.notes) if file.reading else ""
    with st.container(border=True):
        _file_head(file, _VERDICTS["warn"])
        problems(file, f"{file.name}的提示")
        if notes:
            st.caption(escape(notes))


def problems(file: Staged, alt: str) -> None:
    """A file's problems as a table."""
    problems_table(file.reading.problems if file.reading else (), file.id, alt)


def problems_table(found: Sequence[Problem], key: str, alt: str) -> None:
    """Problems, each with where, what stands there, what is wrong, how to mend it."""
    rows = [
        {
            "位置": _place(one),
            "问题": f"{_LEVELS[one.level]}　{cell(one.message)}",
            "怎样改": cell(one.mend).replace("、.", "、\u200b."),  # a row of endings must break on a phone
        }
        for one in found
    ]
    with st.container(key=f"problems-{key}"):
        st.html(_ON_A_PHONE)
        table(rows, alt)


def _place(one: Problem) -> str:
    where = " ".join(part for part in (one.sheet, one.cell) if part) or "整个文件"
    return f"{bold(where)}　内容：{cell(one.value)}" if one.value else bold(where)


def clashes(plan: DryRun) -> None:
    """The same unit and component in several files: both names, and a button for each to leave it out."""
    for clash in plan.clashes:
        name = plan.state.scheme.component(clash.component).name
        with st.container(border=True):
            files = "、".join(f"《{file.name}》" for file in dict.fromkeys(clash.files))
            st.markdown(f":material/content_copy: {bold(f'{clash.unit}的{name}')}同时出现在{escape(files)}。")
            st.markdown("请只留一份，其余移除后再上报。")
            with st.container(horizontal=True):
                for file in dict.fromkeys(clash.files):
                    st.button(f"移除《{escape(file.name)}》", key=f"drop-{clash.unit}-{clash.component}-{file.id}",
                              icon=":material/delete:", on_click=staging.remove, args=[file.id])  # fmt: skip


def arrivals(plan: DryRun, files: Sequence[Staged]) -> None:
    """Every sheet that was read, what needs a look first; many plain new ones are folded, so the button stays near."""
    verdicts = {file.id: file.reading.verdict for file in files if file.reading}
    plain = [one for one in plan.arrivals if _is_plain(plan, one, verdicts[one.file.id])]
    notable = [one for one in plan.arrivals if one not in plain]
    if notable:
        _arrivals_table(plan, notable, verdicts, "需要看一看的评分表")
    if plain:
        label = f"{'其余' if notable else ''}{len(plain)}份均为新收，试读没有问题"
        with st.expander(label, expanded=len(plain) <= SHORT, icon=":material/check_circle:"):
            _arrivals_table(plan, plain, verdicts, "新收的评分表")
    for file in files:
        if verdicts.get(file.id) == "accept" and file.reading and file.reading.notes:
            st.caption(escape(f"《{file.name}》：{'；'.join(file.reading.notes)}"))


def _is_plain(plan: DryRun, one: Arrival, verdict: str) -> bool:
    return one.kind == "new" and verdict == "accept" and one.file.id not in plan.held


def _arrivals_table(plan: DryRun, shown: Sequence[Arrival], verdicts: Mapping[str, str], alt: str) -> None:
    rows = [
        {
            "评分表": cell(f"{one.sheet.unit} {plan.state.scheme.component(one.sheet.component).name}"),
            "试读": _verdict(plan, one, verdicts[one.file.id]),
            "上报后": cell(_what(one)),
            "文件": cell(one.file.name),
        }
        for one in shown
    ]
    table(rows, alt)


def _verdict(plan: DryRun, one: Arrival, verdict: str) -> str:
    if one.file.id in plan.refused:
        return ":material/cancel: 退回"
    return ":material/content_copy: 重复" if one.file.id in plan.clashing else _VERDICTS[verdict]


def _what(one: Arrival) -> str:
    if one.before is None:
        return "新收"
    if one.kind == "same":
        return f"无变化，与现用的第{one.before.revision}次相同，不再重复收取"
    shown = "、".join(one.changes[:6]) + (f"等{len(one.changes)}处" if len(one.changes) > 6 else "")
    return f"替换：第{one.before.revision}次→第{one.revision}次；{shown}"


def effect(plan: DryRun) -> None:
    """What the touched units' results would become."""
    scheme = plan.state.scheme
    rows = [
        {
            cell(scheme.words.unit): cell(after.unit),
            "现在": cell(_standing(scheme, before)).replace(" ", NO_BREAK),
            "上报后": cell(_standing(scheme, after)).replace(" ", NO_BREAK),
        }
        for before, after in plan.touched
    ]
    table(rows, "对结果的影响")


def _standing(scheme: Scheme, result: UnitResult | None) -> str:
    if result is None:
        return "尚无评分表"
    if result.score is None:
        return f"暂缺（{lacking(scheme, result)}）"
    grade = f" {grades.sign(scheme.grades, result.grade)}" if result.grade else ""
    lowered = f"（按分数为“{result.score_grade}”）" if result.grade != result.score_grade else ""
    return f"{score_text(scheme, result.score)}分{grade}{lowered}"


def confirm_label(plan: DryRun) -> str:
    """What the button says: how many sheets would be taken."""
    return f"确认上报 {len(plan.taken)} 份" if plan.taken else "没有可上报的评分表"


Seen = tuple[int, dict[tuple[str, str], int]]
"""The assessment, and of each sheet in hand the revision that counted (0: none), as the button was drawn for."""


def seen(plan: DryRun) -> Seen:
    """What the viewer sees now of the sheets in hand."""
    now = {(one.sheet.unit, one.sheet.component): one.before.revision if one.before else 0 for one in plan.arrivals}
    return plan.state.assessment.id, now


def take(plan: DryRun, confirmed: Seen | None, actor: str) -> None:
    """Take the accepted files one after the other and tell how it went.

    ``confirmed`` is what the viewer saw: where somebody else brought one of these very sheets meanwhile, or another
    assessment was chosen, nothing is taken unseen; of other sheets others may do what they like.
    """
    taken: list[Arrival] = []
    kept: list[Arrival] = []
    chosen, revisions = confirmed or (0, {})
    problem = "" if chosen == plan.state.assessment.id else OTHER_ASSESSMENT
    for file in dict.fromkeys(arrival.file for arrival in plan.taken if not problem):
        arriving = [arrival for arrival in plan.taken if arrival.file == file]
        content, begun = staging.staged()[file.id].content, session.now()
        try:
            made = session.store().take(
                plan.state.assessment.id, file.name, content, [one.sheet for one in arriving], actor, seen=revisions
            )
        except StoreProblem as refused:
            problem = _refused(refused)
            break
        for one, counting in zip(arriving, made, strict=True):
            (kept if counting.at < begun else taken).append(one)  # older: a second click, or somebody brought just this
    same = kept + [one for one in plan.arrivals if one.kind == "same" and one.file.id not in plan.held and not problem]
    staging.remove(*(arrival.file.id for arrival in (*taken, *same)))
    st.session_state["upload-told"] = (len(taken), len({one.sheet.unit for one in taken}), len(same), problem)


def _refused(problem: StoreProblem) -> str:
    """Why nothing was taken; of what others brought meanwhile whose it is, for the table below now compares with it."""
    clashes = problem.clashes if isinstance(problem, Moved) else ()
    told = [f"{one.what}现为{one.by}于{session.local(one.at)}上报的{one.theirs}" for one in clashes if one.at]
    return f"{problem}{'；'.join(told)}。下面已改为与它对照。" if told else str(problem)


def told(state: State) -> None:
    """How the last taking went; stays until new files are dropped."""
    count, units, same, problem = st.session_state.get("upload-told", (0, 0, 0, ""))
    if count:
        more = f"另有{same}份与现用的相同，未重复收取。" if same else ""
        st.success(f"已上报{count}份评分表，涉及{units}个考核对象。{more}", icon=":material/task_alt:")
        with st.container(horizontal=True):
            if not state.blind:
                st.page_link(OVERVIEW, label="查看总览", icon=":material/dashboard:")
            st.page_link(PROGRESS, label="查看催报进度", icon=":material/checklist:")
    elif same and not problem:
        st.info(f"{same}份评分表的内容与现用的一份相同，未作改动。", icon=":material/info:")
    if problem:
        rest = "其余文件仍列在下面。" if count else ""
        st.error(f"{escape(problem)}{rest}", icon=":material/error:")


def _file_head(file: Staged, verdict: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(f"{verdict}　{bold(file.name)}", width="content")
        st.button("移除", key=f"remove-{file.id}", icon=":material/delete:", on_click=staging.remove, args=[file.id],
                  type="tertiary")  # fmt: skip

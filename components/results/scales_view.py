"""What 打分尺度 draws: what stands out, group by group, marks to look at again, items that divide nobody, and the method."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import streamlit as st

from components import grades, links, session
from components.navigation import DRAW, UNIT
from components.results import scales_chart
from components.results.charts import CONFIG
from components.tables import bold, cell, table
from components.text import escape, escaped_lines, markdown
from data.documents import scales_table
from data.documents.file_names import safe
from data.documents.scales_table import Row, mark_text, now_text, source, trial_text
from data.scales import Assessors, AssessorsError, Scales, current_draw, drawn_assessors, load_scales, read_assessors
from data.state import State
from data.store import Drawing
from scoring.elements import Group
from scoring.scale_items import Apart, Sameness, undivided
from scoring.scale_method import METHOD, beyond_compare
from scoring.scale_pairs import UnitPair, subject, unnamed, yardsticks
from scoring.scale_values import Assessor
from scoring.scale_words import headline, totals_text
from scoring.scheme import Scheme
from scoring.speech import named

_SHOWN = 12
"""Marks far apart that are shown; the workbook has all."""
_PAPER = {"平均相差（分）", "单独看偶然的可能", "符号秩检验（参考）", "单独看偶然的可能（比其他组）"}
"""Columns of the groups' table that only the workbook has."""
_NAMED = 6
"""Items told by name; more are told by number."""
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WHO = "scales-who"


def assessors(state: State, group: Group, drawings: list[Drawing]) -> Assessors:
    """Who assessed whom: as drawn; else as somebody tells it for this view, which is kept nowhere."""
    drawn = current_draw(drawings)
    if drawn is not None:
        st.caption(f"谁考核谁，依有效的抽签结果（种子 {escape(drawn.seed)}）。")
        return drawn_assessors(drawn)
    names = [unit.unit for unit in state.results.units]
    with st.expander("没有抽签记录：可在此写明谁考核谁", icon=":material/group:"):
        st.markdown("只供本次查看，不留存。不写的，按“考核某地的组”逐个对照，不查互评。")
        text = st.text_input(
            "谁考核谁", key=f"{WHO}-{state.assessment.id}", max_chars=20_000, live=True,
            placeholder=_example([unit.unit for unit in state.results.group(group.id)]),
            help="写成“考核组→考核对象”：对象之间用顿号，各组之间用分号；也可粘贴命令行 draw --json 的输出。",
        )  # fmt: skip
        if state.scheme.draw:
            links.link(state, DRAW, "去“抽签与抽样”登记抽签", ":material/casino:", width="content")
    try:
        return read_assessors(text or "", names)
    except AssessorsError as problem:
        st.error(escaped_lines("这些内容没有采用，请改正：\n" + "\n".join(problem.problems)), icon=":material/error:")
        return {}


def cross(state: State) -> str:
    """Which component is the 交叉考核, asked where no name tells and some could be; "" for none, or where the name tells."""
    known = {part.id: part.name for part in unnamed(state.scheme)}
    if not known:
        return ""
    chosen = st.selectbox(
        "哪一种是交叉考核", list(known), index=None, format_func=known.__getitem__, placeholder="没有交叉考核", key="scales-cross",
        help="由外地的组评定的考核方式。方案没有以“交叉”“互评”“互查”相称的，请在此选定；只供本次查看。",
    )  # fmt: skip
    return chosen or ""


def loaded(state: State, group: Group, second: str | None, who: Assessors, own: str = "") -> Scales:
    """Everything compared, worked out once for all viewers of a version."""
    return _loaded(state.assessment.id, state.version, group.id, second, tuple(who.items()), own, state)


@st.cache_resource(show_spinner=False, max_entries=8)
def _loaded(
    assessment_id: int,
    version: int,
    group: str,
    second: str | None,
    who: tuple[tuple[str, Assessor], ...],
    own: str,
    _state: State,
) -> Scales:
    return load_scales(_state, group, second, dict(who), own)


def _example(names: Sequence[str]) -> str:
    """How it may be written, with names from the roster."""
    return "；".join(f"{one}→{other}" for one, other in pairwise(names[:4]))


def yardstick(state: State, own: str = "") -> str | None:
    """The component that the cross-assessment is held against; a choice where there are several."""
    known = {part.id: part.name for part in yardsticks(state.scheme, own)}
    if len(known) < 2:
        return next(iter(known), None)
    return st.segmented_control(
        "对照方", list(known), format_func=known.__getitem__, default=next(iter(known)), required=True, key="scales-second",
        help="交叉考核与哪一种考核方式对照",
    )  # fmt: skip


def verdicts(scales: Scales) -> None:
    """The page's first words."""
    scheme, told = scales.scheme, scales.comparison
    if told is None:
        st.info(escape(beyond_compare(scheme)), icon=":material/info:")
        return
    first, second = (scheme.component(name).name for name in (scales.first, scales.second))
    sentences = headline(told, first, second, f"{scheme.words.measure}{scheme.words.units}")
    with st.container(border=True, gap="xsmall", key="scales-headline"):
        for sentence in sentences:
            st.markdown(markdown(sentence))
        if told.totals:
            _totals_only(scheme, told.totals, first)
        if not sentences and not told.totals:
            st.markdown(f"{bold(f'{first}与{second}都还没有可对照的评分表')}。")


def _totals_only(scheme: Scheme, totals: Sequence[UnitPair], first: str) -> None:
    measure = scheme.words.measure
    names = named([unit.unit for unit in totals], measure)
    ways = totals_text(totals, first, measure)
    told = f"{len(totals)}{measure}{scheme.words.units}{names}有一方只报总分、没有分项，只比总分：{ways}。不作判断。"
    st.markdown(escape(told))


def groups(scales: Scales) -> None:
    """The picture and the same in a table; totals where there are no items."""
    told = scales.comparison
    if told is not None and told.scales:
        first, second = (scales.scheme.component(name).name for name in (scales.first, scales.second))
        st.subheader(f"各组与{escape(second)}的相差（平均每项几档）", anchor=False)
        st.plotly_chart(
            scales_chart.figure(told.scales, second, grades.palette()), config=CONFIG, key="scales-chart", theme=None,
            alt=scales_chart.described(told.scales, second),
        )  # fmt: skip
        _as_table("以表格查看各组的数", "scales-table", _short(scales_table.group_rows(scales)), f"各组与{second}对照")
        _as_table(
            f"逐项对照：{first}比{second}高（+）低（−）几档",
            "scales-items",
            _marked(scales_table.matrix_rows(scales)),
            "逐项相差几档",
        )
    totals = told.totals if told is not None else scales.plain
    rows = scales_table.total_rows(scales, totals)
    if rows and not scales.settled:
        st.caption("评分表未到齐，总分不列出。")
    elif rows:
        st.subheader(f"总分对照：{_difference(scales)}", anchor=False)
        if waiting := [unit.unit for unit in totals if unit.missing]:
            st.caption(escape(f"{'、'.join(waiting)}的评分表未到齐，暂不列。"))
        table([_cells(row) for row in rows], "总分对照")


def _short(rows: Sequence[Row]) -> list[dict[str, str]]:
    """The columns that fit a screen; the workbook has all."""
    return [_cells({name: value for name, value in row.items() if name not in _PAPER}) for row in rows]


def _marked(rows: Sequence[Row]) -> list[dict[str, str]]:
    """Items alike as a dot, so that the others catch the eye."""
    return [{name: "·" if value == "0" else bold(value) if name != "指标" else cell(value) for name, value in row.items()}
            for row in rows]  # fmt: skip


def _as_table(label: str, key: str, rows: Sequence[dict[str, str]], alt: str) -> None:
    """Rows behind a heading that opens."""
    opened = st.expander(escape(label), icon=":material/table:", on_change="rerun", key=key)
    if opened.open:
        with opened:
            if rows:
                table(rows, alt)
            else:
                st.markdown("各项都是同档。")


def _difference(scales: Scales) -> str:
    first, second = (escape(scales.scheme.component(name).name) for name in (scales.first, scales.second))
    return f"{first}减{second}"


def _cells(row: Row) -> dict[str, str]:
    return {name: cell(value) for name, value in row.items()}


def far_apart(state: State, scales: Scales) -> None:
    """Marks two grades or more apart, each with where it stands and what hangs on it."""
    if not scales.twice:
        return
    st.subheader(f"相差两档以上的评分：{len(scales.apart)}处", anchor=False)
    if not scales.apart:
        st.markdown(f"两种{scales.scheme.words.component}同打等次的{scales.twice}项次中，没有相差两档以上的。")
        return
    waits = "" if scales.settled else "对得分的影响待评分表到齐后列出。"
    st.caption(f"请对照两份评分表的依据逐处复核；只列出，不改动评分。{waits}")
    ordered = sorted(scales.apart, key=lambda each: not each.matters)
    for at, each in enumerate(ordered[:_SHOWN]):
        _apart(state, scales, each, at)
    if len(ordered) > _SHOWN:
        st.caption(f"另有{len(ordered) - _SHOWN}处，见下载的对照表。")


def _apart(state: State, scales: Scales, each: Apart, at: int) -> None:
    scheme, pair, colors = scales.scheme, each.pair, grades.palette()
    with st.container(border=True, gap="xsmall", key=f"scales-apart-{at}"):
        st.markdown(f"{bold(pair.unit)}　第{pair.no}项 {escape(pair.name)}")
        for component, mark in ((each.first, pair.first), (each.second, pair.second)):
            where = source(state, pair.unit, component, mark.sheet, mark.cell)
            chip = grades.chip(scheme.grades, mark.grade or "", colors)
            st.markdown(f"{escape(scheme.component(component).name)} {chip}　:small[{escape(where)}]")
        if scales.settled:
            told = "；".join([now_text(scheme, each), *(trial_text(scheme, each, trial) for trial in each.trials)])
            st.markdown(f"{bold('影响等次') + '：' if each.matters else ''}{escape(told)}。")
        links.link(
            state, UNIT, f"查看{escape(pair.unit)}的分项情况", ":material/fact_check:", width="content", unit=pair.unit
        )


def undividing(scales: Scales) -> None:
    """Items on which all units have the same mark, component by component."""
    scheme = scales.scheme
    if not scales.items:
        return
    st.subheader("没有区分度的指标", anchor=False)
    told = [_alike(scheme, component, undivided(items), len(items)) for component, items in scales.items.items()]
    for line in [line for lines in told for line in lines]:
        st.markdown(line)
    if not any(told):
        some = any(scales.items.values())
        st.markdown(
            f"各{scheme.words.component}中没有哪一项是全部相同的。"
            if some
            else "还没有三个以上对象的分项评分，暂不列。"
        )


def _alike(scheme: Scheme, component: str, items: Sequence[Sameness], every: int) -> list[str]:
    """One line for each mark that all units share on some items, the best first: items by name, many by number."""
    marks = sorted({(item.mark, item.count) for item in items}, key=lambda each: str(each[0]) not in scheme.grades[:1])
    found = []
    for mark, count in marks:
        same = [item for item in items if (item.mark, item.count) == (mark, count)]
        many = f"第{'、'.join(str(item.no) for item in same)}项"
        named_items = "、".join(f"第{item.no}项{item.name}" for item in same)
        which = "" if len(same) == every else f"：{escape(many if len(same) > _NAMED else named_items)}"
        whole = "全部" if len(same) == every else ""
        found.append(
            f"{bold(scheme.component(component).name)}{whole}{len(same)}项，{count}{scheme.words.measure}"
            f"{escape(scheme.words.units)}都是{bold(mark_text(mark))}{which}。"
        )
    return found


def method(scales: Scales) -> None:
    """How it is done and what it cannot tell, where anything is compared."""
    if scales.comparison is None:
        return
    with st.expander("怎样比较，哪些不能区分", icon=":material/functions:"):
        st.markdown("\n".join(f"- {escape(text)}" for text in METHOD))


def download(state: State, scales: Scales) -> None:
    """The workbook, made only when asked for; under judgement there is nothing to put in."""
    if not scales.items:
        return
    at = session.local(session.now())
    name = f"{state.assessment.name}_{scales_table.TITLE}_第{state.version}版.xlsx"
    st.download_button(
        f"下载{scales_table.TITLE}（xlsx）", lambda: scales_table.to_xlsx(state, scales, at), safe(name), _XLSX,
        icon=":material/download:", on_click="ignore", key="scales-xlsx",
    )  # fmt: skip


def compares(state: State, own: str = "") -> bool:
    """Whether the document has a cross-assessment to hold against something."""
    return subject(state.scheme, own) is not None and not state.scheme.judged

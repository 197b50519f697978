"""口径确认表 as a paper: every reading where the document is silent, for the leading group to confirm and sign.

A row says what the text leaves open, the reading in force, the others with what each would change here, and who confirmed
it. The last column is left for the pen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from data.beijing import local
from data.documents.assumption_table import rows
from data.locked import Locked
from data.papers.openness import effect_told, hidden_units
from data.papers.paper import Block, Paper, Table, Text, Unready
from data.papers.words import READING, cited, paper, subject
from data.state import State
from scoring import exact
from scoring.assumption_words import label_words
from scoring.assumptions import Assumption
from scoring.rules import Target

KIND = "口径确认表"
_OTHERS = "其他口径及对本次考核的影响"
_TAKEN = ("序号", "事项", "原文未规定", "现行口径", _OTHERS, "确认情况")
_WIDTHS = (11, 28, 34, 50, 56, 26, 20)


def readings(locked: Locked) -> Paper:
    """The table. Raises Unready for a scheme that assumes nothing."""
    state = locked.state
    if not state.assumptions:
        raise Unready("本方案没有需要确认的口径。")
    found = [
        row | {_OTHERS: _others(state, reading, row)}
        for row, reading in zip(rows(state, local), state.weighed, strict=True)
    ]
    table = tuple((*(row[name] for name in _TAKEN), "") for row in found)
    blocks: list[Block] = [_opening(locked), *_figures(locked)]
    blocks.append(Table(KIND, ((*_TAKEN, "领导小组意见"),), table, _WIDTHS, left=6, across=True))
    blocks.append(
        Text("主持人（签字）：　　　　　　　记录人（签字）：　　　　　　　会议日期：　　　　年　　月　　日", (READING,))
    )
    return paper(locked, KIND, f"{subject(locked)}{KIND}", blocks)


def _opening(locked: Locked) -> Text:
    state = locked.state
    waiting, mattering = len(state.unconfirmed), len(state.mattering)
    count = f"共{len(state.assumptions)}项，" + (f"尚有{waiting}项待确认" if waiting else "已全部确认")
    if waiting and state.weighable and state.scheme.grades:
        count += f"，其中{mattering}项改用其他口径会影响等次" if mattering else "，改用其他口径均不影响等次"
    order = "会影响等次的列在前面。" if mattering else ""
    text = f"以下各项，{cited(state.scheme.document)}原文未规定，本次按所列口径处理，请逐项确认。{count}。{order}"
    return Text(text, (READING,))


def _others(state: State, reading: Assumption, row: Mapping[str, str]) -> str:
    """The cell as it is; where results of towns are not public, with those only counted."""
    found = state.effects_of(reading)
    if not hidden_units(state) or not state.weighable or not found:
        return row[_OTHERS]
    return "\n".join(f"{label_words(each.label)}：{effect_told(state, each)}" for each in found)


def _figures(locked: Locked) -> Iterator[Block]:
    """The figures that the document leaves to the office: they are filled in, not read."""
    state = locked.state
    now = {target.id: target for target in state.own.targets}
    if told := [f"{target.name}{_figure(now[target.id])}" for target in state.asked]:
        yield Text(f"由本单位填报的目标数值：{'；'.join(told)}。", (READING,))


def _figure(target: Target) -> str:
    return "尚未填报" if target.value is None else f"{exact.plain(target.value)}{target.measure}"

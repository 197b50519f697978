"""Which readings of the text (口径) matter more than its weights: how many grades each changes, beside the weights' own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from components import links
from components.explore.firmness_loading import Firm, readings
from components.explore.many import wanted, worked_out
from components.navigation import ASSUMPTIONS
from components.tables import NO_BREAK, bold, cell, table
from components.text import markdown
from scoring.assumption_words import label_words
from scoring.firmness.readings import Rival
from scoring.firmness.verdicts import NEAR
from scoring.sentences import Sentence, say, strong
from scoring.standing import UNJUDGED, draws_lines

Names = Mapping[str, str]
ASKED = "firmness-readings"
LINE, JOINER = "  \n", "\u2060"
_SAID = 3
"""Readings told in a sentence; the table has all."""


def section(firm: Firm, names: Names, *, narrow: bool = False) -> None:
    """The sentence, then every reading and, among them, the weights; on a phone in two columns."""
    st.subheader("口径与权重，哪个影响更大", anchor=False)
    if not wanted(firm.state, ASKED, "各项口径的影响"):
        return
    found, graded = readings(firm.state, firm.group), draws_lines(firm.state.scheme)
    if not found:
        st.caption("本方案没有另有选项的口径。")
        return
    for sentence in _sentences(found, len(firm.movable), graded=graded):
        st.markdown(markdown(sentence))
    rows = _rows(firm, found, names, graded)
    table([_shortened(row) for row in rows] if narrow else rows, "各项口径改用其他选项时改变的等次和位次")
    st.caption("每项口径只列影响最大的一个选项，其他口径不变；均为原文未规定之处。")
    links.link(firm.state, ASSUMPTIONS, "去口径逐项确认", ":material/rule:", width="content")


def first_sentence(firm: Firm) -> Sentence:
    """The reading that matters most beside the weights; empty where there is none, or many units were not asked for it."""
    if not worked_out(firm.state, ASKED):
        return ()
    told = _sentences(readings(firm.state, firm.group), len(firm.movable), graded=True)
    return told[0] if told else ()


def _sentences(found: Sequence[Rival], most: int, *, graded: bool) -> list[Sentence]:
    """What matters more, in words; the readings that change most first. ``most``: grades that weights near may change."""
    if not found:
        return []
    if not graded:
        return [_placed(found[0])]
    told = [_against(rival, most) for rival in found[:_SAID] if rival.grades]
    if told:
        return told
    beside = f"，而{NEAR}最多可能改变{most}个" if most else f"，{NEAR}也没有变动会改变等次"
    return [say(strong("没有一项口径会改变等次"), beside, "。")]


def _against(rival: Rival, most: int) -> Sentence:
    changed = len(rival.grades)
    reading = f"“{rival.assumption.name}”改用“{_within(label_words(rival.label))}”，"
    if rival.withdraws:
        return say(reading, strong(f"不再按得分给出{changed}个等次"), "。")
    told = say(reading, strong(f"改变{changed}个等次"))
    if changed > most:
        than = f"超过{NEAR}的任何变动" + (f"（最多可能改变{most}个）" if most else "（一个也不改变）")
    elif changed == most:
        than = f"与{NEAR}最多可能改变的个数相同"
    else:
        than = f"{NEAR}最多可能改变{most}个"
    return (*told, *say(f"，{than}。"))


def _within(text: str) -> str:
    """Quoted text inside quotes: 完成即评‘好’."""
    return text.replace("“", "‘").replace("”", "’")


def _placed(most: Rival) -> Sentence:
    """Without lines only places can be counted."""
    if not most.grades and not most.places:
        return say(strong("没有一项口径会改变位次"), "。")
    graded = f"给出{len(most.grades)}个等次、" if most.grades else ""
    return say(
        f"影响最大的是“{most.assumption.name}”：改用“{_within(label_words(most.label))}”，",
        strong(f"{graded}{len(most.places)}个位次变动" if most.places else f"给出{len(most.grades)}个等次"),
        "。",
    )


def _rows(firm: Firm, found: Sequence[Rival], names: Names, graded: bool) -> list[dict[str, str]]:
    rows = [
        (
            rival.reach,
            {
                "项目": cell(rival.assumption.name),
                "改用": cell(label_words(rival.label)),
                "改变等次": _number(len(rival.grades)),
                "改变位次": _number(len(rival.places)),
                "改变等次的": cell(_moves(rival, names)),
            },
        )
        for rival in found
    ]
    if graded:
        who = "、".join(names[unit] for unit in names if unit in firm.movable)
        row = {
            "项目": bold("权重"), "改用": f"{NEAR}的各种组合", "改变等次": f"最多{len(firm.movable)}" if firm.movable else "0",
            "改变位次": "—", "改变等次的": cell(f"可能改变：{who}" if who else "—"),
        }  # fmt: skip
        rows.append(((len(firm.movable), -1), row))
    return [row for _, row in sorted(rows, key=lambda each: each[0], reverse=True)]


def _shortened(row: Mapping[str, str]) -> dict[str, str]:
    """The same in two columns, for a phone: what is read otherwise and how, and what that changes."""
    counts = "　".join(
        f"{JOINER.join(what)}{NO_BREAK}{row[f'改变{what}']}" for what in ("等次", "位次") if row[f"改变{what}"] != "—"
    )
    moves = [row["改变等次的"]] if row["改变等次的"] != "—" else []
    return {"项目": f"{row['项目']}{LINE}:gray[改用：{row['改用']}]", "改变": LINE.join([counts, *moves])}


def _number(number: int) -> str:
    return bold(number) if number else "0"


def _moves(rival: Rival, names: Names) -> str:
    told = [
        f"{names[unit]} {was or UNJUDGED}→{then or UNJUDGED}"
        for unit, (was, then) in sorted(rival.grades.items(), key=lambda each: [*names].index(each[0]))
    ]
    return "、".join(told[:6]) + (f"等{len(told)}个" if len(told) > 6 else "") or "—"

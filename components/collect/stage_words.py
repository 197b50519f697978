"""What a sheet's stage is called and drawn as: always a word and a shape, never a colour alone."""

from __future__ import annotations

from components import session
from components.tables import cell
from data.store import SheetStage

_SHAPES = {
    "filled": ":material/edit_note: 填报",
    "handed": ":blue[:material/send: 提交]",
    "reviewed": ":green[:material/verified: 复核]",
}
RETURNED = ":red[:material/undo: 退回]"
LEGEND = (
    "缺 → 填报（已上报，可替换）→ 提交（待复核，不能改动）→ 复核（已锁定）；退回的、同意解锁的（均标“退回”，写明理由）改正后再提交。"
    "是否计入测算与复核进度无关。"
)


def stage_mark(one: SheetStage) -> str:
    """The word with its shape, as Markdown: 填报, 退回, 提交 or 复核."""
    return RETURNED if one.stage == "filled" and one.returned else _SHAPES[one.stage]


def stage_told(one: SheetStage) -> str:
    """Who did what last and when, in one line of plain text."""
    if one.stage == "reviewed" and one.reviewed_at:
        return f"{one.reviewed_by}于{session.local(one.reviewed_at)}复核"
    if one.stage == "handed" and one.handed_at:
        return f"{one.handed_by}于{session.local(one.handed_at)}提交，待复核"
    return f"退回或解锁的理由：{one.returned}" if one.returned else f"{one.actor}于{session.local(one.at)}上报，尚未提交"


def stage_cell(one: SheetStage) -> str:
    """A cell of the grid, short enough for a phone: the word with its shape, the revision, who did it last on which day."""
    by, at = one.actor, one.at
    if one.stage == "reviewed" and one.reviewed_by and one.reviewed_at:
        by, at = one.reviewed_by, one.reviewed_at
    elif one.stage == "handed" and one.handed_by and one.handed_at:
        by, at = one.handed_by, one.handed_at
    day = at.astimezone(session.BEIJING)
    told = one.returned if one.stage == "filled" and one.returned else f"{by} {day.month}月{day.day}日"
    return f"{stage_mark(one)}　第{one.revision}次，{cell(told)}"

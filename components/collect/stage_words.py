"""What a sheet's stage is called and drawn as: always a word and a shape, never a colour alone."""

from __future__ import annotations

from datetime import datetime

from components import session
from components.tables import cell
from data.store import SheetStage

_SHAPES = {
    "填报": ":material/edit_note: 填报",
    "退回": ":red[:material/undo: 退回]",
    "解锁": ":orange[:material/lock_open: 解锁]",
    "提交": ":blue[:material/send: 提交]",
    "复核": ":green[:material/verified: 复核]",
}
LEGEND = (
    "缺 → 填报（已上报，可替换）→ 提交（待复核，不能改动）→ 复核（已锁定）。"
    "提交后被复核人退回的标“退回”，复核后经申请、另一人同意解锁的标“解锁”，各写明理由和办理人，改正后再提交。"
    "是否计入测算与复核进度无关。"
)


def stage_mark(one: SheetStage) -> str:
    """The word with its shape, as Markdown: 填报, 退回, 解锁, 提交 or 复核."""
    return _SHAPES[one.word]


def stage_told(one: SheetStage) -> str:
    """Who did what last and when, in one line of plain text."""
    if one.stage == "reviewed" and one.reviewed_at:
        return f"{one.reviewed_by}于{session.local(one.reviewed_at)}复核"
    if one.stage == "handed" and one.handed_at:
        return f"{one.handed_by}于{session.local(one.handed_at)}提交，待复核"
    if one.returned:
        return f"{_by(one, day=False)}，理由：{one.returned}".removeprefix("，")
    return f"{one.actor}于{session.local(one.at)}上报，尚未提交"


def back_told(one: SheetStage) -> str:
    """Why a sheet is at 填报 again, and by whom: 第3项漏填（李经办申请，赵主任11月29日同意解锁）."""
    by = _by(one, day=True)
    return f"{one.returned}（{by}）" if by else one.returned


def _by(one: SheetStage, day: bool) -> str:
    """王复核11月29日退回, or 李经办申请，赵主任11月29日同意解锁; nothing where the log does not say."""
    if one.back is None:
        return ""
    when = _day(one.back.at) if day else f"于{session.local(one.back.at)}"
    asked = f"{one.back.asked_by}申请，" if one.back.asked_by else ""
    return f"{asked}{one.back.actor}{when}{'同意解锁' if one.back.unlocked else '退回'}"


def _day(at: datetime) -> str:
    there = at.astimezone(session.BEIJING)
    return f"{there.month}月{there.day}日"


def stage_cell(one: SheetStage) -> str:
    """A cell of the grid, short enough for a phone: the word with its shape, the revision, who did it last on which day."""
    by, at = one.actor, one.at
    if one.stage == "reviewed" and one.reviewed_by and one.reviewed_at:
        by, at = one.reviewed_by, one.reviewed_at
    elif one.stage == "handed" and one.handed_by and one.handed_at:
        by, at = one.handed_by, one.handed_at
    told = back_told(one) if one.stage == "filled" and one.returned else f"{by} {_day(at)}"
    return f"{stage_mark(one)}　第{one.revision}次，{cell(told)}"

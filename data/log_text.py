"""The 操作日志 in words a reader understands, and as a file for Excel that no text in it can turn into a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from data.store import REVIEW, LogEntry

UTF8_BOM = "\ufeff"  # Excel and WPS read Chinese CSV correctly only after this mark
_ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

_PILE = 4
"""From this many on, sheets are told by 考核方式."""
Names = Mapping[str, str]


def details_text(entry: LogEntry, names: Names) -> str:
    """What an entry's details say, in one line. ``names`` gives the Chinese of component and fact ids.

    What is not named below repeats the subject or is a number that only the program needs.
    """
    told = (_detail(key, entry.details.get(key), names) for key in _LABELS if not _said(entry, key, names))
    return "；".join(text for text in told if text)


def _said(entry: LogEntry, key: str, names: Names) -> bool:
    """Whether the subject says this already: "权重测算显示名称：会上核对名称", the one sheet, or how many an archive brought."""
    if entry.details.get("key") == REVIEW:
        return key in ("value", "before")
    if key == "sheets":
        sheets = entry.details.get("sheets")
        one = sheets[0] if isinstance(sheets, list) and len(sheets) == 1 else None
        return "source_fingerprint" in entry.details or (one is not None and entry.subject == _in_full(one, names))
    return key == "value" and entry.subject.endswith(f"：{entry.details.get(key)}")


def subject_text(entry: LogEntry, names: Names) -> str:
    """What an entry is about. Of a 情形 the record keeps unit and value; its name, too, is said here."""
    fact, unit, value = (str(entry.details.get(key) or "") for key in ("fact", "unit", "value"))
    if not (fact and unit and value):
        return entry.subject
    basis = f"（{entry.details['basis']}）" if entry.details.get("basis") else ""
    return f"{unit} {names.get(fact, fact)}：{value}{basis}"


def _detail(key: str, value: Any, names: Names) -> str:
    if value in (None, "", [], {}):
        return ""
    if key == "sheets":
        return _sheets(value, names)
    if key == "grades" and isinstance(value, Mapping):
        return f"{_LABELS[key]}：{_grades(value)}"
    if key == "items":
        return "；".join(f"第{item.get('item')}号 {item.get('problem')}" for item in value)
    if key in ("added", "removed", "changed"):
        return f"{_LABELS[key]}：{'、'.join(map(str, value))}"
    if key == "unchanged":
        return f"同一文件中另有{value}份与现用的相同，未作改动"
    if key == "replaced":
        return f"取代原有评分表{len(value)}份"
    if key in ("component", "fact"):
        value = names.get(str(value), value)
    if key == "number" and isinstance(value, int):
        return ""  # a 锁定版's own, which the subject says
    if key == "fingerprint":
        value = f"{str(value)[:4]}-{str(value)[4:8]}".upper()
    if key in ("sha256", "scheme_hash"):
        value = f"{str(value)[:12]}…"  # enough to tell files apart; a screen and a sheet of paper are narrow
    return f"{_LABELS[key]}：{value}"


def _grades(given: Mapping[str, Any]) -> str:
    """Who was given what, grade by grade, and why where a reason was given: "好3个（甲、乙、丙）；台山市：会议研究"."""
    by_grade: dict[str, list[str]] = {}
    for unit, (grade, *_) in given.items():
        by_grade.setdefault(str(grade), []).append(str(unit))
    reasons = [f"{unit}：{why[0]}" for unit, (_, *why) in given.items() if why and why[0]]
    told = [f"{grade}{len(units)}个（{'、'.join(units)}）" for grade, units in by_grade.items()]
    return "，".join(told) + (f"，理由：{'，'.join(reasons)}" if reasons else "")


def _sheets(sheets: Sequence[Mapping[str, Any]], names: Names) -> str:
    """One by one where they are few; a pile by 考核方式: "交叉考核第1次7份（蓬江区、江海区…）"."""
    if len(sheets) < _PILE:
        return "、".join(f"{sheet.get('unit')}{_part(sheet, names)}第{sheet.get('revision')}次" for sheet in sheets)
    kinds: dict[str, list[str]] = {}
    for sheet in sheets:
        kinds.setdefault(f"{_part(sheet, names)}第{sheet.get('revision')}次", []).append(str(sheet.get("unit")))
    return "，".join(f"{kind}{len(units)}份（{'、'.join(units)}）" for kind, units in kinds.items())


def _in_full(sheet: Mapping[str, Any], names: Names) -> str:
    """A sheet as the subject of an entry about it alone."""
    return f"{sheet.get('unit')}的{_part(sheet, names)}评分表（第{sheet.get('revision')}次）"


def _part(sheet: Mapping[str, Any], names: Names) -> str:
    return names.get(str(sheet.get("component")), str(sheet.get("component")))


_LABELS = {
    "fact": "情形",
    "component": "考核方式",
    "sheets": "评分表",
    "replaced": "取代",
    "unchanged": "未改动",
    "before": "原为",
    "value": "取值",
    "amount": "金额",
    "date": "日期",
    "basis": "依据",
    "number": "文号",
    "paper": "文号",
    "items": "问题",
    "status": "状态",
    "problem": "问题",
    "cause": "原因",
    "measure": "措施",
    "owner": "责任人（单位）",
    "due": "期限",
    "evidence": "佐证",
    "note": "佐证",
    "remark": "备注",
    "asked": "申请事项",
    "asked_by": "申请人",
    "handed_by": "提交人",
    "reviewed_by": "复核人",
    "reason": "理由",
    "answer": "答复",
    "review": "评分表",
    "day": "日期",
    "body": "机关（会议）",
    "grades": "等次",
    "text": "异议内容",
    "duties": "分工",
    "duties_before": "原分工",
    "name_before": "原姓名",
    "raised_by": "提出人（单位）",
    "reply": "办理意见",
    "document": "文件名",
    "units": "考核对象数",
    "added": "新增",
    "removed": "删去",
    "changed": "改动",
    "template": "模板",
    "taken": "取用图形数",
    "replaced_revision": "取代版次",
    "fingerprint": "校验码",
    "sha256": "文件校验值",
    "scheme_hash": "方案校验值",
    "无法读取": "内容无法读取",
}
"""In the order in which they are said."""


def csv_file(rows: Iterable[Sequence[object]]) -> bytes:
    """A CSV file that Excel and WPS open in Chinese; any text that would act as a formula begins with an apostrophe."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerows([tame(str(cell)) for cell in row] for row in rows)
    return (UTF8_BOM + text.getvalue()).encode()


def tame(text: str) -> str:
    """The text as plain text for a spreadsheet: ``=1+1`` becomes ``'=1+1``."""
    return f"'{text}" if text.startswith(_ACTIVE) else text

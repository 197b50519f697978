"""One way to make every change there is, by the verb that opens it, as somebody at the screen would."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from data.access import Duty
from data.store import READING, SHOWN, TARGET, Ruling, Store, UnitRow
from tests.data.access.office_worlds import (
    DAY,
    GRADES,
    OTHER,
    OWN,
    RULES,
    TEXT,
    draw,
    fact,
    finding,
    geography,
    sheet,
)

WHO = "钱七"


@dataclass
class Hand:
    """Who acts (``by``), what stands (``all``: asks nobody), and where: assessment, unit, 考核方式."""

    by: Store
    all: Store
    here: int
    unit: str = OWN
    part: str = "cross"

    def sheet(self) -> int:
        """The newest sheet of the place."""
        return self.all.history(self.here, self.unit, self.part)[0].id

    def fact(self) -> int:
        """The 情形 of the unit."""
        return next(row.id for row in self.all.facts(self.here, include_withdrawn=True) if row.fact.unit == self.unit)

    def item(self, status: str) -> int:
        """The 整改 of the unit that stands so."""
        found = self.all.rectifications(self.here)
        return next(one.id for one in found if (one.finding.unit, one.status) == (self.unit, status))

    def asked(self) -> int:
        """The request that waits: for the place's sheet, or for the assessment."""
        subjects = (self.sheet(), 0)
        return next(one.id for one in self.all.requests(self.here) if one.state == "asked" and one.subject in subjects)

    def set(self, key: str, verb: str, value: str = "1") -> None:
        self.by.set_setting(self.here, key, value, WHO, action=verb)


def _take(hand: Hand) -> None:
    hand.by.take(hand.here, "新.xlsx", b"new", [sheet(hand.unit, hand.part, "88")], WHO)


def _units() -> list[UnitRow]:
    return [UnitRow(OWN, "county", "440703"), UnitRow(OTHER, "county", "440704"), UnitRow("新会区", "county", "440705")]


CHANGES: dict[str, Callable[[Hand], object]] = {
    "上报": _take,
    "撤回": lambda h: h.by.withdraw(h.sheet(), WHO, "有误"),
    "恢复": lambda h: h.by.restore(h.sheet(), WHO, "无误"),
    "提交评分表": lambda h: h.by.hand_in([h.sheet()], WHO),
    "复核评分表": lambda h: h.by.review([h.sheet()], WHO),
    "退回评分表": lambda h: h.by.send_back(h.sheet(), WHO, "有误"),
    "申请解锁评分表": lambda h: h.by.ask_unlock(h.sheet(), WHO, "有误"),
    "同意解锁评分表": lambda h: h.by.grant(h.asked(), WHO),
    "登记情形": lambda h: h.by.add_fact(h.here, fact(h.unit), "", WHO),
    "核对情形": lambda h: h.by.confirm_fact(h.fact(), WHO),
    "撤销情形": lambda h: h.by.withdraw_fact(h.fact(), WHO, "有误"),
    "恢复情形": lambda h: h.by.restore_fact(h.fact(), WHO, "无误"),
    "保存情景": lambda h: h.by.save_scenario(h.here, "新情景", {}, WHO),
    "撤销情景": lambda h: h.by.withdraw_scenario(h.here, WHO),  # the assessments' scenarios bear their numbers
    "恢复情景": lambda h: h.by.restore_scenario(h.here, WHO),
    "确认口径": lambda h: h.by.confirm(h.here, {f"{READING}rounding": "x"}, WHO, "舍入"),
    "填报目标数值": lambda h: h.set(f"{TARGET}growth", "填报目标数值", "9.6"),
    "公开镇级成绩": lambda h: h.set(f"{SHOWN}440783", "公开镇级成绩"),
    "取消公开": lambda h: h.set(f"{SHOWN}440781", "取消公开", ""),
    "评分表复核要求": lambda h: h.by.set_review_required(h.here, True, WHO),
    "选定汇报页": lambda h: h.set("briefing", "选定汇报页"),
    "显示名称测算": lambda h: h.set("whatif-names", "显示名称测算"),
    "确认指标对应": lambda h: h.set("match:2", "确认指标对应"),
    "登记单位变动": lambda h: h.set("units:2", "登记单位变动"),
    "抽签": lambda h: draw(h.by, h.here, "draw", WHO),
    "抽样": lambda h: draw(h.by, h.here, "sample", WHO),
    "作废": lambda h: h.by.withdraw_drawing(h.all.drawings(h.here)[0].id, WHO, "有误"),
    "新建方案": lambda h: h.by.create_scheme("三编", TEXT, WHO),
    "修改方案": lambda h: h.by.save_scheme(1, h.all.own_scheme(1).text + "\n# 注", WHO, 1),
    "方案同意": lambda h: h.by.advance_scheme(1, WHO, 1),
    "退回方案": lambda h: h.by.return_scheme(1, WHO, "再议", 2),
    "移除方案": lambda h: h.by.remove_scheme(1, WHO, "不用", 1),
    "恢复方案": lambda h: h.by.restore_scheme(1, WHO, "再用"),
    "启用底图": lambda h: geography(h.by, 1, "b.geojson", WHO),
    "停用底图": lambda h: h.by.withdraw_geography(1, WHO, "有误", "江门市"),
    "恢复底图": lambda h: h.by.restore_geography(1, WHO, "无误", "江门市"),
    "新建考核": lambda h: h.by.create_assessment("丙考核", RULES.id, TEXT, RULES.hash, _units(), WHO),
    "更正名单": lambda h: h.by.correct_roster(h.here, _units(), WHO, "增列"),
    "定稿": lambda h: h.by.finalise(h.here, WHO, reviewed=frozenset()),
    "申请退回草稿": lambda h: h.by.ask_reopen(h.here, WHO, "有误"),
    "退回草稿": lambda h: h.by.grant(h.asked(), WHO),
    "不同意申请": lambda h: h.by.refuse(h.asked(), WHO, "无误"),
    "撤回申请": lambda h: h.by.withdraw_request(h.asked(), WHO),
    "清除示例": lambda h: h.by.remove_demo(WHO),
    "锁定": lambda h: h.by.lock_version(h.here, h.all.version(h.here), "e" * 64, "1", "", WHO),
    "作废锁定版": lambda h: h.by.withdraw_lock(h.here, 1, WHO, "有误"),
    "登记异议": lambda h: h.by.add_objection(h.here, 1, OWN, "不服", OWN, DAY, WHO),
    "办理异议": lambda h: h.by.answer_objection(h.all.objections(h.here)[0].id, "rejected", "不采纳", "", WHO),
    "撤销异议": lambda h: h.by.withdraw_objection(h.all.objections(h.here)[0].id, WHO, "撤回"),
    "登记建议等次": lambda h: h.by.suggest(h.here, 1, GRADES, "", WHO),
    "登记审定": lambda h: h.by.settle(h.here, 1, "纪要2号", DAY, "领导小组", GRADES, "", WHO),
    "登记批复": lambda h: h.by.approve(h.here, "函2号", DAY, "市政府", "", WHO),
    "撤销建议等次": lambda h: h.by.withdraw_settling(h.here, "suggested", WHO, "有误"),
    "撤销审定": lambda h: h.by.withdraw_settling(h.here, "settled", WHO, "有误"),
    "撤销批复": lambda h: h.by.withdraw_settling(h.here, "approved", WHO, "有误"),
    "登记通报": lambda h: h.by.put_notice(h.here, DAY, "通2号", "", WHO),
    "撤销通报": lambda h: h.by.withdraw_notice(h.here, WHO, "有误"),
    "登记决定": lambda h: h.by.decide(h.here, [Ruling(OWN, "praise", "表扬", "adopted")], WHO),
    "撤销决定": lambda h: h.by.withdraw_decision(h.all.decisions(h.here)[0].id, WHO, "有误"),
    "导出文件": lambda h: h.by.record_export(h.here, "考核报告", {"sha256": "a" * 64}, WHO),
    "列入整改": lambda h: h.by.add_rectifications(h.here, [finding(h.unit)], WHO),
    "修改整改": lambda h: h.by.edit_rectification(h.item("open"), finding(h.unit), "doing", WHO),
    "报核整改": lambda h: h.by.report_rectification(h.item("open"), "已补齐", WHO),
    "核对销号": lambda h: h.by.close_rectification(h.item("reported"), WHO),
    "退回整改": lambda h: h.by.send_back_rectification(h.item("reported"), WHO, "未补齐"),
    "撤销整改": lambda h: h.by.strike_rectification(h.item("open"), WHO, "有误"),
    "登记人员": lambda h: h.by.enrol_person("new@example.org", "周九", [Duty("view")], "", WHO),
    "更改人员": lambda h: h.by.change_person(2, 1, "孙丙", [Duty("view")], "调整", WHO),
    "停用人员": lambda h: h.by.retire_person(2, 1, WHO, "调离"),
}

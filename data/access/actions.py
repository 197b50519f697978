"""Every change there is, by the verb that opens it in the log, and the roles that may make it.

``data.store.change`` asks here before anything is written: a verb that is not in the table is refused to everybody who has
signed in. A test reads the code and insists that each verb used is here.
"""

from __future__ import annotations

from data.access.roles import Person, Role

_FILL: tuple[Role, ...] = ("fill",)
_CHECK: tuple[Role, ...] = ("review",)
_PLAN: tuple[Role, ...] = ("plan",)
_MANAGE: tuple[Role, ...] = ("manage",)
_ANYBODY: tuple[Role, ...] = ("view", "plan", "fill", "review", "manage")

ACTIONS: dict[str, tuple[Role, ...]] = {
    # 评分表
    "上报": _FILL,
    "撤回": _FILL,
    "恢复": _FILL,
    "提交评分表": _FILL,
    "复核评分表": _CHECK,
    "退回评分表": _CHECK,
    "申请解锁评分表": ("fill", "review"),
    "同意解锁评分表": ("review", "manage"),
    # 情形
    "登记情形": ("fill", "plan", "manage"),
    "核对情形": _CHECK,
    "撤销情形": ("fill", "plan", "manage", "review"),
    "恢复情形": ("fill", "plan", "manage", "review"),
    # 情景, 口径, 抽签
    "保存情景": _PLAN,
    "撤销情景": _PLAN,
    "恢复情景": _PLAN,
    "确认口径": ("plan", "manage"),
    "填报目标数值": ("plan", "manage"),
    "公开镇级成绩": _MANAGE,
    "取消公开": _MANAGE,
    "评分表复核要求": _MANAGE,
    "选定汇报页": ("plan", "manage"),
    "显示名称测算": _PLAN,
    "确认指标对应": _PLAN,
    "登记单位变动": _PLAN,
    "抽签": ("plan", "manage"),
    "抽样": ("plan", "manage"),
    "作废": ("plan", "manage"),
    # 方案与底图
    "新建方案": _PLAN,
    "修改方案": _PLAN,
    "方案同意": _MANAGE,
    "退回方案": _MANAGE,
    "移除方案": ("plan", "manage"),
    "恢复方案": ("plan", "manage"),
    "启用底图": ("plan", "manage"),
    "停用底图": ("plan", "manage"),
    "恢复底图": ("plan", "manage"),
    # 年度考核
    "新建考核": _MANAGE,
    "更正名单": _MANAGE,
    "定稿": _MANAGE,
    "申请退回草稿": ("manage", "review", "plan"),
    "退回草稿": ("manage", "review"),
    "不同意申请": ("manage", "review"),
    "撤回申请": ("manage", "review", "plan", "fill"),
    "清除示例": _MANAGE,
    "导入存档": _MANAGE,
    # 会议与文书
    "锁定": ("plan", "manage"),
    "作废锁定版": ("plan", "manage"),
    "登记异议": ("plan", "manage", "review"),
    "办理异议": ("manage", "review"),
    "撤销异议": ("plan", "manage", "review"),
    "登记建议等次": ("plan", "manage"),
    "登记审定": _MANAGE,
    "登记批复": _MANAGE,
    "撤销建议等次": ("plan", "manage"),
    "撤销审定": _MANAGE,
    "撤销批复": _MANAGE,
    "登记通报": _MANAGE,
    "撤销通报": _MANAGE,
    "登记决定": ("plan", "manage"),
    "撤销决定": ("plan", "manage"),
    "导出文件": _ANYBODY,
    # 整改
    "列入整改": ("fill", "plan", "manage"),
    "修改整改": ("fill", "plan", "manage"),
    "报核整改": ("fill", "manage"),
    "核对销号": _CHECK,
    "退回整改": _CHECK,
    "撤销整改": ("plan", "manage"),
    # 人员与备份
    "登记人员": _MANAGE,
    "更改人员": _MANAGE,
    "停用人员": _MANAGE,
    "备份数据": _MANAGE,
    "恢复备份": _MANAGE,
}

OWN_WORK = frozenset(
    ("上报", "撤回", "恢复", "提交评分表", "申请解锁评分表", "登记情形", "撤销情形", "恢复情形", "列入整改", "修改整改", "报核整改")
)
"""Of these, whoever may make them only as 填报 may make them for the units and 考核方式 of that duty alone."""


GENERAL = frozenset(
    ("新建方案", "修改方案", "方案同意", "退回方案", "移除方案", "恢复方案", "启用底图", "停用底图", "恢复底图", "新建考核", "清除示例",
     "导入存档", "登记人员", "更改人员", "停用人员", "备份数据")
)  # fmt: skip
"""Those that belong to no assessment: they need a duty in all of them."""


def may(person: Person, action: str, assessment: int | None = None) -> bool:
    """Whether the person has a role that may make this change in this assessment.

    Asked without an assessment of a change that belongs to one, it says whether the person may anywhere: the change asks
    again once it knows which one.
    """
    if person.local:
        return True
    roles = ACTIONS.get(action, ())
    if assessment is None:
        return any(duty.role in roles for duty in person.duties)
    return any(person.has(role, assessment) for role in roles)


def allowed_in_general(person: Person, action: str) -> bool:
    """Whether the person may make a change that belongs to no assessment, such as a scheme: by a duty in all of them."""
    return any(person.has(role) for role in ACTIONS.get(action, ())) or person.local


def only_own(person: Person, action: str, assessment: int) -> bool:
    """Whether the person may make this change only for what the 填报 duties cover."""
    if person.local or action not in OWN_WORK:
        return False
    return not any(person.has(role, assessment) for role in ACTIONS[action] if role != "fill")

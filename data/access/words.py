"""What a duty means, in the words of an office: "填报（2020年县级考核；台山市、恩平市；交叉考核）"."""

from __future__ import annotations

from collections.abc import Mapping

from data.access.roles import ROLES, Duty, Role

MEANINGS: dict[Role, str] = {
    "view": "查看考核结果、地图和文书，不作改动",
    "plan": "权重测算、情景、口径、方案编制、汇报和文书",
    "fill": "上报评分表、登记情形、填报整改；全部评分表锁定前看不到得分、等次和位次",
    "review": "复核评分表、核对情形、核对销号；同意或退回他人的申请",
    "manage": "新建考核、名单、定稿、审定、批复、人员与权限、备份；同意或退回他人的申请",
}
"""What each 角色 may do, in one sentence."""


def duty_words(duty: Duty, assessments: Mapping[int, str], components: Mapping[str, str] | None = None) -> str:
    """One duty in words. What is not narrowed is not mentioned, but that it holds in all 年度考核 is always said.

    ``assessments`` names them by id, ``components`` the 考核方式 by id; what has no name there is told by its id.
    """
    where = "全部年度考核" if duty.assessment is None else assessments.get(duty.assessment, f"第{duty.assessment}号年度考核")
    told = [where]
    if duty.role == "fill":
        named = components or {}
        told.append("全部考核对象" if duty.units is None else "、".join(sorted(duty.units)))
        told.append(
            "全部考核方式" if duty.components is None else "、".join(named.get(each, each) for each in sorted(duty.components))
        )
    return f"{ROLES[duty.role]}（{'；'.join(told)}）"

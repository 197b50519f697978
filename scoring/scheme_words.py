"""What an official calls each part of a scheme file: the words in which differences of two schemes are told.

Every field of every element has its word; a test holds that against the models.
"""

from __future__ import annotations

AREAS = {
    "文件": ("id", "title", "short", "status", "template", "document", "supersedes", "doubts"),
    "称谓": ("words",),
    "名单": ("groups", "excluded"),
    "考核方式": ("components", "combine", "total"),
    "指标": ("categories", "indicators", "item_weights"),
    "计分": ("ticks", "rounding", "ratios", "tasks", "median", "category_grades", "late", "inherits", "awards", "targets"),
    "加分与扣分": ("bonuses", "deductions", "extras"),
    "等次线": ("grades", "bands", "criteria", "rank"),
    "等次限制": ("limits", "floors"),
    "情形": ("facts",),
    "结果运用": ("outcomes", "approval", "report", "send_to"),
    "步骤": ("steps", "draw", "samples"),
}
"""The areas in which differences are told, in this order, each with its fields of a scheme."""

AREA_OF = {field: area for area, fields in AREAS.items() for field in fields}

TOP = {
    "id": "方案编号", "title": "方案名称", "short": "简称", "status": "可否计分", "template": "模板标记",
    "document": "文件", "supersedes": "废止的文件", "doubts": "原文存疑", "words": "称谓", "groups": "组别",
    "excluded": "不在考核之列的单位", "components": "考核方式", "combine": "综合方法", "total": "折算",
    "categories": "类别", "indicators": "指标", "item_weights": "指标权重", "ticks": "赋分", "rounding": "小数位数",
    "ratios": "比例计分", "tasks": "任务完成评档", "median": "中位法", "category_grades": "大项等次",
    "late": "逾期扣减", "inherits": "随帮扶对象计分", "awards": "绩效折算", "targets": "目标", "bonuses": "加分",
    "deductions": "扣分", "extras": "加分、扣分合计的限度", "grades": "等次", "bands": "等次线",
    "criteria": "评价标准", "rank": "位次", "limits": "等次限制", "floors": "保底", "facts": "情形",
    "outcomes": "结果运用", "approval": "审定与批准", "report": "考核报告", "send_to": "分送", "steps": "考核步骤",
    "draw": "抽签", "samples": "抽样",
}  # fmt: skip
"""The word for each field of a scheme."""

FIELDS = {
    "action": "措施", "after": "起算的事项", "against": "比较的目标", "all": "同时满足的条件",
    "alternatives": "其他口径", "amount": "计量单位", "answers": "完成情况对应的等次", "any": "任一满足的条件",
    "assessment": "考核的叫法", "assumed": "口径", "at": "完成率", "at_least": "达到的取值", "attends": "参加人员",
    "avoid": "回避规则", "based_on": "依据文件", "best": "最高等次", "better": "比较方向",
    "bonus_max": "加分合计上限", "borrowed": "借用的文件", "bottom": "靠后名次", "by": "依据",
    "categories": "类别的叫法", "category_grade": "大项等次", "cite": "条款", "clause": "条款", "compare": "比较方法",
    "completion": "完成率计分", "component": "考核方式", "concerns": "所涉对象", "confirm": "第二人核对",
    "confirmed_by": "确认所凭的情形", "count": "次数", "counted": "计入综合得分", "criterion": "评分标准",
    "cutoff": "统计截止日", "deduct_from": "起扣日", "deduction_max": "扣分合计上限", "detail": "具体说明",
    "divide": "除数", "due": "期限", "each": "每件分值", "earns": "得分比例", "end": "止日", "equal": "等权方法",
    "equals": "取值", "exempt": "免予扣减的范围", "fact": "所计情形", "full": "满分", "grade": "等次", "grades": "适用等次",
    "groups": "组别", "helps": "帮扶对象", "households": "户数", "id": "编号", "including": "其中至少",
    "indicator": "指标", "indicators": "指标", "issued": "印发日期", "issuer": "印发机关", "items": "各等次",
    "kind": "类型", "kinds": "指标类型", "label": "说法", "least": "至少", "lines": "分数线", "many": "可多次登记",
    "marks": "填报内容", "max": "上限", "measure": "计量单位", "meets": "约谈对象", "met": "视为完成的情况",
    "method": "方法", "min": "最低分", "min_peers": "最少家数", "mode": "舍入方法", "months": "月数", "most": "至多",
    "name": "名称", "no": "序号", "nodes": "指定的权重", "note": "注", "number": "文号", "of": "对象",
    "on": "折算后满分", "only": "适用单位", "opinion": "评价意见", "otherwise": "缺数时的办法",
    "parent": "所属行政区划", "path": "类别", "peers": "比较的范围", "percent": "百分比", "period": "统计时间",
    "places": "小数位数", "points": "分值", "publicity": "公开方式", "quartiles": "四分位算法", "ratio": "比例",
    "region": "行政区划代码", "role": "计分方式", "rule": "抽取方法", "sections": "报告各部分", "short": "简称",
    "shown": "公开范围", "size": "单位数", "source": "数据来源", "start": "起日", "target": "目标",
    "target_met": "达到的目标", "text": "文字", "tiers": "分档", "times": "乘数", "title": "标题", "to": "分送单位",
    "total": "综合得分的小数位数", "total_max": "总分上限", "total_min": "总分下限", "unit": "单位的叫法",
    "units": "名单", "value": "目标值", "values": "取值", "weigh": "加权办法", "weight": "权重", "what": "工作",
    "when": "适用条件", "who": "承办", "why": "理由", "within": "所属抽样", "worst": "最低等次",
    "zero_below": "不得分的下限",
}  # fmt: skip
"""The word for each field of an element."""

HERE = {
    ("approval", "by"): "审批环节", ("outcomes", "by"): "执行机关", ("rank", "by"): "排序依据",
    ("inherits", "by"): "计分依据", ("draw", "groups"): "考核组数", ("bonuses", "by"): "计数方法",
    ("deductions", "by"): "计数方法", ("groups", "units"): "单位", ("document", "by"): "依据",
    ("inherits", "source"): "来源组别", ("rounding", "component"): "各考核方式得分的小数位数",
    ("bands", "items"): "等次", ("criteria", "items"): "等次", ("category_grades", "lines"): "等次",
    ("words", "units"): "单位的统称", ("samples", "by"): "依据", ("item_weights", "path"): "位置",
    ("samples", "each"): "抽取范围", ("total", "full"): "折算前满分", ("ticks", "points"): "分值",
    ("doubts", "text"): "内容",
}  # fmt: skip
"""Words of fields that mean something else where they stand: (field of the scheme, field of the element)."""

VALUES = {
    "true": "是", "false": "否", "whole": "可计分", "skeleton": "仅可查阅", "weighted": "加权平均", "add": "分值相加",
    "judgement": "综合评定", "ticks": "打√", "points": "分项给分", "total": "总分", "half_up": "四舍五入",
    "none": "不计", "leaves": "各项指标等权", "siblings": "同级等权", "tick": "打√评档", "ratio": "比例",
    "yesno": "是否", "quantity": "数量", "completion": "完成率", "task": "任务", "judged": "定性评议",
    "base": "基础分", "bonus": "加分项", "deduction": "扣分项", "more": "越多越好", "less": "越少越好",
    "above": "高于", "at_least": "不低于", "at_most": "不超过", "below": "低于", "public": "对外公布",
    "internal": "内部参考", "grade": "等次", "score": "得分", "quartiles": "四分位", "band": "中位数上下",
    "mean": "平均", "worst": "最差项", "majority": "多数", "self": "不考本地", "mutual": "不互考",
    "interval": "等间隔", "random": "随机", "chosen": "指定", "notice": "通报", "items": "指标", "count": "件数",
    "households": "户数", "full": "按分值", "linear": "按比例", "inclusive": "含端点", "helps": "帮扶关系",
}  # fmt: skip
"""What a value that the format names in English is called."""

CODED = {
    "status", "combine", "marks", "mode", "equal", "kind", "kinds", "role", "better", "compare", "shown", "by",
    "method", "avoid", "rule", "after", "of", "weigh", "otherwise", "quartiles", "counted", "opinion", "confirm",
    "many", "template",
}  # fmt: skip
"""Fields whose values are the format's own words, to be told by VALUES."""

MOVING = {
    "grades", "groups", "combine", "components", "total", "item_weights", "ticks", "rounding", "ratios", "indicators",
    "tasks", "median", "category_grades", "bands", "rank", "facts", "targets", "limits", "floors", "bonuses",
    "deductions", "extras", "late", "inherits", "awards", "status",
}  # fmt: skip
"""Fields of a scheme that can move a score, a grade or a place."""

STILL = {
    "text", "source", "note", "criterion", "detail", "least", "against", "name", "who", "cite", "assumed",
    "alternatives", "opinion", "measure", "size", "parent", "region", "shown", "borrowed", "exempt", "confirm",
    "amount",
}  # fmt: skip
"""Fields of those that cannot."""

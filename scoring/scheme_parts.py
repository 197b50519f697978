"""Which tables the editor of a scheme has, and their columns: the words an office uses for each field of the format."""

from __future__ import annotations

from fractions import Fraction

from scoring import exact
from scoring.field_words import WORDS, some
from scoring.scheme_cells import ELSEWHERE, YES, Days, Grade, Named, OneOf, Plain, Several, SomeNamed, SomeOf, names_of
from scoring.scheme_grades import GradeTable
from scoring.scheme_tables import Column, Field, FieldTable, ListTable, Table, value_at
from scoring.scheme_text import Path, Tree
from scoring.scheme_tree import item_paths, number, rows, texts

CITE = Column("条款", ("cite",), Several(), help="原文条款，如：六（五）；几条用、分开")
ASSUMED = Column("口径", ("assumed",), help="原文未规定时写明现行口径和理由；与条款只填一处", wide=True)
GROUND = (CITE, ASSUMED)

SINGLE = "basic"
RULES = "rules"
GRADES = "grades"


class Condition:
    """Columns of a condition that an official can fill in; joined conditions stay as the file has them."""

    fact = Column("情形", ("when", "fact"), Named(of="facts"), help="“情形”表中的名称")
    count = Column("次数", ("when", "count"), shown=False, help="至少几次（几项）")
    category = Column("大项等次", ("when", "category_grade"), Several(), shown=False)
    grades = Column("适用等次", ("when", "grades"), Several(), help="如：一般、较差")
    bottom = Column("靠后名次", ("when", "bottom"), shown=False, help="靠后几名")
    target = Column("达到目标", ("when", "target_met"), Named(of="targets"), shown=False)


class FactValue(Plain):
    """The value a condition asks of its fact, whichever of the two fields holds it."""

    def say(self, value: Tree, tree: dict) -> str:
        when = value if isinstance(value, dict) else {}
        if when.get("all") or when.get("any"):
            return ELSEWHERE
        return str(when.get("at_least") or when.get("equals") or "")

    def put(self, row: dict, value: Tree) -> None:
        when = dict(row["when"]) if isinstance(row.get("when"), dict) else {}
        name = "equals" if "equals" in when else "at_least"
        _written(row, when, name, value)


class FactReach(Plain):
    """Whether graver values count, too."""

    def say(self, value: Tree, tree: dict) -> str:
        when = value if isinstance(value, dict) else {}
        return "及以上" if when.get("at_least") else "恰为" if when.get("equals") else ""

    def options(self, tree: dict) -> tuple[str, ...]:
        return ("及以上", "恰为")

    def put(self, row: dict, value: Tree) -> None:
        when = dict(row["when"]) if isinstance(row.get("when"), dict) else {}
        asked = when.pop("at_least", None) or when.pop("equals", None)
        _written(row, when, "equals" if value == "恰为" else "at_least", asked)


def _written(row: dict, when: dict, name: str, value: Tree) -> None:
    if value is None:
        when.pop(name, None)
    else:
        when[name] = value
    if when:
        row["when"] = when
    else:
        row.pop("when", None)


class Level(Plain):
    """One level of a path of categories."""

    def __init__(self, depth: int):
        self.depth = depth

    def say(self, value: Tree, tree: dict) -> str:
        levels = texts(value)
        return levels[self.depth] if len(levels) > self.depth else ""

    def put(self, row: dict, value: Tree) -> None:
        levels = texts(row.get("path"))
        levels += [""] * (self.depth + 1 - len(levels))
        levels[self.depth] = value if isinstance(value, str) else ""
        while levels and not levels[-1]:
            levels.pop()
        if levels:
            row["path"] = levels
        else:
            row.pop("path", None)


VALUE = Column("取值", ("when",), FactValue(), help="达到这一取值时适用，如：记过")
REACH = Column("程度", ("when",), FactReach(), help="及以上：更重的也适用；恰为：只指这一取值")


def tables_of(tree: dict) -> tuple[Table, ...]:
    """Every table of the editor for this scheme, in the order of the document."""
    return (
        _single(tree),
        _components(tree),
        *(_indicators(tree, path, title) for path, title in indicator_places(tree)),
        *_categories(tree),
        GradeTable(GRADES, "等次、赋分与等次线"),
        _rules(tree),
        _facts(),
        _limits(),
        _bonuses(),
        _deductions(),
        _outcomes(),
        _groups(),
        *(_roster(path, row) for path, row in rows(tree, "groups")),
        _steps(),
    )


def indicator_places(tree: dict) -> list[tuple[Path, str]]:
    """Where indicator tables stand: the scheme's own unless every group has one of its own, and the groups'."""
    groups = [(index, row) for (_, index), row in rows(tree, "groups") if isinstance(row.get("indicators"), list)]
    own: list[tuple[Path, str]] = [(("indicators",), "指标")] if tree.get("indicators") or not groups else []
    return own + [(("groups", index, "indicators"), f"指标（{row.get('name', '')}）") for index, row in groups]


def _single(tree: dict) -> Table:
    judged = tree.get("combine") == "judgement"
    fields = (
        Field("方案名称", ("title",), hint="屏幕和报表上的名称"),
        Field("简称", ("short",), hint="菜单中的短名称，如：2026年甲县 · 乡镇"),
        Field("文件标题", ("document", "title"), hint="所依据文件的全称"),
        Field("文号", ("document", "number"), hint="如：×办发〔2026〕3号；尚未印发的留空"),
        Field("印发机关", ("document", "issuer")),
        Field("成文日期", ("document", "issued"), hint="如：2026-03-20；尚未印发的留空"),
        Field("公开方式", ("document", "publicity")),
        Field("统计时间", ("document", "period"), Days(), hint="如：2026-01-01至2026-12-31"),
        Field("统计截止日", ("document", "cutoff"), hint="文件只写截止日的填这里"),
        Field("依据文件", ("document", "based_on"), Several()),
        Field("考核对象称谓", ("words", "unit"), hint="如：镇（街）、市（区）；留空为“考核对象”"),
        Field("考核对象统称", ("words", "units"), hint="行文中的称法；留空为“考核对象”"),
        Field(
            "综合得分",
            ("combine",),
            OneOf(words=WORDS["combine"]),
            hint="" if judged else "可填：加权平均、分值相加、综合评定",
        ),
    )
    return FieldTable(SINGLE, "基本信息", fields)


def _components(tree: dict) -> Table:
    adds = tree.get("combine") == "add"
    return ListTable(
        "components", "考核方式", ("components",),
        (
            Column("名称", ("name",)),
            Column("权重", ("weight",), shown=not adds, help="百分点；计分的各项合计应为100"),
            Column("满分", ("full",), shown=adds, help="分值相加的方案须填"),
            Column("计入总分", ("counted",), OneOf(words=YES, default="true")),
            Column("考核主体", ("who",)),
            Column("评分方式", ("marks",), SomeOf(words=WORDS["marks"]), help="打√、分项给分、总分；可填几种，用、分开"),
            Column("附评价意见", ("opinion",), OneOf(words=YES, default="false"), shown=False),
            *GROUND,
        ),
        prefix="component",
    )  # fmt: skip


def _indicators(tree: dict, at: Path, title: str) -> Table:
    listed = value_at(tree, at)
    used = [row for row in (listed if isinstance(listed, list) else ()) if isinstance(row, dict)]
    depth = max([len(texts(row.get("path"))) for row in used], default=1)
    levels = _levels(max(3, depth), shown=depth)
    key = "indicators" if at == ("indicators",) else f"indicators:{at[1]}"
    return ListTable(
        key, title, at,
        (
            Column("序号", ("no",), help="评分表上的序号，一张表内不重复"),
            *levels,
            Column("指标", ("name",), wide=True),
            Column("类型", ("kind",), OneOf(words=WORDS["kind"], default="tick")),
            Column("计分", ("role",), OneOf(words=WORDS["role"], default="base"), shown=False, help="加分项、扣分项在总分之外加减"),
            *_fulls(tree),
            Column("权重", ("weight",), shown=False, help="在同级中的份额；同级须全部写明"),
            Column("数据来源", ("source",)),
            Column("评分标准", ("criterion",), shown=False, wide=True),
            Column("具体说明", ("detail",), shown=False, wide=True),
            Column("最低要求", ("least",), shown=False),
            Column("监控办法", ("method",), shown=False),
            Column("计量单位", ("measure",), shown=False),
            Column("比较", ("compare",), OneOf(words=WORDS["compare"]), shown=False),
            Column("比较对象", ("against",), shown=False),
            Column("适用对象", ("only",), Several(), shown=False, help="只考核部分对象的写其名称"),
            Column("条款", ("cite",), Several(), help="指标表所在的附件，如：附件3"),
            Column("备注", ("note",), shown=False),
        ),
        ordered=False,
    )  # fmt: skip


def _levels(count: int, shown: int) -> list[Column]:
    """一级, 二级 … of a path; the loader allows no more than a few."""
    names = "一二三四五六七八九十"[: min(count, 10)]
    return [Column(f"{name}级", ("path",), Level(n), shown=n < max(shown, 1)) for n, name in enumerate(names)]


def _categories(tree: dict) -> list[Table]:
    """类别 as printed and, where the scheme weighs items at all, the weights of categories."""
    depth = max([len(path) - 1 for path in item_paths(tree)], default=1)
    words = (
        Column(
            "满分", ("full",), shown=tree.get("combine") == "add", help="表头的分值，须等于所含指标之和；没有的留空"
        ),
        Column("考核内容", ("text",), wide=True),
        *GROUND,
    )
    printed = ListTable("categories", "类别", ("categories",), (*_levels(depth, 1), *words))
    if not isinstance(tree.get("item_weights"), dict):
        return [printed]
    weight = Column("权重", ("weight",), help="在同级类别中的份额；同级须全部写明，都不写的按“指标权重”")
    return [printed, ListTable("nodes", "类别权重", ("item_weights", "nodes"), (*_levels(depth, 1), weight))]


def _fulls(tree: dict) -> list[Column]:
    """A column of full marks for each 考核方式, shown where marks add up."""
    adds = tree.get("combine") == "add"
    counted = {str(row.get("id")): row.get("counted") != "false" for _, row in rows(tree, "components")}
    return [
        Column(f"分值·{name}", ("full", id_), shown=adds and counted[id_])
        for id_, name in names_of(tree, "components").items()
    ]


def _rules(tree: dict) -> Table:
    fields = [
        Field("指标权重", ("item_weights", "equal"), OneOf(words=WORDS["equal"]), ("item_weights",)),
        Field("小数位数", ("rounding", "total"), ground=("rounding",), hint="综合得分四舍五入保留几位；留空为不舍入"),
        Field("舍入方式", ("rounding", "mode"), OneOf(words=WORDS["mode"]), ("rounding",)),
        Field("赋分依据", (), ground=("ticks",), hint="分值填在“等次”表，这里只填依据"),
        Field(
            "等次线依据",
            ("bands", "borrowed"),
            ground=("bands",),
            hint="分数填在“等次”表；借用其他文件的，在内容中写明该文件",
        ),
        Field("评价标准依据", (), ground=("criteria",), hint="标准填在“等次”表，这里只填依据"),
        Field("位次公布", ("rank", "shown"), OneOf(words=WORDS["shown"], default="internal"), ("rank",)),
        Field("折算前满分", ("total", "full"), ground=("total",)),
        Field("折算为", ("total", "on"), ground=("total",), hint="如：100"),
        Field("比例低于多少不得分", ("ratios", "zero_below"), ground=("ratios",), hint="百分数；留空为按比例得分"),
        Field("加分合计上限", ("extras", "bonus_max"), ground=("extras",), hint="各项加分合计最多几分；没有规定的留空"),
        Field(
            "扣分合计上限", ("extras", "deduction_max"), ground=("extras",), hint="各项扣分合计最多几分；没有规定的留空"
        ),
        Field("加分后总分上限", ("extras", "total_max"), ground=("extras",), hint="如：110；留空为满分"),
        Field("审定程序", ("approval", "by"), Several(), ("approval",), hint="按先后，用、分开"),
        Field("考核报告", ("report", "sections"), Several(), ("report",), hint="各部分标题，用、分开"),
        Field("结果分送", ("send_to", "to"), Several(), ("send_to",), hint="分送单位，用、分开"),
    ]
    always = {"item_weights", "rounding", "rank", "extras", "approval", "send_to"}
    kept = tuple(one for one in fields if one.ground and (one.ground[0] in always or one.ground[0] in tree))
    return FieldTable(RULES, "计分规则与程序", kept, grounded=True)


def _facts() -> Table:
    return ListTable(
        "facts", "情形", ("facts",),
        (
            Column("名称", ("name",), wide=True),
            Column("取值", ("values",), Several(), help="由轻到重，第一个表示没有，如：无、警告、记过"),
            Column("第二人核对", ("confirm",), OneOf(words=YES, default="true")),
            Column("可多次", ("many",), OneOf(words=YES, default="false"), shown=False),
            Column("金额单位", ("amount",), shown=False),
            Column("原文", ("text",), shown=False, wide=True),
            *GROUND,
        ),
        prefix="fact",
    )  # fmt: skip


def _limits() -> Table:
    return ListTable(
        "limits", "等次限制", ("limits",),
        (
            Column("规定", ("text",), wide=True, help="原文词句"),
            Condition.fact, VALUE, REACH, Condition.count, Condition.category,
            Column("最高等次", ("best",), Grade(), help="有此情形时至多评为；一票否决填最后一个等次"),
            *GROUND,
        ),
        prefix="limit",
    )  # fmt: skip


def _bonuses() -> Table:
    most = Column("总分不超过", ("total_max",), help="留空为满分", shown=False)
    return ListTable("bonuses", "加分", ("bonuses",), (*_counted("加分"), most, *GROUND), prefix="bonus")


def _deductions() -> Table:
    item = Column("只扣指标", ("indicator",), help="只从这一序号的指标得分中扣；留空为从总分中扣", shown=False)
    return ListTable("deductions", "扣分", ("deductions",), (*_counted("扣分"), item, *GROUND), prefix="deduction")


def _counted(word: str) -> tuple[Column, ...]:
    """Points for facts, by their count or their amount."""
    return (
        Column("规定", ("text",), wide=True),
        Column("情形", ("fact",), Named(of="facts"), help="“情形”表中的名称"),
        Column(f"每项{word}", ("each",)),
        Column("按", ("by",), OneOf(words=some("by", ("count", "amount")), default="count"), shown=False),
        Column(f"最多{word}", ("max",), help="封顶；留空为不封顶"),
    )


def _outcomes() -> Table:
    return ListTable(
        "outcomes", "结果运用", ("outcomes",),
        (
            Condition.grades, Condition.fact, VALUE, REACH, Condition.bottom, Condition.count,
            Column("措施", ("action",), help="如：表扬、谈话提醒"),
            Column("实施单位", ("by",)),
            Column("对象", ("concerns",), shown=False),
            Column("适用组别", ("groups",), SomeNamed(of="groups"), shown=False, help="只适用于部分组别的写其名称；留空为全部"),
            Column("约谈对象", ("meets",), shown=False),
            Column("参加", ("attends",), Several(), shown=False),
            Column("期限（月）", ("due", "months"), help="通报后几个月内"),
            Column("原文", ("text",), shown=False, wide=True),
            *GROUND,
        ),
    )  # fmt: skip


def _groups() -> Table:
    return ListTable(
        "groups", "组别", ("groups",),
        (
            Column("名称", ("name",)),
            Column("个数", ("size",), help="文件写明的个数；填了须与名单相符"),
            Column("上级区划代码", ("parent",), help="六位行政区划代码"),
            Column("原文", ("text",), shown=False, wide=True),
            *GROUND,
        ),
        prefix="group",
    )  # fmt: skip


def _roster(at: Path, group: dict) -> Table:
    return ListTable(
        f"units:{at[1]}", f"名单（{group.get('name', '')}）", (*at, "units"),
        (
            Column("名称", ("name",)),
            Column("行政区划代码", ("region",), help="县级以上六位，镇（街）九位；没有的留空"),
            Column("类别", ("kind",), shown=False),
        ),
    )  # fmt: skip


def _steps() -> Table:
    return ListTable(
        "steps", "步骤", ("steps",),
        (
            Column("实施单位", ("who",)),
            Column("工作", ("what",), wide=True),
            Column("完成期限", ("due",), help="如：2026-11-20"),
            Column("交来的考核方式", ("component",), Named(of="components"), help="这一步交来哪种考核方式的评分表"),
            *GROUND,
        ),
        prefix="step",
    )  # fmt: skip


def weights_missing(tree: dict) -> tuple[str, str] | None:
    """The sum of the counted weights as written, and what is missing to 100 ("-1" over); None where nothing is to sum.

    Read as typed: a weight that is no number counts as nothing, since it has its own fault.
    """
    if tree.get("combine") != "weighted":
        return None
    counted = [row for _, row in rows(tree, "components") if row.get("counted") != "false"]
    total = sum((number(row.get("weight")) or Fraction(0) for row in counted), Fraction(0))
    return exact.plain(total), exact.plain(100 - total)

"""What an indicator table never says, asked with a proposed answer each, so that all can be accepted in a minute."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from data.indicator_tables.model import KIND, Answers, IndicatorTable, Item, Question, parts_of, total
from scoring import exact

TABLES, NAME_COLUMN, AMOUNT_COLUMN = "tables", "name-column", "amount-column"
TOGETHER, APART = "全部作为一张表", "各作一个组别"
MARKS, TICKS, SCORES = "分值：各项得分相加", "权重：各项评出等次后加权", "权重：各项按百分制打分后加权"
FOLD, KEEP = "折为100分", "保留原来的总分"
ON_TOP, WITHIN, AS_ITEMS, LEFT_OUT = "加在总分之外", "加分后不超过满分", "作为普通指标计入总分", "不列入本方案"
OFF = "从总分中扣除"
NO_GRADES = "不设"
PLACES = {"保留两位小数": "2", "保留一位小数": "1", "取整数": "0", "不舍入": ""}

_WHO = re.compile(
    r"(乡镇[（(]街道[）)]|镇[（(]街道?[）)]|县[（(]市、区[）)]|乡镇|镇街|街道|县区|市县|(?:市|县|区)直(?:部门|单位)|行政村|部门|单位|(?<!乡)村(?!振兴))"
)
_TAIL = re.compile(r"(考核|评价|考评|评估)?(?:(?:评分|计分|打分|赋分|指标)[^年]*?|表)(?=$|[（(]20\d\d年?度?[）)]$)")
_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年?")


def chosen_tables(tables: Sequence[IndicatorTable], answers: Answers) -> list[IndicatorTable]:
    """The tables that are to be used."""
    if len(tables) < 2:
        return list(tables)
    answer = answers.get(TABLES) or _proposed(tables)
    if answer in (TOGETHER, APART):
        return list(tables)
    return [table for table in tables if table.label == answer] or list(tables[:1])


def _proposed(tables: Sequence[IndicatorTable]) -> str:
    """Tables that make a hundred together, or whose others only add and take off, are one; those that each make it are groups."""
    full = [table for table in tables if table.of("base")]
    if total(table.base for table in tables) == 100 or len(full) == 1:
        return TOGETHER
    if all(table.base == full[0].base for table in full) and len(full) == len(tables) and full[0].base:
        return APART
    return max(tables, key=lambda table: len(table.items)).label


def questions_of(
    tables: Sequence[IndicatorTable], used: Sequence[IndicatorTable], stem: str, answers: Answers
) -> Iterator[Question]:
    """Every question about the tables in use, in the order in which a person would answer."""
    if len(tables) > 1:
        options = (TOGETHER, APART, *(table.label for table in tables))
        yield Question(
            TABLES, f"文件中有{len(tables)}张指标表，用哪一张？", options, False, _proposed(tables), "按各表的合计判断"
        )
    if not used or not any(table.items for table in used):
        return
    yield from _columns(used)
    yield from _about(used[0], stem)
    measure = answers.get("measure") or measured_default(used)
    apart = len(used) > 1 and (answers.get(TABLES) or _proposed(tables)) == APART
    yield from _counting(used, {} if apart or measure != MARKS else parts_of(used))
    yield from _grading(measure)


def _columns(used: Sequence[IndicatorTable]) -> Iterator[Question]:
    for table in used:
        where = f"（{table.title or table.sheet}）" if len(used) > 1 else ""
        names = {column.number: column.label for column in table.name_columns}
        if len(names) > 1:
            why = "最末一级、或逐行都有内容的一栏；它左边的各栏作为类别"
            yield Question(f"{NAME_COLUMN}-{table.id}", f"哪一栏是指标名称？{where}", tuple(names.values()), False,
                           names[table.name_column], why)  # fmt: skip
        amounts = {c.number: c.label for c in table.amount_columns if c.number > table.name_column}
        if len(amounts) > 1:
            yield Question(f"{AMOUNT_COLUMN}-{table.id}", f"哪一栏是每项的分值或权重？{where}", tuple(amounts.values()), False,
                           amounts.get(table.amount_column, next(iter(amounts.values()))), "指标名称右边的第一个分值栏")  # fmt: skip


def _about(table: IndicatorTable, stem: str) -> Iterator[Question]:
    title = table.title or stem
    shown = re.sub(r"^附(件|表)\s*\d*\s*[:：]?\s*", "", title)
    shorter = _TAIL.sub(lambda found: found[1] or "", shown)
    year, who = _YEAR.search(f"{title} {table.sheet} {stem}"), _WHO.search(title)
    yield Question(
        "title", "方案叫什么？", (), True, shorter if len(shorter) >= 4 else shown or "新方案", "取自表的标题或文件名"
    )
    yield Question(
        "year",
        "哪一年的考核？（可不填）",
        (),
        True,
        year[1] if year else "",
        "取自表的标题或文件名" if year else "表内没有年份",
    )
    yield Question(
        "group",
        "考核谁？（组别名称）",
        (),
        True,
        who[1] if who else "考核对象",
        "取自表的标题" if who else "表内没有写明",
    )
    yield Question("roster", "考核对象名单（用顿号隔开；可以以后再补）", (), True, "",
                   "有几个组别的，写成“组别：甲镇、乙镇；组别：丙镇”；不填的，上报时按评分表上的单位收取")  # fmt: skip


def measured_default(used: Sequence[IndicatorTable]) -> str:
    """What the numbers of tables are taken for: marks, where they are points or each item has a 考核方式 of its own."""
    return MARKS if used[0].measured == "points" or parts_of(used) else TICKS


def _counting(used: Sequence[IndicatorTable], parts: dict[str, Fraction]) -> Iterator[Question]:
    first = used[0]
    why = {"points": "栏名是分值，各项相加", "weight": "栏名是权重或写成百分数", "none": "表内没有分值，各项等权"}[
        first.measured
    ]
    options = (MARKS, TICKS, SCORES) if first.measured != "none" else (TICKS, SCORES)
    if first.measured == "weight" and parts_of(used):
        why = "各项由不同的考核方式评定，权重即各项的分值；逐项评等次的，各考核方式都评全部指标"
    yield Question("measure", "表里的数怎样用？", options, False, measured_default(used), why)
    listed = "、".join(f"{name}{exact.plain(whole)}" for name, whole in parts.items())
    yield Question("components", "有哪几种考核方式，各占多少？（如“年终考核60、平时考核40”，合计100）", (), True, listed or "考核100",
                   "表内已写明各项由哪种考核方式评定，数为其各项的合计" if listed else "表内没有分几种考核方式")  # fmt: skip
    base = sum_base(used)
    if first.measured == "points" and base != 100:
        extra = any(item.role != "base" for table in used for item in table.items)
        why = (
            "另有加分、扣分项，它们按原来的总分写，不能只折一半" if extra else "按百分制写总分，便于与等次线和往年比较"
        )
        yield Question(
            "base", f"分值合计{exact.plain(base)}分，总分怎样写？", (FOLD, KEEP), False, KEEP if extra else FOLD, why
        )
    for table in used:
        yield from (_kind(table, item) for item in table.items if item.unsure)
    bonus = bonus_max(used)
    if bonus:
        most, over = exact.plain(bonus), exact.plain((base if first.measured == "points" else Fraction(100)) + bonus)
        yield Question("bonus", f"加分项（合计最多{most}分）怎样算？", (ON_TOP, WITHIN, AS_ITEMS, LEFT_OUT), False, ON_TOP,
                       f"加分项在基础分之外，总分最高{over}分")  # fmt: skip
    if any(table.of("deduction") for table in used):
        yield Question("deduction", "扣分项怎样算？", (OFF, LEFT_OUT), False, OFF, "由评分人填写扣几分，直接从总分中扣")


def _kind(table: IndicatorTable, item: Item) -> Question:
    """Whether one of 加减分项 adds or takes off, where it does not say so."""
    default = "扣分" if item.role == "deduction" else "加分"
    text = f"{item.cell}“{item.name}”是加分还是扣分？"
    return Question(
        f"{KIND}-{table.id}-{item.row}", text, ("加分", "扣分"), False, default, "表内没有写明加或扣，按名称判断"
    )


def sum_base(used: Sequence[IndicatorTable]) -> Fraction:
    """Full marks of the tables together, or of each where each is a group's own."""
    whole = total(table.base for table in used)
    first = used[0].base
    return first if len(used) > 1 and all(table.base == first for table in used) and whole != 100 else whole


def bonus_max(used: Sequence[IndicatorTable]) -> Fraction:
    """The most that 加分项 come to together: what their heading says, else their sum."""
    found = Fraction(0)
    for table in used:
        items = table.of("bonus")
        tops = {item.path[:1] for item in items if item.path}
        heads = [node.amount for node in table.nodes if node.path in tops]
        inside = total(item.amount for item in items)
        found = max(found, min(inside, total(heads)) if heads and len(heads) == len(tops) else inside)
    return found


def _grading(measure: str) -> Iterator[Question]:
    yield Question(
        "grades", "等次名称（从高到低，用顿号隔开；不评等次的填“不设”）", (), True, "好、较好、一般、较差", "通行的四档"
    )
    yield Question(
        "lines",
        "等次线（除最末等次外各一个数；不划线的填“不设”）",
        (),
        True,
        "90、80、70",
        "表内没有等次线，按百分制常用的线；总分不是100分的，按比例折算",
    )
    if measure == TICKS:
        yield Question(
            "ticks",
            "逐项评等次的，各等次按百分制折多少分？",
            (),
            True,
            "自动",
            "自动：取各档的中值，四档为95、85、75、60",
        )
    yield Question("rounding", "得分保留几位小数？", tuple(PLACES), False, "保留两位小数", "使纸面与屏幕一致")

"""单位变动表: which units were renamed, merged, divided, set up or dissolved between two years; checked, and as a file.

Where nothing is said a unit goes on under its own name. A file is taken whole or not at all.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from data.rosters_file import open_file
from data.sheets import words
from data.sheets.grid import Grid, a1
from data.sheets.problems import Problem
from scoring import exact
from scoring.compared import Kin

Way = Literal["更名", "合并", "拆分", "新设", "撤销"]
WAYS: tuple[Way, ...] = ("更名", "合并", "拆分", "新设", "撤销")
HEADS = ("原名称", "现名称", "方式", "权数", "备注")
"""Columns of the table; 权数 weighs merged units (户数); of one merger all are told or none."""
MOST = 2000
"""Rows of a table."""
_NAMES = {
    "原名称": {"原名称", "原单位", "上年名称", "变动前", "变动前名称", "原考核对象"},
    "现名称": {"现名称", "现单位", "本年名称", "变动后", "变动后名称", "现考核对象", "新名称"},
    "方式": {"方式", "变动方式", "变动情况", "变动类型"},
    "权数": {"权数", "权重", "户数", "合并权数"},
    "备注": {"备注", "说明"},
}


@dataclass(frozen=True)
class UnitChange:
    """One row: what a unit was and is called, how it changed, its weight where several became one."""

    old: str
    new: str
    way: str
    weight: str = ""
    note: str = ""
    place: str = ""


NOWHERE = UnitChange("", "", "")
"""Stands for the whole table in what is told of it."""


@dataclass(frozen=True)
class ChangesReading:
    """A table as read. With any error there are no changes."""

    changes: tuple[UnitChange, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def rejected(self) -> bool:
        """Whether nothing is taken."""
        return bool(self.problems)


def read_changes(content: bytes, old: Sequence[str], new: Sequence[str]) -> ChangesReading:
    """Read an uploaded table in a process of its own and check it against both years' units."""
    grids, refused = open_file(content)
    if refused:
        said = {name: getattr(refused, name).replace("名单", "单位变动表") for name in ("message", "mend")}
        return ChangesReading(problems=(replace(refused, **said),))
    for grid in grids:
        if not grid.hidden and (head := _header(grid)):
            found = _rows(grid, *head)
            problems = _size(len(found)) or check(found, old, new)
            return ChangesReading((), tuple(problems)) if problems else ChangesReading(tuple(found))
    missing = _bad(NOWHERE, "没有找到表头：应有“原名称”“现名称”“方式”三栏", "请下载空白单位变动表，按其表头填写")
    return ChangesReading(problems=(missing,))


def _size(rows: int) -> list[Problem]:
    if not rows:
        return [_bad(NOWHERE, "表头之下没有内容", "请逐行填写后再放入")]
    if rows > MOST:
        return [_bad(NOWHERE, f"表中有{rows}行，最多{MOST}行", "没有变动的单位不必写；请删去后再放入")]
    return []


def _header(grid: Grid) -> tuple[int, dict[str, int]] | None:
    for number, cells in grid.rows.items():
        columns = {
            head: column for column, cell in cells.items() for head, known in _NAMES.items() if words.head(cell.text) in known
        }
        if {"原名称", "现名称", "方式"} <= columns.keys():
            return number, columns
    return None


def _rows(grid: Grid, head: int, columns: dict[str, int]) -> list[UnitChange]:
    found = []
    for number in [number for number in grid.rows if number > head]:
        texts = {}
        for name, column in columns.items():
            cell = grid.at(number, column)
            texts[name] = "公式" if cell.kind in ("formula", "error") else words.clean(cell.text)
        if any(texts.values()):
            found.append(
                UnitChange(texts["原名称"], texts["现名称"], texts["方式"], texts.get("权数", ""), texts.get("备注", ""),
                           a1(number, columns["方式"]))
            )  # fmt: skip
    return found


def check(changes: Sequence[UnitChange], old: Sequence[str], new: Sequence[str]) -> list[Problem]:
    """Everything wrong with a table, all at once, each with its row, and how to mend it."""
    problems = [told for row in changes for told in _row_problems(row, set(old), set(new))]
    return problems or [*_together(changes), *_weights(changes), *_goes_on(changes, old, new)]


def _row_problems(row: UnitChange, old: set[str], new: set[str]) -> Iterable[Problem]:
    if row.way not in WAYS:
        yield _bad(row, f"没有“{row.way}”这一方式", f"请改为{'、'.join(WAYS)}之一")
        return
    wanted = {"原名称": row.way != "新设", "现名称": row.way != "撤销"}
    for head, text, known, whose in (("原名称", row.old, old, "上年"), ("现名称", row.new, new, "本年")):
        if wanted[head] and not text:
            yield _bad(row, f"方式为“{row.way}”，没有写{head}", f"请补写{head}")
        elif not wanted[head] and text:
            yield _bad(row, f"方式为“{row.way}”，不应有{head}“{text}”", f"请清空{head}，或改正方式")
        elif text and text not in known:
            yield _bad(row, f"{head}“{text}”不在{whose}的考核对象名单上", f"请改为{whose}名单上的全称")
    if row.weight and not _weight(row.weight):
        yield _bad(row, f"权数“{row.weight}”不是大于0的数", "请写成 30 这样的数，或留空")


def _together(changes: Sequence[UnitChange]) -> Iterable[Problem]:
    """What rows say of each other."""
    for row in [row for row, count in Counter((r.old, r.new) for r in changes).items() if count > 1]:
        first = [each for each in changes if (each.old, each.new) == row][1]
        yield _bad(first, f"“{row[0] or row[1]}”与前面一行重复", "请删去重复的一行")
    olds, news = Counter(r.old for r in changes if r.old), Counter(r.new for r in changes if r.new)
    for each in changes:
        if each.way == "更名" and (olds[each.old] > 1 or news[each.new] > 1):
            yield _bad(each, f"“{each.old}”更名为“{each.new}”，又另有变动", "更名只能一对一；几个变一个写“合并”，一个变几个写“拆分”")
        if each.way == "合并" and news[each.new] < 2:
            yield _bad(each, f"并入“{each.new}”的只有“{each.old}”一个", f"请逐行写明并入的各单位；“{each.new}”上年已有的，也写一行")
        if each.way == "拆分" and olds[each.old] < 2:
            yield _bad(each, f"由“{each.old}”拆出的只有“{each.new}”一个", "请逐行写明拆出的各单位；原单位仍在的，也写一行")
        if each.way == "新设" and news[each.new] > 1:
            yield _bad(each, f"“{each.new}”既写新设，又另有来源", "请只留一种写法")
        if each.way == "撤销" and olds[each.old] > 1:
            yield _bad(each, f"“{each.old}”既写撤销，又另有去向", "请只留一种写法")


def _weights(changes: Sequence[UnitChange]) -> Iterable[Problem]:
    """One weight left out would make those written beside it count for nothing."""
    told = {row.new for row in changes if row.old and row.weight}
    for row in changes:
        if row.old and row.new in told and not row.weight:
            yield _bad(row, f"并入“{row.new}”的各行有的写了权数，“{row.old}”没有写", "同一合并的权数须都写或都不写，请补写或清空")


def _goes_on(changes: Sequence[UnitChange], old: Sequence[str], new: Sequence[str]) -> Iterable[Problem]:
    """A unit that has the name of another, or is told to be gone, while the rosters say that it goes on."""
    before, after = ({words.key(name) for name in names} for names in (old, new))
    moved, made = ({words.key(name) for name in names} for names in ((r.old for r in changes), (r.new for r in changes)))
    for row in changes:
        one, other = words.key(row.old), words.key(row.new)
        if row.way == "更名" and other in before - moved - {one}:
            yield _bad(row, f"“{row.old}”更名为“{row.new}”，而“{row.new}”上年已在名单上，没有写它的去向",
                       f"请另写一行“{row.new}”的变动；两者合为一个的，各写一行“合并”")  # fmt: skip
        if row.way == "撤销" and one in after - made:
            yield _bad(row, f"“{row.old}”写为撤销，而本年名单上仍有它", "没有撤销的请删去此行；另有来源或同名新设的，请另写一行")


def _bad(row: UnitChange, message: str, mend: str) -> Problem:
    where = row.place
    return Problem("error", "unit-change", "", where, row.old or row.new, f"{where}{message}" if where else message, mend)


def _weight(text: str) -> Fraction | None:
    try:
        value = exact.parse(text)
    except ValueError:
        return None
    return value if value > 0 else None


def kin_of(changes: Sequence[UnitChange], old: Sequence[str], new: Sequence[str]) -> list[Kin]:
    """Each of this year's units with those it goes on from; those of a merger without weights count alike."""
    gone = {row.old for row in changes if row.old}
    by_key = {words.key(name): name for name in old if name not in gone}
    found = []
    for unit in new:
        rows = [row for row in changes if row.new == unit and row.old]
        if rows:
            weights = [_weight(row.weight) for row in rows]
            told = [w if all(weights) and w else Fraction(1) for w in weights]
            found.append(Kin(unit, tuple((row.old, w) for row, w in zip(rows, told, strict=True))))
        elif any(row.new == unit and row.way == "新设" for row in changes) or words.key(unit) not in by_key:
            found.append(Kin(unit))
        else:
            found.append(Kin(unit, ((by_key[words.key(unit)], Fraction(1)),)))
    return found


def left_over(kin: Sequence[Kin], old: Sequence[str]) -> list[str]:
    """Last year's units from which none of this year's goes on."""
    taken = {name for each in kin for name, _ in each.before}
    return [name for name in old if name not in taken]


def to_text(changes: Iterable[UnitChange]) -> str:
    """As it is kept in the store: JSON."""
    return json.dumps([[r.old, r.new, r.way, r.weight, r.note] for r in changes], ensure_ascii=False)


def from_text(text: str) -> tuple[UnitChange, ...]:
    """Back from the store; what cannot be read is nothing kept."""
    try:
        return tuple(UnitChange(*map(str, row)) for row in json.loads(text))
    except (ValueError, TypeError):
        return ()

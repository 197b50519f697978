"""Checks that span a whole scheme file: names that must exist elsewhere in it, names that must be there only once.

They read the written tree, not the typed model, so that a misspelt grade is reported beside a mistyped number.
Each check yields (path, message); anything of an unexpected kind is passed over, since typing reports it.
"""

from __future__ import annotations

import difflib
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from scoring.kinds import UNGROUNDED, brief
from scoring.scheme_extras import check_extras
from scoring.scheme_sums import check_sums
from scoring.scheme_text import Path, SchemeText
from scoring.scheme_tree import Found, item_paths, number, rows, tables, texts
from scoring.shape import ruled_places


def check(written: SchemeText) -> Found:
    """Every mistake of reference or of sums in the file."""
    tree = written.tree
    if isinstance(tree, dict):
        for one_check in _CHECKS:
            yield from one_check(tree)
        yield from check_sums(tree)
        yield from check_extras(tree)


def _one_of(value: Any, known: Iterable[str], what: str) -> str | None:
    names = list(known)
    if not isinstance(value, str) or value in names:
        return None
    close = difflib.get_close_matches(brief(value), names, n=1, cutoff=0.5) if len(names) <= _MANY else []
    hint = f"；是否为“{close[0]}”？可用：" if close else "；可用："
    shown = "、".join(map(brief, names[:_SHOWN])) + ("等" if len(names) > _SHOWN else "")
    return f"没有“{brief(value)}”这一{what}{hint}{shown or '（本方案一个也没有）'}"


_MANY, _SHOWN = 500, 20
"""Among more names than these no likeness is looked for, and no more than these are listed: a file may be hostile."""


def _ids(tree: dict, key: str) -> list[str]:
    return [row["id"] for _, row in rows(tree, key) if isinstance(row.get("id"), str)]


def _every_rule_rests_on_something(tree: dict) -> Found:
    for path, row in ruled_places(tree):
        if bool(row.get("cite")) == bool(row.get("assumed")):
            yield path, UNGROUNDED


def _names_are_unique(tree: dict) -> Found:
    for key, value in tree.items():
        if isinstance(value, list):
            yield from _repeats(((*path, "id"), row.get("id")) for path, row in rows(tree, key))
    yield from _repeats((("grades", index), grade) for index, grade in enumerate(texts(tree.get("grades"))))
    for path, row in rows(tree, "facts"):
        yield from _repeats(((*path, "values", index), value) for index, value in enumerate(texts(row.get("values"))))


def _repeats(named: Iterable[tuple[Path, Any]]) -> Found:
    seen: set[str] = set()
    for path, name in named:
        if isinstance(name, str) and name in seen:
            yield path, f"“{brief(name)}”用了两次；请换一个名字"
        elif isinstance(name, str):
            seen.add(name)


def _numbers_are_unique(tree: dict) -> Found:
    for path, table in tables(tree):
        seen: set[str] = set()
        for row_path, row in rows(table, "indicators"):
            no = row.get("no")
            if isinstance(no, str) and no in seen:
                yield (*path, *row_path, "no"), f"序号{brief(no)}用了两次；一张表内每项一个序号"
            elif isinstance(no, str):
                seen.add(no)


def _units(tree: dict) -> Iterator[tuple[Path, dict]]:
    for group_path, group in rows(tree, "groups"):
        yield from (((*group_path, *path), unit) for path, unit in rows(group, "units"))


def _units_are_unique(tree: dict) -> Found:
    seen: set[str] = set()
    for path, unit in _units(tree):
        name = unit.get("name")
        if isinstance(name, str) and name in seen:
            yield (*path, "name"), f"“{brief(name)}”已在名单上；同名单位请写全称区分"
        elif isinstance(name, str):
            seen.add(name)


def _units_exist(tree: dict) -> Found:
    names = [unit["name"] for _, unit in _units(tree) if isinstance(unit.get("name"), str)]
    if not names:
        return
    named: list[tuple[Path, Any]] = [((*path, "helps"), _helped(unit)) for path, unit in _units(tree)]
    for table_path, table in tables(tree):
        named += [((*table_path, *path, "only"), row.get("only")) for path, row in rows(table, "indicators")]
    yield from _all_known(named, names, "考核对象")


def _all_known(named: Iterable[tuple[Path, Any]], known: Iterable[str], what: str) -> Found:
    names = list(known)
    for path, value in named:
        for index, name in enumerate(texts(value)):
            if words := _one_of(name, names, what):
                yield (path if isinstance(value, str) else (*path, index)), words


def _grades_exist(tree: dict) -> Found:
    grades = texts(tree.get("grades"))
    yield from _all_known(_grade_references(tree), grades, "等次")
    for path, named in _grade_lists(tree):
        yield from _every_grade_once(path, named, grades)


def _grade_references(tree: dict) -> Iterator[tuple[Path, Any]]:
    for key, field in (("limits", "best"), ("floors", "worst")):
        yield from (((*path, field), row.get(field)) for path, row in rows(tree, key))
    for path, condition in _conditions(tree):
        yield from (((*path, field), condition.get(field)) for field in ("grades", "category_grade"))
    answers = _tasks(tree).get("answers")
    for answer, grade in answers.items() if isinstance(answers, dict) else ():
        yield ("tasks", "answers", answer), grade


def _tasks(tree: dict) -> dict:
    tasks = tree.get("tasks")
    return tasks if isinstance(tasks, dict) else {}


def _answers_exist(tree: dict) -> Found:
    """The answers that meet a task are among the answers."""
    answers = _tasks(tree).get("answers")
    known = list(answers) if isinstance(answers, dict) else []
    yield from _all_known([(("tasks", "met"), _tasks(tree).get("met"))], known, "任务完成情况")


def _grade_lists(tree: dict) -> Iterator[tuple[Path, list[tuple[Path, str]]]]:
    """The places that must name every grade: each grade named there, with its path."""
    ticks = tree.get("ticks")
    if isinstance(ticks, dict) and isinstance(points := ticks.get("points"), dict):
        yield ("ticks", "points"), [(("ticks", "points", grade), grade) for grade in points]
    for key, field in (("bands", "items"), ("criteria", "items"), ("category_grades", "lines")):
        element = tree.get(key)
        named = [((key, *path, "grade"), row.get("grade")) for path, row in rows(element, field)]
        if named:
            yield (key, field), [(path, grade) for path, grade in named if isinstance(grade, str)]


def _every_grade_once(path: Path, named: list[tuple[Path, str]], grades: list[str]) -> Found:
    yield from _all_known(named, grades, "等次")
    yield from _repeats(named)
    known = [grade for _, grade in named if grade in grades]
    if missing := [grade for grade in grades if grade not in known]:
        yield path, f"缺少等次“{'、'.join(missing)}”；每个等次都要写"
    elif known != grades and len(known) == len(grades):
        yield path, f"等次的次序应与 grades 相同：{'、'.join(grades)}"


def _conditions(tree: dict) -> Iterator[tuple[Path, dict]]:
    """Every condition of limits, floors and outcomes, the nested ones too."""
    ruled = ("limits", "floors", "outcomes")
    pending = deque(((*path, "when"), row.get("when")) for key in ruled for path, row in rows(tree, key))
    while pending:
        path, condition = pending.popleft()
        if not isinstance(condition, dict):
            continue
        yield path, condition
        for joint in ("all", "any"):
            inner = condition.get(joint)
            pending += [((*path, joint, i), c) for i, c in enumerate(inner if isinstance(inner, list) else ())]


def _facts_exist(tree: dict) -> Found:
    facts = {row["id"]: row for _, row in rows(tree, "facts") if isinstance(row.get("id"), str)}
    for key, field in (("bonuses", "fact"), ("deductions", "fact"), ("late", "fact"), ("floors", "confirmed_by")):
        yield from _all_known((((*path, field), row.get(field)) for path, row in rows(tree, key)), facts, "情形")
    for path, condition in _conditions(tree):
        fact_id = condition.get("fact")
        if words := _one_of(fact_id, facts, "情形"):
            yield (*path, "fact"), words
        if not isinstance(fact_id, str) or fact_id not in facts:
            continue
        values = texts(facts[fact_id].get("values"))
        for field in ("at_least", "equals"):
            if words := _one_of(condition.get(field), values, "取值"):
                yield (*path, field), words


def _targets_exist(tree: dict) -> Found:
    named = (((*path, "target_met"), condition.get("target_met")) for path, condition in _conditions(tree))
    known = _ids(tree, "targets")
    yield from _all_known(named, known, "目标")
    items = [((*at, *path), row) for at, table in tables(tree) for path, row in rows(table, "indicators")]
    yield from _all_known((((*path, "target"), row.get("target")) for path, row in items), known, "目标")
    yield from _all_known([(("tasks", "target"), _tasks(tree).get("target"))], known, "目标")


def _targets_are_asked_of_items(tree: dict) -> Found:
    """Whether a target is met is known of an item only: a limit or an outcome on it would never hold."""
    for path, condition in _conditions(tree):
        if condition.get("target_met") and not _under_items(tree, path):
            yield (*path, "target_met"), "target_met 只能写在分项保底（of: items）里；对考核对象的条件请写 fact"


def _places_are_asked_of_outcomes(tree: dict) -> Found:
    """A unit's place is known only after its grade: a limit or a floor on it would never hold."""
    for path, condition in _conditions(tree):
        if condition.get("bottom") and path[0] != "outcomes":
            yield (*path, "bottom"), "bottom 只能写在结果运用（outcomes）里；定等次时位次尚未排出"


def _floors_of_items_hold_at_once(tree: dict) -> Found:
    for path, row in rows(tree, "floors"):
        if row.get("of") == "items" and row.get("confirmed_by"):
            yield (*path, "confirmed_by"), "分项保底（of: items）不能写 confirmed_by；须由人认定的请写成总评保底"


def _marks_stand_where_they_add_up(tree: dict) -> Found:
    """Full marks of an item say where it counts, which only marks that add up can mean: elsewhere they are the same."""
    if tree.get("combine") == "add":
        return
    yield from _same_marks_everywhere(tree)
    for table_path, table in tables(tree):
        for path, row in rows(table, "indicators"):
            full = row.get("full")
            for name, value in full.items() if isinstance(full, dict) else ():
                if number(value) == 0:
                    yield (
                        (*table_path, *path, "full", name),
                        "满分为0只用于分值相加（combine: add）的方案；请删去，或改写 combine",
                    )


def _same_marks_everywhere(tree: dict) -> Found:
    known = _ids(tree, "components")
    for table_path, table in tables(tree):
        for path, row in rows(table, "indicators"):
            full = row.get("full")
            if not isinstance(full, dict) or row.get("role", "base") != "base" or tree.get("combine") != "weighted":
                continue
            if set(full) - set(known) or any(number(value) == 0 for value in full.values()):
                continue  # told already
            if set(known) - set(full) or len({number(value) for value in full.values()}) > 1:
                words = "各考核方式按权重合成时，一项的分值在每种考核方式中都要写，且应相同；只由一种方式评的，请改用 combine: add"
                yield (*table_path, *path, "full"), words


def _under_items(tree: dict, path: Path) -> bool:
    floors = dict(rows(tree, "floors"))
    return path[0] == "floors" and floors.get(tuple(path[:2]), {}).get("of") == "items"


def _components_exist(tree: dict) -> Found:
    known = _ids(tree, "components")
    for path, row in rows(tree, "steps"):
        if words := _one_of(row.get("component") or None, known, "考核方式"):
            yield (*path, "component"), words
    for table_path, table in tables(tree):
        for path, row in rows(table, "indicators"):
            full = row.get("full")
            for component in full if isinstance(full, dict) else ():
                if words := _one_of(component, known, "考核方式"):
                    yield (*table_path, *path, "full", component), words


def _groups_exist(tree: dict) -> Found:
    median = tree.get("median")
    named: list[tuple[Path, Any]] = [(("median", "peers"), median.get("peers"))] if isinstance(median, dict) else []
    for key, fields in (("inherits", ("groups", "source")), ("awards", ("groups",)), ("outcomes", ("groups",))):
        named += [((*path, field), row.get(field)) for path, row in rows(tree, key) for field in fields]
    yield from _all_known(named, _ids(tree, "groups"), "组别")


def _inheritance_ends(tree: dict) -> Found:
    """Scores are inherited from units that are marked themselves: no group takes its score from one that inherits."""
    inheriting = [name for _, row in rows(tree, "inherits") for name in texts(row.get("groups"))]
    for path, row in rows(tree, "inherits"):
        if row.get("source") in inheriting:
            yield (
                (*path, "source"),
                f"“{brief(row['source'])}”自己也随别的组别计分，成了循环；source 须是自行计分的组别",
            )
    yield from _repeats((("inherits", index), name) for index, name in enumerate(inheriting))
    marked = {
        unit["name"]
        for _, group in rows(tree, "groups")
        if group.get("id") not in inheriting
        for _, unit in rows(group, "units")
        if isinstance(unit.get("name"), str)
    }
    known = {unit["name"] for _, unit in _units(tree) if isinstance(unit.get("name"), str)}
    for path, unit in _units(tree):
        for name in _helped(unit):
            if name in known - marked:
                yield (*path, "helps"), f"“{brief(name)}”不是自行计分的考核对象，不能随其计分；请写 source 组别中的单位"


def _helped(unit: dict) -> list[str]:
    """The units that a unit helps, whichever way they are written."""
    helps = unit.get("helps")
    return texts(list(helps)) if isinstance(helps, dict) else texts(helps)


def _rules_have_their_tables(tree: dict) -> Found:
    """A rule that reads another element needs it: a task its answers, a grade its points, a category grade its lines."""
    kinds = [row.get("kind", "tick") for _, table in tables(tree) for _, row in rows(table, "indicators")]
    if "task" in kinds and "tasks" not in tree:
        yield (), "有任务类指标（kind: task）而没有“tasks”；请写明任务完成情况各评什么等次"
    if "quantity" in kinds and "median" not in tree:
        yield (), "有数量类指标（kind: quantity）而没有“median”；请写明按什么方法比较"
    if "ratio" in kinds and "ratios" not in tree and "median" not in tree:
        yield (), "有比例类指标（kind: ratio）而没有“ratios”或“median”；请写明比例怎样计分"
    graded = [kind for kind in ("task", "quantity") if kind in kinds]
    graded += ["judged"] if "judged" in kinds and tree.get("combine") != "judgement" else []
    graded += ["tick"] if "tick" in kinds and tree.get("combine") == "add" else []
    if graded and "ticks" not in tree:
        yield (), f"{'、'.join(f'kind: {kind}' for kind in graded)} 的指标评出等次而没有“ticks”；请写明各等次得多少分"
    category = tree.get("category_grades")
    if isinstance(category, dict) and not category.get("lines"):
        yield ("category_grades",), "缺少“lines”；请写明大项各等次的分数线"


def _items_exist(tree: dict) -> Found:
    items = [row for _, table in tables(tree) for _, row in rows(table, "indicators")]
    known = [row["no"] for row in items if isinstance(row.get("no"), str)]
    for path, row in rows(tree, "late"):
        yield from _all_known([((*path, "indicators"), row.get("indicators"))], known, "序号")


def _samples_exist(tree: dict) -> Found:
    named = [((*path, "within"), row.get("within")) for path, row in rows(tree, "samples")]
    yield from _all_known(named, _ids(tree, "samples"), "抽样")


def _nodes_exist(tree: dict) -> Found:
    """Paths of categories and weights must lead to items."""
    nodes = {path[:n] for path in item_paths(tree) for n in range(1, len(path) + 1)}
    named = [(path, row) for path, row in rows(tree, "categories")]
    named += [(("item_weights", *path), row) for path, row in rows(tree.get("item_weights"), "nodes")]
    for path, row in named:
        node = texts(row.get("path"))
        if node and tuple(node) not in nodes:
            yield (*path, "path"), f"指标表中没有“{brief(' → '.join(node))}”这一类别；请照指标的 path 写"


_CHECKS: tuple[Callable[[dict], Found], ...] = (
    _every_rule_rests_on_something,
    _names_are_unique,
    _numbers_are_unique,
    _units_are_unique,
    _units_exist,
    _grades_exist,
    _facts_exist,
    _targets_exist,
    _targets_are_asked_of_items,
    _places_are_asked_of_outcomes,
    _floors_of_items_hold_at_once,
    _marks_stand_where_they_add_up,
    _answers_exist,
    _components_exist,
    _groups_exist,
    _inheritance_ends,
    _rules_have_their_tables,
    _items_exist,
    _samples_exist,
    _nodes_exist,
)

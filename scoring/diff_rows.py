"""What differs between two elements of two schemes, field by field and row by row, as sentences. Nothing is passed over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from scoring.diff_match import matched
from scoring.diff_words import SWITCHES, both, label, said, short, when_words
from scoring.kinds import Element, Ruled
from scoring.scheme import Scheme

_UNFELT = {
    "short", "text", "source", "detail", "criterion", "least", "against", "note", "who", "cite", "assumed", "alternatives",
    "name", "label", "why", "exempt", "by", "concerns", "attends", "meets", "opinion", "region", "parent", "size",
    "borrowed", "confirm",
}  # fmt: skip
"""Fields of an element that move no score, grade, place or outcome (``meets`` and such say how an outcome is carried out)."""
_FELT = {("Rank", "by"), ("Bonus", "by"), ("Deduction", "by")}
_NAMES = ("name", "title")


@dataclass(frozen=True)
class Told:
    """One sentence, and whether what it says may move a result."""

    text: str
    moves: bool


@dataclass(frozen=True)
class Sides:
    """The two schemes that are compared: what names in a condition stand for."""

    before: Scheme
    after: Scheme


def subject(row: Element, sides: Sides, at: int = 0, *, bare: bool = True) -> str:
    """What a row is called within a sentence: 等次限制“班子成员受到记过…”. A 考核方式 goes by its ``bare`` name."""
    kind = type(row).__name__
    noun = _NOUNS.get(kind, "")
    name = next((value for field in ("name", "action", "what", "of", "grade", "unit", "label", "clause", "text")
                 if isinstance(value := getattr(row, field, None), str) and value), "")  # fmt: skip
    if kind == "Component" and bare:
        return name
    if kind in ("Category", "NodeWeight"):
        return f"{noun}{short('·'.join(getattr(row, 'path', ())))}"
    if kind == "Late":
        return f"{noun}（第{'、'.join(map(str, getattr(row, 'indicators', ())))}项）"
    if kind == "Inherits":
        names = {group.id: group.name for group in (*sides.after.groups, *sides.before.groups)}
        return f"{'、'.join(names.get(each, each) for each in getattr(row, 'groups', ()))}的{noun}"
    return f"{noun}{short(name)}" if name else f"{noun}第{at + 1}项"


_NOUNS = {
    "Component": "考核方式", "Group": "组别", "FactKind": "情形", "Target": "目标", "Limit": "等次限制", "Floor": "保底", "Bonus": "加分",
    "Deduction": "扣分", "Late": "逾期扣减", "Inherits": "随帮扶对象计分", "Award": "绩效折算", "Outcome": "结果运用", "Task": "步骤",
    "Sample": "抽样", "Unit": "考核对象", "Category": "类别", "NodeWeight": "类别", "Band": "等次", "Criterion": "评价标准",
    "Doubt": "原文存疑", "Alternative": "另一种口径", "Excluded": "不在考核之列的", "Help": "帮扶对象", "Tier": "分档", "Indicator": "指标",
    "Condition": "条件",
}  # fmt: skip


def elements(before: Element, after: Element, who: str, sides: Sides, skip: Sequence[str] = ()) -> Iterator[Told]:
    """Every field of an element that says something else; ``who`` is what the element is called in the sentence."""
    kind = type(after).__name__
    if isinstance(before, Ruled) and isinstance(after, Ruled):
        yield from _basis(before, after, who)
        skip = (*skip, "cite", "assumed")
    for field in type(after).model_fields:
        was, now = getattr(before, field), getattr(after, field)
        if field not in skip and written(was) != written(now):
            yield from values(kind, field, was, now, who, sides)
    was, now = before.model_extra or {}, after.model_extra or {}
    if str(was) != str(now):  # the order of names counts, however deep
        yield Told(f"{who}所设的内容由{_free(was)}改为{_free(now)}", False)


def values(kind: str, field: str, was: Any, now: Any, who: str, sides: Sides) -> Iterator[Told]:
    """One field that says something else."""
    moves = (kind, field) in _FELT or (field not in _UNFELT and (kind, field) != ("Outcome", "due"))
    name = label(kind, field)
    if _is_table(was) or _is_table(now):
        yield from rows(was, now, who, name, sides)
    elif _nested(was) and _nested(now):
        yield from elements(was, now, f"{who}的{name}", sides)
    elif isinstance(now, dict) and isinstance(was, dict):
        yield from _by_key(kind, field, was, now, who, sides)
    else:
        yield Told(_leaf(kind, field, was, now, who, name, sides), moves)


def rows(before: Sequence[Element], after: Sequence[Element], who: str, name: str, sides: Sides) -> Iterator[Told]:
    """Rows that went, came or say something else, and another order of those that stayed."""
    of = f"{who}的" if who else ""
    found = matched(before, after)
    for verb, table, places, scheme in (
        ("删去", before, found.gone, sides.before),
        ("增加", after, found.come, sides.after),
    ):
        for at in places:
            row = subject(table[at], sides, at, bare=False)
            yield Told(f"{who}{verb}{row}{_gist(table[at], scheme)}", _row_moves(table[at]))
    for old, new in found.pairs:
        yield from elements(before[old], after[new], of + subject(before[old], sides, old), sides)
    if (kept := [old for old, _ in found.pairs]) != sorted(kept):
        order = "、".join(subject(row, sides, at) for at, row in enumerate(after))
        yield Told(f"{of}{name}的先后次序改为：{order}", False)


def _row_moves(row: Element) -> bool:
    told = type(row).__name__ in ("Task", "Sample", "Doubt", "Alternative", "Excluded", "Criterion")
    return not told and bool(getattr(row, "counted", True))


def _gist(row: Element, scheme: Scheme) -> str:
    """What matters most of a row that came or went, in brackets."""
    kind = type(row).__name__
    told = [f"{label(kind, field)}{text}" for field in ("weight", "full", "min", "value", "each", "due", "max", "best", "worst")
            if (text := said(scheme, kind, field, getattr(row, field, None)))]  # fmt: skip
    when = getattr(row, "when", None)
    told = [*([when_words(scheme, when)] if when else []), *told]
    return f"（{'，'.join(told)}）" if told else ""


def _leaf(kind: str, field: str, was: Any, now: Any, who: str, name: str, sides: Sides) -> str:
    old, new = said(sides.before, kind, field, was), said(sides.after, kind, field, now)
    if (kind, field) in SWITCHES:
        return f"{who}由{old}改为{new}"
    if field in _NAMES and kind != "Document" and old and new:
        return f"{who}改名为{new}"
    if not old or not new:
        quoted = both(old + new, "")[0] if len(old + new) <= 200 else (old + new)[:200] + "…”"
        return f"{who}的{name}原未写明，现为{quoted}" if new else f"{who}的{name}由{quoted}改为不写"
    old, new = both(old, new)
    return f"{who}的{name}由{old}改为{new}" if old != new else f"{who}的{name}写法有变，仍为{new}"


def _by_key(kind: str, field: str, was: dict, now: dict, who: str, sides: Sides) -> Iterator[Told]:
    """A table of names to values: each that came, went or changed; else only their order did."""
    name, moves, order = label(kind, field), field not in _UNFELT, list(dict.fromkeys((*was, *now)))
    parts = {part.id: part.name for part in (*sides.before.components, *sides.after.components)}
    differ = [key for key in order if key not in was or key not in now or was[key] != now[key]]
    for key in differ:
        whose = f"{who}的{parts[key]}" if key in parts else f"{who}“{key}”"
        yield Told(_leaf(kind, field, was.get(key), now.get(key), whose, name, sides), moves)
    if not differ:
        yield Told(f"{who}的{name}书写次序改为{'、'.join(now)}", False)


def _basis(before: Ruled, after: Ruled, who: str) -> Iterator[Told]:
    """On what a rule rests: a clause or our reading. Neither moves a result by itself."""
    if (before.cite, before.assumed) == (after.cite, after.assumed):
        return
    old, new = (_rests_on(rule) for rule in (before, after))
    if before.cite or after.cite:
        yield Told(f"{who}的依据由{old}改为{new}", False)
    else:
        was, now = both(f"“{before.assumed}”", f"“{after.assumed}”")
        yield Told(f"{who}的口径（原文未规定）说明由{was}改为{now}", False)


def _rests_on(rule: Ruled) -> str:
    return f"条款{'、'.join(rule.cite)}" if rule.cite else f"口径（原文未规定：{rule.assumed}）"


def written(value: Any) -> Any:
    """A value as the scheme's hash knows it: the order of names counts, what is left at its default does not."""
    if isinstance(value, Element):
        return value.model_dump_json(exclude_defaults=True)
    if isinstance(value, tuple):
        return tuple(written(each) for each in value)
    return tuple(value.items()) if isinstance(value, dict) else value


def _is_table(value: Any) -> bool:
    return isinstance(value, tuple) and bool(value) and all(isinstance(row, Element) for row in value)


def _nested(value: Any) -> bool:
    return isinstance(value, Element) and type(value).__name__ not in ("Condition", "Period", "Due")


def _free(values: dict[str, Any]) -> str:
    return "；".join(f"{label('', name)}：{_plain(value)}" for name, value in values.items()) or "无"


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return "、".join(("" if key == "grade" else label("", key)) + _plain(each) for key, each in value.items())
    return "；".join(_plain(each) for each in value) if isinstance(value, list | tuple) else str(value)


def numbers(nos: Iterable[int]) -> str:
    """Item numbers with runs drawn together: "1、3至5"."""
    runs: list[list[int]] = []
    for no in sorted(nos):
        if runs and no == runs[-1][-1] + 1:
            runs[-1].append(no)
        else:
            runs.append([no])
    return "、".join(f"{run[0]}至{run[-1]}" if len(run) > 2 else "、".join(map(str, run)) for run in runs)

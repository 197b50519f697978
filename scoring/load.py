"""From a scheme's text to a scheme, or to every mistake in it at once, each with its line and in Chinese. And back."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from scoring.kinds import OURS, brief
from scoring.scheme import Scheme
from scoring.scheme_checks import check
from scoring.scheme_text import Fault, Path, SchemeError, SchemeText, read_text
from scoring.scheme_write import lettered
from scoring.shape import element_at, ruled_places

MOST = 200
"""Faults that are told at once; whoever has more will want to begin again."""

LONGEST = 400_000
"""Characters a scheme file may have; the longest of the five documents needs 20,000."""


def load_scheme(text: str, name: str = "方案") -> Scheme:
    """Read a scheme from YAML text. ``name`` is what messages call the file.

    Raises SchemeError, which holds every fault found: syntax, repeated keys, unknown or missing fields, values of the
    wrong kind, elements with neither ``cite`` nor ``assumed``, references to things the scheme does not have, and
    alternatives (另一种口径) that would make no scheme.
    """
    if len(text) > LONGEST:
        raise SchemeError(name, [Fault(1, (), f"文件过长（{len(text)}字，上限{LONGEST}字），不是方案文件")])
    written = read_text(text)
    if written.tree is None:
        raise SchemeError(name, written.faults)
    scheme, faults = _judged(written)
    faults = faults or list(_alternatives(written))
    if faults or scheme is None:
        raise SchemeError(name, _first(faults))
    return scheme


def _first(faults: list[Fault]) -> list[Fault]:
    faults = sorted(faults, key=lambda fault: fault.line)
    if len(faults) <= MOST:
        return faults
    return [*faults[:MOST], Fault(faults[MOST].line, (), f"以下还有{len(faults) - MOST}处错误，请先改上面的")]


def dump_scheme(scheme: Scheme) -> str:
    """YAML that loads as the same scheme: what a planner starts next year's from. Comments are not kept."""
    said = scheme.model_dump(mode="json", exclude_defaults=True)
    return lettered(_written(said))


def _written(value: Any) -> Any:
    """The value with nothing but text in it, as a scheme file is read."""
    if isinstance(value, dict):
        return {key: _written(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_written(inner) for inner in value]
    return str(value).lower() if isinstance(value, bool) else str(value)


def _judged(written: SchemeText) -> tuple[Scheme | None, list[Fault]]:
    """The typed scheme, and every fault of the file; what follows from a fault of reading is not told twice."""
    scheme, faults = _typed(written)
    faults += [Fault(written.line(path), path, words) for path, words in check(written)]
    unread = {fault.path for fault in written.faults}
    faults = [fault for fault in faults if not any(fault.path[:n] in unread for n in range(len(fault.path) + 1))]
    return scheme, list(dict.fromkeys([*written.faults, *faults]))


def _typed(written: SchemeText) -> tuple[Scheme | None, list[Fault]]:
    try:
        return Scheme.model_validate(written.tree), []
    except ValidationError as error:
        return None, [_fault(written, detail) for detail in error.errors(include_url=False) if not _echo(detail)]


def _echo(detail: ErrorDetails) -> bool:
    """Whether pydantic calls a list too short only because its faulty entries, told already, do not count."""
    return detail["type"] == "too_short" and bool(detail["input"])


def _alternatives(written: SchemeText) -> Iterator[Fault]:
    """Faults of the schemes that would be if each alternative were chosen."""
    checked = 0
    for path, element in ruled_places(written.tree):
        for index, alternative in enumerate(element.get("alternatives", ())):
            checked += 1
            if checked > MOST:
                yield Fault(written.line(path), path, f"另一种口径超过{MOST}个；请只留需要比较的")
                return
            place: Path = (*path, "alternatives", index)
            sets = {key: value for key, value in alternative.items() if key not in ("label", "why")}
            if not sets or element.get("cite"):
                yield Fault(written.line(place), place, _idle(element))
                continue
            tree = _with(written.tree, path, {**element, "alternatives": [], **sets})
            for fault in _judged(SchemeText(tree, written.lines))[1][:1]:
                yield Fault(written.line(place), place, f"选用这一说法则方案不成立：{fault.message}")


def _idle(element: dict) -> str:
    if element.get("cite"):
        return "已有条款的内容不设另一种口径；alternatives 只和 assumed 写在一起"
    return "没有写这一说法改动什么；除 label 与 why 外，请写出所改的内容"


def _with(tree: Any, path: Path, element: dict) -> Any:
    """The tree with another element at the path; what is not on the way is shared."""
    if not path:
        return element
    if isinstance(tree, dict):
        return {key: _with(value, path[1:], element) if key == path[0] else value for key, value in tree.items()}
    return [_with(value, path[1:], element) if index == path[0] else value for index, value in enumerate(tree)]


def _fault(written: SchemeText, detail: ErrorDetails) -> Fault:
    path = _written_path(written, detail)
    return Fault(written.line(path), path, _words(path, detail))


def _written_path(written: SchemeText, detail: ErrorDetails) -> Path:
    """The part of pydantic's location that stands in the file; a missing field's own name is kept at its end."""
    path: Path = tuple(part for part in detail["loc"] if part != "[key]")
    known = next((n for n in range(len(path), 0, -1) if path[:n] in written.lines), 0)
    return path[: known + 1] if detail["type"] == "missing" else path[:known]


def _words(path: Path, detail: ErrorDetails) -> str:
    kind = detail["type"]
    if kind == OURS:
        return detail["msg"]
    words = _KINDS.get(kind, "这里的写法不合要求；请对照 docs/scheme-format.md")
    return words if isinstance(words, str) else words(path, detail)


def _unknown_field(path: Path, _: ErrorDetails) -> str:
    kind = element_at(path[:-1])
    fields = list(kind.model_fields) if kind else []
    close = difflib.get_close_matches(str(path[-1]), fields, n=1, cutoff=0.5)
    some = f"；这里可写：{'、'.join(fields)}" if len(fields) < 20 else "；可用的名称见 docs/scheme-format.md"
    hint = f"，是否为“{close[0]}”？" if close else some
    return f"不认识“{brief(path[-1])}”{hint}"


def _unknown_value(_: Path, detail: ErrorDetails) -> str:
    known = re.findall(r"'([^']*)'", str(detail["ctx"]["expected"]))
    return f"“{brief(detail['input'])}”不在可用的写法之内；可用：{'、'.join(known)}"


_MAPPING = "这里应是一组“名称: 内容”"

_KINDS: dict[str, str | Callable[[Path, ErrorDetails], str]] = {
    "missing": lambda path, _: f"缺少“{path[-1]}”，请补上",
    "extra_forbidden": _unknown_field,
    "literal_error": _unknown_value,
    "model_type": _MAPPING,
    "dict_type": _MAPPING,
    "tuple_type": "这里应是一个列表，写成 [甲, 乙] 或逐行以“- ”开头",
    "string_type": "这里应是文字，不能是列表或一组内容",
    "string_pattern_mismatch": lambda _, detail: f"“{brief(detail['input'])}”应写成月-日，如 03-30",
    "too_short": "至少要有一项，不能空着",
    "greater_than_equal": lambda _, detail: f"“{detail['input']}”应不小于{detail['ctx']['ge']}",
    "less_than_equal": lambda _, detail: f"“{detail['input']}”应不大于{detail['ctx']['le']}",
}

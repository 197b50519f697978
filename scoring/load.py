"""From a scheme's text to a scheme, or to every mistake in it at once, each with its line and in Chinese."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from scoring.scheme import Scheme
from scoring.scheme_checks import check
from scoring.scheme_text import Fault, Path, SchemeError, SchemeText, read_text

LONGEST = 400_000
"""Characters a scheme file may have; the longest of the five documents needs 20,000."""


def load_scheme(text: str, name: str = "方案") -> Scheme:
    """Read a scheme from YAML text. ``name`` is what messages call the file.

    Raises SchemeError, which holds every fault found: syntax, repeated keys, unknown or missing fields, values of the
    wrong kind, elements with neither ``cite`` nor ``assumed``, and references to things the scheme does not have.
    """
    if len(text) > LONGEST:
        raise SchemeError(name, [Fault(1, (), f"文件过长（{len(text)}字，上限{LONGEST}字），不是方案文件")])
    written = read_text(text)
    if written.tree is None:
        raise SchemeError(name, written.faults)
    scheme, faults = _typed(written)
    faults = [*written.faults, *faults, *(Fault(written.line(path), path, words) for path, words in check(written))]
    if faults or scheme is None:
        raise SchemeError(name, _once(faults))
    return scheme


def _typed(written: SchemeText) -> tuple[Scheme | None, list[Fault]]:
    try:
        return Scheme.model_validate(written.tree), []
    except ValidationError as error:
        return None, [_fault(written, detail) for detail in error.errors()]


def _once(faults: list[Fault]) -> list[Fault]:
    """Without repeats: two checks may meet the same mistake."""
    return list(dict.fromkeys(faults))


def _fault(written: SchemeText, detail: ErrorDetails) -> Fault:
    path = _written_path(written, detail["loc"])
    return Fault(written.line(path), path, _words(written, path, detail))


def _written_path(written: SchemeText, loc: tuple[Any, ...]) -> Path:
    """The part of pydantic's location that exists in the file, with a missing field's own name kept at its end."""
    path: Path = tuple(part for part in loc if isinstance(part, int | str) and part not in ("function-before", "[key]"))
    for length in range(len(path), 0, -1):
        if path[:length] in written.lines:
            return path[: length + 1]
    return path[:1]


def _words(written: SchemeText, path: Path, detail: ErrorDetails) -> str:
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "missing":
        return f"缺少“{path[-1]}”，请补上"
    if kind == "extra_forbidden":
        return _unknown_field(written, path)
    if kind == "literal_error":
        return f"“{detail['input']}”不在可用的写法之内；可用：{str(context['expected']).replace(' or ', '、').replace(chr(39), '')}"
    if kind.startswith("date"):
        return f"“{detail['input']}”不是日期；请写成 2020-11-30"
    if kind in _KINDS:
        return _KINDS[kind]
    if kind in ("too_short", "greater_than_equal", "less_than_equal"):
        return _bounds(kind, context)
    return detail["msg"]


_KINDS = {
    "model_type": "这里应是一组“名称: 内容”",
    "model_attributes_type": "这里应是一组“名称: 内容”",
    "dict_type": "这里应是一组“名称: 内容”",
    "tuple_type": "这里应是一个列表，写成 [甲, 乙]",
    "string_type": "这里应是文字",
}


def _bounds(kind: str, context: dict[str, Any]) -> str:
    if kind == "too_short":
        return "至少要有一项，不能空着"
    return f"应不小于{context['ge']}" if kind == "greater_than_equal" else f"应不大于{context['le']}"


def _unknown_field(written: SchemeText, path: Path) -> str:
    close = difflib.get_close_matches(str(path[-1]), list(_all_fields()), n=1)
    hint = f"，是否为“{close[0]}”？" if close else "；可用的名称见 docs/scheme-format.md"
    return f"不认识“{path[-1]}”{hint}"


def _all_fields() -> Iterator[str]:
    from scoring import elements

    yield from Scheme.model_fields
    for thing in vars(elements).values():
        if isinstance(thing, type) and issubclass(thing, elements.Element):
            yield from thing.model_fields

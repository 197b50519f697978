"""An uploaded scheme file (YAML) read in a process of its own → the scheme, or every fault with its line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from data.sheets.apart import read_apart
from data.sheets.problems import RefusalError
from scoring.load import LONGEST, load_scheme
from scoring.scheme import Scheme
from scoring.scheme_text import Fault, SchemeError


def read_scheme_file(name: str, content: bytes) -> Scheme:
    """The scheme. Raises SchemeError, whose words say what is wrong and how to mend it, whatever the bytes are."""
    if len(content) > LONGEST * 4:
        raise _only(name, f"文件过大（{len(content) >> 10} KB），不是方案文件；请选取以YAML写成的方案")
    try:
        told = read_apart("scheme", content, {"name": name})
        if faults := told.get("faults"):
            raise SchemeError(name, [Fault(line, tuple(path), message) for line, path, message in faults])
        return Scheme.model_validate_json(told["scheme"])
    except RefusalError as refusal:
        said = refusal.problem
        raise _only(name, f"{said.message}；请核对是否为方案文件") from None
    except (ValueError, KeyError, TypeError):  # an answer that is no scheme
        raise _only(name, "读取时程序出错，已停止；请核对是否为方案文件") from None


def _only(name: str, words: str) -> SchemeError:
    return SchemeError(name, [Fault(1, (), words)])


def scheme_task(content: bytes, told: Mapping[str, Any]) -> Any:
    """The worker's part."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return {"faults": [(1, [], "文件不是UTF-8文字。请用文本编辑器另存为UTF-8后再上传。")]}
    try:
        return {"scheme": load_scheme(text, told["name"]).model_dump_json()}
    except SchemeError as error:
        return {"faults": [(fault.line, list(fault.path), fault.message) for fault in error.faults]}

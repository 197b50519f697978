"""A scheme's YAML as text: every scalar stays the text that was written, and every element knows its line.

Plain YAML would read 1.10 as 1.1, ``no`` as False, and let a repeated key win. Here nothing is typed (pydantic does
that later), repeated keys are refused, and a complaint can always name its line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import yaml

Path = tuple[str | int, ...]
Tree = str | list | dict | None

DEEPEST = 24
"""Levels of nesting a scheme may have. Real ones need six; the bound keeps a hostile file from exhausting the stack."""


@dataclass(frozen=True)
class Fault:
    """One mistake in a scheme file: its line (from 1), the path to the element, what is wrong and how to mend it."""

    line: int
    path: Path
    message: str

    def __str__(self) -> str:
        where = " → ".join(f"第{part + 1}项" if isinstance(part, int) else part for part in self.path)
        return f"第{self.line}行　{where}：{self.message}" if where else f"第{self.line}行　{self.message}"


class SchemeError(Exception):
    """A scheme that cannot be used. ``faults`` holds every mistake found, in the order of their lines."""

    def __init__(self, name: str, faults: list[Fault]):
        self.name = name
        self.faults = sorted(faults, key=lambda fault: fault.line)
        super().__init__("\n".join(f"{name} {fault}" for fault in self.faults))


@dataclass
class SchemeText:
    """What was written: the untyped tree, the line of every path in it, and the faults met while reading."""

    tree: Tree
    lines: dict[Path, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def line(self, path: Path) -> int:
        """The line of an element, or of the nearest element around it that was written."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_text(text: str) -> SchemeText:
    """Read YAML without giving anything a type. Faults of syntax end the reading; all others are listed together."""
    result = SchemeText(None)
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except RecursionError:
        result.faults.append(Fault(1, (), "嵌套过深，不是方案文件"))
        return result
    except (yaml.YAMLError, ValueError, OverflowError) as error:  # a bad \U escape escapes PyYAML as a ValueError
        result.faults.append(_syntax_fault(error, text))
        return result
    if not isinstance(root, yaml.MappingNode):
        result.faults.append(Fault(1, (), "方案文件应由“名称: 内容”组成，这里没有读到；请对照 docs/scheme-format.md"))
        return result
    result.tree = _plain(root, (), result, seen=set())
    return result


_SYNTAX = {
    r"'\t'": "缩进或分隔用了制表符；请改用空格",
    "mapping values are not allowed": "冒号的位置不对；内容里有冒号的请整个加引号",
    "could not find expected ':'": "缺少冒号或冒号后的空格；应写成“名称: 内容”",
    "undefined alias": "不支持 YAML 的引用（& 与 *）；请把内容写全",
    "unexpected end of stream": "引号没有收口；请补上另一半引号",
    "expected ',' or ']'": "方括号里的各项应以逗号分隔并以 ] 收口；内容里有标点的请加引号",
    "expected ',' or '}'": "花括号里的各项应以逗号分隔并以 } 收口；内容里有标点的请加引号",
    "expected <block end>": "缩进没有对齐；同一层的各行应左对齐",
    "did not find expected <document start>": "缩进没有对齐，或上文没有收口",
    "expected a single document": "一个文件只放一个方案；请删去“---”及以下部分",
    "cannot start any token": "有不能直接写在开头的符号；请把内容整个加引号",
    "special characters are not allowed": "有不可见的控制字符；请删去",
}


def _syntax_fault(error: Exception, text: str) -> Fault:
    mark, began = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    usual = "请检查引号、括号、冒号后的空格和缩进" if isinstance(error, yaml.YAMLError) else "转义写错了；请直接写汉字"
    words = next((mend for sign, mend in _SYNTAX.items() if sign in str(error)), usual)
    line = mark.line + 1 if mark else text.count("\n", 0, _position(error, text)) + 1
    start = f"（这一部分从第{began.line + 1}行开始）" if began and began.line + 1 < line else ""
    return Fault(line, (), f"不合 YAML 写法，读到这里断了{start}：{words}")


def _position(error: Exception, text: str) -> int:
    """Where in the text an error without a mark lies: what the reader says, else the first impossible escape."""
    if isinstance(position := getattr(error, "position", None), int):
        return position
    beyond = (found.start() for found in _ESCAPE.finditer(text) if int(found[1], 16) > 0x10FFFF)
    return next(beyond, 0)


_ESCAPE = re.compile(r"\\U([0-9a-fA-F]{8})")


def _plain(node: yaml.Node, path: Path, result: SchemeText, seen: set[int]) -> Tree:
    if id(node) in seen:
        place = path[:-1] if path and isinstance(path[-1], int) else path
        result.faults.append(Fault(result.line(place), place, "不支持 YAML 的引用（& 与 *）；请把内容写全"))
        return None
    result.lines.setdefault(path, node.start_mark.line + 1)
    if len(path) > DEEPEST:
        result.faults.append(Fault(node.start_mark.line + 1, path, "嵌套过深；方案最多六七层"))
        return None
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        return _plain_mapping(node, path, result, seen)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(child, (*path, index), result, seen) for index, child in enumerate(node.value)]
    return _plain_scalar(node, path, result)


def _plain_scalar(node: yaml.Node, path: Path, result: SchemeText) -> str | None:
    value: str = node.value
    if any("\ud800" <= character <= "\udfff" for character in value):
        result.faults.append(Fault(node.start_mark.line + 1, path, "有半个字符（转义写错）；请直接写汉字"))
        return None
    return value


def _plain_mapping(node: yaml.MappingNode, path: Path, result: SchemeText, seen: set[int]) -> dict:
    found: dict = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        key = _plain_scalar(key_node, path, result) if isinstance(key_node, yaml.ScalarNode) else None
        if key is None or key == "<<":
            result.faults.append(Fault(line, path, "名称应是一个词，不能是列表、一组内容或 <<"))
        elif key in found:
            first = result.lines[(*path, key)]
            result.faults.append(Fault(line, (*path, key), f"“{key}”写了两次（前一次在第{first}行），请只留一处"))
        else:
            result.lines[(*path, key)] = line
            found[key] = _plain(value_node, (*path, key), result, seen)
    return found

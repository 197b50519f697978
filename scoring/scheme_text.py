"""A scheme's YAML as text: every scalar stays the text that was written, and every element knows its line.

Plain YAML would read 1.10 as 1.1, ``no`` as False, and let a repeated key win. Here nothing is typed (pydantic does
that later), repeated keys are refused, and a complaint can always name its line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

Path = tuple[str | int, ...]
Tree = str | list | dict | None

DEEPEST = 24
"""Levels of nesting a scheme may have. Real ones need six; the bound keeps a hostile file from exhausting the stack."""


@dataclass(frozen=True)
class Fault:
    """One mistake in a scheme file: its line (from 1), the path to the element, and what is wrong and how to mend it."""

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

    def walk(self) -> Iterator[tuple[Path, Tree]]:
        """Every element of the tree with its path, parents first."""
        pending: list[tuple[Path, Tree]] = [((), self.tree)]
        while pending:
            path, node = pending.pop()
            yield path, node
            children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
            pending.extend(((*path, key), child) for key, child in reversed(list(children)))


def read_text(text: str) -> SchemeText:
    """Read YAML without giving anything a type. Faults of syntax end the reading; repeated keys are all listed."""
    result = SchemeText(None)
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        result.faults.append(_syntax_fault(error))
        return result
    except RecursionError:
        result.faults.append(Fault(1, (), "嵌套过深，不是方案文件"))
        return result
    if not isinstance(root, yaml.MappingNode):
        result.faults.append(Fault(1, (), "方案文件应由“名称: 内容”组成，这里没有读到；请对照 docs/scheme-format.md"))
        return result
    result.tree = _plain(root, (), result, seen=set())
    return result


def _syntax_fault(error: yaml.YAMLError) -> Fault:
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark else 1
    return Fault(line, (), "不合 YAML 写法，读到这里断了；请检查引号、括号、冒号后的空格和缩进（不能用制表符）")


def _plain(node: yaml.Node, path: Path, result: SchemeText, seen: set[int]) -> Tree:
    result.lines.setdefault(path, node.start_mark.line + 1)
    if id(node) in seen or len(path) > DEEPEST:
        result.faults.append(Fault(node.start_mark.line + 1, path, "不支持 YAML 的引用（& 与 *）和过深的嵌套；请把内容写全"))
        return None
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        return _plain_mapping(node, path, result, seen)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(child, (*path, index), result, seen) for index, child in enumerate(node.value)]
    return node.value


def _plain_mapping(node: yaml.MappingNode, path: Path, result: SchemeText, seen: set[int]) -> dict:
    found: dict = {}
    for key_node, value_node in node.value:
        key, line = str(key_node.value), key_node.start_mark.line + 1
        if key in found:
            first = result.lines[(*path, key)]
            result.faults.append(Fault(line, (*path, key), f"“{key}”写了两次（前一次在第{first}行），请只留一处"))
            continue
        result.lines[(*path, key)] = line
        found[key] = _plain(value_node, (*path, key), result, seen)
    return found

"""The written tree of a scheme as YAML again, in the shape of the hand-written files: one line a row.

It works on any tree, a faulty one too: a draft is kept and told about, never refused. Comments are not kept.
"""

from __future__ import annotations

from typing import Any

import yaml

from scoring.scheme_text import Tree

_MAP, _SEQ, _STR = "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:str"


_BREAKS = frozenset("\r\n\x85\u2028\u2029")
"""Ends of lines, which only an escape between double quotes brings back as they were."""


class _Lettered(yaml.SafeDumper):
    """Every text comes back letter by letter, odd ends of lines among them."""

    def ignore_aliases(self, data: Any) -> bool:
        """Always: what stands twice is written twice, for a scheme file may have no references."""
        return True


def lettered(tree: Any) -> str:
    """YAML of maps, lists and texts, in the usual shape; ``read_text`` reads the same texts."""
    return str(yaml.dump(tree, Dumper=_Lettered, allow_unicode=True, sort_keys=False, width=1000))


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    return dumper.represent_scalar(_STR, value, style=_style(value))


def _style(value: str) -> str | None:
    return '"' if _BREAKS.intersection(value) else None


_Lettered.add_representer(str, _text)


class _Plain(yaml.SafeDumper):
    """Nothing has a type, so nothing needs quotes to keep its own: 40 and no stay as they were written."""


_Plain.yaml_implicit_resolvers = {}


def write_tree(tree: Tree) -> str:
    """YAML text that ``read_text`` reads back as the same tree."""
    return yaml.serialize(_node(tree, 0), Dumper=_Plain, allow_unicode=True, width=1_000_000)


def _node(value: Tree, depth: int) -> yaml.Node:
    if isinstance(value, dict):
        pairs = [(yaml.ScalarNode(_STR, key), _node(inner, depth + 1)) for key, inner in value.items()]
        return yaml.MappingNode(_MAP, pairs, flow_style=depth > 0 and _flat(value))
    if isinstance(value, list):
        return yaml.SequenceNode(_SEQ, [_node(inner, depth + 1) for inner in value], flow_style=_flat(value))
    return yaml.ScalarNode(_STR, value or "", style=_style(value or ""))


def _flat(value: Tree) -> bool:
    """Whether it is short enough in meaning to stand on one line: no list of rows anywhere beneath."""
    if isinstance(value, list):
        return not any(isinstance(inner, dict) for inner in value)
    return all(_flat(inner) for inner in value.values()) if isinstance(value, dict) else True

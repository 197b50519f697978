"""What the store says when it cannot do what was asked: plain Chinese words, never a driver's message alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from data.store.postgres.failures import Kind, failure_of


class StoreProblem(Exception):  # noqa: N818 - what a user meets is a problem with a remedy
    """The store refused or failed. ``str(problem)`` is Chinese for the screen: what is wrong and how to mend it."""


@dataclass(frozen=True)
class Clash:
    """One thing that two persons changed: ``mine`` is what was about to be saved, ``theirs`` what stands now.

    ``by`` and ``at`` (UTC) say who made it so and when, where that is known.
    """

    what: str
    mine: str
    theirs: str
    by: str = ""
    at: datetime | None = None


class Moved(StoreProblem):
    """Something changed between the look and the save: look again, then decide. ``clashes`` holds both values of each."""

    def __init__(self, words: str, *clashes: Clash) -> None:
        super().__init__(words)
        self.clashes = clashes


class NotAllowed(StoreProblem):
    """The person has no role for this (权限): nothing was read, nothing written."""


class Unserialized(StoreProblem):
    """Two transactions could not both be as if alone; the same change, begun anew, will do. See ``change.retried``."""


class Unreachable(Unserialized):
    """The database cannot be reached, or was lost before the change was to be kept: nothing of it was done."""


class Unconfirmed(StoreProblem):
    """The database was lost while it kept the change, and did not come back to say whether it had: nobody knows yet."""


# What SQLite says, in the order tried, and what we say. PostgreSQL's failures have codes: see ``postgres.failures``.
_WORDS: tuple[tuple[tuple[str, ...], str], ...] = (
    (
        ("readonly", "read-only"),
        "数据库为只读，无法保存，本次操作未生效。请联系管理员检查数据文件夹的写入权限后重试。",
    ),
    (
        ("disk is full", "no space left", "disk full"),
        "磁盘空间已满，无法保存，本次操作未生效。请清理磁盘或更换数据文件夹后重试。",
    ),
    (
        ("locked", "busy", "deadlock"),
        "数据库正被其他操作占用，本次操作未生效。请稍候再试；如持续出现，请检查是否有其他程序打开了数据库文件。",
    ),
    (
        ("malformed", "not a database", "encrypted", "corrupt"),
        "数据库文件已损坏或不是本系统的数据库。请停止使用，保留该文件备查，并用最近的备份恢复。",
    ),
    (
        ("unable to open", "could not connect", "connection refused"),
        "无法打开数据库。请检查数据文件夹（HENGXIAO_DATA）或数据库地址（DATABASE_URL）是否存在、可读写。",
    ),
    (
        ("disk i/o",),
        "读写磁盘出错，本次操作未生效。请检查磁盘是否正常、数据文件夹是否仍可访问，然后重试。",
    ),
    (
        ("no such table", "no such column", "does not exist"),
        "数据库缺少应有的数据表，可能被其他程序改动过。请用最近的备份恢复。",
    ),
)
_PROBLEMS: dict[Kind, type[StoreProblem]] = {"again": Unserialized, "lost": Unreachable, "told": StoreProblem}
_OTHER = "数据库未能完成本次操作，未作任何改动。请重试；如仍不成功，请将运行日志交管理员查看。"
_BUSY = "同时使用的人较多，数据库暂时无法响应。请稍候再试。"
_CHARACTER = "内容中含有无法保存的字符（多为乱码），本次操作未生效。请改正文件名或文字后重试。"
_NUMBER = "编号超出范围，没有这样的记录。请返回列表重新选择。"
_UNREADABLE = "数据库中有无法识别的内容，可能已损坏或被其他程序改动。请核对操作日志，必要时用备份恢复。"


@contextmanager
def plainly() -> Iterator[None]:
    """Turn any failure of the database inside the block into a StoreProblem; the cause stays chained for the log."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise problem_of(error) from error
    except UnicodeEncodeError as error:
        raise StoreProblem(_CHARACTER) from error
    except OverflowError as error:
        raise StoreProblem(_NUMBER) from error
    except ValueError as error:  # a stored time or text that no longer parses
        raise StoreProblem(_UNREADABLE) from error


def problem_of(error: Exception) -> StoreProblem:
    """The problem to raise for a driver's error: one that may be begun anew where that is safe and of use."""
    failure = failure_of(error)
    if failure is None:
        return StoreProblem(words_for(error))
    return _PROBLEMS[failure.kind](failure.words or words_for(error))


def words_for(error: Exception) -> str:
    """The Chinese sentence for a driver's error, e.g. "database is locked" → 数据库正被其他操作占用…"""
    if isinstance(error, PoolTimeout):
        return _BUSY
    # A wrapped error also quotes the statement and its values: only the driver's own sentence may decide.
    said = str(getattr(error, "orig", None) or error).lower()
    return next((words for signs, words in _WORDS if any(sign in said for sign in signs)), _OTHER)


def required(text: str, what: str) -> str:
    """``text`` without surrounding blanks; a StoreProblem naming ``what`` when nothing is left."""
    stripped = text.strip()
    if not stripped:
        raise StoreProblem(f"{what}不能为空，请填写后重试。")
    return stripped

"""What a failure of PostgreSQL means: by its SQLSTATE, which every engine of the family shares and no language changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlalchemy.exc import DBAPIError

Kind = Literal["again", "lost", "told"]

_AGAIN = ("40001", "40P01", "55P03", "53300")  # serialization failure, deadlock, queue of writers too long, no connection left
_LOST = ("08", "57P0", "40003")  # connection, shut down or starting, outcome unknown

_WORDS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("25006",), "数据库为只读，无法保存，本次操作未生效。请联系管理员检查数据库是否处于只读或备机状态。"),
    (("53100",), "数据库服务器磁盘空间已满，无法保存，本次操作未生效。请联系管理员清理磁盘后重试。"),
    (("53300",), "数据库的连接已用满，暂时无法响应，本次操作未生效。请稍候再试；如持续出现，请联系管理员提高连接上限。"),
    (("53",), "数据库服务器资源不足，本次操作未生效。请稍候再试，并联系管理员检查数据库服务器。"),
    (("57014", "55P03"), "数据库正忙，等候时间过长，本次操作未生效。请稍候再试。"),
    (("28",), "数据库不接受所配置的用户名或密码。请联系管理员核对数据库地址（DATABASE_URL）后重新启动。"),
    (("3D000",), "数据库地址（DATABASE_URL）所指的数据库不存在。请联系管理员先建立数据库，再重新启动。"),
    (("42501",), "数据库账号没有所需的权限，本次操作未生效。请联系管理员检查数据库账号的权限。"),
    (("42P01", "42703", "3F000"), "数据库缺少应有的数据表，可能被其他程序改动过。请用最近的备份恢复。"),
    (("22021", "22P05", "22P02"), "内容中含有无法保存的字符（多为乱码），本次操作未生效。请改正文件名或文字后重试。"),
    (("22003",), "编号超出范围，没有这样的记录。请返回列表重新选择。"),
    (("XX001", "XX002"), "数据库中的数据已损坏。请停止使用，保留现场备查，并用最近的备份恢复。"),
)
# A connection that was never made has no SQLSTATE: only the server's English sentence tells, where it is English.
_REFUSED = (
    ("too many clients", "53300"),
    ("too many connections", "53300"),
    ("connection slots", "53300"),
    ("authentication failed", "28P01"),
    ("no password supplied", "28P01"),
    ('role "', "28000"),
    ('database "', "3D000"),
)
UNREACHABLE = (
    "无法连接数据库，本次操作未生效，已保存的内容不受影响。请稍候再试；如持续出现，"
    "请联系管理员检查数据库服务是否在运行、数据库地址（DATABASE_URL）是否正确。"
)


@dataclass(frozen=True)
class Failure:
    """``again``: undone by the server, and the same once more will do. ``lost``: the connection is gone. ``told``: neither."""

    kind: Kind
    words: str


def failure_of(error: Exception) -> Failure | None:
    """What a driver's error means; None for one that is not PostgreSQL's."""
    cause = getattr(error, "orig", error)
    if not type(cause).__module__.startswith(("psycopg", "data.store.postgres")):
        return None
    state = getattr(cause, "sqlstate", None) or _refused(str(cause))
    gone = isinstance(error, DBAPIError) and error.connection_invalidated
    words = next((words for states, words in _WORDS if state.startswith(states)), "")
    if gone or state.startswith(_LOST) or (not state and _is_operational(cause)):
        return Failure("lost", UNREACHABLE)
    return Failure("again" if state in _AGAIN else "told", words)


def _is_operational(cause: Exception) -> bool:
    return any(kind.__name__ == "OperationalError" for kind in type(cause).__mro__)


def _refused(said: str) -> str:
    """The SQLSTATE of a refusal at the door; "" where the sentence says nothing known."""
    at_the_door = "connection failed" in said or "connection to server" in said
    return next((state for sign, state in _REFUSED if at_the_door and sign in said), "")

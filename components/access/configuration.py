"""What an office has said about signing in: ``[auth]`` and ``[hengxiao]`` of secrets.toml, and the environment above them.

docs/sign-in.md lists every setting. A file that cannot be read counts as sign-in configured and broken, never as none.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from streamlit import config
from streamlit.errors import StreamlitSecretNotFoundError
from streamlit.runtime.secrets import secrets_singleton

IDLE_MINUTES, LIMIT_HOURS = 30.0, 12.0
_NEEDED = ("redirect_uri", "cookie_secret")
_OF_A_PROVIDER = ("client_id", "client_secret", "server_metadata_url")


@dataclass(frozen=True)
class Configuration:
    """How people sign in here. ``fault`` says in Chinese why nobody can, where the settings are wrong.

    ``idle`` and ``limit``: how long a sign-in lasts without anything done, and at most; ``idle`` None is for ever.
    ``hosts``, ``proxies``, ``monitors``: host names served, proxies believed, and who may read the metrics (addresses).
    """

    configured: bool
    fault: str = ""
    account_claim: str = ""
    admins: frozenset[str] = frozenset()
    idle: timedelta | None = timedelta(minutes=IDLE_MINUTES)
    limit: timedelta = timedelta(hours=LIMIT_HOURS)
    redirect: str = ""
    provider: str | None = None
    hosts: tuple[str, ...] = ()
    proxies: tuple[str, ...] = ()
    monitors: tuple[str, ...] = ()

    @property
    def secure(self) -> bool:
        """Whether people reach the dashboard by https."""
        return urlsplit(self.redirect).scheme == "https"


def read() -> Configuration:
    """The settings as they are now."""
    try:
        # Where there is no file Streamlit would look for one, and fail, at every question of every page.
        secrets = secrets_singleton.to_dict() if _meant_to_be_there() else {}
    except (StreamlitSecretNotFoundError, ValueError, OSError):
        return Configuration(True, fault="登录配置文件 secrets.toml 无法读取（文件不在、写法有误或没有读取权限）。")
    own, auth = _table(secrets, "hengxiao"), secrets.get("auth")
    if auth is None and "auth" not in secrets:
        return Configuration(False, **_shared(own))
    return _configured(own, auth)


def _meant_to_be_there() -> bool:
    """Whether there is a file that only cannot be read, or was one, or one was asked for: Streamlit tells none of it.

    A file that is gone, be it for the moment in which an editor saves it anew, never makes everybody the machine's own user.
    """
    if config.get_where_defined("secrets.files") != "<default>":
        return True
    files = _usual_files(os.getcwd(), os.environ.get("HOME"))
    _found.update(filter(os.path.lexists, files))
    return not _found.isdisjoint(files)


_found: set[str] = set()
"""Files that were there since the program started."""


@cache
def _usual_files(_folder: str, _home: str | None) -> tuple[str, ...]:
    """Where Streamlit looks unasked; it would work that out anew at every question."""
    return tuple(config.get_option("secrets.files"))


def open_to_all() -> list[Path]:
    """Each secrets.toml that every account of this machine can read, its folders let them through; none but on POSIX."""
    return [path for path in map(Path, config.get_option("secrets.files")) if os.name == "posix" and _read_by_all(path)]


def _read_by_all(path: Path) -> bool:
    try:
        found = path.resolve(strict=True)
        through = all(folder.stat().st_mode & stat.S_IXOTH for folder in found.parents)
        return through and bool(found.stat().st_mode & stat.S_IROTH)
    except OSError:  # not there, or closed to ourselves
        return False


def _configured(own: dict[str, Any], auth: Any) -> Configuration:
    try:
        idle, limit = _positive(own, "idle_minutes", IDLE_MINUTES), _positive(own, "limit_hours", LIMIT_HOURS)
    except ValueError as error:
        return Configuration(True, fault=str(error))
    told = auth if isinstance(auth, dict) else {}
    return Configuration(
        True, _fault(told, limit), _text(own, "account_claim"), frozenset(_list(own, "admins")),
        timedelta(minutes=idle) if idle else None, timedelta(hours=limit), str(told.get("redirect_uri", "")),
        next(iter(_providers(told)), None) if "client_id" not in told else None, **_shared(own),
    )  # fmt: skip


def _fault(auth: dict[str, Any], limit: float) -> str:
    missing = [name for name in _NEEDED if not auth.get(name)]
    provider = auth if "client_id" in auth else next(iter(_providers(auth).values()), {})
    missing += [name for name in _OF_A_PROVIDER if not provider.get(name)]
    if missing:
        return f"登录配置 secrets.toml 的 [auth] 缺少：{'、'.join(missing)}。"
    if len(str(auth["cookie_secret"])) < 32:
        return "登录配置 secrets.toml 的 cookie_secret 过短，至少32个字符，请用随机数生成。"
    if not limit:
        return "登录时限 limit_hours（HENGXIAO_LIMIT_HOURS）须大于0。"
    return ""


def _providers(auth: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {name: told for name, told in auth.items() if isinstance(told, dict) and "client_id" in told}


def _shared(own: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(_list(own, name)) for name in ("hosts", "proxies", "monitors")}


def _table(secrets: dict[str, Any], name: str) -> dict[str, Any]:
    found = secrets.get(name, {})
    return found if isinstance(found, dict) else {}


def _text(own: dict[str, Any], name: str) -> str:
    return (os.environ.get(f"HENGXIAO_{name.upper()}") or str(own.get(name, ""))).strip()


def _list(own: dict[str, Any], name: str) -> list[str]:
    """A list in the file; in the environment the same, separated by commas."""
    told = os.environ.get(f"HENGXIAO_{name.upper()}")
    found = own.get(name, []) if told is None else told
    each = found.replace("，", ",").split(",") if isinstance(found, str) else map(str, found)
    return [one.strip() for one in each if one.strip()]


def _positive(own: dict[str, Any], name: str, default: float) -> float:
    told = _text(own, name) or str(default)
    try:
        number = float(told)
    except ValueError:
        number = -1
    if not 0 <= number < 100_000:
        raise ValueError(f"登录设置 {name}（HENGXIAO_{name.upper()}）须为数字，现为“{told[:20]}”。")
    return number

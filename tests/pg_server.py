"""A real PostgreSQL, made for the tests and gone after them: nothing of the machine's own is touched.

    with serving_postgres() as server:
        Store.open(server.database())

The program's account owns its databases and is no superuser, as it should be in an office.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from pathlib import Path

import psycopg
import pytest

PATIENCE = 120  # seconds: a slow machine is no failure
FAST = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_wal_size=256MB")
OWNER, SUPERUSER, TEMPLATE = "hengxiao", "postgres", "hengxiao_template"


@dataclass(eq=False)
class PostgresServer:
    """A server on 127.0.0.1 that can be stopped, frozen and started again under its port."""

    programs: Path
    folder: Path
    port: int
    settings: tuple[str, ...]
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    free: list[str] = field(default_factory=list)

    def start(self) -> None:
        settings = (f"port={self.port}", "listen_addresses=127.0.0.1", f"unix_socket_directories={self.folder}")
        options = " ".join(f"-c {setting}" for setting in (*settings, *self.settings))
        self._control("start", "-o", options, "-l", str(self.folder / "log.txt"))

    def stop(self, mode: str = "immediate") -> None:
        """``immediate``: as if the power went; what was committed must be there after the next start."""
        self._control("stop", "-m", mode)

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Inside, no process of the server does anything; the kernel still takes connections and bytes for it."""
        stopped = self._processes()
        for process in stopped:
            os.kill(process, signal.SIGSTOP)
        try:
            yield
        finally:
            for process in stopped:
                os.kill(process, signal.SIGCONT)

    def url(self, database: str, user: str = OWNER) -> str:
        return f"postgresql://{user}@127.0.0.1:{self.port}/{database}"

    def database(self, template: str = "template0") -> str:
        """The address of a new database that belongs to the program's account."""
        name = f"d{next(self.numbers)}"
        self.order(f"CREATE DATABASE {name} OWNER {OWNER} TEMPLATE {template}")
        return self.url(name)

    def ready(self) -> str:
        """As ``database``, with the program's tables in it: copied, for that is faster than to make them each time."""
        if not self.asked("SELECT 1 FROM pg_database WHERE datname = %s", TEMPLATE):
            from data.store import Store

            self.order(f"CREATE DATABASE {TEMPLATE} OWNER {OWNER} TEMPLATE template0")
            Store.open(self.url(TEMPLATE)).close()
        return self.database(TEMPLATE)

    @contextmanager
    def lent(self) -> Iterator[str]:
        """As ``ready``, to be given back: emptied and lent again, which takes a tenth of the time of a new one."""
        url = self.free.pop() if self.free else self.ready()
        yield url
        self._empty(url)
        self.free.append(url)

    def _empty(self, url: str) -> None:
        from data.store.tables import metadata

        name = url.rpartition("/")[2]
        self.asked("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", name)
        with psycopg.connect(self.url(name, SUPERUSER), autocommit=True) as connection:
            connection.execute("SET session_replication_role = replica")  # no checks between tables
            emptied = [f"DELETE FROM {table.name}" for table in reversed(metadata.sorted_tables) if table.name != "log_head"]
            emptied += [f"UPDATE alembic_version SET version_num = '{self._newest()}'"]
            emptied += [f"UPDATE log_head SET seq = 0, hash = '{'0' * 64}'", f"REVOKE UPDATE, DELETE ON log FROM {OWNER}"]
            connection.execute("; ".join(emptied).encode())

    @cache  # noqa: B019 - as many servers as a session starts
    def _newest(self) -> str:
        with psycopg.connect(self.url(TEMPLATE, SUPERUSER)) as connection:
            (version,) = connection.execute("SELECT version_num FROM alembic_version").fetchone() or ("",)
        return version

    def order(self, sql: str) -> None:
        """One statement as the superuser, outside any transaction."""
        with psycopg.connect(self.url("postgres", SUPERUSER), autocommit=True) as connection:
            connection.execute(sql.encode())

    def asked(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        """What the superuser is answered."""
        with psycopg.connect(self.url("postgres", SUPERUSER), autocommit=True) as connection:
            return connection.execute(sql.encode(), values).fetchall()

    def _processes(self) -> list[int]:
        """The postmaster first, so that it starts no other while its children are stopped."""
        first = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(first)], capture_output=True, text=True, check=False)
        return [first, *map(int, listed.stdout.split())]

    def _control(self, *words: str) -> None:
        command = [str(self.programs / "pg_ctl"), "-D", str(self.folder / "data"), "-w", "-t", str(PATIENCE), "-s", *words]
        subprocess.run(_as_postgres(command), check=True, timeout=2 * PATIENCE, cwd=self.folder)


def programs() -> Path | None:
    """The folder with ``initdb``: Debian's newest, or where PATH leads; None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    named = shutil.which("initdb")
    return found[-1].parent if found else Path(named).resolve().parent if named else None


@contextmanager
def serving_postgres(*settings: str) -> Iterator[PostgresServer]:
    """A running server with further ``settings`` (``fsync=off``). Without PostgreSQL the test skips, and fails where CI=true."""
    where = programs()
    if where is None:
        (pytest.fail if os.environ.get("CI", "").lower() == "true" else pytest.skip)("PostgreSQL is not installed")
    folder = Path(tempfile.mkdtemp(prefix="hengxiao-pg-"))
    server = PostgresServer(where, folder, _free_port(), settings)
    try:
        _make(server)
        server.start()
        server.order(f"CREATE ROLE {OWNER} LOGIN")
        yield server
    finally:
        if (folder / "data" / "postmaster.pid").exists():
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def waited_for(url: str) -> float:
    """Wait until the server answers; the seconds it took."""
    begun = time.monotonic()
    while True:
        try:
            psycopg.connect(url, connect_timeout=2).close()
            return time.monotonic() - begun
        except psycopg.OperationalError:
            assert time.monotonic() - begun < PATIENCE, "PostgreSQL did not come back"
            time.sleep(0.05)


def _make(server: PostgresServer) -> None:
    if os.geteuid() == 0:
        account = pwd.getpwnam("postgres")
        os.chown(server.folder, account.pw_uid, account.pw_gid)
    command = [str(server.programs / "initdb"), "-D", str(server.folder / "data"), "-U", SUPERUSER, "-E", "UTF8"]
    command += ["--locale=C.UTF-8", "-A", "trust", "-N"]
    subprocess.run(_as_postgres(command), check=True, capture_output=True, timeout=PATIENCE, cwd=server.folder)


def _as_postgres(command: list[str]) -> list[str]:
    """PostgreSQL refuses to run as root."""
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else command


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]

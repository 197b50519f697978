"""Two replicas behind the nginx.conf that is shipped, on one database, each of which can be killed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from deploy.template import TEMPLATE, filled
from tests.browser.driver import ROOT, _environment, _free_port
from tests.serving.cookie_hands import SECRET

_MAIN = """
daemon off; {user} pid {folder}/nginx.pid; error_log {folder}/error.log warn; worker_processes 1;
events {{ worker_connections 2048; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  include {folder}/hengxiao.conf;
}}
"""
_SECRETS = """
[auth]
redirect_uri = "{url}/oauth2callback"
cookie_secret = "{secret}"
client_id = "hengxiao"
client_secret = "not-a-secret"
server_metadata_url = "{url}/nowhere"

[hengxiao]
admins = ["guan"]
proxies = ["127.0.0.1"]
"""


def nginx() -> str:
    """Where nginx is. Without it the test skips, and fails where CI=true."""
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if found is None:
        (pytest.fail if os.environ.get("CI", "").lower() == "true" else pytest.skip)("nginx is not installed (apt install nginx)")
    return found


@dataclass
class Replica:
    """One server process of ours."""

    port: int
    log: Path
    command: list[str]
    env: dict[str, str]
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """As nginx names it."""
        return f"127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it and wait until it is well."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(self.command, cwd=ROOT, env=self.env, stdout=log, stderr=subprocess.STDOUT)
        wait_for(f"http://{self.address}/_stcore/health", self.process, self.log)

    def kill(self) -> None:
        """As if the machine had lost its power."""
        assert self.process
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


@dataclass
class Behind:
    """The address of nginx, and the two behind it."""

    url: str
    first: Replica
    second: Replica
    folder: Path


def wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Until this address answers well. Raises RuntimeError with the log."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with opener.open(url, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"{url} did not come up:\n{log.read_text(errors='replace')[-4000:]}")


@contextmanager
def two_replicas(database: str) -> Iterator[Behind]:
    """Run both and nginx until the block ends; people sign in with ``SECRET`` (guan manages)."""
    program = nginx()
    folder = Path(tempfile.mkdtemp(prefix="hengxiao-replicas-"))
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    (folder / "secrets.toml").write_text(_SECRETS.format(url=url, secret=SECRET), encoding="utf-8")
    both = [_replica(folder, name, database) for name in ("first", "second")]
    running: list[subprocess.Popen[bytes]] = []
    try:
        for each in both:
            each.start()
        text = filled(TEMPLATE.read_text(encoding="utf-8"), LISTEN=f"127.0.0.1:{port}", REPLICA_1=both[0].address,
                      REPLICA_2=both[1].address, TLS=str(folder / "tls.conf"))  # fmt: skip
        (folder / "hengxiao.conf").write_text(text, encoding="utf-8")
        main = _MAIN.format(folder=folder, user="user root;" if os.geteuid() == 0 else "")
        (folder / "nginx.conf").write_text(main, encoding="utf-8")
        log = folder / "nginx.log"
        with log.open("wb") as out:
            command = [program, "-c", str(folder / "nginx.conf"), "-p", str(folder)]
            running.append(subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT))
        wait_for(f"{url}/_stcore/health", running[0], log)
        yield Behind(url, both[0], both[1], folder)
    finally:
        for process in [*running, *(each.process for each in both if each.process)]:
            process.terminate()
        for process in [*running, *(each.process for each in both if each.process)]:
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _replica(folder: Path, name: str, database: str) -> Replica:
    port = _free_port()
    data = folder / name
    data.mkdir()
    command = [
        sys.executable, "-m", "streamlit", "run", str(ROOT / "server.py"), "--server.port", str(port),
        "--server.headless", "true", "--secrets.files", str(folder / "secrets.toml"),
    ]  # fmt: skip
    return Replica(port, folder / f"{name}.log", command, _environment(data, {"DATABASE_URL": database}))

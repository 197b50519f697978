"""The offline bundle installs where there is no network, starts, and says when it was damaged on the way."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from tools import bundle

pytestmark = pytest.mark.soak
NO_NETWORK = {"PIP_CONFIG_FILE": os.devnull, "http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"}


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bundle")
    made = bundle.main(folder)
    with tarfile.open(made) as packed:
        packed.extractall(folder, filter="data")
    (inner,) = (each for each in folder.iterdir() if each.is_dir())
    return inner


def install(folder: Path) -> subprocess.CompletedProcess[str]:
    kept = {key: value for key, value in os.environ.items() if not key.upper().startswith(("PIP_", "HTTP", "HTTPS"))}
    command = ["sh", str(folder / "deploy" / "install.sh"), sys.executable]
    return subprocess.run(command, env=kept | NO_NETWORK, capture_output=True, text=True, timeout=900)


def test_a_bundle_damaged_on_the_way_is_not_installed(unpacked: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(unpacked, tmp_path / "copy")
    with (copy / "server.py").open("a", encoding="utf-8") as damaged:
        damaged.write("# \n")
    said = install(copy)
    assert said.returncode == 1
    assert "文件不完整" in said.stderr
    assert not (copy / ".venv").exists()


def test_the_bundle_installs_without_a_network_and_scores_a_form(unpacked: Path) -> None:
    said = install(unpacked)
    assert said.returncode == 0, said.stderr
    python = unpacked / ".venv" / "bin" / "python"
    listed = subprocess.run([python, "cli.py", "schemes"], cwd=unpacked, capture_output=True, text=True, timeout=120)
    assert "jiangmen-2020-county" in listed.stdout
    held = subprocess.run([python, "-m", "pip", "check"], cwd=unpacked, capture_output=True, text=True, timeout=120)
    assert held.returncode == 0, held.stdout

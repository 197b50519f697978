"""Makes the offline bundle: the source, every package it needs for this Python, checksums and the installer, in one tar.gz.

    python -m tools.bundle                 dist/hengxiao-0.6.0-py3.11-x86_64.tar.gz

Only what is committed is taken. On the machine without a network: unpack, then ``sh deploy/install.sh`` (docs/deploy.md).
"""

from __future__ import annotations

import gzip
import hashlib
import io
import platform
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

import data

ROOT = Path(__file__).resolve().parents[1]
_LEFT_OUT = ("docs/pictures/", "tests/")
"""Not needed to run it; tests need a further wheelhouse."""


def main(folder: Path = ROOT / "dist") -> Path:
    """Make the bundle in ``folder`` and return its path."""
    version = ".".join(map(str, sys.version_info[:2]))
    name = f"hengxiao-{data.VERSION}-py{version}-{platform.machine()}"
    folder.mkdir(parents=True, exist_ok=True)
    made = folder / f"{name}.tar.gz"
    with tempfile.TemporaryDirectory(prefix="hengxiao-bundle-") as work:
        wheels = Path(work, "wheelhouse")
        _download(wheels)
        contents = _source() | {f"wheelhouse/{each.name}": each.read_bytes() for each in sorted(wheels.iterdir())}
        contents["wheelhouse/PYTHON"] = f"{version} {platform.machine()}\n".encode()
        contents["SHA256SUMS"] = _sums(contents)
        _write(made, name, contents)
    return made


def _download(folder: Path) -> None:
    """Wheels only: what would have to be built on the other machine is refused here."""
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "download", "--only-binary", ":all:"]
    subprocess.run([*command, "-r", str(ROOT / "requirements.txt"), "-d", str(folder)], check=True, cwd=ROOT)


def _source() -> dict[str, bytes]:
    listed = subprocess.run(["git", "ls-files", "-z"], check=True, capture_output=True, cwd=ROOT).stdout.decode()
    names = [name for name in listed.split("\0") if name and not name.startswith(_LEFT_OUT)]
    return {name: (ROOT / name).read_bytes() for name in names if (ROOT / name).is_file()}


def _sums(contents: dict[str, bytes]) -> bytes:
    """As sha256sum writes and checks them."""
    return "".join(f"{hashlib.sha256(held).hexdigest()}  {name}\n" for name, held in sorted(contents.items())).encode()


def _write(made: Path, name: str, contents: dict[str, bytes]) -> None:
    """The same contents give the same file, so that two offices can compare theirs."""
    with made.open("wb") as raw, gzip.GzipFile("", "wb", 6, raw, mtime=0) as packed, tarfile.open(fileobj=packed, mode="w") as tar:
        for each, held in sorted(contents.items()):
            info = tarfile.TarInfo(f"{name}/{each}")
            info.size, info.mode = len(held), 0o755 if each.endswith(".sh") else 0o644
            tar.addfile(info, io.BytesIO(held))


if __name__ == "__main__":
    made = main()
    print(f"{made.relative_to(ROOT)}  {made.stat().st_size / 1e6:.0f} MB  sha256 {hashlib.sha256(made.read_bytes()).hexdigest()}")

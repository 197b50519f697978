"""Office files as PDF, through LibreOffice where this machine has it: an offer, never a condition.

Each call has a profile folder of its own, so that an office that someone has open is left alone, and a limit of time,
after which it and all that it started are ended.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path

from data.documents.for_office import flush_left
from data.documents.office_fonts import fonts_conf
from data.documents.steady_pdf import steady

START, EACH = 60, 20
"""Seconds that LibreOffice gets to start, and for each file."""
QUEUE = 120
"""Seconds to wait for others' files: one conversion at a time takes all of a small machine."""
KINDS = ("docx", "xlsx", "pptx")
_TURN = threading.BoundedSemaphore(1)
_PLACES = ("/Applications/LibreOffice.app/Contents/MacOS/soffice", r"C:\Program Files\LibreOffice\program\soffice.exe")


class PdfError(Exception):
    """The PDF could not be made; ``str`` says why and what to do instead, in Chinese."""


class NoOfficeError(PdfError):
    """This machine has no LibreOffice."""


def available() -> bool:
    """Whether this machine can make a PDF."""
    return _office() is not None


def pdf(content: bytes, suffix: str = "docx") -> bytes:
    """The file as PDF, the same for the same file. ``suffix`` is its kind: docx, xlsx, pptx. Raises PdfError, NoOfficeError."""
    return pdfs([(content, suffix)])[0]


def pdfs(contents: Sequence[tuple[bytes, str]]) -> tuple[bytes, ...]:
    """Each of these files (content, kind) as PDF, in one start of LibreOffice, which takes most of the time."""
    office = _office()
    if office is None:
        raise NoOfficeError(
            "未安装 LibreOffice，不能生成 PDF；请下载 Word 文件，在 Word 或 WPS 中另存为 PDF，或打印网页版。"
        )
    kinds = [suffix.lstrip(".").lower() for _, suffix in contents]
    if strange := [kind for kind in kinds if kind not in KINDS]:
        raise ValueError(f"no office file that is turned into PDF: {strange[0]}")
    if not contents:
        return ()
    if not _TURN.acquire(timeout=QUEUE):
        raise PdfError("正在转换其他文件，请稍后再试，或下载 Word 文件。")
    try:
        with tempfile.TemporaryDirectory(prefix="hengxiao-pdf-", ignore_cleanup_errors=True) as folder:
            return _converted(office, Path(folder), [content for content, _ in contents], kinds)
    finally:
        _TURN.release()


def _office() -> str | None:
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in _PLACES if Path(place).is_file()), None)


def _converted(office: str, folder: Path, contents: Sequence[bytes], kinds: Sequence[str]) -> tuple[bytes, ...]:
    files = [folder / f"{number}.{kind}" for number, kind in enumerate(kinds)]
    for path, content in zip(files, contents, strict=True):
        path.write_bytes(flush_left(content) if path.suffix == ".docx" else content)
    out, fonts = folder / "out", folder / "fonts.conf"
    fonts.write_text(fonts_conf(folder / "fontcache"), encoding="utf-8")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    options = ["--headless", "--norestore", "--nolockcheck", "--convert-to", "pdf", "--outdir", str(out)]
    _run([office, profile, *options, *map(str, files)], {"FONTCONFIG_FILE": str(fonts)}, START + EACH * len(files))
    made = [out / f"{path.stem}.pdf" for path in files]
    if not all(path.is_file() for path in made):
        raise PdfError("LibreOffice 未能转换该文件；请下载 Word 文件，在 Word 或 WPS 中另存为 PDF。")
    return tuple(steady(path.read_bytes(), content) for path, content in zip(made, contents, strict=True))


def _run(command: Sequence[str], more: dict[str, str], seconds: float) -> None:
    """Run to its end, or end it and all that it started."""
    no = subprocess.DEVNULL
    process = subprocess.Popen(
        command, env={**os.environ, **more}, start_new_session=True, stdin=no, stdout=no, stderr=no
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        raise PdfError(
            f"转换超过{seconds:.0f}秒仍未完成，已停止；请下载 Word 文件，在 Word 或 WPS 中另存为 PDF。"
        ) from None
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
    with contextlib.suppress(subprocess.TimeoutExpired):  # nothing more can be done, and why it was ended must be told
        process.wait(10)

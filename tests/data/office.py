"""A spreadsheet program that works out the formulas of our workbooks, as an office opens them."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest

PATIENCE = 600  # seconds: a slow machine is no failure


def recalculated(folder: Path, books: Mapping[str, bytes]) -> dict[str, openpyxl.Workbook]:
    """Each workbook with the values LibreOffice finds. Without LibreOffice the test skips, and fails where CI=true."""
    office = shutil.which("soffice")
    if office is None:
        (pytest.fail if os.environ.get("CI", "").lower() == "true" else pytest.skip)("LibreOffice is not installed")
    files = [folder / f"{name}.xlsx" for name in books]
    for path, content in zip(files, books.values(), strict=True):
        path.write_bytes(content)
    own, out = f"-env:UserInstallation={(folder / 'office').as_uri()}", folder / "out"
    kind = "xlsx:Calc MS Excel 2007 XML"
    command = [str(office), own, "--headless", "--convert-to", kind, "--outdir", str(out), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE)
    return {name: openpyxl.load_workbook(out / f"{name}.xlsx", data_only=True) for name in books}

"""LibreOffice opens the slides and shows every one of them."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest

from data.briefing import pages
from data.documents.deck import deck
from data.store import Store
from tests.data import locks, wild_names
from tests.data.office import PATIENCE
from tests.pages import builders


@pytest.mark.slow
def test_libreoffice_opens_the_slides_whatever_the_units_are_called(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        (pytest.fail if os.environ.get("CI", "").lower() == "true" else pytest.skip)("LibreOffice is not installed")
    with Store.open(f"sqlite:///{tmp_path}/hengxiao.db") as store:
        found = {
            "county": locks.locked_of(store, builders.county(store).id),
            "wild": locks.locked_of(store, wild_names.county(store).id),
        }
    files = [tmp_path / f"{name}.pptx" for name in found]
    for path, locked in zip(files, found.values(), strict=True):
        path.write_bytes(deck(locked))
    own = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    command = [str(office), own, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE)
    for name, locked in found.items():
        with pypdfium2.PdfDocument(tmp_path / f"{name}.pdf") as printed:
            assert len(printed) == len(pages(locked))

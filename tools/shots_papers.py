"""Renews the pictures of documents in docs/pictures: the report's pages, the slides, a 反馈单, the picture for a phone.

    python -m tools.shots_papers

They are made from one 锁定版 of 江门2020 (示例数据) by LibreOffice, as an office would print them, and set side by side.
"""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from data.demo import load_demo
from data.documents.kinds import make
from data.documents.page_pictures import pictures
from data.locked import Locked, open_locked
from data.store import Store
from tools.shots import PICTURES, light, lock_for_pictures

SIDE_BY_SIDE = {"report": 5, "feedback": 4, "readings": 4, "deck": 3}
"""Kind → how many pages stand beside each other."""
WIDTHS = {"deck": 620}
USUAL, GAP, GROUND = 420, 12, (226, 230, 234)


def main() -> None:
    """Make every picture."""
    with TemporaryDirectory() as folder, Store.open(f"sqlite:///{folder}/hengxiao.db") as store:
        county = load_demo(store)[0]
        lock_for_pictures(store, county.id)
        locked = open_locked(store, county.id, 1, date.today())
        for kind, across in SIDE_BY_SIDE.items():
            _keep(f"paper-{kind}", _sheets(_pages(locked, kind), across))
        _keep("paper-picture", make("picture", locked, "png").content)


def _pages(locked: Locked, kind: str) -> tuple[bytes, ...]:
    unit = locked.state.results.units[0].unit if kind == "feedback" else None
    return pictures(make(kind, locked, "pdf", unit=unit).content, WIDTHS.get(kind, USUAL))


def _sheets(pages: Sequence[bytes], across: int) -> bytes:
    """The pages in rows of ``across``, on grey."""
    opened = [Image.open(io.BytesIO(page)).convert("RGB") for page in pages]
    wide, high = max(page.width for page in opened), max(page.height for page in opened)
    columns, rows = min(across, len(opened)), math.ceil(len(opened) / across)
    sheet = Image.new("RGB", (columns * (wide + GAP) + GAP, rows * (high + GAP) + GAP), GROUND)
    for at, page in enumerate(opened):
        sheet.paste(page, (GAP + at % across * (wide + GAP), GAP + at // across * (high + GAP)))
    kept = io.BytesIO()
    sheet.save(kept, "PNG")
    return kept.getvalue()


def _keep(name: str, picture: bytes) -> None:
    path: Path = PICTURES / f"{name}.png"
    path.write_bytes(light(picture, most=400_000))
    print(f"{path.name}  {path.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()

"""Good forms of every format, and ways to spoil them: bytes of the file, or bytes of one part that is then packed anew."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from tests.data.sheet_formats import csv, form_rows, ods, xls
from tests.data.sheet_forms import form

ZIPPED = ("xlsx", "ods")
NUMBERS = (b"0", b"-1", b"1", b"65536", b"1048577", b"99999999999999999999", b"1e999", b"")


@dataclass(frozen=True)
class Spoiled:
    """A file after its mutation; ``level``: bytes of the file, or of a part."""

    kind: str
    level: str
    content: bytes


@cache
def goods() -> dict[str, bytes]:
    rows = form_rows()
    return {"xlsx": form(), "xls": xls(rows), "ods": ods(rows), "csv": csv(rows).encode(), "gb": csv(rows, "\t").encode("gb18030")}


@cache
def parts(kind: str) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(goods()[kind])) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def spoiled(number: int) -> Spoiled:
    """The mutation of that number, always the same one."""
    dice = random.Random(number)
    kind = dice.choice([*goods(), "xlsx", "ods"])
    if kind in ZIPPED and dice.random() < 0.5:
        name = dice.choice([name for name in parts(kind) if name.endswith((".xml", ".rels"))])
        return Spoiled(kind, f"part {name}", _packed({**parts(kind), name: _changed(dice, parts(kind)[name])}))
    return Spoiled(kind, "bytes", _changed(dice, goods()[kind]))


def _packed(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def _changed(dice: random.Random, content: bytes) -> bytes:
    data = bytearray(content)
    for _ in range(dice.choice([1, 1, 1, 2, 4, 16])):
        dice.choice(WAYS)(dice, data)
    return bytes(data)


def _place(dice: random.Random, data: bytearray) -> int:
    return dice.randrange(max(1, len(data)))


def _bit(dice: random.Random, data: bytearray) -> None:
    if data:
        data[_place(dice, data)] ^= 1 << dice.randrange(8)


def _byte(dice: random.Random, data: bytearray) -> None:
    if data:
        data[_place(dice, data)] = dice.randrange(256)


def _extreme(dice: random.Random, data: bytearray) -> None:
    at = _place(dice, data)
    data[at : at + 4] = dice.choice([b"\xff\xff\xff\xff", b"\0\0\0\0", b"\xff\xff\xff\x7f", b"\1\0\0\0"])


def _gone(dice: random.Random, data: bytearray) -> None:
    at = _place(dice, data)
    del data[at : at + dice.choice([1, 2, 8, 200])]


def _more(dice: random.Random, data: bytearray) -> None:
    at = _place(dice, data)
    data[at:at] = dice.randbytes(dice.choice([1, 2, 8, 200]))


def _again(dice: random.Random, data: bytearray) -> None:
    at, size = _place(dice, data), dice.choice([4, 60, 800])
    data[at:at] = data[at : at + size]


def _swapped(dice: random.Random, data: bytearray) -> None:
    one, other, size = _place(dice, data), _place(dice, data), dice.choice([2, 30, 300])
    data[one : one + size], data[other : other + size] = data[other : other + size], data[one : one + size]


def _cut(dice: random.Random, data: bytearray) -> None:
    del data[_place(dice, data) :]


def _number(dice: random.Random, data: bytearray) -> None:
    """Some digits, as in an address or a count, become others."""
    at = next((at for at in range(_place(dice, data), len(data)) if 48 <= data[at] <= 57), None)
    if at is not None:
        data[at : at + 1] = dice.choice(NUMBERS)


WAYS: list[Callable[[random.Random, bytearray], None]] = [
    _bit, _bit, _byte, _byte, _extreme, _gone, _more, _again, _swapped, _cut, _number, _number,
]  # fmt: skip

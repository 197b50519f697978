"""A clerk's hands on the pages of the county scheme: filled forms, drops, presses, and all that a page says."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
from streamlit.testing.v1 import AppTest

from data.documents.forms import filled_form
from data.schemes import scheme
from scoring.marks import Mark, Sheet

APP = str(Path(__file__).resolve().parents[2] / "app.py")
RULES = scheme("jiangmen-2020-county")
UNITS = ("蓬江区", "江海区", "新会区", "台山市", "开平市", "鹤山市", "恩平市")
WAYS = {"cross": "交叉考核", "municipal": "市级考核", "daily": "日常工作"}


def opened(script: str) -> AppTest:
    """A visitor's page; the first run lets the menu register its pages."""
    return AppTest.from_file(APP, default_timeout=60).run().switch_page(script).run()


def ticks(unit: str, component: str, grade: str = "较好", **other: str) -> Sheet:
    """Every item of one grade, but those named: ``_14="一般"``."""
    marks = [Mark(item.no, other.get(f"_{item.no}", grade)) for item in RULES.indicators]
    return Sheet(unit, component, tuple(marks))


def form(sheet: Sheet) -> bytes:
    return filled_form(RULES, sheet)


def nameless(sheet: Sheet) -> bytes:
    """A filled form on which nobody wrote whose it is."""
    book = openpyxl.load_workbook(io.BytesIO(form(sheet)))
    book.active.title = "Sheet1"
    for row in book.active.iter_rows(max_row=3):
        for box in row:
            if str(box.value or "").startswith("考核对象"):
                box.value = "考核对象："
    return saved(book)


def two_ticks(sheet: Sheet) -> bytes:
    """A filled form with a second tick in the first item's row (E5 beside F5)."""
    book = openpyxl.load_workbook(io.BytesIO(form(sheet)))
    assert book.active["F5"].value == "√"
    book.active["E5"].value = "√"
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def drop(at: AppTest, *files: tuple[str, bytes]) -> AppTest:
    for name, content in files:
        at.file_uploader[0].upload(name, content, "application/octet-stream")
    return settle(at)


def settle(at: AppTest) -> AppTest:
    at.run()
    assert not at.exception
    return at


def press(at: AppTest, key: str) -> AppTest:
    at.button(key=key).click()
    return settle(at)


def text(at: AppTest) -> str:
    """All that stands on the page outside its fields."""
    said = [e.value for kind in (at.markdown, at.caption, at.success, at.error, at.info, at.code) for e in kind]
    said += [str(value) for table in at.table for value in table.value.to_numpy().ravel()]
    return "\n".join(said).replace("\\", "").replace("\u2060", "").replace("**", "").replace("\u00a0", " ")


def keys(at: AppTest, start: str) -> list[str]:
    return [button.key for button in at.button if button.key and button.key.startswith(start)]
